"""Rectangles in points: what holds two, and which lie on one another."""

from __future__ import annotations

import pytest

from analysis.charts.boxes import Box, around, meetings

TEXT = Box(10, 0, 50, 8)


def test_the_box_around_two_holds_both() -> None:
    """It reaches from the leftmost to the rightmost edge and from the lowest to the highest."""
    assert around([Box(0, 5, 2, 6), Box(1, 0, 9, 5.5)]) == Box(0, 0, 9, 6)


@pytest.mark.parametrize(
    ("other", "meet"),
    [
        (Box(40, 2, 80, 9), True),
        (Box(20, -3, 30, 11), True),
        (TEXT, True),
        (Box(49.5, 0, 80, 8), False),  # letters set close share half a point
        (Box(10, -7, 50, 1), False),  # a descender and an accent of two lines set close touch
        (Box(10, -6, 50, 2), True),
        (Box(50, 0, 90, 8), False),
        (Box(10, 8, 50, 16), False),
        (Box(10, -20, 50, -12), False),
    ],
)
def test_boxes_of_ink_meet_when_they_share_more_than_a_touch(other: Box, meet: bool) -> None:
    """Letters and lines set close touch; what shares more lies on the other, whichever comes first."""
    for named in ([("a", TEXT), ("b", other)], [("b", other), ("a", TEXT)]):
        assert [set(pair) for pair in meetings(named)] == ([{"a", "b"}] if meet else [])


def test_each_meeting_is_told_once_with_the_upper_one_first() -> None:
    """Three boxes on one another are three meetings."""
    named = [
        ("low", Box(0, 0, 9, 8)),
        ("high", Box(0, 4, 9, 12)),
        ("middle", Box(0, 2, 9, 10)),
        ("far", Box(0, 40, 9, 48)),
    ]
    assert list(meetings(named)) == [("high", "middle"), ("high", "low"), ("middle", "low")]
