"""What a build leaves running, however it ends: nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.cluster import kernels_of, wait_until
from tests.end_to_end.conftest import HEADLINE, PARAMETERS, SETUP, SOURCES, Project
from tests.promises import SOAK

ENDLESS = "import time\ntime.sleep(600)"
DEAF = "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: time.sleep(1)"
CHILD = "import subprocess\nsubprocess.Popen(['sleep', '600'])\n"
BROKEN = "raise ValueError('broken')"
HURRIED = (
    "import sys\n"
    "from analysis.cli import main\n"
    "from analysis.build import execute\n"
    "execute.execute.__kwdefaults__['deadline'] = 1\n"
    "sys.exit(main(['build', '--language', 'es']))"
)


class Build:
    """A build in a process of its own, and everything that came from it."""

    def __init__(self, project: Project, *command: str) -> None:
        self.mark = f"BUILD_OF_A_TEST={project.root}"
        self.log = project.root.parent / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *(command or ("-m", "analysis", "build", "--language", "es"))],
                cwd=project.root,
                env={**os.environ, "BUILD_OF_A_TEST": str(project.root)},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def processes(self) -> set[int]:
        """The processes with the environment of this build: forked, started afresh or left behind by another."""
        found = set()
        for path in Path("/proc").glob("[0-9]*"):
            try:
                variables = (path / "environ").read_bytes().split(b"\0")
                ended = (path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
            except OSError:
                continue  # it has just ended
            if self.mark.encode() in variables and not ended:
                found.add(int(path.name))
        return found

    def runs_a_cell(self) -> bool:
        """Whether a kernel is there and has begun."""
        return bool(kernels_of(self.process.pid)) and (self.log.parent / "project" / "begun").exists()

    def status(self) -> int:
        """Wait for the end and return the exit status."""
        return self.process.wait(timeout=60)

    def said(self) -> str:
        """What it printed."""
        return self.log.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _needs_proc() -> None:
    if not Path("/proc/self/environ").exists():
        pytest.skip("processes are found through /proc")


@pytest.fixture
def endless(project: Project) -> Iterator[Build]:
    """A build whose report runs a cell that does not end, and that has started a process of its own."""
    project.write("09_trial", PARAMETERS, SETUP, CHILD + "open('begun', 'w').close()", ENDLESS, HEADLINE, SOURCES)
    build = Build(project)
    wait_until(build.runs_a_cell)
    yield build
    build.process.kill()
    build.process.wait()


def left(build: Build) -> set[int]:
    """What is left of it after five seconds."""
    try:
        wait_until(lambda: not build.processes(), 5)
    except TimeoutError:
        return build.processes()
    return set()


def test_after_success(project: Project) -> None:
    """The warm process and the kernels end with the build."""
    build = Build(project)
    wait_until(lambda: len(build.processes()) > 2)
    assert build.status() == 0, build.said()
    assert left(build) == set()


def test_after_a_failure(project: Project) -> None:
    """A cell that raises leaves nothing, nor what it started itself."""
    project.write("09_trial", PARAMETERS, SETUP, CHILD + BROKEN, SOURCES)
    build = Build(project)
    assert build.status() == 1
    assert "ValueError: broken" in build.said()
    assert left(build) == set()


@pytest.mark.parametrize("cell", [ENDLESS, DEAF] if SOAK else [DEAF])
def test_after_the_deadline(project: Project, cell: str) -> None:
    """The report fails, its kernel is killed, also where it hears no interrupt, and what it started with it."""
    project.write("09_trial", PARAMETERS, SETUP, CHILD + cell, SOURCES)
    build = Build(project, "-c", HURRIED)
    assert build.status() == 1
    assert "took more than 1 seconds as a whole" in build.said()
    assert left(build) == set()


def test_after_an_interrupt(endless: Build) -> None:
    """Ctrl-C, which a terminal sends to all of the foreground, ends the build at once, in a sentence."""
    os.killpg(endless.process.pid, signal.SIGINT)
    assert endless.process.wait(timeout=10) == 130
    assert endless.said() == "interrupted: what was already built stays\n"
    assert left(endless) == set()


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL] if SOAK else [signal.SIGKILL])
def test_after_being_killed(endless: Build, signum: int) -> None:
    """Ended without being asked, the build takes its kernels along."""
    endless.process.send_signal(signum)
    assert endless.status() == -signum
    assert left(endless) == set()
