"""The files in the programs that people open them with: Chromium and Poppler."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.conftest import REPORT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PDFINFO, PDFFONTS = shutil.which("pdfinfo"), shutil.which("pdffonts")
LANGUAGES = ("es", "en")

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
needs_poppler = pytest.mark.skipif(not (PDFINFO and PDFFONTS), reason="poppler-utils is not installed")


@needs_chromium
@pytest.mark.parametrize("page", [f"es/{REPORT}.html", f"en/{REPORT}.html", "index.html", "index.en.html"])
def test_a_page_opens_from_disk_complete_and_asks_for_nothing(real: Path, page: str, tmp_path: Path) -> None:
    """Chromium shows the page to its end, and no request leaves it."""
    log = tmp_path / "net.json"
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        f"--user-data-dir={tmp_path / 'profile'}",
        f"--log-net-log={log}",
        "--dump-dom",
        (real / "2026-1" / page).as_uri(),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "</html>" in shown.stdout
    assert f'lang="{"en" if "en" in page else "es"}' in shown.stdout
    asked = set(re.findall(r'"url":"(https?://[^"]+)"', log.read_text(encoding="utf-8", errors="replace")))
    own = {url for url in asked if "google" not in url and "gstatic" not in url}  # the browser's own start-up
    assert own == set()


@needs_poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_poppler_reads_the_pdf_as_tagged_and_with_every_font_inside(real: Path, language: str) -> None:
    """Pdfinfo says tagged, titled, letter; pdffonts finds every font embedded."""
    pdf = real / "2026-1" / language / f"{REPORT}.pdf"
    info = subprocess.run([str(PDFINFO), str(pdf)], capture_output=True, text=True, check=True).stdout
    facts = {line.partition(":")[0]: line.partition(":")[2].strip() for line in info.splitlines()}
    assert facts["Tagged"] == "yes"
    assert facts["Title"]
    assert "letter" in facts["Page size"]
    fonts = subprocess.run([str(PDFFONTS), str(pdf)], capture_output=True, text=True, check=True).stdout.splitlines()[
        2:
    ]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), "\n".join(fonts)


def test_the_manifest_of_the_real_edition_lists_its_tables(real: Path) -> None:
    """Every report of the manifest names the tables that it read, with their digests."""
    manifest = json.loads((real / "2026-1" / "manifest.json").read_text(encoding="utf-8"))
    for language in ("es", "en"):
        tables = set(manifest["reports"][f"{language}/{REPORT}"]["inputs"]["tables"])
        assert {"asylum_claims_year", "crimes_against_migrants_period"} <= tables
    for entry in manifest["reports"].values():
        assert all(re.fullmatch(r"[0-9a-f]{64}", sha) for sha in entry["inputs"]["tables"].values())
