"""UN DESA, International Migrant Stock 2024: who was born abroad in Mexico, and Mexicans abroad, in mid-year.

The total of the edition of 2020 stands in a table of its own, to show what the later edition revised.
"""

from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.mexico import COUNTRY
from analysis.sources.raw.reading import read_columns
from analysis.sources.raw.tables import Tables

STOCK: Final = "undesa-migrant-stock/undesa_stocks_mexico.csv"
EDITION_2020: Final = "undesa-migrant-stock/undesa_stocks_2020_mexico.csv"
USA: Final = "USA"


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in its subfolder ``undesa-migrant-stock``.

    Raises:
        SourceError: If a raw file or a column is missing, or a number is not a number.
    """
    rows = cache(lambda: _stocks(folder, STOCK))
    return Tables(
        foreign_born_edition_2020_year=lambda: _sums(_in_mexico(_stocks(folder, EDITION_2020)), ["year"]),
        foreign_born_year=lambda: _sums(_in_mexico(rows()), ["year"]),
        foreign_born_country_year=lambda: _sums(_in_mexico(rows()), ["year", "country"]),
        mexicans_abroad_year=lambda: mexicans_abroad(rows()[rows()["from"] == COUNTRY.code]),
    )


def _in_mexico(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["geo"] == COUNTRY.code].rename(columns={"from": "country"})


def mexicans_abroad(rows: pd.DataFrame) -> pd.DataFrame:
    """Return year, persons (born in Mexico, living in any other country) and in_usa (of them, in the USA)."""
    everywhere = _sums(rows, ["year"])
    in_usa = _sums(rows[rows["geo"] == USA], ["year"]).rename(columns={"persons": "in_usa"})
    return everywhere.merge(in_usa, on="year", how="left")


def _stocks(folder: Path, name: str) -> pd.DataFrame:
    rows = read_columns(folder, name, {"geo": str, "t": int, "from": str, "n": int})
    return rows.rename(columns={"t": "year", "n": "persons"})


def _sums(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return sums over the sexes, and over what is not in ``by``."""
    return rows.groupby(by)["persons"].sum().reset_index()
