"""Count the tables of the data package again, from the descriptor and the CSV files alone.

It follows the derivations that `analysis.report.audit` writes and shares no code with it, so that the two can disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from analysis.package.cells import Cells, Row
from analysis.package.descriptor import Resource
from analysis.report.facts import Condition, Derivation, Range, Scalar
from analysis.values.periods import fiscal_start, last_day

_MONTHS: Final = {"month": 1, "quarter": 3}


class Days(NamedTuple):
    """The first and the last day of something."""

    first: date
    last: date


class _Seen:
    """One table as it was seen on a date."""

    def __init__(self, resource: Resource, rows: list[Row], as_of: date) -> None:
        self.resource, self.as_of = resource, as_of
        self.rows = [row for row in rows if _seen(resource, row, as_of)]

    @cached_property
    def years(self) -> set[int]:
        """Years that a row touches, up to that of the date."""
        touched = {year for row in self.rows for year in _years(self.resource["period"], row)}
        return {year for year in touched if year <= self.as_of.year}

    @cached_property
    def last(self) -> date | None:
        """Last day covered."""
        covered = [days(self.resource["period"], row) for row in self.rows]
        return max((found.last for found in covered if found), default=None)

    @cached_property
    def behind(self) -> int | None:
        """Whole months since the last day covered."""
        if self.last is None:
            return None
        first, last = self.last + timedelta(days=1), self.as_of + timedelta(days=1)
        return 12 * (last.year - first.year) + last.month - first.month - int(last.day < first.day)

    @cached_property
    def usual(self) -> int | None:
        """Months that usually pass until the next period is out."""
        provenance, period = self.resource["provenance"], self.resource["period"]
        interval = re.fullmatch(r"P(\d+)([MY])", provenance["update_period"])
        typed_in, spans = self.resource["path"].startswith("compiled/"), period["kind"] == "span"
        if interval is None or self.last is None or typed_in or spans or not self.released:
            return None
        updates = int(interval[1]) * {"M": 1, "Y": 12}[interval[2]]
        complete = self.last.isoformat().endswith(period.get("year_end", "12-31"))
        yearly = period["kind"] == "year" and (complete or not period.get("through"))
        length = 12 if yearly else _MONTHS.get(period["kind"], 1)
        return max(updates, length) - (-int(provenance["publication_lag_days"]) // 30)

    @cached_property
    def released(self) -> bool:
        """Whether the version in use was out on the date; quotations are of their own day."""
        if {"publisher", "published"} <= {field["name"] for field in self.resource["schema"]["fields"]}:
            return True
        return last_day(self.resource["provenance"]["date_published"]) <= self.as_of

    def meets(self, name: str, wanted: Condition) -> bool:
        """Whether the table meets one condition."""
        if name == "year":
            low, high = (wanted.low, wanted.high) if isinstance(wanted, Range) else (wanted, wanted)
            return any(int(str(low)) <= year <= int(str(high)) for year in self.years)
        found = self.trait(name)
        return found in wanted if isinstance(wanted, tuple) else found == wanted

    def trait(self, name: str) -> Scalar:
        """What a condition compares, or what is told apart."""
        provenance = self.resource["provenance"]
        licence = provenance["licence"]
        traits: dict[str, Scalar] = {
            "name": self.resource["name"],
            "folder": self.resource["path"].split("/")[0],
            "trust": provenance["trust"],
            "unit": self.resource["unit_key"],
            "publisher": provenance["publisher"]["es"].split(",")[0].split(" (")[0],
            "licence": licence["es"] if isinstance(licence, Mapping) else licence,
            "dated": self.usual is not None,
            "late": self.usual is not None and self.behind is not None and self.behind > self.usual,
            "released": self.released,
        }
        return traits[name]


class Recount:
    """The tables of a data package, each looked at once a date.

    Args:
        cells: the rows of the tables as text.
    """

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._seen: dict[tuple[str, date], _Seen] = {}

    def number(self, derivation: Derivation) -> float | None:
        """Return the number that a derivation of the audit describes.

        Args:
            derivation: measure, date, conditions on the tables, and cells that rows must have.

        Raises:
            ValueError: if the measure is unknown.
        """
        day, where, cells = date.fromisoformat(str(derivation.as_of)), derivation.where or {}, derivation.cells or {}
        name = where.get("name")
        asked = [name] if isinstance(name, str) else list(self._cells.resources)
        seen = [self._at(name, day) for name in asked if name in self._cells.resources]
        chosen = [s for s in seen if s.rows and all(s.meets(*condition) for condition in where.items())]
        match derivation.measure:
            case "tables":
                return float(len(chosen))
            case "rows":
                return float(sum(all(row[c] == v for c, v in cells.items()) for s in chosen for row in s.rows))
            case "publisher" | "licence" | "unit" as trait:
                return float(len({s.trait(trait) for s in chosen}))
            case "months_behind":
                return _one(s.behind for s in chosen)
            case "months_usual":
                return _one(s.usual for s in chosen)
            case other:
                raise ValueError(f"unknown measure '{other}' of the audit")

    def _at(self, name: str, day: date) -> _Seen:
        if (name, day) not in self._seen:
            self._seen[name, day] = _Seen(self._cells.resources[name], self._cells.rows(name), day)
        return self._seen[name, day]


def _one(values: Iterator[int | None]) -> float | None:
    value = next(values, None)
    return None if value is None else float(value)


def _seen(resource: Resource, row: Row, as_of: date) -> bool:
    """Whether the period of a row had ended, and had been published, on that date."""
    covered = days(resource["period"], row)
    if covered is None:
        return True  # a table without periods is always in sight
    stated = row.get(resource["period"].get("published_field", ""), "")
    if stated:
        return max(date.fromisoformat(stated), covered.last) <= as_of
    return covered.last + timedelta(days=int(resource["provenance"]["publication_lag_days"])) <= as_of


def days(period: Mapping[str, str], row: Row) -> Days | None:
    """Return the days that a row covers; None where rows have no period.

    Args:
        period: what the descriptor says of the period of its table.
        row: its cells as text.
    """
    if period["kind"] == "none":
        return None
    if period["kind"] == "span":
        last = row[period["end"]]
        return Days(date.fromisoformat(row[period["start"]] or last), date.fromisoformat(last))
    named = row[period["field"]]
    if period["kind"] == "year":
        end = period.get("year_end", "12-31")
        last = row[period["through"]] if "through" in period else f"{named}-{end}"
        return Days(fiscal_start(int(named), end), date.fromisoformat(last))
    first = date.fromisoformat(named)
    return Days(first, last_day(f"{first.year}-{first.month + _MONTHS[period['kind']] - 1:02}"))


def _years(period: Mapping[str, str], row: Row) -> range:
    """Years that a row touches, fiscal ones by their name."""
    covered = days(period, row)
    if covered:
        return range((covered.first if period["kind"] == "span" else covered.last).year, covered.last.year + 1)
    return range(int(row["year"]), int(row["year"]) + 1) if row.get("year") else range(0)
