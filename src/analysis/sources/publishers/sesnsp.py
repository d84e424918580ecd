"""SESNSP: victims of trafficking in persons (trata) in the files of the state prosecutors.

Only aggregates leave this module: sex and age of the country, totals of the states, never crossed.
"""

from pathlib import Path
from typing import Final

import pandas as pd

from analysis.mexico.places import COUNTRY, STATES
from analysis.sources.publishers import conapo
from analysis.sources.raw.reading import SourceError, integers, read_columns
from analysis.values.measures import MIN_RATE_CASES

VICTIMS: Final = "sesnsp-victimas/trata_de_personas_victimas_2015_2025-06.csv"

CRIME: Final = "Trata de personas"
SEXES: Final = {"Mujer": "female", "Hombre": "male", "No identificado": "unknown"}
AGES: Final = {
    "Menores de edad (0-17)": "0-17",
    "Adultos (18 y más)": "18+",
    "No especificado": "unknown",
    "No identificado": "unknown",
}
CODES: Final = {str(int(item.inegi_code)): item.code for item in STATES}
PER: Final = 100_000


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in ``sesnsp-victimas`` and ``conapo-poblacion``.

    Raises:
        SourceError: If a raw file or a column is missing, or a crime, sex, age, state, month or number is not one.
    """
    rows = _victims(folder)
    return {
        "trafficking_victims_year": by_sex_and_age(rows),
        "trafficking_victims_month": by_month(rows),
        "trafficking_victims_state_year": by_state(rows, conapo.population(folder)),
    }


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
    whole = pd.MultiIndex.from_product([years, [item.code for item in STATES]], names=["year", "state_code"])
    states = sums.reindex(whole, fill_value=0).reset_index()
    country = states.groupby("year")["victims"].sum().reset_index().assign(state_code=COUNTRY)
    made = pd.concat([states, country], ignore_index=True)
    made = made.merge(population, on=["year", "state_code"], how="left")
    made["through"] = made["year"].map(_through(rows))
    rate = made["victims"].astype(float) / made["population"].astype(float) * PER
    made["per_100k"] = rate.where((made["through"].dt.month == 12) & (made["victims"] >= MIN_RATE_CASES))
    return made.drop(columns="population")


def _victims(folder: Path) -> pd.DataFrame:
    """Return the rows of the file with our words for sex, age, state and month."""
    named = {"genero": SEXES, "rango_de_edad": AGES, "cve_ent": CODES, "tipo_de_delito": {CRIME: CRIME}}
    raw = read_columns(folder, VICTIMS, ["n_year", "n_month", *named, "n_victimas"])
    ours = {column: _known(raw, column, words) for column, words in named.items()}
    year, month = integers(raw, VICTIMS, "n_year"), integers(raw, VICTIMS, "n_month")
    return pd.DataFrame(
        {
            "year": year,
            "month": pd.to_datetime({"year": year, "month": month, "day": 1}),
            "state_code": ours["cve_ent"],
            "sex": ours["genero"],
            "age_group": ours["rango_de_edad"],
            "victims": integers(raw, VICTIMS, "n_victimas"),
        }
    )


def _known(rows: pd.DataFrame, column: str, words: dict[str, str]) -> pd.Series:
    """Return a column in our words.

    Raises:
        SourceError: If the file has another word; the message names the file and the column.
    """
    found = rows[column].map(words)
    if found.isna().any():
        odd = rows.loc[found.isna(), column].iloc[0]
        raise SourceError(
            f"{VICTIMS}, column {column!r}: {odd!r} is not known; look at the file and adapt the adapter."
        )
    return found


def _through(rows: pd.DataFrame) -> pd.Series:
    """Return, by year, the last day that the file covers."""
    return rows.groupby("year")["month"].max() + pd.offsets.MonthEnd()
