"""Units: known keys, what they count, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.foundation.errors import QuantityError
from analysis.values.units import check_unit, counted_at_once, is_amount


@pytest.mark.parametrize(
    "unit", ["persons", "percent", "million_usd", "billion_mxn_2025", "persons_per_100000", "million_usd_per_transfers"]
)
def test_listed_units_and_what_is_made_of_them(unit: str) -> None:
    """In millions, or so many for another thing."""
    check_unit(unit)


@pytest.mark.parametrize("unit", ["pct", "dollars", "", "%", "millions", "million_dollars", "dollars_per_person"])
def test_an_unknown_unit_is_refused_with_those_there_are(unit: str) -> None:
    """The message lists them."""
    with pytest.raises(QuantityError, match=rf"^'{unit}' is no unit: .*cards.*percent, .*usd.*values/units\.toml$"):
        check_unit(unit)


def test_a_slip_is_answered_with_the_nearest() -> None:
    """One letter off."""
    with pytest.raises(QuantityError, match=r"'event' is no unit: did you mean events\b"):
        check_unit("event")


def test_every_unit_of_the_data_package_is_listed(root: Path) -> None:
    """Those of tables and of columns."""
    for resource in json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        units = [resource["unit_key"], *(field.get("unit") for field in resource["schema"]["fields"])]
        for unit in filter(None, units):
            check_unit(unit)


@pytest.mark.parametrize(
    ("unit", "at_once", "amount"),
    [
        ("persons", 1, True),
        ("million_usd", 1e6, True),
        ("billion_usd", 1e9, True),
        ("percent", 1, False),
        ("usd_per_transfer", 1, False),
    ],
)
def test_how_many_one_of_a_unit_counts(unit: str, at_once: float, amount: bool) -> None:
    """A million of money, one person; a share is no amount."""
    assert (counted_at_once(unit), is_amount(unit)) == (at_once, amount)
