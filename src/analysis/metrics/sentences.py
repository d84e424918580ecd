"""Sentences that name the notebook's own variables: `say` fills them in, and refuses a number that nothing proves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from string import Formatter
from typing import Any, Final

from analysis.foundation.words import LANGUAGES, Language
from analysis.metrics.algebra import Metric
from analysis.metrics.axes import MetricError
from analysis.metrics.conditions import Bound, Condition
from analysis.metrics.names import Names, caller_names, value_of
from analysis.metrics.readings import Category, IsoPeriod, Reading, Year, country_named, people_named, state_named
from analysis.mexico import COUNTRY
from analysis.values.periods import span_days
from analysis.values.quantities import Missing, Quantity
from analysis.values.texts import Evidence, Named, Text, Word, claim, text
from analysis.values.units import check_unit

_PLACES: Final = {"people": people_named, "state": state_named, "country": country_named}
"""Formats of a code that stands for people or a place."""
_PERIODS: Final = ("period", "month", "short")
"""Formats of a period: in words; the same; with months abbreviated."""
_STARTS: Final = re.compile(r"(?:^|[.!?]»? )[¿¡«“]?$")
"""What stands before the first word of a sentence."""
_WORDED: Final = frozenset({"fraction", "trend", "trends", "size"})
_DIGITS: Final = re.compile(r"\S*\d\S*")
_NUMBER_WORDS: Final[Mapping[Language, re.Pattern[str]]] = {
    "es": re.compile(
        r"\b(?:la mitad|(?:un|dos) tercios?|(?:una|dos|tres) (?:tercera|cuarta|quinta|décima)s? partes?"
        r"|(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve) de cada \w+"
        r"|el doble|el triple|(?:du|tri)plic(?:ó|aron))\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:(?<!first )(?<!second )half(?! of the year|-year)|(?:a|one|two)[ -]thirds?|(?:a|one|three)[ -]quarters?"
        r"|(?:one|two|three|four|six|seven|eight|nine) in (?:two|three|four|five|ten|a)"
        r"|twice|doubled|tripled|halved)\b",
        re.IGNORECASE,
    ),
}
"""Words that are numbers: they are printed by `:fraction` and `:trend` alone, which know when they are true."""


def say(
    es: str = "",
    en: str = "",
    *,
    when: Condition | None = None,
    otherwise_es: str = "",
    otherwise_en: str = "",
    **given: Any,
) -> Text:
    """Return a sentence that names variables of the cell: ``{received}``, ``{share.before:0}``, ``{first:people}``.

    A metric prints its last value. Formats are those of `Quantity.text` and, of the closed vocabulary, ``fraction``,
    ``trend``, ``trends`` and ``size``; ``people``, ``state`` and ``country`` of a code; ``period`` and ``short`` of a
    period.

    Args:
        es: the Spanish sentence.
        en: the English one, which names the same values.
        when: what it claims; it stays with the sentence as evidence. Where it does not hold, or a value is missing, the
            other wording is printed.
        otherwise_es: the wording for then: the measure and the period. Empty leaves the sentence out.
        otherwise_en: the same in English.
        **given: values that are not seen from here, by name.

    Raises:
        MetricError: if a name is not known, or what it stands for may not be printed; if a number is typed in.
        TextError: if the languages name different values, or a value is missing and there is no other wording.

    Example:
        >>> say(when=received.fell, es="Bajaron {received.moved:size}.", en="They fell by {received.moved:size}.",
        ...     otherwise_es="Hubo {received} solicitudes.", otherwise_en="There were {received} claims.")
    """
    names = caller_names(given)
    if when is not None and not isinstance(when, Condition):
        raise MetricError(
            f"when={when!r} keeps no evidence: compare metrics, when=share > 45; "
            "what is no comparison of numbers is plain Python: say(...) if ... else say(...), or ... and say(...)"
        )
    templates, values = bound([es, en, otherwise_es, otherwise_en], names)
    if when is None and not otherwise_es:
        _check_directions(templates, values, when)
        return text(templates[0], templates[1], **values)
    _check_directions(templates[:2], values, when)
    holds = when is None or when.holds is True
    made = claim(holds, templates[0], templates[1], neutral_es=templates[2], neutral_en=templates[3], **values)
    bounds = [] if when is None else [item for item in when.bounds if item.quantity.value is not None]
    return replace(made, evidence=tuple(_evidence(item, names) for item in bounds))


def bound(sentences: Sequence[str], names: Names) -> tuple[list[str], dict[str, Any]]:
    """Return sentences as templates, Spanish and English in turn, and the values that they name.

    Raises:
        MetricError: as `say` does.
    """
    values: dict[str, Any] = {}
    templates = [
        _bound(sentence, LANGUAGES[place % len(LANGUAGES)], names, values) for place, sentence in enumerate(sentences)
    ]
    return templates, values


def name(es: str, en: str = "") -> Named:
    """Return a name that is printed as it is, digits included: ``name("H-2A")``, ``name("Título 42", "Title 42")``.

    Raises:
        MetricError: if it is no text, or has a name already: a code, a year, a period.
    """
    for each in (es, en or es):
        if not isinstance(each, str) or isinstance(each, Category | IsoPeriod) or not each.strip():
            raise MetricError(
                f"name() is given a {type(each).__name__}, or an empty one: write a text, name('H-2A'), or one in each "
                "language, name('Título 42', 'Title 42'); codes, years and periods have their names already"
            )
    return Named(str(es), str(en or es))


def period(iso: str) -> IsoPeriod:
    """Return an ISO period that a sentence writes in words: ``period("2016/2022-06")``.

    Raises:
        QuantityError: if it is none.
    """
    span_days(iso)
    return IsoPeriod(iso)


def derived(
    value: float | None,
    *,
    unit: str,
    of: Sequence[Quantity | Metric],
    how: str,
    period: str = "",
    missing: Missing = "",
) -> Reading:
    """Return a number that was computed outside the library, by a regression or a model, with what it was made of.

    Args:
        value: the number; None where there is none, and `missing` says why.
        unit: key of its unit.
        of: the quantities that it was computed from; of metrics, their last values.
        how: the computation in one sentence, for who counts it again.
        period: ISO period; that of the first quantity when not given.
        missing: why there is none.

    Raises:
        MetricError: if it is of nothing, or nothing says how.
        QuantityError: if there is no such unit.
    """
    check_unit(unit)
    parts = [part.now if isinstance(part, Metric) else part for part in of]
    if not parts or not how.strip():
        raise MetricError("derived() needs the quantities that the number is made of, of=[...], and how='...'")
    return Reading(
        value=None if value is None else float(value),
        unit=unit,
        period=period or parts[0].period,
        geography=COUNTRY.together(part.geography for part in parts),
        tables=tuple(dict.fromkeys(table for part in parts for table in part.tables)),
        derivation={"op": "derived", "of": [dict(p.derivation) for p in parts], "how": how, "value": value},
        preliminary=any(part.preliminary for part in parts),
        missing=missing or ("no_data" if value is None else ""),
    )


def _bound(sentence: str, language: Language, names: Names, values: dict[str, Any]) -> str:
    """Return one sentence as a template, and add what it names to the values, each under all that is written of it."""
    if not isinstance(sentence, str):
        raise MetricError(f"a sentence is a string, not {sentence!r}: write es='...', en='...'")
    parts: list[str] = []
    for letters, field, spec, conversion in _fields(sentence):
        _refuse_numbers(letters, sentence, language)
        parts.append(letters.replace("{", "{{").replace("}", "}}"))
        if field is None:
            continue
        if conversion:
            raise MetricError(f"'!{conversion}' prints letters without origin: leave it out of '{sentence}'")
        found, owner = value_of(field, names, sentence)
        printed, rest = _printable(found, owner, field, spec or "", sentence)
        if rest in _WORDED and _STARTS.search("".join(parts)):
            rest = rest.capitalize()
        key = field if not isinstance(printed, Named) or not spec else f"{field} {spec}"
        values[key] = printed
        parts.append("{" + key + (f":{rest}" if rest else "") + "}")
    return "".join(parts)


def _fields(sentence: str) -> list[tuple[str, str | None, str | None, str | None]]:
    try:
        return list(Formatter().parse(sentence))
    except ValueError as error:
        raise MetricError(f"'{sentence}' is not a sentence with {{names}} ({error}): close each brace") from None


def _refuse_numbers(letters: str, sentence: str, language: Language) -> None:
    """Refuse digits and words for numbers among the letters of a sentence."""
    if found := _DIGITS.search(re.sub(COUNTRY.names_with_digits, "", letters)):
        raise MetricError(
            f"'{found[0]}' is typed into '{sentence}': print a metric, {{share}}; a year is {{received.year}} or "
            "since = period('2013') and {since}; a name with digits is declared, h2a = name('H-2A') and {h2a}"
        )
    if found := _NUMBER_WORDS[language].search(letters):
        raise MetricError(
            f"'{found[0]}' is a number in words, typed into '{sentence}': print it by {{share:fraction}} or "
            "{received.moved:trend}, which know when it is true"
        )


def _printable(value: Any, owner: Any, field: str, spec: str, sentence: str) -> tuple[Any, str]:
    """Return what is printed of a value, and the format that is left for it.

    Raises:
        MetricError: if nothing proves it, or it has no such format.
    """
    if isinstance(value, Metric | Quantity):
        quantity = value.now if isinstance(value, Metric) else value
        _check_words(quantity, spec, field)
        return quantity, spec
    if isinstance(owner, Quantity) and field.endswith(".period"):
        value = IsoPeriod(value)
    if spec in _PLACES and isinstance(value, str):
        return _PLACES[spec](value), ""
    if isinstance(value, IsoPeriod) and spec in {"", *_PERIODS}:
        return value.named(short=spec == "short"), ""
    if isinstance(value, Category | Year) and not spec:
        return value.named(), ""
    if isinstance(value, Named | Word) and not spec:
        return value, ""
    raise MetricError(f"'{sentence}' prints {{{field}{':' + spec if spec else ''}}}, {_refused(value, spec)}")


def _check_directions(templates: Sequence[str], values: Mapping[str, Any], when: Condition | None) -> None:
    """Refuse the size of a change where no condition says which way it went: "fell by" would be said of a rise."""
    for template in templates:
        for _, field, spec, _ in Formatter().parse(template):
            if field is not None and (spec or "").lower() == "size" and not _is_told(values[field], when):
                metric = field.removesuffix(".moved")
                raise MetricError(
                    f"{{{field}:size}} says how far and not which way: give when={metric}.fell, or .rose, or print "
                    f"{{{field}:trend}}, which has the verb"
                )


def _is_told(moved: Quantity, when: Condition | None) -> bool:
    """Whether a condition says which way a change went."""
    if when is None:
        return False
    same = [b for b in when.bounds if b.quantity.derivation == moved.derivation]
    if when.holds:  # what does not hold itself, inverted or beside another, says nothing of this change
        same = [b for b in same if b.holds]
    return any((b.low is not None and b.low >= 0) or (b.high is not None and b.high <= 0) for b in same)


def _check_words(quantity: Quantity, spec: str, field: str) -> None:
    """Refuse words for a change where a level is printed, and those for a share where a change is."""
    op, kind = quantity.derivation.get("op"), spec.lower()
    is_change = op in {"change", "difference", "derived"}
    if kind in {"trend", "trends", "size"} and not is_change:
        raise MetricError(
            f"{{{field}:{spec}}} has words for a change, and this is none: write {{{field}.moved:{spec}}}"
        )
    if kind == "fraction" and is_change and op != "derived":
        raise MetricError(f"{{{field}:{spec}}} has words for a share, and this is a change: write {{{field}:trend}}")


def _refused(value: Any, spec: str) -> str:
    told = f"a {type(value).__name__} ({value!r:.40})"
    if isinstance(value, Named | Word | IsoPeriod | Category | Year):
        return f"which has no format '{spec}': write it without"
    if isinstance(value, bool | int | float):
        return f"{told} that nothing proves: print the metric that it comes from, or derived(...)"
    if isinstance(value, str):
        return (
            f"{told}: print a code as {{...:people}}, {{...:state}} or {{...:country}}, another name by name(es=, en=)"
        )
    if callable(value):
        return f"{told}: print what it returns, bound to a name"
    return f"{told}: print a metric, a quantity, a period, a place or a name"


def _evidence(item: Bound, names: Names) -> Evidence:
    called = _called(item.of, names) + (f".{item.attribute}" if item.attribute else "")
    if item.less is not None:
        called += f" less {_called(item.less, names)}"
    return Evidence(called, item.quantity, item.low, item.high, item.open_ended, bool(item.holds))


def _called(value: Any, names: Names) -> str:
    """What the notebook calls a value, or how it is made where it has no name there."""
    if found := names.name_of(value):
        return found
    return value.told if isinstance(value, Metric) else _derived_from(value.derivation)


def _derived_from(derivation: Mapping[str, Any]) -> str:
    """The table, the column and the rows that a number was taken from, or what it is of others."""
    if "table" in derivation:
        rows = " ".join(f"{column}={wanted}" for column, wanted in derivation["where"].items())
        return f"{derivation['table']}.{derivation['column']} {rows}"
    return f"a {derivation['op']}"
