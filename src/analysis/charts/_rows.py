"""A row each: changes of many items, and what became of each of several things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from analysis.charts._canvas import FOOT, LABEL, NEAR, NOTE, Canvas
from analysis.charts._layout import Spot, range_ticks, text_size, wrap
from analysis.charts._numbers import Numbers
from analysis.charts._tables import check_rows
from analysis.charts.boxes import Box
from analysis.charts.style import form, name_marks, text_width
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, LINE, TOKENS, Width
from analysis.foundation.words import Language

Verdict = Literal["holds", "changed", "unknown"]
"""What became of something: as it was, otherwise, or not known."""

_ROW: Final = 12.0
_DOT: Final = 5.5
_NAME_ROOM: Final = {"full": 150.0, "half": 84.0}
_CARD_ROW: Final = 16.0
_HEAD_ROOM: Final = 60.0
_LEAST_NAME: Final = 40.0
_VALUE_ROOM: Final = 40.0
_SEAL: Final[Mapping[Verdict, tuple[str, str]]] = {
    "holds": (COLOR["primary"], COLOR["paper"]),
    "changed": (TOKENS["cat_text"][2], COLOR["paper"]),
    "unknown": (COLOR["gap"], COLOR["ink2"]),
}


@form
def changes(
    data: pd.Series[Any], *, language: Language, unit: str = "%", width: Width = "half", focus: str | None = None
) -> Axes:
    """Draw one dot an item at its change, on a line from zero, the largest rise first.

    Args:
        data: one change a name; items without one come last, with s/d.
        language: of the numbers.
        unit: of the changes.
        width: full or half of the text width.
        focus: the name that is dark; all are when not given.

    Returns:
        The axes.

    Raises:
        ChartError: if there is nothing to draw, or a focus that is no name.
    """
    check_rows(data.to_frame())
    if data.isna().all():
        raise ChartError("nothing to compare: no item has a change")
    if focus is not None and focus not in data.index:
        raise ChartError(f"the focus '{focus}' is no name: use one of {', '.join(map(str, data.index))}")
    ranked = data.astype(float).sort_values(ascending=False, kind="stable")
    numbers = Numbers.of(ranked.round() if ranked.abs().max() >= 10 else ranked, unit, language)
    names = [wrap(str(name), _NAME_ROOM[width], LABEL) for name in ranked.index]
    texts = [_signed(numbers, float(value)) for value in ranked]
    row = max(_ROW, max(text_size(name, LABEL)[1] for name in names) + 1)
    canvas = Canvas(width, row * len(ranked) + FOOT + 2)
    left = max(text_size(name, LABEL, bold=True)[0] for name in names) + 5
    side = max(text_width(text, NOTE, bold=True) for text in texts) + _DOT
    if TOKENS["width_pt"][width] < left + 2 * side + _LEAST_NAME:
        raise ChartError("names and values leave no room for the dots: draw it at full width, or shorten the names")
    canvas.set_plot(left=left + side, right=side, top=2, bottom=FOOT)
    ticks = range_ticks(min(0.0, float(ranked.min())), max(0.0, float(ranked.max())), most=5)
    canvas.axes.set_xlim(ticks[0], ticks[-1])
    canvas.axes.set_ylim(len(ranked) - 0.5, -0.5)
    canvas.draw_grid("x", [0.0], COLOR["muted"], LINE["axis"])
    canvas.axes.spines["bottom"].set_visible(False)
    for i, (name, label, value, text) in enumerate(zip(ranked.index, names, ranked, texts, strict=True)):
        strong = focus is None or name == focus
        color = COLOR["primary"] if strong else COLOR["soft"]
        at, missing = (0.0 if np.isnan(value) else float(value)), bool(np.isnan(value))
        if not missing:
            canvas.axes.plot([0, at], [i, i], color=COLOR["link"], linewidth=LINE["series"], zorder=2)
            (dot,) = canvas.axes.plot(
                at, i, "o", markersize=_DOT, color=color, markeredgewidth=0, clip_on=False, zorder=3
            )
            name_marks(dot, f"{name}: {text}")
        x, y = (float(p) for p in canvas.at(at, i)[0])
        bold = strong and focus is not None
        canvas.write(label, Spot(left - 5, y, "right", "center"), bold=bold)
        spot = Spot(x - _DOT, y, "right", "center") if at < 0 else Spot(x + _DOT, y, "left", "center")
        canvas.write(text, spot, size=NOTE, color=COLOR["ink3" if missing else "ink2"], bold=bold)
    x = float(canvas.at(0, 0)[0, 0])
    canvas.write("0", Spot(x, canvas.plot.bottom - 3, "center", "top"), size=NOTE, color=COLOR["ink3"])
    return canvas.axes


def _signed(numbers: Numbers, value: float) -> str:
    """A change with its sign, shortened where it is long."""
    text, _ = numbers.fitted(value, _VALUE_ROOM, [NOTE]) or (numbers.text(value), NOTE)
    return "+" + text if value > 0 and any(digit in text for digit in "123456789") else text


@form
def scorecard(
    rows: Mapping[str, Sequence[str]],
    *,
    heads: Sequence[str],
    verdicts: Mapping[str, tuple[str, Verdict]],
    width: Width = "full",
) -> Axes:
    """Draw a row a name with its numbers and a verdict, as a word on a colour.

    Args:
        rows: the numbers of each name as they are written, each in its own unit.
        heads: what stands over these columns.
        verdicts: for each name, the word and what it means.
        width: full or half of the text width.

    Returns:
        The axes.

    Raises:
        ChartError: if there is no row, or a name without a verdict.
    """
    if not rows:
        raise ChartError("a scorecard needs a row: name and numbers")
    if without := [name for name in rows if name not in verdicts]:
        raise ChartError(f"'{without[0]}' has no verdict: give each name a word, and holds, changed or unknown")
    seal = max(text_width(word, NOTE, bold=True) for word, _ in verdicts.values()) + 10
    columns = list(zip(*rows.values(), strict=True))
    widths = [
        max(text_size(text, LABEL, bold=True)[0] for text in (wrap(head, _HEAD_ROOM, NOTE), *column)) + 2 * NEAR
        for head, column in zip(heads, columns, strict=True)
    ]
    room = TOKENS["width_pt"][width] - seal - NEAR - sum(widths)
    if room < _LEAST_NAME:
        raise ChartError("the numbers and verdicts leave no room for names: draw it at full width, or shorten them")
    names = {name: wrap(name, room, LABEL) for name in rows}
    row = max(_CARD_ROW, max(text_size(name, LABEL)[1] for name in names.values()) + 5)
    top = max(text_size(wrap(head, _HEAD_ROOM, NOTE), NOTE)[1] for head in heads) + 4
    canvas = Canvas(width, row * len(rows) + top)
    canvas.set_plot()
    canvas.axes.axis("off")
    places = [room + sum(widths[: j + 1]) - NEAR for j in range(len(widths))]
    for x, head in zip(places, heads, strict=True):
        spot = Spot(x, canvas.bounds.top, "right", "top")
        canvas.write(wrap(head, _HEAD_ROOM, NOTE), spot, size=NOTE, color=COLOR["ink3"])
    for i, (name, values) in enumerate(rows.items()):
        y = canvas.bounds.top - top - (i + 0.5) * row
        line = [0, canvas.bounds.right], [y + row / 2] * 2
        canvas.draw_points(*line, color=COLOR["rule"], linewidth=LINE["grid"])
        canvas.write(names[name], Spot(0, y, "left", "center"))
        for x, value in zip(places, values, strict=True):
            canvas.write(value, Spot(x, y, "right", "center"), bold=x == places[-1])
        _draw_seal(canvas, Box(canvas.bounds.right - seal, y - 5.5, canvas.bounds.right, y + 5.5), *verdicts[name])
    return canvas.axes


def _draw_seal(canvas: Canvas, box: Box, word: str, kind: Verdict) -> None:
    """Draw a verdict: its word on its colour."""
    fill, ink = _SEAL[kind]
    size = box.right - box.left, box.top - box.bottom
    shape = FancyBboxPatch((box.left, box.bottom), *size, boxstyle="round,pad=0,rounding_size=2", facecolor=fill)
    shape.set(linewidth=0, transform=canvas.in_points, clip_on=False)
    canvas.axes.add_patch(shape)
    spot = Spot((box.left + box.right) / 2, (box.top + box.bottom) / 2 - NEAR / 8, "center", "center")
    canvas.write(word, spot, size=NOTE, color=ink, bold=True)
