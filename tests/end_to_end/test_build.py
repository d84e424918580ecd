"""Building: what is made, what is left alone, and what survives a failure."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from analysis.build.build import standing
from analysis.build.editions import read_edition
from analysis.build.manifest import data_state
from tests.end_to_end.conftest import HEADLINE, PARAMETERS, SETUP, SOURCES, Project
from tests.end_to_end.reading import as_number, total

SUFFIXES = ("html", "pdf", "ipynb", "facts.json")


def digests(folder: Path) -> dict[str, str]:
    """Digest of every file below a folder."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_a_build_leaves_pages_facts_manifest_and_index_in_both_languages(project: Project) -> None:
    """Each language has its HTML, PDF, notebook and facts; the manifest and the two index pages stand beside them."""
    assert project.run("build") == 0
    expected = {f"{language}/09_trial.{suffix}" for language in ("es", "en") for suffix in SUFFIXES}
    assert expected | {"manifest.json", "index.html", "index.en.html"} == set(digests(project.edition))
    assert (project.edition / "es/09_trial.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("built")
def test_the_manifest_names_the_very_files_that_are_there(project: Project) -> None:
    """Every digest of an output in the manifest is that of the file."""
    manifest = json.loads((project.edition / "manifest.json").read_text())
    found = digests(project.edition)
    for name, entry in manifest["reports"].items():
        assert {f"{name}.{suffix}": sha for suffix, sha in entry["outputs"].items()}.items() <= found.items()


@pytest.mark.usefixtures("built")
def test_every_link_of_the_index_leads_to_a_file(project: Project) -> None:
    """The index works from disk: its relative links exist."""
    for page in ("index.html", "index.en.html"):
        links = re.findall(r'href="([^"#:]+)"', (project.edition / page).read_text())
        assert any(link.endswith(".pdf") for link in links)
        assert all((project.edition / link).is_file() for link in links)


@pytest.mark.usefixtures("built")
def test_facts_are_the_same_bytes_in_both_languages(project: Project) -> None:
    """A number does not depend on the language in which it is told."""
    spanish, english = ((project.edition / f"{tag}/09_trial.facts.json").read_bytes() for tag in ("es", "en"))
    assert spanish == english
    assert json.loads(spanish)["facts"][0]["value"] == as_number(total("asylum_claims_year", "claims", year=2025))


def test_building_twice_in_two_places_gives_the_same_bytes(project: Project, tmp_path: Path) -> None:
    """Nothing in the outputs tells when or where they were made."""
    assert project.run("build", "--output", str(tmp_path / "one")) == 0
    assert project.run("build", "--output", str(tmp_path / "two"), "--jobs", "1") == 0
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


@pytest.mark.usefixtures("built")
def test_a_build_with_nothing_to_do_starts_no_kernel_and_imports_nothing_heavy(project: Project) -> None:
    """The second build imports neither nbformat nor papermill nor nbconvert nor pandas."""
    before = digests(project.edition)
    script = (
        "import sys; from analysis.cli import main; status = main(['build']); "
        "heavy = {'nbformat', 'papermill', 'nbconvert', 'nbclient', 'pandas', 'matplotlib', 'frictionless'}; "
        "print(status, sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"
    assert digests(project.edition) == before


@pytest.mark.usefixtures("built")
def test_a_changed_template_exports_again_without_executing(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When only the publishing code differs, the executed notebook is used as it is."""
    path = project.edition / "manifest.json"
    manifest = json.loads(path.read_text())
    for entry in manifest["reports"].values():
        entry["inputs"]["publishing"] = "another template"
    path.write_text(json.dumps(manifest))

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a kernel was started")

    monkeypatch.setattr("analysis.build.execute.execute", never)
    capsys.readouterr()
    assert project.run("build") == 0
    assert "2 exported" in capsys.readouterr().out


def test_an_interrupt_that_a_library_swallows_still_ends_the_build(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C while the data are validated is answered, whatever becomes of the error that Python raises for it."""
    # What a shell starts in the background has interrupts ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def swallowing(_folder: Path) -> list[str]:
        with suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.2)
        return []

    monkeypatch.setattr("analysis.package.validation.validate", swallowing)
    try:
        assert project.run("build", "--language", "es") == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert "interrupted" in capsys.readouterr().err


@pytest.mark.usefixtures("built")
def test_data_are_validated_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook edited does not have the same tables validated again; a table changed does."""
    asked: list[Path] = []
    monkeypatch.setattr("analysis.package.validation.validate", lambda folder: asked.append(folder) or ["refused"])
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE.replace("Hubo", "Llegaron"), SOURCES)
    assert project.run("build", "--language", "es") == 0
    assert asked == []
    descriptor = project.root / "data" / "datapackage.json"
    descriptor.write_text(descriptor.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert project.run("build", "--language", "es", "--force") == 2
    assert asked == [project.root / "data"]


@pytest.mark.usefixtures("built")
def test_a_failing_cell_is_named_and_costs_nothing_but_its_own_report(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other report is built, the last good files stay, the index says that they are not current, status is 1."""
    project.write("08_other", PARAMETERS, SETUP, HEADLINE, SOURCES)
    project.run("build")
    good = digests(project.edition / "es")
    project.write("08_other", PARAMETERS, SETUP, "1 / 0", SOURCES)
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE, "b.finding(text(es='Bien.', en='Well.'))", SOURCES)
    capsys.readouterr()
    assert project.run("build") == 1
    said = capsys.readouterr()
    assert "es/08_other: cell 3 of 08_other.ipynb failed: ZeroDivisionError: division by zero" in said.err
    assert "2 built, 2 failed" in said.out
    now = digests(project.edition / "es")
    assert {k: v for k, v in now.items() if "08_other" in k} == {k: v for k, v in good.items() if "08_other" in k}
    assert now["09_trial.html"] != good["09_trial.html"]
    assert "ZeroDivisionError" in (project.edition / "index.html").read_text()


@pytest.mark.usefixtures("built")
def test_a_failed_report_is_built_again_once_its_cell_is_mended(project: Project) -> None:
    """A failure in the manifest does not outlive its cause."""
    project.write("09_trial", PARAMETERS, SETUP, "1 / 0", SOURCES)
    assert project.run("build") == 1
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE, SOURCES)
    assert project.run("build") == 0
    assert "ZeroDivisionError" not in (project.edition / "index.html").read_text()


def test_a_missing_alternative_text_fails_the_build(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A chart that a blind reader could not use is not published."""
    chart = (
        "data = claims.series('year').to_frame('x')\n"
        "t = text(es='Título', en='Title')\n"
        "silent = text(es='', en='')\n"
        "b.chart(lambda width: charts.lines(data, unit='x', language=b.language, width=width), "
        "title=t, subtitle=t, alt=silent, tables=[claims], data=data)"
    )
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE, chart, SOURCES)
    assert project.run("build", "--language", "es") == 1
    assert "cell 4 of 09_trial.ipynb failed: ElementError: the chart 'Título' has no alternative text" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("place", ["a file", "a folder below a file"])
def test_an_output_that_cannot_be_written_is_said_before_any_work(
    project: Project, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is tried before a kernel starts."""
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder")
    monkeypatch.setattr("analysis.build.build.make_report", None)
    output = blocked if place == "a file" else blocked / "below"
    assert project.run("build", "--output", str(output)) == 2
    said = capsys.readouterr().err
    assert said.startswith("briefings: cannot write")
    assert "mend the folder or choose another" in said


@pytest.mark.usefixtures("built")
def test_an_edited_table_stops_the_build_and_names_the_file(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table that is not what the descriptor says is not published, and nothing built before is touched."""
    before = digests(project.edition)
    table = project.root / "data/tables/asylum_claims_year.csv"
    table.write_text(re.sub(r"2025,CUB,\d", r"\g<0>0", table.read_text()))
    capsys.readouterr()
    assert project.run("build") == 2
    assert "asylum_claims_year.csv" in capsys.readouterr().err
    assert digests(project.edition) == before


@pytest.mark.usefixtures("built")
def test_an_altered_notebook_is_never_exported(project: Project) -> None:
    """Numbers changed by hand in an executed notebook do not reach a page: it is executed again."""
    notebook = project.edition / "es/09_trial.ipynb"
    told = total("asylum_claims_year", "claims", year=2025)
    notebook.write_text(notebook.read_text().replace(told, "99,999"))
    assert project.run("build", "--language", "es") == 0
    assert told in (project.edition / "es/09_trial.html").read_text()
    assert "99,999" not in notebook.read_text()


def test_a_notebook_without_list_of_sources_is_not_published(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table that is used must be named: else nobody could trace its numbers, nor the build its changes."""
    shown = HEADLINE + "\nb.chart_table(title=text(es='T', en='T'), head=['a'], rows=[], formats=[''], tables=[claims])"
    project.write("09_trial", PARAMETERS, SETUP, shown)
    assert project.run("build", "--language", "es") == 1
    assert "table asylum_claims_year is used but not among the sources of 09_trial" in capsys.readouterr().err


def test_a_report_with_an_unexpected_error_does_not_stop_the_others(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever goes wrong in one report is told in its line; the index is written."""

    def broken(*_: object) -> bytes:
        raise RuntimeError("a bug")

    monkeypatch.setattr("analysis.build.facts.facts_file", broken)
    assert project.run("build", "--language", "es") == 1
    assert "FAILED  es/09_trial: internal error (RuntimeError: a bug)" in capsys.readouterr().err


@pytest.mark.usefixtures("built")
def test_lost_index_pages_come_back(project: Project) -> None:
    """A build with nothing to do still leaves both index pages."""
    (project.edition / "index.html").unlink()
    assert project.run("build", "--language", "es") == 0
    assert (project.edition / "index.html").is_file()


# -- parts of an edition ----------------------------------------------------------------------------------------------


def dead_links(folder: Path) -> set[str]:
    """The links of all pages below a folder that lead to no file, each after its page."""
    pages = folder.rglob("*.html")
    links = {page: re.findall(r'href="([^"#:]+)"', page.read_text(encoding="utf-8")) for page in pages}
    return {
        f"{page.relative_to(folder)}: {to}" for page, all_of in links.items() for to in all_of if not exists(page, to)
    }


def exists(page: Path, link: str) -> bool:
    """Whether a link of a page leads to a file."""
    return (page.parent / link).is_file()


def leads(project: Project, page: str, link: str) -> bool:
    """Whether a page of the edition has a link."""
    return f'href="{link}"' in (project.edition / page).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "part",
    [
        ("09", "--language", "es"),
        ("--language", "en"),
        ("--geography", "MX-CHP", "--language", "es"),
        ("08", "--geography", "MX-CHP"),
    ],
)
def test_a_part_of_an_edition_leads_only_to_pages_that_exist(project: Project, part: tuple[str, ...]) -> None:
    """One language, one report, a state in one language: no link is dead, then or when the rest was built."""
    project.write("08_other", PARAMETERS, SETUP, HEADLINE, SOURCES)
    assert project.run("build", *part) == 0
    assert dead_links(project.edition) == set()
    assert project.run("build") == 0
    assert dead_links(project.edition) == set()
    assert leads(project, "es/09_trial.html", "../en/09_trial.html")
    assert leads(project, "en/09_trial.html", "../es/09_trial.html")


def test_a_language_that_is_added_is_linked_from_the_other_at_once(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page that was there is exported again, not executed, though it was not asked for; so for a state."""
    for place in ((), ("--geography", "MX-CHP")):
        assert project.run("build", "--language", "es", *place) == 0
    executed = (project.edition / "es/09_trial.ipynb").read_bytes()
    assert not leads(project, "es/09_trial.html", "../en/09_trial.html")
    capsys.readouterr()
    assert project.run("build", "--language", "en") == 0
    assert "1 built, 1 exported" in capsys.readouterr().out
    assert leads(project, "es/09_trial.html", "../en/09_trial.html")
    assert not leads(project, "es/09_trial-MX-CHP.html", "../en/09_trial-MX-CHP.html")
    assert (project.edition / "es/09_trial.ipynb").read_bytes() == executed
    assert project.run("build", "--language", "en", "--geography", "MX-CHP") == 0
    assert leads(project, "es/09_trial-MX-CHP.html", "../en/09_trial-MX-CHP.html")
    capsys.readouterr()
    assert project.run("build") == 0
    assert "2 up to date" in capsys.readouterr().out


def test_parts_and_the_whole_give_the_same_bytes(project: Project, tmp_path: Path) -> None:
    """It does not matter in which order the languages were built."""
    assert project.run("build", "--output", str(tmp_path / "whole")) == 0
    for language in ("en", "es"):
        assert project.run("build", "--language", language, "--output", str(tmp_path / "parts")) == 0
    assert project.run("build", "--output", str(tmp_path / "parts")) == 0
    assert digests(tmp_path / "parts") == digests(tmp_path / "whole")


def test_a_report_that_fails_is_led_to_from_nowhere(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Its translation, built beside it, does without the link, and has it once the report is mended."""
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE, "1 / (language == 'es')", SOURCES)
    assert project.run("build") == 1
    assert "1 built, 1 failed" in capsys.readouterr().out
    assert dead_links(project.edition) == set()
    assert project.run("build") == 1
    assert "1 failed, 1 up to date" in capsys.readouterr().out
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE, SOURCES)
    assert project.run("build") == 0
    assert leads(project, "es/09_trial.html", "../en/09_trial.html")


@pytest.mark.usefixtures("built")
def test_a_report_that_fails_and_has_an_older_page_is_led_to(project: Project) -> None:
    """The page is there, and the index says that it is old."""
    assert project.run("build") == 0
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE, "1 / (language == 'es')", SOURCES)
    assert project.run("build") == 1
    assert leads(project, "es/09_trial.html", "../en/09_trial.html")
    assert dead_links(project.edition) == set()


@pytest.mark.usefixtures("built")
def test_a_page_whose_translation_an_edition_drops_no_longer_leads_to_it(project: Project) -> None:
    """The same build that removes a language mends the pages of the other."""
    listing(project, "")
    assert project.run("build") == 0
    listing(project, 'languages = ["es"]')
    assert project.run("build") == 0
    assert dead_links(project.edition) == set()
    assert not (project.edition / "en/09_trial.html").exists()


def test_what_a_report_makes_and_does_not_show_is_noted(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A print and an element that no line ends with stop nothing; the author is told of them, with the cell."""
    project.write("09_trial", PARAMETERS, SETUP, HEADLINE, "b.finding(text(es='A.', en='A.'));", "print(year)", SOURCES)
    assert project.run("build", "--language", "es") == 0
    out = capsys.readouterr().out
    assert "note    es/09_trial: cell 4 makes an element that is not shown (finding: A.)" in out
    assert "note    es/09_trial: cell 5 prints (2025), which no briefing shows" in out


def test_marks_of_a_merge_in_prose_are_not_published(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A build runs all cells, and prose is not among them: it is looked at before anything is exported."""
    path = project.root / "notebooks" / "09_trial.ipynb"
    content = json.loads(path.read_text())
    content["cells"].insert(2, {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "<<<<<<< HEAD\na"})
    path.write_text(json.dumps(content))
    assert project.run("build", "--language", "es") == 1
    assert "es/09_trial: cell 3 holds marks of a merge" in capsys.readouterr().err


def listing(project: Project, keys: str) -> None:
    """Write what the default edition says in the file of editions."""
    path = project.root / "reports" / "editions.toml"
    path.write_text(f'default = "{project.name}"\n[editions.{project.name}]\nas_of = "2026-06-30"\n{keys}\n')


@pytest.mark.usefixtures("built")
def test_what_an_edition_no_longer_declares_is_removed_by_the_next_whole_build(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Report and language go from folder, manifest and index, in a line each; a build of a part removes nothing."""
    project.write("08_other", PARAMETERS, SETUP, HEADLINE, SOURCES)
    listing(project, "")
    assert project.run("build") == 0
    before = digests(project.edition)
    (project.edition / "es" / "notes.txt").write_text("by hand")
    (project.edition / "es" / "08_other.pdf").write_text("by hand")
    (project.root / "notebooks" / "08_other.ipynb").unlink()
    listing(project, 'languages = ["es"]')
    assert project.run("build", "09") == 0
    assert set(before) - set(digests(project.edition)) == set()
    capsys.readouterr()
    assert project.run("build") == 0
    out = capsys.readouterr().out
    gone = ("en/08_other", "en/09_trial", "es/08_other")
    assert all(f"removed {name}: the edition no longer declares it" in out for name in gone)
    assert "1 exported, 3 removed" in out
    assert set(digests(project.edition)) == {
        *(f"es/09_trial.{suffix}" for suffix in SUFFIXES),
        *("manifest.json", "index.html", "index.en.html"),
        *("es/notes.txt", "es/08_other.pdf"),
    }
    assert set(json.loads((project.edition / "manifest.json").read_text())["reports"]) == {"es/09_trial"}
    assert not any("08_other" in (project.edition / page).read_text() for page in ("index.html", "index.en.html"))
    assert project.run("build") == 0
    assert "1 up to date" in capsys.readouterr().out


def test_a_place_that_was_asked_for_stays_and_one_that_was_dropped_goes(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """What nobody declares stays while its notebook has it; what was declared goes when it no longer is."""
    state = project.edition / "es" / "09_trial-MX-CHP.html"
    listing(project, 'languages = ["es"]')
    assert project.run("build", "--geography", "MX-CHP") == 0
    assert project.run("build") == 0
    assert state.is_file()
    listing(project, 'languages = ["es"]\ngeographies = ["MEX", "MX-CHP"]')
    assert project.run("build") == 0
    listing(project, 'languages = ["es"]')
    assert project.run("build", "--geography", "MEX") == 0
    assert state.is_file()
    assert project.run("build") == 0
    assert "removed es/09_trial-MX-CHP" in capsys.readouterr().out
    assert not state.exists()
    assert project.run("build", "--geography", "MX-CHP") == 0
    project.write("09_trial", PARAMETERS.replace("MEX, MX-CHP", "MEX"), SETUP, HEADLINE, SOURCES)
    assert project.run("build") == 0
    assert not state.exists()


@pytest.mark.usefixtures("built")
def test_a_removal_that_was_killed_is_completed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The manifest says meanwhile that the report is not whole, and the next whole build removes what is left of it."""
    listing(project, "")
    assert project.run("build") == 0
    listing(project, 'languages = ["es"]')

    def killed(paths: Iterable[Path]) -> None:
        next(iter(paths)).unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("analysis.build.build.remove_files", killed)
        assert project.run("build") == 130
    assert json.loads((project.edition / "manifest.json").read_text())["reports"]["en/09_trial"]["failed"]
    assert project.run("build") == 0
    assert not (project.edition / "en").exists()


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("place", ["data", "data/tables", "notebooks"])
def test_what_an_editor_or_the_system_leaves_makes_nothing_stale(project: Project, place: str) -> None:
    """Reports stay up to date, the data valid as they were, whatever lies beside the files that count."""
    listing(project, 'languages = ["es"]')
    assert project.run("build") == 0
    before = digests(project.edition)
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", ".x.csv.swp", "x.csv~", ".#x.csv", "#x.csv#"):
        (project.root / place / name).write_text("left")
    for name in (".ipynb_checkpoints/09_trial-checkpoint.ipynb", ".idea/x.xml", "__pycache__/x.pyc"):
        path = project.root / place / name
        path.parent.mkdir()
        path.write_text("left")
    edition = read_edition(project.root)
    assert [reason for _, reason in standing(project.root, edition, project.edition)] == [None]
    assert data_state(project.root) == json.loads((project.edition / "manifest.json").read_text())["valid_data"]
    assert digests(project.edition) == before
