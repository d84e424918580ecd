"""Where the data are: the library, installed as a wheel, does not bring them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from analysis.package.descriptor import DESCRIPTOR, DataError

DATA_VARIABLE: Final = "BRIEFINGS_DATA"
"""The environment variable that names the data folder."""

_CLONE: Final = Path(__file__).resolve().parents[3]
"""The clone that the library runs from, as `make` installs it; of an installed wheel, a folder without data."""


def find_data_folder(given: Path | str | None = None) -> Path:
    """Return the data folder: the one given, else the one that `BRIEFINGS_DATA` names, else `data/` near.

    Near is here, above, and last the clone of the library itself: Papermill runs a notebook from anywhere.

    Raises:
        DataError: if it has no descriptor, or there is none.
    """
    if named := given or os.environ.get(DATA_VARIABLE):
        return _checked(Path(named).resolve(), "the argument data" if given else DATA_VARIABLE)
    here = Path.cwd()
    for folder in (here, *here.parents, _CLONE):
        if (folder / "data" / DESCRIPTOR).is_file():
            return folder / "data"
    raise DataError(
        f"no data/{DESCRIPTOR} in {here} or above: run this inside a clone of the project, or name the folder data/ of "
        f"one, as Briefing(data=...) or in the environment variable {DATA_VARIABLE}"
    )


def _checked(folder: Path, named_by: str) -> Path:
    if (folder / DESCRIPTOR).is_file():
        return folder
    raise DataError(f"no {DESCRIPTOR} in {folder}, which {named_by} names: name the folder data/ of a clone")
