"""House style: what the texts of an element do not keep of docs/style-guide.md, and what to write instead.

Pure functions, from an element to sentences. What only people can judge, such as
whether a title states a finding, stands in the guide alone. Source lines are not looked at: the data package
prints them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from analysis.foundation.words import LANGUAGES, Language
from analysis.mexico import COUNTRY
from analysis.report.elements import Chart, Element, Headline, Table, Written
from analysis.values.quantities import month_name

TITLE_LENGTH: Final = {"full": 90, "half": 40}
HEADLINE_LENGTH: Final = 200
ALT_LENGTH: Final = (60, 600)
ALT_DIGITS: Final = 3

_AROUND: Final = 30


class _Rule(NamedTuple):
    """A pattern that no text may have, and what to write instead; ``{found}`` stands for what was found."""

    pattern: str
    advice: str


_MONTH: Final = "|".join(
    month_name(month, language, short=short)
    for month in range(1, 13)
    for language in LANGUAGES
    for short in (False, True)
)
_WRITTEN: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["rules"]
_NO_NUMBERS: Final = re.compile(
    r"https?://\S+|www\.\S+"
    r"|\b\d{4}-\d{2}-\d{2}\b|^\d{4}-\d{2}(?=$| \()"  # days, and the months that name rows of data, as ISO 8601 has them
    r"|\bISO \d+(?:-\d+)?"
)
"""Digits that are no numbers of a text."""
_SENTENCE_END: Final = re.compile(r"[.?!…][»”’)]*$")
_ABBREVIATED: Final = re.compile(r"\b(?:EE\. UU|U\.S|etc)\.$")


# -- what to change ---------------------------------------------------------------------------------------------------


def style_faults(element: Element, language: Language) -> Iterator[str]:
    """Yield what to change in an element, each sentence starting with the text that it is about."""
    if isinstance(element, Chart | Table):
        width = element.width if isinstance(element, Chart) else "full"
        yield from _too_long("title", element.title.written(language), TITLE_LENGTH[width])
    if isinstance(element, Headline):
        yield from _too_long("text", element.text.written(language), HEADLINE_LENGTH)
    if isinstance(element, Chart):
        if not element.subtitle:
            yield "subtitle: there is none: say what is counted, of whom, where and when"
        yield from (f"alternative text: {fault}" for fault in alt_faults(element, language))
    for written in element.texts(language):
        yield from (f"{written.slot}: {fault}" for fault in text_faults(written, language))


def alt_faults(chart: Chart, language: Language) -> Iterator[str]:
    """Yield what keeps the alternative text of a chart from standing in for it."""
    alt, (least, most) = chart.alt.written(language), ALT_LENGTH
    caption = [text for text in (chart.title.written(language), chart.subtitle.written(language)) if text]
    if not least <= len(alt) <= most:
        yield f"{len(alt)} characters, not {least} to {most}: the kind of chart, the period, the values of its shape"
    if len(re.findall(r"\d", alt)) < ALT_DIGITS:
        yield "it gives no values: name those that make the shape (first, highest, lowest, last)"
    if any(_plain(alt).startswith(_plain(text)) for text in caption):
        yield "it repeats the caption, which is read aloud before it: start with the kind of chart"
    yield from _broken(alt, _rules("alternative text", language))


def text_faults(written: Written, language: Language) -> Iterator[str]:
    """Yield what to change in one text, wherever it stands."""
    text = written.text
    if written.form == "title" and text.endswith(".") and not _ABBREVIATED.search(text):
        yield f"it is no sentence, and takes no full stop{_quoted(text, len(text))}"
    if written.form in {"prose", "note"} and not _SENTENCE_END.search(text):
        yield f"a sentence ends with a full stop{_quoted(text, len(text))}"
    yield from _broken(text, _rules("typing", language))
    yield from number_faults(text, language)
    if written.form == "prose":
        yield from _broken(text, _rules("prose", language))
    yield from people_faults(text, language)
    yield from foreign_words(text, language)


def number_faults(text: str, language: Language) -> Iterator[str]:
    """Yield the numbers, ranges and dates that are not written as the house writes them."""
    yield from _broken(_NO_NUMBERS.sub("", text), _rules("numbers", language))


def people_faults(text: str, language: Language) -> Iterator[str]:
    """Yield the words that take dignity from people, or make a disaster of them."""
    yield from _broken(text, _rules("people", language))


def foreign_words(text: str, language: Language) -> Iterator[str]:
    """Yield the first word of the other language; the proper names of the country keep theirs."""
    yield from _broken(re.sub(COUNTRY.proper_names, "", text), _rules("foreign", language))


@cache
def _rules(kind: str, language: Language) -> tuple[_Rule, ...]:
    """Return the rules of a kind that hold in a language: those of all languages first."""
    held = [rule for rule in _WRITTEN if rule["kind"] == kind and rule.get("language", language) == language]
    return tuple(_Rule(rule["pattern"].replace("MONTH", _MONTH), rule["advice"]) for rule in held)


def _broken(text: str, rules: Iterable[_Rule]) -> Iterator[str]:
    """Yield the advice of each rule that the text breaks, with the words around the first place."""
    for rule in rules:
        if found := re.search(rule.pattern, text):
            yield rule.advice.format(found=found[0]) + _quoted(text, found.start(), found.end())


def _too_long(slot: str, text: str, most: int) -> Iterator[str]:
    if len(text) > most:
        yield f"{slot}: {len(text)} characters, and {most} fit: shorten it{_quoted(text, 0)}"


def _plain(text: str) -> str:
    """Letters and digits alone, to compare wordings."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _quoted(text: str, start: int, end: int | None = None) -> str:
    """Quote a place of a text with the words around it."""
    first, last = max(start - _AROUND, 0), (start if end is None else end) + _AROUND
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return f" ('{before}{text[first:last]}{after}')"
