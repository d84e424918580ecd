"""The HTML page of a briefing."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import nbformat
import pytest
from msgspec.structs import replace
from nbconvert.exporters import get_exporter

from analysis.export.document import Document
from analysis.export.html import render_html
from analysis.foundation.errors import PublishError
from analysis.foundation.words import Language, word
from analysis.report.chart_data import ChartData, Column, Row
from analysis.report.elements import Prose, SourceList, Table
from analysis.report.runs import Sentence
from tests.samples import notebook, of_kind, prose, sample, sentence, with_elements

VOID = {"meta", "br", "link", "img", "hr", "input"}
HOSTILE = '<script>alert(1)</script> {{ 7*7 }} "q" \'r\' & </p> #read("x") $y$'
FIXED_WORDS = [
    "all_briefings",
    "chart_data",
    "contents",
    "download_csv",
    "download_pdf",
    "figure",
    "key_figures",
    "scroll_hint",
    "skip_to_content",
]


class Page(HTMLParser):
    """A page read once: its elements, its text, and what it says outside elements with a language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = self.own_text = ""
        self._open: list[tuple[str, bool]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        attributes = {key: value or "" for key, value in attrs}
        self.elements.append((tag, attributes))
        self.own_text += attributes.get("aria-label", "") + "\n"
        self.text += "\n" if tag == "br" else ""
        if tag not in VOID:
            self._open.append((tag, "lang" in attributes and tag != "html"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:  # noqa: D102
        tags = [tag for tag, _ in self._open]
        if "style" in tags:
            return
        self.text += data
        if not any(foreign for _, foreign in self._open):
            self.own_text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of all elements of a tag."""
        return [attributes for name, attributes in self.elements if name == tag]


def test_the_page_needs_nothing_from_outside(document: Document) -> None:
    """No script, no address that is fetched, and a policy that would forbid both."""
    html = render_html(document)
    page = Page(html)
    assert "<script" not in html
    assert not re.search(r"\s(src|srcset|data|action|poster)=|@import", html)
    assert not re.search(r"url\((?!data:|#)", html)
    assert [link for link in page.all("link") if "stylesheet" in link.get("rel", "")] == []
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv"))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"


def test_language_and_title_are_set(document: Document) -> None:
    """The page names its language and its title, which is that of the briefing."""
    page = Page(render_html(document))
    assert page.all("html") == [{"lang": "es-MX" if document.language == "es" else "en"}]
    assert f"{document.cover.title}. {document.cover.series}" in page.text


def test_headings_go_down_step_by_step(document: Document) -> None:
    """One first-level heading, and no level is skipped."""
    levels = [int(tag[1]) for tag, _ in Page(render_html(document)).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_picture_has_a_name(document: Document) -> None:
    """Each chart carries its alternative text at each width; ornaments are hidden from screen readers."""
    pictures = Page(render_html(document)).all("svg")
    named = [svg["aria-label"] for svg in pictures if svg.get("role") == "img"]
    expected = [
        chart.alt.written(document.language)
        for chart in of_kind(document, "chart")
        for _ in range(2 if chart.narrow else 1)
    ]
    assert named == expected
    assert all(svg.get("role") == "img" or svg.get("aria-hidden") == "true" for svg in pictures)


def test_ids_are_unique_and_links_inside_the_page_lead_somewhere(document: Document) -> None:
    """No id stands twice, and each section has its entry in the contents."""
    page = Page(render_html(document))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [a["href"][1:] for a in page.all("a") if a["href"].startswith("#")]
    assert set(targets) <= set(ids)
    assert [section.anchor for section in of_kind(document, "section")] == targets[1:]


def test_landmarks_and_skip_link(document: Document) -> None:
    """A reader of landmarks finds header, contents, main and footer; the first link skips to the content."""
    page = Page(render_html(document))
    for tag in ("header", "nav", "main", "footer"):
        assert len(page.all(tag)) == 1
    assert page.all("nav")[0]["aria-label"] == word("contents", document.language)
    assert page.all("a")[0] == {"class": "skip", "href": "#main"}


def test_scroll_areas_can_be_reached_and_have_a_name(document: Document) -> None:
    """Each area that scrolls sideways takes the keyboard and says what it is."""
    areas = [div for div in Page(render_html(document)).all("div") if div.get("class") == "scroll"]
    assert len(areas) == len(of_kind(document, "chart")) + len(of_kind(document, "table")) + 1
    assert all(area["tabindex"] == "0" and area["role"] == "region" and area["aria-label"] for area in areas)


def test_all_texts_are_on_the_page(document: Document) -> None:
    """Every text that the notebook wrote can be read; alternative texts are names of pictures, prose is converted."""
    page = Page(render_html(document))
    text = " ".join(page.text.split())
    for element in document.flat:
        for written in element.texts(document.language):
            if written.slot != "alternative text" and element.kind != "markdown":
                assert " ".join(written.text.split()) in text, written


def test_the_sources_are_on_the_page(document: Document) -> None:
    """Every source with who used it, how to cite the briefing, whose it is not, and whom to write to."""
    text = Page(render_html(document)).text
    (listed,) = (element.listed for element in of_kind(document, "sources"))
    for written in (*listed.head, *(cell for row in listed.rows for cell in row), listed.cite, listed.disclaimer):
        assert written in text
    assert listed.errata in text
    for chart in of_kind(document, "chart"):
        assert chart.source.written(document.language) in text


def test_captions_are_numbered_in_the_language_of_the_page(spanish: Document) -> None:
    """Charts and tables are numbered each by itself, with the word of the language."""
    text = re.sub(r"\s+", " ", Page(render_html(spanish)).text)
    assert "Gráfica 1 Las solicitudes se estabilizan" in text
    assert "Cuadro 1 Solicitudes por nacionalidad" in text


def test_no_word_of_the_other_language(document: Document) -> None:
    """Fixed words of the other language stand only where they are marked as such."""
    text = Page(render_html(document)).own_text
    other: Language = "en" if document.language == "es" else "es"
    for key in FIXED_WORDS:
        assert word(key, document.language) in text
        assert word(key, other) not in text
    assert word("read_here", other) not in text


def test_links_lead_to_the_other_files(spanish: Document) -> None:
    """The page links to its PDF, to its English edition, marked as English, and to the index."""
    links = {a["href"]: a for a in Page(render_html(spanish)).all("a")}
    assert "05_assistance_protection.pdf" in links
    assert "../index.html" in links
    assert links["../en/05_assistance_protection.html"]["lang"] == "en"


def test_a_page_alone_has_no_links_to_files(spanish: Document) -> None:
    """Exported by itself, a page does not promise files that are not there."""
    alone = Document(spanish.language, spanish.cover, "borrador", spanish.elements)
    page = Page(render_html(alone))
    hrefs = [a["href"] for a in page.all("a") if not a["href"].startswith(("#", "data:", "https:"))]
    assert hrefs == []
    assert "borrador" in page.text


def test_hostile_text_is_text(spanish: Document) -> None:
    """Markup in any text of an element is printed, not obeyed."""
    html = render_html(hostile(spanish))
    page = Page(html)
    assert "<script" not in html
    assert page.text.count(HOSTILE) > 60
    pictures = [svg for svg in page.all("svg") if svg.get("role") == "img"]
    assert {svg["aria-label"] for svg in pictures} == {HOSTILE}


def hostile(value: Any) -> Any:
    """Return a document, an element or a part of it with each of its texts hostile; what is not a text stays."""
    match value:
        case Document():
            return dataclasses.replace(value, elements=hostile(value.elements))
        case Sentence():
            return sentence(HOSTILE)
        case Prose() | SourceList() | Column() | Row() | ChartData():
            texts = {"text", "rows_of", "name", "mark", "head", "rows", "cite", "disclaimer", "errata"}
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            return type(value)(**{k: _as_hostile(v) if k in texts else hostile(v) for k, v in fields.items()})
        case Table():
            return replace(value, head=_as_hostile(value.head), **_hostile_fields(value, but="head"))
        case msgspec.Struct():
            return replace(value, **_hostile_fields(value))
        case tuple():
            return tuple(map(hostile, value))
    return value


def _hostile_fields(value: msgspec.Struct, but: str = "") -> dict[str, Any]:
    return {name: hostile(getattr(value, name)) for name in value.__struct_fields__ if name != but}


def _as_hostile(value: Any) -> Any:
    if isinstance(value, str):
        return HOSTILE
    return tuple(map(_as_hostile, value)) if isinstance(value, tuple) else hostile(value)


def test_prose_is_read_and_hostile_prose_is_text(spanish: Document) -> None:
    """Markdown becomes paragraphs and lists; a tag that is meant as text is printed."""
    page = Page(render_html(spanish))
    assert len(page.all("strong")) == 1
    assert "entre $5 y $10 mil" in page.text
    typed = prose("a \\<script>`alert(1)`&lt;/script> b")
    html = render_html(with_elements(spanish, typed))
    assert "<script" not in html
    assert "a <script>alert(1)</script> b" in Page(html).text


def test_the_table_marks_its_column_its_others_and_its_total(spanish: Document) -> None:
    """Rows have heads; the column in focus, the row of the others and the total are marked."""
    html = render_html(spanish)
    table = html[html.index('<table class="main">') :]
    table = table[: table.index("</table>")]
    assert re.findall(r'<td class="emphasis">([^<]+)</td>', table)[0] == "34,447"
    assert re.findall(r'<tr class="muted">\s*<th scope="row" class="left">([^<]+)', table) == ["Otras"]
    assert re.findall(r'<tr class="total">\s*<th scope="row" class="left">([^<]+)', table) == ["Total"]
    assert "Cambio<br>2024–2025</th>" in table
    assert table.count('scope="col"') == 8


def test_data_can_be_downloaded_where_terms_allow(spanish: Document) -> None:
    """Each chart is offered as a picture; its data, and what describes them, only where their source allows it."""
    offered = [a["download"] for a in Page(render_html(spanish)).all("a") if "download" in a]
    charts = of_kind(spanish, "chart")
    assert [name for name in offered if name.endswith(".csv")] == [
        f"05_MEX_es_grafica{chart.number}.csv" for chart in charts if chart.download
    ]
    assert [name for name in offered if name.endswith(".resource.json")] == [
        f"05_MEX_es_grafica{chart.number}.resource.json" for chart in charts if chart.download
    ]
    assert [name for name in offered if name.endswith(".svg")] == [
        f"05_MEX_es_grafica{chart.number}.svg" for chart in charts
    ]
    assert "05_MEX_es_grafica3.csv" not in offered


def test_same_document_same_page() -> None:
    """The page is the same text, in this process and in another one with another hash seed."""
    here = render_html(sample("es"))
    assert here == render_html(sample("es"))
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1])\n"
        "from tests.samples import sample\nfrom analysis.export.html import render_html\n"
        "sys.stdout.buffer.write(render_html(sample('es')).encode())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parents[2])],
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PATH": ""},
        capture_output=True,
        check=True,
    )
    assert other.stdout.decode() == here


def test_the_exporter_is_found_and_exports_a_notebook(spanish: Document) -> None:
    """The entry point `briefing_html` works; an executed notebook becomes the page of a draft."""
    exporter = get_exporter("briefing_html")()
    page, resources = exporter.from_notebook_node(nbformat.from_dict(notebook(spanish)))
    assert "<h1>Asistencia y protección</h1>" in page
    assert "borrador" in page
    assert resources["output_extension"] == ".html"
    assert exporter.output_mimetype == "text/html"


def test_the_exporter_prints_edition_and_links(spanish: Document) -> None:
    """The traits of the exporter reach the page."""
    exporter = get_exporter("briefing_html")(edition="2026-1", links={"files": {"pdf": "here.pdf"}})
    page, _ = exporter.from_notebook_node(nbformat.from_dict(notebook(spanish)))
    assert "Borrador de la edición 2026-1" in page
    assert 'href="here.pdf"' in page


def test_a_notebook_that_was_not_run_is_refused(spanish: Document) -> None:
    """The exporter says which cell to run."""
    cells = nbformat.from_dict(notebook(spanish))
    cells.cells[1].execution_count = None
    with pytest.raises(PublishError, match="cell 2 was not run"):
        get_exporter("briefing_html")().from_notebook_node(cells)


def test_a_method_without_definitions_fills_both_columns(spanish: Document) -> None:
    """How numbers were made stands beside what the data do not say; with definitions, these have a column."""
    method = of_kind(spanish, "method")[0]
    made = replace(method, groups=tuple(group for group in method.groups if group.key != "definitions"))
    for element, heads in (
        (made, [["calculation"], ["limits"]]),
        (method, [["definitions"], ["calculation", "limits"]]),
    ):
        printed = render_html(with_elements(spanish, element)).partition('<div class="pair method">')[2]
        columns = printed.partition("</main>")[0].split("<div>\n<h")[1:]
        assert [re.findall(r">([^<]+)</h3>", column) for column in columns] == [
            [word(key, "es") for key in column] for column in heads
        ]
