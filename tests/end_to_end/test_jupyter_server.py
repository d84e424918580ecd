"""What JupyterLab's menu "Save and Export Notebook As" asks of the server."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest

from tests.end_to_end.conftest import REPORT, ROOT

TOKEN = "trial"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Jupyter server on this machine, with a copy of the notebooks and of the data."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copytree(ROOT / "data", folder / "data")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    options = [
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={folder}",
    ]
    own = {"JUPYTER_CONFIG_DIR": str(folder / "config"), "JUPYTER_RUNTIME_DIR": str(folder / "runtime")}
    process = subprocess.Popen(
        [*command, *options], env={**os.environ, **own}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api/status", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def get(address: str) -> tuple[bytes, str]:
    """Content and type of an answer."""
    request = urllib.request.Request(address, headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read(), answer.headers["Content-Type"]


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server stopped by itself"
        try:
            get(address)
            return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the server did not answer within a minute")


def test_the_server_lists_both_exporters(server: str) -> None:
    """The menu offers what this list has."""
    content, _ = get(f"{server}/api/nbconvert")
    formats = json.loads(content)
    assert formats["briefing_html"]["output_mimetype"] == "text/html"
    assert formats["briefing_pdf"]["output_mimetype"] == "application/pdf"


@pytest.mark.parametrize(
    ("exporter", "kind", "start"), [("briefing_pdf", "application/pdf", b"%PDF"), ("briefing_html", "text/html", b"<!")]
)
def test_the_download_address_gives_the_file(server: str, exporter: str, kind: str, start: bytes) -> None:
    """The committed notebook comes as a briefing, marked as a draft."""
    content, found = get(f"{server}/nbconvert/{exporter}/notebooks/{REPORT}.ipynb?download=true")
    assert found.startswith(kind)
    assert content.lower().startswith(start.lower())
    assert len(content) > 50_000
