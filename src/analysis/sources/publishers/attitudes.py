"""World Values Survey and Latinobarómetro: what people in Mexico say of immigrants, in results cited one by one.

The microdata may not be redistributed and the aggregates carry no licence: only the results that the report cites are
kept: Mexico by question and round, the median of the countries of each round, and one item of one round by country.
"""

from pathlib import Path
from typing import Final

import pandas as pd

from analysis.sources.package import codes_beside
from analysis.sources.raw.reading import SourceError, read_columns
from analysis.sources.raw.tables import Tables

FOLDER: Final = "wvs-latinobarometro-attitudes"
VALUES: Final = f"{FOLDER}/ivs_discrim_largo.csv"
ITEMS: Final = f"{FOLDER}/lb_migra_pais_ronda.csv"
NEIGHBOURS: Final = f"{FOLDER}/lb_vecinos_2024.csv"
NO_ANSWER: Final = f"{FOLDER}/lb_vecinos_2024_nsnr.csv"
NATIONAL: Final = "MEX"
_CODES: Final = codes_beside(__file__)
QUESTIONS: Final = _CODES["questions"]
LATINOBAROMETRO: Final = _CODES["questions_of_latinobarometro"]
# When Latinobarómetro presented a round; where press says the month only, its last day.
PRESENTED: Final = {2020: "2021-10-31", 2023: "2023-07-31", 2024: "2024-12-20"}
NOT_ASKED: Final = [("A124_06", 1981)]
"""Immigrants were not in the list shown in 1981: the zero in the file is no answer."""


def tables(folder: Path) -> Tables:
    """Return the tables of these surveys by name.

    Args:
        folder: The folder that holds the raw files in its subfolder ``wvs-latinobarometro-attitudes``.

    Raises:
        SourceError: If a raw file or a column is missing, a number is not one, or a round has no date of presentation.
    """
    return Tables(
        attitudes_wvs_year=lambda: attitudes_wvs_year(folder),
        attitudes_latinobarometro_year=lambda: attitudes_latinobarometro_year(folder),
        attitudes_neighbours_2024=lambda: attitudes_neighbours_2024(folder),
    )


def attitudes_wvs_year(folder: Path) -> pd.DataFrame:
    """Return year, question, percent and answers: Mexico alone, without what was not asked."""
    rows = read_columns(folder, VALUES, {"iso3": str, "year": int, "var": str, "pct": float, "n": int})
    rows = rows[(rows["iso3"] == NATIONAL) & rows["var"].isin(QUESTIONS)]
    frame = rows.drop(columns="iso3").rename(columns={"var": "question", "pct": "percent", "n": "answers"})
    asked = [pair not in NOT_ASKED for pair in zip(frame["question"], frame["year"], strict=True)]
    return frame[asked].replace({"question": QUESTIONS}).reset_index(drop=True)


def attitudes_latinobarometro_year(folder: Path) -> pd.DataFrame:
    """Return year, item, percent and answers of Mexico, the median of the countries of the round and their number."""
    rows = read_columns(folder, ITEMS, {"iso3": str, "ronda": int, "item": str, "pct_hostil": float, "n": int})
    rows = rows[rows["item"].isin(LATINOBAROMETRO)].replace({"item": LATINOBAROMETRO})
    ours = {"iso3": "country", "ronda": "year", "pct_hostil": "percent", "n": "answers"}
    frame = rows.rename(columns=ours)
    region = frame.groupby(["year", "item"])["percent"].agg(median="median", countries="size").reset_index()
    mexico = frame[frame["country"] == NATIONAL].drop(columns="country")
    joined = mexico.merge(region, on=["year", "item"])
    return joined.assign(published=_presented(joined["year"]))


def attitudes_neighbours_2024(folder: Path) -> pd.DataFrame:
    """Return year, country, percent who name immigrants, answers, and percent who named nobody or did not answer."""
    rows = read_columns(folder, NEIGHBOURS, {"iso3": str, "year": int, "cat": str, "pct": float, "n": int})
    rows = rows[rows["cat"] == "inmigrantes"].drop(columns="cat")
    silent = read_columns(folder, NO_ANSWER, {"iso3": str, "pct_NSNR_bateria": float})
    joined = rows.merge(silent, on="iso3", how="left")
    ours = {"iso3": "country", "pct": "percent", "n": "answers", "pct_NSNR_bateria": "no_answer"}
    return joined.rename(columns=ours).assign(published=_presented(joined["year"]))


def _presented(years: pd.Series) -> pd.Series:
    """Return the day on which each round was presented."""
    unknown = sorted({int(year) for year in years} - set(PRESENTED))
    if unknown:
        raise SourceError(
            f"Latinobarómetro {unknown[0]}: the adapter does not know when it was presented; add the date to PRESENTED."
        )
    return pd.to_datetime(years.astype(int).map(PRESENTED))
