"""The PDF of a briefing."""

from __future__ import annotations

import io
import re
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from nbconvert.exporters import get_exporter
from pypdf import PdfReader

from analysis.charts.style import text_width
from analysis.check.layout import page_faults
from analysis.check.tagged import Part, read_pages
from analysis.export.document import Document
from analysis.export.pdf import column_weights, render_pdf
from analysis.foundation.errors import PublishError
from analysis.report.elements import Caution, Finding, Headline, Pair, Section, Sources
from analysis.report.runs import Sentence
from tests.end_to_end.reading import tags
from tests.hostile import as_text
from tests.samples import notebook, of_kind, paragraph, prose, sample, sentence, with_cover, with_elements

HOSTILE = '#read("x") $y$ *b* _i_ @ref <lab> \\ // /* `c` = h'


def read(document: Document) -> PdfReader:
    """Return the PDF of a document, opened."""
    return PdfReader(io.BytesIO(render_pdf(document)))


def page_texts(reader: PdfReader) -> list[str]:
    """Return the text of each page, white space made single."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def parts(found: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts of a page with those inside them, in reading order."""
    for part in found:
        yield part
        yield from parts(part.parts)


def structure(reader: PdfReader) -> list[dict[str, Any]]:
    """Return the structure elements of a PDF."""
    return list(tags(reader))


def cells(rows: Sequence[Sequence[str]]) -> tuple[tuple[Sentence, ...], ...]:
    """Return the rows of a table of words."""
    return tuple(tuple(map(sentence, row)) for row in rows)


def listing(sources: Sources, *rows: tuple[str, ...]) -> Sources:
    """Return the element of sources with other rows in its list."""
    return replace(sources, listed=replace(sources.listed, rows=rows))


def test_the_file_is_tagged_and_says_what_it_is(document: Document) -> None:
    """PDF/UA-1, tagged, with language, title, description, author, keywords and the date of the data."""
    reader = read(document)
    root, info = reader.trailer["/Root"], reader.metadata
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  # a boolean object of pypdf
    assert root["/Lang"] == ("es-MX" if document.language == "es" else "en")
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert info.title == f"{document.cover.title}. {document.cover.series}"
    assert info.author == document.cover.series
    assert info.subject == document.headline
    assert document.cover.place_name in info.keywords
    assert info.creation_date.date().isoformat() == document.cover.as_of


def test_pages_are_letter_and_fonts_are_inside(document: Document) -> None:
    """Every page is letter paper; every font is Source Sans Pro and embedded."""
    for page in read(document).pages:
        assert (page.mediabox.width, page.mediabox.height) == (612, 792)
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "SourceSansPro" in descendant["/BaseFont"]
            assert "/FontFile2" in descendant["/FontDescriptor"]


def test_texts_are_there_with_those_of_charts(document: Document) -> None:
    """Headline, figures, captions, sources and the labels inside charts can be searched."""
    text, language = " ".join(page_texts(read(document))), document.language
    for element in [
        *of_kind(document, "headline"),
        *of_kind(document, "finding"),
        *of_kind(document, "caution"),
    ]:
        assert element.text.written(language) in text
    for number in of_kind(document, "key_figures")[0].figures:
        figure = number.written(language)
        assert figure.value in text
        assert figure.reference in text
    for chart in of_kind(document, "chart"):
        assert f"({chart.anchor})" in text
        assert chart.title.written(language) in text
        assert chart.source.written(language) in text
    assert "$5" in text


def test_structure_follows_the_document(spanish: Document) -> None:
    """One title, the sections, each chart with its alternative text, heads of tables, a list as a list."""
    elements = structure(read(spanish))
    kinds = Counter(element["/S"] for element in elements)
    assert kinds["/H1"] == 1
    assert kinds["/H2"] == len(of_kind(spanish, "section"))
    assert [e["/Alt"] for e in elements if e["/S"] == "/Figure"] == [
        chart.alt.written("es") for chart in of_kind(spanish, "chart")
    ]
    assert kinds["/TH"] == len(of_kind(spanish, "table")[0].head) + len(of_kind(spanish, "sources")[0].listed.head)
    assert kinds["/LI"] == 3


def test_each_page_says_where_it_is(spanish: Document) -> None:
    """The footer names series, theme, edition, cut-off, and page of pages."""
    pages = page_texts(read(spanish))
    for number, text in enumerate(pages, 1):
        assert "Asistencia y protección · Edición 2026-1 · Corte: 30 de junio de 2026" in text
        assert f"{number} / {len(pages)}" in text


def test_the_first_section_begins_the_second_page(document: Document) -> None:
    """The first page is for headline, key figures and first chart."""
    pages = page_texts(read(document))
    title = of_kind(document, "section")[0].text.written(document.language)
    assert title not in pages[0]
    assert pages[1].startswith(title)


@pytest.mark.parametrize("lines", range(22, 46, 3))
def test_no_heading_stands_alone_at_the_end_of_a_page(spanish: Document, lines: int) -> None:
    """However full a page is, a section title stays with its introduction and its chart with its source."""
    filler = [Finding(paragraph(f"relleno {i}")) for i in range(lines)]
    section, intro = Section(sentence("Título vigilado")), Finding(paragraph("Entrada vigilada."))
    chart = replace(of_kind(spanish, "chart")[3], note=paragraph("Nota vigilada."))
    first = Section(sentence("Primera"))
    pages = page_texts(read(with_elements(spanish, first, *filler, section, intro, chart)))
    (home,) = [text for text in pages if "Título vigilado" in text]
    for watched in ("Entrada vigilada.", chart.title.written("es"), f"({chart.anchor})", "Nota vigilada."):
        assert watched in home


@pytest.mark.parametrize("lines", [30, 34, 38])
def test_a_pair_and_a_table_stay_whole(spanish: Document, lines: int) -> None:
    """Two columns or a table that do not fit go to the next page together."""
    first = Section(sentence("Primera"))
    filler = [Finding(paragraph(f"relleno {i}")) for i in range(lines)]
    pair = next(e for e in spanish.elements if isinstance(e, Pair))
    pages = page_texts(read(with_elements(spanish, first, *filler, pair)))
    (home,) = [text for text in pages if "(g2)" in text]
    assert "(g3)" in home
    table = of_kind(spanish, "table")[0]
    pages = page_texts(read(with_elements(spanish, first, *filler, table)))
    (home,) = [text for text in pages if table.title.written("es") in text]
    assert all(value in home for value in ("34,447", "140,300", "Guion: menos de 100 resoluciones."))


def test_a_table_longer_than_a_page_repeats_its_head(spanish: Document) -> None:
    """All rows are printed, and each page of the table shows the head."""
    table = of_kind(spanish, "table")[0]
    rows = [(f"País {i:03}", *["1"] * 7) for i in range(90)]
    longer = replace(table, rows=cells(rows), muted_row=None, total=False)
    pages = page_texts(read(with_elements(spanish, longer)))
    assert len(pages) == 3
    assert all("Nacionalidad" in page for page in pages)
    assert [name for page in pages for name in re.findall(r"País \d{3}", page)] == [row[0] for row in rows]


@pytest.mark.parametrize("side", ["left", "right"])
def test_pictures_of_a_pair_begin_at_one_height(spanish: Document, side: str) -> None:
    """A title or subtitle that takes more lines than that of the neighbour leaves room above the other picture."""
    pair = next(e for e in spanish.elements if isinstance(e, Pair))
    (chart,) = getattr(pair, side)
    title, subtitle = sentence("Un título que no cabe en una línea de media página"), chart.subtitle.written("es") * 3
    longer = replace(pair, **{side: (replace(chart, title=title, subtitle=sentence(subtitle)),)})
    (page,) = read_pages(render_pdf(with_elements(spanish, longer)))
    left, right = (part.box for part in parts(page.parts) if part.role == "Figure")
    assert left.top == pytest.approx(right.top, abs=0.01)


@pytest.mark.parametrize("letters", range(10, 18))
def test_a_range_among_the_sources_stays_on_one_line(spanish: Document, letters: int) -> None:
    """Wherever the end of a line falls, no line ends in the dash of a range."""
    row = (f"{'x' * letters} Gráficas 11–14", "ACNUR", "2015–2025", "25 jun 2026", "CC BY 4.0")
    section, sources = of_kind(spanish, "section")[0], of_kind(spanish, "sources")[0]
    (page,) = read_pages(render_pdf(with_elements(spanish, section, listing(sources, row))))
    assert [run.text for run in page.runs if run.text.endswith("11–")] == []


def test_a_row_of_the_sources_stays_on_one_page(spanish: Document) -> None:
    """A row that does not fit goes to the next page whole."""
    rows = [(f"Gráfica {i}", "Un editor que tiene un nombre largo " * 5, "2024", "2025", "CC") for i in range(40)]
    section, sources = of_kind(spanish, "section")[0], of_kind(spanish, "sources")[0]
    pages = read_pages(render_pdf(with_elements(spanish, section, listing(sources, *rows))))
    printed = [part.text for page in pages for part in parts(page.parts) if part.role == "TR"]
    assert [row for row in printed if row.startswith("Gráfica")] == [" ".join(" ".join(row).split()) for row in rows]


def test_the_method_keeps_its_sources(spanish: Document) -> None:
    """Definitions, sources and citation stand on one page."""
    (home,) = [text for text in page_texts(read(spanish)) if "Definiciones" in text]
    assert "Método y definiciones" in home
    assert "Versión consultada" in home
    assert "Cómo citar." in home


def test_a_method_without_definitions_fills_both_columns(spanish: Document) -> None:
    """How numbers were made stands on the left, and what the data do not say beside it; no heading is bare."""
    method = of_kind(spanish, "method")[0]
    made = replace(method, level=2, groups=tuple(group for group in method.groups if group.key != "definitions"))
    (page,) = read_pages(render_pdf(with_elements(spanish, made)))
    made_how, not_said = (
        next(run.box for run in page.runs if run.text.startswith(head))
        for head in ("Cómo se calcularon", "Qué no dicen")
    )
    assert made_how.right < not_said.left
    assert made_how.bottom == pytest.approx(not_said.bottom, abs=1)
    assert not any(run.text == "Definiciones" for run in page.runs)


def test_without_sections_the_method_has_the_second_level(spanish: Document) -> None:
    """In a document that opens no section, the heads of the method stand right below the title."""
    method = replace(of_kind(spanish, "method")[0], level=2)
    kinds = Counter(element["/S"] for element in structure(read(with_elements(spanish, method))))
    assert (kinds["/H1"], kinds["/H2"], kinds["/H3"]) == (1, 3, 0)


def test_same_document_same_bytes() -> None:
    """Two PDFs of equal documents are equal."""
    assert render_pdf(sample("es")) == render_pdf(sample("es"))


def test_a_chart_without_alternative_text_is_refused(spanish: Document) -> None:
    """PDF/UA asks for it: the error names the chart, also inside a pair."""
    pair = next(e for e in spanish.elements if isinstance(e, Pair))
    silent = replace(pair, left=tuple(replace(chart, alt=sentence()) for chart in pair.left))
    with pytest.raises(PublishError, match=r"chart 2 \('Se cierran más casos de los que entran'\) .*missing alt text"):
        render_pdf(with_elements(spanish, *spanish.elements[:4], silent))


def test_what_typst_refuses_is_named(spanish: Document) -> None:
    """A character that the typeface lacks is reported with its element and the cell that shows it."""
    caution = replace(of_kind(spanish, "caution")[0], text=paragraph("Casos \U0001f600"))
    with pytest.raises(
        PublishError,
        match=r"^cell \d+, caution \('Qué mide .*'\) cannot be printed as PDF: .*could not be displayed",
    ):
        render_pdf(with_elements(spanish, *spanish.elements[:2], caution))


def test_a_broken_picture_is_named(spanish: Document) -> None:
    """A chart that is no SVG is reported as part of its pair."""
    pair = next(e for e in spanish.elements if isinstance(e, Pair))
    broken = replace(pair, right=tuple(replace(chart, svg="<svg") for chart in pair.right))
    with pytest.raises(PublishError, match=r"^the pair of .*chart 2 .* and .*chart 3 .* cannot be printed as PDF"):
        render_pdf(with_elements(spanish, broken))


def test_hostile_text_is_text(spanish: Document) -> None:
    """Typst markup in texts, cells, captions and prose is printed, not run."""
    table, hostile = of_kind(spanish, "table")[0], sentence(HOSTILE)
    elements = [
        Headline(hostile, paragraph(HOSTILE)),
        Finding(paragraph(HOSTILE)),
        Caution(hostile, paragraph(HOSTILE)),
        replace(
            table,
            title=hostile,
            rows=tuple((hostile, *row[1:]) for row in table.rows),
            source=hostile,
            note=paragraph(HOSTILE),
        ),
        prose("```{=typst}\n" + HOSTILE + "\n```"),
    ]
    text = " ".join(page_texts(read(with_elements(with_cover(spanish, title=HOSTILE), *elements))))
    squeezed = text.replace(" ", "")
    assert squeezed.count(HOSTILE.replace(" ", "")) >= 15


def test_prose_cannot_read_files(spanish: Document) -> None:
    """Code typed in Markdown, in any of its disguises, is printed."""
    typed = ['#read("briefing.typ")', '`#read("briefing.typ")`{=typst}', '```typst\n#read("briefing.typ")\n```']
    text = " ".join(page_texts(read(with_elements(spanish, *map(prose, typed)))))
    assert text.count('#read("briefing.typ")') == 3


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=string.printable.strip() + " ", min_size=1, max_size=80))
def test_any_text_can_be_printed(text: str) -> None:
    """Printable text in an element, or in prose where it is not marked, is printed whole."""
    elements = [Finding(paragraph(text)), prose(as_text(text))]
    printed = " ".join(page_texts(read(with_elements(sample("en"), *elements))))
    assert printed.replace(" ", "").count(text.replace(" ", "")) >= 2


def test_column_weights_follow_the_longest_line() -> None:
    """A column of long names is wider than one of short numbers; heads count by longest line or word."""
    weights = column_weights(["Country", "One\ntwo", "many short words"], [["Trinidad and Tobago", "1", "2"]])
    assert weights == [22, 6, 8]


def test_the_exporter_is_found_and_exports_a_notebook(spanish: Document) -> None:
    """The entry point `briefing_pdf` works; an executed notebook becomes a PDF."""
    exporter = get_exporter("briefing_pdf")(edition="2026-1")
    output, resources = exporter.from_notebook_node(nbformat.from_dict(notebook(spanish)))
    assert "Borrador de la edición 2026-1" in page_texts(PdfReader(io.BytesIO(output)))[0]
    assert resources["output_extension"] == ".pdf"
    assert exporter.output_mimetype == "application/pdf"


def test_a_column_of_sentences_may_be_wider_than_one_of_names() -> None:
    """Beside other columns of words, a long cell asks for more than a long name in a table of numbers."""
    row = ["x" * 90, "1"]
    assert (
        column_weights(["a", "b"], [row], ["left", "right"])[0] < column_weights(["a", "b"], [row], ["left", "left"])[0]
    )


def test_no_column_is_narrower_than_its_longest_number() -> None:
    """Beside names and long heads a number keeps the room that it takes; what fits as it is stays as it is."""
    head = ["País", *(f"Veracruz de Ignacio\n{year}" for year in range(2020, 2026)), "Suma"]
    rows = [["Departamento de Asuntos Económicos y Sociales", *["1"] * 6, "+6,499,999,900.0%"]]
    weights = column_weights(head, rows)
    assert sum(weights) == pytest.approx(504)
    assert weights[-1] >= text_width("+6,499,999,900.0%", 8.5) + 10 - 0.01
    assert column_weights(head[:2], [["País", "1"]]) == [7, 22]


def test_a_word_wider_than_its_place_is_broken(spanish: Document) -> None:
    """A word of forty letters in a cell, a title and a code is broken; no other word is."""
    word = "internacionalización" * 2
    title = sentence(f"{word} y desproporcionadamente")
    rows = cells([(word, *["1,234,567"] * 7)])
    table = replace(of_kind(spanish, "table")[0], title=title, muted_row=None, rows=rows)
    code = prose(f"`{'_'.join([word] * 4)}`")
    faults = page_faults(read_pages(render_pdf(with_elements(spanish, table, code))))
    assert [fault for fault in faults if "filled" not in fault] == []
