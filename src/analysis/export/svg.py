"""Charts as SVG, inside a page or as a file: only what a picture needs, with a name for those who do not see it."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

from analysis.foundation.errors import PublishError

_SHAPES: Final = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image"})
_TEXTS: Final = frozenset({"text", "tspan"})
_STRUCTURE: Final = frozenset({"svg", "g", "defs", "use", "clipPath", "pattern", "mask", "marker", "symbol"})
_ELSEWHERE: Final = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(", re.IGNORECASE)
"""In a style: what would be fetched, or run."""
_DRAWING: Final = _SHAPES | _TEXTS | _STRUCTURE


def inline_svg(svg: str, name: str) -> str:
    """Return an SVG file as an element of an HTML page.

    Elements that do not draw (metadata, scripts, foreign content), handlers of events and references to other
    files are left out; width and height are left to the style sheet.

    Args:
        svg: text of an SVG file.
        name: the alternative text.

    Raises:
        PublishError: if the text is not SVG or has no view box.
    """
    root = _drawing(svg)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.attrib = {"role": "img", "aria-label": name, **root.attrib}
    return ElementTree.tostring(root, encoding="unicode").strip()


def svg_file(svg: str, title: str, description: str) -> bytes:
    """Return an SVG file that stands alone: at its printed size, with title and description inside.

    Raises:
        PublishError: if the text is not SVG or has no view box.
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
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise PublishError(f"a chart is not an SVG file ({error}): draw it again") from None
    if local_name(root.tag) != "svg" or "viewBox" not in root.attrib:
        raise PublishError("a chart has no view box: write it with style.to_svg")
    _clean(root)
    return root


def _clean(element: ElementTree.Element) -> None:
    element.tag = local_name(element.tag)
    element.attrib = {
        local_name(key): value for key, value in element.attrib.items() if _allowed(local_name(key).lower(), value)
    }
    for child in list(element):
        if isinstance(child.tag, str) and local_name(child.tag) in _DRAWING:
            _clean(child)
        else:
            element.remove(child)


def local_name(name: str) -> str:
    """Return a name without its namespace, which HTML gives to an svg element by itself."""
    return name.rpartition("}")[2]


def _allowed(attribute: str, value: str) -> bool:
    if attribute == "href":
        return value.startswith(("#", "data:image/png;"))
    return not attribute.startswith("on") and attribute != "space" and not _ELSEWHERE.search(value)
