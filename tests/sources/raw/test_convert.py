"""From what an address gives to the raw file: rows and columns are kept, nothing is computed."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyreadr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sources.raw.addresses import RawFile, raw_files
from analysis.sources.raw.convert import converted, next_page
from analysis.sources.raw.reading import SourceError

pytestmark = pytest.mark.slow

URL = "https://example.org"


def r_data(folder: Path, frame: pd.DataFrame) -> bytes:
    """The table as an R data file."""
    pyreadr.write_rdata(str(folder / "a.rda"), frame)
    return (folder / "a.rda").read_bytes()


def test_r_data_become_csv(tmp_path: Path) -> None:
    """Days as dates, whole numbers without decimals, NA as nothing, the text NA as it is; only rows of Mexico."""
    frame = pd.DataFrame(
        {
            "t": [18262.0, 18293.0, 18293.0],
            "nat": ["MEX", "NA", "HND"],
            "to": ["USA", "MEX", "GTM"],
            "n": [1, None, 2.5],
        }
    )
    file = RawFile("trial", "a.csv", URL, reads="R data", keep=("nat", "to", "MEX"), days=("t",))
    assert converted([r_data(tmp_path, frame)], file) == b"t,nat,to,n\n2020-01-01,MEX,USA,1\n2020-02-01,NA,MEX,\n"


def test_only_what_are_said_to_be_days_are_days(tmp_path: Path) -> None:
    """Other numbers stay numbers, years among them."""
    frame = pd.DataFrame({"t": [1990.0, 2024.0], "n": [0.25, 3.0]})
    file = RawFile("trial", "a.csv", URL, reads="R data")
    assert converted([r_data(tmp_path, frame)], file) == b"t,n\n1990,0.25\n2024,3.0\n"


@pytest.mark.parametrize(
    ("reads", "pages", "sentence"),
    [
        ("R data", [b"not R"], "a.csv cannot be read"),
        ("JSON pages", [b"{}"], "gives no 'results'"),
        ("JSON pages", [b'{"results": 5}'], "gives something else than it did"),
        ("JSON pages", [b'{"results": [5]}'], "gives something else than it did"),
        ("JSON pages", [b"[]"], "gives no 'results'"),
        ("monthly_series", [b'{"bmx": {"series": []}}'], "gave no series SP1"),
        ("monthly_series", [b'{"bmx": {"series": [{"idSerie": "SP1", "datos": [{"fecha": "x"}]}]}}'], "something else"),
        ("monthly_series", [b"<html>"], "something else"),
    ],
)
def test_what_is_something_else_is_said(reads: str, pages: list[bytes], sentence: str) -> None:
    """In a sentence that names the file."""
    keep = ("SP1", "GENERAL") if reads == "monthly_series" else ()
    with pytest.raises(SourceError, match=r"a\.csv") as raised:
        converted(pages, RawFile("banxico", "a.csv", URL, reads=reads, keep=keep))
    assert sentence in str(raised.value)


def test_a_column_that_is_gone_is_said(tmp_path: Path) -> None:
    """Whether it says which rows are kept, or holds days."""
    given = [r_data(tmp_path, pd.DataFrame({"nat": ["MEX"], "n": [1]}))]
    for more in ({"keep": ("geo", "MEX")}, {"days": ("geo",)}):
        with pytest.raises(SourceError, match=r"a\.csv: column 'geo' is missing"):
            converted(given, RawFile("trial", "a.csv", URL, "R data", **more))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["bmx", "series", "results", "datos"]), inner)
    ),
)


@pytest.mark.parametrize("page", [b"not JSON", b"[]", b"5", b"\xff"])
def test_a_page_that_is_none_has_no_next(page: bytes) -> None:
    """That is said before anybody looks for its rows."""
    with pytest.raises(SourceError, match=r"a\.csv: https://example.org gives something else than it did"):
        next_page(page, RawFile("trial", "a.csv", URL, reads="JSON pages"))


@given(st.sampled_from(["JSON pages", "monthly_series"]), anything)
def test_whatever_an_interface_gives_there_is_a_file_or_a_sentence(reads: str, given: object) -> None:
    """Never another error."""
    file = RawFile("banxico", "a.csv", URL, reads=reads, keep=("SP1", "GENERAL"))
    said = ""
    try:
        converted([json.dumps(given).encode()], file)
    except SourceError as error:
        said = str(error)
    assert not said or "a.csv" in said


@pytest.mark.parametrize("source", ["gdidata", "unhcr", "upm"])
def test_files_as_published_give_the_raw_files_byte_for_byte(source: str, raw_folder: Path) -> None:
    """The collected files that came both ways show it, read as the metadata say."""
    compared = 0
    for file in raw_files([source]):
        theirs = (raw_folder / file.path).with_name(file.url.rpartition("/")[2])
        if file.reads == "R data" and theirs.is_file():
            assert converted([theirs.read_bytes()], file) == (raw_folder / file.path).read_bytes(), file.path
            compared += 1
    assert compared == 3
