"""Notebooks run in the tests' own process, without a kernel and without drawing: many dates and states take seconds."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any
from unittest.mock import patch

import pandas as pd
from msgspec.structs import replace

from analysis.charts import style
from analysis.charts.boxes import Box
from analysis.charts.ink import Ink
from analysis.charts.ink import picture as drawn
from analysis.foundation.words import Language
from analysis.package import data_package
from analysis.package.data_package import DataPackage
from analysis.package.table import Table
from analysis.report import page
from analysis.report.bundle import Shown
from analysis.report.elements import Chart, Element, Pair
from analysis.report.page import Page
from tests.end_to_end.reading import ROOT, TODAY, Read


def elements_run(report: str, as_of: str = TODAY, language: Language = "es", geography: str = "MEX") -> list[Read]:
    """The elements that a report shows with these parameters, in order: what a build makes, charts without pictures.

    Each is run once a process; every call returns elements of its own, so that no test can alter those of another.
    """
    return [Read(element, language) for element in _elements(report, as_of, language, geography)]


def cells_until(
    report: str, last: str, as_of: str = TODAY, language: Language = "es", geography: str = "MEX"
) -> tuple[dict[str, Any], dict[str, Read]]:
    """Run a report up to the cell named `last`: the names that its cells have set, and what each cell shows first."""
    names: dict[str, Any] = {}
    shown: dict[str, Read] = {}
    with _undrawn():
        for cell, elements in _run(report, names, as_of, language, geography):
            if elements:
                shown[cell] = Read(elements[0], language)
            if cell == last:
                return names, shown
    raise AssertionError(f"{report} has no cell {last}")


def picture(report: str, place: int, as_of: str = TODAY, language: Language = "es", geography: str = "MEX") -> str:
    """The chart of that place (from 1) of a report, as SVG: the only one that is drawn."""
    with _undrawn(all_but=place):
        cells = _run(report, {}, as_of, language, geography)
        charts = [element for _, elements in cells for element in elements if isinstance(element, Chart)]
    return charts[place - 1].svg


@dataclass(frozen=True)
class _Cell:
    """Code of a cell: what it does, and the value that its last line shows."""

    identity: str
    parameters: bool
    body: CodeType
    end: CodeType | None


@cache
def _elements(report: str, as_of: str, language: str, geography: str) -> tuple[Element, ...]:
    with _undrawn():
        cells = _run(report, {}, as_of, language, geography)
        return tuple(element for _, elements in cells for element in elements)


@cache
def _cells(report: str) -> tuple[_Cell, ...]:
    """The code cells of a notebook."""
    notebook = json.loads((ROOT / "notebooks" / f"{report}.ipynb").read_text(encoding="utf-8"))
    return tuple(_compiled(cell) for cell in notebook["cells"] if cell["cell_type"] == "code")


def _compiled(cell: dict[str, Any]) -> _Cell:
    module = ast.parse("".join(cell["source"]))
    last = module.body.pop() if module.body and isinstance(module.body[-1], ast.Expr) else None
    body = compile(module, cell["id"], "exec", dont_inherit=True)
    end = compile(ast.Expression(last.value), cell["id"], "eval", dont_inherit=True) if last else None
    return _Cell(cell["id"], "parameters" in cell["metadata"].get("tags", []), body, end)


def _run(
    report: str, names: dict[str, Any], as_of: str, language: str, geography: str
) -> Iterator[tuple[str, list[Element]]]:
    """Run the cells one by one; give the identity of each and the elements that it shows."""
    for cell in _cells(report):
        exec(cell.body, names)
        if cell.parameters:
            names |= {"as_of": as_of, "language": language, "geography": geography}
        value = eval(cell.end, names) if cell.end else None
        element = value.element if isinstance(value, Shown) else None
        if isinstance(element, Pair):
            left, right = element.left, element.right
            yield (
                cell.identity,
                [*(replace(e, side="left") for e in left), *(replace(e, side="right") for e in right)],
            )
        else:
            yield cell.identity, [element] if element else []


_table_of, _read_resources, _read_table = DataPackage.table, cache(data_package.read_resources), data_package.read_table


@cache
def _table(folder: Path, name: str, as_of: date) -> Table:
    return _table_of(DataPackage(folder), name, as_of)


@cache
def _frame(file: Path) -> pd.DataFrame:
    return _read_table(file, DataPackage(file.parents[1]).metadata(file.stem))


@contextmanager
def _undrawn(all_but: int = 0) -> Iterator[None]:
    """Stand in the project's folder and draw no chart, or only that of one place (from 1); afterwards all is as before.

    Descriptor and files are read once, a table is made once for all runs of its date, and each of its sums
    once. A chart that is not drawn gives no axes, and no axes have neither form nor height nor picture nor faults.
    """
    charted, form_of, height_of = Page._charted, style.form_of, style.height_of
    charts = 0

    def counted(self: Page, draw: Any, *parts: Any) -> Shown:
        nonlocal charts
        charts += 1
        return charted(self, draw if charts == all_but else lambda _: None, *parts)

    before = Path.cwd()
    os.chdir(ROOT)
    try:
        with (
            patch.object(data_package, "read_resources", _read_resources),
            patch.object(data_package, "read_table", lambda file, _: _frame(file)),
            patch.object(DataPackage, "table", lambda self, name, as_of: _table(self.folder, name, as_of)),
            patch.object(Page, "_charted", counted),
            patch.object(style, "form_of", lambda axes: form_of(axes) if axes else ""),
            patch.object(style, "height_of", lambda axes: height_of(axes) if axes else 0.0),
            patch.object(page, "picture", lambda axes: drawn(axes) if axes else ("", Ink(Box(0, 0, 0, 0)))),
        ):
            yield
    finally:
        os.chdir(before)
