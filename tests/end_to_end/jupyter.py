"""A Jupyter of the tests: a copy of notebooks and data, folders of its own for settings, ended with all it started."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.end_to_end.conftest import ROOT

TOKEN: Final = "trial"
_FOLDERS: Final = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
)


def own_folders(folder: Path) -> dict[str, str]:
    """The environment with every folder of Jupyter below this one, so that nobody's settings are read or written."""
    return {**os.environ, **{name: str(folder / name.lower()) for name in _FOLDERS}}


def copy_of_notebooks(folder: Path) -> None:
    """Put notebooks and data where a test may change them."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name)


@contextmanager
def serving(folder: Path, *command: str) -> Iterator[str]:
    """Run a Jupyter server in a folder that has a copy of the notebooks; yield its address.

    Args:
        folder: an empty folder.
        command: what follows `jupyter`, such as `lab`.
    """
    copy_of_notebooks(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={TOKEN}",
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter", *command, *options],
        cwd=folder,
        env=own_folders(folder / "own"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api/status", process)
        yield address
    finally:
        _end(process)


def get(address: str) -> tuple[bytes, str]:
    """Content and type of an answer."""
    request = urllib.request.Request(address, headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read(), answer.headers["Content-Type"]


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server stopped by itself"
        try:
            get(address)
            return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the server did not answer within two minutes")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to end its kernels and itself, or end it; a kernel without its server ends by itself."""
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
