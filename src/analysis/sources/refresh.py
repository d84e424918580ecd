"""Tidy the raw files, compare with the committed tables, show and write what changed: all or nothing."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from analysis.publish.files import only_writer, replace_together
from analysis.sources import (
    attitudes,
    banxico,
    cbp,
    conapo,
    gdidata,
    idmc,
    inegi,
    missing_migrants,
    sesnsp,
    undesa,
    unhcr,
    upm,
    us_state,
    worldbank,
)
from analysis.sources.package import DESCRIPTOR, csv_bytes, descriptor, json_bytes, read_metadata, resource
from analysis.sources.reading import SourceError

Adapter = Callable[[Path], Mapping[str, pd.DataFrame]]
ADAPTERS: dict[str, Adapter] = {
    "attitudes": attitudes.tables,
    "banxico": banxico.tables,
    "cbp": cbp.tables,
    "conapo": conapo.tables,
    "gdidata": gdidata.tables,
    "idmc": idmc.tables,
    "inegi": inegi.tables,
    "missing_migrants": missing_migrants.tables,
    "sesnsp": sesnsp.tables,
    "undesa": undesa.tables,
    "unhcr": unhcr.tables,
    "upm": upm.tables,
    "us_state": us_state.tables,
    "worldbank": worldbank.tables,
}
METADATA = Path(__file__).parent
COMPILED = "compiled"


@dataclass(frozen=True)
class Change:
    """One difference between a committed table and the refreshed one.

    Attributes:
        table: The name of the table.
        kind: A new table, a row added, a row removed, a value revised, other metadata than size and hash, or a
            compiled table that was edited since it was last described.
        key: The row, as "year=2024, nationality=CUB"; empty for a whole table.
        column: The column of a revised value; else empty.
        old: The committed value, as text; empty for what is new.
        new: The refreshed value, as text; for a new or edited table the number of its rows.
    """

    table: str
    kind: Literal["new table", "added", "removed", "revised", "metadata", "edited"]
    key: str = ""
    column: str = ""
    old: str = ""
    new: str = ""


def refresh(
    from_folder: Path, data_folder: Path, sources: Sequence[str] | None = None, *, write: bool = True
) -> list[Change]:
    """Make the tables and the descriptor anew and return what differs from the committed ones.

    Args:
        from_folder: The folder of the raw files, one subfolder a source.
        data_folder: The data package.
        sources: Names of adapters ("unhcr"); None means all. Compiled tables are described anew each time.
        write: Whether to write; without it the changes are only shown.

    Returns:
        Changes by table, in the order of the rows.

    Raises:
        SourceError: If an adapter is unknown, a raw file or column is missing, or a table does not fit its
        metadata.
            Nothing has been written then.
        PublishError: If the folder cannot be written. Nothing has been replaced then.
    """
    names = sorted(ADAPTERS) if sources is None else list(sources)
    contents: dict[str, bytes] = {}
    resources = _other_resources(data_folder, names)
    for name in names:
        for item, content in _tidied(name, from_folder):
            resources.append(item)
            contents[item["path"]] = content
    resources.extend(_compiled_resources(data_folder))
    package = descriptor(read_metadata(METADATA / "package.toml"), resources)
    changes = _changes(data_folder, package, contents)
    if write:
        with only_writer(data_folder):
            replace_together(data_folder, {**contents, DESCRIPTOR: json_bytes(package)})
    return changes


def _tidied(name: str, from_folder: Path) -> list[tuple[dict[str, Any], bytes]]:
    """Return the resource and the bytes of each table of one adapter."""
    if name not in ADAPTERS:
        raise SourceError(f"there is no source {name!r}; the sources are {', '.join(sorted(ADAPTERS))}.")
    metadata = read_metadata(METADATA / f"{name}.toml")
    frames = _read(name, from_folder)
    described = [table["name"] for table in metadata["tables"]]
    if sorted(described) != sorted(frames):
        raise SourceError(
            f"{name}.toml describes {sorted(described)}, the adapter makes {sorted(frames)}; make them agree."
        )
    result = []
    for table in metadata["tables"]:
        try:
            content = csv_bytes(frames[table["name"]], table)
        except SourceError as error:
            raise SourceError(f"{name}, table {error}") from error
        result.append((resource(table, metadata, f"tables/{table['name']}.csv", content), content))
    return result


def _read(name: str, from_folder: Path) -> Mapping[str, pd.DataFrame]:
    """Read the raw files of one source; what no rule of its adapter foresees is said in a sentence too."""
    try:
        return ADAPTERS[name](from_folder)
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(
            f"{name}: a raw file is not as its adapter knows it ({type(error).__name__}: {error}); fetch it again, "
            "or adapt the adapter (--verbose shows where)."
        ) from error


def _compiled_resources(data_folder: Path) -> list[dict[str, Any]]:
    """Return the resources of the tables that were typed in."""
    metadata = read_metadata(METADATA / COMPILED / "common.toml")
    result = []
    for table in _compiled_tables(metadata["citation"]):
        path = f"{COMPILED}/{table['name']}.csv"
        file = data_folder / path
        if not file.is_file():
            raise SourceError(f"{path}: the compiled table is missing in {data_folder}; restore it.")
        result.append(resource(table, metadata, path, file.read_bytes()))
    return result


def _compiled_tables(citation: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the metadata of the compiled tables, theme by theme, each with the columns of the citation at its end."""
    for file in sorted((METADATA / COMPILED).glob("*.toml")):
        for table in read_metadata(file).get("tables", []):
            yield {**table, "fields": [*table["fields"], *citation]}


def _other_resources(data_folder: Path, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the committed resources of the adapters that are not asked for."""
    kept = {
        table["name"]
        for name in ADAPTERS
        if name not in names
        for table in read_metadata(METADATA / f"{name}.toml")["tables"]
    }
    return [item for item in _committed(data_folder) if item["name"] in kept]


def _committed(data_folder: Path) -> list[dict[str, Any]]:
    path = data_folder / DESCRIPTOR
    return list(json.loads(path.read_text(encoding="utf-8"))["resources"]) if path.is_file() else []


def _changes(data_folder: Path, package: Mapping[str, Any], contents: Mapping[str, bytes]) -> list[Change]:
    before = {item["name"]: item for item in _committed(data_folder)}
    changes = []
    for item in package["resources"]:
        name, key = item["name"], item["schema"]["primaryKey"]
        old_file = data_folder / item["path"]
        if name not in before or not old_file.is_file():
            changes.append(Change(name, "new table", new=str(item["rows"])))
            continue
        if item["path"] in contents:
            changes.extend(compare(name, key, old_file.read_bytes(), contents[item["path"]]))
        elif before[name]["hash"] != item["hash"]:
            changes.append(Change(name, "edited", new=str(item["rows"])))
        if _described(before[name]) != _described(item):
            changes.append(Change(name, "metadata"))
    gone = set(before) - {item["name"] for item in package["resources"]}
    return [*changes, *(Change(name, "removed") for name in sorted(gone))]


def _described(item: Mapping[str, Any]) -> str:
    return json_bytes({k: v for k, v in item.items() if k not in ("bytes", "hash", "rows")}).decode()


def compare(table: str, key: Sequence[str], old: bytes, new: bytes) -> list[Change]:
    """Return rows added and removed and values revised between two versions of a table (CSV bytes)."""
    before, after = _rows(old, key), _rows(new, key)
    changes = [Change(table, "removed", label) for label in before if label not in after]
    for label, row in after.items():
        if label not in before:
            changes.append(Change(table, "added", label))
            continue
        for column, value in row.items():
            previous = before[label].get(column, "")
            if value != previous:
                changes.append(Change(table, "revised", label, column, previous, value))
    return changes


def _rows(content: bytes, key: Sequence[str]) -> dict[str, dict[str, str]]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return {", ".join(f"{column}={row.get(column, '')}" for column in key): row for row in reader}
