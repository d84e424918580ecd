"""What any function of seaborn or matplotlib draws, as a chart of the briefings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from analysis.charts._numbers import decimals_of
from analysis.charts.style import context
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import TOKENS, Width
from analysis.values.quantities import format_number

_POINTS_PER_INCH: Final = 72
_GROUPED: Final = 10_000
"""From here on, digits stand in groups: years are written without."""


def _number(value: float, _place: float) -> str:
    """Write a value of an axis as the briefings write numbers, which is alike in both languages."""
    decimals = decimals_of(round(value, 6))
    text = format_number(value, "es", decimals)
    return text if abs(value) >= _GROUPED else text.replace(",", "")


def plotted(draw: Callable[[Axes], object], height: float) -> Callable[[Width], Axes]:
    """Return what draws at a width: new axes of the right size, in the style of the briefings, are handed to `draw`.

    Args:
        draw: draws on the axes that it is given.
        height: of the drawing, in points.

    Raises:
        ChartError: when it is drawn, if `draw` draws on other axes, or leaves these empty.
    """

    def at_width(width: Width) -> Axes:
        with context():
            figure = Figure(
                figsize=(TOKENS["width_pt"][width] / _POINTS_PER_INCH, height / _POINTS_PER_INCH), layout="constrained"
            )
            axes = figure.subplots()
            axes.tick_params(left=False, bottom=False)
            open_before = set(pyplot.get_fignums())
            draw(axes)
            for axis in (axes.xaxis, axes.yaxis):
                if isinstance(axis.get_major_formatter(), ScalarFormatter):
                    axis.set_major_formatter(_number)
            elsewhere = set(pyplot.get_fignums()) - open_before
            for number in elsewhere:
                pyplot.close(number)
        if elsewhere or not axes.has_data():
            raise ChartError(
                "draw drew on axes of its own, or nothing: draw on those that it is given, sns.violinplot(..., ax=ax). "
                "What makes a figure of its own, such as sns.relplot or a FacetGrid, has a function for axes, "
                "sns.scatterplot; facets are one b.plot each, side by side with b.pair"
            )
        return axes

    return at_width
