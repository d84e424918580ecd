"""Which kernel runs a report, and how long it may live. Light to import: Jupyter is loaded only to run something."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

Kernel = Literal["warm", "cold"]


_LONGEST_PATH: Final = 90
"""Letters in the path of a socket: systems allow a hundred or so, and some are added."""
_watches: Final[set[Watch]] = set()


def can_fork() -> bool:
    """Whether this platform can fork kernels from a warm process; elsewhere each is started afresh."""
    return "forkserver" in multiprocessing.get_all_start_methods()


class Watch:
    """The kernels of one report, and whether they were killed.

    Attributes:
        manager_class: the class of kernel manager to run the report with.
        expired: whether the kernel was killed at the deadline.
        stopped: whether it was killed because the build ends.
    """

    def __init__(self, kernel: Kernel, folder: Path, scratch: Path) -> None:
        self.expired = False
        self.stopped = False
        self.manager_class = _watched(kernel, folder, scratch, self)
        self._processes: list[int] = []

    def started(self, process: int) -> None:
        """Note a kernel that has been started, by the process that leads its group."""
        self._processes.append(process)
        if self.stopped:
            self._kill()

    def expire(self) -> None:
        """Kill what was started: the deadline has come."""
        self.expired = True
        self._kill()

    def stop(self) -> None:
        """Kill what was started, and what is just being started: the build ends."""
        self.stopped = True
        self._kill()

    def _kill(self) -> None:
        """Kill the kernels and all that they started themselves."""
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process, signal.SIGKILL)


@contextmanager
def watched_kernels(kernel: Kernel, folder: Path, scratch: Path, deadline: float) -> Iterator[Watch]:
    """Yield a watch whose kernels run in a folder and are killed after so many seconds.

    Args:
        kernel: forked, or started afresh.
        folder: where the kernels run.
        scratch: an empty folder of one's own, for what they need to be spoken with.
        deadline: seconds from now.
    """
    watch = Watch(kernel, folder, scratch)
    timer = threading.Timer(deadline, watch.expire)
    timer.daemon = True
    timer.start()
    _watches.add(watch)
    try:
        yield watch
    finally:
        _watches.discard(watch)
        timer.cancel()


def stop_kernels() -> None:
    """Kill every kernel that this process runs, so that an interrupted build ends at once."""
    for watch in list(_watches):
        watch.stop()


def _watched(kernel: Kernel, folder: Path, scratch: Path, watch: Watch) -> type:
    from jupyter_client.manager import AsyncKernelManager

    base: type[AsyncKernelManager] = AsyncKernelManager
    if kernel == "warm":
        from analysis.publish.warm import WarmKernelManager

        base = WarmKernelManager

    class Watched(base):  # type: ignore[misc, valid-type]
        """A kernel manager that starts in the folder and tells the watch which process it started."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs | _connection(scratch))

        async def start_kernel(self, **kwargs: Any) -> None:
            await super().start_kernel(**kwargs | {"cwd": str(folder)})
            watch.started(self.provisioner.pid)

    return Watched


def _connection(scratch: Path) -> dict[str, str]:
    """How to speak with a kernel: through sockets that are files of the user's own, where the platform has them.

    Ports of the machine could be reached by others, and be taken by another kernel between being chosen and used.
    """
    file = scratch / "kernel.json"
    if not can_fork() or len(str(file)) > _LONGEST_PATH:
        return {}
    return {"transport": "ipc", "connection_file": str(file)}
