"""The periods of a metric: which there are, which one each is compared with, and how they are named."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.metrics.algebra import metric
from analysis.metrics.axes import Axis, MetricError
from analysis.package.data_package import DataPackage

LATE = date(2026, 6, 30)
MONTHS = Axis(tuple(f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13))[:16], "month")


def test_years_that_still_run_are_no_periods(package: DataPackage) -> None:
    """Deaths of 2025 reach September: the last year is 2024, and 2025 can still be asked for."""
    dead = metric(package.table("deaths_year", LATE), "deaths", area="mexico")
    assert dead.periods == ["2023", "2024"]
    assert (dead.now.value, dead.before.value) == (90, 120)
    running = dead.at(2025)
    assert (running.value, running.period, running.preliminary) == (40, "2025-01-01/2025-09-08", True)


def test_a_column_is_known_where_it_has_values(package: DataPackage) -> None:
    """Children of the border are counted since 2023, those of Mexico never."""
    table = package.table("deaths_year", LATE)
    assert metric(table, "children", area="border").periods == ["2023", "2024"]
    nothing = metric(table, "children", area="mexico")
    assert (nothing.periods, nothing.now.value, nothing.now.missing) == ([], None, "no_data")
    assert nothing.before.value is nothing.moved.value is None
    with pytest.raises(MetricError, match="it has no period, and so no year"):
        _ = nothing.year


def test_months_are_compared_with_those_of_a_year_before(package: DataPackage) -> None:
    """The last month, the same one a year earlier, the year so far and the years that are whole."""
    events = metric(package.table("events_month", LATE))
    assert events.periods == ["2024-11", "2024-12", "2025-01", "2025-02", "2025-03"]
    assert events.period == "2025-03"
    assert events.before.period == "2024-03"
    assert events.year_to_date.periods == ["2025-01/2025-03"]
    assert events.year_to_date.now.value == 1609
    assert events.yearly.periods == []
    assert MONTHS.yearly.periods == ("2024",)
    assert MONTHS.year_to_date.periods == ("2024-01/2024-04", "2025-01/2025-04")
    assert MONTHS.year_to_date.before("2025-01/2025-04") == "2024-01/2024-04"


def test_spans_are_known_by_their_ends(package: DataPackage) -> None:
    """One whose start is not known is named by its last day; ranges are asked for as they are written."""
    crimes = metric(package.table("crimes_period", LATE), state_code="MX-CHP")
    assert crimes.periods == ["2016-01/2022-06", "2023-12-31"]
    assert [crimes.at(period).value for period in crimes.periods] == [50, 70]
    assert crimes.at("2016/2022-06").value == crimes.until("2016-01/2022-06").now.value == 50


@pytest.mark.parametrize(
    ("periods", "last", "before"),
    [
        (("2020-01/2020-06", "2020-07/2020-12", "2021-01/2021-06"), "2021-01/2021-06", "2020-01/2020-06"),
        (("2018-11-04/2019-05-03", "2019-05-04/2019-11-01"), "2019-05-04/2019-11-01", "2018-11-04/2019-05-03"),
        (("2016/2022-06", "2022-07/2022-12"), "2022-07/2022-12", "2021-07/2021-12"),
        (("2020-02-01/2020-02-29",), "2020-02-01/2020-02-29", "2019-02-01/2019-02-28"),
    ],
)
def test_a_span_is_compared_with_one_of_its_length(periods: tuple[str, ...], last: str, before: str) -> None:
    """The same months a year earlier, else the last one of that length that had ended; never a longer one."""
    assert Axis(periods, "span").before(last) == before


def test_what_has_no_period_has_one_value(package: DataPackage) -> None:
    """Inhabitants by state: nothing was before; as a population they are of any period."""
    inhabitants = metric(package.table("states", LATE), "population", state_code="MX-CHP")
    assert inhabitants.periods == [""]
    assert inhabitants.now.value == 5_900_000
    assert inhabitants.before.value is None
    crimes = metric(package.table("crimes_period", LATE), state_code="MX-CHP")
    per = crimes.per(inhabitants)
    assert per.periods == crimes.periods
    assert per.at("2016/2022-06").value == pytest.approx(100_000 * 50 / 5_900_000)
    assert per.unit == "case_files_per_100000"


def test_only_months_and_quarters_make_years(package: DataPackage) -> None:
    """Of years there are neither; what is not known cannot be the last."""
    claims = metric(package.table("claims_year", LATE))
    for asked in ("yearly", "year_to_date"):
        with pytest.raises(MetricError, match="its periods are no months: each is a year"):
            getattr(claims, asked)
    with pytest.raises(MetricError, match=r"nothing is known of 1900: ask one of metric\.periods"):
        claims.until(1900)
