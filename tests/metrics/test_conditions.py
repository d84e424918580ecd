"""Conditions keep their numbers, join by & | ~, and are never silently true."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from analysis.metrics.algebra import Metric, metric
from analysis.metrics.axes import MetricError
from analysis.metrics.conditions import Condition, compared
from analysis.package.data_package import DataPackage
from analysis.values.quantities import Quantity

LATE = date(2026, 6, 30)
HOLDS, FAILS, UNKNOWN = (Condition(holds, ()) for holds in (True, False, None))


@pytest.fixture
def received(package: DataPackage) -> Metric:
    """400 claims in 2023, 352 in 2024, 400 in 2025."""
    return metric(package.table("claims_year", LATE))


def test_they_join_as_logic_of_three_values_does() -> None:
    """What cannot be told stays so, unless the other decides."""
    values = (True, False, None)
    for a, b in itertools.product(values, values):
        one, other = Condition(a, ()), Condition(b, ())
        assert (one & other).holds == (False if False in (a, b) else None if None in (a, b) else True)
        assert (one | other).holds == (True if True in (a, b) else None if None in (a, b) else False)
    assert [(~c).holds for c in (HOLDS, FAILS, UNKNOWN)] == [False, True, None]


@pytest.mark.parametrize(
    "expression",
    [
        lambda m: 395 < m < 405,
        lambda m: 395 < m.now < 405,
        lambda m: not m.rose,
        lambda m: m.rose and m.fell,
        lambda m: m.rose or m.fell,
        lambda m: bool(m > 50),
        lambda m: "x" if m.now > 50 else "y",
        lambda m: not m,
        lambda m: not m.now,
        lambda m: m == 400,
        lambda m: m != 400,
        lambda m: m == m,
        lambda m: m.now == 400,
        lambda m: 400 == m.now,  # noqa: SIM300
        lambda m: 400 in m,
        lambda m: m.now in [400, 401],
        lambda m: m in [400],
        lambda m: list(m),
        lambda m: m.rose == True,  # noqa: E712
        lambda m: m.rose & True,
        lambda m: (m > 1) | (m.now.value > 1),
        lambda m: m > "400",
        lambda m: m > True,
        lambda m: m + 1,
        lambda m: m / 2,
        lambda m: m > date(2026, 1, 1),
    ],
)
def test_slips_are_sentences(received: Metric, expression: Callable[[Metric], Any]) -> None:
    """Chained comparisons, `and`, `not`, `==`, `in`, an `if`: each says what to write instead."""
    with pytest.raises(MetricError) as refused:
        expression(received)
    assert len(str(refused.value)) > 40


def test_every_comparison_keeps_its_number(received: Metric) -> None:
    """With the bounds, and whether these are outside."""
    share = received.share_of(nationality="CUB")
    cases: list[tuple[Condition, bool]] = [
        (share > 75, False),
        (share >= 75, True),
        (share < 75, False),
        (share <= 75, True),
        (share.between(70, 75), True),
        (share.now.between(76, 80), False),
        (share.at(2024) < share.at(2025), True),
        (received > received.before, True),
        (received.at(2023) >= received.now, True),
        (received.rose, True),
        (received.fell, False),
        (received.moved > 13, True),
    ]
    for condition, holds in cases:
        assert condition.holds is holds
        (bound,) = condition.bounds
        assert bound.holds is holds
        assert bound.quantity.value is not None
        assert bound.quantity.derivation


def test_what_is_missing_cannot_be_told(package: DataPackage) -> None:
    """Neither the comparison nor its opposite holds."""
    nothing = metric(package.table("claims_year", LATE)).at(2031)
    for condition in (nothing > 1, ~(nothing > 1), nothing <= 1, nothing.between(0, 9)):
        assert condition.holds is None


def test_units_are_not_compared(received: Metric) -> None:
    """A share with a count is an error, never false."""
    with pytest.raises(ValueError, match="mixes units"):
        _ = received > received.share_of(nationality="CUB")


def test_quantities_of_the_old_calls_are_compared_too() -> None:
    """By what conditions are made with: the bounds and their edges are the same."""
    five = Quantity(5.0, "persons", "2025")
    assert compared(five, low=5).holds is True
    assert compared(five, low=5, open_ended=True).holds is False
    assert repr(compared(five, high=4)) == "<Condition: does not hold: 5 to 4>"
