"""Comparisons across a break of a series: none is printed without the sentence that says it.

Like the facts, this follows derivations with the descriptor and the CSV files alone and shares no code with the tables
and measures that made them, so that the two can disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from analysis.check.facts import holds
from analysis.check.recount import Days, days
from analysis.export.document import Document
from analysis.package.cells import Cells
from analysis.report.facts import Derivation, Scalar

_COMPARISONS: Final = ("change", "difference", "share", "place")


class _Broken(NamedTuple):
    """A break of a series, alike in all tables of that series."""

    day: date
    sentence: str


def crossings(document: Document, data_folder: Path) -> Iterator[str]:
    """Yield one sentence for each fact that compares across a break of its series and does not say so.

    A sentence is said where it stands in the same element as the fact. A number that was withheld for a break must have
    one.
    """
    series = _Series(data_folder)
    for element in document.flat:
        words = " ".join(text.text for text in element.texts(document.language))
        for told in element.told():
            found = list(_comparisons(told.fact.derivation, series))
            place = f"{element.place}, {told.slot}, {told.name}"
            if told.fact.value is None:
                if told.fact.missing == "break" and not found:
                    yield f"{place}: withheld as not comparable, but its series has no break there"
                continue
            for comparison, broken in found:
                sentence = (comparison.across or {}).get(document.language, "")
                if not sentence:
                    yield f"{place}: compares across the break of {broken.day}: leave it out or say: {broken.sentence}"
                elif sentence not in words:
                    yield f"{place}: compares across the break of {broken.day}, and the element lacks: {sentence}"


def _comparisons(derivation: Derivation, series: _Series) -> Iterator[tuple[Derivation, _Broken]]:
    """Yield the comparisons that a number rests on and that lie across a break, with the first such break of each."""
    parts = derivation.parts
    if derivation.op in _COMPARISONS:
        crossed = [b for other in parts[1:] for b in series.crossed(parts[0], other)]
        yield from [(derivation, min(crossed))] if crossed else []
    for part in parts:
        yield from _comparisons(part, series)


class _Described(msgspec.Struct):
    """A break as the descriptor has it: its day, its sentence, and the columns and categories that it touches."""

    date: date
    es: str
    columns: list[str] | None = None
    where: dict[str, Scalar | list[Scalar]] = {}


class _Series(Cells):
    """What the descriptor says of breaks, and which days selections cover."""

    def __init__(self, data_folder: Path) -> None:
        super().__init__(data_folder)
        self._covered: dict[str, Days | None] = {}

    def crossed(self, one: Derivation, other: Derivation) -> list[_Broken]:
        """Return the breaks for which two derivations are not counted in one way."""
        ours, theirs = self._spans(one), self._spans(other)
        return [
            b for b in ours.keys() & theirs.keys() if ours[b] != theirs[b] and not _same_side(b.day, ours[b], theirs[b])
        ]

    def _spans(self, derivation: Derivation) -> dict[_Broken, Days]:
        """The breaks that a derivation touches, and the days that what touches each covers."""
        spans: dict[_Broken, Days] = {}
        for selection in _selections(derivation):
            breaks = self.resources[str(selection.table)].get("breaks", [])
            for described in msgspec.convert(breaks, list[_Described]):
                covered = self._covers(selection) if _touches(described, selection) else None
                if covered:
                    broken = _Broken(described.date, described.es)
                    before = spans.get(broken, covered)
                    spans[broken] = Days(min(before.first, covered.first), max(before.last, covered.last))
        return spans

    def _covers(self, selection: Derivation) -> Days | None:
        """The days of the rows of the selected period; None where there are none."""
        table = str(selection.table)
        fields = self.period_columns(table)
        wanted = {column: value for column, value in (selection.where or {}).items() if column in fields}
        key = f"{table} {sorted(wanted.items())}"
        if key not in self._covered:
            rows = [row for row in self.rows(table) if all(holds(row[c], w) for c, w in wanted.items())]
            covered = [found for row in rows if (found := days(self.resources[table]["period"], row))]
            first, last = min((d.first for d in covered), default=None), max((d.last for d in covered), default=None)
            self._covered[key] = Days(first, last) if first and last else None
        return self._covered[key]


def _selections(derivation: Derivation) -> Iterator[Derivation]:
    if derivation.table is not None:
        yield derivation
    for part in derivation.parts:
        yield from _selections(part)


def _touches(described: _Described, selection: Derivation) -> bool:
    """Whether a break is about the selected column and some of the selected categories."""
    where = selection.where or {}
    if described.columns is not None and selection.column not in described.columns:
        return False
    return all(
        any(holds(str(value), where[name]) for value in (values if isinstance(values, list) else [values]))
        for name, values in described.where.items()
        if name in where
    )


def _same_side(day: date, one: Days, other: Days) -> bool:
    return max(one.last, other.last) < day or min(one.first, other.first) >= day
