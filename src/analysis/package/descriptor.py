"""The descriptor of the data package, read in one place.

A build with nothing to do reads it and no table, so this imports neither pandas nor what needs it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from analysis.foundation.errors import DAMAGED, AnalysisError

DESCRIPTOR: Final = "datapackage.json"

Resource = dict[str, Any]
"""What the descriptor says of one table (a Frictionless resource with OWID's provenance words)."""


class DataError(AnalysisError):
    """The data package, or one of its tables, is not as described: the message says what and where."""


def read_resources(data_folder: Path) -> dict[str, Resource]:
    """Return what the descriptor says of each table, by name, in its order.

    Raises:
        DataError: if the file is missing, or is not the descriptor of a data package.
    """
    path = data_folder / DESCRIPTOR
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
        named = {_text(resource, "name"): resource for resource in resources if _text(resource, "path")}
        if len(named) < len(resources):
            raise ValueError("two tables have one name")
        return named
    except FileNotFoundError:
        raise DataError(f"{path} is missing: run `briefings refresh` or restore it") from None
    except DAMAGED as error:
        raise DataError(f"{path} is not a data package ({error}): run `briefings refresh` or restore it") from None


def _text(resource: Resource, part: str) -> str:
    """The name or the path of a table, without which nothing can be done with it."""
    if not isinstance(resource[part], str):
        raise TypeError(f"{part} {resource[part]!r} of a table is no text")
    return str(resource[part])


def newest_access(resources: Iterable[Resource]) -> date:
    """Return the day on which the newest of the tables was read: of a later one nothing is known.

    Raises:
        DataError: if it is not said of every table.
    """
    try:
        return max(date.fromisoformat(resource["provenance"]["date_accessed"]) for resource in resources)
    except DAMAGED as error:
        described = f"{DESCRIPTOR} does not say when each table was read ({type(error).__name__}: {error})"
        raise DataError(f"{described}: run `briefings refresh` or restore it") from None


def digest_of_names(names: Iterable[str]) -> str:
    """Return what identifies a set of tables: a briefing that counts them is old when one is added or taken out."""
    return f"sha256:{hashlib.sha256(chr(10).join(sorted(names)).encode()).hexdigest()}"
