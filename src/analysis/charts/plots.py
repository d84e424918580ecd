"""What any function of seaborn or matplotlib draws, as a chart of the briefings."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.style import context
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import TOKENS, Width

_POINTS_PER_INCH = 72


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
