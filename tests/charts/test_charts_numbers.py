"""How charts write values: decimals, millions, and shorter where there is no room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts._numbers import Numbers
from analysis.charts.style import text_width
from analysis.foundation.words import Language
from tests.charts.drawing import numbers_in

NAN = float("nan")
SIZES = (8, 7.5, 6.8)


def written(*values: float, unit: str = "", language: Language = "es") -> list[str]:
    """The values of one chart as it writes them."""
    numbers = Numbers.of(values, unit, language)
    return [numbers.text(value) for value in values]


class TestText:
    """One value on a chart."""

    @pytest.mark.parametrize(
        ("values", "texts"),
        [
            ((12, 1712), ["12", "1,712"]),
            ((49.1, 0.0), ["49.1", "0.0"]),
            ((1234.5, 7.0), ["1,235", "7"]),
            ((0.5, 0.2), ["0.5", "0.2"]),
            ((0.01, 0.03), ["0.01", "0.03"]),
            ((0.123456, 0.2), ["0.12", "0.20"]),
            ((0.0093, 0.0005), ["0.0093", "0.0005"]),
            ((0, 0), ["0", "0"]),
            ((NAN, 3), ["s/d", "3"]),
        ],
    )
    def test_a_chart_has_the_decimals_that_its_values_need(self, values: list[float], texts: list[str]) -> None:
        """None for whole or large values, one for others, two digits where all are below 1."""
        assert written(*values) == texts

    @pytest.mark.parametrize(
        ("values", "texts"), [((49.1, 0.04), ["49.1", "0.04"]), ((65_000, 0.007), ["65,000", "0.007"])]
    )
    def test_only_zero_reads_as_zero(self, values: list[float], texts: list[str]) -> None:
        """A value below the precision of its chart keeps its first digit."""
        assert written(*values) == texts

    def test_long_values_are_written_in_millions(self) -> None:
        """From a thousand millions on; what is smaller than a million stays as it is."""
        assert written(65e9, 52_340_000, 1712, -2e9) == ["65,000 millones", "52.3 millones", "1,712", "−2,000 millones"]
        assert written(65e9, language="en") == ["65,000 million"]
        assert written(999_999_999) == ["999,999,999"]

    def test_shares_have_their_sign(self) -> None:
        """A share of 100 is never in millions."""
        assert written(49.1, 0.02, unit="%") == ["49.1%", "0.02%"]
        assert written(2e9, unit="%") == ["2,000,000,000%"]

    @given(st.floats(1e-6, 1e11), st.floats(1e-6, 1e11))
    def test_a_text_reads_as_its_value(self, value: float, other: float) -> None:
        """Whatever stands beside it, a value is written rounded, and not as zero."""
        (text, _) = written(value, other)
        (number,) = numbers_in(text)
        assert number.tells(value)


class TestTicks:
    """The values of an axis."""

    def test_the_unit_stands_on_the_last(self) -> None:
        """With a word between millions and what is counted, in each language."""
        assert Numbers.of([40], "personas", "es").ticks([20, 40]) == ["20", "40 personas"]
        assert Numbers.of([40], "%", "es").ticks([20, 40]) == ["20", "40%"]
        big = [20e9, 40e9]
        assert Numbers.of(big, "personas", "es").ticks(big) == ["20,000", "40,000 millones de personas"]
        assert Numbers.of(big, "persons", "en").ticks(big) == ["20,000", "40,000 million persons"]
        assert Numbers.of(big, "", "en").ticks(big) == ["20,000", "40,000 million"]

    def test_all_have_the_decimals_of_the_finest(self) -> None:
        """0.5 beside 1 is 0.5 beside 1.0."""
        assert Numbers.of([1.2], "", "es").ticks([0.5, 1]) == ["0.5", "1.0"]


class TestFitted:
    """A value in a narrow place."""

    @pytest.mark.parametrize(
        ("value", "room", "text"),
        [
            (1234, 100, "1,234"),
            (12_345, 19, "12.3k"),
            (123_456, 19, "123k"),
            (1_234_567, 19, "1.2M"),
            (65e9, 28, "65,000M"),
            (65e9, 19, "65mM"),
            (123.4, 11, "123"),
            (0.0005, 18, "<0.01"),
            (0.0005, 12, "<1"),
        ],
    )
    def test_it_is_smaller_then_shorter(self, value: float, room: float, text: str) -> None:
        """Smaller letters first, then the letter of its size, then a limit that it is below."""
        found = Numbers.of([value, 0.5], "", "es").fitted(value, room, SIZES, bold=True)
        assert found is not None
        assert found[0] == text
        assert text_width(*found, bold=True) <= room

    def test_there_may_be_no_room(self) -> None:
        """Where nothing true fits there is no text."""
        assert Numbers.of([65e9], "", "es").fitted(65e9, 8, SIZES) is None

    def test_english_has_its_own_letters(self) -> None:
        """A thousand million is a billion there."""
        assert Numbers.of([65e9], "", "en").fitted(65e9, 17, SIZES) == ("65bn", 6.8)

    @given(st.floats(1e-6, 1e12), st.floats(14, 60))
    def test_what_fits_is_true(self, value: float, room: float) -> None:
        """A shortened text is the rounded value, or a limit above it."""
        found = Numbers.of([value], "", "es").fitted(value, room, SIZES)
        if found is not None:
            (number,) = numbers_in(found[0])
            assert number.tells(value)
            assert text_width(*found) <= room

    @pytest.mark.parametrize(("value", "text"), [(65e9, "65mM"), (2.5e6, "2.5M"), (10_000, "10k"), (250, "250")])
    def test_a_round_limit_is_abbreviated_exactly(self, value: float, text: str) -> None:
        """Limits of classes lose nothing."""
        assert Numbers.of([value], "", "es").abbreviated(value) == text
