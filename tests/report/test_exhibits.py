"""Charts and tables made of metrics: what they say, show and prove follows from these."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import seaborn as sns

from analysis import column, metric, name, say, total
from analysis.foundation.errors import QuantityError
from analysis.metrics.algebra import Metric
from analysis.metrics.axes import MetricError
from analysis.report.briefing import Briefing
from analysis.report.bundle import Shown
from analysis.report.elements import Chart, ElementError, Finding
from analysis.report.elements import Table as ShownTable
from analysis.values.texts import Text, text
from tests.elements import element
from tests.report.conftest import Make

TITLE = text(es="Suben", en="They rise")
KEY = text(es="Solicitudes", en="Claims")


def parts(received: Metric) -> dict[object, Metric]:
    """The claims of two nationalities by their names."""
    return {**received.by("nationality", top=2)}


FORMS: dict[str, tuple[Callable[[Briefing, Metric], Shown], str]] = {
    "lines": (
        lambda b, m: b.lines(parts(m), since=2024, title=TITLE),
        "Line chart, 2024–2025: claims. Cuba: rises from 150 in 2024 to 300 in 2025. "
        "Honduras: falls from 200 in 2024 to 100 in 2025.",
    ),
    "bars": (
        lambda b, m: b.bars(m, title=TITLE),
        "Bars by year, 2023–2025: claims. Falls from 400 in 2023 to 352 in 2024 and rises to 400 in 2025.",
    ),
    "stacked": (
        lambda b, m: b.stacked(parts(m), since=2024, title=TITLE),
        "Stacked bars by year, 2024–2025: claims. Total: rises from 350 in 2024 to 400 in 2025. "
        "In 2025: Cuba 300, Honduras 100.",
    ),
    "multiples": (
        lambda b, m: b.multiples(parts(m), key=KEY, title=TITLE),
        "Panels of bars by year, 2023–2025: claims. Cuba: rises from 100 in 2023 to 300 in 2025. "
        "Honduras: falls from 300 in 2023 to 100 in 2025.",
    ),
    "ranked": (
        lambda b, m: b.ranked(parts(m), other=(name("Otras", "Others"), m.at(2024)), title=TITLE),
        "Ranked bars, 2024–2025: claims. Cuba 300, Honduras 100. Others 352.",
    ),
    "dumbbell": (
        lambda b, m: b.dumbbell(parts(m), title=TITLE),
        "Pairs of dots, 2024 and 2025: claims. Cuba: from 150 to 300. Honduras: from 200 to 100.",
    ),
    "changes": (
        lambda b, m: b.changes(parts(m), title=TITLE),
        "A dot a row, at its change, 2025. Cuba +100 per cent, Honduras −50 per cent.",
    ),
    "waterfall": (
        lambda b, m: b.waterfall(
            {
                name("Antes", "Before"): m.at(2024),
                name("Cuba"): m.only(nationality="CUB").now - m.only(nationality="CUB").at(2024),
                name("Los demás", "The others"): m.at(2025)
                - m.at(2024)
                - (m.only(nationality="CUB").now - m.only(nationality="CUB").at(2024)),
                name("Ahora", "Now"): m.at(2025),
            },
            title=TITLE,
        ),
        "Waterfall, 2024–2025: claims. Before, 352; Now, 400. Steps: Cuba +150, The others −102.",
    ),
    "scorecard": (
        lambda b, m: b.scorecard(
            parts(m),
            verdicts={
                code: (name("subió", "rose"), "holds") if part.moved.number > 0 else (name("bajó", "fell"), "changed")
                for code, part in parts(m).items()
            },
            title=TITLE,
        ),
        "A row a subject, with its verdict. Cuba: 300, 150 in 2024, rose. Honduras: 100, 200 in 2024, fell.",
    ),
    "heat": (
        lambda b, m: b.heat(parts(m), breaks=[1, 50, 100, 200, 300], title=TITLE),
        "Cells by year, 2023–2025: claims. Cuba: rises from 100 in 2023 to 300 in 2025. "
        "Honduras: falls from 300 in 2023 to 100 in 2025.",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_chart_says_what_it_shows(briefing: Make, form: str) -> None:
    """Form, periods, each series or item with its numbers; all its numbers are proved."""
    b = briefing("en")
    draw, words = FORMS[form]
    chart = element(draw(b, metric(b.table("claims_year"))), Chart)
    assert chart.alt.written("en") == words
    assert chart.faults == ()
    proved = [told for told in chart.told() if told.slot == "data"]
    assert len(proved) == len(chart.data.values)
    assert {told.fact.tables for told in proved} == {("claims_year",)}


def test_states_are_drawn_on_a_map(briefing: Make) -> None:
    """As tiles, or as dark states on the outline of the country, of which the note names the source."""
    b = briefing("en")
    by_state = metric(b.table("events_month")).by("state_code")
    tiles = element(b.tiles(by_state, breaks=[1, 10, 25, 100, 250], title=TITLE), Chart)
    assert tiles.alt.written("en") == "Tile map of the states, March 2025: events. Oaxaca 9. No figure: Chiapas."
    outline = element(b.locator({"MX-CHP": metric(b.table("events_month"), state_code="MX-CHP")}, title=TITLE), Chart)
    assert outline.note.written("en") == "Outlines: INEGI, Marco Geoestadístico."


def test_values_know_their_tables(briefing: Make) -> None:
    """Of one period or computed: the source names each once, and what is counted follows."""
    b = briefing("en")
    received, crimes = metric(b.table("claims_year")), metric(b.table("crimes_period"))
    values = {who: part.at(2024) for who, part in parts(received).items()}
    states = {code: part.at("2016/2022-06") for code, part in crimes.by("state_code").items()}
    shown = [
        b.ranked(values, other=(name("Otras", "Others"), received.at(2024) - total([*values.values()])), title=TITLE),
        b.waterfall(
            {name("a"): values["CUB"], name("b"): values["HND"], name("c"): total([*values.values()])}, title=TITLE
        ),
        b.tiles(states, breaks=[1, 10, 25, 100, 250], title=TITLE),
        b.locator(states, title=TITLE),
    ]
    tables = [element(each, Chart).tables for each in shown]
    assert tables == [("claims_year",)] * 2 + [("crimes_period",)] * 2
    assert element(shown[0], Chart).source.written("en").startswith("Source: Publisher of claims_year")
    assert element(shown[0], Chart).subtitle.written("en") == "Table claims_year (persons (en)), 2024"


def test_a_word_of_the_briefing_names_what_is_shown(briefing: Make) -> None:
    """It is kept like any name, in sentences and as the name of a row."""
    b = briefing("en")
    w = name(b.country("GTM"))
    assert element(b.finding(say(es="A {w}.", en="To {w}.")), Finding).text.written("en") == "To Guatemala."
    chart = element(b.bars({w: metric(b.table("claims_year"))}, title=TITLE), Chart)
    assert chart.data.columns[0].name == "Guatemala"


def test_spans_stand_on_a_line_of_time(briefing: Make) -> None:
    """One bar a span, told in order of time."""
    b = briefing("en")
    crimes = metric(b.table("crimes_period"))
    chart = element(b.timeline({name("Delitos", "Crimes"): crimes}, title=TITLE), Chart)
    assert chart.alt.written("en").endswith("Crimes, Jan 2016–Jun 2022 80, Crimes, 31 Dec 2023 70.")


def test_what_is_counted_follows_from_the_table(briefing: Make) -> None:
    """Its title with its unit, and the period; the source is that of the table; rows and columns have its words."""
    b = briefing("es")
    chart = element(b.bars(metric(b.table("claims_year")), title=TITLE), Chart)
    assert chart.subtitle.written("es") == "Tabla claims_year (persons (es)), 2023–2025"
    assert "Editor de claims_year" in chart.source.written("es")
    assert (chart.data.rows_of, [c.name for c in chart.data.columns]) == ("year", ["claims"])


def test_an_author_may_say_it_otherwise(briefing: Make) -> None:
    """A subtitle without the period of the chart gets it; a sentence is added to the words, or replaces them."""
    b = briefing("en")
    received = metric(b.table("claims_year"))
    own = text(es="Otra cosa.", en="Something else.")
    chart = element(
        b.bars(
            received, title=TITLE, subtitle=say(es="De {received.first.year}", en="Of {received.first.year}"), also=own
        ),
        Chart,
    )
    assert chart.subtitle.written("en") == "Of 2023, 2023–2025"
    assert chart.alt.written("en").endswith("rises to 400 in 2025. Something else.")
    assert element(b.bars(received, title=TITLE, alt=own), Chart).alt.written("en") == "Something else."


def test_a_year_that_still_runs_is_hatched_and_told(briefing: Make) -> None:
    """In the drawing, in its data and in its words."""
    b = briefing("en")
    chart = element(b.bars(metric(b.table("deaths_year"), "deaths", area="mexico"), title=TITLE), Chart)
    assert "<pattern" in chart.svg
    assert chart.data.rows[-1].mark == "to 8 Sep"
    assert chart.alt.written("en").endswith("Falls from 120 in 2023 to 90 in 2024. 2025, only to 8 Sep: 40.")


def test_a_year_with_months_that_are_not_known_is_hatched_and_told(briefing: Make) -> None:
    """Its table does not tell; the author does, and no course of the series begins or ends with it."""
    b = briefing()
    parts_known = {2025: name("faltan meses", "months missing")}
    chart = element(b.bars(metric(b.table("claims_year")), lacking=parts_known, title=TITLE), Chart)
    assert chart.data.rows[-1].mark == "faltan meses"
    assert chart.alt.written("es") == (
        "Barras por año, 2023–2025: claims. Baja de 400 en 2023 a 352 en 2024. 2025, faltan meses: 400."
    )


def test_bars_may_be_called_otherwise_than_their_column(briefing: Make) -> None:
    """Their name stands over the data, and in the words for the chart."""
    b = briefing()
    chart = element(b.bars({name("Todas", "All"): metric(b.table("claims_year"))}, title=TITLE), Chart)
    assert [column.name for column in chart.data.columns] == ["Todas"]


def test_parts_are_told_of_the_last_whole_year(briefing: Make) -> None:
    """Of one that still runs only how far it goes is said."""
    b = briefing("en")
    areas = {
        name("Here", "Here"): metric(b.table("deaths_year"), "deaths", area="mexico"),
        name("There", "There"): metric(b.table("deaths_year"), "deaths", area="border"),
    }
    chart = element(b.stacked(areas, title=TITLE), Chart)
    assert chart.alt.written("en").endswith("In 2024: Here 90, There 50. 2025, only to 8 Sep: 60.")


def test_a_form_without_marks_leaves_out_a_year_that_still_runs(briefing: Make) -> None:
    """A line would plunge to it, a cell be as pale as the lowest; its note says so, and its data have the value."""
    b = briefing("en")
    deaths = {name("Here"): metric(b.table("deaths_year"), "deaths", area="mexico")}
    for chart in (b.lines(deaths, title=TITLE), b.heat(deaths, breaks=[1, 50, 100, 150, 200], title=TITLE)):
        shown = element(chart, Chart)
        assert shown.note.written("en").startswith("2025, to 8 Sep, is not drawn.")
        assert ">40<" not in shown.svg
        assert (shown.data.rows[-1].mark, len(shown.data.rows)) == ("to 8 Sep", 3)
        assert shown.alt.written("en").endswith("Falls from 120 in 2023 to 90 in 2024. 2025, only to 8 Sep: 40.")


def test_a_table_has_a_row_a_name(briefing: Make) -> None:
    """A dash where a row has no value; its numbers are those of the metrics."""
    b = briefing("en")
    received = metric(b.table("claims_year"))
    people = parts(received)
    shown = b.grid(
        column(
            {who: part.before for who, part in people.items()}, es="{received.before.year}", en="{received.before.year}"
        ),
        column({**people, next(iter(people)): None}, es="Último", en="Last"),
        title=TITLE,
    )
    table = element(shown, ShownTable)
    assert table.head == ("nationality", "2024", "Last")
    assert [[cell.written("en") for cell in row] for row in table.rows] == [
        ["Cuba", "150", "–"],
        ["Honduras", "200", "100"],
    ]


def test_a_row_without_value_in_the_first_column_stands_in_the_table(briefing: Make) -> None:
    """The first column says which rows there are, and one of them may have a dash there."""
    b = briefing("en")
    people = parts(metric(b.table("claims_year")))
    columns = column({**people, next(iter(people)): None}, es="Una", en="One"), column(people, es="Otra", en="Other")
    rows = element(b.grid(*columns, title=TITLE), ShownTable).rows
    assert [[cell.written("en") for cell in row] for row in rows] == [["Cuba", "–", "300"], ["Honduras", "100", "100"]]


def test_the_row_of_the_others_is_grey(briefing: Make) -> None:
    """Named by what it is called, or counted from the end."""
    b = briefing("en")
    people = parts(metric(b.table("claims_year")))
    shown = element(b.grid(column(people, es="Una", en="One"), title=TITLE, muted="HND"), ShownTable)
    assert (shown.rows[1][0].written("en"), shown.muted_row) == ("Honduras", 1)
    table = b.chart_table(
        title=TITLE, head=["", "Una"], rows=[["a", "x"], ["b", "y"]], formats=["", ""], tables=[], muted_row=-1
    )
    assert element(table, ShownTable).muted_row == 1


def test_a_table_needs_a_column(briefing: Make) -> None:
    """The message shows one."""
    with pytest.raises(ElementError, match=r"a table needs a column: b.grid\(column\("):
        briefing().grid(title=TITLE)


def test_an_author_draws_with_seaborn(briefing: Make) -> None:
    """Once for the page and once for telephones, in the words of the language."""
    b = briefing("es")
    claims = b.table("claims_year")
    wide = claims.pivot("year", "nationality")
    chart = element(
        b.plot(
            lambda ax: sns.violinplot(data=wide, ax=ax).set_ylabel(b.label("Personas", "Persons")),
            data=wide.rename_axis("Año"),
            tables=[claims],
            title=TITLE,
            subtitle=KEY,
            alt=text(es="Violines de dos nacionalidades.", en="Violins of two nationalities."),
        ),
        Chart,
    )
    assert ">Personas<" in chart.svg
    assert ">Personas<" in chart.narrow_svg
    assert "width=" in chart.narrow_svg
    with pytest.raises(QuantityError, match=r"^'dollars' is no unit"):
        b.plot(lambda ax: ax.plot([1]), data=wide, tables=[claims], title=TITLE, subtitle=KEY, alt=KEY, unit="dollars")


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({}, "a chart needs a title: write it in both languages, title=say"),
        ({"titel": TITLE}, r"a chart has no argument 'titel': did you mean title\?"),
        ({"title": TITLE, "source": TITLE}, "a chart has no argument 'source': its texts are title, subtitle"),
    ],
)
def test_a_slip_in_the_texts_of_a_chart_is_told(briefing: Make, texts: dict[str, Text], words: str) -> None:
    """Which argument is wanting, or not known, and what to write."""
    b = briefing()
    with pytest.raises(ElementError, match=words):
        b.bars(metric(b.table("claims_year")), **texts)  # type: ignore[arg-type]


def test_a_chart_has_one_unit(briefing: Make) -> None:
    """Persons and percent in one column would stand in its data under one unit."""
    b = briefing()
    received = metric(b.table("claims_year"))
    mixed = {name("a"): received, name("b"): received.share_of(nationality="CUB")}
    verdicts = dict.fromkeys(mixed, (name("igual", "as before"), "holds"))
    with pytest.raises(MetricError, match="one scale is for one unit, and these have percent, persons"):
        b.scorecard(mixed, verdicts=verdicts, title=TITLE, subtitle=KEY)  # type: ignore[arg-type]


def test_a_title_in_one_language_is_refused(briefing: Make) -> None:
    """As everywhere: the message shows how to write it."""
    b = briefing()
    with pytest.raises(ElementError, match="title is the str 'Suben': write it in both languages"):
        b.bars(metric(b.table("claims_year")), title="Suben")  # type: ignore[arg-type]
