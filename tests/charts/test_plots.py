"""Any function of seaborn or matplotlib draws a chart of the right size and style."""

from __future__ import annotations

import pandas as pd
import pytest
import seaborn as sns
from matplotlib import pyplot, rcParams
from matplotlib.axes import Axes

from analysis.charts.ink import picture
from analysis.charts.plots import plotted
from analysis.charts.style import figure_of
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import TOKENS

WIDE = pd.DataFrame({"uno": [1.0, 2.0, 4.0, 3.0], "dos": [2.0, 5.0, 3.0, 4.0]})


@pytest.mark.parametrize("width", ["full", "half"])
def test_a_violin_is_drawn_at_the_width_of_the_page(width: str) -> None:
    """In the typeface of the briefings, with nothing left open and no setting changed."""
    before = dict(rcParams)
    axes = plotted(lambda ax: sns.violinplot(data=WIDE, ax=ax), 180)(width)
    drawn = figure_of(axes)
    assert tuple(round(float(inch) * 72, 3) for inch in drawn.get_size_inches()) == (TOKENS["width_pt"][width], 180)
    svg, ink = picture(axes)
    assert "Source Sans" in svg
    assert {"uno", "dos"} <= {text for text, _ in ink.texts}
    assert (pyplot.get_fignums(), dict(rcParams)) == ([], before)


def test_a_regression_and_lines_may_share_the_axes() -> None:
    """Several calls draw on the axes that they are given."""

    def draw(ax: Axes) -> None:
        sns.regplot(data=WIDE, x="uno", y="dos", ax=ax)
        ax.axhline(3)

    assert plotted(draw, 180)("half").lines


@pytest.mark.parametrize(
    "draw",
    [
        lambda _: sns.violinplot(data=WIDE),
        lambda _: sns.relplot(data=WIDE, x="uno", y="dos"),
        lambda _: pyplot.subplots(2)[1],
        lambda _: None,
    ],
    ids=["no ax=", "a figure of its own", "axes of its own", "nothing"],
)
def test_what_is_drawn_elsewhere_is_refused(draw: object) -> None:
    """In words that say what to write; the figure is closed again."""
    with pytest.raises(ChartError, match=r"draw on those that it is given, sns\.violinplot"):
        plotted(draw, 180)("full")  # type: ignore[arg-type]
    assert pyplot.get_fignums() == []
