"""IDMC: displacements by conflict and by disasters."""

from pathlib import Path

from analysis.sources import idmc


def test_a_zero_that_nobody_counted_is_no_figure(fixtures: Path) -> None:
    """A zero without its rounded value is empty; the stock of that year stays."""
    year = idmc.tables(fixtures)["displacement_year"]
    conflict = year[year["cause"] == "conflict"].set_index("year")
    assert conflict["displacements"].isna().tolist() == [True, False]
    assert conflict["stock"].tolist() == [900, 1000]


def test_disasters_of_a_year_are_added(fixtures: Path) -> None:
    """Displacements are summed and disasters counted."""
    year = idmc.tables(fixtures)["displacement_year"]
    disasters = year[year["cause"] == "disasters"].set_index("year")[["displacements", "events"]]
    assert disasters.T.to_dict("list") == {2015: [50, 1], 2017: [237, 3]}


def test_half_years_are_those_of_the_start_and_begin_in_2016(fixtures: Path) -> None:
    """30 June is in the first half, 1 July in the second; earlier years have only rough dates."""
    half = idmc.tables(fixtures)["disaster_displacement_half_year"]
    assert half.to_numpy().tolist() == [[2017, "first", 7, 1], [2017, "second", 230, 2]]
