"""The data of a chart, as values: what was drawn, with its unit, its ISO periods and its marks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from analysis.foundation.errors import ChartError
from analysis.foundation.words import Language, word
from analysis.report.facts import Fact, Told
from analysis.values.periods import MOMENT
from analysis.values.quantities import format_visible, needed_decimals, significant
from analysis.values.texts import Word
from analysis.values.units import check_unit

if TYPE_CHECKING:  # a page is made without pandas
    import pandas as pd

    from analysis.metrics.points import Points

Value = int | float | None


class Column(msgspec.Struct, frozen=True):
    """One series: its name, and the key of its unit."""

    name: str
    unit: str


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """The values of one period or category.

    Attributes:
        name: of the period or category, as a page prints it.
        period: the ISO period that it names; empty where it names a category.
        values: a number a column; None where there is none.
        mark: why the row is to be read with care, in words: that it is preliminary, or incomplete.
        facts: how each value is proved, as JSON of a fact in one line; none where an author gave a frame.
    """

    name: str
    values: tuple[Value, ...]
    period: str = ""
    mark: str = ""
    facts: tuple[str, ...] = ()


class WrittenData(msgspec.Struct, frozen=True):
    """The data of a chart as a page prints them."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ChartData(msgspec.Struct, frozen=True):
    """The values that a chart draws, series by series.

    Attributes:
        rows_of: what names the rows: "Year", "State".
        columns: the series.
        rows: their values.
    """

    rows_of: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def values(self) -> list[float]:
        """All values that there are."""
        return [float(value) for row in self.rows for value in row.values if value is not None]

    def told(self) -> Iterator[Told]:
        """Yield the values that are proved, row by row."""
        for i, row in enumerate(self.rows, 1):
            for j, (value, proof) in enumerate(zip(row.values, row.facts, strict=bool(row.facts)), 1):
                if value is not None:
                    yield Told("data", f"{row.period or f'row {i}'}, column {j}", _fact(proof))

    def written(self, language: Language) -> WrittenData:
        """Write the values as a table on a page: all with the decimals that they need, marks beside the names."""
        percent = all(column.unit == "percent" for column in self.columns)
        decimals = max(int(percent), needed_decimals(self.values))

        def number(value: Value) -> str:
            if value is None:
                return word("no_data", language)
            return format_visible(value, language, decimals) + ("%" if percent else "")

        rows = ((row.name + (f" ({row.mark})" if row.mark else ""), *map(number, row.values)) for row in self.rows)
        return WrittenData((self.rows_of, *(column.name for column in self.columns)), tuple(rows))


def point_data(points: Points, language: Language) -> ChartData:
    """Return the values of points, each with its proof.

    Raises:
        MetricError: if they have several units: a column of the data has one.
    """
    columns = [Column(name.called(language), points.unit) for name in points.columns]
    rows = [
        Row(
            name=row.name.called(language),
            values=tuple(None if value.value is None else significant(value.value) for value in row.values),
            period=row.name.iso,
            mark=row.mark(language),
            facts=tuple(msgspec.json.encode(Fact.of(value)).decode() for value in row.values),
        )
        for row in points.rows
    ]
    return ChartData(points.rows_of.called(language), tuple(columns), tuple(rows))


def chart_data(data: pd.DataFrame, unit: str | Mapping[str, str], marks: Mapping[Any, str]) -> ChartData:
    """Return the values of a frame, whose index names the rows.

    Args:
        data: one column a series; the name of the index says what names the rows.
        unit: key of the unit of all its values, or that of each column by name.
        marks: words for rows that are preliminary or incomplete, by what names them in the index.

    Raises:
        ChartError: if two columns have one name, so that a file of the data could not tell them apart.
        QuantityError: if there is no such unit.
    """
    names = [str(data.index.name or ""), *map(str, data.columns)]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ChartError(f"two columns of a chart's data are named '{twice}': give each a name of its own")
    columns = [Column(name, unit if isinstance(unit, str) else unit[name]) for name in map(str, data.columns)]
    for key in {column.unit for column in columns}:
        check_unit(key)
    rows = []
    for label, values in zip(data.index, data.astype(float).to_numpy(), strict=True):
        name, period = _named(label)
        rows.append(Row(name, tuple(map(_value, values)), period, marks.get(label, "")))
    return ChartData(str(data.index.name or ""), tuple(columns), tuple(rows))


def _named(label: Any) -> tuple[str, str]:
    """How a row is named, and the ISO period that its name stands for."""
    if isinstance(label, Word):
        return str(label), label.iso
    name = label.strftime("%Y-%m") if isinstance(label, date) else str(label)
    return name, name if MOMENT.fullmatch(name) else ""


def _value(value: float) -> Value:
    return None if math.isnan(value) else significant(value)


def _fact(proof: str) -> Fact:
    return msgspec.json.decode(proof, type=Fact)
