"""The outline of the country with some of its states: where something is."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from analysis.charts._canvas import Canvas
from analysis.charts.style import form
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, TOKENS, Width
from analysis.mexico import COUNTRY

_EDGE: Final = 0.5


@form
def locator(states: Collection[str], *, width: Width = "half") -> Axes:
    """Draw the outline of the country and its states, some of them dark.

    Args:
        states: codes of the dark ones.
        width: full or half of the text width.

    Returns:
        The axes.

    Raises:
        ChartError: if a code is none of a state.
    """
    if unknown := [code for code in states if code not in COUNTRY.state_codes]:
        raise ChartError(f"'{unknown[0]}' is not the code of a state: use ISO 3166-2, as {COUNTRY.example}")
    rings = [(code, np.asarray(ring)) for code, found in COUNTRY.outlines.items() for ring in found]
    corners = np.concatenate([ring for _, ring in rings])
    low, high = corners.min(axis=0), corners.max(axis=0)
    across = TOKENS["width_pt"][width]
    canvas = Canvas(width, float(across * (high - low)[1] / (high - low)[0]))
    canvas.set_plot()
    canvas.axes.axis("off")
    canvas.axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    fills = [COLOR["primary"] if code in states else COLOR["gap"] for code, _ in rings]
    shapes = PolyCollection([ring for _, ring in rings], facecolors=fills, edgecolors=COLOR["paper"], linewidths=_EDGE)
    canvas.axes.add_collection(shapes, autolim=False)
    return canvas.axes
