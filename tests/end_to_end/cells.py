"""The cells of a notebook run in this process, up to one of them: quick enough for every state and many dates."""

from __future__ import annotations

import ast
import json
from functools import cache
from pathlib import Path
from typing import Any

from analysis.elements import Element
from tests.end_to_end.conftest import ROOT


@cache
def _cells(notebook_file: Path) -> list[tuple[str, str]]:
    """Identity and source of each code cell."""
    cells = json.loads(notebook_file.read_text(encoding="utf-8"))["cells"]
    return [(cell["id"], "".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]


def run_until(slug: str, last: str, **parameters: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Run a notebook up to the cell named `last`.

    Args:
        slug: the report.
        last: identity of the last cell to run.
        **parameters: what stands in for the values of the parameters cell.

    Returns:
        The names that the cells have set, and the JSON of the element that each shows, by identity of the cell.
    """
    names: dict[str, Any] = {}
    shown: dict[str, Any] = {}
    for identity, source in _cells(ROOT / "notebooks" / f"{slug}.ipynb"):
        tree = ast.parse(source)
        end = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, identity, "exec"), names)
        value = eval(compile(ast.Expression(end.value), identity, "eval"), names) if isinstance(end, ast.Expr) else None
        if isinstance(value, Element):
            shown[identity] = value.content
        if identity == "parameters":
            names |= parameters
        if identity == last:
            return names, shown
    raise AssertionError(f"{slug} has no cell {last}")
