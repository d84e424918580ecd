"""Forks of one clean process that has imported what every notebook imports: what warm kernels are made of.

A cold kernel spends most of its start on imports. Here a fork server (of `multiprocessing`) imports them once, and a
kernel is a fork of it: a process of its own, used for one report, never again. What a notebook computes and draws is
the same. Light to import, so that the fork server starts before the caller has loaded anything else.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
import types
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, cast

_PRELOAD: Final = "analysis.build.preload"
_starting: Final = threading.Lock()


class Forked:
    """A forked kernel with the interface of a `subprocess.Popen`, which the provisioner expects."""

    stdin = stdout = stderr = None

    def __init__(self, process: multiprocessing.process.BaseProcess) -> None:
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        return None if self._process.is_alive() else self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end and return the exit code.

        Raises:
            subprocess.TimeoutExpired: if it has not come in time.
        """
        self._process.join(timeout)
        if self._process.is_alive():
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return self._process.exitcode

    def send_signal(self, signum: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None and self.pid is not None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


def start(arguments: list[str], environment: dict[str, str], folder: str) -> Forked:
    """Fork a kernel from the warm process, which is started first where it is not running.

    Args:
        arguments: of the kernel, as after ``python``: ``-m ipykernel_launcher -f FILE ...``.
        environment: the environment variables of the kernel.
        folder: its working folder.
    """
    given = (arguments, environment, folder, _fresh_path())
    for patience in (0.1, 0.2, 0.4, 0.0):
        process = _context().Process(target=_run_kernel, args=given, daemon=True)
        try:
            with _starting, _without_main(), _allowed_to_have_children():
                process.start()
        except (EOFError, OSError):  # the warm process is just dying; once it is gone, a start makes another
            if not patience:
                raise
            time.sleep(patience)
        else:
            break
    return Forked(process)


def warm_up() -> None:
    """Start the warm process, so that its imports run while the caller goes on."""
    from multiprocessing import forkserver

    _context()
    with _starting, _without_main():
        forkserver.ensure_running()


@cache
def _fresh_path() -> list[str]:
    """The module search path of an interpreter that is started afresh: without the folders of the caller's script."""
    asked = [sys.executable, "-c", "import json, sys; print(json.dumps(sys.path[1:]))"]
    return list(json.loads(subprocess.run(asked, capture_output=True, check=True, text=True).stdout))


def _context() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_PRELOAD])
    return context


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the main module: a forked child would import it again, and with it whatever the caller runs under."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _allowed_to_have_children() -> Iterator[None]:
    """Lift the daemon flag of this process: workers of a cluster carry it, and would not be let start a child."""
    configuration = cast(dict[str, Any], multiprocessing.current_process()._config)  # type: ignore[attr-defined]
    flag = configuration.pop("daemon", None)
    try:
        yield
    finally:
        if flag is not None:
            configuration["daemon"] = flag


def _run_kernel(arguments: list[str], environment: dict[str, str], folder: str, path: list[str]) -> None:
    """Become a kernel. What follows makes a fork equal to a process that was started afresh."""
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    _end_with_the_caller()
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]

    import matplotlib
    import numpy
    from ipykernel.kernelapp import IPKernelApp

    matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"]
    numpy.random.seed()
    random.seed()
    sys.argv = arguments[1:]  # without -m
    sys.path[:] = path
    application: Any = IPKernelApp.instance()
    application.initialize(arguments[2:])
    application.start()
    os._exit(0)


def _end_with_the_caller() -> None:
    """Let the kernel, and what its cells start, end when the caller is gone, however that ended.

    A fork inherits what keeps the warm process alive: it is let go, so that the two do not keep each other. Then the
    warm process ends with the caller, and the kernel with the warm process.
    """
    from multiprocessing import forkserver

    inherited: Any = forkserver._forkserver
    os.close(inherited._forkserver_alive_fd)
    inherited._forkserver_alive_fd = None
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)
