"""The series that a statement is compared with, and what it says."""

from datetime import date
from pathlib import Path

import pytest

from analysis.foundation.errors import QuantityError
from analysis.package.data_package import DataPackage
from analysis.report.evidence import Series


@pytest.mark.parametrize("written", ["persons", "t.persons year=2020", "t.persons country", ""])
def test_a_series_that_is_not_written_as_one_is_refused(written: str) -> None:
    """A table, its column and what chooses its rows; never a period."""
    with pytest.raises(ValueError, match="names no series"):
        Series.parse(written)


def test_a_series_that_would_be_a_false_sum_is_refused(root: Path) -> None:
    """It is not told as what no data tell: the row of the statement lacks a condition."""
    package = DataPackage(root / "data")
    with pytest.raises(QuantityError, match=r'say which is meant, breakdown="crime"'):
        Series.parse("crimes_against_migrants_period.crimes state_code=MEX").at(
            lambda name: package.table(name, date(2026, 6, 30)), "2016/2022-06"
        )
