"""Which cell is being run."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from analysis.report.cells import cells_run, running_cell, source_digest


def test_the_digest_of_a_cell_is_that_of_its_source() -> None:
    """A line break at the end is no change, whatever else is; any letter can be digested."""
    assert source_digest("x = 1\n") == source_digest("x = 1")
    assert source_digest("x = 1") != source_digest("x = 1 ")
    assert len(source_digest("'\ud800'")) == 12


def test_outside_a_kernel_no_cell_is_running() -> None:
    """Elements made in a script, or by a test, have no origin."""
    assert (running_cell(), cells_run()) == ("", ())


def test_inside_a_kernel_the_cell_that_runs_is_known_and_those_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the digests of their sources, in the order in which they ran, a cell that ran twice twice."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    sources = ["from analysis.report.cells import cells_run, running_cell", "print(running_cell(), *cells_run())"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}})
    with client.setup_kernel():
        for index in (0, 1, 1):
            client.execute_cell(notebook.cells[index], index)
    first, second = map(source_digest, sources)
    assert notebook.cells[1].outputs[0].text.split() == [second, first, second, second]
