"""Running one command and measuring it: its seconds, or in another run the memory of its tree of processes."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.memory import Sampler

BIN: Final = Path(sys.executable).parent
_UNWANTED: Final = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH")
_PATIENCE: Final = 3600  # seconds


class BenchmarkError(Exception):
    """A command failed, or did something else than what was to be measured."""


@dataclass
class Reading:
    """What is being measured: the processes at the top of the tree, and the value once it is over."""

    roots: list[int]
    value: float = math.nan


Meter = Callable[[Sequence[int]], AbstractContextManager[Reading]]


@contextmanager
def seconds(others: Sequence[int] = ()) -> Iterator[Reading]:
    """Measure wall time."""
    reading = Reading(list(others))
    start = time.perf_counter()
    yield reading
    reading.value = time.perf_counter() - start


@contextmanager
def peak_memory(others: Sequence[int] = ()) -> Iterator[Reading]:
    """Measure the highest memory, in MiB, of what is started and of the `others`, which run already."""
    reading = Reading(list(others))
    with Sampler(reading.roots) as sampler:
        yield reading
    reading.value = sampler.peak


def environment(source: Path) -> dict[str, str]:
    """Return the environment of everything measured: bytecode may be written, and the library is that of `source`."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    return kept | {"PYTHONPATH": str(source), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def run(
    meter: Meter,
    command: Sequence[str | Path],
    folder: Path,
    variables: Mapping[str, str],
    *,
    others: Sequence[int] = (),
    says: str = "",
    given: str = "",
) -> float:
    """Run a command to its end and return what the meter measured.

    Args:
        meter: `seconds` or `peak_memory`.
        command: the command.
        folder: where it runs.
        variables: its environment.
        others: processes that belong to what is measured and run already.
        says: what it must print, or it did something else than what was to be measured.
        given: its standard input.

    Raises:
        BenchmarkError: if it fails, or does not say what it must.
    """
    with tempfile.TemporaryFile("w+") as log, tempfile.TemporaryFile("w+") as stdin:
        stdin.write(given)
        stdin.seek(0)
        with meter(others) as reading:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=dict(variables),
                stdin=stdin,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            reading.roots.append(process.pid)
            _wait(process)
        log.seek(0)
        printed = log.read()
    if process.returncode or says not in printed:
        wanted = f" and should say '{says}'" if says else ""
        raise BenchmarkError(f"{Path(command[0]).name} ended with {process.returncode}{wanted}: {printed[-2000:]}")
    return reading.value


def _wait(process: subprocess.Popen[bytes]) -> None:
    """Wait for the end; where it does not come, or is not waited for, kill the process and its session."""
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        raise BenchmarkError(f"it took more than {_PATIENCE} s") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
