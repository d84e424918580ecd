"""Where the ink of a drawing lies, and its faults: texts cut off, crossed by a line, on a marker or on another text.

matplotlib draws a figure once, and as it writes the SVG file, boxes are written down: whatever an author put into the
axes, by our forms, seaborn or matplotlib, is seen where it is printed, and no file is read again.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import getwriter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.cbook import file_requires_unicode
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, weight_dict
from matplotlib.path import Path
from matplotlib.transforms import Transform
from numpy.typing import NDArray

from analysis.charts.boxes import Box, Points, meetings, quoted, trace
from analysis.charts.style import figure_of, text_ink, to_svg
from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import LINE
from analysis.foundation.typeface import lacking, named

_POINTS_PER_INCH: Final = 72
_SEMIBOLD: Final = 600
# A shape drawn at many places is a marker, if it is no larger: areas are drawn in the same way.
_LARGEST_MARKER: Final = 16.0
# How far ink may leave the frame, and how far the edge of a line may run into the box of a text.
_OUT_FRAME: Final = 0.5
_TOUCH: Final = 0.3
_MEANT_FOR_SENTENCES: Final = re.compile(
    r"^es: .*\nen: .*|^\(left out\)$|Named\(es=.*|<(?:Metric|Reading) .*|Quantity\(value=.*", re.MULTILINE
)
"""How texts, names, metrics and their values show themselves to an author."""
_STRAIGHT: Final = (Path.STOP, Path.MOVETO, Path.LINETO, Path.CLOSEPOLY)


class Ink(RendererBase):
    """Takes down what a figure draws, in points from its lower left corner.

    Attributes:
        frame: the whole figure.
        words: each line of text, however it lies.
        texts: each of these with the box of its ink as the typeface of the pages sets it; what lies aslant is left
            out.
        lines: for each width of stroke, points close together along the lines drawn so; gridlines and curves are left
            out.
        markers: the boxes of markers.
    """

    def __init__(self, frame: Box) -> None:
        super().__init__()
        self.frame = frame
        self.words: list[str] = []
        self.texts: list[tuple[str, Box]] = []
        self.lines: dict[float, list[Points]] = {}
        self.markers: list[Box] = []
        self._one_shape = False

    def flipy(self) -> bool:
        """Say that y grows upwards."""
        return False

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """Measure a text as it is printed, for matplotlib to place it."""
        width, above, below = self._measured(s, prop, ismath)
        return width, above + below, below

    def _measured(self, text: str, font: FontProperties, formula: Any) -> tuple[float, float, float]:
        """The width of a text, and how far it goes above and below its baseline."""
        if formula:
            width, height, below = super().get_text_width_height_descent(text, font, formula)
            return width, height - below, below
        weight: Any = font.get_weight()
        return text_ink(text, font.get_size_in_points(), bold=weight_dict.get(weight, weight) >= _SEMIBOLD)

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Take down a text that starts there, and its box."""
        self.words.append(s)
        turns, aslant = divmod(angle, 90)
        if aslant or not s.strip():
            return
        width, above, below = self._measured(s, prop, ismath)
        box = Box(0, -below, width, above)
        for _ in range(int(turns) % 4):  # quarter turns about the start, against the clock
            box = Box(-box.top, box.left, -box.bottom, box.right)
        self.texts.append((s.strip(), _moved(box, x, y)))

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: Path,
        marker_trans: Transform,
        path: Path,
        trans: Transform,
        rgbFace: Any = None,  # noqa: N803 - the name that matplotlib gives it
    ) -> None:
        """Take down a marker at each point of a path."""
        shape = _extent(marker_path.transformed(marker_trans))
        for vertices, _ in path.iter_segments(trans, simplify=False):
            self._mark(_moved(shape, *vertices[-2:]))

    def draw_path_collection(
        self, gc: GraphicsContextBase, master_transform: Transform, paths: Any, *others: Any, **named: Any
    ) -> None:
        """Take down the shapes of a collection: markers, where all are one shape."""
        self._one_shape = len(paths) == 1
        super().draw_path_collection(gc, master_transform, paths, *others, **named)
        self._one_shape = False

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: Any = None) -> None:  # noqa: N803
        """Take down a line: a stroke of straight pieces that encloses no colour."""
        path = path.transformed(transform)
        if self._one_shape and self._mark(_extent(path)):
            return
        width, straight = float(gc.get_linewidth()), path.codes is None or np.isin(path.codes, _STRAIGHT).all()
        if rgbFace is None and width > LINE["grid"] and straight:
            self.lines.setdefault(width, []).append(_shown(trace(_corners(path)), gc.get_clip_rectangle()))

    def draw_quad_mesh(self, *_given: Any, **_named: Any) -> None:
        """Leave out the cells of a mesh: they are ground, on which texts may lie."""

    def draw_gouraud_triangles(self, *_given: Any, **_named: Any) -> None:
        """Leave out shades."""

    def draw_image(self, *_given: Any, **_named: Any) -> None:
        """Leave out pictures."""

    def _mark(self, box: Box) -> bool:
        """Take down a marker, if it is small enough to be one."""
        small = max(box.right - box.left, box.top - box.bottom) <= _LARGEST_MARKER
        self.markers += [box] if small else []
        return small


class _Pen(RendererSVG):
    """Writes an SVG file, and has the ink taken down as it is drawn."""

    def __init__(self, ink: Ink, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._ink, self._is_one_call = ink, False

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """Measure a text as the ink does: each is measured once, however often it is drawn."""
        return self._ink.get_text_width_height_descent(s, prop, ismath)

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Write a text; here y grows downwards, in the ink upwards."""
        self._ink.draw_text(gc, x, self.height - y, s, prop, angle, ismath)
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: Any = None) -> None:  # noqa: N803
        """Draw a path, by itself or as one of a collection that is taken down as such."""
        if not self._is_one_call:
            self._ink.draw_path(gc, path, transform, rgbFace)
        super().draw_path(gc, path, transform, rgbFace)

    def draw_markers(self, *given: Any, **named: Any) -> None:
        """Draw a marker at each point of a path."""
        self._ink.draw_markers(*given, **named)
        with self._one_call():
            super().draw_markers(*given, **named)

    def draw_path_collection(self, *given: Any, **named: Any) -> None:
        """Draw the shapes of a collection."""
        if not self._is_one_call:
            self._ink.draw_path_collection(*given, **named)
        with self._one_call():
            super().draw_path_collection(*given, **named)

    def draw_quad_mesh(self, *given: Any, **named: Any) -> None:
        """Draw the cells of a mesh, which the ink leaves out."""
        with self._one_call():
            super().draw_quad_mesh(*given, **named)

    @contextmanager
    def _one_call(self) -> Iterator[None]:
        before, self._is_one_call = self._is_one_call, True
        try:
            yield
        finally:
            self._is_one_call = before


class _Canvas(FigureCanvasSVG):
    """Prints as its class does, with a pen that has the ink taken down."""

    def __init__(self, figure: Figure) -> None:
        super().__init__(figure)
        width, height = figure.get_size_inches() * _POINTS_PER_INCH
        self.ink = Ink(Box(0, 0, float(width), float(height)))

    def print_svg(self, filename: Any, *, metadata: Any = None, **_others: Any) -> None:
        """Write the figure; what is asked for besides is for formats with dots."""
        dpi, self.figure.dpi = self.figure.dpi, _POINTS_PER_INCH  # a unit is a point
        inches, size = self.figure.get_size_inches(), self.ink.frame
        file = filename if file_requires_unicode(filename) else getwriter("utf-8")(filename)
        pen = _Pen(self.ink, size.right, size.top, file, image_dpi=dpi, metadata=metadata)
        renderer: Any = MixedModeRenderer(self.figure, *inches, dpi, pen)  # type: ignore[call-arg]
        self.figure.draw(renderer)
        renderer.finalize()


def picture(axes: Axes) -> tuple[str, Ink]:
    """Return the figure of these axes as an SVG element (see `style.to_svg`), and where its ink lies."""
    figure = figure_of(axes)
    before, dpi, canvas = figure.canvas, figure.dpi, _Canvas(figure)
    try:
        return to_svg(axes), canvas.ink
    finally:
        figure.set_canvas(before)
        figure.dpi = dpi


def refuse_words(ink: Ink) -> None:
    """Make sure that a drawing says nothing that is meant for a sentence, and no letter that cannot be printed.

    Raises:
        ChartError: if it does, with the words.
    """
    if meant := _MEANT_FOR_SENTENCES.search("\n".join(ink.words)):
        raise ChartError(
            f"the drawing says {quoted(' '.join(meant[0].split()))}, and a drawing has one language: write words as "
            "b.label('...', '...'), and a value as metric.now.text(b.language)"
        )
    if letters := lacking("".join(ink.words)):
        line = next(line for line in ink.words if letters[0] in unicodedata.normalize("NFC", line))
        raise ChartError(
            f"the drawing says {quoted(line.strip())}, and the typeface has no {named(letters)}: write it otherwise"
        )


def layout_faults(ink: Ink) -> list[str]:
    """Return the faults in a drawing, each as a sentence that says what an author can do."""
    return [*_faults(ink)]


def _faults(ink: Ink) -> Iterator[str]:
    lines = {width: np.concatenate(points) for width, points in ink.lines.items()}
    for text, box in ink.texts:
        if not box.within(ink.frame.grown(_OUT_FRAME)):
            yield f"{quoted(text)} is cut off at the edge: shorten it"
        if any(box.grown(width / 2 - _TOUCH).holds(points) for width, points in lines.items()):
            yield f"{quoted(text)} is crossed by a line: show fewer labels, or give the chart more width"
        if any(box.overlaps(marker) for marker in ink.markers):
            yield f"{quoted(text)} lies on a marker: show fewer labels, or give the chart more width"
    for one, other in meetings((quoted(text), box) for text, box in ink.texts):
        yield f"{one} meets {other}: shorten one of the two, or show less"


def _moved(box: Box, x: float, y: float) -> Box:
    return Box(x + box.left, y + box.bottom, x + box.right, y + box.top)


def _extent(path: Path) -> Box:
    """The box of the points that a path names."""
    vertices = np.asarray(path.vertices)
    named = vertices if path.codes is None else vertices[np.asarray(path.codes) != Path.CLOSEPOLY]
    return Box(*named.min(axis=0), *named.max(axis=0))


def _corners(path: Path) -> Points:
    """The corners of a path of straight pieces; a point without a value parts two of them."""
    corners = np.array(path.vertices, dtype=float)
    if path.codes is None:
        return corners
    codes = np.asarray(path.codes)
    starts = np.maximum.accumulate(np.where(codes == Path.MOVETO, np.arange(len(codes)), 0))
    closes = codes == Path.CLOSEPOLY
    corners[closes] = corners[starts[closes]]
    return np.insert(corners, np.flatnonzero(codes == Path.MOVETO), np.nan, axis=0)


def _shown(points: Points, clip: Any) -> Points:
    """The points that the rectangle of a clip shows."""
    if clip is None:
        return points
    (left, bottom), (right, top) = clip.get_points()
    x, y = points[:, 0], points[:, 1]
    within: NDArray[np.bool_] = (x >= left) & (x <= right) & (y >= bottom) & (y <= top)
    return points[within]
