"""Fetching raw files from their publishers: several hosts side by side, each file whole and readable or not at all."""

import hashlib
import json
import logging
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Final

import httpx

from analysis.foundation.errors import PublishError
from analysis.foundation.files import write_atomically
from analysis.sources.package import read_metadata
from analysis.sources.raw.addresses import METADATA, RawFile, instructions, raw_files
from analysis.sources.raw.convert import converted, next_page
from analysis.sources.raw.reading import SourceError
from analysis.sources.raw.transfer import Progress, UnreachableError, get, open_client

STATE: Final = ".state.json"
MOST_PAGES: Final = 1000
AT_ONCE: Final = 4


@dataclass(frozen=True)
class Fetched:
    """A raw file as it lies in the folder.

    Attributes:
        path: The file in the folder of raw files.
        url: Where it was fetched.
        sha256: The digest of the file as the adapter reads it.
        etag: What the publisher called this version; may be empty.
        last_modified: When the publisher last changed it, as it was said (an HTTP date); may be empty.
    """

    path: str
    url: str
    sha256: str
    etag: str
    last_modified: str

    @property
    def day(self) -> str:
        """The day on which the publisher last changed it, as 2026-06-25; empty where that was not said."""
        with suppress(ValueError, TypeError):
            return parsedate_to_datetime(self.last_modified).date().isoformat()
        return ""


@dataclass(frozen=True)
class Obtained:
    """Which sources have all their raw files, and what the others lack.

    Attributes:
        names: Names of adapters.
        left_out: One sentence for each file that is missing, with where to get it.
    """

    names: list[str]
    left_out: list[str]


def obtain(names: Sequence[str], folder: Path, *, progress: Progress) -> Obtained:
    """Fetch the raw files of sources, less those that need a key or a file that the steward has not given.

    Args:
        names: Names of adapters.
        folder: The folder of raw files, in which the steward puts what publishers give only by hand.
        progress: Is told what has come.

    Raises:
        SourceError: If files could not be fetched.
    """
    complete, left_out = [], []
    for name in names:
        files = raw_files([name])
        lacking = [f"{file.source}: {sentence}" for file in files if (sentence := _lacks(file, folder))]
        left_out += lacking
        if not lacking:
            complete.append(name)
    fetch(raw_files(complete), folder, progress=progress)
    return Obtained(complete, list(dict.fromkeys(left_out)))


def _lacks(file: RawFile, folder: Path) -> str:
    """Return the sentence about the file or the key that the steward has not given; empty where nothing is missing."""
    if file.by_hand and not (folder / file.path).is_file():
        return instructions(file, folder)
    if file.key and not os.environ.get(file.key):
        return f"{file.path}: its publisher asks for a key; get one at {file.key_page} and set {file.key} to it."
    return ""


def fetch(files: Sequence[RawFile], folder: Path, *, progress: Progress) -> list[Fetched]:
    """Fetch raw files and write each as the adapter reads it.

    Args:
        files: What to fetch; those saved by hand are left out.
        folder: The folder of raw files. What is there is replaced only by a whole and readable file.
        progress: Is told what has come.

    Raises:
        SourceError: If files could not be fetched; it says which, why, and what to do. The others have been fetched
            then.
    """
    wanted = sorted((file for file in files if file.reads), key=_host)
    known = _read_state(folder)
    logging.getLogger("httpx").addFilter(_without_query)
    with open_client(_user_agent()) as client, ThreadPoolExecutor(AT_ONCE) as pool:
        started = [
            pool.submit(_fetch_batch, client, list(batch), folder, known, progress)
            for _, batch in groupby(wanted, key=_host)
        ]
        results = [result for batch in started for result in batch.result()]
    fetched = [result for result in results if isinstance(result, Fetched)]
    _write_state(folder, known, fetched)
    if failures := [str(result) for result in results if isinstance(result, SourceError)]:
        raise SourceError("\n".join(failures))
    return fetched


def publishers_days(folder: Path) -> dict[str, str]:
    """Return the day on which publishers last changed the files of a folder, by SHA-256, where they said it."""
    return {entry.sha256: entry.day for entry in _read_state(folder).values() if entry.day}


def _without_query(record: logging.LogRecord) -> bool:
    """Cut the query, where keys are, off the addresses that the HTTP library logs."""
    if isinstance(record.args, tuple):
        record.args = tuple(a.copy_with(query=None) if isinstance(a, httpx.URL) else a for a in record.args)
    return True


def _user_agent() -> str:
    name = read_metadata(METADATA / "package.toml")["name"]
    return f"{name}/{version(name)} (monthly, a file at a time)"


def _host(file: RawFile) -> str:
    return httpx.URL(file.url).host


def _fetch_batch(
    client: httpx.Client, batch: Sequence[RawFile], folder: Path, known: Mapping[str, Fetched], progress: Progress
) -> list[Fetched | SourceError]:
    """Fetch the files of one host one after another; an error is a result, so that the others are fetched too.

    Where the host cannot be reached, its other files are not tried.
    """
    results: list[Fetched | SourceError] = []
    for file in batch:
        key = os.environ.get(file.key, "") if file.key else ""
        try:
            results.append(_fetch(client, file, folder, key, known.get(file.path), progress))
        except UnreachableError as error:
            left = [SourceError(f"{other.path}: not tried either.") for other in batch[len(results) + 1 :]]
            return [*results, error, *left]
        except PublishError as error:
            results.append(SourceError(f"{file.path}: {error}."))
        except SourceError as error:
            results.append(SourceError(str(error).replace(key, "…") if key else str(error)))
    return results


def _fetch(
    client: httpx.Client, file: RawFile, folder: Path, key: str, before: Fetched | None, progress: Progress
) -> Fetched:
    target = folder / file.path
    here = hashlib.sha256(target.read_bytes()).hexdigest() if target.is_file() else ""
    if before is not None and (before.sha256, before.url) != (here, file.url):
        before = None  # edited, removed, or from elsewhere: it is not what the publisher called by this name
    address = str(httpx.URL(file.url).copy_merge_params({file.key_parameter: key})) if key else file.url
    first = get(client, file, address, _unless(before), progress)
    if first is None:
        assert before is not None, "only what is known is asked for conditionally"
        return before
    pages = [first.content]
    while following := next_page(pages[-1], file):
        if len(pages) == MOST_PAGES:
            raise SourceError(f"{file.path}: {file.url} gives page after page without end; look at it in a browser.")
        page = get(client, file, following, {}, progress)
        assert page is not None, "only a condition may be answered by nothing"
        pages.append(page.content)
    content = converted(pages, file)
    sha256 = hashlib.sha256(content).hexdigest()
    write_atomically({target: content})
    return Fetched(file.path, file.url, sha256, first.etag, first.last_modified)


def _unless(before: Fetched | None) -> dict[str, str]:
    """Ask for a file only if it is another than the one that was fetched before."""
    if before is None:
        return {}
    asked = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
    return {name: value for name, value in asked.items() if value}


def _read_state(folder: Path) -> dict[str, Fetched]:
    """Return what is known of the files in the folder; nothing where that cannot be read, and all is fetched again."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        content = json.loads((folder / STATE).read_text(encoding="utf-8"))
        return {path: Fetched(**entry) for path, entry in content.items()}
    return {}


def _write_state(folder: Path, known: Mapping[str, Fetched], fetched: Sequence[Fetched]) -> None:
    entries = {**known, **{item.path: item for item in fetched}}
    text = json.dumps({path: asdict(entries[path]) for path in sorted(entries)}, indent=1)
    write_atomically({folder / STATE: text.encode("utf-8")})
