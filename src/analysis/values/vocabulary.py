"""Words for numbers: the closed vocabulary of sentences, whose thresholds stand once, in vocabulary.toml.

A word is chosen by the number that it stands for, so that the two cannot disagree. The number is rounded to one
decimal first, as it would be printed: what is written as 49.5% is told as 49.5%.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from analysis.foundation.words import Language, word

Kind = Literal["fraction", "trend", "size"]
KINDS: Final[tuple[Kind, ...]] = ("fraction", "trend", "size")

UNITS: Final = {"fraction": ("percent",), "trend": ("percent", "points"), "size": ("percent", "points")}
"""The units of the numbers that each kind has words for."""


@dataclass(frozen=True)
class Phrase:
    """Words that are true of all numbers from `low` to `high`, both included.

    Attributes:
        low: the least number, with one decimal.
        high: the largest.
        es: the Spanish words; of a trend, for a subject in the singular.
        en: the English words.
        plural: the Spanish words for a subject in the plural, where they are others.
    """

    low: float
    high: float
    es: str
    en: str
    plural: str = ""

    def written(self, language: Language, *, plural: bool = False) -> str:
        """The words in that language."""
        if language == "en":
            return self.en
        return self.plural if plural and self.plural else self.es


def phrases(kind: Kind) -> tuple[Phrase, ...]:
    """Return the phrases of a kind, from the least number to the largest."""
    return _all_phrases()[kind]


@cache
def _all_phrases() -> Mapping[str, tuple[Phrase, ...]]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {kind: tuple(sorted((Phrase(**one) for one in told[kind]), key=lambda one: one.low)) for kind in KINDS}


def in_words(number: float, kind: Kind, language: Language, *, plural: bool = False) -> str:
    """Return the words for a number, rounded to one decimal; nothing where there are none, and it is written itself.

    Args:
        number: a share in percent, or a change in percent.
        kind: what it is told as.
        language: language of the sentence.
        plural: whether the subject of a trend is in the plural, which only Spanish shows.

    Example:
        >>> in_words(49.1, "fraction", "en")
        'almost half'
    """
    found = next((phrase for phrase in phrases(kind) if phrase.low <= number <= phrase.high), None)
    return found.written(language, plural=plural) if found else ""


def moved_by(size: str, number: float, language: Language, *, plural: bool = False) -> str:
    """Return the verb of a change whose size is written as a number: "subió 15%", "fell by 15 per cent"."""
    direction = "rose" if number > 0 else "fell"
    return word(f"{direction}_{'plural' if plural else 'singular'}", language).format(size=size)
