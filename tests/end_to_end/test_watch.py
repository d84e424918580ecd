"""The author's loop: `briefings build --watch`, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.build.watch import LIBRARY, of_library
from tests.end_to_end.conftest import HEADLINE, PARAMETERS, SETUP, SOURCES, Project

WAITS = "waiting for the next save"


@pytest.fixture
def log(project: Project, tmp_path: Path) -> Iterator[Path]:
    """What a watching build says, while it watches."""
    path = tmp_path / "log"
    with path.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "analysis", "build", "09_trial", "--language", "es", "--watch"],
            cwd=project.root,
            stdout=file,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    yield path
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130


def wait_for(log: Path, count: int) -> str:
    """Everything said until it waits for the so-manieth time."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        said = log.read_text(encoding="utf-8")
        if said.count(WAITS) >= count:
            return said
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


def test_each_save_builds_what_it_changed_and_a_mistake_is_told(project: Project, log: Path) -> None:
    """Pages are named; a broken notebook gives one sentence, mending it builds again; by-products wake nobody."""
    assert f"{project.edition}/es/09_trial.pdf" in wait_for(log, 1)
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE.replace("Hubo", "Llegaron"), SOURCES)
    assert wait_for(log, 2).count("09_trial.pdf") == 2
    assert "Llegaron" in (project.edition / "es" / "09_trial.html").read_text(encoding="utf-8")
    for name in (".09_trial.ipynb.swp", "09_trial.ipynb~", ".DS_Store", "#09_trial.ipynb#"):
        (project.root / "notebooks" / name).write_text("left by an editor", encoding="utf-8")
    time.sleep(1)
    assert log.read_text(encoding="utf-8").count(WAITS) == 2
    (project.root / "notebooks" / "09_trial.ipynb").write_text("{", encoding="utf-8")
    assert "briefings: 09_trial.ipynb is not a notebook" in wait_for(log, 3)
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE.replace("Hubo", "Vinieron"), SOURCES)
    assert wait_for(log, 4).count("09_trial.pdf") == 3


def test_a_save_of_the_library_is_told_from_others(project: Project) -> None:
    """Only files of the library ask for a new process."""
    assert of_library({LIBRARY / "charts" / "_lines.py", project.root / "notebooks" / "09_trial.ipynb"})
    assert not of_library({project.root / "notebooks" / "09_trial.ipynb"})
