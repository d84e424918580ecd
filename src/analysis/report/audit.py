"""The evidence audited: which tables there are, what years they cover, how fresh they are, how much was revised.

An `Inventory` looks at every table of the data package as seen on a date. It counts only what is in sight then, and
each number carries how to count it again from the descriptor and the CSV files alone (see `build.recount`).

Rows are hidden by their period, values are not: they are those of the version in use. Where that version came out
after the date (see `released`), nothing is said of how late it was then, nor of what was revised by then.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, Literal

from analysis.foundation.errors import QuantityError
from analysis.foundation.words import Language, word
from analysis.mexico import COUNTRY
from analysis.package import press
from analysis.package.credits import DATA_PACKAGE, Credit
from analysis.package.metadata import Metadata
from analysis.package.periods import Years
from analysis.package.table import Table
from analysis.values.measures import change
from analysis.values.periods import iso_span, last_day
from analysis.values.quantities import Quantity

Read = Callable[[str], Table]
Trait = Literal["publisher", "licence", "unit"]

_DURATION: Final = re.compile(r"P(\d+)([MY])")
_DAYS_OF_MONTH: Final = 30
_ALL_ROWS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True)
class Entry:
    """One table of the inventory, as seen on the date of the briefing.

    Attributes:
        table: its rows in sight.
    """

    table: Table

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.table.name

    @property
    def metadata(self) -> Metadata:
        """What the descriptor says of it."""
        return self.table.metadata

    @cached_property
    def years(self) -> frozenset[int]:
        """Calendar years, or fiscal years by their name, that at least one row touches; none after the date."""
        return frozenset(year for year in self.metadata.period.years(self.table.frame) if year <= self.table.as_of.year)

    @cached_property
    def last(self) -> date | None:
        """Last day that a row covers; None where the rows have no period."""
        return self.metadata.period.last_day(self.table.frame)

    @property
    def months_behind(self) -> int | None:
        """Whole months from the last day covered to the date."""
        return None if self.last is None else months_between(self.last, self.table.as_of)

    @property
    def months_between_updates(self) -> int | None:
        """Months after which the publisher brings the next version; None where none is due."""
        interval = _DURATION.fullmatch(str(self.metadata.provenance["update_period"]))
        return int(interval[1]) * (12 if interval[2] == "Y" else 1) if interval else None

    @property
    def months_usual(self) -> int | None:
        """Months that may pass from the last day covered until the next period is out.

        That is the length of a period, or the interval of updates where it is longer, and the lag of publication. None
        for figures typed in, for spans cut at dates of our own choice, for series that are closed, for lists of
        events, where a year without a row may be a year without an event, and for a version that came out after the
        date: where the one of the date ended is not known.
        """
        updates, last = self.months_between_updates, self.last
        if last is None or self.trait("folder") == "compiled" or updates is None or not self.released:
            return None
        length = self.metadata.period.interval(last)
        lag = math.ceil(int(self.metadata.provenance["publication_lag_days"]) / _DAYS_OF_MONTH)
        return None if length is None else max(updates, length) + lag

    @property
    def released(self) -> bool:
        """Whether the version in use had come out by the date (see `released`)."""
        return released(self.table)

    @property
    def late(self) -> bool:
        """Whether more months have passed than usual."""
        behind, usual = self.months_behind, self.months_usual
        return behind is not None and usual is not None and behind > usual

    def trait(self, name: str) -> Any:
        """What a condition of `Inventory` compares: the Spanish word where there are two.

        Args:
            name: ``name``, ``folder`` (``tables`` or ``compiled``), ``trust``, ``unit``, ``publisher``, ``licence``;
                ``dated``, whether a usual interval is known; ``late``; ``released``.

        Raises:
            QuantityError: if there is no such trait.
        """
        if name not in _TRAITS:
            raise QuantityError(f"'{name}' is no trait of a table: see Entry.trait")
        return _TRAITS[name](self)


_TRAITS: Final[Mapping[str, Callable[[Entry], Any]]] = {
    "name": lambda entry: entry.name,
    "folder": lambda entry: str(entry.metadata.resource["path"]).partition("/")[0],
    "trust": lambda entry: entry.metadata.provenance["trust"],
    "unit": lambda entry: entry.metadata.unit,
    "publisher": lambda entry: entry.metadata.short_publisher("es"),
    "licence": lambda entry: entry.metadata.licence_name("es"),
    "dated": lambda entry: entry.months_usual is not None,
    "late": lambda entry: entry.late,
    "released": lambda entry: entry.released,
}


class Inventory:
    """Every table of the data package with something in sight on a date.

    Args:
        tables: all tables as seen on that date, those with nothing in sight included.
        as_of: the date.

    Attributes:
        entries: the tables with something in sight.
        version: what identifies the data package: it changes with any of its tables.
    """

    def __init__(self, tables: Sequence[Table], as_of: date) -> None:
        self.as_of, self.tables = as_of, tables
        self.entries = [Entry(table) for table in tables if not table.empty]
        parts = sorted(f"{t.name} {t.metadata.resource['hash']}" for t in tables)
        self.version = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]

    @property
    def name(self) -> str:
        """Name under which it stands among the sources."""
        return DATA_PACKAGE

    @property
    def republish(self) -> bool:
        """Whether what it counts may be offered for download."""
        return True

    def credits(self, language: Language) -> list[Credit]:
        """Return the data package itself as the document."""
        version = f"{word('version', language)} {self.version}"
        terms = f"{word('licence', language).lower()}: {word('licence_of_each', language)}"
        return [Credit(word("data_package", language), version, terms)]

    @property
    def read_on(self) -> str:
        """Day on which the newest of the tables was read, as an ISO date."""
        return max(str(table.metadata.provenance["date_accessed"]) for table in self.tables)

    @property
    def span(self) -> tuple[str, str]:
        """First and last year that a row touches."""
        years = {year for entry in self.entries for year in entry.years}
        return str(min(years)), str(max(years))

    def select(self, **where: Any) -> list[Entry]:
        """Return the tables that meet all conditions.

        Args:
            **where: a value or a list of values, by trait of a table (see `Entry.trait`); ``year`` is one that a row
                touches, or a pair ``(from, to)`` of which one is.
        """
        return [entry for entry in self.entries if all(_meets(entry, *condition) for condition in where.items())]

    def count(self, **where: Any) -> Quantity:
        """Number of tables that meet all conditions (see `select`)."""
        return self._quantity("tables", len(self.select(**where)), "tables", where)

    def distinct(self, trait: Trait, **where: Any) -> Quantity:
        """Number of publishers, licences or units among the tables that meet all conditions."""
        found = {entry.trait(trait) for entry in self.select(**where)}
        return self._quantity(trait, len(found), f"{trait}s", where)

    def rows(self, name: str, **cells: str) -> Quantity:
        """Number of rows of a table in sight, of those whose texts are as given."""
        frame = next(t.frame for t in self.tables if t.name == name)
        for column, wanted in cells.items():
            frame = frame[frame[column] == wanted]
        return self._quantity("rows", len(frame), "rows", {"name": name}, cells)

    def figures(self, **where: Any) -> Quantity:
        """Number of rows in sight of all tables that meet all conditions (see `select`)."""
        return self._quantity("rows", sum(len(e.table.frame) for e in self.select(**where)), "rows", where)

    def months_behind(self, entry: Entry) -> Quantity:
        """Whole months from the last day that the table covers to the date."""
        return self._quantity("months_behind", entry.months_behind, "months", {"name": entry.name})

    def months_usual(self, entry: Entry) -> Quantity:
        """Months that usually pass until the next period of the table is out (see `Entry.months_usual`)."""
        return self._quantity("months_usual", entry.months_usual, "months", {"name": entry.name})

    def worst(self, **where: Any) -> list[Entry]:
        """Return for each publisher the table that is most behind what is usual, the most behind first.

        Tables without a usual interval are left out.
        """
        found: dict[str, Entry] = {}
        for entry in sorted(self.select(**where), key=_delay):
            if entry.months_usual is not None:
                found[entry.trait("publisher")] = entry
        return sorted(found.values(), key=_delay, reverse=True)

    def _quantity(
        self,
        measure: str,
        value: float | None,
        unit: str,
        where: Mapping[str, Any],
        cells: Mapping[str, str] = _ALL_ROWS,
    ) -> Quantity:
        conditions = {
            name: {"from": wanted[0], "to": wanted[1]} if isinstance(wanted, tuple) else wanted
            for name, wanted in where.items()
        }
        day = self.as_of.isoformat()
        derivation = {"op": "audit", "measure": measure, "as_of": day, "where": conditions, "cells": dict(cells)}
        return Quantity(
            None if value is None else float(value),
            unit,
            day,
            tables=(DATA_PACKAGE,),
            derivation=derivation,
            missing="no_data" if value is None else "",
        )


def _meets(entry: Entry, name: str, wanted: Any) -> bool:
    if name == "year":
        first, last = wanted if isinstance(wanted, tuple) else (wanted, wanted)
        return any(first <= year <= last for year in entry.years)
    trait = entry.trait(name)
    return bool(trait in wanted if isinstance(wanted, list) else trait == wanted)


def _delay(entry: Entry) -> tuple[int, str]:
    return ((entry.months_behind or 0) - (entry.months_usual or 0), entry.name)


def released(table: Table) -> bool:
    """Return whether the values of a table are of a version that had come out by the date on which it is seen.

    A quotation is dated itself: it is in sight from its day on, whatever was added to its table later. A file is of
    one version, whatever its rows say of their own days. A version of which only the month or the year is known counts
    from the last day of it.
    """
    if press.is_quoted(table.frame):
        return True
    return last_day(str(table.metadata.provenance["date_published"])) <= table.as_of


def months_between(start: date, end: date) -> int:
    """Return the whole months from one day to another."""
    first, last = start + timedelta(days=1), end + timedelta(days=1)
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


# -- revisions --------------------------------------------------------------------------------------------------------

SERIES: Final = tuple(COUNTRY.revised)
"""Series of which a first release is known, in the order in which they are shown."""


@dataclass(frozen=True)
class Revision:
    """One figure as it was first published and as it stands now.

    Attributes:
        series: one of `SERIES`.
        period: ISO period that the figure covers.
        first: the first release that was found.
        current: the figure of the version in use, or the latest release where no version was out on the date.
    """

    series: str
    period: str
    first: Quantity
    current: Quantity

    @property
    def change(self) -> Quantity:
        """How much the current figure differs from the first, in percent."""
        return change(self.current, self.first)

    @property
    def whole_year(self) -> bool:
        """Whether it covers a year."""
        return len(self.period) == 4


def revisions(read: Read) -> list[Revision]:
    """Return what was published first and what stands now, by series and period.

    Only figures of which two releases had been published on the date of the briefing, and whose whole period is in
    sight. The current figure comes from our own tables where they have it and their version was out by then; else it
    is the latest release found.

    Args:
        read: gives a table by name, as seen on the date of the briefing.
    """
    found = [*_released(read), *_first_displacements(read), *_editions(read)]
    known = [r for r in found if r.first.value and r.current.value is not None]
    return sorted(known, key=lambda r: (SERIES.index(r.series), r.period))


def figure(table: Table, **where: Any) -> Quantity:
    """Return one figure of a table whose rows have units of their own (see `Table.total`)."""
    found = table.total(**where)
    found.refuse_no_sum()
    rows = table.frame
    for column, wanted in where.items():
        rows = rows[rows[column] == wanted]
    return found if rows.empty else replace(found, unit=str(rows["unit"].iloc[0]))


def _released(read: Read) -> Iterable[Revision]:
    table = read("revisions")
    for (series, start, end), rows in table.frame.groupby(["series", "period_start", "period_end"]):
        period = iso_span(rows["period_start"], rows["period_end"])
        first, last = (
            figure(table, series=series, period_start=start, period_end=end, release=int(rows["release"].iloc[i]))
            for i in (0, -1)
        )
        current = _current(str(series), period, read)
        if current is None or current.value is None:
            current = last if len(rows) > 1 else None
        if current is not None and current.period == period:
            yield Revision(str(series), period, first, current)


def _current(series: str, period: str, read: Read) -> Quantity | None:
    """The figure of the version in use; None where no table has the series, or its version was not yet out."""
    held = COUNTRY.revised[series]
    if held is None:
        return None
    table = read(held.table)
    start, _, end = period.partition("/")
    if isinstance(table.metadata.period, Years):
        return _of(table, held.column, year=int(start[:4]), **held.where)
    end = end or start
    months = (f"{start}-01" if len(start) == 4 else start, f"{end}-12" if len(end) == 4 else end)
    return _of(table, held.column, month=months, **held.where)


def _of(table: Table, column: str = "", **where: Any) -> Quantity | None:
    """A figure of the version in use; None where that was not yet out."""
    found = table.total(column, **where)
    found.refuse_no_sum()
    return found if released(table) else None


def _first_displacements(read: Read) -> Iterable[Revision]:
    """Displacements of 2019 as first published: the other figures of that table are of half a year."""
    published, now = read("displacement_published_period"), read("displacement_year")
    for cause in ("disasters", "conflict"):
        current = _of(now, "displacements", year=2019, cause=cause)
        if current is not None:
            yield Revision(f"displaced_by_{cause}", "2019", published.total(period="2019", cause=cause), current)


def _editions(read: Read) -> Iterable[Revision]:
    """People born abroad, after two editions of the UN: the last year of the earlier one."""
    earlier, now = read("foreign_born_edition_2020_year"), read("foreign_born_year")
    for year in earlier.years[-1:]:
        first, current = _of(earlier, year=year), _of(now, year=year)
        if first is not None and current is not None:
            yield Revision("foreign_born", str(year), first, current)
