"""One report made: executed, exported, described for the manifest. The same here and on a worker of a cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analysis.build.forks import warm_up
from analysis.build.imports import load_jsonschema
from analysis.build.kernels import Kernel, Turns, can_fork
from analysis.build.manifest import file_digest
from analysis.export.edition import Report
from analysis.export.formats import FORMATS
from analysis.export.notebooks import Notebook
from analysis.export.records import Built, Inputs, Printed
from analysis.foundation.errors import PublishError
from analysis.foundation.files import json_bytes

if TYPE_CHECKING:
    from analysis.export.document import Document


@dataclass(frozen=True)
class Unit:
    """One report to make, as plain data.

    Attributes:
        report: the notebook with its parameters.
        inputs: digests of what it is made from, taken before: what changes meanwhile is for the next build.
        printed: what its pages print of their edition.
        previous: what is kept of the edition before; nothing where there was none.
        kernel: how its kernel is started.
        executed: its executed notebook, where only the pages are out of date.
    """

    report: Report
    inputs: Inputs
    printed: Printed
    previous: bytes = b""
    kernel: Kernel = "warm"
    executed: bytes | None = None


@dataclass(frozen=True)
class Made:
    """One report made, as bytes by suffix, with its record for the manifest, and what its pages do not show."""

    files: dict[str, bytes]
    record: Built
    executed: bool
    unshown: Sequence[str] = ()


def get_ready_to_execute(kernel: Kernel) -> None:
    """Start the process that warm kernels are forked from, and load what speaks with them while it loads too."""
    if kernel == "warm" and can_fork():
        warm_up()
    load_jsonschema()
    import_module("analysis.build.engine")


def get_ready_to_export() -> None:
    """Load what exporting needs, typeface included: once, before several threads would each do it."""
    load_jsonschema()
    from analysis.build import changes  # noqa: F401
    from analysis.export import document  # noqa: F401
    from analysis.export.fonts import font_faces, typst_fonts

    for each in FORMATS:
        each.load()
    font_faces("")
    typst_fonts()


def make_report(unit: Unit, root: Path, turns: Turns | None = None) -> Made:
    """Make one report, with the notebook and the data of a project.

    Where several are under way, `turns` says how many may run cells at once.

    Raises:
        PublishError: if a cell fails, a table is not among the sources, or the document cannot be exported.
    """
    notebook = (
        _execute(unit, root, turns) if unit.executed is None else msgspec.json.decode(unit.executed, type=Notebook)
    )

    from analysis.build.changes import with_changes
    from analysis.build.facts import facts_file
    from analysis.build.published import read_published
    from analysis.export.document import read_document  # after the kernel has been started, which need not wait
    from analysis.export.outputs import unshown_outputs

    printed = unit.printed
    document = read_document(
        notebook,
        edition=printed.edition,
        kind=printed.kind,
        contact=printed.contact,
        links=printed.links,
    )
    if document.unlisted:
        listed = f"table {document.unlisted[0]} is used but not among the sources of {unit.report.slug}"
        raise PublishError(f"{listed}: end the notebook with b.sources()")
    shown = document
    if unit.previous:
        before = read_published(unit.previous, f"what the edition before said of {unit.report.stem}")
        shown = with_changes(document, before)
    files = {
        **{each.suffix: each.render(shown) for each in FORMATS},
        "ipynb": json_bytes(notebook),
        "facts.json": facts_file(document),
    }
    record = _record(unit, document, files)
    return Made(files, record, executed=unit.executed is None, unshown=unshown_outputs(notebook))


def _record(unit: Unit, document: Document, files: Mapping[str, bytes]) -> Built:
    read = {row.table: unit.inputs.tables[row.table] for row in document.tables}
    return Built(
        parameters=dict(unit.report.parameters),
        inputs=msgspec.structs.replace(unit.inputs, tables=read),
        printed=unit.printed,
        outputs={suffix: file_digest(content) for suffix, content in files.items()},
        card=document.card,
        neutral=document.neutral,
    )


def _execute(unit: Unit, root: Path, turns: Turns | None) -> Notebook:
    from analysis.build.execute import execute

    path = root / "notebooks" / f"{unit.report.slug}.ipynb"
    return execute(path, unit.report.parameters, root, kernel=unit.kernel, turns=turns)
