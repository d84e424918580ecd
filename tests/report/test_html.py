"""What a notebook shows of an element: its template part, framed and escaped."""

from __future__ import annotations

import re

import pytest

from analysis.foundation.words import LANGUAGES, Language
from analysis.report.bundle import _below
from analysis.report.elements import Chart, Element, Pair, Prose, Sources
from analysis.report.facts import Fact
from analysis.report.html import PARTS, environment, preview, texts_beside
from analysis.values.quantities import Quantity
from tests.elements import (
    caution,
    chart,
    cover,
    finding,
    headline,
    key_figures,
    key_number,
    method,
    section,
    sentence,
    source,
    table,
)

KINDS = [kind for kind in _below(Element) if kind.__module__ == "analysis.report.elements"]
"""Those of the library: other tests may have made more."""
HOSTILE = "<script>alert(1)</script>"
ELEMENTS = [
    cover(title=HOSTILE, scope=HOSTILE),
    headline(HOSTILE, HOSTILE),
    section(HOSTILE),
    finding(HOSTILE),
    caution(HOSTILE, HOSTILE),
    key_figures(key_number(label=HOSTILE), note=HOSTILE),
    table((HOSTILE, HOSTILE), title=HOSTILE, head=(HOSTILE, HOSTILE)),
    method((HOSTILE, HOSTILE)),
    Sources((source(publisher=HOSTILE, version=HOSTILE, licence=HOSTILE),)),
]


def test_every_kind_of_element_has_a_part() -> None:
    """A template is named like the kind that it shows."""
    kinds = {str(kind.__struct_config__.tag) for kind in KINDS}
    assert {f"{kind}.html.j2" for kind in kinds} <= {path.name for path in PARTS.iterdir()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.kind)
def test_whatever_an_element_says_is_escaped(element: Element, language: Language) -> None:
    """Every kind that a notebook shows by its part keeps its texts as texts, inside one frame."""
    shown = preview(element, language)
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert shown.startswith('<div class="briefing">')
    assert shown.count("<div") == shown.count("</div>")


def test_kinds_that_a_notebook_does_not_show_by_their_part_are_known() -> None:
    """A chart stands around its picture, a pair is two columns of outputs, prose is Markdown, changes come later."""
    shown = {type(element) for element in ELEMENTS}
    assert {kind.__name__ for kind in KINDS} - {kind.__name__ for kind in shown} == {
        *(kind.__name__ for kind in (Chart, Pair, Prose)),
        "Changes",
    }


def test_a_section_is_a_heading() -> None:
    """A section is shown as a second-level heading."""
    assert re.search(r"<h2[^>]*>Asilo</h2>", preview(section("Asilo"), "es"))


def test_a_chart_has_its_caption_above_and_its_source_below() -> None:
    """Title and subtitle, then source and note, escaped."""
    above, below = texts_beside(chart(title="T <1>", note="Preliminar <1>."), "es")
    assert re.findall(r">([^<>\s][^<>]*)<", above) == ["T &lt;1&gt;", "Solicitudes, 2025"]
    assert '<p class="source">Fuente: ACNUR. Preliminar &lt;1&gt;.</p>' in below


def test_key_figures_show_value_label_seal_and_change() -> None:
    """A key figure shows its seal only where it has one, and a column for each value of its small chart."""
    before, moved = Fact.of(Quantity(352, "persons", "2024")), Fact.of(Quantity(13.64, "percent", "2025"))
    figure = key_number(before=before, change=moved, last_datum="2025", spark=(352.0, None, 400.0))
    sealed = key_number(value=9, last_datum="2025", spark=(1.0, None, 9.0))
    preliminary = Fact.of(Quantity(9, "persons", "2025", preliminary=True))
    shown = preview(key_figures(figure, type(sealed)(**{**_fields(sealed), "value": preliminary}), note="Nota."), "es")
    assert shown.count("preliminar") == 1
    assert shown.count("<b>+13.6%</b> · 352 en 2024") == 1
    assert shown.count("Último dato: 2025") == 2
    assert "Nota." in shown
    assert shown.count("<rect") == 4


def _fields(number: object) -> dict[str, object]:
    return {name: getattr(number, name) for name in type(number).__struct_fields__}  # type: ignore[attr-defined]


def test_heads_and_cells_of_a_table_are_aligned_and_keep_their_lines() -> None:
    """Heads and cells are text, aligned column by column; a head may have lines."""
    shown = preview(table(("Cuba", "–"), title="T & C", head=("País", "n <5\n2025")), "es")
    assert '<th scope="col" class="left">País</th>' in shown
    assert '<th scope="col">n &lt;5<br>2025</th>' in shown
    assert "T &amp; C" in shown


def test_the_method_keeps_its_groups() -> None:
    """Each group shows its title and its terms with their text."""
    shown = preview(method(("Evento.", "No es persona.")), "es")
    assert "<h2>Definiciones</h2>" in shown
    assert "<dt>Evento.</dt> <dd>No es persona.</dd>" in shown


def test_sources_that_readers_do_not_see_are_not_shown() -> None:
    """Only those that a document prints."""
    shown = preview(Sources((source("a", publisher="Uno"), source("b", publisher="Dos", printed=False))), "es")
    assert "Uno" in shown
    assert "Dos" not in shown


def test_a_name_that_a_part_does_not_find_is_an_error() -> None:
    """Nothing is left out silently; the engine is made once."""
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError, match="lead"):
        environment().get_template("headline.html.j2").render(block={"text": sentence("a")}, preview=False)
    assert environment() is environment()
