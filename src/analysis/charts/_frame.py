"""The frame of a chart over time: years below, values at the left, dated marks above, gaps shaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np

from analysis.charts._canvas import FOOT, LABEL, NEAR, NOTE, Canvas, draw_value_axis
from analysis.charts._layout import Horizontal, Spot, chosen_years, round_ticks, text_size
from analysis.charts._numbers import Numbers
from analysis.charts._periods import Mark, MarkLabel, Periods, arrange
from analysis.charts.boxes import Points
from analysis.charts.style import text_width
from analysis.foundation.tokens import COLOR, LINE, TOKENS
from analysis.values.periods import consecutive

HEIGHT: Final = TOKENS["height_pt"]
# Room for a name at the right end, and for the name of an event above the plot.
END_ROOM: Final = {"full": 130.0, "half": 78.0}
MARK_ROOM: Final = {"full": 104.0, "half": 76.0}


def high_enough(usual: float, labels: Sequence[float], marks: Sequence[Mark]) -> float:
    """Return the height of a figure with room for labels of these heights, one above another, at the right end."""
    above = max((text_size(mark.text, NOTE)[1] + 1 for mark in marks), default=0.0)
    return max(usual, FOOT + sum(labels) + above)


@dataclass
class TimeFrame:
    """Time axis, value axis and dated marks of one chart.

    Attributes:
        canvas: where to draw.
        periods: the table to be drawn.
        numbers: how to write its values.
        marks: events and spans.
        low: the lowest value.
        high: the highest value.
        right: margin for the labels at the right end, in points.
        labels: where the texts of the marks stand, once drawn.
        row_height: of one row of these texts, in points.
    """

    canvas: Canvas
    periods: Periods
    numbers: Numbers
    marks: Sequence[Mark]
    low: float
    high: float
    right: float
    labels: list[MarkLabel] = field(default_factory=list)
    row_height: float = 0.0

    def draw(self, ink: Callable[[], Points]) -> None:
        """Draw axes and marks; `ink` returns what the chart will draw as points (n x 2)."""
        smallest = text_width("2025", LABEL) / 2 + 1 if self.periods.step == 1 else NEAR
        ticks = round_ticks(min(self.low, 0), max(self.high, 0), whole=self.numbers.decimals == 0)
        draw_value_axis(
            self.canvas, self.numbers, ticks, partial(self._place, ink=ink, height=self.canvas.bounds.top), smallest
        )
        if self.low < 0:
            self.canvas.axes.axhline(0, color=COLOR["muted"], linewidth=LINE["axis"], zorder=1)
        self._draw_years()
        self._draw_marks()
        self._draw_gaps()
        for cut in self.periods.cuts:
            self.canvas.draw_break(cut)

    def _place(self, gutter: float, ink: Callable[[], Points], height: float) -> Points:
        canvas, middles = self.canvas, self.periods.middles
        canvas.set_plot(right=self.right, bottom=FOOT)
        reach = max(float(middles[-1] - middles[0]), self.periods.step)
        per_point = reach / (canvas.plot.right - gutter)
        canvas.axes.set_xlim(middles[-1] - reach - gutter * per_point, middles[-1])
        points = [canvas.at([mark.start, mark.end], 0) for mark in self.marks]
        edges = [(float(start), float(end)) for (start, _), (end, _) in points]
        texts = [mark.text for mark in self.marks]
        self.labels = arrange(edges, texts, canvas.bounds.right) if texts else []
        self.row_height = max((text_size(text, NOTE)[1] for text in texts), default=0.0) + 1
        rows = 1 + max((label.row for label in self.labels), default=-1)
        # A second row of texts makes the figure higher, not the plot lower.
        canvas.set_height(height + max(rows - 1, 0) * self.row_height)
        canvas.set_plot(right=self.right, bottom=FOOT, top=rows * self.row_height)
        canvas.set_values(self.low, self.high)
        return ink()

    def _draw_years(self) -> None:
        canvas, y = self.canvas, self.canvas.plot.bottom - 3
        for x, label, ha in self._year_labels() if self.periods.step == 1 else self._month_labels():
            canvas.write(label, Spot(x, y, ha, "top"), color=COLOR["ink2"])

    def _year_labels(self) -> list[tuple[float, str, Horizontal]]:
        xs = [float(x) for x in self.canvas.at(self.periods.middles, 0)[:, 0]]
        slot = xs[1] - xs[0] if len(xs) > 1 else self.canvas.plot.right
        labels = chosen_years(list(self.periods.table.index), slot, LABEL, shorten=False)
        return [(x, label, "center") for x, label in zip(xs, labels, strict=True) if label]

    def _month_labels(self) -> list[tuple[float, str, Horizontal]]:
        """Return a label at each January, or the first and the last month where there are not two."""
        periods = self.periods
        years = np.arange(np.ceil(periods.first - 1e-6), np.floor(periods.last - 1e-6) + 1)
        if len(years) < 2:
            ends = [float(x) for x in self.canvas.at(periods.middles[[0, -1]], 0)[:, 0]]
            first, last = (periods.name(row, self.numbers.language) for row in (0, -1))
            labels: list[tuple[float, str, Horizontal]] = [(ends[1] + NEAR, last, "right")]
            return labels if first == last else [(max(ends[0] - NEAR, 0.0), first, "left"), *labels]
        xs = [float(x) for x in self.canvas.at(years, 0)[:, 0]]
        pitch = text_width("2025", LABEL) + 6
        every = next(k for k in (1, 2, 5, 10, 20, 50) if k * (xs[1] - xs[0]) >= pitch)
        return [(max(x, 0.0), f"{year:.0f}", "left") for x, year in list(zip(xs, years, strict=True))[::every]]

    def _draw_marks(self) -> None:
        canvas = self.canvas
        line = {"color": COLOR["ink2"], "linewidth": LINE["event"], "zorder": 4, "solid_capstyle": "butt"}
        for mark, label in zip(self.marks, self.labels, strict=True):
            top = canvas.plot.top + (label.row + 1) * self.row_height
            start, end = (float(x) for x in canvas.at([mark.start, mark.end], 0)[:, 0])
            if start == end:
                canvas.draw_points([start, start], [canvas.plot.bottom, top], **line)
            else:
                canvas.draw_band(start, end, top)
            left = Spot(label.left_edge, top, "left", "top")
            right = Spot(label.right_edge, top, "right", "top")
            canvas.write(mark.text, left if label.right else right, size=NOTE, color=COLOR["ink2"])

    def _draw_gaps(self) -> None:
        """Shade the periods without any value, with s/d where it has room."""
        canvas, periods = self.canvas, self.periods
        half = periods.step / 2
        for first, last in consecutive(np.flatnonzero(periods.table.isna().all(axis=1))):
            ends = np.array([periods.middles[first] - half, periods.middles[last] + half])
            start, end = ends.clip(periods.middles[0], periods.middles[-1])
            canvas.draw_gap(start, end, self.numbers.language)

    def mark_lines(self) -> Points:
        """Return the lines and edges of the marks, and the rules of breaks, as points."""
        moments = [*(end for mark in self.marks for end in (mark.start, mark.end)), *self.periods.cuts]
        xs = [float(self.canvas.at(at, 0)[0, 0]) for at in moments]
        heights = np.arange(self.canvas.plot.bottom, self.canvas.bounds.top, 2.0)
        return np.array([(x, y) for x in xs for y in heights]).reshape(-1, 2)

    def dated(self, row: int, value: float) -> str:
        """Write a value with its period: abr 2025: 1,712."""
        return f"{self.periods.name(row, self.numbers.language)}: {self.numbers.text(value)}"

    def name_point(
        self, row: int, value: float, text: str, ink: Points, *, color: str = COLOR["ink"], below: bool = False
    ) -> bool:
        """Write a text beside the point of that row and value, clear of texts and ink; tell whether it has room.

        Below the point a text may stand only where that is allowed.
        """
        x, y = (float(at) for at in self.canvas.at(self.periods.middles[row], value)[0])
        under = [Spot(x, y - step * NEAR, "center", "top") for step in range(1, 6)] if below else []
        spot = self.canvas.free(text, [*_around(x, y), *under], size=NOTE, ink=ink)
        if spot is not None:
            self.canvas.write(text, spot, size=NOTE, color=color)
        return spot is not None


def _around(x: float, y: float) -> list[Spot]:
    """Return the places for the label of a point, the best first."""
    return [
        Spot(x, y + NEAR, "center", "bottom"),
        Spot(x + NEAR, y + NEAR, "right", "bottom"),
        Spot(x - NEAR, y + NEAR, "left", "bottom"),
        Spot(x - NEAR - 1, y, "right", "center"),
        Spot(x + NEAR + 1, y, "left", "center"),
    ]
