"""Sums that would be false: of rates, of stocks in time, of two sources, of a whole and its parts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.foundation.errors import QuantityError
from analysis.package.adding import adds_freely, why_no_sum
from analysis.package.data_package import DataPackage
from analysis.package.descriptor import DataError
from analysis.package.table import Table

LATE = date(2026, 6, 30)


@pytest.fixture(scope="module")
def data(root: Path) -> DataPackage:
    """The data package of the project."""
    return DataPackage(root / "data")


def described(package: DataPackage, table: str, column: str, **said: Any) -> Table:
    """A table of the tiny package of whose column the descriptor says something more."""
    fields = package.resources[table]["schema"]["fields"]
    next(field for field in fields if field["name"] == column).update(said)
    return package.table(table, LATE)


@pytest.mark.parametrize(
    ("name", "column", "where", "condition"),
    [
        ("remittances_state_year", "usd_per_inhabitant", {"year": 2024}, 'state_code="MX-AGU" (or MX-BCN'),
        ("remittance_cost_quarter", "cost_pct", {"quarter": "2019-10"}, 'corridor="USA-COL" (or USA-DOM, USA-GTM'),
        ("remittances_month", "mean_usd", {"month": ("2025-01", "2025-12")}, 'month="2025-12"'),
        ("attitudes_wvs_year", "percent", {"year": 2018}, 'question="bad_for_development"'),
        ("asylum_rank_year", "rank", {"year": 2024}, 'country="BEL" (or'),
        ("protection_stock_year", "refugees", {}, "year=2025 (of a metric, .at(2025))"),
        ("population_state_year", "population", {"year": 2025}, 'state_code="MEX" (or MX-AGU'),
        ("population_state_year", "population", {"year": (2024, 2025), "state_code": "MX-CHP"}, "year=2025"),
        ("trafficking_victims_state_year", "victims", {"year": 2024}, 'state_code="MEX"'),
        ("us_outcomes_fy", "events", {"fiscal_year": 2023, "outcome": "encounters"}, 'breakdown="nationality"'),
        ("revisions", "value", {"series": "asylum_claims", "period": "2021"}, "release=1 (or 2"),
        ("mpp_period", "persons", {"period_end": "2021-01-31"}, 'series="cbp" (or dhs, trac)'),
        ("asylum_office_period", "claims", {"state_code": "MEX"}, 'period="2024" (of a metric, .at("2024"))'),
        ("covid_migrants_date", "cases", {"state_code": "MEX"}, 'period_end="2021-04-04"'),
        ("ptat_workers_year", "workers", {"year": (2013, 2026)}, 'counted="contracts" (or persons)'),
        ("irregular_events_resolution_period", "events", {"period": "2024"}, 'resolution="all_events"'),
        (
            "minors_events_published_period",
            "events",
            {"period": "2016", "age_group": "0-17", "company": "total"},
            'published="2017-01-20" (or 2017-07-27',
        ),
    ],
)
def test_a_false_sum_is_no_number_and_says_what_to_write(
    data: DataPackage, name: str, column: str, where: dict[str, Any], condition: str
) -> None:
    """It has no value; whoever uses it is told the columns left open and the condition."""
    asked = data.table(name, LATE).total(column, **where)
    assert (asked.value, asked.missing) == (None, "no_sum")
    assert condition in asked.lacks[0]
    for use in (lambda: asked.number, lambda: asked.text("en"), asked.fact):
        with pytest.raises(QuantityError) as refused:
            use()
        assert str(refused.value) == asked.lacks[0]


@pytest.mark.parametrize(
    ("name", "column", "where"),
    [
        ("remittance_cost_quarter", "cost_pct", {"quarter": "2019-10", "corridor": "USA-MEX"}),
        ("population_state_year", "population", {"year": 2025, "state_code": "MEX"}),
        ("population_state_year", "population", {"year": 2025, "state_code": ["MX-CHP", "MX-OAX"]}),
        ("protection_stock_year", "refugees", {"year": 2025}),
        ("foreign_born_country_year", "persons", {"year": 2024}),
        ("irregular_events_region_year", "share_pct", {"year": 2024}),
        ("smuggling_rescued_year", "persons", {}),
        ("migrant_deaths_cause_year", "dead_and_missing", {"year": (2016, 2019)}),
        (
            "trafficking_counts_by_source",
            "victims",
            {"year": 2022, "source": "tip", "exploitation": ["sexual", "labour"]},
        ),
    ],
)
def test_what_may_be_added_is(data: DataPackage, name: str, column: str, where: dict[str, Any]) -> None:
    """Counts, in time and over groups; stocks over places; the parts without their whole; spans side by side."""
    table = data.table(name, LATE)
    assert table.total(column, **where).value is not None


def test_every_rate_of_the_data_package_stands_alone(root: Path) -> None:
    """A column in percent, in points, of ranks, or of so many for others; some are added within a period."""
    resources = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    rates = ("percent", "points", "rank", "per_", "_per_")
    silent = [
        f"{resource['name']}.{field['name']}"
        for resource in resources
        for field in resource["schema"]["fields"]
        if any(part in field.get("unit", "") for part in rates) and not field.get("alone")
    ]
    assert silent == []


def test_the_country_holds_its_states_in_every_table(data: DataPackage, package: DataPackage) -> None:
    """Nobody need say it of a table; of other columns the descriptor says which value is the whole."""
    assert package.metadata("events_month").wholes == {"state_code": "MEX"}
    assert package.metadata("claims_year").wholes == {}
    assert data.metadata("minors_events_published_period").wholes == {"age_group": "0-17", "company": "total"}


def test_a_single_row_or_a_single_value_is_no_sum(package: DataPackage) -> None:
    """A rate of one place is printed; where one of two cells is empty, nothing is added, and the sum is not known."""
    events = described(package, "events_month", "events", alone=True)
    one = events.total(month="2025-01", state_code="MX-CHP")
    assert one.value is not None
    children = described(package, "deaths_year", "children", alone=True)
    assert children.total("children", year=2024).missing == "partial"
    assert why_no_sum(children.frame.iloc[:1], "children", children.metadata) == ""


def test_a_stock_is_added_over_places_and_never_in_time(package: DataPackage) -> None:
    """What is counted on a date."""
    events = described(package, "events_month", "events", alone="period")
    assert events.total(month="2025-01").value is not None
    assert events.total(month=("2025-01", "2025-02")).missing == "no_sum"


def test_sources_are_never_added_in_any_column(package: DataPackage) -> None:
    """A column of the key whose values are alternatives."""
    deaths = described(package, "deaths_year", "area", alone=True)
    assert deaths.metadata.apart("deaths") == ("area",)
    assert deaths.total("deaths", year=2024).missing == "no_sum"
    assert deaths.total("deaths", area="mexico").value is not None


def test_a_table_of_frames_is_refused_like_a_sum(data: DataPackage, package: DataPackage) -> None:
    """Where a cell of it would be a false sum; where each is one row, it is made."""
    people = data.table("population_state_year", LATE)
    with pytest.raises(DataError, match=r"'MEX' of state_code holds the others already; say which is meant"):
        people.series("year", "population")
    assert people.series("year", "population", state_code="MEX").loc[2025] > 1e8
    cost = data.table("remittance_cost_quarter", LATE)
    assert cost.pivot("quarter", "corridor").notna().any(axis=None)
    with pytest.raises(DataError, match="differ in corridor"):
        cost.series("quarter")


def test_most_tables_are_added_without_a_look(package: DataPackage) -> None:
    """Only where something stands alone, holds others, or may overlap in time."""
    assert adds_freely("claims", package.metadata("claims_year"))
    assert not adds_freely("events", package.metadata("events_month"))
    assert not adds_freely("crimes", package.metadata("crimes_period"))


def test_spans_with_days_in_common_are_not_added(package: DataPackage) -> None:
    """Half a year lies in its year; a span whose start is not known may begin at any time."""
    crimes = package.table("crimes_period", LATE)
    assert crimes.total(period="2016/2022-06").value is not None
    assert "have days in common" in crimes.total(state_code="MX-CHP").lacks[0]
    apart = crimes.frame.assign(period_start=pd.to_datetime(["2016-01-01", "2016-01-01", "2023-01-01"]))
    assert why_no_sum(apart, "crimes", crimes.metadata) == ""
    half = apart.assign(period_start=pd.to_datetime(["2016-01-01", "2016-01-01", "2022-06-30"]))
    assert "have days in common" in why_no_sum(half, "crimes", crimes.metadata)
