"""Spans on a time axis, one row a place, each with a number beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts._canvas import FOOT, LABEL, NOTE, Canvas
from analysis.charts._layout import Spot, text_size, wrap
from analysis.charts._numbers import Numbers
from analysis.charts.boxes import Box, Points
from analysis.charts.style import form, text_width
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, LINE, Width
from analysis.foundation.words import Language

_ROW: Final = 20.0
_BAR: Final = 7.0
# A span of a few days is drawn this wide, in points, or it could not be seen.
_SHORTEST: Final = 4.0
# Lines closer than this are a haze.
_CLOSEST: Final = 6.0
# Between two spans that follow each other without a day between, and from a bar to its label.
_GAP: Final = 0.8
_NEAR: Final = 2.5
_NAME_ROOM: Final = {"full": 150.0, "half": 84.0}


@form
def timeline(data: pd.DataFrame, *, language: Language, width: Width = "full") -> Axes:
    """Draw one bar a span, rows in the order in which their names come first, its value beside it.

    Spans of one name that overlap, or whose values have no room beside each other, stand one below the other.

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
    spans = data.set_axis(["start", "end", "value"], axis=1)
    backwards = spans["end"] < spans["start"]
    if backwards.any():
        raise ChartError(f"the span of '{spans.index[backwards][0]}' ends before it starts")
    chart = _Timeline(spans, language, width)
    lanes = [0] * len(data)
    while True:
        canvas, homeless = chart.draw(lanes)
        if homeless is None:
            return canvas.axes
        lanes[homeless] += 1


@dataclass(frozen=True)
class _Timeline:
    """What the chart shows: a table of spans with their first day, last day and value."""

    spans: pd.DataFrame
    language: Language
    width: Width

    def draw(self, lanes: Sequence[int]) -> tuple[Canvas, int | None]:
        """Draw each span in that lane of its row; return the chart with the first span that finds no room, if any."""
        numbers = Numbers.of(self.spans["value"], "", self.language)
        texts = [numbers.text(float(value)) for value in self.spans["value"]]
        rows = list(dict.fromkeys(self.spans.index))
        row_of = [rows.index(name) for name in self.spans.index]
        names = [wrap(str(name), _NAME_ROOM[self.width], LABEL) for name in rows]
        depth = [1 + max(lane for lane, at in zip(lanes, row_of, strict=True) if at == row) for row in range(len(rows))]
        heights = [max(_ROW * d, text_size(name, LABEL)[1] + 3) for d, name in zip(depth, names, strict=True)]
        canvas = Canvas(self.width, sum(heights) + FOOT)
        left = max(text_size(name, LABEL)[0] for name in names) + 8
        right = max(text_width(text, LABEL, bold=True) for text in texts) + _NEAR
        canvas.set_plot(left=left, right=right, bottom=FOOT)
        self._draw_years(canvas)
        edges = np.cumsum([0.0, *heights])
        middles = canvas.plot.top - (edges[:-1] + edges[1:]) / 2
        boxes = [
            _bar(canvas, float(middles[row]) + ((depth[row] - 1) / 2 - lane) * _ROW, first, last)
            for row, lane, first, last in zip(row_of, lanes, self.spans["start"], self.spans["end"], strict=True)
        ]
        for name, middle in zip(names, middles, strict=True):
            canvas.write(name, Spot(left - 8, float(middle), "right", "center"))
        for y in canvas.plot.top - edges[1:-1]:
            canvas.draw_points([0, canvas.plot.right], [y, y], color=COLOR["grid"], linewidth=LINE["grid"], zorder=1)
        return canvas, _draw_spans(canvas, boxes, texts, known=list(self.spans["value"].notna()))

    def _draw_years(self, canvas: Canvas) -> None:
        """Set the time axis to whole years, with a line at New Year and the year after it, as many as have room."""
        years = list(range(self.spans["start"].min().year, self.spans["end"].max().year + 2))
        canvas.axes.set_xlim(_moment(pd.Timestamp(years[0], 1, 1)), _moment(pd.Timestamp(years[-1], 1, 1)))
        canvas.axes.set_ylim(0, 1)
        xs = [float(x) for x in canvas.at([_moment(pd.Timestamp(year, 1, 1)) for year in years], 0)[:, 0]]
        slot = xs[1] - xs[0]
        pitch = text_width("2025", NOTE) + 3
        every = next(k for k in (1, 2, 3, 5, 10, 20, 50) if k * slot >= pitch)
        ends = [canvas.plot.bottom, canvas.plot.top]
        for x in xs if slot >= _CLOSEST else xs[::every]:
            canvas.draw_points([x, x], ends, color=COLOR["grid"], linewidth=LINE["grid"], zorder=0)
        for year, x in list(zip(years, xs, strict=True))[:-1][::every]:
            spot = Spot(x + slot / 2, canvas.plot.bottom - 3, "center", "top")
            canvas.write(str(year), spot, size=NOTE, color=COLOR["ink2"])


def _draw_spans(canvas: Canvas, boxes: Sequence[Box], texts: Sequence[str], known: Sequence[bool]) -> int | None:
    """Draw the bars with their values beside them, up to the first that finds no room: return its place."""
    ink = np.concatenate([_outline(box) for box in boxes])
    for i, (box, text) in enumerate(zip(boxes, texts, strict=True)):
        spot = canvas.free(text, _around(box), bold=True, ink=ink)
        if spot is None or any(_hides(box, other) for other in boxes[:i]):
            return i
        canvas.draw_box(box, facecolor=COLOR["primary"], linewidth=0, zorder=3)
        canvas.write(text, spot, color=COLOR["primary" if known[i] else "ink3"], bold=known[i])
    return None


def _hides(box: Box, other: Box) -> bool:
    """Tell whether two bars of one lane share more than half of the shorter one."""
    shared = min(box.right, other.right) - max(box.left, other.left)
    return box.overlaps(other) and shared > min(box.right - box.left, other.right - other.left) / 2


def _moment(day: Any) -> float:
    return float(pd.Timestamp(day).toordinal())


def _bar(canvas: Canvas, y: float, first: Any, last: Any) -> Box:
    """Return the box of a span: from the morning of its first to the evening of its last day."""
    left, right = (float(x) for x in canvas.at([_moment(first), _moment(last) + 1], 0)[:, 0])
    middle, half = (left + right) / 2, max(right - left - _GAP, _SHORTEST) / 2
    return Box(middle - half, y - _BAR / 2, middle + half, y + _BAR / 2)


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
