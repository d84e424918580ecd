"""Editions: what is published, and the reports that were asked for."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.build.build import printed_by
from analysis.build.editions import PUBLISHED, available_reports, read_edition, refuse_published, reports_of
from analysis.export.edition import Edition, Report
from analysis.foundation.errors import EditionError, NotebookError, ParametersError
from analysis.mexico import COUNTRY


def write(project: Path, content: str) -> Path:
    """Replace the file of editions."""
    (project / "reports" / "editions.toml").write_text(content, encoding="utf-8")
    return project


def test_the_default_edition_takes_all_that_is_not_said(tiny_project: Path) -> None:
    """An edition with a date alone has both languages, the country, and every notebook."""
    assert read_edition(tiny_project) == Edition(
        "2026-1", "2026-06-30", "published", ("es", "en"), ("MEX",), ("05_asylum",)
    )


def test_the_contact_is_that_of_all_editions(tiny_project: Path) -> None:
    """It stands once, before the editions, and is printed by each report."""
    write(tiny_project, 'contact = "erratas@example.org"\n[editions.a]\nas_of = 2026-06-30\n')
    edition = read_edition(tiny_project, "a")
    assert printed_by(reports_of(tiny_project, edition)[0], edition).contact == "erratas@example.org"


def test_an_edition_may_be_narrower(tiny_project: Path) -> None:
    """Languages, places and reports of an edition are those it lists; "states" stands for those a report has."""
    write(
        tiny_project,
        '[editions.s]\nas_of = 2026-06-30\nlanguages = ["en"]\n'
        'geographies = ["MEX", "states"]\nreports = ["05_asylum"]\n',
    )
    edition = read_edition(tiny_project, "s")
    assert (edition.as_of, edition.languages) == ("2026-06-30", ("en",))
    made = [report.geography for report in reports_of(tiny_project, edition)]
    assert made == ["MEX", *(state.code for state in COUNTRY.states)]


def test_a_reconstruction_has_a_folder_of_its_own(tiny_project: Path) -> None:
    """It cannot be taken for the edition of that date, and follows none."""
    write(tiny_project, '[editions.a]\nas_of = 2020-12-31\nkind = "reconstruction"\n[editions.b]\nas_of = 2026-06-30\n')
    assert read_edition(tiny_project, "a").folder == "a-reconstruction"
    draft = read_edition(tiny_project, "b")
    assert (draft.kind, draft.folder, draft.reconstructed().folder) == ("draft", "b", "b-reconstruction")
    assert replace(draft, follows=tiny_project).reconstructed().follows is None


def test_what_was_published_is_not_built_again(tiny_project: Path) -> None:
    """Only as a reconstruction, elsewhere; an edition about to be published is built once more as such."""
    edition = read_edition(tiny_project)
    refuse_published(tiny_project, edition)
    (tiny_project / PUBLISHED / edition.name).mkdir(parents=True)
    refuse_published(tiny_project, edition.reconstructed())
    with pytest.raises(
        EditionError, match=r"published and is not built again: reports/published/2026-1/ keeps .*--reconstruct"
    ):
        refuse_published(tiny_project, edition)


def test_an_edition_after_the_newest_data_is_refused(tiny_project: Path) -> None:
    """Of a day after that on which the data were read nothing is known: the answer names that day."""
    write(tiny_project, "[editions.a]\nas_of = 2026-11-22\n[editions.b]\nas_of = 2031-01-01\n")
    assert reports_of(tiny_project, read_edition(tiny_project, "a"))
    with pytest.raises(EditionError, match="edition b: as_of '2031-01-01' must be 2026-11-22, when the newest data"):
        reports_of(tiny_project, read_edition(tiny_project, "b"))
    (tiny_project / "data" / "datapackage.json").write_text("{", encoding="utf-8")  # which others tell
    assert reports_of(tiny_project, read_edition(tiny_project, "b"))


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        ("default = ", None, r"editions\.toml is not TOML \(.*\): mend it"),
        ('[editions.a]\nas_of = "2026-06-30"', "b", r"there is no edition 'b': .*editions\.toml has a"),
        ("", "b", r"there is no edition 'b': .* has none"),
        (
            '[editions.a]\nas_of = "2026-06-30"\nlanguage = "es"',
            "a",
            r"edition a: Object contains unknown field `language`: write what the head of the file says",
        ),
        ("[editions]\na = 1", "a", "edition a: Expected `object`, got `int`"),
        (
            "[editions.a]\nas_of = '2026-06-30'\nkind = 'past'",
            "a",
            r"edition a: Invalid enum value 'past' - at `\$\.kind`",
        ),
        (
            "[editions.a]\nas_of = '2026-06-30'\nkind = 'reconstruction'\nfollows = 'b'",
            "a",
            "a reconstruction follows no edition: take follows out",
        ),
        ("[editions.a]\nas_of = '30 June'", "a", r"edition a: Invalid RFC3339 encoded date - at `\$\.as_of`"),
        ("[editions.a]\nlanguages = ['es']", "a", "edition a: Object missing required field `as_of`"),
        (
            "[editions.a]\nas_of = '2026-06-30'\nreports = ['06_data']",
            "a",
            r"edition a: there is no notebook 06_data\.ipynb in notebooks/",
        ),
    ],
)
def test_a_wrong_file_of_editions_is_refused(tiny_project: Path, content: str, name: str | None, message: str) -> None:
    """Whatever is wrong in the file is quoted with the edition where it stands."""
    with pytest.raises(EditionError, match=message):
        read_edition(write(tiny_project, content), name)


def test_a_missing_file_of_editions_is_named(tmp_path: Path) -> None:
    """A project without the file is told to restore it."""
    with pytest.raises(EditionError, match=r"editions\.toml is missing: restore it"):
        read_edition(tmp_path)


def test_a_report_may_be_named_by_half_of_its_name(tiny_project: Path) -> None:
    """`asylum` and `05` are `05_asylum`, and naming it three times makes it once."""
    edition = read_edition(tiny_project)
    named = reports_of(tiny_project, edition, slugs=["asylum", "05", "05_asylum"], language="es")
    assert [report.name for report in named] == ["es/05_asylum"]


def test_reports_are_notebooks_by_places_and_languages(tiny_project: Path) -> None:
    """Each place and language is one report with a full, checked set of parameters."""
    edition = Edition("e", "2026-06-30", "draft", ("es", "en"), ("MEX", "MX-CHP"), ("05_asylum",))
    reports = reports_of(tiny_project, edition)
    assert [r.name for r in reports] == [
        "es/05_asylum",
        "en/05_asylum",
        "es/05_asylum-MX-CHP",
        "en/05_asylum-MX-CHP",
    ]
    assert reports[3].parameters == {
        "language": "en",
        "as_of": "2026-06-30",
        "geography": "MX-CHP",
        "top_n": 4,
        "floor": 0.5,
    }


def test_what_was_asked_for_narrows_the_edition(tiny_project: Path) -> None:
    """One language and one place make one report."""
    edition = read_edition(tiny_project)
    reports = reports_of(tiny_project, edition, slugs=["05_asylum"], language="en", geography="MX-OAX")
    assert [r.name for r in reports] == ["en/05_asylum-MX-OAX"]


def test_all_states_are_those_of_the_reports_that_have_them(tiny_project: Path) -> None:
    """Asked for the states, a report of the country alone is passed over, and where no other is left, that is said."""
    path = tiny_project / "notebooks" / "05_asylum.ipynb"
    country = path.read_text(encoding="utf-8").replace("MEX, states", "MEX")
    (tiny_project / "notebooks" / "07_narratives.ipynb").write_text(country, encoding="utf-8")
    edition = read_edition(tiny_project)
    made = reports_of(tiny_project, edition, language="es", geography="states")
    assert {report.slug for report in made} == {"05_asylum"}
    assert [report.geography for report in made] == [state.code for state in COUNTRY.states]
    with pytest.raises(EditionError, match="none of 07_narratives is made for the states"):
        reports_of(tiny_project, edition, slugs=["narratives"], geography="states")


def test_an_unknown_report_is_answered_with_the_nearest(tiny_project: Path) -> None:
    """A misspelt report is answered with a suggestion, an odd one with those there are."""
    edition = read_edition(tiny_project)
    with pytest.raises(EditionError, match=r"no report '05_asilum' in edition 2026-1: did you mean '05_asylum'\?"):
        reports_of(tiny_project, edition, slugs=["05_asilum"])
    with pytest.raises(EditionError, match="there is no report 'xyz' in edition 2026-1: it has 05_asylum"):
        reports_of(tiny_project, edition, slugs=["xyz"])


def test_an_unknown_language_or_place_is_refused(tiny_project: Path) -> None:
    """A language or place that does not exist is refused before a kernel starts."""
    edition = read_edition(tiny_project)
    with pytest.raises(EditionError, match="there is no language 'fr': choose one of es, en"):
        reports_of(tiny_project, edition, language="fr")
    with pytest.raises(ParametersError, match="05_asylum: geography 'MX-ZZZ' does not exist"):
        reports_of(tiny_project, edition, geography="MX-ZZZ")


def test_a_broken_notebook_is_named(tiny_project: Path) -> None:
    """A notebook that cannot be read stops the list of reports with its name."""
    edition = read_edition(tiny_project)
    (tiny_project / "notebooks" / "05_asylum.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(NotebookError, match=r"05_asylum\.ipynb is not a notebook of format 4"):
        reports_of(tiny_project, edition)


def test_available_reports_are_numbered_notebooks_in_order(tiny_project: Path) -> None:
    """Other files, and what an editor keeps beside a notebook, are no reports."""
    folder = tiny_project / "notebooks"
    (folder / ".ipynb_checkpoints").mkdir()
    for name in ("00_panorama.ipynb", "06_data.txt", ".~05_asylum.ipynb", ".ipynb_checkpoints/07_x.ipynb"):
        shutil.copy(folder / "05_asylum.ipynb", folder / name)
    assert available_reports(tiny_project) == ("00_panorama", "05_asylum")


@pytest.mark.parametrize("name", ["draft", "5_short", "06_Data", "06-data", "07_méxico", "006_data", "06_data copy"])
def test_a_notebook_with_another_name_is_refused(tiny_project: Path, name: str) -> None:
    """It would be left out of every edition without a word."""
    folder = tiny_project / "notebooks"
    shutil.copy(folder / "05_asylum.ipynb", folder / f"{name}.ipynb")
    with pytest.raises(
        NotebookError, match=rf"notebooks/{name}\.ipynb is not named as a briefing is: name it with two"
    ):
        available_reports(tiny_project)


def test_two_notebooks_with_one_number_are_refused(tiny_project: Path) -> None:
    """A number names a briefing."""
    folder = tiny_project / "notebooks"
    shutil.copy(folder / "05_asylum.ipynb", folder / "05_claims.ipynb")
    with pytest.raises(NotebookError, match=r"05_claims\.ipynb has the number of 05_asylum\.ipynb: give one of them"):
        available_reports(tiny_project)


def test_the_files_of_a_report_are_named_by_place() -> None:
    """The country has the plain name; a state stands behind it, and MX-MEX is a state."""
    country = Report("05", {"language": "es", "geography": "MEX"})
    state = Report("05", {"language": "en", "geography": "MX-MEX"})
    assert (country.stem, country.name) == ("05", "es/05")
    assert (state.stem, state.name) == ("05-MX-MEX", "en/05-MX-MEX")


def test_the_committed_edition_lists_its_reports(root: Path) -> None:
    """The default edition of the project has checked parameters for every report."""
    edition = read_edition(root)
    assert {r.slug for r in reports_of(root, edition)} == set(available_reports(root))
