"""Reference outputs: what changes, and the pictures of charts for notebooks that are not trusted."""

from __future__ import annotations

from base64 import b64decode
from copy import deepcopy

from analysis.build.reference import add_pictures, changed_cells
from analysis.export.notebooks import CodeCell, Notebook, Shown, as_notebook
from analysis.report.bundle import SVG
from tests.samples import notebook, sample

PNG = "image/png"


def executed() -> Notebook:
    """An executed notebook that shows the Spanish sample."""
    return as_notebook(notebook(sample("es")))


def shown(notebook: Notebook) -> list[Shown]:
    """What its cells show."""
    return [output for _, cell in notebook.code for output in cell.outputs if isinstance(output, Shown)]


def drawings(notebook: Notebook) -> list[Shown]:
    """What it shows that is a drawing."""
    return [output for output in shown(notebook) if SVG in output.data]


def test_each_chart_gets_a_picture_in_short_lines() -> None:
    """A PNG beside the SVG, in base64 as mail has it; what is no chart gets none."""
    made = executed()
    add_pictures(made, executed())
    assert len(drawings(made)) > 1
    for output in shown(made):
        assert (PNG in output.data) == (SVG in output.data)
    for chart in drawings(made):
        lines = chart.data[PNG]
        assert isinstance(lines, list)
        assert b64decode("".join(lines)).startswith(b"\x89PNG")
        assert all(len(line) <= 77 and line.endswith("\n") for line in lines)


def test_a_picture_stays_where_its_drawing_does() -> None:
    """That of before is kept, also where the drawing is stored in lines: another machine might compress otherwise."""
    before, after = executed(), executed()
    known, other = drawings(before)[:2]
    known.data |= {PNG: ["kept"], SVG: known.text(SVG).splitlines(keepends=True)}
    other.data |= {PNG: ["old"], SVG: other.text(SVG).replace("<rect", "<path")}
    add_pictures(after, before)
    assert drawings(after)[0].data[PNG] == ["kept"]
    assert drawings(after)[1].data[PNG] != ["old"]


def test_cells_that_differ_are_counted_from_one() -> None:
    """Another source, other outputs, and cells that only one of the two has."""
    before = executed()
    after = deepcopy(before)
    assert changed_cells(before, after) == []
    first, third = after.cells[0], after.cells[2]
    assert isinstance(third, CodeCell)
    first.source, third.outputs = "b.cover()", []
    del after.cells[-1]
    assert changed_cells(before, after) == [1, 3, len(before.cells)]
