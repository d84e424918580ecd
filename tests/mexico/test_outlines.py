"""The outlines of the states are those of the source, simplified."""

from __future__ import annotations

import pytest

from analysis.mexico import COUNTRY
from tests.conftest import ROOT
from tests.outlines import FILE, outlines

SOURCE = ROOT.parent / "shared/sources/inegi-marco-geoestadistico/states_simplified_epsg6372.geojson"


def test_every_state_has_an_outline() -> None:
    """One closed ring or more, of at least a triangle, within the country."""
    assert {*COUNTRY.outlines} == COUNTRY.state_codes
    for code, rings in COUNTRY.outlines.items():
        assert all(ring[0] == ring[-1] and len({*ring}) > 2 for ring in rings), code


@pytest.mark.skipif(not SOURCE.exists(), reason="the folder ../shared is not there: it is not part of the project")
def test_they_are_what_the_source_gives() -> None:
    """Byte for byte."""
    assert FILE.read_text(encoding="utf-8") == outlines(SOURCE)
