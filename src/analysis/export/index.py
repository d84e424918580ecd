"""The index of an edition: one card a briefing, in Spanish and in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from analysis.export.cards import ThemeCard
from analysis.export.edition import INDEX_FILES, Edition
from analysis.export.formats import FILES, PAGE, Format
from analysis.export.records import Card
from analysis.export.web import banded_page
from analysis.foundation.words import LANGUAGES, Language, word
from analysis.mexico import COUNTRY
from analysis.mexico.states import State
from analysis.values.quantities import format_date


class _Link(msgspec.Struct, frozen=True):
    """The files of a briefing in one language, each with its format, and its title in that language."""

    language: Language
    title: str
    page: str
    files: list[tuple[Format, str]]


class _Tile(msgspec.Struct, frozen=True):
    """A state at its place in the map; one that was not built has no link."""

    row: int
    column: int
    letters: str
    name: str
    language: Language
    link: str | None


class _Shown(msgspec.Struct, frozen=True):
    """A card as the template reads it."""

    card: Card
    links: list[_Link]
    stale: str
    states: list[_Tile]


def render_index(edition: Edition, cards: Sequence[ThemeCard], language: Language) -> str:
    """Return the index page of an edition in one language.

    Args:
        edition: the edition.
        cards: one a theme.
        language: language of the page.
    """
    texts = {
        "title": word("index_title", language),
        "scope": word("index_scope", language),
        "imprint": _imprint(edition, cards, language),
    }
    shown = [_shown(card, language) for card in sorted(cards, key=lambda card: card.number)]
    themes = max([COUNTRY.themes, *(card.number for card in cards)])
    return banded_page("index", texts, language, cards=shown, themes=themes, indexes=INDEX_FILES)


def _imprint(edition: Edition, cards: Sequence[ThemeCard], language: Language) -> str:
    """Name the edition as its briefings do, and its cut-off date."""
    written = format_date(date.fromisoformat(edition.as_of), language)
    name = dict.fromkeys(card.texts[language].edition for card in cards)
    return "\u2002|\u2002".join([*name, word("as_of", language).format(date=written)])


def _shown(card: ThemeCard, language: Language) -> _Shown:
    return _Shown(
        card=card.texts[language],
        links=[_link(card, tag) for tag in LANGUAGES if tag in card.files],
        stale=card.stale,
        states=_tiles(card.states, language),
    )


def _link(card: ThemeCard, tag: Language) -> _Link:
    files = card.files[tag]
    return _Link(tag, card.texts[tag].title, files[PAGE.suffix], [(each, files[each.suffix]) for each in FILES])


def _tiles(states: Mapping[str, Mapping[Language, str]], language: Language) -> list[_Tile]:
    """Every state, row by row; nothing for a theme without states."""
    return [_tile(state, states.get(state.code, {}), language) for state in COUNTRY.tiles] if states else []


def _tile(state: State, pages: Mapping[Language, str], language: Language) -> _Tile:
    """A state with its page in the language of the index, or else in that which there is."""
    tag = language if language in pages else next(iter(pages), language)
    name = COUNTRY.place_name(state.code, language)
    return _Tile(state.row + 1, state.column + 1, state.letters, name, tag, pages.get(tag))
