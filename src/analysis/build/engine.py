"""The engine that papermill runs a report with: a kernel that is watched, from its start to its last cell."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any, Final, cast

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

from analysis.build.kernels import Watch, can_fork, for_kernels
from analysis.build.warm import WarmKernelManager

NAME: Final = "watched"
_LONGEST_PATH: Final = 90
"""Letters in the path of a socket: systems allow a hundred or so, and some are added."""
_QUIET: Final = "--IPKernelApp.log_level=50"
"""The kernel warns at its start of how it is spoken with; what a cell prints is not affected."""
_NO_HISTORY: Final = "--HistoryManager.enabled=False"
"""Nobody types into these kernels: the database of what was typed need not be opened."""


class WatchedEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """Executes a notebook under a watch, which papermill hands on from `execute_notebook`."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, watch: Watch, execution_timeout: int, **_unused: Any
    ) -> None:
        """Execute the notebook that papermill manages."""
        WatchedClient(
            nb_man,
            watch,
            kernel_name=kernel_name,
            timeout=execution_timeout,
            shell_timeout_interval=1,  # seconds after which a kernel that does not answer is looked for
            shutdown_kernel="immediate",  # it has answered all cells, and is not used again
            extra_arguments=[_QUIET, _NO_HISTORY],
        ).execute()


class PromptClient(AsyncKernelClient):
    """Takes a kernel for ready as soon as it has answered, and its channel of outputs is heard.

    The class it comes from then waits until there has been nothing more to hear for 0.2 seconds, a third of the time
    of a small report. What a kernel says before the first cell belongs to no cell, and is let pass all the same.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Ask the kernel until it answers.

        Raises:
            RuntimeError: if it dies, or has not answered after so many seconds.
        """
        end, asked = time.monotonic() + (timeout or float("inf")), False
        while time.monotonic() < end:
            if not asked:
                self.kernel_info()
                asked = True
            with suppress(Empty):
                answer = await self.shell_channel.get_msg(timeout=0.2)
                asked = False  # it is asked again, should its outputs not be heard yet
                await self.iopub_channel.get_msg(timeout=0.05)
                self._handle_kernel_info_reply(answer)
                return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before it answered")
        raise RuntimeError(f"the kernel has not answered for {timeout} seconds")


class WatchedClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill has no types
    """Speaks with the kernel of one report and tells its watch of it."""

    def __init__(self, nb_man: Any, watch: Watch, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self.watch = watch

    def create_kernel_manager(self) -> AsyncKernelManager:
        """Return the manager of a kernel that is forked, or started afresh."""
        kind = WarmKernelManager if self.watch.kernel == "warm" else AsyncKernelManager
        connection = _connection(self.watch.scratch)
        self.km = kind(kernel_name=self.kernel_name, client_factory=PromptClient, **connection)
        return self.km

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Start the kernel in the folder of the watch, with what it may know of the environment."""
        super().start_new_kernel(cwd=str(self.watch.folder), env=for_kernels(os.environ), **kwargs)
        self.watch.started(cast(Any, self.km.provisioner).pid)

    def papermill_execute_cells(self) -> None:
        """Run the cells when it is the turn of this report."""
        with self.watch.turn():
            super().papermill_execute_cells()

    def execute_cell(self, cell: Any, cell_index: int, **kwargs: Any) -> Any:
        """Run one cell."""
        self.watch.cell = cell_index
        return super().execute_cell(cell, cell_index, **kwargs)

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        """Take what the kernel says of a cell: text that was printed, or a bundle of MIME types."""
        content = msg["content"]
        self.watch.shown(len(content.get("text", "")) + sum(len(str(it)) for it in content.get("data", {}).values()))
        return super().process_message(msg, cell, cell_index)


def _connection(scratch: Path) -> dict[str, str]:
    """How to speak with a kernel: through sockets that are files of the user's own, where the platform has them.

    Ports of the machine could be reached by others, and be taken by another kernel between being chosen and used.
    """
    file = scratch / "kernel.json"
    if not can_fork() or len(str(file)) > _LONGEST_PATH:
        return {}
    return {"transport": "ipc", "connection_file": str(file)}


papermill_engines.register(NAME, WatchedEngine)
