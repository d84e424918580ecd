"""The sum of selected rows: its value or what it lacks, and the place that it is of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from analysis.mexico import COUNTRY
from analysis.package.metadata import Metadata
from analysis.package.selection import mask

_MONTH: Final = re.compile(r"\d{4}-\d{2}-01")
_NAMED: Final = 5
"""Parts that a sum lacks are named up to so many; of the others their number is said."""


def summed(
    rows: pd.DataFrame, column: str, conditions: Mapping[str, Any], metadata: Metadata
) -> tuple[float | None, tuple[str, ...]]:
    """Return the sum of the selected rows, else what of it is not known; neither where nothing of it is known."""
    cells = rows[column]
    empty = cells.isna()
    if empty.all():
        return None, ()
    lacks = [] if metadata.absent_is_zero else _without_row(rows, conditions)
    if empty.any():
        told = [c for c in metadata.key if not isinstance(conditions.get(c), str | int)]
        lacks += [", ".join(map(_word, row)) for row in rows[empty][told].itertuples(index=False)]
    if lacks:
        more = len(lacks) - _NAMED
        return None, (*lacks[:_NAMED], f"+{more}") if more > 0 else tuple(lacks)
    return float(cells.sum()), ()


def place_of_one(rows: pd.DataFrame, conditions: Mapping[str, Any], metadata: Metadata) -> dict[str, str]:
    """Return the place of a single row, where no condition names it: a figure of one state is none of the country."""
    columns = metadata.place_columns
    if len(rows) != 1 or {*columns} & {*conditions}:
        return {}
    found = {column: str(rows[column].iloc[0]) for column in columns}
    return {c: value for c, value in found.items() if metadata.place(c, value) != COUNTRY.code}


def geography(rows: pd.DataFrame, conditions: Mapping[str, Any], metadata: Metadata) -> str:
    """Return the place that a selection is of: the states or else what a condition names, without one the country."""
    column = next((column for column in metadata.place_columns if column in conditions), None)
    if column is None:
        return COUNTRY.code
    wanted = conditions[column]
    values = rows[column] if isinstance(wanted, Mapping) else wanted if isinstance(wanted, list) else [wanted]
    return COUNTRY.together(metadata.place(column, value) for value in values) or COUNTRY.code


def _without_row(rows: pd.DataFrame, conditions: Mapping[str, Any]) -> list[str]:
    """Values that were asked for in a list and have no row."""
    listed = [(c, wanted) for c, wanted in conditions.items() if isinstance(wanted, list)]
    short = [(c, wanted) for c, wanted in listed if rows[c].nunique() < len({*wanted})]
    return [_word(value) for c, wanted in short for value in wanted if not mask(rows, {c: value}).any()]


def _word(value: Any) -> str:
    """A value of a key in words: a day as such, one that begins a month as the month."""
    text = f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)
    return text[:7] if _MONTH.fullmatch(text) else text
