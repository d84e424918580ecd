"""The look of the charts: the matplotlib style that the design tokens make, and the export to SVG.

Nothing here changes global state: the style holds inside `context` alone, and figures are made without pyplot.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from io import StringIO
from typing import Any, Final, ParamSpec, cast, get_args
from xml.etree import ElementTree

import font_source_sans_pro
import matplotlib
import pandas as pd
from cycler import cycler
from matplotlib import style as matplotlib_style
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.textpath import text_to_path

from analysis.foundation.errors import ChartError
from analysis.foundation.tokens import COLOR, LINE, SIZE, TOKENS, Width

_Arguments = ParamSpec("_Arguments")

_FAMILY: Final[str] = TOKENS["font"]["family"]
_FALLBACK: Final[str] = TOKENS["font"]["fallback"]
_POINTS_PER_INCH: Final = 72

# One figure unit is one point, text stays text, and no text is read as a formula ($ is money here).
_RC: Final[dict[str, Any]] = {
    "figure.dpi": _POINTS_PER_INCH,
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.facecolor": "none",
    "font.family": [_FAMILY],
    "font.size": SIZE["chart_label"],
    "text.color": COLOR["ink"],
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "briefing",
    "hatch.linewidth": LINE["hatch"],
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=TOKENS["cat_line"]),
    "axes.edgecolor": COLOR["muted"],
    "axes.linewidth": LINE["axis"],
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "grid.color": COLOR["grid"],
    "grid.linewidth": LINE["grid"],
    "xtick.color": COLOR["ink2"],
    "xtick.labelsize": SIZE["chart_label"],
    "xtick.major.pad": 3,
    "xtick.major.size": 0,
    "ytick.labelsize": SIZE["chart_label"],
    "ytick.major.size": 0,
    "ytick.minor.size": 0,
    "lines.solid_capstyle": "round",
    "lines.solid_joinstyle": "round",
}

_MARK: Final = "mark:"
"""How the id of a group begins whose marks have titles."""
_APART: Final = " ¦ "

# How one part of an SVG names another: url(#id) in a style, #id alone in a link.
_REFERENCE: Final = re.compile(r"(url\(#|^#)([\w-]+)")
# Where an attribute may go on in the next line: a path before a command, a picture in base64 anywhere.
_LONGEST: Final = 1000
_FOLDS: Final = {
    "d": re.compile(rf"(.{{{_LONGEST},}}?) (?=[A-Za-z])"),
    "href": re.compile(rf"(.{{{_LONGEST}}})(?!$)"),
}

# matplotlib's settings belong to the process, so two threads must not draw under each other's settings.
_LOCK = threading.RLock()


@contextmanager
def context() -> Iterator[None]:
    """Hold the briefing style for the length of a ``with`` block (or of a decorated function).

    It starts from matplotlib's defaults, so that a user's own settings do not change a chart, and gives the
    settings of before back at its end. One thread at a time.
    """
    with _LOCK, matplotlib.rc_context():
        settings: dict[str, Any] = cast(dict[str, Any], matplotlib.rcParams)
        dict.update(settings, _settings())  # checked before
        _register_fonts()
        yield


@cache
def _settings() -> Mapping[str, Any]:
    """All settings of matplotlib in the briefing style, checked once; which backend draws is left alone."""
    with matplotlib_style.context([_RC], after_reset=True):
        return {key: value for key, value in matplotlib.rcParams.copy().items() if not key.startswith("backend")}


_BROKEN_AT: Final[ContextVar[tuple[Any, ...]]] = ContextVar("broken_at", default=())


@contextmanager
def broken_at(starts: Sequence[Any]) -> Iterator[None]:
    """Draw what is drawn within as two where a series is broken: at the start of these years (int) or months (date).

    The briefing knows the breaks of its tables, and the forms with a time axis ask for them (see `breaks_drawn`), so
    that no author can forget one.
    """
    token = _BROKEN_AT.set(tuple(starts))
    try:
        yield
    finally:
        _BROKEN_AT.reset(token)


def breaks_drawn() -> tuple[Any, ...]:
    """Return the years or months at whose start the series being drawn is broken."""
    return _BROKEN_AT.get()


@cache
def _register_fonts() -> None:
    for face in ("SourceSansPro", "SourceSansProBold"):
        fontManager.addfont(font_source_sans_pro.font_files_ttf[face])
        # First in the list, so that another version installed on this computer does not win.
        fontManager.ttflist.insert(0, fontManager.ttflist.pop())


def text_width(text: str, size: float = SIZE["chart_label"], *, bold: bool = False) -> float:
    """Return the width in points of one line of chart text."""
    return text_ink(text, size, bold=bold)[0]


@lru_cache(maxsize=4096)
def text_ink(text: str, size: float, *, bold: bool = False) -> tuple[float, float, float]:
    """Return the width in points of one line of chart text, and how far its ink goes above and below the baseline."""
    with _LOCK:
        _register_fonts()
        font = FontProperties(family=_FAMILY, size=size, weight="bold" if bold else "normal")
        width, height, below = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width), float(height - below), float(below)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted(_luminance(color) for color in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def form(draw: Callable[_Arguments, Axes]) -> Callable[_Arguments, Axes]:
    """Make a function a chart form: it draws in the briefing style, and its figure keeps its name (see `form_of`)."""
    needs_series = next(iter(draw.__annotations__.values()), "").startswith("pd.Series")

    @wraps(draw)
    def drawn(*args: _Arguments.args, **options: _Arguments.kwargs) -> Axes:
        check_width(options.get("width", "full"))
        _check_data(draw.__name__, args[0] if args else None, needs_series=needs_series)
        with context():
            axes = draw(*args, **options)
        figure_of(axes).set_label(draw.__name__)
        return axes

    return drawn


def check_width(width: object) -> None:
    """Raise ChartError if a width is none that there is."""
    if width not in get_args(Width):
        raise ChartError(f"width is {width!r:.40}: it must be one of {', '.join(map(repr, get_args(Width)))}")


def _check_data(form: str, data: object, *, needs_series: bool) -> None:
    """Refuse a table where a series is drawn, and columns of words: a long table is first made a wide one."""
    if isinstance(data, pd.DataFrame) and needs_series:
        raise ChartError(f"{form} draws one series, and was given a table: give a column, frame['{data.columns[0]}']")
    for column, values in data.items() if isinstance(data, pd.DataFrame) else ():
        if any(isinstance(value, str) for value in values):
            raise ChartError(
                f"column '{column}' of the table for {form} holds no numbers: give one column a series, "
                "table.pivot(index=..., columns=...)"
            )


def form_of(axes: Axes) -> str:
    """Return the chart form that drew these axes; empty where an author did."""
    return str(figure_of(axes).get_label())


def height_of(axes: Axes) -> float:
    """Return the height of the figure of these axes, in points."""
    return float(figure_of(axes).get_size_inches()[1] * _POINTS_PER_INCH)


def figure_of(axes: Axes) -> Figure:
    """Return the whole figure that these axes belong to.

    Raises:
        ValueError: if there is none.
        ChartError: if they are no axes.
    """
    if not isinstance(axes, Axes):
        raise ChartError(
            f"draw returned a {type(axes).__name__}, no Axes: return the axes that it drew on, as charts do"
        )
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes belong to no figure: pass the axes that a chart function returned")
    return figure


def to_svg(axes: Axes) -> str:
    """Return the figure of these axes as an SVG element at its printed size, ready to stand inside a page.

    The same figure gives the same bytes: no date, no metadata, coordinates of two decimals. Text is text. One element
    a line, so that notebooks can be compared line by line. Only the ids that something refers to are kept, each named
    after what it stands on: a change elsewhere in the drawing leaves it alone. Where many drawings share a page, the
    page gives each a prefix of its own.
    """
    buffer = StringIO()
    with context():
        figure_of(axes).savefig(buffer, format="svg", metadata={"Date": None})
    root = ElementTree.fromstring(buffer.getvalue())
    _simplify(root)
    _rename_ids(root)
    _lay_out(root)
    root.tail = None
    # ElementTree writes the line breaks inside attributes, which are all ours, as references.
    return ElementTree.tostring(root, encoding="unicode").replace("&#10;", "\n")


def name_marks(artist: Artist, *texts: str) -> None:
    """Give the marks of an artist what is seen by who points at them: the value of a bar, of each point of a line."""
    artist.set_gid(_MARK + _APART.join(texts))


def _title_marks(element: ElementTree.Element) -> None:
    """Put the text of each mark of a group into the mark, as its title."""
    texts = element.attrib.pop("id").removeprefix(_MARK).split(_APART)
    marks = [part for part in element.iter() if _local(part.tag) == "use"]
    for mark, text in zip(marks or element.findall("{*}path"), texts, strict=False):
        title = ElementTree.SubElement(mark, "title")
        title.text = text


def _simplify(root: ElementTree.Element) -> None:
    """Drop what a page does not need and round what it does."""
    for element in [element for element in root.iter() if element.get("id", "").startswith(_MARK)]:
        _title_marks(element)
    for element in root.iter():
        element.tag = _local(element.tag)
        for child in [child for child in element if _local(child.tag) == "metadata" or _is_style(child)]:
            element.remove(child)
        tidied = {_local(key): _tidy(_local(key), value) for key, value in element.attrib.items()}
        element.attrib = {key: value for key, value in tidied.items() if value}
    root.set("xmlns", "http://www.w3.org/2000/svg")
    # matplotlib sets this with a style sheet for '*', which would hold for the whole page.
    root.set("style", "stroke-linejoin:round;stroke-linecap:butt")


def _lay_out(element: ElementTree.Element) -> None:
    """Begin a line after each element, texts alone left whole; a group that says nothing gives way to what it holds."""
    element.tail = "\n"
    if element.tag == "title":
        return
    if element.tag == "text":
        _close_up(element)
        return
    children: list[ElementTree.Element] = []
    for child in element:
        _lay_out(child)
        children += child if child.tag == "g" and not child.attrib else [child]
    element[:] = children
    element.text = "\n" if children else None


def _close_up(text: ElementTree.Element) -> None:
    """Take the line breaks from between the parts of a formula."""
    for part in text.iter("tspan"):
        part.tail = None
    if len(text):
        text.text = None


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _is_style(element: ElementTree.Element) -> bool:
    return _local(element.tag) == "defs" and any(_local(child.tag) == "style" for child in element)


def _tidy(attribute: str, value: str) -> str:
    if attribute == "transform":
        value = re.sub(r"rotate\(-?0 [^)]*\)", "", value).strip()
        return value if "scale" in value or "matrix" in value else _round_numbers(value)
    if attribute in {"d", "x", "y", "width", "height"}:
        value = _round_numbers(" ".join(value.split()))
    if attribute in _FOLDS:
        return _FOLDS[attribute].sub(r"\1\n", value)
    if attribute == "style":
        family = f"'{_FAMILY}', {_FALLBACK}"
        return re.sub(r"font-family: [^;]*", f"font-family: {family}", value)
    return value


def _round_numbers(text: str) -> str:
    return re.sub(r"-?\d+\.\d+", lambda match: _two_decimals(float(match[0])), text)


def _two_decimals(number: float) -> str:
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _rename_ids(root: ElementTree.Element) -> None:
    values = [value for element in root.iter() for value in element.attrib.values()]
    used = {match[2] for value in values for match in _REFERENCE.finditer(value)}
    given = [(element, element.attrib.pop("id", "")) for element in root.iter()]
    names: dict[str, str] = {}
    for element, old in given:
        if old in used:
            digest = "c" + hashlib.sha256(ElementTree.tostring(element)).hexdigest()[:10]
            same = sum(name.startswith(digest) for name in names.values())
            names[old] = f"{digest}-{same + 1}" if same else digest
            element.set("id", names[old])
    for element, _ in given:
        for key, value in element.attrib.items():
            element.set(key, _REFERENCE.sub(lambda match: match[1] + names.get(match[2], match[2]), value))
