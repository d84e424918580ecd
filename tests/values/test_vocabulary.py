"""A word for a number is true of it: bands never meet, and what is in none is written as a number."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.foundation.words import LANGUAGES
from analysis.values.quantities import Quantity, UnitError, rounded
from analysis.values.vocabulary import KINDS, Kind, in_words, phrases
from tests.vocabulary import PAGE, page

EXACT = {
    "half": 50, "a third": 100 / 3, "a quarter": 25, "a fifth": 20, "a tenth": 10, "four in ten": 40, "six in ten": 60,
    "two in three": 200 / 3, "seven in ten": 70, "three in four": 75, "eight in ten": 80, "nine in ten": 90,
}  # fmt: skip
"""The share that each fraction names."""


@pytest.mark.parametrize("kind", KINDS)
def test_bands_never_meet(kind: Kind) -> None:
    """Each number has one word at most, and each band begins before it ends."""
    bands = phrases(kind)
    assert all(band.low <= band.high for band in bands)
    assert all(one.high < other.low for one, other in pairwise(bands))
    assert all(band.es and band.en for band in bands)


def test_a_fraction_lies_on_its_side_of_what_it_names() -> None:
    """What is almost so is below, what is just over above, the bare word half a point beside at most; none is far."""
    for phrase in phrases("fraction"):
        almost, over = phrase.en.startswith("almost "), phrase.en.startswith("just over ")
        share = EXACT[phrase.en.removeprefix("almost ").removeprefix("just over ")]
        assert (phrase.es.startswith("casi "), phrase.es.startswith("poco más de ")) == (almost, over)
        if almost:
            assert share - 5.1 < phrase.low <= phrase.high < share
        elif over:
            assert share < phrase.low <= phrase.high < share + 5.1
        else:
            assert phrase.low <= share <= phrase.high <= phrase.low + 1.2


@given(st.floats(-300, 300), st.sampled_from(LANGUAGES))
def test_the_word_printed_is_that_of_the_number_printed(value: float, language: str) -> None:
    """What is told is decided by the number as it would be printed, with one decimal; else the number stands there."""
    share, change = (Quantity(value, "percent", "2025") for _ in range(2))
    number = float(rounded(value, 1))
    for quantity, kind in ((share, "fraction"), (change, "trend"), (change, "size")):
        words = in_words(number, kind, language)  # type: ignore[arg-type]
        written = quantity.text(language, kind, prose=True)  # type: ignore[arg-type]
        assert written == words if words else any(character.isdigit() for character in written)


def test_trends_agree_with_their_subject_and_sizes_have_no_sign() -> None:
    """Spanish has a plural; a change in points is told in points; nothing moved is said so."""
    fell, points, still = (
        Quantity(-15.3, "percent", "2025"),
        Quantity(2.13, "points", "2025"),
        Quantity(0.0, "points", ""),
    )
    assert [fell.text("es", spec) for spec in ("trend", "trends", "size")] == ["bajó 15%", "bajaron 15%", "15%"]
    assert fell.text("en", "Trend", prose=True) == "Fell by 15 per cent"
    assert points.text("es", "trend") == "subió 2.1 puntos"
    assert still.text("en", "trend") == "hardly changed"
    assert Quantity(-50.0, "percent", "2025").text("es", "size") == "a la mitad"
    assert Quantity(-4.26, "percent", "2025").text("es", "size") == "4.3%"


def test_what_has_no_words_is_refused() -> None:
    """A count is no fraction, points are none either; a missing number is said to be so."""
    for unit in ("persons", "points"):
        with pytest.raises(ValueError, match=f"'fraction' has words for percent, not for {unit}"):
            Quantity(50.0, unit, "2025").text("es", "fraction")
    assert Quantity(None, "percent", "2025", missing="no_data").text("es", "fraction") == "s/d"
    assert issubclass(UnitError, ValueError)


def test_the_page_lists_them_all() -> None:
    """docs/vocabulary.md is what `python -m tests.vocabulary` writes."""
    assert PAGE.read_text(encoding="utf-8") == page()
