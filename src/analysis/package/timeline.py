"""The periods of a table one by one: what each is called, how a sum of it is asked for, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.package.metadata import Metadata
from analysis.package.periods import Months, Spans, Years
from analysis.package.sums import Rows
from analysis.values.periods import shortest_span

_YEAR: Final = "year"


@dataclass(frozen=True)
class Moment:
    """One period of a table.

    Attributes:
        name: its ISO period; a fiscal year is named by the year in which it ends, a span of which the start is not
            known by its last day, and what has no period by nothing.
        asked: the conditions that choose its rows, as `Table.total` takes them.
        over: whether it has ended: of a year that still runs there is no total, and one to come is not the last.
        rows: which rows are of it.
    """

    name: str
    asked: Mapping[str, Any]
    over: bool
    rows: Rows


def timeline(frame: pd.DataFrame, metadata: Metadata, as_of: date) -> list[Moment]:
    """Return the periods of some rows of a table in order of time, as they stood on a date.

    Spans are ordered by their end, of two of one end the longer is last; one that was published more than once is there
    as often, the last time last.
    """
    return list(_moments(frame, metadata, as_of)) if len(frame) else []


def _moments(frame: pd.DataFrame, metadata: Metadata, as_of: date) -> Iterator[Moment]:
    period = metadata.period
    if isinstance(period, Spans):
        yield from _spans(frame, metadata, period)
    elif isinstance(period, Years):
        over = {*period.complete_years(frame)}
        yield from (Moment(str(y), {period.column: y}, y in over, rows) for y, rows in _groups(frame, period.column))
    elif isinstance(period, Months):
        for start, rows in _groups(frame, period.column):
            yield Moment(period.named(start), {period.column: f"{start:%Y-%m}"}, True, rows)
    elif _YEAR in frame:
        ended = as_of.year - (f"{as_of:%m-%d}" != "12-31")
        yield from (Moment(str(y), {_YEAR: y}, y <= ended, rows) for y, rows in _groups(frame, _YEAR))
    else:
        yield Moment("", {}, True, np.ones(len(frame), dtype=bool))


def _spans(frame: pd.DataFrame, metadata: Metadata, period: Spans) -> Iterator[Moment]:
    again = [period.published] if period.published in metadata.key else []
    columns = [period.start, period.column, *again]
    days = [frame[column].to_numpy().astype("datetime64[D]").astype(object) for column in columns]  # no day is None
    rows_of: dict[tuple[date | None, ...], list[int]] = {}
    for row, told in enumerate(zip(*days, strict=True)):
        rows_of.setdefault(told, []).append(row)
    for first, last, *published in sorted(rows_of, key=_by_end):
        assert last is not None, "the descriptor says that each span has an end"
        name = shortest_span(first, last) if first else last.isoformat()
        told = (first, last, *published)
        asked = {column: day and day.isoformat() for column, day in zip(columns, told, strict=True)}
        rows = np.zeros(len(frame), dtype=bool)
        rows[rows_of[told]] = True
        yield Moment(name, asked, True, rows)


def _by_end(days: tuple[date | None, ...]) -> tuple[Any, ...]:
    """Order spans by their end, those of one end from the shortest to the longest, and one that has no start first."""
    first, last, *published = days
    return (
        last,
        first is not None,
        -first.toordinal() if first else 0,
        [day is not None and day.toordinal() for day in published],
    )


def _groups(frame: pd.DataFrame, column: str) -> Iterator[tuple[Any, Rows]]:
    """Yield the values of a column in their order, each with its rows."""
    place, values = pd.factorize(frame[column], sort=True)
    for i, value in enumerate(values):
        yield value if isinstance(value, pd.Timestamp) else int(value), np.asarray(place == i, dtype=bool)
