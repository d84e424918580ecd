"""World Bank: remittances as a share of GDP (WDI) and the cost of sending them (RPW)."""

import re
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.mexico import COUNTRY
from analysis.sources.raw.reading import SourceError, decimals, read_columns, read_table, typed_columns
from analysis.sources.raw.tables import Tables

WDI: Final = "worldbank-wdi-mexico/wdi_selected.csv"
COSTS: Final = "worldbank-rpw-corridors/rpw_average_total_cost_corridors.csv"

REMITTANCES: Final = "remin"
GDP: Final = "gdp"
# The publisher writes two spaces in this heading.
SENDER: Final = "Sending Countries Code"
RECEIVER: Final = "Receiving Countries  Code"
QUARTER: Final = re.compile(r"(\d{4})Q([1-4]) \[.*\]")
NO_DATA: Final = ".."


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in ``worldbank-wdi-mexico`` and ``worldbank-rpw-corridors``.

    Raises:
        SourceError: If a raw file or a column is missing, or a year or number is not one.
    """
    return Tables(
        remittances_gdp_year=lambda: share_of_gdp(folder),
        remittance_cost_quarter=lambda: costs(folder),
    )


def share_of_gdp(folder: Path) -> pd.DataFrame:
    """Return year, personal_remittances_usd, gdp_usd and share_pct of Mexico."""
    rows = read_columns(folder, WDI, {"geo": str, "var": str, "t": int, "v": float})
    rows = rows[(rows["geo"] == COUNTRY.code) & rows["var"].isin([REMITTANCES, GDP])]
    wide = rows.pivot(index="t", columns="var", values="v").dropna().reset_index()
    made = wide.rename(columns={"t": "year", REMITTANCES: "personal_remittances_usd", GDP: "gdp_usd"})
    made["share_pct"] = made["personal_remittances_usd"] / made["gdp_usd"] * 100
    return made[["year", "personal_remittances_usd", "gdp_usd", "share_pct"]]


def costs(folder: Path) -> pd.DataFrame:
    """Return quarter (its first day), corridor ("USA-MEX") and cost_pct; quarters without data have no row.

    Raises:
        SourceError: If the file has no column of a quarter, or a cost is not a number.
    """
    frame = read_table(folder, COSTS)
    quarters = [column for column in frame.columns if QUARTER.fullmatch(column)]
    if not quarters:
        raise SourceError(f"{COSTS}: no column is called like '2020Q3 [YR2020Q3]'; look at the file.")
    columns = dict.fromkeys([SENDER, RECEIVER, *quarters], str)
    rows = typed_columns(frame, COSTS, columns).melt([SENDER, RECEIVER], value_name="cost")
    rows = rows[~rows["cost"].isin([NO_DATA, ""])].reset_index(drop=True)
    return pd.DataFrame(
        {
            "quarter": rows["variable"].map(_first_day),
            "corridor": rows[SENDER] + "-" + rows[RECEIVER],
            "cost_pct": decimals(rows, COSTS, "cost"),
        }
    )


def _first_day(heading: str) -> pd.Timestamp:
    year, quarter = heading[:4], int(heading[5])
    return pd.Timestamp(int(year), 3 * quarter - 2, 1)
