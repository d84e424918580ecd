"""Warm kernels give what cold ones give, for every notebook of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.cli import main
from tests.end_to_end.conftest import ROOT, SLUGS


def test_every_notebook_gives_the_same_warm_and_cold(real: Path, tmp_path: Path) -> None:
    """Outputs, pages, PDFs and facts of kernels started afresh are those of the default, byte for byte."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert main(["build", "--language", "es", "--kernel", "cold", "--output", str(tmp_path)]) == 0
    cold, warm = tmp_path / "2026-1" / "es", real / "2026-1" / "es"
    names = sorted(path.name for path in cold.iterdir())
    assert {f"{slug}.ipynb" for slug in SLUGS} <= set(names)
    assert [name for name in names if (cold / name).read_bytes() != (warm / name).read_bytes()] == []
