"""The floor, as a script of pyperf: cells and exports of an edition alone, in one process that has loaded everything.

It runs in a project and measures the default edition.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import nbformat
import papermill
import pyperf

from analysis.build.editions import read_edition, reports_of
from analysis.build.execute import normalise
from analysis.build.warm import WarmKernelManager
from analysis.export.document import Document, read_document
from analysis.export.edition import Report
from analysis.export.html import render_html
from analysis.export.pdf import render_pdf


def floor(_loops: int) -> float:
    """Return the seconds of cells, HTML and PDF of all reports, shared by all cores without loss."""
    root = Path.cwd()
    reports = reports_of(root, read_edition(root))
    executed(root, reports[0])  # starts the process that kernels are forked from
    made = [executed(root, report) for report in reports]
    documents = [document for _, document in made]
    exported(documents[:1])  # loads templates and typefaces
    return (sum(seconds for seconds, _ in made) + exported(documents)) / (os.cpu_count() or 1)


def executed(root: Path, report: Report) -> tuple[float, Document]:
    """Execute a report; return the seconds that papermill gives to its cells together, and what it shows."""
    notebook = papermill.execute_notebook(
        root / "notebooks" / f"{report.slug}.ipynb",
        None,
        parameters=dict(report.parameters),
        cwd=root,
        kernel_name="python3",
        kernel_manager_class=WarmKernelManager,
        extra_arguments=["--IPKernelApp.log_level=50"],  # it warns of how it is spoken with
        progress_bar=False,
    )
    seconds = sum(cell.metadata.papermill.duration or 0 for cell in notebook.cells)
    return seconds, read_document(normalise(nbformat.writes(notebook).encode()))


def exported(documents: list[Document]) -> float:
    """Return the seconds that HTML and PDF of documents take."""
    start = time.perf_counter()
    for document in documents:
        render_html(document)
        render_pdf(document)
    return time.perf_counter() - start


if __name__ == "__main__":
    pyperf.Runner().bench_time_func("floor", floor)
