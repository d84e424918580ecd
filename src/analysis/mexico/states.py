"""The federal entities: one row each of `states.csv`, in the order of their INEGI codes."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from analysis.foundation.words import Language


@dataclass(frozen=True)
class State:
    """One of the 32 federal entities.

    Attributes:
        code: ISO 3166-2, "MX-COA".
        inegi_code: Two digits as text, "05".
        name: Official name, "Coahuila de Zaragoza".
        short_name: Name in daily use, "Coahuila".
        english: That in English, "Mexico City".
        row: Its row in the map of tiles, from zero.
        column: Its column there.
        also: Other names of it in the collected figures, parted by semicolons.
    """

    code: str
    inegi_code: str
    name: str
    short_name: str
    english: str
    row: int
    column: int
    also: str

    @property
    def letters(self) -> str:
        """The three letters that stand in its tile, "COA"."""
        return self.code.removeprefix("MX-")

    @property
    def names(self) -> list[str]:
        """All that it is called in the collected figures."""
        return [self.name, self.short_name, self.english, *filter(None, self.also.split("; "))]

    def called(self, language: Language) -> str:
        """Name in daily use, "Ciudad de México" or "Mexico City"."""
        return self.short_name if language == "es" else self.english


def read_states() -> tuple[State, ...]:
    """Return the states in the order of `states.csv`."""
    with Path(__file__).with_name("states.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return tuple(
        State(code, inegi_code, name, short_name, english, int(row), int(column), also)
        for code, inegi_code, name, short_name, english, row, column, also in rows
    )
