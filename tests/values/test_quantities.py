"""Quantities and how each language writes numbers, dates and periods."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.foundation.errors import QuantityError
from analysis.foundation.words import LANGUAGES, Language
from analysis.values.quantities import (
    MINUS,
    Quantity,
    UnitError,
    format_date,
    format_millions,
    format_number,
    format_period,
    format_visible,
    month_name,
    needed_decimals,
    rounded,
    significant,
)

CLAIMS = Quantity(70482.0, "persons", "2025", tables=("claims_year",), derivation={"table": "claims_year"})
SHARE = Quantity(49.1, "percent", "2025")

languages = pytest.mark.parametrize("language", LANGUAGES)


# -- numbers ----------------------------------------------------------------------------------------------------------


@languages
@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (70482, 0, "70,482"),
        (999, 0, "999"),
        (1070000, 0, "1,070,000"),
        (-1234.56, 1, "−1,234.6"),
        (0, 0, "0"),
        (12.3456, 2, "12.35"),
        (7, 2, "7.00"),
    ],
)
def test_numbers_have_comma_and_point(language: Language, value: float, decimals: int, written: str) -> None:
    """Both languages write a comma for thousands and a point for decimals, as Mexico does."""
    assert format_number(value, language, decimals) == written


@languages
@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (0.25, 1, "0.3"),
        (34.75, 1, "34.8"),
        (80.05, 1, "80.1"),
        (40.65, 1, "40.7"),
        (1.005, 2, "1.01"),
        (80.0499, 1, "80.0"),
        (1411957000001.0, 0, "1,411,957,000,001"),
    ],
)
def test_a_half_goes_away_from_zero(language: Language, value: float, decimals: int, written: str) -> None:
    """A value midway between two rounded ones goes away from zero, whatever binary fraction is nearest to it."""
    assert format_number(value, language, decimals) == written


def test_every_format_rounds_alike() -> None:
    """Shares, signed ones, points and millions of the same half are the same digits."""
    assert Quantity(80.05, "percent", "2025").text("es") == "80.1%"
    assert Quantity(-0.05, "percent", "2025").text("es", "+") == "−0.1%"
    assert Quantity(40.65, "points", "2025").text("en", "+") == "+40.7 points"
    assert format_millions(1_005_000, "es", 2) == "1.01 millones"
    assert format_millions(950_000, "es", 0) == "1 millón"
    assert format_visible(0.05, "es", 1) == "0.1"
    assert Quantity(-80.05, "percent", "2025").text("es", "abs") == "80.1%"
    assert Quantity(-80.05, "percent", "2025").text("es", "+") == "−80.1%"


@given(
    units=st.integers(-(10**9), 10**9),
    places=st.integers(0, 4),
    decimals=st.integers(0, 3),
    language=st.sampled_from(LANGUAGES),
)
def test_any_decimal_of_a_table_is_rounded_as_on_paper(
    units: int, places: int, decimals: int, language: Language
) -> None:
    """What a CSV file holds, read as a float and printed, is its decimal rounded half away from zero."""
    held = Decimal(units).scaleb(-places)
    paper = held.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert rounded(float(held), decimals) == paper
    assert Decimal(format_number(float(held), language, decimals).replace(",", "").replace(MINUS, "-")) == paper


@languages
@pytest.mark.parametrize("value", [-0.0, -0.04, 0.04, -0.049999])
def test_what_rounds_to_zero_has_no_sign(language: Language, value: float) -> None:
    """A number printed as zero is never printed as minus or plus zero."""
    assert format_number(value, language, 1) == "0.0"
    assert Quantity(value, "percent", "2025").text(language, "+") == "0.0%"
    assert Quantity(value, "points", "2025").text(language, "+").startswith("0.0 ")


@given(
    value=st.floats(-1e12, 1e12, allow_nan=False),
    decimals=st.integers(0, 3),
    language=st.sampled_from(LANGUAGES),
)
def test_what_is_printed_reads_back_as_the_rounded_value(value: float, decimals: int, language: Language) -> None:
    """Any number, read back from its text, is the value rounded to the decimals asked for."""
    written = format_number(value, language, decimals)
    back = float(written.replace(",", "").replace(MINUS, "-"))
    assert back == pytest.approx(value, rel=1e-11, abs=0.5 * 10**-decimals * (1 + 1e-9))
    assert "-" not in written
    assert (MINUS in written) == (rounded(value, decimals) < 0)


@languages
@pytest.mark.parametrize(("value", "written"), [(49.1, "49.1%"), (-10.7, "−10.7%"), (100, "100.0%")])
def test_a_percentage_has_no_space(language: Language, value: float, written: str) -> None:
    """The sign of a percentage stands against the number."""
    assert Quantity(value, "percent", "2025").text(language) == written


@languages
@pytest.mark.parametrize(
    ("value", "written"), [(-10.68, f"{MINUS}10.7%"), (4, "+4.0%"), (0, "0.0%"), (1234.5, "+1,234.5%")]
)
def test_a_change_is_signed(language: Language, value: float, written: str) -> None:
    """A change shows plus or a true minus, and nothing at zero."""
    assert Quantity(value, "percent", "2025").text(language, "+") == written


def test_points_are_named() -> None:
    """A difference of shares is in points, in the word of each language."""
    assert Quantity(26.4, "points", "2025").text("es") == "26.4 puntos"
    assert Quantity(-26.4, "points", "2025").text("en") == "−26.4 points"
    assert Quantity(26.4, "points", "2025").text("es", "+") == "+26.4 puntos"
    assert Quantity(-0.6, "points", "2025").text("en", "+") == "−0.6 points"


@pytest.mark.parametrize(
    ("value", "decimals", "spanish", "english"),
    [
        (1_070_000, 2, "1.07 millones", "1.07 million"),
        (1_000_000, 0, "1 millón", "1 million"),
        (2_000_000, 0, "2 millones", "2 million"),
        (128_900_000, 1, "128.9 millones", "128.9 million"),
        (-2_500_000, 1, "−2.5 millones", "−2.5 million"),
        (400_000, 1, "0.4 millones", "0.4 million"),
    ],
)
def test_millions(value: float, decimals: int, spanish: str, english: str) -> None:
    """Spanish puts millions in the plural except for one; English never does."""
    assert format_millions(value, "es", decimals) == spanish
    assert format_millions(value, "en", decimals) == english


# -- days and periods -------------------------------------------------------------------------------------------------


def test_days_long_and_short() -> None:
    """A day is written with "de" in Spanish, and months are cut without a full stop in both languages."""
    day = date(2026, 6, 25)
    assert format_date(day, "es") == "25 de junio de 2026"
    assert format_date(day, "en") == "25 June 2026"
    assert format_date("2026-06-25", "es", short=True) == "25 jun 2026"
    assert format_date("2026-06-25", "en", short=True) == "25 Jun 2026"
    assert format_date("2025-09-08", "es", short=True) == "8 sep 2025"


@languages
@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_is_cut_alike_in_days_and_in_periods(language: Language, month: int) -> None:
    """The short name of a month is the same whether a day stands before it or not."""
    short = month_name(month, language, short=True)
    assert format_date(date(2025, month, 1), language, short=True) == f"1 {short} 2025"
    assert "." not in short


@pytest.mark.parametrize(
    ("period", "spanish", "english"),
    [
        ("2025", "2025", "2025"),
        ("2014/2024", "2014–2024", "2014–2024"),
        ("2025-04", "abril de 2025", "April 2025"),
        ("2025-01/2025-04", "enero–abril de 2025", "January–April 2025"),
        ("2024-11/2025-02", "noviembre de 2024–febrero de 2025", "November 2024–February 2025"),
        (
            "2025-01/2025-09-08",
            "enero de 2025–8 de septiembre de 2025",
            "January 2025–8 September 2025",
        ),
        ("2016/2022-06", "2016–junio de 2022", "2016–June 2022"),
        ("2025-04-20", "20 de abril de 2025", "20 April 2025"),
    ],
)
def test_periods_in_words(period: str, spanish: str, english: str) -> None:
    """A year, a month, a day and a span of any two are written in words, with an en dash."""
    assert format_period(period, "es") == spanish
    assert format_period(period, "en") == english


@pytest.mark.parametrize(
    ("period", "spanish", "english"),
    [
        ("2025-04", "abr 2025", "Apr 2025"),
        ("2025-01/2025-04", "ene–abr 2025", "Jan–Apr 2025"),
        ("2018/2025-09-08", "2018–8 sep 2025", "2018–8 Sep 2025"),
        ("2025", "2025", "2025"),
    ],
)
def test_short_periods(period: str, spanish: str, english: str) -> None:
    """Short periods cut the months and drop the "de"."""
    assert format_period(period, "es", short=True) == spanish
    assert format_period(period, "en", short=True) == english


@pytest.mark.parametrize("wrong", ["", "25", "20251", "enero", "2025-1"])
def test_what_is_no_period_is_refused(wrong: str) -> None:
    """Something that is no ISO period is quoted with the ways to write one."""
    with pytest.raises(ValueError, match=f"'{wrong}' is not a period: write 2025, 2025-04, 2025-04-20, or two"):
        format_period(wrong, "es")


# -- quantities -------------------------------------------------------------------------------------------------------


@languages
@pytest.mark.parametrize(
    ("value", "unit", "spec", "written"),
    [
        (70482.0, "persons", "", "70,482"),
        (70482.4, "events", "1", "70,482.4"),
        (12.0, "persons", "+", "+12"),
        (-12.0, "persons", "+", "−12"),
        (-12.0, "persons", "", "−12"),
        (-12.0, "persons", "abs", "12"),
        (49.06, "percent", "", "49.1%"),
        (49.06, "percent", "0", "49%"),
        (-10.68, "percent", "+", "−10.7%"),
        (-10.68, "percent", "abs 0", "11%"),
        (4.0, "percent", "+0", "+4%"),
    ],
)
def test_a_quantity_writes_itself_by_unit(language: Language, value: float, unit: str, spec: str, written: str) -> None:
    """Counts have no decimals, shares have one and the sign, unless the format says otherwise."""
    assert Quantity(value, unit, "2025").text(language, spec) == written


def test_points_and_millions_follow_the_language() -> None:
    """Words beside the number are those of the language."""
    points = Quantity(26.4, "points", "2025")
    many = Quantity(1_070_000, "persons", "2025")
    assert (points.text("es", "+"), points.text("en", "+")) == ("+26.4 puntos", "+26.4 points")
    assert (points.text("es"), points.text("en", "0")) == ("26.4 puntos", "26 points")
    assert (many.text("es", "millions"), many.text("en", "millions 1")) == ("1.07 millones", "1.1 million")


def test_only_english_prose_spells_per_cent() -> None:
    """English sentences say "per cent"; figures, tables and Spanish keep the sign."""
    assert SHARE.text("en", prose=True) == "49.1 per cent"
    assert SHARE.text("en") == "49.1%"
    assert SHARE.text("es", prose=True) == "49.1%"


def test_a_missing_quantity_says_why() -> None:
    """A number that was not published reads differently from one withheld for too few cases."""
    unpublished = Quantity(None, "persons", "2026", missing="no_data")
    withheld = Quantity(None, "percent", "2025", missing="too_few")
    assert (unpublished.text("es"), unpublished.text("en")) == ("s/d", "n/a")
    assert (withheld.text("es", "+"), withheld.text("en", prose=True)) == ("–", "–")
    partial = Quantity(None, "persons", "2026", missing="partial", lacks=("MX-OAX",))
    assert (partial.text("es"), partial.text("en")) == ("incompleto", "incomplete")
    assert (partial.fact()["lacks"], "lacks" in unpublished.fact()) == (["MX-OAX"], False)


@pytest.mark.parametrize("spec", ["percent", "1.5", "-1", "abs,0"])
def test_an_unknown_format_is_named(spec: str) -> None:
    """A format that does not exist is quoted with those that do, even when the value is missing."""
    for quantity in (CLAIMS, replace(CLAIMS, value=None)):
        with pytest.raises(ValueError, match=f"unknown format '{spec}': use a number of decimals"):
            quantity.text("es", spec)


def test_comparisons_with_numbers_and_quantities() -> None:
    """Quantities compare by value, with one another and with plain numbers."""
    more = replace(CLAIMS, value=78245.0)
    assert more > CLAIMS
    assert more >= CLAIMS
    assert CLAIMS > 70_000
    assert CLAIMS <= 70_482
    assert SHARE.between(49.1, 50)
    assert not SHARE.between(45, 49)


def test_units_are_never_compared() -> None:
    """Comparing two units is an error that names both."""
    with pytest.raises(UnitError, match="cannot compare persons with percent: units are never mixed"):
        assert CLAIMS < SHARE


def test_every_comparison_with_a_missing_quantity_is_false() -> None:
    """A claim about a number that is not there can never hold."""
    none = replace(SHARE, value=None)
    assert math.isnan(none.number)
    assert not any((none < 1, none <= 1, none > 1, none >= 1, none < SHARE, none >= SHARE, none.between(0, 100)))


def test_a_fact_is_plain_json() -> None:
    """The record of a number holds value, unit, period, place and origin, and is JSON."""
    fact = replace(CLAIMS, preliminary=True, geography="MX-CHP").fact()
    assert json.loads(json.dumps(fact)) == {
        "value": 70482,
        "unit": "persons",
        "period": "2025",
        "geography": "MX-CHP",
        "preliminary": True,
        "missing": "",
        "tables": ["claims_year"],
        "derivation": {"table": "claims_year"},
    }
    assert replace(CLAIMS, value=None, missing="too_few").fact()["value"] is None


def test_twelve_significant_digits_are_kept() -> None:
    """The last bits of a float, which differ between processors, do not reach the facts."""
    assert significant(100 / 3) == 33.3333333333
    assert significant(0.1 + 0.2) == 0.3
    assert significant(1234567.0) == 1234567
    assert isinstance(significant(1234567.0), int)


@pytest.mark.parametrize("wrong", ["2025-13", "abcdefg", "2025-02-30"])
def test_a_month_that_does_not_exist_is_refused(wrong: str) -> None:
    """A month that does not exist is quoted like any other wrong period."""
    with pytest.raises(ValueError, match=f"'{wrong}' is not a period"):
        format_period(wrong, "es")


@pytest.mark.parametrize(
    ("value", "unit", "spec", "spanish", "english"),
    [
        (62471.7, "million_usd", "millions", "62,472 millones", "62,472 million"),
        (40.6, "million_persons", "millions", "40.6 millones", "40.6 million"),
        (4.05, "million_persons", "millions", "4.05 millones", "4.05 million"),
        (62471.7, "million_usd", "millions 1", "62,471.7 millones", "62,471.7 million"),
        (62.4717, "billion_usd", "millions", "62,472 millones", "62,472 million"),
        (158_610_000, "transfers", "millions", "158.61 millones", "158.61 million"),
    ],
)
def test_millions_know_what_is_counted_in_millions_already(
    value: float, unit: str, spec: str, spanish: str, english: str
) -> None:
    """The number is the same whether its table counts dollars or millions of dollars."""
    quantity = Quantity(value, unit, "2025")
    assert (quantity.text("es", spec), quantity.text("en", spec)) == (spanish, english)


@pytest.mark.parametrize("unit", ["percent", "points", "rank", "usd_per_transfer", "per_1000"])
def test_a_rate_is_not_written_in_millions(unit: str) -> None:
    """It would read as nothing: 0.00 millones."""
    with pytest.raises(QuantityError, match=f"'millions' is for counts and money, not for {unit}: leave it out"):
        Quantity(49.1, unit, "2025").text("es", "millions")


def test_what_must_not_be_added_is_refused_wherever_it_is_used() -> None:
    """As a number, in a comparison, in words and among the facts."""
    refused = Quantity(None, "percent", "2025", missing="no_sum", lacks=("8 rows: write corridor",))
    for use in (lambda: refused.number, lambda: refused > 5, lambda: refused.text("es"), refused.fact):
        with pytest.raises(QuantityError, match=r"^8 rows: write corridor$"):
            use()


def test_signed_millions() -> None:
    """A change in millions can be signed."""
    assert Quantity(1_500_000, "persons", "2025").text("es", "+ millions") == "+1.50 millones"


@languages
@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(0.04, 1, "0.04"), (-0.0049, 1, "−0.005"), (0.4, 0, "0.4"), (0, 1, "0.0"), (0.06, 1, "0.1"), (1712, 0, "1,712")],
)
def test_only_zero_is_visible_as_zero(language: Language, value: float, decimals: int, written: str) -> None:
    """A value below the precision keeps its first digit; the others are written as always."""
    assert format_visible(value, language, decimals) == written


@pytest.mark.parametrize(
    ("values", "decimals"),
    [([], 0), ([3, 1712], 0), ([49.1, 0.004], 1), ([0.5, 0.2], 1), ([0.25, 0.5], 2), ([0.0312], 3), ([0.0, 0.03], 2)],
)
def test_values_have_the_decimals_that_they_need(values: list[float], decimals: int) -> None:
    """None for whole numbers, one from 1 on, and two digits of the largest below."""
    assert needed_decimals(values) == decimals
