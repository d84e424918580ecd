"""Scratch projects to measure in: the project's data, some notebooks, and a copy of the library that may be changed."""

from __future__ import annotations

import csv
import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from tests.benchmarks.notebook import benchmark_notebook, edited

ROOT: Final = Path(__file__).resolve().parents[2]
LANGUAGES: Final = ("es", "en")
COUNTRY: Final = "MEX"
_EDITIONS: Final = Path("reports") / "editions.toml"
_TEMPLATE: Final = Path("analysis") / "export" / "templates" / "briefing.html.j2"
_numbers: Final = count(1)


@dataclass(frozen=True)
class Project:
    """A copy of the project in a scratch folder, its reports made in both languages.

    Attributes:
        root: the copy.
        slugs: its notebooks.
        as_of: the date of its editions.
        edits: the notebook that the author edits.
    """

    root: Path
    slugs: tuple[str, ...]
    as_of: str
    edits: str

    @property
    def reports(self) -> int:
        """How many reports its default edition has."""
        return len(self.slugs) * len(LANGUAGES)

    @property
    def source(self) -> Path:
        """The copy of the library whose templates are changed."""
        return self.root / "src"

    def output(self, name: str) -> Path:
        """Return the folder into which one way builds."""
        return self.root / "built" / name

    def emptied(self, name: str) -> Path:
        """Return the same folder, with nothing in it."""
        shutil.rmtree(self.output(name), ignore_errors=True)
        self.output(name).mkdir(parents=True)
        return self.output(name)

    def edit_notebook(self) -> None:
        """Save one notebook with a line changed, as an editor does: all at once."""
        path = self.root / "notebooks" / f"{self.edits}.ipynb"
        saved = path.with_name(f".{path.name}.saved")
        saved.write_text(edited(path.read_text(encoding="utf-8"), str(next(_numbers))), encoding="utf-8")
        saved.replace(path)

    def change_template(self) -> None:
        """Add a comment to a template of the copied library."""
        with (self.source / _TEMPLATE).open("a", encoding="utf-8") as file:
            file.write(f"{{# changed {next(_numbers)} #}}")


def benchmark_project(root: Path, copies: int, places: Sequence[int]) -> Project:
    """Make a project with so many copies of the benchmark report, and an edition for each number of places."""
    as_of = _default_edition()["as_of"]
    slugs = tuple(f"{number:02}_benchmark_{number:02}" for number in range(1, copies + 1))
    _copy_what_all_need(root)
    for back, slug in enumerate(slugs):
        (root / "notebooks" / f"{slug}.ipynb").write_text(benchmark_notebook(back), encoding="utf-8")
    (root / _EDITIONS).write_text(_editions(as_of, places), encoding="utf-8")
    return Project(root, slugs, as_of, slugs[0])


def edition_project(root: Path, slugs: Sequence[str]) -> Project:
    """Make a project with the real notebooks named, all of them when none is, and the real default edition."""
    found = tuple(slugs) or tuple(sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")))
    as_of = _default_edition()["as_of"]
    _copy_what_all_need(root)
    for slug in found:
        shutil.copy(ROOT / "notebooks" / f"{slug}.ipynb", root / "notebooks")
    (root / _EDITIONS).write_text(_editions(as_of, [1]), encoding="utf-8")
    return Project(root, found, as_of, next(slug for slug in found if slug.startswith("05")))


def edition_of(places: int) -> str:
    """Return the name of the edition that has so many places."""
    return f"places-{places}"


def _copy_what_all_need(root: Path) -> None:
    for folder in ("notebooks", "reports"):
        (root / folder).mkdir(parents=True)
    for folder in ("data", "src"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "requirements.lock", root)


def _editions(as_of: str, places: Sequence[int]) -> str:
    """The file of editions: the country, and as many states as make up each number of places."""
    with (ROOT / "data" / "tables" / "states.csv").open(encoding="utf-8", newline="") as file:
        states = [row["state_code"] for row in csv.DictReader(file)]
    text = f'default = "{edition_of(places[0])}"\n'
    for number in places:
        chosen = ", ".join(f'"{place}"' for place in [COUNTRY, *states][:number])
        text += f'\n[editions.{edition_of(number)}]\nas_of = "{as_of}"\ngeographies = [{chosen}]\n'
    return text


def _default_edition() -> dict[str, str]:
    content = tomllib.loads((ROOT / _EDITIONS).read_text(encoding="utf-8"))
    edition: dict[str, str] = content["editions"][content["default"]]
    return edition
