"""UN DESA: born abroad in Mexico, and Mexicans abroad."""

from pathlib import Path

from analysis.sources.publishers import undesa


def test_born_abroad_by_country(fixtures: Path) -> None:
    """The sexes are added; the countries add up to the year."""
    tables = undesa.tables(fixtures)
    countries = tables["foreign_born_country_year"].set_index(["year", "country"])["persons"]
    assert countries.to_dict() == {(2020, "OOO"): 3, (2020, "USA"): 90}
    assert tables["foreign_born_year"].to_numpy().tolist() == [[2020, 93]]


def test_mexicans_abroad_and_of_them_in_the_usa(fixtures: Path) -> None:
    """All countries of residence, and the United States among them."""
    abroad = undesa.tables(fixtures)["mexicans_abroad_year"]
    assert abroad[["year", "persons", "in_usa"]].to_numpy().tolist() == [[2020, 1600, 1500]]


def test_the_total_of_the_earlier_edition_stands_alone(fixtures: Path) -> None:
    """The edition of 2020 gives its own total of people born abroad in Mexico, never mixed with the later one."""
    earlier = undesa.tables(fixtures)["foreign_born_edition_2020_year"]
    assert earlier[["year", "persons"]].to_numpy().tolist() == [[2020, 35]]
