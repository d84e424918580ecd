"""Terms and acronyms of the briefings, each defined once, and which of them a text uses."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from analysis.foundation.words import Language

_FILE: Final = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Entry:
    """What is defined, and its definition, in one language.

    Attributes:
        name: the term, or the acronym.
        means: what it means.
    """

    name: str
    means: str


def terms_in(text: str, language: Language) -> list[Entry]:
    """Return the terms that a text uses, in the order of the glossary."""
    return [
        _entry(each, language)
        for each in _glossary()["term"]
        if re.search(rf"\b(?:{each[f'used_{language}']})\b", text, re.IGNORECASE)
    ]


def acronyms_in(text: str, language: Language) -> list[Entry]:
    """Return the acronyms that a text uses, in the order of the alphabet."""
    used = [e for e in _glossary()["acronym"] if re.search(rf"\b{re.escape(e[language])}\b", text)]
    return sorted((_entry(each, language) for each in used), key=lambda entry: entry.name.lower())


def _entry(each: dict[str, str], language: Language) -> Entry:
    return Entry(each[language], each[f"means_{language}"])


@cache
def _glossary() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
