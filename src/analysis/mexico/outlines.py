"""The outlines of the states, simplified: to say where something is, not to measure.

Source: INEGI, Marco Geoestadístico (free use with attribution); corners on a grid of two kilometres.
"""

from __future__ import annotations

import csv
from pathlib import Path

Ring = tuple[tuple[int, int], ...]
"""Corners as x and y in kilometres, y to the north (EPSG:6372)."""


def read_outlines() -> dict[str, tuple[Ring, ...]]:
    """Return the rings of each state, by its code."""
    found: dict[str, tuple[Ring, ...]] = {}
    with Path(__file__).with_name("outlines.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            corners = (corner.partition(",") for corner in row["ring"].split())
            ring = tuple((int(x), int(y)) for x, _, y in corners)
            found[row["code"]] = (*found.get(row["code"], ()), ring)
    return found
