"""What the index shows of an edition: one card a theme, with its country edition and its states."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from analysis.export.formats import FORMATS
from analysis.export.records import Built, Card
from analysis.foundation.words import LANGUAGES, Language
from analysis.mexico import COUNTRY

Records = dict[Language, Built]
"""Records of one report and place, by language."""


class ThemeCard(msgspec.Struct, frozen=True):
    """One theme of an edition.

    Attributes:
        slug: name of its notebook.
        texts: what it says, by language.
        files: its briefings on the whole country, by language and suffix.
        stale: why these are out of date; empty where they are not.
        states: the page on each state, by its code and by language.
    """

    slug: str
    texts: dict[Language, Card]
    files: dict[Language, dict[str, str]]
    stale: str
    states: dict[str, dict[Language, str]]

    @property
    def number(self) -> int:
        """Number of the theme; 0 is the panorama."""
        return next(iter(self.texts.values())).number


def index_cards(reports: Mapping[str, Built]) -> list[ThemeCard]:
    """Return one card a theme: what it says, by language, where its files are, and which states it has.

    Texts of a language that was not built are those of the other one. Where a theme was built for states alone, the
    card has its title and scope, and no finding; a key figure that one language lacks is shown in none.

    Args:
        reports: the records of the manifest, by name (``es/05_assistance_protection``).
    """
    themes: dict[str, dict[str, Records]] = {}
    for name, built in sorted(reports.items()):
        language, _, stem = name.partition("/")
        geography = str(built.parameters["geography"])
        slug = stem.removesuffix(f"-{geography}")
        places = themes.setdefault(slug, {}).setdefault(geography, {})
        places |= {tag: built for tag in LANGUAGES if tag == language}
    cards = [_card(slug, places) for slug, places in themes.items()]
    return sorted(cards, key=lambda card: (card.number, card.slug))


def _card(slug: str, places: Mapping[str, Records]) -> ThemeCard:
    country = places.get(COUNTRY.code, {})
    states = {code: records for code, records in places.items() if code != COUNTRY.code}
    return ThemeCard(
        slug=slug,
        texts=_texts(country) if country else _without_finding(_texts(next(iter(states.values())))),
        files={tag: {each.suffix: f"{tag}/{slug}.{each.suffix}" for each in FORMATS} for tag in country},
        stale=next((built.failed for built in country.values() if built.failed), ""),
        states={code: {tag: f"{tag}/{slug}-{code}.html" for tag in records} for code, records in states.items()},
    )


def _texts(records: Records) -> dict[Language, Card]:
    texts = {tag: records.get(tag, next(iter(records.values()))).card for tag in LANGUAGES}
    if all(card.key_figure for card in texts.values()):
        return texts
    return {tag: replace(card, key_figure=None) for tag, card in texts.items()}


def _without_finding(texts: Mapping[Language, Card]) -> dict[Language, Card]:
    return {tag: replace(card, headline="", key_figure=None) for tag, card in texts.items()}
