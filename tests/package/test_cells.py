"""The tables as rows of text."""

from __future__ import annotations

from pathlib import Path

from analysis.package.cells import Cells


def test_cells_are_texts_as_they_stand_in_the_file(tiny_data: Path) -> None:
    """Nothing is typed: a code stays a code, a number its digits; a file is read once."""
    cells = Cells(tiny_data)
    assert cells.rows("states")[0]["inegi_code"] == "07"
    assert cells.rows("states") is cells.rows("states")


def test_columns_of_the_period_are_known(tiny_data: Path) -> None:
    """All that the descriptor names of it, whatever its kind."""
    cells = Cells(tiny_data)
    assert {"year", "through"} <= cells.period_columns("deaths_year")
    assert {"period_start", "period_end"} <= cells.period_columns("crimes_period")
