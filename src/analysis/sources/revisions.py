"""What a refresh changes: rows that are new or gone, values that were revised, and the log of them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from analysis.sources.raw.reading import SourceError

LOG: Final = "revisions.csv"
COLUMNS: Final = (
    "date",
    "source",
    "table",
    "change",
    "row",
    "column",
    "old",
    "new",
    "difference",
    "share_pct",
    "reason",
)
_LOGGED: Final = frozenset({"new table", "added", "removed", "revised", "accepted"})
_ORDER: Final = ("accepted", "new table", "revised", "added", "removed", "metadata", "edited")


@dataclass(frozen=True)
class Change:
    """One difference between a committed table and the refreshed one.

    Attributes:
        table: The name of the table.
        kind: A new table, a row added, a row removed, a value revised, other metadata than size and hash, a compiled
            table that was edited since it was last described, or something suspicious that was accepted.
        key: The row, as "year=2024, sex=female"; empty for a whole table.
        column: The column of a revised value; else empty.
        old: The committed value, as text, or what a removed row held; empty for what is new.
        new: The refreshed value, as text, or what an added row holds; for a table the number of its rows.
        reason: Why something suspicious was accepted; else empty.
    """

    table: str
    kind: Literal["new table", "added", "removed", "revised", "metadata", "edited", "accepted"]
    key: str = ""
    column: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""

    @property
    def difference(self) -> float | None:
        """The new value less the old one; None unless both are numbers."""
        if self.kind == "revised":
            with suppress(ValueError):
                return float(self.new) - float(self.old)
        return None

    @property
    def share(self) -> float | None:
        """The difference in per cent of the old value; None without one, or where the old value is zero."""
        difference = self.difference
        return None if difference is None or float(self.old) == 0 else 100 * difference / float(self.old)


def rows_by_key(content: bytes, key: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the rows of a table (CSV bytes) by their key, as "year=2024, sex=female"."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return {", ".join(f"{column}={row.get(column, '')}" for column in key): row for row in reader}


def compare(table: str, key: Sequence[str], old: bytes, new: bytes) -> list[Change]:
    """Return rows added and removed and values revised between two versions of a table (CSV bytes).

    Raises:
        SourceError: If the older version is no CSV file any more.
    """
    try:
        before = rows_by_key(old, key)
    except (csv.Error, ValueError) as error:
        raise SourceError(f"{table}: the committed table is no CSV file ({error}); restore it.") from error
    after = rows_by_key(new, key)
    changes = [
        Change(table, "removed", label, old=_held(row, key)) for label, row in before.items() if label not in after
    ]
    for label, row in after.items():
        if label not in before:
            changes.append(Change(table, "added", label, new=_held(row, key)))
            continue
        for column, value in row.items():
            previous = before[label].get(column, "")
            if value != previous:
                changes.append(Change(table, "revised", label, column, previous, value))
    return changes


def largest_first(changes: Iterable[Change]) -> list[Change]:
    """Return changes by table; within one, what was accepted, then revisions from the largest, then rows."""
    return sorted(changes, key=lambda c: (c.table, _ORDER.index(c.kind), -abs(c.difference or 0)))


def log_bytes(log: bytes, changes: Sequence[Change], sources: Mapping[str, str], day: date) -> bytes:
    """Return the log of revisions with these changes after what it holds.

    Args:
        log: The log so far (CSV bytes); empty where there is none.
        changes: What is written now.
        sources: The name of the adapter by table.
        day: The day of the refresh.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    if not log:
        writer.writerow(COLUMNS)
    for change in largest_first(c for c in changes if c.kind in _LOGGED):
        numbers = (_text(change.difference), _text(change.share, 2))
        source = sources.get(change.table, "")
        values = (change.kind, change.key, change.column, change.old, change.new, *numbers, change.reason)
        writer.writerow((day.isoformat(), source, change.table, *values))
    return log + text.getvalue().encode("utf-8")


def _held(row: Mapping[str, str], key: Sequence[str]) -> str:
    return ", ".join(f"{column}={value}" for column, value in row.items() if column not in key and value)


def _text(number: float | None, digits: int = 6) -> str:
    return "" if number is None else f"{round(number, digits):.12g}"
