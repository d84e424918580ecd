"""Tables: what is visible on a date, totals, and files that are not as described."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.check.facts import recompute
from analysis.mexico import COUNTRY
from analysis.package import table
from analysis.package.credits import Credit
from analysis.package.data_package import DataPackage
from analysis.package.descriptor import DataError
from analysis.package.selection import mask, selection
from analysis.report.facts import Fact
from analysis.values.measures import change, share
from analysis.values.periods import span_days

LATE = date(2026, 6, 30)
Edit = Callable[[DataPackage, str, str, str], None]


# -- the package ------------------------------------------------------------------------------------------------------


def test_a_package_lists_its_tables(package: DataPackage) -> None:
    """The tables are those of the descriptor, in its order."""
    assert package.names == ["claims_year", "deaths_year", "events_month", "crimes_period", "states"]


def test_an_unknown_table_is_answered_with_those_there_are(package: DataPackage) -> None:
    """A table that does not exist is answered with the names nearest to it, or with all."""
    for name in ("claims", "claim_yaer"):
        with pytest.raises(DataError, match=rf"there is no table '{name}': did you mean claims_year\?$"):
            package.table(name, LATE)
    with pytest.raises(DataError, match=r"there is no table 'x': the data package has claims_year, deaths_year"):
        package.table("x", LATE)


def test_a_missing_descriptor_says_what_to_do(tmp_path: Path) -> None:
    """A folder without descriptor is refused with the command that makes it."""
    with pytest.raises(DataError, match=r"datapackage\.json is missing: run `briefings refresh` or restore it"):
        DataPackage(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"resources": [1]}'])
def test_a_broken_descriptor_says_what_to_do(tmp_path: Path, content: str) -> None:
    """A file that is no descriptor is refused with the command that makes it."""
    (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"is not a data package \(.*\): run `briefings refresh` or restore it"):
        DataPackage(tmp_path)


def test_a_descriptor_says_when_the_newest_data_were_read(package: DataPackage) -> None:
    """The newest day of all tables; a table without one is told."""
    assert package.newest_access == date(2026, 11, 22)
    del package.resources["deaths_year"]["provenance"]["date_accessed"]
    with pytest.raises(DataError, match="does not say when each table was read"):
        assert package.newest_access


def test_metadata_in_both_languages(package: DataPackage) -> None:
    """Title, unit, publisher and caveats come in the language asked for."""
    claims = package.metadata("claims_year")
    assert (claims.title("es"), claims.title("en")) == ("Tabla claims_year", "Table claims_year")
    assert claims.unit == "persons"
    assert claims.caveats("es") == ["Es un mínimo."]
    assert claims.key == ["year", "nationality"]


def test_the_credit_says_who_what_when_and_under_what_licence(package: DataPackage) -> None:
    """It is made of the metadata alone, in both languages."""
    claims = package.metadata("claims_year")
    assert claims.credit("es", date(2026, 6, 30)) == Credit(
        "Editor de claims_year", "versión del 25 jun 2026", "consulta 22 nov 2026. Licencia CC BY 4.0"
    )
    assert claims.credit("en", date(2026, 6, 30)) == Credit(
        "Publisher of claims_year", "version of 25 Jun 2026", "accessed 22 Nov 2026. Licence CC BY 4.0"
    )


def test_figures_quoted_from_the_press_name_no_licence(package: DataPackage) -> None:
    """A version that is a year keeps it, and what is quoted says so in place of a licence."""
    crimes = package.metadata("crimes_period")
    assert crimes.credit("es", date(2026, 6, 30)) == Credit(
        "Editor de crimes_period", "versión de 2023", "consulta 22 nov 2026. Uso: cita con fuente"
    )
    assert crimes.credit("en", date(2026, 6, 30)).terms == "accessed 22 Nov 2026. Use: quoted with source"


def test_a_licence_that_forbids_commerce_says_so(package: DataPackage) -> None:
    """A restricted licence is marked in both languages."""
    events = package.metadata("events_month")
    assert events.licence("es") == "CC BY-NC 4.0 (uso no comercial)"
    assert events.licence("en") == "CC BY-NC 4.0 (non-commercial use)"


def test_a_version_dated_after_the_cut_off_says_so(package: DataPackage) -> None:
    """Where it is cited, each of several by itself; what was published before is not marked."""
    deaths = package.metadata("deaths_year")
    assert deaths.version("es", date(2025, 6, 30)) == "29 abr 2025 y 8 sep 2025 (posterior al corte)"
    assert deaths.credit("en", date(2025, 4, 28)).where == (
        "versions of 29 Apr 2025 (after the cut-off) and of 8 Sep 2025 (after the cut-off)"
    )
    crimes = package.metadata("crimes_period")
    assert crimes.version("es", date(2023, 1, 1)) == "2023"
    assert crimes.version("en", date(2022, 12, 31)) == "2023 (after the cut-off)"


def test_a_table_of_several_files_names_each_version(package: DataPackage) -> None:
    """Where a table joins two downloads, both dates are printed."""
    deaths = package.metadata("deaths_year")
    assert deaths.version("es", date(2026, 6, 30)) == "29 abr 2025 y 8 sep 2025"
    assert deaths.credit("en", date(2026, 6, 30)).where == "versions of 29 Apr 2025 and of 8 Sep 2025"


# -- what is visible on a date ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "last"),
    [("2026-06-19", 2025), ("2026-06-18", 2024), ("2025-12-31", 2024), ("2024-06-18", 2023)],
)
def test_a_year_is_seen_when_it_ended_and_was_published(package: DataPackage, as_of: str, last: int) -> None:
    """A year appears the day its publication lag (170 days here) has passed, not a day earlier."""
    claims = package.table("claims_year", date.fromisoformat(as_of))
    assert claims.years[-1] == last
    assert claims.frame["year"].max() == last


@pytest.mark.parametrize(
    ("as_of", "last"), [("2025-05-15", "2025-03"), ("2025-05-14", "2025-02"), ("2025-01-14", "2024-11")]
)
def test_a_month_is_seen_when_it_ended_and_was_published(package: DataPackage, as_of: str, last: str) -> None:
    """A month counts from its last day, however long it is, plus the lag (45 days here)."""
    events = package.table("events_month", date.fromisoformat(as_of))
    assert f"{events.frame['month'].max():%Y-%m}" == last


@pytest.mark.parametrize(
    ("as_of", "rows", "years"),
    [("2025-10-08", 6, [2023, 2024]), ("2025-10-07", 4, [2023, 2024]), ("2025-01-29", 2, [2023])],
)
def test_a_running_year_is_seen_from_the_day_it_reaches(
    package: DataPackage, as_of: str, rows: int, years: list[int]
) -> None:
    """A year that runs through 8 September is seen 30 days after that, and never counts as complete."""
    deaths = package.table("deaths_year", date.fromisoformat(as_of))
    assert len(deaths.frame) == rows
    assert deaths.years == years


@pytest.mark.parametrize(
    ("as_of", "rows"), [("2022-08-31", 0), ("2022-09-01", 2), ("2024-01-09", 2), ("2024-01-10", 3)]
)
def test_a_row_with_its_own_day_of_publication_uses_it(package: DataPackage, as_of: str, rows: int) -> None:
    """A span is seen the day its document appeared; where no day is stated, its end and the lag hold."""
    crimes = package.table("crimes_period", date.fromisoformat(as_of))
    assert len(crimes.frame) == rows
    assert crimes.empty == (rows == 0)


def test_a_table_without_period_is_always_seen(package: DataPackage) -> None:
    """Projections and names do not depend on the cut-off date."""
    assert len(package.table("states", date(1990, 1, 1)).frame) == 2


def test_years_of_a_monthly_table_are_an_error(package: DataPackage) -> None:
    """A table that is not yearly has no list of years, and the error says what it has."""
    with pytest.raises(DataError, match="table events_month has no year column: its periods are month"):
        assert package.table("events_month", LATE).years


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("claims_year", ("2023", "2025")),
        ("deaths_year", ("2023", "2025-09-08")),
        ("events_month", ("2024-11", "2025-03")),
        ("crimes_period", ("2016", "2023")),
        ("states", None),
    ],
)
def test_the_span_in_sight(package: DataPackage, name: str, span: tuple[str, str] | None) -> None:
    """A table says from when to when its visible rows reach, to the day where a year still runs."""
    assert package.table(name, LATE).span == span


def test_nothing_in_sight_has_no_span(package: DataPackage) -> None:
    """A table of which nothing had been published has no span."""
    assert package.table("claims_year", date(2000, 1, 1)).span is None


# -- totals -----------------------------------------------------------------------------------------------------------


def test_a_sum_that_is_asked_for_again_is_not_made_again(package: DataPackage, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is equal, and still a quantity of its own; a table of other rows has sums of its own."""
    claims, made = package.table("claims_year", LATE), []
    monkeypatch.setattr(table, "selection", lambda *given: made.append(given[2]) or selection(*given))
    first, again = claims.total(year=2024), claims.total("claims", year=2024)
    assert (first, made) == (again, ["claims"])
    assert first is not again
    cuban = claims.only(claims.frame[claims.frame["nationality"] == "CUB"])
    assert (claims.total(year=2024).value, cuban.total(year=2024).value) == (352, 150)


def test_an_empty_cell_meets_no_condition_but_that_it_be_empty() -> None:
    """In columns of whole numbers, of numbers and of days; an empty text is a text."""
    frame = pd.DataFrame(
        {
            "whole": pd.array([1, None, 3], dtype="Int64"),
            "number": [1.0, float("nan"), 3.0],
            "day": pd.to_datetime(["2024-01-01", None, "2024-03-01"]),
            "text": ["a", "", "c"],
        }
    )
    for column, value in (("whole", 1), ("number", 1.0), ("day", "2024-01-01"), ("text", "a")):
        assert mask(frame, {column: value}).tolist() == [True, False, False]
        assert mask(frame, {column: [value]}).tolist() == [True, False, False]
        assert mask(frame, {column: ""}).tolist() == [False, True, False]
    for column, first, last in (("whole", 2, 9), ("number", 2, 9), ("day", "2024-02-01", "2025-01-01")):
        assert mask(frame, {column: {"from": first, "to": last}}).tolist() == [False, False, True]


def test_a_total_remembers_where_it_came_from(package: DataPackage) -> None:
    """A sum carries unit, period, table and a selection that can be followed again."""
    received = package.table("claims_year", LATE).total(year=2025)
    assert received.value == 400
    assert (received.unit, received.period, received.geography) == ("persons", "2025", "MEX")
    assert received.tables == ("claims_year",)
    assert received.derivation == {"table": "claims_year", "column": "claims", "where": {"year": 2025}}
    assert not received.preliminary


@pytest.mark.parametrize(
    ("where", "value", "period"),
    [
        ({"year": (2023, 2024)}, 752, "2023/2024"),
        ({"nationality": ["HND", "NA"]}, 602, "2023/2025"),
        ({"year": 2024, "nationality": "NA"}, 2, "2024"),
        ({}, 1152, "2023/2025"),
    ],
)
def test_selections_of_a_yearly_table(package: DataPackage, where: dict[str, Any], value: float, period: str) -> None:
    """Values, lists and pairs select rows; "NA" is a code like any other."""
    total = package.table("claims_year", LATE).total(**where)
    assert (total.value, total.period) == (value, period)


def test_an_absent_row_is_zero_only_where_the_table_says_so(package: DataPackage) -> None:
    """A nationality without row made no claim; a state without row is simply not known."""
    claims = package.table("claims_year", LATE).total(year=2025, nationality="NA")
    events = package.table("events_month", LATE).total(month="2025-02", state_code="MX-OAX")
    assert (claims.value, claims.missing) == (0, "")
    assert (events.value, events.missing) == (None, "no_data")


def test_nothing_published_is_missing_not_zero(package: DataPackage) -> None:
    """Before the first publication even a table with absent zeros gives no number."""
    claims = package.table("claims_year", date(2000, 1, 1)).total(year=1999)
    assert (claims.value, claims.missing, claims.period) == (None, "no_data", "1999")


def test_months_are_written_as_months(package: DataPackage) -> None:
    """A month or a span of months selects the rows of those months and names the place."""
    events = package.table("events_month", LATE)
    january = events.total(month="2025-01", state_code="MX-CHP")
    quarter = events.total(month=("2025-01", "2025-03"))
    assert (january.value, january.period, january.geography) == (800, "2025-01", "MX-CHP")
    assert (quarter.value, quarter.period, quarter.geography) == (1609, "2025-01/2025-03", "MEX")
    assert january.derivation["where"] == {"month": "2025-01-01", "state_code": "MX-CHP"}


def test_a_timestamp_selects_its_month(package: DataPackage) -> None:
    """What pandas gives as a month may be given back."""
    events = package.table("events_month", LATE)
    last = events.frame["month"].max()
    assert events.total(month=last) == events.total(month="2025-03")


def test_figures_since_a_day_are_preliminary(package: DataPackage) -> None:
    """A sum that reaches into the preliminary months is preliminary."""
    events = package.table("events_month", LATE)
    assert events.total(month=("2024-12", "2025-01")).preliminary
    assert not events.total(month="2024-12").preliminary


def test_a_running_year_is_preliminary_and_names_its_last_day(package: DataPackage) -> None:
    """The period of an incomplete year ends on the day it reaches."""
    deaths = package.table("deaths_year", LATE)
    running = deaths.total("deaths", year=2025, area="mexico")
    several = deaths.total("deaths", area="mexico")
    complete = deaths.total("deaths", year=2024, area="mexico")
    assert (running.period, running.preliminary) == ("2025-01-01/2025-09-08", True)
    assert (several.period, several.preliminary) == ("2023-01-01/2025-09-08", True)
    assert (complete.period, complete.preliminary) == ("2024", False)


def test_a_column_has_its_own_unit(package: DataPackage) -> None:
    """The unit is that of the column, else that of the table."""
    deaths = package.table("deaths_year", LATE)
    assert deaths.total("children", year=2023).unit == "children"
    assert deaths.total("deaths", year=2023).unit == "dead_and_missing"


def test_an_empty_cell_is_not_zero(package: DataPackage) -> None:
    """A sum of cells that are all empty is missing; one number among them is no total, and what lacks is named."""
    deaths = package.table("deaths_year", LATE)
    assert deaths.total("children", year=2023, area="mexico").missing == "no_data"
    both = deaths.total("children", year=2023)
    assert (both.value, both.missing, both.lacks) == (None, "partial", ("mexico",))
    assert deaths.total("children", year=(2023, 2024)).lacks == ("2023, mexico", "2024, mexico")
    assert deaths.total("children", year=2023, area="border").value == 4
    assert deaths.total("deaths", year=2023).lacks == ()


def test_a_state_without_row_is_no_part_of_a_sum(package: DataPackage) -> None:
    """Of two states asked for, that of which nothing is known is named; where an absent row is zero, it is zero."""
    events, claims = package.table("events_month", LATE), package.table("claims_year", LATE)
    both = events.total(month="2025-02", state_code=["MX-CHP", "MX-OAX"])
    assert (both.value, both.missing, both.lacks) == (None, "partial", ("MX-OAX",))
    assert events.total(month=["2025-01", "2025-04"]).lacks == ("2025-04",)
    assert claims.total(year=2025, nationality=["CUB", "NA"]).value == 300


def test_of_many_empty_cells_a_few_are_named(root: Path) -> None:
    """A sum of money sent abroad before it was counted names five months and says how many more there are."""
    months = DataPackage(root / "data").table("remittances_month", LATE)
    sent = months.total("outflow_musd", month=("2010-01", "2013-03"))
    assert (sent.value, sent.missing) == (None, "partial")
    assert sent.lacks == ("2010-01", "2010-02", "2010-03", "2010-04", "2010-05", "+31")


# -- the place of a number --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "column", "where", "geography"),
    [
        ("remittances_state_year", "inflow_musd", {"year": 2024, "state_code": "MX-CHP"}, "MX-CHP"),
        ("remittances_state_year", "inflow_musd", {"year": 2024, "state_code": ["MX-CHP", "MX-OAX"]}, "MX-CHP+MX-OAX"),
        ("remittances_state_year", "inflow_musd", {"year": 2024}, "MEX"),
        ("remittances_state_year", "inflow_musd", {"year": 2024, "state_code": sorted(COUNTRY.state_codes)}, "MEX"),
        ("asylum_office_period", "claims", {"place": "Tapachula", "period": "2024"}, "MX-CHP"),
        ("asylum_office_period", "claims", {"place": "", "state_code": "MX-CMX", "period": "2022"}, "MX-CMX"),
        ("asylum_claims_year", "claims", {"year": 2024, "nationality": "CUB"}, "MEX"),
        ("asylum_rank_year", "claims", {"year": 2024, "country": "USA"}, "USA"),
        ("dtm_rounds", "value", {"place": "tijuana", "indicator": "interviews"}, "MX-BCN"),
        (
            "dtm_rounds",
            "value",
            {"place": "five_cities", "indicator": "interviews", "period": "2025-06/2025-08"},
            "MX-CHP+MX-CHH+MX-BCN+MX-CMX",
        ),
        ("dtm_rounds", "value", {"place": "country"}, "MEX"),
        ("education_facts_period", "persons", {"indicator": "migrant_pupils_costa_soconusco"}, "MX-CHP"),
        ("education_facts_period", "persons", {"indicator": "returned_under_20"}, "MEX"),
        ("migrant_deaths_year_area", "dead_and_missing", {"year": 2024, "area": "border"}, "MEX+USA"),
        ("migrant_deaths_year_area", "dead_and_missing", {"year": 2024, "area": "mexico"}, "MEX"),
    ],
)
def test_a_sum_is_of_the_places_that_it_selects(
    root: Path, name: str, column: str, where: dict[str, Any], geography: str
) -> None:
    """A state, a list of them, an office, a city or a country; without such a condition, the country."""
    assert DataPackage(root / "data").table(name, LATE).total(column, **where).geography == geography


def test_a_range_of_states_is_of_those_that_have_rows(package: DataPackage) -> None:
    """From one code to another, the places are those found."""
    events = package.table("events_month", LATE)
    assert events.total(month="2025-01", state_code=("MX-CHP", "MX-SLP")).geography == "MX-CHP+MX-OAX"


def test_the_places_of_values_are_those_of_the_table(root: Path) -> None:
    """Every value of a column of places is a code, or has its place in the descriptor, or means the whole country."""
    package = DataPackage(root / "data")
    for name in package.names:
        table = package.table(name, date(2100, 1, 1))
        for column in table.metadata.place_columns:
            codes = {code for value in table.frame[column] for code in table.metadata.place(column, value).split("+")}
            known = {*COUNTRY.state_codes, "unknown"}
            assert all(code in known or COUNTRY.is_country(code) for code in codes), (name, column)


# -- selections that can match nothing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "column", "where", "message"),
    [
        ("asylum_claims_year", "claims", {"nationality": "CUBA"}, r"'CUBA' is no value of .*: did you mean CUB\?"),
        ("asylum_claims_year", "claims", {"nationality": "Honduras"}, r"did you mean HND\?"),
        ("asylum_claims_year", "claims", {"nationality": "cub"}, r"did you mean CUB\?"),
        ("asylum_claims_year", "claims", {"nationality": ["CUB", "HDN"]}, r"'HDN' is no value .*HND"),
        ("asylum_claims_year", "claims", {"nationality": ("AAA", "CUB")}, r"'AAA' is no value"),
        ("asylum_claims_year", "claims", {"nationality": "ZZZ"}, r"'ZZZ' is no value"),
        ("asylum_claims_year", "claims", {"nationality": None}, r"'' is no value of column 'nationality'"),
        ("remittances_state_year", "inflow_musd", {"state_code": "MX-CHI"}, r"did you mean .*MX-CHP"),
        ("remittances_state_year", "inflow_musd", {"state_code": "Chiapas"}, r"did you mean MX-CHP\?"),
        ("remittances_state_year", "inflow_musd", {"state_code": "MEX"}, "leave it out for the whole country"),
        ("us_encounters_fy", "encounters", {"authority": "title8"}, r"did you mean title_8"),
        ("naturalisations_year", "letters", {"category": "VENEZ"}, r"did you mean VEN\?"),
        ("asylum_office_period", "claims", {"publisher": "Comar"}, r"'Comar' is no value .* it has COMAR"),
        ("asylum_claims_year", "claims", {"yaer": 2024}, r"no column 'yaer': did you mean year\?"),
        ("asylum_claims_year", "claim", {"year": 2024}, r"no column 'claim': did you mean claims\?"),
        ("asylum_claims_year", "nationality", {"year": 2024}, "column 'nationality' of table .* holds no numbers"),
        ("asylum_claims_year", "claims", {"year": (2020, 2021, 2022)}, r"no pair \(from, to\).*write .* a list"),
        ("asylum_claims_year", "claims", {"year": True}, "True is no value of column 'year', of type integer"),
    ],
)
def test_a_selection_that_can_match_nothing_is_refused(
    root: Path, name: str, column: str, where: dict[str, Any], message: str
) -> None:
    """A misspelt code or column is answered with the nearest, in sums, series and pivots alike; never with zero."""
    table = DataPackage(root / "data").table(name, LATE)
    with pytest.raises(DataError, match=message):
        table.total(column, **where)
    with pytest.raises(DataError, match=message):
        table.series(table.metadata.key[0], column, **where)
    with pytest.raises(DataError, match=message):
        table.pivot(*table.metadata.key[:2], column, **where)


def test_series_and_pivots_are_by_columns_that_exist(package: DataPackage) -> None:
    """A misspelt column to sum by is answered with the nearest."""
    claims = package.table("claims_year", LATE)
    with pytest.raises(DataError, match=r"no column 'yaer': did you mean year\?"):
        claims.series("yaer")
    with pytest.raises(DataError, match=r"no column 'nationalty': did you mean nationality\?"):
        claims.pivot("year", "nationalty")


@pytest.mark.parametrize("year", [2024, np.int64(2024), 2024.0])
def test_a_known_code_without_rows_is_what_the_table_says(root: Path, year: float) -> None:
    """A country that never claimed is a true zero; a state without figure is missing; years may be NumPy's."""
    package = DataPackage(root / "data")
    claims, offices = package.table("asylum_claims_year", LATE), package.table("asylum_office_period", LATE)
    assert "ISL" not in set(claims.frame["nationality"])
    assert claims.total(year=year, nationality="ISL").value == 0
    assert claims.total(year=2040, nationality="ISL").missing == "no_data"
    assert offices.total(state_code="MX-TLA").missing == "no_data"


def test_a_code_that_is_not_yet_in_sight_is_known(root: Path) -> None:
    """At an early date, a category whose first row comes later is missing, not misspelt."""
    package = DataPackage(root / "data")
    visas = package.table("us_work_visas_year", date(1998, 12, 31))
    assert visas.total("visas", fiscal_year=2001, visa_class="TN").missing == "no_data"
    cards = package.table("residence_cards_period", date(2019, 12, 31))
    later = {*package.table("residence_cards_period", LATE).frame["category"]} - {*cards.frame["category"]}
    assert later
    assert all(cards.total(card="humanitarian", category=code).value is None for code in later)


def test_a_yes_or_no_selects(root: Path) -> None:
    """A column of yes and no is selected by true and false, and the CSV file gives the same."""
    package = DataPackage(root / "data")
    answers = package.table("dtm_indicators", date(2100, 1, 1))
    for wanted in (True, False):
        row = answers.frame[answers.frame["multiple_answers"] == wanted].iloc[0]
        key = {name: row[name] for name in ("period_start", "period_end", "place", "indicator", "answer")}
        quantity = answers.total("pct", multiple_answers=wanted, **key)
        assert quantity.value == row["pct"]
        assert recompute(Fact.of(quantity).derivation, package.folder) == pytest.approx(quantity.value)
        assert answers.total("pct", multiple_answers=not wanted, **key).value is None


def test_the_years_of_a_projection_are_written_as_a_period(root: Path) -> None:
    """Where a table has no periods, the years that are asked for are those of the sum."""
    people = DataPackage(root / "data").table("population_state_year", LATE)
    assert people.total(year=(2018, 2020), state_code="MX-CHP").period == "2018/2020"
    assert people.total(year=np.int64(2020), state_code="MX-CHP").period == "2020"


def test_a_span_is_selected_by_its_period(package: DataPackage) -> None:
    """In tables of spans an ISO period stands for its first and last day."""
    crimes = package.table("crimes_period", LATE)
    span = crimes.total(period="2016/2022-06")
    assert (span.value, span.period) == (80, "2016/2022-06")
    assert span.derivation["where"] == {"period_start": "2016-01-01", "period_end": "2022-06-30"}
    assert crimes.total(period="2016/2022").value is None


def test_a_start_that_is_not_known_can_be_selected(package: DataPackage) -> None:
    """A span without start is found by asking for none, and its period is its last day."""
    open_start = package.table("crimes_period", LATE).total(period_start=None)
    assert (open_start.value, open_start.period) == (70, "2023-12-31")


def test_an_unknown_column_is_answered_with_those_there_are(package: DataPackage) -> None:
    """A column that does not exist, to sum or to select by, is quoted with the columns of the table."""
    claims = package.table("claims_year", LATE)
    for column, where in (("people", {}), ("claims", {"people": "HND"})):
        with pytest.raises(DataError, match="claims_year has no column 'people': it has year, nationality, claims"):
            claims.total(column, **where)


def test_a_table_with_several_measures_asks_which(package: DataPackage) -> None:
    """Where several columns could be summed, none is guessed."""
    with pytest.raises(DataError, match="name the column of table deaths_year: it has deaths, children"):
        package.table("deaths_year", LATE).total(year=2023)


def test_a_pivot_fills_zeros_only_where_absent_means_zero(package: DataPackage) -> None:
    """Crossing two columns gives zero or missing as the table says."""
    claims = package.table("claims_year", LATE).pivot("year", "nationality")
    events = package.table("events_month", LATE).pivot("month", "state_code", month=("2025-01", "2025-03"))
    assert claims.loc[2023].to_dict() == {"CUB": 100, "HND": 300, "NA": 0}
    assert events["MX-OAX"].isna().tolist() == [False, True, False]


def test_sums_by_columns_keep_no_partial_sum(package: DataPackage) -> None:
    """A group with an empty cell has no sum: neither its other cells, nor zero."""
    deaths = package.table("deaths_year", LATE)
    assert deaths.series("year", "children").isna().all()
    assert deaths.series("year", "children", area="border").tolist() == [4, 6, 1]
    assert deaths.series("year", "deaths").tolist() == [180, 140, 60]
    crossed = deaths.pivot("year", "area", "children")
    assert crossed["mexico"].isna().all()
    assert crossed["border"].tolist() == [4, 6, 1]


def test_an_empty_cell_is_no_zero_where_absent_rows_are(package: DataPackage, edit: Edit) -> None:
    """In a table whose absent rows are zeros, a row that is there with an empty cell is not."""
    edit(package, "claims_year", "2024,CUB,150", "2024,CUB,")
    claims = package.table("claims_year", LATE)
    crossed = claims.pivot("year", "nationality")
    assert pd.isna(crossed.loc[2024, "CUB"])
    assert crossed.loc[2023, "NA"] == 0
    assert claims.total(year=2024).lacks == ("CUB",)


def test_a_series_sums_by_its_index(package: DataPackage) -> None:
    """Sums by one column come in its order."""
    series = package.table("claims_year", LATE).series("year", nationality=["HND", "CUB"])
    assert series.to_dict() == {2023: 400, 2024: 350, 2025: 400}


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2016/2022-06", "2016-01-01", "2022-06-30"),
        ("2025-01-15/2025-02-03", "2025-01-15", "2025-02-03"),
    ],
)
def test_days_of_a_period(period: str, first: str, last: str) -> None:
    """An ISO period begins on its first day and ends on its last, leap years included."""
    assert span_days(period) == (date.fromisoformat(first), date.fromisoformat(last))


# -- files that are not as described ----------------------------------------------------------------------------------


@pytest.fixture
def edit() -> Edit:
    """Replaces text in the file of a table."""

    def replace_text(package: DataPackage, name: str, old: str, new: str) -> None:
        path = package.path(name)
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return replace_text


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "claims_year",
            "2025,CUB,300\n",
            "",
            r"claims_year\.csv has 6 rows, not 7: it was cut or edited; restore it or run `briefings refresh`",
        ),
        (
            "claims_year",
            "nationality",
            "country",
            r"claims_year\.csv: column 'nationality' is missing, renamed, unknown or out of order; datapackage\.json",
        ),
        (
            "claims_year",
            "year,nationality",
            "nationality,year",
            r"column 'year' is missing, renamed, unknown or out of order",
        ),
        (
            "claims_year",
            "2023,CUB,100",
            "2023,CUB,cien",
            r"claims_year\.csv, line 3, column 'claims': 'cien' is not a integer",
        ),
        ("claims_year", "2025,HND", "MMXXV,HND", r"line 7, column 'year': 'MMXXV' is not a integer"),
        ("events_month", "2024-12-01", "12/2024", r"line 4, column 'month': '12/2024' is not a date"),
        (
            "claims_year",
            "2024,CUB",
            "2024,HND",
            r"claims_year\.csv, line 5: a second row with the same year, nationality",
        ),
        ("claims_year", "2024,CUB,150", "2024,CUB,1,150", r"claims_year\.csv cannot be read as a table \(.*line 5"),
    ],
)
def test_a_table_that_is_not_as_described_is_refused(
    package: DataPackage, edit: Edit, name: str, old: str, new: str, message: str
) -> None:
    """A cut, renamed, mistyped or repeated part of a file is named with its file and place."""
    edit(package, name, old, new)
    with pytest.raises(DataError, match=message):
        package.table(name, LATE)


def test_a_column_too_many_is_named(package: DataPackage) -> None:
    """A column that the descriptor does not know is named."""
    path = package.path("states")
    path.write_text("state_code,inegi_code,population,colour\nMX-CHP,07,1,red\nMX-OAX,20,2,blue\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"states\.csv: column 'colour' is missing, renamed, unknown or out of order"):
        package.table("states", LATE)


def test_a_missing_file_is_named(package: DataPackage) -> None:
    """A table whose file is gone is named with what to do."""
    package.path("claims_year").unlink()
    with pytest.raises(DataError, match=r"claims_year\.csv is missing: run `briefings refresh` or restore it"):
        package.table("claims_year", LATE)


@pytest.mark.parametrize("content", [b"", b"year,nationality,claims\n2023,\xff,1\n"])
def test_a_file_that_is_no_text_table_is_refused(package: DataPackage, content: bytes) -> None:
    """An empty file, or one in another encoding, is named."""
    package.path("claims_year").write_bytes(content)
    with pytest.raises(DataError, match=r"claims_year\.csv cannot be read as a table"):
        package.table("claims_year", LATE)


def test_text_stays_text(package: DataPackage) -> None:
    """Codes keep their leading zeros, and "NA" is not a missing value."""
    assert package.table("states", LATE).frame["inegi_code"].tolist() == ["07", "20"]
    assert "NA" in package.table("claims_year", LATE).frame["nationality"].tolist()


# -- the committed package --------------------------------------------------------------------------------------------


def test_every_committed_table_is_as_described(root: Path) -> None:
    """Each table of the project reads with its types, and shows rows on a late date."""
    package = DataPackage(root / "data")
    late = date(2100, 1, 1)
    assert {name for name in package.names if package.table(name, late).empty} == set()


def test_the_descriptor_is_tidy_json(root: Path) -> None:
    """Every committed table states a lag, a unit and a kind of period."""
    resources = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert all(r["provenance"]["publication_lag_days"] >= 0 for r in resources)
    assert {r["period"]["kind"] for r in resources} <= {"year", "month", "quarter", "span", "none"}
    assert all(r["unit_key"] for r in resources)


def test_a_list_of_months_is_summed(package: DataPackage) -> None:
    """Several months, given one by one, are all summed."""
    assert package.table("events_month", LATE).total(month=["2025-01", "2025-02"]).value == 1600


def test_a_year_that_is_not_in_sight_is_missing(package: DataPackage) -> None:
    """An absent row means zero only in periods already published."""
    assert package.table("claims_year", date(2025, 12, 31)).total(year=2025).value is None


def test_a_year_given_as_text_is_refused(package: DataPackage) -> None:
    """A value of the wrong type is an error, never a silent zero."""
    with pytest.raises(DataError, match="year"):
        package.table("claims_year", LATE).total(year="2025")


def test_a_decimal_where_a_whole_number_belongs_is_refused(package: DataPackage, edit: Edit) -> None:
    """A decimal in a column of whole numbers is quoted, not cut."""
    edit(package, "claims_year", "2023,CUB,100", "2023,CUB,100.7")
    with pytest.raises(DataError, match=r"line 3, column 'claims': '100\.7' is not a integer"):
        package.table("claims_year", LATE)


def test_a_row_is_never_seen_before_its_period_ended(package: DataPackage, edit: Edit) -> None:
    """A document published before its period ended is seen when the period has ended."""
    edit(package, "crimes_period", "MX-CHP,50,2022-09-01", "MX-CHP,50,2022-05-01")
    assert package.table("crimes_period", date(2022, 5, 2)).empty


def test_a_series_keeps_empty_cells_missing(package: DataPackage) -> None:
    """Sums by year of cells that are all empty are missing, as in a total."""
    children = package.table("deaths_year", LATE).series("year", "children", area="mexico")
    assert pd.isna(children).all()


def test_a_total_with_absent_zeros_has_the_period_asked_for(package: DataPackage) -> None:
    """Where absent rows are zeros, the sum of three years is of three years."""
    assert package.table("claims_year", LATE).total(year=(2023, 2025), nationality="NA").period == "2023/2025"


def test_an_empty_view_of_a_table_stays_a_table(package: DataPackage) -> None:
    """A table seen before its first publication keeps its columns and gives missing totals."""
    events = package.table("events_month", date(2020, 1, 1))
    assert list(events.frame.columns) == ["month", "state_code", "events"]
    quantity = events.total(month=("2025-01", "2025-03"))
    assert replace(quantity, derivation={}).value is None
    assert quantity.period == "2025-01/2025-03"


def test_a_fiscal_year_is_complete_at_its_own_end(root: Path) -> None:
    """US fiscal years end on 30 September: the running one is no complete year, and its total is preliminary."""
    encounters = DataPackage(root / "data").table("us_encounters_fy", LATE)
    assert encounters.years[-1] == 2024
    assert not encounters.total(fiscal_year=2024).preliminary
    assert encounters.total(fiscal_year=2025).preliminary


def test_a_fiscal_year_is_written_as_the_months_it_covers(root: Path) -> None:
    """Fiscal 2024 is October 2023 to September 2024, and nobody takes it for the calendar year."""
    encounters = DataPackage(root / "data").table("us_encounters_fy", LATE)
    assert encounters.total(fiscal_year=2024).period == "2023-10/2024-09"
    assert encounters.total(fiscal_year=2025).period == "2024-10/2025-08"
    assert encounters.span == ("2018-10", "2025-08")


def test_a_table_can_be_narrowed_to_the_rows_that_numbers_came_from(package: DataPackage) -> None:
    """Rows of the selections behind derived quantities stay; those of other tables do not matter."""
    claims, crimes = package.table("claims_year", LATE), package.table("crimes_period", LATE)
    first, last = claims.years[0], claims.years[-1]
    moved = change(claims.total(year=last), claims.total(year=first))
    used = claims.used_by([moved, crimes.total(period="2016/2022-06")]).frame
    assert sorted(used["year"].unique()) == [first, last]
    assert len(used) == int(claims.frame["year"].isin([first, last]).sum())
    assert claims.used_by([]).empty


def test_the_months_of_a_whole_year_are_written_as_the_year(root: Path) -> None:
    """January to December is the year; fewer months are a span."""
    months = DataPackage(root / "data").table("remittances_month", LATE)
    assert months.total("inflow_musd", month=("2024-01", "2024-12")).period == "2024"
    assert months.total("inflow_musd", month=("2024-01", "2024-11")).period == "2024-01/2024-11"


def test_a_quarter_lasts_until_the_end_of_its_third_month(root: Path) -> None:
    """A quarter is named by its first day and covers three months: it is seen only after the third."""
    package = DataPackage(root / "data")
    costs = package.table("remittance_cost_quarter", LATE)
    assert costs.total("cost_pct", quarter="2020-07", corridor="USA-MEX").period == "2020-07/2020-09"
    assert costs.span == ("2011-01", "2020-09")
    before_the_end = package.table("remittance_cost_quarter", date(2020, 9, 29))
    assert before_the_end.frame["quarter"].max() < pd.Timestamp("2020-07-01")


def test_years_of_which_the_last_still_runs_are_written_to_its_last_month(root: Path) -> None:
    """The first quarter of a year joins no list of whole years."""
    states = DataPackage(root / "data").table("remittances_state_year", LATE)
    assert states.span == ("2003-01", "2026-03")
    assert states.total("inflow_musd", year=(2024, 2026), state_code="MX-JAL").period == "2024-01/2026-03"


def test_a_list_of_names_holds_no_numbers(root: Path) -> None:
    """The states have only codes and names, so no briefing cites them; the population by state and year is data."""
    package = DataPackage(root / "data")
    assert not package.metadata("states").has_numbers
    assert package.metadata("population_state_year").has_numbers
    assert package.table("population_state_year", LATE).span == ("2010", "2030")


def test_the_last_day_of_what_a_quantity_counts(package: DataPackage) -> None:
    """Of any period, in sight at the date; of a share, the day up to which part and whole both reach."""
    claims = package.table("claims_year", date(2026, 6, 30))
    assert claims.last_day(claims.total(year=2024)) == date(2025, 12, 31)
    earlier = package.table("claims_year", date(2025, 6, 30))
    assert earlier.last_day(earlier.total(year=2023)) == date(2024, 12, 31)
    part = claims.total(year=2024, nationality="CUB")
    assert claims.last_day(share(part, claims.total(year=2024))) == date(2025, 12, 31)
    assert claims.last_day(replace(part, derivation={})) is None


# -- breaks of series -------------------------------------------------------------------------------------------------


def test_a_sum_knows_the_breaks_of_its_series(root: Path) -> None:
    """TN visas halve unexplained in October 2023: sums that hold them know it, those of other classes do not."""
    visas = DataPackage(root / "data").table("us_work_visas_year", LATE)
    tn = {year: visas.total("visas", fiscal_year=year, visa_class="TN") for year in (2022, 2023, 2024)}
    farm = {year: visas.total("visas", fiscal_year=year, visa_class="H2A") for year in (2023, 2024)}
    assert change(tn[2023], tn[2022]).value is not None
    assert change(tn[2024], tn[2023]).missing == "break"
    assert change(farm[2024], farm[2023]).value is not None
    assert change(*(visas.total("visas", fiscal_year=year) for year in (2024, 2023))).missing == "break"


def test_a_fiscal_year_in_which_a_break_falls_is_not_compared(root: Path) -> None:
    """Title 42 began in fiscal year 2020 and ended in 2023: neither is compared, nor one within with one outside."""
    border = DataPackage(root / "data").table("us_encounters_fy", LATE)
    by_year = {year: border.total(fiscal_year=year) for year in range(2019, 2025)}
    pairs = [(2020, 2019), (2021, 2020), (2022, 2021), (2023, 2022), (2024, 2023), (2024, 2019)]
    compared = [(now, before) for now, before in pairs if change(by_year[now], by_year[before]).value is not None]
    assert compared == [(2022, 2021)]


@pytest.mark.parametrize(
    ("name", "narrowed", "broken"),
    [
        ("displacement_year", {"column": "displacements"}, True),
        ("displacement_year", {"column": "displacements", "cause": "conflict"}, False),
        ("displacement_year", {"column": "stock"}, False),
        ("foreigners_returned_year", {"column": "events"}, False),
        ("foreigners_returned_year", {"column": "per_100_events"}, True),
        ("us_work_visas_year", {"column": "visas", "visa_class": ["H2A", "H2B"]}, False),
    ],
)
def test_a_table_narrowed_to_what_is_shown_has_the_breaks_of_that(
    root: Path, name: str, narrowed: dict[str, Any], broken: bool
) -> None:
    """A chart of one column and some rows says nothing of breaks elsewhere in the table."""
    table = DataPackage(root / "data").table(name, LATE)
    assert table.breaks
    assert bool(table.showing(**narrowed).breaks) is broken


@pytest.mark.parametrize(
    ("name", "period", "since"),
    [
        ("remittances_month", "2025", "2013-01-01"),
        ("remittances_month", "2012", "2003-01-01"),
        ("remittances_month", "2002", "1995-01-01"),
        ("irregular_events_month", "2024-05", "2021-01-01"),
        ("irregular_events_month", "2020", "2018-01-01"),
        ("asylum_claims_year", "2025", "2000-01-01"),
        ("us_encounters_fy", "2023-10/2024-09", "2023-05-12"),
    ],
)
def test_a_table_says_since_when_it_counts_alike(root: Path, name: str, period: str, since: str) -> None:
    """From the last break before a period, else from the first day in sight: from there on it has a highest value."""
    assert DataPackage(root / "data").table(name, LATE).alike_since(period) == date.fromisoformat(since)


def test_a_table_with_nothing_in_sight_counts_nothing_alike(root: Path) -> None:
    """Before anything was published there is no first day: the message names the table."""
    table = DataPackage(root / "data").table("irregular_events_month", date(2000, 1, 1))
    with pytest.raises(DataError, match="table irregular_events_month has no period in sight"):
        table.alike_since("2024")


def test_a_break_that_is_not_well_described_is_told_when_the_table_is_read(package: DataPackage) -> None:
    """A descriptor that was edited by hand stops the report with one sentence, at the table."""
    descriptor = json.loads((package.folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"][0]["breaks"] = [{"date": "2021", "es": "x", "en": "x"}]
    (package.folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(DataError, match=r"datapackage\.json does not describe table claims_year"):
        DataPackage(package.folder).table("claims_year", LATE)
