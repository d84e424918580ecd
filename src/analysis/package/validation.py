"""Is the data package what its descriptor says? One sentence a problem.

Files and rows are checked by Frictionless, with what a schema cannot say (`checks`); metadata by rules of our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from analysis.foundation.errors import DAMAGED, QuantityError
from analysis.package.descriptor import DESCRIPTOR, DataError, Resource, read_resources
from analysis.package.metadata import NUMBERS
from analysis.package.periods import KINDS
from analysis.values.units import check_unit

FOLDERS: Final = ("tables", "compiled")
COMPILED: Final = "compiled/"

_REQUIRED: Final = ("title", "title_en", "unit_key", "sources", "licenses", "hash", "bytes", "rows")
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
_MEND: Final = "run `briefings refresh` or restore it"
_CORRECT: Final = "correct it or restore the file"
_CHECKED: Final = ("name", "path", "schema", "encoding", "hash", "bytes", "rows")
"""Parts of a resource that Frictionless compares with the file."""


def validate(data_folder: Path) -> list[str]:
    """Return the problems of a data package, one sentence each, by table; an empty list means valid.

    Args:
        data_folder: The folder that holds ``datapackage.json``.
    """
    if not (data_folder / DESCRIPTOR).is_file():
        return [f"{DESCRIPTOR} is missing in {data_folder}: {_MEND}."]
    try:
        resources = read_resources(data_folder).values()
        described = {item["path"] for item in resources}
        problems = [problem for item in resources for problem in _table_problems(data_folder, item)]
    except DataError as error:
        return [f"{error}."]
    except DAMAGED as error:
        return [f"{DESCRIPTOR} is not a data package ({error!r}): {_MEND}."]
    return [*problems, *_undescribed(data_folder, described)]


def _table_problems(data_folder: Path, item: Resource) -> Iterator[str]:
    yield from _metadata_problems(item)
    yield from _break_problems(item)
    yield from _unit_problems(item)
    yield from _adding_problems(item)
    if (data_folder / item["path"]).is_file():
        yield from _file_problems(data_folder, item)
    else:
        yield f"{item['path']} is missing: {_MEND}."


def _metadata_problems(item: Resource) -> Iterator[str]:
    """Say which metadata are missing: without them a table cannot print its source line."""
    provenance, period = item.get("provenance", {}), item.get("period", {})
    bilingual = {"unit": item.get("unit"), **{f"provenance.{key}": provenance.get(key) for key in _BILINGUAL}}
    fields, kind = item["schema"]["fields"], KINDS.get(period.get("kind"))
    missing = [
        *(key for key in _REQUIRED if item.get(key) in (None, "", [])),
        *(f"provenance.{key}" for key in _PROVENANCE if provenance.get(key) in (None, "")),
        *(f"{key}.{code}" for key, value in bilingual.items() for code in ("es", "en") if not (value or {}).get(code)),
        *(f"period.{key}" for key in (kind.needs if kind else ("kind",)) if kind is None or not period.get(key)),
        *(f"{key} of column {field['name']!r}" for field in fields for key in _FIELD_TEXTS if not field.get(key)),
        *([] if item["schema"].get("primaryKey") else ["schema.primaryKey"]),
        *([] if _has_address(item) else ["a required column 'url' for the address of its page"]),
    ]
    where = f"{DESCRIPTOR}, table {item['name']}"
    yield from (f"{where}: {key} is missing; add it to the metadata file beside the adapter." for key in missing)
    caveats = provenance.get("caveats", {})
    if len(caveats.get("es", [])) != len(caveats.get("en", [])):
        yield f"{where}: there are not as many caveats in Spanish as in English; complete them."


def _has_address(item: Resource) -> bool:
    """Whether the rows of a table that was typed in must each have the address of its page."""
    limits = [field.get("constraints", {}) for field in item["schema"]["fields"] if field["name"] == "url"]
    addressed = any(limit.get("required") and limit.get("pattern", "").startswith("http") for limit in limits)
    return addressed or not item["path"].startswith(COMPILED)


def _break_problems(item: Resource) -> Iterator[str]:
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


def _unit_problems(item: Resource) -> Iterator[str]:
    """Say which units are none that the library knows."""
    units = [item.get("unit_key"), *(field.get("unit") for field in item["schema"]["fields"])]
    for unit in dict.fromkeys(filter(None, units)):
        try:
            check_unit(unit)
        except QuantityError as error:
            yield f"{DESCRIPTOR}, table {item['name']}: {error}."


def _adding_problems(item: Resource) -> Iterator[str]:
    """Say what is not well described of the columns whose values are not added up."""
    for field in item["schema"]["fields"]:
        where = f"{DESCRIPTOR}, table {item['name']}, column {field['name']!r}"
        known = (None, True, "period") if field["type"] in NUMBERS else (None, True)
        if field.get("alone") not in known:
            yield f"{where}: alone is {field['alone']!r}; write true or, of numbers of a date, 'period'."
        if "whole" in field and field["type"] != "string":
            yield f"{where}: whole is of columns of texts; take it out of the metadata file."


def _is_day(text: object) -> bool:
    try:
        return date.fromisoformat(str(text)).isoformat() == text
    except ValueError:
        return False


def _file_problems(data_folder: Path, item: Resource) -> Iterator[str]:
    """Check digest, size, columns, types, constraints and keys with Frictionless; say each cell once, in a sentence."""
    import frictionless  # heavy, and only this function needs it

    from analysis.package.checks import Rows

    try:
        described: Resource = {key: item[key] for key in _CHECKED if key in item}
        resource = frictionless.Resource.from_descriptor(described, basepath=str(data_folder))
        report = resource.validate(frictionless.Checklist(checks=[Rows(item["period"])]))
    except frictionless.FrictionlessException as refused:
        yield f"{item['path']} cannot be read as {DESCRIPTOR} describes it ({refused.error.message}); {_MEND}."
        return
    errors = [error for task in report.tasks for error in task.errors]
    of_header = [error for error in errors if error.type.endswith(("-label", "-header"))]  # else each row is wrong
    found: dict[object, str] = {}
    for error in of_header or errors:
        sentence, line = _sentence(item, error, report.tasks[0].stats.get("rows")), getattr(error, "row_number", 0)
        found.setdefault((line, getattr(error, "field_name", "")) if line else sentence, sentence)
    yield from found.values()


def _sentence(item: Resource, error: Any, rows: int | None) -> str:
    """What Frictionless found, with its place and what to do."""
    path, line, column = str(item["path"]), getattr(error, "row_number", 0), getattr(error, "field_name", "")
    match error.type:
        case "hash-count" | "byte-count":
            return f"{path} differs from {DESCRIPTOR} (sha256): someone edited it; {_MEND}."
        case "row-count":
            return f"{path} has {rows} rows, {DESCRIPTOR} says {item['rows']}: it was cut or edited; {_MEND}."
        case "missing-label":
            return f"{path}, line 1: column {column!r} is missing; {_MEND}."
        case "extra-label":
            return f"{path}, line 1: column {error.label!r} is not in {DESCRIPTOR}; {_MEND}."
        case "incorrect-label":
            return f"{path}, line 1: column {error.label!r} stands where {DESCRIPTOR} has {column!r}; {_MEND}."
        case "cell-error":  # one of ours
            words = str(error.note)
        case "type-error":
            kind = next(field["type"] for field in item["schema"]["fields"] if field["name"] == column)
            words = f"{error.cell!r} is not of type {kind}; {_CORRECT}."
        case "primary-key":
            words = f"a second row with the same {', '.join(item['schema']['primaryKey'])}; remove one of them."
        case "constraint-error" if not error.cell:
            words = "the cell is empty and must not be; fill it in or restore the file."
        case _:
            cell = f"{error.cell!r}: " if hasattr(error, "cell") else ""
            words = f"{cell}{error.note.rstrip('.') or error.title.lower()}; {_CORRECT}."
    return path + (f", line {line}" if line else "") + (f", column {column!r}" if column else "") + f": {words}"


def _undescribed(data_folder: Path, described: set[str]) -> Iterator[str]:
    for folder in FOLDERS:
        for file in sorted((data_folder / folder).glob("*.csv")):
            path = f"{folder}/{file.name}"
            if path not in described:
                yield f"{path} is not in {DESCRIPTOR}: describe it or remove it."
