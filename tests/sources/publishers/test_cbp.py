"""US Customs and Border Protection: encounters by fiscal year, expulsions by month."""

from pathlib import Path

import pytest

from analysis.sources.publishers import cbp
from analysis.sources.raw.reading import SourceError


def test_a_year_in_both_files_counts_once(fixtures: Path) -> None:
    """Fiscal year 2022 is taken from the newer file; each fiscal year adds up its months."""
    encounters = cbp.tables(fixtures)["us_encounters_fy"].set_index(["fiscal_year", "authority", "nationality"])
    assert encounters["encounters"].to_dict() == {
        (2021, "title_42", "HND"): 4,
        (2021, "title_8", "HND"): 10,
        (2022, "title_42", "MEX"): 6,
        (2022, "title_8", "OOO"): 3,
        (2025, "title_8", "MEX"): 3,
    }


def test_through_is_the_last_month_of_the_fiscal_year(fixtures: Path) -> None:
    """A closed fiscal year goes through September, the one still running through its last month."""
    days = cbp.tables(fixtures)["us_encounters_fy"].groupby("fiscal_year")["through"].first()
    assert days.dt.date.astype(str).to_dict() == {2021: "2021-09-30", 2022: "2022-09-30", 2025: "2025-08-31"}


def test_october_to_december_are_of_the_year_before(fixtures: Path) -> None:
    """October of fiscal year 2022 is October 2021."""
    expulsions = cbp.tables(fixtures)["title42_month"]
    rows = expulsions.assign(month=expulsions["month"].dt.strftime("%Y-%m")).itertuples(index=False, name=None)
    assert sorted(rows) == [("2021-09", "border_patrol", 4), ("2021-10", "border_patrol", 6)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2022,FYTD,OKT,U.S. Border Patrol,FMUA,Mexico,Title 8,Apprehensions,6", "'OKT' is new"),
        ("2022,FYTD,OCT,U.S. Border Patrol,FMUA,Cuba,Title 8,Apprehensions,6", "'Cuba' is new"),
        ("FY22,FYTD,OCT,U.S. Border Patrol,FMUA,Mexico,Title 8,Apprehensions,6", "'FY22' is not a fiscal year"),
    ],
)
def test_what_is_new_in_the_file_is_an_error(fixtures: Path, tmp_path: Path, row: str, message: str) -> None:
    """A month, group or year that the adapter does not know stops it, with file and column."""
    (tmp_path / "cbp-southwest-border-encounters").mkdir()
    heading = (fixtures / cbp.FILES[0]).read_text(encoding="utf-8").split("\n")[0]
    (tmp_path / cbp.FILES[0]).write_text(f"{heading}\n{row}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=rf"sbo-encounters-fy19-fy22\.csv, column .*{message}"):
        cbp.encounters(tmp_path)
