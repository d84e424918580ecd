"""Kinds of periods: which days rows cover, what a complete year is, and when the next period is usual."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.package.periods import KINDS, period_of

YEAR = {"kind": "year", "field": "year"}
RUNNING = {**YEAR, "through": "through"}
FISCAL = {**RUNNING, "year_end": "09-30"}
MONTH = {"kind": "month", "field": "month"}
QUARTER = {"kind": "quarter", "field": "quarter"}
SPAN = {"kind": "span", "start": "start", "end": "end"}
NONE = {"kind": "none"}


def frame(**columns: list[Any]) -> pd.DataFrame:
    """Rows, with days where texts look like days."""
    made = pd.DataFrame(columns)
    return made.assign(**{name: pd.to_datetime(made[name]) for name in made if made[name].dtype.kind not in "iu"})


ROWS: list[tuple[dict[str, str], pd.DataFrame, date | None, tuple[str, str] | None, str, set[int]]] = [
    (YEAR, frame(year=[2023, 2025]), date(2025, 12, 31), ("2023", "2025"), "2023/2025", {2023, 2025}),
    (
        RUNNING,
        frame(year=[2024, 2025], through=["2024-12-31", "2025-04-30"]),
        date(2025, 4, 30),
        ("2024-01", "2025-04"),
        "2024-01/2025-04",
        {2024, 2025},
    ),
    (
        RUNNING,
        frame(year=[2024, 2025], through=["2024-12-31", "2025-09-08"]),
        date(2025, 9, 8),
        ("2024", "2025-09-08"),
        "2024-01-01/2025-09-08",
        {2024, 2025},
    ),
    (
        FISCAL,
        frame(year=[2025], through=["2025-09-30"]),
        date(2025, 9, 30),
        ("2024-10", "2025-09"),
        "2024-10/2025-09",
        {2025},
    ),
    (MONTH, frame(month=["2024-01-01", "2024-12-01"]), date(2024, 12, 31), ("2024-01", "2024-12"), "2024", {2024}),
    (QUARTER, frame(quarter=["2024-10-01"]), date(2024, 12, 31), ("2024-10", "2024-12"), "2024-10/2024-12", {2024}),
    (
        SPAN,
        frame(start=["2018-11-04", "2019-01-01"], end=["2020-01-05", "2019-12-31"]),
        date(2020, 1, 5),
        ("2018", "2020"),
        "2018-11-04/2020-01-05",
        {2018, 2019, 2020},
    ),
    (SPAN, frame(start=[None], end=["2020-01-05"]), date(2020, 1, 5), ("2020", "2020"), "2020-01-05", {2020}),
    (NONE, frame(year=[2019, 2021]), None, ("2019", "2021"), "", {2019, 2021}),
]


@pytest.mark.parametrize(("described", "rows", "last", "span", "label", "years"), ROWS)
def test_rows_cover_days(
    described: dict[str, str],
    rows: pd.DataFrame,
    last: date | None,
    span: tuple[str, str] | None,
    label: str,
    years: set[int],
) -> None:
    """The last day, the first and last moment, the ISO period and the years that rows touch, for each kind."""
    period = period_of(described)
    assert (period.last_day(rows), period.span(rows), period.label(rows, {}), period.years(rows)) == (
        last,
        span,
        label,
        years,
    )
    ends = period.ends(rows)
    assert (None if ends is None else ends.max().date()) == last


@pytest.mark.parametrize(
    ("described", "last", "complete", "months"),
    [
        (YEAR, date(2025, 12, 31), True, 12),
        (RUNNING, date(2025, 4, 30), False, 1),
        (FISCAL, date(2025, 9, 30), True, 12),
        (FISCAL, date(2025, 12, 31), False, 1),
        (MONTH, date(2025, 4, 30), True, 1),
        (QUARTER, date(2025, 3, 31), True, 3),
        (SPAN, date(2025, 3, 31), True, None),
    ],
)
def test_the_next_period_is_usual_after_its_length(
    described: dict[str, str], last: date, complete: bool, months: int | None
) -> None:
    """A year that is still running grows from month to month; spans are cut at dates of our own choice."""
    period = period_of(described)
    assert (period.complete(last), period.interval(last)) == (complete, months)


@pytest.mark.parametrize(
    ("described", "label", "named"),
    [
        (YEAR, 2025, "2025"),
        (FISCAL, "2025", "2024-10/2025-09"),
        (MONTH, pd.Timestamp(2025, 4, 1), "2025-04"),
        (QUARTER, pd.Timestamp(2025, 4, 1), "2025-04/2025-06"),
        (YEAR, "Honduras", ""),
    ],
)
def test_a_label_of_a_chart_names_a_period(described: dict[str, str], label: object, named: str) -> None:
    """A year is one of the table, a day the first of a month or quarter, a word none."""
    assert period_of(described).named(label) == named


def test_a_span_is_selected_by_its_days() -> None:
    """What is asked of the period is told by the columns of its first and its last day; the rest stays."""
    assert period_of(SPAN).conditions({"area": "x", "period": "2016/2022-06"}) == {
        "area": "x",
        "start": "2016-01-01",
        "end": "2022-06-30",
    }


@pytest.mark.parametrize("kind", [kind for kind, period in KINDS.items() if period.needs])
def test_a_period_without_its_column_is_refused(kind: str) -> None:
    """The descriptor must name the columns that a kind needs, and a kind that there is."""
    with pytest.raises(KeyError):
        period_of({"kind": kind})
    with pytest.raises(KeyError):
        period_of({"kind": "decade"})
