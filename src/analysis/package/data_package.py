"""The data package as a report of a given date may see it."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path

from analysis.foundation.errors import DAMAGED
from analysis.package.codes import Codes
from analysis.package.descriptor import DESCRIPTOR, DataError, newest_access, read_resources
from analysis.package.metadata import Metadata
from analysis.package.reading import read_table, visible
from analysis.package.table import Table


class DataPackage:
    """The tables of a data folder.

    Attributes:
        folder: the folder.
        resources: what the descriptor says of each table, by name.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.resources = read_resources(folder)

    @property
    def names(self) -> list[str]:
        """Names of all tables."""
        return list(self.resources)

    @property
    def newest_access(self) -> date:
        """Day on which the newest of its data were read (see `descriptor.newest_access`)."""
        return newest_access(self.resources.values())

    def metadata(self, name: str) -> Metadata:
        """Metadata of a table.

        Raises:
            DataError: if there is no such table.
        """
        if not isinstance(name, str):
            raise DataError(f"a table is asked for by its name, a text, not {name!r}: b.table('asylum_claims_year')")
        if name not in self.resources:
            near = [known for known in self.names if name in known] or get_close_matches(name, self.names)
            hint = f"did you mean {' or '.join(near)}?" if near else f"the data package has {', '.join(self.names)}"
            raise DataError(f"there is no table '{name}': {hint}")
        return Metadata(self.resources[name])

    def path(self, name: str) -> Path:
        """Where the table's CSV file is."""
        return self.folder / str(self.metadata(name).resource["path"])

    def table(self, name: str, as_of: date) -> Table:
        """Read a table with its types and keep the rows that had been published at `as_of`.

        Raises:
            DataError: if the file is missing or cut short, or a column, type or key is not as described.
        """
        metadata = self.metadata(name)
        try:
            frame = read_table(self.path(name), metadata)
            tuple(metadata.breaks)  # one that is not well described is told here, not in the middle of a report
            return Table(metadata, visible(frame, metadata, as_of), as_of, Codes(metadata, frame))
        except DAMAGED as error:
            described = f"{DESCRIPTOR} does not describe table {name} ({type(error).__name__}: {error})"
            raise DataError(f"{described}: run `briefings refresh` or restore it") from error
