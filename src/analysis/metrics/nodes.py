"""What a metric is made of: selections of rows, and sums, differences, shares and rates of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, Protocol

import numpy as np

from analysis.metrics.axes import Axis, MetricError, kind_of
from analysis.package.selection import check_columns
from analysis.package.table import Table, TablePart
from analysis.values import measures
from analysis.values.periods import span_days
from analysis.values.quantities import Quantity

Op = Literal["total", "difference", "share", "rate"]


class Node(Protocol):
    """A selection, or what is made of several."""

    @property
    def unit(self) -> str:
        """Key of its unit."""

    @property
    def told(self) -> str:
        """How it is made, for messages."""

    @property
    def leaves(self) -> tuple[Selection, ...]:
        """The selections that it is made of."""

    @property
    def addends(self) -> tuple[Selection, ...]:
        """The selections that it is the sum of; none where it is no sum."""

    @property
    def axis(self) -> Axis:
        """The periods of which it is known."""

    def at(self, period: str) -> Quantity:
        """Return it at an ISO period."""

    def undated(self) -> Quantity:
        """Return it where nothing has a period, or nothing is known."""

    def only(self, where: Mapping[str, Any]) -> Node:
        """Return it for some rows alone."""

    def holds(self, other: Node) -> bool:
        """Whether another is a part of it: each row of the other is one of its own, and is counted there once."""


@dataclass(frozen=True, eq=False)
class Selection:
    """A column of some rows of a table, period by period."""

    part: TablePart
    _known: dict[str, Quantity] = field(default_factory=dict, init=False, repr=False)
    _parts: dict[str, Selection] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def checked(cls, table: Table, column: str, where: Mapping[str, Any]) -> Selection:
        """Return it once its column and its conditions are known to be right.

        Raises:
            DataError: if a column does not exist, or a value is none that its column may have.
            MetricError: if a condition is about the period.
        """
        if not isinstance(table, Table):
            raise MetricError(f"metric() is given a {type(table).__name__}: give a table, metric(b.table('...'))")
        period = table.metadata.period
        of_time = [name for name in where if name in {"period", period.column, getattr(period, "start", "")}]
        if of_time:
            raise MetricError(
                f"{of_time[0]}={where[of_time[0]]!r} is a period, and a metric has all of them: "
                f"leave it out, and ask metric.at({str(where[of_time[0]])!r}) where it is needed"
            )
        return cls(table.part(column, **where))

    @property
    def table(self) -> Table:
        """The table."""
        return self.part.table

    @property
    def column(self) -> str:
        """The column."""
        return self.part.column

    @property
    def where(self) -> Mapping[str, Any]:
        """Which rows, by column."""
        return self.part.where

    @property
    def unit(self) -> str:
        """Key of the unit of its column."""
        return self.table.metadata.unit_of(self.column)

    @property
    def told(self) -> str:
        """Table, column and conditions."""
        return " ".join(
            [f"{self.table.name}.{self.column}", *(f"{name}={value}" for name, value in self.where.items())]
        )

    @property
    def leaves(self) -> tuple[Selection, ...]:
        """Itself."""
        return (self,)

    addends = leaves

    @cached_property
    def axis(self) -> Axis:
        """The periods with a value; where an absent row means zero, all periods of the table."""
        return Axis(tuple(self._asked), kind_of(self.table))

    def at(self, period: str) -> Quantity:
        """Return its sum at an ISO period.

        Raises:
            QuantityError: if its rows must not be added: the message says which condition is left out.
        """
        if period not in self._known:
            self._known[period] = self.table.sum_of_part(self.part, **self._when(period))
        self._known[period].refuse_no_sum()
        return self._known[period]

    def undated(self) -> Quantity:
        """Return its sum where its table has no periods; where it has, there is none."""
        made = self.table.total(self.column, **self.where)
        made.refuse_no_sum()
        return made if self.axis.kind == "none" else replace(made, value=None, missing="no_data")

    def only(self, where: Mapping[str, Any]) -> Selection:
        """Return it for some rows alone.

        Raises:
            DataError: if a column does not exist, or a value is none that its column may have.
            MetricError: if it holds no such rows.
        """
        for name, value in where.items():
            if name in self.where and not _admits(self.where[name], value):
                raise MetricError(f"{name}={value!r} is none of its rows, which have {name}={self.where[name]!r}")
        asked = repr(where)
        if asked not in self._parts:
            self._parts[asked] = Selection.checked(self.table, self.column, {**self.where, **where})
        return self._parts[asked]

    def holds(self, other: Node) -> bool:
        """Whether the other is one narrower selection of the same column."""
        return _all_held(self.addends, other.addends)

    def covers(self, other: Selection) -> bool:
        """Whether each row of another selection is one of its own."""
        same = (self.table.name, self.column) == (other.table.name, other.column)
        return same and all(
            name in other.where and _admits(wanted, other.where[name]) for name, wanted in self.where.items()
        )

    def values(self, dimension: str) -> set[str]:
        """The values of a column among its rows that have a value.

        Raises:
            DataError: if the column does not exist.
        """
        check_columns(self.table.metadata, [dimension])
        if dimension in self.table.metadata.period.columns:
            raise MetricError(f"'{dimension}' is of the period: ask metric.at(...), metric.periods or metric.frame")
        return {str(value) for value in self.table.frame[dimension][self.table.known(self.part)].dropna().unique()}

    @cached_property
    def _asked(self) -> Mapping[str, Mapping[str, Any]]:
        """Its periods, and the conditions that choose each in the table."""
        zero = self.table.metadata.absent_is_zero
        known = self.table.known(self.table.part(self.column) if zero else self.part)
        rows = np.bincount(self.table.moment_of_row[known], minlength=len(self.table.timeline))
        return {
            moment.name: moment.asked for moment, n in zip(self.table.timeline, rows, strict=True) if n and moment.over
        }

    def _when(self, period: str) -> Mapping[str, Any]:
        """The conditions that choose an ISO period in the table."""
        if period in self._asked:
            return self._asked[period]
        kind, column = kind_of(self.table), self.table.metadata.period.column or "year"
        if kind == "none":
            return {}
        if kind == "span":
            return {"period": period}
        if kind == "year":
            years = _years(period, self.table.metadata.period.year_end)
            return {column: years[0] if years[0] == years[1] else years}
        first, last = span_days(period)
        months = f"{first:%Y-%m}", f"{last:%Y-%m}"
        return {column: months[0] if months[0] == months[1] else months}


@dataclass(frozen=True, eq=False)
class Combined:
    """A measure of two others, at the periods that both have."""

    op: Op
    parts: tuple[Node, Node]
    per: int = 1

    @property
    def unit(self) -> str:
        """Key of its unit: that of its parts, or what a share, a difference of shares or a rate is in."""
        part, whole = self.parts
        if self.op == "share":
            return "percent"
        if self.op == "rate":
            return f"{part.unit}_per_{self.per if self.per > 1 else whole.unit}"
        return "points" if self.op == "difference" and part.unit == "percent" else part.unit

    @property
    def told(self) -> str:
        """How it is made."""
        return f"{self.op} of ({self.parts[0].told}) and ({self.parts[1].told})"

    @property
    def leaves(self) -> tuple[Selection, ...]:
        """The selections of both."""
        return (*self.parts[0].leaves, *self.parts[1].leaves)

    @property
    def addends(self) -> tuple[Selection, ...]:
        """The selections of both, where it is their sum."""
        parts = [part.addends for part in self.parts]
        return (*parts[0], *parts[1]) if self.op == "total" and all(parts) else ()

    @cached_property
    def axis(self) -> Axis:
        """The periods that both have."""
        return self.parts[0].axis.shared(self.parts[1].axis)

    def at(self, period: str) -> Quantity:
        """Return the measure at an ISO period."""
        return self._measured(self.parts[0].at(period), self.parts[1].at(period))

    def undated(self) -> Quantity:
        """Return the measure where nothing has a period, or nothing is known."""
        return self._measured(self.parts[0].undated(), self.parts[1].undated())

    def only(self, where: Mapping[str, Any]) -> Combined:
        """Return it for some rows of both.

        Raises:
            DataError: if a column does not exist, or a value is none that its column may have.
        """
        return Combined(self.op, (self.parts[0].only(where), self.parts[1].only(where)), self.per)

    def holds(self, other: Node) -> bool:
        """Whether each selection that the other is the sum of lies in one that it is the sum of."""
        return _all_held(self.addends, other.addends)

    def _measured(self, one: Quantity, other: Quantity) -> Quantity:
        match self.op:
            case "total":
                return measures.total([one, other])
            case "difference":
                return measures.difference(one, other)
            case "share":
                return measures.share(one, other)
            case "rate":
                return measures.rate(one, other, per=self.per, unit=self.unit)


def _years(period: str, year_end: str) -> tuple[int, int]:
    """The first and the last year of an ISO period: by their names, or those that hold its first and last day."""
    if len(period) == len("2025"):
        return int(period), int(period)
    first, last = span_days(period)
    if len(period.partition("/")[0]) == len("2025"):
        return first.year, last.year
    start, end = (day.year + (f"{day:%m-%d}" > year_end) for day in (first, last))
    return start, end


def _all_held(wholes: tuple[Selection, ...], parts: tuple[Selection, ...]) -> bool:
    """Whether each part lies in a whole, and none in another part, which would be counted twice."""
    if not parts or not all(any(whole.covers(part) for whole in wholes) for part in parts):
        return False
    return not any(one.covers(other) for one in parts for other in parts if one is not other)


def _admits(wanted: Any, value: Any) -> bool:
    """Whether all values that one condition lets through are let through by another."""
    allowed = wanted if isinstance(wanted, list) else [wanted]
    return all(each in allowed for each in (value if isinstance(value, list) else [value]))
