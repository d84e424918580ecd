"""Drawings as pictures of pixels."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from PIL import Image

from analysis import charts
from analysis.charts.style import to_svg
from analysis.export.raster import png
from analysis.foundation.errors import PublishError


def test_a_drawing_is_small_on_white_and_at_its_size() -> None:
    """Ninety-six pixels an inch, sixteen colours at most, under a third of what every colour would take."""
    drawing = to_svg(charts.bars(pd.Series({2020: 110, 2022: 1136}), language="es"))
    written = png(drawing)
    with Image.open(io.BytesIO(written)) as picture:
        assert picture.format == "PNG"
        assert picture.width == pytest.approx(243 * 96 / 72, abs=1)
        assert len(picture.getcolors()) <= 16
        assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
        assert len(written) < 4_000
    assert png(drawing) == written


def test_letters_are_those_of_the_pages() -> None:
    """A text leaves ink, in the typeface that comes with the library."""
    texts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" viewBox="0 0 60 20">{text}</svg>'
        for text in ("", '<text y="15" style="font-family: \'Source Sans Pro\'">Ángel</text>')
    )
    blank, written = map(png, texts)
    assert len(written) > len(blank) + 100


def test_what_is_no_drawing_is_refused() -> None:
    """In one sentence that says what to do."""
    with pytest.raises(PublishError, match=r"^a chart is not an SVG file \(.+\): draw it again$"):
        png("<svg")
