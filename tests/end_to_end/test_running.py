"""Running a notebook inside the tests leaves nothing behind, and no test alters what another reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import Briefing
from analysis.charts import style
from tests.end_to_end.reading import of_kind
from tests.end_to_end.running import cells_until, elements_run, picture

REPORT = "03_migration_management"


def of_the_process() -> tuple[object, ...]:
    """What a run stands in for."""
    return Path.cwd(), Briefing.chart, style.height_of, style.to_svg


@pytest.mark.parametrize("geography", ["MEX", "no such place"])
def test_a_run_leaves_all_as_it_was(geography: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder, the charts and the drawing are those of before, even where a cell fails."""
    monkeypatch.chdir(tmp_path)
    before = of_the_process()
    if geography == "MEX":
        cells_until(REPORT, "headline", geography=geography)
    else:
        with pytest.raises(ValueError, match="geography"):
            cells_until(REPORT, "headline", geography=geography)
    assert of_the_process() == before


def test_what_a_test_alters_no_other_reads() -> None:
    """The run is kept, but every call has elements of its own."""
    elements = elements_run(REPORT)
    title = elements[0]["title"]
    elements[0]["title"] = "altered"
    del elements[1:]
    assert elements_run(REPORT)[0]["title"] == title
    assert len(elements_run(REPORT)) > len(elements)


def test_one_chart_is_drawn_where_it_is_asked_for() -> None:
    """A picture is that of its place; the elements that are read have none."""
    charts = of_kind(elements_run(REPORT), "chart")
    assert picture(REPORT, 2).startswith("<svg")
    assert all("<svg" not in str(chart) for chart in charts)


def test_a_cell_that_is_not_there_is_said() -> None:
    """A test that names a cell of long ago fails with its name."""
    with pytest.raises(AssertionError, match="has no cell nowhere"):
        cells_until(REPORT, "nowhere")
