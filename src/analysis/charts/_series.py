"""Series over time: lines and stacked areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.charts._canvas import EVERYWHERE, FOOT, LABEL, NEAR, NOTE, Canvas, Numbers, draw_value_axis, readable_on
from analysis.charts._layout import (
    LINE_HEIGHT,
    Points,
    Spot,
    chosen_years,
    prominences,
    round_ticks,
    runs,
    spread,
    text_box,
    text_size,
    trace,
    wrap,
)
from analysis.charts._periods import (
    Event,
    Mark,
    Periods,
    Span,
    arrange,
    by_month,
    by_period,
    marks,
    moment,
)
from analysis.style import COLOR, LINE, TOKENS, Width, context, text_width
from analysis.words import Language, word

_HEIGHT: Final = TOKENS["height_pt"]
# Room for a name at the right end, and for the name of an event above the plot.
_END_ROOM: Final = {"full": 130.0, "half": 78.0}
_MARK_ROOM: Final = {"full": 104.0, "half": 76.0}
_MARKERS_UP_TO: Final = 30
_LABEL_LINE: Final = LABEL * LINE_HEIGHT


@dataclass
class _TimeFrame:
    """Time axis, value axis and dated marks of one chart."""

    canvas: Canvas
    periods: Periods
    numbers: Numbers
    marks: Sequence[Mark]
    low: float
    high: float
    right: float
    labels: list[Any] = field(default_factory=list)
    _row: float = 0.0

    def draw(self, ink: Any) -> None:
        """Draw axes and marks; `ink` returns what the chart will draw as points (n x 2)."""
        smallest = text_width("2025", LABEL) / 2 + 1 if self.periods.step == 1 else 1.0
        ticks = round_ticks(min(self.low, 0), max(self.high, 0), whole=self.numbers.decimals == 0)
        draw_value_axis(self.canvas, self.numbers, ticks, partial(self._place, ink=ink), smallest)
        if self.low < 0:
            self.canvas.axes.axhline(0, color=COLOR["muted"], linewidth=LINE["axis"], zorder=1)
        self._draw_years()
        self._draw_marks()
        self._draw_gaps()

    def _place(self, gutter: float, ink: Any) -> Points:
        canvas, middles = self.canvas, self.periods.middles
        canvas.set_plot(right=self.right, bottom=FOOT)
        reach = max(float(middles[-1] - middles[0]), self.periods.step)
        per_point = reach / (canvas.plot.right - gutter)
        canvas.axes.set_xlim(middles[-1] - reach - gutter * per_point, middles[-1])
        edges = [tuple(canvas.at([mark.start, mark.end], 0)[:, 0]) for mark in self.marks]
        texts = [mark.text for mark in self.marks]
        self.labels = arrange(edges, texts, canvas.bounds.right) if texts else []
        self._row = max((text_size(text, NOTE)[1] for text in texts), default=0.0) + 1
        rows = 1 + max((label.row for label in self.labels), default=-1)
        canvas.set_plot(right=self.right, bottom=FOOT, top=rows * self._row)
        canvas.set_values(self.low, self.high)
        return ink()

    def _draw_years(self) -> None:
        canvas, periods = self.canvas, self.periods
        y = canvas.plot.bottom - 3
        if periods.step == 1:
            xs = canvas.at(periods.middles, 0)[:, 0]
            slot = float(xs[1] - xs[0]) if len(xs) > 1 else canvas.plot.right
            for x, label in zip(xs, chosen_years(list(periods.table.index), slot, LABEL, shorten=False), strict=True):
                canvas.write(label, Spot(float(x), y, "center", "top"), color=COLOR["ink2"])
            return
        years = range(int(np.ceil(periods.first - 1e-6)), int(np.floor(periods.last)) + 1)
        if len(years) < 2:
            for row, ha in dict.fromkeys([(0, "left"), (len(periods.table) - 1, "right")]):
                x = float(canvas.at(periods.middles[row], 0)[0, 0])
                canvas.write(
                    periods.name(row, self.numbers.language), Spot(x, y, ha, "top"), color=COLOR["ink2"]
                )
            return
        xs = canvas.at(np.array(years), 0)[:, 0]
        every = next(k for k in (1, 2, 5, 10, 20, 50) if k * (xs[1] - xs[0]) >= text_width("2025", LABEL) + 6)
        for x, year in list(zip(xs, years, strict=True))[::every]:
            canvas.write(str(year), Spot(max(float(x), 0), y, "left", "top"), color=COLOR["ink2"])

    def _draw_marks(self) -> None:
        canvas = self.canvas
        for mark, label in zip(self.marks, self.labels, strict=True):
            bottom = canvas.plot.top + label.row * self._row
            top = bottom + self._row
            start, end = canvas.at([mark.start, mark.end], 0)[:, 0]
            if start == end:
                style = {"color": COLOR["ink2"], "linewidth": LINE["event"], "zorder": 4, "solid_capstyle": "butt"}
                canvas.draw_points([start, start], [canvas.plot.bottom, top], **style)
            else:
                canvas.draw_band(start, end, top)
            spot = Spot(label.left_edge if label.right else label.right_edge, top, "left" if label.right else "right", "top")
            canvas.write(mark.text, spot, size=NOTE, color=COLOR["ink2"])

    def _draw_gaps(self) -> None:
        canvas, periods = self.canvas, self.periods
        text = word("no_data", self.numbers.language)
        for first, last in runs(list(periods.table.isna().all(axis=1))):
            ends = np.clip(
                [periods.middles[first] - periods.step / 2, periods.middles[last] + periods.step / 2],
                periods.middles[0],
                periods.middles[-1],
            )
            left, right = canvas.at(ends, 0)[:, 0]
            canvas.draw_band(left, right, canvas.plot.top)
            if right - left >= text_width(text, NOTE):
                canvas.write(text, Spot((left + right) / 2, canvas.plot.bottom + 2), size=NOTE, color=COLOR["ink3"])

    def mark_lines(self) -> Points:
        """Return the lines and edges of the marks as points."""
        xs = [x for mark in self.marks for x in self.canvas.at([mark.start, mark.end], 0)[:, 0]]
        heights = np.arange(self.canvas.plot.bottom, self.canvas.bounds.top, 2.0)
        return np.array([(x, y) for x in xs for y in heights]).reshape(-1, 2)


@dataclass(frozen=True)
class _EndLabel:
    """Name and value at the right end of a series."""

    name: str
    value: str
    color: str
    room: float

    @property
    def name_lines(self) -> str:
        return wrap(self.name, self.room, LABEL, bold=True)

    @property
    def value_beside(self) -> bool:
        last = self.name_lines.split("\n")[-1]
        return text_width(last, LABEL, bold=True) + 3 + text_width(self.value, LABEL) <= self.room

    @property
    def width(self) -> float:
        name, _ = text_size(self.name_lines, LABEL, bold=True)
        last = text_width(self.name_lines.split("\n")[-1], LABEL, bold=True) + 3 if self.value_beside else 0
        return max(name, last + text_width(self.value, LABEL))

    @property
    def height(self) -> float:
        return (self.name_lines.count("\n") + 1 + (not self.value_beside)) * _LABEL_LINE

    def write(self, canvas: Canvas, x: float, y: float) -> None:
        """Write the label with its middle at y."""
        top = y + self.height / 2
        canvas.write(self.name_lines, Spot(x, top, "left", "top"), color=self.color, bold=True)
        last = self.name_lines.split("\n")[-1]
        indent = text_width(last, LABEL, bold=True) + 3 if self.value_beside else 0
        canvas.write(
            self.value, Spot(x + indent, top - self.height + _LABEL_LINE, "left", "top"), color=self.color
        )


@context()
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

    A missing value breaks the line; a period without any value is a grey band with s/d. Marks outside the periods of
    the data are left out.

    Args:
        data: one row a year (int) or month (date); one column a series, at most four and a fifth for the others.
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
        ValueError: if there is nothing to draw, too many series, or a focus that is no column.
    """
    periods = by_period(data)
    table = periods.table
    _check_columns(table, most=5)
    if focus is not None and focus not in table:
        raise ValueError(f"the focus '{focus}' is no column: use one of {', '.join(map(str, table))}")
    numbers = Numbers.of(table, unit, language)
    room = _END_ROOM[width]
    ends = [_line_end(periods, name, numbers, TOKENS["cat_text"][i], room) for i, name in enumerate(table)]
    canvas = Canvas(width, _HEIGHT["lines"][width])
    frame = _TimeFrame(
        canvas,
        periods,
        numbers,
        marks(events, spans, periods, language, _MARK_ROOM[width]),
        low=float(np.nanmin(table)),
        high=float(np.nanmax(table)),
        right=max(end.width for end in ends) + 2 * NEAR,
    )

    def ink() -> Points:
        return np.concatenate([trace(canvas.at(periods.middles, table[name])) for name in table])

    frame.draw(ink)
    for i, name in enumerate(table):
        _draw_line(canvas, periods, table[name], i, strong=name == focus)
    _write_ends(canvas, ends, [_last_value(table[name]) for name in table])
    _name_peaks(frame, ink(), (3 if width == "full" else 1) if peaks is None else peaks)
    return canvas.axes


def _check_columns(table: pd.DataFrame, most: int) -> None:
    if len(table.columns) > most:
        raise ValueError(
            f"{len(table.columns)} series are too many for one chart: keep {most - 1} and sum the others, "
            "or use small_multiples"
        )
    if not table.columns.is_unique:
        raise ValueError(f"two series are called '{table.columns[table.columns.duplicated()][0]}': rename one")


def _draw_line(canvas: Canvas, periods: Periods, values: pd.Series[float], i: int, *, strong: bool) -> None:
    known = ~values.isna().to_numpy()
    beside = np.r_[False, known[:-1]] | np.r_[known[1:], False]
    marked = known if len(values) <= _MARKERS_UP_TO else known & ~beside
    canvas.axes.plot(
        periods.middles,
        values,
        color=TOKENS["cat_line"][i],
        linewidth=LINE["focus" if strong else "series"],
        marker=TOKENS["cat_marker"][i],
        markevery=list(np.flatnonzero(marked)),
        markersize=4,
        markeredgecolor=COLOR["paper"],
        markeredgewidth=0.6,
        zorder=5 if strong else 3,
        clip_on=False,
        label=values.name,
    )


def _last_value(values: pd.Series[float]) -> float:
    known = values.dropna()
    return float(known.iloc[-1]) if len(known) else 0.0


def _line_end(periods: Periods, name: str, numbers: Numbers, color: str, room: float) -> _EndLabel:
    known = np.flatnonzero(~periods.table[name].isna())
    if not len(known):
        return _EndLabel(name, numbers.text(np.nan), color, room)
    value = numbers.text(float(periods.table[name].iloc[known[-1]]))
    late = known[-1] < len(periods.table) - 1
    return _EndLabel(name, f"{value} ({periods.name(known[-1], numbers.language)})" if late else value, color, room)


def _write_ends(canvas: Canvas, ends: Sequence[_EndLabel], values: Sequence[float]) -> None:
    centres = [float(canvas.at(0, value)[0, 1]) for value in values]
    heights = [max(end.height, TOKENS["bar"]["label_gap_pt"]) for end in ends]
    for end, y in zip(ends, spread(centres, heights, 0, canvas.bounds.top), strict=True):
        end.write(canvas, canvas.plot.right + 2 * NEAR - 1, y)


def _name_peaks(frame: _TimeFrame, ink: Points, count: int) -> None:
    canvas, table = frame.canvas, frame.periods.table
    low, high = canvas.axes.get_ylim()
    found = [
        (prominence, column, row)
        for column, name in enumerate(table)
        for row, prominence in prominences(table[name].to_numpy())
        if prominence >= 0.1 * (high - low)
    ]
    ink = np.concatenate([ink, frame.mark_lines()])
    named = 0
    for _, column, row in sorted(found, key=lambda peak: -peak[0]):
        if named == count:
            return
        value = float(table.iloc[row, column])
        text = _peak_text(frame, str(table.columns[column]), row, value)
        x, y = canvas.at(frame.periods.middles[row], value)[0]
        spot = canvas.free(text, _around(x, y), size=NOTE, ink=ink)
        if spot is not None:
            canvas.write(text, spot, size=NOTE, color=TOKENS["cat_text"][column])
            named += 1


def _peak_text(frame: _TimeFrame, name: str, row: int, value: float) -> str:
    number = frame.numbers.text(value)
    if frame.periods.step < 1:
        number = f"{frame.periods.name(row, frame.numbers.language)}: {number}"
    return number if len(frame.periods.table.columns) == 1 else f"{name} {number}"


def _around(x: float, y: float) -> list[Spot]:
    return [
        Spot(x, y + NEAR, "center", "bottom"),
        Spot(x + NEAR, y + NEAR, "right", "bottom"),
        Spot(x - NEAR, y + NEAR, "left", "bottom"),
        Spot(x - NEAR - 1, y, "right", "center"),
        Spot(x + NEAR + 1, y, "left", "center"),
    ]


@context()
def stacked_area(
    data: pd.DataFrame,
    *,
    unit: str,
    language: Language,
    width: Width = "full",
    preliminary_from: date | None = None,
    events: Sequence[Event] = (),
) -> Axes:
    """Draw one layer a column over months, with the highest and the last total in words.

    A layer carries its name inside where it is thick enough, else above with a leader, else at the right end. A month
    without a value in some column has no total: it is a gap.

    Args:
        data: one row a month (date); one column a layer, at most three, the first at the bottom.
        unit: what is counted, written once on the axis.
        language: of numbers and months.
        width: full or half of the text width.
        preliminary_from: first day of the figures that the source calls preliminary: hatched.
        events: dated facts, at most three.

    Returns:
        The axes.

    Raises:
        ValueError: if there is nothing to draw, more than three layers or a negative value.
    """
    periods = by_month(data)
    _check_columns(periods.table, most=len(TOKENS["stack"]))
    if (periods.table < 0).any(axis=None):
        raise ValueError("a stacked area cannot show negative values: use lines")
    layers = _layers(periods.table)
    numbers = Numbers.of(periods.table, unit, language)
    found = marks(events, (), periods, language, _MARK_ROOM[width])
    late = None if preliminary_from is None else moment(preliminary_from)
    canvas, homeless = _draw_area(periods, layers, numbers, width, late, found, at_right=())
    if homeless:
        canvas, _ = _draw_area(periods, layers, numbers, width, late, found, at_right=homeless)
    return canvas.axes


@dataclass(frozen=True)
class _Layer:
    name: str
    base: Points
    top: Points
    fill: str
    text: str


def _layers(table: pd.DataFrame) -> list[_Layer]:
    order = TOKENS["stack"] if len(table.columns) > 1 else TOKENS["stack"][:1]
    tops = table.where(table.notna().all(axis=1)).cumsum(axis=1)
    bases = tops.shift(1, axis=1).fillna(0).where(tops.notna())
    return [
        _Layer(
            str(name), bases.iloc[:, i].to_numpy(), tops.iloc[:, i].to_numpy(), TOKENS["cat"][k], TOKENS["cat_text"][k]
        )
        for i, (name, k) in enumerate(zip(table.columns, order, strict=False))
    ]


def _draw_area(
    periods: Periods,
    layers: Sequence[_Layer],
    numbers: Numbers,
    width: Width,
    late: float | None,
    found: Sequence[Mark],
    *,
    at_right: Sequence[_Layer],
) -> tuple[Canvas, list[_Layer]]:
    """Draw the chart; return it with the layers whose name found no room."""
    totals = layers[-1].top
    final = np.flatnonzero(~np.isnan(totals))[-1]
    preliminary = late is not None and late < periods.last
    words = f"{periods.name(final, numbers.language)}: {numbers.text(totals[final])}"
    if preliminary:
        words += f"\n({word('preliminary', numbers.language)})"
    names = [wrap(layer.name, _END_ROOM[width], LABEL, bold=True) for layer in at_right]
    widths = [text_size(words, NOTE)[0], *(text_size(name, LABEL, bold=True)[0] for name in names)]

    canvas = Canvas(width, _HEIGHT["stacked_area"][width])
    frame = _TimeFrame(
        canvas, periods, numbers, found, low=0, high=float(np.nanmax(totals)), right=max(widths) + 2 * NEAR
    )
    frame.draw(lambda: _filled(canvas, periods.middles, totals))
    _fill_layers(canvas, periods, layers)
    if preliminary:
        _hatch(canvas, periods, totals, max(late or 0, periods.middles[0]))

    outline = np.concatenate([trace(canvas.at(periods.middles, totals)), frame.mark_lines()])
    peak = int(np.nanargmax(totals))
    if peak != final and totals[peak] > 0:
        text = f"{periods.name(peak, numbers.language)}: {numbers.text(totals[peak])}"
        x, y = canvas.at(periods.middles[peak], totals[peak])[0]
        if spot := canvas.free(text, _around(x, y), size=NOTE, ink=outline):
            canvas.write(text, spot, size=NOTE)
    end = late if preliminary and late else periods.last
    homeless = [
        layer
        for layer in layers
        if layer not in at_right
        and not _name_inside(frame, layer, end)
        and not (layer is layers[-1] and _name_above(frame, layer, end, outline))
    ]
    entries = [(words, NOTE, COLOR["ink2"], False, totals[final])]
    entries += [
        (name, LABEL, layer.text, True, (layer.base[final] + layer.top[final]) / 2)
        for name, layer in zip(names, at_right, strict=True)
    ]
    _write_at_right(canvas, entries)
    return canvas, homeless


def _filled(canvas: Canvas, middles: Points, totals: Points) -> Points:
    """Return points 2 apart all over the area below the totals."""
    edge = trace(canvas.at(middles, totals), 2.0)
    return np.concatenate([EVERYWHERE, *(np.array([(x, y) for y in np.arange(canvas.plot.bottom, top, 2)]).reshape(-1, 2) for x, top in edge)])


def _fill_layers(canvas: Canvas, periods: Periods, layers: Sequence[_Layer]) -> None:
    axes = canvas.axes
    for layer in layers:
        axes.fill_between(
            periods.middles, layer.base, layer.top, color=layer.fill, linewidth=0, zorder=2, label=layer.name
        )
    for layer in layers[:-1]:
        axes.plot(periods.middles, layer.top, color=COLOR["paper"], linewidth=0.8, zorder=2)


def _hatch(canvas: Canvas, periods: Periods, totals: Points, start: float) -> None:
    """Hatch the area from that time on, on a grey band."""
    left, right = canvas.at([start, periods.middles[-1]], 0)[:, 0]
    canvas.draw_band(left, right, canvas.plot.top)
    later = periods.middles > start
    x = np.r_[start, periods.middles[later]]
    y = np.r_[np.interp(start, periods.middles, totals), totals[later]]
    canvas.axes.fill_between(x, 0, y, facecolor="none", edgecolor=COLOR["paper"], hatch="/////", linewidth=0, zorder=3)


def _grid(frame: _TimeFrame, layer: _Layer, end: float) -> tuple[Points, Points, Points]:
    """Return x, base and top of a layer in points, one point apart, up to the time `end`."""
    canvas, middles = frame.canvas, frame.periods.middles
    base, top = (canvas.at(middles, np.nan_to_num(values)) for values in (layer.base, layer.top))
    x = np.arange(base[0, 0], min(canvas.at(end, 0)[0, 0], canvas.plot.right), 1.0)
    return x, np.interp(x, base[:, 0], base[:, 1]), np.interp(x, top[:, 0], top[:, 1])


def _name_inside(frame: _TimeFrame, layer: _Layer, end: float) -> bool:
    """Write the name where the layer is thickest, if it is thick enough anywhere."""
    canvas = frame.canvas
    x, base, top = _grid(frame, layer, end)
    width, height = text_size(layer.name, LABEL, bold=True)
    half = int(np.ceil(width / 2)) + 3
    room = {
        i: (float(base[i - half : i + half + 1].max()), float(top[i - half : i + half + 1].min()))
        for i in range(half, len(x) - half)
    }
    thick = sorted((i for i, (low, high) in room.items() if high - low >= height + 2), key=lambda i: room[i][0] - room[i][1])
    spots = [Spot(float(x[i]), sum(room[i]) / 2, "center", "center") for i in thick]
    spot = canvas.free(layer.name, spots, bold=True, ink=frame.mark_lines())
    if spot is not None:
        canvas.write(layer.name, spot, color=readable_on(layer.fill), bold=True)
    return spot is not None


def _name_above(frame: _TimeFrame, layer: _Layer, end: float, outline: Points) -> bool:
    """Write the name of the top layer over the area, with the shortest leader to it."""
    canvas = frame.canvas
    x, base, top = _grid(frame, layer, end)
    half = int(np.ceil(text_size(layer.name, LABEL, bold=True)[0] / 2)) + 3
    lifts = {
        i: float(top[i - half : i + half + 1].max()) + 2 * NEAR
        for i in range(half, len(x) - half)
        if top[i] - base[i] >= 6
    }
    order = sorted(lifts, key=lambda i: lifts[i] - (base[i] + top[i]) / 2)
    spots = [Spot(float(x[i]), lifts[i], "center", "bottom") for i in order]
    spot = canvas.free(layer.name, spots, bold=True, ink=outline)
    if spot is None:
        return False
    i = order[spots.index(spot)]
    canvas.write(layer.name, spot, color=layer.text, bold=True)
    canvas.draw_points(
        [spot.x, spot.x], [spot.y, (base[i] + top[i]) / 2], color=layer.text, linewidth=LINE["leader"], zorder=6
    )
    return True


def _write_at_right(canvas: Canvas, entries: Sequence[tuple[str, float, str, bool, float]]) -> None:
    heights = [text_size(text, size)[1] + 1 for text, size, *_ in entries]
    centres = [float(canvas.at(0, value)[0, 1]) for *_, value in entries]
    places = spread(centres, heights, canvas.plot.bottom - 2, canvas.bounds.top)
    for (text, size, color, bold, _), y in zip(entries, places, strict=True):
        canvas.write(text, Spot(canvas.plot.right + 2 * NEAR - 2, y, "left", "center"), size=size, color=color, bold=bold)
