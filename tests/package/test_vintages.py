"""What was known when: a log of what changed gives back every release as it stood, and is only added to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.package.known import ABSENT, KNOWN_FROM, KNOWN_UNTIL, STATE, as_known
from analysis.package.metadata import Metadata
from analysis.package.vintages import Entry, HistoryError, Key, Release, Row, Rows, added, in_force

COLUMNS = ("claims", "through")
METADATA = Metadata(
    {
        "name": "claims",
        "schema": {
            "fields": [
                {"name": "year", "type": "integer"},
                {"name": "nationality", "type": "string"},
                {"name": "claims", "type": "integer"},
                {"name": "through", "type": "date"},
            ],
            "primaryKey": ["year", "nationality"],
        },
        "period": {"kind": "year", "field": "year", "through": "through"},
    }
)


def release(day: str, rows: Rows, columns: Sequence[str] = COLUMNS) -> Release:
    """A release with these rows."""
    return Release(day, max((row.end for row in rows.values()), default=""), tuple(columns))


def loaded(versions: Sequence[tuple[str, Rows]]) -> tuple[list[Entry], list[Release]]:
    """The log and the releases of versions in order of time."""
    log: list[Entry] = []
    releases: list[Release] = []
    before: Rows = {}
    for day, rows in versions:
        new = release(day, rows)
        log += added(log, releases, before, rows, new, COLUMNS)
        releases.append(new)
        before = rows
    return log, releases


def typed(rows: Sequence[tuple[object, ...]], more: Sequence[str] = ()) -> pd.DataFrame:
    """Rows of cells as a table has them."""
    frame = pd.DataFrame(rows, columns=["year", "nationality", *COLUMNS, *more])
    return frame.assign(
        year=frame["year"].astype("int64"),
        claims=pd.to_numeric(frame["claims"]).astype("Int64"),
        **{name: pd.to_datetime(frame[name]) for name in ("through", *(n for n in more if n != STATE))},
    )


def seen(rows: Rows, log: Sequence[Entry], releases: Sequence[Release], day: str) -> dict[Key, tuple[str, ...]]:
    """The table of today as it was known on a day, as text."""
    stood = in_force(releases, day)
    assert stood is not None
    today = typed([(*key, *row.cells) for key, row in sorted(rows.items())])
    told = typed(
        [(*e.key, *(e.cells or (None, None)), e.known_from, e.known_until, e.state) for e in log],
        [KNOWN_FROM, KNOWN_UNTIL, STATE],
    )
    frame = as_known(today, told, stood, METADATA, pd.Timestamp(day))
    return {(str(y), n): (str(c), f"{t:%Y-%m-%d}") for y, n, c, t in frame.itertuples(index=False)}


def told(rows: Rows) -> dict[Key, tuple[str, ...]]:
    """The cells of a version."""
    return {key: row.cells for key, row in rows.items()}


def row(claims: int, through: str) -> Row:
    """A row that reaches up to a day."""
    return Row((str(claims), through), through)


VERSIONS = st.lists(
    st.dictionaries(
        st.sampled_from(["CUB", "HND", "VEN"]).flatmap(
            lambda who: st.sampled_from(["2022", "2023", "2024"]).map(lambda year: (year, who))
        ),
        st.tuples(st.integers(0, 3), st.booleans()),
        min_size=1,
    ).map(
        lambda rows: {
            (year, who): row(claims, f"{year}-{'12-31' if whole else '06-30'}")
            for (year, who), (claims, whole) in rows.items()
        }
    ),
    min_size=1,
    max_size=6,
)


@given(VERSIONS)
def test_every_release_is_seen_as_it_stood(versions: list[dict[Key, Row]]) -> None:
    """Whatever came late, was withdrawn, revised and revised back: on the day of a release and before the next."""
    days = [f"2025-{month:02}-10" for month in range(1, len(versions) + 1)]
    log, releases = loaded(list(zip(days, versions, strict=True)))
    for day, rows in zip(days, versions, strict=True):
        assert seen(versions[-1], log, releases, day) == told(rows)
        assert seen(versions[-1], log, releases, day[:-2] + "28") == told(rows)


@given(VERSIONS)
def test_the_past_is_never_rewritten(versions: list[dict[Key, Row]]) -> None:
    """What the log said before a release stands in it afterwards, and no two entries of a row overlap."""
    days = [f"2025-{month:02}-10" for month in range(1, len(versions) + 1)]
    pairs = list(zip(days, versions, strict=True))
    logs = [loaded(pairs[: i + 1])[0] for i in range(len(pairs))]
    for earlier, later in pairwise(logs):
        assert later[: len(earlier)] == earlier
    spans: dict[Key, list[tuple[str, str]]] = {}
    for entry in logs[-1]:
        spans.setdefault(entry.key, []).append((entry.known_from, entry.known_until))
    for each in spans.values():
        assert all(until <= start for (_, until), (start, _) in pairwise(sorted(each)))


def test_a_release_of_the_same_rows_adds_nothing() -> None:
    """Nothing was revised; the day of the release is another."""
    rows = {("2023", "CUB"): row(5, "2023-12-31")}
    log, releases = loaded([("2024-01-10", rows), ("2024-06-10", rows)])
    assert (log, len(releases)) == ([], 2)


@pytest.mark.parametrize("day", ["2024-01-10", "2023-12-01"])
def test_a_release_that_is_not_later_is_refused(day: str) -> None:
    """Of one day or of an earlier one: the log would have to be rewritten."""
    rows = {("2023", "CUB"): row(5, "2023-12-31")}
    log, releases = loaded([("2024-01-10", rows)])
    with pytest.raises(HistoryError, match=f"the release of {day} is not later than that of 2024-01-10"):
        added(log, releases, rows, rows, release(day, rows), COLUMNS)


def test_a_column_that_did_not_exist_is_empty() -> None:
    """It is no revision that it came, and before that nothing was known of it."""
    first, second = {("2023", "CUB"): Row(("5", ""), "2023-12-31")}, {("2023", "CUB"): row(5, "2023-12-31")}
    old = release("2024-01-10", first, ["claims"])
    new = release("2024-06-10", second)
    assert added([], [old], first, second, new, COLUMNS) == []
    frame = as_known(
        typed([("2023", "CUB", "5", "2023-12-31")]),
        typed([], [KNOWN_FROM, KNOWN_UNTIL, STATE]),
        old,
        METADATA,
        pd.Timestamp("2024-02-01"),
    )
    assert frame["through"].isna().all()
    assert list(frame["claims"]) == [5]


def test_before_the_first_release_none_is_in_force() -> None:
    """On its day it is, and until the next one."""
    rows = {("2023", "CUB"): row(5, "2023-12-31")}
    _, releases = loaded([("2024-01-10", rows), ("2024-06-10", rows)])
    found = [in_force(releases, day) for day in ("2024-01-09", "2024-01-10", "2024-06-09", "2024-06-10")]
    assert [each and each.known_from for each in found] == [None, "2024-01-10", "2024-01-10", "2024-06-10"]


def test_what_came_late_was_absent() -> None:
    """A row whose period had ended at an earlier release, and that this one did not have."""
    first = {("2023", "CUB"): row(5, "2023-12-31")}
    second = {**first, ("2023", "HND"): row(7, "2023-12-31"), ("2024", "CUB"): row(9, "2024-12-31")}
    log, _ = loaded([("2024-01-10", first), ("2025-01-10", second)])
    assert log == [Entry(("2023", "HND"), (), "2024-01-10", "2025-01-10", ABSENT)]  # type: ignore[arg-type]
