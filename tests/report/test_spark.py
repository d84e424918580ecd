"""The small chart beside a key figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report.spark import SPARK_SIZE, is_drawn, spark_columns


def test_spark_columns_stand_on_zero() -> None:
    """The tallest column fills the field, half of it is half as tall, and a gap keeps its place."""
    columns = spark_columns([2, None, 4])
    assert [column.height for column in columns] == [8, 16]
    assert [column.y for column in columns] == [8, 0]
    assert columns[1].x - columns[0].x == pytest.approx(14)
    assert columns[1].x + columns[1].width == pytest.approx(SPARK_SIZE[0], abs=0.02)


def test_spark_columns_below_zero_hang() -> None:
    """A negative value hangs from the line of zero."""
    up, down = spark_columns([3, -1])
    assert (up.y, up.height) == (0, 12)
    assert (down.y, down.height) == (12, 4)


@pytest.mark.parametrize("values", [[], [None], [0, 0], [0, None]])
def test_nothing_to_draw_draws_nothing(values: list[float | None]) -> None:
    """Without a value other than zero there is no column."""
    assert spark_columns(values) == []


@given(st.lists(st.none() | st.floats(-1e9, 1e9).filter(lambda v: v == 0 or abs(v) > 1e-3), max_size=40))
def test_spark_columns_stay_inside_their_field(values: list[float | None]) -> None:
    """No column leaves the field, whatever the values."""
    for column in spark_columns(values):
        assert column.x >= 0
        assert column.y >= 0
        assert column.x + column.width <= SPARK_SIZE[0] + 0.02
        assert column.y + column.height <= SPARK_SIZE[1] + 0.02


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ([], False),
        ([1.0], False),
        ([1.0, 2.0], False),
        ([1.0, None, float("nan"), 2.0], False),
        ([1.0, None, 2.0, 3.0], True),
    ],
)
def test_fewer_than_three_points_are_no_chart(values: list[float | None], drawn: bool) -> None:
    """One or two points show no course; places without a value are no points."""
    assert is_drawn(values) == drawn
