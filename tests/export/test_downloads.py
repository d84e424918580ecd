"""What a page lets its readers take away."""

from __future__ import annotations

import csv
import io
import json
import string
from base64 import b64decode
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import frictionless
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pandas.api.types import is_float_dtype, is_integer_dtype

from analysis.export.document import Document
from analysis.export.downloads import csv_file, downloads, resource_file
from analysis.foundation.errors import PublishError
from analysis.report.chart_data import ChartData, Column, Row, Value
from analysis.report.elements import Chart, Cover
from tests.samples import of_kind, paragraph, sentence

COVER = Cover(theme=5, title="Asilo", scope="Solicitudes", language="es", as_of="2026-06-30", geography="MEX")
SERIES = ChartData(
    "Año",
    (Column("Casos, total", "persons"), Column("Parte", "percent")),
    (
        Row("2024", (70482, 28.84), "2024"),
        Row("enero–abril de 2025", (-1234.5, None), "2025-01/2025-04", "preliminar"),
        Row("Otras", (None, 100)),
    ),
)
CHART = Chart(
    width="full",
    title=sentence("Cuba <pasó> al primer lugar"),
    subtitle=sentence("Solicitudes, 2015–2025"),
    alt=sentence("De 26 a 34,581."),
    source=sentence("Fuente: ACNUR."),
    data=SERIES,
    download=True,
    tables=("claims",),
    number=2,
    svg='<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="5pt" viewBox="0 0 10 5" onload="x()">'
    "<script>x()</script><text>26</text></svg>",
)


def rows_of(series: ChartData) -> list[list[str]]:
    """Return the cells of the CSV file of a series."""
    return list(csv.reader(io.StringIO(csv_file(series), newline="")))


def named(name: str, value: Value = 1) -> ChartData:
    """Return a series of one row of that name."""
    return ChartData("a", (Column("b", "persons"),), (Row(name, (value,)),))


# -- data -------------------------------------------------------------------------------------------------------------


def test_csv_has_one_header_iso_periods_and_numbers_in_full() -> None:
    """Periods are those of ISO, other rows have their names; a value that is missing is empty; a mark says why."""
    assert rows_of(SERIES) == [
        ["Año", "Casos, total", "Parte", "mark"],
        ["2024", "70482", "28.84", ""],
        ["2025-01/2025-04", "-1234.5", "", "preliminar"],
        ["Otras", "", "100", ""],
    ]


def test_pandas_reads_numbers_as_numbers() -> None:
    """Every column of values is numeric with no option given: whole numbers are, and missing ones are missing."""
    whole = ChartData("Año", (Column("Casos", "persons"),), (Row("2024", (1,), "2024"), Row("2025", (2,), "2025")))
    assert is_integer_dtype(pd.read_csv(io.StringIO(csv_file(whole)))["Casos"])
    frame = pd.read_csv(io.StringIO(csv_file(SERIES)))
    assert list(frame.columns) == ["Año", "Casos, total", "Parte", "mark"]
    assert all(is_float_dtype(frame[name]) for name in ("Casos, total", "Parte"))
    assert frame["Casos, total"].dropna().tolist() == [70482, -1234.5]
    assert frame["Parte"].isna().tolist() == [False, True, False]
    assert frame["mark"].dropna().tolist() == ["preliminar"]


def test_the_file_in_the_link_begins_with_a_byte_order_mark() -> None:
    """Spreadsheets need it to read accents, and pandas passes over it."""
    scheme, _, content = downloads(CHART, COVER).csv.partition(",")
    assert scheme == "data:text/csv;charset=utf-8"
    assert unquote(content) == "\ufeff" + csv_file(SERIES)
    assert pd.read_csv(io.BytesIO(unquote(content).encode())).columns[0] == "Año"


VALUES = st.none() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False, width=32)
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), include_characters="\t\r\n") | st.sampled_from("=+-@'\",")
)
PERIODS = st.sampled_from(["", "2025", "2025-04", "2025-04-20", "2024-11/2025-04"])


@st.composite
def series(draw: st.DrawFn) -> ChartData:
    """Any series: any names, numbers and marks."""
    columns = draw(st.lists(st.builds(Column, TEXTS, st.sampled_from(["persons", "percent"])), min_size=1, max_size=4))
    values = st.tuples(*[VALUES] * len(columns))
    rows = draw(st.lists(st.builds(Row, TEXTS, values, PERIODS, TEXTS), max_size=5))
    return ChartData(draw(TEXTS), tuple(columns), tuple(rows))


@given(series())
def test_any_series_comes_back_from_its_file(made: ChartData) -> None:
    """Whatever is drawn, pandas reads every value as it is, from columns of numbers; every text is as it was."""
    frame = pd.read_csv(io.StringIO(csv_file(made), newline=""), index_col=False)
    assert frame.shape == (len(made.rows), len(made.columns) + 2)
    assert frame.columns[-1] == "mark"
    for j in range(len(made.columns)):
        column = frame.iloc[:, j + 1]
        assert column.empty or is_float_dtype(column) or is_integer_dtype(column)
        assert [None if pd.isna(value) else value for value in column] == [row.values[j] for row in made.rows]
    texts = [[cell.removeprefix("'") for cell in (row[0], row[-1])] for row in rows_of(made)[1:]]
    assert texts == [[text.removeprefix("'") for text in (row.period or row.name, row.mark)] for row in made.rows]


@given(series())
def test_no_text_of_a_file_is_a_formula(made: ChartData) -> None:
    """No cell begins as a formula unless it is a number of the series."""
    head, *rows = rows_of(made)
    texts = [*head, *(row[i] for row in rows for i in (0, -1))]
    assert [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
    numbers = [cell for row in rows for cell in row[1:-1] if cell]
    assert all(cell[0] in string.digits + "-" and float(cell) is not None for cell in numbers)


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_formulas_are_quoted(text: str) -> None:
    """A text that a spreadsheet would run begins with an apostrophe, as name, mark and head alike."""
    assert rows_of(named(text))[1][0] == f"'{text}"
    marked = ChartData(text, (Column(text, "persons"),), (Row("2025", (1,), "2025", text),))
    (rows_head, head, _), (*_, mark) = rows_of(marked)
    assert (rows_head, mark) == (f"'{text}".replace("'\t", "'").replace("'\r", "'").replace("'\n", "'"), f"'{text}")
    assert head == f"{rows_head} (2)"


def test_a_negative_number_is_no_formula() -> None:
    """It stays a number."""
    assert rows_of(named("a", -2.5))[1] == ["a", "-2.5", ""]


def test_no_two_columns_have_one_head() -> None:
    """A column that has the name of another, of the rows or of the marks, is told from it; one without has one."""
    columns = tuple(Column(name, "persons") for name in ("Mes", "mark", "", "Mes", "Dos\nlíneas"))
    head = rows_of(ChartData("Mes", columns, ()))[0]
    assert head == ["Mes", "Mes (2)", "mark (2)", "name", "Mes (3)", "Dos líneas", "mark"]


# -- what describes the data ------------------------------------------------------------------------------------------


def described(chart: Chart, folder: Path) -> frictionless.Resource:
    """Write both files of a chart into a folder, as a reader saves them; return the resource that they are."""
    files = downloads(chart, COVER)
    for kind, suffix in (("csv", ".csv"), ("resource", ".resource.json")):
        content = unquote(getattr(files, kind).partition(",")[2])
        (folder / f"{files.name}{suffix}").write_text(content, encoding="utf-8", newline="")
    descriptor = json.loads((folder / f"{files.name}.resource.json").read_text(encoding="utf-8"))
    return frictionless.Resource.from_descriptor(descriptor, basepath=str(folder))


def test_the_resource_is_valid_and_its_data_keep_to_it(tmp_path: Path) -> None:
    """Frictionless finds no error in the descriptor, nor in the file that it describes."""
    report = described(CHART, tmp_path).validate()
    assert report.flatten(["type", "message"]) == []
    assert report.valid


def test_data_that_do_not_keep_to_the_resource_are_found(tmp_path: Path) -> None:
    """The check above would see another head, and a word among numbers."""
    resource = described(CHART, tmp_path)
    path = tmp_path / resource.path
    path.write_text(path.read_text(encoding="utf-8").replace("70482", "muchas"), encoding="utf-8")
    assert [kind for (kind,) in resource.validate().flatten(["type"])] == ["type-error"]


def test_the_resource_of_each_chart_of_the_sample_is_valid(document: Document, tmp_path: Path) -> None:
    """In both languages."""
    for chart in of_kind(document, "chart"):
        assert described(chart, tmp_path).validate().valid


@pytest.mark.parametrize(
    "names", [("Mes", "Mes", "Mes"), ("", "", ""), ("mark", "mark", "a"), ("=1", "+4.0%", "-2"), ("a\nb", "c\td", ' "')]
)
def test_odd_heads_stand_in_both_files_alike(names: tuple[str, str, str], tmp_path: Path) -> None:
    """Names that are twice there, missing, formulas or of several lines make no resource invalid."""
    rows_of_, *columns = names
    data = ChartData(rows_of_, tuple(Column(name, "persons") for name in columns), (Row("2025", (1, None), "2025"),))
    assert described(replace(CHART, data=data), tmp_path).validate().flatten(["type", "message"]) == []


def test_the_resource_says_unit_and_source() -> None:
    """Each column of values has its unit; title, description and source are those of the chart."""
    content: dict[str, Any] = json.loads(
        resource_file(replace(CHART, note=paragraph("Es un mínimo.")), "05_MEX_es_grafica2", "es")
    )
    assert [(f["name"], f["type"], f.get("unit")) for f in content["schema"]["fields"]] == [
        ("Año", "any", None),
        ("Casos, total", "number", "persons"),
        ("Parte", "number", "percent"),
        ("mark", "string", None),
    ]
    assert content["sources"] == [{"title": "Fuente: ACNUR."}]
    assert content["title"] == "Cuba <pasó> al primer lugar"
    assert content["description"] == "Solicitudes, 2015–2025 De 26 a 34,581. Fuente: ACNUR. Es un mínimo."
    assert (content["name"], content["path"]) == ("05_mex_es_grafica2", "05_MEX_es_grafica2.csv")


@pytest.mark.parametrize(
    ("language", "geography", "name"),
    [("es", "MEX", "05_MEX_es_grafica2"), ("en", "MX-CHP", "05_MX-CHP_en_chart2")],
)
def test_files_are_named_by_theme_place_language_and_number(language: str, geography: str, name: str) -> None:
    """So that those of several briefings can lie in one folder."""
    assert downloads(CHART, replace(COVER, language=language, geography=geography)).name == name


# -- picture ----------------------------------------------------------------------------------------------------------


def picture_in(link: str) -> ElementTree.Element:
    """Return the SVG inside a link."""
    scheme, _, content = link.partition(",")
    assert scheme == "data:image/svg+xml;base64"
    return ElementTree.fromstring(b64decode(content))


def test_a_chart_taken_away_says_what_it_shows_and_where_it_is_from() -> None:
    """The file has its printed size, the title, and subtitle, alternative text and source as description."""
    root = picture_in(downloads(CHART, COVER).svg)
    name = "{http://www.w3.org/2000/svg}"
    assert (root.tag, root.get("width"), root.get("height")) == (f"{name}svg", "10pt", "5pt")
    assert root.findtext(f"{name}title") == "Cuba <pasó> al primer lugar"
    assert root.findtext(f"{name}desc") == "Solicitudes, 2015–2025 De 26 a 34,581. Fuente: ACNUR."
    assert root.findtext(f"{name}text") == "26"


def test_a_chart_taken_away_runs_nothing() -> None:
    """Scripts and handlers do not reach the file."""
    root = picture_in(downloads(CHART, COVER).svg)
    assert "onload" not in root.attrib
    assert [element.tag for element in root.iter() if "script" in element.tag] == []


def test_the_picture_for_narrow_screens_is_there_where_it_is_drawn() -> None:
    """Both pictures have the alternative text; a chart of half the width has one picture."""
    both = downloads(replace(CHART, narrow=tuple(CHART.svg.split("\n"))), COVER)
    assert 'aria-label="De 26 a 34,581."' in both.picture
    assert 'aria-label="De 26 a 34,581."' in both.narrow_picture
    assert downloads(CHART, COVER).narrow_picture == ""


def test_a_picture_that_is_no_svg_is_refused() -> None:
    """The message says what to do."""
    with pytest.raises(PublishError, match="draw it again"):
        downloads(replace(CHART, svg="<svg"), COVER)
