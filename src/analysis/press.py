"""Press figures: who is quoted, where and when, from the rows that were used."""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd

from analysis.metadata import Metadata
from analysis.quantities import format_date
from analysis.words import Language, word

_QUOTING: Final = re.compile(r"(?P<press>.+?), quoting (?P<body>.+)")
_VIA: Final = re.compile(r"(?P<body>.+?) (?:via (?P<press>.+)|\(via (?P<inside>.+)\))")
_QUOTED_BY: Final = re.compile(r"(?P<body>.+?)(?:, quoted by (?P<press>.+)| \(quoted by (?P<inside>.+)\))")
_TWO_ACRONYMS: Final = re.compile(r"\b([A-Z-]{3,}) and ([A-Z-]{3,})\b")
# What publishers are called in each language; the rows keep the words of the audit.
_NAMES: Final = (
    ("ACNUR", "UNHCR"),
    ("OIM México", "IOM Mexico"),
    ("OCDE", "OECD"),
    ("INEGI (censo)", "INEGI census"),
    ("INM (boletín)", "INM bulletin"),
    ("copia de 2015", "2015 copy"),
    ("Consulado General de México en Toronto", "Consulate General of Mexico in Toronto"),
    ("Embajada de México en Canadá", "Embassy of Mexico in Canada"),
    ("STPS/SRE (boletín conjunto)", "STPS/SRE joint release"),
    ("Consejo Danés para Refugiados", "Danish Refugee Council"),
    ("Dirección General de Epidemiología", "Directorate General of Epidemiology"),
    ("Secretaría de Educación de Chiapas", "Ministry of Education of Chiapas"),
    ("Secretaría de Salud", "Ministry of Health"),
    ("MSF (sección de Japón)", "MSF (Japan section)"),
    ("Osuna et al., con SEE Baja California", "Osuna et al., with SEE Baja California"),
    (" vía ", " via "),
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


def source_line(frame: pd.DataFrame, metadata: Metadata, language: Language) -> str:
    """Return who is quoted in which publication and year, when we read it, and on what terms."""
    quoted = dict.fromkeys(_quoted(row, language) for row in frame.to_dict("records"))
    accessed = format_date(metadata.provenance["date_accessed"], language, short=True)
    return f"{'; '.join(quoted)}; {word('accessed', language)} {accessed}. {metadata.terms(language)}."


def _quoted(row: dict[Any, Any], language: Language) -> str:
    """Write "COMAR, en Diario Patria (2024)"; only the year, which is all that some pages say."""
    publisher = str(row["publisher"])
    match = _QUOTING.fullmatch(publisher) or _QUOTED_BY.fullmatch(publisher) or _VIA.fullmatch(publisher)
    named = match.groupdict() if match else {}
    where = named.get("press") or named.get("inside")
    who = f"{named['body']}, {word('in', language)} {where}" if where else publisher
    who = _TWO_ACRONYMS.sub(rf"\1 {word('and', language)} \2", who)
    for spanish, english in _NAMES:
        who = who.replace(english, spanish) if language == "es" else who.replace(spanish, english)
    return who if pd.isna(row["published"]) else f"{who} ({row['published'].year})"
