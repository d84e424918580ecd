"""US Customs and Border Protection: encounters at the southwest land border, by US fiscal year and month.

The unit is the encounter, an event: a person may have several. The files overlap by a fiscal year, which is
taken from the later one.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.sources.package import codes_beside
from analysis.sources.raw.reading import SourceError, known, read_columns
from analysis.sources.raw.tables import Tables

# From the older to the newer file.
FILES: Final = (
    "cbp-southwest-border-encounters/sbo-encounters-fy19-fy22.csv",
    "cbp-southwest-border-encounters/sbo-encounters-fy22-fy25-aug.csv",
)
_CODES: Final = codes_beside(__file__)
CITIZENSHIP: Final = _CODES["citizenship"]
AUTHORITIES: Final = _CODES["authorities"]
COMPONENTS: Final = _CODES["components"]
MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
OCTOBER: Final = 10


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in ``cbp-southwest-border-encounters``.

    Raises:
        SourceError: If a raw file or a column is missing, or a month, group or number is not as expected.
    """
    rows = cache(lambda: encounters(folder))
    return Tables(us_encounters_fy=lambda: by_fiscal_year(rows()), title42_month=lambda: expulsions(rows()))


def by_fiscal_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Return fiscal_year, authority, nationality, through (the last day that the file covers) and encounters."""
    dated = rows.assign(through=rows.groupby("fiscal_year")["month"].transform("max") + pd.offsets.MonthEnd(0))
    by = ["fiscal_year", "authority", "nationality", "through"]
    return dated.groupby(by)["encounters"].sum().reset_index()


def expulsions(rows: pd.DataFrame) -> pd.DataFrame:
    """Return month, component and expulsions under Title 42."""
    found = rows[rows["authority"] == "title_42"].rename(columns={"encounters": "expulsions"})
    return found.groupby(["month", "component"])["expulsions"].sum().reset_index()


def encounters(folder: Path) -> pd.DataFrame:
    """Return fiscal_year, month, component, authority, nationality and encounters, each fiscal year once."""
    parts = [_file(folder, name) for name in FILES]
    newer = set(parts[1]["fiscal_year"])
    older = parts[0][~parts[0]["fiscal_year"].isin(newer)]
    return pd.concat([older, parts[1]], ignore_index=True)


def _file(folder: Path, name: str) -> pd.DataFrame:
    raw: dict[str, tuple[str, dict[str, Any]]] = {
        "component": ("Component", COMPONENTS),
        "authority": ("Title of Authority", AUTHORITIES),
        "nationality": ("Citizenship Grouping", CITIZENSHIP),
        "number": ("Month (abbv)", {month: number for number, month in enumerate(MONTHS, start=1)}),
    }
    columns = dict.fromkeys(["Fiscal Year", *(column for column, _ in raw.values())], str)
    rows = read_columns(folder, name, {**columns, "Encounter Count": float})
    made = pd.DataFrame({key: known(rows, name, column, words) for key, (column, words) in raw.items()})
    made["fiscal_year"] = rows["Fiscal Year"].map(lambda text: _fiscal_year(name, text))
    year = made["fiscal_year"] - (made["number"] >= OCTOBER)
    made["month"] = pd.to_datetime(pd.DataFrame({"year": year, "month": made["number"], "day": 1}))
    made["encounters"] = rows["Encounter Count"]
    return made.drop(columns="number")


def _fiscal_year(name: str, text: str) -> int:
    """Return 2025 for "2025 (FYTD)", the mark of a year still running."""
    found = re.fullmatch(r"(\d{4})( \(FYTD\))?", text)
    if not found:
        raise SourceError(f"{name}, column 'Fiscal Year': {text!r} is not a fiscal year; correct the file.")
    return int(found[1])
