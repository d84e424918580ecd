"""From frames and metadata to the files of the data package: CSV bytes, hashes and the descriptor.

Source of the format: Frictionless Data Package and Tabular Data Resource, version 1
(https://specs.frictionlessdata.io/tabular-data-resource/); the provenance words are those of Our World in
Data.
"""

import csv
import hashlib
import io
import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.sources.raw.reading import SourceError

Resource = Mapping[str, Any]
"""What the descriptor says of one table, and what its metadata say of it before: TOML and JSON, as they are read."""

OPTIONAL = ("preliminary_from", "absent_rows", "breaks")  # what only some tables say of themselves
FLOAT_FORMAT = "%.12g"  # more digits differ between machines
_DTYPES: Mapping[str, Any] = {"integer": "Int64", "number": float, "date": "datetime64[s]", "string": object}


def read_metadata(path: Path) -> dict[str, Any]:
    """Return the content of a TOML metadata file.

    Raises:
        SourceError: If it cannot be parsed; the message names the file and the line.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path.name}: {error}; correct the metadata file.") from error


def codes_beside(module: str) -> dict[str, dict[str, str]]:
    """Return our codes for what a publisher calls things, by kind: the ``codes`` of the metadata beside its adapter.

    Args:
        module: The file of the adapter.
    """
    codes: dict[str, dict[str, str]] = read_metadata(Path(module).with_suffix(".toml"))["codes"]
    return codes


def csv_bytes(frame: pd.DataFrame, table: Resource) -> bytes:
    """Return a table as CSV: columns in the order of its metadata, rows in the order of its primary key.

    Args:
        frame: The rows; whole numbers, floats, texts, dates.
        table: Its metadata, with ``name``, ``primary_key`` and ``fields``.

    Raises:
        SourceError: If the columns are not those of the metadata, or a key is there twice.
    """
    columns: list[str] = [field["name"] for field in table["fields"]]
    if set(columns) != set(frame.columns):
        made = sorted(map(str, frame.columns))
        raise SourceError(
            f"{table['name']}: the adapter made the columns {made}, its metadata name {sorted(columns)}; "
            "make them agree."
        )
    key = list(table["primary_key"])
    twice = frame[frame.duplicated(key)]
    if len(twice):
        raise SourceError(
            f"{table['name']}: the key {tuple(twice[key].iloc[0])} is there twice; the adapter must "
            "add up or tell the rows apart."
        )
    ordered = frame.sort_values(key, kind="stable")[columns]
    typed = ordered.astype({field["name"]: _DTYPES[field["type"]] for field in table["fields"]})
    return typed.to_csv(index=False, float_format=FLOAT_FORMAT, lineterminator="\n").encode("utf-8")


def resource(table: Resource, metadata: Mapping[str, Any], path: str, content: bytes) -> Resource:
    """Return the descriptor of one table.

    Args:
        table: The metadata of the table.
        metadata: The metadata file that it stands in; what the table does not say holds from there.
        path: Where the file is, relative to the descriptor.
        content: The bytes of the file.
    """
    common, said = metadata["resource"], {**metadata["resource"], **table}
    provenance = {**metadata["provenance"], **table.get("provenance", {})}
    return {
        "name": table["name"],
        "profile": "tabular-data-resource",
        "path": path,
        "title": table["title"],
        "title_en": table["title_en"],
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": count_rows(content),
        "schema": {
            "fields": [dict(field) for field in table["fields"]],
            "primaryKey": list(table["primary_key"]),
            "missingValues": [""],
        },
        "sources": table.get("sources", common["sources"]),
        "licenses": table.get("licenses", common["licenses"]),
        "unit": table["unit"],
        "unit_key": table["unit_key"],
        "period": table["period"],
        **{name: said[name] for name in OPTIONAL if said.get(name)},
        "provenance": {"source_id": metadata["source_id"], **provenance},
    }


def descriptor(head: Mapping[str, Any], resources: Iterable[Resource]) -> dict[str, Any]:
    """Return the descriptor of the whole package: its head and its resources by name."""
    return {
        "profile": "tabular-data-package",
        **head,
        "resources": sorted(resources, key=lambda item: str(item["name"])),
    }


def json_bytes(value: Mapping[str, Any]) -> bytes:
    """Return JSON with two spaces of indent, accents as they are, a final line end."""
    return (json.dumps(value, ensure_ascii=False, indent=2, default=date.isoformat) + "\n").encode("utf-8")


def count_rows(content: bytes) -> int:
    """Return the number of data rows of a CSV file (a quoted cell may hold line ends)."""
    return max(sum(1 for row in csv.reader(io.StringIO(content.decode("utf-8"), newline="")) if row) - 1, 0)
