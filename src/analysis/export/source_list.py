"""The list of sources of a document: what it tells from, how far that reaches, when it was read, how to cite it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.foundation.words import Language, word
from analysis.mexico import COUNTRY
from analysis.package.credits import DATA_PACKAGE
from analysis.report.elements import Cover, Element, Source, SourceList, Sources, flat
from analysis.values.periods import consecutive, first_day, last_day, shortest_moment
from analysis.values.quantities import format_date, format_period

_User = tuple[str, int]
"""Kind and number of an element that uses a table."""


def sources_of(elements: Iterable[Element]) -> list[Source]:
    """Return every table that the elements list as looked at."""
    return [source for element in flat(elements) if isinstance(element, Sources) for source in element.tables]


def listed_sources(elements: Sequence[Element]) -> list[Source]:
    """Return the sources that readers see: those of which something is said; what was only looked at is none."""
    told = {table for element in flat(elements) for told in element.told() for table in told.fact.tables}
    told |= set(_users(elements))
    return [source for source in sources_of(elements) if source.printed and source.table in told]


def day_read(elements: Sequence[Element], language: Language) -> str:
    """Return the day on which the newest of the data were read, in words; today where no source is listed."""
    newest = max((source.read_on for source in listed_sources(elements)), default="")
    return format_date(newest, language, short=True) if newest else word("today", language)


def reach(elements: Sequence[Element], language: Language) -> str:
    """Return how far the oldest and the newest series of the briefing reach; nothing where none has a period.

    The oldest is that of which the briefing gives only figures that are older than those of all others; the newest is
    that whose table reaches furthest, as key figures say it; of a day, the month is said.
    Where the data package itself is told of, all its tables count, whatever the briefing says of them.
    """
    sources = sources_of(elements)
    if not any(source.table == DATA_PACKAGE for source in sources):
        sources = listed_sources(elements)
    given: dict[str, list[str]] = {}
    for fact in (told.fact for element in flat(elements) for told in element.told()):
        if fact.period and len(fact.tables) == 1:
            given.setdefault(fact.tables[0], []).append(fact.period.rpartition("/")[2])
    reached = [(source.table, source.last) for source in sources]
    ends_of = [(max(given.get(table, [last]), key=last_day), last) for table, last in reached if last]
    ends = sorted({shortest_moment(last_day(end[:7])) for both in ends_of for end in both}, key=last_day)
    if not ends:
        return ""
    oldest, newest = (format_period(end, language) for end in (ends[0], ends[-1]))
    return word("reach" if len(ends) > 1 else "reach_of_all", language).format(oldest=oldest, newest=newest)


def source_list(elements: Sequence[Element], cover: Cover, edition: str, contact: str) -> SourceList:
    """Return which elements used each source, how to cite the briefing, and whom to write to about errors."""
    language = cover.language
    place = "" if cover.geography == COUNTRY.code else f" {cover.place_name}."
    return SourceList(
        head=tuple(word(key, language) for key in ("element", "source_of_table", "period", "version_read", "licence")),
        rows=_rows(elements, language),
        cite=f"{cover.series}. {cover.series_kind}: {cover.title}.{place} {edition}. {cover.cutoff}.",
        disclaimer=COUNTRY.disclaimer[language],
        errata=word("errata", language).format(contact=contact),
    )


def _rows(elements: Sequence[Element], language: Language) -> tuple[tuple[str, ...], ...]:
    """Which charts and tables used each source, its publisher, period, version and licence."""
    users = _users(elements)
    grouped: dict[tuple[str, str, str], list[Source]] = {}
    for source in listed_sources(elements):
        grouped.setdefault((source.publisher, source.version, source.licence), []).append(source)
    return tuple(
        (
            _listed([user for source in group for user in users.get(source.table, [])], language),
            publisher,
            _spanned([moment for source in group for moment in source.span or ()], language),
            version,
            licence,
        )
        for (publisher, version, licence), group in grouped.items()
    )


def _spanned(moments: list[str], language: Language) -> str:
    """Write the period from the earliest to the latest of ISO moments."""
    if not moments:
        return word("no_data", language)
    first, last = min(moments, key=first_day), max(moments, key=last_day)
    return format_period(first if first == last else f"{first}/{last}", language, short=True)


def _users(elements: Iterable[Element]) -> dict[str, list[_User]]:
    """Map each table of the data package to the elements that use it."""
    users: dict[str, list[_User]] = {}
    for element in flat(elements):
        for table in element.uses:
            users.setdefault(table, []).append((element.kind, element.number))
    return users


def _listed(users: Sequence[_User], language: Language) -> str:
    """Write "Gráficas 1–3, cuadro 1": the elements of each kind, runs of numbers joined."""
    parts = [word("key_figures", language)] if any(kind == "key_figures" for kind, _ in users) else []
    for of_kind, singular, plural in (("chart", "figure", "figures"), ("table", "table", "tables")):
        numbers = sorted({number for kind, number in users if kind == of_kind})
        if numbers:
            runs = [f"{first}–{last}" if last > first else str(first) for first, last in consecutive(numbers)]
            parts.append(f"{word(singular if len(numbers) == 1 else plural, language)} {', '.join(runs)}")
    return ", ".join(parts[:1] + [p[0].lower() + p[1:] for p in parts[1:]]) or word("text", language)
