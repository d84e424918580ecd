"""World Bank: remittances over GDP and the cost of sending."""

from pathlib import Path

import pytest

from analysis.sources.publishers import worldbank
from analysis.sources.raw.reading import SourceError


def test_share_of_gdp_of_the_years_with_both(fixtures: Path) -> None:
    """The share is remittances over GDP of Mexico; a year without remittances has no row."""
    rows = worldbank.share_of_gdp(fixtures).itertuples(index=False, name=None)
    assert list(rows) == [(2022, 20.01, 1000.5, pytest.approx(2))]


def test_quarters_become_rows(fixtures: Path) -> None:
    """Each quarter with data is a row under its first day; two dots are no data."""
    costs = worldbank.costs(fixtures)
    rows = costs.assign(quarter=costs["quarter"].dt.date.astype(str)).itertuples(index=False, name=None)
    assert sorted(rows) == [
        ("2019-10-01", "USA-MEX", 5.5),
        ("2020-01-01", "USA-HTI", 6.0),
        ("2020-01-01", "USA-MEX", 4.5),
    ]


def test_a_file_without_quarters_is_an_error(tmp_path: Path) -> None:
    """Headings of another form stop the adapter instead of giving an empty table."""
    (tmp_path / "worldbank-rpw-corridors").mkdir()
    heading = f"{worldbank.SENDER},{worldbank.RECEIVER},2020-Q3\n"
    (tmp_path / worldbank.COSTS).write_text(heading, encoding="utf-8")
    with pytest.raises(SourceError, match="no column is called like '2020Q3"):
        worldbank.costs(tmp_path)
