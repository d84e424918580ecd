"""Where the tests of the adapters find raw files: tiny invented ones here, real ones beside the project."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from analysis.sources.refresh import refresh

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "fixtures"
TODAY = date(2026, 12, 1)
"""A day after all versions in use."""


@pytest.fixture
def fixtures() -> Path:
    """Raw files in the publishers' formats with invented numbers."""
    return FIXTURES


@pytest.fixture
def data_folder() -> Path:
    """The committed data package."""
    return ROOT / "data"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data package made from the invented raw files, with the real compiled tables; tests take copies."""
    folder = tmp_path_factory.mktemp("made") / "data"
    shutil.copytree(ROOT / "data" / "compiled", folder / "compiled")
    refresh(FIXTURES, folder, today=TODAY)
    return folder


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
