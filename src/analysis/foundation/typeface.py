"""The typeface of charts, pages and PDF, Source Sans Pro, from its wheel: its files, its letters and their widths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import font_source_sans_pro
from fontTools.ttLib import TTFont

FAMILY: Final = "Source Sans Pro"
_FOLDER: Final = Path(font_source_sans_pro.font_directory)
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


def named(letters: Iterable[str]) -> str:
    """Return letters as a sentence names them: 'ꞌ' (U+A78C), …."""
    return ", ".join(f"'{letter}' (U+{ord(letter):04X})" for letter in letters)


def advance_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width in points of one line of text, without kerning; an unknown letter is as wide as an n."""
    advances = _advances("Bold" if bold else "Regular")
    return size * sum(advances.get(ord(letter), advances[ord("n")]) for letter in text)


@cache
def _advances(face: str) -> dict[int, float]:
    """Width of each letter, as a share of the size."""
    with TTFont(file_of(face)) as font:
        widths, whole = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[glyph][0] / whole for code, glyph in font.getBestCmap().items()}


def file_of(face: str) -> Path:
    """Return the file of a face: ``Regular``, ``It``, ``Semibold``, ``Bold``, ``BoldIt``."""
    return _FOLDER / f"SourceSansPro-{face}.ttf"
