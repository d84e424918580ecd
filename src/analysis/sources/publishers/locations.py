"""The state that a free text names as the place of an incident.

The texts are written by many hands: English and Spanish, with and without accents, misspelt, sometimes with a
second place after the first ("Piedras Negras, Coahuila, Mexico, located in the Morelos neighborhood"). Rules,
the first that finds a state wins: the last state named just before the word Mexico; a misspelt name, then a
city, just before it; the last state named anywhere; the last city named anywhere. A drowning in the Rio Bravo
can only be in one of the four states on that river.
"""

import re
from difflib import get_close_matches
from typing import Final

from analysis.foundation.words import plain
from analysis.mexico import COUNTRY

_SPELLINGS: Final = {
    "MX-BCN": ["baja california norte"],
    "MX-CHP": ["chis"],
    "MX-CMX": ["mexico city", "cdmx", "distrito federal"],
    "MX-COA": ["coahuila de zaragoza", "coah"],
    "MX-MEX": ["state of mexico", "edomex", "mexico state"],
    "MX-MIC": ["michoacan de ocampo", "mich"],
    "MX-SLP": ["s.l.p", "san luis, potosi"],
    "MX-VER": ["veracruz de ignacio de la llave"],
}
_NAMES: Final = {
    name: item.code for item in COUNTRY.states for name in [plain(item.short_name), *_SPELLINGS.get(item.code, [])]
}
# Places that need no state to be found on a map, and that the texts name alone.
_CITIES: Final = {
    "chahuites": "MX-OAX",
    "ciudad acuna": "MX-COA",
    "ciudad juarez": "MX-CHH",
    "coacalco": "MX-MEX",
    "cosoleacaque": "MX-VER",
    "guadalajara": "MX-JAL",
    "irapuato": "MX-GUA",
    "matehuala": "MX-SLP",
    "mexicali": "MX-BCN",
    "minatitlan": "MX-VER",
    "monterrey": "MX-NLE",
    "morelia": "MX-MIC",
    "nuevo laredo": "MX-TAM",
    "piedras negras": "MX-COA",
    "reynosa": "MX-TAM",
    "samalayuca": "MX-CHH",
    "san francisco de los romo": "MX-AGU",
    "san ysidro": "MX-BCN",
    "soledad de doblado": "MX-VER",
    "suchiate": "MX-CHP",
    "tapachula": "MX-CHP",
    "tecate": "MX-BCN",
    "tenosique": "MX-TAB",
    "tijuana": "MX-BCN",
    "tlalnepantla": "MX-MEX",
}
# Roads whose incident the texts place in a wrong state: municipality and coordinates are in this one.
_CORRECTED: Final = {"azumbilla": "MX-PUE"}
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
