"""The leaflet: rules on invented numbers, and the verdicts on the real ones, computed again from the CSV files."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from analysis.data import DataPackage
from analysis.leaflet import VERDICTS, Claim, Evidence, Finding, claims, count, verdict, worst
from analysis.publish.facts import recompute
from analysis.quantities import Quantity

DATA = Path(__file__).parents[1] / "data"
Row = dict[str, str]


def of(value: float | None) -> Quantity:
    """An invented quantity."""
    return Quantity(value, "persons", "2020")


# -- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "now", "scope", "expected"),
    [
        (104, 104, "present", "confirmed"),
        (104, 106, "present", "superseded"),
        (106, 104, "present", "confirmed"),
        (104, None, "present", "confirmed"),
        (None, 106, "present", "superseded"),
        (104, 106, "period", "confirmed"),
        (106, 104, "period", "revised"),
        (None, 104, "period", "not_verifiable"),
        (None, None, "present", "not_verifiable"),
    ],
)
def test_a_figure_stands_with_the_latest_data_or_with_those_of_its_closed_period(
    then: float | None, now: float | None, scope: str, expected: str
) -> None:
    """Near means within so many percent; a missing figure decides nothing."""
    found = Evidence(Finding(of(then)), Finding(of(now)))
    assert verdict("near", scope, 5, of(100), found) == expected


def test_an_indirect_computation_can_confirm_but_not_refute() -> None:
    """Far from the figure, it leaves the statement unverified."""
    assert verdict("indirect", "period", 5, of(100), Evidence(Finding(of(96)))) == "confirmed"
    assert verdict("indirect", "period", 5, of(100), Evidence(Finding(of(80)))) == "not_verifiable"


def test_rise_and_fall_compare_with_the_value_before() -> None:
    """No change is neither a rise nor a fall, and without a value before the rule cannot be applied."""
    up, same = Evidence(Finding(of(2), of(1))), Evidence(Finding(of(1), of(1)))
    assert verdict("rise", "period", 0, of(None), up) == "confirmed"
    assert verdict("rise", "period", 0, of(None), same) == "revised"
    assert verdict("fall", "present", 0, of(None), up) == "superseded"
    assert verdict("rise", "period", 0, of(None), Evidence(Finding(of(2), of(None)))) == "not_verifiable"
    with pytest.raises(ValueError, match="rule 'rise' needs a value to compare with"):
        verdict("rise", "period", 0, of(None), Evidence(Finding(of(2))))


def test_a_statement_without_a_table_is_not_verifiable_whatever_stands_beside_it() -> None:
    """Context does not decide."""
    assert verdict("none", "present", 0, of(100), Evidence(Finding(of(100)))) == "not_verifiable"


def test_the_verdict_of_a_whole_is_that_of_its_weakest_part() -> None:
    """What no longer holds weighs most, what is confirmed least."""
    assert worst(iter(["confirmed", "superseded", "revised"])) == "superseded"
    assert worst(iter(["confirmed", "not_verifiable"])) == "not_verifiable"
    assert worst(iter(["confirmed", "confirmed"])) == "confirmed"


# -- the real statements ----------------------------------------------------------------------------------------------


@cache
def at(day: date) -> dict[str, Claim]:
    """The statements as of a date."""
    package = DataPackage(DATA)
    return {claim.key: claim for claim in claims(lambda name: package.table(name, day))}


def rows(name: str) -> list[Row]:
    """Rows of a table, read with the standard library."""
    folder = "tables" if (DATA / "tables" / f"{name}.csv").exists() else "compiled"
    with (DATA / folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add(name: str, column: str, **where: str | set[str]) -> float:
    """Sum of a column over the rows whose cells are as wanted, or among those wanted."""
    wanted = {key: {value} if isinstance(value, str) else value for key, value in where.items()}
    kept = [row for row in rows(name) if all(row[key] in values for key, values in wanted.items())]
    return sum(float(row[column]) for row in kept)


def near(value: float, claimed: float, percent: float) -> bool:
    """Whether a value lies within so many percent."""
    return abs(value / claimed - 1) <= percent / 100


def events(year: str, *nationalities: str) -> float:
    """Events of some nationalities in a year."""
    return add("irregular_events_nationality_year", "events", year=year, nationality=set(nationalities))


def cps(year: str, measure: str) -> float:
    """Millions of the CPS series."""
    return add("mexicans_in_usa_year", "million", year=year, measure=measure, series="CPS")


def displaced(*causes: str) -> float:
    """Displacements of 2019."""
    return add("displacement_year", "displacements", year="2019", cause=set(causes))


def mpp(*starts: str) -> float:
    """Persons that CBP put under MPP in the months that start on these days."""
    return add("mpp_period", "persons", series="cbp", period_start=set(starts))


def recomputed() -> dict[str, str]:
    """Each verdict at the edition 2026-1, from the CSV files and plain arithmetic."""
    nca = 100 * events("2024", "GTM", "HND", "SLV") / add("irregular_events_nationality_year", "events", year="2024")
    africa_asia = add("irregular_events_region_year", "events", year="2024", region={"africa", "asia"})
    four = 100 * events("2024", "IND", "CMR", "COD", "BGD") / africa_asia
    dhs = add("mpp_period", "persons", series="dhs", period_end="2021-01-31")
    in_2019 = dhs - mpp(*[f"2020-{m:02}-01" for m in range(1, 13)], "2021-01-01")
    spring_and_summer = {f"2020-0{m}-01" for m in range(3, 9)}
    patrol = add("title42_month", "expulsions", component="border_patrol", month=spring_and_summer)
    half = add("disaster_displacement_half_year", "displacements", year="2020", half="first")
    published = add("displacement_published_period", "displacements", period_end="2020-06-30", cause="conflict")
    r4v = {r["year"]: float(r["persons"]) for r in rows("venezuelans_year") if r["series"] == "r4v"}
    population = add("population_state_year", "population", year="2018", state_code="MEX")
    span = {"period_start": "2025-01-01", "period_end": "2025-08-31"}
    repatriated = add("repatriations_mexicans_period", "events", **span, state_code="MEX", breakdown="total")
    crimes = [float(r["crimes"]) for r in rows("crimes_against_migrants_period") if r["breakdown"] == "total"]
    deaths = add("migrant_deaths_year_area", "dead_and_missing", year="2024", area="mexico")
    offices = max(float(r["places"]) for r in rows("iom_presence_year"))
    lost = max(float(r["pct"]) for r in rows("covid_work_period"))
    may, march = (add("irregular_events_month", "events", month=f"2020-{m}-01") for m in ("05", "03"))

    def present(holds: bool) -> str:
        return "confirmed" if holds else "superseded"

    def period(holds: bool) -> str:
        return "confirmed" if holds else "revised"

    return {
        "S01a": present(near(cps("2024", "origin"), 38.5, 5)),
        "S01b": present(near(cps("2024", "born"), 12.3, 5)),
        "S02a": present(repatriated >= 1000),
        "S03a": period(near(population, 125e6, 0.5)),
        "S04a": "not_verifiable",
        "S05a": "not_verifiable",
        "S06a": present(near(nca, 95, 3)),
        "S07a": present(four >= 50),
        "S08a": "not_verifiable",
        "S09a": present(r4v["2025"] > r4v["2023"]),
        "S10a": present(min(crimes) > 0),
        "S10b": present(deaths > 0),
        "S11a": period(near(displaced("conflict", "disasters"), 23000, 5)),
        "S11b": period(near(displaced("disasters"), 16000, 5)),
        "S12a": period(near(half, 9000, 5)),
        "S12b": period(near(published, 4600, 5)),
        "S13a": "not_verifiable",
        "S14a": "confirmed" if near(in_2019, 62000, 5) else "not_verifiable",
        "S15a": period(near(patrol, 148000, 5)),
        "S16a": present(near(offices, 6, 5)),
        "S17a": period(may < march),
        "S17b": period(mpp("2020-05-01") < mpp("2020-02-01")),
        "S17c": period(lost > 0),
    }


def test_each_verdict_follows_from_the_tables() -> None:
    """The verdict of every part of the seventeen statements, computed a second time without the library."""
    assert {key: claim.verdict for key, claim in at(date(2026, 6, 30)).items()} == recomputed()


def test_all_seventeen_statements_are_there_in_order() -> None:
    """S01 to S17, each with a reason that belongs to its verdict at the edition 2026-1."""
    found = at(date(2026, 6, 30)).values()
    assert list(dict.fromkeys(c.row["claim_id"] for c in found)) == [f"S{n:02}" for n in range(1, 18)]
    assert [c.key for c in found if c.row["reason_for"] != c.verdict] == []
    assert set(Counter(c.verdict for c in found)) == set(VERDICTS)


def test_what_the_data_said_then_and_say_now() -> None:
    """The figures that the data guide names."""
    found = at(date(2026, 6, 30))
    then = {key: round(c.evidence.then.value.number, 1) for key, c in found.items() if c.evidence.then}
    now = {key: round(c.evidence.now.value.number, 1) for key, c in found.items() if c.evidence.now}
    assert (then["S02a"], then["S03a"], then["S06a"], then["S07a"]) == (184423, 125995825, 91.5, 73.6)
    assert (then["S11a"], then["S11b"], then["S12a"], then["S14a"]) == (26950, 18286, 9016, 55789)
    assert (then["S15a"], then["S08a"], then["S10b"]) == (148716, 12943, 216)
    assert (now["S01a"], now["S06a"], now["S08a"], now["S04a"]) == (40.6, 20.3, 124694, 1212252)


def test_at_the_end_of_2020_nothing_later_decides() -> None:
    """What had not been published is not used: one statement was still supported, others had no data yet."""
    found = at(date(2020, 12, 31))
    assert found["S07a"].verdict == "confirmed"
    assert found["S12a"].verdict == "not_verifiable"
    assert found["S16a"].evidence.now is None
    ends = [f.value.period for c in found.values() for f in (c.evidence.then, c.evidence.now) if f and f.known]
    assert max(end[-7:][:4] if "/" in end else end[:4] for end in ends) <= "2020"


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2020, 12, 31)])
def test_the_count_of_verdicts_is_counted_again_from_the_files(day: date) -> None:
    """The four counts add up to seventeen, and the proof of facts finds each of them."""
    found = list(at(day).values())
    counts = {wanted: count(found, wanted) for wanted in VERDICTS}
    assert sum(q.number for q in counts.values()) == 17
    assert {wanted: recompute(q.derivation, DATA) for wanted, q in counts.items()} == {
        wanted: q.value for wanted, q in counts.items()
    }
