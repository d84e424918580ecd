"""What the index shows of an edition."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from analysis.export.cards import index_cards
from analysis.export.records import Built, Card, Figure
from tests.samples import built


def entry(language: str, geography: str = "MEX", *, failed: str = "", **shown: Any) -> Built:
    """Return a record of the manifest."""
    title = {"es": "Asilo", "en": "Asylum"}[language]
    card = Card(5, title, language, language, f"{geography} {language}", Figure("70,482", language))
    return built(language, geography, card=replace(card, **shown), failed=failed)


COUNTRY = {"es/05_asylum": entry("es"), "en/05_asylum": entry("en")}
STATE = {"es/05_asylum-MX-CHP": entry("es", "MX-CHP"), "en/05_asylum-MX-CHP": entry("en", "MX-CHP")}


def test_a_theme_is_one_card_whatever_its_places() -> None:
    """Country and states share the card; its finding and its files are those of the country."""
    (card,) = index_cards(COUNTRY | STATE)
    assert {tag: text.headline for tag, text in card.texts.items()} == {"es": "MEX es", "en": "MEX en"}
    assert card.texts["en"].key_figure == Figure("70,482", "en")
    assert card.files["en"] == {"html": "en/05_asylum.html", "pdf": "en/05_asylum.pdf"}
    assert card.states == {"MX-CHP": {"es": "es/05_asylum-MX-CHP.html", "en": "en/05_asylum-MX-CHP.html"}}


def test_a_theme_of_states_alone_tells_no_finding() -> None:
    """What holds for one state is not said of the theme."""
    (card,) = index_cards(STATE)
    assert {tag: text.title for tag, text in card.texts.items()} == {"es": "Asilo", "en": "Asylum"}
    assert all((text.headline, text.key_figure) == ("", None) for text in card.texts.values())
    assert card.files == {}
    assert list(card.states) == ["MX-CHP"]


def test_texts_of_a_language_that_was_not_built_are_those_of_the_other() -> None:
    """The card says something in both indexes, and links to what there is."""
    (card,) = index_cards({"es/05_asylum": entry("es")})
    assert {tag: text.title for tag, text in card.texts.items()} == {"es": "Asilo", "en": "Asilo"}
    assert list(card.files) == ["es"]


def test_cards_stand_by_number() -> None:
    """The panorama is first, whatever its name."""
    panorama = {"es/zz_panorama": entry("es", number=0)}
    assert [card.number for card in index_cards(COUNTRY | panorama)] == [0, 5]


def test_a_failed_country_is_told_and_a_missing_figure_left_out() -> None:
    """The reason of the failure stands in the card; a figure that one language lacks is shown in none."""
    records = {"es/05_asylum": entry("es", failed="cell 5", key_figure=None), "en/05_asylum": entry("en")}
    (card,) = index_cards(records)
    assert card.stale == "cell 5"
    assert [text.key_figure for text in card.texts.values()] == [None, None]
