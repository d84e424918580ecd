"""Breaks of series: which side a period lies on, what a break touches, and where a series is parted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.package.data_package import DataPackage
from analysis.values.breaks import Break, crossed, first_of_each_way, inside
from analysis.values.periods import shortest_span

WIDENED = Break(date(2021, 1, 1), "Desde 2021 se cuenta más.", "More is counted since 2021.")
TITLE_42 = (Break(date(2020, 3, 21), "Con expulsiones.", "With expulsions."),)
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@st.composite
def spans(draw: st.DrawFn, first: date = date(2000, 1, 1), last: date = date(2040, 12, 31)) -> str:
    """An ISO period between two days."""
    one, other = sorted((draw(st.dates(first, last)), draw(st.dates(first, last))))
    return shortest_span(one, other)


@pytest.mark.parametrize(
    ("period", "side"),
    [
        ("2020", "before"),
        ("2021", "after"),
        ("2020-12", "before"),
        ("2020-12-31", "before"),
        ("2021-01", "after"),
        ("2021-01-01", "after"),
        ("2019/2024", "mixed"),
        ("2020-10/2021-09", "mixed"),
        ("2024/2019", "mixed"),
    ],
)
def test_a_period_lies_before_a_break_after_it_or_holds_it(period: str, side: str) -> None:
    """The day of a break is the first of the new way; a period that contains it is mixed."""
    assert WIDENED.side(period) == side


@given(day=DAYS, data=st.data())
def test_periods_on_one_side_are_always_comparable(day: date, data: st.DataObject) -> None:
    """Whatever their lengths, two periods that end before a break, or start on its day or later, count alike."""
    broken = [Break(day, "x", "x")]
    earlier = spans(date(1990, 1, 1), day - timedelta(days=1))
    for side in (earlier, spans(day, date(2050, 1, 1))):
        assert crossed(data.draw(side), data.draw(side), broken) == ()


@given(day=DAYS, data=st.data())
def test_periods_on_two_sides_never_are(day: date, data: st.DataObject) -> None:
    """One before and one after are apart, and so is every other period from one that holds the day."""
    broken = [Break(day, "x", "x")]
    before = data.draw(spans(date(1990, 1, 1), day - timedelta(days=1)))
    after = data.draw(spans(day, date(2050, 1, 1)))
    mixed = shortest_span(day - timedelta(days=3), day + timedelta(days=3))
    assert crossed(before, after, broken) == tuple(broken)
    assert crossed(before, mixed, broken) == crossed(mixed, after, broken) == tuple(broken)


@given(one=spans(), other=spans(), days=st.lists(DAYS, max_size=4))
def test_order_does_not_matter(one: str, other: str, days: list[date]) -> None:
    """Neither that of the periods nor that of the breaks; what is crossed comes in order of time."""
    broken = [Break(day, str(day), str(day)) for day in days]
    found = crossed(one, other, broken)
    assert found == crossed(other, one, reversed(broken)) == tuple(sorted({*found}, key=lambda b: b.first))


@given(period=spans(), days=st.lists(DAYS, max_size=4))
def test_a_period_is_comparable_with_itself(period: str, days: list[date]) -> None:
    """Two quantities of one period are counted in one way, whatever happened within it; so is what has no period."""
    broken = [Break(day, "x", "x") for day in days]
    assert crossed(period, period, broken) == crossed("", period, broken) == crossed(period, "", broken) == ()


@pytest.mark.parametrize(
    ("column", "conditions", "touched"),
    [
        ("visas", {}, True),
        ("visas", {"visa_class": "TN"}, True),
        ("visas", {"visa_class": ["H2A", "TN"]}, True),
        ("visas", {"visa_class": ["H2A", "H2B"]}, False),
        ("visas", {"visa_class": "H2A", "fiscal_year": 2023}, False),
        ("visas", {"visa_class": {"from": "S", "to": "U"}}, True),
        ("mexico_share_pct", {"visa_class": "TN"}, False),
    ],
)
def test_a_break_touches_what_it_is_limited_to(column: str, conditions: dict[str, Any], touched: bool) -> None:
    """A break of one column and one category leaves the others alone, but not a sum that holds it."""
    tn = Break.described(
        {"date": "2023-10-01", "es": "x", "en": "x", "columns": ["visas"], "where": {"visa_class": "TN"}}
    )
    assert tn.touches(column, conditions) is touched


def test_one_series_in_two_tables_has_one_break() -> None:
    """What a break is limited to in a table does not make it another."""
    assert Break(WIDENED.first, WIDENED.es, WIDENED.en, columns=("events",)) == WIDENED


def test_a_series_is_parted_where_its_count_changes() -> None:
    """A series is told apart from the first period of each way; a mixed one stands alone."""
    assert first_of_each_way(["2019", "2020", "2021", "2022"], [WIDENED]) == [2]
    fiscal = ["2018-10/2019-09", "2019-10/2020-09", "2020-10/2021-09"]
    assert first_of_each_way(fiscal, TITLE_42) == [1, 2]
    assert first_of_each_way(["2021", "2022"], [WIDENED]) == []


def test_a_series_within_one_count_has_no_break_inside() -> None:
    """A break before the first or after the last period is not told, one within is, and no periods have none."""
    assert inside(["2018", "2019", "2020"], [WIDENED]) == inside(["2021", "2024"], [WIDENED]) == inside([], [WIDENED])
    assert inside(["2018", "2019", "2024"], [WIDENED]) == (WIDENED,)
    assert inside(["2020-10/2021-09"], [WIDENED]) == (WIDENED,)


@pytest.mark.parametrize(
    ("table", "column", "where", "days"),
    [
        ("irregular_events_month", "events", {}, ["2021-01-01"]),
        ("irregular_events_nationality_year", "events", {"nationality": "HND"}, ["2021-01-01"]),
        ("irregular_events_region_year", "share_pct", {}, ["2021-01-01"]),
        ("irregular_events_sex_age_year", "events", {"sex": "female"}, ["2021-01-01"]),
        ("minors_events_month", "events", {}, ["2021-01-01"]),
        ("foreigners_returned_year", "per_100_events", {}, ["2021-01-01"]),
        ("foreigners_returned_year", "events", {}, []),
        ("us_encounters_fy", "encounters", {}, ["2020-03-21", "2023-05-12"]),
        ("us_outcomes_fy", "events", {"outcome": "encounters"}, ["2020-03-21", "2023-05-12"]),
        ("us_outcomes_fy", "events", {"outcome": "title8_repatriations"}, []),
        ("remittances_month", "inflow_musd", {}, ["2003-01-01", "2013-01-01"]),
        ("remittances_state_year", "inflow_musd", {}, ["2013-01-01"]),
        ("displacement_year", "displacements", {"cause": "disasters"}, ["2016-01-01"]),
        ("displacement_year", "displacements", {}, ["2016-01-01"]),
        ("displacement_year", "displacements", {"cause": "conflict"}, []),
        ("displacement_year", "stock", {}, []),
        ("trafficking_victims_year", "victims", {}, ["2018-01-01", "2026-01-01"]),
        ("us_work_visas_year", "visas", {"visa_class": "TN"}, ["2023-10-01"]),
        ("us_work_visas_year", "visas", {"visa_class": "H2A"}, []),
        ("conflict_displacement_state_year", "persons", {}, ["2023-01-01"]),
        ("asylum_claims_year", "claims", {}, []),
    ],
)
def test_the_breaks_of_the_data_stand_in_the_descriptor(
    root: Path, table: str, column: str, where: dict[str, Any], days: list[str]
) -> None:
    """Each break that the publishers' notes tell is described, for what it touches and no more."""
    found = DataPackage(root / "data").metadata(table).breaks_of(column, where)
    assert [b.first.isoformat() for b in found] == days
    assert all(b.es.endswith(".") and b.en.endswith(".") and b.es != b.en for b in found)
