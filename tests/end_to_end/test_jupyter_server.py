"""What JupyterLab's menu "Save and Export Notebook As" asks of the server."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.end_to_end.conftest import REPORT
from tests.end_to_end.jupyter import get, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Jupyter server without JupyterLab."""
    with serving(tmp_path_factory.mktemp("server"), "server") as address:
        yield address


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
