"""A real Dask scheduler and workers on 127.0.0.1, started as users start them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client

DASK = str(Path(sys.executable).with_name("dask"))


@dataclass
class Cluster:
    """A scheduler, its address, and the processes started so far."""

    address: str
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_worker(self, *options: str, threads: int = 1, **environment: str) -> subprocess.Popen[bytes]:
        """Start one worker with its nanny, and wait until the scheduler knows it."""
        before = len(self.worker_processes())
        options += ("--nthreads", str(threads), "--no-dashboard", "--local-directory", str(self.folder))
        worker = started(self.folder, "worker", self.address, *options, **environment)
        self.processes.append(worker)
        wait_until(lambda: len(self.worker_processes()) > before)
        return worker

    def end_workers(self) -> None:
        """End all workers, and wait until the scheduler knows of none."""
        for worker in self.processes[1:]:
            worker.terminate()
        with Client(self.address, set_as_default=False) as client:
            wait_until(lambda: not client.nthreads())

    def worker_processes(self) -> list[int]:
        """The processes that do the work, one a worker, without their nannies."""
        with Client(self.address, set_as_default=False) as client:
            return list(client.run(os.getpid).values())


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Start a scheduler; end it, and the workers that it has been given."""
    described = folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(described)]
    scheduler = started(folder, "scheduler", *options)
    wait_until(lambda: described.is_file() and bool(described.read_text(encoding="utf-8")))
    made = Cluster(json.loads(described.read_text(encoding="utf-8"))["address"], folder, [scheduler])
    try:
        yield made
    finally:
        for process in made.processes:
            process.terminate()
        for process in made.processes:
            try:
                process.wait(0.3)
            except subprocess.TimeoutExpired:  # a worker without its scheduler takes its time
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)


def started(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start a process of Dask in a folder, its log beside it."""
    command, whole = [DASK, *arguments], {**os.environ, **environment}
    with (folder / f"{arguments[0]}-{time.monotonic_ns()}.log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=whole, start_new_session=True)


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds.

    Raises:
        TimeoutError: if it does not in time.
    """
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def parents() -> dict[int, int]:
    """The parent of every process of this machine."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(path.parent.name)] = int(path.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended
    return found


def descendants(process: int) -> set[int]:
    """Every process that a process has started, and those that they have."""
    above = parents()
    found: set[int] = set()
    while True:
        more = {child for child, parent in above.items() if parent in found | {process}} - found
        if not more:
            return found
        found |= more


def kernels_of(process: int) -> set[int]:
    """The kernels below a process: forked or not, each leads a session of its own."""
    found = set()
    for child in descendants(process):
        try:
            if os.getsid(child) == child:
                found.add(child)
        except ProcessLookupError:
            continue
    return found


def kill(process: int) -> None:
    """End a process without a word."""
    os.kill(process, signal.SIGKILL)


def is_running(process: int) -> bool:
    """Whether a process is there and not merely waiting to be noticed as ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
