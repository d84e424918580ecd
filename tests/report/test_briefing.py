"""Briefing: parameters, tables as of the date, and the elements in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis import Briefing, KeyFigure, charts, claim, text
from analysis.foundation.words import LANGUAGES, Language
from analysis.package.table import Table
from analysis.report.bundle import Shown
from analysis.report.chart_data import Column, WrittenData
from analysis.report.elements import (
    Caution,
    Chart,
    Cover,
    ElementError,
    Finding,
    Headline,
    KeyFigures,
    Method,
    Pair,
    Section,
    Sources,
    WrittenFigure,
    write_cell,
)
from analysis.report.elements import Table as ShownTable
from analysis.report.page import NOTHING, ParameterError
from analysis.values.measures import break_between, change, rate, share
from tests.elements import element
from tests.report.conftest import WIDENED_EN, WIDENED_ES, Make

DRAWN = pd.DataFrame({"n": [400, 350, 400]}, index=[2023, 2024, 2025])


def draw(width: str) -> Axes:
    """A chart of one line; half charts are narrower."""
    axes: Axes = Figure(figsize=(4 if width == "full" else 2, 1)).subplots()
    axes.plot(DRAWN["n"])
    return axes


def chart_texts() -> dict[str, Any]:
    """The texts of a chart without numbers."""
    return {
        "title": text(es="Título", en="Title"),
        "subtitle": text(es="Subtítulo", en="Subtitle"),
        "alt": text(es="De más a menos.", en="From more to less."),
    }


def key_figure(b: Briefing, year: int, **more: Any) -> KeyFigure:
    """The claims of a year against the year before."""
    claims = b.table("claims_year")
    return KeyFigure(
        value=claims.total(year=year),
        label=text(es="solicitudes, {year}", en="claims, {year}", year=year),
        before=claims.total(year=year - 1),
        spark=claims.series("year"),
        tables=[claims],
        **more,
    )


def first_figure(made: Shown, language: Language = "es") -> WrittenFigure:
    """The first key figure as it is printed."""
    return element(made, KeyFigures).figures[0].written(language)


def written_cells(table: ShownTable) -> list[list[str]]:
    """The cells of a table as they are printed."""
    return [[write_cell(cell, "es") for cell in row] for row in table.rows]


def note_of(made: Shown) -> str:
    """The note of a Spanish chart or table."""
    assert isinstance(made.element, Chart | ShownTable)
    return made.element.note.written("es")


# -- parameters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"language": "fr"}, "language is 'fr': it must be one of es, en"),
        ({"as_of": "30/06/2026"}, "as_of is '30/06/2026': it must be a date such as 2026-06-30"),
        ({"as_of": "2026-02-30"}, "as_of is '2026-02-30': it must be a date such as 2026-06-30"),
        ({"as_of": 2026}, "as_of is '2026': it must be a date"),
        (
            {"as_of": "2031-01-01"},
            "as_of is '2031-01-01': it must be 2026-11-22, when the newest data were read, or earl",
        ),
        ({"geography": "Chiapas"}, "geography is 'Chiapas': it must be MEX or a state such as MX-CHP"),
        ({"geography": "MX-XXX"}, "geography is 'MX-XXX': it must be MEX or a state such as MX-CHP"),
    ],
)
def test_a_wrong_parameter_is_named(briefing: Make, wrong: dict[str, Any], message: str) -> None:
    """A language, date or place that is not allowed is quoted with what is."""
    with pytest.raises(ParameterError, match=message):
        briefing(**wrong)


def test_the_day_of_the_newest_data_is_allowed(briefing: Make) -> None:
    """What is known on that day can be told; of the day after, nothing is known."""
    assert briefing(as_of="2026-11-22").as_of.isoformat() == "2026-11-22"
    with pytest.raises(ParameterError, match="as_of is '2026-11-23'"):
        briefing(as_of="2026-11-23")


def test_the_country_and_a_state_of_like_name_are_told_apart(briefing: Make) -> None:
    """MEX is the country and MX-MEX the State of Mexico."""
    country, state = briefing(geography="MEX"), briefing("en", geography="MX-MEX")
    assert (country.country_wide, country.state("MEX")) == (True, "México")
    assert (state.country_wide, state.state("MX-MEX")) == (False, "State of Mexico")


def test_words_in_the_language_of_the_briefing(briefing: Make) -> None:
    """Countries, peoples, periods and picked words follow the language."""
    es, en = briefing("es"), briefing("en")
    assert (es.country("CUB"), en.country("HTI")) == ("Cuba", "Haiti")
    assert es.people("CUB") == "personas cubanas"
    assert (es.period("2025-04"), en.period("2025-04", short=True)) == ("abril de 2025", "Apr 2025")
    assert (es.pick("Año", "Year"), en.pick("Año", "Year")) == ("Año", "Year")


def test_tables_are_those_of_the_date_and_read_once(briefing: Make) -> None:
    """A table shows what had been published at the date, and asking again gives the same one."""
    b = briefing(as_of="2025-12-31")
    assert b.table("claims_year").years == [2023, 2024]
    assert b.table("claims_year") is b.table("claims_year")


# -- elements ---------------------------------------------------------------------------------------------------------


def test_the_cover(briefing: Make) -> None:
    """The band names series, theme, place, date and cut-off."""
    cover = element(briefing("es", geography="MX-CHP").cover(), Cover)
    assert (cover.theme, cover.title, cover.scope) == (5, "Asilo", "Solicitudes")
    assert (cover.place_name, cover.geography) == ("Chiapas", "MX-CHP")
    assert cover.cutoff == "Corte: 30 de junio de 2026"
    english = element(briefing("en").cover(), Cover)
    assert english.cutoff == "Cut-off: 30 June 2026"
    assert (english.language, english.as_of) == ("en", "2026-06-30")


def test_prose_elements(briefing: Make) -> None:
    """Headline, section, finding and caution speak the language of the briefing."""
    b = briefing("en")
    received = text(es="{n}.", en="{n} claims.", n=b.table("claims_year").total(year=2025))
    lead = text(es="Detalle.", en="Detail.")
    assert element(b.headline(received, lead), Headline).lead.written("en") == "Detail."
    section, finding = element(b.section(received), Section), element(b.finding(received, lead), Finding)
    assert section.text.written("en") == "400 claims."
    assert [*section.told()] == [*finding.told()]
    assert finding.text.written("en") == "400 claims. Detail."
    assert element(b.caution(lead, received), Caution).title.written("en") == "Detail."


def test_a_key_figure_is_compared_with_the_year_before(briefing: Make) -> None:
    """A key figure shows its change and what it is compared with, in each language."""
    es, en = briefing("es"), briefing("en")
    (figure,) = element(es.key_figures(key_figure(es, 2025), note=NOTHING), KeyFigures).figures
    shown = figure.written("es")
    assert (shown.value, shown.label) == ("400", "solicitudes, 2025")
    assert (shown.change, shown.reference, shown.seal) == ("+13.6%", "352 en 2024", "")
    assert figure.spark == (400, 352, 400)
    other = first_figure(en.key_figures(key_figure(en, 2024), note=NOTHING), "en")
    assert (other.change, other.reference) == ("−12.0%", "400 in 2023")
    assert (shown.last_datum, other.last_datum) == ("Último dato: 2025", "Latest data: 2025")


def test_shares_move_by_points(briefing: Make) -> None:
    """A key figure that is a share is compared in points."""
    b = briefing("es")
    claims = b.table("claims_year")
    now, before = (share(claims.total(year=y, nationality="CUB"), claims.total(year=y)) for y in (2025, 2023))
    label = text(es="son cubanas", en="are Cuban")
    figure = KeyFigure(now, label, before, pd.Series([25.0, float("nan"), 50.0, 75.0]), [claims])
    made = b.key_figures(figure, note=NOTHING)
    shown = first_figure(made)
    assert (shown.value, shown.change, shown.reference) == ("75.0%", "+50.0 puntos", "25.0% en 2023")
    assert element(made, KeyFigures).figures[0].spark == (25.0, None, 50.0, 75.0)
    shown = first_figure(b.key_figures(replace(figure, format="0"), note=NOTHING))
    assert (shown.value, shown.reference) == ("75%", "25% en 2023")


def test_a_preliminary_key_figure_is_sealed(briefing: Make) -> None:
    """A figure that may still change carries the seal, and its own words of comparison."""
    b = briefing("es")
    events = b.table("events_month")
    figure = KeyFigure(
        value=events.total(month="2025-01"),
        label=text(es="eventos", en="events"),
        before=events.total(month="2024-12"),
        spark=events.series("month"),
        tables=[events],
        reference=text(es="un mes antes", en="a month before"),
    )
    shown = first_figure(b.key_figures(figure, note=NOTHING))
    assert (shown.seal, shown.reference) == ("preliminar", "900 un mes antes")


def test_the_first_year_has_nothing_to_compare_with(briefing: Make) -> None:
    """Where the year before has no figure, no change is shown, and no fact is left of it."""
    b = briefing("es")
    made = b.key_figures(key_figure(b, 2023), note=NOTHING)
    shown = first_figure(made)
    assert (shown.change, shown.reference) == ("", "")
    assert [told.name for told in made.element.told()] == ["value"]


def test_a_key_figure_without_value_is_named_in_the_note(briefing: Make) -> None:
    """At an early date the figures that were not there are left out, and the note says which."""
    b = briefing("en", as_of="2025-12-31")
    note = text(es="Nota.", en="Note.")
    made = element(b.key_figures(key_figure(b, 2024), key_figure(b, 2025), note=note), KeyFigures)
    assert [figure.label.written("en") for figure in made.figures] == ["claims, 2024"]
    assert made.note.written("en") == "Note. No figure in the tables of this briefing at this cut-off: claims, 2025."


def test_a_front_page_without_figures_is_refused(briefing: Make) -> None:
    """Before anything was published there is no front page to show."""
    b = briefing(as_of="2001-01-01")
    with pytest.raises(ElementError, match="no key figure has a value at this date: choose a later as_of"):
        b.key_figures(key_figure(b, 2025), note=NOTHING)


def test_a_chart_has_texts_source_data_and_pictures(briefing: Make) -> None:
    """A full chart is drawn twice, and carries the values drawn and a source line made of the metadata."""
    b = briefing("es")
    claims = b.table("claims_year")
    data = pd.DataFrame({"Cuba": [1500.4, float("nan")]}, index=pd.Index([2024, 2025], name="Año"))
    chart = element(b.chart(draw, **chart_texts(), tables=[claims, claims], data=data), Chart)
    assert chart.svg.lstrip().startswith("<svg")
    assert chart.narrow_svg not in {"", chart.svg}
    assert chart.data.written("es") == WrittenData(("Año", "Cuba"), (("2024", "1,500.4"), ("2025", "s/d")))
    assert chart.data.columns == (Column("Cuba", "persons"),)
    assert chart.source.written("es") == (
        "Fuente: Editor de claims_year, versión del 25 jun 2026; consulta 22 nov 2026. Licencia CC BY 4.0."
    )
    assert chart.tables == ("claims_year",)
    assert chart.download is True


def test_a_half_chart_is_drawn_once(briefing: Make) -> None:
    """A half-width chart already fits a phone."""
    b = briefing()
    made = b.chart(draw, **chart_texts(), tables=[b.table("claims_year")], data=DRAWN, width="half")
    assert element(made, Chart).narrow_svg == ""


def test_a_table_that_must_not_be_republished_cannot_be_downloaded(briefing: Make) -> None:
    """One restricted table among those of a chart takes the download away; both sources are named."""
    b = briefing("en")
    tables = [b.table("claims_year"), b.table("crimes_period")]
    made = b.chart(draw, **chart_texts(), tables=tables, data=DRAWN, width="half", unit="persons")
    chart = element(made, Chart)
    assert chart.download is False
    assert chart.source.written("en").startswith("Sources: Publisher of claims_year, version of 25 Jun 2026")
    assert chart.source.written("en").endswith(
        "; Publisher of crimes_period, version of 2023; accessed 22 Nov 2026. Use: quoted with source."
    )


def test_months_and_shares_in_the_data_of_a_chart(briefing: Make) -> None:
    """The data beside a chart write months as months and shares as percentages."""
    b = briefing("en")
    data = pd.DataFrame({"share": [49.06]}, index=pd.to_datetime(["2025-04-01"]))
    assert written_rows(b, data, unit="percent") == [("2025-04", "49.1%")]


def test_small_values_in_the_data_of_a_chart_do_not_read_as_zero(briefing: Make) -> None:
    """Hundredths beside tens, and shares of less than a tenth, keep their first digit: the CSV file is made of this."""
    b = briefing("en")
    data = pd.DataFrame({"rate": [49.06, 0.01, 0.0]}, index=[2023, 2024, 2025])
    assert [value for _, value in written_rows(b, data)] == ["49.1", "0.01", "0.0"]
    assert [value for _, value in written_rows(b, data, unit="percent")] == ["49.1%", "0.01%", "0.0%"]


def written_rows(b: Briefing, data: pd.DataFrame, **more: Any) -> list[tuple[str, ...]]:
    """The data of a chart of events as a page prints them."""
    made = b.chart(draw, **chart_texts(), tables=[b.table("events_month")], data=data, width="half", **more)
    return [*element(made, Chart).data.written("en").rows]


def test_the_unit_of_a_chart_is_that_of_its_tables_or_is_said(briefing: Make) -> None:
    """Tables that count alike need no word; of those that do not, or of none, the error says what to write."""
    b = briefing()
    claims, deaths = b.table("claims_year"), b.table("deaths_year")
    data = pd.DataFrame({"a": [1.0], "b": [2.0]})

    def units(tables: list[Table], **said: Any) -> list[str]:
        made = b.chart(draw, **chart_texts(), tables=tables, data=data, width="half", **said)
        return [column.unit for column in element(made, Chart).data.columns]

    assert units([claims, claims]) == ["persons", "persons"]
    assert units([claims, deaths], unit="percent") == ["percent", "percent"]
    assert units([deaths], unit={"a": "persons", "b": "percent"}) == ["persons", "percent"]
    for tables, named in (([claims, deaths], "dead_and_missing, persons"), ([b.inventory()], "none")):
        with pytest.raises(ElementError, match=rf"not plain from its tables \({named}\): say it, unit='percent'"):
            units(tables)


def test_a_chart_knows_its_form(briefing: Make) -> None:
    """The name of the function that drew it; a chart that an author drew has none."""
    b = briefing()
    data = b.table("claims_year").series("year").to_frame("Personas")
    tables = [b.table("claims_year")]
    drawn = b.chart(
        lambda w: charts.lines(data, unit="personas", language="es", width=w),
        **chart_texts(),
        tables=tables,
        data=data,
    )
    assert element(drawn, Chart).form == "lines"
    assert element(b.chart(draw, **chart_texts(), tables=tables, data=data), Chart).form == ""


def test_a_chart_higher_than_a_page_is_refused(briefing: Make) -> None:
    """Sixty rows are an error that names the chart and says to draw fewer."""
    b = briefing()
    rows = pd.Series({f"Fila {i}": i for i in range(60)})
    with pytest.raises(ElementError, match=r"the chart '.*' is \d+ points high, a page takes \d+: draw fewer rows"):
        b.chart(
            lambda w: charts.ranked_bars(rows, language="es", width=w),
            **chart_texts(),
            tables=[b.table("claims_year")],
            data=rows.to_frame(),
            unit="persons",
        )


def test_a_chart_lists_the_claims_that_gave_way(briefing: Make) -> None:
    """A title whose condition fails is listed with its slot, and its numbers are facts."""
    b = briefing()
    received = b.table("claims_year").total(year=2025)
    title = claim(when=False, es="Subió.", en="Up.", neutral_es="{n} casos.", neutral_en="{n} cases.", n=received)
    made = b.chart(
        draw,
        **{**chart_texts(), "title": title},
        tables=[b.table("claims_year")],
        data=DRAWN,
        width="half",
    )
    chart = element(made, Chart)
    assert chart.title.written("es") == "400 casos."
    assert chart.neutral == ["title"]
    assert [(told.slot, told.fact.value) for told in chart.told()] == [("title", 400)]


def test_a_table_of_quantities(briefing: Make) -> None:
    """Cells follow the format of their column; withheld ones are dashes; each number is a fact with its cell."""
    b = briefing("es")
    claims, states = b.table("claims_year"), b.table("states")
    cuban, every = claims.total(year=2024, nationality="CUB"), claims.total(year=2024)
    few = rate(claims.total(year=2024, nationality="NA"), states.total(state_code="MX-CHP"))
    made = b.chart_table(
        title=text(es="Por nacionalidad, {y}", en="By nationality, {y}", y=2024),
        head=["País", "Casos", "%", "Tasa"],
        rows=[["Cuba", cuban, share(cuban, every), few], ["Total", every, "", ""]],
        formats=["", "", "0", "1"],
        tables=[claims],
        total=True,
    )
    table = element(made, ShownTable)
    assert written_cells(table) == [["Cuba", "150", "43%", "–"], ["Total", "352", "", ""]]
    assert table.align == ("left", "right", "right", "right")
    told = [*table.told()]
    assert [(each.slot, each.name) for each in told] == [
        ("row 1", "column 2"),
        ("row 1", "column 3"),
        ("row 1", "column 4"),
        ("row 2", "column 2"),
    ]
    assert told[2].fact.missing == "too_few"


def test_a_cell_without_data_states_nothing(briefing: Make) -> None:
    """A figure that was not published at the date is a dash, and no fact that its later publication would refute."""
    b = briefing("es")
    claims = b.table("claims_year")
    later = claims.total(year=2030, nationality="CUB")
    title = text(es="Por año", en="By year")
    made = b.chart_table(title=title, head=["País", "Casos"], rows=[["Cuba", later]], formats=["", ""], tables=[claims])
    table = element(made, ShownTable)
    assert written_cells(table) == [["Cuba", "–"]]
    assert [*table.told()] == []


def test_a_row_longer_than_its_formats_is_refused(briefing: Make) -> None:
    """Each column needs its format."""
    b = briefing()
    with pytest.raises(ElementError, match="formats has 1 entries and head 2: give one a column"):
        b.chart_table(title=text(es="T", en="T"), head=["a", "b"], rows=[["x", "y"]], formats=[""], tables=[])


def test_a_pair_takes_one_element_or_several(briefing: Make) -> None:
    """Each column of a pair is an element or a list of them."""
    b = briefing()
    one = b.finding(text(es="Uno.", en="One."))
    pair = element(b.pair(one, [one, one]), Pair)
    assert (len(pair.left), len(pair.right)) == (1, 2)


def test_the_method_page_states_the_cut_off_by_itself(briefing: Make) -> None:
    """The rule of the cut-off date comes first among the calculations; empty texts are left out."""
    b = briefing("en")
    received = text(es="{n}.", en="{n} claims.", n=b.table("claims_year").total(year=2025))
    term = text(es="Término.", en="Term.")
    made = b.method(definitions=[(term, received)], calculation=[(term, claim(when=False, es="a", en="a"))], limits=[])
    method = element(made, Method)
    definitions, calculation = method.groups
    assert [(i.term.written("en"), i.text.written("en")) for i in definitions.items] == [("Term.", "400 claims.")]
    (cutoff,) = calculation.items
    assert cutoff.term.written("en") == "Cut-off date."
    assert "been published by 30 June 2026. The values are those of the version" in cutoff.text.written("en")
    assert [told.fact.value for told in method.told()] == [400]


def test_sources_are_the_tables_that_were_asked_for(briefing: Make) -> None:
    """Every table used stands once, in the order of use, with what was visible of it."""
    b = briefing("en", as_of="2025-12-31")
    for name in ("deaths_year", "states", "claims_year", "deaths_year"):
        b.table(name)
    rows = element(b.sources(), Sources).tables
    assert [(row.table, row.span, row.printed) for row in rows] == [
        ("deaths_year", ("2023", "2025-09-08"), True),
        ("states", None, True),
        ("claims_year", ("2023", "2024"), True),
    ]
    assert rows[2].publisher == "Publisher of claims_year"
    assert rows[2].source_id == "source-of-claims_year"


def test_both_languages_leave_the_same_facts(briefing: Make) -> None:
    """Whatever the language, an element leaves the same facts."""

    def facts(language: str) -> list[Any]:
        b = briefing(language)
        received = b.table("claims_year").total(year=2025)
        label = text(es="{n} casos en {y}", en="in {y}, {n} cases", n=received, y=2025)
        shown = [
            b.headline(label, label),
            b.finding(label),
            b.key_figures(key_figure(b, 2025), note=label),
            b.chart(
                draw,
                **{**chart_texts(), "alt": label},
                tables=[b.table("claims_year")],
                data=DRAWN,
                width="half",
            ),
        ]
        return [[*made.element.told()] for made in shown]

    spanish, english = (facts(language) for language in LANGUAGES)
    assert spanish == english
    assert all(spanish)


def test_numbers_in_notes_are_facts(briefing: Make) -> None:
    """A number in a note, or in the words of a comparison, is printed and so must be a fact."""
    b = briefing()
    note = text(es="Son {n}.", en="They are {n}.", n=b.table("claims_year").total(year=2023))
    shown = [
        b.key_figures(key_figure(b, 2025), note=note),
        b.key_figures(key_figure(b, 2025, reference=note), note=NOTHING),
        b.chart(
            draw, **chart_texts(), tables=[b.table("claims_year")], data=DRAWN, width="half", note=note, unit="persons"
        ),
        b.chart_table(title=text(es="T", en="T"), head=["a"], rows=[], formats=[""], tables=[], note=note),
    ]
    assert all("n" in [told.name for told in made.element.told()] for made in shown)


def test_a_table_with_nothing_in_sight_is_not_printed_among_the_sources(briefing: Make) -> None:
    """A source that had published nothing by the date is not cited."""
    b = briefing("en", as_of="2015-12-31")
    assert b.table("crimes_period").empty
    assert [row.printed for row in element(b.sources(), Sources).tables] == [False]


def test_the_inventory_is_one_source_and_records_every_table(briefing: Make) -> None:
    """The data package stands first among the sources; its other tables are recorded, so that a change is noticed."""
    b = briefing("en")
    claims, inventory = b.table("claims_year"), b.inventory()
    assert b.inventory() is inventory
    rows = element(b.sources(), Sources).tables
    assert [(row.table, row.printed) for row in rows] == [
        ("datapackage", True),
        ("claims_year", True),
        ("deaths_year", False),
        ("events_month", False),
        ("crimes_period", False),
        ("states", False),
    ]
    assert rows[0].publisher == "Data package of these briefings"
    assert rows[0].span == ("2016", "2025")
    assert rows[0].licence == "that of each table"
    made = b.chart(draw, **chart_texts(), tables=[inventory, claims], data=DRAWN, width="half")
    chart = element(made, Chart)
    assert chart.tables == ("datapackage", "claims_year")
    assert chart.source.written("en").startswith(
        f"Sources: Data package of these briefings, version {inventory.version}"
    )


def test_without_an_inventory_only_the_tables_used_are_recorded(briefing: Make) -> None:
    """A briefing that does not audit the package does not depend on all of it."""
    b = briefing()
    b.table("claims_year")
    assert [row.table for row in element(b.sources(), Sources).tables] == ["claims_year"]


# -- breaks of series -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_figure_is_not_compared_across_a_break(widened: Make, language: Language) -> None:
    """It shows no change and nothing to compare with, its small chart has a gap, and the note says why, once."""
    b = widened(language)
    made = element(b.key_figures(key_figure(b, 2025), note=text(es="Nota.", en="Note.")), KeyFigures)
    (figure,) = made.figures
    shown = figure.written(language)
    assert (shown.value, shown.change, shown.reference) == ("400", "", "")
    assert figure.spark == (400, 352, None, 400)
    assert made.note.written(language) == ("Nota. " + WIDENED_ES if language == "es" else "Note. " + WIDENED_EN)
    assert [told.name for told in made.told()] == ["value"]


def test_a_key_figure_within_one_count_is_compared(widened: Make) -> None:
    """The years before the break are compared as ever; only the small chart, if it reaches over it, is parted."""
    b = widened()
    before_the_break = pd.Series({2022: 410.0, 2023: 400.0, 2024: 352.0})
    figure = replace(key_figure(b, 2024), spark=before_the_break)
    made = element(b.key_figures(figure, note=text(es="Nota.", en="Note.")), KeyFigures)
    assert made.figures[0].written("es").change == "\u221212.0%"
    assert (made.figures[0].spark, made.note.written("es")) == ((410, 400, 352), "Nota.")


def test_a_small_chart_of_two_points_is_not_drawn_and_not_explained(widened: Make) -> None:
    """Fewer than three points leave no values to draw, and no sentence on a break that nobody sees."""
    b = widened()
    figure = replace(key_figure(b, 2025), before=None, spark=b.table("claims_year").series("year").loc[2024:])
    made = element(b.key_figures(figure, note=text(es="Nota.", en="Note.")), KeyFigures)
    assert (made.figures[0].spark, made.note.written("es")) == ((), "Nota.")


@pytest.mark.parametrize("years", [range(2023, 2025), range(2023, 2026)])
def test_a_chart_over_a_break_says_so_and_is_drawn_as_two(widened: Make, years: range) -> None:
    """The sentence is added to the note where the years of the data reach over the break, and nowhere else."""
    b = widened()
    claims = b.table("claims_year")
    data = claims.series("year").loc[years[0] : years[-1]].to_frame("Personas")
    drawn: list[Axes] = []

    def draw_lines(width: Any) -> Axes:
        drawn.append(charts.lines(data, unit="personas", language="es", width=width))
        return drawn[-1]

    made = b.chart(draw_lines, **chart_texts(), tables=[claims], data=data, note=text(es="Nota.", en="Note."))
    over = years[-1] == 2025
    assert note_of(made) == ("Nota. " + WIDENED_ES if over else "Nota.")
    for axes in drawn:
        (line,) = [line for line in axes.lines if line.get_label() == "Personas"]
        assert int(pd.isna(line.get_ydata()).sum()) == over


def test_a_note_that_says_it_is_not_repeated(widened: Make) -> None:
    """An author who prints the sentence of the break has it once."""
    b = widened()
    claims = b.table("claims_year")
    said = break_between(claims.total(year=2025), claims.total(year=2024))
    data = claims.series("year").to_frame("Personas")
    assert note_of(b.chart(draw, **chart_texts(), tables=[claims], data=data, note=said)) == WIDENED_ES


def test_a_chart_without_periods_says_nothing_of_breaks(widened: Make) -> None:
    """Categories lie on no side; years in the columns do."""
    b = widened()
    claims = b.table("claims_year")
    of_one_year = claims.series("nationality", year=2025).to_frame("Personas")
    assert note_of(b.chart(draw, **chart_texts(), tables=[claims], data=of_one_year)) == ""
    of_two = claims.pivot("nationality", "year").loc[["CUB", "HND"], [2024, 2025]]
    assert note_of(b.chart(draw, **chart_texts(), tables=[claims], data=of_two)) == WIDENED_ES


def test_a_table_over_a_break_says_so(widened: Make) -> None:
    """Beside each other in a row or a column, or withheld for it: the note has the sentence; a withheld cell a dash."""
    b = widened()
    claims = b.table("claims_year")
    one, two, three = (claims.total(year=year) for year in (2023, 2024, 2025))

    def note(*rows: Sequence[Any]) -> tuple[str, list[str]]:
        made = b.chart_table(
            title=text(es="T", en="T"),
            head=[""] * len(rows[0]),
            rows=rows,
            formats=[""] * len(rows[0]),
            tables=[claims],
        )
        return note_of(made), [row[-1] for row in written_cells(element(made, ShownTable))]

    assert note(["a", one, two]) == ("", ["352"])
    assert note(["a", two, three]) == (WIDENED_ES, ["400"])
    assert note(["a", two], ["b", three])[0] == WIDENED_ES
    assert note(["a", three, change(three, two)]) == (WIDENED_ES, ["–"])
