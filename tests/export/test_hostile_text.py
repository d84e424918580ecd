"""Hostile text in every place of a briefing is shown as text, in HTML, PDF and index, or refused; nothing runs."""

from __future__ import annotations

import csv
import io
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from analysis.export import pdf as pdfs
from analysis.export.cards import ThemeCard
from analysis.export.document import Document
from analysis.export.downloads import csv_file
from analysis.export.edition import Edition
from analysis.export.html import render_html
from analysis.export.index import render_index
from analysis.export.pdf import render_pdf
from analysis.export.records import Card
from analysis.export.records import Figure as Shown
from analysis.foundation.errors import PublishError
from analysis.foundation.words import LANGUAGES, Language
from analysis.report.chart_data import ChartData, Column, Row
from tests.hostile import HOSTILE, ODD, hostile_document, long_document
from tests.promises import Figure
from tests.samples import of_kind

pytestmark = pytest.mark.slow

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "article", "nav"),
    *("div", "span", "p", "h1", "h2", "h3", "h4", "a", "strong", "em", "b", "i", "small", "sup", "sub", "br", "hr"),
    *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "abbr", "time", "aside", "details", "summary"),
    *("figure", "figcaption", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("svg", "g", "path", "rect", "circle", "line", "polyline", "polygon", "text", "tspan", "defs", "use", "clippath"),
    *("desc", "img", "symbol"),
}
"""What pages are made of: nothing that runs, embeds or sends."""
LINK = re.compile(
    r"#[\w-]+|[\w./-]+\.(?:html|pdf)|https?://[^\s\"<>]+|mailto:[^\s\"<>]+|data:(?:text/csv|application/json|image/svg\+xml)[;,].*"
)


class Reader(HTMLParser):
    """What a browser makes of a page: elements, attributes, text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "xlink:href", "action"}]

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


def plain(text: str) -> str:
    """Letters alone: lines are broken and hyphens drawn where there is room."""
    return re.sub(r"[\s\u00ad\u200b\u2060]+", "", text)


def pages_of(made: bytes) -> list[str]:
    """The text of each page of a PDF."""
    with pypdfium2.PdfDocument(made) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def does_nothing(page: str) -> Reader:
    """Read a page and see that nothing in it runs, embeds or leads to another kind of place."""
    reader = Reader(page)
    assert reader.tags <= TAGS, reader.tags - TAGS
    assert not [name for name in reader.attributes if name.startswith("on") or name in {"srcdoc", "formaction"}]
    assert [link for link in reader.links if not LINK.fullmatch(link)] == []
    assert "Content-Security-Policy" in page[:500]
    return reader


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    """Each language."""
    chosen: Language = request.param
    return chosen


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_text_in_the_page(kind: str, language: Language, figure: Figure) -> None:
    """Titles, cells, labels and prose are shown as they were written; none becomes an element or an attribute."""
    document = hostile_document(language, HOSTILE[kind])
    reader = does_nothing(render_html(document))
    assert plain(reader.text).count(plain(HOSTILE[kind])) > 20
    figure("hostile texts shown as text", 1)


def test_hostile_text_does_nothing_in_a_browser(chromium: Browser, tmp_path: Path) -> None:
    """Opened where scripts may run, no page asks for anything, runs anything or complains, then or a little later."""
    asked: list[str] = []
    happened: list[str] = []
    pages = []
    with chromium.new_context() as context:
        context.on("request", lambda request: asked.append(request.url))
        context.on("dialog", lambda dialog: happened.append(dialog.message))
        context.on("console", lambda message: happened.append(message.text))
        for kind, text in HOSTILE.items():
            pages.append(tmp_path / f"{kind}.html")
            pages[-1].write_text(render_html(hostile_document("es", text)), encoding="utf-8")
            context.new_page().goto(pages[-1].as_uri())
        for tab in context.pages:
            tab.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [page.as_uri() for page in pages]
    assert happened == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_text_in_the_pdf(kind: str, language: Language) -> None:
    """Typst prints it: it reads no file, fetches no package and computes nothing."""
    made = render_pdf(hostile_document(language, HOSTILE[kind]))
    printed = plain("".join(pages_of(made)))
    assert plain(HOSTILE[kind]) in printed
    assert "root:" not in printed


@pytest.mark.parametrize("kind", ODD)
def test_odd_text_is_shown(kind: str, language: Language) -> None:
    """Letters that no page can hold are shown as question marks; marks of direction stay."""
    document = hostile_document(language, ODD[kind][0])
    assert plain(ODD[kind][1]) in plain(does_nothing(render_html(document)).text)
    assert render_pdf(document).startswith(b"%PDF")


def test_a_text_without_end_is_shown() -> None:
    """A hundred thousand letters are on the pages."""
    document = long_document("es", "Palabra " * 10_000)
    assert does_nothing(render_html(document)).text.count("Palabra") == 10_000
    assert len(pages_of(render_pdf(document))) > 8


def test_a_long_word_is_broken() -> None:
    """Where no page is as wide as a word, it goes on in the next line; nothing of it is cut off."""
    printed = pages_of(render_pdf(long_document("es", "w" * 1000)))
    assert max(len(line) for line in printed[0].splitlines()) < 200
    assert printed[0].count("w") == 1000


def test_a_word_without_end_is_refused() -> None:
    """No page can show it, neither a page of HTML nor one of a PDF."""
    with pytest.raises(PublishError, match="cell 2, line 1: a word of more than 1,000 letters"):
        long_document("es", "w" * 100_000)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_text_in_the_index(kind: str, language: Language) -> None:
    """Cards show titles, headlines and key figures as they are."""
    text = HOSTILE[kind]
    edition = Edition("2026-1", "2026-06-30", "draft", LANGUAGES, ("MEX",), ("06_trial",), text)
    told = Card(6, text, text, text, text, Shown(text, text))
    files = {tag: {"html": f"{tag}/06_trial.html", "pdf": f"{tag}/06_trial.pdf"} for tag in LANGUAGES}
    card = ThemeCard("06_trial", dict.fromkeys(LANGUAGES, told), files, text, {})
    reader = does_nothing(render_index(edition, [card], language))
    assert plain(reader.text).count(plain(text)) >= 4


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n="])
def test_a_formula_is_text_in_a_spreadsheet(start: str) -> None:
    """A cell of the download that a spreadsheet would compute begins with an apostrophe; numbers do not."""
    data = ChartData("a", (Column("b", "persons"),), (Row(f"{start}cmd|' /C calc'!A0", (-1234.5,)),))
    _, (hostile, number, _) = csv.reader(io.StringIO(csv_file(data), newline=""))
    assert hostile == f"'{start}cmd|' /C calc'!A0"
    assert number == "-1234.5"


@pytest.mark.parametrize(
    "code",
    [
        '#read("/etc/passwd")',
        '#read("../../../../../../etc/passwd")',
        '#image("/etc/hostname")',
        '#include "/etc/passwd"',
    ],
)
def test_typst_reads_nothing_outside_its_folder(
    code: str, spanish: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Even if a text became code, it would be refused: the folder of templates is all that Typst sees."""
    shutil.copytree(pdfs.TEMPLATES, tmp_path, dirs_exist_ok=True)
    template = tmp_path / "briefing.typ"
    template.write_text(f"{template.read_text(encoding='utf-8')}\n{code}\n", encoding="utf-8")
    monkeypatch.setattr(pdfs, "TEMPLATES", tmp_path)
    with pytest.raises(PublishError, match=r"cannot be printed as PDF: (file not found|path .* would escape)"):
        render_pdf(spanish)


def test_no_template_names_a_package() -> None:
    """Typst would fetch one over the network and run its code."""
    for template in pdfs.TEMPLATES.rglob("*.typ"):
        assert re.findall(r'(?:import|include)\s*"@.*', template.read_text(encoding="utf-8")) == [], template.name


def test_hostile_text_is_in_every_kind_of_element() -> None:
    """The briefing above leaves no kind of element out."""
    document = hostile_document("es", HOSTILE["script"])
    for kind in ("headline", "key_figures", "section", "finding", "chart", "markdown", "table", "caution", "method"):
        assert of_kind(document, kind), kind
    data = of_kind(document, "chart")[0].data
    assert {data.rows_of, data.columns[0].name, data.rows[0].name, data.rows[0].mark} == {HOSTILE["script"]}
