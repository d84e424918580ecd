"""What days the rows of a table cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from analysis.package.metadata import Metadata

MONTHS: Final = {"month": 1, "quarter": 3}  # of the periods that are named by their first day


def period_ends(frame: pd.DataFrame, metadata: Metadata) -> pd.Series[Any] | None:
    """Return the last day that each row covers; None where the table has no period."""
    period = metadata.period
    if period["kind"] == "none":
        return None
    if period["kind"] == "span":
        return frame[period["end"]]
    if period.get("through"):
        return frame[period["through"]]
    values = frame[period["field"]]
    if period["kind"] in MONTHS:
        return values + pd.offsets.MonthEnd(MONTHS[period["kind"]])
    return pd.to_datetime(values.astype(str) + "-12-31")


def last_day_covered(frame: pd.DataFrame, metadata: Metadata) -> pd.Timestamp | None:
    """Return the last day that any row covers; None where the table has no period or there are no rows."""
    period = metadata.period
    if period["kind"] == "none" or frame.empty:
        return None
    if period["kind"] == "span" or period.get("through"):
        return pd.Timestamp(frame[period.get("through") or period["end"]].max())
    latest = frame[period["field"]].max()
    if period["kind"] in MONTHS:
        return pd.Timestamp(latest + pd.offsets.MonthEnd(MONTHS[period["kind"]]))
    return pd.Timestamp(int(latest), 12, 31)
