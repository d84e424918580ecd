"""SESNSP: victims of trafficking in persons (trata) in the files of the state prosecutors.

Only aggregates leave this module: sex and age of the country, totals of the states, never crossed.
"""

from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.mexico import COUNTRY
from analysis.sources.package import codes_beside
from analysis.sources.publishers import conapo
from analysis.sources.raw.reading import known, read_columns
from analysis.sources.raw.tables import Tables
from analysis.values.measures import MIN_RATE_CASES

VICTIMS: Final = "sesnsp-victimas/trata_de_personas_victimas_2015_2025-06.csv"

CRIME: Final = "Trata de personas"
_CODES: Final = codes_beside(__file__)
SEXES: Final = _CODES["sexes"]
AGES: Final = _CODES["ages"]
CODES: Final = {str(int(item.inegi_code)): item.code for item in COUNTRY.states}
PER: Final = 100_000


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in ``sesnsp-victimas`` and ``conapo-poblacion``.

    Raises:
        SourceError: If a raw file or a column is missing, or a crime, sex, age, state, month or number is not one.
    """
    rows = cache(lambda: _victims(folder))
    return Tables(
        trafficking_victims_year=lambda: by_sex_and_age(rows()),
        trafficking_victims_month=lambda: by_month(rows()),
        trafficking_victims_state_year=lambda: by_state(rows(), conapo.population(folder)),
    )


def by_sex_and_age(rows: pd.DataFrame) -> pd.DataFrame:
    """Return year, sex, age_group, victims and through, of the whole country."""
    sums = rows.groupby(["year", "sex", "age_group"])["victims"].sum().reset_index()
    return sums.assign(through=sums["year"].map(_through(rows)))


def by_month(rows: pd.DataFrame) -> pd.DataFrame:
    """Return month and victims of the whole country; a month without a row has none."""
    sums = rows.groupby("month")["victims"].sum()
    months = pd.date_range(sums.index.min(), sums.index.max(), freq="MS", name="month")
    return sums.reindex(months, fill_value=0).reset_index()


def by_state(rows: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Return year, state_code (or MEX), victims, per_100k and through; a state without a row has none.

    The rate divides by the population in the middle of the year (CONAPO); an incomplete year has none, and
    neither have fewer than ten victims.
    """
    sums = rows.groupby(["year", "state_code"])["victims"].sum()
    years = pd.RangeIndex(rows["year"].min(), rows["year"].max() + 1)
    whole = pd.MultiIndex.from_product([years, [item.code for item in COUNTRY.states]], names=["year", "state_code"])
    states = sums.reindex(whole, fill_value=0).reset_index()
    country = states.groupby("year")["victims"].sum().reset_index().assign(state_code=COUNTRY.code)
    made = pd.concat([states, country], ignore_index=True)
    made = made.merge(population, on=["year", "state_code"], how="left")
    made["through"] = made["year"].map(_through(rows))
    rate = made["victims"].astype(float) / made["population"].astype(float) * PER
    made["per_100k"] = rate.where((made["through"].dt.month == 12) & (made["victims"] >= MIN_RATE_CASES))
    return made.drop(columns="population")


def _victims(folder: Path) -> pd.DataFrame:
    """Return the rows of the file with our words for sex, age, state and month."""
    named = {"genero": SEXES, "rango_de_edad": AGES, "cve_ent": CODES, "tipo_de_delito": {CRIME: CRIME}}
    numbers = dict.fromkeys(["n_year", "n_month", "n_victimas"], int)
    raw = read_columns(folder, VICTIMS, {**dict.fromkeys(named, str), **numbers})
    rows = raw.assign(**{column: known(raw, VICTIMS, column, words) for column, words in named.items()})
    rows["month"] = pd.to_datetime({"year": rows["n_year"], "month": rows["n_month"], "day": 1})
    ours = {"n_year": "year", "cve_ent": "state_code", "genero": "sex", "rango_de_edad": "age_group"}
    return rows.rename(columns={**ours, "n_victimas": "victims"})


def _through(rows: pd.DataFrame) -> pd.Series:
    """Return, by year, the last day that the file covers."""
    return rows.groupby("year")["month"].max() + pd.offsets.MonthEnd()
