"""Series of which a first release is known, and where the tables hold them as they stand now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Held:
    """The table of a series, the column that is summed, and what chooses its rows."""

    table: str
    column: str = ""
    where: Mapping[str, str] = field(default_factory=dict)


REVISED: Final[Mapping[str, Held | None]] = {
    "irregular_events": Held("irregular_events_month"),
    "minors_events": Held("minors_events_month"),
    "returns_by_mexico": Held("foreigners_returned_month"),
    "asylum_claims": None,
    "remittances_inflow": Held("remittances_month", "inflow_musd"),
    "displaced_by_disasters": None,
    "displaced_by_conflict": None,
    "idp_stock": Held("displacement_year", "stock", {"cause": "conflict"}),
    "mass_displacement": None,
    "border_deaths": Held("migrant_deaths_year_area", "", {"area": "border"}),
    "foreign_born": None,
}
"""In the order in which they are shown; None where no table of ours has what the releases have."""
