"""The library's own fixed words, in Spanish and English.

Prose belongs to notebooks; only what every briefing prints alike (labels, marks, the line of a source) stands in
words.toml.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Final, Literal

Language = Literal["es", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("es", "en")

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def word(key: str, language: Language) -> str:
    """Return the fixed word or phrase of that key.

    Raises:
        KeyError: if the library has no such word, naming the key.
    """
    return str(_WORDS[key][language])


def words(language: Language) -> dict[str, str]:
    """Return all fixed words and phrases by their keys."""
    return {key: str(told[language]) for key, told in _WORDS.items()}


def plain(text: str) -> str:
    """Return a text in lower case, without accents, with single spaces: what names are compared by."""
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return re.sub(r"\s+", " ", bare).strip().lower()
