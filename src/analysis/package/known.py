"""A table as it was known on a day: today's rows, put back to what the log says of them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.package.metadata import Metadata
from analysis.package.vintages import Release

KNOWN_FROM, KNOWN_UNTIL, STATE = "known_from", "known_until", "state"
ABSENT = "absent"


def as_known(
    frame: pd.DataFrame, log: pd.DataFrame, release: Release, metadata: Metadata, day: pd.Timestamp
) -> pd.DataFrame:
    """Return the rows of a table as they stood on a day.

    Args:
        frame: the rows of today.
        log: the rows of the log, in the columns of the table, with known_from, known_until (days) and state.
        release: the one that was in force on that day.
        metadata: of the table.
        day: the day.

    Returns:
        The rows in order of their key; empty cells in columns that did not exist then.
    """
    told = log[(log[KNOWN_FROM] <= day) & (log[KNOWN_UNTIL] > day)]
    rows = frame
    ends = metadata.period.ends(frame)
    if ends is not None:
        rows = frame[ends <= pd.Timestamp(release.last)]
    if len(told):
        key = metadata.key
        others = ~pd.MultiIndex.from_frame(rows[key]).isin(pd.MultiIndex.from_frame(told[key]))
        values = told.loc[told[STATE] != ABSENT, list(frame.columns)]
        rows = pd.concat([rows[others], values]).sort_values(key, kind="stable") if len(values) else rows[others]
    gone = [name for name in _outside_key(metadata) if name not in release.columns]
    known = rows.reset_index(drop=True)
    return known.assign(**{name: pd.Series(pd.NA, known.index, known[name].dtype) for name in gone}) if gone else known


def _outside_key(metadata: Metadata) -> Sequence[str]:
    return [name for name in metadata.fields if name not in metadata.key]
