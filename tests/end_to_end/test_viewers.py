"""The PDFs in a program that people open them with: Poppler. Pages in Chromium: test_pages_in_chromium.py."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.conftest import REPORT
from tests.end_to_end.reading import CURRENT

PDFINFO, PDFFONTS = shutil.which("pdfinfo"), shutil.which("pdffonts")
LANGUAGES = ("es", "en")

needs_poppler = pytest.mark.skipif(not (PDFINFO and PDFFONTS), reason="poppler-utils is not installed")


@needs_poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_poppler_reads_the_pdf_as_tagged_and_with_every_font_inside(real: Path, language: str) -> None:
    """Pdfinfo says tagged, titled, letter; pdffonts finds every font embedded."""
    pdf = real / CURRENT / language / f"{REPORT}.pdf"
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
    manifest = json.loads((real / CURRENT / "manifest.json").read_text(encoding="utf-8"))
    for language in ("es", "en"):
        tables = set(manifest["reports"][f"{language}/{REPORT}"]["inputs"]["tables"])
        assert {"asylum_claims_year", "crimes_against_migrants_period"} <= tables
    for entry in manifest["reports"].values():
        assert all(re.fullmatch(r"[0-9a-f]{64}", sha) for sha in entry["inputs"]["tables"].values())
