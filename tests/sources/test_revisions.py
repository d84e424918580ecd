"""Revisions: what changed, largest first, and the log of it."""

from datetime import date

from analysis.sources.revisions import COLUMNS, Change, compare, largest_first, log_bytes

OLD = b"year,state,n,rate\n2023,MX-CHP,100,1.5\n2023,MX-OAX,0,\n2024,MX-CHP,7,2\n"
NEW = b"year,state,n,rate\n2023,MX-CHP,90,1.25\n2023,MX-OAX,3,1\n2025,MX-CHP,8,\n"
CHANGES = [
    Change("t", "removed", "year=2024, state=MX-CHP", old="n=7, rate=2"),
    Change("t", "revised", "year=2023, state=MX-CHP", "n", "100", "90"),
    Change("t", "revised", "year=2023, state=MX-CHP", "rate", "1.5", "1.25"),
    Change("t", "revised", "year=2023, state=MX-OAX", "n", "0", "3"),
    Change("t", "revised", "year=2023, state=MX-OAX", "rate", "", "1"),
    Change("t", "added", "year=2025, state=MX-CHP", new="n=8"),
]


def test_rows_and_values_are_compared_by_their_key() -> None:
    """What is gone, what has another value, what is new, each with what it held."""
    assert compare("t", ["year", "state"], OLD, NEW) == CHANGES


def test_a_difference_is_of_numbers() -> None:
    """Of a value that was missing there is none; of zero there is no share."""
    assert [(c.difference, c.share) for c in CHANGES[1:5]] == [
        (-10, -10),
        (-0.25, 100 * -0.25 / 1.5),
        (3, None),
        (None, None),
    ]
    assert Change("t", "revised", "", "name", "a", "b").difference is None
    assert Change("t", "added", new="n=8").difference is None


def test_the_largest_comes_first() -> None:
    """Within a table, whichever way a value went."""
    assert [c.difference for c in largest_first(CHANGES) if c.kind == "revised"] == [-10, 3, -0.25, None]
    assert [c.table for c in largest_first([Change("z", "added"), Change("a", "removed")])] == ["a", "z"]


def test_the_log_is_continued() -> None:
    """It names the day, the source, both values, difference and share, and why something was accepted."""
    first = log_bytes(b"", CHANGES[1:2], {"t": "unhcr"}, date(2026, 12, 1))
    assert first.decode().splitlines() == [
        ",".join(COLUMNS),
        '2026-12-01,unhcr,t,revised,"year=2023, state=MX-CHP",n,100,90,-10,-10,',
    ]
    accepted = Change("t", "accepted", "t: it ends with 2024, and ended with 2025.", reason="the office says so")
    metadata = Change("t", "metadata")
    more = log_bytes(first, [metadata, accepted], {"t": "unhcr"}, date(2027, 1, 1))
    assert more.startswith(first)
    assert more.decode().splitlines()[2:] == [
        '2027-01-01,unhcr,t,accepted,"t: it ends with 2024, and ended with 2025.",,,,,,the office says so'
    ]
