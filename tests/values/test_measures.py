"""Measures: values, units, periods, small numbers and derivations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.foundation.errors import QuantityError
from analysis.mexico import COUNTRY
from analysis.values.breaks import Break
from analysis.values.measures import break_between, change, difference, median_size, rank, rate, share, top, total
from analysis.values.quantities import Quantity, UnitError
from analysis.values.texts import claim, text


def persons(value: float | None, period: str = "2025", **more: Any) -> Quantity:
    """A count of persons selected from a table."""
    derivation = {"table": "claims", "column": "claims", "where": {"year": period}}
    missing = "no_data" if value is None else ""
    return Quantity(value, "persons", period, tables=("claims",), derivation=derivation, missing=missing, **more)  # type: ignore[arg-type]


def test_change_in_percent() -> None:
    """A change is relative to the earlier value, in percent, and of the later period."""
    fell = change(persons(70482), persons(78245, "2024"))
    assert fell.text("es", "+") == "−9.9%"
    assert (fell.unit, fell.period, fell.tables) == ("percent", "2025", ("claims",))
    assert change(persons(150), persons(100)).value == 50


@pytest.mark.parametrize(("now", "before"), [(5, None), (None, 5), (5, 0), (None, None)])
def test_no_change_without_a_base(now: float | None, before: float | None) -> None:
    """A change from nothing, or with a missing number, is missing: never infinite."""
    moved = change(persons(now), persons(before))
    assert (moved.value, moved.missing) == (None, "no_data")


def test_difference_of_shares_is_in_points() -> None:
    """Shares differ by points, counts by their own unit."""
    now, before = Quantity(49.1, "percent", "2025"), Quantity(22.7, "percent", "2024")
    assert difference(now, before).text("es", "+") == "+26.4 puntos"
    left = difference(persons(5), persons(8))
    assert (left.value, left.unit) == (-3, "persons")
    assert difference(persons(None), persons(8)).missing == "no_data"


def test_share_in_percent() -> None:
    """A share is in 100 of the whole and knows both origins."""
    part = share(persons(50), persons(200))
    assert (part.value, part.unit, part.period) == (25, "percent", "2025")
    assert part.derivation["op"] == "share"
    assert [d["table"] for d in part.derivation["of"]] == ["claims", "claims"]


@pytest.mark.parametrize(("whole", "missing"), [(99, "too_few"), (100, ""), (0, "too_few"), (None, "no_data")])
def test_a_share_needs_a_base_of_one_hundred(whole: float | None, missing: str) -> None:
    """Under 100 cases a share is withheld; without a base it is not known."""
    part = share(persons(0), persons(whole))
    assert part.missing == missing
    assert (part.value is None) == bool(missing)


@pytest.mark.parametrize(("cases", "missing"), [(9, "too_few"), (10, ""), (0, "too_few"), (None, "no_data")])
def test_a_rate_needs_ten_cases(cases: float | None, missing: str) -> None:
    """Under 10 cases a rate is withheld."""
    population = Quantity(5_000_000, "inhabitants", "2025")
    assert rate(persons(cases), population).missing == missing


def test_rate_per_inhabitants() -> None:
    """A rate says per how many it is, in its unit and its derivation."""
    population = Quantity(5_000_000, "inhabitants", "2025", tables=("population",))
    per = rate(persons(250), population)
    assert (per.value, per.unit) == (5, "persons_per_100000")
    assert per.derivation["per"] == 100_000
    assert per.tables == ("claims", "population")
    assert rate(persons(250), population, per=1000).value == pytest.approx(0.05)
    assert rate(persons(250), replace(population, value=0)).missing == "no_data"


def test_dollars_by_transfers_have_a_unit_of_their_own() -> None:
    """Millions of dollars a million transfers are dollars a transfer, and say so."""
    received, transfers = Quantity(62_471.7, "million_usd", "2025"), Quantity(158_610_000, "transfers", "2025")
    mean = rate(received, transfers, per=1_000_000, unit="usd_per_transfer")
    assert (mean.unit, round(mean.number)) == ("usd_per_transfer", 394)


def test_total_spans_the_periods_of_its_parts() -> None:
    """A sum covers from the first to the last period of what it adds."""
    both = total([persons(1, "2023"), persons(2, "2024")])
    assert (both.value, both.period) == (3, "2023/2024")
    months = total([persons(1, "2025-01/2025-02"), persons(2, "2025-03/2025-04")])
    assert months.period == "2025-01/2025-04"
    assert total([persons(1), persons(2)]).period == "2025"


def test_a_total_with_a_missing_part_is_missing() -> None:
    """A sum never passes over a number that is not known, and says which one that is."""
    parts = [persons(1, geography="MX-CHP"), persons(None, geography="MX-OAX"), persons(None, "2024")]
    whole = total(parts)
    assert (whole.value, whole.missing, whole.lacks) == (None, "partial", ("MX-OAX, 2025", "2024"))
    assert total([persons(None), persons(None)]).missing == "no_data"
    assert total([persons(None), persons(None)]).lacks == ()


def test_what_is_made_from_a_partial_sum_is_partial() -> None:
    """A change from a sum of which a part is not known has no value for that reason, and names the part."""
    part = replace(persons(None), missing="partial", lacks=("MX-OAX",))
    moved = change(persons(5), part)
    assert (moved.value, moved.missing, moved.lacks) == (None, "partial", ("MX-OAX",))
    withheld = share(persons(5), replace(persons(None), missing="too_few"))
    assert (withheld.missing, withheld.lacks) == ("too_few", ())


def test_a_total_of_nothing_is_refused() -> None:
    """A sum of no quantities has no unit, and is an error."""
    with pytest.raises(ValueError, match="a total needs at least one quantity"):
        total([])


@pytest.mark.parametrize(
    ("name", "mix"),
    [
        ("change", lambda a, b: change(a, b)),
        ("difference", lambda a, b: difference(a, b)),
        ("share", lambda a, b: share(a, b)),
        ("total", lambda a, b: total([a, a, b])),
        ("place", lambda a, b: rank(a, [a, b])),
    ],
)
def test_units_are_never_mixed(name: str, mix: Any) -> None:
    """A measure of two units is an error that names the measure and both units."""
    with pytest.raises(UnitError, match=f"a {name} of persons and events mixes units"):
        mix(persons(100), Quantity(100, "events", "2025"))


def test_a_measure_is_preliminary_when_a_part_is() -> None:
    """What is made from a preliminary number is preliminary."""
    assert change(persons(2), persons(1, "2024", preliminary=True)).preliminary
    assert not change(persons(2), persons(1, "2024")).preliminary


def test_a_measure_over_several_places_names_them() -> None:
    """Not the first of them: the one place that they share, all in their order, or the country that they make."""
    here, there = persons(50, geography="MX-CHP"), persons(200, geography="MX-OAX")
    assert change(here, here).geography == "MX-CHP"
    assert share(here, persons(200)).geography == "MX-CHP+MEX"
    assert total([there, here, there]).geography == "MX-OAX+MX-CHP"
    assert difference(total([there, here]), here).geography == "MX-OAX+MX-CHP"
    states = [persons(1, geography=code) for code in sorted(COUNTRY.state_codes)]
    assert total(states).geography == "MEX"
    assert total([persons(1), *states]).geography == "MEX"
    assert total(states[:-1]).geography.count("+") == 30


@given(codes=st.lists(st.sampled_from([*sorted(COUNTRY.state_codes), "MEX"]), min_size=1, max_size=50))
def test_a_measure_is_of_the_places_of_all_its_parts(codes: list[str]) -> None:
    """Whatever the places and their order: each once, in order; the country only where all 32 states are there."""
    for made in (
        total([persons(1, geography=code) for code in codes]),
        rank(persons(1, geography=codes[0]), [persons(2, geography=code) for code in codes]),
    ):
        all_there = set(codes) >= COUNTRY.state_codes
        assert made.geography.split("+") == (["MEX"] if all_there else list(dict.fromkeys(codes)))


def test_top_breaks_ties_by_label() -> None:
    """The largest come first, and equal values in the order of their labels, however the rows came."""
    values = pd.Series({"HND": 5.0, "CUB": 9.0, "GTM": 5.0, "VEN": 1.0})
    assert list(top(values, 3).index) == ["CUB", "GTM", "HND"]
    assert list(top(values[::-1], 3).index) == ["CUB", "GTM", "HND"]


def test_place_among_others() -> None:
    """The largest has place 1, equal ones share the better place, and a missing one has none."""
    states = [persons(v) for v in (9, 5, 5, 1)]
    assert [rank(s, states).value for s in states] == [1, 2, 2, 4]
    assert rank(persons(None), states).value is None


counts = st.integers(0, 10**7)


@given(now=counts, before=counts.filter(bool))
def test_a_change_leads_from_the_earlier_to_the_later_value(now: int, before: int) -> None:
    """The earlier value grown by the change is the later one."""
    moved = change(persons(now), persons(before))
    assert before * (1 + moved.number / 100) == pytest.approx(now, abs=1e-6)


@given(parts=st.lists(counts, min_size=1, max_size=8).filter(lambda p: sum(p) >= 100))
def test_shares_of_all_parts_are_one_hundred(parts: list[int]) -> None:
    """The shares of all the parts in their total add up to 100."""
    quantities = [persons(p) for p in parts]
    whole = total(quantities)
    assert sum(share(p, whole).number for p in quantities) == pytest.approx(100)


def test_what_is_made_from_a_withheld_number_is_withheld() -> None:
    """A difference of shares that rest on too few cases is withheld, not unknown."""
    few, many = share(persons(3), persons(20)), share(persons(30), persons(200))
    assert difference(many, few).missing == "too_few"


@pytest.mark.parametrize(
    "measure",
    [
        lambda q: change(q, persons(1)),
        lambda q: difference(persons(1), q),
        lambda q: share(q, persons(100)),
        lambda q: share(persons(1), q),
        lambda q: rate(persons(20), q),
        lambda q: total([q]),
        lambda q: total([persons(1), q]),
        lambda q: rank(persons(1), [q]),
        lambda q: median_size([persons(1), q]),
    ],
)
def test_nothing_is_made_of_rows_that_must_not_be_added(measure: Any) -> None:
    """The author is told which condition is left out."""
    refused = replace(persons(None), missing="no_sum", lacks=("8 rows: write corridor",))
    with pytest.raises(QuantityError, match=r"^8 rows: write corridor$"):
        measure(refused)


def test_a_rate_has_a_unit_that_there_is() -> None:
    """What its author calls it is looked up."""
    with pytest.raises(QuantityError, match="'dollars_a_transfer' is no unit"):
        rate(persons(20), persons(10), unit="dollars_a_transfer")


def test_a_median_looks_at_sizes_alone() -> None:
    """A fall of nine is larger than a rise of two; what has no value is left out, and units are never mixed."""
    moves = [replace(persons(value), unit="percent") for value in (2, -9, None, 4)]
    middle = median_size(moves)
    assert (middle.value, middle.unit, middle.derivation["op"]) == (4, "percent", "median_size")
    assert median_size([persons(None)]).missing == "no_data"
    with pytest.raises(UnitError, match="a median of percent and persons"):
        median_size([moves[0], persons(1)])
    with pytest.raises(ValueError, match="needs at least one"):
        median_size([])


# -- breaks of series -------------------------------------------------------------------------------------------------

WIDENED = Break(date(2021, 1, 1), "Desde 2021 se cuenta más.", "More is counted since 2021.")


def counted(value: float | None, period: str) -> Quantity:
    """A count of a series that was widened in 2021."""
    return persons(value, period, breaks=(WIDENED,))


@pytest.mark.parametrize("measure", [change, difference, share])
@pytest.mark.parametrize(
    ("now", "before"), [("2021", "2020"), ("2020", "2021"), ("2024", "2018"), ("2022", "2020-07/2021-06")]
)
def test_nothing_is_compared_across_a_break(measure: Any, now: str, before: str) -> None:
    """A change, a difference or a share over two ways of counting is missing, with the reason, and reads so."""
    moved = measure(counted(300, now), counted(200, before))
    assert (moved.value, moved.missing) == (None, "break")
    assert (moved.text("es"), moved.text("en")) == ("no comparable", "not comparable")


@pytest.mark.parametrize(
    ("now", "before"), [("2022", "2021"), ("2020", "2018"), ("2021-02", "2021-01"), ("2020", "2020")]
)
def test_one_way_of_counting_is_compared(now: str, before: str) -> None:
    """On one side of a break, and within one period, changes are as ever."""
    assert change(counted(300, now), counted(200, before)).value == 50


def test_the_break_of_another_series_does_not_count() -> None:
    """Only what both series have broken alike keeps them apart."""
    assert change(persons(300, "2021"), counted(200, "2020")).value == 50
    other = Break(date(2021, 1, 1), "Otra cosa.", "Another thing.")
    assert change(persons(300, "2021", breaks=(other,)), counted(200, "2020")).value == 50


def test_shares_and_totals_of_broken_series_are_not_compared_either() -> None:
    """What is made of a broken series keeps its breaks: a change of shares, of sums, of rates."""
    parts = {y: share(counted(50, y), counted(200, y)) for y in ("2020", "2021", "2022")}
    assert difference(parts["2021"], parts["2020"]).missing == "break"
    assert difference(parts["2022"], parts["2021"]).value == 0
    sums = [total([counted(1, f"{y}-01"), counted(2, f"{y}-02")]) for y in (2021, 2020)]
    assert change(*sums).missing == "break"
    assert change(counted(5, "2022"), total([counted(1, "2020"), counted(2, "2021")])).missing == "break"


def test_a_rate_compares_only_what_is_broken_alike() -> None:
    """Cases may be set against the population of another year, which has no break, but not against cases of one."""
    population = Quantity(5_000_000, "inhabitants", "2020")
    assert rate(counted(50, "2022"), population).value == 1
    assert rate(counted(50, "2022"), counted(500, "2020")).missing == "break"


def test_there_is_no_place_among_years_that_do_not_count_alike() -> None:
    """A year has a rank only among those that count like it."""
    years = {y: counted(v, y) for y, v in {"2020": 5, "2021": 9, "2022": 7}.items()}
    assert rank(years["2022"], [years["2021"], years["2022"]]).value == 2
    ranked = rank(years["2022"], list(years.values()))
    assert (ranked.value, ranked.missing) == (None, "break")


def test_a_claim_across_a_break_gives_way() -> None:
    """Neither more nor less holds across a break, so that the neutral wording is printed; never an exception."""
    now, before = counted(300, "2021"), counted(200, "2020")
    assert not any((now > before, now >= before, now < before, now <= before))
    said = claim(when=now > before, es="Más.", en="More.", neutral_es="{now}.", neutral_en="{now}.", now=now)
    assert said.render("es") == "300."
    assert counted(300, "2022") > counted(200, "2021")


def test_a_sentence_opens_the_door() -> None:
    """With the sentence that says it, the change is computed, and its derivation keeps the sentence."""
    now, before = counted(300, "2021"), counted(200, "2020")
    said = break_between(now, before)
    moved = change(now, before, across=said)
    assert (moved.value, said.render("es"), said.render("en")) == (50, WIDENED.es, WIDENED.en)
    assert moved.derivation["across"] == {"es": WIDENED.es, "en": WIDENED.en}
    own = text(es="Antes se contaba menos.", en="Fewer were counted before.")
    assert difference(now, before, across=own).derivation["across"]["en"] == "Fewer were counted before."


def test_where_nothing_is_crossed_nothing_is_said() -> None:
    """Within one way of counting there is no sentence, and one that is given leaves no trace."""
    now, before = counted(300, "2022"), counted(200, "2021")
    assert not break_between(now, before)
    assert "across" not in change(now, before, across=text(es="x", en="x")).derivation


def test_what_is_missing_anyway_is_not_called_a_break() -> None:
    """Without a value there is nothing to compare: the reason is that there are no data."""
    assert change(counted(None, "2021"), counted(200, "2020")).missing == "no_data"
    assert (
        change(change(counted(3, "2021"), counted(2, "2020")), change(counted(3, "2022"), counted(2, "2021"))).missing
        == "break"
    )
