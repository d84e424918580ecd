"""How every built report lies on its pages, and in the drawings of its charts."""

from __future__ import annotations

from analysis.check.layout import built_faults
from tests.end_to_end.reading import Editions, each


def test_no_report_has_a_fault_in_its_layout(editions: Editions) -> None:
    """No half-empty page, no heading left alone, no text on another or cut off, at two dates and in states."""
    found = {}
    for folder, language, stem in each(editions):
        assert (folder / language / f"{stem}.pdf").is_file()
        if faults := list(built_faults(folder, f"{language}/{stem}")):
            found[folder.name, language, stem] = faults
    assert found == {}
