"""Whether every number that a briefing prints is a fact: what stands there as mere letters is named with its cell.

Facts, periods, names, labels, ordinals and citations are runs of their own (see `report.runs`). A digit among letters
came by another way: typed in, or written by an f-string, by `str()` or by pandas. Years, the numbers of a publisher's
tables and licences are no numbers of a text, and names with digits are those that the country declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from analysis.foundation.words import LANGUAGES
from analysis.mexico import COUNTRY
from analysis.report.elements import Element, Method, Table
from analysis.report.runs import FactRun, Name, Sentence
from analysis.values.quantities import month_name

_MONTH: Final = "|".join(
    month_name(month, language, short=short)
    for month in range(1, 13)
    for language in LANGUAGES
    for short in (False, True)
)
NO_NUMBERS: Final = re.compile(
    r"\b(?:1[89]|20)\d{2}\b(?![,.]\d)"  # a year
    rf"|\b\d{{1,2}}(?:–\d{{1,2}})? (?:de )?(?:{_MONTH})\b"  # a day
    r"|(?:\bde |\bhasta )?\b\d{1,2}(?:(?: a |–)\d{1,2})?\s+años\b|\baged\s+(?:up to )?\d{1,2}(?:(?: to |–)\d{1,2})?\b"
    r"|\b\d{1,2} to \d{1,2}\s+years\b"
    r"|\b\d{1,2}–\d{1,2}, (?:de edad|of\s+known age)\b"  # an age group
    r"|\b(?:cuadro|table|tabla|anexo)s? \d+(?:\.\d+)*"  # the number of a publisher's table
    rf"|{COUNTRY.names_with_digits}"
    r"|\bCC BY(?:-[A-Z]+)* \d\.\d",  # a licence
    re.IGNORECASE,
)
"""Digits that are no numbers of a text."""
_NUMBER: Final = re.compile(r"\S*\d\S*")


@dataclass(frozen=True)
class Coverage:
    """How many numbers a document prints.

    Attributes:
        facts: those that are facts.
        letters: one sentence for each place where a number is mere letters, with its cell.
    """

    facts: int
    letters: tuple[str, ...]


def coverage(elements: Iterable[Element]) -> Coverage:
    """Return how many numbers of the elements of a document are facts, and which are not."""
    facts, letters = 0, list[str]()
    for element in elements:
        for place, text in _texts(element):
            facts += sum(isinstance(run, FactRun) for run in text.runs)
            letters += [
                f"cell {element.cell}, {element.place}, {place}: '{number}' is printed as mere letters, and nothing "
                "proves it: print a metric or a quantity, or declare a name, name('H-2A')"
                for run in text.runs
                if isinstance(run, str)
                for number in _NUMBER.findall(NO_NUMBERS.sub("", run))
            ]
    return Coverage(facts, tuple(letters))


def declared_numbers(elements: Iterable[Element]) -> list[str]:
    """Return the names with digits that the author of a document declared, each once: nothing else proves them."""
    runs = (run for element in elements for _, text in _texts(element) for run in text.runs)
    names = dict.fromkeys(run.text for run in runs if isinstance(run, Name))
    return [name for name in names if _NUMBER.search(NO_NUMBERS.sub("", name))]


def _texts(element: Element) -> Iterator[tuple[str, Sentence]]:
    """Yield the texts of an element, sentence by sentence, and the cells and heads of a table."""
    for slot in element.slots():
        yield from ((slot.label or slot.name, sentence) for sentence in slot.text.sentences)
    if isinstance(element, Method):
        yield from (("term", item.term) for group in element.groups for item in group.items)
    if isinstance(element, Table):
        yield from ((f"head of column {j}", Sentence((head,))) for j, head in enumerate(element.head, 1))
        for i, row in enumerate(element.rows, 1):
            for j, cell in enumerate(row, 1):
                yield f"row {i}, column {j}", cell if isinstance(cell, Sentence) else Sentence((cell,))
