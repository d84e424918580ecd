"""The series that a statement is compared with, and what it says."""

import pytest

from analysis.report.evidence import Series


@pytest.mark.parametrize("written", ["persons", "t.persons year=2020", "t.persons country", ""])
def test_a_series_that_is_not_written_as_one_is_refused(written: str) -> None:
    """A table, its column and what chooses its rows; never a period."""
    with pytest.raises(ValueError, match="names no series"):
        Series.parse(written)
