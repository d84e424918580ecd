"""What a table must be like before it is drawn."""

from __future__ import annotations

import pandas as pd


def check_rows(data: pd.DataFrame) -> None:
    """Raise ValueError if there is nothing to draw, or a row twice."""
    if data.empty or data.isna().all(axis=None):
        raise ValueError("no rows to draw: the table is empty or has no values, check its filters")
    if not data.index.is_unique:
        twice = data.index[data.index.duplicated()][0]
        raise ValueError(f"the index has {twice} twice: sum or filter the rows first")


def check_columns(data: pd.DataFrame, most: int) -> None:
    """Raise ValueError if there are more columns than a chart can show, or two of one name."""
    if len(data.columns) > most:
        raise ValueError(
            f"{len(data.columns)} series are too many for this chart: sum the smaller ones, at most {most}"
        )
    if not data.columns.is_unique:
        raise ValueError(f"two series are called '{data.columns[data.columns.duplicated()][0]}': rename one")


def check_no_negative(data: pd.DataFrame, chart: str) -> None:
    """Raise ValueError if a chart that starts at zero is given a negative value."""
    negative = (data < 0).any(axis=1)
    if negative.any():
        raise ValueError(f"{chart} cannot show the negative value at {data.index[negative][0]}: use lines")
