"""Charts as inline SVG."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from analysis.export.svg import inline_svg
from analysis.foundation.errors import PublishError
from tests.samples import drawing


def svg(body: str, attributes: str = 'viewBox="0 0 10 10"') -> str:
    """Return an SVG file around a body."""
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {spaces} {attributes}>{body}</svg>"


def test_a_chart_gets_a_name_and_keeps_its_drawing() -> None:
    """The picture carries its alternative text, its view box and its text; its size is left to the page."""
    root = ElementTree.fromstring(inline_svg(drawing("g1", 504, 200, [1, 2], "mil"), 'A < B & "C"'))
    assert root.tag == "svg"
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'A < B & "C"'
    assert root.get("viewBox") == "0 0 504 200"
    assert root.get("width") is None
    assert [text.text for text in root.iter("text")] == ["2 mil (g1)"]
    assert len(list(root.iter("rect"))) == 2


def test_references_inside_the_picture_still_hold() -> None:
    """A symbol that is used by its id is still found, without the prefix of another namespace."""
    root = ElementTree.fromstring(inline_svg(drawing("g1", 504, 200, [1, 2], "mil"), "name"))
    used = next(iter(root.iter("use"))).get("href")
    assert used == "#g1-axis"
    assert [path.get("id") for path in root.iter("path")] == ["g1-axis"]


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<g><foreignObject><p>x</p></foreignObject></g>",
        '<rect onload="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<image xlink:href="https://example.org/x.png"/>',
        "<style>* { fill: red }</style>",
        '<rect style="fill: url(https://example.org/a.svg#b)"/>',
        '<rect style="fill: URL( &quot;https://example.org/a.svg#b&quot; )"/>',
        "<metadata>alert</metadata>",
        "<!-- alert -->",
    ],
)
def test_what_does_not_draw_is_left_out(body: str) -> None:
    """Scripts, handlers, foreign content, style sheets, comments and other files do not reach the page."""
    inlined = inline_svg(svg(body + "<path d='M 0 0'/>"), "name")
    assert "<path" in inlined
    for trace in ("script", "alert", "foreign", "onload", "example.org", "<style", "fill: red"):
        assert trace not in inlined


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not xml", "is not an SVG file"),
        (svg("", ""), "has no view box"),
        ("<p viewBox='0'/>", "has no view box"),
    ],
)
def test_what_is_no_chart_is_refused(text: str, reason: str) -> None:
    """A file that is not SVG, or has no view box, is refused with what to do."""
    with pytest.raises(PublishError, match=reason):
        inline_svg(text, "name")


def test_a_picture_that_grows_without_end_is_refused() -> None:
    """Entities that stand for entities, a thousand million letters in the end, are not written out."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE svg [<!ENTITY l0 "{"x" * 100}">{entities}]>' + svg("<text>&l9;</text>")
    with pytest.raises(PublishError, match="is not an SVG file"):
        inline_svg(bomb, "name")
