"""Count the tables of the data package again, from the descriptor and the CSV files alone.

It follows the derivations that `analysis.report.audit` writes and shares no code with it, so that the two can disagree.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

Row = Mapping[str, str]
Resource = Mapping[str, Any]

_MONTHS: Final = {"month": 1, "quarter": 3}


class _Seen:
    """One table as it was seen on a date."""

    def __init__(self, resource: Resource, rows: list[dict[str, str]], as_of: date) -> None:
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
        return max((end for row in self.rows if (end := _end(self.resource["period"], row)) is not None), default=None)

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
        year, month, day = (*map(int, self.resource["provenance"]["date_published"].split("-")), 0, 0)[:3]
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1]) <= self.as_of

    def meets(self, name: str, wanted: Any) -> bool:
        """Whether the table meets one condition."""
        if name == "year":
            low, high = (wanted["from"], wanted["to"]) if isinstance(wanted, Mapping) else (wanted, wanted)
            return any(low <= year <= high for year in self.years)
        found = self.trait(name)
        return bool(found in wanted) if isinstance(wanted, list) else bool(found == wanted)

    def trait(self, name: str) -> Any:
        """What a condition compares, or what is told apart."""
        provenance = self.resource["provenance"]
        licence = provenance["licence"]
        traits = {
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
        resources: what the descriptor says of each table, by name.
        rows: reads the rows of a table as text.
    """

    def __init__(self, resources: Mapping[str, Resource], rows: Callable[[str], list[dict[str, str]]]) -> None:
        self._resources, self._rows = resources, rows
        self._seen: dict[tuple[str, date], _Seen] = {}

    def number(self, derivation: Mapping[str, Any]) -> float | None:
        """Return the number that a derivation of the audit describes.

        Args:
            derivation: measure, date, conditions on the tables, and cells that rows must have.

        Raises:
            ValueError: if the measure is unknown.
        """
        day, where, cells = date.fromisoformat(derivation["as_of"]), derivation["where"], derivation["cells"]
        asked = [where["name"]] if isinstance(where.get("name"), str) else list(self._resources)
        seen = [self._at(name, day) for name in asked if name in self._resources]
        chosen = [s for s in seen if s.rows and all(s.meets(*condition) for condition in where.items())]
        match derivation["measure"]:
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
            self._seen[name, day] = _Seen(self._resources[name], self._rows(name), day)
        return self._seen[name, day]


def _one(values: Iterator[int | None]) -> float | None:
    value = next(values, None)
    return None if value is None else float(value)


def _seen(resource: Resource, row: Row, as_of: date) -> bool:
    """Whether the period of a row had ended, and had been published, on that date."""
    end = _end(resource["period"], row)
    if end is None:
        return True  # a table without periods is always in sight
    stated = row.get(resource["period"].get("published_field", ""), "")
    if stated:
        return max(date.fromisoformat(stated), end) <= as_of
    return end + timedelta(days=int(resource["provenance"]["publication_lag_days"])) <= as_of


def _end(period: Mapping[str, str], row: Row) -> date | None:
    """Last day of the period of a row."""
    if period["kind"] == "none":
        return None
    stated = row[period["end"]] if period["kind"] == "span" else row[period.get("through", period["field"])]
    if len(stated) == 4:
        return date(int(stated), 12, 31)
    day = date.fromisoformat(stated)
    if period["kind"] not in _MONTHS:
        return day
    month = day.month + _MONTHS[period["kind"]] - 1
    return date(day.year, month, calendar.monthrange(day.year, month)[1])


def _years(period: Mapping[str, str], row: Row) -> range:
    """Years that a row touches."""
    if period["kind"] == "span":
        end = int(row[period["end"]][:4])
        return range(int(row[period["start"]][:4] or end), end + 1)
    text = row.get(period.get("field", "year"), "")
    return range(int(text[:4]), int(text[:4]) + 1) if text else range(0)
