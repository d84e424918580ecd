"""What no page can show of an element: letters that the typeface lacks, and words without end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from analysis.foundation.errors import DocumentError
from analysis.foundation.typeface import lacking, named
from analysis.foundation.words import Language
from analysis.report.elements import Element, Prose
from analysis.report.printing import Printed, printed_element

_ENDLESS: Final = re.compile(r"\S{1001}")
_DRAWN: Final = frozenset({"svg", "narrow"})
"""Fields that hold pictures."""
_LONGEST_QUOTE: Final = 60


def refuse_unprintable(element: Element, language: Language) -> None:
    """Make sure that a page can show all that an element says; prose was looked at line by line when it was read.

    Raises:
        DocumentError: if it cannot, for every format alike; the message names the cell.
    """
    if isinstance(element, Prose):
        return
    for text in _texts(printed_element(element, language)):
        where, quoted = f"cell {element.cell}, {element.place}", " ".join(text[:_LONGEST_QUOTE].split())
        if _ENDLESS.search(text):
            raise DocumentError(f"{where} holds a word of more than 1,000 letters: shorten or divide it ('{quoted}…')")
        if letters := lacking(text):
            raise DocumentError(f"{where}: the typeface has no {named(letters)}: write it in another way ('{quoted}')")


def _texts(printed: Printed) -> Iterator[str]:
    """Yield every text that is printed."""
    if isinstance(printed, str):
        yield printed
    elif isinstance(printed, dict):
        for key, value in printed.items():
            yield from () if key in _DRAWN else _texts(value)
    elif isinstance(printed, list):
        for value in printed:
            yield from _texts(value)
