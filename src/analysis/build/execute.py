"""Executing one notebook with papermill, in a kernel of its own, and making the result the same bytes every time."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from analysis.build.kernels import Kernel, Turns, Watch, can_fork, watched
from analysis.export.notebooks import Notebook, Value, read_notebook
from analysis.foundation.errors import ExecutionError

logging.getLogger("papermill").addHandler(logging.NullHandler())  # what it says of a dead kernel, our errors say
_LONGEST_REASON: Final = 500


def execute(
    notebook: Path,
    parameters: Mapping[str, Value],
    folder: Path,
    *,
    kernel: Kernel = "warm",
    timeout: int = 300,
    deadline: int = 900,
    turns: Turns | None = None,
) -> Notebook:
    """Run a notebook and return it with its outputs, normalised.

    Args:
        notebook: the notebook file.
        parameters: values to inject, already checked.
        folder: where the kernel runs: the project, so that it finds `data/`.
        kernel: forked from a process that has imported everything, or started afresh.
        timeout: seconds that one cell may take.
        deadline: seconds that the cells may take together.
        turns: where several notebooks are under way, how many may run cells at once.

    Raises:
        ExecutionError: if a cell raised (the message names it), it took too long, or the kernel died. A kernel that
            dies is tried once more, started afresh.
    """
    tries: tuple[Kernel, ...] = ("warm", "cold") if kernel == "warm" and can_fork() else ("cold", "cold")
    place = ""
    for kind in tries:
        with watched(kind, folder, deadline, turns or Turns()) as watch:
            try:
                return _run(notebook, parameters, watch, timeout)
            except RuntimeError as error:  # nbclient and jupyter_client both say "Kernel died", in classes of their own
                place = _place(notebook, bool(parameters), watch.cell)
                if watch.killed:
                    raise ExecutionError(_why_killed(watch, notebook.name, place, deadline)) from error
                if "ernel died" not in str(error):
                    raise
    raise ExecutionError(
        f"the kernel died in {place}: its memory may have run out; run the notebook in JupyterLab to see"
    )


def _run(notebook: Path, parameters: Mapping[str, Value], watch: Watch, timeout: int) -> Notebook:
    import papermill
    from nbclient.exceptions import CellTimeoutError

    from analysis.build import engine

    output, place = watch.scratch / notebook.name, partial(_place, notebook, bool(parameters))
    try:
        papermill.execute_notebook(
            notebook,
            output,
            parameters=dict(parameters),
            engine_name=engine.NAME,
            kernel_name="python3",  # whatever kernel of its author's machine the notebook was saved with
            progress_bar=False,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            execution_timeout=timeout,
            watch=watch,
        )
    except papermill.PapermillExecutionError as error:
        raise ExecutionError(f"{place(watch.cell)} failed: {_reason(error.ename, error.evalue)}") from error
    except CellTimeoutError as error:
        raise ExecutionError(
            f"{place(watch.cell)} took more than {timeout} seconds: make it shorter, or look for a loop"
        ) from error
    return normalise(output.read_bytes())


def _why_killed(watch: Watch, name: str, place: str, deadline: int) -> str:
    if watch.killed == "late":
        return f"{name} took more than {deadline} seconds as a whole, and was stopped in {place}"
    return f"{place} printed or showed too much: show less" if watch.killed == "flooded" else f"{name} was interrupted"


def normalise(content: bytes) -> Notebook:
    """Return an executed notebook without what differs from run to run: times, machine, random cell ids.

    Cell ids, tags and outputs stay; so does the order of everything.

    Args:
        content: the file that papermill wrote.
    """
    notebook = msgspec.json.decode(content, type=Notebook)
    notebook.metadata.language_info = {"name": "python"}
    for cell in notebook.cells:
        if "injected-parameters" in cell.tags:
            cell.id = "injected-parameters"  # papermill draws a random one
    return notebook


def _place(notebook: Path, parameterised: bool, index: int) -> str:
    """Name a cell as an author counts: from one, Markdown included, papermill's own cell of parameters left out.

    Args:
        notebook: the notebook that is executed.
        parameterised: whether papermill has put a cell of parameters into it.
        index: where the cell stands in what papermill made of it, from zero.
    """
    tagged = [cell.tags for cell in read_notebook(notebook).cells]
    own = [i for i, names in enumerate(tagged) if "injected-parameters" in names]  # saved by papermill: it is replaced
    after = [i for i, names in enumerate(tagged, 1) if "parameters" in names]
    injected = next(iter(own + after), 0) if parameterised else len(tagged)
    return f"cell {index + (index < injected)} of {notebook.name}"


def _reason(name: str, words: str) -> str:
    """What a cell raised, in one line that no terminal or page takes for more than text."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return f"{name}: {plain[:_LONGEST_REASON]}{'…' if len(plain) > _LONGEST_REASON else ''}"
