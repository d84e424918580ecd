"""Slips of a newcomer are answered with the argument and the remedy, never from inside the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from analysis import Briefing, KeyFigure, charts, column, figure, metric, name, say
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


def plot(b: Briefing, **changed: Any) -> Any:
    """A drawing of an author with one argument that is wrong."""
    given: dict[str, Any] = {
        "draw": lambda axes: axes.plot([1, 2]),
        "title": WORDS,
        "subtitle": WORDS,
        "alt": say(es="Una línea.", en="A line."),
        "tables": [b.table("claims_year")],
        "data": SERIES.to_frame("x"),
    }
    return b.plot(**{**given, **changed})


def cells(b: Briefing) -> Any:
    """A column of claims by nationality."""
    return column(metric(b.table("claims_year")).by("nationality", top=2), es="x", en="x")


LONG = pd.DataFrame({"who": ["a", "b"], "n": [1, 2]})
PARAGRAPH = say(es="Prueba.", en="Trial.")

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
    "a string in a pair": (lambda b: b.pair("x", "y"), "left is the str 'x': give what b.lines"),
    "a wide chart in a pair": (
        lambda b: b.pair(chart(b, width="half"), chart(b)),
        "right is a chart of the whole width: write width='half' where it is drawn",
    ),
    "a chart twice in a pair": (
        lambda b: b.pair(*[chart(b, width="half")] * 2),
        "right holds the same chart once more: show each once",
    ),
    "a chart drawn twice in a column": (
        lambda b: b.pair([chart(b, width="half"), chart(b, width="half")], b.finding(PARAGRAPH)),
        "left holds the same chart once more",
    ),
    "nothing in a pair": (lambda b: b.pair([], b.finding(PARAGRAPH)), "left is empty: give a chart or a paragraph"),
    "a pair in a pair": (
        lambda b: b.pair(b.finding(WORDS), b.pair(b.finding(WORDS), b.finding(PARAGRAPH))),
        "right is a pair: give its charts",
    ),
    "metrics for columns": (
        lambda b: b.grid(metric(b.table("claims_year")).by("nationality"), title=WORDS),
        r"column 1 is a dict: write column\(\{\.\.\.\}, es='\.\.\.', en='\.\.\.'\)",
    ),
    "a metric for a column": (
        lambda b: b.grid(metric(b.table("claims_year")), title=WORDS),
        r"column 1 is a Metric: write column\(metric\.by\('\.\.\.'\), es=",
    ),
    "a column of one metric": (
        lambda b: column(metric(b.table("claims_year")), es="x", en="x"),
        "column 'x' is given a Metric: give values by what each row is called, metric.by",
    ),
    "a column of nothing": (
        lambda b: b.grid(column({}, es="x", en="x"), title=WORDS),
        "column 1 is empty: look whether",
    ),
    "columns without a row in common": (
        lambda b: b.grid(cells(b), column({"GTM": None}, es="x", en="x"), title=WORDS),
        "column 2 has none of the rows of the first: call them alike",
    ),
    "a focus on no column": (
        lambda b: b.grid(cells(b), title=WORDS, emphasis=2),
        "emphasis is the int 2: .* from 1 to 1",
    ),
    "a row of others that there is not": (
        lambda b: b.grid(cells(b), title=WORDS, muted="GTM"),
        "muted is 'GTM', which is no row: write one of '",
    ),
    "a string for rows": (
        lambda b: b.grid(cells(b), title=WORDS, rows_of="x"),
        r"rows_of is the str 'x': .* rows_of=say",
    ),
    "words among the data": (
        lambda b: plot(b, data=LONG),
        r"column 'who' of data holds no numbers: .*frame\.set_index\('\.\.\.'\) or frame\.pivot\(index=",
    ),
    "days among the data": (
        lambda b: plot(b, data=pd.DataFrame({"day": pd.to_datetime(["2025-01-01"])})),
        "column 'day' of data holds no numbers",
    ),
    "no data": (lambda b: plot(b, data=pd.DataFrame()), "data is empty: give the values that were drawn"),
    "a series that was plotted": (lambda b: plot(b, data=SERIES), r"data is a Series: .* data=series.to_frame\("),
    "rows of two levels": (
        lambda b: plot(b, data=LONG.set_index(["who", "n"]).assign(x=1)),
        "data has rows or columns of several levels: name each row and each series by one word",
    ),
    "a column without unit": (
        lambda b: plot(b, unit={"y": "persons"}),
        "unit has none for column 'x': write one for each, unit={'x': '...'}",
    ),
    "a number as unit": (lambda b: plot(b, unit=3), "unit is the int 3: write unit='persons'"),
    "axes for what draws": (
        lambda b: plot(b, draw=charts.bars(SERIES, language="en")),
        "draw is a Axes: give a function, lambda ax: sns.violinplot",
    ),
    "a string as height": (lambda b: plot(b, height="200"), "height is the str '200': give it in points, height=200"),
    "no height": (lambda b: plot(b, height=0), "height is the int 0"),
    "no tables": (lambda b: plot(b, tables=[]), r"tables is empty: say where the data come from, tables=\[b"),
    "a sentence on a drawing": (
        lambda b: plot(b, draw=lambda axes: (axes.plot([1, 2]), axes.set_ylabel(say(es="Costo", en="Cost")))),
        r"the drawing says 'es: Costo en: Cost', and a drawing has one language: write words as b\.label\(",
    ),
    "a name on a drawing": (
        lambda b: plot(b, draw=lambda axes: (axes.plot([1, 2]), axes.set_title(name("Costo", "Cost")))),
        r"the drawing says 'Named\(es='Costo', en='Cost'.*b\.label\(",
    ),
    "a string under a chart": (
        lambda b: b.bars(metric(b.table("claims_year")), title=WORDS, subtitle="x"),
        "subtitle is the str 'x': write it in both languages, subtitle=say",
    ),
    "a string for a chart": (
        lambda b: b.bars(metric(b.table("claims_year")), title=WORDS, alt="x"),
        "alt is the str 'x'",
    ),
    "a string after a chart": (
        lambda b: b.bars(metric(b.table("claims_year")), title=WORDS, also="x"),
        "also is the str 'x'",
    ),
    "a string beside an outline": (
        lambda b: b.locator(metric(b.table("events_month")).by("state_code"), title=WORDS, note="x"),
        "note is the str 'x'",
    ),
    "one sentence as method": (
        lambda b: b.method(calculation=PARAGRAPH, limits=[]),
        r"calculation is one sentence: write a list, calculation=\[\.\.\.\]",
    ),
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
    assert plot(b, unit={"x": "persons"}).element.kind == "chart"
    assert b.grid(cells(b), cells(b), title=WORDS, emphasis=2, muted="CUB").element.kind == "table"
    assert b.pair(chart(b, width="half"), b.finding(PARAGRAPH)).element.kind == "pair"
