"""What HTML, PDF and index share."""

from __future__ import annotations

from dataclasses import replace

from analysis.export.document import Document
from analysis.export.pages import page_texts
from tests.samples import of_kind, with_cover, with_elements


def test_page_texts_of_the_country(spanish: Document) -> None:
    """Title, imprint and footer name theme, series, edition and cut-off; the country is not repeated."""
    texts = page_texts(spanish)
    assert texts.title == "Asistencia y protección. Movilidad humana en México"
    assert texts.series == "Movilidad humana en México · Informes breves"
    assert texts.imprint == (
        "Edición 2026-1\u2002|\u2002Corte: 30 de junio de 2026\u2002|\u2002Datos leídos el 22 nov 2026"
    )
    assert texts.footer.endswith("Asistencia y protección · Edición 2026-1 · Corte: 30 de junio de 2026")
    assert texts.description.startswith("Una de cada dos personas")


def test_page_texts_of_a_state_name_it(spanish: Document) -> None:
    """The edition of a state says which state it is about."""
    texts = page_texts(with_cover(spanish, geography="MX-CHP"))
    assert texts.title == "Asistencia y protección · Chiapas. Movilidad humana en México"
    assert "Chiapas" in texts.series
    assert texts.footer.startswith("Chiapas · Asistencia y protección · Edición 2026-1")


def test_without_a_headline_the_scope_describes_the_page(spanish: Document) -> None:
    """A document of charts alone is described by its scope."""
    assert page_texts(with_elements(spanish, *of_kind(spanish, "chart"))).description == spanish.cover.scope


def test_a_reconstruction_says_once_when_its_data_were_read(spanish: Document) -> None:
    """Its name says it, so the imprint does not."""
    texts = page_texts(replace(spanish, edition="Reconstrucción con los datos del 22 nov 2026", reconstruction=True))
    assert texts.imprint == "Reconstrucción con los datos del 22 nov 2026\u2002|\u2002Corte: 30 de junio de 2026"
    assert texts.reach == "Sus series terminan entre 2020 y 2025"
