"""A copy of the project with a tiny report, the real default edition built once, and one Chromium to open it in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from analysis.cli import main
from tests.end_to_end.reading import CURRENT

ROOT = Path(__file__).resolve().parents[2]
REPORT = "05_assistance_protection"
SLUGS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))

PARAMETERS = """language: str = "es"  # one of: es, en
as_of: str = "2026-06-30"  # a date
geography: str = "MEX"  # one of: MEX, MX-CHP"""

SETUP = """from analysis import Briefing, KeyFigure, charts, claim, text

title = text(es="Prueba", en="Trial")
b = Briefing(number=9, title=title, scope=title, language=language, as_of=as_of, geography=geography)
b.cover()"""

HEADLINE = """claims = b.table("asylum_claims_year")
year = claims.years[-1]
received = claims.total(year=year)
b.headline(text(es="Hubo {n} solicitudes en {year}.", en="There were {n} claims in {year}.", n=received, year=year))"""

SOURCES = "b.sources()"


def notebook(*cells: str) -> dict[str, Any]:
    """Return a notebook of code cells, the first one tagged as parameters."""
    return {
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{i}",
                "metadata": {"tags": ["parameters"]} if i == 0 else {},
                "execution_count": None,
                "outputs": [],
                "source": source,
            }
            for i, source in enumerate(cells)
        ],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@dataclass(frozen=True)
class Project:
    """A copy of the project in which a test may break things."""

    root: Path
    write: Callable[..., None]
    run: Callable[..., int]
    name: str = CURRENT

    @property
    def edition(self) -> Path:
        """Folder of the built default edition."""
        return self.root / "reports" / self.name


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with the real data, one edition, and one tiny report."""
    root = tmp_path / "project"
    (root / "notebooks").mkdir(parents=True)
    (root / "reports").mkdir()
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copy(ROOT / "requirements.lock", root)
    shutil.copy(ROOT / "reports" / "editions.toml", root / "reports")
    shutil.copytree(ROOT / "reports" / "published", root / "reports" / "published")
    monkeypatch.chdir(root)

    def write(slug: str, *cells: str) -> None:
        (root / "notebooks" / f"{slug}.ipynb").write_text(json.dumps(notebook(*cells)), encoding="utf-8")

    write("09_trial", PARAMETERS, SETUP, HEADLINE, SOURCES)
    return Project(root, write, lambda *arguments: main(arguments))


STATES = {
    "01_labour_migration": ("MX-JAL", "MX-COL", "MX-BCN"),
    "02_emergencies": ("MX-CHP", "MX-TLA"),
    "05_assistance_protection": ("MX-CHP",),
    "08_integration": ("MX-CMX", "MX-TLA", "MX-BCN"),
    "09_trafficking_smuggling": ("MX-CMX", "MX-TLA", "MX-COL"),
}
"""State editions that the tests read: a large, a small and a border state, or one."""


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all reports of the default edition in both languages, and each state in a folder of its own."""
    output = tmp_path_factory.mktemp("built")
    states = sorted({state for chosen in STATES.values() for state in chosen})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert main(["build", "--output", str(output)]) == 0
        for state in states:
            slugs = [slug for slug, chosen in STATES.items() if state in chosen]
            assert main(["build", "--output", str(output / f"state-{state}"), "--geography", state, *slugs]) == 0
    return output


def project_as_of(root: Path, as_of: str) -> None:
    """Copy the project into a folder, with one edition of that date, called past."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "requirements.lock", root)
    (root / "reports").mkdir()
    editions = f'default = "past"\n\n[editions.past]\nas_of = "{as_of}"\n'
    (root / "reports" / "editions.toml").write_text(editions, encoding="utf-8")


def build_as_of(root: Path, as_of: str, *slugs: str) -> Path:
    """Build reports in a project whose default edition has that date; return the folder of the edition."""
    project_as_of(root, as_of)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main(["build", *slugs]) == 0
    return root / "reports" / "past"


@pytest.fixture(scope="session")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Report 05 as of the end of 2022."""
    return build_as_of(tmp_path_factory.mktemp("past"), "2022-12-31", REPORT)


@pytest.fixture(scope="session")
def year_2020(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All reports as of the end of 2020, the year of the leaflet."""
    return build_as_of(tmp_path_factory.mktemp("year_2020"), "2020-12-31")


@pytest.fixture
def editions(real: Path, year_2020: Path) -> list[tuple[Path, str]]:
    """Folder and stem of every report that is built: two dates, and the states."""
    states = [
        (real / f"state-{state}" / CURRENT, f"{slug}-{state}") for slug, chosen in STATES.items() for state in chosen
    ]
    return [(folder, slug) for folder in (real / CURRENT, year_2020) for slug in SLUGS] + states


@pytest.fixture(scope="session")
def tab(chromium: Browser) -> Iterator[Page]:
    """One tab without a network, used again and again: a test opens its page in it."""
    with chromium.new_context(offline=True) as context:
        yield context.new_page()
