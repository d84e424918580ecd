"""Press figures: who is quoted, where and when, from the rows that were used."""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd

from analysis.foundation.words import Language, word
from analysis.mexico import COUNTRY
from analysis.package.credits import Credit
from analysis.package.metadata import Metadata

_QUOTING: Final = re.compile(r"(?P<press>.+?), quoting (?P<body>.+)")
_VIA: Final = re.compile(r"(?P<body>.+?) (?:via (?P<press>.+)|\(via (?P<inside>.+)\))")
_QUOTED_BY: Final = re.compile(r"(?P<body>.+?)(?:, quoted by (?P<press>.+)| \(quoted by (?P<inside>.+)\))")


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
    said = frame[["publisher", "published"]].drop_duplicates()
    quoted = dict.fromkeys(_quoted(row, language) for row in said.to_dict("records"))
    return [Credit(who, where, terms) for who, where in quoted]


def _quoted(row: dict[Any, Any], language: Language) -> tuple[str, str]:
    """Write "ABC" and "en Diario (2024)"; only the year, which is all that some pages say."""
    publisher = str(row["publisher"])
    match = _QUOTING.fullmatch(publisher) or _QUOTED_BY.fullmatch(publisher) or _VIA.fullmatch(publisher)
    named = match.groupdict() if match else {}
    year = "" if pd.isna(row["published"]) else f" ({row['published'].year})"
    press = named.get("press") or named.get("inside")
    if not press:
        return COUNTRY.body_name(publisher, language) + year, ""
    where = f"{word('in', language)} {COUNTRY.body_name(press, language)}{year}"
    return COUNTRY.body_name(named["body"], language), where
