"""Tables as bytes and their descriptor."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sources.package import count_rows, csv_bytes, descriptor, json_bytes, read_metadata, resource
from analysis.sources.raw.reading import SourceError

TABLE: dict[str, Any] = {
    "name": "things_year",
    "title": "Cosas",
    "title_en": "Things",
    "unit_key": "things",
    "unit": {"es": "cosas", "en": "things"},
    "period": {"field": "year", "kind": "year"},
    "primary_key": ["year", "code"],
    "fields": [
        {"name": "year", "type": "integer"},
        {"name": "code", "type": "string"},
        {"name": "rate", "type": "number"},
        {"name": "day", "type": "date"},
    ],
    "provenance": {"publisher": {"es": "A", "en": "A"}},
}
METADATA: dict[str, Any] = {
    "source_id": "things",
    "resource": {"sources": [{"title": "A"}], "licenses": [{"name": "MIT"}]},
    "provenance": {"publisher": {"es": "B", "en": "B"}, "version": "2025-01-01"},
}


def test_rows_are_in_key_order_and_numbers_are_short() -> None:
    """Rows follow the primary key; whole numbers have no decimals, floats twelve digits, dates ISO form."""
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(["2025-01-31", None]),
            "rate": [0.1 + 0.2, None],
            "code": ["ñ, b", "a"],
            "year": pd.array([2025, 2024], dtype="Int64"),
        }
    )
    assert csv_bytes(frame, TABLE).decode() == 'year,code,rate,day\n2024,a,,\n2025,"ñ, b",0.3,2025-01-31\n'


def test_a_key_that_is_there_twice_is_an_error() -> None:
    """Two rows with one key stop the adapter: they have to be added or told apart."""
    frame = pd.DataFrame({"year": [1, 1], "code": ["a", "a"], "rate": [1.0, 2.0], "day": [None, None]})
    with pytest.raises(SourceError, match=r"things_year: the key .* is there twice"):
        csv_bytes(frame, TABLE)


def test_columns_must_be_those_of_the_metadata() -> None:
    """A frame with other columns than its metadata is refused, both lists in the message."""
    with pytest.raises(SourceError, match=r"the adapter made the columns \['year'\]"):
        csv_bytes(pd.DataFrame({"year": [1]}), TABLE)


def test_a_table_overrides_what_its_source_says() -> None:
    """The table's own provenance wins over that of its metadata file; the rest is taken from there."""
    item = resource(TABLE, METADATA, "tables/things_year.csv", b"year\n2024\n2025\n")
    assert item["provenance"] == {
        "source_id": "things",
        "publisher": {"es": "A", "en": "A"},
        "version": "2025-01-01",
    }
    assert (item["rows"], item["bytes"]) == (2, 15)
    assert item["hash"] == "sha256:604c4986ee37c16c946339503da1679f28bb2683f51fd69c3aff516ede400fbd"
    assert "preliminary_from" not in item


def test_resources_are_in_the_order_of_their_names() -> None:
    """The order in which adapters run does not show in the descriptor."""
    package = descriptor({"name": "p"}, [{"name": "b"}, {"name": "a"}])
    assert [item["name"] for item in package["resources"]] == ["a", "b"]


def test_json_keeps_accents_and_the_order_of_keys() -> None:
    """The descriptor is readable text with a final line end."""
    text = json_bytes({"b": "México", "a": [1]}).decode()
    assert text == '{\n  "b": "México",\n  "a": [\n    1\n  ]\n}\n'
    assert list(json.loads(text)) == ["b", "a"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1), max_size=8))
def test_rows_are_counted_whatever_the_cells_hold(cells: list[str]) -> None:
    """Line ends and quotes inside a cell do not make a row."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([["head"], *([cell] for cell in cells)])
    assert count_rows(text.getvalue().encode()) == len(cells)


def test_broken_metadata_are_located(tmp_path: Path) -> None:
    """A metadata file that is not TOML is named with the place of the error."""
    file = tmp_path / "things.toml"
    file.write_text('name = "a\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"things\.toml: .*line 1.*; correct the metadata file"):
        read_metadata(file)


BREAK = {"date": "2021-01-01", "es": "Otra cuenta.", "en": "Another count."}


def test_a_break_of_the_source_holds_for_its_tables() -> None:
    """What the metadata file says of breaks goes to each of its tables, unless the table says otherwise."""
    metadata = {**METADATA, "resource": {**METADATA["resource"], "breaks": [BREAK]}}
    made = {
        name: resource({**TABLE, **more}, metadata, "tables/things_year.csv", b"year\n")
        for name, more in {
            "common": {},
            "own": {"breaks": [{**BREAK, "columns": ["rate"]}]},
            "none": {"breaks": []},
        }.items()
    }
    assert made["common"]["breaks"] == [BREAK]
    assert made["own"]["breaks"] == [{**BREAK, "columns": ["rate"]}]
    assert "breaks" not in made["none"]
