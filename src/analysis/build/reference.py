"""Reference outputs: notebooks executed in place with their defaults, for nbval to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.build.execute import execute
from analysis.export.notebooks import Cell, CodeCell, Notebook, Output, read_notebook
from analysis.foundation.files import json_bytes


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
    content = json_bytes(after)
    if content == notebook.read_bytes():
        return None
    return ReferenceChange(notebook, content, changed_cells(before, after))


def changed_cells(before: Notebook, after: Notebook) -> list[int]:
    """Return the numbers, from one, of the cells whose source or outputs differ."""
    pairs = list(zip(before.cells, after.cells, strict=False))
    changed = [i for i, (old, new) in enumerate(pairs, 1) if old.text != new.text or _outputs(old) != _outputs(new)]
    return changed + list(range(len(pairs) + 1, max(len(before.cells), len(after.cells)) + 1))


def _outputs(cell: Cell) -> list[Output]:
    return cell.outputs if isinstance(cell, CodeCell) else []
