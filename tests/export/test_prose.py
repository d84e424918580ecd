"""Prose typed in Markdown on the pages of HTML and PDF: what they say, in which order, and what neither shows."""

from __future__ import annotations

import io
import re
from html import unescape
from itertools import pairwise

import pypdf
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from analysis.export.document import Document, read_document
from analysis.export.html import render_html
from analysis.export.pdf import render_pdf
from analysis.export.prose import elements_of, read_cell
from analysis.foundation.errors import DocumentError
from analysis.report.elements import Element
from tests import bad_input
from tests.end_to_end.chromium import axe_faults
from tests.end_to_end.reading import tags
from tests.hostile import long_document
from tests.samples import Markdown, cells_of, code_cell, executed

TEXT = """\
Las personas *que cruzan* **sin pedir asilo** no aparecen[^1] en estas [cifras](https://www.inegi.org.mx/a?b=1&c=2).

- Uno
  - Dos
    - Tres
      1. Cuatro

3. Cinco
4. Seis

> Una cita

| País | Casos |
|:-----|------:|
| Cuba | Muchos[^1] |

```
## no es un título
```

[^1]: Salvo *en* 2024.
"""


COVER = bad_input.cover("es", bad_input.WORDS["es"])


def said(element: Element) -> str:
    """What an element says, a line a text."""
    return "\n".join(text.text for text in element.texts("es"))


def document_of(*cells: str) -> Document:
    """A briefing of these Markdown cells, the first of them its second cell."""
    return read_document(executed(*cells_of([COVER, *map(Markdown, cells)], "es")))


def body(document: Document) -> str:
    """The HTML of what follows the cover."""
    return re.sub(r"\s*\n\s*", "", render_html(document).partition('<main id="main" tabindex="-1">')[2])


def visible(html: str) -> str:
    """The text of HTML."""
    return unescape(re.sub(r"<[^>]+>", " ", html.partition("<footer")[0]))


def pdf_of(document: Document) -> pypdf.PdfReader:
    """The PDF, opened."""
    return pypdf.PdfReader(io.BytesIO(render_pdf(document)))


def printed(document: Document) -> str:
    """The text of the PDF."""
    return " ".join(" ".join(page.extract_text() for page in pdf_of(document).pages).split())


def squeezed(text: str) -> str:
    """A text without what line ends and the breaking of code add."""
    return re.sub(r"[\s\u200b]+", "", text)


def outline(document: Document) -> tuple[list[str], list[str]]:
    """The headings of the HTML and of the PDF."""
    html = [f"H{level}" for level in re.findall(r"<h(\d)(?! class)", render_html(document))]
    return html, [tag["/S"][1:] for tag in tags(pdf_of(document)) if re.fullmatch(r"/H\d", tag["/S"])]


# -- both formats say the same ----------------------------------------------------------------------------------------


def test_the_page_says_it_in_its_elements() -> None:
    """Marks, links, lists in one another, quotations, tables, code and footnotes."""
    html = body(document_of(TEXT))
    for part in (
        "<p>Las personas <em>que cruzan</em> <strong>sin pedir asilo</strong> no aparecen<sup>",
        '<a href="https://www.inegi.org.mx/a?b=1&amp;c=2">cifras</a>.</p>',
        "<ul><li><p>Uno</p><ul><li><p>Dos</p><ul><li><p>Tres</p><ol><li><p>Cuatro</p></li></ol>",
        '<ol start="3"><li><p>Cinco</p></li><li><p>Seis</p></li></ol>',
        "<blockquote><p>Una cita</p></blockquote>",
        '<th scope="col" class="right">Casos</th>',
        '<tr><th scope="row" class="left">Cuba</th><td class="right">Muchos<sup>',
        "<pre><code>## no es un título</code></pre>",
        "<p>Salvo <em>en</em> 2024.</p>",
    ):
        assert part in html, part
    assert "<h2" not in html


def test_the_pdf_says_it_under_its_tags() -> None:
    """Lists in one another have marks that the typeface has; tables, quotations and code are tagged as such."""
    document = document_of(TEXT)
    assert "• Uno – Dos • Tres 1. Cuatro 3. Cinco 4. Seis" in printed(document)
    assert "## no es un título" in printed(document)
    kinds = [tag["/S"] for tag in tags(pdf_of(document))]
    assert {"/L", "/LI", "/LBody", "/BlockQuote", "/Table", "/TH", "/TD", "/Link", "/Em", "/Strong"} <= set(kinds)
    assert kinds.count("/L") == 6  # that of the footnotes too
    addresses = [
        annotation.get_object()["/A"].get("/URI")
        for page in pdf_of(document).pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    ]
    assert "https://www.inegi.org.mx/a?b=1&c=2" in addresses


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet="abñ \n\n#*_`~-+[]()!<>/|:^&;\"'=\\$1.{}@", max_size=120))
def test_any_prose_says_the_same_in_both_formats(text: str) -> None:
    """What one format shows the other shows; what one refuses the other never sees."""
    try:
        document = document_of(text)
    except DocumentError:
        assume(False)
    both = squeezed(visible(body(document))), squeezed(printed(document))
    for word in " ".join(said(element) for element in document.elements).split():
        assert word in both[0]
        assert word in both[1]


# -- headings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "levels"),
    [
        (["# A\n\na"], [2]),
        (["### A\n\na"], [2]),
        (["A\n===\n\na\n\nB\n---\n\nb"], [2, 2]),
        (["###### A\n\n#### B\n\n## C\n\n##### D"], [2, 3, 2, 3]),
        (["a", "### A", "#### B"], [2, 3]),
        (["## A", "# B\n\n#### C\n\n### D"], [2, 2, 3, 3]),
        (["- ### A\n\n> # B", "### C"], [2]),
        (["```\n## A\n```\n\n### B"], [2]),
    ],
)
def test_no_level_of_headings_is_left_out(cells: list[str], levels: list[int]) -> None:
    """Whatever levels an author uses, the title is followed by sections and these by headings, in both formats."""
    html, pdf = outline(document_of(*cells))
    assert html == pdf == ["H1", *(f"H{level}" for level in levels)]
    assert all(int(after[1]) <= int(before[1]) + 1 for before, after in pairwise(html))


def test_headings_print_no_mark_and_no_entity() -> None:
    """In the contents, on the page and in the PDF."""
    document = document_of("## **Uno** &amp; `dos` [tres](https://example.org)\n\na\n\n### *Cuatro* &lt; 5")
    html = render_html(document)
    assert re.findall(r">([^<>]*tres)</(?:a|h2)>", html) == ["Uno &amp; dos tres"] * 2
    assert "<h3>Cuatro &lt; 5</h3>" in html
    assert "Uno & dos tres" in printed(document)
    assert "Cuatro < 5" in printed(document)


def test_a_section_in_a_fence_is_code() -> None:
    """What looks like a heading inside code opens no section."""
    document = document_of("a\n\n```\n## b\n```\n\nc")
    assert [element.kind for element in document.elements] == ["markdown"]


# -- footnotes --------------------------------------------------------------------------------------------------------


def test_footnotes_lead_there_and_back() -> None:
    """Each mark leads to its note, and each note back to its marks; numbers run through the document."""
    document = document_of("a[^x] b[^y]\n\n[^x]: equis\n[^y]: ye", "## C\n\nc[^x] d[^x]\n\n[^x]: otra")
    html = body(document)
    ids, targets = re.findall(r'id="(note-[\d-]+)"', html), re.findall(r'href="#(note-[\d-]+)"', html)
    assert ids == ["note-1-1", "note-2-1", "note-1", "note-2", "note-3-1", "note-3-2", "note-3"]
    assert sorted(targets) == sorted([*ids, "note-3"])
    assert 'aria-label="Nota 3">3</a></sup>' in html
    assert 'aria-label="Volver al texto (3, 2)"' in html
    assert '<ol class="notes" start="3" aria-label="Notas">' in html
    assert "1. equis ↑ 2. ye ↑" in printed(document)
    assert "3. otra ↑ ↑" in printed(document)
    links = [a.get_object() for page in pdf_of(document).pages for a in page.get("/Annots", [])]
    assert len([link for link in links if link["/Subtype"] == "/Link"]) == 8


@pytest.mark.parametrize("note", ["*a*", "a\n\n    b", "- a\n    - b", "> a", "```\n    a\n    ```"])
def test_a_footnote_may_hold_any_block(note: str) -> None:
    """Also where it ends in something that is no paragraph, the way back is there."""
    document = document_of(f"a[^1]\n\n[^1]: {note}")
    assert "↑" in printed(document)
    assert 'href="#note-1-1"' in body(document)


# -- what neither format shows ----------------------------------------------------------------------------------------


def test_a_comment_is_in_no_format() -> None:
    """Neither on the page nor in its source, nor in the PDF."""
    document = document_of("a <!-- SECRETO --> b\n\n<!--\nSECRETO ✅\n-->\n\n## C <!-- SECRETO -->")
    assert "SECRETO" not in render_html(document)
    assert "SECRETO" not in printed(document)
    assert b"SECRETO" not in render_pdf(document)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("a\n\n<b>x</b>", "cell 2, line 3: '<b>' is raw HTML"),
        ("![a](attachment:b.png)", "cell 2, line 1: prose shows no pictures: leave it out"),
        ("a\n[b](javascript:alert(1))", "cell 2, line 2: 'javascript:alert(1)' is no address"),
        ("a\n\nb ✅", "cell 2, line 3: the typeface has no '✅' (U+2705): write it in another way"),
        ("ma\ua78cya", "cell 2, line 1: the typeface has no 'ꞌ' (U+A78C)"),
        ("- a\n- b ‣ ✅ ‣", "cell 2, line 1: the typeface has no '‣' (U+2023), '✅' (U+2705): "),
        ("## A ✅", "cell 2, line 1: the typeface has no '✅' (U+2705)"),
        ("| 漢 |\n|---|\n| a |", "the typeface has no '漢' (U+6F22)"),
        ("`✅`", "the typeface has no '✅'"),
        ("&#x2705;", "the typeface has no '✅'"),
        ("a[^1]\n\n[^1]: ✅", "the typeface has no '✅'"),
        ("[✅](https://example.org)", "the typeface has no '✅'"),
        ("*maʔ*", "cell 2, line 1: the typeface has no 'ʔ' (U+0294) in italics: write it in another way"),
    ],
)
def test_what_cannot_be_shown_is_refused_before_any_format(source: str, sentence: str) -> None:
    """The document is not made: the sentence names the cell as its author counts, and the line."""
    with pytest.raises(DocumentError, match=re.escape(sentence)):
        document_of(source)


def test_the_cell_of_papermill_is_not_counted() -> None:
    """An author does not see the cell of parameters that a build adds."""
    cover, prose = cells_of([COVER, Markdown("<b>")], "es")
    added = code_cell("a = 1", tags=["injected-parameters"])
    with pytest.raises(DocumentError, match="cell 2, line 1: "):
        read_document(executed(cover, added, prose))


@pytest.mark.parametrize(
    "text", ["maʔ **ʔ** α я", "e\u0301 n\u0303 \u01de", "a\u00a0b\u2009c\u202fd", "a\u200eb\u2060c", "“a” — ‘b’ … •"]
)
def test_letters_that_the_typeface_has_are_printed(text: str) -> None:
    """Greek, Cyrillic, letters put together of two, and spaces and marks that show nothing."""
    assert pdf_of(long_document("es", text)).pages


def test_what_is_between_sections_is_one_block() -> None:
    """A cell gives its sections, and the prose between them with what it says in plain words."""
    elements = elements_of(read_cell("a\n\n*b*\n\n## C\n\n## D\n\ne", 1), 1, in_section=False)
    assert [(element.kind, said(element)) for element in elements] == [
        ("markdown", "a\nb"),
        ("section", "C"),
        ("section", "D"),
        ("markdown", "e"),
    ]


def test_prose_can_be_read_by_everyone(chromium: Browser) -> None:
    """Axe finds nothing on a page of prose with lists, two tables, code and footnotes."""
    html = render_html(document_of(f"## Una sección\n\n{TEXT}", "## Otra\n\n| | 2024 |\n|---|---|\n| Cuba | |"))
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.set_content(html)
        assert axe_faults(tab) == []
