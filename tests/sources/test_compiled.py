"""The compiled tables against the figures that they were typed in from."""

import calendar
from pathlib import Path

import pandas as pd
import pytest

from analysis.places import normalise

# Table, its figures file, the indicators, the column of the value.
COMPILED = [
    (
        "crimes_against_migrants_period",
        "violence_against_migrants.csv",
        ["crimes_against_irregular_migrants_upm"],
        "crimes",
    ),
    ("asylum_office_period", "asylum_comar.csv", ["asylum_claims"], "claims"),
    (
        "missing_registry_period",
        "migrant_deaths_disappearances.csv",
        ["missing_migrants_registry", "missing_migrants_reported_by_families"],
        "persons",
    ),
    (
        "voluntary_returns_cumulative",
        "oim_mexico_programme.csv",
        ["assisted_voluntary_returns_cumulative"],
        "persons",
    ),
]
NATIONALITIES = {
    "CAN": "Canada",
    "COL": "Colombia",
    "CUB": "Cuba",
    "ECU": "Ecuador",
    "GTM": "Guatemala",
    "HND": "Honduras",
    "NIC": "Nicaragua",
    "SLV": "El_Salvador",
    "USA": "United_States",
    "VEN": "Venezuela",
}


def _text(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _last_day(period: str) -> str:
    end = period.split("/")[-1]
    if len(end) == 4:
        return f"{end}-12-31"
    if len(end) == 7:
        return f"{end}-{calendar.monthrange(int(end[:4]), int(end[5:]))[1]}"
    return end


@pytest.mark.parametrize(("table", "file", "indicators", "value"), COMPILED)
def test_each_row_is_a_figure_with_its_address(
    table: str, file: str, indicators: list[str], value: str, data_folder: Path, figures_folder: Path
) -> None:
    """Value, address, publisher, end of the period and audit note of each row are those of one figure."""
    figures = _text(figures_folder / file)
    figures = figures[figures["indicator"].isin(indicators)]
    known = {
        (row["value"], row["url"], row["publisher"], _last_day(row["period"])): row["note"]
        for row in figures.to_dict("records")
    }
    for row in _text(data_folder / "compiled" / f"{table}.csv").to_dict("records"):
        key = (row[value], row["url"], row["publisher"], row["period_end"])
        assert key in known
        assert row["note"].startswith(known[key])


@pytest.mark.parametrize(("table", "file", "indicators", "value"), COMPILED)
def test_doubtful_figures_are_not_taken(
    table: str, file: str, indicators: list[str], value: str, data_folder: Path
) -> None:
    """No row bears the marks of a figure that must not be used."""
    notes = _text(data_folder / "compiled" / f"{table}.csv")["note"]
    assert not notes.str.contains("DO NOT USE|DOUBTFUL").any()


@pytest.mark.parametrize(("table", "file", "indicators", "value"), COMPILED[:3])
def test_places_and_nationalities_are_those_of_the_figures(
    table: str, file: str, indicators: list[str], value: str, data_folder: Path, figures_folder: Path
) -> None:
    """The state of a row is that of its figure, and so are nationality, sex, crime, age and office."""
    figures = _text(figures_folder / file)
    figures = figures[figures["indicator"].isin(indicators)]
    pairs = {
        (row["value"], row["url"], normalise(row["geography"]), row["breakdown"].partition("=")[2])
        for row in figures.to_dict("records")
    }
    for row in _text(data_folder / "compiled" / f"{table}.csv").to_dict("records"):
        wanted = row.get("place") or row.get("category", "")
        wanted = NATIONALITIES.get(wanted, wanted)
        names = {
            name
            for number, url, code, name in pairs
            if (number, url, code) == (row[value], row["url"], row["state_code"])
        }
        assert names
        assert wanted in {*names, "total", ""}
