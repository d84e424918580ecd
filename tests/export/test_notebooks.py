"""Reading notebook files and the parameters that they declare."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from analysis.export.notebooks import (
    CodeCell,
    Error,
    MarkdownCell,
    Parameter,
    RawCell,
    Result,
    Shown,
    Stream,
    as_notebook,
    declared_parameters,
    fingerprint,
    read_notebook,
)
from analysis.foundation.errors import NotebookError
from tests.samples import code_cell, executed, markdown_cell, notebook_file


def test_a_notebook_is_read_from_its_file(tmp_path: Path) -> None:
    """A notebook of format 4 is what its file holds, as the same JSON would be."""
    written = notebook_file(code_cell("x = 'ñ'", {"text/plain": "1"}, tags=["a"]), markdown_cell("Texto", "lang-es"))
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(written), encoding="utf-8")
    read = read_notebook(path)
    assert read == as_notebook(written)
    assert [(cell.kind, cell.text, cell.tags) for cell in read.cells] == [
        ("code", "x = 'ñ'", ["a"]),
        ("markdown", "Texto", ["lang-es"]),
    ]


def test_cells_and_outputs_are_of_their_types() -> None:
    """Cells of code, of Markdown and raw ones; what was shown, ended with, printed and raised."""
    outputs = [
        {"output_type": "display_data", "data": {"text/plain": ["a", "b"]}, "metadata": {"width": 5}},
        {"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": 3},
        {"output_type": "stream", "name": "stderr", "text": "late"},
        {"output_type": "error", "ename": "KeyError", "evalue": "'HND'", "traceback": []},
    ]
    raw = {"cell_type": "raw", "metadata": {"format": "tex"}, "source": "x"}
    made = executed({**code_cell("1"), "outputs": outputs}, markdown_cell("Texto"), raw)
    assert [type(cell) for cell in made.cells] == [CodeCell, MarkdownCell, RawCell]
    ((number, cell),) = made.code
    shown, result, printed, failed = cell.outputs
    assert (number, shown.text("text/plain"), shown.text("text/html")) == (1, "ab", "")
    assert (type(shown), type(result), printed) == (Shown, Result, Stream("stderr", "late"))
    assert failed == Error("KeyError", "'HND'")


@pytest.mark.parametrize(
    "odd",
    [
        {"cell_type": "heading"},
        {"source": 5},
        {"outputs": [{"output_type": "pyout"}]},
        {"outputs": [{"output_type": "display_data", "data": []}]},
        {"metadata": {"tags": "lang-es"}},
        {"execution_count": "1"},
    ],
)
def test_a_cell_that_is_none_is_refused(tmp_path: Path, odd: dict[str, Any]) -> None:
    """A type of cell or output that format 4 lacks, and fields that hold something else, say where."""
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(notebook_file(code_cell("1"), {**code_cell("2"), **odd})), encoding="utf-8")
    with pytest.raises(NotebookError, match=r"a\.ipynb is not a notebook of format 4 \(.*at `\$\.cells\[1\]"):
        read_notebook(path)


def test_a_missing_notebook_is_named(tmp_path: Path) -> None:
    """A notebook that is not there is named with its folder."""
    with pytest.raises(NotebookError, match=rf"05\.ipynb does not exist in {tmp_path.name}/"):
        read_notebook(tmp_path / "05.ipynb")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", r"a\.ipynb is not a notebook \(.*\): restore it"),
        (b"\xff\xfe", r"a\.ipynb is not a notebook \(.*\): restore it"),
        (b"[]", r"a\.ipynb is not a notebook of format 4 \(Expected `object`, .*\): restore it, or save it again"),
        (b'{"nbformat": 3, "worksheets": []}', "is not a notebook of format 4"),
        (b'{"nbformat": 4, "cells": {}}', "is not a notebook of format 4"),
    ],
)
def test_a_file_that_is_no_notebook_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """Broken JSON, another encoding or another format is an error that says what to do."""
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotebookError, match=message):
        read_notebook(path)


def test_the_source_of_a_cell_may_be_lines() -> None:
    """A cell held as a list of lines is one text."""
    (cell,) = executed({**code_cell(""), "source": ["a = 1\n", "b = 2"]}).cells
    assert cell.text == "a = 1\nb = 2"


def test_tags_of_a_cell() -> None:
    """A cell without tags has none."""
    bare = {"cell_type": "markdown", "source": ""}
    made = executed(code_cell("", tags=["parameters"]), markdown_cell(""), bare)
    assert [cell.tags for cell in made.cells] == [["parameters"], [], []]


def test_the_fingerprint_ignores_what_a_run_changes() -> None:
    """Outputs, counts, ids and the shape of the source do not change the digest."""
    before = notebook_file(code_cell("a = 1\nb = 2", tags=["x"]))
    after = copy.deepcopy(before)
    printed = {"output_type": "stream", "name": "stdout", "text": "any"}
    after["cells"][0] |= {
        "source": ["a = 1\n", "b = 2"],
        "execution_count": 9,
        "id": "other",
        "outputs": [printed],
    }
    after["metadata"] = {"kernelspec": {"name": "python3"}}
    assert fingerprint(as_notebook(after)) == fingerprint(as_notebook(before))


@pytest.mark.parametrize("change", [{"source": "a = 2"}, {"cell_type": "markdown"}, {"metadata": {"tags": ["y"]}}])
def test_the_fingerprint_follows_what_the_author_writes(change: dict[str, Any]) -> None:
    """Another source, kind or tag is another notebook."""
    written = code_cell("a = 1", tags=["x"])
    assert fingerprint(executed({**written, **change})) != fingerprint(executed(written))


def test_parameters_with_type_default_and_choices() -> None:
    """Each typed assignment is a parameter, and a comment "one of:" lists what is allowed."""
    cell = code_cell(
        'language: str = "es"  # one of: es, en\n'
        'as_of: str = "2026-06-30"  # data published by this date\n'
        "n: int = 4  # how many; one of: 3,4 , 5\n"
        "share: float = -0.5\n"
        'mark: str = "# one of: a"\n'
        "maps: bool = True\n",
        tags=["parameters"],
    )
    declared = declared_parameters(executed(code_cell("import this"), cell), "a.ipynb")
    assert list(declared.values()) == [
        Parameter("language", str, "es", ("es", "en")),
        Parameter("as_of", str, "2026-06-30"),
        Parameter("n", int, 4, ("3", "4", "5")),
        Parameter("share", float, -0.5),
        Parameter("mark", str, "# one of: a"),
        Parameter("maps", bool, True),
    ]


def test_a_notebook_without_parameters_is_refused() -> None:
    """Without a code cell of that tag the error says how to tag one."""
    notebook = executed(markdown_cell("text", "parameters"), code_cell("x = 1"))
    with pytest.raises(NotebookError, match=r"a\.ipynb has no cell tagged 'parameters': tag its first code cell so"):
        declared_parameters(notebook, "a.ipynb")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            'language = "es"',
            r"a\.ipynb, cell of parameters, line 2 is not a typed assignment: write it as language: str",
        ),
        ("language: str", "line 2 is not a typed assignment"),
        ("import os", "line 2 is not a typed assignment"),
        ("x.y: int = 1", "line 2 is not a typed assignment"),
        ("years: list = []", r"a\.ipynb, parameter 'years' has type list: use str, int, float, bool"),
        ("n: int = 2 * 2", r"a\.ipynb, parameter 'n' is not a plain value: write it as"),
        ("as_of: str = today()", "parameter 'as_of' is not a plain value"),
        ("n: int =", r"a\.ipynb, cell of parameters, line 2: "),
    ],
)
def test_a_line_that_is_no_typed_assignment_is_refused(line: str, message: str) -> None:
    """Each line of the cell is a typed assignment of a plain value; another is named with its line."""
    notebook = executed(code_cell(f"ok: int = 1\n{line}\n", tags=["parameters"]))
    with pytest.raises(NotebookError, match=message):
        declared_parameters(notebook, "a.ipynb")


def test_the_committed_notebooks_declare_what_every_report_needs(root: Path) -> None:
    """Each notebook of the project declares language, date and place."""
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    assert paths
    for path in paths:
        assert {"language", "as_of", "geography"} <= set(declared_parameters(read_notebook(path), path.name))
