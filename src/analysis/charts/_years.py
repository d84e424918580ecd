"""Bars by year: single, stacked, and one small panel a series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.patches import Rectangle

from analysis.charts._canvas import FOOT, LABEL, NEAR, NO_INK, NOTE, Canvas, draw_value_axis, write_ends
from analysis.charts._layout import LINE_HEIGHT, Spot, between, round_ticks, spread, text_size, wrap
from analysis.charts._numbers import Numbers
from analysis.charts._panels import GUTTER, Grid
from analysis.charts._periods import by_year
from analysis.charts._tables import check_columns, check_no_negative, check_parts
from analysis.charts.boxes import Box, Points, trace
from analysis.charts.style import breaks_drawn, form, name_marks, text_width
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, LINE, TOKENS, Width
from analysis.foundation.words import Language
from analysis.values.periods import consecutive
from analysis.values.quantities import EN_DASH

_HEIGHT: Final = TOKENS["height_pt"]
_SHARE: Final[float] = TOKENS["bar"]["share"]
# A few years on a wide chart must not become slabs.
_WIDEST_SLOT: Final = 64.0
_NOTE_ROOM: Final = 64.0
_NAME_ROOM: Final = {"full": 120.0, "half": 70.0}
_ROW_GAP: Final = 10.0


@form
def bars(
    data: pd.Series[Any],
    *,
    language: Language,
    width: Width = "half",
    incomplete: Mapping[int, str] | None = None,
) -> Axes:
    """Draw one bar a year with its value on top.

    A year without a value is a grey band with s/d. Where the values have no room above the bars, the chart
    gets a value axis, and only the last and the highest values that fit are written.

    Args:
        data: one number a year (int).
        language: of the numbers.
        width: full or half of the text width.
        incomplete: years that are not whole, and the words that say so, as "ene–jun": hatched.

    Returns:
        The axes.

    Raises:
        ChartError: if there is nothing to draw, or a negative value.
    """
    table = by_year(data.to_frame("value")).table
    check_no_negative(table, "bars")
    values = table["value"]
    notes = _notes(incomplete, values.index)
    numbers = Numbers.of(values, "", language)
    texts = [numbers.text(value) for value in values]
    canvas = Canvas(width, _HEIGHT["bars"][width])
    below = _note_labels(notes, len(values), canvas.bounds.right)
    canvas.set_plot(bottom=_foot(below))
    canvas.set_values(0, float(values.max()))
    slot = _set_slots(canvas, values.index, 0)
    crowded = max(text_width(text, LABEL, bold=True) for text in texts) > slot - 1
    if crowded:
        if _stands_low(values, values.index[-1]):  # its number needs room beside its bar
            beyond = text_width(texts[-1], LABEL, bold=True) - slot * (1 + _SHARE) / 2
            canvas.set_plot(right=max(beyond, 0), bottom=_foot(below))
        slot = _draw_axis(canvas, values, numbers)
    _draw_missing(canvas, values.isna(), language)
    _draw_bars(canvas, values, notes, numbers)
    canvas.write_years(list(values.index), slot, inside=canvas.bounds)
    _write_notes(canvas, below)
    _write_values(canvas, values.dropna(), numbers, crowded=crowded)
    _draw_breaks(canvas, values.index)
    return canvas.axes


@form
def stacked_bars(
    data: pd.DataFrame,
    *,
    unit: str,
    language: Language,
    width: Width = "half",
    incomplete: Mapping[int, str] | None = None,
) -> Axes:
    """Draw one bar a year in up to three parts, each with its last value and its name at the right.

    A year that lacks a part has no total: it is a grey band with s/d.

    Args:
        data: one row a year (int); one column a part, the first at the bottom.
        unit: what is counted, written once on the axis.
        language: of the numbers.
        width: full or half of the text width.
        incomplete: years that are not whole, and the words that say so, as "ene–jun": hatched.

    Returns:
        The axes.

    Raises:
        ChartError: if there is nothing to draw, more than three parts, or a negative value.
    """
    table = by_year(data).table
    check_columns(table, most=len(TOKENS["stack"]))
    check_no_negative(table, "stacked_bars")
    check_parts(table, "year")
    missing = table.isna().any(axis=1)
    tops = table.mask(missing).cumsum(axis=1)
    totals = tops.iloc[:, -1]
    notes = _notes(incomplete, table.index)
    numbers = Numbers.of(table, unit, language)
    ends = _part_labels(table[~missing], numbers, width, late=bool(missing.iloc[-1]))

    right = 2 + NEAR + max(end.width for end in ends)
    below = _note_labels(notes, len(table), TOKENS["width_pt"][width] - right)
    foot = _foot(below)
    canvas = Canvas(width, max(_HEIGHT["stacked_bars"][width], foot + sum(end.height for end in ends)))
    canvas.set_plot(right=right, bottom=foot)
    canvas.set_values(0, float(totals.max()))
    slot = _draw_axis(canvas, totals, numbers)
    _draw_missing(canvas, missing, language)
    bases = tops.shift(1, axis=1).fillna(0)
    for name, part in zip(table, _part_colors(table), strict=True):
        _draw_bars(canvas, tops[name] - bases[name], notes, numbers, part[0], bases[name])
    _write_zeros(canvas, totals, slot)
    canvas.write_years(list(table.index), slot, inside=canvas.bounds)
    _write_notes(canvas, below)
    middles = ((bases + tops) / 2)[~missing].iloc[-1]
    x = float(canvas.at(table.index[-1] + 0.5, 0)[0, 0]) + NEAR
    write_ends(canvas, ends, list(middles), x, canvas.bounds.top)
    _draw_breaks(canvas, table.index)
    return canvas.axes


@form
def small_multiples(
    data: pd.DataFrame,
    *,
    language: Language,
    key: str,
    incomplete: Mapping[int, str] | None = None,
    focus: int | None = None,
    width: Width = "full",
    columns: int = 4,
) -> Axes:
    """Draw one small panel of bars a column, all on one scale; the last cell is the key.

    Each panel has one number: that of the year in focus, whose bars alone are dark, or else its highest.

    Args:
        data: one row a year (int); one column a panel, in reading order.
        language: of the numbers.
        key: what a bar counts, in the last cell.
        incomplete: years that are not whole, and the words that say so in the key: hatched.
        focus: the year that the title is about.
        width: full or half of the text width.
        columns: panels a row at full width; at half width half as many.

    Returns:
        The axes of the first panel; the others are in its figure.

    Raises:
        ChartError: if there is nothing to draw, or a negative value.
    """
    table = by_year(data).table
    check_columns(table, most=24)
    check_no_negative(table, "small_multiples")
    notes = _notes(incomplete, table.index)
    numbers = Numbers.of(table, "", language)
    highest = float(np.nanmax(table))
    ticks = round_ticks(0, highest, most=3, whole=numbers.decimals == 0)
    axis_texts = numbers.ticks(ticks)
    margin = max((text_width(text, NOTE) for text in axis_texts), default=0) + 3
    across = columns if width == "full" else max(columns // 2, 1)
    plot = _HEIGHT["panel"] - FOOT - _ROW_GAP
    grid = Grid.of(table, width, across, height=plot, below=FOOT + _ROW_GAP, margin=margin)

    entries = _key(key, notes, focus, grid.width)
    down, beside = divmod(len(grid.titles), across)
    last_row = sum(_entry_height(words) for words, _ in entries)
    if beside:  # a key alone in the last row needs no more height than its words
        last_row = max(last_row + grid.head, grid.pitch - _ROW_GAP)
    canvas = Canvas(width, down * grid.pitch + last_row)
    for i, (panel, name) in enumerate(zip(grid.panels(canvas, highest), table, strict=True)):
        if i % across == 0:
            _write_panel_axis(panel, ticks, axis_texts)
        _draw_panel(panel, table[name], numbers, notes, ticks, focus)
    cell = grid.box(canvas, len(grid.titles))
    _draw_key(canvas, cell.left, cell.top if beside else cell.top + grid.head, entries)
    return canvas.axes


def _write_panel_axis(panel: Canvas, ticks: Sequence[float], texts: Sequence[str]) -> None:
    """Write the values at the left of a row of panels, on gridlines that reach to the edge of the page."""
    for text, (_, y) in zip(texts, panel.at(0, ticks), strict=True):
        panel.draw_points([0, panel.plot.left], [y, y], color=COLOR["grid"], linewidth=LINE["grid"], zorder=0.5)
        panel.write(text, Spot(0, y + 1, "left"), size=NOTE, color=COLOR["ink3"])


def _draw_panel(
    panel: Canvas,
    values: pd.Series[float],
    numbers: Numbers,
    notes: Mapping[int, str],
    ticks: Sequence[float],
    focus: int | None,
) -> None:
    slot = _set_slots(panel, values.index, 0)
    panel.draw_grid("y", ticks)
    _draw_missing(panel, values.isna(), numbers.language)
    if focus is None:
        _draw_bars(panel, values, notes, numbers)
    else:
        _draw_bars(panel, values.drop(focus), notes, numbers, COLOR["soft"])
        _draw_bars(panel, values.loc[[focus]], {}, numbers)
    panel.write_years(list(values.index), slot, inside=panel.plot, shorten=False)
    shown = values.dropna()
    _write_one(panel, shown, shown[shown.index == focus] if focus is not None else _whole_years(shown, notes), numbers)
    _draw_breaks(panel, values.index)


def _whole_years(values: pd.Series[float], notes: Mapping[int, str]) -> pd.Series[float]:
    """Return the values of whole years, where there is one."""
    whole = values.drop(list(notes), errors="ignore")
    return whole if len(whole) else values


def _write_one(panel: Canvas, shown: pd.Series[float], named: pd.Series[float], numbers: Numbers) -> None:
    """Write the highest of the named values over its bar, and beside a higher bar next to it rather than on that."""
    if len(named):
        year = int(named.index[int(named.argmax())])
        (left, _), (x, y), (right, _) = panel.at([year - _SHARE / 2, year, year + _SHARE / 2], [0, named.max(), 0])
        room = panel.plot.right - panel.plot.left
        text, size = numbers.fitted(float(named.max()), room, [NOTE]) or ("", NOTE)
        width = text_width(text, size)
        before, after = (shown.get(other, 0.0) > named.max() for other in (year - 1, year + 1))
        if before != after and width > right - left:
            x = left + width / 2 if before else right - width / 2
        inside = panel.plot._replace(right=min(panel.plot.right + GUTTER / 2, panel.bounds.right))
        spot = Spot(between(float(x), width, inside), float(y) + 1)
        if panel.free(text, [spot], size=size, ink=NO_INK):
            panel.write(text, spot, size=size, color=COLOR["primary"])


_KEY_SIDE: Final = 8.0
_KEY_GAP: Final = 5.0


def _key(key: str, notes: Mapping[int, str], focus: int | None, room: float) -> list[tuple[str, dict[str, Any]]]:
    """Return what each kind of bar means, broken into lines, with how it is drawn."""
    bars = [(key, _FULL)] if focus is None else [(key, _SOFT), (str(focus), _FULL)]
    entries = [*bars, *((note, _HATCHED) for note in dict.fromkeys(notes.values()))]
    return [(wrap(text, room - _KEY_SIDE - _KEY_GAP, NOTE), style) for text, style in entries]


def _entry_height(words: str) -> float:
    return text_size(words, NOTE)[1] + _KEY_GAP


def _draw_key(canvas: Canvas, left: float, top: float, entries: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """Write how to read the panels, each mark beside its words."""
    for words, style in entries:
        canvas.draw_box(Box(left, top - _KEY_SIDE - 1, left + _KEY_SIDE, top - 1), **style)
        spot = Spot(left + _KEY_SIDE + _KEY_GAP, top, "left", "top")
        canvas.write(words, spot, size=NOTE, color=COLOR["ink2"])
        top -= _entry_height(words)


_FULL: Final[dict[str, Any]] = {
    "facecolor": COLOR["primary"],
    "edgecolor": COLOR["primary"],
    "linewidth": 0.7,
}
_SOFT: Final[dict[str, Any]] = {**_FULL, "facecolor": COLOR["soft"], "edgecolor": COLOR["soft"]}
_HATCHED: Final[dict[str, Any]] = {**_FULL, "facecolor": COLOR["paper"], "hatch": "//////"}


def _notes(incomplete: Mapping[int, str] | None, years: pd.Index[int]) -> dict[int, str]:
    """Return the incomplete years that are drawn, in order, with their words."""
    given = incomplete or {}
    return {int(year): given[year] for year in years if year in given}


def _note_labels(notes: Mapping[int, str], years: int, room: float) -> list[tuple[float, str]]:
    """Return the words of the incomplete years, each with the time below which it stands.

    Where the words would be pushed away from their years, neighbours with the same words have them once.

    Args:
        notes: the incomplete years and their words.
        years: how many years are drawn.
        room: the width for them, in points.

    Raises:
        ChartError: if the words have no room even so.
    """
    labels = [(float(year), wrap(note, _NOTE_ROOM, NOTE)) for year, note in notes.items()]
    slot = min(room / years, _WIDEST_SLOT)
    if len(labels) > 1 and _width_of(labels) > min((len(labels) + 1) * slot, room):
        of_note = [consecutive(year for year in notes if notes[year] == note) for note in dict.fromkeys(notes.values())]
        labels = [_joint_label(*run, notes[run[0]]) for run in sorted(run for runs in of_note for run in runs)]
        if _width_of(labels) > room:
            raise ChartError(f"the words for {len(notes)} incomplete years have no room below the chart: shorten them")
    return labels


def _joint_label(first: int, last: int, note: str) -> tuple[float, str]:
    span = str(first) if first == last else f"{first}{EN_DASH}{last}"
    return (first + last) / 2, wrap(f"{span}: {note}", _NOTE_ROOM, NOTE)


def _width_of(labels: Sequence[tuple[float, str]]) -> float:
    return sum(text_size(text, NOTE)[0] + NEAR for _, text in labels)


def _foot(labels: Sequence[tuple[float, str]]) -> float:
    return FOOT + max((text_size(text, NOTE)[1] for _, text in labels), default=0)


def _set_slots(canvas: Canvas, years: pd.Index[int], gutter: float) -> float:
    """Give every year a slot of one width after a gutter in points; return the width of a slot."""
    plot = canvas.plot.right - canvas.plot.left
    slot = min((plot - gutter) / len(years), _WIDEST_SLOT)
    start = years[0] - 0.5 - gutter / slot
    canvas.axes.set_xlim(start, start + plot / slot)
    return slot


def _draw_axis(canvas: Canvas, totals: pd.Series[float], numbers: Numbers) -> float:
    """Draw the value axis clear of the bars and return the width of a slot."""
    slot = 0.0

    def place(gutter: float) -> Points:
        nonlocal slot
        slot = _set_slots(canvas, totals.index, gutter)
        return _outline(canvas, totals)

    ticks = round_ticks(0, float(totals.max()), whole=numbers.decimals == 0)
    draw_value_axis(canvas, numbers, ticks, place, 0)
    return slot


def _outline(canvas: Canvas, heights: pd.Series[float]) -> Points:
    """Return the edges of the bars as points."""
    edges = []
    for year, height in zip(heights.index, heights.fillna(0), strict=True):
        left, right = year - _SHARE / 2, year + _SHARE / 2
        edges.append(trace(canvas.at([left, left, right, right], [0, height, height, 0])))
    return np.concatenate(edges)


def _draw_missing(canvas: Canvas, missing: pd.Series[bool], language: Language) -> None:
    """Shade the years without a value, with s/d where it has room."""
    for first, last in consecutive(missing.index[missing]):
        canvas.draw_gap(first - 0.42, last + 0.42, language)


def _draw_breaks(canvas: Canvas, years: pd.Index[int]) -> None:
    """Part the years that are not counted in one way."""
    for year in breaks_drawn():
        if year in years[1:]:
            canvas.draw_break(year - 0.5)


def _draw_bars(
    canvas: Canvas,
    heights: pd.Series[float],
    notes: Mapping[int, str],
    numbers: Numbers,
    fill: str = COLOR["primary"],
    bases: pd.Series[float] | None = None,
) -> None:
    """Draw bars from zero, or parts of bars from their bases, with a white edge between; incomplete years hatched."""
    edges: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    if bases is not None:
        edges = {"edgecolor": COLOR["paper"], "linewidth": 0.7}, {"edgecolor": fill}
    late = heights.index.isin(list(notes))
    whole, part = heights[~late].dropna(), heights[late].dropna()
    for shown, style in ((whole, {"facecolor": fill} | edges[0]), (part, _HATCHED | edges[1])):
        bars = []
        starts = np.zeros(len(shown)) if bases is None else bases[shown.index]
        for year, height, base in zip(shown.index, shown, starts, strict=True):
            bars.append(Rectangle((year - _SHARE / 2, base), _SHARE, height, zorder=2, **style))
            name_marks(bars[-1], f"{year}: {numbers.text(height)}")
            canvas.axes.add_artist(bars[-1])  # as a patch it would be measured for limits that are set already
        canvas.axes.add_container(BarContainer(bars))


def _write_notes(canvas: Canvas, labels: Sequence[tuple[float, str]]) -> None:
    """Write the words of the incomplete years below the years."""
    centres = [float(canvas.at(time, 0)[0, 0]) for time, _ in labels]
    widths = [text_size(text, NOTE)[0] + NEAR for _, text in labels]
    for (_, text), x in zip(labels, spread(centres, widths, 0, canvas.bounds.right), strict=True):
        spot = Spot(x, canvas.plot.bottom - FOOT + 2, "center", "top")
        canvas.write(text, spot, size=NOTE, color=COLOR["ink3"])


def _write_values(canvas: Canvas, values: pd.Series[float], numbers: Numbers, *, crowded: bool) -> None:
    """Write the values above their bars: all, or from the last and the highest on those that have room.

    The last one, where it is wider than its bar, begins at the edge of a higher bar before it.
    """
    ink = _outline(canvas, values) if crowded else NO_INK
    ranked = [values.index[-1], *values[:-1].sort_values(ascending=False, kind="stable").index]
    for year in ranked:
        text = numbers.text(values[year])
        (x, y), (left, _) = canvas.at([year, year - _SHARE / 2], values[year])
        width = text_width(text, LABEL, bold=True)
        aside = crowded and year == values.index[-1] and _stands_low(values, year)
        centre = max(x, left + width / 2) if aside else x
        above = Spot(between(float(centre), width, canvas.bounds), float(y) + 2)
        if spot := canvas.free(text, [above], bold=True, ink=ink) if crowded else above:
            canvas.write(text, spot, color=COLOR["primary"], bold=True)


def _stands_low(values: pd.Series[float], year: int) -> bool:
    """Whether the bar of the year before is the higher one."""
    return bool(values.get(year - 1, 0.0) > values[year])


def _write_zeros(canvas: Canvas, totals: pd.Series[float], slot: float) -> None:
    """Write 0 where a year has no bar because its total is zero, which a missing one has not."""
    if slot < text_width("0", NOTE) + 1:
        return
    for year in totals.index[totals == 0]:
        x, y = canvas.at(year, 0)[0]
        canvas.write("0", Spot(float(x), float(y) + 2), size=NOTE, color=COLOR["ink2"])


@dataclass(frozen=True)
class _PartLabel:
    """Value and name of a part at the right of the last bar."""

    name: str
    value: str
    color: str

    @property
    def width(self) -> float:
        return max(text_size(self.name, NOTE)[0], text_width(self.value, LABEL, bold=True))

    @property
    def height(self) -> float:
        return LABEL * LINE_HEIGHT + text_size(self.name, NOTE)[1] + 3

    def write(self, canvas: Canvas, x: float, y: float) -> None:
        top = y + self.height / 2 - 1.5
        canvas.write(self.value, Spot(x, top, "left", "top"), color=self.color, bold=True)
        canvas.write(self.name, Spot(x, top - LABEL * LINE_HEIGHT, "left", "top"), size=NOTE, color=self.color)


def _part_colors(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Return fill and text colour of each part."""
    order = TOKENS["stack"][: len(table.columns)]
    return [(TOKENS["cat"][i], TOKENS["cat_text"][i]) for i in order]


def _part_labels(table: pd.DataFrame, numbers: Numbers, width: Width, *, late: bool) -> list[_PartLabel]:
    year = f" ({table.index[-1]})" if late else ""
    return [
        _PartLabel(wrap(str(name), _NAME_ROOM[width], NOTE), numbers.text(table[name].iloc[-1]) + year, color)
        for name, (_, color) in zip(table, _part_colors(table), strict=True)
    ]
