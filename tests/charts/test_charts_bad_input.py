"""Every form of chart with every bad table at both widths: drawn cleanly, or refused with what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from analysis import charts
from analysis.charts.style import form_of, to_svg
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import TOKENS, Width
from tests.charts.bad_tables import FORMS, TABLES, by_state, steps_of
from tests.charts.drawing import colors_in, faint, faults, numbers_in, said, unread
from tests.charts.inks import faults_of
from tests.promises import RANDOM, SOAK

pytestmark = pytest.mark.slow

WIDTHS: list[Width] = ["full", "half"]

LINE_FORMS = ("lines", "lines over months")
STACKS = ("stacked_bars", "stacked_area")
PANELS = ("small_multiples", "narrow small_multiples", "rounds", "rounds compared")
YEARLY = ("lines", "stacked_bars", "bars", "small_multiples", "narrow small_multiples")
RANKS = ("ranked_bars", "ranked_bars with a remainder")
HEATS = ("heat", "heat turned")

# What each form does not take, and how it says what to do instead.
REFUSED: dict[str, dict[str, str]] = {
    "forty series": {
        **dict.fromkeys((*LINE_FORMS, *STACKS, *PANELS), "40 series are too many, .*: sum the smaller ones or draw"),
        "heat turned": "the names of 40 columns have no room: turn the table",
    },
    "negative changes": {
        **dict.fromkeys((*STACKS, *PANELS, "bars"), "cannot show the negative value at .*: use b.lines"),
        **dict.fromkeys(RANKS, "b.ranked cannot show the negative value at Honduras: use b.changes"),
        **dict.fromkeys(HEATS, "b.heat cannot show the negative value at .*: use a table"),
        "tile_map": "b.tiles cannot show the negative value at .*: use b.changes or b.grid",
    },
    "all missing but one": dict.fromkeys(
        (*RANKS, "dumbbell", "changes"), "no rows to draw: .* has no values, check its filters"
    ),
    "some unknown": dict.fromkeys(STACKS, "no rows to draw: no .* has a value in every column, leave out"),
    "seventy-seven years": {
        **dict.fromkeys(("rounds", "rounds compared"), "77 rounds have no room .*: draw fewer"),
        "waterfall": "7[67] steps have no room: add the smaller ones up",
    },
}

ALL_CELLS = [
    (form, bad, width) for form in FORMS for bad in TABLES for width in WIDTHS if form not in REFUSED.get(bad, {})
]
CELLS = ALL_CELLS if SOAK else sorted(Random(RANDOM).sample(ALL_CELLS, 40), key=ALL_CELLS.index)
"""What is drawn: a sample, all of it in `make soak`."""
BAR_FORMS = ("stacked_bars", "bars", *PANELS, *RANKS)
LISTS = ("cat", "cat_line", "cat_text", "seq", "seq_text")
TOKEN_COLORS = {color.upper() for color in (*TOKENS["color"].values(), *(c for name in LISTS for c in TOKENS[name]))}


def of_forms(*forms: str) -> list[tuple[str, str, Width]]:
    """The cells of some forms."""
    return [cell for cell in CELLS if cell[0] in forms]


@dataclass(frozen=True)
class Chart:
    """A chart of the table of forms and bad tables."""

    form: str
    table: pd.DataFrame
    width: Width
    axes: Axes

    @cached_property
    def svg(self) -> str:
        """The chart as it is published."""
        return to_svg(self.axes)


@pytest.fixture(scope="module", params=CELLS, ids="-".join)
def chart(request: pytest.FixtureRequest) -> Chart:
    """Each chart that is drawn, once for all its checks."""
    form, bad, width = request.param
    return Chart(form, TABLES[bad], width, FORMS[form](TABLES[bad], "es", width))


def last_known(table: pd.DataFrame) -> list[float]:
    """The last value of each column that has one."""
    return [float(table[name].dropna().iloc[-1]) for name in table if table[name].notna().any()]


def known(table: pd.DataFrame) -> list[float]:
    """All values there are."""
    values = table.to_numpy(dtype=float).ravel()
    return [float(value) for value in values[~np.isnan(values)]]


def highest(table: pd.DataFrame) -> list[float]:
    """The highest value of each column in a whole year, the last year being incomplete unless it is the only one."""
    whole = table.iloc[:-1] if len(table) > 1 else table
    return [float(whole[name].max()) for name in whole if whole[name].notna().any()]


def in_cells(table: pd.DataFrame) -> list[float]:
    """The values written in a matrix: zeros where there is nothing else, none where the columns are too narrow."""
    if max(table.shape) > 20 and table.shape != (3, 40):
        return []
    return [value for value in known(table) if value or not any(known(table))]


PROMISED: dict[str, Callable[[pd.DataFrame], list[float]]] = {
    "lines": last_known,
    "lines over months": last_known,
    "stacked_bars": lambda t: [float(value) for value in t.dropna().iloc[-1]],
    "stacked_area": lambda t: [float(t.dropna().iloc[-1].sum())],
    "bars": lambda t: [float(t.iloc[:, 0].max())],
    "small_multiples": highest,
    "narrow small_multiples": lambda t: [float(t[name].max()) for name in t if t[name].notna().any()],
    "ranked_bars": lambda t: known(t.iloc[[-1]]),
    "ranked_bars with a remainder": lambda t: [*known(t.iloc[[-1]]), 2.0],
    "dumbbell": lambda t: known(t.iloc[[-1]]),
    "rounds": known,
    "rounds compared": known,
    "heat": in_cells,
    "heat turned": lambda t: [] if max(t.shape) > 20 else in_cells(t),
    "timeline": lambda t: known(t.iloc[[0, 0, -1]]),
    "changes": lambda t: known(t.iloc[[-1]].round() if t.iloc[-1].abs().max() >= 10 else t.iloc[[-1]]),
    "waterfall": lambda t: known(steps_of(t).to_frame()),
    "scorecard": lambda _: [],  # its numbers come as they are written
    "tile_map": lambda t: known(by_state(t).drop("MX-COL").to_frame()),
}


def shows_gaps(form: str, table: pd.DataFrame) -> bool:
    """Whether the table has a gap that the form has to name; years left out are one on an axis of years."""
    if form in YEARLY:
        table = table.reindex(range(table.index[0], table.index[-1] + 1))
    if form in LINE_FORMS:
        return bool(table.isna().all(axis=1).any()) or bool(table.isna().all().any())
    if form == "timeline":
        return bool(table.iloc[[0, -1]].isna().any(axis=None))
    if form == "bars":
        return bool(table.iloc[:, 0].isna().any())
    if form in {*RANKS, "dumbbell", "changes"}:
        return bool(table.iloc[-1].isna().any())
    if form in {"waterfall", "scorecard"}:  # steps are all known, and numbers are given as they are written
        return False
    return bool(table.isna().any(axis=None))


def rectangles(axes: Axes) -> Iterator[tuple[float, float]]:
    """Where each bar starts on the axis of values, and how long it is."""
    for panel in axes.figure.axes:
        for container in panel.containers:
            assert isinstance(container, BarContainer)
            lying = container.orientation == "horizontal"
            for bar in container:
                start, length = (bar.get_x(), bar.get_width()) if lying else (bar.get_y(), bar.get_height())
                yield float(start), float(length)


class TestDrawn:
    """What holds for each chart that is drawn."""

    def test_texts_are_apart_and_whole(self, chart: Chart) -> None:
        """No text meets another or leaves the figure."""
        assert faults(chart.axes) == []

    def test_no_line_or_marker_lies_on_a_text(self, chart: Chart) -> None:
        """The check of built reports finds no fault in the drawing as it is published."""
        assert faults_of(chart.axes) == []

    def test_texts_can_be_read_where_they_stand(self, chart: Chart) -> None:
        """Each text has a contrast of 4.5 to what lies under it."""
        assert faint(chart.axes) == []

    def test_promised_values_are_written(self, chart: Chart) -> None:
        """What the form promises to write is written, rounded, and only zero reads as zero."""
        assert unread(chart.axes, PROMISED[chart.form](chart.table)) == []

    def test_what_is_missing_is_said(self, chart: Chart) -> None:
        """A gap is s/d, and a chart without one says nothing of the kind."""
        words = " ".join(said(chart.axes))
        assert ("s/d" in words) is shows_gaps(chart.form, chart.table)
        assert "nan" not in words

    def test_it_has_the_width_of_the_page_grid(self, chart: Chart) -> None:
        """Whatever the names, the figure is as wide as the page gives it."""
        assert chart.axes.figure.get_size_inches()[0] * 72 == pytest.approx(TOKENS["width_pt"][chart.width])

    def test_its_colours_are_tokens(self, chart: Chart) -> None:
        """No colour is drawn that the design does not have."""
        assert colors_in(chart.svg) <= TOKEN_COLORS


@pytest.mark.parametrize("chart", of_forms(*BAR_FORMS), indirect=True, ids="-".join)
def test_bars_start_at_zero(chart: Chart) -> None:
    """Bars stand on zero, the edge of the plot, or on the part below them; a missing value has none."""
    bars = list(rectangles(chart.axes))
    feet = {0.0, *(start + length for start, length in bars)} if chart.form == "stacked_bars" else {0.0}
    assert bars
    assert all(any(start == pytest.approx(foot) for foot in feet) for start, _ in bars)
    assert not any(np.isnan(length) for _, length in bars)
    lying = chart.form in RANKS
    assert {(panel.get_xlim() if lying else panel.get_ylim())[0] for panel in chart.axes.figure.axes} == {0}


@pytest.mark.parametrize("chart", of_forms("stacked_area"), indirect=True, ids="-".join)
def test_areas_start_at_zero_and_are_seen(chart: Chart) -> None:
    """The lowest layer stands on zero, and each has some width, be there but one month."""
    assert chart.axes.get_ylim()[0] == 0
    layers = [c.get_datalim(chart.axes.transData) for c in chart.axes.collections if c.get_label() in chart.table]
    assert layers[0].y0 == 0
    assert all(layer.width > 0 for layer in layers)


@pytest.mark.parametrize("chart", of_forms(*LINE_FORMS), indirect=True, ids="-".join)
def test_lines_are_told_apart_by_their_markers(chart: Chart) -> None:
    """Each line has markers of its own shape, on its last value too, however many points it has."""
    lines = [line for line in chart.axes.lines if line.get_label() in chart.table]
    assert len({line.get_marker() for line in lines}) == len(chart.table.columns)
    for line in lines:
        last = np.flatnonzero(~np.isnan(np.asarray(line.get_ydata(), dtype=float)))[-1:]
        assert set(last) <= set(line.get_markevery())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("form", FORMS)
def test_all_zeros_are_no_empty_plot(form: str, width: Width) -> None:
    """A chart of zeros says 0."""
    words = " ".join(said(FORMS[form](TABLES["all zeros"], "es", width)))
    assert any(number.value == 0 for number in numbers_in(words))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("form", "bad"), [(form, bad) for bad, forms in REFUSED.items() for form in forms])
def test_what_a_form_does_not_take_is_refused_with_what_to_do(form: str, bad: str, width: Width) -> None:
    """One sentence says why there is no chart, and what to do instead."""
    with pytest.raises(ChartError, match=REFUSED[bad][form]):
        FORMS[form](TABLES[bad], "es", width)


@pytest.mark.parametrize("name", FORMS)
def test_a_figure_keeps_the_form_that_drew_it(name: str) -> None:
    """Every form of chart, however it is asked for; axes of an author have none."""
    (form,) = {word for word in name.split() if hasattr(charts, word)}
    assert form_of(FORMS[name](TABLES["long names"], "es", "full")) == form
    assert form_of(Figure().subplots()) == ""
