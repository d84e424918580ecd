"""From what an address gives to the raw file that an adapter reads: nothing is computed, rows and columns are kept."""

import csv
import io
import json
import math
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyreadr

from analysis.sources.raw.addresses import RawFile
from analysis.sources.raw.reading import SourceError, readable

_EPOCH: Final = date(1970, 1, 1)
_DAYS: Final = frozenset({"t", "q"})
"""Columns of IOM's R data that hold a day; their years are numbers below this."""
_LAST_YEAR: Final = 3000


def as_is(pages: Sequence[bytes], file: RawFile) -> bytes:
    """Return the file as it was given."""
    return pages[0]


def r_data(pages: Sequence[bytes], file: RawFile) -> bytes:
    """Return the table of an R data file as CSV: whole numbers without decimals, days as dates, nothing for NA.

    Only rows are kept in which one of the columns of ``keep`` holds its value, the last one named.

    Raises:
        SourceError: If it is no R data file, or a column of ``keep`` is missing.
    """
    with tempfile.TemporaryDirectory() as scratch, readable(file.path):
        path = Path(scratch) / "table.rda"
        path.write_bytes(pages[0])
        frame: pd.DataFrame = next(iter(pyreadr.read_r(path).values()))
    if file.keep:
        *columns, value = file.keep
        for column in columns:
            if column not in frame.columns:
                raise SourceError(f"{file.path}: column {column!r} is missing; the publisher changed the file.")
        frame = frame[(frame[columns] == value).any(axis=1)]
    rows = ([_r_cell(*cell) for cell in zip(frame.columns, row, strict=True)] for row in frame.itertuples(index=False))
    return _csv(list(frame.columns), rows)


def idmc(pages: Sequence[bytes], file: RawFile) -> bytes:
    """Return the rows of IDMC's interface as CSV, in the columns that it names, from all its pages.

    Source of the format: https://helix-tools-api.idmcdb.org/external-api/, pages of ``count``, ``next``, ``results``.

    Raises:
        SourceError: If a page has no results.
    """
    rows = [row for page in pages for row in _object(page, file, "results")]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return _csv(columns, ([_json_cell(row.get(column)) for column in columns] for row in rows))


def sie(pages: Sequence[bytes], file: RawFile) -> bytes:
    """Return series of Banco de México as CSV, a month a row; ``keep`` names each series and then its column.

    Source of the format: https://www.banxico.org.mx/SieAPIRest/service/v1/doc/consultaDatosSerieRango.

    Raises:
        SourceError: If a series is missing, or a date is not one.
    """
    titles = dict(zip(file.keep[::2], file.keep[1::2], strict=True))
    series = {item["idSerie"]: item for item in _object(pages[0], file, "bmx")["series"]}
    months: dict[str, dict[str, str]] = {}
    for name in titles:
        if name not in series:
            raise SourceError(f"{file.path}: Banco de México gave no series {name}; look whether it was renamed.")
        for point in series[name].get("datos", []):
            day, month, year = point["fecha"].split("/")
            value = point["dato"].replace(",", "")
            months.setdefault(f"{year}-{month}-{day}", {})[name] = "" if value == "N/E" else value
    rows = ([month, *(months[month].get(name, "") for name in titles)] for month in sorted(months))
    return _csv(["PERIODO", *titles.values()], rows)


READERS: Final[Mapping[str, Callable[[Sequence[bytes], RawFile], bytes]]] = {
    "as is": as_is,
    "R data": r_data,
    "IDMC": idmc,
    "SIE": sie,
}


def next_page(page: bytes, file: RawFile) -> str:
    """Return the address of the page that follows; empty where the interface has no more, or no pages.

    Raises:
        SourceError: If the page is not one of the interface.
    """
    if file.reads != "IDMC":
        return ""
    with _known(file):
        return str(json.loads(page).get("next") or "")


def converted(pages: Sequence[bytes], file: RawFile) -> bytes:
    """Return the raw file made of what the address gave.

    Raises:
        SourceError: If that is not what the reader of the file knows.
    """
    with _known(file):
        return READERS[file.reads](pages, file)


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


def _object(page: bytes, file: RawFile, key: str) -> Any:
    """Return what a JSON page holds below a key."""
    content = json.loads(page)
    if key not in content:
        raise SourceError(f"{file.path}: {file.url} gives no {key!r}; the publisher changed its interface.")
    return content[key]


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _r_cell(column: str, value: Any) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, str):
        return value
    if column in _DAYS and value > _LAST_YEAR:
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _json_cell(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)
