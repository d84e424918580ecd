"""A briefing on the tiny data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.report.briefing import Briefing
from analysis.values.texts import text

Make = Callable[..., Briefing]


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
