"""Cells run one by one in one kernel, as in JupyterLab: what may be exported, and what is told to run again."""

from __future__ import annotations

from collections.abc import Iterator

import nbformat
import pytest
from nbclient import NotebookClient

from analysis.export.document import read_document
from analysis.export.notebooks import Notebook, as_notebook
from analysis.export.outputs import stale_cells, unshown_outputs
from tests.end_to_end.conftest import HEADLINE, PARAMETERS, ROOT, SETUP, SOURCES, notebook
from tests.end_to_end.reading import says

SILENT = "year = claims.years[-2]"
FINDING = 'b.finding(text(es="En {year}.", en="In {year}.", year=year))'
CELLS = (PARAMETERS, SETUP, HEADLINE, SILENT, FINDING, SOURCES)


class Lab:
    """A notebook with its kernel."""

    def __init__(self, client: NotebookClient) -> None:
        self._client = client
        self.write(*CELLS)

    def write(self, *sources: str) -> None:
        """Begin again with other cells, in the same kernel."""
        self._cells = nbformat.from_dict(notebook(*sources)).cells
        self._client.nb.cells = self._cells

    def run(self, *numbers: int) -> None:
        """Run cells, counted from one; all of them where none is named."""
        for number in numbers or range(1, len(self._cells) + 1):
            self._client.execute_cell(self._cells[number - 1], number - 1)

    def edit(self, number: int, source: str) -> None:
        """Type into a cell."""
        self._cells[number - 1].source = source

    @property
    def saved(self) -> Notebook:
        """The notebook as the exporters get it."""
        return as_notebook(self._client.nb)

    @property
    def stale(self) -> list[str]:
        """What an export refuses, each without what to do."""
        return [sentence.partition(": run the whole notebook")[0] for sentence in stale_cells(self.saved)]


@pytest.fixture(scope="module")
def client() -> Iterator[NotebookClient]:
    """A kernel that all tests share: it has run other cells before."""
    client = NotebookClient(
        nbformat.from_dict(notebook()), kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    )
    with client.setup_kernel():
        yield client


@pytest.fixture
def lab(client: NotebookClient) -> Lab:
    """The notebook, run as a whole."""
    lab = Lab(client)
    lab.run()
    return lab


def test_a_notebook_that_was_run_whole_is_exported_also_a_second_time(lab: Lab) -> None:
    """Run All Cells is enough, whatever the kernel did before."""
    assert lab.stale == []
    lab.run()
    assert lab.stale == []
    assert says(read_document(lab.saved).headline, "Hubo # solicitudes en 20")


def test_an_edited_cell_is_told_until_all_cells_ran(lab: Lab) -> None:
    """Not run, run alone, or with the list of sources: each time it is said; all cells settle it."""
    lab.edit(3, HEADLINE.replace("Hubo", "Fueron"))
    assert lab.stale == ["cell 3 was changed since the notebook ran"]
    lab.run(3)
    assert lab.stale == ["cell 3 was changed and run without what follows"]
    lab.run(6)
    assert lab.stale == ["cell 3 did not run right after what stands above"]
    lab.run()
    assert lab.stale == []


def test_a_cell_that_shows_nothing_is_told_too(lab: Lab) -> None:
    """The list of sources knows what ran; that the cell ran alone does not help what is computed from it."""
    lab.edit(4, "year = claims.years[-3]")
    assert lab.stale == ["cell 4 was changed since the notebook ran"]
    lab.run(4)
    assert lab.stale == ["cell 4 was changed since the notebook ran"]
    lab.run()
    assert lab.stale == []


def test_a_cell_that_ran_twice_or_out_of_turn_is_told(lab: Lab) -> None:
    """All stand as they ran, but what they show is not that of one run."""
    lab.run(4)
    assert lab.stale == ["cell 4 did not run right after what stands above"]
    lab.run(1, 2, 3, 4, 4, 5, 6)
    assert lab.stale == ["cell 4 did not run right after what stands above"]


def test_an_element_that_was_not_shown_is_told_once_and_only_as_the_cell_stands(lab: Lab) -> None:
    """A pair is told without its parts; what an earlier wording of a cell made is forgotten with the next run."""
    lab.edit(5, FINDING + ";")
    lab.run()
    (told,) = unshown_outputs(lab.saved)
    assert told.startswith("cell 5 makes an element that is not shown (finding: En 2024.)")
    lab.edit(5, f"b.pair({FINDING}, {FINDING})\nclaims.frame.head(1)")
    lab.run()
    pair, frame = sorted(unshown_outputs(lab.saved))
    assert pair.startswith("cell 5 makes an element that is not shown (pair)")
    assert frame.startswith("cell 5 shows a data frame")
    lab.edit(5, FINDING)
    lab.run()
    assert unshown_outputs(lab.saved) == []


def test_a_kernel_that_keeps_no_history_gives_the_same_elements(lab: Lab) -> None:
    """So does nbval run a notebook: what is of the run stands beside the element, not in it."""
    before = [output["data"] for cell in lab._client.nb.cells for output in cell.outputs]
    for number, cell in enumerate(lab._client.nb.cells):
        lab._client.execute_cell(cell, number, store_history=False)
    assert [output["data"] for cell in lab._client.nb.cells for output in cell.outputs] == before
