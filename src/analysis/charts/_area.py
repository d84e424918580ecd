"""Stacked areas over months."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts._canvas import LABEL, NEAR, NOTE, Canvas, readable_on, write_ends
from analysis.charts._frame import END_ROOM, HEIGHT, MARK_ROOM, TimeFrame, high_enough
from analysis.charts._layout import Spot, text_size, wrap
from analysis.charts._numbers import Numbers
from analysis.charts._periods import Event, Mark, Periods, by_month, marks, moment
from analysis.charts._tables import check_columns, check_no_negative, check_parts
from analysis.charts.boxes import Points, trace
from analysis.charts.style import form
from analysis.foundation.tokens import COLOR, LINE, TOKENS, Width
from analysis.foundation.words import Language, word


@form
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

    A layer carries its name inside where it is thick enough, else above with a leader, else at the right
    end. A month without a value in some column has no total: it is a gap. So is a break of the series, with a dashed
    rule.

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
        ChartError: if there is nothing to draw, more than three layers or a negative value.
    """
    periods = by_month(data)
    check_columns(periods.table, most=len(TOKENS["stack"]))
    check_no_negative(periods.table, "stacked_area")
    whole = periods.table.where(periods.table.notna().all(axis=1))
    check_parts(whole, "month")
    area = _Area(
        replace(periods, table=whole),
        Numbers.of(whole, unit, language),
        width,
        periods.last if preliminary_from is None else min(moment(preliminary_from), periods.last),
        marks(events, (), periods, language, MARK_ROOM[width]),
    )
    at_right: set[str] = set()
    while True:
        canvas, homeless = _draw(area, at_right)
        if not homeless:
            return canvas.axes
        at_right |= homeless


@dataclass(frozen=True)
class _Area:
    """What the chart shows; `sure_until` is the end, in decimal years, of the figures that are not preliminary."""

    periods: Periods
    numbers: Numbers
    width: Width
    sure_until: float
    marks: Sequence[Mark]


@dataclass(frozen=True)
class _Layer:
    """One layer: its name, its corners from left to right, and its colours."""

    name: str
    x: Points
    base: Points
    top: Points
    fill: str
    text: str


def _corners(periods: Periods) -> tuple[Points, pd.DataFrame]:
    """Return time and values of the corners of the layers: one a month, two of a lone one, or it could not be seen.

    A month alone between gaps or breaks of the series is a lone one.
    """
    known, middles = periods.table.notna().all(axis=1).to_numpy(), periods.middles
    joined = known[:-1] & known[1:]
    joined[np.searchsorted(middles, periods.cuts) - 1] = False
    lone = known & ~(np.r_[False, joined] | np.r_[joined, False])
    rows = np.repeat(np.arange(len(middles)), 1 + lone)
    side = np.where(lone[rows], np.where(np.diff(rows, prepend=-1) > 0, -1, 1), 0)
    reach = max(float(middles[-1] - middles[0]), periods.step)
    x = middles[rows] + side * periods.step * TOKENS["bar"]["share"] / 2
    return periods.cut(x.clip(middles[-1] - reach, middles[-1]), periods.table.iloc[rows])


def _layers(periods: Periods) -> list[_Layer]:
    x, table = _corners(periods)
    order = TOKENS["stack"] if len(table.columns) > 1 else TOKENS["stack"][:1]
    tops = table.where(table.notna().all(axis=1)).cumsum(axis=1)
    bases = tops.shift(1, axis=1).fillna(0).where(tops.notna())
    return [
        _Layer(
            str(name),
            x,
            bases.iloc[:, i].to_numpy(),
            tops.iloc[:, i].to_numpy(),
            TOKENS["cat"][k],
            TOKENS["cat_text"][k],
        )
        for i, (name, k) in enumerate(zip(table.columns, order, strict=False))
    ]


def _draw(area: _Area, at_right: Set[str]) -> tuple[Canvas, set[str]]:
    """Draw the chart with these names at the right; return it with the names that found no room elsewhere."""
    periods, numbers = area.periods, area.numbers
    layers = _layers(periods)
    x, outline_top = layers[-1].x, layers[-1].top
    totals = periods.table.sum(axis=1, skipna=False).to_numpy()
    final = int(np.flatnonzero(~np.isnan(totals))[-1])
    corner = int(np.flatnonzero(~np.isnan(outline_top))[-1])
    ends = [_last_total(area, totals, final)]
    for layer in layers:
        if layer.name in at_right:
            name = wrap(layer.name, END_ROOM[area.width], LABEL, bold=True)
            ends.append(_End(name, LABEL, layer.text, True, (layer.base[corner] + layer.top[corner]) / 2))

    heights = [end.height for end in ends]
    canvas = Canvas(area.width, high_enough(HEIGHT["stacked_area"][area.width], heights, area.marks))
    right = max(text_size(end.text, end.size, bold=end.bold)[0] for end in ends) + 2 * NEAR
    frame = TimeFrame(canvas, periods, numbers, area.marks, 0, float(np.nanmax(totals)), right)
    frame.draw(lambda: _filled(canvas, x, outline_top))
    _fill_layers(canvas, layers)
    if area.sure_until < periods.last:
        _hatch(canvas, layers[-1], max(area.sure_until, float(x[0])))
    outline = np.concatenate([trace(canvas.at(x, outline_top)), frame.mark_lines()])
    _name_highest(frame, totals, final, outline)
    homeless = set()
    for layer in layers:
        top = layer is layers[-1]
        placed = layer.name in at_right or _name_inside(frame, layer, area.sure_until)
        if not placed and not (top and _name_above(frame, layer, area.sure_until, outline)):
            homeless.add(layer.name)
    write_ends(canvas, ends, [end.value for end in ends], canvas.plot.right + 2 * NEAR - 2, canvas.plot.top)
    return canvas, homeless


@dataclass(frozen=True)
class _End:
    """A text at the right end, and the value beside which it stands."""

    text: str
    size: float
    color: str
    bold: bool
    value: float

    @property
    def height(self) -> float:
        """Height in points, with the room that keeps neighbours apart."""
        return text_size(self.text, self.size)[1] + 1

    def write(self, canvas: Canvas, x: float, y: float) -> None:
        """Write the text with its middle at y."""
        canvas.write(self.text, Spot(x, y, "left", "center"), size=self.size, color=self.color, bold=self.bold)


def _last_total(area: _Area, totals: Points, final: int) -> _End:
    language = area.numbers.language
    text = f"{area.periods.name(final, language)}: {area.numbers.text(totals[final])}"
    if area.periods.middles[final] + area.periods.step / 2 > area.sure_until + 1e-9:
        text += f"\n({word('preliminary', language)})"
    return _End(text, NOTE, COLOR["ink2"], False, float(totals[final]))


def _name_highest(frame: TimeFrame, totals: Points, final: int, outline: Points) -> None:
    """Write month and value over the highest total, unless it is the last, which is written anyway."""
    peak = int(np.nanargmax(totals))
    if peak == final or totals[peak] == 0:
        return
    frame.name_point(peak, totals[peak], frame.dated(peak, totals[peak]), outline)


def _filled(canvas: Canvas, x: Points, totals: Points) -> Points:
    """Return points all over the area below the totals, at most 2 apart."""
    edge = trace(canvas.at(x, totals), 2.0)
    levels = np.arange(0.0, 1.0, 2.0 / (canvas.plot.top - canvas.plot.bottom))
    y = canvas.plot.bottom + np.outer(edge[:, 1] - canvas.plot.bottom, levels).ravel()
    return np.column_stack([np.repeat(edge[:, 0], len(levels)), y])


def _fill_layers(canvas: Canvas, layers: Sequence[_Layer]) -> None:
    axes = canvas.axes
    for layer in layers:
        axes.fill_between(layer.x, layer.base, layer.top, color=layer.fill, linewidth=0, zorder=2, label=layer.name)
    for layer in layers[:-1]:
        axes.plot(layer.x, layer.top, color=COLOR["paper"], linewidth=0.8, zorder=2)


def _hatch(canvas: Canvas, top: _Layer, start: float) -> None:
    """Hatch the area from that time on, up to the top layer, on a grey band."""
    left, right = canvas.at([start, top.x[-1]], 0)[:, 0]
    canvas.draw_band(left, right, canvas.plot.top)
    later = top.x > start
    x = np.r_[start, top.x[later]]
    y = np.r_[np.interp(start, top.x, top.top), top.top[later]]
    canvas.axes.fill_between(x, 0, y, facecolor="none", edgecolor=COLOR["paper"], hatch="/////", linewidth=0, zorder=3)


def _grid(frame: TimeFrame, layer: _Layer, end: float) -> tuple[Points, Points, Points]:
    """Return x, base and top of a layer in points, one point apart, up to the time `end`; no height in gaps."""
    canvas = frame.canvas
    base, top = (canvas.at(layer.x, np.nan_to_num(values)) for values in (layer.base, layer.top))
    x = np.arange(base[0, 0], min(canvas.at(end, 0)[0, 0], canvas.plot.right), 1.0)
    bases = np.interp(x, base[:, 0], base[:, 1])
    beside_gap = np.interp(x, base[:, 0], np.isnan(layer.base)) > 0
    return x, bases, np.where(beside_gap, bases, np.interp(x, top[:, 0], top[:, 1]))


def _name_inside(frame: TimeFrame, layer: _Layer, end: float) -> bool:
    """Write the name where the layer is thickest, if it is thick enough anywhere."""
    canvas = frame.canvas
    x, base, top = _grid(frame, layer, end)
    width, height = text_size(layer.name, LABEL, bold=True)
    half = int(np.ceil(width / 2)) + 3
    room = {
        i: (float(base[i - half : i + half + 1].max()), float(top[i - half : i + half + 1].min()))
        for i in range(half, len(x) - half)
    }
    thick = sorted(
        (i for i, (low, high) in room.items() if high - low >= height + 2),
        key=lambda i: room[i][0] - room[i][1],
    )
    spots = [Spot(float(x[i]), sum(room[i]) / 2, "center", "center") for i in thick]
    spot = canvas.free(layer.name, spots, bold=True, ink=frame.mark_lines())
    if spot is not None:
        canvas.write(layer.name, spot, color=readable_on(layer.fill), bold=True)
    return spot is not None


def _name_above(frame: TimeFrame, layer: _Layer, end: float, outline: Points) -> bool:
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
        [spot.x, spot.x],
        [spot.y, (base[i] + top[i]) / 2],
        color=layer.text,
        linewidth=LINE["leader"],
        zorder=6,
    )
    return True
