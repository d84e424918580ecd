"""Charts as SVG, inside a page or as a file: only what a picture needs, with a name for those who do not see it.

What a drawing may hold is listed: all else is left out, and a drawing without end is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree

from analysis.foundation.errors import PublishError

_SHAPES: Final = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image"})
_TEXTS: Final = frozenset({"text", "tspan", "title"})
_STRUCTURE: Final = frozenset({"svg", "g", "defs", "use", "clipPath", "pattern"})
_ELEMENTS: Final = _SHAPES | _TEXTS | _STRUCTURE
_PLACES: Final = frozenset({"d", "x", "y", "dx", "dy", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "points"})
_FRAMES: Final = frozenset({"width", "height", "viewBox", "preserveAspectRatio"})
_UNITS: Final = frozenset({"clipPathUnits", "patternUnits", "patternContentUnits", "patternTransform"})
_ATTRIBUTES: Final = _PLACES | _FRAMES | _UNITS | {"style"}
"""Besides those that are properties of a style, id and href."""
_PROPERTY: Final = re.compile(
    r"fill(-opacity|-rule)?|stroke(-[a-z]+)?|opacity|color|clip-(path|rule)|transform|visibility|image-rendering"
    r"|font(-[a-z]+)?|text-anchor|dominant-baseline|baseline-shift|white-space"
)
_VALUE: Final = re.compile(
    r"""(?:[\w\s.,#%+-]"""  # numbers, names, colours, the commands of a path
    r"""|'[\w\s.,-]*'|"[\w\s.,-]*\""""  # names of typefaces
    r"""|(?:rgba?|hsla?|translate|scale|rotate|matrix|skewX|skewY)\([\w\s.,%+-]*\)"""
    r"""|url\(\#[\w.-]+\))*"""
)
"""Values without anything that fetches, runs or is read in another way than it looks, as a backslash would be."""
_VALUES: Final = {
    "id": re.compile(r"[\w.-]+"),
    "href": re.compile(r"#[\w.-]+|data:image/png;base64,[\w\s+/=]*"),
}
_PAINT: Final = re.compile(r"url\(#([\w.-]+)\)")

# No drawing of ours has a tenth of it; browsers need seconds for more.
_DEEPEST: Final = 50
_MOST: Final = 100_000


def inline_svg(svg: str, name: str, prefix: str) -> str:
    """Return an SVG file as an element of an HTML page; width and height are left to the style sheet.

    Args:
        svg: text of an SVG file.
        name: the alternative text.
        prefix: what its ids begin with, so that no other drawing of the page has them.

    Raises:
        PublishError: if the text is not SVG, has no view box, or draws without end.
    """
    root = _drawing(svg)
    for attribute in ("width", "height"):
        root.attrib.pop(attribute, None)
    for element in root.iter():
        element.attrib = {key: _prefixed(key, value, prefix) for key, value in element.attrib.items()}
    root.attrib = {"role": "img", "aria-label": name, **root.attrib}
    return ElementTree.tostring(root, encoding="unicode").strip()


def svg_file(svg: str, title: str, description: str) -> bytes:
    """Return an SVG file that stands alone: at its printed size, with title and description inside.

    Raises:
        PublishError: if the text is not SVG, has no view box, or draws without end.
    """
    root = _drawing(svg)
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(tag)
        element.text = text
        root.insert(position, element)
    root.attrib = {"xmlns": "http://www.w3.org/2000/svg", **root.attrib}
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _drawing(svg: str) -> ElementTree.Element:
    """The drawing with nothing in it but what is listed."""
    reader = ElementTree.XMLParser(target=_Reader())
    try:
        reader.feed(svg)
        root: ElementTree.Element | None = reader.close()
    except (ElementTree.ParseError, ValueError) as error:  # ValueError: letters that no encoding has
        raise PublishError(f"a chart is not an SVG file ({error}): draw it again") from None
    if root is None or "viewBox" not in root.attrib:
        raise PublishError("a chart has no view box: write it with style.to_svg")
    _Expansion(root).measure()
    return root


class _Reader:
    """Builds the tree of what is listed while a file is read, so that nothing else is ever held."""

    def __init__(self) -> None:
        self.builder = ElementTree.TreeBuilder()
        self.depth = 0
        self.left_out = 0
        """How deep the reading is inside an element that is left out."""
        self.root = ""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        """Refuse what could define entities."""
        raise PublishError("a chart has a document type, which no picture needs: write it with style.to_svg")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        tag = _local_name(tag)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise PublishError(f"a chart has groups in groups, more than {_DEEPEST} deep: draw it again, more simply")
        if self.left_out or tag not in _ELEMENTS or (tag == "svg") is not (self.depth == 1):
            self.left_out += 1
            return
        named = {_local_name(key): value for key, value in attributes.items()}
        self.builder.start(tag, {key: kept for key, value in named.items() if (kept := _kept(key, value))})

    def data(self, text: str) -> None:
        """Take text in."""
        if not self.left_out and self.depth:
            self.builder.data(text)

    def end(self, tag: str) -> None:
        """End an element."""
        self.depth -= 1
        if self.left_out:
            self.left_out -= 1
        else:
            self.builder.end(_local_name(tag))

    def close(self) -> ElementTree.Element | None:
        """Return the root, if it is one of SVG."""
        return self.builder.close()


class _Expansion:
    """What a browser draws: each element as often as others refer to it."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.root = root
        self.drawn = 0
        self.named: dict[str, ElementTree.Element] = {}
        for element in root.iter():
            if "id" in element.attrib and self.named.setdefault(element.attrib["id"], element) is not element:
                raise PublishError(f"a chart has two parts with the id '{element.get('id')}': draw it again")

    def measure(self) -> None:
        """Refuse a drawing that is too large, and one that refers to itself.

        Raises:
            PublishError: if it is so.
        """
        self._walk(self.root, 1)

    def _walk(self, element: ElementTree.Element, depth: int) -> None:
        self.drawn += 1
        if self.drawn > _MOST or depth > _DEEPEST:
            raise PublishError("a chart refers to its own parts again and again, or has too many: draw it more simply")
        links = [link for value in element.attrib.values() for link in _PAINT.findall(value)]
        links.append(element.get("href", "").removeprefix("#"))
        for part in [*element, *(self.named[link] for link in links if link in self.named)]:
            self._walk(part, depth + 1)


def _kept(attribute: str, value: str) -> str:
    """What is kept of the value of an attribute: nothing where either is not listed."""
    if attribute == "style":
        return ";".join(filter(None, map(_declaration, value.split(";"))))
    listed = attribute in _ATTRIBUTES or attribute in _VALUES or _PROPERTY.fullmatch(attribute)
    return value if listed and _VALUES.get(attribute, _VALUE).fullmatch(value) else ""


def _declaration(text: str) -> str:
    """One declaration of a style, if it is listed."""
    name, _, value = (part.strip() for part in text.partition(":"))
    return f"{name}:{value}" if value and _PROPERTY.fullmatch(name) and _VALUE.fullmatch(value) else ""


def _prefixed(attribute: str, value: str, prefix: str) -> str:
    if attribute == "id":
        return f"{prefix}-{value}"
    begins = "#" if attribute == "href" else "url(#"
    return value.replace(begins, f"{begins}{prefix}-")


def _local_name(name: str) -> str:
    """A name without its namespace, which HTML gives to an svg element by itself."""
    return name.rpartition("}")[2]
