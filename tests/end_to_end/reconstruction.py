"""What a report of a past date, made with the data of today, must not say: four rules, from texts to what breaks them.

The values of a reconstruction are those of versions held today, so that nothing in them tells what was published or
known on its date (docs/style-guide.md). The rules look at every text that a notebook wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from analysis.foundation.words import LANGUAGES, Language, word
from analysis.report.elements import Written
from analysis.values.quantities import format_date, iso_date, month_name
from tests.end_to_end.reading import Read

PRESENT: Final[dict[Language, tuple[str, ...]]] = {
    "es": (
        r"\bhoy\b|\bactualmente\b|\ben la actualidad\b|\bhasta la fecha(?! de corte)",
        r"\búltim[oa]s? (?:mes|año|dato|trimestre|informe|cifra|ronda)\w*(?: \w+)?"
        r" (?:publicad|disponible|conocid)\w*\b(?! que se encontró)",
        r"\bya se (?:ha|han) publicado|\b(?:todavía|aún) no\b|\bno se (?:ha|han|había|habían) publicado",
        r"(?<!versiones que )\bya se habían? publicado|\bsin (?:dato|cifra)s? publicad|\bcifras del año en curso",
        r"\bse (?:conocía|conocían|sabía)\b",
        r"\b(?:revisó|revisaron|corrigió|corrigieron|subió|subieron|bajó|bajaron) después\b",
        r"\bdespués (?:se )?(?:l[aeo]s? )?(?:revisó|revisaron|corrigió|corrigieron|fue\w* (?:revisad|corregid))",
    ),
    "en": (
        r"\btoday\b|\bcurrently\b|\bnowadays\b|\bso far\b|\bto date\b",
        r"\b(?:latest|last) (?:(?:full|complete) )?(?:month|year|quarter|figure|round) (?:published|available|known)",
        r"\blatest (?:full |complete )?(?:month|year)\b(?! \w+ used here)|\b(?:latest|last) published\b",
        r"\bnot yet\b|\b(?:has|have|had) not been published",
        r"(?<!versions that )\bhad been published|\bno figures? published|\bwithout a published figure",
        r"\bfigures of the current year\b",
        r"\b(?:was|were) (?:then |not )?known\b",
        r"\b(?:revised|corrected|rose|fell) (?:later|afterwards)\b|\blater (?:revised|corrected)\b",
    ),
}
"""Words that tell of a date as of today, or what had been published by then; a version has a date of its own."""

_OF_A_VERSION: Final = re.compile(
    r"edición (?:de )?\d{4}|\d{4} edition|edition of \d{4}"
    r"|versión del \d+ de \w+ de \d{4}|version of \d+ \w+ \d{4}|proyección de \d{4}|projection of \d{4}"
    r"|(?:precios(?: medios)?|pesos) de \d{4}|(?:prices|pesos) of \d{4}|\d{4} pesos"
    r"|meta mundial para \d{4}|world goal for \d{4}"
)
"""Years that name a version, the prices of a unit, or a goal."""

_MONTHS: Final = {
    month_name(month, language, short=short): month
    for month in range(1, 13)
    for language in LANGUAGES
    for short in (False, True)
}
_PERIOD: Final = rf"(?:\b({'|'.join(_MONTHS)}) (?:de )?)?\b(20\d\d)\b"
_SINCE: Final = re.compile(rf"\b(?:[Dd]esde|[Ss]ince) (?:el |the )?{_PERIOD}")
_RECORD: Final = re.compile(
    r"(?i)\b(?:máxim\w+|mínim\w+|récord|mayor|menor|más alt\w+|más baj\w+|con (?:más|menos)"
    r"|highest|lowest|largest|smallest|most|fewest|peak|maximum|minimum|record)\b"
)
_SENTENCES: Final = re.compile(r"(?<=[.;?!]) ")
_FRAGMENT: Final = re.compile(
    r"(?:^|(?<=[.?!] ))[a-záéíóúñ].{0,40}"
    r"|\b(?:[Ss]in (?:dato|cifra)|[Nn]o (?:figure|data))[^:.]*:(?:[^;.]*;)* (?:de|del|dice|of|says?) .{0,40}"
)


def faults(elements: Sequence[Read], as_of: str, language: Language) -> Iterator[str]:
    """What in the elements of a report breaks a rule: its kind, its place, and the words."""
    rule = word("cutoff_rule", language).format(date=format_date(iso_date(as_of), language))
    for read in elements:
        for written in read.element.texts(language):
            text = written.text.replace(rule, "")
            found = (
                *of_the_present(text, language),
                *of_later(text, as_of),
                *records_of_one(text, as_of),
                *fragments(written),
            )
            yield from (f"{read['kind']}, {written.slot}: {words}" for words in found)


def of_the_present(text: str, language: Language) -> Iterator[str]:
    """Words that tell of a date as of today, or what had been published by then."""
    for pattern in PRESENT[language]:
        yield from (_around(text, match) for match in re.finditer(rf"(?i){pattern}", text))


def of_later(text: str, as_of: str) -> Iterator[str]:
    """Months and years after the date."""
    day = iso_date(as_of)
    text = _OF_A_VERSION.sub("", text)
    yield from (_around(text, match) for match in re.finditer(_PERIOD, text) if _start(*match.groups()) > day)


def records_of_one(text: str, as_of: str) -> Iterator[str]:
    """Records since a month or year that are of that very month or year, so that they may be of one value alone."""
    for sentence in _SENTENCES.split(text):
        since = _SINCE.search(sentence)
        if since and _RECORD.search(sentence):
            month, year = since.groups()
            rest = sentence.replace(since.group(), "")
            own = [(month, year), *(((name, year) for name in _MONTHS) if not month and year == as_of[:4] else ())]
            yield from (sentence for match in re.finditer(_PERIOD, rest) if match.groups() in own)


def fragments(written: Written) -> Iterator[str]:
    """Sentences that begin as none does, and labels that stand unquoted where they only go on from a number."""
    if written.form in {"prose", "note"}:
        yield from (match.group() for match in _FRAGMENT.finditer(written.text))


def _start(month: str | None, year: str) -> date:
    return date(int(year), _MONTHS[month] if month else 1, 1)


def _around(text: str, match: re.Match[str]) -> str:
    return f"…{text[max(0, match.start() - 60) : match.end() + 40]}…"
