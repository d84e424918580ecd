"""What a schema cannot say of the rows of a table: codes of places, and the order of days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from frictionless import Check, Row
from frictionless.errors import CellError

from analysis.mexico import COUNTRY


class Rows(Check):
    """Finds codes of no state, codes of no country, and periods that end before they start.

    Args:
        period: what the descriptor says of the period.
    """

    type = "rows"
    Errors = [CellError]  # noqa: RUF012 - as frictionless declares it

    def __init__(self, period: dict[str, Any]) -> None:
        super().__init__()
        self._period = period

    def validate_row(self, row: Row) -> Iterator[CellError]:
        """Yield what is wrong with a row; of a cell that the schema already refuses, nothing."""
        refused = {getattr(error, "field_name", "") for error in row.errors}
        for column, words in self._wrong(row):
            if column not in refused:
                yield CellError.from_row(row, field_name=column, note=words)

    def _wrong(self, row: Row) -> Iterator[tuple[str, str]]:
        state = row.get("state_code", COUNTRY.code)
        if state != COUNTRY.unknown_state and not COUNTRY.is_place(state):
            yield (
                "state_code",
                f"{state!r} is not the ISO 3166-2 code of a state, {COUNTRY.code} or unknown; correct it.",
            )
        by_category = ["category"] if row.get("breakdown") == "nationality" else []
        for column in [name for name in ("nationality", "country") if name in row] + by_category:
            if not COUNTRY.is_country(row[column] or ""):
                words = "is not an ISO 3166-1 alpha-3 code; correct it or name it in countries.csv."
                yield column, f"{row[column]!r} {words}"
        start, end = (row.get(self._period.get(part, "")) for part in ("start", "end"))
        if start and end and start > end:
            yield self._period["end"], "the period ends before it starts; correct one of the dates."
