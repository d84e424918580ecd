"""UPM (Segob), tables 3.1.1, 3.1.3 and 3.2.4 as compiled by IOM: events of irregular migration, and returns.

The unit is the event of a person in an irregular migration situation: a person may have several in a year.
Nationality and age come from two vintages of 2024, so their totals differ by 1,194 events that year.
"""

from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.mexico import COUNTRY
from analysis.sources.package import codes_beside
from analysis.sources.publishers.monthly import monthly, sums, yearly
from analysis.sources.raw.reading import known
from analysis.sources.raw.tables import Tables

NATIONALITY: Final = "iom-gdidata/irreg_mexico_nat.csv"
SEX_AGE: Final = "iom-gdidata/irreg_mexico_dmg.csv"
RETURNS: Final = "iom-gdidata/irreg_mexico_exp.csv"

_CODES: Final = codes_beside(__file__)
AGE_GROUPS: Final = _CODES["age_groups"]
ADULTS: Final = "18+"
RETURN_TYPES: Final = _CODES["return_types"]
SEXES: Final = _CODES["sexes"]
# The compilation writes Saint Lucia otherwise than ISO 3166-1.
NATIONALITY_CODES: Final = {"STL": "LCA"}


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in its subfolder ``iom-gdidata``.

    Raises:
        SourceError: If a raw file or a column is missing, or a month, number, sex or age is not as expected.
    """
    by_nationality = cache(lambda: monthly(folder, NATIONALITY, ["nat"]))
    by_sex_age = cache(lambda: sex_age(folder))
    return Tables(
        foreigners_returned_month=lambda: sums(monthly(folder, RETURNS, ["type"]), ["month"]),
        foreigners_returned_year=lambda: returns(folder, by_nationality()),
        irregular_events_month=lambda: sums(by_nationality(), ["month"]),
        irregular_events_nationality_year=lambda: nationality_year(by_nationality()),
        irregular_events_region_year=lambda: region_year(by_nationality()),
        irregular_events_sex_age_year=lambda: yearly(by_sex_age(), ["sex", "age_group"]),
        minors_events_month=lambda: minors(by_sex_age()),
    )


def minors(events: pd.DataFrame) -> pd.DataFrame:
    """Return month, age_group, sex and events of children and adolescents."""
    return sums(events[events["age_group"] != ADULTS], ["month", "age_group", "sex"])


def nationality_year(events: pd.DataFrame) -> pd.DataFrame:
    """Return year, nationality (ISO3, OOO for others), events and through.

    Rows of one month and nationality that stand in the file several times are added, never dropped: they are
    several rows of the bulletin that share a code.
    """
    coded = events.assign(nationality=events["nat"].replace(NATIONALITY_CODES))
    return yearly(coded, ["nationality"])


def region_year(events: pd.DataFrame) -> pd.DataFrame:
    """Return year, region (UN M49, as `COUNTRY.region` names them), events, share_pct of the year, and through."""
    made = yearly(events.assign(region=events["nat"].replace(NATIONALITY_CODES).map(COUNTRY.region)), ["region"])
    made["share_pct"] = made["events"] / made.groupby("year")["events"].transform("sum").astype(float) * 100
    return made


def returns(folder: Path, events: pd.DataFrame) -> pd.DataFrame:
    """Return year, type, events (of return), per_100_events (of irregular migration) and through.

    The rate is missing in years without events by nationality, and where the two files end in different months.
    """
    rows = monthly(folder, RETURNS, ["type"])
    made = yearly(rows.assign(type=known(rows, RETURNS, "type", RETURN_TYPES)), ["type"])
    base = yearly(events, []).rename(columns={"events": "base"})
    rated = made.merge(base, on=["year", "through"], how="left")
    rated["per_100_events"] = rated["events"].astype(float) / rated["base"].astype(float) * 100
    return rated.drop(columns="base")


def sex_age(folder: Path) -> pd.DataFrame:
    """Return month, sex, age_group ("0-11", "12-17", "18+") and events."""
    rows = monthly(folder, SEX_AGE, ["sex", "age"])
    sex, age_group = known(rows, SEX_AGE, "sex", SEXES), known(rows, SEX_AGE, "age", AGE_GROUPS)
    return rows.assign(sex=sex, age_group=age_group)
