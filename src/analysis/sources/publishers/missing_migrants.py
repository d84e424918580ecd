"""IOM, Missing Migrants Project: people dead or missing in Mexico and on its border with the United States.

The publisher gives one row an incident. Only sums leave this module, and none of them joins a single year
with a place.
"""

import json
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.mexico import COUNTRY
from analysis.sources.package import codes_beside
from analysis.sources.publishers.locations import state_in_text
from analysis.sources.raw.reading import SourceError, integers, known, raw_file, read_columns, readable, typed_columns
from analysis.sources.raw.tables import Tables

DOWNLOAD: Final = "iom-missing-migrants/mexico_and_us_mexico_border_incidents_2014_2025-04.csv"
ANSWER_2025: Final = "iom-missing-migrants/api_2025_to_2025-09-08.json"
DOWNLOAD_ID: Final = "iom-mmp-2025-04"
ANSWER_ID: Final = "iom-mmp-2025-09"
ANSWER_YEAR: Final = 2025

MEXICO: Final = "Mexico"
BORDER_ROUTE: Final = "US-Mexico border crossing"
SECOND_PERIOD: Final = 2021  # the first year of the second of two periods

_CODES: Final = codes_beside(__file__)
CAUSES: Final = _CODES["causes"]

# The publisher's names in the download and in the answer of its API, and ours.
_DOWNLOAD_COLUMNS: Final = _CODES["columns_of_download"]
_ANSWER_COLUMNS: Final = _CODES["columns_of_answer"]


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in its subfolder ``iom-missing-migrants``.

    Raises:
        SourceError: If a raw file or a column is missing, or a number, year or cause is not as expected.
    """
    rows = cache(lambda: incidents(folder))
    return Tables(
        migrant_deaths_year_area=lambda: by_area(rows()),
        migrant_deaths_cause_year=lambda: by_cause(rows()),
        migrant_deaths_state_period=lambda: by_state(rows()),
    )


def incidents(folder: Path) -> pd.DataFrame:
    """Return the incidents of both files with year, through, source_id, dead_and_missing and texts.

    The answer of the API replaces the download for its year; `through` is the last day that the file covers
    of a year.
    """
    download = _download(folder)
    answer = _answer(folder)
    download = download[download["year"] < ANSWER_YEAR]
    rows = pd.concat([download, answer], ignore_index=True)
    ends = pd.to_datetime(rows["year"].astype(str) + "-12-31")
    rows["through"] = ends.where(rows["source_id"] == DOWNLOAD_ID, pd.to_datetime(answer["date"]).max())
    return rows


def by_area(rows: pd.DataFrame) -> pd.DataFrame:
    """Return year, area, dead_and_missing, through and source_id.

    The area "mexico" is the territory, "border" the route between Mexico and the United States on both sides:
    they overlap and must not be added.
    """
    areas = {"border": rows["route"] == BORDER_ROUTE, "mexico": rows["country"] == MEXICO}
    parts = [_sums(rows[chosen], ["year", "through", "source_id"]).assign(area=area) for area, chosen in areas.items()]
    return pd.concat(parts, ignore_index=True)


def by_cause(rows: pd.DataFrame) -> pd.DataFrame:
    """Return year, cause, dead_and_missing, through and source_id of Mexico, every cause in every year."""
    inside = rows[rows["country"] == MEXICO]
    coded = inside.assign(cause=known(inside, f"{DOWNLOAD} or {ANSWER_2025}", "cause", CAUSES))
    years = coded[["year", "through", "source_id"]].drop_duplicates()
    every = years.merge(pd.DataFrame({"cause": list(CAUSES.values())}), how="cross")
    sums = _sums(coded, ["year", "cause"])
    return every.merge(sums, how="left", on=["year", "cause"]).fillna({"dead_and_missing": 0})


def by_state(rows: pd.DataFrame) -> pd.DataFrame:
    """Return period_start, period_end, state_code and dead_and_missing: every state in two long periods.

    The state is read from the text of the place; "unknown" holds what cannot be placed.
    """
    inside = rows[rows["country"] == MEXICO]
    placed = inside.assign(state_code=inside["location"].map(state_in_text))
    later = placed["year"] >= SECOND_PERIOD
    parts = [
        _every_state(placed[~later], f"{rows['year'].min()}-01-01", f"{SECOND_PERIOD - 1}-12-31"),
        _every_state(placed[later], f"{SECOND_PERIOD}-01-01", rows["through"].max()),
    ]
    return pd.concat(parts, ignore_index=True)


def _every_state(placed: pd.DataFrame, start: str, end: str | pd.Timestamp) -> pd.DataFrame:
    sums = placed.groupby("state_code")["dead_and_missing"].sum()
    codes = [*sorted(COUNTRY.state_codes), COUNTRY.unknown_state]
    every = sums.reindex(codes, fill_value=0).rename_axis("state_code").reset_index()
    return every.assign(period_start=pd.Timestamp(start), period_end=pd.Timestamp(end))


def _sums(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return rows.groupby(by)["dead_and_missing"].sum().reset_index()


def _download(folder: Path) -> pd.DataFrame:
    rows = read_columns(folder, DOWNLOAD, dict.fromkeys(_DOWNLOAD_COLUMNS, str)).rename(columns=_DOWNLOAD_COLUMNS)
    return _typed(rows, DOWNLOAD).assign(source_id=DOWNLOAD_ID)


def _answer(folder: Path) -> pd.DataFrame:
    path = raw_file(folder, ANSWER_2025)
    with readable(ANSWER_2025):
        answer = pd.DataFrame(json.loads(path.read_text(encoding="utf-8")))
    rows = typed_columns(answer, ANSWER_2025, dict.fromkeys(_ANSWER_COLUMNS, str))
    typed = _typed(rows.rename(columns=_ANSWER_COLUMNS), ANSWER_2025).assign(source_id=ANSWER_ID)
    if set(typed["year"]) != {ANSWER_YEAR}:
        raise SourceError(f"{ANSWER_2025}, column 'web_id': not all incidents are of {ANSWER_YEAR}; adapt the adapter.")
    return typed


def _typed(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows with year and count as numbers.

    The year is that of the identifier ("2020.MMP01074"): some rows have no date, and some identifiers start
    with a byte-order mark.
    """
    rows["year"] = rows["id"].str.removeprefix("\ufeff").str[:4]
    rows["year"] = integers(rows, name, "year")
    rows["dead_and_missing"] = integers(rows, name, "dead_and_missing").fillna(0)
    return rows
