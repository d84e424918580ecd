"""Reading raw files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.sources.raw.reading import SourceError, dates, decimals, integers, known, read_columns


def test_cells_stay_text(tmp_path: Path) -> None:
    """The word NA and leading zeros are text, and an empty cell is empty text."""
    (tmp_path / "a.csv").write_text("code,level,other\n01,NA,x\n02,,y\n", encoding="utf-8")
    frame = read_columns(tmp_path, "a.csv", {"code": str, "level": str})
    assert frame.to_dict("list") == {"code": ["01", "02"], "level": ["NA", ""]}


def test_columns_are_of_the_kind_that_is_asked_for(tmp_path: Path) -> None:
    """Whole numbers, numbers and days; what a cell says otherwise is located."""
    (tmp_path / "a.csv").write_text("day,n,v\n2025-04-01,3,1.5\n2025-05-01,,\n", encoding="utf-8")
    frame = read_columns(tmp_path, "a.csv", {"day": date, "n": int, "v": float})
    assert frame["day"].dt.month.tolist() == [4, 5]
    assert (frame["n"][0], frame["v"][0]) == (3, 1.5)
    assert frame.isna().sum().tolist() == [0, 1, 1]
    with pytest.raises(SourceError, match=r"a\.csv, column 'v', data row 1: '1\.5' is not a whole number"):
        read_columns(tmp_path, "a.csv", {"v": int})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A raw file that is not there is named, with what to do."""
    with pytest.raises(SourceError, match=r"x/a\.csv: the raw file is missing in .*; fetch it"):
        read_columns(tmp_path, "x/a.csv", {"code": str})


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """A column that the publisher renamed is named together with its file."""
    (tmp_path / "a.csv").write_text("Code\n01\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.csv: column 'code' is missing"):
        read_columns(tmp_path, "a.csv", {"code": str})


def test_integers_keep_missing_apart_from_zero() -> None:
    """An empty cell becomes a missing value, never zero."""
    numbers = integers(pd.DataFrame({"n": ["3", "", "0", "4.0"]}), "a.csv", "n")
    assert numbers.isna().tolist() == [False, True, False, False]
    assert numbers.dropna().tolist() == [3, 0, 4]


@pytest.mark.parametrize("wrong", ["many", "1.5", "1,200"])
def test_what_is_no_whole_number_is_located(wrong: str) -> None:
    """A cell that is no whole number is quoted with its file, column and row."""
    with pytest.raises(SourceError, match=rf"a\.csv, column 'n', data row 2: '{wrong}' is not a whole number"):
        integers(pd.DataFrame({"n": ["1", wrong]}), "a.csv", "n")


def test_decimals_and_dates_of_a_column() -> None:
    """Numbers become floats, an empty cell is missing, and days become dates."""
    frame = pd.DataFrame({"v": ["1.5", "", "2"], "t": ["2025-04-01", "2025-05-01", "2025-06-01"]})
    found = decimals(frame, "file.csv", "v")
    assert found[[0, 2]].tolist() == [1.5, 2.0]
    assert pd.isna(found[1])
    assert dates(frame, "file.csv", "t").dt.month.tolist() == [4, 5, 6]


@pytest.mark.parametrize(("read", "message"), [(decimals, "is not a number"), (dates, "is not a date")])
def test_a_word_is_neither_a_number_nor_a_date(read: Callable[..., pd.Series], message: str) -> None:
    """A cell that is a word is named with its file and column."""
    with pytest.raises(SourceError, match=rf"file\.csv, column 'v'.*'N/E' {message}"):
        read(pd.DataFrame({"v": ["N/E"]}), "file.csv", "v")


def test_a_word_that_is_new_stops_the_adapter() -> None:
    """Known ones become ours; a new one is quoted with its file and column."""
    frame = pd.DataFrame({"sex": ["Mujer", "Hombre"]})
    words = {"Mujer": "female", "Hombre": "male", "Otro": "other"}
    assert known(frame, "a.csv", "sex", words).tolist() == ["female", "male"]
    with pytest.raises(SourceError, match=r"a\.csv, column 'sex': 'Mujer' is new; say in the adapter what it is"):
        known(frame, "a.csv", "sex", {"Hombre": "male"})
