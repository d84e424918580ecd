"""Writing files so that a reader finds either the old content or the new, never half of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from analysis.publish.errors import PublishError


def write_atomically(files: Mapping[Path, bytes]) -> None:
    """Write several files: all are complete on disk beside their targets before the first one takes its place.

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
        where = error.filename or next(iter(files)).parent
        raise PublishError(f"cannot write {where} ({error.strerror}): mend the folder or choose another") from error
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def _stage(target: Path, content: bytes) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        staged.chmod(0o644)  # mkstemp makes it private; the web server and colleagues read it
    except OSError:
        staged.unlink(missing_ok=True)
        raise
    return staged
