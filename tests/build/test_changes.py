"""What a briefing says of the edition before."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from analysis.build.changes import found_before, key_figures, revised_since, with_changes
from analysis.build.published import Published, as_published, read_published
from analysis.export.document import Document
from analysis.export.html import render_html
from analysis.export.records import Figure
from analysis.foundation.errors import PublishError
from analysis.foundation.words import Language
from analysis.report.facts import Derivation
from tests.build.test_difference import fact
from tests.damage import damaged_bytes
from tests.samples import of_kind


def published(edition: str, year: int, value: int, **more: Any) -> Published:
    """An edition with one key figure of a year."""
    shown = Figure(f"{value:,}", f"solicitudes, {year}")
    given = fact(year, value, "key_figures, figure 1", "value")
    made = Published(
        edition,
        f"{year + 1}-12-31",
        {"es": "Asilo"},
        {"es": f"En {year} hubo {value:,}."},
        {"es": [shown]},
        {"es": []},
        [given],
    )
    return replace(made, **more)


BEFORE, NOW = published("2020", 2019, 70363), published("2026-1", 2025, 70482)


def test_key_figures_are_quoted_as_each_edition_printed_them() -> None:
    """The same measure of a period of the same length; anything else would invite a wrong comparison."""
    assert key_figures(BEFORE, NOW, "es") == [("70,363 solicitudes, 2019", "70,482 solicitudes, 2025")]
    (given,) = NOW.facts
    cuba = Derivation(table="claims_year", column="claims", where={"nationality": "CUB", "year": 2025})
    for odd in (
        replace(given, period="2025-01/2025-04"),
        replace(given, derivation=cuba),
        replace(given, unit="events"),
    ):
        assert key_figures(BEFORE, replace(NOW, facts=[odd]), "es") == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "La edición 2020, con corte al 31 de diciembre de 2020, encontró: «En 2019 hubo 70,363.»"),
        ("en", "The 2020 edition, with the cut-off 31 December 2020, found: “In 2019 there were 70,363.”"),
    ],
)
def test_the_finding_is_quoted_with_its_date(language: Language, sentence: str) -> None:
    """In the language of the briefing."""
    headline = {"es": "En 2019 hubo 70,363.", "en": "In 2019 there were 70,363."}
    assert found_before(replace(BEFORE, headline=headline), language) == sentence


def test_quotations_within_a_quotation_have_the_next_marks() -> None:
    """As either language writes them."""
    headline = {"es": "Es la de «Muertes».", "en": "It is “Deaths”."}
    assert found_before(replace(BEFORE, headline=headline), "es").endswith("encontró: «Es la de “Muertes”.»")
    assert found_before(replace(BEFORE, headline=headline), "en").endswith("found: “It is ‘Deaths’.”")


def test_revisions_are_counted() -> None:
    """Of the figures of the same period, in both languages."""
    revised = replace(NOW, facts=[fact(2019, 70_400, "finding"), *NOW.facts])
    assert revised_since(BEFORE, revised, "es").endswith("en ambas ediciones: 1; revisadas desde entonces: 1.")
    assert revised_since(BEFORE, NOW, "en") == ("Figures of the same period in both editions: 0; revised since: 0.")


def test_the_section_stands_before_the_definitions(spanish: Document) -> None:
    """Under a heading of its own; facts, numbers of tables and everything else stay."""
    changed = with_changes(spanish, published("<b>2020</b>", 2019, 5))
    kinds = [element.kind for element in changed.elements]
    at = kinds.index("changes")
    assert (kinds[at - 1], changed.elements[at - 1].anchor) == ("section", "changes")
    assert "method" not in kinds[:at]
    assert (*changed.elements[: at - 1], *changed.elements[at + 1 :]) == spanish.elements
    assert changed.facts == spanish.facts
    page = render_html(changed)
    assert '<h2 id="changes">Qué cambió desde la edición anterior</h2>' in page
    assert "La edición &lt;b&gt;2020&lt;/b&gt;" in page


def test_nothing_is_said_of_what_was_never_told_or_cannot_have_changed(spanish: Document) -> None:
    """A reconstruction follows no edition; an edition of the same date had the same periods to speak of."""
    assert with_changes(dataclasses.replace(spanish, reconstruction=True), BEFORE) == dataclasses.replace(
        spanish, reconstruction=True
    )
    assert with_changes(spanish, replace(BEFORE, as_of=spanish.cover.as_of)) == spanish


def test_an_edition_in_another_language_alone_is_not_quoted(spanish: Document) -> None:
    """Nothing is said where nothing was published in the language of the briefing."""
    assert with_changes(spanish, replace(BEFORE, headline={"en": "In English."})) == spanish


def test_what_is_kept_is_read_as_it_was_written(spanish: Document) -> None:
    """Every fact, and every text with its place, so that what readers were told can be read again in their order."""
    kept = as_published("2026-1", {"es": spanish})
    assert read_published(kept.dump(), "a.json") == kept
    assert len(kept.facts) == len(spanish.facts)
    told = {said.where: said.text for said in kept.sentences["es"]}
    assert told["cover, title"] == "Asistencia y protección"
    assert told["headline, text"] == kept.headline["es"]
    assert told["chart 1, alternative text"] == of_kind(spanish, "chart")[0].alt.written("es")


@settings(suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damaged_files_are_refused_in_a_sentence(data: st.DataObject) -> None:
    """A file that somebody edited is what it was, or names itself in a sentence."""
    content = data.draw(damaged_bytes(BEFORE.dump()))
    said = ""
    try:
        found = read_published(content, "05_trial.json")
        assert isinstance(key_figures(found, NOW, "es"), list)
        assert revised_since(found, NOW, "es")
        assert found_before(replace(found, headline={"es": "", **found.headline}), "es")
    except PublishError as error:
        said = str(error)
    assert not said or "05_trial.json is not what a published edition said" in said
