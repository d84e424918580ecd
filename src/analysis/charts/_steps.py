"""From one value to another by steps: a waterfall."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts._canvas import LABEL, NEAR, NOTE, Canvas
from analysis.charts._layout import LINE_HEIGHT, Spot, text_size, wrap
from analysis.charts._numbers import Numbers
from analysis.charts._tables import check_rows
from analysis.charts.style import form, name_marks, text_width
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, LINE, TOKENS, Width
from analysis.foundation.words import Language

_MOST: Final = 8
_HEIGHT: Final = {"full": 170.0, "half": 190.0}
_SHARE: Final[float] = TOKENS["bar"]["share"]
# Where the steps are small beside the values that they lead from and to, the axis begins above zero.
_SMALL: Final = 0.25


@form
def waterfall(data: pd.Series[Any], *, language: Language, unit: str = "", width: Width = "full") -> Axes:
    """Draw how a value became another: a bar for the first, a floating one a step, and a bar for the last.

    Steps up are light, steps down are orange, and each has its signed value. Where all steps are small beside the two
    values, the axis is cut below these, which a mark in their bars says.

    Args:
        data: the first value, the steps, the last value, in order, by name.
        language: of the numbers.
        unit: written after the two values.
        width: full or half of the text width.

    Returns:
        The axes.

    Raises:
        ChartError: if there is no step, a value is missing, or the steps do not lead from the first value to the last.
    """
    check_rows(data.to_frame())
    values = data.astype(float)
    if len(values) < 3 or values.isna().any():
        raise ChartError("a waterfall needs a first value, steps and a last value, none of them missing")
    if len(values) - 2 > _MOST:
        raise ChartError(f"{len(values) - 2} steps have no room: add the smaller ones up")
    tops = values.iloc[:-1].cumsum().to_numpy()
    if not np.isclose(tops[-1], values.iloc[-1], rtol=1e-6):
        raise ChartError(f"the steps lead to {tops[-1]:g}, and the last value is {values.iloc[-1]:g}: one is missing")
    numbers = Numbers.of(values, unit, language)
    slot = TOKENS["width_pt"][width] / len(values)
    names = [wrap(str(name), slot - 2 * NEAR, NOTE) for name in values.index]
    foot = max(text_size(name, NOTE)[1] for name in names) + NEAR
    canvas = Canvas(width, _HEIGHT[width] + foot)
    canvas.set_plot(bottom=foot)
    starts = np.array([0.0, *tops[:-1], 0.0])
    ends = np.array([*tops, values.iloc[-1]])
    lowest = float(np.minimum(starts, ends)[1:-1].min(initial=ends[0]))
    base = _base(min(lowest, float(ends.min())), float(ends.max()))
    _set_scale(canvas, len(values), base, float(np.maximum(starts, ends).max()))
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        whole = i in {0, len(values) - 1}
        fill = COLOR["primary"] if whole else TOKENS["cat"][2] if end < start else COLOR["soft"]
        low, high = sorted((base if whole else start, end))
        (bar,) = canvas.axes.bar(i, high - low, bottom=low, width=_SHARE, color=fill, zorder=2)
        name_marks(bar, f"{values.index[i]}: {numbers.text(end if whole else end - start)}")
        text, size = _value(numbers, end if whole else end - start, slot - 2, whole=whole)
        x, y = canvas.at(i, high)[0]
        canvas.write(text, Spot(float(x), float(y) + 2), size=size, color=COLOR["ink"], bold=whole)
        canvas.write(names[i], Spot(float(x), canvas.plot.bottom - 3, "center", "top"), size=NOTE, color=COLOR["ink2"])
    for i, top in enumerate(tops):
        canvas.axes.plot([i, i + 1], [top, top], color=COLOR["muted"], linewidth=LINE["grid"], zorder=1)
    if base:
        _draw_cuts(canvas, (0, len(values) - 1))
    foot_line = [canvas.plot.left, canvas.plot.right], [canvas.plot.bottom] * 2
    canvas.draw_points(*foot_line, color=COLOR["muted"], linewidth=LINE["axis"])
    return canvas.axes


def _value(numbers: Numbers, value: float, room: float, *, whole: bool) -> tuple[str, float]:
    """A value with its unit, or a step with its sign, and the size at which it fits; without them where it does not."""
    full = numbers.ticks([value])[0] if whole else ("+" if value > 0 else "") + numbers.text(value)
    if text_width(full, LABEL, bold=whole) <= room:
        return full, LABEL
    return numbers.fitted(value, room, [LABEL, NOTE], bold=whole) or (numbers.text(value), NOTE)


def _base(lowest: float, highest: float) -> float:
    """Where the axis begins: at zero, or below the lowest step where the steps would not be seen."""
    moved = highest - lowest
    return lowest - moved if lowest > 0 and moved < _SMALL * highest and lowest > moved else min(0.0, lowest)


def _set_scale(canvas: Canvas, bars: int, base: float, highest: float) -> None:
    room = canvas.plot.top - canvas.plot.bottom - LABEL * LINE_HEIGHT - NEAR
    canvas.axes.set_xlim(-0.5, bars - 0.5)
    canvas.axes.set_ylim(base, base + (highest - base) * (canvas.plot.top - canvas.plot.bottom) / room)


def _draw_cuts(canvas: Canvas, bars: tuple[int, int]) -> None:
    """Draw two white strokes through the foot of bars that do not begin at zero."""
    for i in bars:
        left, right = (float(x) for x in canvas.at([i - _SHARE / 2, i + _SHARE / 2], canvas.axes.get_ylim()[0])[:, 0])
        for rise in (8, 12):
            y = canvas.plot.bottom + rise
            canvas.draw_points([left - 1, right + 1], [y - 2, y + 2], color=COLOR["paper"], linewidth=1.5, zorder=3)
