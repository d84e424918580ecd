"""Spans on a time axis, one row a place, each with a number beside it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts._canvas import FOOT, LABEL, NOTE, Canvas, Numbers
from analysis.charts._layout import Box, Points, Spot, text_size, wrap
from analysis.errors import ChartError
from analysis.style import COLOR, LINE, Width, context, text_width
from analysis.words import Language

_ROW: Final = 20.0
_BAR: Final = 7.0
# A span of a few days is drawn this wide, in points, or it could not be seen.
_SHORTEST: Final = 4.0
# Between two spans that follow each other without a day between, and from a bar to its label.
_GAP: Final = 0.8
_NEAR: Final = 2.5
_NAME_ROOM: Final = {"full": 150.0, "half": 84.0}


@context()
def timeline(data: pd.DataFrame, *, language: Language, width: Width = "full") -> Axes:
    """Draw one bar a span, rows in the order in which their names come first, its value beside it.

    Args:
        data: one row a span, its name in the index (a name may come several times), and three columns: first day,
            last day and value.
        language: of the numbers.
        width: full or half of the text width.

    Returns:
        The axes.

    Raises:
        ChartError: if there is nothing to draw, not three columns, or a span that ends before it starts.
    """
    if data.empty or len(data.columns) != 3:
        raise ChartError("no rows to draw: timeline needs first day, last day and value of at least one span")
    start, end, value = data.columns
    if (data[end] < data[start]).any():
        raise ChartError(f"the span of '{data.index[int((data[end] < data[start]).argmax())]}' ends before it starts")
    rows = list(dict.fromkeys(data.index))
    numbers = Numbers.of(data[value], "", language)
    names = [wrap(str(name), _NAME_ROOM[width], LABEL) for name in rows]
    heights = [max(_ROW, text_size(name, LABEL)[1] + 3) for name in names]
    canvas = Canvas(width, sum(heights) + FOOT)
    texts = [numbers.text(float(number)) for number in data[value]]
    left = max(text_size(name, LABEL)[0] for name in names) + 8
    right = max(text_width(text, LABEL, bold=True) for text in texts) + _NEAR
    canvas.set_plot(left=left, right=right, bottom=FOOT)
    years = list(range(data[start].min().year, data[end].max().year + 2))
    canvas.axes.set_xlim(_moment(pd.Timestamp(years[0], 1, 1)), _moment(pd.Timestamp(years[-1], 1, 1)))
    canvas.axes.set_ylim(0, 1)
    _draw_years(canvas, years)
    edges = np.cumsum([0.0, *heights])
    middles = canvas.plot.top - (edges[:-1] + edges[1:]) / 2
    spans = zip(data.index, data[start], data[end], strict=True)
    boxes = [_bar(canvas, float(middles[rows.index(name)]), first, last) for name, first, last in spans]
    for box in boxes:
        canvas.draw_box(box, facecolor=COLOR["primary"], linewidth=0, zorder=3)
    for name, top, height in zip(names, edges, heights, strict=False):
        canvas.write(name, Spot(left - 8, canvas.plot.top - top - height / 2, "right", "center"))
        if top:
            y = canvas.plot.top - top
            canvas.draw_points([0, canvas.plot.right], [y, y], color=COLOR["grid"], linewidth=LINE["grid"], zorder=1)
    ink = np.concatenate([_outline(box) for box in boxes])
    for box, text in zip(boxes, texts, strict=True):
        spots = _around(box)
        spot = canvas.free(text, spots, bold=True, ink=ink)
        canvas.write(text, spot or spots[0], color=COLOR["primary"], bold=True)
    return canvas.axes


def _moment(day: Any) -> float:
    return float(pd.Timestamp(day).toordinal())


def _bar(canvas: Canvas, y: float, first: Any, last: Any) -> Box:
    """Return the box of a span: from the morning of its first to the evening of its last day."""
    left, right = (float(x) for x in canvas.at([_moment(first), _moment(last) + 1], 0)[:, 0])
    middle, half = (left + right) / 2, max(right - left - _GAP, _SHORTEST) / 2
    return Box(middle - half, y - _BAR / 2, middle + half, y + _BAR / 2)


def _draw_years(canvas: Canvas, years: list[int]) -> None:
    """Draw a line at each New Year and the year between two of them, the first, middle and last where too narrow."""
    xs = [float(x) for x in canvas.at([_moment(pd.Timestamp(year, 1, 1)) for year in years], 0)[:, 0]]
    for x in xs:
        ends = [canvas.plot.bottom, canvas.plot.top]
        canvas.draw_points([x, x], ends, color=COLOR["grid"], linewidth=LINE["grid"], zorder=0)
    slot = xs[1] - xs[0]
    pitch = text_width("2025", NOTE) + 3
    every = next(k for k in (1, 2, 3, 5, 10, 20, 50) if k * slot >= pitch)
    for year, x in list(zip(years, xs, strict=True))[:-1][::every]:
        canvas.write(
            str(year), Spot(x + slot / 2, canvas.plot.bottom - 3, "center", "top"), size=NOTE, color=COLOR["ink2"]
        )


def _around(box: Box) -> list[Spot]:
    middle, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return [
        Spot(box.right + _NEAR, y, "left", "center"),
        Spot(box.left - _NEAR, y, "right", "center"),
        Spot(middle, box.top + _NEAR, "center", "bottom"),
        Spot(middle, box.bottom - _NEAR, "center", "top"),
    ]


def _outline(box: Box) -> Points:
    xs = np.arange(box.left, box.right + 0.5, 1.0)
    return np.array([(x, y) for x in xs for y in (box.bottom, (box.bottom + box.top) / 2, box.top)])
