"""Is the data package what its descriptor says? One sentence a problem.

Rows are checked by Frictionless against the schema; files, metadata, addresses and codes by rules of our own.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from analysis.mexico import COUNTRY

DESCRIPTOR: Final = "datapackage.json"
FOLDERS: Final = ("tables", "compiled")
COMPILED: Final = "compiled/"

_REQUIRED: Final = ("title", "title_en", "unit_key", "sources", "licenses")
_PROVENANCE: Final = (
    "source_id",
    "version",
    "date_published",
    "date_accessed",
    "licence",
    "noncommercial",
    "republish",
    "trust",
    "update_period",
    "publication_lag_days",
    "processing_level",
)
_BILINGUAL: Final = ("producer", "publisher", "processing", "caveats")
_FIELD_TEXTS: Final = ("title", "title_en", "description", "description_en")
_PERIODS: Final = {"year": ("field",), "month": ("field",), "quarter": ("field",), "span": ("start", "end"), "none": ()}
_MEND: Final = "run `briefings refresh` or restore it"

Row = dict[str, str]


class Finding(NamedTuple):
    """What is wrong with one cell, or (without a column) with one row or file."""

    line: int
    column: str
    words: str


def validate(data_folder: Path) -> list[str]:
    """Return the problems of a data package, one sentence each, by table; an empty list means valid.

    Args:
        data_folder: The folder that holds ``datapackage.json``.
    """
    path = data_folder / DESCRIPTOR
    if not path.is_file():
        return [f"{DESCRIPTOR} is missing in {data_folder}: {_MEND}."]
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
        described = {item["path"] for item in resources}
        problems = [problem for item in resources for problem in _table_problems(data_folder, item)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        return [f"{DESCRIPTOR} is not a data package ({error!r}): {_MEND}."]
    return [*problems, *_undescribed(data_folder, described)]


def _table_problems(data_folder: Path, item: Mapping[str, Any]) -> Iterator[str]:
    yield from _metadata_problems(item)
    yield from _break_problems(item)
    path = data_folder / item["path"]
    if not path.is_file():
        yield f"{item['path']} is missing: {_MEND}."
        return
    content = path.read_bytes()
    try:
        yield from _content_problems(data_folder, item, content, content.decode("utf-8", errors="replace"))
    except csv.Error as error:
        yield f"{item['path']} is no CSV file ({error}): {_MEND}."


def _content_problems(data_folder: Path, item: Mapping[str, Any], content: bytes, text: str) -> Iterator[str]:
    yield from _file_problems(item, content, text)
    header = list(_header_problems(item, text))
    yield from header
    if not header:
        yield from _cell_problems(data_folder, item, text)


def _metadata_problems(item: Mapping[str, Any]) -> Iterator[str]:
    """Say which metadata are missing: without them a table cannot print its source line."""
    provenance, period = item.get("provenance", {}), item.get("period", {})
    bilingual = {"unit": item.get("unit"), **{f"provenance.{key}": provenance.get(key) for key in _BILINGUAL}}
    missing = [
        *(key for key in _REQUIRED if not item.get(key)),
        *(f"provenance.{key}" for key in _PROVENANCE if provenance.get(key) in (None, "")),
        *(f"{key}.{code}" for key, value in bilingual.items() for code in ("es", "en") if not (value or {}).get(code)),
        *(f"period.{key}" for key in _PERIODS.get(period.get("kind"), ("kind",)) if not period.get(key)),
        *(
            f"{key} of column {field['name']!r}"
            for field in item["schema"]["fields"]
            for key in _FIELD_TEXTS
            if not field.get(key)
        ),
        *([] if item["schema"].get("primaryKey") else ["schema.primaryKey"]),
    ]
    where = f"{DESCRIPTOR}, table {item['name']}"
    yield from (f"{where}: {key} is missing; add it to the metadata file beside the adapter." for key in missing)
    caveats = provenance.get("caveats", {})
    if len(caveats.get("es", [])) != len(caveats.get("en", [])):
        yield f"{where}: there are not as many caveats in Spanish as in English; complete them."


def _break_problems(item: Mapping[str, Any]) -> Iterator[str]:
    """Say what a break of the series lacks: what it touches is not compared across it, and its sentence is printed."""
    columns = {field["name"] for field in item["schema"]["fields"]}
    for number, found in enumerate(item.get("breaks", []), 1):
        where = f"{DESCRIPTOR}, table {item['name']}, break {number}"
        if not _is_day(found.get("date")):
            yield f"{where}: date {found.get('date')!r} is not a day as YYYY-MM-DD; correct it in the metadata file."
        for language in ("es", "en"):
            sentence = found.get(language) or ""
            if not sentence.strip():
                yield f"{where}: {language} is missing; say in a sentence what changed."
            elif "{" in sentence or "}" in sentence:
                yield f"{where}: {language} holds a brace; write plain words."
        for column in [*found.get("columns", []), *found.get("where", {})]:
            if column not in columns:
                yield f"{where}: column {column!r} is not in the table; correct it in the metadata file."
        for name in found.keys() - {"date", "columns", "where", "es", "en"}:
            yield f"{where}: {name!r} is not a part of a break; take it out of the metadata file."


def _is_day(text: object) -> bool:
    try:
        return date.fromisoformat(str(text)).isoformat() == text
    except ValueError:
        return False


def _file_problems(item: Mapping[str, Any], content: bytes, text: str) -> Iterator[str]:
    path = item["path"]
    if item.get("hash") != f"sha256:{hashlib.sha256(content).hexdigest()}" or item.get("bytes") != len(content):
        yield f"{path} differs from {DESCRIPTOR} (sha256): someone edited it; {_MEND}."
    rows = sum(1 for row in csv.reader(io.StringIO(text)) if row) - 1
    if rows != item.get("rows"):
        yield f"{path} has {rows} rows, {DESCRIPTOR} says {item.get('rows')}: it was cut or edited; {_MEND}."


def _header_problems(item: Mapping[str, Any], text: str) -> Iterator[str]:
    wanted = [field["name"] for field in item["schema"]["fields"]]
    found = next(csv.reader(io.StringIO(text)), [])
    head = f"{item['path']}, line 1"
    for column in wanted:
        if column not in found:
            yield f"{head}: column {column!r} is missing or was renamed; {_MEND}."
    for column in found:
        if column not in wanted:
            yield f"{head}: column {column!r} is not in {DESCRIPTOR}; {_MEND}."
    if sorted(found) == sorted(wanted) and found != wanted:
        yield f"{head}: the columns are not in the order of {DESCRIPTOR}; {_MEND}."


def _cell_problems(data_folder: Path, item: Mapping[str, Any], text: str) -> Iterator[str]:
    """Say what is wrong in the rows, each cell once: our own rules explain more, so they come first."""
    said: set[tuple[int, str]] = set()
    for finding in [*_rule_findings(item, text), *_schema_findings(data_folder, item)]:
        if (finding.line, finding.column) in said:
            continue
        said.add((finding.line, finding.column))
        place = f"{item['path']}, line {finding.line}" + (f", column {finding.column!r}" if finding.column else "")
        yield f"{place}: {finding.words}"


def _schema_findings(data_folder: Path, item: Mapping[str, Any]) -> Iterator[Finding]:
    """Check types, constraints and keys with Frictionless, and say them in sentences."""
    from frictionless import FrictionlessException, Resource  # heavy, and only this function needs it

    plain = {key: item[key] for key in ("name", "path", "schema", "encoding")}
    try:
        report = Resource.from_descriptor(plain, basepath=str(data_folder)).validate()
    except FrictionlessException as refused:
        yield Finding(1, "", f"cannot be read as {DESCRIPTOR} describes it ({refused.error.message}); {_MEND}.")
        return
    for error in (error for task in report.tasks for error in task.errors):
        line, column = getattr(error, "row_number", 0), getattr(error, "field_name", "")
        yield Finding(line, column, _words(item, error))


def _words(item: Mapping[str, Any], error: Any) -> str:
    if error.type == "type-error":
        kind = next(field["type"] for field in item["schema"]["fields"] if field["name"] == error.field_name)
        return f"{error.cell!r} is not of type {kind}; correct it or restore the file."
    if error.type == "primary-key":
        key = ", ".join(item["schema"]["primaryKey"])
        return f"a second row with the same {key}; remove one of them."
    if error.type == "constraint-error" and not error.cell:
        return "the cell is empty and must not be; fill it in or restore the file."
    cell = f"{error.cell!r}: " if hasattr(error, "cell") else ""
    return f"{cell}{error.note.rstrip('.')}; correct it or restore the file."


def _rule_findings(item: Mapping[str, Any], text: str) -> Iterator[Finding]:
    """Check what a schema cannot say: addresses of compiled rows, codes of places, order of dates."""
    reader = csv.DictReader(io.StringIO(text), restval="")
    for row in reader:
        for rule in _RULES:
            broken = rule(item, row)
            if broken:
                yield Finding(reader.line_num, *broken)


Broken = tuple[str, str] | None


def _address(item: Mapping[str, Any], row: Row) -> Broken:
    if item["path"].startswith(COMPILED) and not row.get("url", "").startswith(("https://", "http://")):
        return "url", "a compiled row needs the address of its page; add it or take the row out."
    return None


def _state(item: Mapping[str, Any], row: Row) -> Broken:
    code = row.get("state_code")
    if code is None or code == COUNTRY.unknown_state or COUNTRY.is_place(code):
        return None
    return "state_code", f"{code!r} is not the ISO 3166-2 code of a state, {COUNTRY.code} or unknown; correct it."


def _country(item: Mapping[str, Any], row: Row) -> Broken:
    columns = [column for column in row if column in ("nationality", "country")]
    if row.get("breakdown") == "nationality":
        columns.append("category")
    for column in columns:
        if not COUNTRY.is_country(row[column]):
            return (
                column,
                f"{row[column]!r} is not an ISO 3166-1 alpha-3 code; correct it or name it in countries.csv.",
            )
    return None


def _order(item: Mapping[str, Any], row: Row) -> Broken:
    period = item["period"]
    if period.get("kind") == "span" and row[period["start"]] > row[period["end"]]:
        return period["end"], "the period ends before it starts; correct one of the dates."
    return None


_RULES: Final[tuple[Callable[[Mapping[str, Any], Row], Broken], ...]] = (_address, _state, _country, _order)


def _undescribed(data_folder: Path, described: set[str]) -> Iterator[str]:
    for folder in FOLDERS:
        for file in sorted((data_folder / folder).glob("*.csv")):
            path = f"{folder}/{file.name}"
            if path not in described:
                yield f"{path} is not in {DESCRIPTOR}: describe it or remove it."
