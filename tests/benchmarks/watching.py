"""`briefings build --watch`: what an author waits for between a save and the pages."""

from __future__ import annotations

import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.running import BIN, BenchmarkError

_WAITS: Final = "waiting for the next save"
_PATIENCE: Final = 300  # seconds
PAUSE: Final = 3  # seconds that an author takes at least before a save


@dataclass(frozen=True)
class Watching:
    """A build that waits for saves, and what it has printed."""

    process: int
    log: Path

    def wait_for(self, texts: Sequence[str]) -> None:
        """Wait until all of the texts have been printed.

        Raises:
            BenchmarkError: if they do not come.
        """
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            printed = self.log.read_text(encoding="utf-8")
            if all(text in printed for text in texts):
                return
            time.sleep(0.02)
        raise BenchmarkError(f"--watch did not print {', '.join(texts)}: {printed[-2000:]}")


@contextmanager
def watching(output: Path, folder: Path, variables: Mapping[str, str]) -> Iterator[Watching]:
    """Start a watching build, yield it a moment after it has begun to wait, and end it."""
    with tempfile.TemporaryDirectory() as scratch, (Path(scratch) / "log").open("w") as log:
        process = subprocess.Popen(
            [BIN / "briefings", "build", "--watch", "--output", output],
            cwd=folder,
            env={**variables, "PYTHONUNBUFFERED": "1"},  # a file is written at once, as a terminal is
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            watched = Watching(process.pid, Path(log.name))
            watched.wait_for([_WAITS])
            time.sleep(PAUSE)
            yield watched
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Interrupt it, as its author does."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
