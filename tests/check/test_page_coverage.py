"""The numbers of a page as a reader sees them: each is one of its facts, whichever way it was printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.check.page_coverage import names_of_data, unproved
from analysis.export.html import render_html
from analysis.export.prose import read_cell
from analysis.report.elements import Prose
from analysis.report.facts import Fact, PlacedFact
from analysis.values.quantities import Quantity
from tests.samples import sample, with_elements

FACTS = [
    PlacedFact(
        "headline, text", "n", Fact.of(Quantity(70482.0, "persons", "2025", derivation={"op": "total", "of": []}))
    ),
    PlacedFact(
        "headline, text", "c", Fact.of(Quantity(-10.743, "percent", "2025", derivation={"op": "change", "of": []}))
    ),
    PlacedFact(
        "finding, text", "m", Fact.of(Quantity(1_071_234.0, "usd", "2025", derivation={"op": "total", "of": []}))
    ),
]


@pytest.mark.parametrize(
    "text",
    [
        "Hubo 70,482 solicitudes en 2025; bajaron 11%, −10.7% o 10.74 puntos.",
        "Fueron 1.07 millones; en inglés, 1.07 million.",
        "Gráfica 3 y Cuadro 12, del 22 nov 2026, cuadro 3.1.3, Título 42.",
    ],
)
def test_what_is_proved_or_no_number_passes(text: str) -> None:
    """Every usual format of a fact; periods, ordinals, names."""
    assert unproved(f"<main><p>{text}</p></main>", FACTS, "es") == []


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("<p>Hubo 70,481 solicitudes.</p>", "70,481"),
        ("<p>Bajaron <b>12%</b>.</p>", "12"),
        ("<table><tr><td>70,482</td><td>3</td></tr></table>", "3"),
        ('<p class="lead">Son 1.08 millones.</p>', "1.08"),
        ('<p class="source">Fuente: ACNUR, versión del 25 jun 2026. Son 9 casos.</p>', "9"),
        ('<svg role="img" aria-label="Barras: 70,482 y 7."><text>5</text></svg>', "7"),
    ],
)
def test_another_number_is_named_with_the_words_around_it(page: str, number: str) -> None:
    """In a sentence, in bold, in a cell, in a note, in the alternative text of a drawing."""
    (told,) = unproved(f"<main>{page}</main>", FACTS, "es")
    assert told.startswith(f"'{number}' ('…")


def test_the_marks_of_our_own_notes_are_no_numbers() -> None:
    """In a sentence and in a cell of a table, and the way back; the words of a note are read like any other."""
    blocks = read_cell("| a[^1] | b |\n|---|---|\n| Sí[^1][^2] | no |\n\n[^1]: Una nota.\n[^2]: Otra, de 9 casos.", 1)
    page = render_html(with_elements(sample("es"), Prose(tuple(blocks))))
    assert "#note-1" in page
    assert 'aria-label="Volver al texto (1, 2)"' in page
    (told,) = unproved(page, [], "es")
    assert told.startswith("'9' ('…Otra, de 9 casos.")


def test_a_declared_name_may_hold_a_number() -> None:
    """A threshold of the author's own, as a whole: within another number it proves nothing."""
    assert unproved("<p>Más de 60%, con 200 dólares.</p>", FACTS, "es", ["60%", "200 dólares"]) == []
    (told,) = unproved("<p>Más de 160%.</p>", FACTS, "es", ["60%"])
    assert told.startswith("'160'")


def test_where_something_comes_from_is_not_looked_at() -> None:
    """The colophon, drawings and the contents, and digits among letters; after them the page goes on."""
    apart = '<nav><p>9</p></nav><div class="cite">Versión 9</div><svg><text>9</text></svg>'
    page = f"{apart}<p>FM105, 2b2b39d8</p><p>Son 8.</p>"
    assert [told[:3] for told in unproved(page, FACTS, "es")] == ["'8'"]


def test_words_of_the_data_package_may_hold_digits(tiny_data: Path) -> None:
    """The titles of its tables; a package without statements quotes none."""
    names = names_of_data(tiny_data, "en")
    assert "Table claims_year" in names
    assert unproved("<p>Cost of sending 200 dollars.</p>", FACTS, "en", ["Cost of sending 200 dollars"]) == []
