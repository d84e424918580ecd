"""Comparisons across a break of a series: none is printed without the sentence that says it.

Like the facts, this follows derivations with the descriptor and the CSV files alone and shares no code with the tables
and measures that made them, so that the two can disagree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from analysis.check.facts import holds
from analysis.check.recount import Days, days
from analysis.export.document import Document, flat, place_of
from analysis.package.cells import Cells

_COMPARISONS: Final = ("change", "difference", "share", "place")
_PICTURES: Final = ("svg", "svg_narrow", "facts")

Derivation = Mapping[str, Any]


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
    for block in flat(document.blocks):
        words = " ".join(_strings(block))
        for fact in block.get("facts", []):
            found = list(_comparisons(fact["derivation"], series))
            place = f"{place_of(block)}, {fact['slot']}, {fact['name']}"
            if fact["value"] is None:
                if fact["missing"] == "break" and not found:
                    yield f"{place}: withheld as not comparable, but its series has no break there"
                continue
            for comparison, broken in found:
                sentence = comparison.get("across", {}).get(document.language, "")
                if not sentence:
                    yield f"{place}: compares across the break of {broken.day}: leave it out or say: {broken.sentence}"
                elif sentence not in words:
                    yield f"{place}: compares across the break of {broken.day}, and the element lacks: {sentence}"


def _comparisons(derivation: Derivation, series: _Series) -> Iterator[tuple[Derivation, _Broken]]:
    """Yield the comparisons that a number rests on and that lie across a break, with the first such break of each."""
    parts = [part for part in derivation.get("of", []) if isinstance(part, Mapping)]
    if derivation.get("op") in _COMPARISONS:
        crossed = [b for other in parts[1:] for b in series.crossed(parts[0], other)]
        yield from [(derivation, min(crossed))] if crossed else []
    for part in parts:
        yield from _comparisons(part, series)


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
            for item in self.resources[selection["table"]].get("breaks", []):
                covered = self._covers(selection) if _touches(item, selection) else None
                if covered:
                    broken = _Broken(date.fromisoformat(item["date"]), item["es"])
                    before = spans.get(broken, covered)
                    spans[broken] = Days(min(before.first, covered.first), max(before.last, covered.last))
        return spans

    def _covers(self, selection: Derivation) -> Days | None:
        """The days of the rows of the selected period; None where there are none."""
        table, fields = selection["table"], self.period_columns(selection["table"])
        wanted = {column: value for column, value in selection["where"].items() if column in fields}
        key = f"{table} {json.dumps(wanted, sort_keys=True)}"
        if key not in self._covered:
            rows = [row for row in self.rows(table) if all(holds(row[c], w) for c, w in wanted.items())]
            covered = [found for row in rows if (found := days(self.resources[table]["period"], row))]
            first, last = min((d.first for d in covered), default=None), max((d.last for d in covered), default=None)
            self._covered[key] = Days(first, last) if first and last else None
        return self._covered[key]


def _selections(derivation: Derivation) -> Iterator[Derivation]:
    if "table" in derivation:
        yield derivation
    for part in derivation.get("of", []):
        yield from _selections(part) if isinstance(part, Mapping) else ()


def _touches(item: Mapping[str, Any], selection: Derivation) -> bool:
    """Whether a break is about the selected column and some of the selected categories."""
    if selection["column"] not in item.get("columns", [selection["column"]]):
        return False
    return all(
        any(holds(str(value), selection["where"][name]) for value in (values if isinstance(values, list) else [values]))
        for name, values in item.get("where", {}).items()
        if name in selection["where"]
    )


def _same_side(day: date, one: Days, other: Days) -> bool:
    return max(one.last, other.last) < day or min(one.first, other.first) >= day


def _strings(value: Any) -> Iterator[str]:
    """Yield every text of an element."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from () if key in _PICTURES else _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
