"""The look: contrasts of the tokens, the style's reach, and SVG that is the same on every run."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts import bars, lines, ranked_bars, tile_map
from analysis.charts.style import context, contrast, text_ink, text_width, to_svg
from analysis.foundation.tokens import COLOR, TOKENS
from analysis.mexico import COUNTRY

TEXT_COLORS = ["ink", "ink2", "ink3", "primary", "accent_text"]
GROUNDS = ["paper", "panel", "caution_bg", "gap"]


def chart(last: int = 1136) -> Axes:
    """A chart with a hatch, a gap and text."""
    return bars(pd.Series({2018: 1414, 2020: 110, 2022: last}), language="es", incomplete={2020: "ene–jun"})


def line_chart() -> Axes:
    """A chart with markers and clip paths."""
    data = pd.DataFrame({"Cuba": [1, 5, 3], "Haití": [2, 3, 9]}, index=[2020, 2021, 2022])
    return lines(data, unit="personas", language="es")


def labelled(word: str, size: float = 5) -> Axes:
    """Axes that an author made, with a text and points of that size."""
    with context():
        axes = Figure(figsize=(3, 2)).add_subplot()
        axes.plot([1, 2, 3], marker="o", markersize=size)
        axes.text(0, 1, word)
    return axes


def ids(svg: str) -> set[str]:
    """The ids of an SVG."""
    return set(re.findall(r'\bid="([^"]+)"', svg))


class TestTokens:
    """Colours and sizes as designed."""

    @pytest.mark.parametrize("ground", GROUNDS)
    @pytest.mark.parametrize("color", TEXT_COLORS)
    def test_text_can_be_read_on_every_ground(self, color: str, ground: str) -> None:
        """Each text colour has a contrast of 4.5 on white, panel, caution and gap."""
        assert contrast(COLOR[color], COLOR[ground]) >= 4.5

    @pytest.mark.parametrize("color", TOKENS["cat_text"])
    def test_the_text_of_a_series_can_be_read(self, color: str) -> None:
        """Names and values of series have a contrast of 4.5 on white."""
        assert contrast(color, COLOR["paper"]) >= 4.5

    @pytest.mark.parametrize("color", TOKENS["cat_line"])
    def test_a_line_can_be_seen(self, color: str) -> None:
        """Lines of series have a contrast of 3 on white."""
        assert contrast(color, COLOR["paper"]) >= 3

    def test_the_value_in_a_tile_can_be_read(self) -> None:
        """Each class of the map has a text colour with a contrast of 4.5 on it."""
        assert [contrast(a, b) >= 4.5 for a, b in zip(TOKENS["seq"], TOKENS["seq_text"], strict=True)] == [True] * 5

    def test_the_band_carries_white_and_its_pale_text(self) -> None:
        """White and the pale blue can be read on the band."""
        assert min(contrast(COLOR[name], COLOR["band"]) for name in ("paper", "band_text")) >= 4.5

    def test_fills_grow_lighter_so_that_they_stay_apart_in_grey(self) -> None:
        """Categories are in the order of falling darkness."""
        lightness = [contrast(color, "#000000") for color in TOKENS["cat"]]
        assert lightness == sorted(lightness)

    def test_no_chart_text_is_smaller_than_a_tile_code(self) -> None:
        """The code of a tile is the smallest text there is."""
        assert min(TOKENS["type_pt"].values()) == TOKENS["type_pt"]["tile_code"] == 6.8

    def test_contrast_is_that_of_the_guidelines(self) -> None:
        """Black on white is 21, a colour on itself 1, in either order."""
        assert contrast("#000000", "#FFFFFF") == contrast("#FFFFFF", "#000000") == pytest.approx(21)
        assert contrast("#0033A0", "#0033A0") == 1
        assert contrast("#0033A0", "#FFFFFF") == pytest.approx(10.6, abs=0.1)


class TestContext:
    """The style holds inside the block alone."""

    def test_it_holds_inside_and_not_after(self) -> None:
        """Settings are the briefing's inside, and those of before after, an error included."""

        @context()
        def fail() -> None:
            raise RuntimeError(mpl.rcParams["svg.fonttype"])

        before = dict(mpl.rcParams)
        with pytest.raises(RuntimeError, match="none"):
            fail()
        assert dict(mpl.rcParams) == before

    def test_import_changes_nothing(self) -> None:
        """Importing charts and style leaves matplotlib's settings and warnings filters as they were."""
        code = (
            "import warnings, matplotlib, seaborn, pandas\n"
            "before = dict(matplotlib.rcParams), list(warnings.filters)\n"
            "import analysis.charts.style, analysis.charts\n"
            "assert before == (dict(matplotlib.rcParams), list(warnings.filters))\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True)

    def test_threads_do_not_draw_under_each_others_settings(self) -> None:
        """Eight threads give the same bytes as one, and leave the settings as they were."""
        before, expected = dict(mpl.rcParams), to_svg(line_chart())
        found: list[str] = []
        threads = [threading.Thread(target=lambda: found.append(to_svg(line_chart()))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [expected] * 8
        assert dict(mpl.rcParams) == before


class TestTextWidth:
    """Widths from the typeface itself."""

    def test_bold_is_wider_and_width_grows_with_size(self) -> None:
        """Bold takes more room than regular; twice the size twice the room."""
        assert text_width("Honduras", 8, bold=True) > text_width("Honduras", 8)
        assert text_width("Honduras", 16) == pytest.approx(2 * text_width("Honduras", 8), rel=0.01)

    def test_ink_goes_as_far_as_the_letters_do(self) -> None:
        """An accent reaches higher than a capital, only a descender goes below the line, and the width is the same."""
        plain, accented, low = (text_ink(text, 8) for text in ("HO", "HÓ", "Hp"))
        assert accented[1] > plain[1] > 0.6 * 8
        assert abs(plain[2]) < 0.2 < low[2]
        assert plain[0] == text_width("HO", 8)

    def test_money_is_not_mathematics(self) -> None:
        """Dollar signs have a width, and stand in the chart as typed."""
        assert text_width("$5 a $6", 8) > text_width("5 a 6", 8)
        data = pd.DataFrame({"Costo de $5 a $6": [1, 2]}, index=[2020, 2021])
        assert "$5" in to_svg(lines(data, unit="personas", language="es"))


def titles(axes: Axes) -> list[str]:
    """What the marks of a drawing say."""
    return re.findall(r"<title>([^<]+)</title>", to_svg(axes))


class TestToSvg:
    """One chart as an SVG element."""

    def test_it_has_the_printed_size(self) -> None:
        """Width and height in points, and a view box of the same numbers."""
        root = ElementTree.fromstring(to_svg(chart()))
        assert root.get("width") == "243pt"
        assert root.get("height") == f"{TOKENS['height_pt']['bars']['half']}pt"
        assert root.get("viewBox") == f"0 0 243 {TOKENS['height_pt']['bars']['half']}"

    def test_text_is_text_in_the_typeface(self) -> None:
        """Labels are text elements in Source Sans Pro, with a generic family after it, and nothing else."""
        root = ElementTree.fromstring(to_svg(chart()))
        texts = [element for element in root.iter() if element.tag.endswith("text")]
        assert {"1,414", "s/d", "ene–jun"} <= {element.text for element in texts}
        families = {re.search(r"font-family: ([^;]+)", element.get("style", ""))[1] for element in texts}  # type: ignore[index]
        assert families == {"'Source Sans Pro', sans-serif"}

    def test_markup_in_a_label_is_escaped(self) -> None:
        """A name is text, whatever it holds."""
        data = pd.DataFrame({'<b> & "c"': [1, 2]}, index=[2020, 2021])
        root = ElementTree.fromstring(to_svg(lines(data, unit="personas", language="es")))
        assert '<b> & "c"' in [element.text for element in root.iter()]

    def test_it_says_nothing_of_the_run(self) -> None:
        """No date, no metadata, no comment, no program, no style sheet for the whole page."""
        svg = to_svg(chart())
        assert svg.startswith("<svg")
        assert not re.search(r"<metadata|<!--|<!DOCTYPE|<style|matplotlib|\d{4}-\d\d-\d\dT", svg, re.IGNORECASE)

    def test_coordinates_have_two_decimals(self) -> None:
        """No coordinate has more; scale factors do not occur."""
        svg = to_svg(line_chart())
        attributes = re.findall(r' (?:d|x|y|width|height|transform)="([^"]*)"', svg)
        assert max(len(number) for value in attributes for number in re.findall(r"\.(\d+)", value)) <= 2
        assert "scale(" not in svg

    def test_only_ids_that_are_used_are_kept(self) -> None:
        """Each id is referred to, and each reference has its id."""
        svg = to_svg(chart()) + to_svg(line_chart())
        references = set(re.findall(r'(?:url\(|href=")#([^)"]+)', svg))
        assert references == ids(svg) != set()

    def test_a_change_elsewhere_leaves_an_id_alone(self) -> None:
        """An id is that of what it stands on: with another number or another word it is the same."""
        assert ids(to_svg(chart())) == ids(to_svg(chart(last=1137))) != set()
        plain, longer = (ids(to_svg(labelled(word))) for word in ("Cuba", "Cuba y Haití"))
        assert plain == longer != set()

    def test_what_differs_has_another_id(self) -> None:
        """Markers of another shape or size are told apart; the plot that clips them is the same."""
        assert len(ids(to_svg(line_chart()))) == 3  # two markers and the plot
        assert len(ids(to_svg(labelled("Cuba"))) & ids(to_svg(labelled("Cuba", size=9)))) == 1

    def test_an_id_stands_once_even_where_two_shapes_are_equal(self) -> None:
        """Two clouds of points in one shape are defined twice, under two ids."""
        axes = labelled("Cuba")
        for _ in range(2):
            axes.scatter(range(40), range(40))
        found = re.findall(r'\bid="([^"]+)"', to_svg(axes))
        assert len(found) == len(set(found)) >= 2

    def test_each_element_has_a_line(self) -> None:
        """A line holds one tag, or a text from its first letter to its last."""
        lines = to_svg(chart()).split("\n")
        assert lines[0].startswith("<svg ")
        assert lines[-1] == "</svg>"
        whole = re.compile(r"<text [^>]+>[^<\n]+</text>|<title>[^<\n]+</title>|</?\w[^<>]*>")
        assert all(whole.fullmatch(line) for line in lines)

    def test_a_changed_word_changes_its_line_alone(self) -> None:
        """Where nothing moves, the drawings of two labels differ in one line."""
        one, other = (to_svg(labelled(word)).split("\n") for word in ("Cuba", "Cuba y Haití"))
        assert [(a, b) for a, b in zip(one, other, strict=True) if a != b] == [
            (line, line.replace("Cuba", "Cuba y Haití")) for line in one if "Cuba" in line
        ]

    def test_a_mark_says_its_value(self) -> None:
        """Who points at a bar, a point of a line or a tile reads what it is and its number."""
        years = pd.DataFrame({"Cuba": [1.0, 2.0], "Haití": [3.0, 4.0]}, index=[2024, 2025])
        assert titles(bars(years["Cuba"], language="es")) == ["2024: 1", "2025: 2"]
        assert titles(lines(years, unit="", language="es")) == [
            f"{name}, {year}: {years.loc[year, name]:g}" for name in years for year in years.index
        ]
        assert titles(ranked_bars(years.loc[2025], language="es")) == ["Haití: 4", "Cuba: 2"]
        assert "Chiapas: 7" in titles(tile_map(pd.Series({"MX-CHP": 7}), language="es", breaks=[1, 10, 25, 100, 250]))

    def test_no_line_is_long(self) -> None:
        """A long path goes on in the next line before a command, a picture anywhere; both are drawn as before."""
        axes = labelled("Cuba")
        axes.plot([i % 7 for i in range(3000)])
        axes.imshow(np.random.default_rng(1).random((60, 60)))
        svg = to_svg(axes)
        assert max(map(len, svg.split("\n"))) < 2000
        root = ElementTree.fromstring(svg)
        picture = next(element for element in root.iter() if element.tag.endswith("image")).get("href")
        assert picture is not None
        assert base64.b64decode(picture.partition(",")[2]).startswith(b"\x89PNG")
        longest = max((element.get("d", "") for element in root.iter()), key=len)
        assert re.fullmatch(r"M [\d.]+ [\d.]+( L [\d.]+ [\d.]+)+", longest)

    def test_the_parts_of_a_formula_stay_together(self) -> None:
        """No letter is parted from the next by a line break, which a reader would show as a space."""
        axes = labelled("Cuba")
        axes.text(1, 1, "$x^2$", parse_math=True)
        root = ElementTree.fromstring(to_svg(axes))
        assert "x2" in ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]

    def test_it_can_be_exported_twice(self) -> None:
        """The same axes give the same bytes again."""
        axes = chart()
        assert to_svg(axes) == to_svg(axes)

    def test_another_process_gives_the_same_bytes(self) -> None:
        """Hash seed, time zone and locale of the process do not show."""
        code = (
            "import sys\n"
            "from analysis.charts.style import to_svg\n"
            "from test_style import chart, line_chart\n"
            "sys.stdout.buffer.write((to_svg(chart()) + to_svg(line_chart())).encode())\n"
        )
        outputs = {
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
                cwd=Path(__file__).parent,
                capture_output=True,
                check=True,
            ).stdout
            for seed, zone, locale in (("1", "UTC", "C"), ("99", "Asia/Tokyo", "es_MX.UTF-8"))
        }
        assert outputs == {(to_svg(chart()) + to_svg(line_chart())).encode()}

    def test_the_map_is_small(self) -> None:
        """Thirty-two tiles with two texts each stay under 30 kB."""
        data = pd.Series({state.code: i for i, state in enumerate(COUNTRY.tiles)})
        assert len(to_svg(tile_map(data, language="es", breaks=(1, 5, 10, 15, 20)))) < 30_000
