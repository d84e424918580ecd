"""What a drawn chart says and how: its texts and their places, the numbers they hold, its bars and its colours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.charts.style import context, contrast

SCALES = {"": 1.0, "k": 1e3, "M": 1e6, "millones": 1e6, "million": 1e6, "mM": 1e9, "bn": 1e9}
_NUMBER = re.compile(r"(<?)(−?\d[\d,]*(?:\.\d+)?)(?: ?(millones|million|mM|M|bn|k)\b)?")
_COLOR = re.compile(r"(?:fill|stroke|stop-color|color): ?([^;\"]+)")


def texts_of(axes: Axes) -> list[Text]:
    """All texts of the figure that are seen, in the order written."""
    return [text for panel in axes.figure.axes for text in panel.texts if text.get_text()]


def said(axes: Axes) -> list[str]:
    """The words of these texts, lines joined."""
    return [text.get_text().replace("\n", " ") for panel in axes.figure.axes for text in panel.texts]


def text_boxes(axes: Axes) -> list[tuple[str, Bbox]]:
    """The extent of each text in points, measured by a renderer at ten times the printed size."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    with context():
        figure.set_dpi(720)
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        found = [(text.get_text(), text.get_window_extent(renderer)) for text in texts_of(axes)]
        figure.set_dpi(72)
    return [(text, Bbox(box.get_points() / 10)) for text, box in found]


def faults(axes: Axes, slack: float = 0.4) -> list[str]:
    """Texts that overlap, and texts cut off at the edge."""
    boxes = text_boxes(axes)
    width, height = axes.figure.get_size_inches() * 72
    found = []
    for (one, a), (other, b) in combinations(boxes, 2):
        if min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack:
            found.append(f"{one!r} meets {other!r}")
    for text, box in boxes:
        if min(box.x0, box.y0, width - box.x1, height - box.y1) < -slack:
            found.append(f"{text!r} is cut off")
    return found


def columns(axes: Axes, hatched: bool = False) -> list[tuple[float, float]]:
    """Middle and height of the bars of one panel, in data units."""
    return [
        (round(float(bar.get_x() + bar.get_width() / 2), 6), float(bar.get_height()))
        for container in axes.containers
        for bar in container
        if bool(bar.get_hatch()) is hatched
    ]


def areas(axes: Axes) -> list[PolyCollection]:
    """The filled areas, from the first drawn; gridlines are none."""
    return [layer for layer in axes.collections if isinstance(layer, PolyCollection)]


@dataclass(frozen=True)
class Written:
    """A number as a text writes it: its value, the unit of its last digit, and whether it is only an upper limit."""

    value: float
    unit: float
    limit: bool

    def tells(self, value: float) -> bool:
        """Whether this is what that value reads when rounded, so that only zero reads as zero."""
        if self.limit:
            return 0 < value < self.value
        return abs(self.value - value) <= self.unit * 0.5000001 and (self.value == 0) is (value == 0)


def numbers_in(text: str) -> list[Written]:
    """The numbers of a text: 65,000 millones · 12.3k · −0.04 · <0.1."""
    found = []
    for limit, digits, letter in _NUMBER.findall(text):
        scale = SCALES[letter]
        decimals = len(digits.partition(".")[2])
        value = float(digits.replace(",", "").replace("−", "-")) * scale
        found.append(Written(value, scale * 10.0**-decimals, bool(limit)))
    return found


def unread(axes: Axes, values: list[float]) -> list[float]:
    """Those of the values that no text of the chart writes; each text counts once."""
    written = [number for text in said(axes) for number in numbers_in(text)]
    missing = []
    for value in values:
        telling = [number for number in written if number.tells(value)]
        if telling:
            written.remove(min(telling, key=lambda number: number.unit))
        else:
            missing.append(value)
    return missing


def faint(axes: Axes) -> list[str]:
    """Texts with a contrast under 4.5 to the colour that most of their box has without them."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    boxes, texts = text_boxes(axes), texts_of(axes)
    with context():
        for text in texts:
            text.set_visible(False)
        figure.set_dpi(144)
        figure.patch.set(facecolor="white", alpha=1)
        figure.canvas.draw()
        pixels = np.asarray(figure.canvas.buffer_rgba())[::-1, :, :3]  # type: ignore[attr-defined]
        figure.set_dpi(72)
        for text in texts:
            text.set_visible(True)
    found = []
    for text, (words, box) in zip(texts, boxes, strict=True):
        left, bottom, right, top = (max(round(2 * edge), 0) for edge in (box.x0, box.y0, box.x1, box.y1))
        colors, counts = np.unique(pixels[bottom:top, left:right].reshape(-1, 3), axis=0, return_counts=True)
        ground = to_hex(colors[counts.argmax()] / 255)
        if contrast(to_hex(text.get_color()), ground) < 4.5:
            found.append(f"{words!r} in {text.get_color()} on {ground}")
    return found


def colors_in(svg: str) -> set[str]:
    """The colours that an SVG fills and strokes with, as #RRGGBB."""
    named = {match.strip() for match in _COLOR.findall(svg)} - {"none"}
    return {to_hex(color).upper() for color in named if not color.startswith("url(")}
