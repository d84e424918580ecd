"""What texts are made of: runs, each of which says what it is, so that a number is never mere letters.

A `Text` becomes a `Sentence` here, in the language of its briefing. Numbers stay values until a page prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Final

import msgspec

from analysis.foundation.words import Language
from analysis.report.facts import Evidence, Fact
from analysis.values.quantities import Quantity
from analysis.values.texts import Named, Text, Word, WordKind


class _Run(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="run"):
    """A stretch of text that is more than letters."""


class FactRun(_Run, frozen=True, tag="fact"):
    """A number, the name under which its sentence knows it, and how it is written (see `Quantity.text`)."""

    name: str
    fact: Fact
    format: str = ""
    prose: bool = False

    def written(self, language: Language) -> str:
        """The number as it is printed."""
        return self.fact.text(language, self.format, prose=self.prose)


class _Words(_Run, frozen=True):
    text: str

    def written(self, language: Language) -> str:
        """The words, which are of the language of the briefing already."""
        return self.text


class Period(_Words, frozen=True, tag="period"):
    """A period in words."""


class Name(_Words, frozen=True, tag="name"):
    """The name of a place, or of people."""


class Label(_Words, frozen=True, tag="label"):
    """Words of the data package: a category, a unit, an age group, the sentence on a break of a series."""


class Ordinal(_Words, frozen=True, tag="ordinal"):
    """The number of a figure, a page or an edition."""


class Citation(_Words, frozen=True, tag="citation"):
    """Who published something: source, version, dates, address."""


Run = str | FactRun | Period | Name | Label | Ordinal | Citation
"""A stretch of text; a plain one is letters and nothing behind them."""
_OF_KIND: Final[Mapping[WordKind, type[Period | Name | Label]]] = {"period": Period, "name": Name, "label": Label}


class Sentence(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="run", tag="sentence"):
    """A sentence, a title or a label; without runs where it is left out.

    Attributes:
        runs: what it is made of.
        neutral: whether it is the neutral wording of a claim that the data do not support, or the claim is left out.
        evidence: what decided that.
    """

    runs: tuple[Run, ...] = ()
    neutral: bool = False
    evidence: tuple[Evidence, ...] = ()

    @staticmethod
    def of(text: Text, language: Language, *, prose: bool = False) -> Sentence:
        """Return a text in that language; `prose` for sentences, where English says "per cent"."""
        runs: list[Run] = []
        for letters, name, spec, _ in Formatter().parse(text.es if language == "es" else text.en):
            runs += [letters] if letters else []
            if name is not None:
                runs += [_run(name, text.values[name], spec or "", language, prose=prose)]
        evidence = (Evidence(e.name, Fact.of(e.quantity), e.low, e.high, e.above, e.holds) for e in text.evidence)
        return Sentence(tuple(runs), text.neutral, tuple(evidence))

    @staticmethod
    def of_word(word: str) -> Sentence:
        """Return one word of the briefing's language."""
        return Sentence((_run_of(word),))

    def __bool__(self) -> bool:
        return bool(self.runs)

    def written(self, language: Language) -> str:
        """The sentence as it is printed."""
        return "".join(run if isinstance(run, str) else run.written(language) for run in self.runs)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentence alone, as a paragraph has several."""
        return (self,)

    @property
    def facts(self) -> dict[str, Fact]:
        """The numbers that it prints, by name and in the order of the names, which is the same in all languages."""
        named = {run.name: run.fact for run in self.runs if isinstance(run, FactRun)}
        return dict(sorted(named.items()))


class Paragraph(msgspec.Struct, frozen=True):
    """Several sentences; those left out leave no gap, and stay to say that they are."""

    sentences: tuple[Sentence, ...] = ()

    @staticmethod
    def of(texts: Iterable[Text], language: Language, *, prose: bool = True) -> Paragraph:
        """Return texts in that language as one paragraph."""
        return Paragraph(tuple(Sentence.of(text, language, prose=prose) for text in texts))

    def __bool__(self) -> bool:
        return any(self.sentences)

    def written(self, language: Language) -> str:
        """The paragraph as it is printed."""
        return " ".join(sentence.written(language) for sentence in self.sentences if sentence)


def _run(name: str, value: Quantity | Named | int | str, spec: str, language: Language, *, prose: bool) -> Run:
    if isinstance(value, Quantity):
        return FactRun(name, Fact.of(value), spec, prose)
    if isinstance(value, Named):
        return _OF_KIND[value.kind](value.called(language))
    return _run_of(value) if isinstance(value, str) else Period(str(value))


def _run_of(word: str) -> Run:
    return _OF_KIND[word.kind](str(word)) if isinstance(word, Word) else word
