"""The letters of the typeface, and their widths."""

from __future__ import annotations

import pytest

from analysis.charts import style
from analysis.foundation.typeface import advance_width, lacking, named


@pytest.mark.parametrize(
    ("text", "italic", "characters"),
    [
        ("Niñez y “asilo” — 5°, ½, €, ≥, ↑, •", True, []),
        ("ma\ua78cya ✅ ‣ ✅", False, ["\ua78c", "✅", "‣"]),
        ("ʔ α я", False, []),
        ("ʔ α я", True, ["ʔ", "α", "я"]),
        ("e\u0301 n\u0303 \u01de", False, []),
        ("a\n\t\u00a0\u2009\u202f\u200b\u200e\u2066\ufe0f\ufeff", True, []),
        ("a\u2011b\u1680", False, ["\u2011", "\u1680"]),
        ("漢e\u1ab0", False, ["漢", "\u1ab0"]),
        ("", False, []),
    ],
)
def test_characters_that_the_typeface_lacks_are_told(text: str, italic: bool, characters: list[str]) -> None:
    """Each once, in order; letters put together of parts, spaces and marks that show nothing are not among them."""
    assert lacking(text, italic=italic) == characters


def test_letters_are_named_by_themselves_and_their_code() -> None:
    """So that they can be found, also where a screen shows nothing."""
    assert named("✅漢") == "'✅' (U+2705), '漢' (U+6F22)"


def test_the_width_of_a_line_is_that_of_its_letters() -> None:
    """As matplotlib measures it, at each size and weight; a letter that the typeface lacks has a width too."""
    assert advance_width("1,231,320", 8.5) == pytest.approx(style.text_width("1,231,320", 8.5), abs=0.1)
    assert advance_width("Cambio", 8, bold=True) == pytest.approx(style.text_width("Cambio", 8, bold=True), abs=0.1)
    assert advance_width("漢", 8) == advance_width("n", 8)
