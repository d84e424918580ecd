"""Each bad input ends in one sentence that names the thing and the remedy, and a non-zero status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.check.facts import wrong_facts
from tests.end_to_end.conftest import HEADLINE, PARAMETERS, ROOT, SETUP, SOURCES, Project
from tests.end_to_end.reading import CURRENT, facts_of, placed, says


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["build", "10_unknown"], f"there is no report '10_unknown' in edition {CURRENT}: it has 09_trial"),
        (["build", "09_trail"], f"there is no report '09_trail' in edition {CURRENT}: did you mean '09_trial'?"),
        (["build", "--edition", "1999"], "there is no edition '1999': reports/editions.toml has 2026-2"),
        (["list", "--edition", "1999"], "there is no edition '1999': reports/editions.toml has 2026-2"),
        (["build", "--language", "fr"], "there is no language 'fr': choose one of es, en"),
        (["build", "--geography", "MX-XXX"], "geography 'MX-XXX' does not exist: it must be MEX or a state"),
        (["build", "--geography", "MX-OAX"], "there is no edition for MX-OAX: geography must be one of MEX, MX-CHP"),
    ],
)
def test_an_unknown_name_is_answered_with_what_there_is(
    project: Project, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reports, editions, languages and places that do not exist are named, before anything starts."""
    assert project.run(*arguments) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("pass", "does not declare the parameter 'language'"),
        ("language = 'es'", "line 1 is not a typed assignment"),
        ("language: list = []", "parameter 'language' has type list: use str, int, float, bool"),
        ("language: str = other", "parameter 'language' is not a plain value"),
        ("language: str = 'es", "cell of parameters, line 1"),
        (PARAMETERS.replace("language", "lenguage"), "does not declare the parameter 'language'"),
        (PARAMETERS.replace("as_of: str", "as_of: int"), "as_of' is '2026-06-30', of type str: it must be int"),
        (PARAMETERS + "\ntop: int = 'three'", "parameter 'top' is 'three', of type str: it must be int"),
        (PARAMETERS + "\ntop: int = 3  # one of: 5, 10", "parameter 'top' is 3: it must be one of 5, 10"),
    ],
)
def test_a_wrong_cell_of_parameters_is_refused_before_a_kernel_starts(
    project: Project, cell: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing, misspelt, untyped or wrongly typed parameters stop the build."""
    body = "pass" if cell == "pass" else cell
    project.write("09_trial", body, SETUP, HEADLINE, SOURCES)
    if cell == "pass":
        project.write("09_trial", "", SETUP, HEADLINE, SOURCES)
    assert project.run("build") == 2
    assert sentence in capsys.readouterr().err
    assert not project.edition.exists()


def test_a_notebook_without_parameters_cell_is_told_to_tag_one(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says how to tag the cell."""
    path = project.root / "notebooks/09_trial.ipynb"
    content = json.loads(path.read_text())
    content["cells"][0]["metadata"] = {}
    path.write_text(json.dumps(content))
    assert project.run("build") == 2
    assert "09_trial.ipynb has no cell tagged 'parameters'" in capsys.readouterr().err


def test_a_file_that_is_no_notebook_is_refused(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A damaged notebook is named."""
    (project.root / "notebooks/09_trial.ipynb").write_text('{"cells": [')
    assert project.run("build") == 2
    assert "09_trial.ipynb is not a notebook" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("default = ", "reports/editions.toml is not TOML"),
        ('default = "a"\n[editions.a]\nas_of = "30/06/2026"', "edition a: Invalid RFC3339 encoded date - at `$.as_of`"),
        (
            'default = "a"\n[editions.a]\nas_of = "2026-06-30"\nlangages = ["es"]',
            "Object contains unknown field `langages`",
        ),
        ('default = "a"\n[editions.a]\nas_of = "2026-06-30"\nreports = ["x"]', "there is no notebook x.ipynb"),
        (
            'default = "a"\n[editions.a]\nas_of = "2026-06-30"\nlanguages = ["fr"]',
            "edition a: Invalid enum value 'fr' - at `$.languages[0]`",
        ),
        (
            'default = "a"\n[editions.a]\nas_of = "2026-06-30"\nlanguages = "es"',
            "Expected `array`, got `str`",
        ),
        ('default = "../a"\n[editions."../a"]\nas_of = "2026-06-30"', "'../a' cannot be the name of a folder"),
        ('default = "a"\neditions = 3', "editions.toml: Expected `object`, got `int` - at `$.editions`"),
    ],
)
def test_a_wrong_editions_file_is_refused(
    project: Project, content: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever edits editions.toml is told what is wrong in it."""
    (project.root / "reports/editions.toml").write_text(content)
    assert project.run("build") == 2
    assert sentence in capsys.readouterr().err


def test_outside_a_clone_the_command_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], project: Project
) -> None:
    """A folder that is no project is named."""
    monkeypatch.chdir(tmp_path)
    assert project.run("build") == 2
    assert "is not inside the project" in capsys.readouterr().err


def test_an_unexpected_error_keeps_its_traceback(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only errors written for people are shortened to a sentence."""

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("analysis.build.editions.read_edition", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        project.run("build")


def test_list_tells_of_states_that_were_built(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A state that the edition does not list by itself is listed once it was built."""
    assert project.run("build", "--geography", "states", "--language", "es") == 0
    capsys.readouterr()
    project.run("list")
    rows = {line.split("│")[1].strip(): line for line in capsys.readouterr().out.splitlines() if "│ e" in line}
    assert list(rows) == ["es/09_trial", "en/09_trial", "es/09_trial-MX-CHP"]
    assert "never built" in rows["es/09_trial"]
    assert "up to date" in rows["es/09_trial-MX-CHP"]


def test_list_tells_never_built_up_to_date_and_stale(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """The state of a report follows its notebook and the tables it read, and nothing else."""
    project.run("list")
    assert capsys.readouterr().out.count("never built") == 2
    project.run("build")
    capsys.readouterr()
    project.run("list")
    assert capsys.readouterr().out.count("up to date") == 2
    table = project.root / "data/tables/asylum_rank_year.csv"
    table.write_text(table.read_text() + "2026,MEX,1,1\n")
    project.run("list")
    assert capsys.readouterr().out.count("up to date") == 2
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE + "\n", SOURCES)
    project.run("list")
    assert capsys.readouterr().out.count("stale: notebook changed") == 2


def test_a_new_theme_builds_in_both_languages_before_it_is_touched(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands new and build give page and PDF in Spanish and English; check asks for title and scope alone."""
    assert project.run("new", "demo") == 0
    assert capsys.readouterr().out.startswith("notebooks/10_demo.ipynb is written. `briefings build demo` builds it")
    assert project.run("build", "demo") == 0
    for language in ("es", "en"):
        assert (project.edition / language / "10_demo.html").read_text(encoding="utf-8").count("<h1") == 1
        assert (project.edition / language / "10_demo.pdf").read_bytes().startswith(b"%PDF")
    facts = [*map(placed, facts_of(project.edition, "10_demo"))]
    assert len(facts) > 50
    assert wrong_facts(facts, project.root / "data") == []
    assert project.run("reference", "demo") == 0
    capsys.readouterr()
    project.run("check")
    said = capsys.readouterr().out
    told = [line for line in said.splitlines() if line.startswith("problem") and "10_demo" in line]
    assert [line.partition(" holds the place of words")[0] for line in told] == [
        "problem  10_demo: cover, title: '[Título del tema]'",
        "problem  10_demo: cover, scope: '[Qué abarca, en una línea]'",
        "problem  en/10_demo: cover, scope: '[What it covers, in one line]'",
    ]


def test_reference_writes_outputs_in_place_and_says_which_cells_change(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first run fills the outputs; the second finds them as they are."""
    path = project.root / "notebooks/09_trial.ipynb"
    untouched = path.read_bytes()
    assert project.run("reference", "--dry-run") == 0
    assert path.read_bytes() == untouched
    assert project.run("reference", "09_trial") == 0
    assert "09_trial: cells 2, 3, 4 change" in capsys.readouterr().out
    assert says(path.read_text(encoding="utf-8"), "Hubo # solicitudes en 20")
    assert project.run("reference") == 0
    assert "09_trial: as committed" in capsys.readouterr().out


def test_reference_leaves_the_notebook_alone_when_a_cell_fails(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failed run replaces nothing."""
    project.write("09_trial", PARAMETERS, SETUP, "1 / 0")
    path = project.root / "notebooks/09_trial.ipynb"
    before = path.read_bytes()
    assert project.run("reference") == 2
    assert "cell 3 of 09_trial.ipynb failed: ZeroDivisionError" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_reference_refuses_an_unknown_report(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt name is not a traceback."""
    for name in ("09_trail", "../outside"):
        assert project.run("reference", name) == 2
        assert f"there is no report '{name}' in notebooks/" in capsys.readouterr().err


def test_export_of_a_notebook_that_was_not_run_is_refused(project: Project) -> None:
    """`jupyter nbconvert --to briefing_pdf` says to run it, and leaves no file."""
    notebook = project.root / "notebooks/09_trial.ipynb"
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "briefing_pdf", str(notebook)], capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "was not run: run the whole notebook (Run > Run All Cells), then export" in done.stderr
    assert not notebook.with_suffix(".pdf").exists()


def test_refresh_of_an_unknown_folder_changes_nothing(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder without the publishers' files is named, and data/ stays as it is."""
    before = (project.root / "data/datapackage.json").read_bytes()
    assert project.run("refresh", "--from", str(tmp_path / "nowhere")) == 2
    assert "nowhere" in capsys.readouterr().err
    assert (project.root / "data/datapackage.json").read_bytes() == before


def test_help_answers_at_once_and_names_every_command() -> None:
    """`--help` lists the commands of the design that exist."""
    done = subprocess.run([sys.executable, "-m", "analysis", "--help"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0
    for command in ("build", "list", "check", "refresh", "reference"):
        assert command in done.stdout
