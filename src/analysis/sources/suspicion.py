"""What is wrong with a refreshed table before anybody has looked: reasons to refuse it until somebody has."""

from collections.abc import Iterable, Iterator, Mapping
from statistics import median
from typing import Final

from analysis.mexico import COUNTRY
from analysis.sources.package import Resource
from analysis.sources.revisions import rows_by_key

FALL: Final = 0.1
"""The share by which the sum of a column may fall: publishers take back some figures, never a tenth of all."""
SCALE: Final = 5
"""How many times a column may be what it was, in the middle of its rows: a change of unit is 10, 100, 1000."""
_NUMBERS: Final = frozenset({"integer", "number"})


def suspicions(table: Resource, before: Resource, old: bytes, new: bytes) -> list[str]:
    """Return what is suspicious about a refreshed table, one sentence each; an empty list means nothing is.

    Args:
        table: The descriptor of the refreshed table.
        before: The descriptor of the committed one.
        old: Its bytes.
        new: The bytes of the refreshed one.
    """
    key = table["schema"]["primaryKey"]
    earlier, later = rows_by_key(old, key), rows_by_key(new, key)
    if not earlier:
        return []
    if not later:
        return [f"{table['name']} has no rows; it had {len(earlier)}."]
    return [f"{table['name']}: {reason}." for reason in _reasons(table, before, earlier, later)]


def is_edition(version: str) -> bool:
    """Whether a version is the year of an edition, which a person names in the metadata beside its title."""
    return len(version) == len("2024") and version.isdigit()


Rows = Mapping[str, Mapping[str, str]]


def _reasons(table: Resource, before: Resource, earlier: Rows, later: Rows) -> Iterator[str]:
    if table["unit_key"] != before["unit_key"]:
        yield f"it counts {table['unit_key']}, and counted {before['unit_key']}"
    yield from _earlier_end(table["period"], earlier, later)
    yield from _after_its_edition(table, later)
    for field in table["schema"]["fields"]:
        name = field["name"]
        if name in table["schema"]["primaryKey"]:
            if field["type"] == "string":
                yield from _new_codes(name, earlier, later)
        elif field["type"] in _NUMBERS:
            yield from _other_size(name, earlier, later)


def _earlier_end(period: Mapping[str, str], earlier: Rows, later: Rows) -> Iterator[str]:
    """Periods are written so that their order is that of their texts: years, days, first days of months."""
    column = period.get("end") or period.get("field")
    if column is None:
        return
    old_end, new_end = (max(row.get(column, "") for row in rows.values()) for rows in (earlier, later))
    if new_end < old_end:
        yield f"it ends with {new_end}, and ended with {old_end}"


def _after_its_edition(table: Resource, later: Rows) -> Iterator[str]:
    """An edition has no data of the years after it: a file that has them is of the next."""
    edition, column = table["provenance"]["version"], table["period"].get("field")
    if is_edition(edition) and column:
        end = max(row[column] for row in later.values())[: len(edition)]
        if end > edition:
            yield f"it has data of {end}, and is called edition {edition}: name the new edition in its metadata"


def _new_codes(column: str, earlier: Rows, later: Rows) -> Iterator[str]:
    """A country or a state that was not there is news; any other code is one that the library does not know.

    Names of single events are no codes: codes recur.
    """
    known = {row.get(column, "") for row in earlier.values()}
    if 2 * len(known) > len(earlier):
        return
    new = sorted({row[column] for row in later.values()} - known)
    unknown = [code for code in new if code not in COUNTRY.state_codes and not COUNTRY.is_country(code)]
    if unknown:
        yield f"column {column!r} has codes that were never there: {', '.join(unknown[:5])}"


def _other_size(column: str, earlier: Rows, later: Rows) -> Iterator[str]:
    old, new = (_numbers(column, rows.values()) for rows in (earlier, later))
    shared = [
        number / before
        for key, row in later.items()
        if key in earlier and (before := _number(earlier[key].get(column, ""))) and (number := _number(row[column]))
    ]
    if shared and not 1 / SCALE < (times := median(shared)) < SCALE:
        yield f"column {column!r} is {times:.4g} times what it was: its unit may be another"
    elif sum(old) > 0 and sum(new) < (1 - FALL) * sum(old):
        yield f"column {column!r} adds up to {sum(new):.12g}, and added up to {sum(old):.12g}"


def _numbers(column: str, rows: Iterable[Mapping[str, str]]) -> list[float]:
    return [number for row in rows if (number := _number(row.get(column, ""))) is not None]


def _number(text: str) -> float | None:
    return float(text) if text else None
