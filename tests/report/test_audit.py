"""The audit: what is counted on a tiny data package, and the real one counted again from the CSV files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from analysis.check.facts import recompute, wrong_facts
from analysis.foundation.errors import QuantityError
from analysis.package.data_package import DataPackage
from analysis.package.table import Table
from analysis.report.audit import SERIES, Entry, Inventory, Revision, figure, released, revisions
from analysis.report.facts import Derivation, Fact, PlacedFact
from analysis.values.quantities import Quantity

pytestmark = pytest.mark.slow

DATA = Path(__file__).parents[2] / "data"
DATES = [date(2020, 12, 31), date(2023, 6, 30), date(2026, 6, 30)]


def inventory_of(package: DataPackage, day: date) -> Inventory:
    """The inventory of a data package on a date."""
    return Inventory([package.table(name, day) for name in package.names], day)


@cache
def real(day: date) -> Inventory:
    """The inventory of the committed data package on a date."""
    return inventory_of(DataPackage(DATA), day)


@cache
def revised(day: date) -> list[Revision]:
    """The revisions that can be shown on a date."""
    package = DataPackage(DATA)
    return revisions(lambda name: package.table(name, day))


def again(quantity: Quantity, folder: Path) -> float | None:
    """The number that the CSV files give, following a derivation that went through JSON."""
    return recompute(through_json(Fact.of(quantity)).derivation, folder)


def wrong(quantities: Iterable[Quantity], folder: Path) -> list[str]:
    """What the CSV files do not give again, of many numbers at once."""
    facts = [PlacedFact(str(q.derivation), "n", through_json(Fact.of(q))) for q in quantities]
    return wrong_facts(facts, folder)


def through_json(fact: Fact) -> Fact:
    """The fact as it is read back from a file."""
    return msgspec.json.decode(msgspec.json.encode(fact), type=Fact)


def every_number(inventory: Inventory) -> Iterator[Quantity]:
    """Counts by each trait, by year and by rows, and the ages of each table."""
    for trait in ("folder", "trust", "unit", "publisher", "licence", "late", "dated", "released"):
        for value in {entry.trait(trait) for entry in inventory.entries}:
            yield inventory.count(**{trait: value})
    for year in range(2000, inventory.as_of.year + 2):
        yield inventory.count(year=year)
    yield inventory.count(year=(1800, 1999), folder="tables")
    yield inventory.count(trust=["A", "B"])
    yield inventory.figures(folder="compiled")
    yield from (inventory.distinct(trait) for trait in ("publisher", "licence", "unit"))
    for entry in inventory.entries:
        yield from (inventory.months_behind(entry), inventory.months_usual(entry), inventory.rows(entry.name))


# -- the inventory ----------------------------------------------------------------------------------------------------


def test_tables_are_counted_by_what_they_are(package: DataPackage) -> None:
    """Five tables, one of them typed in; years that a row touches, also in the middle of a span."""
    inventory = inventory_of(package, date(2026, 6, 30))
    assert inventory.count().value == 5
    assert inventory.count(folder="compiled").value == 1
    assert inventory.count(unit=["persons", "events"]).value == 2
    assert [inventory.count(year=year).value for year in (2015, 2019, 2023, 2026)] == [0, 1, 3, 0]
    assert inventory.count(year=(2000, 2019)).value == 1
    assert inventory.distinct("publisher", folder="tables").value == 4
    assert inventory.rows("events_month", state_code="MX-OAX").value == 3


def test_only_what_is_in_sight_is_counted(package: DataPackage) -> None:
    """Before the crimes were published there are four tables, and the year 2025 has no claims yet."""
    inventory = inventory_of(package, date(2022, 6, 30))
    assert [entry.name for entry in inventory.entries] == ["states"]
    later = inventory_of(package, date(2025, 6, 30))
    assert later.count(year=2025).value == 1  # the events by month
    assert inventory.rows("claims_year").value == 0


def test_age_is_measured_against_the_length_of_a_period_and_the_lag(package: DataPackage) -> None:
    """A year may be out a year and its lag later; a year still running, and a month, after a month and the lag."""
    inventory = inventory_of(package, date(2026, 6, 30))
    ages = {e.name: (e.months_behind, e.months_usual, e.late) for e in inventory.entries}
    assert ages == {
        "claims_year": (6, 18, False),
        "deaths_year": (9, 2, True),
        "events_month": (15, 3, True),
        "crimes_period": (30, None, False),
        "states": (None, None, False),
    }
    assert inventory.count(late=True).value == 2
    assert [entry.name for entry in inventory.worst()] == ["events_month", "deaths_year", "claims_year"]


def set_everywhere(folder: Path, **provenance: str) -> DataPackage:
    """A data package of whose tables all say the same in their provenance."""
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource["provenance"] |= provenance
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return DataPackage(folder)


def test_a_year_that_was_complete_on_a_date_is_not_late_for_a_month(tiny_data: Path) -> None:
    """The deaths of 2024 were the last on record in mid-2025: a whole year, so the next was due a year later."""
    inventory = inventory_of(set_everywhere(tiny_data, date_published="2025-06-20"), date(2025, 6, 30))
    deaths = next(entry for entry in inventory.entries if entry.name == "deaths_year")
    assert (str(deaths.last), deaths.months_behind, deaths.months_usual) == ("2024-12-31", 6, 13)


def test_a_closed_series_is_never_late(tiny_data: Path) -> None:
    """Where the metadata say that no update will come, nothing is usual."""
    package = set_everywhere(tiny_data, update_period="closed")
    assert inventory_of(package, date(2026, 6, 30)).count(dated=True).value == 0


def test_of_a_version_that_came_out_later_no_delay_is_told(package: DataPackage) -> None:
    """In mid-2025 the versions in use, of June 2026, did not exist: where those of the day ended is not known."""
    inventory = inventory_of(package, date(2025, 6, 30))
    assert inventory.count(released=False).value == 5  # the crimes too: days of rows do not make quotations of a file
    assert inventory.count(dated=True).value == 0
    assert {entry.late for entry in inventory.entries} == {False}


@pytest.mark.parametrize(("stated", "out"), [("2025-06-30", True), ("2025-06", True), ("2025", False), ("2026", False)])
def test_a_version_counts_from_the_last_day_that_it_may_be_of(tiny_data: Path, stated: str, out: bool) -> None:
    """Where only the month or the year of a version is known it may be of the last day of it; recount agrees."""
    inventory = inventory_of(set_everywhere(tiny_data, date_published=stated), date(2025, 6, 30))
    counted = inventory.count(released=True, name="claims_year")
    assert counted.value == again(counted, tiny_data) == (1 if out else 0)


def test_in_2020_no_table_is_said_to_be_within_its_interval() -> None:
    """Today's files of that time are all younger: "0 tables late" would be an assumption, not a finding."""
    inventory = real(date(2020, 12, 31))
    assert inventory.count(dated=True).value == 0
    assert inventory.count(folder="tables", released=True).value == 1  # the UN's edition of 2020


def test_an_unknown_trait_is_an_error(package: DataPackage) -> None:
    """A condition that no table can meet would count zero without a word."""
    with pytest.raises(ValueError, match="'colour' is no trait of a table"):
        inventory_of(package, date(2026, 6, 30)).count(colour="blue")


@pytest.mark.parametrize("day", [date(2022, 9, 1), date(2025, 6, 30), date(2026, 6, 30)])
def test_every_number_of_a_tiny_inventory_is_counted_again(package: DataPackage, day: date) -> None:
    """The CSV files give each count and age again, at three dates."""
    assert wrong(every_number(inventory_of(package, day)), package.folder) == []


@pytest.mark.parametrize("day", DATES)
def test_every_number_of_the_real_inventory_is_counted_again(day: date) -> None:
    """The committed CSV files and their descriptor give each count and age again, at three dates."""
    assert wrong(every_number(real(day)), DATA) == []


def test_a_row_that_goes_changes_what_is_counted_again(package: DataPackage) -> None:
    """The second count reads the files, not the inventory."""
    counted = inventory_of(package, date(2026, 6, 30)).rows("claims_year")
    path = package.path("claims_year")
    path.write_text(path.read_text(encoding="utf-8").replace("2025,CUB,300\n", ""), encoding="utf-8")
    assert again(counted, package.folder) == counted.number - 1


def test_an_unknown_measure_is_named(package: DataPackage) -> None:
    """A derivation of another version of the library is not guessed."""
    with pytest.raises(ValueError, match="unknown measure 'colours' of the audit"):
        recompute(Derivation(op="audit", measure="colours", as_of="2026-06-30", where={}, cells={}), package.folder)


def test_the_version_changes_with_any_table(tiny_data: Path) -> None:
    """The digest of the package is that of the digests of its tables."""
    before = inventory_of(DataPackage(tiny_data), date(2026, 6, 30)).version
    path = tiny_data / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("sha256:states", "sha256:other"), encoding="utf-8")
    assert inventory_of(DataPackage(tiny_data), date(2026, 6, 30)).version != before


def test_every_table_has_a_short_publisher_in_both_languages() -> None:
    """Rows of the matrix are names, not lines of a source: no comma, no parenthesis, one English name each."""
    names: dict[str, set[str]] = {}
    for entry in real(date(2026, 6, 30)).entries:
        spanish, english = (entry.metadata.short_publisher(language) for language in ("es", "en"))
        assert spanish
        assert not set("(),") & set(spanish + english)
        if entry.trait("folder") == "tables":
            names.setdefault(spanish, set()).add(english)
    assert all(len(english) == 1 for english in names.values()), names


def test_a_usual_interval_is_known_for_tables_made_from_files_alone() -> None:
    """Figures typed in come when they come; spans, closed series, lists and later versions say nothing."""
    for entry in real(date(2026, 6, 30)).entries:
        open_series = entry.metadata.period.kind not in {"none", "span"}
        open_series &= entry.metadata.provenance["update_period"] not in {"closed", "irregular"}
        open_series &= entry.released
        assert (entry.months_usual is not None) == (entry.trait("folder") == "tables" and open_series), entry.name


# -- revisions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DATES)
def test_every_revision_is_computed_again(day: date) -> None:
    """First and current figure have one unit and one period, and the CSV files give the change again."""
    found = revised(day)
    assert all(revision.first.unit == revision.current.unit for revision in found)
    assert {revision.series for revision in found} <= set(SERIES)
    assert wrong((revision.change for revision in found), DATA) == []


def held(name: str, column: str = "", **where: Any) -> float | None:
    """The sum of a committed table, as it stands today."""
    package = DataPackage(DATA)
    return package.table(name, package.newest_access).total(column, **where).value


def test_the_revisions_of_the_data_guide() -> None:
    """First figures as typed in; beside them what our tables hold once their versions are out, or the last release."""
    found = {(r.series, r.period): r for r in revised(DataPackage(DATA).newest_access)}
    events, minors, returns = "irregular_events_month", "minors_events_month", "foreigners_returned_month"
    idmc = "displacement_year"
    expected = {
        ("irregular_events", "2021-01/2021-10"): (228115, held(events, month=("2021-01", "2021-10"))),
        ("irregular_events", "2021"): (307569, held(events, month=("2021-01", "2021-12"))),
        ("irregular_events", "2023"): (782176, held(events, month=("2023-01", "2023-12"))),
        ("irregular_events", "2024-01/2024-04"): (481025, held(events, month=("2024-01", "2024-04"))),
        ("minors_events", "2018"): (31717, held(minors, month=("2018-01", "2018-12"))),
        ("minors_events", "2021-01/2021-10"): (48707, held(minors, month=("2021-01", "2021-10"))),
        ("minors_events", "2023"): (106778, held(minors, month=("2023-01", "2023-12"))),
        ("returns_by_mexico", "2021"): (114366, held(returns, month=("2021-01", "2021-12"))),
        ("returns_by_mexico", "2022-01/2022-03"): (26131, held(returns, month=("2022-01", "2022-03"))),
        ("returns_by_mexico", "2023-01/2023-03"): (21758, held(returns, month=("2023-01", "2023-03"))),
        ("asylum_claims", "2021"): (131448, 129329),
        ("asylum_claims", "2023"): (140982, 140720),
        ("displaced_by_disasters", "2019"): (16000, held(idmc, "displacements", year=2019, cause="disasters")),
        ("displaced_by_conflict", "2019"): (7100, held(idmc, "displacements", year=2019, cause="conflict")),
        ("idp_stock", "2018"): (338000, held(idmc, "stock", year=2018, cause="conflict")),
        ("mass_displacement", "2021"): (44905, 28943),
        ("border_deaths", "2019"): (497, held("migrant_deaths_year_area", year=2019, area="border")),
        ("foreign_born", "2020"): (1197624, held("foreign_born_year", year=2020)),
    }
    assert {key: (found[key].first.value, found[key].current.value) for key in expected} == expected


def test_what_was_corrected_after_a_date_is_not_told_at_that_date() -> None:
    """In July 2023 nobody knew the returns of the file of June 2025: only two releases of the time make a revision."""
    found = {(r.series, r.period): (r.first.value, r.current.value) for r in revised(date(2023, 7, 15))}
    assert found == {
        ("returns_by_mexico", "2022-01/2022-03"): (26131, 29073),
        ("asylum_claims", "2021"): (131448, 129780),
        ("mass_displacement", "2021"): (44905, 28943),
    }
    assert revised(date(2020, 12, 31)) == []


def test_an_earlier_edition_of_the_un_is_compared_once_the_later_one_is_out() -> None:
    """People born abroad in 2020 were estimated anew in the edition of 2024."""
    assert [r.period for r in revised(date(2024, 6, 30)) if r.series == "foreign_born"] == []
    assert [r.period for r in revised(date(2025, 2, 28)) if r.series == "foreign_born"] == ["2020"]


def test_a_release_that_was_out_stands_for_a_version_that_was_not() -> None:
    """The file of Banxico in use is of July 2026 or later; copies of the series of before have five of its years."""
    package, day = DataPackage(DATA), date(2026, 6, 30)
    assert not released(package.table("remittances_month", day))
    found = {r.period: r for r in revised(day) if r.series == "remittances_inflow"}
    assert {r.current.tables for r in found.values()} == {("revisions",)}
    releases = package.table("revisions", day)
    for year, revision in found.items():
        copied = figure(releases, series="remittances_inflow", period_start=f"{year}-01-01", release=2)
        assert revision.current.number == copied.number


def test_a_period_that_is_not_wholly_in_sight_is_not_compared() -> None:
    """Where our months end in October 2021, the first figure of January to November has nothing to stand beside."""
    package = DataPackage(DATA)

    def read(name: str) -> Table:
        table = package.table(name, package.newest_access)
        return replace(table, frame=table.frame[table.frame["month"] < "2021-11"]) if name.endswith("_month") else table

    periods = {r.period for r in revisions(read) if r.series == "returns_by_mexico"}
    assert "2021-01/2021-10" in periods
    assert "2021-01/2021-11" not in periods


def test_a_first_figure_without_a_current_one_is_left_out() -> None:
    """COMAR's figure of 2021 stood alone until a later release was published."""
    assert "2021" not in {r.period for r in revised(date(2022, 6, 30)) if r.series == "asylum_claims"}
    later = [r for r in revised(date(2023, 6, 30)) if (r.series, r.period) == ("asylum_claims", "2021")]
    assert [(r.first.value, r.current.value) for r in later] == [(131448, 129780)]


def test_a_figure_has_the_unit_of_its_row() -> None:
    """Rows of other sources have units of their own; a figure not in sight has no value."""
    table = DataPackage(DATA).table("disagreements", date(2026, 6, 30))
    households = figure(table, topic="remittance_households", source="enigh")
    assert (households.value, households.unit) == (1.7, "million_households")
    early = DataPackage(DATA).table("disagreements", date(2020, 12, 31))
    assert figure(early, topic="remittance_households", source="enigh").value is None
    with pytest.raises(QuantityError, match='source="enigh" \\(or government\\)'):
        figure(table, topic="remittance_households")


def test_an_entry_of_a_span_has_its_years() -> None:
    """A span touches each of its years, and none after the date."""
    table = DataPackage(DATA).table("dtm_rounds", date(2024, 6, 30))
    assert Entry(table).years == {2018, 2019, 2022, 2023}
