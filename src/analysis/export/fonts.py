"""The typeface as pages and PDF carry it: the same bytes everywhere."""

from __future__ import annotations

import base64
import io
import shutil
import tempfile
import threading
from functools import cache, lru_cache
from typing import Final

import typst
from fontTools import subset

from analysis.foundation.typeface import FAMILY, file_of

_FACES: Final = {
    "Regular": (400, "normal"),
    "It": (400, "italic"),
    "Semibold": (600, "normal"),
    "Bold": (700, "normal"),
}
"""Weight and style of the faces that pages use, by file."""
# Spanish and English need no more; one set for all pages means one subset for all pages.
_COMMON: Final = frozenset(
    [
        *map(chr, range(0x20, 0x7F)),
        *map(chr, range(0xA0, 0x100)),
        *"\n\u2002\u2011\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2212",
    ]
)


_ONE_AT_A_TIME: Final = threading.Lock()
"""Reports are made side by side: what one of them is cutting down, the others need not cut down too."""


def font_faces(text: str) -> str:
    """Return the CSS rules that carry the typeface, cut down to Latin letters and what else a text needs."""
    with _ONE_AT_A_TIME:
        return _font_faces(frozenset(text) - _COMMON)


@lru_cache(maxsize=32)
def _font_faces(others: frozenset[str]) -> str:
    return "\n".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};'
        f'src:url(data:font/woff;base64,{_subset(name, _COMMON | others)}) format("woff")}}'
        for name, (weight, style) in _FACES.items()
    )


def _subset(name: str, characters: frozenset[str]) -> str:
    options = subset.Options(flavor="woff", layout_features=["kern", "liga"], hinting=False, notdef_outline=True)
    font = subset.load_font(str(file_of(name)), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters))
    subsetter.subset(font)
    file = io.BytesIO()
    subset.save_font(font, file, options)
    return base64.b64encode(file.getvalue()).decode("ascii")


@cache
def typst_fonts() -> typst.Fonts:
    """Return the typeface for Typst.

    The wheel holds each weight as TTF and as OTF, and Typst takes whichever the file system lists first. A
    folder with the TTF alone makes every machine write the same bytes; a page that uses each face makes Typst
    read the files before the folder goes.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name in ("Regular", "It", "Semibold", "Bold", "BoldIt"):
            shutil.copy(file_of(name), folder)
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        every_face = f'#set text(font: "{FAMILY}")\na _b_ *c* _*d*_ #text(weight: 600)[e]'
        typst.compile(every_face.encode(), font_paths=fonts, ignore_system_fonts=True, format="pdf")
    return fonts
