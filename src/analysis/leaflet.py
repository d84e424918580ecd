"""The leaflet put to the test: what it said, what the data say for that date, what they say now, and the verdict.

`data/compiled/leaflet_claims.csv` holds each statement and its rule. `evidence` takes from the tables what bears on it,
and `verdict` applies the rule. Nothing here knows the answer: another date or another vintage may give another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import pandas as pd

from analysis.data import Table
from analysis.errors import QuantityError
from analysis.measures import difference, share, total
from analysis.periods import shortest_span
from analysis.places import NORTHERN_CENTRAL_AMERICA
from analysis.quantities import Quantity

Verdict = Literal["confirmed", "revised", "superseded", "not_verifiable"]
VERDICTS: Final[tuple[Verdict, ...]] = ("confirmed", "revised", "superseded", "not_verifiable")

_LEAFLET_YEAR: Final = 2020
_EXTRA_REGIONAL: Final = ["IND", "CMR", "COD", "BGD"]
_AFRICA_AND_ASIA: Final = ["africa", "asia"]

Read = Callable[[str], Table]


@dataclass(frozen=True)
class Finding:
    """What the data say on one statement at one time: a value, and what it is compared with where it is a change."""

    value: Quantity
    before: Quantity | None = None

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return self.value.value is not None and (self.before is None or self.before.value is not None)


@dataclass(frozen=True)
class Evidence:
    """What the data say for the date that the leaflet speaks of, and what they say now; None where nothing does."""

    then: Finding | None = None
    now: Finding | None = None


@dataclass(frozen=True)
class Claim:
    """One statement, or one part of it, with its evidence and verdict.

    Attributes:
        row: the row of ``leaflet_claims``: topic and wording in both languages, rule, reason.
        claimed: the value stated; without value where the leaflet gives no figure.
        evidence: what the data say.
        verdict: what follows from the rule.
    """

    row: Mapping[str, Any]
    claimed: Quantity
    evidence: Evidence
    verdict: Verdict

    @property
    def key(self) -> str:
        """Number and part, as ``S01a``."""
        return f"{self.row['claim_id']}{self.row['part']}"

    @property
    def decisive(self) -> Finding | None:
        """What the verdict rests on: the data of the closed period, or the latest; None where there are none."""
        return decisive(str(self.row["scope"]), self.evidence)

    @property
    def quantities(self) -> list[Quantity]:
        """Every quantity of its evidence."""
        findings = [f for f in (self.evidence.then, self.evidence.now) if f is not None]
        return [q for f in findings for q in (f.value, f.before) if q is not None]

    @property
    def derivation(self) -> dict[str, Any]:
        """How to reach its verdict again from the tables: the rule, the value stated and the evidence."""
        found = {"then": self.evidence.then, "now": self.evidence.now}
        return {
            **{key: self.row[key] for key in ("claim_id", "part")},
            **{key: _proof(finding) for key, finding in found.items()},
        }


def claims(read: Read) -> list[Claim]:
    """Return every part of every statement with its verdict, in the order of the leaflet.

    Args:
        read: gives a table by name, as seen on the date of the briefing.
    """
    table = read("leaflet_claims")
    found = evidence(read)
    return [_claim(table, dict(row), found) for row in table.frame.to_dict("records")]


def _claim(table: Table, row: Mapping[Any, Any], found: Mapping[str, Evidence]) -> Claim:
    stated = table.total("value_claimed", claim_id=row["claim_id"], part=row["part"])
    # The column holds values of many units, so the unit stands in the row.
    claimed = replace(stated, unit=str(row["unit"]), period=str(row["period"]))
    bearing = found.get(f"{row['claim_id']}{row['part']}", Evidence())
    limit = float(row["rule_value"])
    return Claim(row, claimed, bearing, verdict(str(row["rule"]), str(row["scope"]), limit, claimed, bearing))


def verdict(rule: str, scope: str, limit: float, claimed: Quantity, found: Evidence) -> Verdict:
    """Apply the rule of a statement to what the data say.

    A statement on a closed period stands or falls with the data of that period, as they are today; one on the present
    with the latest data.

    Args:
        rule: ``near``, ``indirect``, ``at_least``, ``rise``, ``fall`` or ``none`` (see the descriptor of the table).
        scope: ``period`` or ``present``.
        limit: tolerance in percent, or threshold.
        claimed: the value stated.
        found: what the data say.

    Returns:
        ``confirmed``; ``revised`` (the data of that period say otherwise today); ``superseded`` (the latest data no
        longer support it); ``not_verifiable`` (no table tells, or only an indirect computation that disagrees).
    """
    bearing = decisive(scope, found)
    if rule == "none" or bearing is None:
        return "not_verifiable"
    if _supports(rule, limit, claimed, bearing):
        return "confirmed"
    if rule == "indirect":
        return "not_verifiable"
    return "revised" if scope == "period" else "superseded"


def statements(found: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Return the parts of each statement by its number, in the order of the leaflet."""
    parts: dict[str, list[Claim]] = {}
    for claim in found:
        parts.setdefault(str(claim.row["claim_id"]), []).append(claim)
    return parts


def count(found: Sequence[Claim], wanted: Verdict) -> Quantity:
    """Number of whole statements with a verdict, with all that is needed to count them again."""
    whole = statements(found).values()
    value = sum(worst(part.verdict for part in parts) == wanted for parts in whole)
    derivation = {"op": "count_verdicts", "verdict": wanted, "of": [[part.derivation for part in w] for w in whole]}
    tables = dict.fromkeys(name for claim in found for q in claim.quantities for name in q.tables)
    return Quantity(float(value), "statements", "2020", tables=("leaflet_claims", *tables), derivation=derivation)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a whole statement from those of its parts: what no longer holds weighs most."""
    order: tuple[Verdict, ...] = ("superseded", "revised", "not_verifiable", "confirmed")
    return min(verdicts, key=order.index)


def decisive(scope: str, found: Evidence) -> Finding | None:
    """Return what decides: for a closed period the data of that period, else the latest that are known."""
    then, now = (f if f is not None and f.known else None for f in (found.then, found.now))
    return then if scope == "period" else now or then


def _proof(finding: Finding | None) -> list[dict[str, Any]]:
    """Derivations of a value and of what it is compared with; none where nothing had been published."""
    if finding is None or not finding.known:
        return []
    return [dict(q.derivation) for q in (finding.value, finding.before) if q is not None]


def _supports(rule: str, limit: float, claimed: Quantity, found: Finding) -> bool:
    if rule in {"near", "indirect"}:
        return abs(found.value.number - claimed.number) <= limit / 100 * claimed.number
    if rule == "at_least":
        return found.value >= limit
    if found.before is None:
        raise QuantityError(f"rule '{rule}' needs a value to compare with")
    return found.value > found.before if rule == "rise" else found.value < found.before


# -- what the tables say ----------------------------------------------------------------------------------------------


def evidence(read: Read) -> dict[str, Evidence]:
    """Return what the tables say on each part of each statement, by its key (``S01a``).

    A part that no table can check, or that has no data at this date, has none.
    """
    return {
        **_origin(read),
        **_population(read),
        **_irregular_events(read),
        **_violence(read),
        **_displacement(read),
        **_measures_of_the_united_states(read),
        **_pandemic(read),
        "S16a": Evidence(now=_last(read("iom_presence_year"), "places", indicator="offices")),
    }


def _origin(read: Read) -> dict[str, Evidence]:
    people = read("mexicans_in_usa_year")
    back = read("repatriations_mexicans_period")
    return {
        "S01a": _then_and_now(people, "million", measure="origin", series="CPS"),
        "S01b": _then_and_now(people, "million", measure="born", series="CPS"),
        "S02a": Evidence(_span(back, _whole_years(back, _LEAFLET_YEAR)), _span(back, _country_totals(back))),
    }


def _population(read: Read) -> dict[str, Evidence]:
    population, census = read("population_state_year"), read("foreign_born_census_year")
    countries, venezuelans = read("foreign_born_country_year"), read("venezuelans_year")
    this_year = population.as_of.year if population.as_of.month > 6 else population.as_of.year - 1
    series = venezuelans.frame[venezuelans.frame["series"] == "r4v"]["year"].tolist()
    counted = [y for y in countries.years if y <= _LEAFLET_YEAR]
    return {
        "S03a": Evidence(
            Finding(population.total(year=2018, state_code="MEX")),
            Finding(population.total(year=this_year, state_code="MEX")),
        ),
        "S04a": Evidence(now=_last(census, "persons")),
        "S05a": Evidence(now=_span(read("transit_estimates_period"), read("transit_estimates_period").frame)),
        "S09a": Evidence(
            _pair(countries, counted[-2:], country="VEN"),
            _pair(venezuelans, [min(series), max(series)] if series else [], series="r4v")
            or _pair(countries, countries.years[-2:], country="VEN"),
        ),
    }


def _irregular_events(read: Read) -> dict[str, Evidence]:
    nationality, region = read("irregular_events_nationality_year"), read("irregular_events_region_year")

    def central_american(year: int) -> Finding:
        part = total([nationality.total("events", year=year, nationality=c) for c in NORTHERN_CENTRAL_AMERICA])
        return Finding(share(part, nationality.total("events", year=year)))

    def extra_regional(year: int) -> Quantity:
        return region.total("events", year=year, region=_AFRICA_AND_ASIA)

    def four(year: int) -> Finding:
        part = total([nationality.total("events", year=year, nationality=c) for c in _EXTRA_REGIONAL])
        return Finding(share(part, extra_regional(year)))

    years = nationality.years
    at_leaflet = max((y for y in years if y <= _LEAFLET_YEAR), default=None)
    if at_leaflet is None:
        return {}
    return {
        "S06a": Evidence(central_american(at_leaflet), central_american(years[-1])),
        "S07a": Evidence(four(2019), four(years[-1])),
        "S08a": Evidence(Finding(extra_regional(2019)), Finding(extra_regional(years[-1]))),
    }


def _violence(read: Read) -> dict[str, Evidence]:
    crimes, deaths = read("crimes_against_migrants_period"), read("migrant_deaths_year_area")
    return {
        "S10a": Evidence(
            _span(crimes, _whole_years(crimes, _LEAFLET_YEAR)), _span(crimes, _whole_years(crimes, crimes.as_of.year))
        ),
        "S10b": _then_and_now(deaths, "dead_and_missing", area="mexico"),
    }


def _displacement(read: Read) -> dict[str, Evidence]:
    year, half = read("displacement_year"), read("disaster_displacement_half_year")
    published = read("displacement_published_period")

    def both(y: int) -> Finding:
        return Finding(total([year.total("displacements", year=y, cause=c) for c in ("disasters", "conflict")]))

    def disasters(y: int) -> Finding:
        return Finding(year.total("displacements", year=y, cause="disasters"))

    latest = year.years[-1]
    first_half = half.total("displacements", year=2020, half="first")
    return {
        "S11a": Evidence(both(2019), both(latest)),
        "S11b": Evidence(disasters(2019), disasters(latest)),
        "S12a": Evidence(Finding(replace(first_half, period="2020-01/2020-06"))),
        "S12b": Evidence(Finding(published.total(period="2020-01/2020-06", cause="conflict"))),
    }


def _measures_of_the_united_states(read: Read) -> dict[str, Evidence]:
    enrolled, expelled = read("mpp_period"), read("title42_month")
    # No count of the calendar year exists: all until January 2021, less those from January 2020 on.
    later = [enrolled.total(period=f"{m:%Y-%m}", series="cbp") for m in pd.period_range("2020-01", "2021-01", freq="M")]
    until = enrolled.total(period="2019-01/2021-01", series="dhs")
    in_2019 = replace(difference(until, total(later)), period="2019")
    patrol = {"component": "border_patrol"}
    return {
        "S14a": Evidence(Finding(in_2019), _last_span(enrolled, "ohss")),
        "S15a": Evidence(
            Finding(expelled.total(month=("2020-03", "2020-08"), **patrol)), Finding(expelled.total(**patrol))
        ),
    }


def _pandemic(read: Read) -> dict[str, Evidence]:
    events, enrolled, survey = read("irregular_events_month"), read("mpp_period"), read("covid_work_period")
    return {
        "S17a": Evidence(Finding(events.total(month="2020-05"), events.total(month="2020-03"))),
        "S17b": Evidence(
            Finding(enrolled.total(period="2020-05", series="cbp"), enrolled.total(period="2020-02", series="cbp"))
        ),
        "S17c": Evidence(Finding(survey.total(period="2020-06", indicator="lost_job"))),
    }


# -- the value of a date ----------------------------------------------------------------------------------------------


def _then_and_now(table: Table, column: str, **where: str) -> Evidence:
    """The last year up to that of the leaflet, and the last in sight, of one series."""
    years = _years_with(table, where)
    then = [y for y in years if y < _LEAFLET_YEAR]
    return Evidence(
        Finding(table.total(column, year=then[-1], **where)) if then else None,
        Finding(table.total(column, year=years[-1], **where)) if years else None,
    )


def _last(table: Table, column: str, **where: str) -> Finding | None:
    years = _years_with(table, where)
    return Finding(table.total(column, year=years[-1], **where)) if years else None


def _years_with(table: Table, where: Mapping[str, str]) -> list[int]:
    """Complete years in which the series has a row."""
    rows = table.frame
    for column, wanted in where.items():
        rows = rows[rows[column] == wanted]
    return [year for year in table.years if year in set(rows["year"])]


def _pair(table: Table, years: list[int], **where: str) -> Finding | None:
    """A value and the earlier one that it is compared with."""
    if len(years) < 2 or years[0] == years[1]:
        return None
    before, now = (table.total("persons", year=year, **where) for year in years)
    return Finding(now, before)


def _country_totals(table: Table) -> pd.DataFrame:
    frame = table.frame
    return frame.loc[(frame["state_code"] == "MEX") & (frame["breakdown"] == "total")]


def _whole_years(table: Table, last: int) -> pd.DataFrame:
    """Totals of the country for whole years up to `last`."""
    rows = _country_totals(table)
    start, end = rows["period_start"], rows["period_end"]
    whole = [
        shortest_span(s.date(), e.date()) == str(e.year) and e.year <= last for s, e in zip(start, end, strict=True)
    ]
    return rows.loc[whole]


def _span(table: Table, rows: pd.DataFrame) -> Finding | None:
    """The row that reaches furthest; of those that end together, the longest."""
    if rows.empty:
        return None
    row = rows.sort_values(["period_end", "period_start"], ascending=[True, False]).iloc[-1]
    return Finding(table.total(**{name: row[name] for name in table.metadata.key}))


def _last_span(table: Table, series: str) -> Finding | None:
    return _span(table, table.frame[table.frame["series"] == series])
