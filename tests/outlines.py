"""The outlines of the states, from the simplified polygons of INEGI's Marco Geoestadístico.

`python -m tests.outlines FILE` writes `src/analysis/mexico/outlines.csv` again from that GeoJSON file.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Final

from analysis.mexico import COUNTRY

FILE: Final = Path(__file__).parents[1] / "src" / "analysis" / "mexico" / "outlines.csv"
GRID: Final = 2000
"""Metres between two places where a corner may be: shared borders stay shared."""


def outlines(geojson: Path) -> str:
    """Return the file: a row a ring, its state and its corners, as x and y in kilometres of EPSG:6372."""
    codes = {state.inegi_code: state.code for state in COUNTRY.states}
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["code", "ring"])
    for feature in json.loads(geojson.read_text(encoding="utf-8"))["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            for ring in map(_corners, polygon):
                if len({*ring}) > 2:
                    writer.writerow([codes[feature["properties"]["cve_ent"]], " ".join(ring)])
    return written.getvalue()


def _corners(ring: list[list[float]]) -> list[str]:
    """Its corners on the grid; neighbours that fall together are one, and an island on a single place is none."""
    placed = [",".join(str(round(x / GRID) * GRID // 1000) for x in corner) for corner in ring]
    return [each for i, each in enumerate(placed) if i == 0 or each != placed[i - 1]]


if __name__ == "__main__":
    FILE.write_text(outlines(Path(sys.argv[1])), encoding="utf-8")
