"""The list of sources of a document."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from analysis.export.source_list import day_read, listed_sources, reach, source_list, sources_of
from analysis.report.chart_data import ChartData
from analysis.report.elements import Chart, Cover, Element, KeyFigures, Pair, Sources, Table
from analysis.report.runs import Paragraph, Sentence
from tests.elements import naming, source

NOTHING = Sentence()
COVER = Cover(theme=5, title="Asilo", scope="Solicitudes", language="es", as_of="2026-06-30", geography="MEX")


def chart(number: int, *tables: str) -> Chart:
    """A chart that tells from these tables."""
    texts = dict.fromkeys(("title", "subtitle", "alt", "source"), NOTHING)
    return Chart(width="full", data=ChartData("", (), ()), download=True, tables=tables, number=number, **texts)


def table(number: int, *tables: str) -> Table:
    """A table that tells from these tables."""
    return Table(title=NOTHING, head=(), rows=(), align=(), source=NOTHING, tables=tables, number=number)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (
            [("2013", "2025"), ("2014", "2025-09-08"), ("2000", "2017"), None],
            "Sus series terminan entre 2017 y 2025",
        ),
        ([("2013", "2017"), ("2018-01", "2025-04")], "Sus series terminan entre 2017 y abril de 2025"),
        ([("2013", "2025"), ("2000", "2025")], "Todas sus series terminan en 2025"),
        ([None], ""),
    ],
)
def test_the_band_says_how_old_the_series_are(spans: list[tuple[str, str] | None], expected: str) -> None:
    """A cut-off date says nothing of series that ended years before it; what is not shown or not told is left out."""
    rows = [source(f"t{i}", span) for i, span in enumerate(spans)]
    hidden, unsaid = source("hidden", ("1990", "1991"), printed=False), source("unsaid", ("1990", "1991"))
    elements = [naming(*(row.table for row in [*rows, hidden])), Sources((*rows, hidden, unsaid))]
    assert reach(elements, "es") == expected


def test_of_a_series_whose_figures_are_older_that_is_said() -> None:
    """The oldest is that of which the briefing gives only old figures, though its table reaches further."""
    elements = [naming("stock", period="2000/2020"), naming("claims"), Sources((source("stock", ("1990", "2024")),))]
    assert reach(elements, "es") == "Sus series terminan entre 2020 y 2024"


def test_all_tables_count_where_the_data_package_is_told_of() -> None:
    """Also those of which nothing is said."""
    rows = (source("datapackage", ("1990", "2025")), source("old", ("1990", "2001"), printed=False))
    assert reach([naming("datapackage"), Sources(rows)], "en") == "Its series end between 2001 and 2025"


def test_the_day_of_the_newest_data_is_said() -> None:
    """Of the sources that are listed; today where there is none."""
    rows = (source("claims", read_on="2026-01-02"), source("unsaid"), source("b", read_on="2025-12-31"))
    assert day_read([naming("claims", "b"), Sources(rows)], "es") == "2 ene 2026"
    assert day_read([Sources(())], "es") == "hoy"


def test_sources_are_those_that_tell_something() -> None:
    """A source stands in the list where a number or an element is from it, and it is one for readers."""
    rows = (source("claims"), source("deaths"), source("codes", printed=False), source("unsaid"))
    elements: list[Element] = [Pair((chart(1, "claims", "codes"),), (naming("deaths"),)), Sources(rows)]
    assert [row.table for row in sources_of(elements)] == ["claims", "deaths", "codes", "unsaid"]
    assert [row.table for row in listed_sources(elements)] == ["claims", "deaths"]


def test_the_list_says_who_used_what() -> None:
    """Tables of one publisher, version and licence share a row with the elements that use them; one unsaid has none."""
    rows = (
        source("claims", ("2013", "2025")),
        source("deaths", ("2014", "2025-09-08"), publisher="OIM"),
        source("stock", ("2000", "2024")),
        source("press", None, publisher="Prensa"),
        source("unsaid", ("2014", "2025"), publisher="CBP"),
    )
    elements = [
        KeyFigures((), Paragraph(), NOTHING, ("claims",)),
        naming("press"),
        *(chart(number, "claims") for number in (1, 2, 3)),
        table(1, "stock", "deaths"),
        Sources(rows),
    ]
    listed = source_list(elements, COVER, "Borrador de la edición 2026-2", "")
    assert listed.head == ("Elemento", "Fuente de toda la tabla", "Periodo", "Versión consultada", "Licencia")
    assert listed.rows == (
        ("Cifras clave, gráficas 1–3, cuadro 1", "ACNUR", "2000–2025", "25 jun 2026", "CC BY 4.0"),
        ("Cuadro 1", "OIM", "2014–8 sep 2025", "25 jun 2026", "CC BY 4.0"),
        ("Texto", "Prensa", "s/d", "25 jun 2026", "CC BY 4.0"),
    )


def test_how_to_cite_a_briefing() -> None:
    """Series, theme, edition and cut-off; the edition about a state names the state."""
    cited = source_list([], COVER, "Edición 2026-1", "").cite
    start, end = "Movilidad humana en México. Informes breves: Asilo. ", "Edición 2026-1. Corte: 30 de junio de 2026."
    assert cited == start + end
    assert source_list([], replace(COVER, geography="MX-CHP"), "Edición 2026-1", "").cite == f"{start}Chiapas. {end}"


def test_the_list_says_whom_to_write_to() -> None:
    """The contact that it is given."""
    assert "contacto: erratas@example.org. " in source_list([], COVER, "borrador", "erratas@example.org").errata


@pytest.mark.parametrize(
    ("numbers", "written"), [([1], "1"), ([1, 2, 3], "1–3"), ([1, 3], "1, 3"), ([1, 2, 4, 6, 7], "1–2, 4, 6–7")]
)
def test_runs_of_numbers_are_joined(numbers: list[int], written: str) -> None:
    """Numbers that follow one another are written as a range."""
    elements = [*(chart(number, "claims") for number in numbers), Sources((source("claims"),))]
    ((users, *_),) = source_list(elements, COVER, "", "").rows
    assert users.partition(" ")[2] == written
