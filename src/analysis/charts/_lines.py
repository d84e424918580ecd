"""Lines over years or months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts._canvas import LABEL, NEAR, Canvas, write_ends
from analysis.charts._frame import END_ROOM, HEIGHT, MARK_ROOM, TimeFrame, high_enough
from analysis.charts._layout import LINE_HEIGHT, Spot, prominences, wrap
from analysis.charts._numbers import Numbers
from analysis.charts._periods import Event, Periods, Span, by_period, marks
from analysis.charts._tables import check_columns
from analysis.charts.boxes import Points, trace
from analysis.charts.style import form, name_marks, text_width
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, LINE, TOKENS, Width
from analysis.foundation.words import Language

_MARKERS_UP_TO: Final = 30
_MARKERS: Final = 6
_LABEL_LINE: Final = LABEL * LINE_HEIGHT
_LABEL_GAP: Final[float] = TOKENS["bar"]["label_gap_pt"] - _LABEL_LINE


@dataclass(frozen=True)
class _EndLabel:
    """Name and last value of a series at the height of that value, the two side by side where they have room."""

    name: Sequence[str]
    value: str
    at: float
    color: str
    room: float

    @property
    def indent(self) -> float:
        """Where the value starts beside the last line of the name; zero if it stands on a line of its own."""
        start = text_width(self.name[-1], LABEL, bold=True) + 3
        fits = start + text_width(self.value, LABEL) <= self.room
        return start if fits else 0.0

    @property
    def width(self) -> float:
        """Width in points."""
        widest = max(text_width(line, LABEL, bold=True) for line in self.name)
        return max(widest, self.indent + text_width(self.value, LABEL))

    @property
    def height(self) -> float:
        """Height in points, with the room that keeps neighbours apart."""
        own_line = 0 if self.indent else 1
        return (len(self.name) + own_line) * _LABEL_LINE + _LABEL_GAP

    def write(self, canvas: Canvas, x: float, y: float) -> None:
        """Write the label with its middle at y."""
        top = y + self.height / 2
        for i, line in enumerate(self.name):
            spot = Spot(x, top - i * _LABEL_LINE, "left", "top")
            canvas.write(line, spot, color=self.color, bold=True)
        row = len(self.name) - (1 if self.indent else 0)
        canvas.write(self.value, Spot(x + self.indent, top - row * _LABEL_LINE, "left", "top"), color=self.color)


@form
def lines(
    data: pd.DataFrame,
    *,
    unit: str,
    language: Language,
    width: Width = "full",
    focus: str | None = None,
    peaks: int | None = None,
    events: Sequence[Event] = (),
    spans: Sequence[Span] = (),
) -> Axes:
    """Draw one line a column over years or months, each with its name and last value at the right end.

    A missing value breaks the line, and so does a break of the series, with a dashed rule; a period without any value
    is a grey band with s/d. Marks outside the periods of the data are left out.

    Args:
        data: one row a year (int) or month (date); one column a series, at most four and a fifth for the
            others.
        unit: what is counted, written once on the axis; ``%`` for shares.
        language: of numbers and months.
        width: full or half of the text width.
        focus: the column drawn strongest.
        peaks: how many peaks are named, the most prominent first; by default three, one at half width.
        events: dated facts, at most three.
        spans: special periods, shaded.

    Returns:
        The axes.

    Raises:
        ChartError: if there is nothing to draw, too many series, or a focus that is no column.
    """
    periods = by_period(data)
    table = periods.table
    check_columns(table, most=len(TOKENS["cat"]))
    if focus is not None and focus not in table:
        raise ChartError(f"the focus '{focus}' is no column: use one of {', '.join(map(str, table))}")
    numbers = Numbers.of(table, unit, language)
    room = END_ROOM[width]
    ends = [_line_end(periods, str(name), numbers, TOKENS["cat_text"][i], room) for i, name in enumerate(table)]
    marked = marks(events, spans, periods, language, MARK_ROOM[width])
    canvas = Canvas(width, high_enough(HEIGHT["lines"][width], [end.height for end in ends], marked))
    right = max(end.width for end in ends) + 2 * NEAR
    frame = TimeFrame(canvas, periods, numbers, marked, float(np.nanmin(table)), float(np.nanmax(table)), right)

    def ink() -> Points:
        x, values = periods.cut(periods.middles, table)
        return np.concatenate([trace(canvas.at(x, values[name])) for name in table])

    frame.draw(ink)
    for i, name in enumerate(table):
        _draw_line(canvas, periods, numbers, i, strong=name == focus)
    write_ends(canvas, ends, [end.at for end in ends], canvas.plot.right + 2 * NEAR - 1, canvas.plot.top)
    drawn = np.concatenate([ink(), frame.mark_lines()])
    _name_lone(frame, drawn)
    _name_peaks(frame, drawn, (3 if width == "full" else 1) if peaks is None else peaks)
    return canvas.axes


def _draw_line(canvas: Canvas, periods: Periods, numbers: Numbers, i: int, *, strong: bool) -> None:
    x, drawn = periods.cut(periods.middles, periods.table)
    values = drawn.iloc[:, i]
    marked = _marked(values)
    (line,) = canvas.axes.plot(
        x,
        values,
        color=TOKENS["cat_line"][i],
        linewidth=LINE["focus" if strong else "series"],
        marker=TOKENS["cat_marker"][i],
        markevery=marked,
        markersize=4,
        markeredgecolor=COLOR["paper"],
        markeredgewidth=0.6 if strong or len(values) <= _MARKERS_UP_TO else 0,  # an edge would cut a thin line
        zorder=5 if strong else 4 if _lone(values) else 3,  # a line shows beside what covers a point of it
        clip_on=False,
        label=values.name,
    )
    places = [int(np.abs(periods.middles - x[at]).argmin()) for at in marked]
    when = [periods.name(place, numbers.language) for place in places]
    name_marks(
        line, *(f"{values.name}, {w}: {numbers.text(values.iloc[at])}" for w, at in zip(when, marked, strict=True))
    )


def _marked(values: pd.Series[float]) -> list[int]:
    """Return the positions of the markers: all points, or of a long line about six, its last and its lone ones.

    A line is told from the others by the shape of its markers where colours are not seen.
    """
    known = ~values.isna().to_numpy()
    if len(values) <= _MARKERS_UP_TO:
        return list(np.flatnonzero(known))
    spaced = np.flatnonzero(known)[:: -(len(values) // _MARKERS + 1)]
    return sorted({*spaced, *_lone(values)})


def _lone(values: pd.Series[float]) -> list[int]:
    """Return the positions of the points that no line touches."""
    known = ~values.isna().to_numpy()
    return list(np.flatnonzero(known & ~(np.r_[False, known[:-1]] | np.r_[known[1:], False])))


def _line_end(periods: Periods, name: str, numbers: Numbers, color: str, room: float) -> _EndLabel:
    values = periods.table[name].to_numpy()
    known = np.flatnonzero(~np.isnan(values))
    last = int(known[-1]) if len(known) else len(values) - 1
    value = numbers.text(float(values[last]))
    if last < len(values) - 1:
        value += f" ({periods.name(last, numbers.language)})"
    at = float(np.nan_to_num(values[last]))
    return _EndLabel(wrap(name, room, LABEL, bold=True).split("\n"), value, at, color, room)


def _name_lone(frame: TimeFrame, ink: Points) -> None:
    """Name the points that no line leads to from the name at the right end; where that has no room, their value."""
    table = frame.periods.table
    for column, name in enumerate(table):
        values = table.iloc[:, column]
        for row in _lone(values):
            if table.index[row] == values.last_valid_index():
                continue
            value, color = float(values.iloc[row]), TOKENS["cat_text"][column]
            for text in (_peak_text(frame, str(name), row, value), frame.numbers.text(value)):
                if frame.name_point(row, value, text, ink, color=color, below=True):
                    break


def _name_peaks(frame: TimeFrame, ink: Points, count: int) -> None:
    """Name that many peaks, the most prominent first, and of each series its highest value before any other."""
    table = frame.periods.table
    low, high = frame.canvas.axes.get_ylim()
    found = [
        (prominence, column, row)
        for column, name in enumerate(table)
        for row, prominence in prominences(table[name].to_numpy())
        if prominence >= 0.1 * (high - low)
    ]
    named: set[tuple[int, int]] = set()
    last = [table[name].last_valid_index() for name in table]
    for _, column, row in sorted(found, key=lambda peak: -peak[0]):
        for at in dict.fromkeys([_highest(table.iloc[:, column]) or row, row]):
            if len(named) == count:
                return
            if (column, at) in named or table.index[at] == last[column]:  # the end of a line has its number already
                continue
            value = float(table.iloc[:, column].iloc[at])
            text = _peak_text(frame, str(table.columns[column]), at, value)
            if not frame.name_point(at, value, text, ink, color=TOKENS["cat_text"][column]):
                break  # a lesser peak must not pass for the greatest of its series
            named.add((column, at))
        if not named:
            return  # nor for the greatest of all


def _highest(values: pd.Series[float]) -> int | None:
    """Return the position of the highest value; nothing where it is the first or the last, which no peak hides."""
    at = int(np.nanargmax(values))
    return at if 0 < at < int(np.flatnonzero(values.notna())[-1]) else None


def _peak_text(frame: TimeFrame, name: str, row: int, value: float) -> str:
    number = frame.dated(row, value) if frame.periods.step < 1 else frame.numbers.text(value)
    return number if len(frame.periods.table.columns) == 1 else f"{name} {number}"
