"""The index of an edition: one card a briefing, in Spanish and in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from analysis.publish.editions import INDEX_FILES
from analysis.publish.web import environment, page
from analysis.quantities import format_date
from analysis.words import LANGUAGES, Language, word

# The areas of work that the leaflet names; the panorama, number 0, is not one of them. Authors may add more.
THEMES: Final = 9


def render_index(edition: Mapping[str, Any], cards: Sequence[Mapping[str, Any]], language: Language) -> str:
    """Return the index page of an edition in one language.

    Args:
        edition: ``title`` (``2026-1``) and ``as_of`` (a date, or its ISO text).
        cards: one a briefing: ``number`` (0 is the panorama), ``title``, ``scope``, ``headline``,
            ``key_figure`` (``value`` and ``label``, or None), ``links`` (by language, ``html`` and ``pdf``,
            either may be None) and ``stale`` (why the files are out of date, or None). A text is one string,
            or one a language.
        language: language of the page.
    """
    texts = {
        "title": word("index_title", language),
        "series": " · ".join([word("series", language), word("series_kind", language)]),
        "scope": word("index_scope", language),
        "imprint": _imprint(edition, language),
    }
    shown = [_card(card, language) for card in sorted(cards, key=lambda card: int(card["number"]))]
    other = next(candidate for candidate in LANGUAGES if candidate != language)
    body = (
        environment()
        .get_template("index.html.j2")
        .render(
            texts=texts,
            cards=shown,
            themes=max([THEMES, *(int(card["number"]) for card in cards)]),
            language=language,
            other=other,
            other_index=INDEX_FILES[other],
        )
    )
    title = f"{texts['title']}. {word('series', language)}"
    return page(body, title=title, description=texts["scope"], language=language, sheet="index.css")


def _imprint(edition: Mapping[str, Any], language: Language) -> str:
    day = edition["as_of"]
    written = format_date(day if isinstance(day, date) else date.fromisoformat(day), language)
    name = word("edition", language).format(name=edition["title"])
    return "\u2002|\u2002".join([name, word("as_of", language).format(date=written)])


def _card(card: Mapping[str, Any], language: Language) -> dict[str, Any]:
    figure, stale = card["key_figure"], card["stale"]
    return {
        "number": card["number"],
        "links": [
            {"language": tag, "title": _in(card["title"], tag), **card["links"][tag]}
            for tag in LANGUAGES
            if any(card["links"].get(tag, {}).values())
        ],
        "key_figure": figure and {key: _in(figure[key], language) for key in ("value", "label")},
        "stale": stale and _in(stale, language),
        **{key: _in(card[key], language) for key in ("title", "scope", "headline")},
    }


def _in(text: str | Mapping[str, str], language: Language) -> str:
    return text if isinstance(text, str) else text[language]
