"""Tidy the raw files, compare with the committed tables, show and write what changed: all or nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.foundation.files import only_writer, replace_together
from analysis.package.descriptor import DESCRIPTOR, DataError, read_resources
from analysis.sources.package import Resource, csv_bytes, descriptor, json_bytes, read_metadata, resource
from analysis.sources.raw.addresses import METADATA, adapter, adapters_by_table, instructions, raw_files, source_names
from analysis.sources.raw.download import publishers_days
from analysis.sources.raw.reading import SourceError
from analysis.sources.raw.transfer import is_web_page
from analysis.sources.revisions import LOG, Change, compare, log_bytes
from analysis.sources.suspicion import is_edition, suspicions

COMPILED = "compiled"
_DATES = ("version", "date_published", "date_accessed")


@dataclass(frozen=True)
class Refresh:
    """What a refresh would write, before it is written.

    Attributes:
        changes: Changes by table, in the order of the rows.
        suspicions: What is suspicious, and was not accepted: one sentence each.
        files: The files of the data package that are replaced, by their path in it.
    """

    changes: list[Change]
    suspicions: list[str]
    files: dict[str, bytes]


def refresh(
    from_folder: Path,
    data_folder: Path,
    sources: Sequence[str] | None = None,
    *,
    today: date,
    accept: str = "",
    write: bool = True,
) -> Refresh:
    """Make the tables and the descriptor anew, compare with the committed ones, and write all or none.

    Args:
        from_folder: The folder of the raw files, one subfolder a source.
        data_folder: The data package.
        sources: Names of adapters; None means all. Compiled tables are described anew each time.
        today: The day that is noted where raw files are other ones than before.
        accept: Why something suspicious is right; it is noted in the log of revisions.
        write: Whether to write; what is suspicious and was not accepted is never written.

    Raises:
        SourceError: If an adapter is unknown, a raw file or column is missing, or a table does not fit its metadata.
            Nothing has been written then.
        PublishError: If the folder cannot be written. Nothing has been replaced then.
    """
    names = source_names() if sources is None else list(sources)
    with only_writer(data_folder):
        prepared = _prepare(from_folder, data_folder, names, today, accept)
        if write and not prepared.suspicions:
            replace_together(data_folder, prepared.files)
    return prepared


def _prepare(from_folder: Path, data_folder: Path, names: Sequence[str], today: date, accept: str) -> Refresh:
    contents: dict[str, bytes] = {}
    made: list[Resource] = []
    committed, days = _committed(data_folder), publishers_days(from_folder)
    for name in names:
        raw = _raw(name, from_folder)
        version = max((days[file["sha256"]] for file in raw if file["sha256"] in days), default=today.isoformat())
        for item, content in _tidied(name, from_folder):
            contents[item["path"]] = content
            made.append(dated(item, raw, committed.get(item["name"]), today, version))
    resources = [*_other_resources(committed, names), *made, *_compiled_resources(data_folder)]
    package = descriptor(read_metadata(METADATA / "package.toml"), resources)
    changes = _changes(data_folder, committed, package, contents)
    found = _suspicions(data_folder, committed, made, contents)
    if accept:
        changes += [Change(table, "accepted", sentence, reason=accept) for table, sentence in found]
    files = {**contents, DESCRIPTOR: json_bytes(package), **_log(data_folder, changes, today)}
    return Refresh(changes, [] if accept else [sentence for _, sentence in found], files)


def _raw(name: str, from_folder: Path) -> list[dict[str, Any]]:
    """Return what is recorded of the raw files of a source: path, size and digest.

    Raises:
        SourceError: If one is missing, empty, or a web page; it says where to get it.
    """
    if name not in source_names():
        raise SourceError(f"there is no source {name!r}; the sources are {', '.join(source_names())}.")
    recorded = []
    for file in raw_files([name]):
        path = from_folder / file.path
        if not path.is_file():
            raise SourceError(f"the raw file is missing: {instructions(file, from_folder)}")
        content = path.read_bytes()
        if not content or is_web_page(content):
            raise SourceError(
                f"{file.path} is {'a web page' if content else 'empty'}: {instructions(file, from_folder)}"
            )
        recorded.append({"path": file.path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    return recorded


def dated(
    item: Resource, raw: Sequence[Mapping[str, Any]], before: Resource | None, today: date, version: str
) -> Resource:
    """Return a resource that says of which raw files it is, and when they were accessed.

    Where they are other ones than those of the committed table, they were accessed today, and a table that differs is
    another version. Where they are the same, what is committed stays, unless the metadata name a later day. A version
    that is an edition stays that of the metadata: its publisher corrects files within it.

    Args:
        item: The resource as its metadata describe it.
        raw: What is recorded of its raw files.
        before: The committed resource; None where there is none.
        today: The day of the refresh.
        version: The version of a table that differs: the day on which its publisher last changed a file, or today.
    """
    given = {**item["provenance"], "raw_files": [dict(file) for file in raw]}
    if before is None or "raw_files" not in before["provenance"]:
        return {**item, "provenance": given}
    kept = before["provenance"]
    if kept["raw_files"] == given["raw_files"]:
        dates = kept if kept["date_accessed"] > given["date_accessed"] else given
    else:
        dates = {**kept, "date_accessed": today.isoformat()}
        if before["hash"] != item["hash"]:
            dates |= {"version": version, "date_published": version}
    if is_edition(given["version"]):
        dates = {**given, "date_accessed": dates["date_accessed"]}
    return {**item, "provenance": {**given, **{name: dates[name] for name in _DATES}}}


def _suspicions(
    data_folder: Path, before: Mapping[str, Resource], made: Sequence[Resource], contents: Mapping[str, bytes]
) -> list[tuple[str, str]]:
    """Return what is suspicious about each table that was there before, with its name."""
    return [
        (item["name"], sentence)
        for item in made
        if item["name"] in before and (data_folder / item["path"]).is_file()
        for sentence in suspicions(
            item, before[item["name"]], (data_folder / item["path"]).read_bytes(), contents[item["path"]]
        )
    ]


def _log(data_folder: Path, changes: Sequence[Change], today: date) -> dict[str, bytes]:
    """Return the log of revisions with these changes; nothing for a package that is made for the first time."""
    if not (data_folder / DESCRIPTOR).is_file() or all(change.kind in ("metadata", "edited") for change in changes):
        return {}
    path = data_folder / LOG
    return {LOG: log_bytes(path.read_bytes() if path.is_file() else b"", changes, adapters_by_table(), today)}


def _tidied(name: str, from_folder: Path) -> list[tuple[Resource, bytes]]:
    """Return the resource and the bytes of each table of one adapter.

    What no rule of the adapter foresees in a raw file is said in a sentence too.
    """
    try:
        return _made(name, from_folder)
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(
            f"{name}: a raw file is not as its adapter knows it ({type(error).__name__}: {error}); fetch it again, "
            "or adapt the adapter (--verbose shows where)."
        ) from error


def _made(name: str, from_folder: Path) -> list[tuple[Resource, bytes]]:
    metadata = read_metadata(METADATA / f"{name}.toml")
    frames = adapter(name).tables(from_folder)
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


def _compiled_resources(data_folder: Path) -> list[Resource]:
    """Return the resources of the tables that were typed in, each with the columns of the citation at its end."""
    metadata = read_metadata(METADATA / COMPILED / "common.toml")
    themes = sorted((METADATA / COMPILED).glob("*.toml"))
    result = []
    for table in (table for theme in themes for table in read_metadata(theme).get("tables", [])):
        path = f"{COMPILED}/{table['name']}.csv"
        if not (data_folder / path).is_file():
            raise SourceError(f"{path}: the compiled table is missing in {data_folder}; restore it.")
        cited = {**table, "fields": [*table["fields"], *metadata["citation"]]}
        result.append(resource(cited, metadata, path, (data_folder / path).read_bytes()))
    return result


def _other_resources(committed: Mapping[str, Resource], names: Sequence[str]) -> list[Resource]:
    """Return the committed resources of the adapters that are not asked for."""
    adapters = adapters_by_table()
    return [item for name, item in committed.items() if name in adapters and adapters[name] not in names]


def _committed(data_folder: Path) -> dict[str, Resource]:
    """Return the committed resources by name.

    Raises:
        SourceError: If the descriptor is damaged.
    """
    try:
        return {**read_resources(data_folder)} if (data_folder / DESCRIPTOR).is_file() else {}
    except DataError as error:
        raise SourceError(str(error)) from error


def _changes(
    data_folder: Path, before: Mapping[str, Resource], package: Mapping[str, Any], contents: Mapping[str, bytes]
) -> list[Change]:
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


def _described(item: Resource) -> bytes:
    """Return what is said of a table, without what follows from its rows and raw files."""
    provenance = {k: v for k, v in item["provenance"].items() if k not in (*_DATES, "raw_files")}
    kept = {k: v for k, v in item.items() if k not in ("bytes", "hash", "rows")}
    return json_bytes({**kept, "provenance": provenance})
