"""Statements put to the test: rules on invented numbers, and the real verdicts, computed again from the CSV files."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analysis.check.facts import recompute
from analysis.package.data_package import DataPackage
from analysis.report.evidence import Evidence, Observation
from analysis.report.facts import Derivation, Fact, Part
from analysis.report.statements import VERDICTS, Claim, by_number, claims, count, verdict, worst
from analysis.values.quantities import Quantity

DATA = Path(__file__).parents[2] / "data"
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
        (106, 106, "present", "differs"),
        (104, None, "present", "confirmed"),
        (None, 106, "present", "differs"),
        (104, 106, "period", "confirmed"),
        (106, 104, "period", "differs"),
        (None, 104, "period", "not_verifiable"),
        (None, None, "present", "not_verifiable"),
    ],
)
def test_a_figure_stands_with_the_latest_data_or_with_those_of_its_closed_period(
    then: float | None, now: float | None, scope: str, expected: str
) -> None:
    """Near means within so many percent; superseded, that it was near once; a missing figure decides nothing."""
    found = Evidence(Observation(of(then)), Observation(of(now)))
    assert verdict("near", scope, 5, of(100), found) == expected


def test_a_share_is_near_within_points() -> None:
    """95 per cent is told from 91.5 by points; five per cent of it would be almost all that it leaves to others."""
    near = {
        share: verdict("near_points", "period", 3, of(95), Evidence(Observation(of(share)))) for share in (92, 91.5)
    }
    assert near == {92: "confirmed", 91.5: "differs"}


def test_a_rise_is_compared_with_the_value_before() -> None:
    """No change is no rise, and without a value before the rule cannot be applied."""
    up, same = Evidence(Observation(of(2), of(1))), Evidence(Observation(of(1), of(1)))
    assert verdict("rise", "period", 0, of(None), up) == "confirmed"
    assert verdict("rise", "period", 0, of(None), same) == "differs"
    assert verdict("rise", "present", 0, of(None), Evidence(up.then, same.then)) == "superseded"
    assert verdict("rise", "period", 0, of(None), Evidence(Observation(of(2), of(None)))) == "not_verifiable"
    with pytest.raises(ValueError, match="rule 'rise' is unknown, or needs a value to compare with"):
        verdict("rise", "period", 0, of(None), Evidence(Observation(of(2))))


def test_that_something_exists_is_a_verdict_of_its_own() -> None:
    """One case does not confirm a statement without a figure; it shows that it says no more than that."""
    assert verdict("exists", "present", 0, of(None), Evidence(now=Observation(of(1)))) == "exists"
    assert verdict("exists", "present", 0, of(None), Evidence(now=Observation(of(0)))) == "differs"
    assert verdict("exists", "present", 0, of(None), Evidence()) == "not_verifiable"


def test_a_statement_without_a_series_is_not_verifiable_whatever_stands_beside_it() -> None:
    """Context does not decide."""
    assert verdict("none", "present", 0, of(100), Evidence(Observation(of(100)))) == "not_verifiable"


# -- the same source, the same population, that period ----------------------------------------------------------------


def test_what_a_source_counts_now_does_not_decide_on_what_it_had_published() -> None:
    """Who quotes a figure is not wrong because it was corrected later."""
    found = Evidence(Observation(of(100)), in_use=of(150))
    assert verdict("near", "period", 5, of(100), found) == "confirmed"
    assert verdict("near", "period", 5, of(150), found) == "differs"
    assert of(150) not in found.quantities


@pytest.mark.parametrize("part", ["then", "now"])
def test_the_proof_of_a_verdict_refuses_another_series(part: str) -> None:
    """The recount shares no code with the library, and holds the rule by itself."""
    wrong = Derivation(table="venezuelans_year", column="persons", where={"year": 2025, "series": "r4v"})
    of_a_part = Part(**{"claim_id": "S09", "part": "a", "then": (), "now": (), part: (wrong,)})
    counted = Derivation(op="count_verdicts", verdict="confirmed", of=((of_a_part,),))
    with pytest.raises(ValueError, match="S09a is compared with what its row does not name"):
        recompute(counted, DATA)


def test_the_proof_of_a_verdict_refuses_a_later_period_for_a_closed_one() -> None:
    """Displacements of 2024 do not decide what was said of 2019."""
    then, now = (
        Derivation(
            table="displacement_published_period",
            column="displacements",
            where={"period_end": day, "cause": "all"},
        )
        for day in ("2019-12-31", "2024-12-31")
    )
    part = Part("S11", "a", (then,), (now,))
    with pytest.raises(ValueError, match="S11a is compared with what its row does not name"):
        recompute(Derivation(op="count_verdicts", verdict="differs", of=((part,),)), DATA)


def test_the_verdict_of_a_whole_is_that_of_its_weakest_part() -> None:
    """What never agreed weighs more than what no longer holds, what is confirmed least."""
    assert worst(iter(["confirmed", "superseded", "differs"])) == "differs"
    assert worst(iter(["confirmed", "superseded", "not_verifiable"])) == "superseded"
    assert worst(iter(["confirmed", "exists", "not_verifiable"])) == "not_verifiable"
    assert worst(iter(["confirmed", "exists"])) == "exists"
    assert worst(iter(["confirmed", "confirmed"])) == "confirmed"


# -- the real statements ----------------------------------------------------------------------------------------------


@cache
def at(day: date) -> dict[str, Claim]:
    """The statements as of a date."""
    package = DataPackage(DATA)
    return {
        claim.key: claim
        for claim in claims(package.table("leaflet_claims", day), lambda name: package.table(name, day))
    }


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


def published(end: str, cause: str) -> float:
    """Displacements of a period as IDMC published them in 2020."""
    return add("displacement_published_period", "displacements", period_end=end, cause=cause)


DAYS = [date(2026, 6, 30), date(2025, 2, 28), date(2023, 7, 15), date(2021, 3, 31), date(2020, 12, 31)]


def venezuelans(year: str) -> float:
    """People born in Venezuela who live in Mexico."""
    return add("foreign_born_country_year", "persons", year=year, country="VEN")


def recomputed() -> dict[str, str]:
    """Each verdict at the edition 2026-1, from the CSV files and plain arithmetic."""
    nca = {
        year: 100 * events(year, "GTM", "HND", "SLV") / add("irregular_events_nationality_year", "events", year=year)
        for year in ("2020", "2024")
    }
    whole_2025 = {"period_start": "2025-01-01", "period_end": "2025-12-31"}
    repatriated = add("repatriations_mexicans_period", "events", **whole_2025, state_code="MEX", breakdown="total")
    crimes = [float(r["crimes"]) for r in rows("crimes_against_migrants_period") if r["breakdown"] == "total"]
    deaths = add("migrant_deaths_year_area", "dead_and_missing", year="2024", area="mexico")

    def present(now: bool, then: bool) -> str:
        return "confirmed" if now else "superseded" if then else "differs"

    def period(holds: bool) -> str:
        return "confirmed" if holds else "differs"

    verifiable = {
        "S01a": present(near(cps("2024", "origin"), 38.5, 5), near(cps("2015", "origin"), 38.5, 5)),
        "S01b": present(near(cps("2024", "born"), 12.3, 5), near(cps("2016", "born"), 12.3, 5)),
        "S02a": "exists" if repatriated > 0 else "differs",
        "S06a": present(abs(nca["2024"] - 95) <= 3, abs(nca["2020"] - 95) <= 3),
        "S09a": present(venezuelans("2024") > venezuelans("2020"), venezuelans("2020") > venezuelans("2015")),
        "S10a": "exists" if min(crimes) > 0 else "differs",
        "S10b": "exists" if deaths > 0 else "differs",
        "S11a": period(published("2019-12-31", "all") >= 23000),
        "S11b": period(near(published("2019-12-31", "disasters"), 16000, 5)),
        "S12a": period(near(published("2020-06-30", "disasters"), 9000, 5)),
        "S12b": period(near(published("2020-06-30", "conflict"), 4600, 5)),
    }
    others = ["S03a", "S04a", "S05a", "S07a", "S08a", "S13a", "S14a", "S15a", "S16a", "S17a", "S17b", "S17c"]
    return verifiable | dict.fromkeys(others, "not_verifiable")


def test_each_verdict_follows_from_the_tables() -> None:
    """The verdict of every part of the seventeen statements, computed a second time without the library."""
    assert {key: claim.verdict for key, claim in at(date(2026, 6, 30)).items()} == recomputed()


def test_all_seventeen_statements_are_there_in_order() -> None:
    """S01 to S17, each with a reason that belongs to its verdict at the edition 2026-1."""
    found = at(date(2026, 6, 30)).values()
    assert list(by_number([*found])) == [f"S{n:02}" for n in range(1, 18)]
    assert [c.key for c in found if c.statement.reason_for != c.verdict] == []
    assert set(Counter(c.verdict for c in found)) == set(VERDICTS)


def selections(derivation: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What a number was taken from, its period left out."""
    time = {"year", "month", "period_start", "period_end"}
    if "table" in derivation:
        where = {key: wanted for key, wanted in derivation["where"].items() if key not in time}
        yield {"table": derivation["table"], "column": derivation["column"], **where}
    for part in derivation.get("of", []):
        yield from selections(part)


@pytest.mark.parametrize("day", DAYS)
def test_then_and_now_are_of_one_source_and_one_population(day: date) -> None:
    """For every part of every statement, at every date: one table, one column, one choice of rows."""
    for claim in at(day).values():
        findings = [f for f in (claim.evidence.then, claim.evidence.now) if f is not None]
        each = [list(selections(q.derivation)) for finding in findings for q in finding.quantities]
        assert all(found == each[0] for found in each), claim.key
        assert bool(each) <= bool(claim.statement.compared_with), claim.key


@pytest.mark.parametrize("day", DAYS)
def test_for_a_closed_period_only_that_period_is_there(day: date) -> None:
    """S11 and S12 have what IDMC published on their year or half-year, one criterion for all, and nothing after it."""
    closed = [
        claim for claim in at(day).values() if claim.statement.scope == "period" and claim.statement.compared_with
    ]
    assert [claim.key for claim in closed] == ["S11a", "S11b", "S12a", "S12b"]
    assert all(claim.evidence.now is None for claim in closed)
    assert {claim.verdict for claim in closed} == {"confirmed"}
    assert all(claim.statement.compared_with.startswith("displacement_published_period.") for claim in closed)
    assert all(claim.evidence.then and claim.evidence.then.value.period == claim.statement.period for claim in closed)


def test_each_row_names_what_it_is_compared_with_or_that_nothing_measures_it() -> None:
    """A rule other than none has a series in the data and in words; none has no series, whatever the leaflet cites."""
    for row in rows("leaflet_claims"):
        named = (row["compared_with"], row["series_es"], row["series_en"])
        assert all(named) if row["rule"] != "none" else not any(named), row["claim_id"] + row["part"]
        assert row["population_es"], row["claim_id"]
    cited = {row["claim_id"]: row["source_named"] for row in rows("leaflet_claims") if row["source_named"]}
    assert list(cited) == ["S03", "S04", "S06", "S11", "S12", "S15"]


def test_what_the_data_said_then_and_say_now() -> None:
    """What the sources had published, sums of the tables, and nothing beside a statement that no series measures."""
    found = at(date(2026, 6, 30))
    then = {key: round(c.evidence.then.value.number, 1) for key, c in found.items() if c.evidence.then}
    now = {key: round(c.evidence.now.value.number, 1) for key, c in found.items() if c.evidence.now}
    everyone = add("irregular_events_nationality_year", "events", year="2020")
    share = round(100 * events("2020", "GTM", "HND", "SLV") / everyone, 1)
    deaths = add("migrant_deaths_year_area", "dead_and_missing", year="2020", area="mexico")
    assert (then["S02a"], then["S06a"], then["S09a"], then["S10b"]) == (184423, share, venezuelans("2020"), deaths)
    assert (then["S11a"], then["S11b"], then["S12a"], then["S12b"]) == (23100, 16000, 9000, 4600)
    in_use = {key: c.evidence.in_use.value for key, c in found.items() if c.evidence.in_use}
    disasters = add("displacement_year", "displacements", year="2019", cause="disasters")
    conflict = add("displacement_year", "displacements", year="2019", cause="conflict")
    half = add("disaster_displacement_half_year", "displacements", year="2020", half="first")
    assert in_use == {"S11a": disasters + conflict, "S11b": disasters, "S12a": half}
    everyone = add("irregular_events_nationality_year", "events", year="2024")
    share = round(100 * events("2024", "GTM", "HND", "SLV") / everyone, 1)
    assert (now["S01a"], now["S06a"], now["S09a"], now["S02a"]) == (40.6, share, venezuelans("2024"), 160192)
    assert not {"S03a", "S04a", "S05a", "S07a", "S08a", "S14a", "S15a", "S16a", "S17a", "S17b"} & (then | now).keys()


def test_idmc_had_published_what_the_leaflet_says() -> None:
    """The leaflet has the first figures, and that of disasters in 2020 is the total less conflict."""
    first = {c: published("2019-12-31", c) for c in ("all", "disasters")}
    half = {c: published("2020-06-30", c) for c in ("all", "conflict", "disasters")}
    assert first == {"all": 23100, "disasters": 16000}
    assert half["disasters"] == half["all"] - half["conflict"]
    assert all(row["published"] <= "2020-12-31" for row in rows("displacement_published_period"))


def test_what_the_reasons_say_of_the_series_is_so() -> None:
    """No full year had 95 per cent, and Venezuelans rise at each date."""
    years = {row["year"] for row in rows("irregular_events_nationality_year") if row["year"] != "2025"}
    parts = [events(y, "GTM", "HND", "SLV") / add("irregular_events_nationality_year", "events", year=y) for y in years]
    assert max(parts) < 0.95 - 0.03
    series = [venezuelans(str(year)) for year in (*range(1990, 2021, 5), 2024)]
    assert series == sorted(set(series))


def test_at_the_end_of_2020_nothing_later_decides() -> None:
    """What had not been published is not used: S01 agreed still, and others had no data yet."""
    found = at(date(2020, 12, 31))
    assert (found["S01a"].verdict, found["S06a"].verdict) == ("confirmed", "differs")
    assert found["S10a"].verdict == "not_verifiable"
    assert found["S10a"].evidence.now is None
    ends = [f.value.period for c in found.values() for f in (c.evidence.then, c.evidence.now) if f and f.known]
    assert max(end[-7:][:4] if "/" in end else end[:4] for end in ends) <= "2020"


@pytest.mark.parametrize("day", DAYS)
def test_nothing_is_superseded_by_data_older_than_the_leaflet(day: date) -> None:
    """What is superseded had agreed once, and what supersedes it is later."""
    for claim in at(day).values():
        if claim.verdict == "superseded":
            assert claim.evidence.then
            assert claim.evidence.now
            assert claim.evidence.then.value.period <= "2020" < claim.evidence.now.value.period


@pytest.mark.parametrize("day", DAYS)
def test_the_count_of_verdicts_is_counted_again_from_the_files(day: date) -> None:
    """The five counts add up to seventeen, and the proof of facts finds each of them."""
    found = list(at(day).values())
    counts = {wanted: count(found, wanted) for wanted in VERDICTS}
    assert sum(q.number for q in counts.values()) == 17
    assert {wanted: recompute(Fact.of(q).derivation, DATA) for wanted, q in counts.items()} == {
        wanted: q.value for wanted, q in counts.items()
    }
