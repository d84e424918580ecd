"""Where the ink of a figure lies, and the faults in its layout, as a chart of a briefing has them."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.charts.ink import Ink, layout_faults, picture


def ink_of(axes: Axes) -> Ink:
    """The ink of the figure of these axes."""
    return picture(axes)[1]


def faults_of(axes: Axes) -> list[str]:
    """The faults in its layout."""
    return layout_faults(ink_of(axes))
