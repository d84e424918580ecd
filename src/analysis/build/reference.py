"""Reference outputs: notebooks executed in place with their defaults, for nbval to compare with.

Each chart gets a picture in PNG beside its SVG: until a reader trusts a notebook, as after a clone, JupyterLab shows no
SVG. nbval compares no PNG, and where both are, JupyterLab prefers the SVG.
"""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from analysis.build.execute import execute
from analysis.export.notebooks import Notebook, read_notebook, source
from analysis.export.raster import png
from analysis.foundation.files import json_bytes
from analysis.report.elements import SVG

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
    known = {"".join(data[SVG]): data[_PNG] for data in _drawings(before) if _PNG in data}
    for data in _drawings(after):
        svg = "".join(data[SVG])
        data[_PNG] = known.get(svg) or encodebytes(png(svg)).decode("ascii").splitlines(keepends=True)


def _drawings(notebook: Notebook) -> Iterator[dict[str, Any]]:
    """Yield what outputs show, by MIME type, where that is a drawing."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if SVG in output.get("data", {}):
                yield output["data"]


def changed_cells(before: Notebook, after: Notebook) -> list[int]:
    """Return the numbers, from one, of the cells whose source or outputs differ."""
    pairs = list(zip(before["cells"], after["cells"], strict=False))
    changed = [
        i
        for i, (old, new) in enumerate(pairs, 1)
        if source(old) != source(new) or old.get("outputs") != new.get("outputs")
    ]
    return changed + list(range(len(pairs) + 1, max(len(before["cells"]), len(after["cells"])) + 1))
