"""Earlier versions of the raw files, read by the adapters in order of time: the releases of each table, and its log."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.package.metadata import Metadata
from analysis.package.reading import typed
from analysis.package.vintages import Entry, Release, Row, Rows, added
from analysis.sources.package import csv_bytes, read_metadata, resource
from analysis.sources.raw.addresses import METADATA, RawFile, adapter, raw_files
from analysis.sources.raw.reading import MissingFileError, SourceError


@dataclass
class History:
    """The releases of one table, the log of what they changed, and the table as the last of them left it."""

    releases: list[Release]
    log: list[Entry]
    rows: Rows


def dated_states(files: Sequence[RawFile], archive: Path, today: Path) -> Iterator[tuple[str, dict[str, Path]]]:
    """Yield each day on which the archive has a version of one of these files, with where each file then was.

    On a day a file is that of the newest folder not later than it. A file of which the archive has no version at all
    is the one of today; one that has later versions only is not there.

    Args:
        files: What an adapter reads.
        archive: The folder of a folder a source, in it a folder a day.
        today: The folder of the raw files of today.
    """
    versions = {file.path: _versions(file.path, archive) for file in files}
    for day in sorted({day for found in versions.values() for day in found}):
        state = {}
        for path, found in versions.items():
            known = [each for each in found if each <= day]
            if known:
                state[path] = found[max(known)]
            elif not found:
                state[path] = today / path
        yield day, state


def _versions(path: str, archive: Path) -> dict[str, Path]:
    source, _, file = path.partition("/")
    return {found.parent.name: found for found in sorted((archive / source).glob(f"*/{file}"))}


def histories(source: str, archive: Path, today: Path, left_out: Mapping[tuple[str, str], str]) -> dict[str, History]:
    """Return the history of each table of a source, as far as the archive has versions of its raw files.

    Args:
        source: The name of the adapter.
        archive: The folder of the earlier versions.
        today: The folder of the raw files of today.
        left_out: Why a table of a day is left out, by table and day.

    Raises:
        SourceError: If an adapter cannot read a version that is not left out; it names the day.
    """
    metadata = read_metadata(METADATA / f"{source}.toml")
    found: dict[str, History] = {}
    for day, state in dated_states(raw_files([source]), archive, today):
        with TemporaryDirectory() as folder:
            for path, file in state.items():
                (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
                (Path(folder) / path).symlink_to(file.resolve())
            made = adapter(source).tables(Path(folder))
            digest = _digest(state)
            for table in metadata["tables"]:
                if (table["name"], day) in left_out:
                    continue
                try:
                    content = csv_bytes(made[table["name"]], table)
                except MissingFileError:
                    continue
                except SourceError as error:
                    raise SourceError(f"{source}, the version of {day}: {error}") from error
                described = Metadata(resource(table, metadata, "", content))
                _add(found.setdefault(table["name"], History([], [], {})), content, described, day, digest)
    return found


def _add(history: History, content: bytes, metadata: Metadata, day: str, digest: str) -> None:
    rows = rows_of(content, metadata)
    columns = [name for name in metadata.fields if name not in metadata.key]
    present = tuple(c for i, c in enumerate(columns) if any(row.cells[i] for row in rows.values()))
    new = Release(day, max((row.end for row in rows.values()), default=""), present, digest)
    if history.releases and history.rows == rows:
        return
    history.log += added(history.log, history.releases, history.rows, rows, new, columns)
    history.releases.append(new)
    history.rows = rows


def rows_of(content: bytes, metadata: Metadata) -> Rows:
    """Return the rows of a table (CSV bytes) by their key, each with the day up to which it reaches."""
    raw = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    others = [name for name in metadata.fields if name not in metadata.key]
    ends = metadata.period.ends(typed(raw, metadata, metadata.name))
    told = [""] * len(raw) if ends is None else [f"{end:%Y-%m-%d}" for end in ends]
    keys = raw[metadata.key].itertuples(index=False, name=None)
    cells = raw[others].itertuples(index=False, name=None)
    return {key: Row(row, end) for key, row, end in zip(keys, cells, told, strict=True)}


def _digest(state: Mapping[str, Path]) -> str:
    """One digest of all raw files of a day."""
    digest = hashlib.sha256()
    for path in sorted(state):
        digest.update(path.encode() + hashlib.sha256(state[path].read_bytes()).digest())
    return digest.hexdigest()
