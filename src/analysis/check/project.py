"""Everything that can be found wrong without executing a notebook."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from analysis.build.editions import available_reports, read_edition, reports_of
from analysis.build.manifest import Manifest
from analysis.check.coverage import NO_NUMBERS, coverage, declared_numbers
from analysis.check.crossings import crossings
from analysis.check.facts import wrong_facts
from analysis.check.house_style import style_faults
from analysis.check.layout import built_faults, chart_faults
from analysis.check.page_coverage import names_of_data, unproved
from analysis.export.document import Document, read_document
from analysis.export.notebooks import Cell, CodeCell, MarkdownCell, Notebook, read_notebook
from analysis.export.outputs import unshown_outputs
from analysis.export.prose import read_cell
from analysis.foundation.errors import DAMAGED, DocumentError, PublishError
from analysis.foundation.words import LANGUAGES
from analysis.package.credits import DATA_PACKAGE
from analysis.package.descriptor import DataError, digest_of_names, read_resources
from analysis.report.elements import Chart, ElementError, check_chart_texts
from analysis.report.prose import Block, plain

_FIELD: Final = re.compile(r"\{[^}]*\}")
"""A value with its format."""
_MEND: Final = "run `briefings reference`, and look at what was edited"
_WORDINGS: Final = {"es", "en", "neutral_es", "neutral_en"}


@dataclass
class Faults:
    """What a check tells of a project: problems fail it, notes are only said."""

    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check_project(root: Path, output: Path, *, today: date, strict_freshness: bool = False) -> Faults:
    """Check data, editions, notebooks, their committed outputs, and what stands in the default edition and how.

    Args:
        root: the project.
        output: the folder of the editions.
        today: the day on which data are due or not.
        strict_freshness: whether data that are due are a problem, not a note.
    """
    from analysis.check.freshness import overdue
    from analysis.package.validation import validate

    faults = Faults()
    faults.problems += [f"data: {problem}" for problem in validate(root / "data")]
    due = [] if faults.problems else [f"data: {sentence}" for sentence in overdue(root / "data", today)]
    (faults.problems if strict_freshness else faults.notes).extend(due)
    for slug in available_reports(root):
        _check_notebook(root, slug, faults)
    try:
        edition = read_edition(root)
        reports_of(root, edition)
        _check_built(root, output / edition.folder, Manifest.read(output / edition.folder), faults)
    except PublishError as error:
        faults.problems.append(str(error))
    return faults


def _check_notebook(root: Path, slug: str, faults: Faults) -> None:
    def add(problems: Iterable[str]) -> None:
        faults.problems += [f"{slug}: {problem}" for problem in problems]

    try:
        notebook = read_notebook(root / "notebooks" / f"{slug}.ipynb")
        add([*one_language_only(notebook), *typed_digits(notebook), *refused_prose(notebook)])
        add(unshown_outputs(notebook))
        document = read_document(notebook)
        add([*silent_charts(document), *chart_faults(document), *off_style(document)])
        add(coverage(document.flat).letters)
        add(wrong_facts(document.facts, root / "data"))
        add(crossings(document, root / "data"))
        add(older_tables(document, root / "data"))
        faults.notes += [f"{slug}: neutral wording in use at {place}" for place in document.neutral]
        faults.notes += [
            f"{slug}: the number in '{name}' is its author's, declared by name(): nothing else proves it"
            for name in declared_numbers(document.flat)
        ]
    except (PublishError, DataError) as error:
        told = f"{slug}: {error}" in faults.problems  # refused prose is named in both languages above
        add([] if told else [str(error)])
    except DAMAGED as error:
        add([f"its outputs, or the data package, cannot be read ({type(error).__name__}: {error}): {_MEND}"])


def _check_built(root: Path, folder: Path, manifest: Manifest, faults: Faults) -> None:
    """Look at the reports of an edition, in both languages; a fault of the committed outputs is not told twice."""
    names = {language: names_of_data(root / "data", language) for language in LANGUAGES} if manifest.reports else {}
    written = available_reports(root)
    gone = {report.name: report.slug for report in manifest.built() if report.slug not in written}
    faults.notes += [
        f"{slug}: what was built of it has no notebook any more: `briefings build` removes it"
        for slug in dict.fromkeys(gone.values())
    ]
    for name, built in manifest.reports.items():
        if name in gone:
            continue
        faults.notes += [f"{name}: neutral wording in use at {place}" for place in built.neutral]
        path, found = folder / f"{name}.ipynb", list[str]()
        try:
            if path.is_file():
                notebook = read_notebook(path)
                found += unshown_outputs(notebook)
                document = read_document(notebook)
                found += off_style(document)
                known = [*names[document.language], *declared_numbers(document.flat)]
                found += unproved_numbers(path.with_suffix(".html"), document, known)
            found += built_faults(folder, name)
        except PublishError as error:
            found.append(str(error))
        except DAMAGED as error:
            found.append(f"the built files cannot be read ({type(error).__name__}: {error}): build it again")
        faults.problems += [f"{name}: {f}" for f in found if f"{path.stem}: {f}" not in faults.problems]


def unproved_numbers(page: Path, document: Document, names: Iterable[str]) -> Iterator[str]:
    """Yield the numbers of a built page that are none of its facts, save those in words of the data and in names."""
    if page.is_file():
        for number in unproved(page.read_text(encoding="utf-8"), document.facts, document.language, names):
            yield f"the page prints {number}, and no fact proves it: print a metric or a quantity"


def off_style(document: Document) -> Iterator[str]:
    """Yield what the texts of a document do not keep of the house style, with the place of each."""
    for element in (document.cover, *document.flat):
        yield from (f"{element.place}, {fault}" for fault in style_faults(element, document.language))


def silent_charts(document: Document) -> Iterator[str]:
    """Yield what is wrong with the titles and alternative texts of the charts, as they were committed."""
    for chart in document.flat:
        if isinstance(chart, Chart):
            try:
                check_chart_texts(chart, document.language)
            except ElementError as error:
                yield str(error)


def older_tables(document: Document, data_folder: Path) -> Iterator[str]:
    """Yield the tables that have changed since the committed outputs were made from them."""
    now = {name: resource["hash"] for name, resource in read_resources(data_folder).items()}
    now[DATA_PACKAGE] = digest_of_names(now)
    for used in document.tables:
        if now.get(used.table) != used.hash:
            yield f"the committed outputs are older than table {used.table}: run `briefings reference`"


def one_language_only(notebook: Notebook) -> Iterator[str]:
    """Yield the Markdown cells that have no neighbour in the other language; a translation serves one cell."""
    waiting: tuple[int, str] | None = None
    for number, cell in notebook.numbered:
        prose = isinstance(cell, MarkdownCell)
        languages = [language for language in LANGUAGES if prose and f"lang-{language}" in cell.tags]
        language = languages[0] if len(languages) == 1 else None
        if waiting and language and language != waiting[1]:
            waiting = None
            continue
        if waiting:
            yield _without_translation(*waiting)
        waiting = (number, language) if language else None
    if waiting:
        yield _without_translation(*waiting)


def _without_translation(number: int, language: str) -> str:
    other = "en" if language == "es" else "es"
    return f"cell {number} is in {language} only: put a cell tagged lang-{other} beside it"


def typed_digits(notebook: Notebook) -> Iterator[str]:
    """Yield the digits typed into prose, which should come from a Quantity (years and table numbers excepted)."""
    for number, cell in notebook.numbered:
        for text in _bilingual_strings(cell.text) if isinstance(cell, CodeCell) else [plain(_prose(cell, number))]:
            left = re.search(r"\S*\d\S*", NO_NUMBERS.sub("", _FIELD.sub("", text)))
            if left:
                yield f"cell {number} types '{left.group()}' into prose: print a Quantity instead ('{text[:60]}')"


def refused_prose(notebook: Notebook) -> Iterator[str]:
    """Yield why Markdown cells cannot be shown, in each language: an export reads one alone."""
    for number, cell in notebook.numbered:
        try:
            _published(cell, number)
        except DocumentError as error:
            yield str(error)


def _prose(cell: Cell, number: int) -> list[Block]:
    """Read a Markdown cell that is published; nothing where it cannot be shown."""
    with suppress(DocumentError):
        return _published(cell, number)
    return []


def _published(cell: Cell, number: int) -> list[Block]:
    published = isinstance(cell, MarkdownCell) and any(tag.startswith("lang-") for tag in cell.tags)
    return read_cell(cell.text, number) if published else []


def _bilingual_strings(code: str) -> Iterator[str]:
    """Yield the sentences of text() and claim(): they are the arguments that come in two languages."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"text", "claim"}:
            wordings = [*node.args, *(k.value for k in node.keywords if k.arg in _WORDINGS)]
            values = [k.value for k in node.keywords if k.arg not in _WORDINGS]
            for part in [*values, *(part for wording in wordings for part in ast.walk(wording))]:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value
