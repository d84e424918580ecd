"""Disks that are full, folders that are closed or gone, and two builds in one place."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.conftest import HEADLINE, PARAMETERS, SETUP, SOURCES, Project, contents
from tests.end_to_end.reading import CURRENT
from tests.end_to_end.test_crashes import faults


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own for less than one report."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], capture_output=True, check=False
    ).returncode
    if mounted:
        pytest.skip("only an administrator may mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_costs_what_does_not_fit(
    project: Project, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reason is said, what is there is whole, and once there is room the next build completes."""
    assert project.run("build", "--output", str(small_disk)) in (1, 2)
    assert "No space left on device" in capsys.readouterr().err
    assert faults(small_disk / CURRENT) == []
    assert not list(small_disk.rglob(".*.part"))
    subprocess.run(["mount", "-o", "remount,size=50M", small_disk], check=True)
    assert project.run("build", "--output", str(small_disk)) == 0
    assert faults(small_disk / CURRENT) == []
    assert len(list(small_disk.rglob("*.pdf"))) == 2


def test_a_disk_that_is_read_only_is_said(
    project: Project, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before a kernel starts, in one sentence."""
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert project.run("build", "--output", str(small_disk)) == 2
    error = capsys.readouterr().err
    assert "Read-only file system" in error
    assert "09_trial: built" not in error


def test_a_folder_that_vanishes_is_made_again(project: Project) -> None:
    """Removed while a cell runs, the folder is there when the report is written."""
    project.run("build", "--language", "es")
    removing = f"import shutil\nshutil.rmtree({str(project.edition)!r})"
    project.write("09_trial", PARAMETERS, SETUP, removing, HEADLINE, SOURCES)
    assert project.run("build", "--language", "es") == 0
    assert faults(project.edition) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write everywhere")
def test_a_folder_that_is_closed_is_said(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before a kernel starts."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert project.run("build", "--output", str(closed)) == 2
    assert f"cannot write {closed}" in capsys.readouterr().err


@pytest.mark.parametrize("linked", [CURRENT, f"{CURRENT}/es"])
def test_a_link_in_place_of_a_folder_is_refused(
    linked: str, project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it leads to belongs to something else."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = project.root / "reports" / linked
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere)
    assert project.run("build") == 2
    assert f"{linked} is a symbolic link: remove it" in capsys.readouterr().err
    assert list(elsewhere.iterdir()) == []


def test_a_link_given_as_output_is_followed(project: Project, tmp_path: Path) -> None:
    """Who names a folder by a link means the folder."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    assert project.run("build", "--language", "es", "--output", str(tmp_path / "link")) == 0
    assert (tmp_path / "folder" / CURRENT / "index.html").is_file()


def test_two_builds_in_one_place_do_not_meet(project: Project, tmp_path: Path) -> None:
    """One waits for the other, says so, and finds its work done; the result is that of one."""
    command = [sys.executable, "-m", "analysis", "build"]
    both = [
        subprocess.Popen(command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("waiting: another command is writing into" in err for _, err in said) == 1
    assert sorted(out.partition(".")[0] for out, _ in said) == ["2 built", "2 up to date"]
    assert project.run("build", "--output", str(tmp_path / "single")) == 0
    assert contents(project.root / "reports") == contents(tmp_path / "single")
