"""The briefing of bad input through both exporters: nothing meets, leaves its place or is lost."""

from __future__ import annotations

import re

import pytest

from analysis.check.layout import page_faults
from analysis.check.tagged import Page, Part, read_pages
from analysis.export.document import Document
from analysis.export.html import render_html
from analysis.export.pdf import render_pdf
from analysis.foundation.words import LANGUAGES
from tests.bad_input import bad_document
from tests.charts.bad_tables import FORMS
from tests.promises import SOAK
from tests.samples import of_kind

# A page that holds one high chart cannot be full: that is no fault of a document made of such charts.
HOLLOW = re.compile(r"page \d+ is (filled to|empty on)")


@pytest.fixture(scope="module", params=LANGUAGES if SOAK else LANGUAGES[:1])
def bad(request: pytest.FixtureRequest) -> Document:
    """The briefing in one language."""
    return bad_document(request.param)


@pytest.fixture(scope="module")
def pages(bad: Document) -> list[Page]:
    """The pages of its PDF."""
    return read_pages(render_pdf(bad))


def parts(pages: list[Page], role: str) -> list[Part]:
    """All parts of a role, those inside others included."""

    def inside(part: Part) -> list[Part]:
        return [part, *(deeper for each in part.parts for deeper in inside(each))]

    return [part for page in pages for each in page.parts for part in inside(each) if part.role == role]


def test_it_holds_every_form_and_every_element(bad: Document) -> None:
    """Each form is drawn at both widths, and each kind of element is there, alone and in pairs."""
    charts = of_kind(bad, "chart")
    drawn = {(chart.form, chart.width) for chart in charts}
    assert drawn == {(form, width) for form in FORMS for width in ("full", "half")}
    assert {element.kind for element in bad.flat} == {
        *("headline", "key_figures", "section", "finding", "chart", "markdown"),
        *("table", "caution", "method", "sources"),
    }


def test_nothing_meets_or_leaves_its_place_on_the_pages(pages: list[Page]) -> None:
    """The check of built reports finds no fault: words of forty letters are broken, columns hold their numbers."""
    assert [fault for fault in page_faults(pages) if not HOLLOW.match(fault)] == []


def test_every_chart_and_row_is_printed(bad: Document, pages: list[Page]) -> None:
    """No chart and no row of a table is lost on the way to the pages."""
    rows = [table.rows for table in of_kind(bad, "table")] + [e.listed.rows for e in of_kind(bad, "sources")]
    assert len(parts(pages, "Figure")) == len(of_kind(bad, "chart"))
    assert len(parts(pages, "TD")) == sum(len(row) for table in rows for row in table)


def test_the_page_holds_every_text(bad: Document) -> None:
    """Titles, cells and labels stand in the HTML page whole."""
    html = render_html(bad)
    for chart in of_kind(bad, "chart"):
        assert chart.title.written(bad.language) in html
    for value in ("65,000,000,000", "0.01", "−100.0%"):
        assert value in html
    assert html.count("<figure") == len(of_kind(bad, "chart")) + len(of_kind(bad, "table"))
