"""Charts as inline SVG and as files: what they may hold, and what is refused."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
import seaborn as sns
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from analysis.charts.style import context, to_svg
from analysis.export.svg import inline_svg, svg_file
from analysis.foundation.errors import PublishError
from tests.promises import times
from tests.samples import drawing


def svg(body: str, attributes: str = 'viewBox="0 0 10 10"') -> str:
    """Return an SVG file around a body."""
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {spaces} {attributes}>{body}</svg>"


def inlined(body: str) -> ElementTree.Element:
    """Return what a page gets of it."""
    return ElementTree.fromstring(inline_svg(svg(body), "name", "g1"))


def style_of(style: str) -> str:
    """Return what is left of a style."""
    (shape,) = inlined(f"<path style='{style}'/>")
    return shape.get("style", "")


def test_a_chart_gets_a_name_and_keeps_its_drawing() -> None:
    """The picture carries its alternative text, its view box and its text; its size is left to the page."""
    root = ElementTree.fromstring(inline_svg(drawing("g1", 504, 200, [1, 2], "mil"), 'A < B & "C"', "g1"))
    assert root.tag == "svg"
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'A < B & "C"'
    assert root.get("viewBox") == "0 0 504 200"
    assert root.get("width") is None
    assert [text.text for text in root.iter("text")] == ["2 mil (g1)"]
    assert len(list(root.iter("rect"))) == 2


def test_references_inside_the_picture_still_hold() -> None:
    """A symbol and a clip that are used by their ids are still found, under the names that this page gives them."""
    root = inlined(
        "<defs><path id='a'/><clipPath id='b'><rect/></clipPath></defs>"
        "<use xlink:href='#a' clip-path='url(#b)' style='fill: url(#a)' fill='#b'/>"
    )
    assert [element.get("id") for element in root.iter() if "id" in element.attrib] == ["g1-a", "g1-b"]
    use = next(root.iter("use"))
    assert use.attrib == {"href": "#g1-a", "clip-path": "url(#g1-b)", "style": "fill:url(#g1-a)", "fill": "#b"}


def test_a_picture_of_an_author_is_drawn_as_it_was() -> None:
    """What seaborn and matplotlib draw, hatches, pictures and clips included, loses nothing on its way."""
    with context():
        axes = Figure(figsize=(4, 3)).add_subplot()
        sns.heatmap([[1, 2], [3, 4]], annot=True, ax=axes)
        axes.bar([0, 1], [1, 2], hatch="//", label="$x^2$", alpha=0.5)
        axes.scatter(range(60), range(60), c=range(60))
        axes.imshow([[0, 1], [1, 0]], extent=(0, 1, 0, 1))
        axes.annotate("Ley", (0, 0), (1, 1), arrowprops={"arrowstyle": "->"}, rotation=30, style="italic")
        axes.legend()
    drawn = to_svg(axes)
    before, after = ElementTree.fromstring(drawn), ElementTree.fromstring(svg_file(drawn, "T", "D"))
    kept = [element for element in after.iter() if not element.tag.endswith(("title", "desc"))]
    for one, other in zip(before.iter(), kept, strict=True):
        assert one.tag == other.tag
        assert {k: v.replace(": ", ":").replace("; ", ";").rstrip(";") for k, v in one.items() if k != "version"} == (
            other.attrib
        )
        assert one.text == other.text


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
    """Scripts, handlers, foreign content, style sheets, comments and other files reach neither page nor file."""
    given = svg(body + "<path d='M 0 0'/>")
    for written in (inline_svg(given, "name", "g1"), svg_file(given, "T", "D").decode()):
        assert "<path" in written
        for trace in ("script", "alert", "foreign", "onload", "example.org", "<style", "fill: red"):
            assert trace not in written


@pytest.mark.parametrize(
    "style",
    [
        r"fill:u\72l(http://example.org/a.svg#b)",
        r"fill:\75 rl(http://example.org)",
        r"\66 ill: red",
        "fill: url(http://example.org)",
        "fill: url(//example.org)",
        "fill: url( #a )",
        "fill: url(&quot;#a&quot;)",
        "fill: u/**/rl(http://example.org)",
        "fill: image-set(1x)",
        "fill: var(--a)",
        "width: expression(alert(1))",
        "behavior: none",
        "background: red",
        "position: fixed",
        "@import 1",
        "fill: &quot;a",
        "fill",
        "fill:",
        ": red",
    ],
)
def test_a_declaration_that_is_not_listed_is_left_out(style: str) -> None:
    """What fetches, runs, or is not read as it looks; the declarations beside it stay."""
    assert style_of(style) == ""
    assert style_of(f"stroke: red; {style}; opacity: 0.5").split(";")[::2] in (["stroke:red"], ["stroke:red", ""])


@pytest.mark.parametrize(
    "style",
    [
        "fill:#0033a0",
        "font:8px 'Source Sans Pro', sans-serif",
        "stroke-dasharray:3.2,2",
        "fill:rgba(0, 51, 160, 0.5)",
        "transform:rotate(-90)",
        'font-family:"A B"',
        "fill-opacity:1e-05",
    ],
)
def test_a_declaration_that_draws_stays(style: str) -> None:
    """Colours, strokes, typefaces and transforms."""
    assert style_of(style.replace("'", "&apos;")) == style


def folded(tag: str, reference: str) -> str:
    """Return nine elements, u1 to u9, each of which refers ten times to the one before it."""
    return "".join(f"<{tag} id='u{n}'>{reference.format(f'#u{n - 1}') * 10}</{tag}>" for n in range(1, 10))


FOLDED = folded("g", "<use xlink:href='{}'/>")
PAINTED = folded("pattern", "<path style='fill: url({})'/>")
ENTITIES = "<!ENTITY l0 'xxx'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not xml", "is not an SVG file"),
        (svg("", ""), "has no view box"),
        ("<p viewBox='0'/>", "has no view box"),
        ("\ud800", "is not an SVG file"),
        (svg("<g>" * 20_000 + "</g>" * 20_000), "more than 50 deep"),
        (svg("<script>" * 20_000 + "</script>" * 20_000), "more than 50 deep"),
        (svg("<path/>" * 100_001), "has too many"),
        (svg(f"<defs><path id='u0'/>{FOLDED}</defs><use xlink:href='#u9'/>"), "again and again"),
        (svg(f"<defs><path id='u0'/>{PAINTED}</defs><path style='fill: url(#u9)'/>"), "again and again"),
        (svg("<g id='a'><use xlink:href='#a'/></g>"), "again and again"),
        (svg("<g id='a'><use xlink:href='#b'/></g><g id='b'><use xlink:href='#a'/></g>"), "again and again"),
        (svg("<path id='a'/><path id='a'/>"), "two parts with the id 'a'"),
        (f"<!DOCTYPE svg [{ENTITIES}]>{svg('<text>&l9;</text>')}", "has a document type"),
        ("<!DOCTYPE svg SYSTEM 'file:///etc/passwd'>" + svg(""), "has a document type"),
    ],
)
def test_what_is_no_chart_is_refused(text: str, reason: str) -> None:
    """A file that is not SVG, has no view box, or draws without end, is refused with what to do, in both places."""
    with pytest.raises(PublishError, match=reason):
        inline_svg(text, "name", "g1")
    with pytest.raises(PublishError, match=reason):
        svg_file(text, "T", "D")


DRAWN = ["g", "defs", "use", "path", "clipPath", "text", "tspan", "image"]
TAGS = [*DRAWN, "script", "style", "foreignObject", "a", "animate", "set", "iframe", "handler", "svg", "title"]
DOES = ["class", "onload", "onclick", "ONLOAD", "src", "filter", "mask", "to", "values"]
SPACED = ["{http://www.w3.org/1999/xlink}href", "{http://www.w3.org/XML/1998/namespace}base"]
NAMES = [*DOES, *SPACED, "id", "href", "style", "fill", "stroke", "clip-path", "d", "transform", "x"]
WHOLE = [
    *(
        "#a",
        "url(#a)",
        "fill: red",
        "alert(1)",
        "javascript:alert(1)",
        "http://example.org/a.png",
        "//example.org/a.png",
    ),
    *(
        "url(http://example.org)",
        "url(//example.org)",
        "fill: url(http://example.org)",
        r"fill: u\72l(http://example.org)",
    ),
    *(
        "data:image/svg+xml,<svg/>",
        "data:text/html;base64,AAAA",
        "fill: red; filter: url(//a)",
        "x: expression(alert(1))",
    ),
]
PIECES = [
    "url(",
    "#",
    ")",
    "http://a",
    "//a",
    "\\",
    "72 l",
    "/*",
    "*/",
    ";",
    ":",
    "@import ",
    "fill",
    "data:",
    ",",
    "'",
    '"',
]
LETTERS = st.characters(exclude_categories=["C"])  # control characters would have the whole drawing refused
VALUES = st.sampled_from(WHOLE) | st.lists(st.sampled_from(PIECES) | LETTERS, max_size=6).map("".join)
ATTRIBUTES = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4)
ELEMENTS = st.recursive(
    st.tuples(st.sampled_from(DRAWN) | st.sampled_from(TAGS), ATTRIBUTES, VALUES, st.just([])),
    lambda inner: st.tuples(
        st.sampled_from(DRAWN) | st.sampled_from(TAGS), ATTRIBUTES, VALUES, st.lists(inner, max_size=4)
    ),
    max_leaves=12,
)


def built(parts: tuple[str, dict[str, str], str, list[Any]]) -> ElementTree.Element:
    """Return an element with what it holds."""
    tag, attributes, text, inner = parts
    element = ElementTree.Element(f"{{http://www.w3.org/2000/svg}}{tag}", attributes)
    element.text = text
    element.extend(map(built, inner))
    return element


def harm(written: str | bytes) -> list[str]:
    """Return what in it runs, and what names another place, once the escapes of CSS are read."""
    found = []
    for element in ElementTree.fromstring(written).iter():
        found += [] if element.tag.rpartition("}")[2] in [*DRAWN, "svg", "title", "desc"] else [element.tag]
        for name, value in element.attrib.items():
            read = re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda match: chr(int(match[1], 16) % 0x110000), value).lower()
            away = re.search(r"//|javascript|@|expression|/\*|url\((?!#)|data:(?!image/png;base64,)", read)
            linked = name == "href" and not read.startswith(("#", "data:image/png;base64,"))
            if away or linked or name.lower().startswith("on") or name in DOES or name == "base":
                found.append(f"{name}={value}")
    return found


def cleaned(text: str) -> list[str | bytes]:
    """Return what page and file get of a drawing: nothing if it is refused, which takes one sentence."""
    try:
        return [inline_svg(text, "name", "g1"), svg_file(text, "T", "D")]
    except PublishError as error:
        return [] if re.fullmatch(r"[^\n]+", str(error)) else [text]


@settings(max_examples=times(60, soak=2000))
@given(ELEMENTS)
def test_whatever_a_drawing_holds_it_does_nothing(parts: tuple[str, dict[str, str], str, list[Any]]) -> None:
    """What comes out has no script, no handler and no reference elsewhere, or the drawing is refused in a sentence."""
    root = ElementTree.Element("{http://www.w3.org/2000/svg}svg", {"viewBox": "0 0 1 1"})
    root.append(built(parts))
    assert [harm(written) for written in cleaned(ElementTree.tostring(root, encoding="unicode"))] in ([], [[], []])


@given(st.text() | st.text("<>/=\"'#&;svguse:xlinkhrf ").map(svg) | st.binary().map(lambda b: b.decode("latin-1")))
def test_whatever_text_is_given_is_cleaned_or_refused(text: str) -> None:
    """No other error comes out."""
    assert [harm(written) for written in cleaned(text)] in ([], [[], []])
