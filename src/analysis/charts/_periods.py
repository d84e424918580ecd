"""Time on a chart: tables by year or month made complete, dates as positions, and dated marks."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.charts._layout import text_size, wrap
from analysis.charts._tables import check_rows
from analysis.charts.boxes import Points
from analysis.charts.style import breaks_drawn
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import SIZE
from analysis.foundation.words import Language
from analysis.values.quantities import format_period

_EVENT: Final = "write charts.Event(date(2020, 3, 11), b.label('Pandemia', 'Pandemic'))"
_SPAN: Final = "write charts.Span(date(2020, 3, 11), date(2021, 5, 31), b.label('Pandemia', 'Pandemic'))"


@dataclass(frozen=True)
class Event:
    """A dated fact that a source supports: a day, or a year as an int, and its name."""

    date: date | int
    label: str

    def __post_init__(self) -> None:
        _check_mark(self.label, {"date": self.date}, _EVENT)


@dataclass(frozen=True)
class Span:
    """A special period, first and last day (or year as an int), and its name."""

    start: date | int
    end: date | int
    label: str

    def __post_init__(self) -> None:
        _check_mark(self.label, {"start": self.start, "end": self.end}, _SPAN)
        if moment(self.start) >= moment(self.end, end=True):
            raise ChartError(f"the span '{self.label}' ends before it begins: write its first day first")


def _check_mark(label: Any, days: Mapping[str, Any], remedy: str) -> None:
    """Raise ChartError if what is marked is no day or year, or what it is called is no word of one language."""
    for argument, given in days.items():
        if not isinstance(given, date | int):
            raise ChartError(f"{argument} is {given!r:.40}, which is no day and no year: {remedy}, or a year, 2020")
    if not isinstance(label, str):
        raise ChartError(f"label is of type {type(label).__name__}, and a drawing has one language: {remedy}")


@dataclass(frozen=True)
class Periods:
    """A table with one row a period, none left out.

    Attributes:
        table: numbers; a period that was not in the data is a row of NaN.
        middles: the middle of each period in decimal years.
        step: length of a period in years: 1 or 1/12.
        cuts: where the series is broken, in decimal years: between two periods.
    """

    table: pd.DataFrame
    middles: Points
    step: float
    cuts: tuple[float, ...] = ()

    def cut(self, x: Points, values: pd.DataFrame) -> tuple[Points, pd.DataFrame]:
        """Return times and their values, in order of time, with a row without values at each break."""
        at = np.searchsorted(x, self.cuts)
        rows = values.to_numpy(dtype=float)
        return np.insert(x, at, self.cuts), pd.DataFrame(np.insert(rows, at, np.nan, axis=0), columns=values.columns)

    @property
    def first(self) -> float:
        """The start of the first period."""
        return float(self.middles[0] - self.step / 2)

    @property
    def last(self) -> float:
        """The end of the last period."""
        return float(self.middles[-1] + self.step / 2)

    def name(self, row: int, language: Language) -> str:
        """Write the period of a row: 2025, or abr 2025."""
        period = self.table.index[row]
        return str(period) if self.step == 1 else format_period(f"{period:%Y-%m}", language, short=True)


def by_year(data: pd.DataFrame) -> Periods:
    """Return the table with every year from first to last.

    Raises:
        ChartError: if there is no row, an index that is not a year, or a year twice.
    """
    check_rows(data)
    if not pd.api.types.is_integer_dtype(data.index):
        raise ChartError(f"the index holds {data.index.dtype}, not years: set the column of the year as index")
    years = np.arange(data.index.min(), data.index.max() + 1)
    cuts = tuple(float(year) for year in breaks_drawn() if year in years[1:])
    return Periods(_complete(data, pd.Index(years)), years + 0.5, 1.0, cuts)


def by_month(data: pd.DataFrame) -> Periods:
    """Return the table with every month from first to last.

    Raises:
        ChartError: if there is no row, an index that is not of dates, or a month twice.
    """
    check_rows(data)
    if not isinstance(data.index, pd.DatetimeIndex):
        raise ChartError(f"the index holds {data.index.dtype}, not dates: set the column of the month as index")
    starts = data.set_axis(data.index.to_period("M").to_timestamp())
    check_rows(starts)
    months = pd.date_range(starts.index.min(), starts.index.max(), freq="MS")
    middles = months.year.to_numpy() + (months.month.to_numpy() - 0.5) / 12
    cuts = tuple(moment(month.date()) for month in breaks_drawn() if month in months[1:])
    return Periods(_complete(starts, months), middles, 1 / 12, cuts)


def _complete(data: pd.DataFrame, index: pd.Index[Any]) -> pd.DataFrame:
    return data.reindex(index).astype(float).rename(columns=str)


def by_period(data: pd.DataFrame) -> Periods:
    """Return the table by month if its index holds dates, else by year."""
    return by_month(data) if isinstance(data.index, pd.DatetimeIndex) else by_year(data)


def moment(when: date | int, *, end: bool = False) -> float:
    """Return a day, or a year, as decimal years: its start, or its end."""
    if not isinstance(when, date):
        return float(when + end)
    days = calendar.monthrange(when.year, when.month)[1]
    return when.year + (when.month - 1 + (when.day - 1 + end) / days) / 12


@dataclass(frozen=True)
class Mark:
    """An event or a span as drawn: both ends in decimal years, and its text."""

    start: float
    end: float
    text: str


def marks(
    events: Sequence[Event], spans: Sequence[Span], periods: Periods, language: Language, room: float
) -> list[Mark]:
    """Return the events and spans that fall into the periods, in order of time; the others are left out.

    Raises:
        ChartError: if there are more than three events or four marks, or what is none.
    """
    _check_marks("events", events, Event, _EVENT)
    _check_marks("spans", spans, Span, _SPAN)
    if len(events) > 3 or len(events) + len(spans) > 4:
        raise ChartError(
            f"{len(events)} events and {len(spans)} spans are too many: at most 3 events, and 4 marks in all"
        )
    found = []
    for event in events:
        at = moment(event.date) + (0 if isinstance(event.date, date) else 0.5)
        found.append(Mark(at, at, f"{_date_text(event.date, language)}\n{wrap(event.label, room, SIZE['chart_note'])}"))
    for span in spans:
        start, end = moment(span.start), moment(span.end, end=True)
        found.append(Mark(start, end, wrap(span.label, room, SIZE["chart_note"])))
    # A span ends before its last moment; an event on the first day is inside.
    inside = [m for m in found if (m.end > periods.first or m.start >= periods.first) and m.start < periods.last]
    first, last = float(periods.middles[0]), float(periods.middles[-1])
    clipped = [replace(m, start=min(max(m.start, first), last), end=min(max(m.end, first), last)) for m in inside]
    return sorted(clipped, key=lambda mark: mark.start)


def _check_marks(argument: str, given: Any, kind: type, remedy: str) -> None:
    """Raise ChartError if an argument is no list of marks of that kind."""
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise ChartError(f"{argument} is of type {type(given).__name__}: give a list, {argument}=[...]")
    for mark in given:
        if not isinstance(mark, kind):
            raise ChartError(f"{argument} holds {mark!r:.40}: {remedy}")


def _date_text(when: date | int, language: Language) -> str:
    period = f"{when:%Y-%m}" if isinstance(when, date) else str(when)
    return format_period(period, language, short=True)


@dataclass(frozen=True)
class MarkLabel:
    """Where the text of a mark stands: row above the plot (0 is the lowest), side, and reach in points."""

    row: int
    right: bool
    left_edge: float
    right_edge: float


def arrange(edges: Sequence[tuple[float, float]], texts: Sequence[str], width: float) -> list[MarkLabel]:
    """Choose row and side of each label, with as few rows as possible.

    A label stands beside its mark, inside the figure, apart from the others, and no line of another mark
    crosses it; the line of a mark rises to the row of its label.

    Args:
        edges: left and right edge of each mark in points.
        texts: the labels.
        width: of the figure, in points.
    """
    size = SIZE["chart_note"]
    for rows in range(1, len(texts) + 1):
        for choice in product(product(range(rows), (True, False)), repeat=len(texts)):
            labels = []
            for (start, end), text, (row, right) in zip(edges, texts, choice, strict=True):
                reach = text_size(text, size)[0]
                left_edge = end + 3 if right else start - 3 - reach
                labels.append(MarkLabel(row, right, left_edge, left_edge + reach))
            if _fits(labels, edges, width):
                return labels
    raise ChartError("the labels of events do not fit above the chart: shorten them or draw fewer events")


def _fits(labels: Sequence[MarkLabel], edges: Sequence[tuple[float, float]], width: float) -> bool:
    for i, label in enumerate(labels):
        if label.left_edge < 0 or label.right_edge > width:
            return False
        for j, other in enumerate(labels):
            if i == j:
                continue
            start, end = edges[j]
            crossed = other.row >= label.row and start < label.right_edge + 1 and end > label.left_edge - 1
            touching = (
                other.row == label.row
                and label.left_edge < other.right_edge + 6
                and other.left_edge < label.right_edge + 6
            )
            if crossed or touching:
                return False
    return True
