"""Rectangles and lines in points, measured from the lower left corner of a figure or a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

# Two boxes of ink meet when they share more than these points of width, and more than this share of the height of the
# lower one: lines set close may touch with an accent and a descender.
_SHARED_WIDTH: Final = 0.75
_SHARED_HEIGHT: Final = 0.15
_LONGEST_QUOTE: Final = 60


class Box(NamedTuple):
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, pad: float) -> Box:
        """Return the box with `pad` points more on each side."""
        return Box(self.left - pad, self.bottom - pad, self.right + pad, self.top + pad)

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two boxes share some area."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def within(self, other: Box) -> bool:
        """Tell whether this box lies wholly inside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )

    def holds(self, points: Points) -> bool:
        """Tell whether one of the points (n x 2) lies inside."""
        x, y = points[:, 0], points[:, 1]
        return bool(((x > self.left) & (x < self.right) & (y > self.bottom) & (y < self.top)).any())


def trace(points: Points, step: float = 1.0) -> Points:
    """Return points at most `step` apart along a line (n x 2); a point without a value breaks the line."""
    points = np.asarray(points, dtype=float)
    starts, moves = points[:-1], np.diff(points, axis=0)
    drawn = ~np.isnan(moves).any(axis=1)
    starts, moves = starts[drawn], moves[drawn]
    counts = np.ceil(np.hypot(*moves.T) / step).astype(int) + 1
    piece = np.repeat(np.arange(len(counts)), counts)
    nth = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
    part = nth / np.maximum(counts - 1, 1)[piece]
    between = starts[piece] + part[:, None] * moves[piece]
    return np.concatenate([points[~np.isnan(points).any(axis=1)], between])


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box that holds all of these, one at least."""
    left, bottom, right, top = zip(*boxes, strict=True)
    return Box(min(left), min(bottom), max(right), max(top))


def meetings(named: Iterable[tuple[str, Box]]) -> Iterator[tuple[str, str]]:
    """Yield the names of each two boxes of ink that lie on one another, the upper one first."""
    ordered = sorted(named, key=lambda item: -item[1].top)
    for i, (name, box) in enumerate(ordered):
        for other_name, other in ordered[i + 1 :]:
            if other.top <= box.bottom:
                break
            width = min(box.right, other.right) - max(box.left, other.left)
            height = min(box.top, other.top) - max(box.bottom, other.bottom)
            least = _SHARED_HEIGHT * min(box.top - box.bottom, other.top - other.bottom)
            if width > _SHARED_WIDTH and height > least:
                yield name, other_name


def quoted(text: str) -> str:
    """Return what a text says, as a fault names it: up to sixty letters."""
    return f"'{text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + '…'}'"
