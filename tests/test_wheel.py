"""The wheel works outside the clone: it brings all that the library reads, and is told where the data are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.package.folder import DATA_VARIABLE

CELL = """
import json, os, analysis
from analysis import Briefing, text
from analysis.package.descriptor import DataError

def rows(**given):
    theme = text(es="Tema", en="Theme")
    parameters = {"language": "en", "as_of": "2026-06-30", "geography": "MEX"}
    b = Briefing(number=99, title=theme, scope=theme, **parameters, **given)
    return len(b.table("asylum_claims_year").frame)

named = os.environ.pop(VARIABLE)
said = {"argument": rows(data=named)}
try:
    rows()
except DataError as error:
    said["neither"] = str(error)
os.environ[VARIABLE] = named
print(json.dumps(said | {"variable": rows(), "library": analysis.__file__}))
"""


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel of this clone was installed, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder / "made")]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (wheel,) = (folder / "made").glob("*.whl")
    install = ["install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--target"]
    subprocess.run([sys.executable, "-m", "pip", *install, folder / "site", wheel], check=True, capture_output=True)
    return folder / "site"


def test_a_cell_finds_its_data_by_argument_or_variable(installed: Path, root: Path, tmp_path: Path) -> None:
    """In an empty folder the wheel reads the data that it is led to; led to none, it says in a sentence what to do."""
    done = subprocess.run(
        [sys.executable, "-c", f"VARIABLE = {DATA_VARIABLE!r}{CELL}"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed), DATA_VARIABLE: str(root / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert Path(said["library"]).is_relative_to(installed)
    assert said["argument"] == said["variable"] > 0
    assert (
        f"name the folder data/ of one, as Briefing(data=...) or in the environment variable {DATA_VARIABLE}"
        in (said["neither"])
    )
    assert "\n" not in said["neither"]


def test_the_wheel_holds_every_file_of_the_library(installed: Path, root: Path) -> None:
    """Templates, words and lists of names are as much part of it as modules."""
    held, library = _files_of(installed / "analysis"), _files_of(root / "src" / "analysis")
    assert held == library


def _files_of(folder: Path) -> set[Path]:
    """Every file below a folder but bytecode, which comes with the first import."""
    files = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return {path for path in files if "__pycache__" not in path.parts}
