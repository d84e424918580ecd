"""A briefing on the tiny data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.report.briefing import Briefing
from analysis.values.texts import text

Make = Callable[..., Briefing]
WIDENED_ES = "Desde 2025 se cuenta más: no se compara."
WIDENED_EN = "More is counted since 2025: it is not compared."


@pytest.fixture
def briefing(tiny_data: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes a briefing on the tiny data."""
    monkeypatch.chdir(tiny_data.parent)

    def make(language: str = "es", as_of: str = "2026-06-30", geography: str = "MEX") -> Briefing:
        return Briefing(
            number=5,
            title=text(es="Asilo", en="Asylum"),
            scope=text(es="Solicitudes", en="Claims"),
            language=language,
            as_of=as_of,
            geography=geography,
        )

    return make


@pytest.fixture
def widened(tiny_data: Path, briefing: Make) -> Make:
    """Makes a briefing on claims that are counted in another way since 2025."""
    path = tiny_data / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"][0]["breaks"] = [{"date": "2025-01-01", "es": WIDENED_ES, "en": WIDENED_EN}]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return briefing
