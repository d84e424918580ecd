"""World Values Survey and Latinobarómetro: only what the report cites, and nothing that was not asked."""

import shutil
from pathlib import Path

import pytest

from analysis.sources.publishers import attitudes
from analysis.sources.raw.reading import SourceError


def test_the_zero_of_1981_is_no_answer(fixtures: Path) -> None:
    """Immigrants were not on the list of 1981: the row is left out, and so are other countries and questions."""
    wvs = attitudes.tables(fixtures)["attitudes_wvs_year"]
    assert sorted(wvs.itertuples(index=False, name=None)) == [
        (1990, "jobs_to_nationals", 80.0, 102),
        (1990, "not_as_neighbours", 11.5, 101),
        (2012, "jobs_to_nationals", 60.25, 103),
    ]


def test_the_median_is_that_of_the_countries_of_the_round(fixtures: Path) -> None:
    """Mexico counts among them; an item that was not asked in Mexico makes no row."""
    table = attitudes.tables(fixtures)["attitudes_latinobarometro_year"].set_index(["year", "item"])
    assert table.loc[(2020, "arrival_harms"), ["percent", "median", "countries"]].tolist() == [60.0, 55.0, 4]
    assert table.loc[(2024, "arrival_harms"), ["percent", "median", "countries"]].tolist() == [45.5, 45.5, 3]
    assert len(table) == 2


def test_a_round_is_published_when_it_was_presented(fixtures: Path) -> None:
    """The round of 2020 was presented in October 2021, that of 2024 in December of that year."""
    table = attitudes.tables(fixtures)["attitudes_latinobarometro_year"]
    days = table.set_index("year")["published"].dt.strftime("%Y-%m-%d").to_dict()
    assert days == {2020: "2021-10-31", 2024: "2024-12-20"}


def test_neighbours_stand_beside_those_who_did_not_answer(fixtures: Path) -> None:
    """Only the mention of immigrants, with the share that did not answer."""
    table = attitudes.tables(fixtures)["attitudes_neighbours_2024"].set_index("country")
    assert table.loc["MEX", ["percent", "answers", "no_answer"]].tolist() == [17.0, 80, 28.0]
    assert sorted(table.index) == ["ARG", "MEX"]


def test_a_round_of_unknown_date_is_refused(fixtures: Path, tmp_path: Path) -> None:
    """A new round needs the day of its presentation: without it, reports of earlier dates would see it."""
    shutil.copytree(fixtures / attitudes.FOLDER, tmp_path / attitudes.FOLDER)
    with (tmp_path / attitudes.ITEMS).open("a", encoding="utf-8") as file:
        file.write("MEX,2026,C_004_205,La llegada de inmigrantes PERJUDICA,40.0,90\n")
    with pytest.raises(SourceError, match="Latinobarómetro 2026: the adapter does not know when it was presented"):
        dict(attitudes.tables(tmp_path))


def test_no_row_is_about_a_person_and_no_other_country_has_a_series(data_folder: Path) -> None:
    """The committed tables hold results cited in the report: a few rows, and countries in one round only."""
    sizes = {
        name: len((data_folder / "tables" / f"{name}.csv").read_text(encoding="utf-8").splitlines()) - 1
        for name in ("attitudes_wvs_year", "attitudes_latinobarometro_year", "attitudes_neighbours_2024")
    }
    assert sizes == {"attitudes_wvs_year": 20, "attitudes_latinobarometro_year": 23, "attitudes_neighbours_2024": 17}
