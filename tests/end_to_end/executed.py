"""Reports executed for a date, a language and a place of a test's own, each of them once."""

from __future__ import annotations

from functools import cache
from typing import Any

from analysis.elements import MIME, SVG
from analysis.publish.execute import execute
from tests.end_to_end.conftest import ROOT

Outputs = tuple[dict[str, Any], ...]


@cache
def _outputs(slug: str, as_of: str, language: str, geography: str) -> Outputs:
    parameters = {"as_of": as_of, "language": language, "geography": geography}
    notebook = execute(ROOT / "notebooks" / f"{slug}.ipynb", parameters, ROOT)
    shown = (output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", []))
    return tuple(data for data in shown if MIME in data)


def executed(
    slug: str, as_of: str = "2026-06-30", language: str = "es", geography: str = "MEX"
) -> list[dict[str, Any]]:
    """The elements of a report for these parameters, in order."""
    return [data[MIME] for data in _outputs(slug, as_of, language, geography)]


def picture(slug: str, place: int, as_of: str = "2026-06-30", language: str = "es", geography: str = "MEX") -> str:
    """The chart of that place (from 1) of a report, as SVG."""
    charts = [data for data in _outputs(slug, as_of, language, geography) if data[MIME]["kind"] == "chart"]
    return "".join(charts[place - 1][SVG])
