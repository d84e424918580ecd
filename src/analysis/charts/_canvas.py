"""One chart's paper: a figure of exact size in points, its plot area, its value axis and the texts on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import Any, Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from analysis.charts._layout import LINE_HEIGHT, Spot, between, chosen_years, spread, text_box, text_size
from analysis.charts._numbers import Numbers
from analysis.charts.boxes import Box, Points
from analysis.charts.style import contrast, text_width
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, LINE, SIZE, TOKENS, Width
from analysis.foundation.words import Language, word

LABEL: float = SIZE["chart_label"]
NOTE: float = SIZE["chart_note"]
# Room between a mark and its label.
NEAR = 4.0
# Room above the highest value for the label on top of it.
HEADROOM = LABEL * LINE_HEIGHT + NEAR
# Room below the plot for one line of labels.
FOOT = 15.0

# Room at the right of the value of a gridline, up to the middle of a line, which may carry a marker; elsewhere less.
_BESIDE, _AROUND = 2.5, 1.0
# The narrowest plot that still shows a shape.
_LEAST_PLOT = 40.0

# Ink that is nowhere.
NO_INK = np.empty((0, 2))


class Canvas:
    """A figure with one plot area; texts are placed in points from the figure's lower left corner.

    Attributes:
        figure: made without pyplot.
        axes: the plot area.
        bounds: the whole figure, in points.
        plot: the plot area, in points.
        taken: boxes of the texts written so far.
    """

    def __init__(self, width: Width, height: float) -> None:
        self.bounds = Box(0, 0, float(TOKENS["width_pt"][width]), float(height))
        self.figure = Figure()
        FigureCanvasAgg(self.figure)
        self.set_height(height)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.plot = self.bounds
        self.taken: list[Box] = []
        self.in_points = Affine2D().scale(1 / 72) + self.figure.dpi_scale_trans
        self._clear()

    def _clear(self) -> None:
        self.axes.xaxis.set_visible(False)  # labels, ticks and grid are our own: making theirs takes longest
        self.axes.yaxis.set_visible(False)

    def set_height(self, height: float) -> None:
        """Make the figure that high, in points; the plot area is to be placed anew."""
        self.bounds = self.bounds._replace(top=float(height))
        self.figure.set_size_inches(self.bounds.right / 72, height / 72)

    def set_plot(self, *, left: float = 0, right: float = 0, top: float = 0, bottom: float = 0) -> None:
        """Place the plot area, with these margins around it in points."""
        self.set_box(Box(left, bottom, self.bounds.right - right, self.bounds.top - top))

    def set_box(self, plot: Box) -> None:
        """Place the plot area over a box in points."""
        self.plot = plot
        width, height = self.bounds.right, self.bounds.top
        size = ((plot.right - plot.left) / width, (plot.top - plot.bottom) / height)
        self.axes.set_position((plot.left / width, plot.bottom / height, *size))

    def panel(self, plot: Box) -> Canvas:
        """Return a second plot area in the same figure, over that box."""
        other = copy(self)
        other.axes = self.figure.add_axes((0, 0, 1, 1))
        other._clear()
        other.set_box(plot)
        return other

    def at(self, x: Any, y: Any) -> Points:
        """Return data coordinates as points (n x 2)."""
        x, y = np.broadcast_arrays(np.atleast_1d(np.asarray(x, dtype=float)), np.asarray(y, dtype=float))
        (x0, x1), (y0, y1), plot = self.axes.get_xlim(), self.axes.get_ylim(), self.plot
        return np.column_stack(
            [
                plot.left + (x - x0) / (x1 - x0) * (plot.right - plot.left),
                plot.bottom + (y - y0) / (y1 - y0) * (plot.top - plot.bottom),
            ]
        )

    def write(
        self, text: str, spot: Spot, *, size: float = LABEL, color: str = COLOR["ink"], bold: bool = False
    ) -> Text:
        """Write a text and remember its box."""
        self.taken.append(text_box(text, spot, size, bold=bold))
        return self.axes.text(
            spot.x,
            spot.y,
            text,
            transform=self.in_points,
            ha=spot.ha,
            va=spot.va,
            fontsize=size,
            color=color,
            fontweight="bold" if bold else "normal",
            linespacing=LINE_HEIGHT,
            zorder=8,
        )

    def free(
        self, text: str, spots: Iterable[Spot], *, size: float = LABEL, bold: bool = False, ink: Points
    ) -> Spot | None:
        """Return the first spot in the figure where the text meets no other text and covers no ink, or None."""
        for spot in spots:
            box = text_box(text, spot, size, bold=bold)
            meets = any(box.overlaps(other) for other in self.taken) or box.grown(1.5).holds(ink)
            if box.within(self.bounds) and not meets:
                return spot
        return None

    def write_years(self, years: Sequence[int], slot: float, *, inside: Box, shorten: bool = True) -> None:
        """Write below the plot the years that have room in slots of that width, moved inside a box."""
        for year, label in zip(years, chosen_years(years, slot, LABEL, shorten=shorten), strict=True):
            if label:
                x = between(float(self.at(year, 0)[0, 0]), text_width(label, LABEL), inside)
                self.write(label, Spot(x, self.plot.bottom - 3, "center", "top"), color=COLOR["ink2"])

    def set_values(self, low: float, high: float) -> None:
        """Set the value axis so that zero is on it and a label has room above the highest value."""
        low, high = min(low, 0.0), max(high, 0.0)
        high = high if high > low else low + 1
        below = NEAR if low < 0 else 0
        per_point = (high - low) / (self.plot.top - self.plot.bottom - HEADROOM - below)
        self.axes.set_ylim(low - below * per_point, high + HEADROOM * per_point)

    def draw_box(self, box: Box, **style: Any) -> None:
        """Draw a rectangle given in points."""
        size = (box.right - box.left, box.top - box.bottom)
        self.axes.add_patch(Rectangle((box.left, box.bottom), *size, transform=self.in_points, clip_on=False, **style))

    def draw_band(self, left: float, right: float, top: float) -> None:
        """Shade the plot from left to right, up to `top`, all in points."""
        self.draw_box(Box(left, self.plot.bottom, right, top), facecolor=COLOR["gap"], linewidth=0, zorder=0)

    def draw_gap(self, start: float, end: float, language: Language) -> None:
        """Shade what has no value, from start to end in the units of the axis, with s/d where it has room."""
        text = word("no_data", language)
        left, right = (float(x) for x in self.at([start, end], 0)[:, 0])
        self.draw_band(left, right, self.plot.top)
        if right - left >= text_width(text, NOTE):
            self.write(text, Spot((left + right) / 2, self.plot.bottom + 2), size=NOTE, color=COLOR["ink3"])

    def draw_break(self, x: float) -> None:
        """Draw the rule that parts what was counted in two ways, leaving out the texts written so far.

        Args:
            x: where, in the units of the axis.
        """
        at = float(self.at(x, 0)[0, 0])
        style = {"color": COLOR["ink3"], "linewidth": LINE["event"], "linestyle": (0, (3, 2)), "zorder": 1}
        crossed = sorted((box.bottom - 1, box.top + 1) for box in self.taken if box.left - 1 < at < box.right + 1)
        start = self.plot.bottom
        for bottom, top in [*crossed, (self.plot.top, self.plot.top)]:
            if start < min(bottom, self.plot.top):
                self.draw_points([at, at], [start, min(bottom, self.plot.top)], dash_capstyle="butt", **style)
            start = max(start, top)

    def draw_grid(
        self, axis: str, values: Sequence[float], color: str = COLOR["grid"], width: float = LINE["grid"]
    ) -> None:
        """Draw lines across the plot at values of x or y, below all else.

        Those of matplotlib hang on ticks, each of which is made with its marks and texts, shown or not.
        """
        ends = [[(value, end) if axis == "x" else (end, value) for end in (0, 1)] for value in values]
        across = self.axes.get_xaxis_transform() if axis == "x" else self.axes.get_yaxis_transform()
        lines = LineCollection(ends, transform=across, colors=color, linewidths=width, zorder=0.5)
        self.axes.add_collection(lines, autolim=False)

    def draw_points(self, x: Sequence[float], y: Sequence[float], **style: Any) -> None:
        """Draw a line whose corners are given in points."""
        self.axes.plot(x, y, transform=self.in_points, clip_on=False, **style)


def draw_value_axis(
    canvas: Canvas,
    numbers: Numbers,
    ticks: Sequence[float],
    place: Callable[[float], Points],
    smallest: float,
) -> None:
    """Draw gridlines with their values on top of them at the left, clear of what is drawn.

    Args:
        canvas: where to draw; its value range is set.
        numbers: how to write the values.
        ticks: values of the gridlines.
        place: leaves a gutter of so many points free at the left of the plot, and returns the ink as points
            (n x 2).
        smallest: the narrowest gutter allowed.

    Raises:
        ChartError: if the unit is so long that the plot would have no room beside it.
    """
    texts = numbers.ticks(ticks)
    sizes = [text_size(text, NOTE)[0] + NEAR for text in texts]
    plain = max(sizes[:-1], default=0.0)
    for gutter in sorted({smallest, max(smallest, plain), max([smallest, *sizes])}):
        ink = place(gutter)
        if max(sizes, default=0) > canvas.plot.right - _LEAST_PLOT:
            raise ChartError(f"the unit '{numbers.unit}' has no room on the axis: shorten it")
        spots = [Spot(float(x), float(y) + 1, "left") for x, y in canvas.at(canvas.axes.get_xlim()[0], ticks)]
        boxes = [text_box(text, spot, NOTE).grown(_AROUND) for text, spot in zip(texts, spots, strict=True)]
        if not any(box._replace(right=box.right + _BESIDE - _AROUND).holds(ink) for box in boxes):
            break
    canvas.draw_grid("y", ticks)
    for text, spot in zip(texts, spots, strict=True):
        canvas.write(text, spot, size=NOTE, color=COLOR["ink3"])


class EndLabel(Protocol):
    """What is written at the right end of a series; its height keeps it apart from its neighbours."""

    @property
    def height(self) -> float:
        """Height in points."""

    def write(self, canvas: Canvas, x: float, y: float) -> None:
        """Write it from x on, with its middle at y, in points."""


def write_ends(canvas: Canvas, ends: Sequence[EndLabel], values: Sequence[float], x: float, top: float) -> None:
    """Write labels from x on, each at the height of its value, moved apart up to `top`."""
    centres = [float(y) for y in canvas.at(0, values)[:, 1]]
    heights = [end.height for end in ends]
    for end, y in zip(ends, spread(centres, heights, canvas.plot.bottom - 2, top), strict=True):
        end.write(canvas, x, y)


def readable_on(fill: str) -> str:
    """Return white or ink, whichever stands out more on that colour."""
    paper, ink = COLOR["paper"], COLOR["ink"]
    return paper if contrast(paper, fill) >= contrast(ink, fill) else ink
