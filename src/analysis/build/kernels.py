"""Which kernel runs a report, and how long it may live. Light to import: Jupyter is loaded only to run something."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import re
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

Kernel = Literal["warm", "cold"]
Turns = threading.Semaphore


_LONGEST_PATH: Final = 90
"""Letters in the path of a socket: systems allow a hundred or so, and some are added."""
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
        manager_class: the class of kernel manager to run the report with.
        cell: the cell that runs, or ran last, by its place in the notebook with parameters, from zero.
        expired: whether the kernel was killed at the deadline.
        flooded: whether it was killed because its cells showed too much.
        stopped: whether it was killed because the build ends.
    """

    def __init__(self, kernel: Kernel, folder: Path, scratch: Path, deadline: float, turns: Turns) -> None:
        self.cell = 0
        self.expired = False
        self.flooded = False
        self.stopped = False
        self.manager_class = _watched(kernel, folder, scratch, self)
        self._processes: list[int] = []
        self._timer = threading.Timer(deadline, self.expire)
        self._timer.daemon = True
        self._turns = turns
        self._has_turn = False
        self._shown = 0

    def begin(self, *, cell_index: int, **_cell: Any) -> None:
        """Before each cell: at the first one wait for a turn, and start the clock."""
        self.cell = cell_index
        if not self._has_turn:
            self._turns.acquire()
            self._has_turn = True
            self._timer.start()

    def end(self) -> None:
        """After the last cell: another report may compute while this one is put away and exported."""
        if self._has_turn:
            self._has_turn = False
            self._timer.cancel()
            self._turns.release()

    def started(self, process: int) -> None:
        """Note a kernel that has been started, by the process that leads its group."""
        self._processes.append(process)
        _give_up_first(process)
        if self.stopped:
            self._kill()

    def shown(self, letters: int) -> None:
        """Count what a cell printed or showed; kill what was started where it is more than any report needs."""
        self._shown += letters
        if self._shown > _MOST_SHOWN:
            self.flooded = True
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
def watched(kernel: Kernel, folder: Path, scratch: Path, deadline: float, turns: Turns) -> Iterator[Watch]:
    """Yield a watch over one report.

    Args:
        kernel: forked, or started afresh.
        folder: where the kernel runs.
        scratch: an empty folder of one's own, for what it needs to be spoken with.
        deadline: seconds that the cells may take together.
        turns: how many reports may run cells at once.
    """
    watch = Watch(kernel, folder, scratch, deadline, turns)
    _watches.add(watch)
    try:
        yield watch
    finally:
        _watches.discard(watch)
        watch.end()


def stop_kernels() -> None:
    """Kill every kernel that this process runs, so that an interrupted build ends at once."""
    for watch in list(_watches):
        watch.stop()


def _watched(kernel: Kernel, folder: Path, scratch: Path, watch: Watch) -> type:
    from jupyter_client.asynchronous.client import AsyncKernelClient
    from jupyter_client.channels import AsyncZMQSocketChannel
    from jupyter_client.manager import AsyncKernelManager

    base: type[AsyncKernelManager] = AsyncKernelManager
    if kernel == "warm":
        from analysis.build.warm import WarmKernelManager

        base = WarmKernelManager

    class Shown(AsyncZMQSocketChannel):
        """The channel on which a kernel publishes what its cells show: the watch is told how much."""

        async def get_msg(  # type: ignore[override]  # asynchronous, as in the class above
            self, timeout: float | None = None
        ) -> dict[str, Any]:
            message = await super().get_msg(timeout)
            watch.shown(_letters(message["content"]))
            return message

    class Client(AsyncKernelClient):
        """A client that listens through that channel."""

        iopub_channel_class = Shown

    class Watched(base):  # type: ignore[misc, valid-type]
        """A kernel manager that starts in the folder and tells the watch when it starts and ends."""

        client_factory = Client

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs | _connection(scratch))

        async def start_kernel(self, **kwargs: Any) -> None:
            await super().start_kernel(**kwargs | {"cwd": str(folder), "env": without_secrets(os.environ)})
            watch.started(self.provisioner.pid)

        async def shutdown_kernel(self, *arguments: Any, **kwargs: Any) -> None:
            watch.end()
            await super().shutdown_kernel(*arguments, **kwargs)

    return Watched


def _connection(scratch: Path) -> dict[str, str]:
    """How to speak with a kernel: through sockets that are files of the user's own, where the platform has them.

    Ports of the machine could be reached by others, and be taken by another kernel between being chosen and used.
    """
    file = scratch / "kernel.json"
    if not can_fork() or len(str(file)) > _LONGEST_PATH:
        return {}
    return {"transport": "ipc", "connection_file": str(file)}


def without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment less the variables whose names are those of tokens and passwords.

    No notebook needs one, and what a notebook prints is published.
    """
    return {name: value for name, value in environment.items() if not _SECRET.search(name)}


def _letters(content: Mapping[str, Any]) -> int:
    """How much a message of a kernel shows: text that was printed, or a bundle of MIME types."""
    return len(content.get("text", "")) + sum(len(str(shown)) for shown in content.get("data", {}).values())


def _give_up_first(process: int) -> None:
    """Have Linux end this process, not the build or another program, where the machine runs out of memory."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{process}/oom_score_adj").write_text("1000", encoding="ascii")
