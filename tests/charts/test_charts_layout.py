"""Where labels go: the pure functions behind the charts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts._canvas import Canvas
from analysis.charts._layout import (
    Spot,
    chosen_years,
    prominences,
    range_ticks,
    round_ticks,
    spread,
    text_box,
    text_size,
    wrap,
)
from analysis.charts._periods import Event, Span, arrange, by_month, by_year, marks, moment
from analysis.charts.boxes import Box, trace
from analysis.charts.style import text_width

NAN = float("nan")
HEIGHTS = st.floats(1, 30)


class TestSpread:
    """Labels pushed apart."""

    def test_labels_that_are_apart_stay(self) -> None:
        """Nothing moves without need."""
        assert spread([10, 30, 60], [9, 9, 9], 0, 100) == [10, 30, 60]

    def test_a_tie_is_parted_evenly(self) -> None:
        """Two labels on one place move the same way up and down, the first below."""
        assert spread([50, 50], [10, 10], 0, 100) == [45, 55]

    def test_labels_stay_above_the_lower_bound(self) -> None:
        """At the foot, labels are pushed up only."""
        assert spread([0, 0, 1], [10, 10, 10], 0, 100) == [5, 15, 25]

    def test_labels_stay_below_the_upper_bound(self) -> None:
        """At the top, labels are pushed down."""
        assert spread([100, 99], [10, 10], 0, 100) == [95, 85]

    @given(st.lists(st.tuples(st.floats(0, 200), HEIGHTS), min_size=1, max_size=6))
    def test_no_two_overlap_and_the_order_is_kept(self, labels: list[tuple[float, float]]) -> None:
        """Whatever the places, the labels are apart, in order, and none is below the foot."""
        centres, heights = zip(*labels, strict=True)
        placed = spread(centres, heights, 0, 200)
        order = sorted(range(len(centres)), key=lambda i: centres[i])
        for below, above in pairwise(order):
            assert placed[above] - placed[below] >= (heights[above] + heights[below]) / 2 - 1e-6
        assert min(place - height / 2 for place, height in zip(placed, heights, strict=True)) >= -1e-6


class TestTicks:
    """Round values."""

    @pytest.mark.parametrize(
        ("high", "ticks"),
        [
            (51_827, [20_000, 40_000]),
            (16_239, [5_000, 10_000, 15_000]),
            (101_904, [25_000, 50_000, 75_000, 100_000]),
            (1, [1]),
            (3, [1, 2, 3]),
            (0, []),
        ],
    )
    def test_as_many_as_fit_up_to_four(self, high: float, ticks: list[float]) -> None:
        """Two to four round values up to the highest, one where counts allow no more, none for zero."""
        assert round_ticks(0, high) == ticks

    def test_below_zero_too(self) -> None:
        """Negative values have ticks, zero has none."""
        assert round_ticks(-12_000, 8_000) == [-10_000, -5_000, 5_000]

    def test_a_count_has_no_half(self) -> None:
        """Steps are whole unless the values are not."""
        assert round_ticks(0, 2.2) == [1, 2]
        assert round_ticks(0, 2.2, whole=False) == [0.5, 1, 1.5, 2]

    @given(st.integers(2, 10**9))
    def test_there_are_always_some_and_never_too_many(self, high: int) -> None:
        """One to four, evenly spaced, none above the highest value."""
        ticks = round_ticks(0, high)
        assert 1 <= len(ticks) <= 4
        assert ticks[-1] <= high
        assert len({round(b - a, 6) for a, b in pairwise([0, *ticks])}) == 1

    @given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
    def test_a_range_lies_between_its_outer_ticks(self, low: float, reach: float) -> None:
        """The outer ticks enclose the values."""
        ticks = range_ticks(low, low + reach, most=6)
        slack = 1e-6 * max(1, abs(low), reach)
        assert ticks[0] <= low + slack
        assert ticks[-1] >= low + reach - slack
        assert 2 <= len(ticks) <= 6


class TestYears:
    """Which years have a label."""

    def test_all_where_they_fit(self) -> None:
        """Wide slots have every year in full."""
        assert chosen_years([2020, 2021, 2022], 40, 8, shorten=True) == ["2020", "2021", "2022"]

    def test_shortened_where_only_that_fits(self) -> None:
        """Narrower slots keep first and last in full."""
        assert chosen_years([2020, 2021, 2022], 17, 8, shorten=True) == ["2020", "’21", "2022"]

    def test_first_middle_and_last_else(self) -> None:
        """Where few fit, or where years may not be shortened."""
        assert chosen_years(list(range(2014, 2026)), 14, 8, shorten=False) == [
            "2014", "", "", "", "", "2019", "", "", "", "", "", "2025",
        ]  # fmt: skip

    def test_two_years_that_do_not_fit_keep_both_ends(self) -> None:
        """The middle is left out when it would meet the first."""
        assert chosen_years([2020, 2021, 2022], 12, 8, shorten=False) == ["2020", "", "2022"]


class TestProminences:
    """Peaks worth a name."""

    def test_the_highest_rises_over_the_deepest_valley(self) -> None:
        """The peak at 9 stands 8 above 1; the one at 6 stands 4 above the valley that parts it from the 9."""
        assert prominences(np.array([1.0, 9, 2, 6, 3])) == [(1, 7.0), (3, 3.0)]

    def test_the_first_can_be_a_peak_and_the_last_cannot(self) -> None:
        """The last value has a label of its own."""
        assert prominences(np.array([5.0, 1, 9])) == [(0, 4.0)]

    def test_a_flat_or_single_series_has_none(self) -> None:
        """Nothing stands out of a level line."""
        assert prominences(np.array([4.0, 4, 4])) == []
        assert prominences(np.array([4.0])) == []

    def test_a_plateau_is_one_peak(self) -> None:
        """Only its first value counts."""
        assert [i for i, _ in prominences(np.array([1.0, 7, 7, 2]))] == [1]

    def test_a_missing_value_ends_a_series(self) -> None:
        """A peak is measured on its own side of a gap."""
        assert prominences(np.array([9.0, NAN, 3, 5, 2])) == [(3, 2.0)]


class TestText:
    """Boxes and lines of text."""

    def test_wrap_breaks_at_spaces_and_loses_nothing(self) -> None:
        """No line is wider than the room; a word too wide for it is broken with a hyphen."""
        wrapped = wrap("Personas fallecidas o desaparecidas", 60, 8)
        assert wrapped.replace("\n", " ") == "Personas fallecidas o desaparecidas"
        assert all(text_width(line, 8) <= 60 for line in wrapped.split("\n"))
        broken = wrap("Una electroencefalografista", 40, 8)
        assert all(text_width(line, 8) <= 40 for line in broken.split("\n"))
        assert broken.replace("-\n", "").replace("\n", " ") == "Una electroencefalografista"

    def test_a_box_grows_from_its_anchor(self) -> None:
        """Alignment says on which side of the anchor the text lies."""
        width, height = text_size("Cuba", 8)
        assert text_box("Cuba", Spot(100, 50, "right", "top"), 8) == pytest.approx((100 - width, 50 - height, 100, 50))
        assert text_box("Cuba", Spot(100, 50), 8) == pytest.approx((100 - width / 2, 50, 100 + width / 2, 50 + height))

    def test_two_lines_are_twice_as_high(self) -> None:
        """Height counts the lines, width the widest."""
        one, two = text_size("Cuba", 8), text_size("Cuba\nHaití", 8)
        assert two == (max(one[0], text_width("Haití", 8)), 2 * one[1])

    def test_the_first_free_spot_is_taken(self) -> None:
        """Not one on another text, not one on a line, not one outside."""
        spots = [Spot(50, 50), Spot(100, 50), Spot(5, 50), Spot(150, 50)]
        canvas, ink = Canvas("half", 100), np.array([[100.0, 54.0]])
        canvas.taken.append(Box(45, 45, 55, 60))
        assert canvas.free("Cuba", spots, size=8, ink=ink) == Spot(150, 50)
        assert canvas.free("Cuba", spots[:3], size=8, ink=ink) is None

    def test_a_trace_breaks_at_missing_values(self) -> None:
        """Points lie on the line, none across the gap."""
        traced = trace(np.array([[0.0, 0], [10, 0], [20, NAN], [30, 0], [40, 0]]))
        assert not ((traced[:, 0] > 10) & (traced[:, 0] < 30)).any()
        assert {0.0, 5.0, 10.0, 30.0, 40.0} <= set(traced[:, 0])


class TestPeriods:
    """Tables by year and month."""

    def test_a_year_left_out_becomes_a_missing_row(self) -> None:
        """The table has every year from first to last."""
        table = by_year(pd.DataFrame({"a": [1, 3]}, index=[2020, 2022])).table
        assert list(table.index) == [2020, 2021, 2022]
        assert np.isnan(table.loc[2021, "a"])

    def test_months_are_complete_whatever_their_day(self) -> None:
        """Dates are taken as months; the ones between are missing rows."""
        index = pd.to_datetime(["2024-11-01", "2025-02-28"])
        table = by_month(pd.DataFrame({"a": [1, 2]}, index=index)).table
        assert [f"{month:%Y-%m}" for month in table.index] == ["2024-11", "2024-12", "2025-01", "2025-02"]
        assert table["a"].isna().sum() == 2

    def test_a_month_twice_is_refused(self) -> None:
        """Two days of one month are two rows of it."""
        index = pd.to_datetime(["2024-11-01", "2024-11-28"])
        with pytest.raises(ValueError, match="twice"):
            by_month(pd.DataFrame({"a": [1, 2]}, index=index))

    def test_a_moment_is_a_part_of_its_year(self) -> None:
        """A day lies in its month, a month in its year; the end of a year is the start of the next."""
        assert moment(date(2020, 1, 1)) == 2020
        assert moment(date(2020, 12, 31), end=True) == 2021
        assert 2023 + 4 / 12 < moment(date(2023, 5, 11)) < 2023 + 5 / 12
        assert moment(2020, end=True) == 2021

    def test_marks_are_in_order_and_inside_the_periods(self) -> None:
        """What lies outside is left out; a span that reaches beyond is cut."""
        periods = by_year(pd.DataFrame({"a": range(5)}, index=range(2018, 2023)))
        events = [Event(2030, "Futuro"), Event(date(2021, 6, 1), "Hecho")]
        found = marks(events, [Span(2010, 2019, "Antes")], periods, "es", 100)
        assert [mark.text for mark in found] == ["Antes", "jun 2021\nHecho"]
        assert found[0].start == 2018.5

    def test_marks_beyond_the_middle_of_an_end_stand_at_the_end(self) -> None:
        """An event in the first months of the first year is one moment, and one on its first day is inside."""
        periods = by_year(pd.DataFrame({"a": range(5)}, index=range(2018, 2023)))
        days = [date(2018, 1, 1), date(2018, 2, 1), date(2022, 12, 1)]
        found = marks([Event(day, "Hecho") for day in days], [], periods, "es", 100)
        assert [(mark.start, mark.end) for mark in found] == [(2018.5, 2018.5)] * 2 + [(2022.5, 2022.5)]


class TestArrange:
    """Texts of events above the plot."""

    def test_events_far_apart_share_a_row(self) -> None:
        """One row is enough."""
        labels = arrange([(50, 50), (250, 250)], ["Uno", "Dos"], 500)
        assert [label.row for label in labels] == [0, 0]

    def test_an_event_at_the_edge_has_its_text_inside(self) -> None:
        """At the right edge the text stands left of its line."""
        (label,) = arrange([(495, 495)], ["Cierre de CBP One"], 500)
        assert not label.right
        assert label.right_edge < 495

    @given(st.lists(st.floats(120, 380), min_size=1, max_size=3))
    def test_no_text_meets_another_or_a_line(self, places: list[float]) -> None:
        """However close the events, texts are apart, and no line runs through a text of its row or below."""
        texts = ["mar 2020\nPandemia", "may 2023\nFin del Título 42", "ene 2025\nCierre de CBP One"][: len(places)]
        labels = arrange([(x, x) for x in sorted(places)], texts, 500)
        for i, label in enumerate(labels):
            assert 0 <= label.left_edge < label.right_edge <= 500
            for j, (other, x) in enumerate(zip(labels, sorted(places), strict=True)):
                if i == j:
                    continue
                assert not (other.row >= label.row and label.left_edge < x < label.right_edge)
                apart = label.right_edge < other.left_edge or other.right_edge < label.left_edge
                assert other.row != label.row or apart
