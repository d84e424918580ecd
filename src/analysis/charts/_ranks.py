"""Named items compared: ranked bars and dumbbells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from analysis.charts._canvas import FOOT, LABEL, NEAR, NOTE, Canvas
from analysis.charts._layout import Spot, range_ticks, spread, text_box, text_size, wrap
from analysis.charts._numbers import Numbers
from analysis.charts._tables import check_columns, check_no_negative, check_rows
from analysis.charts.boxes import Points
from analysis.charts.style import form, name_marks, text_width
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, LINE, TOKENS, Width
from analysis.foundation.words import Language

_ROW: Final[float] = TOKENS["bar"]["row_pt"]
_DUMBBELL_ROW: Final[float] = TOKENS["bar"]["dumbbell_row_pt"]
_SHARE: Final = 0.68
# From the middle of a dot to its value.
_DOT_GAP: Final = 6.0
# The narrowest plot in which distances between dots are seen.
_LEAST_PLOT: Final = 60.0
_NAME_ROOM: Final = {"full": 180.0, "half": 96.0}


@form
def ranked_bars(
    data: pd.Series[Any],
    *,
    language: Language,
    width: Width = "half",
    highlight: int = 2,
    other: tuple[str, float] | None = None,
    focus: str | None = None,
) -> Axes:
    """Draw one horizontal bar an item, the largest first, with its value at the end and no axis.

    Args:
        data: one number a name; items without a value come last, with s/d.
        language: of the numbers.
        width: full or half of the text width.
        highlight: how many of the first bars are dark.
        other: name and value of the remainder, a grey bar at the foot.
        focus: the one name that is dark, wherever it stands, instead of the first ones.

    Returns:
        The axes.

    Raises:
        ChartError: if there is nothing to draw, a name twice, a focus that is no name, or a negative value.
    """
    check_rows(data.to_frame())
    ranked = data.astype(float).sort_values(ascending=False, kind="stable")
    if other is not None:
        ranked = pd.concat([ranked, pd.Series({other[0]: float(other[1])})])
    check_rows(ranked.to_frame())
    check_no_negative(ranked.to_frame(), "ranked_bars", instead="b.changes")
    numbers = Numbers.of(ranked, "", language)
    if focus is not None and focus not in ranked.index:
        raise ChartError(f"the focus '{focus}' is no name: use one of {', '.join(map(str, ranked.index))}")
    names = [wrap(str(name), _NAME_ROOM[width], LABEL) for name in ranked.index]
    values = [numbers.text(value) for value in ranked]
    row = _row_height(names, _ROW)
    canvas = Canvas(width, row * len(ranked) + 4)
    left = max(text_size(name, LABEL, bold=focus is not None)[0] for name in names) + 5
    right = max(text_width(value, LABEL, bold=True) for value in values) + NEAR + 1
    canvas.set_plot(left=left, right=right, top=2, bottom=2)

    rest = None if other is None else len(ranked) - 1
    dark = [i != rest and (i < highlight if focus is None else name == focus) for i, name in enumerate(ranked.index)]
    fills = [COLOR["primary" if strong else "soft"] for strong in dark]
    if rest is not None:
        fills[rest] = TOKENS["cat"][-1]
    _draw_bars(canvas, ranked, fills, [f"{name}: {text}" for name, text in zip(ranked.index, values, strict=True)])
    for i, (name, value, text) in enumerate(zip(names, ranked, values, strict=True)):
        x, y = canvas.at(np.nan_to_num(value), i)[0]
        strong = dark[i] and not np.isnan(value)
        spot, color = Spot(left - 5, y, "right", "center"), COLOR["ink3" if i == rest else "ink"]
        canvas.write(name, spot, color=color, bold=strong and focus is not None)
        color = COLOR["primary" if strong else "ink3" if np.isnan(value) else "ink2"]
        canvas.write(text, Spot(x + NEAR, y, "left", "center"), color=color, bold=strong)
    return canvas.axes


def _draw_bars(canvas: Canvas, ranked: pd.Series[float], fills: Sequence[str], told: Sequence[str]) -> None:
    """Draw the bars from the top down, and the line on which they stand."""
    canvas.axes.set(xlabel=" ", ylabel=" ")  # where there is none, seaborn makes all ticks to see whether to write one
    # Numbers for rows, and colours afterwards: of names and hues seaborn makes scales, which takes four times as long.
    sns.barplot(
        x=ranked.to_numpy(),
        y=np.arange(len(ranked)),
        native_scale=True,
        orient="h",
        width=_SHARE,
        color=fills[0],
        saturation=1,
        errorbar=None,
        linewidth=0,
        ax=canvas.axes,
    )
    for bar, i in zip(canvas.axes.patches, np.flatnonzero(ranked.notna()).tolist(), strict=True):
        bar.set_facecolor(fills[i])
        name_marks(bar, told[i])
    canvas.axes.set(xlabel="", ylabel="")
    canvas.axes.spines["bottom"].set_visible(False)
    canvas.axes.set_xlim(0, float(ranked.max()) or 1)
    canvas.axes.set_ylim(len(ranked) - 0.5, -0.5)
    foot = [canvas.plot.left, canvas.plot.left]
    canvas.draw_points(foot, [canvas.plot.bottom, canvas.plot.top], color=COLOR["muted"], linewidth=LINE["axis"])


def _row_height(names: Sequence[str], smallest: float) -> float:
    """Return the height of a row that has room for the name of most lines."""
    return max(smallest, max(text_size(name, LABEL)[1] for name in names) + 3)


@form
def dumbbell(data: pd.DataFrame, *, language: Language, width: Width = "half", unit: str = "%") -> Axes:
    """Draw two dots an item, hollow for the first column and full for the second, sorted by the second.

    Items that lack one of the two come last: there is nothing to compare.

    Args:
        data: one row a name; two columns, before and now, with the words for them as names.
        language: of the numbers.
        width: full or half of the text width.
        unit: of the values, written on the last value of the axis.

    Returns:
        The axes.

    Raises:
        ChartError: if there is nothing to compare, or not two columns.
    """
    check_rows(data)
    check_columns(data, most=2)
    if len(data.columns) != 2 or data.isna().any(axis=1).all():
        raise ChartError("nothing to compare: dumbbell needs two columns, and a row with a value in both")
    before, now = data.columns
    whole = data.notna().all(axis=1)
    table = data.astype(float).assign(_whole=whole).sort_values(["_whole", now], ascending=False, kind="stable")
    table = table[[before, now]]
    numbers = _whole_numbers(table[now], language)
    names = [wrap(str(name), _NAME_ROOM[width], LABEL) for name in table.index]
    row = _row_height(names, _DUMBBELL_ROW)
    heads = [wrap(str(name), TOKENS["width_pt"][width] / 2 - NEAR, NOTE, bold=i == 1) for i, name in enumerate(table)]
    top = max(text_size(head, NOTE)[1] for head in heads) + 4
    canvas = Canvas(width, row * len(table) + top + FOOT)
    names_end = max(text_size(name, LABEL)[0] for name in names) + 5
    sides = 2 if (table[now] < table[before]).any() else 1
    texts = _fitting(table[now], numbers, (canvas.bounds.right - names_end - _LEAST_PLOT) / sides - _DOT_GAP - 2)
    reach = max(text_width(text, LABEL, bold=True) for text in texts) + _DOT_GAP + 2
    canvas.set_plot(left=names_end + (reach if sides > 1 else NEAR), right=reach, top=top, bottom=FOOT)
    canvas.axes.set_ylim(len(table) - 0.5, -0.5)
    _draw_scale(canvas, table, unit, language)
    for i, (name, text) in enumerate(zip(names, texts, strict=True)):
        start, end = (float(value) for value in table.iloc[i])
        told = f"{table.index[i]}: {before} {numbers.text(start)}, {now} {text}"
        _draw_pair(canvas, i, start, end, text, told)
        y = float(canvas.at(0, i)[0, 1])
        canvas.write(name, Spot(names_end - 5, y, "right", "center"))
    _write_heads(canvas, table.iloc[0].to_numpy(), heads, text_size(names[0], LABEL)[1])
    return canvas.axes


def _whole_numbers(values: pd.Series[float], language: Language) -> Numbers:
    """Write values to be compared by eye without decimals, unless they are too close to zero for that."""
    return Numbers.of(values.round() if values.abs().max() >= 10 else values, "", language)


def _fitting(values: pd.Series[float], numbers: Numbers, room: float) -> list[str]:
    """Return the values as texts, shortened where the plot would have no room beside them."""
    fitted = (numbers.fitted(value, room, [LABEL], bold=True) for value in values)
    return [found[0] if found else numbers.text(value) for found, value in zip(fitted, values, strict=True)]


def _draw_scale(canvas: Canvas, table: pd.DataFrame, unit: str, language: Language) -> None:
    """Draw vertical gridlines with their values below, the unit on the last."""
    numbers = Numbers.of(table, unit, language)
    low, high = float(np.nanmin(table)), float(np.nanmax(table))
    for most in (6, 5, 4, 3):
        ticks = range_ticks(low, high, most=most)
        texts = numbers.ticks(ticks)
        room = (canvas.plot.right - canvas.plot.left) / (len(ticks) - 1)
        if max(text_width(text, NOTE) for text in texts) < room - NEAR:
            break
    canvas.axes.set_xlim(ticks[0], ticks[-1])
    canvas.draw_grid("x", ticks)
    canvas.axes.spines["bottom"].set_visible(False)
    _write_scale(canvas, [float(x) for x in canvas.at(ticks, 0)[:, 0]], texts)


def _write_scale(canvas: Canvas, xs: Sequence[float], texts: Sequence[str]) -> None:
    """Write the values of the gridlines: the last, the first, and those between where all have room."""
    spots = []
    for x, text in zip(xs, texts, strict=True):
        centre = min(x, canvas.bounds.right - text_width(text, NOTE) / 2)
        spots.append(Spot(centre, canvas.plot.bottom - 3, "center", "top"))
    boxes = [text_box(text, spot, NOTE).grown(1) for text, spot in zip(texts, spots, strict=True)]
    every = 1 if not any(a.overlaps(b) for a, b in pairwise(boxes)) else len(texts) - 1
    if boxes[0].overlaps(boxes[-1]):
        raise ChartError(f"the last value of the axis, '{texts[-1]}', has no room: shorten the unit")
    for text, spot in list(zip(texts, spots, strict=True))[::every]:
        canvas.write(text, spot, size=NOTE, color=COLOR["ink3"])


def _draw_pair(canvas: Canvas, row: int, before: float, now: float, text: str, told: str) -> None:
    axes = canvas.axes
    axes.plot([before, now], [row, row], color=COLOR["link"], linewidth=2, zorder=2)
    dots = [(before, 5.5, COLOR["paper"], COLOR["muted"], 1.2), (now, 6.5, COLOR["primary"], COLOR["paper"], 0.5)]
    for layer, (value, size, fill, edge, width) in enumerate(dots, 3):
        look: dict[str, Any] = {
            "markersize": size,
            "markerfacecolor": fill,
            "markeredgecolor": edge,
            "markeredgewidth": width,
        }
        (dot,) = axes.plot(value, row, marker="o", linestyle="none", clip_on=False, zorder=layer, **look)
        name_marks(dot, told)
    missing = np.isnan(now)
    x, y = (float(v) for v in canvas.at(before if missing else now, row)[0])
    x = canvas.plot.left if np.isnan(x) else x
    left = now < before
    spot = Spot(x - _DOT_GAP if left else x + _DOT_GAP, y, "right" if left else "left", "center")
    canvas.write(text, spot, color=COLOR["ink3" if missing else "primary"], bold=not missing)


def _write_heads(canvas: Canvas, values: Points, heads: Sequence[str], first_row: float) -> None:
    """Write the two column names over the dots of the first row, pushed apart."""
    widths = [text_size(text, NOTE, bold=i == 1)[0] + 5 for i, text in enumerate(heads)]
    centres = [float(x) for x in canvas.at(values, 0)[:, 0]]
    y = float(canvas.at(0, 0)[0, 1]) + max(6.0, first_row / 2 + 1)
    for i, x in enumerate(spread(centres, widths, 0, canvas.bounds.right)):
        canvas.write(heads[i], Spot(x, y), size=NOTE, color=COLOR["primary" if i else "ink3"], bold=bool(i))
