"""The state that a free text names as the place of an incident.

The texts are written by many hands: English and Spanish, with and without accents, misspelt, sometimes with a
second place after the first ("Piedras Negras, Coahuila, Mexico, located in the Morelos neighborhood"). Rules,
the first that finds a state wins: the last state named just before the word Mexico; a misspelt name, then a
city, just before it; the last state named anywhere; the last city named anywhere. A drowning in the Rio Bravo
can only be in one of the four states on that river.
"""

import csv
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from analysis.foundation.words import plain
from analysis.mexico import COUNTRY

with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as _file:
    _WRITTEN: Final = list(csv.DictReader(_file))
"""Other spellings of states; cities, which need no state to be found on a map and which the texts name alone; and roads
whose incident the texts place in a wrong state, where municipality and coordinates are in this one."""


def _of(kind: str) -> dict[str, str]:
    return {row["name"]: row["state_code"] for row in _WRITTEN if row["kind"] == kind}


_NAMES: Final = {plain(item.short_name): item.code for item in COUNTRY.states} | _of("spelling")
_CITIES: Final = _of("city")
_CORRECTED: Final = _of("road")
_RIVER: Final = re.compile(r"\brio (?:bravo|grande)\b")
_RIVER_STATES: Final = frozenset({"MX-CHH", "MX-COA", "MX-NLE", "MX-TAM"})
_LIKENESS: Final = 0.85  # "cohauila" and "verucruz" pass, "colima" for "coahuila" does not


def _any_of(names: dict[str, str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_BEFORE_MEXICO: Final = r"\b[\s,.]*\bmexico\b(?! city)"
_NAMED: Final = re.compile(rf"\b({_any_of(_NAMES)})\b")
_NAMED_BEFORE_MEXICO: Final = re.compile(rf"\b({_any_of(_NAMES)}){_BEFORE_MEXICO}")
_SEGMENT_BEFORE_MEXICO: Final = re.compile(rf"([^,]+?){_BEFORE_MEXICO}")
_CITY: Final = re.compile(rf"\b({_any_of(_CITIES)})\b")
_CITY_BEFORE_MEXICO: Final = re.compile(rf"\b({_any_of(_CITIES)}){_BEFORE_MEXICO}")
_WRONG: Final = re.compile(rf"\b({_any_of(_CORRECTED)})\b")


def state_in_text(text: str) -> str:
    """Return the ISO 3166-2 code of the state that a text names, or "unknown"."""
    bare = plain(text)
    code = (
        _last(_WRONG, bare, _CORRECTED)
        or _last(_NAMED_BEFORE_MEXICO, bare, _NAMES)
        or _misspelt(bare)
        or _last(_CITY_BEFORE_MEXICO, bare, _CITIES)
        or _last(_NAMED, bare, _NAMES)
        or _last(_CITY, bare, _CITIES)
    )
    on_river = _RIVER.search(bare) is not None
    return code if code and not (on_river and code not in _RIVER_STATES) else COUNTRY.unknown_state


def _last(pattern: re.Pattern[str], bare: str, codes: dict[str, str]) -> str | None:
    found = pattern.findall(bare)
    return codes[found[-1]] if found else None


def _misspelt(bare: str) -> str | None:
    for segment in reversed(_SEGMENT_BEFORE_MEXICO.findall(bare)):
        close = get_close_matches(segment.strip(), _NAMES, n=1, cutoff=_LIKENESS)
        if close:
            return _NAMES[close[0]]
    return None
