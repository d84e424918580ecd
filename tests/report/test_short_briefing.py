"""A whole briefing takes few lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.foundation.words import LANGUAGES
from analysis.report.briefing import Briefing
from tests.conftest import ROOT

SCRIPT = Path(__file__).with_name("short_briefing.py")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_briefing_is_written_in_under_120_lines(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Headline, four key figures, lines, ranked bars, map, table, an own violin and a caution; all of it sound."""
    code = SCRIPT.read_text(encoding="utf-8")
    assert code.count("\n") < 120
    assert len(re.findall(r"^import|^from", code, re.MULTILINE)) == 2
    monkeypatch.chdir(ROOT)
    scope: dict[str, Any] = {}
    exec(compile(code.replace('"es", "2026', f'"{language}", "2026'), SCRIPT.name, "exec"), scope)
    b: Briefing = scope["b"]
    elements = [*made(b)]
    kinds = Counter(getattr(each, "form", "") or each.kind for each in elements)
    expected = {"headline", "key_figures", "lines", "ranked_bars", "tile_map", "table", "caution"}
    assert expected <= {*kinds}
    (figures,) = (each for each in elements if each.kind == "key_figures")
    assert len(figures.figures) == 4
    (violin,) = (each for each in elements if each.kind == "chart" and not each.form)
    assert ">Cuba<" in violin.svg
    assert [fault for each in elements for fault in getattr(each, "faults", ())] == []


def made(b: Briefing) -> Iterator[Any]:
    """The elements that a briefing has made."""
    yield from (shown.element for shown in b._made)
