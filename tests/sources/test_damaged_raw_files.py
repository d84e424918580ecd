"""Raw files that were cut off, renamed or edited: each adapter says so in a sentence, and writes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.sources.raw.addresses import METADATA, source_names
from analysis.sources.raw.reading import SourceError
from analysis.sources.refresh import _tidied
from tests.damage import damaged_bytes
from tests.promises import Figure, times

pytestmark = pytest.mark.slow

FIXTURES = Path(__file__).parent / "fixtures"


def raw_files(adapter: str) -> list[str]:
    """The invented raw files that an adapter reads: those that its module names."""
    code = (METADATA / f"{adapter}.py").read_text(encoding="utf-8")
    return [str(file.relative_to(FIXTURES)) for file in sorted(FIXTURES.rglob("*.*")) if file.name in code]


@pytest.mark.parametrize("name", source_names())
@settings(max_examples=times(8, soak=1000), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_raw_file_is_tidied_or_refused(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, figure: Figure
) -> None:
    """There are tables, or a sentence that names the file and what is wrong with it; never a traceback."""
    folder = tmp_path_factory.mktemp("raw") / "raw"
    shutil.copytree(FIXTURES, folder)
    file = folder / data.draw(st.sampled_from(raw_files(name)))
    file.write_bytes(data.draw(damaged_bytes(file.read_bytes())))
    said = ""
    try:
        assert list(_tidied(name, folder))
    except SourceError as error:
        said = str(error)
    assert not said or name in said or FIXTURES.joinpath(file.relative_to(folder)).name in said
    figure("damaged files read without a traceback: raw files of publishers", 1)
