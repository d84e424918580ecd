"""The numbers that a reader sees in a built page, looked up among its facts: a second look, which reads no runs.

The page is read as text, and a number in it is proved where one of the facts is written so in some format. What is no
number (years, days, names) is left aside as in `coverage`, and so is what says where something stands or comes from:
numbers of figures and of footnotes, the list of sources, the band and the contents. Alternative texts and notes are
read; signs, drawings and their data are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from analysis.check.coverage import NO_NUMBERS
from analysis.foundation.errors import QuantityError
from analysis.foundation.words import Language, word
from analysis.package.cells import Cells
from analysis.package.metadata import Metadata
from analysis.report.facts import PlacedFact

_NUMBER: Final = re.compile(r"\b(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\b")
"""A number by itself: digits among letters, as in a digest, are none."""
_FORMATS: Final = ("", "0", "1", "2", "3", "millions", "millions 1", "millions 0")
"""How a fact may be written: those of `Quantity.text`; words of the vocabulary hold no digits, or the number itself."""
_LEFT_OUT: Final = {"style", "script", "svg", "nav", "header", "footer", "template", "head"}
_NO_TEXT: Final = {"cite", "sources", "as-file", "imprint", "data", "skip"}
"""Classes of what tells where something comes from, or is the data of a drawing."""
_STATEMENTS: Final = ["claim_id", "part"]
"""Key of the table of statements, whose words are quoted."""
_NOTE_MARK: Final = "#note-"
"""Where the mark of a footnote leads, and where its note leads back."""
_VOID: Final = {"br", "hr", "img", "input", "link", "meta", "wbr", "col"}


def unproved(page: str, facts: Iterable[PlacedFact], language: Language, names: Iterable[str] = ()) -> list[str]:
    """Return the numbers of a page that are no fact, each with the words around it.

    Args:
        page: the HTML of a briefing.
        facts: its facts.
        language: its language.
        names: words that may hold digits: titles of tables, statements that are quoted, names that authors declared.
    """
    ordinals = rf"(?:{word('figure', language)}|{word('table', language)}) \d+"
    whole = (rf"(?<![\w.,]){re.escape(name)}(?!\w)" for name in names)  # of 160% the name 60% is no part
    no_numbers = re.compile("|".join([NO_NUMBERS.pattern, ordinals, *whole]), NO_NUMBERS.flags)
    known = {number for placed in facts for number in _written(placed, language)}
    reader = _Text()
    reader.feed(page)
    return [
        f"'{found[0]}' ('…{text[max(0, found.start() - 40) : found.end() + 20]}…')"
        for text in (no_numbers.sub(" ", block) for block in reader.blocks)
        for found in _NUMBER.finditer(text)
        if found[0] not in known
    ]


def _written(placed: PlacedFact, language: Language) -> Iterable[str]:
    """The numbers with which a fact may be written."""
    if placed.fact.value is None:
        return
    for spec in _FORMATS:
        with suppress(QuantityError):  # a share is not written in millions
            yield from _NUMBER.findall(placed.fact.text(language, spec))


def names_of_data(data_folder: Path, language: Language) -> list[str]:
    """Return the words of the data package that may hold digits: the titles of its tables, and what is quoted there."""
    cells = Cells(data_folder)
    titles = [Metadata(resource).title(language) for resource in cells.resources.values()]
    statements = [name for name, r in cells.resources.items() if r["schema"].get("primaryKey") == _STATEMENTS]
    return [*titles, *(row[f"wording_{language}"] for name in statements for row in cells.rows(name))]


class _Text(HTMLParser):
    """Gathers the visible text of a page, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element; what is inside one that is left out is left out."""
        if tag in _VOID:
            return
        given = dict(attrs)
        classes, is_mark = {*(given.get("class") or "").split()}, (given.get("href") or "").startswith(_NOTE_MARK)
        if (label := given.get("aria-label")) and not is_mark:  # what a drawing shows, for those who do not see it
            self.blocks.append(label)
        self._open.append(tag in _LEFT_OUT or bool(classes & _NO_TEXT) or is_mark or any(self._open[-1:]))
        if tag in {"p", "li", "td", "th", "dd", "dt", "h2", "h3", "span", "div", "figcaption"}:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if self._open and tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Take down a stretch of text."""
        if not any(self._open[-1:]) and self.blocks:
            self.blocks[-1] += " ".join(data.split()) + " "
