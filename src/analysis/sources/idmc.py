"""IDMC, Global Internal Displacement Database: displacements in Mexico by conflict and violence, and by disasters."""

from pathlib import Path
from typing import Final

import pandas as pd

from analysis.sources.reading import dates, integers, read_csv

CONFLICT: Final = "idmc-gidd/mexico_internal_displacements_conflict_idps.csv"
DISASTERS: Final = "idmc-gidd/mexico_internal_displacements_disasters.csv"


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in its subfolder ``idmc-gidd``.

    Raises:
        SourceError: If a raw file or a column is missing, or a number or a date is not one.
    """
    disasters = _disasters(folder)
    return {
        "displacement_year": displacement_year(_conflict(folder), disasters),
        "disaster_displacement_half_year": disaster_displacement_half_year(disasters),
    }


def displacement_year(conflict: pd.DataFrame, disasters: pd.DataFrame) -> pd.DataFrame:
    """Return year, cause, displacements (movements), events (disasters only), stock (people on 31 December)."""
    by_year = disasters.groupby("year")["displacements"].agg(["sum", "size"]).reset_index()
    by_year = by_year.rename(columns={"sum": "displacements", "size": "events"}).assign(cause="disasters")
    frame = pd.concat([conflict.assign(cause="conflict"), by_year]).sort_values(["year", "cause"])
    columns = ["displacements", "events", "stock"]
    frame[columns] = frame[columns].astype("Int64")
    return frame[["year", "cause", *columns]].reset_index(drop=True)


def disaster_displacement_half_year(disasters: pd.DataFrame) -> pd.DataFrame:
    """Return year, half (of the start of the disaster), displacements and events, from 2016 on.

    Before 2016 many disasters are dated 1 January because only their year is known.
    """
    recent = disasters[disasters["year"] >= 2016]
    half = recent["start"].dt.month.le(6).map({True: "first", False: "second"}).rename("half")
    sums = recent.groupby(["year", half])["displacements"].agg(["sum", "size"]).reset_index()
    return sums.rename(columns={"sum": "displacements", "size": "events"})


def _conflict(folder: Path) -> pd.DataFrame:
    """Return the yearly rows; a zero without its rounded value means that nobody counted."""
    columns = ["year", "new_displacement", "new_displacement_rounded", "total_displacement"]
    rows = read_csv(folder, CONFLICT, columns)
    counted = rows["new_displacement_rounded"] != ""
    return pd.DataFrame(
        {
            "year": integers(rows, CONFLICT, "year"),
            "displacements": integers(rows, CONFLICT, "new_displacement").where(counted),
            "stock": integers(rows, CONFLICT, "total_displacement"),
        }
    )


def _disasters(folder: Path) -> pd.DataFrame:
    """Return one row a disaster: year, start, displacements; it stays inside this module."""
    rows = read_csv(folder, DISASTERS, ["year", "start_date", "new_displacement"])
    return pd.DataFrame(
        {
            "year": integers(rows, DISASTERS, "year"),
            "start": dates(rows, DISASTERS, "start_date"),
            "displacements": integers(rows, DISASTERS, "new_displacement"),
        }
    )
