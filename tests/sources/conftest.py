"""Where the tests of the adapters find raw files: tiny invented ones here, real ones beside the project."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def fixtures() -> Path:
    """Raw files in the publishers' formats with invented numbers."""
    return FIXTURES


@pytest.fixture
def data_folder() -> Path:
    """The committed data package."""
    return ROOT / "data"


@pytest.fixture
def raw_folder() -> Path:
    """The real raw files; a clone without them skips the test."""
    return _beside("sources")


@pytest.fixture
def figures_folder() -> Path:
    """The transcribed figures; a clone without them skips the test."""
    return _beside("figures")


@pytest.fixture
def vintages_folder() -> Path:
    """Earlier published versions of the raw files; a clone without them skips the test."""
    return _beside("vintages")


def _beside(name: str) -> Path:
    folder = ROOT.parent / "shared" / name
    if not folder.is_dir():
        pytest.skip(f"the folder ../shared/{name} is not there: the collected material is not part of the project")
    return folder
