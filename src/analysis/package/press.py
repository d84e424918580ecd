"""Press figures: who is quoted, where and when, from the rows that were used."""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd

from analysis.foundation.words import Language, word
from analysis.package.credits import Credit
from analysis.package.metadata import Metadata

_QUOTING: Final = re.compile(r"(?P<press>.+?), quoting (?P<body>.+)")
_VIA: Final = re.compile(r"(?P<body>.+?) (?:via (?P<press>.+)|\(via (?P<inside>.+)\))")
_QUOTED_BY: Final = re.compile(r"(?P<body>.+?)(?:, quoted by (?P<press>.+)| \(quoted by (?P<inside>.+)\))")
_AND: Final = re.compile(r"(?<!Customs) and ")  # "U.S. Customs and Border Protection" is one name
# What publishers are called in each language; the rows keep the words of the audit.
_NAMES: Final = (
    ("ACNUR", "UNHCR"),
    ("OIM México", "IOM Mexico"),
    ("OIM", "IOM"),
    ("OCDE", "OECD"),
    ("INEGI (censo)", "INEGI census"),
    ("INM (boletín)", "INM bulletin"),
    ("copia de 2015", "2015 copy"),
    ("copia en un foro", "forum copy"),
    ("copiado por", "copied by"),
    ("boletín citado por", "bulletin quoted by"),
    ("nota de agencia", "Reuters-style note"),
    ("Departamento de Estado de EE. UU.", "US Department of State"),
    ("Consulado General de México en Toronto", "Consulate General of Mexico in Toronto"),
    ("Embajada de México en Canadá", "Embassy of Mexico in Canada"),
    ("Poder Judicial", "Federal judiciary"),
    ("Biblioteca de la Cámara de Diputados", "Library of the Chamber of Deputies"),
    ("STPS/SRE (boletín conjunto)", "STPS/SRE joint release"),
    ("Consejo Danés para Refugiados", "Danish Refugee Council"),
    ("Dirección General de Epidemiología", "Directorate General of Epidemiology"),
    ("Secretaría de Educación de Chiapas", "Ministry of Education of Chiapas"),
    ("Secretaría de Salud", "Ministry of Health"),
    ("MSF (sección de Japón)", "MSF (Japan section)"),
    ("Osuna et al., con SEE Baja California", "Osuna et al., with SEE Baja California"),
    (" vía ", " via "),
    ("encuesta nacional de 2018 y 2019", "national poll 2018-2019"),
    ("Encuesta Mundial de Valores", "World Values Survey"),
    ("gobierno federal", "federal government"),
    ("gobiernos estatales", "state governments"),
    ("gobierno estatal", "state government"),
)


def is_quoted(frame: pd.DataFrame) -> bool:
    """Whether the rows are figures typed in from documents, each with its own publisher and date."""
    return {"publisher", "published"} <= set(frame.columns)


def years(frame: pd.DataFrame) -> str:
    """Return the years in which the rows were published, as an ISO year or span; empty where none says."""
    published = frame["published"].dropna().dt.year
    if published.empty:
        return ""
    first, last = int(published.min()), int(published.max())
    return str(first) if first == last else f"{first}/{last}"


def documents(frame: pd.DataFrame, metadata: Metadata, language: Language) -> list[Credit]:
    """Return who is quoted in which publication and year, when we read it, and on what terms; each once."""
    terms = metadata.read_on(language)
    quoted = dict.fromkeys(_quoted(row, language) for row in frame.to_dict("records"))
    return [Credit(who, where, terms) for who, where in quoted]


def _quoted(row: dict[Any, Any], language: Language) -> tuple[str, str]:
    """Write "COMAR" and "en Diario Patria (2024)"; only the year, which is all that some pages say."""
    publisher = str(row["publisher"])
    match = _QUOTING.fullmatch(publisher) or _QUOTED_BY.fullmatch(publisher) or _VIA.fullmatch(publisher)
    named = match.groupdict() if match else {}
    year = "" if pd.isna(row["published"]) else f" ({row['published'].year})"
    press = named.get("press") or named.get("inside")
    if not press:
        return _in_words(publisher, language) + year, ""
    return _in_words(named["body"], language), f"{word('in', language)} {_in_words(press, language)}{year}"


def _in_words(publisher: str, language: Language) -> str:
    """Write the name of a publisher as the language has it."""
    name = _AND.sub(f" {word('and', language)} ", publisher)
    for spanish, english in _NAMES:
        name = name.replace(english, spanish) if language == "es" else name.replace(spanish, english)
    return name
