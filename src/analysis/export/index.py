"""The index of an edition: one card a briefing, in Spanish and in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from analysis.export.edition import INDEX_FILES, Edition
from analysis.export.web import banded_page
from analysis.foundation.words import LANGUAGES, Language, word
from analysis.mexico import COUNTRY
from analysis.values.quantities import format_date


def render_index(edition: Edition, cards: Sequence[Mapping[str, Any]], language: Language) -> str:
    """Return the index page of an edition in one language.

    Args:
        edition: the edition.
        cards: one a theme: ``number`` (0 is the panorama), ``title``, ``scope``, ``edition`` (as printed),
            ``headline``, ``key_figure`` (``value`` and ``label``, or None), ``links`` (by language, ``html`` and
            ``pdf``, either may be None), ``stale`` (why the files are out of date, or None) and ``states`` (by code,
            the page in each language). A text is one string, or one a language.
        language: language of the page.
    """
    texts = {
        "title": word("index_title", language),
        "scope": word("index_scope", language),
        "imprint": _imprint(edition, cards, language),
    }
    shown = [_card(card, language) for card in sorted(cards, key=lambda card: int(card["number"]))]
    themes = max([COUNTRY.themes, *(int(card["number"]) for card in cards)])
    return banded_page("index", texts, language, cards=shown, themes=themes, indexes=INDEX_FILES)


def _imprint(edition: Edition, cards: Sequence[Mapping[str, Any]], language: Language) -> str:
    """Name the edition as its briefings do, and its cut-off date."""
    written = format_date(date.fromisoformat(edition.as_of), language)
    name = dict.fromkeys(_in(card["edition"], language) for card in cards)
    return "\u2002|\u2002".join([*name, word("as_of", language).format(date=written)])


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
        "states": _tiles(card["states"], language),
        **{key: _in(card[key], language) for key in ("title", "scope", "headline")},
    }


def _tiles(states: Mapping[str, Mapping[str, str]], language: Language) -> list[dict[str, Any]]:
    """Every state at its place in the map, row by row; one that was not built has no link."""
    return [
        {"row": tile.row + 1, "column": tile.column + 1, "tile": tile.letters, **_state(tile.code, states, language)}
        for tile in (COUNTRY.tiles if states else ())
    ]


def _state(code: str, states: Mapping[str, Mapping[str, str]], language: Language) -> dict[str, Any]:
    """Name of a state, and its page: in the language of the index, or else in that which there is."""
    pages = states.get(code, {})
    tag = language if language in pages else next(iter(pages), None)
    return {"name": COUNTRY.place_name(code, language), "language": tag, "link": tag and pages[tag]}


def _in(text: str | Mapping[str, str], language: Language) -> str:
    return text if isinstance(text, str) else text[language]
