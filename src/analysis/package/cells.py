"""The tables as they stand in their files: rows of text, for those who follow numbers without pandas.

They share no code with the tables that made the numbers, so that the two can disagree.
"""

from __future__ import annotations

import csv
from pathlib import Path

from analysis.package.descriptor import read_resources

Row = dict[str, str]


class Cells:
    """The rows of a data package, each file read once.

    Attributes:
        resources: what the descriptor says of each table, by name.
    """

    def __init__(self, data_folder: Path) -> None:
        self.resources = read_resources(data_folder)
        self._folder = data_folder
        self._rows: dict[str, list[Row]] = {}

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table."""
        if table not in self._rows:
            with (self._folder / self.resources[table]["path"]).open(encoding="utf-8", newline="") as file:
                self._rows[table] = list(csv.DictReader(file))
        return self._rows[table]

    def keyed_by(self, *columns: str) -> list[Row]:
        """Return the rows of the table whose key these columns are."""
        found = (n for n, r in self.resources.items() if r["schema"].get("primaryKey") == [*columns])
        return self.rows(next(found))

    def absent_is_zero(self, table: str) -> bool:
        """Whether a row that is not there, in a period that is, means zero."""
        return bool(self.resources[table].get("absent_rows") == "zero")

    def period_columns(self, table: str) -> set[str]:
        """Return the columns that say the period of a row."""
        return set(self.resources[table]["period"].values())
