"""Rounds of a survey: one bar each time that a question was asked, years apart as they were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts._canvas import FOOT, LABEL, NEAR, NOTE, Canvas, Numbers
from analysis.charts._layout import LINE_HEIGHT, Box, Spot, text_size, wrap
from analysis.charts._tables import check_columns, check_no_negative
from analysis.errors import ChartError
from analysis.style import COLOR, TOKENS, Width, context, text_width
from analysis.words import Language, word

_SHARE: Final[float] = TOKENS["bar"]["share"]
_WIDE: Final = 0.86  # so that the value has room inside the bar
_INSIDE: Final = 16.0
_WIDEST_SLOT: Final = 64.0
_HEIGHT: Final = 104.0
_GUTTER: Final = 18.0
_ROW_GAP: Final = 8.0
_KEY_SIDE: Final = 8.0
_KEY: Final = NOTE * LINE_HEIGHT + 6.0


@context()
def rounds(
    data: pd.DataFrame,
    *,
    language: Language,
    key: str = "",
    reference: tuple[str, pd.DataFrame] | None = None,
    highest: float | None = None,
    width: Width = "half",
    columns: int = 4,
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
        columns: panels a row at full width; at half width half as many.

    Returns:
        The axes of the first panel; the others are in its figure.

    Raises:
        ChartError: if there is nothing to draw, an index that is not of years, or a negative value.
    """
    table = _in_order(data)
    across = min(columns if width == "full" else max(columns // 2, 1), len(table.columns))
    down = -(-len(table.columns) // across)
    panel_width = (TOKENS["width_pt"][width] - _GUTTER * (across - 1)) / across
    named = len(table.columns) > 1
    titles = [wrap(str(name), panel_width, LABEL, bold=True) for name in table] if named else [""]
    title_height = max(text_size(title, LABEL, bold=True)[1] for title in titles) + 3 if named else 0.0
    row_height = title_height + _HEIGHT
    foot = _KEY if reference else 0.0
    canvas = Canvas(width, down * row_height + (down - 1) * _ROW_GAP + foot)

    compared = table * np.nan if reference is None else _in_order(reference[1]).reindex_like(table)
    drawn = np.concatenate([table.to_numpy(dtype=float).ravel(), compared.to_numpy(dtype=float).ravel()])
    top_value = max(float(np.nanmax(drawn)), highest or 0.0)
    numbers = Numbers.of(table, "", language)
    for i, (title, name) in enumerate(zip(titles, table, strict=True)):
        row, column = divmod(i, across)
        left = column * (panel_width + _GUTTER)
        top = canvas.bounds.top - row * (row_height + _ROW_GAP) - title_height
        box = Box(left, top - row_height + title_height + FOOT, left + panel_width, top)
        panel = canvas.panel(box) if i else canvas
        panel.set_box(box)
        if title:
            panel.write(title, Spot(left, top + title_height - 1, "left", "top"), bold=True)
        panel.set_values(0, top_value)
        _draw_panel(panel, table[name], compared[name], numbers)
    if reference:
        _draw_key(canvas, [key, reference[0]])
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


def _draw_panel(panel: Canvas, values: pd.Series[float], compared: pd.Series[float], numbers: Numbers) -> None:
    years = values.index.to_numpy()
    step = float(np.diff(years).min()) if len(years) > 1 else 1.0
    slots = (years[-1] - years[0]) / step + 1
    plot = panel.plot.right - panel.plot.left
    slot = min(plot / slots, _WIDEST_SLOT)
    start = years[0] - step / 2
    panel.axes.set_xlim(start, start + plot / slot * step)
    half = step * (_SHARE if compared.isna().all() else _WIDE) / 2
    known = values.dropna()
    panel.axes.bar(known.index, known, width=2 * half, color=COLOR["primary"], zorder=2)
    missing = word("no_data", numbers.language)
    for year, value, other in zip(years, values, compared, strict=True):
        x, foot = panel.at(year, 0)[0]
        panel.write(str(year), Spot(float(x), panel.plot.bottom - 3, "center", "top"), color=COLOR["ink2"])
        if np.isnan(value):
            left, right = panel.at([year - half, year + half], 0)[:, 0]
            panel.draw_band(left, right, panel.plot.top)
            panel.write(missing, Spot(float(x), float(foot) + 2), size=NOTE, color=COLOR["ink3"])
            continue
        text, top = numbers.text(value), float(panel.at(year, value)[0, 1])
        if np.isnan(other):
            panel.write(text, Spot(float(x), top + 2), color=COLOR["primary"], bold=True)
            continue
        (left, y), (right, _) = panel.at([year - half * 1.12, year + half * 1.12], other)
        panel.draw_points([left, right], [y, y], color=TOKENS["cat"][2], linewidth=2.2, zorder=4)
        if min(top, float(y)) - float(foot) > _INSIDE and right - left >= text_width(text, NOTE, bold=True):
            # Above the bar, the value would pass for that of the line.
            panel.write(text, Spot(float(x), float(foot) + 3), size=NOTE, color=COLOR["paper"], bold=True)
        else:
            panel.write(text, Spot(float(x), max(top, float(y)) + 2), color=COLOR["primary"], bold=True)


def _draw_key(canvas: Canvas, words: Sequence[str]) -> None:
    """Write in one line below the panels what a bar is and what the line across it is."""
    middle = NOTE * LINE_HEIGHT / 2
    x = 0.0
    for i, text in enumerate(words):
        if i:
            ends = [x, x + _KEY_SIDE + 3]
            canvas.draw_points(ends, [middle, middle], color=TOKENS["cat"][2], linewidth=2.2)
            x += 3
        else:
            box = Box(x, middle - _KEY_SIDE / 2, x + _KEY_SIDE, middle + _KEY_SIDE / 2)
            canvas.draw_box(box, facecolor=COLOR["primary"], linewidth=0)
        x += _KEY_SIDE + NEAR
        canvas.write(text, Spot(x, middle, "left", "center"), size=NOTE, color=COLOR["ink2"])
        x += text_width(text, NOTE) + 4 * NEAR
