"""The periods of a table one by one: what each is called, how a sum of it is asked for, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.package.metadata import Metadata
from analysis.package.periods import Months, Spans, Years
from analysis.package.sums import Rows
from analysis.values.periods import iso_span

_YEAR: Final = "year"


@dataclass(frozen=True)
class Moment:
    """One period of a table.

    Attributes:
        name: its ISO period; a fiscal year is named by the year in which it ends, a span of which the start is not
            known by its last day, and what has no period by nothing.
        asked: the conditions that choose its rows, as `Table.total` takes them.
        over: whether it has ended: of a year that still runs there is no total.
        rows: which rows are of it.
    """

    name: str
    asked: Mapping[str, Any]
    over: bool
    rows: Rows


def timeline(frame: pd.DataFrame, metadata: Metadata) -> list[Moment]:
    """Return the periods of some rows of a table in order of time.

    Spans are ordered by their end, of two of one end the longer is last; one that was published more than once is there
    as often, the last time last.
    """
    return list(_moments(frame, metadata)) if len(frame) else []


def _moments(frame: pd.DataFrame, metadata: Metadata) -> Iterator[Moment]:
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
        yield from (Moment(str(y), {_YEAR: y}, True, rows) for y, rows in _groups(frame, _YEAR))
    else:
        yield Moment("", {}, True, np.ones(len(frame), dtype=bool))


def _spans(frame: pd.DataFrame, metadata: Metadata, period: Spans) -> Iterator[Moment]:
    again = [period.published] if period.published in metadata.key else []
    columns = [period.start, period.column, *again]
    number = frame.groupby(columns, dropna=False, sort=False).ngroup().to_numpy()
    told = frame[columns].drop_duplicates().reset_index(drop=True)  # in the order of these numbers
    told = told.sort_values(
        [period.column, period.start, *again], ascending=[True, False, *([True] * len(again))], na_position="first"
    )
    for group, *days in told.itertuples():
        name = iso_span(pd.Series([days[0]]), pd.Series([days[1]]))
        asked = {c: None if pd.isna(day) else f"{day:%Y-%m-%d}" for c, day in zip(columns, days, strict=True)}
        yield Moment(name, asked, True, np.asarray(number == group, dtype=bool))


def _groups(frame: pd.DataFrame, column: str) -> Iterator[tuple[Any, Rows]]:
    """Yield the values of a column in their order, each with its rows."""
    indices: Mapping[Any, Any] = frame.groupby(column).indices
    for value, places in indices.items():
        rows = np.zeros(len(frame), dtype=bool)
        rows[places] = True
        yield value if isinstance(value, pd.Timestamp) else int(value), rows
