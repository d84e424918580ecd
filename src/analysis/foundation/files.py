"""Writing files so that a reader finds either the old content or the new, never half of it; which files count."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

import msgspec

from analysis.foundation.errors import PublishError

_PENDING: Final = ".pending"
_STAGED: Final = ".staged-"
_BY_PRODUCTS: Final = (
    ".*",  # swap files, locks, checkpoints, settings of editors, folders of the system
    "*~",
    "~$*",
    "#*#",
    "*.sw[a-p]",
    "*.py[co]",
    "__pycache__",
    "[Tt]humbs.db",
    "[Dd]esktop.ini",
)
"""Names of what programs and systems put beside the files of a project for their own use."""


def is_by_product(path: Path, folder: Path) -> bool:
    """Whether a file below a folder was put there by an editor, by Python or by the system, for its own use."""
    return any(fnmatchcase(part, name) for part in path.relative_to(folder).parts for name in _BY_PRODUCTS)


def files_below(folder: Path) -> list[Path]:
    """Return every file below a folder that somebody meant to be there, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not is_by_product(path, folder))


def json_bytes(content: object) -> bytes:
    """Return JSON as every file of ours has it: sorted keys, one space of indentation, a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(content, order="sorted"), indent=1) + b"\n"


def write_atomically(files: Mapping[Path, bytes]) -> None:
    """Write several files: all are complete on disk beside their targets before the first one takes its place.

    A symbolic link is replaced, never followed.

    Raises:
        PublishError: if a folder cannot be written; nothing has been replaced then.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for target, content in files.items():
            staged.append((_stage(target, content), target))
        for temporary, target in staged:
            temporary.replace(target)
    except OSError as error:
        raise _cannot_write(error, next(iter(files)).parent) from error
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def remove_files(paths: Iterable[Path]) -> None:
    """Remove files that are there.

    Raises:
        PublishError: if a folder cannot be written.
    """
    try:
        for path in paths:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot_write(error, path.parent) from error


def remove_parts(folder: Path) -> None:
    """Remove what killed processes had begun to write into a folder; call it only as its one writer."""
    remove_files(folder.rglob(".*.part"))


def replace_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace several files of a folder as one step; call it only as its one writer.

    All are written into a folder beside them, whose renaming decides: before it nothing has happened, after it all
    are moved to their places, by `finish_replacing` where this process should not live to do it.

    Raises:
        PublishError: if the folder cannot be written; nothing has been replaced then.
    """
    staged = Path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        finish_replacing(folder)
        staged = Path(tempfile.mkdtemp(dir=folder, prefix=_STAGED))
        for name, content in files.items():
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            with (staged / name).open("wb") as file:
                _write_to_disk(file.fileno(), content)
        staged.rename(folder / _PENDING)
    except OSError as error:
        if staged.name:
            shutil.rmtree(staged, ignore_errors=True)
        raise _cannot_write(error, folder) from error
    finish_replacing(folder)


def is_half_replaced(folder: Path) -> bool:
    """Whether a process was killed after it had decided to replace files, and before it had replaced them all."""
    return (folder / _PENDING).is_dir()


def finish_replacing(folder: Path) -> None:
    """Finish what a killed process had decided, and remove what it had only prepared; as the one writer."""
    pending = folder / _PENDING
    for path in sorted(p for p in pending.rglob("*") if p.is_file()):
        target = folder / path.relative_to(pending)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    for prepared in [pending, *folder.glob(f"{_STAGED}*")]:
        shutil.rmtree(prepared, ignore_errors=True)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Let no other command write into a folder meanwhile: where one does, say so and wait until it has ended.

    The lock is a hidden file beside the folder. The system lets go of it when its holder ends, however that ends.

    Raises:
        PublishError: if the lock cannot be written.
    """
    from filelock import FileLock, Timeout  # a build with nothing to do needs no lock

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.with_name(f".{folder.name}.lock"))
        try:
            lock.acquire(blocking=False)
        except Timeout:
            print(f"waiting: another command is writing into {folder}", file=sys.stderr)
            lock.acquire()
    except OSError as error:
        raise _cannot_write(error, folder.parent) from error
    try:
        yield
    finally:
        lock.release()


def _stage(target: Path, content: bytes) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    staged = Path(name)
    try:
        try:
            _write_to_disk(handle, content)
        finally:
            os.close(handle)
        staged.chmod(0o644)  # mkstemp makes it private; the web server and colleagues read it
    except OSError:
        staged.unlink(missing_ok=True)
        raise
    return staged


def _write_to_disk(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
    os.fsync(handle)


def _cannot_write(error: OSError, folder: Path) -> PublishError:
    return PublishError(
        f"cannot write {error.filename or folder} ({error.strerror}): mend the folder or choose another"
    )
