"""Sentences in two languages, their values and their conditions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.values.quantities import Quantity
from analysis.values.texts import Text, TextError, Word, claim, sentences, stated, text

CLAIMS = Quantity(70482.0, "persons", "2025")
SHARE = Quantity(49.1, "percent", "2025")
NONE = Quantity(None, "persons", "2026", missing="no_data")

HALF = {
    "es": "Casi la mitad, {share}, en {year}.",
    "en": "Almost half, {share}, in {year}.",
    "neutral_es": "La proporción fue de {share}.",
    "neutral_en": "The share was {share}.",
}


def test_both_languages_print_the_same_values() -> None:
    """Each language puts the same number, in its own words, into its own sentence."""
    made = text(
        es="México recibió {n} solicitudes en {year}, {share} del total.",
        en="In {year} Mexico received {n} claims, {share} of all.",
        n=CLAIMS,
        year=2025,
        share=SHARE,
    )
    assert made.render("es", prose=True) == "México recibió 70,482 solicitudes en 2025, 49.1% del total."
    assert made.render("en", prose=True) == "In 2025 Mexico received 70,482 claims, 49.1 per cent of all."
    assert made.render("en") == "In 2025 Mexico received 70,482 claims, 49.1% of all."


def test_a_value_may_carry_its_format() -> None:
    """What stands after the colon is the format of the quantity."""
    made = text(es="{n:millions} y {d:+}", en="{n:millions 1} and {d:+ 0}", n=CLAIMS, d=SHARE)
    assert made.render("es") == "0.07 millones y +49.1%"
    assert made.render("en") == "0.1 million and +49%"


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (
            "fraction",
            r"prints \{n:fraction\}: 'fraction' has words for percent, not for persons",
        ),
        ("Trend", "has words for percent and points, not for persons"),
        ("percent", "unknown format 'percent'"),
    ],
)
def test_a_format_that_a_number_does_not_have_is_told_where_it_is_written(spec: str, message: str) -> None:
    """In any wording, printed or not."""
    with pytest.raises(TextError, match=message):
        text(es=f"Son {{n:{spec}}}.", en=f"They are {{n:{spec}}}.", n=CLAIMS)
    with pytest.raises(TextError, match=r"prints \{share:millions\}: 'millions' is for counts and money"):
        claim(False, "Son {share:millions}.", "They are {share:millions}.", share=SHARE)


def test_doubled_braces_are_braces() -> None:
    """A brace that is part of the sentence is written twice."""
    assert text(es="{{a}}", en="{{b}}").render("en") == "{b}"


def test_quantities_are_those_that_the_sentence_names() -> None:
    """Values given but not named are not printed, and so are no facts."""
    made = text(es="{n} {year} {people}", en="{n} {year} {people}", n=CLAIMS, year=2025, people="x", other=SHARE)
    assert made.quantities == {"n": CLAIMS}


@pytest.mark.parametrize(
    ("es", "en", "message"),
    [
        ("{n} en {year}", "{n}", r"do not name the same values: 'year' is in one only"),
        ("{n}", "{m}", r"do not name the same values: 'm' is in one only"),
        ("Hola", "", r"'Hola' stands in one language only: write both es and en"),
        ("", "Hello", r"'Hello' stands in one language only"),
        ("{lost}", "{lost}", r"'\{lost\}' names 'lost', which was not given"),
        ("{n", "{n", r"'\{n' is not a template"),
    ],
)
def test_languages_that_differ_are_refused(es: str, en: str, message: str) -> None:
    """A pair of sentences that do not name the same, given values is refused with what differs."""
    with pytest.raises(TextError, match=message):
        text(es, en, n=CLAIMS, m=CLAIMS, year=2025)


@pytest.mark.parametrize("bare", [70482, 49.1, True, None, 1799, 2200, 2025.0])
def test_a_number_without_origin_is_refused(bare: Any) -> None:
    """A bare number that is no year cannot be printed: it must come from a quantity."""
    with pytest.raises(TextError, match=r"prints 'n' = .* without origin: give a Quantity, a year or a word"):
        text(es="Son {n}.", en="They are {n}.", n=bare)


@pytest.mark.parametrize("year", [1800, 2014, 2199])
def test_a_year_is_no_number_without_origin(year: int) -> None:
    """Whole numbers in the range of years are printed as years, without a comma."""
    assert text(es="En {y}.", en="In {y}.", y=year).render("es") == f"En {year}."


def test_a_partial_sum_is_told_with_what_it_lacks() -> None:
    """Who wrote the sentence reads which part of the sum is not known."""
    partial = Quantity(None, "persons", "2024", missing="partial", lacks=("MX-OAX", "MX-TAB"))
    with pytest.raises(
        TextError, match=r"needs 'n', which has no value here \(it lacks MX-OAX; MX-TAB\): give it other words"
    ):
        text(es="Son {n}.", en="They are {n}.", n=partial)


def test_a_plain_text_needs_its_numbers() -> None:
    """A sentence that must hold always cannot name a number that is missing; the message names arguments of `say`."""
    remedy = r"give it other words for then, say\(\.\.\., otherwise_es='\.\.\.', otherwise_en='\.\.\.'\)"
    with pytest.raises(TextError, match=f"needs 'n', which has no value here: {remedy}"):
        text(es="Hubo {n}.", en="There were {n}.", n=NONE)


def test_a_claim_that_holds_is_printed() -> None:
    """When the condition holds, the claim stands and is not marked as neutral."""
    made = claim(when=SHARE > 45, share=SHARE, year=2025, **HALF)
    assert made.render("es") == "Casi la mitad, 49.1%, en 2025."
    assert not made.neutral


def test_a_claim_that_fails_gives_way_to_its_neutral_wording() -> None:
    """When the condition fails, the neutral wording stands in both languages and is marked."""
    made = claim(when=SHARE > 60, share=SHARE, year=2025, **HALF)
    assert made.render("es") == "La proporción fue de 49.1%."
    assert made.render("en", prose=True) == "The share was 49.1 per cent."
    assert made.neutral


def test_a_claim_without_neutral_wording_is_left_out() -> None:
    """A sentence without neutral wording disappears, and is still marked as replaced."""
    made = claim(when=False, es="Subió.", en="It rose.")
    assert not made
    assert made.neutral
    assert made.render("es") == ""


def test_a_missing_number_takes_the_claim_away() -> None:
    """Even where the condition holds, a claim that prints a missing number gives way."""
    made = claim(
        when=True,
        es="Subió a {n}.",
        en="It rose to {n}.",
        neutral_es="En {year}.",
        neutral_en="In {year}.",
        n=NONE,
        year=2025,
    )
    assert made.render("es") == "En 2025."
    assert made.neutral


def test_a_neutral_wording_cannot_name_a_missing_number() -> None:
    """The neutral wording must hold always: one that needs a missing number is refused by name."""
    with pytest.raises(
        TextError, match=r"'Fueron \{n\}\.' is for when a value is missing, and needs 'n', which has no"
    ):
        claim(when=False, es="A", en="A", neutral_es="Fueron {n}.", neutral_en="They were {n}.", n=NONE)


@given(st.text(), st.text(min_size=1))
def test_any_words_are_printed_as_they_are(before: str, name: str) -> None:
    """Words given as values are printed unchanged, whatever characters they have."""
    literal = before.replace("{", "{{").replace("}", "}}")
    made = Text(literal + "{w}", literal + "{w}", {"w": name})
    assert made.render("es") == before + name


def test_a_wrong_neutral_wording_is_refused_even_while_the_claim_holds() -> None:
    """A neutral wording in one language only is found when it is written, not when the data change."""
    with pytest.raises(TextError, match="one language only"):
        claim(when=True, es="Subió.", en="It rose.", neutral_es="Hubo cambios.")


def test_a_word_is_its_letters_and_knows_what_they_stand_for() -> None:
    """Printed, compared and sorted it is a text like any other; joined with others it is no longer a word."""
    word = Word("abril de 2025", "period", "2025-04")
    assert (word, word.kind, word.iso) == ("abril de 2025", "period", "2025-04")
    assert {"abril de 2025": 1}[word] == 1
    assert text(es="En {p}.", en="In {p}.", p=word).render("es") == "En abril de 2025."
    assert not isinstance(word + "!", Word)
    assert Word("Cuba", "name").iso == ""


def test_a_condition_and_a_sentence_is_a_sentence_or_none() -> None:
    """What is false instead of a sentence is left out, in a note and wherever sentences are listed."""
    said = text(es="Uno.", en="One.")
    assert stated([said, False, None, [], Text("", "")]) == (said, Text("", ""))
    assert sentences(False, said, None).render("en") == "One."
