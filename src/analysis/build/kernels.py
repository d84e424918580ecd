"""Which kernel runs a report, and how long it may live. Light to import: Jupyter is loaded only to run something."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import re
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from analysis.package.folder import DATA_VARIABLE

Kernel = Literal["warm", "cold"]
Turns = threading.Semaphore


_MOST_SHOWN: Final = 50_000_000
"""Letters that the cells of a report may print and show together: a hundred times what a long one does."""
_SECRET: Final = re.compile(r"TOKEN|SECRET|PASSW|CREDENTIAL|KEY|CLIENT_ID", re.IGNORECASE)
_watches: Final[set[Watch]] = set()


def can_fork() -> bool:
    """Whether this platform can fork kernels from a warm process; elsewhere each is started afresh."""
    return "forkserver" in multiprocessing.get_all_start_methods()


class Watch:
    """The kernel of one report: when its cells may run, how long, and whether it was killed.

    Attributes:
        kernel: forked, or started afresh.
        folder: where the kernel runs.
        scratch: an empty folder of one's own, for what it needs to be spoken with.
        cell: the cell that runs, or ran last, by its place in the notebook with parameters, from zero.
        killed: why the kernel was killed: it was too late, it showed too much, or the build ends; empty where not.
    """

    def __init__(self, kernel: Kernel, folder: Path, scratch: Path, deadline: float, turns: Turns) -> None:
        self.kernel, self.folder, self.scratch = kernel, folder, scratch
        self.cell = 0
        self.killed: Literal["", "late", "flooded", "stopped"] = ""
        self._processes: list[int] = []
        self._timer = threading.Timer(deadline, self.kill, ("late",))
        self._timer.daemon = True
        self._turns = turns
        self._shown = 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and start the clock; after the last cell another report may compute."""
        with self._turns:
            self._timer.start()
            try:
                yield
            finally:
                self._timer.cancel()

    def started(self, process: int) -> None:
        """Note a kernel that has been started, by the process that leads its group."""
        self._processes.append(process)
        _give_up_first(process)
        if self.killed:
            self.kill(self.killed)

    def shown(self, letters: int) -> None:
        """Count what a cell printed or showed; kill what was started where it is more than any report needs."""
        self._shown += letters
        if self._shown > _MOST_SHOWN:
            self.kill("flooded")

    def kill(self, reason: Literal["late", "flooded", "stopped"]) -> None:
        """Kill the kernels and all that they started themselves; and what is just being started."""
        self.killed = reason
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process, signal.SIGKILL)


@contextmanager
def watched(kernel: Kernel, folder: Path, deadline: float, turns: Turns) -> Iterator[Watch]:
    """Yield a watch over one report.

    Args:
        kernel: forked, or started afresh.
        folder: where the kernel runs.
        deadline: seconds that the cells may take together.
        turns: how many reports may run cells at once.
    """
    with tempfile.TemporaryDirectory() as scratch:
        watch = Watch(kernel, folder, Path(scratch), deadline, turns)
        _watches.add(watch)
        try:
            yield watch
        finally:
            _watches.discard(watch)


def stop_kernels() -> None:
    """Kill every kernel that this process runs, so that an interrupted build ends at once."""
    for watch in list(_watches):
        watch.kill("stopped")


def for_kernels(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment less what must not reach a notebook that is built.

    That is the variables whose names are those of tokens and passwords: none is needed, and what a notebook prints is
    published. And the one that names a data folder: a report is made from the data of its project, and says so.
    """
    return {name: value for name, value in environment.items() if name != DATA_VARIABLE and not _SECRET.search(name)}


def _give_up_first(process: int) -> None:
    """Have Linux end this process, not the build or another program, where the machine runs out of memory."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{process}/oom_score_adj").write_text("1000", encoding="ascii")
