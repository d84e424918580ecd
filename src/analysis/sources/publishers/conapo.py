"""CONAPO: mid-year population of the country and its states, and the states themselves."""

from pathlib import Path
from typing import Final

import pandas as pd

from analysis.foundation.words import plain
from analysis.mexico import COUNTRY
from analysis.sources.raw.reading import SourceError, known, read_columns
from analysis.sources.raw.tables import Tables

POPULATION: Final = "conapo-poblacion/conapo_pob_ent_gender_1950_2070.csv"
STATE_NAMES: Final = "conapo-poblacion/cve_nom_estados.csv"

BOTH_SEXES: Final = "Total"
NATIONAL: Final = "00"
YEARS: Final = range(2010, 2031)


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in its subfolder ``conapo-poblacion``.

    Raises:
        SourceError: If a raw file, a column or a state is missing, or a number is not a number.
    """
    return Tables(
        population_state_year=lambda: population(folder),
        states=lambda: states(folder),
    )


def population(folder: Path, years: range = YEARS) -> pd.DataFrame:
    """Return year, state_code (ISO 3166-2 or MEX) and population on 1 July of these years."""
    rows = read_columns(folder, POPULATION, {"n_year": int, "cve_ent": str, "genero": str, "pob_mid_year": int})
    rows = rows.rename(columns={"n_year": "year", "pob_mid_year": "population"})
    rows = rows[(rows["genero"] == BOTH_SEXES) & rows["year"].isin(years)].copy()
    codes = {NATIONAL: COUNTRY.code, **{item.inegi_code: item.code for item in COUNTRY.states}}
    rows["state_code"] = known(rows, POPULATION, "cve_ent", codes)
    return rows[["year", "state_code", "population"]]


def states(folder: Path) -> pd.DataFrame:
    """Return state_code, inegi_code, name and short_name of the 32 states, as the publisher lists them."""
    rows = read_columns(folder, STATE_NAMES, {"cve_ent": str, "nombre_estado": str})
    published = rows.set_index("cve_ent")["nombre_estado"]
    for item in COUNTRY.states:
        name = str(published.get(item.inegi_code, ""))
        if plain(name) != plain(item.short_name):
            raise SourceError(
                f"{STATE_NAMES}: the state {item.inegi_code} is {name!r}, states.csv says "
                f"{item.short_name!r}; make them agree."
            )
    return pd.DataFrame(
        [(item.code, item.inegi_code, item.name, item.short_name) for item in COUNTRY.states],
        columns=["state_code", "inegi_code", "name", "short_name"],
    )
