"""Running a notebook inside the tests, without a kernel and without drawing: many dates and states take seconds."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from analysis import Briefing, style
from analysis.elements import Element, Pair

ROOT = Path(__file__).resolve().parents[2]


def elements_run(report: str, as_of: str, geography: str = "MEX", language: str = "es") -> list[dict[str, Any]]:
    """The elements that a notebook shows with these parameters, in order; charts have all but their picture."""
    notebook = json.loads((ROOT / "notebooks" / f"{report}.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names: dict[str, Any] = {}
    chart = Briefing.chart
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        with (
            patch.object(Briefing, "chart", lambda self, draw, **parts: chart(self, lambda _: None, **parts)),
            patch.object(style, "height_of", lambda _: 1.0),
            patch.object(style, "to_svg", lambda _: ""),
        ):
            return [element.content for cell in cells for element in _shown(cell, names, as_of, geography, language)]
    finally:
        os.chdir(before)


def _shown(cell: dict[str, Any], names: dict[str, Any], as_of: str, geography: str, language: str) -> Iterator[Element]:
    """Run a cell and give what its last line shows."""
    module = ast.parse("".join(cell["source"]))
    last = module.body.pop() if module.body and isinstance(module.body[-1], ast.Expr) else None
    exec(compile(module, cell["id"], "exec"), names)
    if "parameters" in cell["metadata"].get("tags", []):
        names |= {"as_of": as_of, "geography": geography, "language": language}
    value = eval(compile(ast.Expression(last.value), cell["id"], "eval"), names) if last else None
    if isinstance(value, Pair):
        yield from (*value.left, *value.right)
    elif isinstance(value, Element):
        yield value
