"""US Department of State: work visas issued to Mexicans, by US fiscal year (October to September).

The official yearly table ends with one fiscal year; later years are sums of the monthly reports, which the
publisher does not promise to equal the yearly table, so each row says what it is.
"""

from pathlib import Path
from typing import Final

import pandas as pd

from analysis.sources.raw.reading import SourceError, dates, integers, read_columns
from analysis.sources.raw.tables import Tables

YEARLY: Final = "us-state-niv-detail/niv_mexico_and_world_by_class_fy1997_fy2023.csv"
MONTHLY: Final = "us-state-niv-monthly/niv_monthly_mexico.csv"

# Returning H-2B workers had a class of their own, H2R, in fiscal years 2005 to 2007.
CLASSES: Final = {"H2A": "H2A", "H2B": "H2B", "H2R": "H2B", "TN": "TN"}
MEXICO: Final = "Mexico"
WORLD: Final = "World total"
YEARLY_TABLE: Final = "yearly_table"
SUM_OF_MONTHS: Final = "sum_of_months"


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in ``us-state-niv-detail`` and ``us-state-niv-monthly``.

    Raises:
        SourceError: If a raw file, a column or a class of visas is missing, or a month or number is not one.
    """
    return Tables(us_work_visas_year=lambda: work_visas(folder))


def work_visas(folder: Path) -> pd.DataFrame:
    """Return the visas of the publisher's yearly table, and of the later years the sums of its months."""
    official = yearly(folder)
    later = monthly_sums(folder, int(official["fiscal_year"].max()))
    return pd.concat([official, later], ignore_index=True)


def yearly(folder: Path) -> pd.DataFrame:
    """Return fiscal_year, visa_class, visas, mexico_share_pct (of the world), basis and through."""
    rows = read_columns(folder, YEARLY, {"fiscal_year": str, "row_label": str, "visa_class": str, "issued": int})
    rows = rows[rows["visa_class"].isin(CLASSES)].replace({"visa_class": CLASSES})
    rows["fiscal_year"] = integers(rows.assign(text=rows["fiscal_year"].str.removeprefix("FY")), YEARLY, "text")
    sums = rows.groupby(["fiscal_year", "visa_class", "row_label"])["issued"].sum().unstack()
    if {MEXICO, WORLD} - set(sums.columns):
        raise SourceError(f"{YEARLY}, column 'row_label': {MEXICO!r} or {WORLD!r} is missing; look at the file.")
    made = sums.reset_index().rename(columns={MEXICO: "visas"})
    made["mexico_share_pct"] = made["visas"] / made[WORLD] * 100
    made["basis"] = YEARLY_TABLE
    made["through"] = pd.to_datetime(made["fiscal_year"].astype(str) + "-09-30")
    return made.drop(columns=WORLD)


def monthly_sums(folder: Path, after: int) -> pd.DataFrame:
    """Return the same columns for the fiscal years after one: sums of months, without a share of the world."""
    rows = read_columns(folder, MONTHLY, {"month": str, "visa_class": str, "issuances": int})
    rows = rows.rename(columns={"issuances": "visas"})
    rows = rows[rows["visa_class"].isin(CLASSES)].replace({"visa_class": CLASSES})
    month = dates(rows.assign(month=rows["month"] + "-01"), MONTHLY, "month")
    rows["fiscal_year"] = month.dt.year + (month.dt.month >= 10)
    rows["through"] = month.groupby(rows["fiscal_year"]).transform("max") + pd.offsets.MonthEnd(0)
    sums = rows[rows["fiscal_year"] > after].groupby(["fiscal_year", "visa_class", "through"])["visas"].sum()
    return sums.reset_index().assign(mexico_share_pct=float("nan"), basis=SUM_OF_MONTHS)
