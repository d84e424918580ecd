"""Which values the columns of a table may have, so that a misspelt code is told and never counted as nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final

import pandas as pd

from analysis.foundation.words import LANGUAGES, plain
from analysis.mexico import COUNTRY, PlaceError
from analysis.package.metadata import Metadata

_COUNTRIES: Final = frozenset({"country", "nationality"})
"""Columns of countries; those of states are called ``state_code``."""
_FEW: Final = 12
"""So many values are listed where none is near."""


class Codes:
    """The values that the texts of a table may have: those of its file, whatever the date, and of the lists of places.

    Args:
        metadata: what the descriptor says of the table.
        frame: all rows of its file.
    """

    def __init__(self, metadata: Metadata, frame: pd.DataFrame) -> None:
        self._metadata, self._frame = metadata, frame
        self._known: dict[str, set[str]] = {}

    def know(self, column: str, value: Any) -> bool:
        """Whether a column may have this value; of numbers and days, any."""
        if self._metadata.fields[column] != "string":
            return True
        known = self._of(column)
        if value not in known and column in _COUNTRIES and self._fits(column, value) and COUNTRY.is_country(value):
            known.add(value)
        return value in known

    def hint(self, column: str, value: str) -> str:
        """Return what to write instead: the nearest codes, also by names of places; else those that there are."""
        if column == "state_code" and value == COUNTRY.code:
            return "leave it out for the whole country"
        known = sorted(self._of(column) - {""})
        written = {plain(code): code for code in known} | _names(known, column)
        sought = plain(value)
        near = [sought] if sought in written else get_close_matches(sought, written)
        meant = list(dict.fromkeys(written[text] for text in near))
        if meant:
            return f"did you mean {' or '.join(meant)}?"
        more = f" and {len(known) - _FEW} more" if len(known) > _FEW else ""
        return f"it has {', '.join(known[:_FEW])}{more}"

    def _of(self, column: str) -> set[str]:
        if column not in self._known:
            listed = self._constraints(column).get("enum")
            held = set(listed) if listed else set(self._frame[column].unique())
            if column == "state_code" and not listed:
                held |= {code for code in (COUNTRY.code, *COUNTRY.state_codes) if self._fits(column, code)}
            self._known[column] = held
        return self._known[column]

    def _fits(self, column: str, value: str) -> bool:
        constraints = self._constraints(column)
        return "enum" not in constraints and bool(re.fullmatch(constraints.get("pattern", ".*"), value))

    def _constraints(self, column: str) -> Mapping[str, Any]:
        return dict(self._metadata.field(column).get("constraints", {}))


def _names(codes: Iterable[str], column: str) -> dict[str, str]:
    """Codes by the plain names of their places, in both languages."""
    if column != "state_code" and column not in _COUNTRIES:
        return {}
    name = COUNTRY.place_name if column == "state_code" else COUNTRY.country_name
    found = {}
    for code in codes:
        for language in LANGUAGES:
            try:
                found[plain(name(code, language))] = code
            except PlaceError:
                break
    return found
