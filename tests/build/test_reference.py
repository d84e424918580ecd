"""Reference outputs: what changes, and the pictures of charts for notebooks that are not trusted."""

from __future__ import annotations

from base64 import b64decode
from copy import deepcopy
from typing import Any

from analysis.build.reference import add_pictures, changed_cells
from tests.samples import notebook, sample

PNG = "image/png"


def shown(executed: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the cells of a notebook show: a cover, then charts."""
    return [output["data"] for cell in executed["cells"] for output in cell["outputs"]]


def test_each_chart_gets_a_picture_in_short_lines() -> None:
    """A PNG beside the SVG, in base64 as mail has it; what is no chart gets none."""
    executed = notebook(sample("es"))
    add_pictures(executed, notebook(sample("es")))
    cover, *charts = shown(executed)
    assert PNG not in cover
    assert len(charts) > 1
    for chart in charts:
        assert b64decode("".join(chart[PNG])).startswith(b"\x89PNG")
        assert all(len(line) <= 77 and line.endswith("\n") for line in chart[PNG])


def test_a_picture_stays_where_its_drawing_does() -> None:
    """That of before is kept, also where the drawing is stored in lines: another machine might compress otherwise."""
    before, after = notebook(sample("es")), notebook(sample("es"))
    known, other = shown(before)[1:3]
    known |= {PNG: ["kept"], "image/svg+xml": known["image/svg+xml"].splitlines(keepends=True)}
    other |= {PNG: ["old"], "image/svg+xml": other["image/svg+xml"].replace("<rect", "<path")}
    add_pictures(after, before)
    assert shown(after)[1][PNG] == ["kept"]
    assert shown(after)[2][PNG] != ["old"]


def test_cells_that_differ_are_counted_from_one() -> None:
    """Another source, other outputs, and cells that only one of the two has."""
    before = notebook(sample("es"))
    after = deepcopy(before)
    assert changed_cells(before, after) == []
    after["cells"][0]["source"] = "b.cover()"
    after["cells"][2]["outputs"] = []
    del after["cells"][-1]
    assert changed_cells(before, after) == [1, 3, len(before["cells"])]
