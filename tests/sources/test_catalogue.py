"""Every source has an adapter, an address, a licence, a cadence and invented files."""

from __future__ import annotations

import pytest

from analysis.sources.raw.addresses import adapter, raw_files, source_names
from analysis.sources.raw.convert import READERS
from tests.sources.catalogue import FIXTURES, PAGE, page, row


def test_the_table_of_sources_is_current() -> None:
    """It is made from the metadata."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", source_names())
def test_every_source_has_all_that_it_needs(name: str) -> None:
    """No cell of its row is empty, and each of its files has an invented one in the publisher's format."""
    assert all(cell.strip() for cell in row(name).strip("|").split("|"))
    files = raw_files([name])
    assert all(file.url.startswith("https://") for file in files)
    assert all(file.by_hand or file.reads in READERS or hasattr(adapter(name), file.reads) for file in files)
    assert all(bool(file.key) == bool(file.key_parameter) == bool(file.key_page) for file in files)
    assert [file.path for file in files if not (FIXTURES / file.path).is_file()] == []
