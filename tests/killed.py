"""Ending a process at one of its steps, as the system would: without a word."""

from __future__ import annotations

import os
import shutil
import signal
import time
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


def killed_after(seconds: float, action: Callable[[], object]) -> tuple[bool, float]:
    """Do something in a fork and kill it after so many seconds; say whether it was at work, and how long it was."""
    start = time.monotonic()
    child = os.fork()
    if child == 0:  # pragma: no cover
        try:
            action()
        finally:
            os._exit(0)
    while time.monotonic() - start < seconds:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False, time.monotonic() - start
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True, time.monotonic() - start


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
