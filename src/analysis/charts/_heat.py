"""A matrix of counts: one cell a row and a column, shaded in fixed classes, its number written in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts._canvas import LABEL, NOTE, Canvas
from analysis.charts._layout import Spot, between, chosen_years, text_size, wrap
from analysis.charts._numbers import Numbers
from analysis.charts._tables import check_breaks, check_no_negative, check_rows, class_of, shade_of
from analysis.charts.boxes import Box, Points
from analysis.charts.style import form, text_width
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, SIZE, TOKENS, Width
from analysis.foundation.words import Language

_ROW: Final[float] = TOKENS["bar"]["row_pt"]
_NAME_ROOM: Final = {"full": 150.0, "half": 84.0}
_GAP: Final = 1.2
# So many letters at most has a head that stands beside years, as "antes".
_SHORT: Final = 6
# The narrowest column whose name can be read in lines, in points.
_NARROWEST: Final = 24.0
_SIZES: Final = (LABEL, NOTE, SIZE["tile_code"])


@form
def heat(data: pd.DataFrame, *, language: Language, breaks: Sequence[float], width: Width = "full") -> Axes:
    """Draw one cell a row and column, darker the higher its number, in five fixed classes.

    A zero is an empty white cell, unless there is nothing but zeros; a cell without a value is hatched and says s/d.
    Numbers are left out where one of them has no room.

    Args:
        data: one row a name, one column a year or a name, at most two digits a cell read best.
        language: of the numbers.
        breaks: lower limits of the five classes, rising.
        width: full or half of the text width.

    Returns:
        The axes.

    Raises:
        ChartError: if there is nothing to draw, a negative value, not five rising breaks, or names of columns that
            have no room.
    """
    check_rows(data)
    check_no_negative(data, "heat", instead="a table")
    check_breaks(breaks)
    numbers = Numbers.of(data, "", language)
    names = [wrap(str(name), _NAME_ROOM[width], LABEL) for name in data.index]
    heights = [max(_ROW, text_size(name, LABEL)[1] + 3) for name in names]
    left = max(text_size(name, LABEL)[0] for name in names) + 5
    slot = (TOKENS["width_pt"][width] - left) / len(data.columns)
    heads = _heads(data.columns, slot)
    head = max(text_size(text, NOTE)[1] for text in heads) + 4
    canvas = Canvas(width, sum(heights) + head)
    canvas.set_plot(left=left, top=head)
    canvas.axes.axis("off")
    values = data.to_numpy(dtype=float)
    texts, size = _texts(values, numbers, slot - _GAP - 2)
    top = canvas.plot.top
    for name, height, row, written in zip(names, heights, values, texts, strict=True):
        canvas.write(name, Spot(left - 5, top - height / 2, "right", "center"))
        for i, (value, text) in enumerate(zip(row, written, strict=True)):
            box = Box(left + i * slot, top - height, left + (i + 1) * slot, top).grown(-_GAP / 2)
            _draw_cell(canvas, box, value, breaks, text, size)
        top -= height
    for i, text in enumerate(heads):
        middle = between(left + (i + 0.5) * slot, text_size(text, NOTE)[0], canvas.bounds)
        canvas.write(text, Spot(middle, canvas.plot.top + 3), size=NOTE, color=COLOR["ink2"])
    return canvas.axes


def _heads(columns: pd.Index[Any], slot: float) -> list[str]:
    """Return the heads of the columns: of years as many as fit, of names all, broken into lines.

    Raises:
        ChartError: if names have no room.
    """
    heads = [str(column) for column in columns]
    if len(heads[0]) <= _SHORT and all(head.isdigit() for head in heads[1:]):
        return chosen_years(heads, slot, NOTE, shorten=True)
    if slot < _NARROWEST:
        raise ChartError(f"the names of {len(heads)} columns have no room: turn the table, names of rows have room")
    return [wrap(head, slot - 2 * _GAP, NOTE) for head in heads]


def _texts(values: Points, numbers: Numbers, room: float) -> tuple[list[list[str]], float]:
    """Return the texts of the cells and their size: the largest at which all numbers fit, at the smallest shortened."""
    empty = not np.nan_to_num(values).any()
    counted = [value for value in values.ravel() if value > 0 or (value == 0 and empty)]
    for size in _SIZES:
        texts = {value: numbers.text(value) for value in counted}
        if max(text_width(text, size) for text in texts.values()) <= room:
            break
    else:
        short = {value: numbers.fitted(value, room, [size]) for value in counted}
        texts = {value: found[0] for value, found in short.items() if found} if all(short.values()) else {}
    missing = numbers.text(np.nan) if text_width(numbers.text(np.nan), size) <= room else ""
    return [[missing if np.isnan(value) else texts.get(value, "") for value in row] for row in values], size


def _draw_cell(canvas: Canvas, box: Box, value: float, breaks: Sequence[float], text: str, size: float) -> None:
    kind = class_of(value, breaks)
    shade = shade_of(kind)
    edge = COLOR["grid"] if kind is None or kind < 0 else shade.fill
    canvas.draw_box(box, facecolor=shade.fill, edgecolor=edge, linewidth=0.6, hatch=shade.hatch)
    if text:
        middle = Spot((box.left + box.right) / 2, (box.bottom + box.top) / 2, "center", "center")
        canvas.write(text, middle, size=size, color=shade.ink)
