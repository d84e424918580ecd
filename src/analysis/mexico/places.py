"""States, countries and regions: codes, names in both languages, and the words that sentences need.

State codes are ISO 3166-2 (`MX-CHP`); `MEX` is always the country, `MX-MEX` the state of that name. Country
codes are ISO 3166-1 alpha-3; their names come from the CLDR through Babel, demonyms and a few exceptions are
ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from babel import Locale
from babel.core import get_global

from analysis.foundation.errors import AnalysisError
from analysis.foundation.words import Language

COUNTRY: Final = "MEX"
JOINT: Final = "+"
"""Between the codes of several places that one number is of: ``MX-CHP+MX-OAX``."""
UNKNOWN_STATE: Final = "unknown"
NORTHERN_CENTRAL_AMERICA: Final = ("GTM", "HND", "SLV")

Region = Literal["africa", "asia", "caribbean", "central_america", "europe_other", "north_america", "south_america"]
Gender = Literal["f", "m"]


class PlaceError(AnalysisError, ValueError):
    """A code or text that names no place this project knows."""


@dataclass(frozen=True)
class State:
    """One of the 32 federal entities.

    Attributes:
        code: ISO 3166-2, "MX-COA".
        inegi_code: Two digits as text, "05".
        name: Official name, "Coahuila de Zaragoza".
        short_name: Name in daily use, "Coahuila".
    """

    code: str
    inegi_code: str
    name: str
    short_name: str

    @property
    def tile_code(self) -> str:
        """The three letters that stand in a tile of the map, "COA"."""
        return self.code.removeprefix("MX-")


_LONG_NAMES: Final = {
    "COA": "Coahuila de Zaragoza",
    "MEX": "México",
    "MIC": "Michoacán de Ocampo",
    "VER": "Veracruz de Ignacio de la Llave",
}
# In the order of the INEGI codes 01 to 32.
_SHORT_NAMES: Final = {
    "AGU": "Aguascalientes",
    "BCN": "Baja California",
    "BCS": "Baja California Sur",
    "CAM": "Campeche",
    "COA": "Coahuila",
    "COL": "Colima",
    "CHP": "Chiapas",
    "CHH": "Chihuahua",
    "CMX": "Ciudad de México",
    "DUR": "Durango",
    "GUA": "Guanajuato",
    "GRO": "Guerrero",
    "HID": "Hidalgo",
    "JAL": "Jalisco",
    "MEX": "Estado de México",
    "MIC": "Michoacán",
    "MOR": "Morelos",
    "NAY": "Nayarit",
    "NLE": "Nuevo León",
    "OAX": "Oaxaca",
    "PUE": "Puebla",
    "QUE": "Querétaro",
    "ROO": "Quintana Roo",
    "SLP": "San Luis Potosí",
    "SIN": "Sinaloa",
    "SON": "Sonora",
    "TAB": "Tabasco",
    "TAM": "Tamaulipas",
    "TLA": "Tlaxcala",
    "VER": "Veracruz",
    "YUC": "Yucatán",
    "ZAC": "Zacatecas",
}
STATES: Final[tuple[State, ...]] = tuple(
    State(f"MX-{letters}", f"{number:02d}", _LONG_NAMES.get(letters, short), short)
    for number, (letters, short) in enumerate(_SHORT_NAMES.items(), start=1)
)
STATE_CODES: Final[frozenset[str]] = frozenset(item.code for item in STATES)
_BY_CODE: Final = {item.code: item for item in STATES}
_ENGLISH_STATES: Final = {"MX-CMX": "Mexico City", "MX-MEX": "State of Mexico"}
_OTHER_NAMES: Final = {
    "distrito federal": "MX-CMX",
    "cdmx": "MX-CMX",
    "mexico city": "MX-CMX",
    "state of mexico": "MX-MEX",
    "edomex": "MX-MEX",
    "mexico [admin 1]": "MX-MEX",
    "queretaro de arteaga": "MX-QUE",
    "mexico": COUNTRY,
    "nacional": COUNTRY,
}


def state(code: str) -> State:
    """Return the state of an ISO 3166-2 code.

    Raises:
        PlaceError: If there is no such state.
    """
    if code not in _BY_CODE:
        raise PlaceError(f"{code!r} is not the ISO 3166-2 code of a Mexican state; write it like 'MX-CHP'.")
    return _BY_CODE[code]


def plain(text: str) -> str:
    """Return a text in lower case, without accents, with single spaces: what names are compared by."""
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return re.sub(r"\s+", " ", bare).strip().lower()


@cache
def _codes_by_name() -> dict[str, str]:
    names = {
        plain(name): item.code for item in STATES if item.code != "MX-MEX" for name in (item.name, item.short_name)
    }
    return {**names, plain(state("MX-MEX").short_name): "MX-MEX", **_OTHER_NAMES}


def normalise(text: str) -> str:
    """Return the code of a place written in any of the ways of the collected figures.

    Known are `MEX`, a name ("Chiapas", "Mexico"), `MX-CHP`, `MEX-CHP`, and either with a place inside the
    state (`MX-CHP:Tapachula`, `MEX/Chiapas/Tapachula`). The word "Mexico" alone is the country.

    Returns:
        `MEX` or an ISO 3166-2 code.

    Raises:
        PlaceError: If the text names no Mexican place.
    """
    head = text.split(":")[0].strip()
    parts = [part.strip() for part in head.split("/")]
    wanted = parts[1] if len(parts) > 1 and parts[0] == COUNTRY else parts[0]
    match = re.fullmatch(r"(?:MX|MEX)-([A-Z]{3})", wanted)
    if match and f"MX-{match[1]}" in STATE_CODES:
        return f"MX-{match[1]}"
    if wanted == COUNTRY:
        return COUNTRY
    code = _codes_by_name().get(plain(wanted))
    if code is None:
        raise PlaceError(f"{text!r} names no Mexican state; add the spelling to places.py or correct it.")
    return code


def together(places: Iterable[str]) -> str:
    """Return the place that a number made of numbers of these places is of.

    Args:
        places: codes, each of one place or of several joined by ``+``.

    Returns:
        The one place that there is; the country where all 32 states are among them; else the codes of all, each once,
        in their order, joined by ``+``.
    """
    distinct = tuple(dict.fromkeys(code for place in places for code in place.split(JOINT)))
    return COUNTRY if {*distinct} >= STATE_CODES else JOINT.join(distinct)


def place_name(code: str, language: Language) -> str:
    """Return the name of the country or of a state: "México", "Coahuila", "Mexico City".

    Raises:
        PlaceError: If the code is neither `MEX`, `unknown` nor that of a state.
    """
    if code == COUNTRY:
        return "México" if language == "es" else "Mexico"
    if code == UNKNOWN_STATE:
        return "Entidad desconocida" if language == "es" else "State unknown"
    short = state(code).short_name
    return short if language == "es" else _ENGLISH_STATES.get(code, short)


def in_place(code: str, language: Language) -> str:
    """Return a place with its preposition and article: "en la Ciudad de México", "in the State of Mexico".

    Raises:
        PlaceError: If the code is neither `MEX` nor that of a state.
    """
    name = place_name(code, language)
    if language == "es":
        article = {"MX-CMX": "la ", "MX-MEX": "el "}.get(code, "")
        return f"en {article}{name}"
    return f"in the {name}" if code == "MX-MEX" else f"in {name}"


# What the CLDR calls otherwise than official or house style does.
_COUNTRY_NAMES: Final = {
    "CIV": ("Costa de Marfil", "Côte d’Ivoire"),
    "COD": ("República Democrática del Congo", "Democratic Republic of the Congo"),
    "COG": ("Congo", "Congo"),
    "HKG": ("Hong Kong", "Hong Kong"),
    "MAC": ("Macao", "Macao"),
    "MLI": ("Malí", "Mali"),
    "MMR": ("Myanmar", "Myanmar"),
    "PSE": ("Palestina", "Palestine"),
    "UNK": ("Desconocida o apátrida", "Unknown or stateless"),
    "XXA": ("Desconocida o apátrida", "Unknown or stateless"),
    "OOO": ("Otras nacionalidades", "Other nationalities"),
    "XKX": ("Kosovo", "Kosovo"),
}
_FORMER_CODES: Final = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
_PRIVATE_CODES: Final = re.compile(r"AA|Q[M-Z]|X[A-JL-Z]|ZZ")
_NO_COUNTRY: Final = {
    "UNK": ("personas de nacionalidad desconocida o apátridas", "people of unknown nationality or stateless"),
    "XXA": ("personas de nacionalidad desconocida o apátridas", "people of unknown nationality or stateless"),
    "OOO": ("personas de otras nacionalidades", "people of other nationalities"),
}


def alpha2(iso3: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of an alpha-3 code.

    Raises:
        PlaceError: If the CLDR knows no territory of that code.
    """
    found = get_global("territory_aliases").get(iso3, [])
    current = re.fullmatch(r"[A-Z]{3}", iso3) and iso3 not in _FORMER_CODES and len(found) == 1
    if not current or _PRIVATE_CODES.fullmatch(found[0]):
        raise PlaceError(f"{iso3!r} is not the ISO 3166-1 alpha-3 code of a country.")
    return str(found[0])


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
    if iso3 in _COUNTRY_NAMES:
        return _COUNTRY_NAMES[iso3][0 if language == "es" else 1]
    territories = _locale(language).territories
    code = alpha2(iso3)
    if code not in territories:
        raise PlaceError(f"{iso3!r} is not the ISO 3166-1 alpha-3 code of a country.")
    return str(territories[code]).replace(" & ", " and ")


@cache
def _locale(language: Language) -> Locale:
    return Locale("es", "MX") if language == "es" else Locale("en")


# Masculine and feminine singular; the plural follows the rule of Spanish. English adjectives do not change.
_DEMONYMS: Final = {
    "AFG": ("afgano", "afgana", "Afghan"),
    "AGO": ("angoleño", "angoleña", "Angolan"),
    "ARG": ("argentino", "argentina", "Argentine"),
    "BGD": ("bangladesí", "bangladesí", "Bangladeshi"),
    "BLZ": ("beliceño", "beliceña", "Belizean"),
    "BOL": ("boliviano", "boliviana", "Bolivian"),
    "BRA": ("brasileño", "brasileña", "Brazilian"),
    "CAN": ("canadiense", "canadiense", "Canadian"),
    "CHL": ("chileno", "chilena", "Chilean"),
    "CHN": ("chino", "china", "Chinese"),
    "CMR": ("camerunés", "camerunesa", "Cameroonian"),
    "COD": ("congoleño", "congoleña", "Congolese"),
    "COG": ("congoleño", "congoleña", "Congolese"),
    "COL": ("colombiano", "colombiana", "Colombian"),
    "CRI": ("costarricense", "costarricense", "Costa Rican"),
    "CUB": ("cubano", "cubana", "Cuban"),
    "DOM": ("dominicano", "dominicana", "Dominican"),
    "ECU": ("ecuatoriano", "ecuatoriana", "Ecuadorian"),
    "EGY": ("egipcio", "egipcia", "Egyptian"),
    "ERI": ("eritreo", "eritrea", "Eritrean"),
    "ESP": ("español", "española", "Spanish"),
    "ETH": ("etíope", "etíope", "Ethiopian"),
    "GHA": ("ghanés", "ghanesa", "Ghanaian"),
    "GIN": ("guineano", "guineana", "Guinean"),
    "GTM": ("guatemalteco", "guatemalteca", "Guatemalan"),
    "HND": ("hondureño", "hondureña", "Honduran"),
    "HTI": ("haitiano", "haitiana", "Haitian"),
    "IND": ("indio", "india", "Indian"),
    "IRN": ("iraní", "iraní", "Iranian"),
    "JAM": ("jamaicano", "jamaicana", "Jamaican"),
    "MEX": ("mexicano", "mexicana", "Mexican"),
    "MRT": ("mauritano", "mauritana", "Mauritanian"),
    "NGA": ("nigeriano", "nigeriana", "Nigerian"),
    "NIC": ("nicaragüense", "nicaragüense", "Nicaraguan"),
    "NPL": ("nepalí", "nepalí", "Nepali"),
    "PAK": ("pakistaní", "pakistaní", "Pakistani"),
    "PAN": ("panameño", "panameña", "Panamanian"),
    "PER": ("peruano", "peruana", "Peruvian"),
    "PRY": ("paraguayo", "paraguaya", "Paraguayan"),
    "RUS": ("ruso", "rusa", "Russian"),
    "SEN": ("senegalés", "senegalesa", "Senegalese"),
    "SLV": ("salvadoreño", "salvadoreña", "Salvadoran"),
    "SOM": ("somalí", "somalí", "Somali"),
    "TUR": ("turco", "turca", "Turkish"),
    "UKR": ("ucraniano", "ucraniana", "Ukrainian"),
    "URY": ("uruguayo", "uruguaya", "Uruguayan"),
    "USA": ("estadounidense", "estadounidense", "American"),
    "UZB": ("uzbeko", "uzbeka", "Uzbek"),
    "VEN": ("venezolano", "venezolana", "Venezuelan"),
    "VNM": ("vietnamita", "vietnamita", "Vietnamese"),
}


def demonym(iso3: str, language: Language, gender: Gender = "f", plural: bool = True) -> str:
    """Return the adjective of a nationality: "cubanas", "cubano", "Cuban".

    Spanish agrees in gender and number, English does not change. A country without a listed demonym gives the
    phrase "de Kirguistán" / "from Kyrgyzstan", which fits after the same nouns.

    Raises:
        PlaceError: If there is no such country.
    """
    if iso3 not in _DEMONYMS:
        return _from_country(iso3, language)
    masculine, feminine, english = _DEMONYMS[iso3]
    if language == "en":
        return english
    singular = feminine if gender == "f" else masculine
    return _spanish_plural(singular) if plural else singular


def people_from(iso3: str, language: Language) -> str:
    """Return the people of a nationality as a phrase: "personas cubanas", "people from Cuba".

    Raises:
        PlaceError: If there is no such country.
    """
    if iso3 in _NO_COUNTRY:
        return _NO_COUNTRY[iso3][0 if language == "es" else 1]
    return f"personas {demonym(iso3, 'es')}" if language == "es" else f"people {_from_country(iso3, 'en')}"


def _spanish_plural(word: str) -> str:
    if word.endswith(("í", "ú")):
        return f"{word}es"
    if word[-1] in "aeiou":
        return f"{word}s"
    return re.sub("[áéíóú](?=[ns]$)", lambda vowel: plain(vowel[0]), word) + "es"


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


def _from_country(iso3: str, language: Language) -> str:
    if iso3 in _NO_COUNTRY:
        return _NO_COUNTRY[iso3][0 if language == "es" else 1].split(" ", 1)[1]
    name = country_name(iso3, language)
    if language == "en":
        return f"from the {name}" if _ENGLISH_ARTICLES.search(name) else f"from {name}"
    preposition = next((word for start, word in _SPANISH_ARTICLES if name.startswith(start)), "de ")
    return f"{preposition}{name}"


# United Nations M49, https://unstats.un.org/unsd/methodology/m49/; Mexico is in Central America there.
# Europe, Oceania and unknown origin form one group, because few events concern them.
_REGIONS: Final[dict[Region, str]] = {
    "africa": (
        "AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI DZA EGY ERI ESH ETH GAB GHA GIN GMB "
        "GNB GNQ KEN LBR LBY LSO MAR MDG MLI MOZ MRT MUS MWI MYT NAM NER NGA REU RWA SDN SEN SHN "
        "SLE SOM SSD STP SWZ SYC TCD TGO TUN TZA UGA ZAF ZMB ZWE"
    ),
    "asia": (
        "AFG ARE ARM AZE BGD BHR BRN BTN CHN CYP GEO HKG IDN IND IRN IRQ ISR JOR JPN KAZ KGZ KHM "
        "KOR KWT LAO LBN LKA MAC MDV MMR MNG MYS NPL OMN PAK PHL PRK PSE QAT SAU SGP SYR THA TJK "
        "TKM TLS TUR TWN UZB VNM YEM"
    ),
    "caribbean": (
        "ABW AIA ATG BES BHS BLM BRB CUB CUW CYM DMA DOM GLP GRD HTI JAM KNA LCA MAF MSR MTQ PRI "
        "SXM TCA TTO VCT VGB VIR"
    ),
    "central_america": "BLZ CRI GTM HND MEX NIC PAN SLV",
    "north_america": "BMU CAN GRL SPM USA",
    "south_america": "ARG BOL BRA CHL COL ECU FLK GUF GUY PER PRY SUR URY VEN",
}
_REGION_OF: Final = {code: region for region, codes in _REGIONS.items() for code in codes.split()}
_REGION_NAMES: Final[dict[Region, tuple[str, str]]] = {
    "africa": ("África", "Africa"),
    "asia": ("Asia", "Asia"),
    "caribbean": ("Caribe", "Caribbean"),
    "central_america": ("Centroamérica", "Central America"),
    "europe_other": ("Europa y otras", "Europe and other"),
    "north_america": ("Norteamérica", "North America"),
    "south_america": ("Sudamérica", "South America"),
}


def region(iso3: str) -> Region:
    """Return the region of a country after UN M49; Europe, Oceania and unknown origin are "europe_other".

    Raises:
        PlaceError: If there is no such country.
    """
    if not is_country(iso3):
        raise PlaceError(f"{iso3!r} is not the ISO 3166-1 alpha-3 code of a country.")
    return _REGION_OF.get(iso3, "europe_other")


def region_name(key: Region, language: Language) -> str:
    """Return the name of a region: "Sudamérica", "South America"."""
    return _REGION_NAMES[key][0 if language == "es" else 1]
