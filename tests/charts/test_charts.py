"""What the charts say: heights, order, labels, and that no label meets another or leaves the figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import FancyBboxPatch

from analysis.charts import (
    Event,
    Span,
    bars,
    dumbbell,
    heat,
    lines,
    ranked_bars,
    rounds,
    small_multiples,
    stacked_area,
    stacked_bars,
    tile_map,
    timeline,
)
from analysis.charts.style import broken_at, to_svg
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, TOKENS, Width
from analysis.mexico import COUNTRY
from analysis.values.texts import Named
from analysis.values.texts import text as say
from tests.charts.bad_tables import LONG_NAMES
from tests.charts.drawing import areas, columns, faults, said, text_boxes
from tests.charts.inks import ink_of
from tests.promises import times

NAN = float("nan")
WIDTHS: list[Width] = ["full", "half"]
BREAKS = (1, 10, 25, 100, 250)

CLAIMS = pd.DataFrame(
    {
        "Cuba": [26, 43, 796, 218, 8715, 5755, 8307, 18087, 18386, 17884, 34581],
        "Haití": [16, 47, 436, 76, 5550, 5941, 51827, 17146, 44239, 10853, 9074],
        "Honduras": [1560, 4129, 4272, 13631, 30093, 15444, 36361, 31110, 41936, 27889, 4754],
        "Venezuela": [57, 361, 4042, 6326, 7665, 3303, 6223, 14838, 5518, 5419, 14321],
    },
    index=range(2015, 2026),
)
DECISIONS = pd.DataFrame(
    {
        "Favorables": [5970, 12166, 17136, 28012, 22633, 20560, 26923, 17503],
        "No reconocidas": [1375, 2947, 5272, 9824, 13168, 7359, 6994, 4409],
        "Cerradas sin decisión de fondo": [4899, 9600, 4400, 20200, 29600, 26900, 35800, 79992],
    },
    index=range(2018, 2026),
)
RATES = pd.DataFrame(
    {"2024": [90.2, 68.2, 79.1, 28.0], "2025": [93.1, 77.0, 73.4, 34.2]},
    index=["Haití", "Cuba", "El Salvador", "Colombia"],
)
CAUSES = pd.DataFrame(
    {
        "Ahogamiento": [2, 41, 50, 66, 53, 102, 84, 73, 136, 135, 77, 12],
        "Transporte peligroso": [4, 44, 56, 58, 57, 72, 23, 104, 93, 151, 55, 4],
        "Violencia": [4, 18, 8, 12, 12, 23, 7, 58, 16, 50, 45, 10],
    },
    index=range(2014, 2026),
)
SAID = pd.DataFrame(
    {
        "Su llegada perjudica al país": [60.7, 51.4, 46.8],
        "No son buenas para la economía": [66.3, 54.6, 44.6],
        "Compiten por los empleos": [50.6, 49.6, 50.5],
        "Aumentan el crimen": [65.2, 51.9, 55.9],
    },
    index=[2020, 2023, 2024],
)
WAVES = pd.DataFrame({"Límites": [39.7, 40.6, 42.5, NAN, 40.3]}, index=[1996, 2000, 2005, 2012, 2018])
CRIMES = pd.Series({"Chiapas": 1712, "Hidalgo": 491, "Oaxaca": 1310, "San Luis Potosí": 442})
YEARLY = pd.Series({2016: 854, 2018: 1414, 2019: 561, 2020: 110, 2021: 841, 2022: 1136})
STATES = pd.Series(
    dict.fromkeys((state.code for state in COUNTRY.tiles), 0) | {"MX-COA": 397, "MX-CHP": 250, "MX-SON": 14}
)
COVERAGE = pd.DataFrame(
    [[0, 7, 7, 12], [4, 4, 0, 0], [1, 2, NAN, 3]],
    index=["UPM", "ONU DAES", "Departamento de Estado de EE. UU."],
    columns=["antes", 2023, 2024, 2025],
)
ROUNDS = pd.DataFrame(
    {
        "start": pd.to_datetime(["2018-12-20", "2023-08-01", "2024-01-01", "2025-06-01", "2025-09-01"]),
        "end": pd.to_datetime(["2018-12-21", "2023-08-31", "2024-03-31", "2025-08-31", "2025-10-31"]),
        "value": [393, 279, 367, 815, 548],
    },
    index=[
        "Tijuana",
        "Ciudad Juárez",
        "Ciudad Juárez",
        "Cinco ciudades de la frontera",
        "Cinco ciudades de la frontera",
    ],
)
EVENTS = [
    Event(date(2020, 3, 20), "Pandemia"),
    Event(date(2023, 5, 11), "Fin del Título 42"),
    Event(date(2025, 1, 20), "Cierre de CBP One"),
]


def children() -> pd.DataFrame:
    """Events of children by month, January 2018 to April 2025, in a shape like that of the real ones."""
    months = pd.date_range("2018-01-01", "2025-04-01", freq="MS")
    wave = np.abs(np.sin(np.arange(len(months)) / 9)) * 9000 + 700
    young = pd.Series(np.round(wave), index=months)
    young.iloc[-4:] = [2400, 900, 500, 450]
    return pd.DataFrame({"0 a 11 años": young, "12 a 17 años": np.round(young * 0.6)})


DRAWN: dict[str, Callable[[Width], Axes]] = {
    "lines": lambda w: lines(
        CLAIMS, unit="personas", language="es", width=w, focus="Cuba", spans=[Span(2020, 2020, "Pandemia, 2020")]
    ),
    "lines with events": lambda w: lines(
        CLAIMS, unit="personas", language="es", width=w, events=[*EVENTS[:2], Event(2024, "Otro hecho")]
    ),
    "stacked_bars": lambda w: stacked_bars(DECISIONS, unit="personas", language="es", width=w),
    "stacked_area": lambda w: stacked_area(
        children(), unit="eventos", language="es", width=w, preliminary_from=date(2025, 1, 1), events=EVENTS
    ),
    "ranked_bars": lambda w: ranked_bars(CRIMES, language="es", width=w, other=("Otras 28 entidades", 134)),
    "bars": lambda w: bars(YEARLY, language="es", width=w, incomplete={2020: "ene–jun"}),
    "small_multiples": lambda w: small_multiples(
        CAUSES, language="es", width=w, key="Personas fallecidas o desaparecidas", incomplete={2025: "Año incompleto"}
    ),
    "rounds": lambda w: rounds(
        SAID, language="es", width=w, key="México", reference=("Mediana de los países", SAID + 6)
    ),
    "rounds of one question": lambda w: rounds(WAVES, language="es", width=w),
    "dumbbell": lambda w: dumbbell(RATES, language="es", width=w),
    "tile_map": lambda w: tile_map(STATES, language="es", breaks=BREAKS, width=w, highlight="MX-COA"),
    "heat": lambda w: heat(COVERAGE, language="es", breaks=(1, 2, 3, 5, 10), width=w),
    "timeline": lambda w: timeline(ROUNDS, language="es", width=w),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", DRAWN)
def test_no_label_meets_another_or_leaves_the_figure(chart: str, width: Width) -> None:
    """In each chart, at both widths, all texts are apart and whole."""
    assert faults(DRAWN[chart](width)) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", DRAWN)
def test_a_chart_is_as_wide_as_the_page_grid(chart: str, width: Width) -> None:
    """A figure is 504 or 243 points wide, never scaled later."""
    assert DRAWN[chart](width).figure.get_size_inches()[0] * 72 == pytest.approx({"full": 504, "half": 243}[width])


@pytest.mark.parametrize("chart", DRAWN)
def test_drawing_changes_no_setting(chart: str) -> None:
    """Settings of matplotlib and pyplot's figures are the same after drawing and exporting as before."""
    before = dict(mpl.rcParams)
    to_svg(DRAWN[chart]("half"))
    assert dict(mpl.rcParams) == before
    assert plt.get_fignums() == []


@pytest.mark.parametrize("chart", DRAWN)
def test_a_users_settings_do_not_change_a_chart(chart: str) -> None:
    """A chart drawn under other settings is the same to the byte."""
    expected = to_svg(DRAWN[chart]("half"))
    with mpl.rc_context({"font.size": 20, "axes.grid": True, "text.color": "red", "svg.fonttype": "path"}):
        assert to_svg(DRAWN[chart]("half")) == expected


@pytest.mark.parametrize("chart", DRAWN)
def test_a_width_that_there_is_not_is_named(chart: str) -> None:
    """Every form says which there are."""
    with pytest.raises(ChartError, match="width is 'third': it must be one of 'full', 'half'"):
        DRAWN[chart]("third")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda: Event("2020-03", "covid"),
            r"date is '2020-03', which is no day and no year: write charts\.Event\(date\(2020, 3, 11\), b",
        ),
        (lambda: Event(2020, say("a", "b")), r"label is of type Text, and a drawing has one language: .*b\.label\("),
        (lambda: Event(2020, Named("a", "b")), "label is of type Named"),
        (
            lambda: Span("2020-03", 2021, "covid"),
            r"start is '2020-03', which is no day and no year: write charts\.Span\(",
        ),
        (lambda: Span(2020, None, "covid"), "end is None, which is no day"),
        (lambda: Span(2021, 2020, "covid"), "the span 'covid' ends before it begins: write its first day first"),
    ],
)
def test_a_mark_is_of_days_and_has_a_name(make: Callable[[], object], sentence: str) -> None:
    """What is none says how one is made, where it is made."""
    with pytest.raises(ChartError, match=sentence):
        make()


class TestLines:
    """Lines over years and months."""

    def test_the_values_are_those_of_the_table(self) -> None:
        """Each line has the values of its column, in order."""
        axes = DRAWN["lines"]("full")
        drawn = {line.get_label(): list(line.get_ydata()) for line in axes.get_lines() if line.get_label() in CLAIMS}
        assert drawn == {name: CLAIMS[name].tolist() for name in CLAIMS}

    def test_each_series_ends_with_name_and_value(self) -> None:
        """Name and last value of each series stand at the right end."""
        texts = said(DRAWN["lines"]("half"))
        for name in CLAIMS:
            assert name in texts
            assert f"{CLAIMS[name].iloc[-1]:,}" in texts

    def test_end_labels_keep_the_order_of_the_values(self) -> None:
        """Names at the right end stand in the order of their values, at least 9 points apart."""
        boxes = dict(text_boxes(DRAWN["lines"]("full")))
        heights = [boxes[name].y0 for name in ("Honduras", "Haití", "Venezuela", "Cuba")]
        assert all(above - below >= 9 for below, above in pairwise(heights))

    def test_the_values_of_the_axis_keep_clear_of_markers(self) -> None:
        """The first marker, beside a gridline, does not lie on the value of that line."""
        shares = pd.DataFrame(
            {"Niñez": [22.3, 29.3, 13.7, 25.1], "Niñas": [36.8, 41.6, 36, 43]}, index=range(2018, 2022)
        )
        drawing = ink_of(lines(shares, unit="%", language="es", width="half"))
        assert "20" in dict(drawing.texts)
        assert not any(box.overlaps(marker) for _, box in drawing.texts for marker in drawing.markers)

    @pytest.mark.parametrize(
        ("width", "named"), [("full", ["Haití 51,827", "Haití 44,239"]), ("half", ["Haití 51,827"])]
    )
    def test_the_most_prominent_peaks_are_named(self, width: Width, named: list[str]) -> None:
        """Up to three peaks carry name and value at full width, one at half width; that of Honduras has no room."""
        peaks = [text for text in said(DRAWN["lines"](width)) if text.split(" ")[0] in CLAIMS and "," in text]
        assert peaks == named

    def test_a_lesser_peak_does_not_pass_for_the_greatest(self) -> None:
        """Where the greatest peak has no room between two events, no peak is named."""
        months = pd.date_range("2020-01-01", periods=40, freq="MS")
        values = np.full(40, 100.0)
        values[[10, 26]] = 4000, 9000
        data = pd.DataFrame({"Eventos": values}, index=months)
        around = [Event(date(2022, 2, 1), "Uno"), Event(date(2022, 4, 20), "Dos")]
        texts = said(lines(data, unit="eventos", language="es", width="half", peaks=2, events=around))
        assert not [text for text in texts if ": " in text]
        assert "mar 2022: 9,000" in said(lines(data, unit="eventos", language="es", width="half"))

    def test_the_end_of_a_line_is_not_named_as_its_peak_too(self) -> None:
        """A series that ends before the others, on its highest value, has its number once."""
        short = [100.0, 200, 3000, 400, 5000, np.nan]
        data = pd.DataFrame({"Haití": short, "Cuba": [90.0, 95, 80, 85, 90, 95]}, index=range(2015, 2021))
        texts = said(lines(data, unit="personas", language="es", width="half", peaks=2))
        assert sum("5,000" in text for text in texts) == 1

    def test_the_highest_of_a_series_is_named_before_its_lesser_peaks(self) -> None:
        """Honduras' 36,361 of 2021 falls little to 2022: without it, 30,093 would pass for the highest."""
        until_2022 = CLAIMS.loc[:2022]
        alone = said(lines(until_2022[["Honduras"]], unit="personas", language="es", peaks=1))
        assert "36,361" in alone
        assert "30,093" not in alone
        inside_another = said(lines(until_2022, unit="personas", language="es", peaks=3))
        assert "Haití 51,827" in inside_another
        assert not {"Honduras 36,361", "Honduras 30,093"} & set(inside_another)  # the former has no room

    def test_a_second_row_of_events_makes_the_figure_higher(self) -> None:
        """Events whose texts need two rows do not press the plot."""
        far = lines(CLAIMS, unit="personas", language="es", width="half", events=EVENTS[:1])
        near = [Event(date(2021, 3, 20), "Un hecho largo"), Event(date(2021, 9, 1), "Otro hecho largo")]
        more = lines(CLAIMS, unit="personas", language="es", width="half", events=[EVENTS[0], *near])
        assert more.figure.get_size_inches()[1] > far.figure.get_size_inches()[1]

    def test_only_the_top_gridline_names_the_unit(self) -> None:
        """Two to four round values, the unit on the highest, no zero."""
        texts = said(DRAWN["lines"]("full"))
        assert texts[:2] == ["20,000", "40,000 personas"]
        assert "0" not in texts

    def test_the_focus_is_the_strongest_line(self) -> None:
        """The line in focus is 2.6 points wide, the others 1.6."""
        widths = {line.get_label(): line.get_linewidth() for line in DRAWN["lines"]("full").get_lines()}
        assert [widths[name] for name in CLAIMS] == [2.6, 1.6, 1.6, 1.6]

    def test_years_all_at_full_width_three_at_half(self) -> None:
        """Each year at full width; first, middle and last at half width."""
        assert [t for t in said(DRAWN["lines"]("full")) if t.isdigit()] == [str(y) for y in range(2015, 2026)]
        assert [t for t in said(DRAWN["lines"]("half")) if t.isdigit()] == ["2015", "2020", "2025"]

    def test_a_missing_year_is_a_gap_not_a_zero(self) -> None:
        """No line crosses a year without data, which says s/d; n/a in English."""
        data = pd.DataFrame({"Cuba": [9.0, 8.0, 7.0, 9.0]}, index=[2016, 2017, 2020, 2021])
        axes = lines(data, unit="personas", language="es")
        drawn = next(line for line in axes.get_lines() if line.get_label() == "Cuba")
        np.testing.assert_array_equal(drawn.get_ydata(), [9, 8, NAN, NAN, 7, 9])
        assert "s/d" in said(axes)
        assert "n/a" in said(lines(data, unit="persons", language="en"))

    def test_a_series_that_ends_early_says_its_year(self) -> None:
        """A last value of an earlier year carries that year."""
        data = pd.DataFrame({"Cuba": [9.0, 8.0, 7.0], "Haití": [1.0, 2.0, NAN]}, index=[2019, 2020, 2021])
        assert "2 (2020)" in said(lines(data, unit="personas", language="es"))

    def test_a_point_that_no_line_touches_is_named(self) -> None:
        """A year between two gaps has no line to its name, so it carries name and value."""
        data = pd.DataFrame(
            {
                "ONU": [NAN, NAN, 3000.0, NAN, NAN, NAN, 4000.0],
                "ACNUR": [9000.0, 9100.0, 9000.0, 9100.0, 9000.0, 9100.0, 9000.0],
            },
            index=range(2018, 2025),
        )
        assert "ONU 3,000" in said(lines(data, unit="personas", language="es", peaks=0))
        assert "ONU 3,000" in said(lines(data, unit="personas", language="es", peaks=0, width="half"))

    def test_marks_after_the_data_are_left_out(self) -> None:
        """An edition of 2022 does not show what happened in 2023."""
        texts = said(lines(CLAIMS.loc[:2022], unit="personas", language="es", events=EVENTS))
        assert "mar 2020 Pandemia" in texts
        assert not [text for text in texts if "Título 42" in text or "CBP" in text]

    def test_an_event_says_its_date_first(self) -> None:
        """Date, then name, in the language of the chart."""
        texts = said(lines(CLAIMS, unit="persons", language="en", events=[Event(date(2023, 5, 11), "End of Title 42")]))
        assert "May 2023 End of Title 42" in texts

    def test_negative_values_have_a_zero_line(self) -> None:
        """Below zero the values carry a true minus and the axis shows zero."""
        axes = lines(pd.DataFrame({"Saldo": [-5000, 2000, -12000]}, index=range(2020, 2023)), unit="", language="es")
        assert "−12,000" in said(axes)
        low, high = axes.get_ylim()
        assert low < -12000 < 0 < 2000 < high
        assert any(list(line.get_ydata()) == [0, 0] for line in axes.get_lines())

    def test_a_peak_at_the_start_is_named(self) -> None:
        """The first value can be a peak; the last has its own label."""
        data = pd.DataFrame({"Cuba": [900, 100, 500]}, index=[2020, 2021, 2022])
        assert said(lines(data, unit="personas", language="es"))[-1] == "900"

    def test_months_name_their_peak(self) -> None:
        """By month a peak carries its month."""
        data = pd.DataFrame({"Eventos": children()["0 a 11 años"]})
        month = data["Eventos"].idxmax()
        texts = said(lines(data, unit="eventos", language="en", peaks=1))
        assert texts[-1].startswith(f"{month:%b %Y}: ")

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (pd.DataFrame({"Cuba": []}, index=pd.Index([], dtype=int)), "no rows to draw"),
            (pd.DataFrame({"Cuba": [NAN]}, index=[2020]), "no rows to draw"),
            (pd.DataFrame({"Cuba": [1, 2]}, index=[2020, 2020]), "2020 twice"),
            (pd.DataFrame({"Cuba": [1]}, index=["2020"]), "not years"),
            (pd.DataFrame({str(i): [1] for i in range(6)}, index=[2020]), "too many"),
        ],
    )
    def test_what_cannot_be_drawn_is_refused_in_one_sentence(self, data: pd.DataFrame, reason: str) -> None:
        """An empty table, a year twice, an index of text or six series: an error that says so."""
        with pytest.raises(ValueError, match=reason):
            lines(data, unit="personas", language="es")

    def test_an_unknown_focus_is_refused(self) -> None:
        """A focus that is no column is an error that lists the columns."""
        with pytest.raises(ValueError, match="'Perú' is no column: use one of Cuba, Haití, Honduras, Venezuela"):
            lines(CLAIMS, unit="personas", language="es", focus="Perú")

    def test_four_events_are_too_many(self) -> None:
        """At most three events stand in one chart."""
        with pytest.raises(ValueError, match="4 events"):
            lines(CLAIMS, unit="personas", language="es", events=[*EVENTS, Event(2024, "Otro")])

    @pytest.mark.parametrize(
        ("marked", "sentence"),
        [
            ({"events": [("2020-01", "covid")]}, r"events holds \('2020-01', 'covid'\): write charts\.Event\(date"),
            ({"events": Event(2020, "covid")}, r"events is of type Event: give a list, events=\[\.\.\.\]"),
            ({"events": "covid"}, "events is of type str: give a list"),
            ({"spans": [Event(2020, "covid")]}, r"spans holds Event\(.*: write charts\.Span\(date\("),
        ],
    )
    def test_what_is_no_mark_is_answered_with_how_one_is_made(self, marked: dict[str, Any], sentence: str) -> None:
        """Pairs, a single mark, and marks of the other kind; areas, which share them, say the same."""
        with pytest.raises(ChartError, match=sentence):
            lines(CLAIMS, unit="personas", language="es", **marked)

    @pytest.mark.parametrize("day", [date(2015, 1, 1), date(2015, 2, 3), date(2025, 11, 30)])
    def test_an_event_near_an_end_is_a_line(self, day: date) -> None:
        """Before the middle of the first year or after that of the last, an event stands at the end of the plot."""
        axes = lines(CLAIMS, unit="personas", language="es", events=[Event(day, "Un hecho")])
        assert any(text.endswith("Un hecho") for text in said(axes))
        assert not [patch for patch in axes.patches if to_hex(patch.get_facecolor()).upper() == COLOR["gap"]]
        assert faults(axes) == []

    def test_the_markers_of_a_long_thin_line_do_not_cut_it(self) -> None:
        """The white edge that lifts a marker off a thick line would tear those of a jagged one from it."""
        data = pd.DataFrame({"Mes": np.arange(40.0), "Promedio": np.arange(40.0) * 2}, index=range(1986, 2026))
        axes = lines(data, unit="personas", language="es", focus="Promedio")
        edges = {line.get_label(): line.get_markeredgewidth() for line in axes.lines if line.get_label() in data}
        assert edges["Mes"] == 0
        assert edges["Promedio"] > 0

    def test_a_long_line_has_few_markers(self) -> None:
        """Of forty points some are marked, the last among them, so that shapes tell the lines apart."""
        data = pd.DataFrame({"Cuba": np.arange(40.0), "Haití": np.arange(40.0) * 2}, index=range(1986, 2026))
        axes = lines(data, unit="personas", language="es")
        marked = [line.get_markevery() for line in axes.lines if line.get_label() in data]
        assert all(len(positions) < 10 and positions[-1] == 39 for positions in marked)

    def test_long_names_make_the_figure_higher(self) -> None:
        """Five names of five lines stand one above the other, none cut off."""
        data = CLAIMS.assign(Otras=5).rename(columns=lambda name: f"{name} {LONG_NAMES[1]}")
        axes = lines(data, unit="personas", language="es", width="half")
        assert axes.figure.get_size_inches()[1] * 72 > TOKENS["height_pt"]["lines"]["half"]
        assert faults(axes) == []

    def test_a_unit_without_room_is_refused(self) -> None:
        """A unit as wide as the plot is an error that says to shorten it."""
        with pytest.raises(ValueError, match=r"the unit 'Departamento .*' has no room on the axis: shorten it"):
            lines(CLAIMS, unit=LONG_NAMES[1], language="es", width="half")


class TestStackedArea:
    """Layers over months."""

    def test_layers_stand_on_each_other_from_zero(self) -> None:
        """The first layer starts at zero, the second on the first; the axis starts at zero."""
        axes = DRAWN["stacked_area"]("full")
        tops = {layer.get_label(): layer.get_datalim(axes.transData).y1 for layer in areas(axes)}
        data = children()
        assert tops["0 a 11 años"] == pytest.approx(data["0 a 11 años"].max())
        assert tops["12 a 17 años"] == pytest.approx(data.sum(axis=1).max())
        assert axes.get_ylim()[0] == 0

    @pytest.mark.parametrize("width", WIDTHS)
    def test_names_highest_and_last_total_are_written(self, width: Width) -> None:
        """Both layers, the last month with its total and its mark; no legend."""
        texts = said(DRAWN["stacked_area"](width))
        assert {"0 a 11 años", "12 a 17 años", "abr 2025: 720 (preliminar)"} <= set(texts)

    def test_the_highest_total_carries_its_month(self) -> None:
        """The peak is written with month and value."""
        totals = children().sum(axis=1)
        assert any(text.endswith(f": {totals.max():,.0f}") for text in said(DRAWN["stacked_area"]("full")))

    def test_preliminary_months_are_hatched(self) -> None:
        """One hatched area covers the preliminary months; without them there is none."""
        hatched = [c for c in areas(DRAWN["stacked_area"]("full")) if c.get_hatch()]
        assert len(hatched) == 1
        plain = stacked_area(children(), unit="eventos", language="es")
        assert not [c for c in areas(plain) if c.get_hatch()]
        assert "abr 2025: 720" in said(plain)

    def test_a_single_preliminary_month_is_seen(self) -> None:
        """When only the last month is preliminary, its hatch still has some width."""
        axes = stacked_area(children(), unit="eventos", language="es", preliminary_from=date(2025, 4, 1))
        (hatched,) = [c for c in areas(axes) if c.get_hatch()]
        assert hatched.get_datalim(axes.transData).width > 0

    def test_a_month_without_one_layer_is_a_gap(self) -> None:
        """A total with a missing part is not drawn."""
        data = children()
        data.iloc[20:23, 0] = NAN
        axes = stacked_area(data, unit="eventos", language="es")
        months = {round(x, 4) for path in areas(axes)[1].get_paths() for x, _ in path.vertices}
        assert round(2019 + 8.5 / 12, 4) not in months
        assert round(2019 + 7.5 / 12, 4) in months

    @pytest.mark.parametrize("width", WIDTHS)
    def test_a_name_inside_lies_wholly_on_its_layer(self, width: Width) -> None:
        """No part of a name stands over a gap, whatever its place."""
        data = children().iloc[:24] + 9000
        data.iloc[[5, 11, 17], 1] = NAN
        axes = stacked_area(data, unit="eventos", language="es", width=width)
        boxes = dict(text_boxes(axes))
        bands = [patch.get_window_extent() for patch in axes.patches]
        assert len(bands) == 3
        assert not [band for band in bands if boxes["0 a 11 años"].overlaps(band)]

    def test_negative_values_are_refused(self) -> None:
        """A stack cannot go below zero."""
        with pytest.raises(ValueError, match="negative"):
            stacked_area(-children(), unit="eventos", language="es")

    def test_a_month_alone_is_seen(self) -> None:
        """Between two gaps, or where there is no other, a month has some width, and its hatch too."""
        data = children().iloc[:5].astype(float)
        data.iloc[[1, 3]] = NAN
        for table in (data, data.iloc[[2]]):
            axes = stacked_area(table, unit="eventos", language="es", preliminary_from=table.index[-1].date())
            widths = [layer.get_datalim(axes.transData).width for layer in areas(axes)]
            assert len(widths) == 3
            assert min(widths) > 0

    def test_a_month_alone_after_a_break_is_seen(self) -> None:
        """The first month of a new count has some width, as the months before the break have."""
        data = children().iloc[:5]
        with broken_at([data.index[-1]]):
            axes = stacked_area(data, unit="eventos", language="es")
        parts = [path.get_extents().width for layer in areas(axes) for path in layer.get_paths()]
        assert len(parts) == 2 * len(areas(axes))
        assert min(parts) > 0

    def test_only_a_preliminary_total_is_called_so(self) -> None:
        """Where the preliminary months have no value, the last total is one that stands."""
        data = children().iloc[:5].astype(float)
        data.iloc[-1] = NAN
        axes = stacked_area(data, unit="eventos", language="es", preliminary_from=date(2018, 5, 1))
        assert [text for text in said(axes) if text.startswith("abr 2018")] == ["abr 2018: 5,832"]


class TestStackedBars:
    """Parts of a total by year."""

    def test_heights_are_the_parts_and_bars_start_at_zero(self) -> None:
        """One bar a year and part, the first part from zero."""
        axes = DRAWN["stacked_bars"]("half")
        heights = [[float(bar.get_height()) for bar in part] for part in axes.containers if len(part)]
        assert heights == [DECISIONS[name].tolist() for name in DECISIONS]
        assert {float(bar.get_y()) for bar in axes.containers[0]} == {0.0}
        assert axes.get_ylim()[0] == 0

    def test_the_last_values_stand_at_the_right(self) -> None:
        """Value and name of each part of the last bar, from bottom to top."""
        boxes = dict(text_boxes(DRAWN["stacked_bars"]("full")))
        order = sorted(("17,503", "4,409", "79,992"), key=lambda text: boxes[text].y0)
        assert order == ["17,503", "4,409", "79,992"]
        assert set(DECISIONS) <= set(said(DRAWN["stacked_bars"]("full")))

    def test_a_year_without_a_part_is_missing(self) -> None:
        """A year that lacks one part is a band with s/d, and the labels say of which year they are."""
        data = DECISIONS.astype(float)
        data.loc[2025, "Favorables"] = NAN
        axes = stacked_bars(data, unit="personas", language="es")
        assert "s/d" in said(axes)
        assert "26,923 (2024)" in said(axes)
        assert len(axes.containers[0]) == 7

    def test_an_incomplete_year_is_hatched_and_says_so(self) -> None:
        """The bar of an incomplete year is hatched in all its parts; the words stand below the year."""
        axes = stacked_bars(DECISIONS, unit="personas", language="es", incomplete={2025: "ene–jun"})
        assert [year for year, _ in columns(axes, hatched=True)] == [2025] * 3
        assert "ene–jun" in said(axes)

    def test_years_are_shortened_where_they_have_no_room(self) -> None:
        """Ten years beside long names: first and last in full, the others with an apostrophe."""
        data = pd.DataFrame({"Cerradas sin decisión de fondo": range(10)}, index=range(2016, 2026))
        years = [t for t in said(stacked_bars(data, unit="", language="es")) if t.startswith(("20", "’"))]
        assert years == ["2016", *[f"’{y}" for y in range(17, 25)], "2025"]

    def test_a_total_of_zero_is_written(self) -> None:
        """A year without any case says 0, which a missing one does not."""
        data = DECISIONS.astype(float)
        data.loc[2019] = 0
        data.loc[2020, "Favorables"] = NAN
        texts = said(stacked_bars(data, unit="personas", language="es"))
        assert texts.count("0") == 1
        assert texts.count("s/d") == 1


class TestBars:
    """One bar a year."""

    def test_each_bar_carries_its_value(self) -> None:
        """Heights and labels are the values; the axis starts at zero."""
        axes = DRAWN["bars"]("half")
        assert columns(axes) == [(year, value) for year, value in YEARLY.items() if year != 2020]
        assert {f"{value:,}" for value in YEARLY} <= set(said(axes))
        assert axes.get_ylim()[0] == 0

    def test_a_missing_year_says_so(self) -> None:
        """2017 is not in the data: one s/d, and no bar."""
        axes = DRAWN["bars"]("half")
        assert said(axes).count("s/d") == 1
        assert 2017 not in dict(columns(axes))

    def test_an_incomplete_year_is_hatched_with_its_words(self) -> None:
        """2020 is hatched and says ene–jun below the axis."""
        axes = DRAWN["bars"]("half")
        assert columns(axes, hatched=True) == [(2020, 110)]
        assert "ene–jun" in said(axes)

    def test_the_last_bar_has_its_number_beside_a_higher_one(self) -> None:
        """Wider than its bar, it begins at the edge of the higher one, however much lower its own is."""
        heights = [505, 535, 647, 806, 858, 930, 970, 1177, 1317, 1356, 1218, 1239]
        for last in (1198, 1001):
            axes = bars(pd.Series(map(float, [*heights, last]), index=range(2013, 2026)), language="es")
            (box,) = (box for text, box in text_boxes(axes) if text == f"{last:,}")
            above_its_bar = axes.transData.transform((2025, last))[1]
            assert abs(box.y0 - above_its_bar) < 8
            assert faults(axes) == []

    def test_crowded_bars_get_an_axis(self) -> None:
        """Where the values have no room there are gridlines instead, and no label meets another."""
        axes = bars(pd.Series({year: 1_000_000 + year * 100 for year in range(2000, 2026)}), language="es")
        assert {"500,000", "1,000,000"} <= set(said(axes))
        assert faults(axes) == []

    def test_zeros_are_written(self) -> None:
        """All zero is 0 on each year, not an empty chart."""
        assert said(bars(pd.Series({2020: 0, 2021: 0}), language="es")).count("0") == 2

    def test_the_words_of_neighbours_are_joined_where_they_have_no_room(self) -> None:
        """Seven years with the same words say them once, with their years."""
        values = pd.Series(range(1, 8), index=range(2019, 2026))
        same = dict.fromkeys(values.index, "de enero a junio")
        axes = bars(values, language="es", width="half", incomplete=same)
        assert [text for text in said(axes) if "junio" in text] == ["2019–2025: de enero a junio"]
        apart = bars(values.iloc[-2:], language="es", width="half", incomplete=same)
        assert said(apart).count("de enero a junio") == 2

    def test_words_that_have_no_room_are_refused(self) -> None:
        """Seven years with words of their own are an error that says to shorten them."""
        values = pd.Series(range(1, 8), index=range(2019, 2026))
        with pytest.raises(ValueError, match=r"the words for 7 incomplete years have no room .*: shorten them"):
            bars(values, language="es", width="half", incomplete={y: f"de enero a junio de {y}" for y in values.index})


class TestRankedBars:
    """Items by size."""

    def test_the_largest_is_first_and_the_remainder_last(self) -> None:
        """Names from top to bottom in falling order, then the others, whatever their value."""
        boxes = dict(text_boxes(DRAWN["ranked_bars"]("half")))
        names = ["Chiapas", "Oaxaca", "Hidalgo", "San Luis Potosí", "Otras 28 entidades"]
        assert sorted(names, key=lambda name: -boxes[name].y0) == names

    def test_bars_are_as_long_as_their_values(self) -> None:
        """Bars start at zero and end at the value, which is written beside."""
        axes = ranked_bars(CRIMES, language="en")
        lengths = sorted((round(bar.get_y() + bar.get_height() / 2), bar.get_width()) for bar in axes.patches)
        assert lengths == [(0, 1712), (1, 1310), (2, 491), (3, 442)]
        assert axes.get_xlim()[0] == 0
        assert "1,712" in said(axes)

    def test_two_are_dark_and_the_remainder_grey(self) -> None:
        """Colours tell the highlighted from the rest and from the remainder."""
        axes = DRAWN["ranked_bars"]("half")
        fills = [to_hex(bar.get_facecolor()).upper() for bar in sorted(axes.patches, key=lambda bar: bar.get_y())]
        assert fills == [COLOR["primary"], COLOR["primary"], COLOR["soft"], COLOR["soft"], TOKENS["cat"][4]]

    def test_the_focus_is_the_only_dark_one_wherever_it_stands(self) -> None:
        """The country in focus is dark in its place; a name that is not there is refused."""
        axes = ranked_bars(CRIMES, language="es", focus="Hidalgo")
        fills = [to_hex(bar.get_facecolor()).upper() for bar in sorted(axes.patches, key=lambda bar: bar.get_y())]
        assert fills == [COLOR["soft"], COLOR["soft"], COLOR["primary"], COLOR["soft"]]
        with pytest.raises(ValueError, match="'Sonora' is no name"):
            ranked_bars(CRIMES, language="es", focus="Sonora")

    def test_an_item_without_a_value_is_last_and_not_zero(self) -> None:
        """A missing value is s/d without a bar."""
        axes = ranked_bars(pd.Series({"Colima": NAN, "Chiapas": 3.0, "Jalisco": 0.0}), language="es")
        assert said(axes) == ["Chiapas", "3", "Jalisco", "0", "Colima", "s/d"]

    def test_a_long_name_is_wrapped(self) -> None:
        """A long name takes two lines and stays whole."""
        data = pd.Series({"Veracruz de Ignacio de la Llave": 10, "Colima": 5})
        axes = ranked_bars(data, language="es")
        assert "\n" in text_boxes(axes)[0][0]
        assert faults(axes) == []

    def test_a_remainder_with_the_name_of_an_item_is_refused(self) -> None:
        """Two rows of one name would be one bar."""
        with pytest.raises(ValueError, match="Chiapas twice"):
            ranked_bars(CRIMES, language="es", other=("Chiapas", 3))


class TestDumbbell:
    """Before and now."""

    def test_rows_are_sorted_by_now(self) -> None:
        """The highest of the second column is on top."""
        boxes = dict(text_boxes(DRAWN["dumbbell"]("half")))
        names = ["Haití", "Cuba", "El Salvador", "Colombia"]
        assert sorted(names, key=lambda name: -boxes[name].y0) == names

    def test_dots_stand_at_their_values(self) -> None:
        """A hollow dot for before and a full one for now in each row."""
        axes = DRAWN["dumbbell"]("half")
        dots = [line for line in axes.get_lines() if line.get_marker() == "o"]
        hollow = [line.get_xdata()[0] for line in dots if line.get_markerfacecolor() == COLOR["paper"]]
        full = [line.get_xdata()[0] for line in dots if line.get_markerfacecolor() == COLOR["primary"]]
        assert hollow == [90.2, 68.2, 79.1, 28.0]
        assert full == [93.1, 77.0, 73.4, 34.2]

    def test_now_is_written_and_both_dates_are_named(self) -> None:
        """Each row carries its value of now without decimals; the heads are the two columns."""
        texts = said(DRAWN["dumbbell"]("half"))
        assert {"93", "77", "73", "34", "2024", "2025", "100%"} <= set(texts)

    def test_the_value_stands_on_the_outer_side(self) -> None:
        """Where the value fell it stands left of its dot, else right."""
        axes = DRAWN["dumbbell"]("half")
        boxes = dict(text_boxes(axes))
        dots = {
            line.get_xdata()[0]: line for line in axes.get_lines() if line.get_markerfacecolor() == COLOR["primary"]
        }
        fell, rose = (axes.transData.transform((value, 0))[0] for value in (73.4, 77.0))
        assert len(dots) == 4
        assert boxes["73"].x1 < fell
        assert boxes["77"].x0 > rose

    def test_a_row_with_one_date_comes_last(self) -> None:
        """What cannot be compared stands below, with s/d where there is no value of now."""
        data = pd.DataFrame({"2024": [50.0, 10.0, 20.0], "2025": [NAN, 99.0, 30.0]}, index=["A", "B", "C"])
        data.loc["B", "2024"] = NAN
        texts = said(dumbbell(data, language="es"))
        assert [text for text in texts if text in {"A", "B", "C", "s/d"}] == ["C", "B", "s/d", "A"]

    def test_one_column_is_refused(self) -> None:
        """There is nothing to compare."""
        with pytest.raises(ValueError, match="two columns"):
            dumbbell(RATES[["2025"]], language="es")

    def test_a_small_value_beside_large_ones_is_not_zero(self) -> None:
        """Values compared without decimals keep the digit that parts them from zero."""
        data = pd.DataFrame({"2024": [90.0, 0.1, 0], "2025": [80.0, 0.4, 0]}, index=["A", "B", "C"])
        axes = dumbbell(data, language="es")
        assert [text.get_text() for text in axes.texts if text.get_fontweight() == "bold"] == ["80", "0.4", "0", "2025"]

    def test_long_heads_are_broken_into_lines(self) -> None:
        """Two long names of columns stand side by side over the first row."""
        axes = dumbbell(RATES.set_axis(list(LONG_NAMES[:2]), axis=1), language="es")
        assert {*LONG_NAMES[:2]} <= set(said(axes))
        assert faults(axes) == []

    def test_a_long_unit_takes_the_place_of_values_between(self) -> None:
        """Where the last value and its unit need the room, only the ends of the axis are written."""
        axes = dumbbell(RATES, language="es", unit="resoluciones favorables en cien")
        assert [text for text in said(axes) if text[0].isdigit()][:2] == ["0", "100 resoluciones favorables en cien"]
        assert faults(axes) == []
        with pytest.raises(ValueError, match="has no room: shorten the unit"):
            dumbbell(RATES, language="es", unit=LONG_NAMES[1])


class TestSmallMultiples:
    """One panel a series."""

    def test_one_panel_a_column_on_one_scale(self) -> None:
        """Panels in the order of the columns, all with the same axis from zero."""
        panels = DRAWN["small_multiples"]("full").figure.axes
        assert len(panels) == 3
        assert len({panel.get_ylim() for panel in panels}) == 1
        assert panels[0].get_ylim()[0] == 0
        assert [max(height for _, height in columns(panel)) for panel in panels] == [136, 151, 58]

    def test_the_peak_of_each_panel_is_written(self) -> None:
        """The highest complete year carries its value."""
        assert {"136", "151", "58"} <= set(said(DRAWN["small_multiples"]("full")))

    def test_a_year_in_focus_carries_the_values_and_alone_is_dark(self) -> None:
        """Not the peak but the year that the title is about, in every panel; the key tells the two kinds of bars."""
        axes = small_multiples(CAUSES, language="es", key="Otros años", focus=2019)
        values = {f"{value:g}" for value in CAUSES.loc[2019]}
        assert values <= set(said(axes))
        assert not {"136", "151", "58"} & set(said(axes))
        assert {"Otros años", "2019"} <= set(said(axes))
        for panel in axes.figure.axes[1:]:  # the first holds the marks of the key too
            dark = [bar for bar in panel.patches if to_hex(bar.get_facecolor()) == COLOR["primary"].lower()]
            assert [round(bar.get_x() + bar.get_width() / 2) for bar in dark] == [2019]

    def test_the_number_in_focus_is_not_written_on_a_higher_bar_beside_it(self) -> None:
        """141 after 268: the number begins where its own bar does, over the lower bar that follows."""
        years = range(2018, 2026)
        data = pd.DataFrame({name: [136, 243, 212, 186, 294, 268, 141, 77] for name in "abcde"}, index=years)
        axes = small_multiples(data, language="es", key="Otros años", focus=2024, columns=6)
        numbers = [box for text, box in text_boxes(axes) if text == "141"]
        assert len(numbers) == 5
        for panel, box in zip(axes.figure.axes, numbers, strict=True):
            higher = next(bar for bar in panel.patches if bar.get_height() == 268)
            edge = panel.transData.transform((higher.get_x() + higher.get_width(), 0))[0]
            assert box.x0 > edge

    def test_the_incomplete_year_is_hatched_and_never_the_peak(self) -> None:
        """2025 is hatched in each panel; its value is not named even where it is the highest."""
        axes = small_multiples(CAUSES, language="es", key="Personas", incomplete={2019: "Año incompleto"})
        assert [columns(panel, hatched=True)[0][0] for panel in axes.figure.axes] == [2019] * 3
        data = CAUSES.copy()
        data.loc[2025, "Violencia"] = 150
        axes = small_multiples(data, language="es", key="Personas", incomplete={2025: "Año incompleto"})
        assert "150" not in [text.get_text() for text in axes.figure.axes[2].texts]

    def test_the_last_cell_is_the_key(self) -> None:
        """What a bar counts, and what the hatch means, are written once."""
        texts = said(DRAWN["small_multiples"]("half"))
        assert texts.count("Personas fallecidas o desaparecidas") == 1
        assert texts.count("Año incompleto") == 1

    def test_an_incomplete_year_alone_is_written(self) -> None:
        """Where no year is whole, the highest value is that of an incomplete one."""
        axes = small_multiples(CAUSES.loc[[2025]], language="es", key="Personas", incomplete={2025: "ene–jun"})
        assert {"12", "4", "10"} <= set(said(axes))

    def test_the_key_has_the_room_that_it_needs(self) -> None:
        """A long key makes the figure higher, and says the same words of two years once."""
        notes = {2024: LONG_NAMES[1], 2025: LONG_NAMES[1]}
        axes = small_multiples(CAUSES, language="es", width="half", key=" ".join(LONG_NAMES), incomplete=notes)
        assert said(axes).count(LONG_NAMES[1]) == 1
        assert faults(axes) == []


class TestRounds:
    """Rounds of a survey."""

    def test_bars_stand_where_their_years_are_and_nothing_between(self) -> None:
        """A bar a round at its year; years that were not asked have no band, a round without a value has one."""
        axes = rounds(WAVES, language="es")
        assert columns(axes) == [(1996, 39.7), (2000, 40.6), (2005, 42.5), (2018, 40.3)]
        assert said(axes).count("s/d") == 1
        assert {"1996", "2000", "2005", "2012", "2018"} <= set(said(axes))

    def test_every_value_is_written(self) -> None:
        """With and without something to compare with."""
        assert {"39.7", "40.6", "42.5", "40.3"} <= set(said(rounds(WAVES, language="es")))
        axes = rounds(SAID, language="es", reference=("Mediana", SAID + 6))
        texts = [text.get_text() for panel in axes.figure.axes for text in panel.texts]
        assert {f"{value:.1f}" for value in SAID.to_numpy().ravel()} <= set(texts)

    def test_panels_share_one_scale_from_zero(self) -> None:
        """Heights of all questions can be compared, and those of charts that share a highest value."""
        panels = DRAWN["rounds"]("full").figure.axes
        assert len(panels) == 4
        assert len({panel.get_ylim() for panel in panels}) == 1
        assert panels[0].get_ylim()[0] == 0
        assert rounds(WAVES, language="es", highest=82).get_ylim() == rounds(2 * WAVES - 3, language="es").get_ylim()

    def test_what_is_compared_is_a_line_across_each_bar_named_below(self) -> None:
        """A line at the height of the other value in each panel, and its name once."""
        axes = DRAWN["rounds"]("full")
        assert "Mediana de los países" in said(axes)
        panel = axes.figure.axes[1]
        assert len([line for line in panel.lines if to_hex(line.get_color()).upper() == TOKENS["cat"][2]]) == 3

    def test_what_is_no_year_is_refused(self) -> None:
        """Names as index, a year twice or nothing at all."""
        with pytest.raises(ValueError, match="must hold years"):
            rounds(SAID.set_axis(list("abc")), language="es")
        with pytest.raises(ValueError, match="no rows to draw"):
            rounds(SAID * NAN, language="es")

    def test_panels_are_wider_where_values_need_it(self) -> None:
        """Ten rounds of three digits stand one panel a row where two have no room, each with its value."""
        data = pd.DataFrame({"A": range(101, 111), "B": range(201, 211)}, index=range(2016, 2026))
        axes = rounds(data, language="es")
        assert len({round(panel.get_position().x0, 3) for panel in axes.figure.axes}) == 1
        assert {"101", "110", "201", "210"} <= set(said(axes))
        assert len({panel.get_position().x0 for panel in rounds(data % 10, language="es").figure.axes}) == 2

    def test_a_value_in_a_bar_is_no_wider_than_the_bar(self) -> None:
        """White on blue, no letter stands beside the bar."""
        axes = rounds((SAID * 1e9).round(), language="es", reference=("Mediana", SAID * 2e9))
        texts = [text for panel in axes.figure.axes for text in panel.texts if to_hex(text.get_color()) == "#ffffff"]
        boxes = dict(text_boxes(axes))
        widths = [bar.get_window_extent().width for panel in axes.figure.axes for bar in panel.containers[0]]
        assert texts
        assert all(boxes[text.get_text()].width <= min(widths) for text in texts)

    def test_a_long_key_has_two_rows(self) -> None:
        """The words of the bar and of the line stand one below the other where one row is too short."""
        axes = rounds(SAID, language="es", key=LONG_NAMES[1], reference=(LONG_NAMES[0], SAID + 6))
        boxes = {text.replace("\n", " "): box for text, box in text_boxes(axes)}
        assert boxes[LONG_NAMES[1]].y0 > boxes[LONG_NAMES[0]].y1 - 1
        assert faults(axes) == []


class TestHeat:
    """A matrix of counts."""

    def test_each_number_stands_in_its_cell(self) -> None:
        """Numbers row by row, zeros left empty, then the names of the columns."""
        texts = said(DRAWN["heat"]("full"))
        assert texts[:4] == ["UPM", "7", "7", "12"]
        assert texts[4:7] == ["ONU DAES", "4", "4"]
        assert texts[-4:] == ["antes", "2023", "2024", "2025"]

    def test_the_fill_is_the_class_of_the_number(self) -> None:
        """The higher the number, the darker the cell; zero is white and a missing one hatched."""
        patches = DRAWN["heat"]("full").patches
        fills = [to_hex(patch.get_facecolor()).upper() for patch in patches]
        assert fills[:4] == [COLOR["paper"], TOKENS["seq"][3], TOKENS["seq"][3], TOKENS["seq"][4]]
        assert fills[8:10] == [TOKENS["seq"][0], TOKENS["seq"][1]]
        assert [bool(patch.get_hatch()) for patch in patches] == [False] * 10 + [True, False]

    def test_numbers_without_room_are_left_out(self) -> None:
        """In forty narrow columns the shade alone tells, and only some years are named."""
        years = list(range(1986, 2026))
        wide = pd.DataFrame([[12.0] * 40], index=["UPM"], columns=years)
        texts = said(heat(wide, language="es", breaks=BREAKS, width="half"))
        assert "12" not in texts
        assert texts[0] == "UPM"
        assert {"1986", "2025"} <= set(texts)
        assert len([text for text in texts if text]) < 10

    def test_breaks_must_rise(self) -> None:
        """Five rising limits, as in the map."""
        with pytest.raises(ValueError, match="not 5 rising numbers"):
            heat(COVERAGE, language="es", breaks=(1, 1, 2, 3, 4))

    def test_only_zeros_are_empty(self) -> None:
        """A value below the first class is written; zeros are where nothing else is; a missing value says s/d."""
        few = pd.DataFrame([[0.4, 0], [2, NAN]], index=["A", "B"], columns=[2024, 2025])
        assert said(heat(few, language="es", breaks=(1, 2, 3, 4, 5)))[:5] == ["A", "0.4", "B", "2.0", "s/d"]
        assert said(heat(few * 0, language="es", breaks=(1, 2, 3, 4, 5))).count("0") == 3

    def test_an_outlier_is_shortened_for_the_others(self) -> None:
        """One long number does not take the others away."""
        data = pd.DataFrame([[1, 2, 65e9, 3, 4, 5]], index=["A"], columns=range(2020, 2026))
        assert said(heat(data, language="es", breaks=BREAKS, width="half"))[:7] == ["A", *"12", "65,000M", *"345"]

    def test_names_of_columns_are_broken_into_lines(self) -> None:
        """Three long names stand above their columns."""
        data = pd.DataFrame([[1, 2, 3]], index=["A"], columns=list(LONG_NAMES))
        axes = heat(data, language="es", breaks=BREAKS, width="half")
        assert {*LONG_NAMES[:2]} <= set(said(axes))
        assert faults(axes) == []

    def test_names_without_room_are_refused(self) -> None:
        """Forty names are an error that says to turn the table."""
        data = pd.DataFrame([range(40)], index=["A"], columns=[f"Nombre {i}" for i in range(40)])
        with pytest.raises(ValueError, match="the names of 40 columns have no room: turn the table"):
            heat(data, language="es", breaks=BREAKS)


class TestTimeline:
    """Spans on a time axis."""

    def test_a_place_has_one_row_however_many_spans(self) -> None:
        """Names once each, from the top in the order given, and each value once."""
        texts = said(DRAWN["timeline"]("full"))
        assert texts.count("Ciudad Juárez") == 1
        assert [text for text in texts if text.isdigit() and len(text) == 3] == ["393", "279", "367", "815", "548"]
        boxes = dict(text_boxes(DRAWN["timeline"]("full")))
        assert boxes["Tijuana"].y0 > boxes["Ciudad Juárez"].y0 > boxes["Cinco ciudades de la frontera"].y0

    def test_bars_are_as_long_as_their_spans(self) -> None:
        """Three months are three times one month, and two days can still be seen."""
        bars_ = [patch for patch in DRAWN["timeline"]("full").patches if to_hex(patch.get_facecolor()) != "#ffffff"]
        two_days, month, three_months = (bar.get_width() for bar in bars_[:3])  # type: ignore[attr-defined]
        assert two_days == pytest.approx(4.0)
        assert three_months + 0.8 == pytest.approx((month + 0.8) * 91 / 31, rel=0.2)
        assert three_months > 2 * month

    def test_spans_that_follow_each_other_are_apart(self) -> None:
        """June to August and September to October are two bars, with a gap between."""
        june, september = DRAWN["timeline"]("full").patches[-2:]
        assert june.get_x() + june.get_width() < september.get_x()  # type: ignore[attr-defined]

    def test_what_cannot_be_drawn_is_refused(self) -> None:
        """Nothing, columns that are missing, and a span that ends before it starts."""
        with pytest.raises(ValueError, match="no rows to draw: timeline needs"):
            timeline(ROUNDS.iloc[:0], language="es")
        with pytest.raises(ValueError, match="no rows to draw: timeline needs"):
            timeline(ROUNDS[["start", "end"]], language="es")
        with pytest.raises(ValueError, match="the span of 'Tijuana' ends before it starts"):
            timeline(ROUNDS.assign(end=ROUNDS["start"] - pd.Timedelta(days=1)), language="es")

    def test_spans_on_the_same_days_are_all_seen(self) -> None:
        """Three spans of one name on the same days stand one below the other, each with its value."""
        same = ROUNDS.iloc[[0, 0, 0]].assign(value=[1, 2, 3])
        axes = timeline(same, language="es")
        bars_ = [patch for patch in axes.patches if to_hex(patch.get_facecolor()).upper() == COLOR["primary"]]
        assert len({round(bar.get_y(), 2) for bar in bars_}) == 3  # type: ignore[attr-defined]
        assert [text for text in said(axes) if len(text) == 1] == ["1", "2", "3"]
        assert faults(axes) == []

    def test_many_years_are_no_haze_of_lines(self) -> None:
        """Over seventy-seven years at half width there is a line where there is a year."""
        ends = ROUNDS.iloc[:2].assign(start=pd.to_datetime(["1950-01-01", "2026-01-01"]), end=pd.Timestamp(2026, 2, 1))
        axes = timeline(ends, language="es", width="half")
        years = [text for text in said(axes) if text.isdigit() and len(text) == 4]
        assert len([line for line in axes.lines if len(set(line.get_xdata())) == 1]) <= len(years) + 1


class TestTileMap:
    """Mexico in tiles."""

    def test_each_state_has_a_tile_with_its_value(self) -> None:
        """Thirty-two codes, each with the value below it; zero is written."""
        texts = said(tile_map(STATES, language="es", breaks=BREAKS))
        tiles = dict(zip(texts[:64:2], texts[1:64:2], strict=True))
        assert len(tiles) == 32
        assert tiles["COA"] == "397"
        assert tiles["SON"] == "14"
        assert tiles["YUC"] == "0"

    def test_the_fill_is_the_class_of_the_value(self) -> None:
        """Zero is white; a value on a break belongs to the class above it."""
        fills = tile_fills(tile_map(STATES, language="es", breaks=BREAKS))
        assert fills["YUC"] == COLOR["paper"]
        assert fills["CHP"] == fills["COA"] == TOKENS["seq"][4]
        assert fills["SON"] == TOKENS["seq"][1]

    def test_the_legend_names_the_classes(self) -> None:
        """Five classes from the highest, then zero."""
        assert said(tile_map(STATES, language="es", breaks=BREAKS))[64:] == [
            "250+",
            "100–249",
            "25–99",
            "10–24",
            "1–9",
            "0",
        ]

    def test_a_state_without_data_is_hatched(self) -> None:
        """A missing state is s/d on a hatched tile, in the map and in the legend: never zero."""
        axes = tile_map(STATES.drop("MX-COL"), language="es", breaks=BREAKS)
        assert said(axes).count("s/d") == 2
        assert len([patch for patch in axes.patches if patch.get_hatch()]) == 2

    def test_a_state_with_few_cases_has_a_dash(self) -> None:
        """Too few cases for a rate: a white tile with a dash, named in the legend, neither zero nor without data."""
        rates = STATES.drop("MX-COL") / 100
        axes = tile_map(rates, language="es", breaks=(0.5, 1, 2.5, 5, 10), few=["MX-COL"])
        texts = said(axes)
        assert dict(zip(texts[:64:2], texts[1:64:2], strict=True))["COL"] == "–"
        assert texts[64:] == ["10.0+", "5.0–10.0", "2.5–5.0", "1.0–2.5", "0.5–1.0", "<0.5", "–", "pocos casos"]
        assert tile_fills(axes)["COL"] == COLOR["paper"]

    def test_a_rate_of_zero_is_written_without_decimals(self) -> None:
        """Zero is 0, also beside values with a decimal."""
        texts = said(tile_map(STATES / 100, language="es", breaks=(0.5, 1, 2.5, 5, 10)))
        assert dict(zip(texts[:64:2], texts[1:64:2], strict=True))["YUC"] == "0"

    def test_a_highlighted_state_has_a_ring(self) -> None:
        """One more shape, without fill, in the colour of ink."""
        plain = tile_map(STATES, language="es", breaks=BREAKS)
        ringed = tile_map(STATES, language="es", breaks=BREAKS, highlight="MX-CHP")
        assert len(ringed.patches) == len(plain.patches) + 1
        assert to_hex(ringed.patches[-7].get_edgecolor()).upper() == COLOR["ink"]

    @pytest.mark.parametrize(("value", "text"), [(1234, "1,234"), (123_456, "123k"), (1_234_567, "1.2M")])
    def test_a_large_value_is_made_to_fit(self, value: int, text: str) -> None:
        """A value too wide for its tile is written in thousands or millions."""
        data = STATES.copy()
        data["MX-CHP"] = value
        assert text in said(tile_map(data, language="es", breaks=BREAKS))

    def test_rates_have_open_classes(self) -> None:
        """With decimals the classes share their limits and the first is below its break."""
        texts = said(tile_map(STATES / 100, language="es", breaks=(0.5, 1, 2.5, 5, 10)))
        assert texts[64:] == ["10.0+", "5.0–10.0", "2.5–5.0", "1.0–2.5", "0.5–1.0", "<0.5"]

    def test_small_rates_do_not_read_as_zero(self) -> None:
        """Hundredths are written, in the tiles and in the legend, and the class below 1 is not called 0."""
        texts = said(tile_map(STATES.clip(upper=4) / 100, language="es", breaks=(0.005, 0.01, 0.02, 0.03, 0.04)))
        assert dict(zip(texts[:64:2], texts[1:64:2], strict=True))["CHP"] == "0.04"
        assert texts[64:] == ["0.040+", "0.030–0.040", "0.020–0.030", "0.010–0.020", "0.005–0.010", "<0.005"]
        mixed = STATES.astype(float)
        mixed["MX-SON"], mixed["MX-CHP"] = 0.02, 4000.5
        texts = said(tile_map(mixed, language="es", breaks=BREAKS))
        assert dict(zip(texts[:64:2], texts[1:64:2], strict=True))["SON"] == "0.02"
        assert texts[-1] == "<1.0"

    def test_long_classes_have_the_letters_of_their_limits(self) -> None:
        """Where a class has no room beside its tile, all are written with k, M and mM."""
        texts = said(tile_map(STATES, language="es", breaks=(1000, 1e6, 2.5e6, 1e9, 65e9)))
        assert texts[64:] == ["65mM+", "1mM–65mM", "2.5M–1mM", "1M–2.5M", "1k–1M", "<1k"]

    def test_a_value_without_room_is_refused(self) -> None:
        """A value that no letter makes fit is an error that says what to give instead."""
        data = STATES.astype(float)
        data["MX-CHP"] = 6.5e14
        with pytest.raises(ValueError, match="has no room in a tile: give rates or millions"):
            tile_map(data, language="es", breaks=BREAKS)

    @pytest.mark.parametrize("code", ["MX-DIF", "MEX", "Chiapas"])
    def test_an_unknown_code_is_refused(self, code: str) -> None:
        """A code that is no state is an error that names it, the country included."""
        with pytest.raises(ValueError, match=f"'{code}' is not the code of a state"):
            tile_map(pd.Series({code: 1}), language="es", breaks=BREAKS)
        with pytest.raises(ValueError, match=f"'{code}' is not the code of a state"):
            tile_map(STATES, language="es", breaks=BREAKS, few=[code])

    @pytest.mark.parametrize("breaks", [(1, 10, 10, 100, 250), [1, 2], 5, list("abcde")])
    def test_breaks_must_rise(self, breaks: Any) -> None:
        """Five rising limits, no others."""
        with pytest.raises(ChartError, match=r"breaks is .*, and not 5 rising numbers: breaks=\[1, 10, 50, 100, 500\]"):
            tile_map(STATES, language="es", breaks=breaks)


def tile_fills(axes: Axes) -> dict[str, str]:
    """Colour of each tile by its code."""
    tiles = [patch for patch in axes.patches if isinstance(patch, FancyBboxPatch)]
    return {
        state.letters: to_hex(tile.get_facecolor()).upper() for state, tile in zip(COUNTRY.tiles, tiles, strict=False)
    }


NAMES = st.lists(
    st.sampled_from(["Cuba", "Haití", "República Dominicana", "Personas apátridas o desconocidas", "Perú"]),
    min_size=1,
    max_size=4,
    unique=True,
)
COUNTS = st.one_of(st.integers(0, 20), st.integers(0, 5_000_000), st.just(NAN))

DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31)).map(pd.Timestamp)
SPANS = st.tuples(
    st.sampled_from([f"Ciudad {letter}" for letter in "ABCDEFGHI"]),
    DAYS,
    st.integers(0, 200),
    st.integers(1, 1500),
).map(lambda row: (row[0], row[1], row[1] + pd.Timedelta(days=row[2]), row[3]))


@st.composite
def tables(draw: st.DrawFn, most: int = 4, years: int = 14, values: Any = COUNTS) -> pd.DataFrame:
    """A table by year with some values missing."""
    names = draw(NAMES)[:most]
    first = draw(st.integers(1990, 2020))
    count = draw(st.integers(1, years))
    rows = draw(st.lists(st.tuples(*(values for _ in names)), min_size=count, max_size=count))
    return pd.DataFrame(rows, columns=names, index=range(first, first + count), dtype=float)


OPEN: dict[str, tuple[Any, Callable[[Any, Width], Axes]]] = {
    "lines": (
        tables(values=st.one_of(COUNTS, st.integers(-9000, 9000))),
        lambda t, w: lines(t, unit="personas", language="es", width=w, spans=[Span(2005, 2006, "Un periodo")]),
    ),
    "stacked_bars": (tables(most=3), lambda t, w: stacked_bars(t, unit="personas", language="es", width=w)),
    "bars": (
        tables(most=1, years=30),
        lambda t, w: bars(t.iloc[:, 0], language="en", width=w, incomplete={t.index[-1]: "ene–jun"}),
    ),
    "small_multiples": (tables(), lambda t, w: small_multiples(t, language="es", key="Personas", width=w)),
    "ranked_bars": (tables(most=1), lambda t, w: ranked_bars(t.iloc[:, 0].rename(str), language="es", width=w)),
    "dumbbell": (
        tables().map(lambda t: pd.DataFrame({"2024": t.iloc[:, 0], "2025": t.iloc[:, -1]}).rename(str)),
        lambda t, w: dumbbell(t, language="es", width=w, unit="casos"),
    ),
    "stacked_area": (
        tables(most=3, years=40).map(lambda t: t.set_axis(pd.date_range("2019-07-01", periods=len(t), freq="MS"))),
        lambda t, w: stacked_area(
            t, unit="eventos", language="es", width=w, preliminary_from=date(2021, 1, 1), events=EVENTS
        ),
    ),
    "heat": (
        tables(most=4).map(lambda t: t.T),
        lambda t, w: heat(t, language="es", breaks=(1, 2, 3, 5, 10), width=w),
    ),
    "timeline": (
        st.lists(SPANS, min_size=1, max_size=9).map(
            lambda rows: pd.DataFrame(rows, columns=["place", "start", "end", "value"]).set_index("place")
        ),
        lambda t, w: timeline(t, language="es", width=w),
    ),
    "tile_map": (
        st.lists(COUNTS, min_size=32, max_size=32).map(lambda v: pd.Series(dict(zip(STATES.index, v, strict=True)))),
        lambda t, w: tile_map(t, language="es", breaks=BREAKS, width=w),
    ),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", OPEN)
@settings(max_examples=times(4, soak=100))
@given(data=st.data())
def test_any_table_is_drawn_cleanly_or_refused(chart: str, width: Width, data: st.DataObject) -> None:
    """Whatever the numbers, the labels are apart and whole, or one sentence says why there is no chart."""
    tables_, draw = OPEN[chart]
    table = data.draw(tables_)
    reason = ""
    try:
        found = faults(draw(table, width))
    except ValueError as error:
        found, reason = [], str(error)
    assert found == []
    assert reason == "" or reason.startswith(("no rows to draw", "nothing to compare"))


# -- breaks of series -------------------------------------------------------------------------------------------------


def rules(axes: Axes) -> list[float]:
    """Where the dashed rules of breaks stand on the axis of time."""
    canvas_width = axes.get_position().width * axes.figure.get_size_inches()[0] * 72
    left = axes.get_position().x0 * axes.figure.get_size_inches()[0] * 72
    low, high = axes.get_xlim()
    dashed = [line for line in axes.lines if line.get_linestyle() == "--"]
    return [
        round(low + (float(np.asarray(line.get_xdata())[0]) - left) / canvas_width * (high - low), 2) for line in dashed
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("draw", "starts", "places"),
    [
        (lambda w: lines(CLAIMS, unit="", language="es", width=w), [2018, 2021], [2018, 2021]),
        (lambda w: lines(children(), unit="", language="es", width=w), [pd.Timestamp(2021, 1, 1)], [2021]),
        (lambda w: stacked_area(children(), unit="", language="es", width=w), [pd.Timestamp(2021, 1, 1)], [2021]),
        (lambda w: bars(CLAIMS["Cuba"], language="es", width=w), [2021], [2020.5]),
        (lambda w: stacked_bars(DECISIONS, unit="", language="es", width=w), [2021], [2020.5]),
        (lambda w: small_multiples(CAUSES, language="es", key="x", width=w), [2016], [2015.5]),
        (lambda w: bars(CLAIMS["Cuba"], language="es", width=w), [2015, 1999, 2030], []),
        (lambda w: lines(CLAIMS, unit="", language="es", width=w), [], []),
    ],
)
def test_a_break_of_the_series_is_a_dashed_rule(
    draw: Callable[[Width], Axes], starts: list[Any], places: list[float], width: Width
) -> None:
    """It stands between the two counts, no label meets another for it, and one before the first period is not drawn."""
    with broken_at(starts):
        axes = draw(width)
    assert rules(axes) == places
    assert faults(axes) == []
    assert rules(draw(width)) == []


def test_a_line_and_an_area_have_a_gap_at_a_break() -> None:
    """The values are all there, and nothing leads from the last of one count to the first of the next."""
    with broken_at([2021]):
        (cuba, *_) = [line for line in lines(CLAIMS, unit="", language="es").lines if line.get_label() == "Cuba"]
    y = np.asarray(cuba.get_ydata(), dtype=float)
    assert list(y[~np.isnan(y)]) == list(CLAIMS["Cuba"])
    assert np.flatnonzero(np.isnan(y)).tolist() == [6]
    with broken_at([pd.Timestamp(2021, 1, 1)]):
        axes = stacked_area(children(), unit="", language="es")
    whole = stacked_area(children(), unit="", language="es")
    assert len(areas(axes)[0].get_paths()) == 1 + len(areas(whole)[0].get_paths())
