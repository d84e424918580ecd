"""Panama, Honduras and Guatemala as compiled by IOM: the Darién, irregular entries, returns of Guatemalans.

The units differ: transits and entries are events of persons who cross, returns are events of persons received.
"""

from pathlib import Path
from typing import Final

import pandas as pd

from analysis.sources.publishers.monthly import monthly, yearly
from analysis.sources.raw.reading import known
from analysis.sources.raw.tables import Tables

DARIEN: Final = "iom-gdidata/irreg_darien_nat.csv"
HONDURAS: Final = "iom-gdidata/irreg_honduras.csv"
GUATEMALA: Final = "iom-gdidata/irreg_guatemala.csv"

# Up to this year the file of the Darién has one row a nationality and year, dated 1 January.
LAST_YEARLY: Final = 2019
ORIGINS: Final = {"MEX": "MEX", "USA": "USA"}
# From this year on the file leaves the origin empty where it is the USA.
FIRST_EMPTY_ORIGIN: Final = 2024


def tables(folder: Path) -> Tables:
    """Return the tables of this compilation by name.

    Args:
        folder: The folder that holds the raw files in its subfolder ``iom-gdidata``.

    Raises:
        SourceError: If a raw file or a column is missing, or a month, number or origin is not as expected.
    """
    return Tables(
        darien_year=lambda: darien(folder),
        guatemala_returns_year=lambda: guatemala(folder),
        honduras_entries_year=lambda: yearly(monthly(folder, HONDURAS, []), []).rename(columns={"events": "entries"}),
    )


def darien(folder: Path) -> pd.DataFrame:
    """Return year, transits and through; years up to 2019 were published whole."""
    made = yearly(monthly(folder, DARIEN, []), []).rename(columns={"events": "transits"})
    whole = made["year"] <= LAST_YEARLY
    made.loc[whole, "through"] = pd.to_datetime(made.loc[whole, "year"].astype(str) + "-12-31")
    return made


def guatemala(folder: Path) -> pd.DataFrame:
    """Return year, country that returned (MEX or USA), returns and through."""
    rows = monthly(folder, GUATEMALA, ["origin"])
    empty = (rows["origin"] == "") & (rows["month"].dt.year >= FIRST_EMPTY_ORIGIN)
    rows["origin"] = rows["origin"].mask(empty, "USA")
    rows["country"] = known(rows, GUATEMALA, "origin", ORIGINS)
    return yearly(rows, ["country"]).rename(columns={"events": "returns"})
