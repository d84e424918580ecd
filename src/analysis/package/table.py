"""A table as seen on a date: its metadata and rows, and sums of these that remember where they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.foundation.words import Language
from analysis.package import press
from analysis.package.adding import adds_freely, why_no_sum
from analysis.package.codes import Codes
from analysis.package.credits import Credit
from analysis.package.descriptor import DataError
from analysis.package.metadata import Metadata
from analysis.package.periods import Months, Years
from analysis.package.selection import check_columns, condition, mask, selection, selections
from analysis.package.sums import Covered, Lookup, Numbers, Rows
from analysis.package.timeline import Moment, timeline
from analysis.package.totals import geography, place_of_one, summed
from analysis.values.breaks import Break
from analysis.values.periods import first_day, shortest_moment
from analysis.values.quantities import Missing, Quantity, format_period


@dataclass(frozen=True, repr=False)
class Table:
    """A table as seen on a date: its metadata, the rows published by then, and what its whole file knows of codes.

    Its sums are remembered: other rows are another table (see `only`), never the same frame written into.
    """

    metadata: Metadata
    frame: pd.DataFrame
    as_of: date
    codes: Codes = field(compare=False, repr=False)
    _summed: dict[tuple[str, str], Quantity] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Sums asked for so far: a report asks for most of its sums more than once."""
    _periods: dict[str, Covered] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Periods asked for so far, as they were asked for."""

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.metadata.name

    def __repr__(self) -> str:
        return f"<Table {self.name}, seen on {self.as_of}: {len(self.frame)} rows, {', '.join(self.frame.columns)}>"

    @property
    def republish(self) -> bool:
        """Whether its terms allow its rows to be offered for download."""
        return bool(self.metadata.provenance["republish"])

    def only(self, rows: pd.DataFrame) -> Table:
        """Return the table narrowed to some of its rows, so that a source line names their documents alone."""
        return replace(self, frame=rows)

    def showing(self, column: str, **where: Any) -> Table:
        """Return the table narrowed to one number column of some rows, where a chart shows no more of it.

        What the chart says of breaks of the series is then only what touches these.
        """
        others = [name for name in self.metadata.measures if name != column]
        return self.only(self._chosen(column, where).drop(columns=others))

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Breaks of series that touch something of what is in sight."""
        rows, shown = self.frame, self.frame.columns
        return tuple(
            b
            for b in self.metadata.breaks
            if (not b.columns or shown.isin(b.columns).any())
            and all(rows[name].isin(values).any() for name, values in b.where)
        )

    def alike_since(self, period: str) -> date:
        """Return the first day from which this table counts as in an ISO period: only from there on it has a highest.

        Raises:
            DataError: if nothing is in sight.
        """
        if self.span is None:
            raise DataError(f"table {self.name} has no period in sight: nothing is counted yet")
        started = [b.first for b in self.breaks if b.side(period) == "after"]
        return max([first_day(self.span[0]), *started])

    def used_by(self, quantities: Iterable[Quantity]) -> Table:
        """Return the table narrowed to the rows that these quantities were taken from."""
        keep = np.zeros(len(self.frame), dtype=bool)
        for chosen in selections(q.derivation for q in quantities):
            if chosen["table"] == self.name:
                keep |= self._lookup.meeting(chosen["where"])
        return self.only(self.frame[keep])

    def last_day(self, quantity: Quantity) -> date | None:
        """Return the last day in sight of what a quantity counts, of whatever period it is itself.

        Where it was made from several selections of this table, it is the day up to which all of them reach.
        """
        ends = []
        for chosen in selections([quantity.derivation]):
            if chosen["table"] == self.name:
                rest = {c: wanted for c, wanted in chosen["where"].items() if c not in self.metadata.period.columns}
                rows = self.frame[~np.isnan(self._lookup.numbers(chosen["column"])) & self._lookup.meeting(rest)]
                ends.append(self.metadata.period.last_day(rows))
        return min((end for end in ends if end is not None), default=None)

    def credits(self, language: Language) -> list[Credit]:
        """Return the documents of the rows in sight where each has its own, else that of the table."""
        if press.is_quoted(self.frame) and not self.empty:
            return press.documents(self.frame, self.metadata, language)
        return [self.metadata.credit(language, self.as_of)]

    def version(self, language: Language) -> str:
        """Return the vintage in words: for press figures, the years in which they were published."""
        if press.is_quoted(self.frame):
            published = press.years(self.frame)
            return format_period(published, language) if published else self.metadata.version(language, self.as_of)
        return self.metadata.version(language, self.as_of)

    @property
    def empty(self) -> bool:
        """Whether nothing of this table had been published at `as_of`."""
        return self.frame.empty

    @property
    def years(self) -> list[int]:
        """Complete years in sight, ascending; years still running (see `through`) are left out.

        Raises:
            DataError: if the table is not yearly.
        """
        period = self.metadata.period
        if not isinstance(period, Years):
            raise DataError(f"table {self.name} has no year column: its periods are {period.kind}")
        return period.complete_years(self.frame)

    @property
    def span(self) -> tuple[str, str] | None:
        """First and last moment in sight, as ISO (years, months or days); None when nothing is in sight.

        Fiscal years are written as the months they cover.
        """
        return None if self.empty else self.metadata.period.span(self.frame)

    @property
    def last(self) -> str | None:
        """The last moment that the rows in sight cover, as an ISO year, month or day; None where none has a period."""
        day = self.metadata.period.last_day(self.frame)
        return None if day is None else shortest_moment(day)

    @property
    def preliminary_from(self) -> date | None:
        """First day from which the publisher calls its figures preliminary; None where it does not."""
        since = self.metadata.resource.get("preliminary_from")
        return date.fromisoformat(since) if since else None

    def total(self, column: str = "", **where: Any) -> Quantity:
        """Sum a column over the selected rows.

        Args:
            column: the column; may be left out where the table has a single number column outside its key.
            **where: a value, a list of values, or a pair ``(from, to)``, by column. Months are written
                ``"2025-04"``; in tables of spans, ``period="2016/2022-06"`` selects the rows of that span.

        Returns:
            The sum as a quantity. Where no row matches it is missing, unless the table says that an absent
            row means zero; where a cell of the rows is empty, or nothing is known of one of the values of a list, it
            is missing as well, with what it lacks. Where a sum of these rows would be false (of rates, of two sources,
            of a whole and its parts: see `Metadata.apart`), it lacks a condition, and whatever uses it is refused.

        Raises:
            DataError: if a column does not exist, or a value is none that its column may have.
        """
        asked = column or self.only_measure, repr(where)
        if asked not in self._summed:
            self._summed[asked] = self._total(asked[0], where)
        return copy(self._summed[asked])  # each is a quantity of its own, as authors may compare with `is`

    def _total(self, column: str, where: Mapping[str, Any]) -> Quantity:
        derivation = selection(self.metadata, self.codes, column, where)
        derivation["where"] |= self._in_sight(derivation["where"])
        conditions = derivation["where"]
        covered = self._covered(conditions, where)
        chosen = covered.rows & self._lookup.meeting(
            {name: told for name, told in conditions.items() if name not in self.metadata.period.columns}
        )
        cells = self._lookup.numbers(column)[chosen]
        if len(cells) > 1 and not adds_freely(column, self.metadata):
            rows = self.frame[chosen]
            if why := why_no_sum(rows, column, self.metadata):
                return self._sum(derivation, covered, None, rows, (why,), missing="no_sum")
        rows, lacks = self._nothing, tuple[str, ...]()
        value = self._plain_sum(cells, covered)
        if not self._says_it_all(cells, conditions):
            rows = self.frame[chosen]
            conditions |= place_of_one(rows, conditions, self.metadata)
            value, lacks = summed(rows, column, conditions, self.metadata)
        return self._sum(derivation, covered, value, rows, lacks)

    def part(self, column: str = "", **where: Any) -> TablePart:
        """Return a column of some rows, to be summed period by period: they are chosen and checked once.

        Args:
            column: the column; may be left out where the table has a single number column outside its key.
            **where: which rows, without their period.

        Raises:
            DataError: if a column does not exist, or a value is none that its column may have.
        """
        column = column or self.only_measure
        told = selection(self.metadata, self.codes, column, where)["where"]
        return TablePart(self, column, where, told, self._lookup.meeting(told))

    def sum_of_part(self, part: TablePart, **when: Any) -> Quantity:
        """Return the sum of a part at a period: of its ``year``, ``month``, ``period``, ... as `total` is given it."""
        asked = self.metadata.period.conditions(when)
        period = {name: condition(wanted, self.metadata.fields[name], name) for name, wanted in asked.items()}
        if not period or not period.keys() <= self.metadata.period.columns:
            return self.total(part.column, **when, **part.where)
        covered, conditions = self._covered(period, when), {**period, **part.told}
        cells = self._lookup.numbers(part.column)[part.places[covered.rows[part.places]]]
        freely = len(cells) < 2 or adds_freely(part.column, self.metadata)
        if not freely or not self._says_it_all(cells, conditions):
            return self.total(part.column, **when, **part.where)
        derivation = {"table": self.name, "column": part.column, "where": conditions}
        return self._sum(derivation, covered, self._plain_sum(cells, covered), self._nothing, ())

    def known(self, part: TablePart) -> Rows:
        """Return which rows of a part have a value."""
        return part.rows & ~np.isnan(self._lookup.numbers(part.column))

    def _sum(
        self,
        derivation: Mapping[str, Any],
        covered: Covered,
        value: float | None,
        rows: pd.DataFrame,
        lacks: tuple[str, ...],
        *,
        missing: Missing = "partial",
    ) -> Quantity:
        return Quantity(
            value=value,
            unit=self.metadata.unit_of(derivation["column"]),
            period=covered.label,
            geography=geography(rows, derivation["where"], self.metadata),
            tables=(self.name,),
            derivation=derivation,
            preliminary=covered.preliminary,
            missing="" if value is not None else missing if lacks else "no_data",
            lacks=lacks,
            breaks=self.metadata.breaks_of(derivation["column"], derivation["where"]),
        )

    def _plain_sum(self, cells: Numbers, covered: Covered) -> float | None:
        """The sum of cells; of none it is zero where an absent row means so and the period has rows."""
        known = len(cells) or (self.metadata.absent_is_zero and covered.rows.any())
        return float(cells.sum()) if known else None

    def _says_it_all(self, cells: Numbers, conditions: Mapping[str, Any]) -> bool:
        """Whether the cells are all of the sum: none is empty or wanting, and no row is needed to tell its place."""
        places = [conditions[column] for column in self.metadata.place_columns if column in conditions]
        if any(isinstance(place, Mapping) for place in places) or np.isnan(cells).any():
            return False
        if len(cells) == 1 and self.metadata.place_columns and not places:
            return False
        listed = any(isinstance(wanted, list) for wanted in conditions.values())
        return not len(cells) or self.metadata.absent_is_zero or not listed

    def pivot(self, index: str, columns: str, column: str = "", **where: Any) -> pd.DataFrame:
        """Return sums with one row a value of `index` and one column a value of `columns`.

        Cells without rows are zero where the table says that an absent row means zero, else missing; sums of rows
        of which one is empty are missing.

        Raises:
            DataError: if a column does not exist, a value is none that its column may have, or a sum would be false.
        """
        column = column or self.only_measure
        sums = self._sums([index, columns], column, where)
        return sums.unstack(columns, fill_value=0) if self.metadata.absent_is_zero else sums.unstack(columns)

    def series(self, index: str, column: str = "", **where: Any) -> pd.Series[float]:
        """Return sums of a column by the values of `index`, ascending; missing where one of its cells is.

        Raises:
            DataError: if a column does not exist, a value is none that its column may have, or a sum would be false.
        """
        column = column or self.only_measure
        return self._sums([index], column, where)

    def _sums(self, by: list[str], column: str, where: Mapping[str, Any]) -> pd.Series[float]:
        """Sums by the values of columns; a group of which a cell is empty has none."""
        check_columns(self.metadata, by)
        rows = self._chosen(column, where)
        groups = rows.groupby(by if len(by) > 1 else by[0], observed=True)
        if not adds_freely(column, self.metadata):
            reasons = (why_no_sum(group, column, self.metadata) for _, group in groups)
            if why := next(filter(None, reasons), ""):
                raise DataError(why)
        cells = groups[column]
        sums = cells.sum()
        return sums.where(cells.count() == cells.size()) if rows[column].isna().any() else sums

    def _chosen(self, column: str, where: Mapping[str, Any]) -> pd.DataFrame:
        return self.frame[mask(self.frame, selection(self.metadata, self.codes, column, where)["where"])]

    @cached_property
    def _nothing(self) -> pd.DataFrame:
        """None of its rows."""
        return self.frame.iloc[:0]

    @cached_property
    def _dates(self) -> pd.DataFrame:
        """The columns of its periods alone."""
        return self.frame[[c for c in self.frame.columns if c in {"year", *self.metadata.period.columns}]]

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.frame)

    @cached_property
    def only_measure(self) -> str:
        """The number column outside its key, where it has a single one.

        Raises:
            DataError: if it has none or several.
        """
        numbers = self.metadata.measures
        if len(numbers) != 1:
            raise DataError(f"name the column of table {self.name}: it has {', '.join(numbers) or 'no number column'}")
        return numbers[0]

    def _covered(self, conditions: Mapping[str, Any], where: Mapping[str, Any]) -> Covered:
        """The rows of the period of a selection, and what they cover."""
        period = self.metadata.period
        of_time = {name: told for name, told in conditions.items() if name in period.columns}
        single = of_time.get(period.column)
        if len(of_time) == 1 and isinstance(single, str | int) and single in self._each:
            return self._each[single]
        asked = repr({name: wanted for name, wanted in where.items() if name in {"period", "year", *period.columns}})
        if asked not in self._periods:
            rows = self._lookup.meeting(of_time)
            frame = self._dates[rows]
            self._periods[asked] = Covered(rows, period.label(frame, where), self._preliminary(frame))
        return self._periods[asked]

    @cached_property
    def timeline(self) -> list[Moment]:
        """Its periods in order of time, each with its rows: the table is looked through once."""
        return timeline(self.frame, self.metadata, self.as_of)

    @cached_property
    def moment_of_row(self) -> npt.NDArray[np.intp]:
        """The period of each row, by its place in `timeline`."""
        found = np.zeros(len(self.frame), dtype=np.intp)
        for i, moment in enumerate(self.timeline):
            found[moment.rows] = i
        return found

    @cached_property
    def _each(self) -> Mapping[Any, Covered]:
        """Each single year, month or quarter by what names it in a condition."""
        period, found = self.metadata.period, dict[Any, Covered]()
        if not isinstance(period, Years | Months) or self.empty:
            return found
        ends = period.ends(self.frame).to_numpy()
        for moment in self.timeline:
            day = pd.Timestamp(ends[moment.rows].max()).date()
            whole = moment.name if isinstance(period, Months) else period.named(moment.name)
            label = whole if moment.over else period.label(self.frame[moment.rows], {})
            named = condition(moment.asked[period.column], self.metadata.fields[period.column], period.column)
            found[named] = Covered(moment.rows, label, self._is_preliminary(day))
        return found

    def _in_sight(self, conditions: Mapping[str, Any]) -> dict[str, Any]:
        """The period in sight, for a sum that names none: its proof must not count rows published later."""
        column = self.metadata.period.column
        if not column or self.empty or self.metadata.period.columns & {*conditions}:
            return {}
        values = self.frame[column]
        return {column: condition((values.min(), values.max()), self.metadata.fields[column], column)}

    def _preliminary(self, rows: pd.DataFrame) -> bool:
        """Whether the last period of rows is still running, or its figures are called preliminary."""
        day = self.metadata.period.last_day(rows)
        return day is not None and self._is_preliminary(day)

    def _is_preliminary(self, day: date) -> bool:
        since = self.preliminary_from
        return not self.metadata.period.complete(day) or (since is not None and day >= since)


@dataclass(frozen=True, eq=False)
class TablePart:
    """A column of some rows of a table.

    Attributes:
        table: the table.
        column: the column.
        where: which rows, as they were asked for.
        told: the same as a derivation tells it.
        rows: which rows of the table.
    """

    table: Table
    column: str
    where: Mapping[str, Any]
    told: Mapping[str, Any]
    rows: Rows

    @cached_property
    def places(self) -> npt.NDArray[np.intp]:
        """The places of its rows in the table."""
        return np.flatnonzero(self.rows)
