"""A notebook gives the same elements whichever tool runs it and wherever it is called from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.build.execute import execute
from analysis.foundation.files import json_bytes
from tests.end_to_end.jupyter import copy_of_notebooks, own_folders
from tests.end_to_end.reading import elements_in, text_of
from tests.promises import SOAK, times

NOTEBOOK = "04_health_education.ipynb"
IN_SOAK = pytest.mark.skipif(not SOAK, reason="two of four tools are tried in `make soak` alone")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Notebooks and data in a folder of their own, and the notebook as a build runs it, in built.ipynb."""
    folder = tmp_path_factory.mktemp("copy")
    copy_of_notebooks(folder)
    built = execute(folder / "notebooks" / NOTEBOOK, {}, folder)
    (folder / "built.ipynb").write_bytes(json_bytes(built))
    return folder


@pytest.mark.parametrize(
    ("folder", "command"),
    [
        pytest.param("..", "papermill {copy}/notebooks/{notebook} {out}", id="papermill, from elsewhere"),
        pytest.param(".", "jupyter execute notebooks/{notebook} --output={out}", id="jupyter execute", marks=IN_SOAK),
        pytest.param(
            "notebooks",
            "jupyter nbconvert --to notebook --execute {notebook} --output={out}",
            id="jupyter nbconvert",
            marks=IN_SOAK,
        ),
    ],
)
def test_any_tool_anywhere_gives_what_a_build_gives(copy: Path, tmp_path: Path, folder: str, command: str) -> None:
    """Elements, down to each number and each drawing for phones, are those of a build."""
    out = tmp_path / "out.ipynb"
    told = command.format(copy=copy, notebook=NOTEBOOK, out=out).split()
    done = subprocess.run(
        [sys.executable, "-m", *told], cwd=copy / folder, env=own_folders(tmp_path), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    elements = elements_in(out)
    assert len(elements) > 20
    assert elements == elements_in(copy / "built.ipynb")


def test_papermill_and_nbconvert_make_a_draft(copy: Path, tmp_path: Path) -> None:
    """The stock commands of the README, called beside the notebook, give an English PDF; in `make soak`, a page too."""
    out = tmp_path / "out.ipynb"
    commands = [f"papermill {NOTEBOOK} {out} -p language en --no-progress-bar"]
    exporters = ("briefing_pdf", "briefing_html")[: times(1, soak=2)]
    commands += [f"nbconvert --to {exporter} {out}" for exporter in exporters]
    for command in commands:
        run = [sys.executable, "-m", *command.split()]
        subprocess.run(run, check=True, capture_output=True, cwd=copy / "notebooks", env=own_folders(tmp_path))
    printed = text_of(out.with_suffix(".pdf"))
    assert "Health and education" in printed
    assert "draft" in printed
