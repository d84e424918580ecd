"""From an executed notebook to a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from analysis.export.document import _listed, flat, read_document
from analysis.export.edition import Kind
from analysis.export.records import Card, Figure
from analysis.foundation.errors import DocumentError
from analysis.foundation.words import Language
from analysis.report.elements import MIME, SVG

Maker = Callable[..., dict[str, Any]]
Notebook = dict[str, Any]


def bundle(kind: str, **content: Any) -> dict[str, Any]:
    """The MIME bundle of an element; charts have a picture."""
    element = {MIME: {"kind": kind, "facts": [], **content}, "text/plain": kind}
    return element | {SVG: "<svg/>"} if kind == "chart" else element


def cover(language: Language = "es", geography: str = "MEX") -> dict[str, Any]:
    """The bundle of a cover."""
    return bundle(
        "cover",
        language=language,
        number=5,
        title="Asilo",
        scope="Solicitudes",
        series="Movilidad",
        series_kind="Informes",
        as_of="2026-06-30",
        cutoff="Datos al 30 de junio",
        geography=geography,
        place="Chiapas",
    )


KINDS: tuple[Kind, Kind] = ("draft", "reconstruction")


def naming(*tables: str) -> dict[str, Any]:
    """A sentence with a number of each of these tables: they are sources."""
    return bundle("finding", text="Nueve.", facts=[{"slot": "text", "name": t, "tables": [t]} for t in tables])


def source_row(table: str, span: list[str] | None = None, **more: str) -> dict[str, Any]:
    """A row of the sources element."""
    row = {
        "table": table,
        "source_id": table,
        "vintage": "2026",
        "read_on": "2026-11-22",
        "hash": "sha256:x",
        "printed": True,
        "publisher": "ACNUR",
        "span": span,
        "last": span[1] if span else None,
    }
    return row | {"version": "25 jun 2026", "licence": "CC BY 4.0"} | more


@pytest.fixture
def shown(new_notebook: Maker, code_cell: Maker) -> Callable[..., Notebook]:
    """Makes a notebook that shows a cover and then one cell a list of bundles."""

    def make(*cells: list[dict[str, Any]], first: dict[str, Any] | None = None) -> Notebook:
        covers = code_cell("b.cover()", first or cover())
        return new_notebook(covers, *(code_cell("b.show()", *bundles) for bundles in cells))

    return make


# -- refused ----------------------------------------------------------------------------------------------------------


def test_a_notebook_that_was_not_run_is_refused(new_notebook: Maker, code_cell: Maker, markdown_cell: Maker) -> None:
    """A cell without count was not run; it is counted with the Markdown, and an empty one is passed over."""
    notebook = new_notebook(
        markdown_cell("text"), code_cell("  ", count=None), code_cell("b", cover()), code_cell("x", count=None)
    )
    message = r"cell 4 was not run: run the whole notebook \(Run > Run All Cells\), then export"
    with pytest.raises(DocumentError, match=message):
        read_document(notebook)


def test_a_failed_cell_is_refused(shown: Callable[..., Notebook]) -> None:
    """A cell that raised is named with its error, even where later cells were not run."""
    notebook = shown([], [])
    notebook["cells"][1]["outputs"] = [
        {"output_type": "error", "ename": "KeyError", "evalue": "'HND'", "traceback": []}
    ]
    notebook["cells"][2]["execution_count"] = None
    message = r"cell 2 failed \(KeyError: 'HND'\): mend it, run the notebook again, then export"
    with pytest.raises(DocumentError, match=message):
        read_document(notebook)


def test_a_notebook_without_cover_is_refused(new_notebook: Maker, code_cell: Maker) -> None:
    """Without a cover there is no briefing."""
    notebook = new_notebook(code_cell("1 + 1", {"text/plain": "2"}))
    with pytest.raises(DocumentError, match=r"shows no cover: make a Briefing in its first cell and call cover\(\)"):
        read_document(notebook)


@pytest.mark.parametrize("alt", [{}, {"alt": ""}, {"alt": " \n"}])
def test_a_chart_without_alternative_text_is_refused(shown: Callable[..., Notebook], alt: dict[str, str]) -> None:
    """A chart that says nothing to those who do not see it is named."""
    with pytest.raises(DocumentError, match=r"the chart 'Bajaron' of cell \d has no alternative text"):
        read_document(shown([bundle("chart", title="Bajaron", **alt)]))


def test_a_chart_that_lost_its_picture_is_refused(shown: Callable[..., Notebook]) -> None:
    """A chart whose SVG was cleared asks to be run again."""
    chart = bundle("chart", title="Bajaron", alt="De 9 a 5.")
    del chart[SVG]
    with pytest.raises(DocumentError, match=r"'Bajaron' of cell \d has lost its picture: run the cell again"):
        read_document(shown([chart]))


# -- read -------------------------------------------------------------------------------------------------------------


def test_prose_of_the_language_alone_is_kept(new_notebook: Maker, code_cell: Maker, markdown_cell: Maker) -> None:
    """Markdown of the other language, and notes among authors, are not published; headings become sections."""
    cells = [
        code_cell("b.cover()", cover("en")),
        markdown_cell("## Nota\nentre autores"),
        markdown_cell("## Uno\nHola", "lang-es"),
        markdown_cell("Intro\n\n## One  \nHello\n\n### Detail\n\n## *Two*", "lang-en"),
    ]
    blocks = read_document(new_notebook(*cells)).blocks
    assert [(b["kind"], b["text"]) for b in blocks] == [
        ("markdown", "Intro"),
        ("section", "One"),
        ("markdown", "Hello\nDetail"),
        ("section", "Two"),
    ]


def test_a_source_and_a_picture_may_be_lists_of_lines(
    new_notebook: Maker, code_cell: Maker, markdown_cell: Maker
) -> None:
    """Files of Jupyter hold long texts as lists of lines."""
    prose = markdown_cell("", "lang-es") | {"source": ["Una\n", "línea"]}
    chart = bundle("chart", title="T", alt="De 9 a 5.") | {SVG: ["<svg>\n", "</svg>"]}
    document = read_document(new_notebook(code_cell("b", cover()), prose, code_cell("c", chart)))
    assert document.blocks[0]["text"] == "Una línea"
    assert document.blocks[1]["svg"] == "<svg>\n</svg>"


def test_charts_tables_and_sections_are_numbered_in_reading_order(shown: Callable[..., Notebook]) -> None:
    """Numbers run through pairs, left before right, each kind by itself."""
    chart, table, section = bundle("chart", title="T", alt="De 9 a 5."), bundle("table"), bundle("section")
    left, right = (
        {**chart, MIME: {**chart[MIME], "side": "left"}},
        {**table, MIME: {**table[MIME], "side": "right"}},
    )
    document = read_document(shown([section], [chart], [left, left, right], [table]))
    numbered = [(b["kind"], b["number"], b["id"]) for b in flat(document.blocks)]
    assert numbered == [
        ("section", 1, "s1"),
        ("chart", 1, "g1"),
        ("chart", 2, "g2"),
        ("chart", 3, "g3"),
        ("table", 1, "c1"),
        ("table", 2, "c2"),
    ]
    pair = document.blocks[2]
    assert (pair["kind"], len(pair["left"]), len(pair["right"])) == ("pair", 2, 1)


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
def test_a_page_says_what_its_edition_is(
    shown: Callable[..., Notebook], language: Language, edition: str | None, kind: Kind, printed: str
) -> None:
    """What JupyterLab exports is a draft; a past date seen with the data of today never passes for an edition."""
    sources = bundle(
        "sources", tables=[source_row("claims", read_on="2026-11-22"), source_row("b", read_on="2026-01-01")]
    )
    notebook = shown([naming("claims", "b")], [sources], first=cover(language))
    document = read_document(notebook, edition=edition, kind=kind)
    assert document.edition == printed
    assert document.reconstruction == (kind == "reconstruction")


def test_a_date_before_that_of_the_notebook_is_a_reconstruction(
    shown: Callable[..., Notebook], code_cell: Maker, new_notebook: Maker
) -> None:
    """Whoever executes it, with whatever tool: the date that the notebook is written for is that of its parameters."""
    for written_for, expected in (("2026-06-30", False), ("2026-07-01", True)):
        parameters = code_cell(f'as_of: str = "{written_for}"', tags=["parameters"])
        cells = [parameters, *shown([naming("claims")], [bundle("sources", tables=[source_row("claims")])])["cells"]]
        document = read_document(new_notebook(*cells))
        assert document.reconstruction is expected
        assert document.edition == ("Reconstrucción con los datos del 22 nov 2026" if expected else "borrador")


def test_the_method_of_a_reconstruction_says_so_first(shown: Callable[..., Notebook]) -> None:
    """Among how numbers were made, with the day of the data; a draft says nothing of the kind."""
    groups = [
        {"column": "left", "title": "Definiciones", "items": [{"term": "Evento.", "text": "Registro."}]},
        {
            "column": "right",
            "title": "Cómo se calcularon y se marcan las cifras",
            "items": [{"term": "Fecha de corte.", "text": "La regla."}],
        },
    ]
    sources = bundle("sources", tables=[source_row("claims")])
    notebook = shown([bundle("method", groups=groups)], [naming("claims")], [sources])
    draft, past = (read_document(notebook, edition="x", kind=kind).blocks[0]["groups"] for kind in KINDS)
    assert draft == groups
    assert past[0] == groups[0]
    assert [item["term"] for item in past[1]["items"]] == ["Reconstrucción.", "Fecha de corte."]
    assert "con los datos del 22 nov 2026: nadie lo publicó entonces" in past[1]["items"][0]["text"]


@pytest.mark.parametrize(
    ("spans", "reach"),
    [
        (
            [["2013", "2025"], ["2014", "2025-09-08"], ["2000", "2017"], None],
            "Sus series terminan entre 2017 y 2025",
        ),
        (
            [["2013", "2017"], ["2018-01", "2025-04"]],
            "Sus series terminan entre 2017 y abril de 2025",
        ),
        ([["2013", "2025"], ["2000", "2025"]], "Todas sus series terminan en 2025"),
        ([None], ""),
    ],
)
def test_the_band_says_how_old_the_series_are(
    shown: Callable[..., Notebook], spans: list[list[str] | None], reach: str
) -> None:
    """A cut-off date says nothing of series that ended years before it."""
    rows = [source_row(f"t{i}", span) for i, span in enumerate(spans)]
    hidden = source_row("unseen", ["1990", "1991"]) | {"printed": False}
    told = naming(*(row["table"] for row in [*rows, hidden]))
    unsaid = source_row("unsaid", ["1990", "1991"])
    assert read_document(shown([told], [bundle("sources", tables=[*rows, hidden, unsaid])])).cover["reach"] == reach


def test_facts_say_where_they_stand(shown: Callable[..., Notebook]) -> None:
    """The place of a fact is its element with its number, and the slot within it."""
    fact = {"slot": "alt", "name": "n", "value": 1}
    chart = bundle("chart", title="T", alt="De 9 a 5.", facts=[fact], neutral=["title"], side="left")
    headline = bundle("headline", text="H", facts=[{**fact, "slot": "text"}], neutral=["lead1"])
    document = read_document(shown([headline], [chart, bundle("finding", text="F", side="right")]))
    assert document.facts == [
        {"where": "headline, text", "name": "n", "value": 1},
        {"where": "chart 1, alt", "name": "n", "value": 1},
    ]
    assert document.neutral == ["headline, lead1", "chart 1, title"]


def test_the_card_of_the_index(shown: Callable[..., Notebook]) -> None:
    """The index shows title, scope, headline and the first key figure."""
    figures = bundle("key_figures", figures=[{"value": "9", "label": "a"}, {"value": "8", "label": "b"}])
    card = read_document(shown([bundle("headline", text="Bajaron")], [figures])).card
    assert card == Card(5, "Asilo", "Solicitudes", "borrador", "Bajaron", Figure("9", "a"))
    bare = read_document(shown()).card
    assert (bare.headline, bare.key_figure) == ("", None)


def test_the_table_of_sources_says_who_used_what(shown: Callable[..., Notebook]) -> None:
    """Tables of one publisher, version and licence share a row with the elements that use them; one unsaid has none."""
    chart = bundle("chart", title="T", alt="De 9 a 5.", tables=["claims"])
    sources = bundle(
        "sources",
        tables=[
            source_row("claims", ["2013", "2025"]),
            source_row("deaths", ["2014", "2025-09-08"], publisher="OIM"),
            source_row("stock", ["2000", "2024"]),
            source_row("press", None, publisher="Prensa"),
            source_row("unsaid", ["2014", "2025"], publisher="CBP"),
        ],
    )
    notebook = shown(
        [bundle("key_figures", figures=[], tables=["claims"])],
        [naming("press")],
        [chart],
        [chart],
        [chart],
        [bundle("table", tables=["stock", "deaths"])],
        [sources],
    )
    block = read_document(notebook, edition="2026-2").blocks[-1]
    assert block["title"] == "Fuentes"
    assert block["rows"] == [
        ["Cifras clave, gráficas 1–3, cuadro 1", "ACNUR", "2000–2025", "25 jun 2026", "CC BY 4.0"],
        ["Cuadro 1", "OIM", "2014–8 sep 2025", "25 jun 2026", "CC BY 4.0"],
        ["Texto", "Prensa", "s/d", "25 jun 2026", "CC BY 4.0"],
    ]
    assert block["cite"] == "Movilidad. Informes: Asilo. Borrador de la edición 2026-2. Datos al 30 de junio."


def test_how_to_cite_a_state(shown: Callable[..., Notebook]) -> None:
    """The citation of an edition about a state names the state."""
    notebook = shown([bundle("sources", tables=[])], first=cover("es", "MX-CHP"))
    assert read_document(notebook).blocks[0]["cite"].startswith("Movilidad. Informes: Asilo. Chiapas. borrador.")


@pytest.mark.parametrize(
    ("contact", "written"),
    [
        ("", "Erratas y contacto: registro de incidencias del proyecto. "),
        ("erratas@example.org", "Erratas y contacto: erratas@example.org. "),
    ],
)
def test_the_colophon_says_whom_to_write_to(shown: Callable[..., Notebook], contact: str, written: str) -> None:
    """The contact is that of the edition, and else the issue tracker."""
    document = read_document(shown([bundle("sources", tables=[])]), contact=contact)
    assert document.blocks[0]["errata"].startswith(written)


@pytest.mark.parametrize(
    ("numbers", "written"), [([1], "1"), ([1, 2, 3], "1–3"), ([1, 3], "1, 3"), ([1, 2, 4, 6, 7], "1–2, 4, 6–7")]
)
def test_runs_of_numbers_are_joined(numbers: list[int], written: str) -> None:
    """Numbers that follow one another are written as a range."""
    assert _listed([("chart", number) for number in numbers], "es").partition(" ")[2] == written


def test_links_are_those_given(shown: Callable[..., Notebook]) -> None:
    """A draft has no links; a build gives them."""
    assert read_document(shown()).links == {}
    assert read_document(shown(), links={"pdf": "05.pdf"}).links == {"pdf": "05.pdf"}


def test_what_a_cell_shows_before_its_pair_stays_before_it(shown: Callable[..., Notebook]) -> None:
    """The reading order of a cell that shows a finding and then a pair is kept."""
    bundles = [bundle("finding", text="F"), bundle("table", side="left"), bundle("table", side="right")]
    assert [b["kind"] for b in read_document(shown(bundles)).blocks] == ["finding", "pair"]


def test_the_cell_of_a_chart_without_alternative_text_is_counted(shown: Callable[..., Notebook]) -> None:
    """The sentence gives the number of the cell that shows the chart."""
    with pytest.raises(DocumentError, match="of cell 3 has no alternative text"):
        read_document(shown([], [bundle("chart", title="Bajaron")]))
