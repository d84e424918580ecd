"""A matrix of counts: one cell a row and a column, shaded in fixed classes, its number written in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts._canvas import LABEL, NOTE, Canvas, Numbers
from analysis.charts._layout import LINE_HEIGHT, Box, Spot, chosen_years, text_size, wrap
from analysis.charts._tables import check_breaks, check_no_negative, check_rows, class_of
from analysis.style import COLOR, SIZE, TOKENS, Width, context, text_width
from analysis.words import Language

_ROW: Final[float] = TOKENS["bar"]["row_pt"]
_NAME_ROOM: Final = {"full": 150.0, "half": 84.0}
_GAP: Final = 1.2
_SIZES: Final = (LABEL, NOTE, SIZE["tile_code"])


@context()
def heat(data: pd.DataFrame, *, language: Language, breaks: Sequence[float], width: Width = "full") -> Axes:
    """Draw one cell a row and column, darker the higher its number, in five fixed classes.

    A zero is an empty white cell; a cell without a value is hatched. The number is left out where it has no room.

    Args:
        data: one row a name, one column a year or a name, at most two digits a cell read best.
        language: of the numbers.
        breaks: lower limits of the five classes, rising.
        width: full or half of the text width.

    Returns:
        The axes.

    Raises:
        ChartError: if there is nothing to draw, a negative value, or not five rising breaks.
    """
    check_rows(data)
    check_no_negative(data, "heat")
    check_breaks(breaks)
    numbers = Numbers.of(data, "", language)
    names = [wrap(str(name), _NAME_ROOM[width], LABEL) for name in data.index]
    heights = [max(_ROW, text_size(name, LABEL)[1] + 3) for name in names]
    head = NOTE * LINE_HEIGHT + 4
    canvas = Canvas(width, sum(heights) + head)
    left = max(text_size(name, LABEL)[0] for name in names) + 5
    canvas.set_plot(left=left, top=head)
    canvas.axes.axis("off")
    slot = (canvas.plot.right - left) / len(data.columns)
    size = _fitting(data, numbers, slot)
    top = canvas.plot.top
    for name, height, row in zip(names, heights, data.astype(float).to_numpy(), strict=True):
        canvas.write(name, Spot(left - 5, top - height / 2, "right", "center"))
        for i, value in enumerate(row):
            box = Box(left + i * slot, top - height, left + (i + 1) * slot, top).grown(-_GAP / 2)
            _draw_cell(canvas, box, value, breaks, numbers.text(value) if size else "", size)
        top -= height
    for i, label in enumerate(chosen_years(list(data.columns), slot, NOTE, shorten=True)):
        middle = min(left + (i + 0.5) * slot, canvas.bounds.right - text_width(label, NOTE) / 2)
        canvas.write(label, Spot(middle, canvas.plot.top + 3), size=NOTE, color=COLOR["ink2"])
    return canvas.axes


def _fitting(data: pd.DataFrame, numbers: Numbers, slot: float) -> float:
    """Return the largest size at which every number fits its cell; zero where none does."""
    widest = max((numbers.text(value) for value in data.to_numpy().ravel() if value > 0), key=len, default="0")
    return next((size for size in _SIZES if text_width(widest, size) <= slot - _GAP - 2), 0.0)


def _draw_cell(canvas: Canvas, box: Box, value: float, breaks: Sequence[float], text: str, size: float) -> None:
    kind = -1 if np.isnan(value) else class_of(value, breaks)
    fill = COLOR["paper"] if kind < 0 else TOKENS["seq"][kind]
    hatch = "////" if np.isnan(value) else None
    edge = COLOR["grid"] if kind < 0 else fill
    canvas.draw_box(box, facecolor=fill, edgecolor=edge, linewidth=0.6, hatch=hatch)
    if kind >= 0 and text:
        middle = Spot((box.left + box.right) / 2, (box.bottom + box.top) / 2, "center", "center")
        canvas.write(text, middle, size=size, color=TOKENS["seq_text"][kind])
