"""Writing files whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from analysis.publish.errors import PublishError
from analysis.publish.files import write_atomically


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
