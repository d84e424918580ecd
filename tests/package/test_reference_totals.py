"""The committed tables against totals that another hand computed from the raw files.

The totals are those of the files of one day. Publishers revise what they published: a table that was made of later
files has other totals, which nobody counted apart, and its test is skipped. What holds of any files stands in
test_sums.py; figures of ``data/compiled/``, which no refresh changes, are held here as a second hand typed them in.
"""

import json
from pathlib import Path
from typing import Final

import pandas as pd
import pytest

from analysis.mexico import COUNTRY

DATA = Path(__file__).parents[2] / "data"
COUNTED_ON: Final = "2026-11-22"
"""Day on which the files were read that the other hand counted."""
READ_ON: Final = {
    item["name"]: item["provenance"]["date_accessed"]
    for item in json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
}
"""Day on which the files of each table were read."""


def counted(*names: str) -> pytest.MarkDecorator:
    """Mark a test of the totals of these tables: it is skipped where one of them was made of later files."""
    later = [name for name in names if READ_ON[name] > COUNTED_ON]
    return pytest.mark.skipif(bool(later), reason=f"nobody counted the newer files of {', '.join(later)}")


def _table(name: str) -> pd.DataFrame:
    folder = "tables" if (DATA / "tables" / f"{name}.csv").exists() else "compiled"
    return pd.read_csv(DATA / folder / f"{name}.csv", keep_default_na=False, na_values={"other_protection": [""]})


def _yearly(name: str, column: str, **where: str) -> dict[int, int]:
    frame = _table(name)
    for key, value in where.items():
        frame = frame[frame[key] == value]
    if "year" not in frame:
        frame["year"] = frame["month"].str[:4].astype(int)
    return {int(year): int(total) for year, total in frame.groupby("year")[column].sum().items()}


def _agree(found: dict[int, int], wanted: dict[int, int]) -> None:
    assert {year: found[year] for year in wanted} == wanted


@counted("asylum_claims_year")
def test_asylum_claims() -> None:
    """Claims in Mexico by year, and the first nationality of 2025."""
    wanted = {
        2013: 1275,
        2014: 1511,
        2015: 3408,
        2016: 8762,
        2017: 14583,
        2018: 29609,
        2019: 70363,
        2020: 41204,
    }
    _agree(
        _yearly("asylum_claims_year", "claims"),
        {**wanted, 2021: 131418, 2023: 140979, 2024: 78966, 2025: 70482},
    )
    assert _yearly("asylum_claims_year", "claims", nationality="CUB")[2025] == 34581


@counted("asylum_decisions_year")
@pytest.mark.parametrize(
    ("year", "outcomes"),
    [
        (2019, [10841, 1245, 3032, 9642]),
        (2021, [27216, 849, 9751, 20247]),
        (2024, [24966, 1881, 6956, 35832]),
        (2025, [16434, 1069, 4409, 79992]),
    ],
)
def test_asylum_decisions(year: int, outcomes: list[int]) -> None:
    """Recognised, complementary, rejected and closed by year."""
    frame = _table("asylum_decisions_year")
    columns = ["recognised", "complementary", "rejected", "closed"]
    assert frame[frame["year"] == year][columns].sum().tolist() == outcomes


@counted("protection_stock_year")
def test_protected_population() -> None:
    """Refugees, asylum-seekers and others at the end of the year."""
    stock = _table("protection_stock_year").set_index("year")
    assert stock["refugees"][[2018, 2021, 2024, 2025]].tolist() == [16530, 73448, 150836, 152002]
    assert stock["asylum_seekers"][[2024, 2025]].tolist() == [266710, 173532]
    assert stock["other_protection"][[2018, 2020, 2025]].tolist() == [42104, 81847, 64160]
    assert pd.isna(stock["other_protection"][2017])


@counted("asylum_rank_year")
def test_rank_of_mexico() -> None:
    """Mexico among the countries of asylum: third, tenth, eleventh."""
    _agree(_yearly("asylum_rank_year", "rank", country="MEX"), {2021: 3, 2024: 10, 2025: 11})


@counted("migrant_deaths_year_area")
def test_deaths_by_area() -> None:
    """Dead and missing in Mexico and on the border."""
    mexico = {
        2014: 134,
        2015: 145,
        2016: 207,
        2017: 143,
        2018: 135,
        2019: 216,
        2020: 154,
        2021: 285,
        2022: 289,
    }
    _agree(
        _yearly("migrant_deaths_year_area", "dead_and_missing", area="mexico"),
        {**mexico, 2023: 448, 2024: 225, 2025: 50},
    )
    border = {2014: 424, 2019: 536, 2020: 503, 2023: 734, 2024: 562, 2025: 72}
    _agree(_yearly("migrant_deaths_year_area", "dead_and_missing", area="border"), border)


@counted("irregular_events_nationality_year")
def test_events_of_irregular_migration() -> None:
    """UPM events by year from the table of nationalities."""
    wanted = {
        2018: 131445,
        2019: 182940,
        2020: 82379,
        2021: 309692,
        2022: 441409,
        2023: 778907,
        2024: 1231320,
        2025: 108489,
    }
    assert _yearly("irregular_events_nationality_year", "events") == wanted
    nationalities = {
        2019: {"HND": 78232, "GTM": 52412, "SLV": 21494},
        2024: {"VEN": 361203, "ECU": 118495, "HND": 90097, "GTM": 82126, "NIC": 62349, "CUB": 43018},
    }
    events = _table("irregular_events_nationality_year").set_index(["year", "nationality"])["events"]
    for year, wanted_of in nationalities.items():
        assert {code: int(events[year, code]) for code in wanted_of} == wanted_of


@counted("irregular_events_sex_age_year", "minors_events_month")
def test_events_by_sex_and_age() -> None:
    """The table of sexes and ages lacks events of 2024; minors and women by year."""
    wanted = {2019: 182940, 2023: 778907, 2024: 1230126, 2025: 108489}
    _agree(_yearly("irregular_events_sex_age_year", "events"), wanted)
    _agree(_yearly("irregular_events_sex_age_year", "events", sex="female"), {2019: 61405, 2024: 384627})
    minors = {2018: 29258, 2019: 53507, 2020: 11262, 2021: 77608, 2023: 113542, 2024: 138882, 2025: 10639}
    _agree(_yearly("minors_events_month", "events"), minors)


@counted("irregular_events_nationality_year")
def test_regions() -> None:
    """Events by region after UN M49: the regions of 2024, and Africa and Asia in earlier years."""
    frame = _table("irregular_events_nationality_year")
    sums = frame["events"].groupby([frame["year"], frame["nationality"].map(COUNTRY.region)]).sum()
    assert sums[2024].to_dict() == {
        "africa": 57602,
        "asia": 67092,
        "caribbean": 117876,
        "central_america": 332417,
        "europe_other": 670,
        "north_america": 1534,
        "south_america": 654129,
    }
    assert [int(sums[year, "africa"]) for year in (2018, 2019)] == [2791, 7065]
    assert [int(sums[year, "asia"]) for year in (2018, 2019)] == [7306, 5878]


@counted("population_state_year")
def test_population() -> None:
    """Mid-year population of the country."""
    nation = _yearly("population_state_year", "population", state_code="MEX")
    wanted = {2015: 122368490, 2018: 125995825, 2020: 128209170, 2024: 132274416, 2025: 133367428}
    _agree(nation, wanted)


def test_crimes_against_migrants() -> None:
    """Crimes of 2016 to June 2022: the sexes add up, the first states and crimes are those of the pages."""
    frame = _table("crimes_against_migrants_period")
    cumulative = frame[frame["period_end"] == "2022-06-30"]
    of = cumulative.set_index(["breakdown", "category"])["crimes"]
    nation = cumulative[(cumulative["state_code"] == "MEX") & (cumulative["breakdown"] == "total")]["crimes"]
    assert nation.tolist() == [5378]
    assert of["sex", "male"] + of["sex", "female"] == 5378
    assert of["crime", "robbery"] == 2496
    states = cumulative[cumulative["state_code"] != "MEX"].nlargest(2, "crimes")
    assert states[["state_code", "crimes"]].to_numpy().tolist() == [["MX-CHP", 1712], ["MX-OAX", 1310]]
    years = frame[(frame["state_code"] == "MEX") & (frame["period_start"] >= "2018")].set_index("period_end")["crimes"]
    assert years.tolist() == [1414, 561, 110, 841, 1136]


def test_registry_and_returns() -> None:
    """The register of missing persons, and assisted returns, as published."""
    registry = _table("missing_registry_period")
    total = registry[(registry["breakdown"] == "total") & (registry["state_code"] == "MEX")]
    by_end = total.set_index(["register", "period_start", "period_end"])["persons"]
    assert by_end["rnpdno", "2018-01-01", "2024-03-31"] == 193
    assert by_end["rnpdno", "", "2024-12-31"] == 268
    assert by_end["families", "", "2021-04-30"] == 2000
    returns = _table("voluntary_returns_cumulative")
    assert returns.query("programme == 'avr' and group == 'total'")["persons"].max() == 4000


def _near(found: dict[int, float], wanted: dict[int, float], decimals: int) -> None:
    assert {year: round(found[year], decimals) for year in wanted} == wanted


def _sums(name: str, column: str, **where: str) -> dict[int, float]:
    """Return yearly sums of a column of decimals; empty cells count nothing."""
    frame = _table(name)
    for key, value in where.items():
        frame = frame[frame[key] == value]
    period = next(column for column in ("year", "fiscal_year", "month") if column in frame)
    years = frame[period].astype(str).str[:4].astype(int)
    sums = pd.to_numeric(frame[column]).groupby(years).sum()
    return {int(year): float(total) for year, total in sums.items()}


@counted("remittances_month", "remittances_origin_year")
def test_remittances() -> None:
    """Inflow, outflow and transfers by year, of the month's table and of those by origin."""
    inflow = {1995: 3672.7, 2003: 15138.7, 2007: 26695.9, 2013: 23090.0, 2018: 34435.1, 2019: 37250.5, 2020: 41703.9}
    recent = {2021: 52522.6, 2022: 58867.8, 2024: 65016.8, 2025: 62471.7}
    _near(_sums("remittances_month", "inflow_musd"), {**inflow, **recent}, 1)
    _near(_sums("remittances_origin_year", "inflow_musd", breakdown="country"), {2024: 65016.8, 2025: 62471.7}, 1)
    _near(_sums("remittances_origin_year", "inflow_musd", breakdown="us_state"), {2025: 60689.6}, 1)
    _near(_sums("remittances_month", "outflow_musd"), {2013: 748.8, 2023: 1076.4, 2025: 1184.1}, 1)
    transfers = {year: total / 1e6 for year, total in _sums("remittances_month", "transfers").items()}
    _near(transfers, {2019: 114.25, 2024: 165.89, 2025: 158.61}, 2)


@counted("remittances_state_year", "remittances_month")
def test_remittances_in_real_pesos_and_by_head() -> None:
    """Thousand million pesos of 2025, and the states with most and least dollars per inhabitant."""
    real = {year: total / 1e3 for year, total in _sums("remittances_month", "inflow_real_mmxn").items()}
    _near(real, {2022: 1356.4, 2025: 1197.6}, 1)
    per_head = {
        state: round(_sums("remittances_state_year", "usd_per_inhabitant", state_code=state)[2025])
        for state in ("MX-ZAC", "MX-MIC", "MX-GRO", "MX-TAB")
    }
    assert per_head == {"MX-ZAC": 1129, "MX-MIC": 1073, "MX-GRO": 944, "MX-TAB": 138}


@counted("remittances_gdp_year", "remittance_cost_quarter")
def test_share_of_gdp_and_cost_of_sending() -> None:
    """Personal remittances over GDP, and the cost from the USA to Mexico."""
    wanted = {2000: 1.01, 2010: 2.06, 2019: 3.05, 2021: 4.18, 2023: 3.70}
    _near(_sums("remittances_gdp_year", "share_pct"), wanted, 2)
    costs = _table("remittance_cost_quarter").set_index(["corridor", "quarter"])["cost_pct"].round(2)
    quarters = ["2011-01-01", "2018-10-01", "2020-07-01"]
    assert [costs["USA-MEX", quarter] for quarter in quarters] == [5.01, 5.65, 4.18]


@counted("us_work_visas_year")
def test_work_visas() -> None:
    """Visas to Mexicans by fiscal year, and those that are sums of months."""
    h2a = {1997: 15335, 2017: 147272, 2018: 180420, 2021: 239274, 2022: 275981, 2023: 284272, 2024: 286272}
    _near(_sums("us_work_visas_year", "visas", visa_class="H2A"), h2a, 0)
    _near(_sums("us_work_visas_year", "visas", visa_class="H2B"), {1997: 7676, 2023: 84900, 2024: 90601}, 0)
    _near(_sums("us_work_visas_year", "visas", visa_class="TN"), {2023: 32851}, 0)
    _near(_sums("us_work_visas_year", "mexico_share_pct", visa_class="H2A"), {2023: 91.5}, 1)
    table = _table("us_work_visas_year")
    assert sorted(set(table[table["basis"] == "sum_of_months"]["fiscal_year"])) == [2024, 2025]


@counted("us_encounters_fy")
def test_encounters_at_the_southwest_border() -> None:
    """Encounters by fiscal year; expulsions under Title 42 by fiscal year, and of Mexicans."""
    totals = {2019: 977509, 2020: 458088, 2021: 1734686, 2022: 2378944, 2023: 2475669, 2024: 2135005, 2025: 432059}
    assert _sums("us_encounters_fy", "encounters") == totals
    expulsions = {2020: 204787, 2021: 1063526, 2022: 1079507, 2023: 564380}
    assert _sums("us_encounters_fy", "encounters", authority="title_42") == expulsions
    table = _table("us_encounters_fy")
    mexicans = table[(table["authority"] == "title_42") & (table["nationality"] == "MEX")]
    assert mexicans["encounters"].sum() == 1781514


@counted("title42_month")
def test_expulsions_under_title_42_by_month() -> None:
    """All expulsions, and those of March to August 2020, by Border Patrol and with ports of entry."""
    months = _table("title42_month")
    assert months["expulsions"].sum() == 2912200
    first = months[months["month"] <= "2020-08-01"]
    assert first["expulsions"].sum() == 154720
    assert first[first["component"] == "border_patrol"]["expulsions"].sum() == 148716


@counted("foreigners_returned_year")
def test_returns_of_foreigners() -> None:
    """Returns by Mexico by year and type, and per hundred events of irregular migration."""
    wanted = {2015: 181163, 2016: 159872, 2017: 82237, 2018: 115686, 2019: 149812, 2020: 60311, 2021: 130275}
    recent = {2022: 121963, 2023: 54728, 2024: 20834, 2025: 3970}
    assert _sums("foreigners_returned_year", "events") == {**wanted, **recent}
    children = _sums("foreigners_returned_year", "events", type="assisted_return_of_children")
    assert children[2019] == 46777
    assert _sums("foreigners_returned_year", "events", type="deportation")[2024] == 516
    rates = {2019: 81.9, 2021: 42.1, 2023: 7.0, 2024: 1.7}
    _near(_sums("foreigners_returned_year", "per_100_events"), rates, 1)


@counted("irregular_events_region_year")
def test_events_by_region() -> None:
    """Events and shares of regions of origin."""
    assert _sums("irregular_events_region_year", "events", region="south_america")[2024] == 654129
    assert _sums("irregular_events_region_year", "events", region="africa")[2018] == 2791
    _near(_sums("irregular_events_region_year", "share_pct", region="south_america"), {2019: 1.3, 2024: 53.1}, 1)


@counted("darien_year", "guatemala_returns_year")
def test_the_countries_to_the_south() -> None:
    """Transits through the Darién, and Guatemalans returned from Mexico and from the United States."""
    darien = {2019: 22102, 2021: 133726, 2022: 248284, 2023: 520085, 2024: 302203, 2025: 2904}
    _near(_sums("darien_year", "transits"), darien, 0)
    assert _sums("guatemala_returns_year", "returns", country="MEX")[2024] == 15088
    assert _sums("guatemala_returns_year", "returns", country="USA")[2024] == 61680


@counted("foreign_born_year", "foreign_born_country_year", "mexicans_abroad_year")
def test_migrant_stock() -> None:
    """Born abroad in Mexico, by country too, and Mexicans abroad and in the United States."""
    born = {1990: 701513, 2000: 526172, 2010: 957593, 2020: 1335154, 2024: 1726089}
    _near(_sums("foreign_born_year", "persons"), born, 0)
    countries = {code: _sums("foreign_born_country_year", "persons", country=code)[2024] for code in ("USA", "VEN")}
    assert countries == {"USA": 823502, "VEN": 111191}
    assert _sums("mexicans_abroad_year", "persons")[2024] == 11596529
    assert _sums("mexicans_abroad_year", "in_usa")[2024] == 11279561


@counted("foreign_born_state_2020")
def test_born_in_another_country_by_state() -> None:
    """The census sample: the country, and the states with most persons and the highest shares."""
    states = _table("foreign_born_state_2020").set_index("state_code")
    assert states.loc["MEX", ["persons_sample", "population_sample"]].tolist() == [1168378, 125515554]
    persons = states["persons_sample"][["MX-BCN", "MX-CMX", "MX-CHH"]]
    assert persons.tolist() == [142707, 106184, 97812]
    assert states["per_1000"][["MX-BCN", "MX-CHH", "MX-ROO"]].round(1).tolist() == [38.2, 26.3, 18.8]


def test_mexicans_in_the_usa_by_series() -> None:
    """Each series keeps its own level: CPS, ACS as tabulated by MPI, and Pew."""
    table = _table("mexicans_in_usa_year").set_index(["series", "measure", "year"])["million"]
    assert table["CPS", "origin", 2015] == 36.9
    assert [table["CPS", "born", year] for year in (2015, 2016, 2024)] == [12.2, 12.3, 12.0]
    assert table["ACS-MPI", "born", 2023] == 10.9
    assert table["CPS", "origin", 2024] == 40.6
    assert [table[series, "unauthorised", 2022] for series in ("Pew", "ACS-MPI")] == [4.0, 5.1]


def test_repatriations_of_mexicans() -> None:
    """Repatriations of 2020, 2023 to 2025 and January to August 2025; the sexes and ages of 2020 add up."""
    table = _table("repatriations_mexicans_period")
    nation = table[(table["breakdown"] == "total") & (table["state_code"] == "MEX")]
    spans = nation.set_index(["period_start", "period_end"])["events"]
    assert spans["2020-01-01", "2020-12-31"] == 184423
    assert spans["2023-01-01", "2023-12-31"] == 214849
    assert spans["2024-01-01", "2024-12-31"] == 206233
    assert spans["2025-01-01", "2025-08-31"] == 97284
    assert spans["2025-01-01", "2025-12-31"] == 160192
    year = table[(table["period_start"] == "2020-01-01") & (table["period_end"] == "2020-12-31")]
    assert year[year["breakdown"] == "sex"]["events"].sum() == 184423
    assert year[year["breakdown"] == "age"]["events"].sum() == 184423


def test_events_by_state_and_by_resolution() -> None:
    """Events of 2025 in Tabasco, Chiapas and the country; exit letters of 2024 and 2025; returns of 2025."""
    by_state = _table("irregular_events_state_period").set_index(["period_start", "period_end", "state_code"])["events"]
    assert by_state["2025-01-01", "2025-12-31", "MX-TAB"] == 78311
    assert by_state["2025-01-01", "2025-12-31", "MX-CHP"] == 43758
    assert by_state["2025-01-01", "2025-12-31", "MEX"] == 155730
    resolutions = _table("irregular_events_resolution_period").set_index(["period_start", "resolution"])["events"]
    assert resolutions["2024-01-01", "exit_letter"] == 988000
    assert resolutions["2025-01-01", "exit_letter"] == 101223
    assert resolutions["2025-01-01", "returned"] == 11804


def test_cards_and_letters() -> None:
    """Humanitarian cards of 2023 and of January to November 2024; letters of naturalisation of 2024."""
    cards = _table("residence_cards_period").query("card == 'humanitarian' and breakdown == 'total'")
    by_end = cards.set_index(["period_start", "period_end"])["cards"]
    assert by_end["2023-01-01", "2023-12-31"] == 129212
    assert by_end["2024-01-01", "2024-11-30"] == 3755
    inm = _table("residence_cards_period").query("breakdown == 'total' and period_end == '2023-12-15'")
    assert inm.set_index("card")["cards"].to_dict() == {"humanitarian": 135382, "permanent": 83529, "temporary": 136235}
    letters = _table("naturalisations_year").query("breakdown == 'total'")
    spans = letters.set_index(["period_start", "period_end"])["letters"]
    assert spans["2024-01-01", "2024-12-31"] == 6125
    assert spans["2020-01-01", "2024-12-31"] == 15486


def test_who_lives_in_mexico() -> None:
    """Born abroad by census, and Venezuelans by series."""
    census = {1990: 340000, 2000: 492617, 2010: 961121, 2015: 1007063, 2020: 1212252}
    assert _yearly("foreign_born_census_year", "persons") == census
    assert _yearly("venezuelans_year", "persons", series="r4v") == {2023: 113108, 2024: 112453, 2025: 106015}
    assert _yearly("venezuelans_year", "persons", series="census") == {2020: 52948}
    programme = _table("integration_programme_period")
    assert programme[programme["indicator"] == "participants_cumulative"]["value"].max() == 50000


def test_single_figures_on_integration() -> None:
    """Born in the United States by census, the survey of refugees, the gap in employment."""
    table = _table("integration_findings_period").set_index(["indicator", "period_end"])
    assert table.loc[("born_in_usa", "2020-12-31"), "persons"] == "797266"
    assert table.loc[("refugees_casual_work_no_contract", "2017-12-31"), "percent"] == "74.3"
    assert table.loc[("foreign_born_employment_gap", "2023-12-31"), "points"] == "-12"


def test_legal_work_and_transit() -> None:
    """Workers sent to Canada, border worker cards and estimates of transit."""
    _agree(_yearly("ptat_workers_year", "workers"), {1974: 203, 2013: 18499, 2019: 26407, 2022: 25671, 2024: 26579})
    cards = _table("border_worker_cards_period")
    quarter = cards[(cards["period_start"] == "2023-01-01") & (cards["period_end"] == "2023-03-31")]
    assert quarter.query("state_code == 'MEX' and breakdown == 'total'")["cards"].tolist() == [1747]
    assert quarter.query("state_code != 'MEX'")["cards"].sum() == 1747
    transit = _table("transit_estimates_period").set_index(["population", "period_end"])["persons"]
    assert transit["central_america", "2014-12-31"] == 392000
    assert [transit["all", end] for end in ("2015-12-31", "2017-12-31")] == [300000, 270419]


def test_outcomes_at_the_us_border() -> None:
    """Outcomes are rounded to ten, so the nationalities add up to the total within the rounding."""
    table = _table("us_outcomes_fy")
    total = table[table["breakdown"] == "total"].set_index(["outcome", "fiscal_year"])["events"]
    parts = table[table["breakdown"] == "nationality"].groupby(["outcome", "fiscal_year"])["events"].sum()
    assert total["encounters", 2014] == 570050
    assert (total - parts).abs().max() <= 60
    assert set(table[table["fiscal_year"] == 2024]["through"]) == {"2024-08-31"}


def test_migrant_protection_protocols() -> None:
    """Book-outs by fiscal year (OHSS), enrolments by month (CBP) and court cases (TRAC)."""
    table = _table("mpp_period").set_index(["series", "period_end"])["persons"]
    years = ["2019-09-30", "2020-09-30", "2021-09-30", "2022-09-30"]
    assert [table["ohss", end] for end in years] == [44250, 20200, 3240, 12410]
    months = table["cbp"]
    assert months[months.index <= "2020-12-31"].sum() == 11549
    assert months.sum() == 12211
    assert table["trac", "2020-01-31"] == 61000


@counted("foreigners_returned_year", "minors_events_month", "irregular_events_sex_age_year")
def test_children_in_events_and_returns() -> None:
    """Events of girls, boys and adolescents by year, their age and sex in 2024, and returns of children."""
    minors = {2018: 29258, 2019: 53507, 2020: 11262, 2021: 77608, 2023: 113542, 2024: 138882, 2025: 10639}
    _agree(_yearly("minors_events_month", "events"), minors)
    _agree(_yearly("irregular_events_sex_age_year", "events"), {2024: 1230126})
    assert _yearly("minors_events_month", "events", sex="female")[2024] == 65948  # 47.5 percent
    assert _yearly("minors_events_month", "events", sex="female")[2018] == 10749  # 36.7 percent
    returned = _yearly("foreigners_returned_year", "events", type="assisted_return_of_children")
    assert returned[2019] == 46777
    assert [round(100 * returned[year] / minors[year], 1) for year in (2019, 2024)] == [87.4, 2.8]


@counted("minors_events_month")
def test_first_releases_of_events_of_children() -> None:
    """What was published first for 2014, 2018, 2021 and 2023, and for the first ten months of 2019."""
    table = _table("minors_events_published_period")
    whole = table[(table["age_group"] == "0-17") & (table["company"] == "total")]
    ends = whole.drop_duplicates("period_end", keep="last").set_index("period_end")["events"]
    assert ends["2014-12-31"] == 23096
    assert [ends[f"{year}-12-31"] for year in (2018, 2021, 2023)] == [31717, 75592, 106778]
    assert ends["2019-10-31"] == 48753
    months = _table("minors_events_month").query("'2019-01' <= month <= '2019-10-31'")
    assert months["events"].sum() == 50162


def test_covid_health_and_school() -> None:
    """COVID-19 to 4 April 2021, never the sum of two cumulative counts; consultations; children and school."""
    covid = _table("covid_migrants_date").query("state_code == 'MEX'").set_index(["period_end", "indicator"])
    assert covid.loc[("2021-04-04", "confirmed"), "cases"] == "1428"
    assert covid.loc[("2021-04-04", "deaths"), "deaths"] == "61"
    assert covid.loc[("2021-02-15", "confirmed"), "cases"] == "1208"
    assert not {"2192", "105"} & {*covid["cases"], *covid["deaths"]}  # the sum that counts cases twice
    services = _table("health_services_period").set_index(["provider", "service", "period_end"])["services"]
    assert services["imss", "medical", "2018-12-31"] == "38215"
    assert services["msf", "medical", "2022-12-31"] == "67700"
    findings = _table("integration_findings_period").set_index("indicator")
    assert findings.loc["foreign_born_children_with_mexican_parent", "persons"] == "488112"
    assert findings.loc["refugee_children_out_of_school", "percent"] == "67"


@counted("attitudes_latinobarometro_year", "attitudes_neighbours_2024", "attitudes_wvs_year")
def test_opinions_stated_in_surveys() -> None:
    """World Values Survey, Latinobarómetro and its median, neighbours in 17 countries."""
    wvs = _table("attitudes_wvs_year").set_index(["question", "year"])["percent"]
    assert [wvs["jobs_to_nationals", year] for year in (1990, 2018)] == [82.49, 50.21]
    assert round(wvs["not_as_neighbours", 2018], 1) == 13.6
    assert ("not_as_neighbours", 1981) not in wvs
    assert ("strict_limits", 2012) not in wvs
    assert wvs["bad_for_development", 2018] == 26.04
    said = _table("attitudes_latinobarometro_year").set_index(["item", "year"])
    assert [said.loc[("arrival_harms", year), "percent"] for year in (2020, 2024)] == [60.7, 46.8]
    assert [said.loc[("increase_crime", year), "percent"] for year in (2020, 2023, 2024)] == [65.2, 51.9, 55.9]
    assert [said.loc[("compete_for_jobs", year), "percent"] for year in (2020, 2024)] == [50.6, 50.5]
    items = ("arrival_harms", "not_good_for_economy", "increase_crime")
    assert [said.loc[(item, 2024), "median"] for item in items] == [53.7, 37.3, 55.9]
    neighbours = _table("attitudes_neighbours_2024").set_index("country")
    assert neighbours.loc["MEX", ["percent", "answers", "no_answer"]].tolist() == [17.4, 863, 28.1]
    assert neighbours["percent"].rank(ascending=False)["MEX"] == 7
    assert neighbours["no_answer"].idxmax() == "MEX"
    assert len(neighbours) == 17


@counted("displacement_year")
def test_displacement_by_conflict() -> None:
    """IDMC's displacements of a year, and people living in displacement at its end; nobody counted in 2009 and 2012."""
    conflict = _table("displacement_year").query("cause == 'conflict'").set_index("year")
    flow = {2010: 115000, 2014: 9024, 2017: 20160, 2019: 8664, 2020: 9741, 2021: 28867, 2023: 11041}
    assert {year: int(conflict["displacements"][year]) for year in flow} == flow
    assert conflict["displacements"][[2009, 2012]].tolist() == ["", ""]
    stock = {2019: 346945, 2021: 379246, 2023: 390250, 2024: 390250}
    assert {year: int(conflict["stock"][year]) for year in stock} == stock


@counted("displacement_year", "disaster_displacement_half_year")
def test_displacement_by_disasters() -> None:
    """IDMC's displacements of a year, and those of the first half of 2020."""
    disasters = {2010: 900300, 2017: 194994, 2019: 18286, 2021: 18688, 2022: 10566, 2023: 195864, 2024: 52738}
    _agree(_yearly("displacement_year", "displacements", cause="disasters"), disasters)
    assert _yearly("disaster_displacement_half_year", "displacements", half="first")[2020] == 9016


@counted("displacement_hazard_year")
def test_displacement_by_hazard() -> None:
    """Storms and earthquakes by year, and the disasters of 2024."""
    assert _yearly("displacement_hazard_year", "displacements", hazard="earthquake")[2017] == 192318
    assert _yearly("displacement_hazard_year", "displacements", hazard="storm")[2023] == 195230
    by_hazard = _table("displacement_hazard_year").query("year == 2024")
    assert by_hazard[["displacements", "events"]].sum().tolist() == [52738, 68]


@counted("disaster_top_events")
def test_large_disasters() -> None:
    """Otis is most of 2023; every disaster named has five thousand displacements or more."""
    events = _table("disaster_top_events")
    assert len(events) == 15
    assert events["displacements"].min() == 5137
    assert _yearly("disaster_top_events", "displacements", event="otis") == {2023: 187000}


@counted("idp_census_estimate_state")
def test_displaced_persons_by_state() -> None:
    """The number that UNHCR repeats since 2022."""
    country = _table("idp_census_estimate_state").query("state_code == 'MEX'")
    assert country.set_index("year")["persons"].to_dict() == dict.fromkeys(range(2022, 2026), 262411)


def test_people_displaced_in_mass_episodes() -> None:
    """People counted by CMDPDH and PDH Ibero; the states of three years add up as they do in the reports."""
    mass = _table("conflict_displacement_state_year").assign(persons=lambda t: pd.to_numeric(t["persons"]))
    by_year = mass[mass["state_code"] == "MEX"].set_index("year")["persons"]
    assert by_year.to_dict() == {2018: 11491, 2019: 8664, 2020: 9741, 2021: 28943, 2023: 12623, 2024: 28900}
    states = mass[mass["state_code"] != "MEX"].groupby("year")["persons"].sum()
    assert [states[year] for year in (2018, 2019, 2022)] == [11491, 8664, 9602]


def test_impacts_of_hurricane_otis() -> None:
    """Fifty-two deaths and thirty-two missing by February 2024; the doubtful count of missing is not taken."""
    otis = _table("disaster_impacts").query("event == 'otis'").set_index(["indicator", "counted"])["people"]
    assert (otis["deaths", "2024-02-01"], otis["missing", "2024-02-01"]) == ("52", "32")
    assert ("missing", "2023-11-08") not in otis.index


def test_deaths_in_the_earthquake_of_19_september() -> None:
    """Civil protection counted 343 on 29 September and 366 on 3 October; Oaxaca (1) is below what a cell may hold."""
    rows = _table("disaster_impacts").query("event == 'earthquake_19_september' and indicator == 'deaths'")
    people = rows.assign(people=pd.to_numeric(rows["people"])).set_index(["counted", "state_code"])["people"]
    assert (people["2017-09-29", "MEX"], people["2017-10-03", "MEX"]) == (343, 366)
    assert people["2017-10-03"].drop("MEX").sum() == 366 - 1


@counted("remittances_month")
def test_pesos_explain_what_dollars_do_not() -> None:
    """Dollars, exchange rate and prices of January-April 2026 and 2025: together they give the constant pesos."""
    months = _table("remittances_month")
    amounts = months.set_index("month")[["inflow_musd", "inflow_mmxn", "inflow_real_mmxn"]].astype(float)
    now, ago = (amounts.loc[f"{year}-01-01" : f"{year}-04-01"].sum() for year in (2026, 2025))
    rate, rate_ago = now["inflow_mmxn"] / now["inflow_musd"], ago["inflow_mmxn"] / ago["inflow_musd"]
    assert (round(rate_ago, 2), round(rate, 2)) == (20.32, 17.52)
    prices = (now["inflow_mmxn"] / now["inflow_real_mmxn"]) / (ago["inflow_mmxn"] / ago["inflow_real_mmxn"])
    assert round(100 * (prices - 1), 1) == 4.2


@counted("foreigners_returned_month")
def test_returns_by_month() -> None:
    """Returns of years, and of the periods whose first release was corrected."""
    table = _table("foreigners_returned_month")
    years = {2015: 181163, 2019: 149812, 2021: 130275, 2024: 20834, 2025: 3970}
    _agree(_yearly("foreigners_returned_month", "events"), years)
    months = table.set_index("month")["events"]
    assert months["2022-01-01":"2022-03-01"].sum() == 32671
    assert months["2023-01-01":"2023-03-01"].sum() == 26366


@counted("foreign_born_edition_2020_year")
def test_the_earlier_edition_of_the_un() -> None:
    """People born abroad in Mexico, International Migrant Stock 2020."""
    _agree(_yearly("foreign_born_edition_2020_year", "persons"), {2020: 1197624})


def test_rounds_of_the_dtm() -> None:
    """Interviews and persons covered, the comparisons that IOM published, and what the API serves."""
    rounds = _table("dtm_rounds").set_index(["indicator", "place", "period_start"])["value"]
    interviews = rounds["interviews"]
    assert (len(interviews), interviews.min(), interviews.max()) == (11, 103, 819)
    assert rounds["persons_covered", "northern_border", "2022-10-01"] == 1780
    answers = _table("dtm_indicators").query("comparison != ''").set_index(["comparison", "period_start"])["pct"]
    assert answers["destination_2025"].tolist() == [24, 46]
    assert answers["stay_2025"].tolist() == [29, 76]
    served = _table("dtm_api").set_index("indicator")["value"]
    assert served.to_dict() == {"countries": 53, "mexico": 0, "operations": 106}


def test_first_releases() -> None:
    """The first figures of section 8 of the data guide that stand in the figures files."""
    first = _table("revisions").query("release == 1").set_index(["series", "period_start", "period_end"])["value"]
    wanted = {
        ("irregular_events", "2021-01-01", "2021-10-31"): 228115,
        ("irregular_events", "2021-01-01", "2021-12-31"): 307569,
        ("irregular_events", "2023-01-01", "2023-12-31"): 782176,
        ("irregular_events", "2024-01-01", "2024-04-30"): 481025,
        ("minors_events", "2018-01-01", "2018-12-31"): 31717,
        ("minors_events", "2023-01-01", "2023-12-31"): 106778,
        ("returns_by_mexico", "2021-01-01", "2021-12-31"): 114366,
        ("returns_by_mexico", "2022-01-01", "2022-03-31"): 26131,
        ("returns_by_mexico", "2023-01-01", "2023-03-31"): 21758,
        ("asylum_claims", "2021-01-01", "2021-12-31"): 131448,
        ("asylum_claims", "2023-01-01", "2023-12-31"): 140982,
        ("remittances_inflow", "2025-01-01", "2025-12-31"): 61791,
        ("idp_stock", "2018-01-01", "2018-12-31"): 338000,
        ("border_deaths", "2014-01-01", "2014-12-31"): 306,
        ("mass_displacement", "2021-01-01", "2021-12-31"): 44905,
    }
    assert {key: first[key] for key in wanted} == wanted


@counted("trafficking_victims_year", "trafficking_victims_month")
def test_victims_of_trafficking_in_persons() -> None:
    """Victims in state files by year, women and girls, children among known ages, and the first states."""
    wanted = {2015: 1171, 2016: 782, 2017: 537, 2018: 584, 2019: 682, 2020: 681, 2021: 753, 2022: 942, 2024: 790}
    _agree(_yearly("trafficking_victims_year", "victims"), {**wanted, 2025: 392})
    women = _yearly("trafficking_victims_year", "victims", sex="female")
    _agree(women, {2018: 366, 2020: 458, 2022: 639, 2024: 558})
    minors, adults = (_yearly("trafficking_victims_year", "victims", age_group=age) for age in ("0-17", "18+"))
    shares = {year: 100 * minors[year] / (minors[year] + adults[year]) for year in minors if year >= 2018}
    assert (round(min(shares.values())), round(max(shares.values()))) == (47, 67)
    assert round(shares[2024], 1) == 58.4
    months = _table("trafficking_victims_month").set_index("month")["victims"]
    assert (months["2024-01-01":"2024-06-01"].sum(), months["2025-01-01":].sum()) == (388, 392)


@counted("trafficking_victims_state_year")
def test_victims_of_trafficking_by_state() -> None:
    """The first was Mexico City in 2020 and Quintana Roo in 2024; 27 had victims."""
    table = _table("trafficking_victims_state_year").set_index(["year", "state_code"])
    victims = table["victims"]
    assert victims[2020].drop("MEX").idxmax() == "MX-CMX"
    assert victims[2024].drop("MEX").idxmax() == "MX-ROO"
    assert victims[2024]["MX-ROO"] == 201
    assert (victims[2024].drop("MEX") > 0).sum() == 27
    rates = pd.to_numeric(table["per_100k"])
    assert [round(rates[2024, code], 2) for code in ("MX-ROO", "MEX")] == [9.75, 0.6]


def test_trafficking_counts_of_other_sources() -> None:
    """What three other sources count for 2020; where a report gives parts, they add up to its total."""
    table = _table("trafficking_counts_by_source")
    totals = table.query("scope == 'all' and exploitation == 'all'").set_index(["source", "year"])["victims"]
    assert [totals[source, 2020] for source in ("tip", "cndh", "unodc")] == [673, 1072, 1316]
    tip = table[table["source"] == "tip"]
    for year in (2015, 2017, 2018, 2019):
        assert tip[(tip["year"] == year) & (tip["scope"] != "all")]["victims"].sum() == totals["tip", year]
    for year in (2017, 2018, 2022):
        assert tip[(tip["year"] == year) & (tip["exploitation"] != "all")]["victims"].sum() == totals["tip", year]
    inm = _table("inm_victims_nationality").set_index(["breakdown", "category", "period_start", "period_end"])
    assert inm["victims"].groupby("breakdown").sum()["exploitation"] == 160
    assert inm.loc[("total", "total", "2018-01-01", "2023-07-31"), "victims"] == 160


def test_migrant_smuggling() -> None:
    """Federal files by state add up to the country's, and people rescued by year to the published total."""
    files = _table("smuggling_fgr_state").query("period_end == '2022-08-31'").set_index("state_code")["files"]
    assert files["MEX"] == files.drop("MEX").sum() == 4707
    assert [files[code] for code in ("MX-NLE", "MX-CHP", "MX-VER")] == [858, 729, 649]
    assert _table("smuggling_rescued_year")["persons"].sum() == 77498
