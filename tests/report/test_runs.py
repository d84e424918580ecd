"""Runs: what a sentence is made of, and how it is printed."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from analysis.foundation.words import LANGUAGES, Language
from analysis.report.facts import Fact
from analysis.report.runs import Citation, FactRun, Label, Name, Ordinal, Paragraph, Period, Sentence
from analysis.values.quantities import Quantity
from analysis.values.texts import Text, Word, claim, text

CLAIMS = Quantity(70482.0, "persons", "2025", tables=("claims_year",))
SHARE = Quantity(49.1, "percent", "2025", tables=("claims_year",))
SHARED = text(es="Fue {share} de {all}.", en="It was {share} of {all}.", share=SHARE, all=CLAIMS)
REPLACED = claim(
    when=False, es="La mitad.", en="Half.", neutral_es="Fue {share:0}.", neutral_en="It was {share:0}.", share=SHARE
)
LEFT_OUT = claim(when=False, es="Subió.", en="It rose.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_facts_of_a_sentence_are_sorted_by_name_in_both_languages(language: Language) -> None:
    """Whatever the order of the words, one order of the numbers."""
    both = text(es="{b} {a} {n}", en="{n} {a} {b}", b=SHARE, a=CLAIMS, n=CLAIMS)
    assert Sentence.of(both, language).facts == {"a": Fact.of(CLAIMS), "b": Fact.of(SHARE), "n": Fact.of(CLAIMS)}
    assert list(Sentence.of(both, language).facts) == ["a", "b", "n"]


@pytest.mark.parametrize(
    ("value", "run"),
    [
        (2025, Period("2025")),
        (Word("abril de 2025", "period", "2025-04"), Period("abril de 2025")),
        (Word("Cuba", "name"), Name("Cuba")),
        (Word("menores de 18", "label"), Label("menores de 18")),
        ("Cuba", "Cuba"),
        (Word("Cuba", "name") + " y Haití", "Cuba y Haití"),
        (CLAIMS, FactRun("x", Fact.of(CLAIMS))),
    ],
)
def test_a_value_keeps_its_kind(value: Any, run: Any) -> None:
    """A year is a period, a word what it stands for, a quantity a number; words joined are mere letters."""
    assert Sentence.of(text(es="En {x}.", en="In {x}.", x=value), "es").runs == ("En ", run, ".")


@pytest.mark.parametrize(("word", "run"), [("Total", "Total"), (Word("Cuba", "name"), Name("Cuba"))])
def test_one_word_is_a_sentence_too(word: str, run: Any) -> None:
    """The name of a row keeps its kind."""
    assert Sentence.of_word(word).runs == (run,)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("prose", [True, False])
def test_a_sentence_is_printed_as_its_text(language: Language, prose: bool) -> None:
    """Runs lose no letter and no format; English says "per cent" in prose alone."""
    for given in (SHARED, REPLACED, LEFT_OUT, text(es="{{a}}", en="{{b}}")):
        assert Sentence.of(given, language, prose=prose).written(language) == given.render(language, prose=prose)


def test_a_missing_number_prints_its_word() -> None:
    """A sentence that may name what is missing says so in its language."""
    none = Text("Son {n}.", "They are {n}.", {"n": Quantity(None, "persons", "2025", missing="no_data")})
    assert [Sentence.of(none, language).written(language) for language in LANGUAGES] == ["Son s/d.", "They are n/a."]


def test_a_sentence_knows_that_its_claim_gave_way() -> None:
    """Replaced by its neutral wording, or left out without one."""
    assert [Sentence.of(given, "es").neutral for given in (SHARED, REPLACED, LEFT_OUT)] == [False, True, True]
    assert [bool(Sentence.of(given, "es")) for given in (SHARED, REPLACED, LEFT_OUT)] == [True, True, False]


def test_sentences_left_out_leave_no_gap() -> None:
    """A paragraph joins the sentences that remain, in prose, and is none where none remains."""
    paragraph = Paragraph.of([SHARED, LEFT_OUT, REPLACED], "en")
    assert paragraph.written("en") == "It was 49.1 per cent of 70,482. It was 49 per cent."
    assert len(paragraph.sentences) == 3
    assert not Paragraph.of([LEFT_OUT, LEFT_OUT], "en")


def test_runs_are_read_as_they_were_written() -> None:
    """Each kind through JSON; letters stay letters."""
    fact = FactRun("n", Fact.of(CLAIMS), "+0", prose=True)
    runs = ("a ", fact, Period("2025"), Name("Cuba"), Label("menores"), Ordinal("1"), Citation("Fuente: ACNUR."))
    paragraph = Paragraph((Sentence(runs), Sentence((), neutral=True)))
    assert msgspec.json.decode(msgspec.json.encode(paragraph), type=Paragraph) == paragraph
