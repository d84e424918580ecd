"""One report as it reads on one date: the notebook executed alone, without a build."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from analysis.elements import MIME
from analysis.publish.execute import execute

ROOT = Path(__file__).resolve().parents[2]


@cache
def elements_on(as_of: str, report: str, language: str = "es") -> list[dict[str, Any]]:
    """The elements of a report of the country on a date, in order; each is executed once."""
    parameters = {"language": language, "as_of": as_of, "geography": "MEX"}
    notebook = execute(ROOT / "notebooks" / f"{report}.ipynb", parameters, ROOT, kernel="cold")
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]
