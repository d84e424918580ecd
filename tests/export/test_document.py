"""From an executed notebook to a document."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from analysis.export.document import Document, read_document
from analysis.export.edition import Kind
from analysis.export.notebooks import as_notebook
from analysis.export.records import Card, Figure, Links
from analysis.foundation.errors import DocumentError
from analysis.foundation.words import Language
from analysis.report.bundle import MIME, SVG, bundles
from analysis.report.chart_data import ChartData
from analysis.report.elements import (
    Caution,
    Chart,
    Cover,
    Element,
    Finding,
    Group,
    Headline,
    Item,
    KeyFigures,
    KeyNumber,
    Method,
    Pair,
    Section,
    Sources,
    Table,
)
from analysis.report.facts import Derivation, Fact, PlacedFact
from analysis.report.runs import FactRun, Paragraph, Sentence
from tests.damage import damaged
from tests.elements import naming, source
from tests.samples import (
    code_cell,
    executed,
    markdown_cell,
    notebook,
    notebook_file,
    of_kind,
    paragraph,
    sample,
    sentence,
)

KINDS: tuple[Kind, Kind] = ("draft", "reconstruction")
NOTHING = Sentence()
SPOKEN = sentence("De 9 a 5.")


def cover(language: Language = "es", geography: str = "MEX") -> Cover:
    """A cover."""
    return Cover(
        theme=5, title="Asilo", scope="Solicitudes", language=language, as_of="2026-06-30", geography=geography
    )


def chart(title: str = "Bajaron", alt: Sentence = SPOKEN, **more: Any) -> Chart:
    """A chart that says and draws little."""
    texts = {"title": sentence(title), "subtitle": NOTHING, "alt": alt, "source": NOTHING}
    drawn = {"width": "full", "data": ChartData("", (), ()), "download": True, "tables": (), "svg": "<svg/>"}
    return Chart(**{**texts, **drawn, **more})


def table(*tables: str, title: str = "") -> Table:
    """A table without rows that tells from these tables."""
    return Table(title=sentence(title), head=("",), rows=(), align=("left",), source=NOTHING, tables=tables)


def fact(*tables: str, value: int = 9, unit: str = "persons") -> Fact:
    """A number from these tables."""
    return Fact(value, unit, "", "MEX", False, "", tables, Derivation())


def cell(*elements: Element) -> dict[str, Any]:
    """A cell that shows these elements."""
    return code_cell("b.show()", *(bundle for element in elements for bundle in bundles(element, "es")))


def shown(*cells: list[Element], first: Element | None = None, **options: Any) -> Document:
    """The document of a notebook that shows a cover and then one cell a list of elements."""
    return read_document(executed(cell(first or cover()), *(cell(*elements) for elements in cells)), **options)


# -- refused ----------------------------------------------------------------------------------------------------------


def test_a_notebook_that_was_not_run_is_refused() -> None:
    """A cell without count was not run; it is counted with the Markdown, and an empty one is passed over."""
    made = executed(markdown_cell("text"), code_cell("  ", count=None), cell(cover()), code_cell("x", count=None))
    message = r"cell 4 was not run: run the whole notebook \(Run > Run All Cells\), then export"
    with pytest.raises(DocumentError, match=message):
        read_document(made)


def test_a_failed_cell_is_refused() -> None:
    """A cell that raised is named with its error, even where later cells were not run."""
    failed = {"output_type": "error", "ename": "KeyError", "evalue": "'HND'", "traceback": []}
    made = executed(cell(cover()), {**cell(), "outputs": [failed]}, code_cell("x", count=None))
    message = r"cell 2 failed \(KeyError: 'HND'\): mend it, run the notebook again, then export"
    with pytest.raises(DocumentError, match=message):
        read_document(made)


def test_a_notebook_without_cover_is_refused() -> None:
    """Without a cover there is no briefing."""
    made = executed(code_cell("1 + 1", {"text/plain": "2"}))
    with pytest.raises(DocumentError, match=r"shows no cover: make a Briefing in its first cell and call cover\(\)"):
        read_document(made)


@pytest.mark.parametrize("alt", [NOTHING, sentence(""), sentence(" \n")])
def test_a_chart_without_alternative_text_is_refused(alt: Sentence) -> None:
    """A chart that says nothing to those who do not see it is named with its cell."""
    with pytest.raises(DocumentError, match=r"the chart 'Bajaron' of cell 3 has no alternative text"):
        shown([], [chart(alt=alt)])


def test_a_chart_that_lost_its_picture_is_refused() -> None:
    """A chart whose SVG was cleared asks to be run again."""
    _, bundle, _ = bundles(chart(), "es")
    del bundle[SVG]
    with pytest.raises(DocumentError, match=r"'Bajaron' of cell 2 has lost its picture: run the cell again"):
        read_document(executed(cell(cover()), code_cell("b", bundle)))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "carousel"}, r"Invalid value 'carousel' - at `\$\.kind`"),
        ({"kind": 1}, r"Expected `str`, got `int` - at `\$\.kind`"),
        ({"text": "Bajaron."}, r"Expected `object`, got `str` - at `\$\.text`"),
        ({"text": {"sentences": [{"run": "sentence", "runs": [1]}]}}, r"at `\$\.text\.sentences\[0\]\.runs\[0\]`"),
        ({"side": "middle"}, r"Invalid enum value 'middle' - at `\$\.side`"),
    ],
)
def test_an_element_that_is_none_is_refused_with_its_cell(change: dict[str, Any], reason: str) -> None:
    """A kind that is not known, and fields that hold something else, are told with the number of the cell."""
    (bundle,) = bundles(naming("claims"), "es")
    odd = {MIME: {**bundle[MIME], **change}}
    message = rf"^cell 3 shows an element that this version of the library does not know \(.*{reason}\): run the"
    with pytest.raises(DocumentError, match=message):
        read_document(executed(cell(cover()), cell(), code_cell("b", odd)))


@pytest.mark.parametrize("content", [None, 5, "finding", [], {}, {"text": "Bajaron."}])
def test_what_is_no_element_is_refused_with_its_cell(content: Any) -> None:
    """Another thing than an element under its MIME type is told with the number of the cell."""
    with pytest.raises(DocumentError, match=r"^cell 2 shows an element that this version of the library does not know"):
        read_document(executed(cell(cover()), code_cell("b", {MIME: content})))


@pytest.mark.parametrize(
    "kind", ["headline", "key_figures", "chart", "section", "table", "caution", "method", "sources"]
)
def test_an_element_that_lacks_a_field_is_refused_with_its_cell(spanish: Document, kind: str) -> None:
    """Whatever field a kind of element must have, its lack is told with the number of the cell."""
    element = of_kind(spanish, kind)[0]
    bundle = next(bundle for bundle in bundles(element, "es") if MIME in bundle)
    required = {
        "headline": ["text"],
        "key_figures": ["figures", "note", "sources", "tables"],
        "chart": ["width", "title", "subtitle", "alt", "source", "data", "download", "tables"],
        "section": ["text"],
        "table": ["title", "head", "rows", "align", "source", "tables"],
        "caution": ["title", "text"],
        "method": ["groups"],
        "sources": ["tables"],
    }
    for name in required[kind]:
        content = {key: value for key, value in bundle[MIME].items() if key != name}
        with pytest.raises(DocumentError, match=rf"^cell 2 shows an element .* required field `{name}`"):
            read_document(executed(cell(cover()), code_cell("b", {**bundle, MIME: content})))


@pytest.mark.parametrize(
    ("element", "old", "new"),
    [
        (cover(), "2026-06-30", "soon"),
        (cover(), '"MEX"', '"MX-XYZ"'),
        (naming("claims"), '"period": ""', '"period": "2025-13"'),
        (Sources((source("claims", ("2013", "2025")),)), "2026-11-22", "2026-02-31"),
        (Sources((source("claims", ("2013", "2025")),)), "2013", "once"),
        (Sources((source("claims", last="2024-02"),)), "2024-02", "2024-2"),
    ],
)
def test_days_periods_and_places_are_checked_as_they_are_read(element: Element, old: str, new: str) -> None:
    """One that is none is told with the number of the cell, before anything counts with it."""
    (bundle,) = bundles(element, "es")
    content = json.dumps(bundle[MIME])
    assert old in content
    odd = code_cell("b", {MIME: json.loads(content.replace(old, new))})
    with pytest.raises(DocumentError, match=r"^cell 1 shows an element that this version of the library does not know"):
        read_document(executed(odd, cell(cover())))


SHOWN = notebook(sample("en"))


@settings(suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damaged_elements_are_read_or_refused_in_a_sentence(data: st.DataObject) -> None:
    """Wherever something of an element is missing or something else, there is a document, or a sentence."""
    cells = [dict(cell) for cell in SHOWN["cells"]]
    hurt = data.draw(st.sampled_from([cell for cell in cells if cell["cell_type"] == "code"]))
    hurt["outputs"] = [
        {**output, "data": {key: data.draw(damaged(value)) if key == MIME else value for key, value in shows.items()}}
        for output in hurt["outputs"]
        if (shows := output["data"])
    ]
    with suppress(DocumentError):
        read_document(as_notebook({**SHOWN, "cells": cells}))


# -- read -------------------------------------------------------------------------------------------------------------


def test_prose_of_the_language_alone_is_kept() -> None:
    """Markdown of the other language, and notes among authors, are not published; headings become sections."""
    document = read_document(
        executed(
            cell(cover("en")),
            markdown_cell("## Nota\nentre autores"),
            markdown_cell("## Uno\nHola", "lang-es"),
            markdown_cell("Intro\n\n## One  \nHello\n\n### Detail\n\n## *Two*", "lang-en"),
        )
    )
    assert [(e.kind, *(text.text for text in e.texts("en"))) for e in document.elements] == [
        ("markdown", "Intro"),
        ("section", "One"),
        ("markdown", "Hello", "Detail"),
        ("section", "Two"),
    ]


def test_a_source_and_a_picture_may_be_lists_of_lines() -> None:
    """Files of Jupyter hold long texts as lists of lines."""
    prose = markdown_cell("", "lang-es") | {"source": ["Una\n", "línea"]}
    _, bundle, _ = bundles(chart(), "es")
    picture = code_cell("c", bundle | {SVG: ["<svg>\n", "</svg>"]})
    written, drawn = read_document(executed(cell(cover()), prose, picture)).elements
    assert [text.text for text in written.texts("es")] == ["Una línea"]
    assert drawn.svg == "<svg>\n</svg>"


def test_charts_tables_and_sections_are_numbered_in_reading_order() -> None:
    """Numbers run through pairs, left before right, each kind by itself."""
    pair = Pair((chart("Dos"), chart("Tres")), (table(title="Uno"),))
    document = shown([Section(sentence("Uno"))], [chart("Uno")], [pair], [table(title="Dos")])
    assert [(e.kind, e.number, e.anchor) for e in document.flat] == [
        ("section", 1, "s1"),
        ("chart", 1, "g1"),
        ("chart", 2, "g2"),
        ("chart", 3, "g3"),
        ("table", 1, "c1"),
        ("table", 2, "c2"),
    ]
    read = document.elements[2]
    assert (read.kind, len(read.left), len(read.right)) == ("pair", 2, 1)


def test_an_element_knows_its_cell() -> None:
    """Messages name the cell that shows an element; prose and pairs have one too."""
    first, second = cell(Section(sentence("Uno"))), cell(Pair((chart(),), (table(),)))
    document = read_document(
        executed(markdown_cell("Nota"), cell(cover()), first, markdown_cell("a", "lang-es"), second)
    )
    assert [(e.kind, e.cell) for e in document.elements] == [("section", 3), ("markdown", 4), ("pair", 5)]
    assert [e.cell for e in document.flat] == [3, 4, 5, 5]


@pytest.mark.parametrize(("before", "level"), [([], 2), ([Section(sentence("Uno"))], 3)])
def test_heads_of_method_and_sources_stand_below_a_section(before: list[Element], level: int) -> None:
    """Right below the title where no section is open, else one level below a section."""
    document = shown(before, [Method(())], [Sources(())])
    assert [e.level for e in document.elements if e.kind in {"method", "sources"}] == [level, level]


@pytest.mark.parametrize(
    ("language", "edition", "kind", "printed"),
    [
        ("es", None, "draft", "borrador"),
        ("en", None, "draft", "draft"),
        ("es", "2026-2", "draft", "Borrador de la edición 2026-2"),
        ("en", "x", "draft", "Draft of edition x"),
        ("es", "2026-1", "published", "Edición 2026-1"),
        ("es", "2020", "reconstruction", "Reconstrucción con los datos del 22 nov 2026"),
        ("en", "2020", "reconstruction", "Reconstruction with the data of 22 Nov 2026"),
    ],
)
def test_a_page_says_what_its_edition_is(language: Language, edition: str | None, kind: Kind, printed: str) -> None:
    """What JupyterLab exports is a draft; a past date seen with the data of today never passes for an edition."""
    sources = Sources((source("claims", read_on="2026-11-22"), source("b", read_on="2026-01-01")))
    document = shown([naming("claims", "b")], [sources], first=cover(language), edition=edition, kind=kind)
    assert document.edition == printed
    assert document.reconstruction == (kind == "reconstruction")


def test_a_date_before_that_of_the_notebook_is_a_reconstruction() -> None:
    """Whoever executes it, with whatever tool: the date that the notebook is written for is that of its parameters."""
    for written_for, expected in (("2026-06-30", False), ("2026-07-01", True)):
        parameters = code_cell(f'as_of: str = "{written_for}"', tags=["parameters"])
        told = cell(naming("claims")), cell(Sources((source("claims"),)))
        document = read_document(executed(parameters, cell(cover()), *told))
        assert document.reconstruction is expected
        assert document.edition == ("Reconstrucción con los datos del 22 nov 2026" if expected else "borrador")


def test_the_method_of_a_reconstruction_says_so_first() -> None:
    """Among how numbers were made, with the day of the data; a draft says nothing of the kind."""
    groups = (
        Group("definitions", (Item(sentence("Evento."), sentence("Registro.")),)),
        Group("calculation", (Item(sentence("Fecha de corte."), sentence("La regla.")),)),
    )
    told = [Method(groups)], [naming("claims")], [Sources((source("claims"),))]
    draft, past = (shown(*told, edition="x", kind=kind).elements[0].groups for kind in KINDS)
    assert draft == groups
    assert past[0] == groups[0]
    assert [item.term.written("es") for item in past[1].items] == ["Reconstrucción.", "Fecha de corte."]
    assert "con los datos del 22 nov 2026: nadie lo publicó entonces" in past[1].items[0].text.written("es")


def test_a_document_says_how_far_its_series_go_and_when_they_were_read() -> None:
    """Both are said of what its list of sources shows."""
    sources = Sources((source("claims", ("2013", "2025")), source("deaths", ("2014", "2017"))))
    document = shown([naming("claims", "deaths")], [sources])
    assert document.reach == "Sus series terminan entre 2017 y 2025"
    assert document.read == "Datos leídos el 22 nov 2026"


def test_facts_say_where_they_stand() -> None:
    """The place of a fact is its element with its number, and the slot within it."""
    first, second = fact(value=1), fact(value=2)
    headline = Headline(sentence(FactRun("n", first)), paragraph("Uno.", Sentence((), neutral=True)))
    left = chart(alt=sentence(FactRun("n", second)), title="")
    left = replace(left, title=sentence("Bajaron", neutral=True))
    document = shown([headline], [Pair((left,), (Finding(paragraph("F.")),))])
    assert document.facts == [PlacedFact("headline, text", "n", first), PlacedFact("chart 1, alt", "n", second)]
    assert document.neutral == ["headline, lead1", "chart 1, title"]


def test_the_card_of_the_index() -> None:
    """The index shows title, scope, headline and the first key figure."""
    numbers = [KeyNumber(fact(value=value), sentence(label)) for value, label in ((9, "a"), (8, "b"))]
    figures = KeyFigures(tuple(numbers), Paragraph(), NOTHING, ())
    document = shown([Headline(sentence("Bajaron"))], [figures])
    assert document.figures == [Figure("9", "a"), Figure("8", "b")]
    assert document.card == Card(5, "Asilo", "Solicitudes", "borrador", "Bajaron", Figure("9", "a"))
    bare = shown().card
    assert (bare.headline, bare.key_figure) == ("", None)


@pytest.mark.parametrize(
    ("contact", "written"),
    [
        ("", "Erratas y contacto: registro de incidencias del proyecto. "),
        ("erratas@example.org", "Erratas y contacto: erratas@example.org. "),
    ],
)
def test_the_colophon_says_whom_to_write_to(contact: str, written: str) -> None:
    """The contact is that of the edition, and else the issue tracker."""
    document = shown([Sources(())], contact=contact)
    assert document.elements[0].listed.errata.startswith(written)


def test_a_table_that_the_list_of_sources_lacks_is_known() -> None:
    """What an element uses and no source tells is named, each once."""
    document = shown([table("claims", "deaths")], [table("deaths", title="T")], [Sources((source("claims"),))])
    assert document.unlisted == ["deaths"]
    assert [row.table for row in document.tables] == ["claims"]


def test_links_are_those_given() -> None:
    """A draft has no links; a build gives them."""
    assert shown().links == Links()
    assert shown(links=Links({"pdf": "05.pdf"})).links == Links({"pdf": "05.pdf"})


def test_what_a_cell_shows_before_its_pair_stays_before_it() -> None:
    """The reading order of a cell that shows a finding and then a pair is kept."""
    document = shown([Finding(paragraph("F.")), Pair((table(title="Uno"),), (table(title="Dos"),))])
    assert [e.kind for e in document.elements] == ["finding", "pair"]


def test_two_pairs_of_one_cell_stay_two() -> None:
    """A left one after a right one opens another pair."""
    first = Pair((table(title="Uno"),), (chart("Uno"),))
    second = Pair((chart("Dos"),), (table(title="Dos"), Caution(NOTHING, Paragraph())))
    document = shown([first, second])
    assert [(len(pair.left), len(pair.right)) for pair in document.elements] == [(1, 1), (1, 2)]


@pytest.mark.parametrize(
    ("again", "sentence"),
    [
        (chart(), "the chart 'Bajaron' is shown in cell 2 and again in cell 3: show it once"),
        (replace(chart(), note=paragraph("Otra.")), "the chart 'Bajaron' is shown in cell 2 and again in cell 3"),
        (Pair((chart(),), (chart("Otra"),)), "the chart 'Bajaron' is shown in cell 2 and again in cell 3"),
        (table(title="Asilo"), "the table 'Asilo' is shown in cell 2 and again in cell 3"),
    ],
)
def test_what_is_shown_twice_is_refused(again: Element, sentence: str) -> None:
    """One drawing under one title, or one table, in two places, in a pair too: readers would look for a difference."""
    with pytest.raises(DocumentError, match=sentence):
        shown([chart(), table(title="Asilo")], [again])


def test_what_differs_may_be_alike() -> None:
    """Another title or another drawing is another chart."""
    assert len(shown([chart()], [chart("Otra")], [chart(svg="<svg>b</svg>")]).elements) == 3


def test_letters_that_cannot_be_printed_become_question_marks() -> None:
    """In texts, pictures and prose alike: no page and no file of ours may hold them."""
    marked = chart("a\x07b", svg="<svg>\x1b</svg>")
    made = notebook_file(cell(cover()), cell(marked), markdown_cell("c\x00d", "lang-es"))
    drawn, prose = read_document(as_notebook(made)).elements
    assert (drawn.title, drawn.svg) == (sentence("a?b"), "<svg>?</svg>")
    assert [text.text for text in prose.texts("es")] == ["c?d"]
