"""Countries of the world by ISO 3166-1 alpha-3 code: names and people in both languages, and regions.

Names come from the CLDR. `countries.csv` has what official or house style calls otherwise, the Spanish adjective of
people in the feminine plural, and the region after United Nations M49 (https://unstats.un.org/unsd/methodology/m49/),
where Mexico is in Central America.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from analysis.foundation.errors import AnalysisError
from analysis.foundation.words import Language

TAGS: Final[Mapping[Language, str]] = {"es": "es-MX", "en": "en"}
"""The languages as they are written here, as BCP 47 tags."""

_FORMER_CODES: Final = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
_PRIVATE_CODES: Final = re.compile(r"AA|Q[M-Z]|X[A-JL-Z]|ZZ")
_SPANISH_ARTICLES: Final = (
    ("Reino Unido", "del "),
    ("República", "de la "),
    ("Emiratos", "de los "),
    ("Países", "de los "),
    ("Islas", "de las "),
    ("Isla ", "de la "),
    ("Bahamas", "de las "),
    ("Comoras", "de las "),
)
_ENGLISH_ARTICLES: Final = re.compile(
    r"^(United|Netherlands|Philippines|Gambia|Bahamas|Comoros|Maldives)"
    r"|^(Dominican|Democratic|Central African) |Islands$"
)


class PlaceError(AnalysisError, ValueError):
    """A code or text that names no place this project knows."""


def is_country(code: str) -> bool:
    """Whether a code is an ISO 3166-1 alpha-3 code or one of the codes for other or unknown origin."""
    try:
        country_name(code, "en")
    except PlaceError:
        return False
    return True


def country_name(iso3: str, language: Language) -> str:
    """Return the name of a country: "Haití", "Haiti"; `UNK`, `XXA` and `OOO` have names too.

    Raises:
        PlaceError: If there is no such country.
    """
    name = _ours(iso3, f"name_{language}") or _territories(language).get(_alpha2(iso3))
    if name is None:
        raise PlaceError(f"{iso3!r} is not the ISO 3166-1 alpha-3 code of a country.")
    return name.replace(" & ", " and ")


def people_from(iso3: str, language: Language) -> str:
    """Return the people of a nationality as a phrase: "personas cubanas", "people from Cuba".

    Raises:
        PlaceError: If there is no such country.
    """
    people = "personas" if language == "es" else "people"
    return f"{people} {_ours(iso3, f'people_{language}') or _from(country_name(iso3, language), language)}"


def region(iso3: str) -> str:
    """Return the region of a country after UN M49; Europe, Oceania and unknown origin are "europe_other".

    They form one group, because few events concern them.

    Raises:
        PlaceError: If there is no such country.
    """
    if not is_country(iso3):
        raise PlaceError(f"{iso3!r} is not the ISO 3166-1 alpha-3 code of a country.")
    return _ours(iso3, "region") or "europe_other"


def _from(name: str, language: Language) -> str:
    """A country with the preposition and article of its language: "de los Países Bajos", "from the Netherlands"."""
    if language == "en":
        return f"from the {name}" if _ENGLISH_ARTICLES.search(name) else f"from {name}"
    return next((word for start, word in _SPANISH_ARTICLES if name.startswith(start)), "de ") + name


def _ours(iso3: str, column: str) -> str:
    """What `countries.csv` says of a country, empty where it says nothing."""
    return _rows().get(iso3, {}).get(column, "")


@cache
def _rows() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def _alpha2(iso3: str) -> str:
    """The ISO 3166-1 alpha-2 code of an alpha-3 code."""
    from babel.core import get_global  # here and below: a command that names no country starts without it

    found = get_global("territory_aliases").get(iso3, [])
    current = re.fullmatch(r"[A-Z]{3}", iso3) and iso3 not in _FORMER_CODES and len(found) == 1
    if not current or _PRIVATE_CODES.fullmatch(found[0]):
        raise PlaceError(f"{iso3!r} is not the ISO 3166-1 alpha-3 code of a country.")
    return str(found[0])


@cache
def _territories(language: Language) -> Mapping[str, str]:
    from babel import Locale

    return dict(Locale.parse(TAGS[language], sep="-").territories)
