"""What the committed tables tell twice, in parts and as a whole: it agrees, whatever the numbers are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "data" / "tables"


def table(name: str, **where: str) -> pd.DataFrame:
    """Rows of a table whose cells are as wanted; the year of each beside its month."""
    rows = pd.read_csv(DATA / f"{name}.csv", keep_default_na=False, na_values={"inflow_musd": [""]})
    for column, value in where.items():
        rows = rows[rows[column] == value]
    return rows.assign(year=rows["month"].str[:4].astype(int)) if "month" in rows else rows


def yearly(name: str, column: str, **where: str) -> pd.Series:
    """Sums of a column by year."""
    return pd.to_numeric(table(name, **where)[column]).groupby(table(name, **where)["year"]).sum()


@pytest.mark.parametrize(
    ("whole", "parts", "column"),
    [
        ("irregular_events_month", "irregular_events_nationality_year", "events"),
        ("irregular_events_nationality_year", "irregular_events_region_year", "events"),
        ("foreigners_returned_year", "foreigners_returned_month", "events"),
        ("foreign_born_year", "foreign_born_country_year", "persons"),
        ("trafficking_victims_year", "trafficking_victims_month", "victims"),
    ],
)
def test_two_tables_of_one_count_have_the_same_years(whole: str, parts: str, column: str) -> None:
    """Months, nationalities, regions and countries add up to the same years."""
    assert yearly(whole, column).to_dict() == yearly(parts, column).to_dict()


@pytest.mark.parametrize(
    ("name", "column"), [("population_state_year", "population"), ("trafficking_victims_state_year", "victims")]
)
def test_the_states_add_up_to_the_country(name: str, column: str) -> None:
    """All thirty-two, in each year."""
    rows = table(name)
    states = rows[rows["state_code"] != "MEX"]
    assert states.groupby("year")[column].sum().to_dict() == yearly(name, column, state_code="MEX").to_dict()
    assert {*states.groupby("year")["state_code"].nunique()} == {32}


def test_the_census_estimate_of_states_adds_up_to_the_number_that_is_repeated() -> None:
    """UNHCR gives the states once and the country each year."""
    rows = table("idp_census_estimate_state")
    country, states = rows[rows["state_code"] == "MEX"], rows[rows["state_code"] != "MEX"]
    assert country["persons"].nunique() == 1
    assert states["persons"].sum() == country["persons"].iloc[0]
    assert states["state_code"].nunique() == len(states) == 32


def test_the_states_of_the_census_add_up_to_the_country() -> None:
    """Persons of the sample who were born in another country."""
    persons = table("foreign_born_state_2020").set_index("state_code")["persons_sample"]
    assert persons.drop("MEX").sum() == persons["MEX"]


def test_victims_by_sex_and_by_state_are_the_same_victims() -> None:
    """The table of sexes and ages has the total of the table of states."""
    by_state = yearly("trafficking_victims_state_year", "victims", state_code="MEX")
    assert yearly("trafficking_victims_year", "victims").to_dict() == by_state.to_dict()


def test_children_are_the_same_in_both_tables() -> None:
    """Events of girls, boys and adolescents by month, and those of the table of sexes and ages."""
    people = table("irregular_events_sex_age_year")
    children = people[people["age_group"] != "18+"].groupby("year")["events"].sum()
    assert yearly("minors_events_month", "events").to_dict() == children.to_dict()


def test_remittances_by_state_and_origin_are_those_of_the_months() -> None:
    """In millions of dollars, but for the last year, in which one may reach farther; American states add up too."""
    months = yearly("remittances_month", "inflow_musd")
    for parts in (yearly("remittances_state_year", "inflow_musd").iloc[:-1], origins("country").iloc[:-1]):
        assert parts.to_numpy() == pytest.approx(months[parts.index].to_numpy(), abs=0.05)
    usa = yearly("remittances_origin_year", "inflow_musd", origin="USA")
    states = origins("us_state")
    assert states.to_numpy() == pytest.approx(usa[states.index].to_numpy(), abs=0.05)


def origins(breakdown: str) -> pd.Series:
    """Remittances by year of the countries, or of the states of the United States, that they come from."""
    return yearly("remittances_origin_year", "inflow_musd", breakdown=breakdown)


def test_causes_and_states_add_up_to_mexico() -> None:
    """The causes of each year, and the states of both periods, add up to the deaths in Mexico."""
    mexico = yearly("migrant_deaths_year_area", "dead_and_missing", area="mexico")
    assert yearly("migrant_deaths_cause_year", "dead_and_missing").to_dict() == mexico.to_dict()
    early, late = table("migrant_deaths_state_period").groupby("period_start")["dead_and_missing"].sum()
    assert (early, late) == (mexico.loc[:2020].sum(), mexico.loc[2021:].sum())


def test_no_table_tells_where_and_in_which_year_somebody_died() -> None:
    """States and deaths meet only in periods of years, every state in each of them."""
    states = table("migrant_deaths_state_period").groupby("period_start")["state_code"].nunique()
    assert states.to_dict() == {"2014-01-01": 33, "2021-01-01": 33}


def test_hazards_add_up_to_the_disasters_of_the_year() -> None:
    """Displacements and events, since the file has them; the disasters named are at most their hazard."""
    sums = table("displacement_hazard_year").groupby("year")[["displacements", "events"]].sum()
    disasters = table("displacement_year", cause="disasters").set_index("year").loc[sums.index]
    assert (sums == disasters[["displacements", "events"]].astype(int)).all(axis=None)
    hazards = table("displacement_hazard_year").set_index(["year", "hazard"])["displacements"]
    named = table("disaster_top_events").groupby(["year", "hazard"])["displacements"].sum()
    assert (named <= hazards.loc[named.index]).all()


def test_there_are_no_decisions_of_2014() -> None:
    """The file has none, so the table must not have a zero."""
    assert 2014 not in {*table("asylum_decisions_year")["year"]}
