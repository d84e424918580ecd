"""What the index shows of an edition: one card a theme, with its country edition and its states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.export.records import Built, Card
from analysis.foundation.words import LANGUAGES
from analysis.mexico import COUNTRY

Records = dict[str, Built]
"""Records of one report and place, by language."""


def index_cards(reports: Mapping[str, Built]) -> list[dict[str, Any]]:
    """Return one card a theme: what it says, by language, where its files are, and which states it has.

    Texts of a language that was not built are those of the other one. Where a theme was built for states alone, the
    card has its title and scope, and no finding.

    Args:
        reports: the records of the manifest, by name (``es/05_assistance_protection``).
    """
    themes: dict[str, dict[str, Records]] = {}
    for name, built in sorted(reports.items()):
        language, _, stem = name.partition("/")
        geography = str(built.parameters["geography"])
        slug = stem.removesuffix(f"-{geography}")
        themes.setdefault(slug, {}).setdefault(geography, {})[language] = built
    cards = [_card(slug, places) for slug, places in themes.items()]
    return sorted(cards, key=lambda card: (card["number"], card["slug"]))


def _card(slug: str, places: Mapping[str, Records]) -> dict[str, Any]:
    country = places.get(COUNTRY.code, {})
    states = {code: records for code, records in places.items() if code != COUNTRY.code}
    shown = _by_language(country or next(iter(states.values())))
    return {
        "slug": slug,
        "number": next(iter(shown.values())).number,
        **{key: {tag: getattr(card, key) for tag, card in shown.items()} for key in ("title", "scope", "edition")},
        **_finding(shown if country else {}),
        "links": {tag: {"html": f"{tag}/{slug}.html", "pdf": f"{tag}/{slug}.pdf"} for tag in country},
        "stale": next((built.failed for built in country.values() if built.failed), None),
        "states": {code: {tag: f"{tag}/{slug}-{code}.html" for tag in records} for code, records in states.items()},
    }


def _finding(shown: Mapping[str, Card]) -> dict[str, Any]:
    """Headline and first key figure of the country; a figure that one language lacks is shown in none."""
    figures = {tag: card.key_figure for tag, card in shown.items() if card.key_figure}
    return {
        "headline": {tag: card.headline for tag, card in shown.items()} or "",
        "key_figure": {key: {tag: getattr(f, key) for tag, f in figures.items()} for key in ("value", "label")}
        if figures and len(figures) == len(shown)
        else None,
    }


def _by_language(records: Records) -> dict[str, Card]:
    return {tag: records.get(tag, next(iter(records.values()))).card for tag in LANGUAGES}
