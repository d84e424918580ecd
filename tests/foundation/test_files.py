"""Writing files whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from analysis.foundation.errors import PublishError
from analysis.foundation.files import (
    files_below,
    finish_replacing,
    is_by_product,
    is_half_replaced,
    json_bytes,
    only_writer,
    remove_parts,
    replace_together,
    write_atomically,
)
from tests.killed import killed_before
from tests.promises import Figure


def names(folder: Path) -> list[str]:
    """All files below a folder, hidden ones too."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_files_and_their_folders_are_written(tmp_path: Path) -> None:
    """Several files are written, folders made, and nothing else is left behind."""
    write_atomically({tmp_path / "es" / "a.html": b"uno", tmp_path / "en" / "a.html": b"one"})
    assert (tmp_path / "es" / "a.html").read_bytes() == b"uno"
    assert names(tmp_path) == ["en/a.html", "es/a.html"]


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    """New content takes the place of the old."""
    target = tmp_path / "a.html"
    target.write_bytes(b"a much longer old content")
    write_atomically({target: b"new"})
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_files_can_be_read_by_all(tmp_path: Path) -> None:
    """A report is readable by the web server that serves it."""
    write_atomically({tmp_path / "a.html": b""})
    assert stat.S_IMODE((tmp_path / "a.html").stat().st_mode) == 0o644


def test_a_second_file_that_fails_leaves_the_first_as_it_was(tmp_path: Path) -> None:
    """When one file cannot be written, no other is replaced, and no part is left behind."""
    first = tmp_path / "a.html"
    first.write_bytes(b"old")
    (tmp_path / "blocked").write_bytes(b"a file where a folder should be")
    with pytest.raises(PublishError, match=r"cannot write .*blocked.*: mend the folder or choose another"):
        write_atomically({first: b"new", tmp_path / "blocked" / "b.html": b"new"})
    assert first.read_bytes() == b"old"
    assert names(tmp_path) == ["a.html", "blocked"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the disk while writing is one sentence, and the old file stays."""
    target = tmp_path / "a.html"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PublishError, match=r"cannot write .* \(No space left on device\): mend the folder"):
        write_atomically({target: b"new"})
    assert target.read_bytes() == b"old"


def test_a_full_disk_leaves_no_part_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that was begun on a full disk is removed."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PublishError):
        write_atomically({tmp_path / "a.html": b"new"})
    assert names(tmp_path) == []


OLD = {"a.csv": b"old a", "tables/b.csv": b"old b", "package.json": b"old"}
NEW = {"a.csv": b"new a, and longer", "tables/b.csv": b"new b", "package.json": b"new", "tables/c.csv": b"new c"}


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder that are not hidden, by name."""
    files = (p for p in folder.rglob("*") if p.is_file())
    found = {str(p.relative_to(folder)): p.read_bytes() for p in files}
    return {name: content for name, content in found.items() if not any(part[0] == "." for part in name.split("/"))}


def test_a_killed_writer_leaves_every_file_old_or_new(tmp_path: Path, figure: Figure) -> None:
    """Killed before any step, no file is half written; what lies about is removed by the next one."""
    step, killed = 0, True
    while killed:
        folder = tmp_path / str(step)
        write_atomically({folder / name: content for name, content in OLD.items()})
        killed = killed_before(step, lambda: write_atomically({folder / n: c for n, c in NEW.items()}))  # noqa: B023
        for name, content in contents(folder).items():
            assert content in {OLD.get(name), NEW[name]}, (step, name)
        remove_parts(folder)
        assert set(names(folder)) <= set(NEW), step
        step += killed
    assert contents(folder) == NEW
    figure("kills between two steps of writing one report: every file whole", step)


def test_files_replaced_together_are_all_old_or_all_new(tmp_path: Path, figure: Figure) -> None:
    """Killed before any step, what the next command finishes is the old state or the new one, never a mixture."""
    step, killed, seen = 0, True, set()
    while killed:
        folder = tmp_path / str(step)
        replace_together(folder, OLD)
        killed = killed_before(step, lambda: replace_together(folder, NEW))  # noqa: B023
        half = is_half_replaced(folder)
        finish_replacing(folder)
        state = contents(folder)
        assert state in (OLD, NEW), step
        assert names(folder) == sorted(state), step
        seen.add((half, state == NEW))
        step += killed
    assert state == NEW
    assert {(False, False), (True, True)} <= seen
    figure("kills between two steps of replacing tables: all old or all new", step)


def test_finishing_may_be_killed_too(tmp_path: Path) -> None:
    """However often it is cut short, it goes on where it was."""
    killed_before(17, lambda: replace_together(tmp_path, NEW))
    assert is_half_replaced(tmp_path)
    while killed_before(2, lambda: finish_replacing(tmp_path)):  # one file more each time
        pass
    assert contents(tmp_path) == NEW


def test_a_full_disk_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables that do not all fit stay as they were, and nothing lies about."""
    replace_together(tmp_path, OLD)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(PublishError, match=r"cannot write .* \(No space left on device\): mend the folder"):
        replace_together(tmp_path, NEW)
    assert contents(tmp_path) == OLD
    assert names(tmp_path) == sorted(OLD)


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """What a symbolic link leads to is not written over."""
    (tmp_path / "elsewhere").write_bytes(b"of someone else")
    (tmp_path / "a.html").symlink_to("elsewhere")
    write_atomically({tmp_path / "a.html": b"new"})
    assert (tmp_path / "elsewhere").read_bytes() == b"of someone else"
    assert not (tmp_path / "a.html").is_symlink()


def test_a_second_writer_waits_and_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It goes on when the first has ended, also when that was killed."""
    folder = tmp_path / "2026-1"
    holding = "import sys, time\nfrom pathlib import Path\nfrom analysis.foundation.files import only_writer\n"
    holding += "with only_writer(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", holding, folder], stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        threading.Timer(0.5, first.kill).start()
        before = time.monotonic()
        with only_writer(folder):
            assert time.monotonic() - before > 0.3
    assert capfd.readouterr().err == f"waiting: another command is writing into {folder}\n"


BY_PRODUCTS = (
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    ".claims.csv.swp",
    "claims.csv~",
    "~$claims.xlsx",
    ".#claims.csv",
    "#claims.csv#",
    "claims.swo",
    ".idea/workspace.xml",
    ".ipynb_checkpoints/05_asylum-checkpoint.ipynb",
    "__pycache__/table.cpython-311.pyc",
)


@pytest.mark.parametrize("name", BY_PRODUCTS)
def test_by_products_of_editors_and_systems_are_known(tmp_path: Path, name: str) -> None:
    """Wherever they lie below a folder; a hidden folder above it makes none of its files one."""
    folder = tmp_path / ".hidden" / "data"
    for file in (folder / name, folder / "tables" / name, folder / "tables" / "claims.csv"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"")
    assert is_by_product(folder / name, folder)
    assert files_below(folder) == [folder / "tables" / "claims.csv"]


@pytest.mark.parametrize("name", ["claims.csv", "a~b.csv", "#1.csv", "swap.sw", "_x/pycache.py", "Thumbs.dbf"])
def test_what_somebody_wrote_is_no_by_product(tmp_path: Path, name: str) -> None:
    """A name that only resembles one counts."""
    assert not is_by_product(tmp_path / name, tmp_path)


def test_json_is_written_as_jupyter_does() -> None:
    """Sorted keys, one space of indentation, letters as they are, a newline at the end."""
    assert json_bytes({"b": ["ñ"], "a": 1}).decode() == '{\n "a": 1,\n "b": [\n  "ñ"\n ]\n}\n'
