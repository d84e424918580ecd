"""A value changed in a table, by whatever hand: no shown number follows it without being found."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from analysis.build.execute import execute
from analysis.check.facts import wrong_facts
from analysis.export.document import read_document
from analysis.export.notebooks import Notebook, Shown, read_notebook
from analysis.report.bundle import MIME, SVG, read_element
from tests.end_to_end.conftest import ROOT, SLUGS
from tests.promises import RANDOM, Figure, times

NUMBERS = {"integer", "number"}
NOT_NUMBERS = {"source", "sources", "tables"}


@dataclass(frozen=True)
class Change:
    """One cell of one table with another number in it."""

    table: str
    path: str
    line: int
    column: str
    new: str

    def __str__(self) -> str:
        return f"{self.table}, line {self.line}, {self.column} = {self.new}"


@pytest.fixture(scope="module")
def committed() -> dict[str, Notebook]:
    """The committed notebooks by name."""
    return {slug: read_notebook(ROOT / "notebooks" / f"{slug}.ipynb") for slug in SLUGS}


@pytest.fixture(scope="module")
def readers(committed: dict[str, Notebook]) -> dict[str, list[str]]:
    """Which notebooks read each table."""
    found: dict[str, list[str]] = {}
    for slug, notebook in committed.items():
        for row in read_document(notebook).tables:
            found.setdefault(row.table, []).append(slug)
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of data and notebooks."""
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def changes(tables: list[dict[str, Any]], number: int) -> Iterator[Change]:
    """Choose cells at random, and another number of the same size for each."""
    chance = random.Random(RANDOM)
    chosen: set[tuple[str, int, str]] = set()
    while len(chosen) < number:
        item = chance.choice(tables)
        columns = [field["name"] for field in item["schema"]["fields"] if field["type"] in NUMBERS]
        measures = [column for column in columns if column not in item["schema"]["primaryKey"]]
        rows = list(csv.DictReader(io.StringIO((ROOT / "data" / item["path"]).read_text(encoding="utf-8"))))
        line, column = chance.randrange(len(rows)), chance.choice(measures or [""])
        if not column or not rows[line][column] or (item["name"], line, column) in chosen:
            continue
        chosen.add((item["name"], line, column))
        old = rows[line][column]
        new = str(int(old) + chance.choice((1, 10, 1000))) if old.isdigit() else f"{float(old) * 1.5 + 1:.4g}"
        yield Change(item["name"], item["path"], line + 2, column, new)


def apply(change: Change, copy: Path) -> None:
    """Write the number into the copy, and its digest into the descriptor: nothing but the number gives it away."""
    table, descriptor = copy / "data" / change.path, copy / "data" / "datapackage.json"
    rows = list(csv.reader(io.StringIO(table.read_bytes().decode(), newline="")))
    assert rows[change.line - 1][rows[0].index(change.column)] != change.new
    rows[change.line - 1][rows[0].index(change.column)] = change.new
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    changed = text.getvalue().encode()
    table.write_bytes(changed)
    described = json.loads(descriptor.read_text(encoding="utf-8"))
    for item in described["resources"]:
        if item["name"] == change.table:
            item |= {"hash": f"sha256:{sha256(changed).hexdigest()}", "bytes": len(changed)}
    descriptor.write_text(json.dumps(described), encoding="utf-8")


def restore(copy: Path) -> None:
    """Give the copy the tables of the project."""
    shutil.rmtree(copy / "data")
    shutil.copytree(ROOT / "data", copy / "data")


def shown(notebook: Notebook) -> list[Any]:
    """What readers see of a notebook, but for the digest of all data, which report 06 prints as its source."""
    outputs = [o for _, cell in notebook.code for o in cell.outputs if isinstance(o, Shown) and MIME in o.data]
    return [
        {SVG: output.text(SVG), **{key: value for key, value in _content(output).items() if key not in NOT_NUMBERS}}
        for output in outputs
    ]


def _content(output: Shown) -> dict[str, Any]:
    content: dict[str, Any] = msgspec.to_builtins(read_element(output.data[MIME]))
    return content


def found_by_check(change: Change, slugs: list[str], committed: dict[str, Notebook], copy: Path) -> bool:
    """Whether a fact of the committed outputs does not follow from the changed table."""
    facts = [
        fact for slug in slugs for fact in read_document(committed[slug]).facts if change.table in fact.fact.tables
    ]
    mine = [placed for placed in facts if change.table in placed.fact.tables]
    return bool(wrong_facts(mine, copy / "data"))


def found_by_nbval(slugs: list[str], copy: Path) -> bool:
    """Whether nbval finds an output that is another."""
    files = [str(copy / "notebooks" / f"{slug}.ipynb") for slug in slugs]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env", *files]
    return subprocess.run(command, cwd=copy, capture_output=True, check=False).returncode == 1


def test_every_change_that_alters_a_shown_number_is_found(
    committed: dict[str, Notebook], readers: dict[str, list[str]], copy: Path, figure: Figure
) -> None:
    """By `check`, which follows facts to the tables, or by nbval, which runs the notebooks again."""
    descriptor = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    tables = [item for item in descriptor["resources"] if item["name"] in readers]
    by_check, by_nbval, silent, quiet = 0, 0, 0, []
    for change in changes(tables, times(6, soak=200)):
        apply(change, copy)
        if found_by_check(change, readers[change.table], committed, copy):
            by_check += 1
        else:
            quiet.append(change)
        restore(copy)
    for change in quiet:
        apply(change, copy)
    concerned = {slug for change in quiet for slug in readers[change.table]}
    altered = {slug for slug in concerned if shown(run(slug, copy)) != shown(committed[slug])}
    for change in quiet:
        restore(copy)
        apply(change, copy)
        suspects = altered.intersection(readers[change.table])  # what all together do not alter, none does
        mine = [slug for slug in sorted(suspects) if shown(run(slug, copy)) != shown(committed[slug])]
        assert not mine or found_by_nbval(mine, copy), f"{change}: shown otherwise in {mine}, and nobody noticed"
        by_nbval += bool(mine)
        silent += not mine
    assert by_check
    figure("changed values that alter a shown number, found by `check`", by_check)
    figure("changed values that alter a shown number, found by nbval alone", by_nbval)
    figure("changed values that alter nothing shown", silent)


def run(slug: str, copy: Path) -> Notebook:
    """Execute a notebook of the copy."""
    return execute(copy / "notebooks" / f"{slug}.ipynb", {}, copy)
