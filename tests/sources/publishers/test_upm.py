"""UPM: events of persons in an irregular migration situation."""

from pathlib import Path

import pytest

from analysis.sources.publishers import upm
from analysis.sources.raw.reading import SourceError


def test_repeated_rows_are_added(fixtures: Path) -> None:
    """Two equal rows of one month and nationality are two parts of a sum, never a duplicate."""
    events = upm.tables(fixtures)["irregular_events_nationality_year"].set_index(["year", "nationality"])
    assert events["events"].to_dict() == {(2024, "GIN"): 10, (2024, "LCA"): 2, (2025, "HND"): 70}


def test_through_is_the_last_day_the_file_covers(fixtures: Path) -> None:
    """A year with all its months goes through December, the last one through its last month."""
    events = upm.tables(fixtures)["irregular_events_nationality_year"]
    days = events.groupby("year")["through"].first().dt.date.astype(str).to_dict()
    assert days == {2024: "2024-12-31", 2025: "2025-02-28"}


def test_minors_join_accompanied_and_unaccompanied(fixtures: Path) -> None:
    """Under twelve, with and without company, is one group; adults are not minors."""
    minors = upm.tables(fixtures)["minors_events_month"]
    rows = minors.assign(month=minors["month"].dt.strftime("%Y-%m")).itertuples(index=False, name=None)
    assert sorted(rows) == [
        ("2025-01", "0-11", "female", 8),
        ("2025-01", "12-17", "female", 6),
        ("2025-02", "12-17", "male", 8),
    ]


def test_sex_and_age_by_year(fixtures: Path) -> None:
    """Adults stand beside the two groups of minors in the yearly table."""
    events = upm.tables(fixtures)["irregular_events_sex_age_year"].set_index(["sex", "age_group"])["events"]
    assert events.to_dict() == {
        ("female", "0-11"): 8,
        ("female", "12-17"): 6,
        ("female", "18+"): 50,
        ("male", "12-17"): 8,
        ("male", "18+"): 90,
    }


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2025-01-01,male,0-5,1", r"column 'age': '0-5' is new"),
        ("2025-01-01,x,18+,1", r"column 'sex': 'x' is new"),
        ("enero,male,18+,1", r"column 't': 'enero' is not a date"),
        ("2025-01-01,male,18+,dos", r"column 'n', data row 1: 'dos' is not a whole number"),
    ],
)
def test_what_is_new_in_the_file_is_an_error(tmp_path: Path, row: str, message: str) -> None:
    """A category, date or number that the adapter does not know stops it, with file and column."""
    (tmp_path / "iom-gdidata").mkdir()
    (tmp_path / upm.SEX_AGE).write_text(f"t,sex,age,n\n{row}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=rf"irreg_mexico_dmg\.csv, {message}"):
        upm.sex_age(tmp_path)


def test_returns_per_hundred_events_of_the_same_months(fixtures: Path) -> None:
    """Fourteen returns and seventy events in January and February are twenty per hundred; 2015 has no events."""
    returned = upm.tables(fixtures)["foreigners_returned_year"].set_index(["year", "type"])
    assert returned["events"].to_dict() == {
        (2015, "assisted_return"): 4,
        (2024, "assisted_return_of_children"): 6,
        (2024, "deportation"): 3,
        (2025, "assisted_return"): 14,
    }
    rates = returned["per_100_events"]
    assert rates[2025, "assisted_return"] == pytest.approx(20)
    assert rates[2024, "assisted_return_of_children"] == pytest.approx(50)
    assert rates.isna().to_dict()[2015, "assisted_return"]


def test_returns_by_month_add_all_types(fixtures: Path) -> None:
    """Deportations and assisted returns of a month are one number."""
    returned = upm.tables(fixtures)["foreigners_returned_month"]
    months = returned["month"].dt.strftime("%Y-%m")
    by_month = dict(zip(months, returned["events"], strict=True))
    assert by_month == {"2015-01": 4, "2024-12": 9, "2025-01": 7, "2025-02": 7}


def test_a_type_of_return_that_is_new_is_an_error(fixtures: Path, tmp_path: Path) -> None:
    """A type that the adapter does not know stops it."""
    (tmp_path / "iom-gdidata").mkdir()
    (tmp_path / upm.RETURNS).write_text("t,nat,type,n\n2025-01-01,HND,expulsion,1\n", encoding="utf-8")
    events = upm.tables(fixtures)["irregular_events_month"]
    with pytest.raises(SourceError, match=r"irreg_mexico_exp\.csv, column 'type': 'expulsion' is new"):
        upm.returns(tmp_path, events)


def test_regions_have_shares_of_the_year(fixtures: Path) -> None:
    """Nationalities are added by region; the shares of a year add up to a hundred."""
    regions = upm.tables(fixtures)["irregular_events_region_year"].set_index(["year", "region"])
    assert regions["events"].to_dict() == {
        (2024, "africa"): 10,
        (2024, "caribbean"): 2,
        (2025, "central_america"): 70,
    }
    assert regions["share_pct"].groupby("year").sum().tolist() == pytest.approx([100, 100])
