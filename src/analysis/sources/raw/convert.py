"""From what an address gives to the raw file that an adapter reads: nothing is computed, rows and columns are kept."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.sources.raw.addresses import RawFile, adapter
from analysis.sources.raw.reading import SourceError, read_r_data

Reader = Callable[[Sequence[bytes], RawFile], bytes]
PAGES: Final = "JSON pages"


def as_is(pages: Sequence[bytes], file: RawFile) -> bytes:
    """Return the file as it was given."""
    return pages[0]


def r_data(pages: Sequence[bytes], file: RawFile) -> bytes:
    """Return the table of an R data file as CSV: whole numbers without decimals, days as dates, nothing for NA.

    Only rows are kept in which one of the columns of ``keep`` holds its value, the last one named.

    Raises:
        SourceError: If it is no R data file, or a column of ``keep`` or ``days`` is missing.
    """
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "table.rda"
        path.write_bytes(pages[0])
        frame = read_r_data(path, file.path)
    for column in (*file.keep[:-1], *file.days):
        if column not in frame.columns:
            raise SourceError(f"{file.path}: column {column!r} is missing; the publisher changed the file.")
    if file.keep:
        *columns, value = file.keep
        frame = frame[(frame[columns] == value).any(axis=1)]
    days = {column: pd.to_datetime(frame[column], unit="D") for column in file.days}
    return as_csv(frame.convert_dtypes().assign(**days))


def json_pages(pages: Sequence[bytes], file: RawFile) -> bytes:
    """Return the rows of an interface that gives them page by page as CSV, in the columns that it names.

    Source of the format: https://www.django-rest-framework.org/api-guide/pagination/, whose pages have ``next`` and
    ``results``.

    Raises:
        SourceError: If a page has no results.
    """
    rows = [row for page in pages for row in json_value(page, file, "results")]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return as_csv(pd.DataFrame(rows, columns=columns, dtype=object))


READERS: Final[Mapping[str, Reader]] = {"as is": as_is, "R data": r_data, PAGES: json_pages}


def next_page(page: bytes, file: RawFile) -> str:
    """Return the address of the page that follows; empty where the interface has no more, or no pages.

    Raises:
        SourceError: If the page is not one of the interface.
    """
    if file.reads != PAGES:
        return ""
    with _known(file):
        return str(json.loads(page).get("next") or "")


def converted(pages: Sequence[bytes], file: RawFile) -> bytes:
    """Return the raw file made of what the address gave.

    Raises:
        SourceError: If that is not what the reader of the file knows.
    """
    with _known(file):
        reader: Reader = READERS.get(file.reads) or getattr(adapter(file.source), file.reads)
        return reader(pages, file)


def json_value(page: bytes, file: RawFile, key: str) -> Any:
    """Return what a JSON page holds below a key.

    Raises:
        SourceError: If it has no such key.
    """
    content = json.loads(page)
    if key not in content:
        raise SourceError(f"{file.path}: {file.url} gives no {key!r}; the publisher changed its interface.")
    return content[key]


def as_csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV, without its index."""
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8")


@contextmanager
def _known(file: RawFile) -> Iterator[None]:
    """Say in one sentence that an address gives something else than its reader knows."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
        raise SourceError(
            f"{file.path}: {file.url} gives something else than it did ({type(error).__name__}: {error}); "
            "adapt its reader, or save the file by hand and use --from."
        ) from error
