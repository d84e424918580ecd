"""What was known when: the releases of a table, and the log of the rows that were others than they are today.

A release is a version of a table that stood published from a day on. The log holds, for the days of past releases, the
rows that today's table no longer has as they were; what is not in the log was then as it is now, if its period is not
later than the last one of the release. So a table can be seen as of any day since its first release, and its past is
never rewritten: a new release only adds to the log.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

Key = tuple[str, ...]
"""The cells of the columns of the key of one row, as the file has them."""
Cells = tuple[str, ...]
"""The other cells of one row."""
State = Literal["value", "absent"]


class HistoryError(ValueError):
    """What cannot be a history: the message says which release, and why."""


@dataclass(frozen=True)
class Release:
    """A version of a table, as it stood published.

    Attributes:
        known_from: ISO day from which it is known to have been public, at the latest.
        last: ISO day up to which its rows reach; empty for a table without periods.
        columns: its columns outside the key; one that did not exist yet is not among them.
        digest: SHA-256 of the raw files.
    """

    known_from: str
    last: str
    columns: tuple[str, ...]
    digest: str = ""


@dataclass(frozen=True)
class Entry:
    """A row of the log: what one row of the table was from a day to the day before another.

    Attributes:
        key: which row.
        cells: what it held; nothing where it was not there.
        known_from: the first ISO day of this.
        known_until: the first ISO day on which this was no longer so.
        state: whether the row was there.
    """

    key: Key
    cells: Cells
    known_from: str
    known_until: str
    state: State = "value"


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Attributes:
        cells: what it holds outside its key.
        end: the ISO day up to which it reaches; empty for a table without periods.
    """

    cells: Cells
    end: str = ""


Rows = Mapping[Key, Row]
"""A version of a table."""

EMPTY: Final[Cells] = ()


def in_force(releases: Sequence[Release], day: str) -> Release | None:
    """Return the release that stood on an ISO day; None before the first one."""
    place = bisect_right([release.known_from for release in releases], day)
    return releases[place - 1] if place else None


def added(
    log: Sequence[Entry],
    releases: Sequence[Release],
    before: Rows,
    after: Rows,
    new: Release,
    columns: Sequence[str],
) -> list[Entry]:
    """Return what a new release adds to the log: the rows that it changes, for the releases in which they so stood.

    Args:
        log: the log so far.
        releases: the releases so far, the oldest first; the table `before` is the last of them.
        before: the table as it stood until now.
        after: the table of the new release.
        new: the new release. Only columns that it shares with the last one are compared.
        columns: what the cells of a row are, in order.

    Raises:
        HistoryError: if the new release is not later than the last one.
    """
    if releases and new.known_from <= releases[-1].known_from:
        raise HistoryError(
            f"the release of {new.known_from} is not later than that of {releases[-1].known_from}, which is there: "
            "releases are added in order of time, one a day"
        )
    of_key: dict[Key, list[Entry]] = {}
    for entry in log:
        of_key.setdefault(entry.key, []).append(entry)
    last = releases[-1].columns if releases else ()
    shared = [i for i, column in enumerate(columns) if column in last and column in new.columns]
    ends = [*(release.known_from for release in releases[1:]), new.known_from]
    found = []
    for key in sorted({*before, *after}):
        old, row = before.get(key), after.get(key)
        if old and row and old.end == row.end and all(old.cells[i] == row.cells[i] for i in shared):
            continue
        told = of_key.get(key, ())
        states = [_state(release, old, row, told) for release in releases]
        found += [
            Entry(key, old.cells if old and state == "value" else EMPTY, releases[first].known_from, ends[stop], state)
            for state, first, stop in _runs(states)
        ]
    return found


def _state(release: Release, old: Row | None, new: Row | None, told: Sequence[Entry]) -> State | None:
    """What the log must say of a row in a release, now that it changes; None where it needs to say nothing."""
    day = release.known_from
    if any(entry.known_from <= day < entry.known_until for entry in told):
        return None
    if old and old.end <= release.last:
        return "value"
    return "absent" if new and new.end <= release.last else None


def _runs(states: Sequence[State | None]) -> Iterator[tuple[State, int, int]]:
    """Yield each stretch of one state with its first and its last place."""
    for state, places in groupby(range(len(states)), key=states.__getitem__):
        if state:
            run = list(places)
            yield state, run[0], run[-1]
