"""Ending a process at one of its steps, as the system would: without a word."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

_STEPS: Final[tuple[tuple[Any, str], ...]] = (
    (os, "write"),
    (os, "fsync"),
    (os, "close"),
    (Path, "replace"),
    (Path, "rename"),
    (Path, "unlink"),
    (Path, "mkdir"),
    (Path, "chmod"),
    (shutil, "rmtree"),
)
"""What changes a disk; a process is ended before one of them."""


def killed_before(step: int, action: Callable[[], object]) -> bool:
    """Do something in a process of its own that is killed before one of its steps on the disk.

    Returns:
        Whether it was killed; if not, it had fewer steps and is done.
    """
    child = os.fork()
    if child == 0:  # pragma: no cover
        try:
            _count_down(step)
            action()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _count_down(step: int) -> None:
    left = [step]

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*arguments: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        return wrapper

    for owner, name in _STEPS:
        setattr(owner, name, counted(getattr(owner, name)))
