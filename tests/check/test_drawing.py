"""The drawing of a chart as boxes."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import charts
from analysis.charts.boxes import Box
from analysis.charts.style import text_width, to_svg
from analysis.check.drawing import Drawing, read_drawing
from analysis.foundation.errors import PublishError

LABEL = "font-size: 8px; font-family: 'Source Sans Pro', sans-serif; text-anchor: start"


def drawing(body: str) -> Drawing:
    """Return what is read of a drawing of 100 by 60 points."""
    return read_drawing(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60">{body}</svg>')


def box_of(attributes: str, style: str = LABEL) -> Box:
    """Return the box of the word Cuba with these attributes."""
    ((text, box),) = drawing(f'<text style="{style}" {attributes}>Cuba</text>').texts
    assert text == "Cuba"
    return box


def test_a_text_stands_on_its_baseline_beside_its_anchor() -> None:
    """Its width is that of the typeface, its height that of its ink; the anchor is its start, middle or end."""
    width = text_width("Cuba", 8)
    box = box_of('x="20" y="30"')
    assert (box.left, box.right) == (20, pytest.approx(20 + width))
    assert box.bottom == pytest.approx(-30, abs=0.2)
    assert box.top == pytest.approx(-30 + 0.72 * 8, abs=0.3)
    assert box_of('x="20" y="30"', LABEL.replace("start", "middle")).left == pytest.approx(20 - width / 2)
    assert box_of('x="20" y="30"', LABEL.replace("start", "end")).left == pytest.approx(20 - width)


def test_size_and_weight_are_those_of_the_style() -> None:
    """A larger text and a bold one are wider; the short form of CSS is read too."""
    assert box_of("", "font-size: 16px").right == pytest.approx(text_width("Cuba", 16))
    assert box_of("", f"font-weight: 700; {LABEL}").right == pytest.approx(text_width("Cuba", 8, bold=True))
    assert box_of("", "font: 8px 'Source Sans Pro', sans-serif; fill: #700000").right == pytest.approx(
        text_width("Cuba", 8)
    )
    assert box_of("", "font: bold 8px 'Source Sans Pro'").right == pytest.approx(text_width("Cuba", 8, bold=True))


def test_a_text_may_be_moved_and_turned() -> None:
    """The lines of a text in two lines are moved; a turned name of an axis reads upwards from its anchor."""
    assert box_of('transform="translate(20 30)"') == box_of('x="20" y="30"')
    turned = box_of('transform="translate(20 30) rotate(-90)"')
    assert turned.bottom == pytest.approx(-30)
    assert turned.top == pytest.approx(-30 + text_width("Cuba", 8))
    assert turned.right == pytest.approx(20, abs=0.2)
    assert box_of('x="20" y="30" transform="rotate(90 20 30)"').top == pytest.approx(-30)


def test_what_has_no_box_is_left_out() -> None:
    """A text that lies aslant, one without letters, and what is only defined."""
    assert (
        drawing(f'<text style="{LABEL}" transform="rotate(-45)">Cuba</text><text style="{LABEL}"> </text>').texts == ()
    )
    assert drawing(f'<defs><text style="{LABEL}">Cuba</text></defs>').texts == ()


def test_lines_are_read_and_gridlines_are_not() -> None:
    """A stroke of straight pieces gives points along it, by its width; hairlines, areas and curves give none."""
    line, hairline = "fill: none; stroke: #0033a0; stroke-width: 1.6", "fill: none; stroke: #e1e6ec; stroke-width: 0.6"
    found = drawing(
        f'<path d="M 0 10 L 50 10 M 60 10 L 70 10" style="{line}"/><path d="M 0 20 L 99 20" style="{hairline}"/>'
    )
    assert list(found.lines) == [1.6]
    points = found.lines[1.6]
    assert Box(20, -11, 22, -9).holds(points)
    assert not Box(52, -11, 58, -9).holds(points)  # between two pieces there is no line
    assert not Box(0, -21, 99, -19).holds(points)
    area, curve = "fill: #0033a0; stroke: #0033a0; stroke-width: 1.6", "M 0 0 C 1 1 2 2 3 3"
    assert drawing(f'<path d="M 0 10 L 50 10 z" style="{area}"/><path d="{curve}" style="{line}"/>').lines == {}


def test_a_line_ends_where_the_plot_clips_it() -> None:
    """Points beyond the rectangle of the clip path are not drawn."""
    clip = '<defs><clipPath id="plot"><rect x="0" y="0" width="40" height="60"/></clipPath></defs>'
    path = '<path d="M 0 10 L 90 10" clip-path="url(#plot)" style="fill: none; stroke: #0033a0; stroke-width: 1.6"/>'
    points = drawing(clip + path).lines[1.6]
    assert points[:, 0].max() == pytest.approx(40, abs=1)


def test_a_marker_has_its_box_and_an_area_has_none() -> None:
    """A small shape drawn at a place is a marker; a large one is an area."""
    shapes = '<defs><path id="dot" d="M -2 -3 L 2 3"/></defs><defs><path id="area" d="M 0 10 L 90 50"/></defs>'
    found = drawing(f'{shapes}<use href="#dot" x="20" y="30"/><use href="#area" x="0" y="0"/><use href="#gone"/>')
    assert found.markers == (Box(18, -33, 22, -27),)


@pytest.mark.parametrize("body", ["<text>Cuba</text>", "<text style='font-size: 8px'>Cuba"])
def test_what_cannot_be_measured_is_told(body: str) -> None:
    """A text without a size, and what is no SVG, are told with what to do."""
    with pytest.raises(PublishError, match=r"^a chart cannot be measured \(.*\): draw it again$"):
        drawing(body)


def test_a_chart_without_a_view_box_is_told() -> None:
    """The frame is the view box, so there must be one."""
    with pytest.raises(PublishError, match="cannot be measured"):
        read_drawing('<svg xmlns="http://www.w3.org/2000/svg"/>')


@pytest.fixture(scope="module")
def lines() -> Drawing:
    """A chart of the library: two series over four years."""
    data = pd.DataFrame({"Cuba": [1, 5, 9, 30], "Haití": [40, 9, 5, 2]}, index=range(2020, 2024))
    return read_drawing(to_svg(charts.lines(data, unit="personas", language="es", width="half")))


def test_a_chart_of_the_library_is_read_whole(lines: Drawing) -> None:
    """Frame, texts, two lines and a marker a value."""
    assert lines.frame == Box(0, -190, 243, 0)
    assert {"Cuba", "30", "Haití", "2020", "2023"} <= {text for text, _ in lines.texts}
    assert all(box.within(lines.frame.grown(0.5)) for _, box in lines.texts)
    assert len(lines.markers) == 8
    assert any(width > 1 for width in lines.lines)
