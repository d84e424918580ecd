"""Points of charts: metrics in rows and columns, in order of time or by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.metrics.algebra import metric
from analysis.metrics.axes import MetricError
from analysis.metrics.points import Point, course, moves, pairs, ranking
from analysis.metrics.readings import Reading, Year
from analysis.metrics.sentences import name, period
from analysis.package.data_package import DataPackage
from analysis.values.texts import Named

LATE = date(2026, 6, 30)


def names(named: tuple[Named, ...]) -> list[str]:
    """What they are called in English."""
    return [each.en for each in named]


def test_a_course_has_a_row_a_year(package: DataPackage) -> None:
    """Columns are named by the codes of their metrics; rows and a single metric by the titles of columns."""
    received = metric(package.table("claims_year", LATE))
    points = course(received.by("nationality", top=2))
    assert names(points.columns) == ["Cuba", "Honduras"]
    assert points.dated("en").to_dict("index") == {
        2023: {"Cuba": 100, "Honduras": 300},
        2024: {"Cuba": 150, "Honduras": 200},
        2025: {"Cuba": 300, "Honduras": 100},
    }
    assert (points.span, points.unit, points.rows_of.en) == ("2023/2025", "persons", "year")
    assert names(course(received).columns) == ["claims"]
    assert [table.name for table in points.tables] == ["claims_year"]


def test_a_course_begins_where_it_is_asked_to(package: DataPackage) -> None:
    """From one period on, or at the periods that are named; the years between stand there without a value."""
    received = metric(package.table("claims_year", LATE))
    assert [row.name.iso for row in course(received, since=2024).rows] == ["2024", "2025"]
    chosen = course(received, periods=["2023", "2025"])
    assert [row.name.iso for row in chosen.rows] == ["2023", "2024", "2025"]
    with pytest.raises(MetricError, match="nothing is known since 2030"):
        course(received, since=2030)


def test_a_quarter_is_a_row_of_its_own(root: Path) -> None:
    """It does not stand for its year, of which the last one known would be all that is drawn."""
    prices = metric(DataPackage(root / "data").table("remittance_cost_quarter", LATE), corridor="USA-MEX")
    points = course(prices, since="2019")
    assert [row.name.iso for row in points.rows][:5] == [
        "2019-01/2019-03",
        "2019-04/2019-06",
        "2019-07/2019-09",
        "2019-10/2019-12",
        "2020-01/2020-03",
    ]
    assert [f"{day:%Y-%m}" for day in points.dated("es").index[:3]] == ["2019-01", "2019-04", "2019-07"]
    assert [column.es for column in points.columns] == ["Costo"]


def test_what_is_counted_is_said_where_it_is_one_thing(package: DataPackage) -> None:
    """Of parts by the title of their column; of shares there is nothing to say but percent."""
    received = metric(package.table("claims_year", LATE))
    assert course(received.by("nationality", top=2)).counts.en == "claims"
    assert course({name("Cuba"): received.share_of(nationality="CUB")}).counts.en == ""


def test_a_year_that_still_runs_says_how_far_it_goes(package: DataPackage) -> None:
    """It comes last, with the words for it; the years before have none."""
    points = course(metric(package.table("deaths_year", LATE), "deaths", area="mexico"))
    assert [(row.name.iso, row.covered, row.mark("es")) for row in points.rows] == [
        ("2023", "", ""),
        ("2024", "", ""),
        ("2025", "2025-01-01/2025-09-08", "hasta el 8 sep"),
    ]
    assert points.rows[-1].mark("en") == "to 8 Sep"


def test_a_metric_up_to_a_year_has_none_that_still_runs(package: DataPackage) -> None:
    """As if that year were the last, also where it is the last whole one."""
    dead = metric(package.table("deaths_year", LATE), "deaths", area="mexico")
    assert (dead.running, dead.until(2024).running) == (["2025"], [])
    assert [row.name.iso for row in course(dead.until(2024)).rows] == ["2023", "2024"]


def test_a_fiscal_year_is_whole_with_its_twelve_months() -> None:
    """It is marked where it still runs, by the months alone: the row has its year."""
    year = Named("2024", "2024", "period", "2024")
    whole, part = (Point(year, (Reading(9, "encounters", iso),)) for iso in ("2023-10/2024-09", "2023-10/2024-08"))
    assert (whole.covered, whole.mark("es")) == ("", "")
    assert (part.covered, part.mark("es"), part.mark("en")) == ("2023-10/2024-08", "oct–ago", "Oct–Aug")


def test_months_are_days_for_the_forms_and_words_for_the_reader(package: DataPackage) -> None:
    """The first day of each, and its name."""
    points = course(metric(package.table("events_month", LATE)), since="2025-01")
    assert list(points.dated("es").index) == list(pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"]))
    assert [row.name.es for row in points.rows][:2] == ["enero de 2025", "febrero de 2025"]


def test_a_ranking_has_the_last_value_of_each(package: DataPackage) -> None:
    """Its rows are named by the column in which they differ."""
    received = metric(package.table("claims_year", LATE))
    points = ranking(received.by("nationality", top=2))
    assert points.named("en")["claims"].to_dict() == {"Cuba": 300, "Honduras": 100}
    assert points.rows_of.en == "nationality"
    values = ranking({name("Ellas", "They"): received.at(2023)}, [package.table("claims_year", LATE)])
    assert (values.values[0].number, names(values.columns)) == (400, ["claims"])


def test_pairs_have_the_value_before_and_the_last(package: DataPackage) -> None:
    """Their columns are named by the periods."""
    received = metric(package.table("claims_year", LATE))
    points = pairs(received.by("nationality", top=2))
    assert names(points.columns) == ["2024", "2025"]
    assert [value.number for value in points.rows[0].values] == [150, 300]


def test_units_are_not_mixed_on_one_scale(package: DataPackage) -> None:
    """Persons and percent are two charts."""
    received = metric(package.table("claims_year", LATE))
    points = course({name("a"): received, name("b"): received.share_of(nationality="CUB")})
    with pytest.raises(MetricError, match="one scale is for one unit, and these have percent, persons"):
        assert points.unit


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ({}, "a chart shows metrics by name, and is given none: look whether"),
        ({"CUB": 3}, "'Cuba' is of type int: a chart shows metrics"),
        (None, "is given what is of type NoneType: make a metric"),
        (pd.DataFrame({"n": range(9)}), r"is given what is of type DataFrame: make .* or draw a frame with b\.plot$"),
        ({"CUB": Reading(3, "persons", "2025")}, "'Cuba' is of one period: this chart shows metrics, which"),
    ],
)
def test_what_no_chart_shows_is_refused(shown: object, words: str) -> None:
    """The message says what a chart shows."""
    for points in (course, pairs, moves):
        with pytest.raises(MetricError, match=words):
            points(shown)  # type: ignore[arg-type]


def test_a_series_needs_a_name(package: DataPackage) -> None:
    """A string has none in two languages, and no two may have one."""
    received = metric(package.table("claims_year", LATE))
    with pytest.raises(MetricError, match="'all' has no name in both languages: write name"):
        course({"all": received})
    twice = {period("2025"): received, Year(2025): received}
    with pytest.raises(MetricError, match="two of what a chart shows are called '2025'"):
        course(twice)
