"""The PDFs as those read them who do not see them: text alone, tags, bookmarks."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.reading import Editions, each, elements_of, of_kind, pdf_of, tags

PDFTOTEXT = shutil.which("pdftotext")
KILOBYTE = 1024
ABOVE_THE_FOOT = ("-x", "0", "-y", "0", "-W", "612", "-H", "738")
"""A sheet of 612 by 792 points without its foot: a finding may run over from one page to the next."""


def path(report: tuple[Path, str, str], suffix: str) -> Path:
    """A file of a report."""
    folder, language, stem = report
    return folder / language / f"{stem}.{suffix}"


def findings(elements: list[dict[str, Any]]) -> Iterator[str]:
    """What a report finds, in words: headline, lead, sections, findings, titles, cautions, key figures."""
    for element in elements:
        if element["kind"] in {"headline", "section", "finding", "caution", "chart", "table"}:
            yield from (element[key] for key in ("title", "text", "lead") if element.get(key))
        for figure in element.get("figures", []):
            yield from (text for text in (figure["value"], figure["label"], figure["reference"]) if text)


@pytest.mark.skipif(PDFTOTEXT is None, reason="poppler-utils is not installed")
def test_the_text_alone_has_every_finding(editions: Editions) -> None:
    """Pdftotext gives headline, lead, titles, findings, cautions and key figures, unbroken but for feet of pages."""
    for report in each(editions):
        command = [str(PDFTOTEXT), *ABOVE_THE_FOOT, str(path(report, "pdf")), "-"]
        text = _unspaced(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        lost = [said for said in findings(elements_of(*report)) if _unspaced(said) not in text]
        assert lost == [], report


def _unspaced(text: str) -> str:
    """A line may end at any space, and after the dash of a range."""
    return "".join(text.split())


def test_the_tags_hold_the_alternative_text_of_every_chart_in_order(editions: Editions) -> None:
    """A screen reader meets the charts as the report has them, each with what it shows."""
    for report in each(editions):
        figures = [tag["/Alt"] for tag in tags(pdf_of(*report)) if tag["/S"] == "/Figure"]
        assert figures == [chart["alt"] for chart in of_kind(elements_of(*report), "chart")], report


def test_headings_go_down_step_by_step_and_are_bookmarks(editions: Editions) -> None:
    """One title, then sections, then the heads inside them; the outline of the file lists them all."""
    for report in each(editions):
        reader = pdf_of(*report)
        levels = [int(tag["/S"][2]) for tag in tags(reader) if tag["/S"] in {"/H1", "/H2", "/H3"}]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), report
        sections = [e["text"] for e in of_kind(elements_of(*report), "section")]
        assert [title for title in _titles(reader.outline) if title in set(sections)] == sections, report
        assert len(list(_titles(reader.outline))) == len(levels)


def _titles(outline: list[Any]) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield str(item.title)


def test_every_table_names_its_columns(editions: Editions) -> None:
    """Each table of the tag tree starts with heads."""
    for report in each(editions):
        for table in [tag for tag in tags(pdf_of(*report)) if tag["/S"] == "/Table"]:
            assert any(tag["/S"] == "/TH" for tag in tags(table)), report


def test_files_are_small_enough_to_send(editions: Editions) -> None:
    """A PDF has at most 600 kB, a page 1.5 MB."""
    for report in each(editions):
        assert path(report, "pdf").stat().st_size <= 600 * KILOBYTE, report
        assert path(report, "html").stat().st_size <= 1.5 * KILOBYTE * KILOBYTE, report
