"""INEGI, census 2020, extended questionnaire: persons born in another country, by state of residence.

A sample: its level is below the count of the basic questionnaire, so it serves to compare states.
"""

from pathlib import Path
from typing import Final

import pandas as pd

from analysis.mexico import COUNTRY
from analysis.sources.raw.reading import SourceError, read_columns
from analysis.sources.raw.tables import Tables

BIRTH: Final = "inegi-census-birth-return-states/indicadores_migracion_nacimiento_2020.csv"
CODE: Final = "Clave de la entidad"
POPULATION: Final = "Población total"
BORN_ABROAD: Final = "Nacida en otro país"
NATIONAL: Final = "000"
CENSUS: Final = 2020


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw file in its subfolder ``inegi-census-birth-return-states``.

    Raises:
        SourceError: If the raw file, a column or a state is missing, or a number is not a number.
    """
    return Tables(
        foreign_born_state_2020=lambda: foreign_born(folder),
    )


def foreign_born(folder: Path) -> pd.DataFrame:
    """Return year, state_code (or MEX), persons_sample, population_sample and per_1000 inhabitants."""
    rows = read_columns(folder, BIRTH, {CODE: str, POPULATION: int, BORN_ABROAD: int})
    codes = {NATIONAL: COUNTRY.code, **{f"0{item.inegi_code}": item.code for item in COUNTRY.states}}
    missing = sorted(set(codes) - set(rows[CODE]))
    if missing:
        raise SourceError(f"{BIRTH}, column {CODE!r}: {missing[0]!r} is missing; take the whole file.")
    rows = rows.rename(columns={BORN_ABROAD: "persons_sample", POPULATION: "population_sample"})
    rows["per_1000"] = rows["persons_sample"].astype(float) / rows["population_sample"].astype(float) * 1000
    return rows.assign(year=CENSUS, state_code=rows.pop(CODE).map(codes))
