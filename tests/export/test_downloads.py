"""What a page lets its readers take away."""

from __future__ import annotations

import csv
import io
import re
from base64 import b64decode
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.export.downloads import csv_link, svg_link
from analysis.foundation.errors import PublishError

CHART = {
    "title": "Cuba <pasó> al primer lugar",
    "subtitle": "Solicitudes, 2015–2025",
    "alt": "De 26 a 34,581.",
    "source": "Fuente: ACNUR.",
    "note": "",
    "svg": '<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="5pt" viewBox="0 0 10 5" onload="x()">'
    "<script>x()</script><text>26</text></svg>",
}


def rows_of(link: str) -> list[list[str]]:
    """Return the cells of the file inside a link."""
    scheme, _, content = link.partition(",")
    assert scheme == "data:text/csv;charset=utf-8"
    text = unquote(content)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_csv_holds_plain_numbers() -> None:
    """Numbers lose the marks of print; words, percentages and missing values stay."""
    data = {
        "head": ["Año", "Casos, total"],
        "rows": [["2025", "70,482"], ["2024", "\u22121,234.5"], ["28.8%", "s/d"]],
    }
    assert rows_of(csv_link(data)) == [
        ["Año", "Casos, total"],
        ["2025", "70482"],
        ["2024", "-1234.5"],
        ["28.8%", "s/d"],
    ]


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_csv_cells_are_never_formulas(cells: list[str]) -> None:
    """No cell begins as a formula unless it is a number, and other texts come back as they were."""
    texts = [text.encode("utf-8", "ignore").decode() for text in cells]
    for text, cell in zip(
        texts, rows_of(csv_link({"head": ["a"], "rows": [[text] for text in texts]}))[1:], strict=True
    ):
        written = cell[0] if cell else ""
        assert not written.startswith(("=", "+", "-", "@", "\t", "\r")) or re.fullmatch(r"[-+]?[\d.]+", written)
        assert written.lstrip("'") == text.lstrip("'") or re.fullmatch(r"[-+\d.]+", written)


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://x")', "+1+cmd", "-2+3", "@SUM(A1)", "\t=1"])
def test_formulas_are_quoted(cell: str) -> None:
    """A cell that a spreadsheet would run begins with an apostrophe."""
    assert rows_of(csv_link({"head": ["a"], "rows": [[cell]]}))[1] == ["'" + cell]


def picture_in(link: str) -> ElementTree.Element:
    """Return the SVG inside a link."""
    scheme, _, content = link.partition(",")
    assert scheme == "data:image/svg+xml;base64"
    return ElementTree.fromstring(b64decode(content))


def test_a_chart_taken_away_says_what_it_shows_and_where_it_is_from() -> None:
    """The file has its printed size, the title, and subtitle, alternative text and source as description."""
    root = picture_in(svg_link(CHART))
    name = "{http://www.w3.org/2000/svg}"
    assert (root.tag, root.get("width"), root.get("height")) == (f"{name}svg", "10pt", "5pt")
    assert root.findtext(f"{name}title") == CHART["title"]
    assert root.findtext(f"{name}desc") == "Solicitudes, 2015–2025 De 26 a 34,581. Fuente: ACNUR."
    assert root.findtext(f"{name}text") == "26"


def test_a_chart_taken_away_runs_nothing() -> None:
    """Scripts and handlers do not reach the file."""
    root = picture_in(svg_link(CHART))
    assert "onload" not in root.attrib
    assert [element.tag for element in root.iter() if "script" in element.tag] == []


def test_a_picture_that_is_no_svg_is_refused() -> None:
    """The message says what to do."""
    with pytest.raises(PublishError, match="draw it again"):
        svg_link(CHART | {"svg": "<svg"})
