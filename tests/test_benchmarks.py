"""The benchmark: what is counted as a measurement, and what the page says of the times."""

from __future__ import annotations

from pathlib import Path

import pyperf
import pytest

from analysis.build.editions import read_edition, reports_of
from tests.benchmarks.__main__ import Size, Way, make_copy, measure, page

TIMES = {
    "stock": [160.0],
    "cold": [15.0, 16.0],
    "dask": [13.0, 11.0, 12.0],
    "build": [10.0, 9.0, 30.0],
    "unchanged": [0.3],
    "edited": [3.0],
    "template": [2.0],
    "many": [150.0],
    "floor": [8.0],
}


def test_times_are_collected_round_by_round(tmp_path: Path) -> None:
    """A later round adds to the times of a way, which finds what was prepared for it."""
    for name in ("one", "two", "one"):
        way = Way(name, "", before="echo 20 built > made", command="cat made && rm made", says="20 built")
        measure(way, tmp_path, tmp_path / "results.json")
    suite = pyperf.BenchmarkSuite.load(str(tmp_path / "results.json"))
    assert {each.get_name(): each.get_nvalue() for each in suite} == {"one": 2, "two": 1}


@pytest.mark.parametrize("command", ["echo 20 built; exit 3", "echo 19 built"])
def test_a_way_that_does_something_else_is_an_error(tmp_path: Path, command: str) -> None:
    """Neither a failure nor another outcome passes for a measurement."""
    with pytest.raises(SystemExit, match="'one' failed, or did not say '20 built'"):
        measure(Way("one", "", "true", command, "20 built"), tmp_path, tmp_path / "results.json")
    assert not (tmp_path / "results.json").exists()


def test_the_copy_has_an_edition_of_few_and_one_of_many_reports(tmp_path: Path) -> None:
    """Every notebook that is measured has states."""
    make_copy(tmp_path / "copy", Size())
    editions = [read_edition(tmp_path / "copy", name) for name in ("few", "many")]
    assert [len(reports_of(tmp_path / "copy", edition)) for edition in editions] == [24, 256]


def test_the_page_judges_ratios_of_medians() -> None:
    """A target is met up to its limit, a miss stands out, and a way that was timed once says so."""
    written = page(Size(tuple("abcde"), 2, 30), TIMES, "a day, a machine")
    assert "| `stock` against `build` | at least 15 times | 16.00 times | met |" in written
    assert "| `build` against `floor` | at most 1.4 times | 1.25 times | met |" in written
    assert "| a report more, in `many`, against its floor | at most 1.15 times | 1.25 times | **missed** |" in written
    assert "| `unchanged` | at most 0.2 s | 0.30 s | **missed** |" in written
    assert "| 1.20 | 12.00 | 11.00 to 13.00 (3) |" in written
