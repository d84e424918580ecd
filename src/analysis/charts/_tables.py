"""What a table must be like before it is drawn, and the class and the shade of a value."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from numbers import Real
from typing import Final, NamedTuple

import pandas as pd

from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, TOKENS


def check_rows(data: pd.DataFrame) -> None:
    """Raise ChartError if there is nothing to draw, or a row twice."""
    if data.empty or data.isna().all(axis=None):
        raise ChartError("no rows to draw: the table is empty or has no values, check its filters")
    if not data.index.is_unique:
        twice = data.index[data.index.duplicated()][0]
        raise ChartError(f"the index has {twice} twice: sum or filter the rows first")


def check_columns(data: pd.DataFrame, most: int) -> None:
    """Raise ChartError if there are more columns than a chart can show, or two of one name."""
    if len(data.columns) > most:
        raise ChartError(
            f"{len(data.columns)} series are too many, {most} the most: sum the smaller ones or draw more charts"
        )
    if not data.columns.is_unique:
        raise ChartError(f"two series are called '{data.columns[data.columns.duplicated()][0]}': rename one")


def check_parts(data: pd.DataFrame, period: str) -> None:
    """Raise ChartError if no row has all the parts of a total."""
    if data.isna().any(axis=1).all():
        raise ChartError(f"no rows to draw: no {period} has a value in every column, leave out the one that lacks them")


_CALLED: Final = {
    "bars": "b.bars",
    "heat": "b.heat",
    "ranked_bars": "b.ranked",
    "rounds": "charts.rounds",
    "small_multiples": "b.multiples",
    "stacked_area": "b.area",
    "stacked_bars": "b.stacked",
    "tile_map": "b.tiles",
}
"""What an author calls the forms that start at zero."""


def check_no_negative(data: pd.DataFrame, chart: str, *, instead: str = "b.lines") -> None:
    """Raise ChartError if a chart that starts at zero is given a negative value, naming what shows it instead."""
    negative = (data < 0).any(axis=1)
    if negative.any():
        row = data.index[negative][0]
        name = f"{row:%Y-%m}" if isinstance(row, pd.Timestamp) else row
        raise ChartError(f"{_CALLED[chart]} cannot show the negative value at {name}: use {instead}")


def check_breaks(breaks: Sequence[float]) -> None:
    """Raise ChartError if the lower limits of the shades are not as many as the shades, or do not rise."""
    shades = len(TOKENS["seq"])
    given = list(breaks) if isinstance(breaks, Iterable) else []
    if (
        len(given) != shades
        or not all(isinstance(limit, Real) for limit in given)
        or any(a >= b for a, b in pairwise(given))
    ):
        raise ChartError(f"breaks is {breaks!r:.60}, and not {shades} rising numbers: breaks=[1, 10, 50, 100, 500]")
    if given[0] <= 0:
        raise ChartError(f"the first break is {given[0]}: what is below the first one is a class too, so begin above 0")


def class_of(value: float, breaks: Sequence[float]) -> int | None:
    """Return the class of a value, from 0; -1 below the first break, None where there is no value."""
    return None if math.isnan(value) else bisect_right(breaks, value) - 1


class Shade(NamedTuple):
    """How a cell or a tile of one class looks: its fill, the ink on it, and its hatch."""

    fill: str
    ink: str
    hatch: str | None


def shade_of(kind: int | None) -> Shade:
    """Return the shade of a class: white below the first break, hatched where there is no value."""
    if kind is None or kind < 0:
        return Shade(COLOR["paper"], COLOR["ink"], "////" if kind is None else None)
    return Shade(TOKENS["seq"][kind], TOKENS["seq_text"][kind], None)
