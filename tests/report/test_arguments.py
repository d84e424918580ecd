"""Slips of a newcomer are answered with the argument and the remedy, never from inside the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from analysis import Briefing, KeyFigure, charts, figure, metric, say
from analysis.foundation.errors import AnalysisError
from analysis.package.data_package import DataPackage

WORDS = say(es="Prueba", en="Trial")
SERIES = pd.Series({2024: 3, 2025: 4})


@pytest.fixture
def b(package: DataPackage) -> Briefing:
    """A briefing on the tiny data."""
    return Briefing(
        number=5, title=WORDS, scope=WORDS, language="en", as_of="2026-06-30", geography="MEX", data=package.folder
    )


def chart(b: Briefing, **changed: Any) -> Any:
    """A chart with one argument that is wrong."""
    given: dict[str, Any] = {
        "draw": lambda width: charts.bars(SERIES, language="en", width=width),
        "title": WORDS,
        "subtitle": WORDS,
        "alt": say(es="Barras por año.", en="Bars by year."),
        "tables": [b.table("claims_year")],
        "data": SERIES.to_frame("x"),
        "unit": "persons",
    }
    return b.chart(**{**given, **changed})


def table(b: Briefing, rows: Any, **changed: Any) -> Any:
    """A table with these rows, and perhaps another argument that is wrong."""
    given = {"title": WORDS, "head": ["a", "b"], "formats": ["", ""], "tables": [b.table("claims_year")]}
    return b.chart_table(**{**given, "rows": rows, **changed})


SLIPS: dict[str, tuple[Callable[[Briefing], Any], str]] = {
    "a title that is a string": (lambda b: chart(b, title="x"), "title is the str 'x': write it in both languages"),
    "an f-string as a note": (lambda b: chart(b, note=f"{3}"), r"note is the str '3': .* note=say\(es="),
    "the name of a table": (
        lambda b: chart(b, tables="claims_year"),
        "tables holds the str 'claims_year': give tables",
    ),
    "one table": (lambda b: chart(b, tables=b.table("claims_year")), r"tables is one table, claims_year: write a list"),
    "a series as data": (lambda b: chart(b, data=SERIES), r"data is a Series: .* data=series.to_frame\("),
    "a dictionary as data": (lambda b: chart(b, data={}), r"data is a dict: .* data=pd.DataFrame\("),
    "a width that there is not": (
        lambda b: chart(b, width="third"),
        "width is 'third': it must be one of 'full', 'half'",
    ),
    "axes for a function": (lambda b: chart(b, draw=SERIES), "draw is a Series: give a function, lambda width:"),
    "a drawing that returns nothing": (lambda b: chart(b, draw=lambda _: None), "draw returned a NoneType, no Axes"),
    "a list of marks": (lambda b: chart(b, marks=[2025]), "marks is a list: name the rows, marks="),
    "a headline that is a metric": (lambda b: b.headline(metric(b.table("claims_year"))), "headline is a Metric"),
    "a string among sentences": (lambda b: b.finding(WORDS, "x"), "finding is the str 'x'"),
    "a string in a caution": (lambda b: b.caution(WORDS, "x"), "text is the str 'x'"),
    "a string as a section": (lambda b: b.section("x"), "section is the str 'x'"),
    "a metric as key figure": (
        lambda b: b.key_figures(metric(b.table("claims_year"))),
        r"key figure 1 is a Metric: write figure\(metric, es=",
    ),
    "a quantity for a metric": (
        lambda b: figure(metric(b.table("claims_year")).now, es="x", en="x"),
        "is given a Reading: give a metric, which knows what was before",
    ),
    "a number in a row": (lambda b: table(b, [["x", 3]]), "row 1, column 2 is the int 3, which nothing proves"),
    "nothing in a row": (lambda b: table(b, [["x", WORDS], ["y", None]]), "row 2, column 2 is a NoneType"),
    "a metric in a row": (
        lambda b: table(b, [["x", metric(b.table("claims_year"))]]),
        "row 1, column 2 is a metric: say of when",
    ),
    "a short row": (lambda b: table(b, [["x"]]), "row 1 has 1 cells and head 2"),
    "too few formats": (lambda b: table(b, [], formats=[""]), "formats has 1 entries and head 2"),
    "a year as head": (lambda b: table(b, [], head=["a", 2025]), "head of column 2 is the int 2025"),
    "a string in a pair": (lambda b: b.pair("x", "y"), "left is the str 'x': give what b.chart"),
    "a string in the method": (
        lambda b: b.method(calculation=[("x", WORDS)], limits=[]),
        "calculation holds a tuple: each entry is say",
    ),
    "a long table": (
        lambda _: charts.lines(pd.DataFrame({"who": ["a"], "n": [1]}), unit="x", language="en"),
        "column 'who' of the table for lines holds no numbers: give one column a series",
    ),
    "a table for a series": (
        lambda _: charts.bars(SERIES.to_frame("n"), language="en"),
        r"bars draws one series, and was given a table: give a column, frame\['n'\]",
    ),
    "the name of a table for a metric": (
        lambda _: metric("claims_year"),
        r"is given a str: give a table, metric\(b.table",
    ),
    "a number for the name of a table": (lambda b: b.table(3), "a table is asked for by its name, a text, not 3"),
    "a misspelt column": (lambda b: metric(b.table("claims_year"), natonality="CUB"), "did you mean nationality"),
    "a misspelt code": (lambda b: metric(b.table("claims_year"), nationality="CUBA"), "did you mean CUB"),
    "a year for rows": (lambda b: metric(b.table("claims_year"), year=2025), r"ask metric.at\('2025'\)"),
    "a year for parts": (lambda b: metric(b.table("claims_year")).by("year"), "'year' is of the period"),
    "a share of all": (lambda b: metric(b.table("claims_year")).share_of(), "a share is of some rows: say of which"),
    "one language": (lambda _: say(es="x"), "'x' stands in one language only: write both es and en"),
}


@pytest.mark.parametrize(("slip", "message"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_answered_in_a_sentence(b: Briefing, slip: Callable[[Briefing], Any], message: str) -> None:
    """It names the argument, says what was given and what to write; JupyterLab adds the line of the cell."""
    with pytest.raises(AnalysisError, match=message):
        slip(b)


def test_what_is_right_passes(b: Briefing) -> None:
    """The same calls, with nothing wrong."""
    claims = metric(b.table("claims_year"))
    assert isinstance(figure(claims, es="x", en="x"), KeyFigure)
    assert chart(b, width="half").element.kind == "chart"
    assert table(b, [["x", claims.now], [WORDS, "–"]]).element.kind == "table"
