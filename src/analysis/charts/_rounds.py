"""Rounds of a survey: one bar each time that a question was asked, years apart as they were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts._canvas import FOOT, LABEL, NEAR, NOTE, Canvas
from analysis.charts._layout import Spot, chosen_years, text_size, wrap
from analysis.charts._numbers import Numbers
from analysis.charts._panels import Grid, panel_width
from analysis.charts._tables import check_columns, check_no_negative
from analysis.charts.boxes import Box
from analysis.charts.style import form, text_width
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, SIZE, TOKENS, Width
from analysis.foundation.words import Language

_SHARE: Final[float] = TOKENS["bar"]["share"]
_WIDE: Final = 0.86  # so that the value has room inside the bar
_INSIDE: Final = 16.0
_WIDEST_SLOT: Final = 64.0
_HEIGHT: Final = 104.0
# Panels a row; fewer where the values need more room.
_ACROSS: Final = {"full": 4, "half": 2}
_ROW_GAP: Final = 8.0
_ABOVE: Final = (LABEL, NOTE, SIZE["tile_code"])
_IN_BAR: Final = (NOTE, SIZE["tile_code"])
# Between two values side by side.
_APART: Final = 1.5
_KEY_SIDE: Final = 8.0
_KEY_GAP: Final = 6.0
# From the left of a bar, and of a line, to the words that say what it is.
_INDENTS: Final = (_KEY_SIDE + NEAR, _KEY_SIDE + NEAR + 3.0)


@form
def rounds(
    data: pd.DataFrame,
    *,
    language: Language,
    key: str = "",
    reference: tuple[str, pd.DataFrame] | None = None,
    highest: float | None = None,
    width: Width = "half",
) -> Axes:
    """Draw one panel a question with a bar each time that it was asked, its value on top, all on one scale.

    Bars stand as far apart as their years: the years between were not asked and are no gap. A round whose value is
    missing is a grey band with s/d.

    Args:
        data: one row a round (year, int); one column a question, in reading order.
        language: of the numbers.
        key: what a bar is; written below where there is a reference.
        reference: what each value is compared with, in words, and its values: a line across each bar.
        highest: the highest value of the scale, where several charts share it.
        width: full or half of the text width.

    Returns:
        The axes of the first panel; the others are in its figure.

    Raises:
        ChartError: if there is nothing to draw, an index that is not of years, a negative value, or more rounds than
            have room for their values.
    """
    table = _in_order(data)
    numbers = Numbers.of(table, "", language)
    across = _across(table, numbers, width)
    named = len(table.columns) > 1
    grid = Grid.of(table if named else [""], width, across, height=_HEIGHT - FOOT, below=FOOT + _ROW_GAP)
    legend = _legend([key, reference[0]], TOKENS["width_pt"][width]) if reference else []
    foot = sum(map(_height, legend)) + _KEY_GAP if legend else 0.0
    canvas = Canvas(width, -(-len(table.columns) // across) * grid.pitch - _ROW_GAP + foot)
    compared = table * np.nan if reference is None else _in_order(reference[1]).reindex_like(table)
    top = np.nanmax([np.nanmax(table), np.nanmax(compared) if reference else 0.0, highest or 0.0])
    for panel, name in zip(grid.panels(canvas, float(top)), table, strict=True):
        _draw_panel(panel, table[name], compared[name], numbers)
    _draw_legend(canvas, legend)
    return canvas.axes


def _in_order(data: pd.DataFrame) -> pd.DataFrame:
    """Return the table by year, checked."""
    if data.empty or data.isna().all(axis=None):
        raise ChartError("no rows to draw: the table is empty or has no values, check its filters")
    if not pd.api.types.is_integer_dtype(data.index) or not data.index.is_unique:
        raise ChartError("the index must hold years, each once: set the year of the round as index")
    check_columns(data, most=12)
    check_no_negative(data, "rounds")
    return data.astype(float).sort_index()


def _across(table: pd.DataFrame, numbers: Numbers, width: Width) -> int:
    """Return how many panels stand in a row so that all values have room above their bars."""
    values = table.to_numpy().ravel()
    known = values[~np.isnan(values)]
    for across in range(min(_ACROSS[width], len(table.columns)), 0, -1):
        room = _slot(table.index, panel_width(width, across)) - _APART
        if all(numbers.fitted(value, room, _ABOVE, bold=True) for value in known):
            return across
    raise ChartError(f"{len(table)} rounds have no room for their values: draw fewer, or use lines")


def _step(years: pd.Index[int]) -> float:
    return float(np.diff(years).min()) if len(years) > 1 else 1.0


def _slot(years: pd.Index[int], plot: float) -> float:
    """Return the width in points of the shortest time between two rounds."""
    return min(plot / ((years[-1] - years[0]) / _step(years) + 1), _WIDEST_SLOT)


def _draw_panel(panel: Canvas, values: pd.Series[float], compared: pd.Series[float], numbers: Numbers) -> None:
    years, step, plot = values.index, _step(values.index), panel.plot.right - panel.plot.left
    slot = _slot(years, plot)
    start = years[0] - step / 2
    panel.axes.set_xlim(start, start + plot / slot * step)
    half = step * (_SHARE if compared.isna().all() else _WIDE) / 2
    known = values.dropna()
    panel.axes.bar(known.index, known, width=2 * half, color=COLOR["primary"], zorder=2)
    labels = chosen_years(list(years), slot, LABEL, shorten=True)
    for year, label, value, other in zip(years, labels, values, compared, strict=True):
        if label:
            x = float(panel.at(year, 0)[0, 0])
            panel.write(label, Spot(x, panel.plot.bottom - 3, "center", "top"), color=COLOR["ink2"])
        if np.isnan(value):
            panel.draw_gap(year - half, year + half, numbers.language)
        else:
            line = None if np.isnan(other) else _draw_reference(panel, year, other, half)
            _write_value(panel, year, value, line, numbers, (2 * half * slot / step, slot - _APART))


def _draw_reference(panel: Canvas, year: int, value: float, half: float) -> float:
    """Draw the line across a bar that its value is compared with; return its height in points."""
    (left, y), (right, _) = panel.at([year - half, year + half], value)
    over = 0.06 * (right - left)
    panel.draw_points([left - over, right + over], [y, y], color=TOKENS["cat"][2], linewidth=2.2, zorder=4)
    return float(y)


def _write_value(
    panel: Canvas, year: int, value: float, line: float | None, numbers: Numbers, rooms: tuple[float, float]
) -> None:
    """Write a value on top of its bar; where a line is across it, inside, since above it would pass for the line's.

    The height of the line is in points, and so are the rooms for the value, inside and above the bar.
    """
    (x, foot), (_, top) = panel.at(year, [0, value])
    high = line is not None and min(top, line) - foot > _INSIDE
    if inside := numbers.fitted(value, rooms[0], _IN_BAR, bold=True) if high else None:
        panel.write(inside[0], Spot(x, foot + 3), size=inside[1], color=COLOR["paper"], bold=True)
    elif above := numbers.fitted(value, rooms[1], _ABOVE, bold=True):
        y = top if line is None else max(top, line)
        panel.write(above[0], Spot(x, y + 2), size=above[1], color=COLOR["primary"], bold=True)


def _legend(words: Sequence[str], room: float) -> list[list[str]]:
    """Return the words of the legend by row: both in one, or where they do not fit one below the other, broken."""
    if sum(text_width(text, NOTE) for text in words) + sum(_INDENTS) + 4 * NEAR <= room:
        return [list(words)]
    return [[wrap(text, room - indent, NOTE)] for text, indent in zip(words, _INDENTS, strict=True)]


def _height(row: Sequence[str]) -> float:
    return max(text_size(text, NOTE)[1] for text in row)


def _draw_legend(canvas: Canvas, rows: Sequence[Sequence[str]]) -> None:
    """Write below the panels what a bar is and what the line across it is."""
    top, drawn = sum(map(_height, rows)), 0
    for row in rows:
        x, height = 0.0, _height(row)
        for text in row:
            middle = top - text_size("", NOTE)[1] / 2
            if drawn:
                canvas.draw_points([x, x + _KEY_SIDE + 3], [middle, middle], color=TOKENS["cat"][2], linewidth=2.2)
            else:
                box = Box(x, middle - _KEY_SIDE / 2, x + _KEY_SIDE, middle + _KEY_SIDE / 2)
                canvas.draw_box(box, facecolor=COLOR["primary"], linewidth=0)
            x += _INDENTS[drawn]
            canvas.write(text, Spot(x, top - height / 2, "left", "center"), size=NOTE, color=COLOR["ink2"])
            x += text_width(text, NOTE) + 4 * NEAR
            drawn += 1
        top -= height
