"""Small panels of one size side by side, in rows, each below its title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.charts._canvas import LABEL, Canvas
from analysis.charts._layout import Spot, text_size, wrap
from analysis.charts.boxes import Box
from analysis.foundation.tokens import TOKENS, Width

GUTTER: Final = 18.0


def panel_width(width: Width, across: int, margin: float = 0.0) -> float:
    """Return the width in points of each of so many panels in a row, right of a margin."""
    return (float(TOKENS["width_pt"][width]) - margin - GUTTER * (across - 1)) / across


@dataclass(frozen=True)
class Grid:
    """Where panels and their titles stand; lengths are in points.

    Attributes:
        titles: of the panels, in reading order, broken into lines.
        across: how many stand in a row.
        margin: at the left of each row.
        width: of a panel.
        height: of a panel.
        below: from the foot of a panel to the next row.
    """

    titles: Sequence[str]
    across: int
    margin: float
    width: float
    height: float
    below: float

    @classmethod
    def of(
        cls, names: Iterable[object], width: Width, across: int, *, height: float, below: float, margin: float = 0.0
    ) -> Grid:
        """Return the grid of the panels of these names on a chart of that width."""
        room = panel_width(width, across, margin)
        titles = [wrap(str(name), room, LABEL, bold=True) for name in names]
        return cls(titles, across, margin, room, height, below)

    @property
    def head(self) -> float:
        """Room above each panel for the highest title; none where there are no titles."""
        return max(text_size(title, LABEL, bold=True)[1] for title in self.titles) + 3 if any(self.titles) else 0.0

    @property
    def pitch(self) -> float:
        """From the top of a row to that of the next."""
        return self.head + self.height + self.below

    def box(self, canvas: Canvas, i: int) -> Box:
        """Return the place of a panel."""
        row, column = divmod(i, self.across)
        left = self.margin + column * (self.width + GUTTER)
        top = canvas.bounds.top - row * self.pitch - self.head
        return Box(left, top - self.height, left + self.width, top)

    def panels(self, canvas: Canvas, highest: float) -> Iterator[Canvas]:
        """Yield the panels with their titles, all on the scale from zero to the highest value."""
        for i, title in enumerate(self.titles):
            box = self.box(canvas, i)
            panel = canvas.panel(box) if i else canvas
            panel.set_box(box)
            if title:
                left = box.left if i % self.across else 0
                panel.write(title, Spot(left, box.top + self.head - 1, "left", "top"), bold=True)
            panel.set_values(0, highest)
            yield panel
