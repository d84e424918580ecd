"""Two editions compared: by `briefings diff`, and in each briefing of an edition that follows another."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from analysis.publish.comparison import compare_editions, render_comparison, sentences
from tests.end_to_end.conftest import HEADLINE, PARAMETERS, ROOT, SETUP, SOURCES, Project

HEADING = "Qué cambió desde la edición anterior"


@pytest.fixture
def two(project: Project, capsys: pytest.CaptureFixture[str]) -> Project:
    """A project whose edition 2020 is published, and whose edition 2026-1, which follows it, is built."""
    assert project.run("build", "--edition", "2020") == 0
    assert project.run("publish", "2020") == 0
    assert project.run("build") == 0
    capsys.readouterr()
    return project


def test_an_edition_is_compared_in_sentences_and_pages(two: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """In the terminal in one language, as pages in both; what either found, and how many figures were revised."""
    assert two.run("diff", "2020", "2026-1") == 0
    out = capsys.readouterr().out
    assert (
        "La edición 2020, con datos disponibles al 31 de diciembre de 2020, encontró: «Hubo 70,363 solicitudes" in out
    )
    assert "Esta edición encuentra: «Hubo 70,482 solicitudes en 2025.»" in out
    assert two.run("diff", "2020", "2026-1", "--language", "en") == 0
    assert "This edition finds: “There were 70,482 claims in 2025.”" in capsys.readouterr().out
    spanish, english = (
        (two.edition / name).read_text("utf-8") for name in ("changes-from-2020.html", "changes-from-2020.en.html")
    )
    assert "<h2>Prueba</h2>" in spanish
    assert "<h2>Trial</h2>" in english
    assert 'href="changes-from-2020.en.html" lang="en"' in spanish
    assert "Content-Security-Policy" in spanish


def test_a_briefing_says_what_changed_since_the_edition_before(two: Project) -> None:
    """In the page, without a fact of its own; the edition without a predecessor says nothing."""
    page = (two.edition / "es" / "09_trial.html").read_text(encoding="utf-8")
    assert f'<h2 id="changes">{HEADING}</h2>' in page
    assert "encontró: «Hubo 70,363 solicitudes en 2019.»" in page
    facts = json.loads((two.edition / "es" / "09_trial.facts.json").read_text(encoding="utf-8"))["facts"]
    assert 70363 not in {fact["value"] for fact in facts}
    first = two.root / "reports" / "2020" / "es" / "09_trial.html"
    assert HEADING not in first.read_text(encoding="utf-8")


def test_what_is_kept_is_an_input_of_the_pages_alone(two: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Where it changes, pages are exported again; no cell runs."""
    kept = two.root / "reports" / "published" / "2020" / "09_trial.json"
    kept.write_text(kept.read_text(encoding="utf-8").replace("70,363", "70,000"), encoding="utf-8")
    assert two.run("build") == 0
    assert "2 exported" in capsys.readouterr().out
    assert "Hubo 70,000 solicitudes" in (two.edition / "es" / "09_trial.html").read_text(encoding="utf-8")
    kept.write_text("{", encoding="utf-8")
    assert two.run("build") == 1
    assert "what the edition before said of 09_trial is not what a published edition said" in capsys.readouterr().err


def test_a_briefing_that_failed_is_not_published(two: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Its files are those of an earlier build: what they say is not what the edition would say."""
    two.write("09_trial", PARAMETERS, SETUP, "1 / 0", HEADLINE, SOURCES)
    assert two.run("build", "--edition", "2020") == 1
    capsys.readouterr()
    assert two.run("publish", "2020") == 2
    assert "of edition '2020' is not current (cell 3 of 09_trial.ipynb failed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["diff", "2019", "2026-1"], "edition '2019' is not built: run `briefings build --edition 2019` first"),
        (["publish", "2019"], "edition '2019' is not built"),
    ],
)
def test_an_edition_that_is_not_there_is_said(
    arguments: list[str], sentence: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """And how to get it."""
    assert project.run(*arguments) == 2
    assert sentence in capsys.readouterr().err


def test_an_edition_follows_one_that_was_published(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing can be said of what was not kept."""
    editions = project.root / "reports" / "editions.toml"
    for odd in ('"2019"', '"../2020"', "5"):
        editions.write_text(f'default = "a"\n[editions.a]\nas_of = "2026-06-30"\nfollows = {odd}\n', encoding="utf-8")
        assert project.run("build") == 2
        assert "nothing is kept of edition" in capsys.readouterr().err


def test_a_briefing_of_one_edition_alone_is_said(two: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """New ones and old ones."""
    two.write("08_new", PARAMETERS, SETUP, HEADLINE, SOURCES)
    two.run("build")
    two.run("diff", "2020", "2026-1")
    out = capsys.readouterr().out
    assert "08_new: Prueba\n  Este informe no estaba en la edición anterior." in out
    two.run("diff", "2026-1", "2020")
    assert "08_new: Prueba\n  Este informe ya no está en la edición nueva." in capsys.readouterr().out


def test_the_real_editions_say_what_the_tables_say(real: Path) -> None:
    """Claims of 2019 and 2025, as they stand in the table; every theme is compared, in both languages."""
    compared = compare_editions(ROOT, real, "2020", "2026-1")
    assert len(compared) == len(list((ROOT / "reports" / "published" / "2020").glob("*.json")))
    asylum = next(item for item in compared if item.stem == "05_assistance_protection")
    totals = {year: f"{claims(year):,}" for year in (2019, 2025)}
    assert (
        f"Antes: {totals[2019]} solicitudes de la condición de refugiado, 2019. "
        f"Ahora: {totals[2025]} solicitudes de la condición de refugiado, 2025."
    ) in sentences(asylum, "es")
    for language in ("es", "en"):
        page = render_comparison(compared, "2020", "2026-1", ROOT / "data", language)
        assert page.count("<section") == len(compared)


def claims(year: int) -> int:
    """Claims of a year, from the file."""
    with (ROOT / "data" / "tables" / "asylum_claims_year.csv").open(encoding="utf-8", newline="") as file:
        return sum(int(row["claims"]) for row in csv.DictReader(file) if row["year"] == str(year))
