"""The typeface of pages and PDF, Source Sans Pro, from its wheel: the same bytes everywhere."""

from __future__ import annotations

import base64
import io
import re
import shutil
import tempfile
import threading
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import font_source_sans_pro
import typst
from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY: Final = "Source Sans Pro"
_FOLDER: Final = Path(font_source_sans_pro.font_directory)


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


_SHOWS_NOTHING: Final = re.compile(
    "[^\\S\u1680]|[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Spaces, and marks of direction, joining and form: pages need no letter for them."""


def lacking(text: str, *, italic: bool = False) -> list[str]:
    """Return the characters of a text that the typeface cannot show, each once; what shows nothing is not counted.

    A letter whose parts the typeface has (a vowel and its accent) is put together of them.

    Args:
        text: what is to be printed.
        italic: whether it is in italics, which have fewer characters.
    """
    known = _advances("It" if italic else "Regular").keys()
    shown = dict.fromkeys(_SHOWS_NOTHING.sub("", unicodedata.normalize("NFC", text)))
    return [c for c in shown if ord(c) not in known and not known >= {*map(ord, unicodedata.normalize("NFD", c))}]


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
    font = subset.load_font(str(_path(name)), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters))
    subsetter.subset(font)
    file = io.BytesIO()
    subset.save_font(font, file, options)
    return base64.b64encode(file.getvalue()).decode("ascii")


def advance_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width in points of one line of text, without kerning; an unknown letter is as wide as an n."""
    advances = _advances("Bold" if bold else "Regular")
    return size * sum(advances.get(ord(letter), advances[ord("n")]) for letter in text)


@cache
def _advances(name: str) -> dict[int, float]:
    """Width of each letter, as a share of the size."""
    with TTFont(_path(name)) as font:
        widths, whole = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[glyph][0] / whole for code, glyph in font.getBestCmap().items()}


@cache
def typst_fonts() -> typst.Fonts:
    """Return the typeface for Typst.

    The wheel holds each weight as TTF and as OTF, and Typst takes whichever the file system lists first. A
    folder with the TTF alone makes every machine write the same bytes; a page that uses each face makes Typst
    read the files before the folder goes.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name in ("Regular", "It", "Semibold", "Bold", "BoldIt"):
            shutil.copy(_path(name), folder)
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        every_face = f'#set text(font: "{FAMILY}")\na _b_ *c* _*d*_ #text(weight: 600)[e]'
        typst.compile(every_face.encode(), font_paths=fonts, ignore_system_fonts=True, format="pdf")
    return fonts


def _path(name: str) -> Path:
    return _FOLDER / f"SourceSansPro-{name}.ttf"
