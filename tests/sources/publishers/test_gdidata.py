"""The Darién, Honduras and Guatemala."""

from pathlib import Path

import pytest

from analysis.sources.publishers import gdidata
from analysis.sources.raw.reading import SourceError


def test_years_published_whole_go_through_december(fixtures: Path) -> None:
    """A year dated 1 January is a whole one up to 2019; later years end with their last month."""
    transits = gdidata.darien(fixtures).set_index("year")
    assert transits["transits"].to_dict() == {2019: 50, 2020: 11}
    assert transits["through"].dt.date.astype(str).to_dict() == {2019: "2019-12-31", 2020: "2020-03-31"}


def test_an_empty_origin_is_the_united_states(fixtures: Path) -> None:
    """From 2024 on returns without an origin are those from the United States."""
    returns = gdidata.guatemala(fixtures).set_index(["year", "country"])["returns"]
    assert returns.to_dict() == {(2023, "MEX"): 5, (2023, "USA"): 6, (2024, "MEX"): 2, (2024, "USA"): 8}


def test_entries_to_honduras_by_year(fixtures: Path) -> None:
    """Months are added by year, the last one through its last month."""
    entries = gdidata.tables(fixtures)["honduras_entries_year"].set_index("year")
    assert entries["entries"].to_dict() == {2024: 30, 2025: 3}
    assert str(entries.loc[2025, "through"].date()) == "2025-04-30"


@pytest.mark.parametrize("row", ["2023-12-01,male,adult,,1", "2024-01-01,male,adult,CAN,1"])
def test_an_origin_that_is_not_known_is_an_error(tmp_path: Path, row: str) -> None:
    """Before 2024 an empty origin says nothing, and a third country is new: both stop the adapter."""
    (tmp_path / "iom-gdidata").mkdir()
    (tmp_path / gdidata.GUATEMALA).write_text(f"t,sex,age,origin,n\n{row}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"irreg_guatemala\.csv, column 'origin': .* is new"):
        gdidata.guatemala(tmp_path)
