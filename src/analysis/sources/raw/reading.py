"""Reading raw files: every cell as text first, so that "NA" and leading zeros stay as published."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadr

Kind = type[str] | type[int] | type[float] | type[date]
"""What a column holds: text, whole numbers, numbers, or days; empty cells are empty text, or missing."""


class SourceError(Exception):
    """A raw file that is missing, lacks a column or holds something unexpected; nothing has been written."""


class MissingFileError(SourceError):
    """A raw file that is not there."""


def raw_file(folder: Path, name: str) -> Path:
    """Return the path of a raw file.

    Args:
        folder: The folder that holds one subfolder a source.
        name: The file, relative to it ("publisher/table.csv").

    Raises:
        MissingFileError: If the file is not there.
    """
    path = folder / name
    if not path.is_file():
        raise MissingFileError(f"{name}: the raw file is missing in {folder}; fetch it or give another folder.")
    return path


def read_columns(folder: Path, name: str, columns: Mapping[str, Kind]) -> pd.DataFrame:
    """Return the named columns of a raw CSV file, each as the kind that is asked for.

    Raises:
        SourceError: If the file or a column is missing, the file is not a table, or a cell is of another kind.
    """
    return typed_columns(read_table(folder, name), name, columns)


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """Return a raw CSV file, all as text, empty cells as empty text.

    Raises:
        SourceError: If the file is missing, or is not a table.
    """
    path = raw_file(folder, name)
    with readable(name):
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def read_r_data(path: Path, name: str) -> pd.DataFrame:
    """Return the table of an R data file, with its numbers as R holds them.

    Raises:
        SourceError: If it is no R data file.
    """
    with readable(name):
        frame: pd.DataFrame = next(iter(pyreadr.read_r(path).values()))
    return frame


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Say in one sentence which raw file cannot be read, whatever the reader inside raises.

    Raises:
        SourceError: If the file is empty, cut off, or of another encoding or format.
    """
    try:
        yield
    except (ValueError, pyreadr.LibrdataError, pyreadr.PyreadrError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        remedy = "it is empty, cut off or another file; fetch it again"
        raise SourceError(f"{name} cannot be read ({reason}): {remedy}.") from error


def typed_columns(frame: pd.DataFrame, name: str, columns: Mapping[str, Kind]) -> pd.DataFrame:
    """Return a copy of the frame with these columns only, each as the kind that is asked for.

    Raises:
        SourceError: If one of them is missing, or a cell is of another kind; it names the file and the column.
    """
    for column in columns:
        if column not in frame.columns:
            raise SourceError(
                f"{name}: column {column!r} is missing; the publisher changed the file, so adapt the adapter."
            )
    readers = {int: integers, float: decimals, date: dates}
    typed = {column: readers[kind](frame, name, column) for column, kind in columns.items() if kind is not str}
    return frame[list(columns)].assign(**typed)


def integers(frame: pd.DataFrame, name: str, column: str) -> pd.Series:
    """Return a column of whole numbers as nullable integers (empty cells become missing).

    Raises:
        SourceError: If a cell is not a whole number; the message names the file, the column and the line.
    """
    return _numbers(frame, name, column, "a whole number", lambda numbers: numbers % 1 == 0).astype("Int64")


def decimals(frame: pd.DataFrame, name: str, column: str) -> pd.Series:
    """Return a column of numbers as floats (empty cells become missing).

    Raises:
        SourceError: If a cell is not a number; the message names the file, the column and the line.
    """
    return _numbers(frame, name, column, "a number", pd.Series.notna).astype(float)


def _numbers(
    frame: pd.DataFrame, name: str, column: str, wanted: str, is_right: Callable[[pd.Series], pd.Series]
) -> pd.Series:
    text = frame[column].astype(str).str.strip()
    numbers = pd.to_numeric(text.mask(text == ""), errors="coerce")
    wrong = (text != "") & ~is_right(numbers)
    if wrong.any():
        row = int(frame.index[wrong][0]) + 1
        raise SourceError(
            f"{name}, column {column!r}, data row {row}: {text[wrong].iloc[0]!r} is not {wanted}; "
            "look at the file and correct the adapter or ask the publisher."
        )
    return numbers


def dates(frame: pd.DataFrame, name: str, column: str) -> pd.Series:
    """Return a column of days as dates.

    Raises:
        SourceError: If a cell is not a date like 2025-04-01; the message names the file and the column.
    """
    days = pd.to_datetime(frame[column], format="%Y-%m-%d", errors="coerce")
    if days.isna().any():
        wrong = frame.loc[days.isna(), column].iloc[0]
        raise SourceError(f"{name}, column {column!r}: {wrong!r} is not a date like 2025-04-01; correct the file.")
    return days


def known(frame: pd.DataFrame, name: str, column: str, words: Mapping[str, Any]) -> pd.Series:
    """Return a column in our words.

    Args:
        frame: Rows of a raw file.
        name: The file.
        column: The column.
        words: What the publisher writes, and what it is for us.

    Raises:
        SourceError: If the file has another word; the message names the file and the column.
    """
    new = sorted(set(frame[column]) - set(words))
    if new:
        raise SourceError(f"{name}, column {column!r}: {new[0]!r} is new; say in the adapter what it is.")
    return frame[column].map(words)
