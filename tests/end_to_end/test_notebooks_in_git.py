"""Notebooks as git keeps them: a small change is a small diff, and every line can be read."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from analysis.build.execute import execute
from analysis.foundation.files import json_bytes
from tests.end_to_end.conftest import HEADLINE, PARAMETERS, ROOT, SETUP, SLUGS, SOURCES, Project

LONGEST = 8_000
CHART = """b.chart(
    lambda width: charts.bars(claims.frame.groupby("year")["claims"].sum(){cut}, language=b.language, width=width),
    title=text(es="Las solicitudes {verb}", en="Claims {verb}"),
    subtitle=text(es="Solicitudes", en="Claims"),
    alt=text(es="Barras por año: {n} {place}.", en="Bars by year: {n} {place}.", n=received),
    tables=[claims],
    data=claims.frame.groupby("year")[["claims"]].sum(){cut},
)"""


def stored(project: Project, **words: str) -> list[str]:
    """Return the lines of a notebook with two charts, executed; the words are those of the second."""
    usual = {"cut": ".tail(6)", "verb": "suben", "place": "al final"}
    first, second = (_filled(part) for part in ({**usual, "cut": ".tail(8)"}, {**usual, **words}))
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE, first, second, SOURCES)
    notebook = execute(project.root / "notebooks" / "09_trial.ipynb", {}, project.root)
    return json_bytes(notebook).decode("utf-8").splitlines(keepends=True)


def _filled(words: dict[str, str]) -> str:
    chart = CHART
    for name, word in words.items():
        chart = chart.replace(f"{{{name}}}", word)
    return chart


@pytest.fixture
def before(project: Project) -> list[str]:
    """The notebook that is changed."""
    return stored(project)


def test_a_changed_word_of_a_title_is_a_small_diff(project: Project, before: list[str]) -> None:
    """Under three kilobytes, with no line of a drawing in it."""
    diff = "".join(unified_diff(before, stored(project, verb="bajan")))
    assert "+" in diff
    assert len(diff.encode()) < 3_000
    assert "<path" not in diff


def test_a_changed_parameter_of_a_chart_changes_its_lines_alone(project: Project, before: list[str]) -> None:
    """The other chart of the notebook stays as it is, to the last identifier."""
    after = stored(project, cut=".tail(5)")
    diff = [line for line in unified_diff(before, after, n=0) if line.startswith("@@")]
    place = next(i for i, line in enumerate(before, 1) if "tail(6)" in line)
    end = next(i for i, line in enumerate(before, 1) if SOURCES in line)
    start = max(i for i, line in enumerate(before[:place], 1) if '"cell_type"' in line)
    changed = [int(line.split()[1].lstrip("-").split(",")[0]) for line in diff]
    assert len(changed) > 3
    assert start < min(changed) <= max(changed) < end


def test_no_line_is_long(before: list[str]) -> None:
    """Each part of a drawing has a line of its own."""
    assert max(map(len, before)) < LONGEST
    assert sum(line.lstrip().startswith('"<text') for line in before) > 10


def test_no_line_of_a_committed_notebook_is_long() -> None:
    """Nor does any chart lack the picture that is shown until the notebook is trusted."""
    for slug in SLUGS:
        written = Path(ROOT / "notebooks" / f"{slug}.ipynb").read_text(encoding="utf-8")
        assert max(map(len, written.splitlines())) < LONGEST
        assert written.count('"image/png"') == written.count('"image/svg+xml"')
