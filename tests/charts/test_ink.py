"""Where the ink of a drawing lies, and the faults that are planted in one: each is found, sound drawings have none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from analysis import charts
from analysis.charts.boxes import Box
from analysis.charts.ink import Ink, refuse_words
from analysis.charts.style import context, text_ink, text_width
from analysis.foundation.errors import ChartError
from analysis.metrics.readings import Reading
from analysis.values.quantities import Quantity
from analysis.values.texts import Named
from analysis.values.texts import text as bilingual
from tests.charts.inks import faults_of, ink_of

Draw = Callable[[Axes], object]

BLUE = {"color": "#0033a0", "linewidth": 1.6}


def drawn(*draw: Draw) -> Axes:
    """Return axes over a whole figure of 243 by 100 points whose units are points, with these things drawn."""
    with context():
        axes = Figure(figsize=(243 / 72, 100 / 72)).add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, 243), ylim=(0, 100), xticks=[], yticks=[])
        for one in draw:
            one(axes)
    return axes


def text(x: float, y: float, says: str, **style: object) -> Draw:
    """Write a label that starts there."""
    return lambda axes: axes.text(x, y, says, **{"fontsize": 8, **style})


def line(x: list[float], y: list[float], **style: object) -> Draw:
    """Draw a line through these points."""
    return lambda axes: axes.plot(x, y, **{**BLUE, **style})


def dot(x: float, y: float, size: float = 4) -> Draw:
    """Draw a marker there."""
    return lambda axes: axes.plot([x], [y], marker="o", markersize=size, linestyle="none")


def box_of(says: str = "Cuba", x: float = 20, y: float = 30, **style: object) -> Box:
    """Return the box of a word written there."""
    ((_, box),) = ink_of(drawn(text(x, y, says, **style))).texts
    return box


# -- ink --------------------------------------------------------------------------------------------------------------


def test_a_text_stands_on_its_baseline_beside_its_anchor() -> None:
    """Its width is that of the typeface, its height that of its ink; the anchor is its start, middle or end."""
    width, above, _ = text_ink("Cuba", 8)
    assert box_of() == pytest.approx((20, 30, 20 + width, 30 + above), abs=0.15)
    assert box_of(ha="center").left == pytest.approx(20 - width / 2)
    assert box_of(ha="right").left == pytest.approx(20 - width)


def test_size_and_weight_are_those_of_the_text() -> None:
    """A larger text and a bold one are wider, however the weight is named."""
    assert box_of(fontsize=16).right == pytest.approx(20 + text_width("Cuba", 16))
    for weight in ("bold", "semibold", 700):
        assert box_of(fontweight=weight).right == pytest.approx(20 + text_width("Cuba", 8, bold=True))


def test_a_text_may_have_lines_and_be_turned() -> None:
    """Each line has a box; a turned name of an axis reads upwards."""
    (one, upper), (two, lower) = ink_of(drawn(text(20, 30, "Cuba\nHaití"))).texts
    assert (one, two) == ("Cuba", "Haití")
    assert upper.bottom > lower.top
    turned, over = (box_of(rotation=angle, rotation_mode="anchor") for angle in (90, 180))
    assert turned[1::2] == pytest.approx((30, 30 + text_width("Cuba", 8)))
    assert turned.right == pytest.approx(20, abs=0.2)
    assert over.right == pytest.approx(20)


def test_what_has_no_box_is_left_out() -> None:
    """A text that lies aslant, one without letters, and one that is not shown."""
    hidden = text(20, 20, "Cuba", visible=False)
    assert ink_of(drawn(text(20, 20, "Cuba", rotation=45), text(20, 20, " "), hidden)).texts == []


def test_a_formula_is_measured_as_one() -> None:
    """What an author has matplotlib read as a formula is narrower than its letters."""
    assert box_of("$x^2$", parse_math=True).right < box_of("$x^2$").right


def lines_of(*draw: Draw) -> Ink:
    """Return the ink of these things, without the frame of the axes."""
    return ink_of(drawn(lambda axes: axes.set_axis_off(), *draw))


def test_lines_are_read_and_gridlines_are_not() -> None:
    """A stroke of straight pieces gives points along it, by its width; hairlines, areas and curves give none."""
    found = lines_of(
        line([0, 50, np.nan, 60, 70], [10, 10, np.nan, 10, 10]),
        line([0, 99], [20, 20], linewidth=0.6),
        lambda axes: axes.add_patch(Rectangle((0, 40), 50, 9, **BLUE)),
        lambda axes: axes.add_patch(Circle((50, 50), 30, fill=False, **BLUE)),
        lambda axes: axes.fill_between([100, 200], [10, 50]),
    )
    assert list(found.lines) == [1.6]
    (points,) = found.lines[1.6]
    assert Box(20, 9, 22, 11).holds(points)
    assert not Box(52, 9, 58, 11).holds(points)  # between two pieces there is no line


def test_an_outline_is_a_line_to_its_last_edge() -> None:
    """So is each line of a collection, where they differ."""
    collection = LineCollection([[(100, 10), (100, 90)], [(120, 10), (130, 90)]], linewidths=1.6)
    outline = Rectangle((10, 10), 50, 50, fill=False, **BLUE)
    found = lines_of(lambda axes: axes.add_patch(outline), lambda axes: axes.add_collection(collection))
    points = np.concatenate(found.lines[1.6])
    for edge in (Box(9, 30, 11, 32), Box(59, 30, 61, 32), Box(99, 30, 101, 32), Box(124, 49, 126, 51)):
        assert edge.holds(points)


def test_a_line_ends_where_the_plot_clips_it() -> None:
    """Points beyond the plot are not drawn, unless the author draws without a clip."""
    part: Draw = lambda axes: axes.set_position((0, 0, 0.5, 1))  # noqa: E731
    ends = [lines_of(part, line([0, 400], [10, 10], clip_on=clip)).lines[1.6][0][:, 0].max() for clip in (True, False)]
    assert ends == pytest.approx([243 / 2, 200], abs=1)


def test_a_marker_has_its_box_and_an_area_has_none() -> None:
    """A small shape drawn at points is a marker, by plot or scatter; a large one, a mesh and a picture are areas."""
    found = lines_of(
        dot(20, 30),
        lambda axes: axes.scatter([50, 90], [50, 60], s=[16, 9]),
        dot(120, 50, size=20),
        lambda axes: axes.pcolormesh([0, 5, 10], [0, 5, 10], [[1, 2], [3, 4]]),
        lambda axes: axes.imshow([[1, 2]], extent=(0, 9, 0, 9), aspect="auto"),
        lambda axes: axes.set(xlim=(0, 243), ylim=(0, 100)),
    )
    assert np.asarray(found.markers) == pytest.approx(
        np.array([(48, 48, 52, 52), (88.5, 58.5, 91.5, 61.5), (18, 28, 22, 32)]), abs=0.01
    )


def test_another_resolution_is_measured_in_points_too() -> None:
    """Figures that an author made elsewhere have a hundred dots an inch; they keep them."""
    figure = Figure(figsize=(3, 2), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.text(1, 0.5, "Venezuela", fontsize=8)
    ink = ink_of(axes)
    assert ink.frame == pytest.approx((0, 0, 216, 144))
    assert dict(ink.texts)["Venezuela"].left == pytest.approx(216)
    assert figure.dpi == 100


def test_a_chart_of_the_library_is_read_whole() -> None:
    """Frame, texts, two lines and a marker a value."""
    data = pd.DataFrame({"Cuba": [1, 5, 9, 30], "Haití": [40, 9, 5, 2]}, index=range(2020, 2024))
    found = ink_of(charts.lines(data, unit="personas", language="es", width="half"))
    assert found.frame == pytest.approx((0, 0, 243, 190))
    assert {"Cuba", "30", "Haití", "2020", "2023"} <= {text for text, _ in found.texts}
    assert len(found.markers) == 8
    assert any(width > 1 for width in found.lines)


# -- faults -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shapes", "told"),
    [
        ([text(20, 50, "Cuba 34,581"), text(58, 48, "Venezuela")], "'Cuba 34,581' meets 'Venezuela'"),
        ([text(20, 50, "Cuba"), text(20, 46, "Haití")], "'Cuba' meets 'Haití'"),
        ([text(220, 50, "Venezuela")], "'Venezuela' is cut off at the edge"),
        ([text(-3, 50, "Cuba")], "'Cuba' is cut off at the edge"),
        ([text(20, 97, "Cuba")], "'Cuba' is cut off at the edge"),
        ([text(20, 0, "Guatemala, y")], "'Guatemala, y' is cut off at the edge"),
        ([text(20, 50, "Cuba"), line([0, 60], [80, 20])], "'Cuba' is crossed by a line"),
        ([text(20, 50, "20"), dot(28, 52)], "'20' lies on a marker"),
        ([text(20, 50, "20"), lambda axes: axes.scatter([28], [52], s=16)], "'20' lies on a marker"),
    ],
)
def test_a_fault_in_a_drawing_is_found(shapes: list[Draw], told: str) -> None:
    """Texts on one another, cut off at any side, crossed by a line or lying on a marker."""
    (found,) = faults_of(drawn(lambda axes: axes.set_axis_off(), *shapes))
    assert found.startswith(f"{told}: ")


@pytest.mark.parametrize(
    "shapes",
    [
        [text(20, 50, "Cuba 34,581"), text(68, 50, "Venezuela")],
        [text(20, 50, "Guatemala, y"), text(20, 41, "Ángel")],
        [text(20, 50, "20,000"), line([0, 243], [47, 47])],
        [text(20, 50, "20,000"), line([0, 243], [52, 52], color="#e1e6ec", linewidth=0.6)],
        [text(20, 50, "20"), dot(33, 52)],
    ],
)
def test_a_drawing_with_room_has_no_fault(shapes: list[Draw]) -> None:
    """Texts beside and below one another, on top of a line, on a gridline, beside a marker."""
    assert faults_of(drawn(lambda axes: axes.set_axis_off(), *shapes)) == []


def test_a_text_added_to_a_chart_of_the_library_is_found_where_it_lies_on_another() -> None:
    """An author who writes into the axes hears of it."""
    axes = charts.bars(pd.Series([10, 20, 30], index=[2021, 2022, 2023]), language="es")
    assert faults_of(axes) == []
    year = next(t for t in axes.texts if t.get_text() == "2022")
    axes.text(*year.get_position(), "Ley nueva", transform=year.get_transform(), fontsize=8, va="top")
    (told,) = faults_of(axes)
    assert "'2022'" in told
    assert "'Ley nueva'" in told


def test_faults_of_seaborn_are_found() -> None:
    """Names of an axis that lie on one another, in axes that seaborn drew; with room for them there is no fault."""
    names = [f"Categoría {n}" for n in range(8)]
    found = []
    for width in (2, 9):
        with context():
            axes = Figure(figsize=(width, 2), layout="constrained").add_subplot()
            sns.barplot(x=names, y=range(8), ax=axes)
        found.append(faults_of(axes))
    assert "'Categoría 0' meets 'Categoría 1': shorten one of the two, or show less" in found[0]
    assert found[1] == []


# -- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        (bilingual("Costo", "Cost"), "'es: Costo en: Cost'"),
        (bilingual("", ""), r"'\(left out\)'"),
        (Named("Costo", "Cost"), r"'Named\(es='Costo', en='Cost'"),
        (Reading(9, "persons", "2025"), "'<Reading 9 persons in 2025>'"),
        (Quantity(9, "persons", "2025"), r"'Quantity\(value=9, unit='persons'"),
    ],
)
def test_what_is_meant_for_sentences_is_not_drawn(said: object, quote: str) -> None:
    """A text, a name or a value, wherever it stands and however it lies; the message says what to write."""
    remedy = r".*, and a drawing has one language: write words as b\.label\('\.\.\.', '\.\.\.'\), and a value as"
    draws: list[Draw] = [
        lambda axes: axes.set_ylabel(said),
        lambda axes: axes.text(50, 50, said, rotation=30),
        lambda axes: axes.set_xticks([50], [said]),
    ]
    for draw in draws:
        with pytest.raises(ChartError, match=f"the drawing says {quote}{remedy}"):
            refuse_words(ink_of(drawn(draw)))


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
@pytest.mark.parametrize("turned", [0, 30, 90])
def test_letters_that_the_typeface_lacks_are_not_drawn(turned: int) -> None:
    """The message says which, and in which words."""
    sentence = r"the drawing says 'Costo 🙂', and the typeface has no '🙂' \(U\+1F642\): write it otherwise"
    with pytest.raises(ChartError, match=sentence):
        refuse_words(ink_of(drawn(text(20, 30, "Costo 🙂", rotation=turned))))


def test_words_of_one_language_are_drawn() -> None:
    """Also what looks like a part of what is refused."""
    for said in ("es: una lista", "Niñez, 0–11 años", "<5", "$1 & ¿qué?"):
        refuse_words(ink_of(drawn(text(20, 30, said))))
