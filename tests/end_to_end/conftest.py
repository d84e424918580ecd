"""A copy of the project with a tiny report, the real default edition built once, and one Chromium to open it in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from analysis.cli import main
from analysis.foundation.files import only_writer
from analysis.foundation.words import LANGUAGES, Language
from analysis.mexico import COUNTRY
from tests.end_to_end.reading import CURRENT, Editions
from tests.promises import SOAK

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
    """A project with some of the real data, one edition, and one tiny report."""
    made = make_project(tmp_path / "project")
    monkeypatch.chdir(made.root)
    return made


def make_project(root: Path) -> Project:
    """Make such a project in a folder."""
    (root / "notebooks").mkdir(parents=True)
    (root / "reports").mkdir()
    copy_some_data(root / "data")
    shutil.copy(ROOT / "requirements.lock", root)
    shutil.copy(ROOT / "reports" / "editions.toml", root / "reports")
    shutil.copytree(ROOT / "reports" / "published", root / "reports" / "published")

    def write(slug: str, *cells: str) -> None:
        (root / "notebooks" / f"{slug}.ipynb").write_text(json.dumps(notebook(*cells)), encoding="utf-8")

    write("09_trial", PARAMETERS, SETUP, HEADLINE, SOURCES)
    return Project(root, write, lambda *arguments: main(arguments))


@pytest.fixture(scope="session")
def tiny_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of a tiny project, built once."""
    made = make_project(tmp_path_factory.mktemp("tiny") / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made.root)
        assert made.run("build") == 0
    return made.edition


@pytest.fixture
def built(project: Project, tiny_edition: Path) -> None:
    """The edition of the project is there, as if the test had built it."""
    shutil.copytree(tiny_edition, project.edition)


def copy_some_data(folder: Path) -> None:
    """Copy the tables of UNHCR with their descriptor: to validate all tables takes seconds in each project."""
    descriptor = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [
        item
        for item in descriptor["resources"]
        if any(raw["path"].startswith("unhcr-rdf/") for raw in item["provenance"].get("raw_files", []))
    ]
    for item in descriptor["resources"]:
        (folder / item["path"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / item["path"], folder / item["path"])
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")


FOUR = ("MX-BCN", "MX-CHP", "MX-CMX", "MX-TLA")
ASKED = tuple(sorted(COUNTRY.state_codes)) if SOAK else FOUR
"""States of which the tests ask: at a border, large, a city, and small; in `make soak`, all 32."""

STATES = {
    "01_labour_migration": ("MX-BCN",),
    "02_emergencies": ("MX-CHP",),
    "08_integration": ("MX-CMX",),
    "09_trafficking_smuggling": ("MX-TLA",),
}
"""State editions that are built: each of the four at least once, in `make soak` all 32 of each report."""
if SOAK:
    STATES = dict.fromkeys(STATES, ASKED)

OF_2020 = SLUGS if SOAK else [SLUGS[0], REPORT]
"""Reports that are built as of the end of 2020; in `make soak`, all."""


def languages_of(stem: str) -> tuple[Language, ...]:
    """Languages in which a report of another date or of a state is built: both of one, in `make soak` of all."""
    return LANGUAGES if SOAK or stem.startswith(REPORT) else LANGUAGES[:1]


@pytest.fixture(scope="session")
def kept(pytestconfig: pytest.Config) -> Path:
    """Where editions are built once for all processes of a run, and for the next run as far as nothing has changed.

    It is the build that keeps it right: it makes again what is not up to date, and one of two waits for the other.
    """
    return Path(pytestconfig.cache.mkdir("editions"))  # type: ignore[union-attr]


@pytest.fixture(scope="session")
def real(kept: Path) -> Path:
    """A folder with all reports of the default edition in both languages; what `make reports` has made is taken."""
    output = kept / "real"
    made = ROOT / "reports" / CURRENT
    with only_writer(output), pytest.MonkeyPatch.context() as patch:
        if made.is_dir() and not output.exists() and not list(made.glob("*/??_*-*.html")):  # states change the index
            shutil.copytree(made, output / CURRENT)
        patch.chdir(ROOT)
        assert main(["build", "--output", str(output)]) == 0
    return output


@pytest.fixture(scope="session")
def states(kept: Path) -> Path:
    """A folder with an edition of states alone."""
    output = kept / "states"
    with only_writer(output), pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        for state in sorted({state for chosen in STATES.values() for state in chosen}):
            _build([slug for slug, chosen in STATES.items() if state in chosen], output, "--geography", state)
    return output


def _build(slugs: Sequence[str], output: Path, *arguments: str) -> None:
    for language in LANGUAGES:
        if chosen := [slug for slug in slugs if language in languages_of(slug)]:
            assert main(["build", "--output", str(output), "--language", language, *arguments, *chosen]) == 0


FEW = SLUGS if SOAK else ["03_migration_management", "07_narratives"]
"""Reports that are built again and again, in other settings and by a cluster: quick ones; in `make soak`, all."""


def project_of_few(root: Path) -> Path:
    """Copy the project into a folder with those few reports alone; return the folder."""
    for folder in ("data", "reports/published"):
        shutil.copytree(ROOT / folder, root / folder)
    for file in ("requirements.lock", "reports/editions.toml", *(f"notebooks/{slug}.ipynb" for slug in FEW)):
        (root / file).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / file, root / file)
    return root


def contents(output: Path) -> dict[str, bytes]:
    """The files of the default edition in a folder of editions, by name."""
    edition = output / CURRENT
    return {str(p.relative_to(edition)): p.read_bytes() for p in sorted(edition.rglob("*")) if p.is_file()}


@pytest.fixture(scope="session")
def few(kept: Path) -> dict[str, bytes]:
    """The files of the default edition of a project of few reports, built as usual."""
    with only_writer(kept / "few"), pytest.MonkeyPatch.context() as patch:
        root = kept / "few"
        for folder in ("data", "notebooks", "reports/published"):
            shutil.rmtree(root / folder, ignore_errors=True)
        patch.chdir(project_of_few(root))
        assert main(["build"]) == 0
        return contents(root / "reports")


def project_as_of(root: Path, as_of: str) -> None:
    """Copy the project into a folder, with one edition of that date, called past."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "requirements.lock", root)
    (root / "reports").mkdir()
    editions = f'default = "past"\n\n[editions.past]\nas_of = "{as_of}"\n'
    (root / "reports" / "editions.toml").write_text(editions, encoding="utf-8")


@pytest.fixture(scope="session")
def year_2020(kept: Path) -> Path:
    """Reports as of the end of 2020, the year of the leaflet."""
    output = kept / "year_2020"
    with only_writer(output), pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        _build(OF_2020, output, "--edition", "2020")
    return output / "2020-reconstruction"


@pytest.fixture
def editions(real: Path, year_2020: Path, states: Path) -> Editions:
    """Every report that is built: the default edition, the past, and the states."""
    of_states = [f"{slug}-{state}" for slug, chosen in STATES.items() for state in chosen]
    return [
        *((real / CURRENT, slug, LANGUAGES) for slug in SLUGS),
        *((year_2020, slug, languages_of(slug)) for slug in OF_2020),
        *((states / CURRENT, stem, languages_of(stem)) for stem in of_states),
    ]


@pytest.fixture(scope="session")
def tab(chromium: Browser) -> Iterator[Page]:
    """One tab without a network, used again and again: a test opens its page in it."""
    with chromium.new_context(offline=True) as context:
        yield context.new_page()
