"""Reading notebook files and the parameters that they declare."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.export.notebooks import Parameter, declared_parameters, fingerprint, read_notebook, source, tags
from analysis.foundation.errors import NotebookError

Maker = Callable[..., dict[str, Any]]


def test_a_notebook_is_read_as_json(tmp_path: Path, new_notebook: Maker, code_cell: Maker) -> None:
    """A notebook of format 4 is returned as it is in its file."""
    written = new_notebook(code_cell("x = 'ñ'"))
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(written), encoding="utf-8")
    assert read_notebook(path) == written


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
    assert source({"source": ["a = 1\n", "b = 2"]}) == source({"source": "a = 1\nb = 2"})


def test_tags_of_a_cell() -> None:
    """A cell without tags has none."""
    assert tags({"metadata": {"tags": ["parameters"]}}) == ["parameters"]
    assert tags({}) == tags({"metadata": {}}) == []


def test_the_fingerprint_ignores_what_a_run_changes(new_notebook: Maker, code_cell: Maker) -> None:
    """Outputs, counts, ids and the shape of the source do not change the digest."""
    before = new_notebook(code_cell("a = 1\nb = 2", tags=["x"]))
    after = copy.deepcopy(before)
    cell = after["cells"][0]
    cell |= {"source": ["a = 1\n", "b = 2"], "execution_count": 9, "id": "other", "outputs": [{"any": 1}]}
    after["metadata"] = {"kernelspec": {"name": "python3"}}
    assert fingerprint(after) == fingerprint(before)


@pytest.mark.parametrize("change", [{"source": "a = 2"}, {"cell_type": "markdown"}, {"metadata": {"tags": ["y"]}}])
def test_the_fingerprint_follows_what_the_author_writes(
    new_notebook: Maker, code_cell: Maker, change: dict[str, Any]
) -> None:
    """Another source, kind or tag is another notebook."""
    before = new_notebook(code_cell("a = 1", tags=["x"]))
    after = copy.deepcopy(before)
    after["cells"][0] |= change
    assert fingerprint(after) != fingerprint(before)


def test_parameters_with_type_default_and_choices(new_notebook: Maker, code_cell: Maker) -> None:
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
    declared = declared_parameters(new_notebook(code_cell("import this"), cell), "a.ipynb")
    assert list(declared.values()) == [
        Parameter("language", str, "es", ("es", "en")),
        Parameter("as_of", str, "2026-06-30"),
        Parameter("n", int, 4, ("3", "4", "5")),
        Parameter("share", float, -0.5),
        Parameter("mark", str, "# one of: a"),
        Parameter("maps", bool, True),
    ]


def test_a_notebook_without_parameters_is_refused(new_notebook: Maker, code_cell: Maker, markdown_cell: Maker) -> None:
    """Without a code cell of that tag the error says how to tag one."""
    notebook = new_notebook(markdown_cell("text", "parameters"), code_cell("x = 1"))
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
def test_a_line_that_is_no_typed_assignment_is_refused(
    new_notebook: Maker, code_cell: Maker, line: str, message: str
) -> None:
    """Each line of the cell is a typed assignment of a plain value; another is named with its line."""
    notebook = new_notebook(code_cell(f"ok: int = 1\n{line}\n", tags=["parameters"]))
    with pytest.raises(NotebookError, match=message):
        declared_parameters(notebook, "a.ipynb")


def test_the_committed_notebooks_declare_what_every_report_needs(root: Path) -> None:
    """Each notebook of the project declares language, date and place."""
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    assert paths
    for path in paths:
        assert {"language", "as_of", "geography"} <= set(declared_parameters(read_notebook(path), path.name))
