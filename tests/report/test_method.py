"""The method page of a report: what its author writes, and what follows from the report itself."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import charts
from analysis.report.elements import ElementError, Item, Method
from analysis.report.method import headed
from analysis.values.texts import text
from tests.elements import element
from tests.report.conftest import Make

TERM = text(es="Redondeo. Se redondea. Siempre.", en="Rounding. It is rounded. Always.")
WORDS = text(es="Título", en="Title")


def told(items: tuple[Item, ...], language: str = "es") -> dict[str, str]:
    """Terms and what they mean, as they are written."""
    return {item.term.written(language): item.text.written(language) for item in items}


def test_a_text_begins_with_its_term() -> None:
    """The words up to the first full stop; the rest says what it means."""
    term, body = headed(TERM)
    assert (term.es, body.es, term.en, body.en) == (
        "Redondeo.",
        "Se redondea. Siempre.",
        "Rounding.",
        "It is rounded. Always.",
    )


@pytest.mark.parametrize("words", ["Se redondea", "Se redondea."])
def test_a_text_without_term_is_refused(words: str) -> None:
    """The message says how to write one."""
    with pytest.raises(ElementError, match="has no term: write it first, with a full stop"):
        headed(text(es=words, en="Rounding. It is rounded."))


def test_what_is_alike_in_all_reports_comes_by_itself(briefing: Make) -> None:
    """The cut-off first, then what the author says, then how changes are computed; marks only where there are some."""
    b = briefing("es")
    (calculation,) = element(b.method(calculation=[TERM], limits=[]), Method).groups
    assert [*told(calculation.items)] == ["Fecha de corte.", "Redondeo.", "Cambios."]


def test_a_group_without_items_has_no_heading(briefing: Make) -> None:
    """A report that uses no term of the glossary prints no bare "Definitions"; one that uses a term defines it."""
    made = element(briefing("en").method(calculation=[TERM], limits=[TERM]), Method)
    assert [group.key for group in made.groups] == ["calculation", "limits"]
    claims = text(
        es="Plazo. Las solicitudes de la condición de refugiado.", en="Term. Claims of refugee status, by UNHCR."
    )
    made = element(briefing("en").method(calculation=[claims], limits=[]), Method)
    assert [group.key for group in made.groups] == ["definitions", "calculation"]


def test_a_text_that_is_left_out_is_no_item(briefing: Make) -> None:
    """Its condition does not hold."""
    *_, limits = element(briefing("es").method(calculation=[], limits=[text(es="", en=""), TERM]), Method).groups
    assert [*told(limits.items)] == ["Redondeo."]


def test_marks_are_explained_where_a_chart_has_them(briefing: Make) -> None:
    """A hatched bar and a year without figure, each in its words."""
    b = briefing("es")
    values = pd.Series([3.0, None, 5.0], index=[2023, 2024, 2025])
    b.chart(
        lambda width: charts.bars(values, language=b.language, width=width, incomplete={2025: "enero"}),
        width="half",
        title=WORDS,
        subtitle=text(es="Qué", en="What"),
        alt=text(es="Barras de tres años.", en="Bars of three years."),
        tables=[b.table("claims_year")],
        data=values.to_frame("Solicitudes").rename_axis("Año"),
        marks={2025: "enero"},
    )
    (calculation,) = element(b.method(calculation=[], limits=[]), Method).groups
    assert told(calculation.items)["Marcas."] == (
        "Trama rayada: periodo preliminar o incompleto. Franja gris y «s/d»: sin dato."
    )
