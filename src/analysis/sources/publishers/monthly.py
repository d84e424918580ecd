"""Files of a month a row, as several publishers and compilations give them, and their sums by year."""

from datetime import date
from pathlib import Path

import pandas as pd

from analysis.sources.raw.reading import read_columns


def monthly(folder: Path, name: str, columns: list[str]) -> pd.DataFrame:
    """Return month, events and these columns of a file that calls them t and n.

    Raises:
        SourceError: If the file or a column is missing, or a month or number is not one.
    """
    rows = read_columns(folder, name, {"t": date, **dict.fromkeys(columns, str), "n": int})
    return rows.rename(columns={"t": "month", "n": "events"})


def yearly(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return yearly sums of events, with the last day that the file covers of each year (`through`)."""
    dated = rows.assign(year=rows["month"].dt.year)
    dated["through"] = dated.groupby("year")["month"].transform("max") + pd.offsets.MonthEnd(0)
    return sums(dated, ["year", *by, "through"])


def sums(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return sums of events."""
    return rows.groupby(by)["events"].sum().reset_index()
