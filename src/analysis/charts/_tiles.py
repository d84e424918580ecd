"""The country as a grid of tiles, one a state."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from analysis.charts._canvas import LABEL, NOTE, Canvas
from analysis.charts._layout import LINE_HEIGHT, Spot
from analysis.charts._numbers import Numbers, decimals_of
from analysis.charts._tables import check_breaks, check_no_negative, check_rows, class_of, shade_of
from analysis.charts.boxes import Box
from analysis.charts.style import form, name_marks, text_width
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, SIZE, TOKENS, Width
from analysis.foundation.words import Language, word
from analysis.mexico import COUNTRY

_STEP: Final[dict[str, float]] = TOKENS["tile_pt"]["step"]
_GAP: Final[float] = TOKENS["tile_pt"]["gap"]
_CORNER: Final[float] = TOKENS["tile_pt"]["corner"]
_CODE: Final[float] = SIZE["tile_code"]
_RING: Final = 1.2
_ROWS: Final = 6
# The legend stands in the empty corner of the grid: from this column, over this many rows.
_LEGEND_COLUMN: Final = 7.55
_LEGEND_ROWS: Final = 3
_LEGEND_PITCH: Final = 13.0
_FEW: Final = -2
"""The class of a state whose cases are too few: white, as below the first break, with a dash."""


@form
def tile_map(
    data: pd.Series[Any],
    *,
    language: Language,
    breaks: Sequence[float],
    width: Width = "half",
    highlight: str | None = None,
    few: Collection[str] = (),
) -> Axes:
    """Draw one tile a state with its value, in five fixed classes; below the first break a tile is white.

    A state without a value, or not in the data, is a hatched tile with s/d, unless its cases are too few for
    a rate: then a white tile with a dash.

    Args:
        data: one number a state, by ISO 3166-2 code.
        language: of the numbers.
        breaks: lower limits of the five classes, rising.
        width: full or half of the text width.
        highlight: code of a state to draw with a strong edge.
        few: codes of the states that have cases, but too few for a rate.

    Returns:
        The axes.

    Raises:
        ChartError: if there is nothing to draw, an unknown code, a value too long for a tile, or not five rising
            breaks.
    """
    named = [*data.index, *([highlight] if highlight else []), *few]
    check_rows(data.to_frame())
    check_no_negative(data.to_frame(), "tile_map", instead="b.changes or b.grid")
    unknown = [code for code in named if code not in COUNTRY.state_codes]
    if unknown:
        raise ChartError(f"'{unknown[0]}' is not the code of a state: use ISO 3166-2, as {COUNTRY.example}")
    check_breaks(breaks)
    numbers = Numbers.of(data, "", language)
    values = data.astype(float).reindex([tile.code for tile in COUNTRY.tiles])
    step = _STEP[width]
    canvas = Canvas(width, _ROWS * step)
    canvas.set_plot()
    canvas.axes.axis("off")
    for tile in COUNTRY.tiles:
        left, top, value = tile.column * step, canvas.bounds.top - tile.row * step, float(values[tile.code])
        box = Box(left, top - step, left + step, top)
        kind = _FEW if tile.code in few else class_of(value, breaks)
        strong = tile.code == highlight
        room = step - (2 * _GAP + _RING if strong else _GAP + 1)
        text, size = (word("too_few", language), LABEL) if kind == _FEW else _fitted(numbers, value, room)
        _draw_tile(canvas, box, kind, strong=strong, told=f"{tile.called(language)}: {numbers.text(value)}")
        bold, ink, middle = kind is not None, shade_of(kind).ink, left + step / 2
        canvas.write(tile.letters, Spot(middle, top - 0.33 * step, "center", "center"), size=_CODE, color=ink)
        canvas.write(text, Spot(middle, top - 0.7 * step, "center", "center"), size=size, color=ink, bold=bold)
    room = canvas.bounds.right - _LEGEND_COLUMN * step - _LEGEND_PITCH - 3
    names = _class_names(breaks, numbers, room, whole=bool((values.dropna() % 1 == 0).all()))
    others = {_FEW: bool(few), None: bool(values.drop([*few]).isna().any())}
    _draw_legend(canvas, step, names, [kind for kind, shown in others.items() if shown], language)
    return canvas.axes


def _draw_tile(canvas: Canvas, box: Box, kind: int | None, *, strong: bool = False, told: str = "") -> None:
    """Draw a tile; a strong one has a ring around it, apart from the fill so that it shows on a dark one."""
    fill, _, hatch = shade_of(kind)
    edge = COLOR["rule"] if kind is None or kind < 1 else fill
    _draw_rounded(canvas, box.grown(-1.5 * _GAP if strong else -_GAP / 2), fill, edge, 0.6, hatch, told)
    if strong:
        _draw_rounded(canvas, box.grown(-_GAP / 2), "none", COLOR["ink"], _RING, None)


def _draw_rounded(
    canvas: Canvas, box: Box, fill: str, edge: str, line_width: float, hatch: str | None, told: str = ""
) -> None:
    shape = FancyBboxPatch(
        (box.left, box.bottom),
        box.right - box.left,
        box.top - box.bottom,
        boxstyle=f"round,pad=0,rounding_size={_CORNER}",
        facecolor=fill,
        edgecolor=edge,
        linewidth=line_width,
        hatch=hatch,
        transform=canvas.in_points,
    )
    if told:
        name_marks(shape, told)
    canvas.axes.add_patch(shape)


def _fitted(numbers: Numbers, value: float, room: float) -> tuple[str, float]:
    """Return the value as text with the size that fits: smaller, then shortened.

    Raises:
        ChartError: if no text of it fits.
    """
    found = ("0", LABEL) if value == 0 else numbers.fitted(value, room, (LABEL, NOTE, _CODE), bold=True)
    if found is None:
        raise ChartError(f"{numbers.text(value)} has no room in a tile: give rates or millions")
    return found


def _draw_legend(
    canvas: Canvas, step: float, names: Sequence[str], others: Sequence[int | None], language: Language
) -> None:
    """Draw a small tile of each class beside its name, the highest first, and of what else there is, in the corner."""
    rows: list[tuple[int | None, str]] = list(zip(range(len(names) - 2, -2, -1), names, strict=True))
    rows += [(kind, word("few_cases" if kind == _FEW else "no_data", language)) for kind in others]
    pitch = min(_LEGEND_ROWS * step / len(rows), _LEGEND_PITCH)
    side = pitch - 1.0
    left = _LEGEND_COLUMN * step
    # Where the rows are as close as lines of text, the first text is higher than its tile.
    first = canvas.bounds.top - max(0.0, (NOTE * LINE_HEIGHT - side) / 2)
    for i, (kind, text) in enumerate(rows):
        top = first - i * pitch
        _draw_tile(canvas, Box(left, top - side, left + side, top), kind)
        if kind == _FEW:
            canvas.write(
                word("too_few", language), Spot(left + side / 2, top - side / 2, "center", "center"), size=NOTE
            )
        canvas.write(text, Spot(left + side + 4, top - side / 2, "left", "center"), size=NOTE, color=COLOR["ink2"])


def _class_names(breaks: Sequence[float], numbers: Numbers, room: float, *, whole: bool) -> list[str]:
    """Write the classes, the highest first and the one below the first break last: 250+, 100–249, ..., 0.

    Where one has no room, all are written with the letters of their limits: 65mM+, 10mM–65mM, ..., <1k.

    Args:
        breaks: lower limits of the classes.
        numbers: how the values are written.
        room: the width for one name, in points.
        whole: whether all values are whole numbers.
    """
    # Below a limit of 1 the class is 0, which is true of whole numbers alone.
    whole = numbers.decimals == 0 and all(float(limit).is_integer() for limit in breaks) and (whole or breaks[0] > 1)
    scale = Numbers(numbers.language, "", 0 if whole else max(1, *map(decimals_of, breaks)))
    gap = 1 if whole else 0
    spans = reversed(list(pairwise(breaks)))
    below = _span(scale, 0, breaks[0] - gap) if whole else f"<{scale.text(breaks[0])}"
    names = [f"{scale.text(breaks[-1])}+", *(_span(scale, low, high - gap) for low, high in spans), below]
    if max(text_width(name, NOTE) for name in names) <= room:
        return names
    limits = [numbers.abbreviated(limit) for limit in breaks]
    return [f"{limits[-1]}+", *(f"{low}–{high}" for low, high in reversed(list(pairwise(limits)))), f"<{limits[0]}"]


def _span(scale: Numbers, low: float, high: float) -> str:
    return scale.text(low) if low == high else f"{scale.text(low)}–{scale.text(high)}"
