"""What was published is kept; two editions are compared by `briefings diff`, and in the one that follows."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from analysis.build.comparison import compare_editions, render_comparison
from tests.end_to_end.conftest import HEADLINE, PARAMETERS, ROOT, SETUP, SLUGS, SOURCES, Project, make_project
from tests.end_to_end.reading import CURRENT, as_number, day_read, total

HEADING = "Qué cambió desde la edición anterior"
HEADINGS = {"es": HEADING, "en": "What changed since the previous edition"}


EDITIONS = """default = "new"
[editions.new]
as_of = "2026-06-30"
follows = "old"
[editions.old]
as_of = "2020-12-31"
kind = "published"
"""
CLAIMS_OF_2019, CLAIMS_OF_2025 = (total("asylum_claims_year", "claims", year=year) for year in (2019, 2025))
SINCE_2020 = PARAMETERS.replace("2026-06-30", "2020-12-31")


@pytest.fixture(scope="module")
def two_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clone whose edition of 2020 is published, and whose next edition, which follows it, is built."""
    made = make_project(tmp_path_factory.mktemp("two") / "project")
    (made.root / "reports" / "editions.toml").write_text(EDITIONS, encoding="utf-8")
    made.write("09_trial", SINCE_2020, SETUP, HEADLINE, SOURCES)
    shutil.rmtree(made.root / "reports" / "published")
    git(made.root, "init", "-q")
    commit(made.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made.root)
        assert made.run("build", "--edition", "old") == 0
        assert made.run("publish", "old") == 0
        assert made.run("build") == 0
    return made.root


@pytest.fixture
def two(project: Project, two_built: Path) -> Project:
    """Such a clone, in which a test may break things."""
    shutil.rmtree(project.root / "reports" / "published")
    shutil.copytree(two_built, project.root, dirs_exist_ok=True)
    return replace(project, name="new")


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder."""
    who = ["-c", "user.name=Trial", "-c", "user.email=trial@example.org", "-c", "core.hooksPath=/dev/null"]
    return subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True, text=True).stdout


def commit(root: Path) -> str:
    """Commit what a build reads; return the commit."""
    kept = ["reports/published"] if (root / "reports" / "published").is_dir() else []
    git(root, "add", "data", "notebooks", "reports/editions.toml", "requirements.lock", *kept)
    git(root, "commit", "-qm", "as it is")
    return git(root, "rev-parse", "HEAD").strip()


def test_what_readers_were_told_is_kept(two: Project) -> None:
    """Every text and fact of each briefing, the digests of its files as they were built, and the commit."""
    kept = two.root / "reports" / "published" / "old"
    assert sorted(path.name for path in kept.iterdir()) == ["09_trial.json", "SHA256SUMS", "edition.json"]
    head = git(two.root, "rev-parse", "HEAD").strip()
    assert json.loads((kept / "edition.json").read_text("utf-8")) == {
        "edition": "old",
        "as_of": "2020-12-31",
        "commit": head,
    }
    told = json.loads((kept / "09_trial.json").read_text("utf-8"))
    assert {said["text"] for said in told["sentences"]["en"]} >= {
        f"There were {CLAIMS_OF_2019} claims in 2019.",
        "Trial",
    }
    assert [fact["value"] for fact in told["facts"]] == [as_number(CLAIMS_OF_2019)]
    built = two.root / "reports" / "old"
    sums = dict(reversed(line.split("  ")) for line in (kept / "SHA256SUMS").read_text("utf-8").splitlines())
    assert {"es/09_trial.pdf", "en/09_trial.html", "es/09_trial.facts.json", "index.html"} <= set(sums)
    assert sums == {name: sha256((built / name).read_bytes()).hexdigest() for name in sums}


def test_what_was_published_is_not_made_again(two: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither built nor published; its date may be seen with the data of today, in a folder of that name."""
    for command in (["build", "--edition", "old"], ["build", "--edition", "old", "--force"]):
        assert two.run(*command) == 2
        assert "edition 'old' is published and is not built again" in capsys.readouterr().err
    assert two.run("publish", "old") == 2
    assert "what readers were told of it is never written again" in capsys.readouterr().err
    assert two.run("build", "--edition", "old", "--reconstruct") == 0
    page = (two.root / "reports" / "old-reconstruction" / "es" / "09_trial.html").read_text("utf-8")
    assert f"Reconstrucción con los datos del {day_read('asylum_claims_year', 'es')}" in page
    assert "Edición old" not in page
    index = (two.root / "reports" / "old-reconstruction" / "index.en.html").read_text("utf-8")
    assert f"Reconstruction with the data of {day_read('asylum_claims_year', 'en')}" in index


def test_a_reconstruction_is_neither_published_nor_compared(two: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody was told what it says."""
    two.run("build", "--edition", "old", "--reconstruct")
    capsys.readouterr()
    assert two.run("diff", "old-reconstruction", "new") == 2
    assert "is a reconstruction with the data of today: nobody was told it" in capsys.readouterr().err


def test_only_what_is_said_to_be_published_is_published(two: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """The pages of a draft say that it is one; what is not committed could not be found again; nor what is stale."""
    assert two.run("publish", "new") == 2
    assert "the pages of edition 'new' say that it is a draft" in capsys.readouterr().err
    editions = two.root / "reports" / "editions.toml"
    editions.write_text(EDITIONS.replace('follows = "old"', 'kind = "published"'), encoding="utf-8")
    assert two.run("publish", "new") == 2
    assert "reports/editions.toml is not committed" in capsys.readouterr().err
    commit(two.root)
    assert two.run("publish", "new") == 2
    assert (
        "09_trial of edition 'new' is not current (templates changed): build it again first" in capsys.readouterr().err
    )


def test_an_edition_is_compared_in_sentences_and_pages(two: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """In the terminal in one language, as pages in both; what either found, and how many figures were revised."""
    assert two.run("diff", "old", "new") == 0
    out = capsys.readouterr().out
    found = f"encontró: «Hubo {CLAIMS_OF_2019} solicitudes"
    assert f"La edición old, con corte al 31 de diciembre de 2020, {found}" in out
    assert f"Esta edición encuentra: «Hubo {CLAIMS_OF_2025} solicitudes en 2025.»" in out
    assert two.run("diff", "old", "new", "--language", "en") == 0
    assert f"This edition finds: “There were {CLAIMS_OF_2025} claims in 2025.”" in capsys.readouterr().out
    spanish, english = (
        (two.edition / name).read_text("utf-8") for name in ("changes-from-old.html", "changes-from-old.en.html")
    )
    assert "<h2>Prueba</h2>" in spanish
    assert "<h2>Trial</h2>" in english
    assert 'href="changes-from-old.en.html" lang="en"' in spanish
    assert "Content-Security-Policy" in spanish


def test_a_briefing_says_what_changed_since_the_edition_before(two: Project) -> None:
    """In the page, without a fact of its own; the edition without a predecessor says nothing."""
    page = (two.edition / "es" / "09_trial.html").read_text(encoding="utf-8")
    assert f'<h2 id="changes">{HEADING}</h2>' in page
    assert f"encontró: «Hubo {CLAIMS_OF_2019} solicitudes en 2019.»" in page
    facts = json.loads((two.edition / "es" / "09_trial.facts.json").read_text(encoding="utf-8"))["facts"]
    assert as_number(CLAIMS_OF_2019) not in {fact["value"] for fact in facts}
    first = two.root / "reports" / "old" / "es" / "09_trial.html"
    assert HEADING not in first.read_text(encoding="utf-8")


def test_what_is_kept_is_an_input_of_the_pages_alone(two: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Where it changes, pages are exported again; no cell runs."""
    kept = two.root / "reports" / "published" / "old" / "09_trial.json"
    kept.write_text(kept.read_text(encoding="utf-8").replace(CLAIMS_OF_2019, "70,000"), encoding="utf-8")
    assert two.run("build") == 0
    assert "2 exported" in capsys.readouterr().out
    assert "Hubo 70,000 solicitudes" in (two.edition / "es" / "09_trial.html").read_text(encoding="utf-8")
    kept.write_text("{", encoding="utf-8")
    assert two.run("build") == 1
    assert "what the edition before said of 09_trial is not what a published edition said" in capsys.readouterr().err


def test_a_briefing_that_failed_is_not_compared(two: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Its files are those of an earlier build: what they say is not what the edition would say."""
    two.write("09_trial", SINCE_2020, SETUP, "1 / 0", HEADLINE, SOURCES)
    assert two.run("build") == 1
    capsys.readouterr()
    assert two.run("diff", "old", "new") == 2
    assert "of edition 'new' is not current (cell 3 of 09_trial.ipynb failed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["diff", "2019", CURRENT], "edition '2019' is not built: run `briefings build --edition 2019` first"),
        (["publish", "2019"], "there is no edition '2019'"),
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
    kept = "nothing is kept of edition"
    for odd, told in (('"2019"', kept), ('"../2020"', kept), ("5", "edition a: Expected `str`, got `int`")):
        editions.write_text(f'default = "a"\n[editions.a]\nas_of = "2026-06-30"\nfollows = {odd}\n', encoding="utf-8")
        assert project.run("build") == 2
        assert told in capsys.readouterr().err


def test_a_briefing_of_one_edition_alone_is_said(two: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """New ones and old ones."""
    two.write("08_new", PARAMETERS, SETUP, HEADLINE, SOURCES)
    two.run("build")
    two.run("diff", "old", "new")
    out = capsys.readouterr().out
    assert "08_new: Prueba\n  Este informe no estaba en la edición anterior." in out
    two.run("diff", "new", "old")
    assert "08_new: Prueba\n  Este informe ya no está en la edición nueva." in capsys.readouterr().out


def test_edition_2026_1_is_kept_as_its_readers_got_it(real: Path) -> None:
    """Ten briefings, built at 9b8008f, with what was wrong in them; nothing is said of it in an edition of its date."""
    kept = ROOT / "reports" / "published" / "2026-1"
    assert json.loads((kept / "edition.json").read_text("utf-8"))["commit"].startswith("9b8008f")
    compared = compare_editions(ROOT, real, "2026-1", CURRENT)
    assert [item.stem for item in compared if item.before and item.now] == list(SLUGS)
    panorama = json.loads((kept / "00_panorama.json").read_text("utf-8"))
    told = " ".join(said["text"] for said in panorama["sentences"]["es"])
    assert "La edición 2020, con datos disponibles al 31 de diciembre de 2020, encontró" in told
    for language in ("es", "en"):
        page = render_comparison(compared, "2026-1", CURRENT, ROOT / "data", language)
        assert page.count("<section") == len(compared)
        for slug in SLUGS:
            assert HEADINGS[language] not in (real / CURRENT / language / f"{slug}.html").read_text("utf-8")
