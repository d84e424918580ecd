"""Elements: what a cell shows, as data."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from analysis.report import elements
from analysis.report.elements import MIME, SVG, ElementError, Pair, cell, facts_of, join, neutral_of
from analysis.values.quantities import Quantity
from analysis.values.texts import claim, text

CLAIMS = Quantity(70482.0, "persons", "2025", tables=("claims_year",))
SHARE = Quantity(49.1, "percent", "2025", tables=("claims_year",))
RECEIVED = text(es="Se recibieron {n}.", en="There were {n}.", n=CLAIMS)
SHARED = text(es="Fue {share} de <todas>.", en="It was {share} of <all>.", share=SHARE)
REPLACED = claim(
    when=False, es="La mitad.", en="Half.", neutral_es="Fue {share}.", neutral_en="It was {share}.", share=SHARE
)
LEFT_OUT = claim(when=False, es="Subió.", en="It rose.")

CHART: dict[str, Any] = {
    "title": "Bajaron",
    "subtitle": "Solicitudes, 2025",
    "alt": "De 9 a 5.",
    "source": "Fuente: ACNUR.",
    "note": "Preliminar <1>.",
}


def test_facts_of_texts_in_order() -> None:
    """Each quantity printed leaves one record, texts in order and names sorted, with the slot where it stands."""
    both = text(es="{b} {a} {n}", en="{n} {a} {b}", b=SHARE, a=CLAIMS, n=CLAIMS)
    facts = facts_of("lead", SHARED, both, LEFT_OUT)
    assert [(f["slot"], f["name"]) for f in facts] == [
        ("lead", "share"),
        ("lead", "a"),
        ("lead", "b"),
        ("lead", "n"),
    ]
    assert facts[0]["value"] == 49.1
    assert facts[1]["value"] == 70482


def test_neutral_slots() -> None:
    """The slots whose claim was replaced or left out are listed."""
    assert neutral_of(title=RECEIVED, subtitle=REPLACED, alt=LEFT_OUT) == ["subtitle", "alt"]


def test_sentences_left_out_leave_no_gap() -> None:
    """A paragraph joins the sentences that remain, in prose."""
    assert join([RECEIVED, LEFT_OUT, SHARED], "en") == "There were 70,482. It was 49.1 per cent of <all>."


def test_a_paragraph_is_data_and_escaped_html() -> None:
    """A finding keeps its text as it is in the data, and escapes it for JupyterLab."""
    finding = elements.paragraph("finding", [RECEIVED, SHARED], "es")
    assert finding.kind == "finding"
    assert finding.content["text"] == "Se recibieron 70,482. Fue 49.1% de <todas>."
    assert finding.before == "<p>Se recibieron 70,482. Fue 49.1% de &lt;todas&gt;.</p>"
    assert [f["name"] for f in finding.content["facts"]] == ["n", "share"]


def test_a_section_is_a_heading() -> None:
    """A section is shown as a second-level heading and keeps its level."""
    section = elements.paragraph("section", [RECEIVED], "es", level=2)
    assert section.content["level"] == 2
    assert section.before.startswith("<h2>")


def test_an_empty_paragraph_is_refused() -> None:
    """A paragraph of which no sentence is left is an error that says what to write."""
    with pytest.raises(ElementError, match="a finding has no sentence left: give it one that holds for every"):
        elements.paragraph("finding", [LEFT_OUT], "es")


def test_a_headline_lists_what_was_replaced() -> None:
    """The headline and each sentence of its lead are told apart where claims gave way."""
    headline = elements.headline(RECEIVED, [SHARED, REPLACED, LEFT_OUT], "en")
    assert headline.content["text"] == "There were 70,482."
    assert headline.content["lead"] == "It was 49.1 per cent of <all>. It was 49.1 per cent."
    assert headline.content["neutral"] == ["lead1", "lead2"]
    assert [(f["slot"], f["name"]) for f in headline.content["facts"]] == [
        ("text", "n"),
        ("lead", "share"),
        ("lead", "share"),
    ]


def test_a_caution_has_title_and_text() -> None:
    """A caution keeps title and text apart, with the facts of both."""
    box = elements.caution(text(es="Ojo", en="Mind"), [SHARED], "es")
    assert (box.content["title"], box.content["text"]) == ("Ojo", "Fue 49.1% de <todas>.")
    assert "&lt;todas&gt;" in box.before
    assert [f["slot"] for f in box.content["facts"]] == ["text"]


def test_a_chart_shows_title_picture_and_source_in_order() -> None:
    """JupyterLab shows the caption, the picture with its data, then the source."""
    chart = elements.chart("<svg>wide</svg>", "<svg>narrow</svg>", CHART)
    before, picture, after = chart.outputs()
    assert before["text/plain"] == "Bajaron"
    assert picture[SVG] == "<svg>wide</svg>"
    assert picture[MIME]["kind"] == "chart"
    assert picture[MIME]["svg_narrow"] == "<svg>narrow</svg>"
    assert picture["text/plain"] == "chart: Bajaron De 9 a 5."
    assert after["text/html"] == "<p><small>Fuente: ACNUR. Preliminar &lt;1&gt;.</small></p>"
    assert MIME not in before
    assert MIME not in after


@pytest.mark.parametrize(
    ("alt", "message"),
    [
        ("", "the chart 'Bajaron' has no alternative text: say what it shows, with its values"),
        ("  \n", "the chart 'Bajaron' has no alternative text"),
        ("Bajaron", "the alternative text of the chart 'Bajaron' repeats its caption: let it give the values"),
        (" Solicitudes, 2025 ", "the alternative text of the chart 'Bajaron' repeats its caption"),
    ],
)
def test_a_chart_without_words_of_its_own_is_refused(alt: str, message: str) -> None:
    """A chart needs an alternative text that is not its caption."""
    with pytest.raises(ElementError, match=message):
        elements.chart("<svg/>", "", {**CHART, "alt": alt})


def test_an_element_without_picture_is_one_output() -> None:
    """What is no chart is one bundle: data, HTML and plain text, all plain JSON."""
    (bundle,) = elements.paragraph("finding", [RECEIVED], "es").outputs()
    assert bundle["text/plain"] == "finding: Se recibieron 70,482."
    assert json.loads(json.dumps(bundle))[MIME]["text"] == "Se recibieron 70,482."


def test_a_table_escapes_heads_and_cells() -> None:
    """Heads and cells are text, aligned column by column."""
    content = {
        "title": "T & C",
        "head": ["País", "n <5"],
        "rows": [["Cuba", "–"]],
        "align": ["left", "right"],
        "source": "S.",
        "note": "",
    }
    table = elements.table(content)
    assert '<th scope="col" style="text-align:right">n &lt;5</th>' in table.before
    assert '<td style="text-align:left">Cuba</td>' in table.before
    assert "T &amp; C" in table.before
    assert table.kind == "table"


@pytest.mark.parametrize("row", [["Cuba"], ["Cuba", "1", "2"]])
def test_a_table_with_a_ragged_row_is_refused(row: list[str]) -> None:
    """A row that is shorter or longer than the head is an error."""
    content = {"title": "T", "head": ["a", "b"], "rows": [row], "align": ["left", "right"], "source": "", "note": ""}
    with pytest.raises(ValueError, match=r"shorter|longer"):
        elements.table(content)


def test_key_figures_show_value_label_seal_and_change() -> None:
    """A key figure shows its seal only where it has one, and a column for each value of its small chart."""
    figure = {
        "value": "70,482",
        "label": "solicitudes",
        "seal": None,
        "change": "−9.9%",
        "reference": "78,245 en 2024",
        "last_datum": "Último dato: 2025",
        "spark": [140_979.0, None, 70_482.0],
    }
    sealed = {**figure, "seal": "preliminar"}
    shown = elements.key_figures({"figures": [figure, sealed], "note": "Nota."})
    assert shown.before.count("(preliminar)") == 1
    assert shown.before.count("<b>−9.9%</b> 78,245 en 2024") == 2
    assert shown.before.count("Último dato: 2025") == 2
    assert "Nota." in shown.before
    assert shown.before.count("<rect ") == 4


def test_the_method_page_keeps_its_groups() -> None:
    """Each group shows its title and its terms with their text."""
    group = {"column": "left", "title": "Definiciones", "items": [{"term": "Evento.", "text": "No es persona."}]}
    method = elements.method([group], [])
    assert method.content["groups"] == [group]
    assert "<h3>Definiciones</h3><p><b>Evento.</b> No es persona.</p>" in method.before


@pytest.mark.parametrize(
    ("value", "spec", "written"),
    [
        ("Cuba", "", "Cuba"),
        (CLAIMS, "", "70,482"),
        (SHARE, "0", "49%"),
        (replace(CLAIMS, value=None, missing="no_data"), "", "–"),
        (replace(SHARE, value=None, missing="too_few"), "1", "–"),
    ],
)
def test_a_cell_of_a_table(value: Quantity | str, spec: str, written: str) -> None:
    """Words stay, numbers follow their format, and what is missing is an en dash."""
    assert cell(value, "en", spec) == written


def test_a_pair_says_on_which_side_each_element_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """The elements of a pair are shown left first, each with its side in its data."""
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append(bundle))
    finding = elements.paragraph("finding", [RECEIVED], "es")
    chart = elements.chart("<svg/>", "", CHART)
    Pair((finding,), (chart,))._ipython_display_()
    sides = [bundle[MIME]["side"] for bundle in shown if MIME in bundle]
    assert sides == ["left", "right"]
    assert "side" not in finding.content


def test_a_caution_lists_what_was_replaced_in_its_text() -> None:
    """A neutral wording inside a caution is listed like any other."""
    assert elements.caution(text(es="Ojo", en="Mind"), [REPLACED], "es").content["neutral"] == ["text"]


def test_a_headline_that_is_left_out_is_refused() -> None:
    """A headline, or the title of a chart, cannot be empty."""
    with pytest.raises(ElementError, match="headline"):
        elements.headline(LEFT_OUT, [RECEIVED], "es")


def test_a_cell_of_words_leaves_the_facts_that_it_names() -> None:
    """A quantity is a fact of its column, a text one for each quantity in it, a word none."""
    facts = [elements.cell_facts(value, 2, 3) for value in (CLAIMS, SHARED, "–")]
    assert [[(f["slot"], f["name"], f["value"]) for f in found] for found in facts] == [
        [("row 2", "column 3", 70482)],
        [("row 2", "column 3 share", 49.1)],
        [],
    ]


def test_columns_of_texts_are_read_from_the_left_and_numbers_from_the_right() -> None:
    """The first column names the rows; a column with a number in it is one of numbers."""
    rows = [["a", RECEIVED, CLAIMS, "–"], ["b", SHARED, RECEIVED, "–"]]
    assert elements.table_align(["", "", "", ""], rows) == ["left", "left", "right", "right"]
    assert elements.table_align(["", ""], []) == ["left", "right"]
