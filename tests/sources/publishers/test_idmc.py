"""IDMC: displacements by conflict and by disasters."""

import shutil
from pathlib import Path

import pytest

from analysis.sources.publishers import idmc
from analysis.sources.raw.reading import SourceError


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
    assert disasters.T.to_dict("list") == {2015: [6050, 2], 2017: [237, 3], 2018: [16999, 3]}


def test_half_years_are_those_of_the_start_and_begin_in_2016(fixtures: Path) -> None:
    """30 June is in the first half, 1 July in the second; earlier years have only rough dates."""
    half = idmc.tables(fixtures)["disaster_displacement_half_year"]
    assert half.to_numpy().tolist() == [
        [2017, "first", 7, 1],
        [2017, "second", 230, 2],
        [2018, "second", 16999, 3],
    ]


def test_disasters_are_added_by_hazard_from_2016_on(fixtures: Path) -> None:
    """The flood and the storm of 2015 are left out, and the storms of 2018 are one row."""
    hazards = idmc.tables(fixtures)["displacement_hazard_year"]
    assert hazards.to_numpy().tolist() == [
        [2017, "earthquake", 200, 1],
        [2017, "storm", 7, 1],
        [2017, "wildfire", 30, 1],
        [2018, "storm", 16999, 3],
    ]


def test_large_disasters_have_names_of_ours(fixtures: Path) -> None:
    """Five thousand displacements are enough, one fewer is not; the largest of a year comes first."""
    events = idmc.tables(fixtures)["disaster_top_events"]
    assert events.to_numpy().tolist() == [
        [2018, "delta", "storm", 7000, "Huracán Delta", "Hurricane Delta"],
        [2018, "willa", "storm", 5000, "Huracán Willa", "Hurricane Willa"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "Hurricane Delta - invented",
            "Hurricane Unheard-of",
            "has no name of ours; add it to idmc.toml",
        ),
        ("Hurricane Delta - invented", "Hurricane Willa again", "both named 'willa'; tell them apart"),
        ("Wildfire", "Sandstorm", "'Sandstorm' is new; say in the adapter what it is"),
    ],
)
def test_a_disaster_that_we_cannot_name_stops_the_adapter(
    old: str, new: str, message: str, fixtures: Path, tmp_path: Path
) -> None:
    """A large disaster without a name of ours, two of one name, and an unknown hazard are errors."""
    shutil.copytree(fixtures / "idmc-gidd", tmp_path / "idmc-gidd")
    file = tmp_path / idmc.DISASTERS
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        dict(idmc.tables(tmp_path))
