"""Reading raw files: every cell as text first, so that "NA" and leading zeros stay as published."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyreadr


class SourceError(Exception):
    """A raw file that is missing, lacks a column or holds something unexpected; nothing has been written."""


def raw_file(folder: Path, name: str) -> Path:
    """Return the path of a raw file.

    Args:
        folder: The folder that holds one subfolder a source.
        name: The file, relative to it ("publisher/table.csv").

    Raises:
        SourceError: If the file is not there.
    """
    path = folder / name
    if not path.is_file():
        raise SourceError(f"{name}: the raw file is missing in {folder}; fetch it or give another folder.")
    return path


def read_columns(folder: Path, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """Return the named columns of a raw CSV file, all as text, empty cells as empty text.

    Raises:
        SourceError: If the file or one of the columns is missing, or the file is not a table.
    """
    path = raw_file(folder, name)
    with readable(name):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return select_columns(frame, name, columns)


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


def select_columns(frame: pd.DataFrame, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """Return a copy of the frame with these columns only.

    Raises:
        SourceError: If one of them is missing; the message names the file and the column.
    """
    for column in columns:
        if column not in frame.columns:
            raise SourceError(
                f"{name}: column {column!r} is missing; the publisher changed the file, so adapt the adapter."
            )
    return frame[list(columns)].copy()


def integers(frame: pd.DataFrame, name: str, column: str) -> pd.Series:
    """Return a column of whole numbers as nullable integers (empty cells become missing).

    Raises:
        SourceError: If a cell is not a whole number; the message names the file, the column and the line.
    """
    text = frame[column].astype(str).str.strip()
    numbers = pd.to_numeric(text.mask(text == ""), errors="coerce")
    wrong = (text != "") & (numbers.isna() | (numbers % 1 != 0))
    if wrong.any():
        row = int(frame.index[wrong][0]) + 1
        raise SourceError(
            f"{name}, column {column!r}, data row {row}: {text[wrong].iloc[0]!r} is not a whole number; "
            "look at the file and correct the adapter or ask the publisher."
        )
    return numbers.astype("Int64")


def decimals(frame: pd.DataFrame, name: str, column: str) -> pd.Series:
    """Return a column of numbers as floats (empty cells become missing).

    Raises:
        SourceError: If a cell is not a number; the message names the file, the column and the line.
    """
    text = frame[column].astype(str).str.strip()
    numbers = pd.to_numeric(text.mask(text == ""), errors="coerce").astype(float)
    wrong = (text != "") & numbers.isna()
    if wrong.any():
        row = int(frame.index[wrong][0]) + 1
        raise SourceError(
            f"{name}, column {column!r}, data row {row}: {text[wrong].iloc[0]!r} is not a number; "
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
