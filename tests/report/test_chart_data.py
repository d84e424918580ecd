"""The data of a chart as values, and as a page prints them."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.foundation.errors import QuantityError
from analysis.foundation.words import LANGUAGES, Language
from analysis.report.chart_data import ChartData, Column, Row, chart_data
from analysis.values.texts import Word


def frame(*values: float, index: list[object] | pd.Index | None = None) -> pd.DataFrame:
    """A frame of one series."""
    return pd.DataFrame({"Cuba": list(values)}, index=index, dtype=float)


def test_series_have_units_values_and_marks() -> None:
    """One column a series, with the unit of all or of each; a mark where a row is preliminary; None where no value."""
    data = pd.DataFrame({"Cuba": [1.0, math.nan], "%": [50.0, 0.1]}, index=pd.Index([2024, 2025], name="Año"))
    made = chart_data(data, {"Cuba": "persons", "%": "percent"}, {2025: "preliminar"})
    assert made == ChartData(
        "Año",
        (Column("Cuba", "persons"), Column("%", "percent")),
        (Row("2024", (1, 50), "2024"), Row("2025", (None, 0.1), "2025", "preliminar")),
    )
    assert made.values == [1, 50, 0.1]
    assert {column.unit for column in chart_data(data, "persons", {}).columns} == {"persons"}


@pytest.mark.parametrize("unit", ["dollars", {"Cuba": "pct"}])
def test_a_unit_that_is_none_is_refused(unit: str | dict[str, str]) -> None:
    """Of all columns, or of one."""
    with pytest.raises(QuantityError, match=r"is no unit: .*The units are cards, "):
        chart_data(frame(1), unit, {})


@pytest.mark.parametrize(
    ("label", "name", "period"),
    [
        (2025, "2025", "2025"),
        (pd.Timestamp("2025-04-01"), "2025-04", "2025-04"),
        ("2025-04-30", "2025-04-30", "2025-04-30"),
        (Word("abril de 2025", "period", "2025-04"), "abril de 2025", "2025-04"),
        (Word("Cuba", "name"), "Cuba", ""),
        ("2025 (suma de meses)", "2025 (suma de meses)", ""),
        ("2025-13", "2025-13", ""),
    ],
)
def test_a_row_knows_the_period_that_it_names(label: object, name: str, period: str) -> None:
    """Years, months, days and words for them; a category names none."""
    (row,) = chart_data(frame(1, index=[label]), "persons", {}).rows
    assert (row.name, row.period) == (name, period)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mark_stands_beside_the_name_of_its_row(language: Language) -> None:
    """The table warns as the picture does."""
    made = chart_data(frame(1500, 2, index=[2024, 2025]), "persons", {2025: "preliminar"})
    assert made.written(language).rows == (("2024", "1,500"), ("2025 (preliminar)", "2"))


@pytest.mark.parametrize(
    ("values", "unit", "printed"),
    [
        ((49.06, 3.0), "percent", ["49.1%", "3.0%"]),
        ((49.06, 0.01, 0.0), "percent", ["49.1%", "0.01%", "0.0%"]),
        ((1500.4, 2.0), "persons", ["1,500.4", "2.0"]),
        ((1500.0, -2.0), "persons", ["1,500", "−2"]),
        ((math.nan, 2.0), "percent", ["s/d", "2.0%"]),
    ],
)
def test_all_values_have_the_decimals_that_they_need(values: tuple[float, ...], unit: str, printed: list[str]) -> None:
    """Percentages one or more, small values their first digit; what is missing is said in words."""
    assert [row[1] for row in chart_data(frame(*values), unit, {}).written("es").rows] == printed


def test_only_percentages_alone_have_the_sign() -> None:
    """Beside another unit the head of a column says what it counts."""
    data = pd.DataFrame({"Casos": [3.0], "%": [50.0]}, index=[2025])
    written = chart_data(data, {"Casos": "persons", "%": "percent"}, {}).written("en")
    assert (written.head, written.rows) == (("", "Casos", "%"), (("2025", "3", "50"),))


def test_a_chart_without_values_has_no_rows() -> None:
    """An author may draw what has no data to take away."""
    made = chart_data(pd.DataFrame(), "persons", {})
    assert (made.columns, made.rows, made.values) == ((), (), [])
    assert made.written("es").rows == ()
