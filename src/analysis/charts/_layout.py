"""Where labels go: pure functions that keep them apart.

Every coordinate is in points from the lower left corner of the figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

import numpy as np
from matplotlib.ticker import MaxNLocator

from analysis.charts.boxes import Box, Points
from analysis.charts.style import text_width

Horizontal = Literal["left", "center", "right"]
Vertical = Literal["bottom", "center", "top"]

# Height of one line of text as a share of its size: ascenders, descenders and the space between lines.
LINE_HEIGHT = 1.12


_STEPS: Final = [1, 2, 2.5, 5, 10]


class Spot(NamedTuple):
    """A place for a text: an anchor and how the text lies to it."""

    x: float
    y: float
    ha: Horizontal = "center"
    va: Vertical = "bottom"


def text_size(text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Return width and height in points of a text of one or more lines."""
    lines = text.split("\n")
    return max(text_width(line, size, bold=bold) for line in lines), len(lines) * size * LINE_HEIGHT


def text_box(text: str, spot: Spot, size: float, *, bold: bool = False) -> Box:
    """Return the box that a text takes at that spot."""
    width, height = text_size(text, size, bold=bold)
    left = spot.x - {"left": 0.0, "center": width / 2, "right": width}[spot.ha]
    bottom = spot.y - {"bottom": 0.0, "center": height / 2, "top": height}[spot.va]
    return Box(left, bottom, left + width, bottom + height)


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Break a text so that no line is wider than `room` points: at its spaces, or inside a word too wide for a line."""
    whole = " ".join(text.split())
    if text_width(whole, size, bold=bold) <= room:  # most are short: measured once, and not word by word
        return whole
    lines = [""]
    for part in (part for word in whole.split() for part in _parts(word, room, size, bold=bold)):
        longer = f"{lines[-1]} {part}".strip()
        if lines[-1] and text_width(longer, size, bold=bold) > room:
            lines.append(part)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def _parts(word: str, room: float, size: float, *, bold: bool) -> Iterator[str]:
    """Yield a word in parts that fit a line, a hyphen at the end of each but the last."""
    while len(word) > 1 and text_width(word, size, bold=bold) > room:
        fitting = (n for n in range(len(word) - 1, 1, -1) if text_width(word[:n] + "-", size, bold=bold) <= room)
        cut = next(fitting, 1)
        yield word[:cut] + "-"
        word = word[cut:]
    yield word


def spread(centres: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Move labels apart as little as possible, keeping their order, inside ``low`` to ``high``.

    Least squares under an order constraint (pool adjacent violators). Where the labels need more room than
    there is, they start at `low` and go beyond `high`.

    Returns:
        The new centres, in the order given.
    """
    order = sorted(range(len(centres)), key=lambda i: centres[i])
    offsets = [0.0]
    for below, above in pairwise(order):
        offsets.append(offsets[-1] + (heights[below] + heights[above]) / 2)
    blocks: list[tuple[float, int]] = []
    for i, offset in zip(order, offsets, strict=False):
        total, count = centres[i] - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            total, count = total + blocks[-1][0], count + blocks[-1][1]
            blocks.pop()
        blocks.append((total, count))
    shifts = [total / count for total, count in blocks for _ in range(count)]
    placed = [0.0] * len(centres)
    for i, offset, shift in zip(order, offsets, shifts, strict=False):
        ceiling = high - heights[order[-1]] / 2 - offsets[-1]
        placed[i] = max(min(shift, ceiling), low + heights[order[0]] / 2) + offset
    return placed


def round_ticks(low: float, high: float, *, most: int = 4, whole: bool = True) -> list[float]:
    """Return round values other than zero inside ``low`` to ``high``: as many as fit, at most `most`.

    Steps are 1, 2, 2.5 or 5 times a power of ten; `whole` leaves out steps that are not integers.
    """
    for bins in range(most + 2, 0, -1):
        found = _locator(bins, whole=whole).tick_values(low, high)
        ticks = [round(float(tick), 10) for tick in found if tick and low <= tick <= high]
        if len(ticks) <= most:
            return ticks
    return []


def range_ticks(low: float, high: float, *, most: int) -> list[float]:
    """Return round values from at or below `low` to at or above `high`, two to `most` (3 or more)."""
    if high - low <= 1e-12 * max(1.0, abs(high)):
        high = low + (abs(low) if abs(low) > 1e-9 else 1.0)
    for bins in range(most, 0, -1):
        found = [round(float(tick), 10) for tick in _locator(bins).tick_values(low, high)]
        first = max(i for i, tick in enumerate(found) if tick <= low or i == 0)
        last = min(i for i, tick in enumerate(found) if tick >= high or i == len(found) - 1)
        if last - first < most:
            break
    return found[first : last + 1]


def _locator(bins: int, *, whole: bool = False) -> MaxNLocator:
    return MaxNLocator(bins, steps=_STEPS, integer=whole, min_n_ticks=1)


def between(x: float, width: float, box: Box) -> float:
    """Return the centre of a text of that width, moved inside the box."""
    return min(max(x, box.left + width / 2), box.right - width / 2)


def chosen_years(years: Sequence[object], slot: float, size: float, *, shorten: bool) -> list[str]:
    """Return the label of each year for slots of that width, empty where none is written.

    All years where they fit; else, if `shorten`, the years between first and last as ’19; else the first,
    the middle and the last.
    """
    full = [str(year) for year in years]
    wide, gap = text_width("2025", size), 2.5
    if slot >= wide + gap or len(years) == 1:
        return full
    short = text_width("’25", size)
    if shorten and slot >= (wide + short) / 2 + gap:
        return [full[0], *(f"’{label[-2:]}" for label in full[1:-1]), full[-1]]
    middle = (len(years) - 1) // 2
    shown = {0, len(years) - 1} | ({middle} if middle * slot >= wide + gap else set())
    return [label if i in shown else "" for i, label in enumerate(full)]


def prominences(values: Points) -> list[tuple[int, float]]:
    """Return the peaks of a series as (position, prominence), the most prominent first.

    Prominence is the height of a peak above the higher of the two lowest points that part it from something
    higher, or from the end of the series; a missing value ends the series. The last value is no peak: it has
    its own label.
    """
    found = []
    for i, value in enumerate(values[:-1]):
        before, after = (values[i - 1] if i else np.nan), values[i + 1]
        if np.isnan(value) or not (np.isnan(before) or value > before) or not (np.isnan(after) or value >= after):
            continue
        bases = [base for base in (_base(values[:i][::-1], value), _base(values[i + 1 :], value)) if base is not None]
        if bases and value > max(bases):
            found.append((i, float(value - max(bases))))
    return sorted(found, key=lambda peak: -peak[1])


def _base(side: Points, peak: float) -> float | None:
    lower = None
    for value in side:
        if np.isnan(value) or value > peak:
            break
        lower = float(value) if lower is None else min(lower, float(value))
    return lower
