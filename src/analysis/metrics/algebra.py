"""Metrics: a quantity as a function of its period, defined once and asked for as often as a report needs it.

A metric is a column of some rows of a table, or is made of others by `+`, `-` and `/`. What it gives is a quantity with
its unit, its tables and its derivation, so that proof follows from the definition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NoReturn

import pandas as pd

from analysis.foundation.errors import QuantityError
from analysis.metrics.axes import Axis, Kind, MetricError
from analysis.metrics.conditions import Comparable, Condition, compared
from analysis.metrics.nodes import Combined, Node, Op, Selection
from analysis.metrics.readings import Category, IsoPeriod, Reading, Year
from analysis.package.table import Table
from analysis.values import measures
from analysis.values.breaks import crossed
from analysis.values.quantities import Missing, Quantity, UnitError

_SPARK: Final = 11
"""A small chart shows so many periods."""


def metric(table: Table, column: str = "", **where: Any) -> Metric:
    """Return the metric that sums a column of some rows of a table, period by period.

    Args:
        table: the table, as `b.table(name)` gives it.
        column: the column; may be left out where the table has a single number column outside its key.
        **where: a value, or a list of values, by column; nothing about the period, which is asked for later.

    Raises:
        DataError: if a column does not exist, or a value is none that its column may have.
        MetricError: if a condition is about the period.

    Example:
        >>> received = metric(b.table("asylum_claims_year"))
        >>> received.now, received.at(2019), received.moved
    """
    node = Selection.checked(table, column, where)
    return Metric(node, node.axis)


class Metric(Comparable):
    """A quantity as a function of its period.

    Attributes:
        unit: key of its unit.
        periods: the ISO periods of which it is known, in order of time; years that still run are left out.
    """

    _asked = "now"

    def __init__(self, node: Node, axis: Axis, *, ends: bool = False) -> None:
        self._node, self._axis, self._ends = node, axis, ends
        self._known: dict[str, Reading] = {}

    # -- its periods --------------------------------------------------------------------------------------------------

    @property
    def unit(self) -> str:
        """Key of its unit: ``persons``, ``percent``, ``events``, ..."""
        return self._node.unit

    @property
    def told(self) -> str:
        """How it is made: its table, column and rows, or the measure of others."""
        return self._node.told

    @property
    def tables(self) -> list[Table]:
        """The tables that it is taken from."""
        return list({leaf.table.name: leaf.table for leaf in self._node.leaves}.values())

    @property
    def column(self) -> str:
        """The column of its first table that it sums, or begins with."""
        return self._node.leaves[0].column

    @property
    def is_column(self) -> bool:
        """Whether it is one column of a table, and not made of several."""
        return len(self._node.leaves) == 1

    @property
    def running(self) -> list[IsoPeriod]:
        """The years after these that still run, of which a part is known."""
        if self._ends or self._axis != self._node.axis:  # up to one of its years, or of other ones
            return []
        dated = [table.timeline if table.metadata.period.column else [] for table in self.tables]  # else years to come
        parts = [{moment.name for moment in moments if not moment.over} for moments in dated]
        return [IsoPeriod(name) for name in sorted(set.intersection(*parts)) if name > self._last]

    @property
    def kind(self) -> Kind:
        """How its periods follow one another: ``year``, ``month``, ``quarter``, ``span``; ``none`` without any."""
        return self._axis.kind

    @property
    def periods(self) -> list[IsoPeriod]:
        """The periods of which it is known, in order of time."""
        return [IsoPeriod(period) for period in self._axis.periods]

    @property
    def period(self) -> IsoPeriod:
        """The last period of which it is known, as its table names it: a fiscal year by its months."""
        return IsoPeriod(self.now.period)

    @property
    def year(self) -> Year:
        """The year of the last period.

        Raises:
            MetricError: if it has no period.
        """
        if not self._last:
            raise MetricError("it has no period, and so no year")
        return Year(self._last[:4])

    @property
    def yearly(self) -> Metric:
        """The same by whole years, of months or quarters.

        Raises:
            MetricError: if its periods are neither, or their values are not added up, such as rates.
        """
        return self._summed_in_time("yearly", self._axis.yearly)

    @property
    def year_to_date(self) -> Metric:
        """The same from January to the last month known, which is compared with the same months of other years.

        Raises:
            MetricError: if its periods are neither months nor quarters, or their values are not added up.
        """
        return self._summed_in_time("year_to_date", self._axis.year_to_date)

    def until(self, period: object) -> Metric:
        """Return the same with the periods up to one, as if that were the last.

        Raises:
            MetricError: if it is not known of that period.
        """
        last = self._axis.find(period)
        if last not in self._axis.periods:
            raise MetricError(f"nothing is known of {last}: ask one of metric.periods")
        periods = self._axis.periods
        return Metric(self._node, Axis(periods[: periods.index(last) + 1], self._axis.kind), ends=True)

    # -- its values ---------------------------------------------------------------------------------------------------

    def at(self, period: object) -> Reading:
        """Return it at a period: a year, ``"2025-04"``, or a range such as ``"2016/2022-06"``.

        Where nothing is known of that period, the quantity is missing.

        Raises:
            QuantityError: if it is no period.
        """
        key = str(period)
        if key not in self._known:
            self._known[key] = Reading.of(self._node.at(self._axis.find(key)) if key else self._node.undated())
        return self._known[key]

    @property
    def now(self) -> Reading:
        """It at the last period of which it is known."""
        return self.at(self._last)

    @property
    def before(self) -> Reading:
        """It at the period that the last one is compared with: the same one a year earlier.

        Of spans that do not recur, it is the last one of the same length that had ended. Missing where what is counted
        changed in between.
        """
        earlier = self._earlier
        return earlier if earlier.value is None or self._is_alike(earlier) else _missing(earlier, "break")

    @property
    def moved(self) -> Reading:
        """How far it moved from `before` to `now`: in points where it is a share, else in percent.

        Missing where there is nothing to compare with, or what was counted changed in between.
        """
        return _moved(self.now, self._earlier)

    @property
    def rose(self) -> Condition:
        """Whether it is higher than before."""
        return compared(self, "moved", low=0, open_ended=True)

    @property
    def fell(self) -> Condition:
        """Whether it is lower than before."""
        return compared(self, "moved", high=0, open_ended=True)

    @property
    def first(self) -> Reading:
        """It at the first period of which it is known."""
        return self.at(self._axis.periods[0] if self._axis.periods else "")

    @property
    def peak(self) -> Reading:
        """Its highest value, among the periods that are counted as the last one is; of equal ones the first."""
        return max(self._alike, key=lambda reading: reading.number, default=self.now)

    @property
    def trough(self) -> Reading:
        """Its lowest value, among the periods that are counted as the last one is; of equal ones the first."""
        return min(self._alike, key=lambda reading: reading.number, default=self.now)

    def spark(self, n: int = _SPARK) -> pd.Series[float]:
        """Return its last values as numbers by period, for a small chart; missing ones are not a number.

        It begins where what is counted changed last.
        """
        shown = [period for period in self._axis.periods[-n:] if self._is_alike(self.at(period))]
        return pd.Series({_label(p, self._axis.kind): self.at(p).number for p in shown}, dtype=float)

    @property
    def frame(self) -> pd.DataFrame:
        """Its values as a table of pandas: one row a period, with value, change, and why a value is missing.

        The index holds years as numbers, months and quarters as their first day, spans as ISO periods.
        """
        rows = [(period, self.at(period), self._axis.before(period)) for period in self._axis.periods]
        return pd.DataFrame(
            {
                "value": [now.value for _, now, _ in rows],
                "moved": [_moved(now, self.at(before)).value if before else None for _, now, before in rows],
                "preliminary": [now.preliminary for _, now, _ in rows],
                "missing": [now.missing for _, now, _ in rows],
            },
            index=pd.Index([_label(period, self._axis.kind) for period, _, _ in rows], name="period"),
        )

    # -- its parts ----------------------------------------------------------------------------------------------------

    def only(self, **where: Any) -> Metric:
        """Return it for some rows alone.

        Raises:
            DataError: if a column does not exist, or a value is none that its column may have.
        """
        node = self._node.only(where)
        return Metric(node, node.axis if self._axis == self._node.axis else self._axis)

    def share_of(self, **where: Any) -> Metric:
        """Return the share of some rows in all of its own, in percent: ``received.share_of(nationality="CUB")``."""
        if not where:
            raise MetricError("a share is of some rows: say of which, received.share_of(nationality='CUB')")
        return self.only(**where) / self

    def values(self, dimension: str) -> list[Category]:
        """Return the values of a column among its rows that have a value, in their order.

        Raises:
            DataError: if the column does not exist.
        """
        found = {value for leaf in self._node.leaves for value in leaf.values(dimension)}
        return [Category(value, dimension) for value in sorted(found)]

    def top(self, dimension: str, n: int) -> list[Category]:
        """Return the values of a column with the largest parts at the last period, largest first."""
        return list(self.by(dimension, top=n))

    def by(self, dimension: str, *, top: int | None = None) -> dict[Category, Metric]:
        """Return it for each value of a column, the largest at the last period first; those without a value are last.

        One that holds the others already, the country beside its states, is none of the parts.

        Args:
            dimension: the column.
            top: how many of the largest; all when not given.
        """
        values, wholes = self.values(dimension), [table.metadata.wholes.get(dimension) for table in self.tables]
        parts = {
            value: Metric(self._node.only({dimension: str(value)}), self._axis)
            for value in [value for value in values if value not in wholes] or values
        }
        now = {value: part.at(self._last) for value, part in parts.items()}
        known = [value for value in parts if now[value].value is not None]
        ordered = sorted(known, key=lambda value: -now[value].number)
        chosen = ordered if top is not None else ordered + [value for value in parts if now[value].value is None]
        return {value: parts[value] for value in chosen[:top]}

    # -- its algebra --------------------------------------------------------------------------------------------------

    def __add__(self, other: Metric) -> Metric:
        """Return the sum of both; missing where one is.

        Raises:
            UnitError: if they do not count the same thing.
        """
        return self._combined("total", other)

    def __sub__(self, other: Metric) -> Metric:
        """Return this less the other.

        Raises:
            UnitError: if they do not count the same thing.
        """
        return self._combined("difference", other)

    def __truediv__(self, other: Metric) -> Metric:
        """Return the share of this in the other where it is a part of it, in percent; else so many a unit of the other.

        It is a part where each of its rows is one of the other's: a narrower selection of the same column, or one of
        the metrics that the other is the sum of. What a table holds as a part in another column is one by `part_of`.
        """
        return self._combined("share" if _other(other)._node.holds(self._node) else "rate", other)

    def part_of(self, whole: Metric) -> Metric:
        """Return its share in another that counts the same thing, in percent.

        Raises:
            UnitError: if they do not count the same thing.
        """
        return self._combined("share", whole)

    def per(self, population: Metric, *, of: int = 100_000) -> Metric:
        """Return so many of it for a number of others: cases per 100,000 inhabitants."""
        return self._combined("rate", population, per=of)

    def _combined(self, op: Op, other: Metric, *, per: int = 1) -> Metric:
        node = Combined(op, (self._node, _other(other)._node), per)
        if op != "rate" and self.unit != other.unit:
            raise UnitError(
                f"a {op} of {self.unit} ({self.told}) and {other.unit} ({other.told}) mixes units: "
                "combine what counts one thing, or divide the one by the other"
            )
        return Metric(node, self._axis.shared(other._axis))

    # -- its comparisons ----------------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> NoReturn:
        raise MetricError("`==` compares no metrics: write share.between(49.5, 50.5), or share >= 50")

    def __bool__(self) -> NoReturn:
        raise MetricError("a metric is neither true nor false: compare it (share > 45), or ask share.rose")

    def __contains__(self, item: object) -> NoReturn:
        raise MetricError("`in` finds nothing in a metric: ask metric.values('nationality') or metric.periods")

    def __iter__(self) -> NoReturn:
        raise MetricError("a metric is no list: ask metric.by('nationality'), or metric.frame for its values")

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        try:
            return f"<Metric {self._node.told}: {self.now.told}>"
        except QuantityError as refused:  # of its rows no sum is true: it is shown all the same, and says so
            return f"<Metric {self._node.told}: {refused}>"

    def _repr_html_(self) -> str:
        from analysis.metrics.preview import preview

        return preview(self)

    def _summed_in_time(self, name: str, axis: Axis) -> Metric:
        """It by longer periods, which are sums of its own: no rate or mean of months is added up to that of a year."""
        for leaf in self._node.leaves:
            metadata = leaf.table.metadata
            if metadata.time_columns & {*metadata.apart(leaf.column)}:
                raise MetricError(
                    f"the values of {leaf.told} are never added, and {name} adds those of a {self._axis.kind}: leave "
                    "it out, ask metric.at(...), or divide sums: metric(table, 'a').yearly / metric(table, 'b').yearly"
                )
        return Metric(self._node, axis)

    @property
    def _last(self) -> str:
        return self._axis.periods[-1] if self._axis.periods else ""

    @property
    def _alike(self) -> Sequence[Reading]:
        """Its known values at the periods that are counted as the last one is."""
        every = [self.at(period) for period in self._axis.periods]
        return [reading for reading in every if reading.value is not None and self._is_alike(reading)]

    def _is_alike(self, reading: Reading) -> bool:
        """Whether it is counted as the last one is."""
        return not crossed(reading.period, self.now.period, self.now.breaks)

    @property
    def _earlier(self) -> Reading:
        """It at the period that the last one is compared with, whatever was counted then."""
        earlier = self._axis.before(self._last)
        return self.at(earlier) if earlier else _missing(self.now, "no_data")


def _missing(reading: Reading, reason: Missing) -> Reading:
    return replace(reading, value=None, missing=reason)


def _moved(now: Quantity, before: Quantity) -> Reading:
    return Reading.of((measures.difference if now.unit == "percent" else measures.change)(now, before))


def _other(other: Metric) -> Metric:
    if not isinstance(other, Metric):
        raise MetricError(f"a metric is not combined with {other!r}: make one of it, metric(table, column)")
    return other


def _label(period: str, kind: Kind) -> int | pd.Timestamp | str:
    """The label of a period in a series: a year, the first day of a month or a quarter, else the period itself."""
    if kind == "year":
        return int(period[:4])
    return pd.Timestamp(period[:7]) if kind in {"month", "quarter"} else period
