"""Sentences in two languages whose numbers come from quantities and whose claims carry their condition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from numbers import Integral
from string import Formatter
from typing import Any, Final, Literal

from analysis.foundation.errors import AnalysisError, QuantityError
from analysis.foundation.words import LANGUAGES, Language
from analysis.values.quantities import Quantity

_YEARS: Final = range(1800, 2200)


WordKind = Literal["period", "name", "label"]
"""What a word stands for: a period, a place or people by their name, a category as the data package calls it."""


class Word(str):
    """A word of the briefing's language that knows what it stands for; joined with others, it is plain text.

    Attributes:
        kind: what it stands for.
        iso: the ISO period that it names; empty where it names none.
    """

    kind: WordKind
    iso: str

    def __new__(cls, text: str, kind: WordKind, iso: str = "") -> Word:
        """Return the word."""
        made = super().__new__(cls, text)
        made.kind, made.iso = kind, iso
        return made


@dataclass(frozen=True)
class Named:
    """What has a name in each language, and is no number: a place, people, a period, a category.

    Attributes:
        es: its Spanish name.
        en: its English name.
        kind: what it stands for.
        iso: the ISO period that it names; empty where it names none.
    """

    es: str
    en: str
    kind: WordKind = "name"
    iso: str = ""

    def called(self, language: Language) -> str:
        """Its name in that language."""
        return self.es if language == "es" else self.en


@dataclass(frozen=True)
class Evidence:
    """What a claim in words rests on: a number, and between which bounds it had to lie.

    Attributes:
        name: the number as the notebook calls it.
        quantity: the number.
        low: the least that it may be; None where there is no such bound.
        high: the largest.
        above: whether the number must be above `low`, not merely reach it; and below `high`.
        holds: whether it lies between them.
    """

    name: str
    quantity: Quantity
    low: float | None
    high: float | None
    above: bool
    holds: bool


class TextError(AnalysisError, ValueError):
    """A sentence that cannot be printed: the message says which and what to change."""


@dataclass(frozen=True, repr=False)
class Text:
    """One text with its Spanish and its English template and the values that both name.

    Attributes:
        es: Spanish template, ``"Se recibieron {claims} solicitudes en {year}."``
        en: English template, naming the same values.
        values: quantities, years, names, and words already in the language of the briefing.
        neutral: whether this neutral wording stands in for a claim that the data do not support.
        evidence: what decided whether it claims something or is neutral.
    """

    es: str
    en: str
    values: Mapping[str, Any] = field(default_factory=dict)
    neutral: bool = False
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        spanish, english = _names(self.es), _names(self.en)
        if bool(self.es) != bool(self.en):
            raise TextError(f"'{self.es or self.en}' stands in one language only: write both es and en")
        if spanish != english:
            odd = sorted(spanish ^ english)[0]
            raise TextError(f"'{self.es}' and its English do not name the same values: '{odd}' is in one only")
        unknown = sorted(spanish - set(self.values))
        if unknown:
            raise TextError(f"'{self.es}' names '{unknown[0]}', which was not given")
        for name in sorted(spanish):
            _check_value(name, self.values[name], self.es)
        for template in (self.es, self.en):
            _check_formats(template, self.values)

    def __bool__(self) -> bool:
        return bool(self.es)

    def __repr__(self) -> str:
        spanish, english = (self.render(language, prose=True) for language in LANGUAGES)
        return f"es: {spanish}\nen: {english}" if self else "(left out)"

    def render(self, language: Language, *, prose: bool = False) -> str:
        """Write the text in that language; `prose` for sentences, where English says "per cent"."""
        template = self.es if language == "es" else self.en
        parts = []
        for literal, name, spec, _ in Formatter().parse(template):
            parts.append(literal)
            if name is not None:
                parts.append(_written(self.values[name], language, spec or "", prose=prose))
        return "".join(parts)

    @property
    def quantities(self) -> dict[str, Quantity]:
        """The quantities that the text prints, by name."""
        named = _names(self.es)
        return {name: value for name, value in self.values.items() if name in named and isinstance(value, Quantity)}

    @property
    def missing(self) -> list[str]:
        """Names of the quantities that have no value."""
        return [name for name, quantity in self.quantities.items() if quantity.value is None]


MaybeText = Any
"""A sentence, or what is false instead of one, nothing or an empty list: what ``condition and say(...)`` gives."""


def text(es: str, en: str, **values: Any) -> Text:
    """Return a text that holds whatever the data say.

    Raises:
        TextError: if the languages differ in what they name, or a quantity has no value.
    """
    made = Text(es, en, values)
    if made.missing:
        raise TextError(
            f"'{es}' needs {_without_value(made)}: give it other words for then, "
            "say(..., otherwise_es='...', otherwise_en='...')"
        )
    return made


def claim(when: bool, es: str, en: str, *, neutral_es: str = "", neutral_en: str = "", **values: Any) -> Text:
    """Return a text that claims a direction, an order or a fraction, or its neutral wording when not supported.

    Args:
        when: whether the data support the claim.
        es: Spanish claim.
        en: English claim.
        neutral_es: what to print otherwise: the measure and the period. Empty leaves the sentence out.
        neutral_en: the same in English.
        **values: what the wordings name.

    Raises:
        TextError: if the languages differ in what they name, or the neutral wording names a missing quantity.
    """
    made, neutral = Text(es, en, values), Text(neutral_es, neutral_en, values, neutral=True)
    if when and not made.missing:
        return made
    if neutral.missing:
        raise TextError(
            f"'{neutral_es}' is for when a value is missing, and needs {_without_value(neutral)}: leave it out there"
        )
    return neutral


def _written(value: Quantity | Named | int | str, language: Language, spec: str, *, prose: bool) -> str:
    if isinstance(value, Quantity):
        return value.text(language, spec, prose=prose)
    return value.called(language) if isinstance(value, Named) else str(value)


def _without_value(made: Text) -> str:
    """Name the first quantity without a value, and the parts of its sum that are not known."""
    name = made.missing[0]
    lacks = "; ".join(made.quantities[name].lacks)
    return f"'{name}', which has no value here" + (f" (it lacks {lacks})" if lacks else "")


def stated(texts: Iterable[MaybeText]) -> tuple[Text, ...]:
    """Return the sentences that an author states: ``condition and say(...)`` leaves one out where it is not so."""
    return tuple(text for text in texts if isinstance(text, Text) or text)


def sentences(*texts: MaybeText, between: str = " ") -> Text:
    """Return several sentences as one text, for instance a note; those left out leave no gap.

    The values of each keep their own names, with the place of the sentence before it.

    Args:
        *texts: the sentences.
        between: what stands between two of them.
    """
    given = stated(texts)
    shown = [t for t in given if t]
    spanish = between.join(_renamed(t.es, i) for i, t in enumerate(shown))
    english = between.join(_renamed(t.en, i) for i, t in enumerate(shown))
    values = {f"s{i}_{name}": value for i, t in enumerate(shown) for name, value in t.values.items()}
    evidence = tuple(item for t in given for item in t.evidence)
    return Text(spanish, english, values, neutral=any(t.neutral for t in shown), evidence=evidence)


def _renamed(template: str, place: int) -> str:
    """Write a template with its names prefixed by the place of the sentence."""
    parts = []
    for literal, name, spec, _ in Formatter().parse(template):
        parts.append(literal.replace("{", "{{").replace("}", "}}"))
        if name is not None:
            parts.append("{" + f"s{place}_{name}" + (f":{spec}" if spec else "") + "}")
    return "".join(parts)


def _names(template: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    except ValueError as error:
        raise TextError(f"'{template}' is not a template ({error})") from None


def _check_formats(template: str, values: Mapping[str, Any]) -> None:
    """A format that its number does not have is told where it is written, not where it is printed."""
    for _, name, spec, _ in Formatter().parse(template):
        if spec and isinstance(value := values.get(name or ""), Quantity):
            try:
                value.text("es", spec)
            except QuantityError as error:
                raise TextError(f"'{template}' prints {{{name}:{spec}}}: {error}") from None


def _check_value(name: str, value: Any, template: str) -> None:
    """A bare number would be a number without origin: only quantities, years and words may be printed."""
    if isinstance(value, Quantity):
        value.refuse_no_sum()
    year = isinstance(value, Integral) and int(value) in _YEARS
    if not (isinstance(value, (Quantity, Named, str)) or year):
        raise TextError(f"'{template}' prints '{name}' = {value!r} without origin: give a Quantity, a year or a word")
