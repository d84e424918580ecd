"""UNHCR: asylum in Mexico."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.sources.publishers import unhcr
from analysis.sources.raw.reading import SourceError


def test_claims_add_all_types_of_application_in_mexico(fixtures: Path) -> None:
    """Claims of one nationality are added over types and levels; Mexicans abroad are left out."""
    claims = unhcr.claims(fixtures).set_index(["year", "nationality"])["claims"].to_dict()
    assert claims == {(2023, "CUB"): 80, (2024, "CUB"): 120, (2024, "NAM"): 5, (2024, "UNK"): 10}


def test_decisions_add_levels(fixtures: Path) -> None:
    """Decisions are added over levels, and the level written NA is not lost."""
    (row,) = unhcr.decisions(fixtures).to_dict("records")
    assert row == {
        "year": 2024,
        "nationality": "CUB",
        "recognised": 11,
        "complementary": 5,
        "rejected": 22,
        "closed": 33,
    }


def test_stock_is_missing_before_it_was_counted(fixtures: Path) -> None:
    """Other people in need of protection are missing, not zero, in a year without any figure."""
    stock = unhcr.stock(fixtures).set_index("year")
    assert stock.loc[2018].to_dict() == {"refugees": 65, "asylum_seekers": 80, "other_protection": 400}
    assert stock.loc[2017, "refugees"] == 40
    assert pd.isna(stock.loc[2017, "other_protection"])


def test_rank_keeps_the_first_fifteen_and_mexico(fixtures: Path) -> None:
    """New claims alone are ranked; Mexico is kept although it is not among the first fifteen."""
    rank = unhcr.rank(fixtures).query("year == 2024").sort_values("rank")
    assert rank["rank"].tolist() == [*range(1, 16), 18]
    assert rank.iloc[0][["country", "claims"]].tolist() == ["CAN", 1300]
    assert rank.iloc[-1][["country", "claims"]].tolist() == ["MEX", 115]


def test_displaced_persons_are_added_by_state(fixtures: Path) -> None:
    """Kinds of locality are added; "México" is the state, never the country; refugees are left out."""
    rows = unhcr.displaced(fixtures)
    states = rows[rows["state_code"] != "MEX"]
    assert states[["year", "state_code", "persons"]].to_numpy().tolist() == [[2025, "MX-MEX", 45], [2025, "MX-QUE", 15]]


def test_the_country_has_its_displaced_persons_in_each_year_with_a_number(fixtures: Path) -> None:
    """They are repeated from year to year, and a zero, which other rows have too, is no number."""
    rows = unhcr.displaced(fixtures)
    country = rows[rows["state_code"] == "MEX"]
    assert country.set_index("year")["persons"].to_dict() == {2024: 60, 2025: 60}


def test_displaced_persons_outside_a_state_stop_the_adapter(fixtures: Path, tmp_path: Path) -> None:
    """A place that is no state is an error that names it."""
    shutil.copytree(fixtures / "unhcr-rdf", tmp_path / "unhcr-rdf")
    file = tmp_path / unhcr.DEMOGRAPHICS
    file.write_text(file.read_text(encoding="utf-8").replace("Querétaro de Arteaga", "Nowhere"), encoding="utf-8")
    with pytest.raises(SourceError, match=r"placed in 'Nowhere \[Admin 1\]', which is no state"):
        dict(unhcr.tables(tmp_path))


def test_a_renamed_column_stops_the_adapter(fixtures: Path, tmp_path: Path) -> None:
    """A column that UNHCR renamed is an error that names file and column."""
    shutil.copytree(fixtures / "unhcr-rdf", tmp_path / "unhcr-rdf")
    file = tmp_path / unhcr.APPLICATIONS
    file.write_text(file.read_text(encoding="utf-8").replace("applied", "applications"), encoding="utf-8")
    with pytest.raises(SourceError, match=r"asylum_applications_mexico\.csv: column 'applied' is missing"):
        dict(unhcr.tables(tmp_path))


def test_mexico_in_the_world(raw_folder: Path) -> None:
    """In the real file Mexico was third among countries of asylum in 2021, tenth in 2024, then eleventh."""
    rank = unhcr.rank(raw_folder).query("country == 'MEX'").set_index("year")["rank"]
    assert rank[[2021, 2024, 2025]].tolist() == [3, 10, 11]
