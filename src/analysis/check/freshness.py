"""Which tables are due: their next period should be out, or nobody has looked for longer than their publisher waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from analysis.package.data_package import DataPackage
from analysis.report.audit import Entry, months_between
from analysis.sources.raw.addresses import adapters_by_table


def overdue(data_folder: Path, today: date) -> list[str]:
    """Return one sentence for each refreshed table that is due on a day, by table.

    Typed-in tables, closed series and lists of events have no day on which they are due (`Entry.months_usual`).

    Args:
        data_folder: the data package.
        today: the day.
    """
    package = DataPackage(data_folder)
    adapters = adapters_by_table()
    return [
        f"{name}: {reason}; run `briefings refresh {adapters[name]}`"
        for name in package.names
        if name in adapters
        for reason in _reasons(Entry(package.table(name, today)), today)
    ]


def _reasons(entry: Entry, today: date) -> Iterator[str]:
    usual, updates = entry.months_usual, entry.months_between_updates
    if usual is None or updates is None:
        return
    if entry.late:
        yield f"it ends on {entry.last}, {entry.months_behind} months ago, and newer data are usual after {usual}"
    accessed = date.fromisoformat(entry.metadata.provenance["date_accessed"])
    if (unseen := months_between(accessed, today)) > updates:
        yield f"it was last fetched on {accessed}, {unseen} months ago, and its publisher updates it every {updates}"
