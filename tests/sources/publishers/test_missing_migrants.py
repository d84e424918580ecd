"""IOM Missing Migrants: sums of dead and missing."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.mexico import COUNTRY
from analysis.sources.publishers import missing_migrants
from analysis.sources.raw.reading import SourceError


def test_areas_overlap(fixtures: Path) -> None:
    """A death on the Mexican bank counts in Mexico and on the border; one in Arizona on the border alone."""
    area = missing_migrants.by_area(missing_migrants.incidents(fixtures))
    sums = area.set_index(["year", "area"])["dead_and_missing"].to_dict()
    assert sums == {(2020, "mexico"): 10, (2020, "border"): 17, (2024, "mexico"): 8, (2025, "mexico"): 11}


def test_the_year_is_that_of_the_identifier(fixtures: Path) -> None:
    """A row without a date, and one whose identifier starts with a byte-order mark, keep their year."""
    incidents = missing_migrants.incidents(fixtures)
    assert incidents["year"].tolist() == [2020, 2020, 2024, 2025, 2025]


def test_the_api_replaces_the_download_for_its_year(fixtures: Path) -> None:
    """2025 comes from the answer of the API alone, to its last day anywhere in the world."""
    area = missing_migrants.by_area(missing_migrants.incidents(fixtures))
    (row,) = area[area["year"] == 2025].to_dict("records")
    assert (row["dead_and_missing"], row["source_id"]) == (11, "iom-mmp-2025-09")
    assert row["through"] == pd.Timestamp("2025-06-15")


def test_every_cause_stands_in_every_year(fixtures: Path) -> None:
    """A cause without incidents is zero; incidents outside Mexico do not count."""
    cause = missing_migrants.by_cause(missing_migrants.incidents(fixtures))
    wide = cause.pivot_table(index="year", columns="cause", values="dead_and_missing")
    assert wide.shape == (3, 7)
    assert wide.loc[2020, "drowning"] == 10
    assert wide.loc[2020, "violence"] == 0
    assert wide.loc[2024, "violence"] == 8


def test_every_state_stands_in_both_periods(fixtures: Path) -> None:
    """States without cases are zero, and no row is about a single year."""
    state = missing_migrants.by_state(missing_migrants.incidents(fixtures))
    assert set(state["state_code"]) == {*COUNTRY.state_codes, COUNTRY.unknown_state}
    assert len(state) == 66
    cases = state[state["dead_and_missing"] > 0].astype({"period_start": str, "period_end": str})
    assert sorted(cases.itertuples(index=False, name=None)) == [
        ("MX-CHP", 19, "2021-01-01", "2025-06-15"),
        ("MX-COA", 10, "2020-01-01", "2020-12-31"),
    ]


def test_a_new_cause_is_an_error(fixtures: Path, tmp_path: Path) -> None:
    """A cause that has no code yet is quoted, never put among the unknown."""
    shutil.copytree(fixtures / "iom-missing-migrants", tmp_path / "iom-missing-migrants")
    file = tmp_path / missing_migrants.DOWNLOAD
    file.write_text(file.read_text(encoding="utf-8").replace("Violence", "Lightning"), encoding="utf-8")
    with pytest.raises(SourceError, match="column 'cause': 'Lightning' is new"):
        dict(missing_migrants.tables(tmp_path))


def test_an_answer_of_another_year_is_an_error(fixtures: Path, tmp_path: Path) -> None:
    """An answer of the API that holds other years would count them twice, so it is refused."""
    shutil.copytree(fixtures / "iom-missing-migrants", tmp_path / "iom-missing-migrants")
    file = tmp_path / missing_migrants.ANSWER_2025
    rows = json.loads(file.read_text(encoding="utf-8"))
    rows[0]["web_id"] = "2024.MMP9101"
    file.write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(SourceError, match="not all incidents are of 2025"):
        dict(missing_migrants.tables(tmp_path))


def test_most_of_the_dead_can_be_placed(raw_folder: Path) -> None:
    """In the download of April 2025 the text gives a state for nine in ten of the dead in Mexico."""
    rows = missing_migrants._download(raw_folder)
    inside = rows[rows["country"] == missing_migrants.MEXICO]
    states = inside.groupby(inside["location"].map(missing_migrants.state_in_text))["dead_and_missing"].sum()
    assert states.sum() == 2405
    assert states[COUNTRY.unknown_state] / states.sum() < 0.1
    assert states.drop(COUNTRY.unknown_state).nlargest(3).index.tolist() == ["MX-COA", "MX-TAM", "MX-CHP"]
    causes = inside.groupby("cause")["dead_and_missing"].sum()
    assert causes["Drowning"] == 830
    assert causes["Vehicle accident / death linked to hazardous transport"] == 726
