"""The drawing of a chart as boxes: its frame, its texts as the typeface sets them, and the lines and markers in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

import numpy as np

from analysis.charts.boxes import Box, Points, trace
from analysis.charts.style import LINE, text_ink
from analysis.export.svg import local_name
from analysis.foundation.errors import PublishError

_NUMBER: Final = r"(-?[\d.]+)"
_POINT: Final = re.compile(rf"([ML]) {_NUMBER} {_NUMBER}")
_POLYLINE: Final = re.compile(r"[ML\d.\s-]+z?\s*")
_CLIP: Final = re.compile(r"url\(#(.+)\)")
_WIDTH: Final = re.compile(rf"stroke-width: *{_NUMBER}")
_SIZE: Final = re.compile(rf"{_NUMBER}px")
_BOLD: Final = re.compile(r"font(?:-weight)?:[^;]*\b(?:bold|[6-9]00)\b")
_ANCHOR: Final = re.compile(r"text-anchor: *(\w+)")
_SHIFT: Final = re.compile(rf"translate\({_NUMBER}[ ,]+{_NUMBER}\)")
_TURN: Final = re.compile(rf"rotate\({_NUMBER}")
# Areas are shapes of the same kind as markers, but large.
_LARGEST_MARKER: Final = 16.0
# What is defined once and drawn where something refers to it, or not at all.
_DEFINITIONS: Final = frozenset({"defs", "clipPath", "pattern"})


@dataclass(frozen=True)
class Drawing:
    """What a chart draws, in points; y grows upwards and is below zero.

    Attributes:
        frame: the view box.
        texts: each text with the box of its ink; texts that lie aslant are left out.
        lines: for each width of stroke, points close together along the lines drawn so; gridlines are left out.
        markers: the boxes of markers.
    """

    frame: Box
    texts: tuple[tuple[str, Box], ...]
    lines: dict[float, Points]
    markers: tuple[Box, ...]


def read_drawing(svg: str) -> Drawing:
    """Return what a chart draws, as `analysis.charts.style.to_svg` writes it.

    Raises:
        PublishError: if the text is not SVG, has no view box, or a text has no size in pixels.
    """
    try:
        root = ElementTree.fromstring(svg)
        left, top, width, height = map(float, root.get("viewBox", "").split())
        named = {element.get("id", ""): element for element in root.iter()}
        drawn = [(local_name(element.tag), element) for element in _drawn(root)]
        texts = [text for name, element in drawn if name == "text" for text in _text(element)]
        lines = [line for name, element in drawn if name == "path" for line in _line(element, named)]
        shapes = {name: _shape(element.get("d", "")) for name, element in named.items() if name and element.get("d")}
        markers = [box for name, element in drawn if name == "use" for box in _marker(element, shapes)]
    except (ElementTree.ParseError, ValueError) as error:
        raise PublishError(f"a chart cannot be measured ({error}): draw it again") from None
    widths = {width for width, _ in lines}
    by_width = {width: np.concatenate([points for w, points in lines if w == width]) for width in widths}
    return Drawing(Box(left, -top - height, left + width, -top), tuple(texts), by_width, tuple(markers))


def _drawn(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    yield element
    for child in element:
        if local_name(child.tag) not in _DEFINITIONS:
            yield from _drawn(child)


def _text(element: ElementTree.Element) -> Iterator[tuple[str, Box]]:
    text, style, transform = "".join(element.itertext()).strip(), element.get("style", ""), element.get("transform", "")
    turn = float(match[1]) if (match := _TURN.search(transform)) else 0.0
    if not text or turn % 90:
        return
    size = _SIZE.search(style)
    if size is None:
        raise ValueError(f"'{text}' has no size in pixels")
    x, y = float(element.get("x", 0)), float(element.get("y", 0))
    if match := _SHIFT.search(transform):
        x, y = x + float(match[1]), y + float(match[2])
    width, above, below = text_ink(text, float(size[1]), bold=bool(_BOLD.search(style)))
    anchor = match[1] if (match := _ANCHOR.search(style)) else "start"
    start = {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    box = Box(-start, -below, width - start, above)
    for _ in range(round(-turn / 90) % 4):  # quarter turns about the anchor, against the clock
        box = Box(-box.top, box.left, -box.bottom, box.right)
    yield text, Box(x + box.left, box.bottom - y, x + box.right, box.top - y)


def _line(element: ElementTree.Element, named: dict[str, ElementTree.Element]) -> Iterator[tuple[float, Points]]:
    """The width of a stroke that fills nothing, and points along it, where it is of straight pieces and no gridline."""
    style, path = element.get("style", ""), element.get("d", "")
    width = float(match[1]) if (match := _WIDTH.search(style)) else 1.0
    if "fill: none" not in style or "stroke: " not in style or width <= LINE["grid"] or not _POLYLINE.fullmatch(path):
        return
    corners: list[tuple[float, float]] = []
    for move, x, y in _POINT.findall(path):
        corners += [(np.nan, np.nan)] if move == "M" else []  # a line broken off
        corners.append((float(x), -float(y)))
    points = trace(np.array(corners))
    clip = _CLIP.search(element.get("clip-path", ""))
    for room in named.get(clip[1], ()) if clip else ():
        points = _inside(points, room)
    yield width, points


def _inside(points: Points, room: ElementTree.Element) -> Points:
    """The points that a clip path shows, where it is a rectangle."""
    if local_name(room.tag) != "rect":
        return points
    left, top, width, height = (float(room.get(key, 0)) for key in ("x", "y", "width", "height"))
    x, y = points[:, 0], -points[:, 1]
    return points[(x >= left) & (x <= left + width) & (y >= top) & (y <= top + height)]


def _marker(element: ElementTree.Element, shapes: dict[str, Box]) -> Iterator[Box]:
    """The box of a small shape that is defined once and drawn at many places."""
    link = next((value for key, value in element.attrib.items() if local_name(key) == "href"), "")
    shape = shapes.get(link.removeprefix("#"))
    if shape and max(shape.right - shape.left, shape.top - shape.bottom) <= _LARGEST_MARKER:
        x, y = float(element.get("x", 0)), -float(element.get("y", 0))
        yield Box(x + shape.left, y + shape.bottom, x + shape.right, y + shape.top)


def _shape(path: str) -> Box:
    """The box of the points that a path names."""
    numbers = list(map(float, re.findall(_NUMBER, path)))
    across, down = numbers[::2], numbers[1::2]
    return Box(min(across), -max(down), max(across), -min(down))
