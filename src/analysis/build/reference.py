"""Reference outputs: notebooks executed in place with their defaults, for nbval to compare with.

Each chart gets a picture in PNG beside its SVG: until a reader trusts a notebook, as after a clone, JupyterLab shows no
SVG. nbval compares no PNG, and where both are, JupyterLab prefers the SVG.
"""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.build.execute import execute
from analysis.export.notebooks import Cell, CodeCell, Notebook, Output, Shown, read_notebook
from analysis.export.raster import png
from analysis.foundation.files import json_bytes
from analysis.report.bundle import SVG

_PNG: Final = "image/png"


@dataclass(frozen=True)
class ReferenceChange:
    """A notebook whose outputs a fresh run would change, and the numbers of the cells concerned."""

    path: Path
    content: bytes
    cells: list[int]


def reference_change(notebook: Path, root: Path) -> ReferenceChange | None:
    """Execute a notebook with its defaults; return what changes against the committed file, None when nothing.

    Raises:
        ExecutionError: if a cell fails; the file is left as it is.
    """
    before = read_notebook(notebook)
    after = execute(notebook, {}, root)
    add_pictures(after, before)
    content = json_bytes(after)
    if content == notebook.read_bytes():
        return None
    return ReferenceChange(notebook, content, changed_cells(before, after))


def add_pictures(after: Notebook, before: Notebook) -> None:
    """Put a picture beside each drawing: that of before where the drawing is the same, whichever machine made it."""
    known = {shown.text(SVG): shown.data[_PNG] for shown in _drawings(before) if _PNG in shown.data}
    for shown in _drawings(after):
        svg = shown.text(SVG)
        shown.data[_PNG] = known.get(svg) or encodebytes(png(svg)).decode("ascii").splitlines(keepends=True)


def _drawings(notebook: Notebook) -> Iterator[Shown]:
    """Yield the outputs that show a drawing."""
    for _, cell in notebook.code:
        yield from (output for output in cell.outputs if isinstance(output, Shown) and SVG in output.data)


def changed_cells(before: Notebook, after: Notebook) -> list[int]:
    """Return the numbers, from one, of the cells whose source or outputs differ."""
    pairs = list(zip(before.cells, after.cells, strict=False))
    changed = [i for i, (old, new) in enumerate(pairs, 1) if old.text != new.text or _outputs(old) != _outputs(new)]
    return changed + list(range(len(pairs) + 1, max(len(before.cells), len(after.cells)) + 1))


def _outputs(cell: Cell) -> list[Output]:
    return cell.outputs if isinstance(cell, CodeCell) else []
