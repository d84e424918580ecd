"""The index of an edition."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import replace

from analysis.export.cards import ThemeCard
from analysis.export.edition import Edition
from analysis.export.index import render_index
from analysis.export.records import Card, Figure
from analysis.foundation.words import LANGUAGES, Language, word

EDITION = Edition("2026-1", "2026-06-30", "published", ("es", "en"), ("MEX",), ("05_asylum",))


def card(number: int, **other: Any) -> ThemeCard:
    """Return one card."""
    spanish = Card(
        number=number,
        title=f"Tema {number} & más",
        scope="Solicitudes y muertes",
        edition="Edición 2026-1",
        headline="Bajan las solicitudes.",
        key_figure=Figure("70,482", "solicitudes, 2025"),
    )
    english = Card(
        number=number,
        title=f"Theme {number} & more",
        scope="Claims and deaths",
        edition="Edition 2026-1",
        headline="Claims fall.",
        key_figure=Figure("70,482", "claims, 2025"),
    )
    shown = ThemeCard(
        slug=f"{number:02}_theme",
        texts={"es": spanish, "en": english},
        files={tag: {"html": f"{tag}/{number:02}.html", "pdf": f"{tag}/{number:02}.pdf"} for tag in LANGUAGES},
        stale="",
        states={},
    )
    return replace(shown, **other)


def spanish(number: int, **texts: Any) -> ThemeCard:
    """Return one card of a briefing that was built in Spanish alone."""
    both = card(number)
    told = replace(both.texts["es"], **texts)
    return replace(both, texts=dict.fromkeys(LANGUAGES, told), files={"es": both.files["es"]})


@pytest.mark.parametrize("count", [1, 2, 10])
@pytest.mark.parametrize("language", ["es", "en"])
def test_each_briefing_has_its_card(count: int, language: Language) -> None:
    """There is one card a briefing, in the order of the themes, with a link to each of its four files."""
    html = render_index(EDITION, [card(number) for number in reversed(range(10 - count, 10))], language)
    name = "Tema" if language == "es" else "Theme"
    assert re.findall(rf"<h2>{name} (\d)", html) == [str(number) for number in range(10 - count, 10)]
    for number in range(10 - count, 10):
        for file in (
            f"es/{number:02}.html",
            f"es/{number:02}.pdf",
            f"en/{number:02}.html",
            f"en/{number:02}.pdf",
        ):
            assert html.count(f'href="{file}"') == 1


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_two_indexes_link_to_each_other(language: Language) -> None:
    """Each index links to the other, whose language is marked."""
    other: Language = "en" if language == "es" else "es"
    html = render_index(EDITION, [card(5)], language)
    file = "index.en.html" if language == "es" else "index.html"
    assert f'<a href="{file}" lang="{other}" hreflang="{other}">{word("read_here", other)}</a>' in html
    assert f'<html lang="{"es-MX" if language == "es" else "en"}">' in html


def test_texts_are_in_the_language_of_the_page() -> None:
    """Edition, cut-off, theme number, headline and figure are written in the language of the index."""
    html = render_index(EDITION, [card(5)], "en")
    for text in ("Edition 2026-1", "30 June 2026", "Theme 5 of 9", "Claims fall.", "70,482", "claims, 2025"):
        assert text in html
    for text in ("Edición", "junio", "Bajan", "solicitudes"):
        assert text not in html


def test_the_panorama_stands_across_the_top() -> None:
    """The panorama comes first and is not counted among the themes."""
    html = render_index(EDITION, [card(3), card(0)], "es")
    assert html.index('class="card lead"') < html.index('class="card"')
    assert "Tema 0 de" not in html


def test_a_theme_of_an_author_is_counted() -> None:
    """A tenth theme is the tenth of ten, and the others say so too."""
    html = render_index(EDITION, [card(5), card(10)], "es")
    assert "Tema 5 de 10" in html
    assert "Tema 10 de 10" in html


def test_a_stale_card_says_why() -> None:
    """A briefing whose last build failed is marked, with the reason."""
    html = render_index(EDITION, [card(5, stale="cell 5 failed"), card(6)], "es")
    assert html.count("no actualizado") == 1
    assert "cell 5 failed" in html


def test_what_is_missing_is_not_promised() -> None:
    """Without an English edition or a key figure, the card shows neither link nor number."""
    html = render_index(EDITION, [spanish(5, key_figure=None, headline="")], "es")
    assert 'href="es/05.html"' in html
    assert "en/05" not in html
    assert "English</dt>" not in html
    assert "70,482" not in html


def test_markup_in_a_text_is_text() -> None:
    """A title is printed as it is written."""
    html = render_index(EDITION, [spanish(5, title="Asilo <b>")], "es")
    assert "<h2>Asilo &lt;b&gt;</h2>" in html


CHIAPAS: dict[str, dict[Language, str]] = {
    "MX-CHP": {"es": "es/05-MX-CHP.html", "en": "en/05-MX-CHP.html"},
    "MX-OAX": {"es": "es/05-MX-OAX.html"},
}


@pytest.mark.parametrize(("language", "oaxaca"), [("es", "es"), ("en", "es")])
def test_states_lie_on_the_map_each_with_its_page(language: Language, oaxaca: str) -> None:
    """Thirty-two tiles stand at their places; one that was built links to its page, in another language if need be."""
    html = render_index(EDITION, [card(5, states=CHIAPAS)], language)
    tiles = re.findall(r'<li style="grid-area: (\d+) / (\d+)">(.*?)</li>', html)
    assert len(tiles) == 32
    linked = {
        (int(row), int(column)): re.sub(r"<[^>]+>", " ", content).split()
        for row, column, content in tiles
        if "href" in content
    }
    assert linked == {(6, 8): ["CHP", "Chiapas"], (6, 7): ["OAX", "Oaxaca"]}
    assert f'href="{language}/05-MX-CHP.html"' in html
    assert f'href="{oaxaca}/05-MX-OAX.html"' in html
    assert ("Por entidad federativa" if language == "es" else "By state") in html


def test_tiles_stand_in_the_order_in_which_they_are_read() -> None:
    """Row by row from the northwest, as the keyboard goes through them."""
    html = render_index(EDITION, [card(5, states=CHIAPAS)], "es")
    places = [(int(row), int(column)) for row, column in re.findall(r"grid-area: (\d+) / (\d+)", html)]
    assert places == sorted(places)


def test_a_theme_without_states_has_no_map() -> None:
    """The word for it does not stand there either."""
    assert "Por entidad" not in render_index(EDITION, [card(5)], "es")


def test_the_index_needs_nothing_from_outside() -> None:
    """No script and no address that is fetched."""
    html = render_index(EDITION, [card(5)], "es")
    assert "<script" not in html
    assert not re.search(r"\ssrc=|url\((?!data:)|@import", html)
    assert html == render_index(EDITION, [card(5)], "es")
