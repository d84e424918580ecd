"""Which rows may be added up: a sum of rates, of two sources, or of a whole and its parts would be false."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pandas as pd

from analysis.package.metadata import NUMBERS, Metadata
from analysis.package.periods import Months, Spans

_FEW: Final = 12
"""So many values are listed; of the others their number is said."""


def adds_freely(column: str, metadata: Metadata) -> bool:
    """Whether any rows of a table may be added up in a column, so that no sum need be looked at."""
    return not (metadata.apart(column) or metadata.wholes or isinstance(metadata.period, Spans))


def why_no_sum(rows: pd.DataFrame, column: str, metadata: Metadata) -> str:
    """Return why a sum of rows would be false, the columns left open and the condition to write; else nothing.

    Args:
        rows: the rows.
        column: what would be added up.
        metadata: what the descriptor says of their table.
    """
    known = rows[rows[column].notna()]
    why, left_open = next(_reasons(known, column, metadata), ("", [])) if len(known) > 1 else ("", [])
    remedy = " and ".join(_conditions(known, left_open, metadata))
    return f"{metadata.name}.{column}, {len(known)} rows: {why}; say which is meant, {remedy}" if why else ""


def _reasons(rows: pd.DataFrame, column: str, metadata: Metadata) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield why rows are not added up, with the columns that are left open."""
    left_open = [name for name in metadata.apart(column) if rows[name].nunique(dropna=False) > 1]
    if left_open:
        alone = metadata.field(column).get("alone") is True
        told = "a value of it stands alone and is never added" if alone else "they are never added"
        yield f"{told}, and these differ in {', '.join(left_open)}", left_open
    for name, whole in metadata.wholes.items():
        if (rows[name] == whole).any() and (rows[name] != whole).any():
            yield f"'{whole}' of {name} holds the others already", [name]
    if isinstance(metadata.period, Spans) and _overlap(rows, metadata.period):
        yield "their periods have days in common", [metadata.period.column]


def _overlap(rows: pd.DataFrame, period: Spans) -> bool:
    """Whether two different spans have days in common; one whose start is not known may begin at any time."""
    spans = rows[[period.start, period.column]].drop_duplicates().sort_values([period.start, period.column])
    starts, ends = spans[period.start], spans[period.column]
    return len(spans) > 1 and bool(starts.isna().any() or (starts <= ends.cummax().shift()).any())


def _conditions(rows: pd.DataFrame, left_open: Sequence[str], metadata: Metadata) -> Iterator[str]:
    """Yield what to write for columns left open: a value, and the others that there are."""
    times = metadata.time_columns - {metadata.period.published}
    if times & {*left_open}:
        yield _moment(rows, metadata)
    for name in [name for name in left_open if name not in times]:
        values = sorted(map(_word, rows[name].unique()), key=lambda value: (value != metadata.wholes.get(name), value))
        others = [*values[1:_FEW], *([f"{len(values) - _FEW} more"] if len(values) > _FEW else [])]
        first = values[0] if metadata.fields[name] in NUMBERS else f'"{values[0]}"'
        yield f"{name}={first}" + (f" (or {', '.join(others)})" if others else "")


def _moment(rows: pd.DataFrame, metadata: Metadata) -> str:
    """The condition on the last period of some rows, and how a metric is asked for it."""
    period = metadata.period
    column, asked = period.column or "year", rows[period.column or "year"].max()
    if isinstance(period, Spans):
        last = rows[rows[column] == asked].tail(1)
        column, asked = "period" if last[period.start].notna().all() else column, period.label(last, {})
    if isinstance(period, Months):
        asked = f"{asked:%Y-%m}"
    told = f'"{asked}"' if isinstance(asked, str) else asked
    return f"{column}={told} (of a metric, .at({told}))"


def _word(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)
