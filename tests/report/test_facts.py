"""Facts and derivations as data: what is written is what is read."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.foundation.words import LANGUAGES, Language
from analysis.report.facts import Derivation, Fact, Part
from analysis.values.quantities import Missing, Quantity

CLAIMS = Quantity(
    70482.0,
    "persons",
    "2025",
    tables=("claims_year",),
    derivation={"table": "claims_year", "column": "claims", "where": {"year": (2024, 2025)}},
)

scalars = st.text(max_size=8) | st.integers(-(2**53), 2**53) | st.booleans() | st.floats(-1e9, 1e9).filter(bool)
ranges = st.fixed_dictionaries({"from": scalars, "to": scalars})
conditions = scalars | ranges | st.lists(scalars, max_size=3)
selections = st.fixed_dictionaries(
    {"table": st.text(max_size=8), "column": st.text(max_size=8)},
    optional={"where": st.dictionaries(st.text(max_size=8), conditions, max_size=3)},
)
audits = st.fixed_dictionaries(
    {
        "op": st.just("audit"),
        "measure": st.text(max_size=8),
        "as_of": st.dates().map(str),
        "where": st.dictionaries(st.text(max_size=8), conditions, max_size=2),
        "cells": st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=2),
    }
)


def operations(parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Operations on these numbers, and counts of verdicts on statements that rest on them."""
    numbers = st.lists(parts, max_size=3)
    part = {"claim_id": st.text(max_size=3), "part": st.text(max_size=1), "then": numbers, "now": numbers}
    optional = {"per": st.integers(1, 10**6), "across": st.fixed_dictionaries({"es": st.text(), "en": st.text()})}
    statements = st.lists(st.lists(st.fixed_dictionaries(part), min_size=1, max_size=2), max_size=2)
    return st.fixed_dictionaries({"op": st.text(max_size=8), "of": numbers}, optional=optional) | st.fixed_dictionaries(
        {"op": st.just("count_verdicts"), "verdict": st.text(max_size=8), "of": statements}
    )


@given(st.recursive(selections | audits, operations, max_leaves=6))
def test_a_derivation_is_written_as_it_was_read(content: dict[str, Any]) -> None:
    """Selections, audits and operations on others, in any depth, pass through the records unchanged."""
    written = msgspec.json.encode(msgspec.convert(content, Derivation))
    assert json.dumps(json.loads(written), sort_keys=True) == json.dumps(content, sort_keys=True)
    assert msgspec.json.encode(msgspec.json.decode(written, type=Derivation)) == written


def test_a_derivation_keeps_what_is_empty_and_omits_what_is_not_given() -> None:
    """All rows of a table are a selection without conditions; a number by hand follows from nothing."""
    assert msgspec.to_builtins(Derivation(table="t", column="c", where={})) == {
        "table": "t",
        "column": "c",
        "where": {},
    }
    assert msgspec.to_builtins(Derivation()) == {}


def test_a_derivation_with_an_unknown_word_is_refused() -> None:
    """A derivation of another version of the library is not read by half."""
    with pytest.raises(msgspec.ValidationError, match="unknown field `group_by`"):
        msgspec.convert({"table": "t", "group_by": "year"}, Derivation)


def test_only_numbers_are_parts_of_a_derivation() -> None:
    """An operation is made of its numbers in order; a selection, and a count of statements, of none."""
    one, other = Derivation(table="a"), Derivation(table="b")
    assert Derivation(op="share", of=(one, other)).parts == (one, other)
    assert one.parts == ()
    assert Derivation(op="count_verdicts", of=((Part("S01", "a", (one,), ()),),)).parts == ()


@pytest.mark.parametrize(
    "quantity",
    [
        CLAIMS,
        Quantity(None, "persons", "2025", missing="partial", lacks=("MX-OAX",)),
        Quantity(49.1, "percent", "2025", preliminary=True, geography="MX-CHP"),
    ],
)
def test_a_fact_is_the_record_of_its_quantity(quantity: Quantity) -> None:
    """Value, unit, period, place and origin, and what a sum lacks where it lacks something."""
    assert msgspec.json.decode(msgspec.json.encode(Fact.of(quantity))) == msgspec.json.decode(
        msgspec.json.encode(quantity.fact())
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spec", ["", "0", "+", "millions"])
def test_a_fact_is_printed_as_its_quantity(language: Language, spec: str) -> None:
    """In every format, in sentences and elsewhere."""
    shares = (Quantity(49.06, "percent", "2025"), Quantity(-3.04, "points", "2025"))
    for quantity in (CLAIMS, *(() if spec == "millions" else shares)):
        for prose in (True, False):
            assert Fact.of(quantity).text(language, spec, prose=prose) == quantity.text(language, spec, prose=prose)


@pytest.mark.parametrize(("missing", "printed"), [("no_data", "s/d"), ("partial", "incompleto"), ("too_few", "–")])
def test_a_missing_number_prints_its_word(missing: Missing, printed: str) -> None:
    """The reader is told why there is none."""
    assert Fact.of(Quantity(None, "persons", "2025", missing=missing)).text("es") == printed
