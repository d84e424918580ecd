"""Units of numbers: which keys there are, how many one of them counts, and whether it is an amount."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from analysis.foundation.errors import QuantityError

_LISTED: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_SCALES: Final = {"million": 1e6, "billion": 1e9}


def check_unit(unit: str) -> None:
    """Refuse what is no key of a unit.

    Raises:
        QuantityError: if it is none, with those that there are.
    """
    counted = unit.partition("_per_")[0]
    listed = [*_LISTED["amounts"], *_LISTED["others"]]
    if {unit, counted, _scaled(counted)[1]}.isdisjoint(listed):
        near = get_close_matches(counted, listed)
        meant = f"did you mean {' or '.join(near)}? " if near else ""
        raise QuantityError(
            f"'{unit}' is no unit: {meant}The units are {', '.join(sorted(listed))}; million_usd, persons_per_100000 "
            "and the like are made of them. A new one is added to values/units.toml"
        )


def counted_at_once(unit: str) -> float:
    """Return how many one of a unit counts: a million of million_usd, one of persons."""
    return _scaled(unit)[0]


def is_amount(unit: str) -> bool:
    """Whether a unit is one of counts or money, not of shares, rates or ranks; one that is not listed may be."""
    return "_per_" not in unit and unit not in _LISTED["others"]


def _scaled(unit: str) -> tuple[float, str]:
    """How many one of a unit counts, and of what."""
    size, _, base = unit.partition("_")
    return (_SCALES[size], base) if size in _SCALES else (1.0, unit)
