"""A broken table stops the build with a sentence that names it; what was built before stays as it was."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.end_to_end.conftest import Project
from tests.end_to_end.test_build import digests

TABLE = "data/tables/asylum_claims_year.csv"


def cut_short(text: str) -> str:
    """The last hundred rows are gone."""
    return "".join(text.splitlines(keepends=True)[:-100])


def renamed(text: str) -> str:
    """A column has another name."""
    return text.replace("claims", "applied", 1)


def dropped(text: str) -> str:
    """A column is gone."""
    return re.sub(r",[^,\n]*\n", "\n", text)


def worded(text: str) -> str:
    """A word stands where a number belongs."""
    return re.sub(r"2025,CUB,\d+", "2025,CUB,many", text)


def doubled(text: str) -> str:
    """A row stands twice."""
    return re.sub(r"(2025,CUB,\d+\n)", r"\1\1", text)


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (cut_short, r"\d+ rows"),
        (renamed, r"claims"),
        (dropped, r"claims"),
        (worded, r"many"),
        (doubled, r"nationality"),
    ],
)
def test_a_damaged_table_is_named_with_what_is_wrong(
    project: Project, damage: Callable[[str], str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check` says what is wrong in it, `build` refuses, and nothing built before is lost."""
    before = digests(project.edition)
    table = project.root / TABLE
    table.write_text(damage(table.read_text()))
    capsys.readouterr()
    assert project.run("check") == 1
    assert re.search(says, capsys.readouterr().out)
    assert project.run("build") == 2
    said = capsys.readouterr().err
    assert said.startswith("briefings: the data package is not valid: ")
    assert "asylum_claims_year.csv" in said
    assert digests(project.edition) == before


@pytest.mark.usefixtures("built")
def test_a_missing_table_is_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence says which file, and how to get it back."""
    before = digests(project.edition)
    (project.root / TABLE).unlink()
    capsys.readouterr()
    assert project.run("build") == 2
    said = capsys.readouterr().err
    assert "asylum_claims_year.csv" in said
    assert "briefings refresh" in said
    assert digests(project.edition) == before


def test_a_missing_descriptor_is_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Without datapackage.json nothing is built, and the sentence says so."""
    (project.root / "data/datapackage.json").unlink()
    assert project.run("build") == 2
    assert "datapackage.json" in capsys.readouterr().err
