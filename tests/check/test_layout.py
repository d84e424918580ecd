"""Faults of layout: each is planted in a real page or drawing, and found; sound ones have none."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from analysis.charts.boxes import Box
from analysis.check.layout import built_faults, chart_faults, page_faults
from analysis.check.tagged import Page, Part, read_pages
from analysis.export import pdf
from analysis.export.document import Document
from analysis.export.pdf import render_pdf
from analysis.report.elements import Chart, Cover, Element, Pair
from tests.elements import caution, finding, replacing, section, sentence
from tests.samples import drawing, notebook, of_kind, prose, sample

Changed = Callable[[str, str], None]

SECTION = section("Título vigilado")
TEXT = finding("Una frase que dice algo. " * 12)
BODY = Box(54, 100, 558, 700)
# Longer than a line, and with no run of letters that the template would break.
LONG_WORD = "Otorrinolaringología2" * 4


def faults(document: Document, *elements: Element) -> list[str]:
    """Return the faults of the pages of a document, with other elements where some are given."""
    return list(page_faults(read_pages(render_pdf(replace(document, elements=elements or document.elements)))))


def chart(document: Document, width: int, height: int, number: int = 1) -> Chart:
    """Return a chart of the sample with a drawing of that size."""
    found: Chart = of_kind(document, "chart")[number - 1]
    return structs.replace(found, svg=drawing("g1", width, height, [1, 2, 3], "mil"))


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Changed:
    """Changes a line of a copy of the templates, from which the test then prints."""
    folder = tmp_path / "templates"
    shutil.copytree(pdf.TEMPLATES, folder)
    monkeypatch.setattr(pdf, "TEMPLATES", folder)

    def change(old: str, new: str) -> None:
        written = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.typ")}
        assert "".join(written.values()).count(old) == 1, old
        for path, text in written.items():
            path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def test_a_sound_briefing_has_no_fault(document: Document) -> None:
    """Neither its pages nor its drawings, though its last page is short."""
    assert faults(document) == []
    assert list(chart_faults(document)) == []


# -- pages ------------------------------------------------------------------------------------------------------------


def test_a_page_less_than_half_full_is_found(spanish: Document) -> None:
    """A chart that does not fit below two paragraphs leaves their page empty; it is told with its share."""
    high = chart(spanish, 504, 600)
    told = faults(spanish, SECTION, TEXT, TEXT, high)
    assert len(told) == 1
    assert re.match(rf"page 1 is filled to 3\d% only, because 'Gráfica 1 {high.title.written('es')[:20]}", told[0])
    assert faults(spanish, SECTION, TEXT, TEXT, chart(spanish, 504, 200)) == []


def test_a_first_page_with_little_before_the_first_section_is_found(spanish: Document) -> None:
    """After a chart, the first section begins a page of its own, so what stands before it must fill the first."""
    headline, low = of_kind(spanish, "headline")[0], chart(spanish, 504, 100)
    (told,) = faults(spanish, headline, low, SECTION, TEXT)
    assert re.match(r"page 1 is filled to \d\d% only, because 'Título vigilado' begins the next one: ", told)
    assert faults(spanish, headline, SECTION, TEXT) == []  # without a chart, the section follows on the same page


def test_the_last_page_may_be_short(spanish: Document) -> None:
    """One line is no fault there."""
    assert faults(spanish, finding("Una frase.")) == []


def test_a_heading_alone_at_the_end_of_a_page_is_found(spanish: Document, template: Changed) -> None:
    """However it came to stand there, before a page break or at the end of all."""
    template("heading(level: 2, element.text)", "{ heading(level: 2, element.text); pagebreak() }")
    told = faults(spanish, TEXT, TEXT, SECTION, chart(spanish, 504, 600))
    assert any(t.startswith("page 1 ends in the heading 'Título vigilado'") for t in told)
    assert "page 1 ends in the heading" in faults(spanish, SECTION)[-1]


def test_a_heading_of_one_column_is_alone_though_the_other_goes_on(spanish: Document, template: Changed) -> None:
    """What stands below it must stand in its own column."""
    template('two-columns(column(element, "definitions")', "two-columns(heading(level: 3)[Título vigilado]")
    method = structs.replace(of_kind(spanish, "method")[0], level=3)
    (told,) = faults(spanish, SECTION, method)
    assert told.startswith("page 1 ends in the heading 'Título vigilado'")


def test_a_sentence_that_announces_something_is_not_left_alone(spanish: Document) -> None:
    """A paragraph that ends in a colon, with a page break after it."""
    lead_in = finding("Los datos dicen esto:")
    told = faults(spanish, TEXT, TEXT, TEXT, chart(spanish, 504, 200), lead_in, SECTION, TEXT)
    assert [t.split(":")[0] for t in told] == ["page 1 ends in the lead-in 'Los datos dicen esto"]


def test_a_title_parted_from_its_picture_is_found(spanish: Document, template: Changed) -> None:
    """A figure that may break leaves its title behind when its picture needs a page of its own."""
    template(
        "#show figure: set block(above: 12pt, below: 12pt, breakable: false)",
        "#show figure: set block(breakable: true)",
    )
    told = faults(spanish, SECTION, TEXT, TEXT, TEXT, chart(spanish, 504, 660))
    assert told[0].startswith("page 1 is filled to")
    assert told[1].startswith("the title 'Gráfica 1 ")
    assert "stands on page 1, its picture on page 2" in told[1]


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (Part("Table", BODY, "Cuba", (Part("TD", BODY, "Cuba"),)), "its table on page 2"),
        (Part("P", BODY, "Cuba"), "nothing below it"),
    ],
)
def test_a_title_parted_from_its_table_is_found(rest: Part, told: str) -> None:
    """The head of a table is no table: without a row of it, the title is alone."""
    head = Part("TH", Box(54, 54, 558, 60), "País")
    title = Part("Caption", Box(54, 64, 200, 74), "Cuadro 1 Solicitudes")
    group = Part("Div", Box(54, 54, 558, 74), "", (title, Part("Table", head.box, "País", (head,))))
    above = Part("P", Box(54, 90, 558, 740), "Texto")
    pages = [Page(1, 612, 792, (above, group), ()), Page(2, 612, 792, (rest,), ())]
    (found,) = page_faults(pages)
    assert found == f"the title 'Cuadro 1 Solicitudes' stands on page 1, {told}: keep the two in one block"


def test_an_empty_stretch_inside_a_page_is_found(spanish: Document, template: Changed) -> None:
    """The gap is told with its share of the page and with what follows it."""
    assert faults(spanish, SECTION, TEXT, prose("Después del hueco.")) == []
    template("block(above: 8pt, below: 12pt, prose(", "block(above: 330pt, below: 12pt, prose(")
    (told,) = faults(spanish, SECTION, TEXT, prose("Después del hueco."))
    assert told.startswith("page 1 is empty on 4")
    assert told.endswith("% of its height, above 'Después del hueco.'")


def test_texts_on_one_another_are_found(spanish: Document, template: Changed) -> None:
    """A paragraph drawn over the one before it."""
    template("block(above: 8pt, below: 12pt, prose(element.blocks))", "move(dy: -16pt, block(prose(element.blocks)))")
    told = faults(spanish, SECTION, finding("Cuba 34,581"), prose("Venezuela"))
    assert told == ["page 1: 'Cuba 34,581' meets 'Venezuela': shorten one of the two"]


def test_a_picture_too_wide_for_its_column_is_found(spanish: Document, template: Changed) -> None:
    """At the left it lies on the one at the right, and that one leaves the margins."""
    template('format: "svg", alt', 'format: "svg", width: 300pt, alt')
    pair = next(element for element in spanish.elements if isinstance(element, Pair))
    left, right = (f"the picture of 'Gráfica {side[0].number} " for side in (pair.left, pair.right))
    meeting, beyond = faults(spanish, pair)
    assert meeting.startswith(f"page 1: {left}")
    assert f" meets {right}" in meeting
    assert beyond.startswith(f"page 1: {right}")
    assert "leaves the margins" in beyond


def test_a_word_longer_than_a_line_is_found(spanish: Document) -> None:
    """It leaves the margins, and is quoted up to sixty letters."""
    (told,) = faults(spanish, finding(LONG_WORD * 2))
    assert told == f"page 1: '{LONG_WORD[:59]}…' leaves the margins: shorten it, or make it smaller"


def test_a_block_higher_than_a_page_is_found(spanish: Document) -> None:
    """What must stay whole runs over the footer and off the page."""
    unfilled, *meetings, beyond = faults(spanish, caution("Cuidado", "Una frase que dice algo. " * 440))
    assert unfilled.startswith("page 1 is filled to")
    assert meetings[0].startswith("page 2: 'Movilidad humana en México · Asistencia y protección")
    assert "leaves the margins" in beyond


def test_a_footer_too_long_for_its_line_is_found(spanish: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of a place without a space in it reaches the number of the page."""
    monkeypatch.setattr(Cover, "place_name", LONG_WORD * 2)
    told = faults(replace(spanish, cover=structs.replace(spanish.cover, geography="MX-CHP")))
    assert any(t.startswith(f"page 2: '{LONG_WORD[:59]}…' meets '2 /") for t in told)


def test_a_word_longer_than_its_cell_is_found(spanish: Document) -> None:
    """It reaches into the next column, and is told once."""
    table = of_kind(spanish, "table")[0]
    assert faults(spanish, table) == []
    rows = [*table.rows]
    rows[2] = (sentence(LONG_WORD), *rows[2][1:])
    told = faults(spanish, structs.replace(table, rows=tuple(rows)))
    assert f"page 1: '{LONG_WORD[:59]}…' does not fit its cell: shorten its longest word" in told


# -- drawings ---------------------------------------------------------------------------------------------------------


def test_what_a_chart_says_of_its_drawings_is_told_with_its_number(spanish: Document) -> None:
    """Both drawings are measured when the chart is drawn; one without fault says nothing."""
    said = ("'Cuba' meets 'Haití': shorten one", "on a narrow screen, 'Perú' is cut off: shorten it")
    assert list(chart_faults(replacing(spanish, of_kind(spanish, "chart")[1], faults=said))) == [
        "chart 2: 'Cuba' meets 'Haití': shorten one",
        "chart 2: on a narrow screen, 'Perú' is cut off: shorten it",
    ]


# -- built reports ----------------------------------------------------------------------------------------------------


def test_a_built_report_is_read_from_its_files(spanish: Document, tmp_path: Path) -> None:
    """Faults of the drawings come from its notebook, those of the pages from its PDF; files that are gone have none."""
    faulty = ("'Venezuela' is cut off at the edge: shorten it",)
    cut = replacing(spanish, of_kind(spanish, "chart")[0], faults=faulty)
    (tmp_path / "es").mkdir()
    assert list(built_faults(tmp_path, "es/05_asylum")) == []
    (tmp_path / "es" / "05_asylum.ipynb").write_text(json.dumps(notebook(cut)), encoding="utf-8")
    wide = replace(sample("es"), elements=(finding(LONG_WORD * 2),))
    (tmp_path / "es" / "05_asylum.pdf").write_bytes(render_pdf(wide))
    drawn, printed = built_faults(tmp_path, "es/05_asylum")
    assert drawn.startswith("chart 1: 'Venezuela' is cut off")
    assert printed.startswith("page 1: 'Otorrino")
