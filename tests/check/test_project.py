"""What can be found wrong in a notebook without executing it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from analysis.build.manifest import MANIFEST, Manifest
from analysis.check.project import (
    check_project,
    off_style,
    older_tables,
    one_language_only,
    refused_prose,
    silent_charts,
    typed_digits,
)
from analysis.export.document import Document
from analysis.export.notebooks import as_notebook, read_notebook
from analysis.export.pdf import render_pdf
from analysis.foundation.words import LANGUAGES
from analysis.package.descriptor import digest_of_names
from analysis.report.bundle import MIME
from analysis.report.cells import source_digest
from analysis.report.elements import Finding, Sources
from analysis.report.runs import Name, Paragraph, Sentence
from tests.elements import document, finding, replacing, section, sentence, source
from tests.samples import built, notebook, of_kind, sample, with_elements

TODAY = date(2026, 11, 26)

Maker = Callable[..., dict[str, Any]]


# -- both languages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "alone"),
    [
        (["es", "en"], []),
        (["en", "es"], []),
        (["es"], ["cell 1 is in es only: put a cell tagged lang-en beside it"]),
        (["es", "es", "en"], ["cell 1 is in es only: put a cell tagged lang-en beside it"]),
        (["es", "en", "en"], ["cell 3 is in en only: put a cell tagged lang-es beside it"]),
        (["es", "", "en"], ["cell 1 is in es only", "cell 3 is in en only"]),
        (["es en"], []),
        ([""], []),
    ],
)
def test_prose_stands_in_both_languages(
    new_notebook: Maker, markdown_cell: Maker, cells: list[str], alone: list[str]
) -> None:
    """A cell of prose has its other language beside it; notes among authors need none."""
    made = [markdown_cell("Texto", *(f"lang-{language}" for language in cell.split())) for cell in cells]
    found = list(one_language_only(as_notebook(new_notebook(*made))))
    assert len(found) == len(alone)
    assert all(sentence.startswith(start) for sentence, start in zip(found, alone, strict=True))


def test_code_between_two_languages_parts_them(new_notebook: Maker, markdown_cell: Maker, code_cell: Maker) -> None:
    """The two languages stand side by side, not around a chart."""
    cells = [markdown_cell("Texto", "lang-es"), code_cell("x = 1"), markdown_cell("Text", "lang-en")]
    assert len(list(one_language_only(as_notebook(new_notebook(*cells))))) == 2


# -- alternative texts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alt", "found"),
    [
        ("", "has no alternative text: say what it shows, with its values"),
        ("CAPTION", "repeats its caption: let it give the values"),
    ],
)
def test_a_committed_chart_without_an_alternative_text_of_its_own_is_found(
    spanish: Document, alt: str, found: str
) -> None:
    """A missing text, and one that only repeats the title, are told with the chart."""
    assert list(silent_charts(spanish)) == []
    chart = of_kind(spanish, "chart")[0]
    title = chart.title.written("es")
    (told,) = silent_charts(replacing(spanish, chart, alt=sentence(alt.replace("CAPTION", title))))
    assert title in told
    assert told.endswith(found)


# -- house style ------------------------------------------------------------------------------------------------------


def test_a_text_off_the_house_style_is_told_with_its_place(spanish: Document) -> None:
    """Chart and number of the chart, the text, and what to change; charts of pairs and the cover are looked at too."""
    before = set(off_style(spanish))
    changed = replacing(spanish, of_kind(spanish, "chart")[1], title=sentence("Se cierran más casos."))
    changed = replace(changed, cover=structs.replace(spanish.cover, scope="Solicitudes de 2014-2025"))
    assert [fault.partition(" (")[0] for fault in off_style(changed) if fault not in before] == [
        "cover, scope: a range takes an en dash without spaces",
        "chart 2, title: it is no sentence, and takes no full stop",
    ]


def test_committed_outputs_and_both_languages_of_the_built_edition_are_looked_at(tiny_project: Path) -> None:
    """A fault of the committed outputs is not told again of the same report built; that of the other language is."""
    path = tiny_project / "notebooks" / "05_asylum.ipynb"
    parameters = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
    made = {language: notebook(ending_in_a_stop(sample(language))) for language in LANGUAGES}
    made["es"]["cells"].insert(0, parameters)
    path.write_text(json.dumps(made["es"]), encoding="utf-8")
    for language, content in made.items():
        built = tiny_project / "reports" / "2026-1" / language / "05_asylum.ipynb"
        built.parent.mkdir(parents=True)
        built.write_text(json.dumps(content), encoding="utf-8")
    write_manifest(tiny_project, "es/05_asylum", "en/05_asylum")
    problems = check_project(tiny_project, tiny_project / "reports", today=TODAY).problems
    assert [problem for problem in problems if "full stop" in problem] == [
        "05_asylum: chart 1, title: it is no sentence, and takes no full stop ('Al final.')",
        "en/05_asylum: chart 1, title: it is no sentence, and takes no full stop ('In the end.')",
    ]


def test_a_built_report_whose_notebook_is_gone_is_told_once(tiny_project: Path) -> None:
    """With the command that removes its pages; nothing else is said of them, in either language."""
    write_manifest(tiny_project, "es/10_family", "en/10_family", "es/05_asylum", neutral=["chart 1, title"])
    for language in LANGUAGES:
        path = tiny_project / "reports" / "2026-1" / language / "10_family.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_text("{", encoding="utf-8")
    findings = check_project(tiny_project, tiny_project / "reports", today=TODAY)
    assert findings.notes == [
        "10_family: what was built of it has no notebook any more: `briefings build` removes it",
        "es/05_asylum: neutral wording in use at chart 1, title",
    ]
    assert [problem for problem in findings.problems if "10_family" in problem] == []


def test_a_number_that_an_author_declares_is_noted(tiny_project: Path) -> None:
    """A threshold by name() passes on the page, and a reviewer is told of it."""
    path = tiny_project / "notebooks" / "05_asylum.ipynb"
    parameters = {**json.loads(path.read_text(encoding="utf-8"))["cells"][0], "execution_count": 1}
    text = Sentence(("La tasa pasa de ", Name("60%"), "."))
    executed = notebook(with_elements(sample("es"), Finding(Paragraph((text,)))))
    path.write_text(json.dumps({**executed, "cells": [parameters, *executed["cells"]]}), encoding="utf-8")
    findings = check_project(tiny_project, tiny_project / "reports", today=TODAY)
    assert (
        "05_asylum: the number in '60%' is its author's, declared by name(): nothing else proves it" in findings.notes
    )


def test_a_built_report_whose_files_are_gone_is_passed_over(tiny_project: Path) -> None:
    """What is missing is for `list` to tell; the neutral wordings of the manifest are told as ever."""
    write_manifest(tiny_project, "es/05_asylum", neutral=["chart 1, title"])
    findings = check_project(tiny_project, tiny_project / "reports", today=TODAY)
    assert findings.notes == ["es/05_asylum: neutral wording in use at chart 1, title"]
    assert [problem for problem in findings.problems if problem.startswith("es/")] == []


def ending_in_a_stop(document: Document) -> Document:
    """The document, the title of its first chart with a full stop."""
    title = "Al final." if document.language == "es" else "In the end."
    return replacing(document, of_kind(document, "chart")[0], title=sentence(title))


def write_manifest(project: Path, *names: str, neutral: Sequence[str] = ()) -> None:
    """Write the manifest of the default edition, with these reports."""
    path = project / "reports" / "2026-1" / MANIFEST
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(Manifest(path.parent, {name: built(name[:2], neutral=neutral) for name in names}).dump())


# -- typed digits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prose", "typed"),
    [
        ("Fueron 70,482 personas.", "70,482"),
        ("Subió 12%.", "12%."),
        ("Más de 3 de cada diez.", "3"),
        ("En 2025, 45 casos.", "45"),
        ("El 2,025 no es un año.", "2,025"),
        ("El cuadro 3.1.3 dice 9.", "9."),
        ("En 1799.", "1799."),
        ("Entre 20255 y más.", "20255"),
    ],
)
def test_a_digit_typed_into_prose_is_found(new_notebook: Maker, markdown_cell: Maker, prose: str, typed: str) -> None:
    """A number that is no year and no name is quoted with its cell."""
    (found,) = typed_digits(as_notebook(new_notebook(markdown_cell(prose, "lang-es"))))
    assert found == f"cell 1 types '{typed}' into prose: print a Quantity instead ('{prose}')"


@pytest.mark.parametrize(
    "prose",
    [
        "Sin cifras.",
        "Entre 2014 y 2024, y 2014–2024.",
        "Véase el cuadro 3.1.3 y los cuadros 3.2.",
        "See Table 4 and tabla 5.",
        "Under Title 42 and Title 8; con el Título 42.",
        "Licencia CC BY 4.0 y CC BY-NC-SA 3.0.",
        "De {n:millions 1} a {m:+0}.",
    ],
)
def test_years_and_names_with_digits_are_allowed(new_notebook: Maker, markdown_cell: Maker, prose: str) -> None:
    """Years, numbers of tables, titles of law, licences and the formats of values are no typed numbers."""
    assert list(typed_digits(as_notebook(new_notebook(markdown_cell(prose, "lang-en"))))) == []


@pytest.mark.parametrize(
    "code",
    [
        'b.finding(text(es="Fueron 45.", en="They were many."))',
        'b.finding(text("Muchas.", "They were 45."))',
        'claim(when=x > 3, es="a", en="b", neutral_es="45", neutral_en="b")',
        'text(es="Fueron "\n "45.", en="b")',
        'text(es="{p}", en="{p}", p="45 personas")',
    ],
)
def test_a_digit_typed_into_a_sentence_of_code_is_found(new_notebook: Maker, code_cell: Maker, code: str) -> None:
    """Sentences of text() and claim(), neutral ones and words among them, are looked at."""
    (found,) = typed_digits(as_notebook(new_notebook(code_cell("x = 4"), code_cell(code))))
    assert found.startswith("cell 2 types '45")


@pytest.mark.parametrize(
    "code",
    [
        "first_share.between(45, 50)",
        'text(es="En {year}.", en="In {year}.", year=2025)',
        'claims.total(year=2025, state_code="MX-45")',
        'label = "45"',
        "%matplotlib inline\n45",
        'text(es="En 2025.", en="In 2025.")',
    ],
)
def test_numbers_of_code_are_no_prose(new_notebook: Maker, code_cell: Maker, code: str) -> None:
    """Conditions, selections and years are not sentences; a cell that is no Python is passed over."""
    assert list(typed_digits(as_notebook(new_notebook(code_cell(code))))) == []


@pytest.mark.parametrize(
    ("prose", "typed"),
    [
        ("- a\n- Son **45**", ["45"]),
        ("| a |\n|---|\n| 45 |", ["45"]),
        ("a[^n]\n\n[^n]: Son 45.", ["45."]),
        ("## Son `45`", ["45"]),
        ("a <!-- son 45 -->", []),
        ("1. a\n2. b[^45]\n\n[^45]: c", []),
        ("[a](https://example.org/45)", []),
    ],
)
def test_digits_that_prose_prints_are_found(
    new_notebook: Maker, markdown_cell: Maker, prose: str, typed: list[str]
) -> None:
    """In items, cells, footnotes and headings; comments, addresses and what counts items and notes say no number."""
    found = list(typed_digits(as_notebook(new_notebook(markdown_cell(prose, "lang-es")))))
    assert [re.findall("types '(.*?)'", fault)[0] for fault in found] == typed


def test_prose_that_cannot_be_shown_is_named_in_each_language(new_notebook: Maker, markdown_cell: Maker) -> None:
    """Cells of both languages are read, notes among authors are not."""
    cells = [markdown_cell("<b>"), markdown_cell("a ✅", "lang-es"), markdown_cell("a\n\n![a](b)", "lang-en")]
    first, second = refused_prose(as_notebook(new_notebook(*cells)))
    assert first.startswith("cell 2, line 1: the typeface has no '✅' (U+2705)")
    assert second.startswith("cell 3, line 3: prose shows no pictures")


def test_notes_among_authors_may_have_digits(new_notebook: Maker, markdown_cell: Maker) -> None:
    """Markdown without a language is not published."""
    assert list(typed_digits(as_notebook(new_notebook(markdown_cell("Son 45."))))) == []


def test_the_committed_notebooks_stand_in_both_languages_without_typed_digits(root: Path) -> None:
    """No notebook of the project types a number into its prose or lacks a language."""
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        notebook = read_notebook(path)
        assert [*one_language_only(notebook), *typed_digits(notebook)] == [], path.name


def test_a_translation_serves_one_cell_only(new_notebook: Maker, markdown_cell: Maker) -> None:
    """Two Spanish cells around one English cell lack a translation."""
    cells = [markdown_cell("Texto", f"lang-{language}") for language in ("es", "en", "es")]
    assert len(list(one_language_only(as_notebook(new_notebook(*cells))))) == 1


@pytest.mark.parametrize("code", ['text(es=f"Son 45 {x}.", en="b")', 'text(es="Son " + "45", en="b")'])
def test_a_digit_in_an_assembled_sentence_is_found(new_notebook: Maker, code_cell: Maker, code: str) -> None:
    """A sentence assembled by code is looked at like any other."""
    assert len(list(typed_digits(as_notebook(new_notebook(code_cell(code)))))) == 1


def test_outputs_that_count_the_tables_are_old_when_one_is_added(tiny_data: Path) -> None:
    """The data package is one of the sources of a report that audits it, and changes with the names of its tables."""
    path = tiny_data / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    names = [resource["name"] for resource in descriptor["resources"]]
    audited = document(Sources((source("datapackage", hash=digest_of_names(names)),)))
    assert list(older_tables(audited, tiny_data)) == []
    descriptor["resources"].pop()
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert list(older_tables(audited, tiny_data)) == [
        "the committed outputs are older than table datapackage: run `briefings reference`"
    ]


def test_faults_in_the_layout_are_told_with_their_report(tiny_project: Path, tmp_path: Path, spanish: Document) -> None:
    """Of the committed notebooks what their charts say of their drawings, of the built edition the pages too."""
    chart = of_kind(spanish, "chart")[0]
    crowded = replacing(spanish, chart, faults=("'Otorrinolaringología' is cut off at the edge: shorten it",))
    path = tiny_project / "notebooks" / "05_asylum.ipynb"
    parameters = {**json.loads(path.read_text(encoding="utf-8"))["cells"][0], "execution_count": 1}
    executed = notebook(crowded)
    path.write_text(json.dumps({**executed, "cells": [parameters, *executed["cells"]]}), encoding="utf-8")
    folder = tmp_path / "out" / "2026-1"
    (folder / "en").mkdir(parents=True)
    low = structs.replace(chart, title=sentence("Poco"), width="full")
    printed = replace(spanish, elements=(low, section("Otorrinolaringología"), finding("Más.")))
    (folder / "en" / "05_asylum.pdf").write_bytes(render_pdf(printed))
    (folder / "manifest.json").write_bytes(Manifest(folder, {"en/05_asylum": built("en")}).dump())
    problems = check_project(tiny_project, tmp_path / "out", today=TODAY).problems
    told = [problem for problem in problems if "Otorrino" in problem]
    assert told[0].startswith("05_asylum: chart 1: 'Otorrino")
    assert told[1].startswith("en/05_asylum: page 1 is filled to ")
    assert len(told) == 2


# -- outputs ----------------------------------------------------------------------------------------------------------


def committed(project: Path, *cells: dict[str, Any]) -> list[str]:
    """What is told of a committed notebook of these cells, which follow its parameters."""
    path = project / "notebooks" / "05_asylum.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    parameters = {**content["cells"][0], "execution_count": 1}
    path.write_text(json.dumps({**content, "cells": [parameters, *cells]}), encoding="utf-8")
    problems = check_project(project, project / "reports", today=TODAY).problems
    return [problem for problem in problems if problem.startswith("05_asylum: ")]


def test_what_a_committed_notebook_prints_is_a_problem(tiny_project: Path, code_cell: Maker) -> None:
    """It would vanish in silence from every briefing."""
    printing = {**code_cell("print(1)"), "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]}
    assert committed(tiny_project, printing)[0] == (
        "05_asylum: cell 2 prints (1), which no briefing shows: say it in an element, or take it out"
    )


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("b.cover(1)", "cell 2 was changed since the notebook ran"),
        ("b.cover(", "the code of cell 2 cannot be read (line 1: '(' was never closed)"),
        ("<<<<<<< HEAD", "cell 2 holds marks of a merge"),
    ],
)
def test_a_committed_cell_that_is_not_as_it_ran_is_a_problem(
    tiny_project: Path, code_cell: Maker, source: str, told: str
) -> None:
    """An edited headline under its old output, a syntax error, a merge that was not settled."""
    output = {MIME: {"kind": "cover", "origin": source_digest("b.cover()")}}
    (problem,) = committed(tiny_project, code_cell(source, output))
    assert problem.startswith(f"05_asylum: {told}")


def test_built_notebooks_are_looked_at_report_by_report(tiny_project: Path, code_cell: Maker) -> None:
    """What one prints, and why another cannot be read, stand each with its report."""
    printing = {**code_cell("print(1)"), "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]}
    for language, cells in (("es", [code_cell("b.cover(")]), ("en", [printing])):
        path = tiny_project / "reports" / "2026-1" / language / "05_asylum.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    write_manifest(tiny_project, "es/05_asylum", "en/05_asylum")
    problems = check_project(tiny_project, tiny_project / "reports", today=TODAY).problems
    assert [p.partition(":")[0] for p in problems if "the code of cell 1" in p] == ["es/05_asylum"]
    assert [p.partition(",")[0] for p in problems if "prints" in p] == ["en/05_asylum: cell 1 prints (1)"]
