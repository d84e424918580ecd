"""The colours of the charts: told apart by every kind of sight and in grey, and read on every ground they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb
from numpy.typing import NDArray

from analysis.charts._canvas import readable_on
from analysis.charts.style import contrast
from analysis.foundation.tokens import COLOR, TOKENS

Color = NDArray[np.float64]

# Dichromacy as linear RGB to linear RGB: Machado, Oliveira and Fernandes, "A physiologically-based model for simulation
# of color vision deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009), severity 1.
SIGHTS: dict[str, Any] = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}

# sRGB to CIE XYZ under D65 (IEC 61966-2-1).
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])

FILLS, LINES, SHADES = TOKENS["cat"], TOKENS["cat_line"], TOKENS["seq"]
STACK = [FILLS[i] for i in TOKENS["stack"]]

# Fills under a contrast of 3 to white: all stand with a value or a name beside or in them.
PALE = {FILLS[3], FILLS[4], *SHADES[:3], COLOR["soft"], COLOR["link"], COLOR["gap"]}


def linear(color: str) -> Color:
    """A colour without the curve of sRGB."""
    parts = np.array(to_rgb(color))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def seen(color: str, sight: str) -> str:
    """The colour that others see where someone with that sight sees the colour given."""
    parts = np.clip(SIGHTS[sight] @ linear(color), 0, 1)
    return to_hex(np.where(parts <= 0.0031308, 12.92 * parts, 1.055 * parts ** (1 / 2.4) - 0.055))


def lab(color: str) -> Color:
    """CIE 1976 L*a*b* of a colour: its lightness, from green to red, from blue to yellow."""
    relative = _XYZ @ linear(color) / _XYZ.sum(axis=1)
    x, y, z = np.where(relative > (6 / 29) ** 3, np.cbrt(relative), relative / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: str, other: str, sight: str = "normal") -> float:
    """CIE 1976 difference of two colours as that sight sees them."""
    return float(np.linalg.norm(lab(seen(one, sight)) - lab(seen(other, sight))))


def nearest(colors: Sequence[str], sight: str) -> float:
    """The smallest difference between any two of the colours."""
    return min(distance(one, other, sight) for one, other in combinations(colors, 2))


def test_the_measures_are_those_of_the_references() -> None:
    """Black and white are 100 apart; deuteranopia nears red and green, protanopia darkens red, white stays white."""
    assert distance("#000000", "#FFFFFF") == pytest.approx(100, abs=0.1)
    assert lab("#808080")[0] == pytest.approx(53.6, abs=0.1)
    assert distance("#D0021B", "#417505", "deuteranopia") < 0.4 * distance("#D0021B", "#417505")
    assert lab(seen("#FF0000", "protanopia"))[0] < lab("#FF0000")[0] - 10
    assert all(seen("#FFFFFF", sight) == "#ffffff" for sight in SIGHTS)


@pytest.mark.parametrize(
    ("sight", "least"), [("normal", 28), ("deuteranopia", 30), ("protanopia", 26), ("tritanopia", 24)]
)
def test_fills_are_told_apart_by_every_sight(sight: str, least: int) -> None:
    """Any two of the five fills, that of the others included, differ by the distances of the design."""
    assert round(nearest(FILLS, sight)) >= least


@pytest.mark.parametrize(
    ("sight", "least"), [("normal", 46), ("deuteranopia", 35), ("protanopia", 37), ("tritanopia", 13)]
)
def test_lines_are_told_apart_by_every_sight(sight: str, least: int) -> None:
    """Any two of the four lines differ; least in tritanopia, which is why each has a marker shape and a name."""
    assert round(nearest(LINES[:4], sight)) >= least
    assert len(set(TOKENS["cat_marker"])) == len(LINES)


@pytest.mark.parametrize("sight", SIGHTS)
def test_neighbours_in_a_stack_are_told_apart(sight: str) -> None:
    """Parts that touch differ more than any two fills must, by every sight."""
    assert min(distance(one, other, sight) for one, other in pairwise(STACK)) >= 44


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_hatch_is_told_from_its_ground(sight: str) -> None:
    """White stripes on a layer and the stripes of a part on white differ by every sight, those of the others too."""
    assert min(distance(fill, COLOR["paper"], sight) for fill in STACK) >= 24
    assert distance(COLOR["primary"], COLOR["paper"], sight) >= 24
    assert distance(COLOR["rule"], COLOR["paper"], sight) >= 18


@pytest.mark.parametrize("sight", SIGHTS)
def test_bars_that_stand_out_are_told_from_the_rest_and_the_remainder(sight: str) -> None:
    """Dark, light and grey bars of a ranking, and the dot and the link of a dumbbell, differ by every sight."""
    assert nearest([COLOR["primary"], COLOR["soft"], FILLS[4]], sight) >= 24
    assert distance(COLOR["primary"], COLOR["link"], sight) >= 24


def test_fills_and_parts_stay_apart_in_grey() -> None:
    """Without colour each fill is at least 10 lighter than the one before, and parts that touch differ by 12."""
    lightness = [lab(fill)[0] for fill in FILLS]
    assert min(lighter - darker for darker, lighter in pairwise(lightness)) >= 10
    assert min(abs(lab(one)[0] - lab(other)[0]) for one, other in pairwise(STACK)) >= 12


def test_shades_of_the_map_stay_apart_in_grey() -> None:
    """Each class is at least 9 darker than the one below, from white on."""
    lightness = [lab(shade)[0] for shade in [COLOR["paper"], *SHADES]]
    steps = [lighter - darker for lighter, darker in pairwise(lightness)]
    assert steps[0] >= 6  # an edge parts the lowest class from white
    assert min(steps[1:]) >= 9


@pytest.mark.parametrize("color", [COLOR["muted"], COLOR["ink2"], COLOR["primary"]])
def test_dots_axes_and_events_can_be_seen(color: str) -> None:
    """Hollow and full dots, axes and the lines of events have a contrast of 3 to white, as those of series."""
    assert contrast(color, COLOR["paper"]) >= 3


def test_only_fills_with_a_value_or_a_name_are_paler() -> None:
    """Fills under a contrast of 3 are the known ones."""
    fills = {*FILLS, *SHADES, COLOR["soft"], COLOR["link"], COLOR["gap"], COLOR["primary"]}
    assert {fill for fill in fills if contrast(fill, COLOR["paper"]) < 3} == PALE


@pytest.mark.parametrize("color", TOKENS["cat_text"])
def test_names_of_series_can_be_read_on_the_band_of_a_gap(color: str) -> None:
    """Text in the colour of a series has a contrast of 4.5 there too."""
    assert contrast(color, COLOR["gap"]) >= 4.5


@pytest.mark.parametrize("fill", [*STACK, COLOR["primary"]])
def test_names_in_fills_can_be_read(fill: str) -> None:
    """What is written in a layer or in a bar has a contrast of 4.5."""
    assert contrast(readable_on(fill), fill) >= 4.5
