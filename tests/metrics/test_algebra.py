"""The algebra of metrics agrees with pandas on tables made up at random, and with who counts again from the files."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.check.facts import recompute
from analysis.foundation.errors import QuantityError
from analysis.metrics.algebra import Metric, metric
from analysis.metrics.axes import MetricError
from analysis.metrics.sentences import say
from analysis.package.data_package import DataPackage
from analysis.package.table import Table
from analysis.report.facts import Fact
from analysis.values.measures import MIN_SHARE_BASE, share
from analysis.values.quantities import Quantity
from tests.metrics.tables import BROKEN, GROUPS, YEARS, Made, by_pandas, made_tables

LATE = date(2026, 6, 30)
years = st.sampled_from(YEARS)
groups = st.sampled_from([None, *GROUPS])


@contextmanager
def read(made: Made) -> Iterator[tuple[Table, Path]]:
    """A made-up table as the library reads it, and the folder where it is."""
    with TemporaryDirectory() as folder:
        yield made.read(Path(folder)), Path(folder)


def of(table: Table, column: str, group: str | None) -> Metric:
    """The metric of a column, of one group or of all."""
    return metric(table, column) if group is None else metric(table, column, group=group)


def assert_is(found: Quantity, expected: float | None, folder: Path) -> None:
    """A quantity has the value that was expected, and its derivation gives it again from the files."""
    if expected is None:
        assert found.value is None
        assert found.missing
        return
    assert found.value is not None
    assert math.isclose(found.value, expected, rel_tol=1e-12)
    again = recompute(Fact.of(found).derivation, folder)
    assert again is not None
    assert math.isclose(again, expected, rel_tol=1e-9, abs_tol=1e-9)


@given(made_tables(), years, groups)
def test_a_metric_is_the_sum_that_pandas_makes(made: Made, year: int, group: str | None) -> None:
    """Of one column, one group or all, in any year; missing where a cell is empty, or nothing is known."""
    with read(made) as (table, folder):
        asked = of(table, "cases", group).at(year)
        assert_is(asked, by_pandas(made, "cases", [str(year)], group), folder)
        assert (asked.unit, asked.period, asked.tables) == ("persons", str(year), ("made",))


@given(made_tables(), years, years, groups)
def test_a_range_of_years_is_their_sum(made: Made, one: int, other: int, group: str | None) -> None:
    """``at("2019/2022")`` sums four years; of groups of which no row is there, nothing is said."""
    first, last = sorted([one, other])
    with read(made) as (table, folder):
        inside = [str(year) for year in range(first, last + 1)]
        period = str(first) if first == last else f"{first}/{last}"
        assert_is(of(table, "cases", group).at(period), by_pandas(made, "cases", inside, group), folder)


@given(made_tables(broken=False), years, groups, groups)
def test_sums_and_differences(made: Made, year: int, one: str | None, other: str | None) -> None:
    """`+` and `-` are those of numbers; a part that is missing makes both missing."""
    a, b = (by_pandas(made, column, [str(year)], g) for column, g in (("cases", one), ("others", other)))
    with read(made) as (table, folder):
        cases, others = of(table, "cases", one), of(table, "others", other)
        assert_is((cases + others).at(year), None if a is None or b is None else a + b, folder)
        assert_is((cases - others).at(year), None if a is None or b is None else a - b, folder)


@given(made_tables(broken=False), years, st.sampled_from(GROUPS))
def test_a_part_in_its_whole_is_a_share(made: Made, year: int, group: str) -> None:
    """A narrower selection, and one of the metrics that a sum is made of; of fewer than a hundred it is not shown."""
    a, b = by_pandas(made, "cases", [str(year)], group), by_pandas(made, "others", [str(year)], group)
    every = by_pandas(made, "cases", [str(year)], None)
    with read(made) as (table, folder):
        cases, others = of(table, "cases", group), of(table, "others", group)
        shares = [(cases / of(table, "cases", None), every), (cases / (cases + others), _plus(a, b))]
        for share, whole in shares:
            assert share.unit == "percent"
            shown = a is not None and whole is not None and whole >= MIN_SHARE_BASE
            assert_is(share.at(year), 100 * a / whole if shown and a is not None and whole else None, folder)


@given(made_tables(broken=False), years)
def test_what_is_no_part_is_a_rate(made: Made, year: int) -> None:
    """Another column, a wider selection, or a whole in its part: so many a unit of the other, never percent."""
    a, b = by_pandas(made, "cases", [str(year)], "A"), by_pandas(made, "others", [str(year)], None)
    with read(made) as (table, folder):
        rate = of(table, "cases", "A") / of(table, "others", None)
        assert rate.unit == "persons_per_persons"
        shown = a is not None and a >= 10 and bool(b)
        assert_is(rate.at(year), a / b if shown and a is not None and b else None, folder)
        assert (of(table, "cases", None) / of(table, "cases", "A")).unit == "persons_per_persons"
        assert (of(table, "cases", "A") / of(table, "cases", "B")).unit == "persons_per_persons"


@given(made_tables(), groups)
def test_it_moves_from_the_year_before(made: Made, group: str | None) -> None:
    """In percent of the year before; missing where one is, that is zero, or what is counted changed in between."""
    with read(made) as (table, folder):
        cases = of(table, "cases", group)
        if not cases.periods:
            assert cases.now.value is cases.before.value is cases.moved.value is None
            return
        year = cases.year
        now, before = (by_pandas(made, "cases", [str(y)], group) for y in (year, year - 1))
        apart = made.broken and year == BROKEN
        if now is None or not before or apart:
            assert cases.moved.value is None
            assert cases.rose.holds is cases.fell.holds is None
        else:
            assert_is(cases.moved, 100 * (now - before) / before, folder)
            assert (cases.rose.holds, cases.fell.holds) == (now > before, now < before)


@given(made_tables(broken=True))
def test_a_peak_is_among_what_is_counted_alike(made: Made) -> None:
    """The highest since the break where the last year lies after it, and before it where it lies before."""
    with read(made) as (table, _):
        cases = metric(table, "cases", group="A")
        years = [int(period) for period in cases.periods]
        if not years:
            return
        alike = [year for year in years if (year >= BROKEN) == (years[-1] >= BROKEN)]
        known = {year: by_pandas(made, "cases", [str(year)], "A") for year in alike}
        values = [value for value in known.values() if value is not None]
        if values:
            assert (cases.peak.value, cases.trough.value) == (max(values), min(values))
            assert cases.peak.year in alike


@given(made_tables(monthly=True), st.sampled_from(GROUPS))
def test_months_make_years_and_parts_of_years(made: Made, group: str) -> None:
    """A year is known where all its months are; the year to date is made of the same months of each year."""
    with read(made) as (table, folder):
        cases = metric(table, "cases", group=group)
        whole = {str(year): [f"{year}-{month:02}" for month in range(1, 13)] for year in (2023, 2024)}
        for year in cases.yearly.periods:
            assert_is(cases.yearly.at(year), by_pandas(made, "cases", whole[year], group), folder)
        if not cases.periods:
            return
        last = cases.periods[-1]
        assert last == cases.period
        for span in cases.year_to_date.periods:
            months = [month for month in whole[span[:4]] if month[5:] <= last[5:]]
            assert_is(cases.year_to_date.at(span), by_pandas(made, "cases", months, group), folder)
            assert all(month in cases.periods for month in months)


@given(made_tables())
def test_parts_by_group_are_ordered_by_their_last_value(made: Made) -> None:
    """Largest first; those without a value come last, and are none of the top."""
    with read(made) as (table, _):
        cases = metric(table, "cases")
        parts = cases.by("group")
        last = str(YEARS[-1]) if not cases.periods else cases.periods[-1]
        expected = {g: by_pandas(made, "cases", [last], g) for g in set(made.frame.dropna(subset=["cases"])["group"])}
        known = sorted((g for g in expected if expected[g] is not None), key=lambda g: (-(expected[g] or 0), g))
        assert [str(g) for g in parts][: len(known)] == known
        assert list(parts) != known or cases.top("group", 2) == known[:2]
        assert set(map(str, parts)) == set(expected)


@given(made_tables(broken=False))
def test_its_frame_and_its_small_chart_hold_its_values(made: Made) -> None:
    """One row a period, plain pandas; the small chart ends with the last value."""
    with read(made) as (table, _):
        cases = metric(table, "cases")
        frame, spark = cases.frame, cases.spark(3)
        assert [str(year) for year in frame.index] == cases.periods
        for period in cases.periods:
            value = cases.at(period).value
            assert (value is None) == bool(frame.loc[int(period), "missing"])
            assert value is None or frame.loc[int(period), "value"] == value
        assert list(spark.index) == [int(period) for period in cases.periods[-3:]]
        if cases.periods and cases.now.value is not None:
            assert spark.iloc[-1] == cases.now.value


def _plus(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a + b


@pytest.mark.parametrize("op", ["+", "-", "/"])
def test_units_are_never_mixed(package: DataPackage, op: str) -> None:
    """Persons and events are neither added nor subtracted; their quotient says what it is."""
    claims = metric(package.table("claims_year", LATE))
    events = metric(package.table("events_month", LATE)).yearly
    if op == "/":
        assert (events / claims).unit == "events_per_persons"
        return
    with pytest.raises(ValueError, match=r"of persons \(claims_year\.claims\) and events \(.*\) mixes units"):
        claims + events if op == "+" else claims - events


@pytest.fixture(scope="module")
def data(root: Path) -> DataPackage:
    """The data package of the project."""
    return DataPackage(root / "data")


def test_a_metric_of_rates_is_asked_for_one_by_one(data: DataPackage) -> None:
    """All together it is refused, with the condition to write; of one place, or by place, it has its values."""
    received = metric(data.table("remittances_state_year", LATE), "usd_per_inhabitant")
    for ask in (lambda: received.now, lambda: received.at(2024), lambda: received.peak, lambda: received.frame):
        with pytest.raises(QuantityError, match=r'differ in state_code; say which is meant, state_code="MX-AGU"'):
            ask()
    chiapas = received.only(state_code="MX-CHP")
    assert chiapas.at(2024).value == received.by("state_code")["MX-CHP"].at(2024).value
    assert 0 < chiapas.now.number < 5000


def test_a_refused_metric_is_refused_again(data: DataPackage) -> None:
    """What was asked for before is no value afterwards."""
    cost = metric(data.table("remittance_cost_quarter", LATE))
    for _ in range(2):
        with pytest.raises(QuantityError, match='corridor="USA-COL"'):
            cost.at("2019-10/2019-12")


def test_a_refused_metric_shows_why(data: DataPackage) -> None:
    """In JupyterLab, as a word and as a table."""
    cost = metric(data.table("remittance_cost_quarter", LATE))
    assert "differ in corridor" in repr(cost)
    assert "differ in corridor" in cost._repr_html_()
    assert "<table>" in cost.only(corridor="USA-MEX")._repr_html_()


@pytest.mark.parametrize("longer", ["yearly", "year_to_date"])
def test_a_mean_of_months_makes_no_year(data: DataPackage, longer: str) -> None:
    """Neither does what is divided by one; of sums divided, the year is that of the sums."""
    months = data.table("remittances_month", LATE)
    mean, received, sent = metric(months, "mean_usd"), metric(months, "inflow_musd"), metric(months, "transfers")
    for refused in (mean, received / mean):
        with pytest.raises(MetricError, match=rf"mean_usd are never added, and {longer} adds those of a month"):
            getattr(refused, longer)
    with pytest.raises(QuantityError, match=r'differ in month; say which is meant, month="2024-12"'):
        mean.at(2024)
    year = (received / sent).yearly.at(2024)
    assert year.number * 1e6 == pytest.approx(received.at(2024).number / sent.at(2024).number * 1e6)


def test_years_of_a_table_without_periods(data: DataPackage) -> None:
    """A projection is asked for of any year; the last one is the last that ended, and none runs."""
    people = data.table("population_state_year", LATE)
    veracruz = metric(people, state_code="MX-VER")
    assert veracruz.at(2025).value == people.total(year=2025, state_code="MX-VER").value
    assert (veracruz.at(2025).period, veracruz.year, veracruz.running) == ("2025", 2025, [])
    assert veracruz.at(2028).value == people.total(year=2028, state_code="MX-VER").value
    assert metric(data.table("population_state_year", date(2025, 12, 31)), state_code="MEX").year == 2025
    assert metric(data.table("population_state_year", date(2025, 12, 30)), state_code="MEX").year == 2024


def test_a_rate_of_a_place_is_per_its_people(data: DataPackage) -> None:
    """Cases of a year by those who lived there in that year; of the country and its states together it is refused."""
    victims, people = data.table("trafficking_victims_state_year", LATE), data.table("population_state_year", LATE)
    rate = metric(victims, "victims", state_code="MX-ROO").per(metric(people, state_code="MX-ROO"))
    assert rate.at(2024).number == pytest.approx(victims.total("per_100k", year=2024, state_code="MX-ROO").number)
    for refused in (metric(people), metric(victims, "victims").per(metric(people, state_code="MEX"))):
        with pytest.raises(QuantityError, match=r"'MEX' of state_code holds the others already; .* state_code=\"MEX\""):
            refused.at(2024)


def test_the_whole_is_none_of_its_parts(data: DataPackage) -> None:
    """The largest states are states; where nothing but the whole is chosen, it is itself."""
    people = metric(data.table("population_state_year", LATE))
    assert people.top("state_code", 2) == ["MX-MEX", "MX-CMX"]
    assert len(people.by("state_code")) == 32
    assert list(people.only(state_code="MEX").by("state_code")) == ["MEX"]
    assert "MEX" in people.values("state_code")


def test_a_sentence_never_prints_a_false_sum(data: DataPackage) -> None:
    """Nor its other wording without a word: the author is told the condition."""
    cost = data.table("remittance_cost_quarter", LATE).total(quarter="2019-10")
    with pytest.raises(QuantityError, match='corridor="USA-COL"'):
        say(es="Costó {cost}.", en="It cost {cost}.", otherwise_es="No se sabe.", otherwise_en="It is not known.")
    with pytest.raises(QuantityError, match='corridor="USA-COL"'):
        share(cost, cost)


def test_a_value_names_its_unit_once(data: DataPackage) -> None:
    """35.4%, not 35.4% percent; what is written without its unit is followed by it."""
    cost = metric(data.table("remittance_cost_quarter", LATE), corridor="USA-MEX")
    assert re.fullmatch(r"<Reading \d\.\d% in \S+>", repr(cost.now))
    assert re.fullmatch(r"<Reading .?\d\.\d points in \S+>", repr(cost.moved))
    assert re.fullmatch(r"<Metric remittance_cost_quarter\.cost_pct corridor=USA-MEX: \d\.\d% in \S+>", repr(cost))
    assert " transits in 20" in repr(metric(data.table("darien_year", LATE)).now)
