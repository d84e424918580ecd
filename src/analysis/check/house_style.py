"""House style: what the texts of an element do not keep of docs/style-guide.md, and what to write instead.

Pure functions, from an element (the JSON that a cell leaves) to sentences. What only people can judge, such as
whether a title states a finding, stands in the guide alone. Source lines are not looked at: the data package
prints them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from analysis.export.document import Block
from analysis.export.written import Written, texts_of
from analysis.foundation.words import LANGUAGES, Language
from analysis.mexico import COUNTRY
from analysis.values.quantities import month_name

TITLE_LENGTH: Final = {"full": 90, "half": 40}
HEADLINE_LENGTH: Final = 200
ALT_LENGTH: Final = (100, 400)
ALT_DIGITS: Final = 3

_AROUND: Final = 30


class _Rule(NamedTuple):
    """A pattern that no text may have, and what to write instead; ``{found}`` stands for what was found."""

    pattern: str
    advice: str


# -- the rules: what is not written, and what is instead ---------------------------------------------------------------

_TYPING: Final = (
    _Rule(r"  |^\s|\s$", "one space between two words, and none at either end"),
    _Rule(r"\s[.,;:!?)]|\(\s", "no space before '{found}'"),
    _Rule(r"\.\.|,,|;;|\(\)", "'{found}' is not punctuation: a part of the sentence is missing, or one too many"),
    _Rule(r"[{}]", "a stray '{found}': name the value inside the braces, or remove them"),
    _Rule(r"\b(?:nan|NaN|NaT|inf)\b|\bNone\b(?! of\b)", "'{found}' is a word of the machine: the value is missing"),
)

_MONTH: Final = "|".join(
    month_name(month, language, short=short)
    for month in range(1, 13)
    for language in LANGUAGES
    for short in (False, True)
)

_NO_NUMBERS: Final = re.compile(
    r"https?://\S+|www\.\S+"
    r"|\b\d{4}-\d{2}-\d{2}\b|^\d{4}-\d{2}(?=$| \()"  # days, and the months that name rows of data, as ISO 8601 has them
    r"|\bISO \d+(?:-\d+)?"
)
"""Digits that are no numbers of a text."""

_NUMBERS: Final = (
    _Rule(r"(?<![\w.,%)])[-–—]\d", "'{found}' has a dash for its minus: write − (U+2212), as a Quantity does"),
    _Rule(r"\d%?[-−—]\d", "a range takes an en dash without spaces (2014–2025), not '{found}'"),
    _Rule(rf"(?i)\b(?:{_MONTH})[-—](?:{_MONTH})\b", "a range of months takes an en dash, not '{found}'"),
    _Rule(r"\d\s+%", "no space before the sign: 49.1%, not '{found}'"),
    _Rule(
        r"(?<![\w.,-])(?!(?:1[89]|20)\d\d(?!\d))\d{4,}(?!\w)",
        "thousands take a comma, in four figures too (1,712), not '{found}'",
    ),
    _Rule(r"\d,(?!\d{3}(?!\d))\d+|(?<![\d,])0,\d+", "decimals take a point, and a comma parts three digits: '{found}'"),
    _Rule(r"\d\.\d{3}\.\d{3}|(?<![\w.,])\d{1,3}(?:\s\d{3})+(?!\d|[.,]\d)", "thousands take a comma, not '{found}'"),
    _Rule(r"[←-⇿➔➙-➾⬀-⬏]|->", "'{found}' is read aloud as a shape: write the sign, or the verb"),
    _Rule(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b", "a date has its month in words, not '{found}'"),
    _Rule(r"\$\s?\d", "the currency is a word or a code (millones de dólares, USD 5,611 million), not '{found}'"),
)

_NUMBERS_OF: Final[dict[Language, tuple[_Rule, ...]]] = {
    "es": (
        _Rule(r"\d por ciento\b", "in Spanish a figure takes the sign (49.1%), not '{found}'"),
        _Rule(r"\b\d+ mil\b|\bmil \d{3}\b", "a figure is written whole (65,000), or in millions, not '{found}'"),
    ),
    "en": (_Rule(r"\d percent\b", "'per cent' in a sentence, the sign elsewhere, not '{found}'"),),
}

_PER_CENT: Final = _Rule(r"\d%", "a sentence says 'per cent', not '{found}': print the Quantity with the words")

_PEOPLE: Final[dict[Language, tuple[_Rule, ...]]] = {
    "es": (
        _Rule(
            r"(?i)\bilegal\w*|\bindocumentad\w*|\bsin papeles\b",
            "not '{found}' but 'en situación migratoria irregular', or which permit is missing",
        ),
        _Rule(
            r"(?i)\b(?:olas?|oleadas?|avalanchas?|mareas?|aludes|alud|inundaci[oó]n(?:es)?|torrentes?|estampidas?|hordas?"
            r"|tsunamis?|invasi[oó]n(?:es)?) (?:migratorias?|de (?:\w+ ){0,2}"
            r"(?:migrantes|inmigrantes|extranjer[oa]s|refugiad[oa]s|solicitantes))\b",
            "not '{found}': people are no disaster; say how many, and when",
        ),
        _Rule(r"(?i)\btrata de blancas\b", "not '{found}' but 'trata de personas'"),
    ),
    "en": (
        _Rule(
            r"(?i)\billegal\w*|\bundocumented\b|\baliens\b|(?-i:\balien\b)",
            "not '{found}' but 'in an irregular migration situation', or which permit is missing",
        ),
        _Rule(
            r"(?i)\b(?:waves?|floods?|surges?|influx(?:es)?|tides?|avalanches?|torrents?|swarms?|hordes?|invasions?)"
            r" of (?:\w+ ){0,2}(?:migrants|immigrants|foreigners|refugees|asylum[- ]seekers)\b"
            r"|\b(?:im)?migrant (?:wave|flood|surge|influx|tide|invasion)s?\b",
            "not '{found}': people are no disaster; say how many, and when",
        ),
    ),
}

_FOREIGN: Final[dict[Language, _Rule]] = {
    "es": _Rule(
        r"(?i)\b(?:the|and|with|year|claims|source|figures|people|chart|table|from|until|deaths|share|workers"
        r"|visas issued|events|states|which|were|this|these|of|born)\b",
        "'{found}' is English",
    ),
    "en": _Rule(
        r"(?i)\b(?:el|los|las|con|año|solicitudes|fuente|cifras|personas|gráfica|cuadro|hasta|muertes|remesas|eventos"
        r"|entidad|nacidas|que|del|por|para|según)\b",
        "'{found}' is Spanish",
    ),
}

_NO_COLOUR: Final = "'{found}' says nothing to those who cannot see it: name the series or the mark"

_IDLE_START: Final = _Rule(
    r"(?i)^(?:(?:imagen|ilustración|foto|figura|image|picture|photo|figure)\b"
    r"|(?:(?:la|esta|una|the|this|a) )?(?:gráfic[oa]|chart|graph)"
    r" (?:que )?(?:muestra|presenta|ilustra|that shows|which shows|shows|showing)\b)",
    "'{found}' says nothing new: start with the kind of chart (Barras por año, Line chart)",
)

_COLOURS: Final[dict[Language, _Rule]] = {
    "es": _Rule(
        r"\b(?:azul(?:es)?|roj[oa]s?|verdes?|amarill[oa]s?|naranjas?|gris(?:es)?|morad[oa]s?|rosas?|negr[oa]s?"
        r"|blanc[oa]s?|turquesas?|oscur[oa]s?|color(?:es)?(?! de (?:la )?piel))\b",
        _NO_COLOUR,
    ),
    "en": _Rule(
        r"\b(?:blue|red|green(?! card)|yellow|orange|gr[ae]y|purple|pink|black|white|teal|dark(?:er)?|lighter"
        r"|(?<!skin )colou?r(?:s|ed)?)\b",
        _NO_COLOUR,
    ),
}
"""In small letters alone: Piedras Negras and the Red Cross are names."""

_SENTENCE_END: Final = re.compile(r"[.?!…][»”’)]*$")
_ABBREVIATED: Final = re.compile(r"\b(?:EE\. UU|U\.S|etc)\.$")


# -- what to change ---------------------------------------------------------------------------------------------------


def style_faults(element: Block, language: Language) -> Iterator[str]:
    """Yield what to change in an element, each sentence starting with the text that it is about."""
    if element["kind"] in {"chart", "table"}:
        yield from _too_long("title", element["title"], TITLE_LENGTH[element.get("width", "full")])
    if element["kind"] == "headline":
        yield from _too_long("text", element["text"], HEADLINE_LENGTH)
    if element["kind"] == "chart":
        if not element["subtitle"]:
            yield "subtitle: there is none: say what is counted, of whom, where and when"
        yield from (f"alternative text: {fault}" for fault in alt_faults(element, language))
    for written in texts_of(element):
        yield from (f"{written.slot}: {fault}" for fault in text_faults(written, language))


def alt_faults(chart: Block, language: Language) -> Iterator[str]:
    """Yield what keeps the alternative text of a chart from standing in for it."""
    alt, (least, most) = chart["alt"], ALT_LENGTH
    if not least <= len(alt) <= most:
        yield f"{len(alt)} characters, not {least} to {most}: the kind of chart, the period, the values of its shape"
    if len(re.findall(r"\d", alt)) < ALT_DIGITS:
        yield "it gives no values: name those that make the shape (first, highest, lowest, last)"
    if any(_plain(alt).startswith(_plain(chart[key])) for key in ("title", "subtitle") if chart[key]):
        yield "it repeats the caption, which is read aloud before it: start with the kind of chart"
    yield from _broken(alt, [_IDLE_START, _COLOURS[language]])


def text_faults(written: Written, language: Language) -> Iterator[str]:
    """Yield what to change in one text, wherever it stands."""
    text = written.text
    if written.form == "title" and text.endswith(".") and not _ABBREVIATED.search(text):
        yield f"it is no sentence, and takes no full stop{_quoted(text, len(text))}"
    if written.form in {"prose", "note"} and not _SENTENCE_END.search(text):
        yield f"a sentence ends with a full stop{_quoted(text, len(text))}"
    yield from _broken(text, _TYPING)
    yield from number_faults(text, language)
    if language == "en" and written.form == "prose":
        yield from _broken(text, [_PER_CENT])
    yield from people_faults(text, language)
    yield from foreign_words(text, language)


def number_faults(text: str, language: Language) -> Iterator[str]:
    """Yield the numbers, ranges and dates that are not written as the house writes them."""
    yield from _broken(_NO_NUMBERS.sub("", text), [*_NUMBERS, *_NUMBERS_OF[language]])


def people_faults(text: str, language: Language) -> Iterator[str]:
    """Yield the words that take dignity from people, or make a disaster of them."""
    yield from _broken(text, _PEOPLE[language])


def foreign_words(text: str, language: Language) -> Iterator[str]:
    """Yield the first word of the other language; the proper names of the country keep theirs."""
    yield from _broken(COUNTRY.proper_names.sub("", text), [_FOREIGN[language]])


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
