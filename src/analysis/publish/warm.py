"""Warm kernels: each forked from one clean process that has imported what every notebook imports.

A cold kernel spends most of its start on imports. Here a fork server (of `multiprocessing`) imports them once, and a
kernel is a fork of it: a process of its own, used for one report, never again. What a notebook computes and draws is
the same.
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
from pathlib import Path
from typing import Any, Final, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

NAME: Final = "warm-provisioner"
_PRELOAD: Final = "analysis.publish.preload"
_starting: Final = threading.Lock()


class WarmKernelManager(AsyncKernelManager):
    """A kernel manager whose kernels come from the warm process, whatever their kernel spec says."""

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel spec, with the provisioner of warm kernels."""
        spec = super().kernel_spec
        if spec is not None:
            spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": NAME}}
        return spec


class WarmProvisioner(LocalProvisioner):
    """Launches a kernel as a fork of the warm process; all else is as with an ordinary local kernel."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel with the arguments, environment and folder that an ordinary one would have."""
        forked = start(cmd[1:], dict(kwargs.get("env") or os.environ), str(kwargs.get("cwd") or Path.cwd()))
        self.process = cast(Any, forked)
        self.pid = cast(Any, forked.pid)
        self.pgid = cast(Any, forked.pid)  # the kernel leads a group of its own, so that what it starts ends with it
        return self.connection_info


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
    os.environ["JPY_PARENT_PID"] = str(os.getppid())  # the warm process: without it the kernel ends by itself
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
