"""IDMC, Global Internal Displacement Database: displacements in Mexico by conflict and violence, and by disasters."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.sources.package import codes_beside, read_metadata
from analysis.sources.raw.reading import SourceError, known, read_columns
from analysis.sources.raw.tables import Tables

CONFLICT: Final = "idmc-gidd/mexico_internal_displacements_conflict_idps.csv"
DISASTERS: Final = "idmc-gidd/mexico_internal_displacements_disasters.csv"

FIRST_YEAR_OF_DISASTERS: Final = 2016
"""Before it few disasters were recorded, and many are dated 1 January because only their year is known."""

LARGE: Final = 5000
"""Displacements from which a disaster is named."""

_CODES: Final = codes_beside(__file__)
HAZARDS: Final = _CODES["hazards"]

EVENTS: Final = read_metadata(Path(__file__).with_suffix(".toml"))["events"]


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in its subfolder ``idmc-gidd``.

    Raises:
        SourceError: If a raw file or a column is missing, or a number or a date is not one.
    """
    disasters = cache(lambda: _disasters(folder))
    return Tables(
        displacement_year=lambda: displacement_year(_conflict(folder), disasters()),
        disaster_displacement_half_year=lambda: disaster_displacement_half_year(disasters()),
        displacement_hazard_year=lambda: displacement_hazard_year(disasters()),
        disaster_top_events=lambda: disaster_top_events(disasters()),
    )


def displacement_year(conflict: pd.DataFrame, disasters: pd.DataFrame) -> pd.DataFrame:
    """Return year, cause, displacements (movements), events (disasters only), stock (people on 31 December)."""
    by_cause = [conflict.assign(cause="conflict"), _sums(disasters, ["year"]).assign(cause="disasters")]
    frame = pd.concat(by_cause).sort_values(["year", "cause"])
    return frame[["year", "cause", "displacements", "events", "stock"]].reset_index(drop=True)


def disaster_displacement_half_year(disasters: pd.DataFrame) -> pd.DataFrame:
    """Return year, half (of the start of the disaster), displacements and events, from 2016 on.

    Before 2016 many disasters are dated 1 January because only their year is known.
    """
    recent = disasters[disasters["year"] >= FIRST_YEAR_OF_DISASTERS]
    half = recent["start"].dt.month.le(6).map({True: "first", False: "second"}).rename("half")
    return _sums(recent, ["year", half])


def displacement_hazard_year(disasters: pd.DataFrame) -> pd.DataFrame:
    """Return year, hazard, displacements and events, from 2016 on."""
    return _sums(disasters[disasters["year"] >= FIRST_YEAR_OF_DISASTERS], ["year", "hazard"])


def disaster_top_events(disasters: pd.DataFrame) -> pd.DataFrame:
    """Return year, event (our code), hazard, displacements and our names of the large disasters, from 2016 on.

    Raises:
        SourceError: If a large disaster has no name of ours, or two of a year have the same.
    """
    large = disasters[(disasters["year"] >= FIRST_YEAR_OF_DISASTERS) & (disasters["displacements"] >= LARGE)]
    named = pd.DataFrame([_named(label) for label in large["label"]], columns=["event", "name_es", "name_en"])
    frame = pd.concat([large.reset_index(drop=True), named], axis=1)
    if frame.duplicated(["year", "event"]).any():
        twice = frame.loc[frame.duplicated(["year", "event"]), "event"].iloc[0]
        raise SourceError(f"{DISASTERS}: two large disasters of one year are both named {twice!r}; tell them apart.")
    frame = frame.sort_values(["year", "displacements"], ascending=[True, False])
    return frame[["year", "event", "hazard", "displacements", "name_es", "name_en"]].reset_index(drop=True)


def _sums(disasters: pd.DataFrame, by: list[Any]) -> pd.DataFrame:
    """Return displacements and the number of disasters."""
    sums = disasters.groupby(by)["displacements"].agg(["sum", "size"]).reset_index()
    return sums.rename(columns={"sum": "displacements", "size": "events"})


def _named(label: str) -> tuple[str, str, str]:
    """Return our code and names of a large disaster."""
    found = [(event["code"], event["es"], event["en"]) for event in EVENTS if event["label"] in label]
    if len(found) != 1:
        raise SourceError(f"{DISASTERS}: the large disaster {label!r} has no name of ours; add it to idmc.toml.")
    return found[0]


def _conflict(folder: Path) -> pd.DataFrame:
    """Return the yearly rows; a zero without its rounded value means that nobody counted."""
    numbers = dict.fromkeys(["year", "new_displacement", "new_displacement_rounded", "total_displacement"], int)
    rows = read_columns(folder, CONFLICT, numbers)
    counted = rows["new_displacement"].where(rows.pop("new_displacement_rounded").notna())
    return rows.assign(new_displacement=counted).rename(
        columns={"new_displacement": "displacements", "total_displacement": "stock"}
    )


def _disasters(folder: Path) -> pd.DataFrame:
    """Return one row a disaster: year, start, label, hazard, displacements; it stays inside this module."""
    columns = {"year": int, "start_date": date, "event_name": str, "hazard_type_name": str, "new_displacement": int}
    rows = read_columns(folder, DISASTERS, columns)
    rows["hazard"] = known(rows, DISASTERS, "hazard_type_name", HAZARDS)
    return rows.rename(columns={"start_date": "start", "event_name": "label", "new_displacement": "displacements"})
