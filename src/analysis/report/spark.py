"""The small chart beside a key figure: columns for an eye that has read the number; its periods stand in the note."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

SPARK_SIZE: Final = (54.0, 16.0)
_BAR: Final = 0.74
_WIDEST: Final = 7.0
_FEWEST: Final = 3


class Bar(msgspec.Struct, frozen=True):
    """A rectangle in points, measured from the left and from the top."""

    x: float
    y: float
    width: float
    height: float


def is_drawn(values: Iterable[float | None]) -> bool:
    """Tell whether a small chart of these values is drawn: one or two points show no course.

    Missing values, None or not a number, are no points.
    """
    return sum(value is not None and not math.isnan(value) for value in values) >= _FEWEST


def spark_columns(values: Sequence[float | None]) -> list[Bar]:
    """Return the columns of a small chart as rectangles in a field of `SPARK_SIZE` points.

    Columns stand on zero and end at the right; a missing value leaves its place empty.

    Returns:
        One for each value there is; none when all are zero.
    """
    width, height = SPARK_SIZE
    known = [value for value in values if value is not None]
    high, low = max([0.0, *known]), min([0.0, *known])
    if high == low:
        return []
    slot = min(width / len(values), _WIDEST)
    left = width - slot * len(values)
    per_unit = height / (high - low)
    return [
        Bar(
            x=round(left + (i + 1 - _BAR) * slot, 2),
            y=round((high - max(value, 0)) * per_unit, 2),
            width=round(slot * _BAR, 2),
            height=round(abs(value) * per_unit, 2),
        )
        for i, value in enumerate(values)
        if value is not None
    ]
