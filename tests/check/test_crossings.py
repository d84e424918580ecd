"""Comparisons across a break of a series: told without asking those who made them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from analysis.build.editions import available_reports
from analysis.check.crossings import crossings
from analysis.export.document import Document, read_document
from analysis.export.notebooks import read_notebook
from analysis.foundation.words import Language
from analysis.package.data_package import DataPackage
from analysis.report.elements import Finding
from analysis.report.facts import Derivation, Fact
from analysis.report.runs import FactRun, Paragraph, Sentence
from analysis.values.measures import break_between, change, difference, rank, share, total
from analysis.values.quantities import Quantity
from tests.elements import document

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = DataPackage(ROOT / "data")
LATE = date(2100, 1, 1)
EVENTS, BORDER = (COMMITTED.table(name, LATE) for name in ("irregular_events_month", "us_encounters_fy"))
REGIONS, MONEY = (COMMITTED.table(name, LATE) for name in ("irregular_events_region_year", "remittances_month"))
DISPLACED = COMMITTED.table("displacement_year", LATE)


def shown(*numbers: Quantity | Fact, text: str = "Texto.", language: Language = "es") -> Document:
    """A document of one finding that prints these."""
    facts = [Fact.of(number) if isinstance(number, Quantity) else number for number in numbers]
    runs = [FactRun(f"n{i}", fact) for i, fact in enumerate(facts)]
    return document(Finding(Paragraph((Sentence((text, *runs)),))), language=language)


def told(*numbers: Quantity | Fact, **more: Any) -> list[str]:
    """What is told of a finding that prints these."""
    return list(crossings(shown(*numbers, **more), ROOT / "data"))


def by_hand(op: str, *quantities: Quantity) -> Fact:
    """The fact of a comparison that a notebook made by itself."""
    return of_parts(op, *(Fact.of(quantity).derivation for quantity in quantities))


def of_parts(op: str, *parts: Derivation) -> Fact:
    """The fact of an operation on these, by hand."""
    return replace(Fact.of(Quantity(1.0, "percent", "2021")), derivation=Derivation(op=op, of=parts))


@pytest.mark.parametrize("op", ["change", "difference", "share", "place"])
def test_a_comparison_made_by_hand_is_told(op: str) -> None:
    """Events of 2021 against those of 2020: the sentence that would be needed is in the message."""
    now, before = (EVENTS.total(month=(f"{year}-01", f"{year}-12")) for year in (2021, 2020))
    (problem,) = told(by_hand(op, now, before))
    assert problem.startswith(
        "finding, text, n0: compares across the break of 2021-01-01: leave it out or say: Desde 2021"
    )
    assert told(by_hand(op, *(EVENTS.total(month=(f"{year}-01", f"{year}-12")) for year in (2022, 2021)))) == []


def test_a_comparison_within_another_is_told() -> None:
    """A difference of shares over the break, and a change that stands within a total, are found."""
    parts = [
        share(REGIONS.total("events", year=y, region="africa"), REGIONS.total("events", year=y)) for y in (2021, 2020)
    ]
    assert len(told(by_hand("difference", *parts))) == 1
    inner = by_hand("change", EVENTS.total(month="2021-01"), EVENTS.total(month="2020-12")).derivation
    assert len(told(of_parts("total", inner))) == 1


def test_a_fiscal_year_that_holds_a_break_is_told() -> None:
    """Fiscal year 2023 has months with Title 42 and months without: it is compared with none."""
    years = {year: BORDER.total(fiscal_year=year) for year in (2021, 2022, 2023, 2024)}
    assert told(by_hand("change", years[2022], years[2021])) == []
    for now, before in ((2023, 2022), (2024, 2023)):
        assert "break of 2023-05-12" in told(by_hand("change", years[now], years[before]))[0]


def test_what_a_break_does_not_touch_is_not_told() -> None:
    """Displacement by conflict and the stock are counted alike before and after 2016; disasters are not."""
    for column, where in (("displacements", {"cause": "conflict"}), ("stock", {})):
        assert told(by_hand("change", *(DISPLACED.total(column, year=y, **where) for y in (2016, 2015)))) == []
    assert len(told(by_hand("change", *(DISPLACED.total("displacements", year=y) for y in (2016, 2015))))) == 1


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_sentence_must_stand_beside_the_number(language: Language) -> None:
    """A change across a break passes with its sentence in the same element, in the language of the page."""
    now, before = EVENTS.total(month="2021-01"), EVENTS.total(month="2020-12")
    said = break_between(now, before)
    moved = change(now, before, across=said)
    sentence = said.render(language)
    assert told(moved, text=f"Texto. {sentence}", language=language) == []
    assert told(moved, language=language) == [
        f"finding, text, n0: compares across the break of 2021-01-01, and the element lacks: {sentence}"
    ]


def test_what_is_withheld_needs_a_break() -> None:
    """A number withheld for a break passes; one that says so where there is none does not."""
    now, before = EVENTS.total(month="2021-01"), EVENTS.total(month="2020-12")
    assert told(change(now, before)) == []
    (problem,) = told(replace(by_hand("change", now, EVENTS.total(month="2021-02")), value=None, missing="break"))
    assert problem == "finding, text, n0: withheld as not comparable, but its series has no break there"


YEARS = st.integers(1999, 2025)


@settings(max_examples=40)
@given(YEARS, st.integers(1, 12), YEARS, st.integers(1, 12), st.sampled_from([change, difference, share]))
def test_the_check_and_the_measures_agree(
    year: int, month: int, other_year: int, other_month: int, measure: Callable[[Quantity, Quantity], Quantity]
) -> None:
    """Two pieces of code that share nothing: what one withholds the other would have told, and no more."""
    one, other = (
        MONEY.total("inflow_musd", month=(f"{y}-{m:02}", f"{y + 1}-03"))
        for y, m in ((year, month), (other_year, other_month))
    )
    made = measure(one, other)
    assert bool(told(by_hand(measure.__name__, one, other))) == (made.missing == "break")
    assert told(made) == []


def test_sums_and_places_agree_too() -> None:
    """A sum over the break is no comparison; a place among years is."""
    years = [REGIONS.total("events", year=y, region="africa") for y in (2019, 2020, 2021)]
    assert told(total(years)) == []
    assert told(rank(years[0], years[:2])) == []
    assert rank(years[2], years).missing == "break"
    assert len(told(by_hand("place", years[2], *years))) == 1


def test_no_report_compares_across_a_break(root: Path) -> None:
    """No number of any committed report compares what was counted in two ways without the sentence that says it."""
    found = {
        slug: list(crossings(read_document(read_notebook(root / "notebooks" / f"{slug}.ipynb")), root / "data"))
        for slug in available_reports(root)
    }
    assert {slug: problems for slug, problems in found.items() if problems} == {}
