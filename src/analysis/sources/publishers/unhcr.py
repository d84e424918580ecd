"""UNHCR, Refugee Data Finder: asylum claims, decisions and protected population in Mexico.

Source of the method: the notes of the Refugee Data Finder (https://www.unhcr.org/refugee-
statistics/methodology/).
"""

from pathlib import Path

import pandas as pd

from analysis.mexico import COUNTRY, PlaceError
from analysis.sources.raw.reading import SourceError, raw_file, read_columns, read_r_data, typed_columns
from analysis.sources.raw.tables import Tables

APPLICATIONS = "unhcr-rdf/asylum_applications_mexico.csv"
DECISIONS = "unhcr-rdf/asylum_decisions_mexico.csv"
POPULATION = "unhcr-rdf/population_mexico.csv"
DEMOGRAPHICS = "unhcr-rdf/demographics_mexico.csv"
WORLD_APPLICATIONS = "unhcr-rdf/asylum_applications.rda"

NEW_CLAIM = "N"
DISPLACED = "IDP"
OF_A_STATE = " [Admin 1]"
FIRST_RANK_YEAR = 2013
RANKS_KEPT = 15

DECISION_COLUMNS = {
    "dec_recognized": "recognised",
    "dec_other": "complementary",
    "dec_rejected": "rejected",
    "dec_closed": "closed",
}
STOCK_COLUMNS = {
    "refugees": "refugees",
    "asylum_seekers": "asylum_seekers",
    "oip": "other_protection",
}


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in its subfolder ``unhcr-rdf``.

    Raises:
        SourceError: If a raw file or a column is missing, or a number is not a number.
    """
    return Tables(
        asylum_claims_year=lambda: claims(folder),
        asylum_decisions_year=lambda: decisions(folder),
        protection_stock_year=lambda: stock(folder),
        asylum_rank_year=lambda: rank(folder),
        idp_census_estimate_state=lambda: displaced(folder),
    )


def claims(folder: Path) -> pd.DataFrame:
    """Return year, nationality (ISO3) and claims (persons) in Mexico, all types of application."""
    return _sum_by_nationality(folder, APPLICATIONS, {"applied": "claims"})


def decisions(folder: Path) -> pd.DataFrame:
    """Return year, nationality (ISO3) and persons recognised, complementary, rejected and closed."""
    return _sum_by_nationality(folder, DECISIONS, DECISION_COLUMNS)


def stock(folder: Path) -> pd.DataFrame:
    """Return year and persons at 31 December: refugees, asylum_seekers and other_protection.

    A cell is missing where the publisher states nothing for the whole year, never zero.
    """
    rows = _in_mexico(folder, POPULATION, STOCK_COLUMNS)
    sums = rows.groupby("year")[list(STOCK_COLUMNS.values())].sum(min_count=1)
    return sums.reset_index()


def rank(folder: Path) -> pd.DataFrame:
    """Return year, country (ISO3), claims and rank of the first countries of asylum and of Mexico.

    New claims only. Persons and cases are added as the publisher recorded them: a case is one claim that may
    cover a family, so the few countries that report cases (the immigration courts of the United States, some
    years) are understated. Equal counts share the better rank.
    """
    world = read_r_data(raw_file(folder, WORLD_APPLICATIONS), WORLD_APPLICATIONS)
    columns = {"year": int, "coa_iso": str, "app_type": str, "applied": int}
    rows = typed_columns(world, WORLD_APPLICATIONS, columns).rename(columns={"applied": "claims"})
    rows = rows[(rows["app_type"] == NEW_CLAIM) & (rows["year"] >= FIRST_RANK_YEAR)]
    sums = rows.groupby(["year", "coa_iso"], as_index=False)["claims"].sum()
    sums["rank"] = sums.groupby("year")["claims"].rank(method="min", ascending=False).astype("Int64")
    kept: pd.DataFrame = sums[(sums["rank"] <= RANKS_KEPT) | (sums["coa_iso"] == "MEX")]
    return kept.rename(columns={"coa_iso": "country"})


def displaced(folder: Path) -> pd.DataFrame:
    """Return year, state_code and internally displaced persons: of the country, and of the states where it has them.

    The country (MEX) has a row for each year that the publisher gives a number for; the states are its parts, of the
    newest year alone. All ages and both sexes.

    Raises:
        SourceError: If a place is no state.
    """
    rows = _in_mexico(folder, POPULATION, {"idps": "persons"})
    country = rows.groupby("year", as_index=False)["persons"].sum()
    country = country[country["persons"] > 0].assign(state_code=COUNTRY.code)
    made: pd.DataFrame = pd.concat([_displaced_by_state(folder), country], ignore_index=True)
    return made


def _displaced_by_state(folder: Path) -> pd.DataFrame:
    columns = {"year": int, "coa_iso": str, "pop_type": str, "location": str, "total": int}
    rows = read_columns(folder, DEMOGRAPHICS, columns)
    rows = rows[(rows["coa_iso"] == "MEX") & (rows["pop_type"] == DISPLACED)]
    rows = rows.assign(state_code=rows["location"].map(_state))
    sums: pd.DataFrame = rows.groupby(["year", "state_code"])[["total"]].sum()
    return sums.reset_index().rename(columns={"total": "persons"})


def _state(location: str) -> str:
    """Return the code of a state, "México [Admin 1]" among them, which is never the country."""
    try:
        code = COUNTRY.normalise(location.removesuffix(OF_A_STATE)) if location.endswith(OF_A_STATE) else ""
    except PlaceError:
        code = ""
    if not code:
        raise SourceError(
            f"{DEMOGRAPHICS}: displaced persons are placed in {location!r}, which is no state; look at it."
        )
    return "MX-MEX" if code == COUNTRY.code else code


def _sum_by_nationality(folder: Path, name: str, columns: dict[str, str]) -> pd.DataFrame:
    rows = _in_mexico(folder, name, columns)
    rows = rows.rename(columns={"coo_iso": "nationality"})
    sums: pd.DataFrame = rows.groupby(["year", "nationality"])[list(columns.values())].sum()
    return sums.reset_index()


def _in_mexico(folder: Path, name: str, columns: dict[str, str]) -> pd.DataFrame:
    """Return the rows whose country of asylum is Mexico, with the number columns renamed and typed."""
    numbers = dict.fromkeys(["year", *columns], int)
    rows = read_columns(folder, name, {"coo_iso": str, "coa_iso": str, **numbers})
    return rows[rows["coa_iso"] == "MEX"].rename(columns=columns)
