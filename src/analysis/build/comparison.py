"""Two editions compared: what is kept of each, theme by theme, as sentences for a terminal and as a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from markupsafe import Markup

from analysis.build.changes import found_before, key_figures, quoted, revised_figures, revised_since
from analysis.build.difference import Difference, differences
from analysis.build.publication import published_in
from analysis.build.published import Fact, Published
from analysis.export.edition import INDEX_FILES
from analysis.export.web import banded_page
from analysis.foundation.words import LANGUAGES, Language, word
from analysis.mexico import COUNTRY, PlaceError
from analysis.package.descriptor import read_resources
from analysis.package.metadata import Metadata
from analysis.report.facts import Condition, Derivation, Range
from analysis.values.quantities import format_date, format_number, format_period

MOST_LISTED: Final = 12
"""Revised figures of one briefing that are listed; the sentence above says how many there are."""
_DECIMALS: Final = 1


@dataclass(frozen=True)
class Compared:
    """One theme and place in two editions; None where an edition has no such briefing."""

    stem: str
    before: Published | None
    now: Published | None

    def title(self, language: Language) -> str:
        """Return the theme, in the other language where it was published in that alone."""
        titles = next(edition.title for edition in (self.now, self.before) if edition is not None)
        return titles.get(language) or next(iter(titles.values()))


def compare_editions(root: Path, output: Path, before: str, now: str) -> list[Compared]:
    """Return every theme and place of two editions, in order.

    Args:
        root: the project.
        output: the folder of all editions, usually `reports/`.
        before: name of the earlier edition.
        now: name of the later one.

    Raises:
        EditionError: if one of them is neither built nor kept.
    """
    earlier, later = (published_in(root, output, name) for name in (before, now))
    return [Compared(stem, earlier.get(stem), later.get(stem)) for stem in sorted({*earlier, *later})]


def sentences(compared: Compared, language: Language) -> list[str]:
    """Return what one briefing says differently, in sentences."""
    before, now = compared.before, compared.now
    if before is None or now is None:
        return [word("only_now" if before is None else "only_before", language)]
    figures = (word("figure_went", language).format(before=b, now=n) for b, n in _changed(before, now, language))
    return [*_findings(before, now, language), *figures, *_summary(before, now, language)]


def _findings(before: Published, now: Published, language: Language) -> list[str]:
    """What either edition found, once where it is the same; nothing of one that is not in the language."""
    headline = quoted(now.headline[language]) if language in now.headline else None
    if headline is not None and now.headline[language] == before.headline.get(language):
        return [word("finds_both", language).format(headline=headline)]
    earlier = [found_before(before, language)] if language in before.headline else []
    return [*earlier, *([word("finds_now", language).format(headline=headline)] if headline is not None else [])]


def _changed(before: Published, now: Published, language: Language) -> list[tuple[str, str]]:
    """Key figures that are printed otherwise."""
    return [(then, today) for then, today in key_figures(before, now, language) if then != today]


def _summary(before: Published, now: Published, language: Language) -> list[str]:
    return [revised_since(before, now, language), _counts(differences(before.facts, now.facts), language)]


def render_comparison(
    compared: Sequence[Compared], before: str, now: str, data_folder: Path, language: Language
) -> str:
    """Return the page that compares two editions, in one language.

    Args:
        compared: every theme and place.
        before: name of the earlier edition.
        now: name of the later one.
        data_folder: the data package, whose descriptor names tables and columns.
        language: language of the page.
    """
    described = {name: Metadata(resource) for name, resource in read_resources(data_folder).items()}
    texts = {
        "title": word("comparison", language).format(before=before, now=now),
        "scope": word("comparison_scope", language),
        "imprint": _imprint(compared, language),
    }
    return banded_page(
        "comparison",
        texts,
        language,
        themes=[_theme(item, described, language) for item in compared],
        editions=[word("edition", language).format(name=name) for name in (before, now)],
        pages={tag: page_name(before, tag) for tag in LANGUAGES},
        index=INDEX_FILES[language],
    )


def page_name(before: str, language: Language) -> str:
    """Return the name of the page, in the folder of the later edition."""
    return f"changes-from-{before}.html" if language == "es" else f"changes-from-{before}.{language}.html"


class _Theme(msgspec.Struct, frozen=True):
    """What the page says of one theme and place; rows of tables are texts."""

    id: str
    title: str
    sentences: list[str]
    figures: list[tuple[str, str]] = []
    summary: list[str] = []
    revised: list[list[str]] = []


def _theme(compared: Compared, described: Mapping[str, Metadata], language: Language) -> _Theme:
    before, now = compared.before, compared.now
    title = compared.title(language)
    if before is None or now is None:
        return _Theme(compared.stem, title, sentences(compared, language))
    return _Theme(
        id=compared.stem,
        title=title,
        sentences=_findings(before, now, language),
        figures=_changed(before, now, language),
        summary=_summary(before, now, language),
        revised=_listed(revised_figures(before, now), described, language),
    )


def _listed(revised: Iterable[Difference], described: Mapping[str, Metadata], language: Language) -> list[list[str]]:
    """Rows of the figures that come straight from a table, the largest revision first."""
    pairs = [(d.before, d.now) for d in revised if d.before is not None and d.now is not None]
    known = [(b, n) for b, n in pairs if None not in (b.value, n.value)]
    known.sort(key=lambda pair: -abs(_share(*pair) or 0))
    rows = [_row(b, n, n.derivation, described, language) for b, n in known if n.derivation and n.derivation.table]
    return rows[:MOST_LISTED]


def _row(
    before: Fact, now: Fact, selection: Derivation, described: Mapping[str, Metadata], language: Language
) -> list[str]:
    table, column = described[str(selection.table)], str(selection.column)
    share = _share(before, now)
    return [
        f"{table.column_title(column, language)}. {table.title(language)}",
        _where(selection.where or {}, table, language),
        format_period(now.period, language) if now.period else "",
        *(_number(fact.value, language) for fact in (before, now)),
        "" if share is None else f"{'+' if share > 0 else ''}{format_number(share, language, _DECIMALS)}%",
    ]


def _where(where: Mapping[str, Condition], table: Metadata, language: Language) -> str:
    """Name what a figure is of: places by their names, other categories by the codes of the table, marked as such."""
    periods = set(table.resource["period"].values())
    return Markup(", ").join(_name(value, language) for column, value in where.items() if column not in periods)


def _name(value: Condition, language: Language) -> str:
    if isinstance(value, tuple | Range):
        return "…"
    for name in (COUNTRY.place_name, COUNTRY.country_name):
        with suppress(PlaceError):
            return name(str(value), language)
    return Markup('<code lang="zxx">{}</code>').format(value)  # a code is no word of any language


def _number(value: float | None, language: Language) -> str:
    return "" if value is None else format_number(value, language, 0 if float(value).is_integer() else 1)


def _share(before: Fact, now: Fact) -> float | None:
    return 100 * (now.value / before.value - 1) if now.value is not None and before.value else None


def _counts(found: Sequence[Difference], language: Language) -> str:
    kinds = [difference.kind for difference in found]
    numbers = {kind: format_number(kinds.count(kind), language) for kind in ("newer", "appeared", "disappeared")}
    return word("difference_counts", language).format(**numbers)


def _imprint(compared: Sequence[Compared], language: Language) -> str:
    """Both cut-off dates."""
    dates = [
        next((published.as_of for item in compared if (published := getattr(item, side)) is not None), "")
        for side in ("before", "now")
    ]
    return "\u2002|\u2002".join(word("as_of", language).format(date=format_date(day, language)) for day in dates if day)
