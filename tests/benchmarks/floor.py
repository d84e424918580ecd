"""The floor: cells, HTML and PDF of an edition, each alone in one process with everything loaded; prints the seconds.

`python -m tests.benchmarks.floor cells|html|pdf OUTPUT` runs in a project; OUTPUT is where its edition was built.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def cells_alone(root: Path, reports: list[Any]) -> float:
    """Execute reports one at a time in warm kernels, and add up the durations that papermill gives each cell."""
    import papermill

    from analysis.build.warm import WarmKernelManager

    def executed(report: Any) -> float:
        notebook = papermill.execute_notebook(
            root / "notebooks" / f"{report.slug}.ipynb",
            None,
            parameters=dict(report.parameters),
            cwd=root,
            kernel_name="python3",
            kernel_manager_class=WarmKernelManager,
            progress_bar=False,
        )
        return durations(notebook)

    executed(reports[0])
    return sum(executed(report) for report in reports)


def durations(notebook: Any) -> float:
    """Return the seconds that the cells of an executed notebook took together."""
    found = [cell["metadata"].get("papermill", {}).get("duration") for cell in notebook["cells"]]
    return float(sum(seconds for seconds in found if seconds))


def export_alone(render: Callable[[Any], object], documents: list[Any]) -> float:
    """Export documents that are read already; the first is exported once before, untimed."""
    render(documents[0])
    start = time.perf_counter()
    for document in documents:
        render(document)
    return time.perf_counter() - start


def main(part: str, output: Path) -> None:
    """Print the seconds of one part."""
    from analysis.build.editions import read_edition, reports_of
    from analysis.export.document import read_document
    from analysis.export.html import render_html
    from analysis.export.pdf import render_pdf

    root = Path.cwd()
    edition = read_edition(root)
    reports = reports_of(root, edition)
    if part == "cells":
        print(f"seconds: {cells_alone(root, reports)}")
        return
    executed = [output / edition.name / f"{report.name}.ipynb" for report in reports]
    documents = [read_document(json.loads(path.read_bytes()), edition=edition.name) for path in executed]
    render: Callable[[Any], object] = render_html if part == "html" else render_pdf
    print(f"seconds: {export_alone(render, documents)}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
