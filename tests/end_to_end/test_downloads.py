"""What readers take away from the pages of the edition: data that programs and spreadsheets read, and what they are."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest
from frictionless import Resource

from analysis.values.periods import MOMENT

_PERIODS = {"Año", "Year", "Mes", "Month", "Año fiscal", "Fiscal year", "Hasta", "Up to", "Periodo", "Period"}
"""What names the rows of a chart in time."""
_LINK = re.compile(r'<a download="([^"]+)" href="data:(?:text/csv|application/json);charset=utf-8,([^"]*)"')


def _downloads(page: Path) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the data files of a page, and of what describes them."""
    for name, data in _LINK.findall(page.read_text(encoding="utf-8")):
        yield name, unquote(unescape(data)).encode()


@pytest.fixture(scope="module")
def downloads(real: Path) -> dict[tuple[str, str], tuple[pd.DataFrame, dict[str, object]]]:
    """Every table of data of the edition with its description, by page and name."""
    found = {}
    for page in sorted(real.rglob("??_*.html")):
        files = dict(_downloads(page))
        for name, content in files.items():
            if name.endswith(".csv"):
                described = json.loads(files[f"{name.removesuffix('.csv')}.resource.json"])
                found[str(page.relative_to(real)), name] = pd.read_csv(io.BytesIO(content)), described
    assert len(found) > 100
    return found


def test_every_column_of_values_is_numeric(
    downloads: dict[tuple[str, str], tuple[pd.DataFrame, dict[str, object]]],
) -> None:
    """Pandas reads a number in every cell of every column of values, or nothing; the last column holds marks."""
    for where, (data, _) in downloads.items():
        assert data.columns[-1] == "mark", where
        assert all(pd.api.types.is_numeric_dtype(data[column]) for column in data.columns[1:-1]), where
        assert data.iloc[:, 1:-1].notna().any(axis=None), where


def test_one_header_and_one_row_a_period(
    downloads: dict[tuple[str, str], tuple[pd.DataFrame, dict[str, object]]],
) -> None:
    """Names of columns differ, names of rows too; where rows are periods they are written as ISO has them."""
    for where, (data, _) in downloads.items():
        assert not any(re.search(r"\.\d+$|^Unnamed", str(column)) for column in data.columns), where
        rows = data.iloc[:, 0].astype(str)
        assert rows.is_unique, where
        if data.columns[0] in _PERIODS:
            assert all(MOMENT.fullmatch(part) for row in rows for part in row.split("/")), (where, list(rows))


def test_each_is_described_by_a_resource_of_the_standard(
    downloads: dict[tuple[str, str], tuple[pd.DataFrame, dict[str, object]]],
) -> None:
    """Frictionless takes the description; it names the columns of the file, the unit of each, and the source."""
    for where, (data, described) in downloads.items():
        resource = Resource.from_descriptor({k: v for k, v in described.items() if k != "path"} | {"data": []})
        assert resource.schema.field_names == list(data.columns), where
        assert all(field.custom["unit"] for field in resource.schema.fields[1:-1]), where
        assert resource.sources[0]["title"].startswith(("Fuente", "Source")), where
