"""Banco de México: family remittances by month, by state of payment, and by country and US state of origin.

Values are current US dollars, in millions. Real pesos are pesos of 2025: dollars at the mean FIX rate of the
month, divided by the consumer price index (INPC) of the month and multiplied by the mean index of 2025.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.mexico import COUNTRY
from analysis.sources.publishers import conapo
from analysis.sources.raw.addresses import RawFile
from analysis.sources.raw.convert import as_csv, json_value
from analysis.sources.raw.reading import SourceError, known, read_columns
from analysis.sources.raw.tables import Tables

MONTHS: Final = "banxico-remesas/remesas_mensuales.csv"
BY_STATE: Final = "banxico-remesas/remesas_entidad.csv"
BY_COUNTRY: Final = "banxico-remesas/remesas_pais.csv"
BY_US_STATE: Final = "banxico-remesas/remesas_usa.csv"
PRICES: Final = "banxico-remesas/IPC.csv"
EXCHANGE_RATE: Final = "banxico-remesas/USDMXN.csv"

INFLOW: Final = "1"
OUTFLOW: Final = "2"
NOT_AVAILABLE: Final = "N/E"
MILLION: Final = 1_000_000
BASE_YEAR: Final = 2025
POPULATION_YEARS: Final = range(2003, 2031)
# Not identified: the publisher's codes beside those of this package.
ORIGIN_CODES: Final = {"XXX": "UNK", "XX": "UNK"}


def tables(folder: Path) -> Tables:
    """Return the tables of this publisher by name.

    Args:
        folder: The folder that holds the raw files in ``banxico-remesas`` and ``conapo-poblacion``.

    Raises:
        SourceError: If a raw file, a column or a state is missing, or a date or number is not one.
    """
    return Tables(
        remittances_month=lambda: months(folder),
        remittances_state_year=lambda: states(folder),
        remittances_origin_year=lambda: origins(folder),
    )


def months(folder: Path) -> pd.DataFrame:
    """Return month, inflow_musd, outflow_musd, transfers, mean_usd, inflow_mmxn and inflow_real_mmxn (pesos of 2025).

    The outflow is missing, not zero, in the months before it was measured. Current pesos over dollars are the
    exchange rate, current over constant pesos the prices: together they explain how the dollars and the constant
    pesos of a span can move apart.
    """
    rows = read_columns(folder, MONTHS, {"PERIODO": date, "ID_FLUJO": str, "OPERACIONES": int, "VALOR_USD": float})
    rows = rows.rename(columns={"PERIODO": "month", "OPERACIONES": "transfers", "VALOR_USD": "dollars"})
    inflow = rows[rows["ID_FLUJO"] == INFLOW].set_index("month")
    outflow = rows[rows["ID_FLUJO"] == OUTFLOW].set_index("month")
    made = pd.DataFrame(
        {
            "inflow_musd": inflow["dollars"] / MILLION,
            "outflow_musd": outflow["dollars"] / MILLION,
            "transfers": inflow["transfers"],
            "mean_usd": inflow["dollars"] / inflow["transfers"].astype(float),
        }
    )
    made["inflow_mmxn"] = made["inflow_musd"] * _by_month(folder, EXCHANGE_RATE, "TIPO_CAMBIO")
    prices = _by_month(folder, PRICES, "GENERAL")
    base = prices[[month.year == BASE_YEAR for month in prices.index]].mean()
    made["inflow_real_mmxn"] = made["inflow_mmxn"] * base / prices
    return made.rename_axis("month").reset_index()


def states(folder: Path) -> pd.DataFrame:
    """Return year, state_code, inflow_musd, usd_per_inhabitant and through.

    The value per inhabitant divides by the population in the middle of the year (CONAPO); a year with fewer
    than four quarters has none.
    """
    codes = {str(int(item.inegi_code)): item.code for item in COUNTRY.states}
    rows = _quarters(folder, BY_STATE, ["CVE_ENT"])
    rows["state_code"] = known(rows, BY_STATE, "CVE_ENT", codes)
    made = _yearly(rows, "state_code").merge(
        conapo.population(folder, POPULATION_YEARS), on=["year", "state_code"], how="left"
    )
    complete = made["through"].dt.month == 12
    per_head = made["inflow_musd"] * MILLION / made["population"].astype(float)
    made["usd_per_inhabitant"] = per_head.where(complete)
    return made.drop(columns="population")


def origins(folder: Path) -> pd.DataFrame:
    """Return year, breakdown ("country", "us_state"), origin, inflow_musd and through.

    The states of the USA are parts of the country USA: the two breakdowns must not be added.
    """
    countries = _quarters(folder, BY_COUNTRY, ["ID_PAIS", "ID_FLUJO"])
    countries = countries[countries["ID_FLUJO"] == INFLOW].rename(columns={"ID_PAIS": "origin"})
    us_states = _quarters(folder, BY_US_STATE, ["ID_ESTADO"]).rename(columns={"ID_ESTADO": "origin"})
    parts = []
    for breakdown, rows in (("country", countries), ("us_state", us_states)):
        coded = rows.assign(origin=rows["origin"].replace(ORIGIN_CODES))
        parts.append(_yearly(coded, "origin").assign(breakdown=breakdown))
    return pd.concat(parts, ignore_index=True)


def monthly_series(pages: Sequence[bytes], file: RawFile) -> bytes:
    """Return series of the interface as CSV, a month a row; ``keep`` names each series and then its column.

    Source of the format: https://www.banxico.org.mx/SieAPIRest/service/v1/doc/consultaDatosSerieRango.

    Raises:
        SourceError: If a series is missing.
        ValueError: If a date is not one.
    """
    given = {item["idSerie"]: item for item in json_value(pages[0], file, "bmx")["series"]}
    columns: dict[str, dict[str, str]] = {}
    for name, title in zip(file.keep[::2], file.keep[1::2], strict=True):
        if name not in given:
            raise SourceError(f"{file.path}: Banco de México gave no series {name}; look whether it was renamed.")
        columns[title] = {}
        for point in given[name].get("datos", []):
            day, month, year = point["fecha"].split("/")
            columns[title][f"{year}-{month}-{day}"] = point["dato"].replace(",", "").replace(NOT_AVAILABLE, "")
    return as_csv(pd.DataFrame(columns).sort_index().rename_axis("PERIODO").reset_index())


def _quarters(folder: Path, name: str, columns: list[str]) -> pd.DataFrame:
    rows = read_columns(folder, name, {"PERIODO": date, **dict.fromkeys(columns, str), "VALOR_USD": float})
    return rows.rename(columns={"PERIODO": "quarter", "VALOR_USD": "dollars"})


def _yearly(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return yearly sums in million dollars, with the last day that the file covers of each year."""
    dated = rows.assign(year=rows["quarter"].dt.year)
    dated["through"] = dated.groupby("year")["quarter"].transform("max") + pd.offsets.QuarterEnd(startingMonth=3)
    sums = dated.groupby(["year", by, "through"])["dollars"].sum() / MILLION
    return sums.rename("inflow_musd").reset_index()


def _by_month(folder: Path, name: str, column: str) -> pd.Series:
    """Return a column of a file of Banxico's series by month."""
    series: pd.Series = read_columns(folder, name, {"PERIODO": date, column: float}).set_index("PERIODO")[column]
    return series
