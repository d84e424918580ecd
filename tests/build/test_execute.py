"""Making an executed notebook the same bytes every time."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.build.execute import _place, normalise
from analysis.export.notebooks import Notebook
from analysis.foundation.files import json_bytes

Maker = Callable[..., dict[str, Any]]


@pytest.fixture
def executed(new_notebook: Maker, code_cell: Maker, markdown_cell: Maker) -> dict[str, Any]:
    """A notebook as papermill leaves it."""
    notebook = new_notebook(
        markdown_cell("# Título"),
        code_cell("language: str = 'es'", tags=["parameters"]),
        code_cell("# Parameters\nlanguage = 'en'", tags=["injected-parameters"]),
        code_cell("show()", {"text/plain": "one"}, count=3),
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3", "env": {}},
        language_info={"name": "python", "version": "3.11.7"},
        papermill={"start_time": "2026-06-30T10:00:00", "output_path": "somewhere"},
    )
    notebook["cells"][2]["id"] = "5f2b8c1e"
    for cell in notebook["cells"]:
        cell["metadata"] |= {"papermill": {"duration": 0.1}, "execution": {"iopub.status.busy": "now"}}
    notebook["cells"][3]["outputs"][0]["metadata"] = {"image/svg+xml": {"isolated": True}}
    notebook["cells"][3]["outputs"].append({"output_type": "stream", "name": "stdout", "text": "hola"})
    return notebook


def test_times_and_machine_are_removed(executed: dict[str, Any]) -> None:
    """What differs from run to run is gone; tags, outputs and order stay."""
    normal = written(normalise(json_bytes(executed)))
    assert normal["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert [c["metadata"] for c in normal["cells"]] == [
        {},
        {"tags": ["parameters"]},
        {"tags": ["injected-parameters"]},
        {},
    ]
    assert [c["id"] for c in normal["cells"]] == ["cell-1", "cell-2", "injected-parameters", "cell-4"]
    shown, printed = normal["cells"][3]["outputs"]
    assert (shown["data"], shown["metadata"]) == ({"text/plain": "one"}, {})
    assert printed == {"output_type": "stream", "name": "stdout", "text": "hola"}
    assert (normal["nbformat"], normal["nbformat_minor"]) == (4, 5)


def test_two_runs_give_the_same_bytes(executed: dict[str, Any]) -> None:
    """Another time and another random id make no other file, and normalising again changes nothing."""
    again = copy.deepcopy(executed)
    again["metadata"]["papermill"]["start_time"] = "2027-01-01T00:00:00"
    again["cells"][2]["id"] = "other"
    again["cells"][0]["metadata"]["papermill"]["duration"] = 9.9
    once = json_bytes(normalise(json_bytes(executed)))
    assert json_bytes(normalise(json_bytes(again))) == once
    assert json_bytes(normalise(once)) == once


def test_a_cell_is_counted_as_its_author_does(
    tmp_path: Path, new_notebook: Maker, code_cell: Maker, markdown_cell: Maker
) -> None:
    """From one, Markdown included; the cell that papermill adds after the parameters is not counted."""
    path = tmp_path / "05.ipynb"
    parameters = code_cell("language: str = 'es'", tags=["parameters"])
    path.write_text(json.dumps(new_notebook(markdown_cell("# T"), parameters, code_cell("1"), code_cell("2"))))
    assert _place(path, False, 3) == "cell 4 of 05.ipynb"
    assert [_place(path, True, index) for index in (0, 1, 3, 4)] == [f"cell {n} of 05.ipynb" for n in (1, 2, 3, 4)]


def test_a_cell_of_papermill_that_was_saved_is_not_counted(
    tmp_path: Path, new_notebook: Maker, code_cell: Maker
) -> None:
    """An executed notebook that is executed again has its cell of parameters replaced."""
    path = tmp_path / "05.ipynb"
    injected = code_cell("language = 'en'", tags=["injected-parameters"])
    parameters = code_cell("language: str = 'es'", tags=["parameters"])
    path.write_text(json.dumps(new_notebook(parameters, injected, code_cell("1"))))
    assert _place(path, True, 2) == "cell 2 of 05.ipynb"


def test_the_committed_notebooks_are_normal(root: Path) -> None:
    """Normalising a committed notebook changes nothing, so that a diff shows only what matters."""
    for path in (root / "notebooks").glob("*.ipynb"):
        content = path.read_bytes()
        assert written(normalise(content)) == json.loads(content), path.name


def written(notebook: Notebook) -> Any:
    """The notebook as its file has it."""
    return json.loads(json_bytes(notebook))
