"""Periods: days of an ISO period, and spans written as short as they are exact."""

from datetime import date

import pandas as pd
import pytest

from analysis.foundation.errors import QuantityError
from analysis.values.periods import consecutive, fiscal_start, iso_span, shortest_moment, shortest_span, span_days


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2020, 1, 1), date(2020, 12, 31), "2020"),
        (date(2016, 1, 1), date(2022, 12, 31), "2016/2022"),
        (date(2020, 2, 1), date(2020, 2, 29), "2020-02"),
        (date(2021, 10, 1), date(2022, 9, 30), "2021-10/2022-09"),
        (date(2018, 11, 4), date(2020, 1, 31), "2018-11-04/2020-01-31"),
        (date(2020, 1, 1), date(2020, 2, 28), "2020-01-01/2020-02-28"),
    ],
)
def test_a_span_is_written_in_the_largest_units_that_are_exact(first: date, last: date, written: str) -> None:
    """Whole years as years, whole months as months, anything else as days."""
    assert shortest_span(first, last) == written


def test_the_span_of_rows_reaches_from_the_first_start_to_the_last_end() -> None:
    """Rows are joined; without a known start only the end is written; without rows nothing."""
    starts, ends = (pd.to_datetime(pd.Series(days)) for days in (["2020-04-01", "2020-01-01"], ["2020-06-30"] * 2))
    assert iso_span(starts, ends) == "2020-01/2020-06"
    assert iso_span(starts.where(starts.dt.month == 1), ends) == "2020-06-30"
    assert iso_span(starts[:0], ends[:0]) == ""


def test_runs_join_numbers_that_follow_one_another() -> None:
    """First and last of each run."""
    assert consecutive([2019, 2020, 2022]) == [(2019, 2020), (2022, 2022)]


def test_a_us_fiscal_year_starts_in_october() -> None:
    """Fiscal 2024, which ends on 30 September, starts on 1 October 2023."""
    assert fiscal_start(2024, "09-30") == date(2023, 10, 1)


@pytest.mark.parametrize(
    ("day", "written"),
    [(date(2025, 12, 31), "2025"), (date(2025, 4, 30), "2025-04"), (date(2025, 9, 8), "2025-09-08")],
)
def test_a_last_day_is_written_as_what_it_ends(day: date, written: str) -> None:
    """A year, a month, or the day itself."""
    assert shortest_moment(day) == written


@pytest.mark.parametrize("wrong", ["2015-Q1", "2015Q1", "2015-01/2015-Q1", "2025-02-30", "x", ""])
def test_what_is_no_period_is_answered_with_how_one_is_written(wrong: str) -> None:
    """Quarters are spans of months; written so, they are taken."""
    with pytest.raises(QuantityError, match=r"' is not a period: write 2025, .* as the quarter 2025-01/2025-03"):
        span_days(wrong)
    assert span_days("2015-01/2015-03") == (date(2015, 1, 1), date(2015, 3, 31))
