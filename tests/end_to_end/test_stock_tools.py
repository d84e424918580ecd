"""A notebook gives the same elements whichever tool runs it and wherever it is called from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.build.execute import execute
from analysis.foundation.files import json_bytes
from tests.end_to_end.jupyter import copy_of_notebooks, own_folders
from tests.end_to_end.reading import Read, elements_in, text_of
from tests.promises import SOAK, times

NOTEBOOK = "04_health_education.ipynb"
ENGLISH = ("-p", "language", "en", "--no-progress-bar")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Notebooks and data in a folder of their own."""
    folder = tmp_path_factory.mktemp("copy")
    copy_of_notebooks(folder)
    return folder


@pytest.fixture(scope="module")
def papermilled(copy: Path) -> Path:
    """The English briefing as papermill runs it, called from elsewhere."""
    run("papermill", f"{copy.name}/notebooks/{NOTEBOOK}", "papermilled.ipynb", *ENGLISH, folder=copy.parent)
    return copy.parent / "papermilled.ipynb"


def run(*command: str, folder: Path) -> None:
    """Run a command of Jupyter's in a folder, with no settings of anybody's."""
    words = [sys.executable, "-m", *command]
    done = subprocess.run(words, cwd=folder, env=own_folders(folder), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def built(copy: Path, language: str) -> list[Read]:
    """The elements of the briefing as a build runs it."""
    notebook = execute(copy / "notebooks" / NOTEBOOK, {"language": language}, copy)
    (copy / "built.ipynb").write_bytes(json_bytes(notebook))
    return elements_in(copy / "built.ipynb")


def test_papermill_gives_what_a_build_gives(copy: Path, papermilled: Path) -> None:
    """Elements, down to each number and each drawing for phones, are those of a build, wherever it is called."""
    elements = elements_in(papermilled)
    assert len(elements) > 20
    assert elements == built(copy, "en")


@pytest.mark.skipif(not SOAK, reason="two of four tools are tried in `make soak` alone")
@pytest.mark.parametrize(
    ("place", "command"),
    [
        (".", "jupyter execute notebooks/{notebook} --output={out}"),
        ("notebooks", "jupyter nbconvert --to notebook --execute {notebook} --output={out}"),
    ],
)
def test_jupyter_gives_what_a_build_gives(copy: Path, tmp_path: Path, place: str, command: str) -> None:
    """Whichever of its commands runs the notebook."""
    out = tmp_path / "out.ipynb"
    run(*command.format(notebook=NOTEBOOK, out=out).split(), folder=copy / place)
    assert elements_in(out) == built(copy, "es")


def test_nbconvert_makes_a_draft(papermilled: Path) -> None:
    """The stock commands of the README give an English PDF that calls itself a draft; in `make soak`, a page too."""
    for exporter in ("briefing_pdf", "briefing_html")[: times(1, soak=2)]:
        run("nbconvert", "--to", exporter, papermilled.name, folder=papermilled.parent)
    printed = text_of(papermilled.with_suffix(".pdf"))
    assert "Health and education" in printed
    assert "draft" in printed
