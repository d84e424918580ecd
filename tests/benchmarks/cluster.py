"""A Dask scheduler and two workers on this machine, for as long as a build needs them."""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.running import BIN

WORKERS: Final = 2
_PATIENCE: Final = 60  # seconds


@dataclass(frozen=True)
class Cluster:
    """Where the scheduler listens, and the processes of the cluster."""

    address: str
    processes: tuple[int, ...]


@contextmanager
def cluster(folder: Path, variables: Mapping[str, str]) -> Iterator[Cluster]:
    """Start a scheduler and its workers, yield them once they have met, and end them."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    quiet = ["--host", "127.0.0.1", "--no-dashboard"]
    ready = ["--preload", "analysis.build.cluster"]
    worker = ["worker", address, "--nthreads", "2", *ready, "--local-directory", str(folder), *quiet]
    commands = [["scheduler", "--port", str(port), *quiet], *[worker] * WORKERS]
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            processes.append(_started(command, folder, variables))
        _wait_for_workers(address)
        yield Cluster(address, tuple(process.pid for process in processes))
    finally:
        for process in reversed(processes):  # workers first: without a scheduler they would look for it
            _ended(process)


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _started(arguments: Sequence[str], folder: Path, variables: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [BIN / "dask", *arguments],
        cwd=folder,
        env=dict(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait_for_workers(address: str) -> None:
    from distributed import Client

    with Client(address, timeout=_PATIENCE) as client:
        client.wait_for_workers(WORKERS, timeout=_PATIENCE)


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
