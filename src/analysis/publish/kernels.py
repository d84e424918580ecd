"""Which kernel runs a report, and how long it may live. Light to import: Jupyter is loaded only to run something."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

Kernel = Literal["warm", "cold"]


def can_fork() -> bool:
    """Whether this platform can fork kernels from a warm process; elsewhere each is started afresh."""
    return "forkserver" in multiprocessing.get_all_start_methods()


class Watch:
    """The kernels of one report, and whether its time ran out.

    Attributes:
        manager_class: the class of kernel manager to run the report with.
        expired: whether the kernel was killed at the deadline.
    """

    def __init__(self, kernel: Kernel) -> None:
        self.expired = False
        self.manager_class = _watched(kernel, self)
        self._processes: list[int] = []

    def started(self, process: int) -> None:
        """Note a kernel that has been started, by the process that leads its group."""
        self._processes.append(process)

    def expire(self) -> None:
        """Kill what was started, and all that it started itself."""
        self.expired = True
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process, signal.SIGKILL)


@contextmanager
def watched_kernels(kernel: Kernel, deadline: float) -> Iterator[Watch]:
    """Yield a watch whose kernels are killed after so many seconds."""
    watch = Watch(kernel)
    timer = threading.Timer(deadline, watch.expire)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()


def _watched(kernel: Kernel, watch: Watch) -> type:
    from jupyter_client.manager import AsyncKernelManager

    base: type[AsyncKernelManager] = AsyncKernelManager
    if kernel == "warm":
        from analysis.publish.warm import WarmKernelManager

        base = WarmKernelManager

    class Watched(base):  # type: ignore[misc, valid-type]
        """A kernel manager that tells the watch which process it started."""

        async def start_kernel(self, **kwargs: Any) -> None:
            await super().start_kernel(**kwargs)
            watch.started(self.provisioner.pid)

    return Watched
