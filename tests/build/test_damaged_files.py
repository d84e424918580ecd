"""Files that are not what they should be: one sentence about it, never a traceback, never without end."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.build.build import printed_by
from analysis.build.editions import read_edition, reports_of
from analysis.build.manifest import MANIFEST, Manifest, inputs_of, why_stale
from analysis.check.facts import wrong_facts
from analysis.export.cards import index_cards
from analysis.export.document import read_document
from analysis.export.index import render_index
from analysis.export.notebooks import as_notebook, declared_parameters, fingerprint, read_notebook
from analysis.foundation.errors import AnalysisError, PublishError
from analysis.package.data_package import DataPackage
from analysis.package.validation import validate
from analysis.report.facts import PlacedFact
from tests.damage import damaged, damaged_bytes
from tests.promises import Figure

pytestmark = pytest.mark.slow

SAID = (PublishError, AnalysisError)
"""Errors whose sentence is written for the person who reads it."""
ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = json.loads((ROOT / "notebooks" / "06_data_knowledge.ipynb").read_text(encoding="utf-8"))
SMALL = {**NOTEBOOK, "cells": NOTEBOOK["cells"][:6]}
AS_OF = date(2026, 6, 30)
often = settings(suppress_health_check=list(HealthCheck))


@pytest.fixture
def tried(figure: Figure) -> Callable[[str], None]:
    """Counts a damaged file that was read."""
    return lambda kind: figure(f"damaged files read without a traceback: {kind}", 1)


def said(read: Callable[[], object]) -> str:
    """Read something; return the sentence where it is refused. Any other error is a traceback, and fails the test."""
    try:
        read()
    except SAID as error:
        sentence = str(error)
        assert sentence.strip()
        return sentence
    return ""


def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one damaged file."""
    return tmp_path_factory.mktemp("damaged")


EDITIONS = (ROOT / "reports" / "editions.toml").read_bytes()
ODD_EDITIONS = [
    b'default = ["2026-1"]\n[editions.2026-1]\nas_of = "2026-06-30"\n',
    b'default = "2026-1"\n[editions.2026-1]\nas_of = "2026-06-30"\nlanguages = [1]\n',
    b'default = "2026-1"\n[editions.2026-1]\nas_of = "2026-06-30"\nlanguages = ["../en"]\n',
    b'default = "2026-1"\n[editions.2026-1]\nas_of = "2026-06-30"\ngeographies = "MEX"\n',
    b'default = "2026-1"\n[editions.2026-1]\nas_of = "2026-06-30"\ngeographies = ["../../MEX"]\n',
    b'default = "2026-1"\n[editions.2026-1]\nas_of = 2026-06-30\nreports = ["../notebooks/05"]\n',
    b'default = "../2026-1"\n[editions."../2026-1"]\nas_of = "2026-06-30"\n',
    b'default = ".."\n[editions.".."]\nas_of = "2026-06-30"\n',
    b'default = "2026-1"\neditions = 5\n',
    b"default = " + b"[" * 2000,
    b"\xff\xfe",
]


@pytest.mark.parametrize("content", ODD_EDITIONS)
def test_odd_editions_are_refused_in_a_sentence(content: bytes, tiny_project: Path) -> None:
    """Wrong types, names that would leave the folder, and what is no TOML name the file."""
    (tiny_project / "reports" / "editions.toml").write_bytes(content)
    sentence = said(lambda: reports_of(tiny_project, read_edition(tiny_project)))
    assert "editions.toml" in sentence or "geography" in sentence


@often
@given(data=st.data())
def test_damaged_editions(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, tried: Any) -> None:
    """Whatever stands in editions.toml, there are reports in the folder of the edition, or a sentence."""
    root = scratch(tmp_path_factory)
    (root / "reports").mkdir()
    (root / "notebooks").symlink_to(ROOT / "notebooks")
    (root / "reports" / "published").symlink_to(ROOT / "reports" / "published")
    (root / "reports" / "editions.toml").write_bytes(data.draw(damaged_bytes(EDITIONS)))

    def read() -> None:
        for report in reports_of(root, read_edition(root)):
            inside = (root / "out" / "edition" / report.name).resolve()
            assert inside.parent.parent.parent == root / "out"

    said(read)
    tried("editions.toml")


def test_a_notebook_of_anything_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """Numbers that are too long, nesting without end and folders are no notebooks."""
    for content in (b"9" * 5000, b"[" * 100_000, b"{}", b"null", b"\xff", b""):
        (tmp_path / "a.ipynb").write_bytes(content)
        assert "a.ipynb is not a notebook" in said(lambda: read_notebook(tmp_path / "a.ipynb"))
    (tmp_path / "b.ipynb").mkdir()
    assert "b.ipynb is not a notebook" in said(lambda: read_notebook(tmp_path / "b.ipynb"))


@often
@given(data=st.data())
def test_damaged_notebooks(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, tried: Any) -> None:
    """A notebook in which anything is missing or something else is read, or refused, by all who read one."""
    path = scratch(tmp_path_factory) / "06_trial.ipynb"
    path.write_text(json.dumps(data.draw(damaged(SMALL))), encoding="utf-8", errors="surrogatepass")

    def read() -> None:
        notebook = read_notebook(path)
        fingerprint(notebook)
        declared_parameters(notebook, path.name)
        read_document(notebook)

    said(read)
    tried("notebooks")


@pytest.mark.parametrize("cell", ["x: int = 9" * 3000, "(" * 500, "language: str = {[]: 1}", "a: str = '\0'", "é: str"])
def test_odd_cells_of_parameters_are_refused_in_a_sentence(cell: str, new_notebook: Any, code_cell: Any) -> None:
    """Python that cannot be read, or is nested without end, names the notebook."""
    notebook = new_notebook(code_cell(cell, tags=["parameters"]))
    assert "05.ipynb" in said(lambda: declared_parameters(as_notebook(notebook), "05.ipynb"))


@often
@given(data=st.data())
def test_damaged_manifests(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, tried: Any) -> None:
    """A manifest in which anything is something else is refused, or its reports are built again; the index stands."""
    folder = scratch(tmp_path_factory) / "2026-1"
    folder.mkdir()
    (folder / MANIFEST).write_text(json.dumps(data.draw(damaged(MANIFEST_CONTENT))), errors="surrogatepass")

    def read() -> None:
        manifest = Manifest.read(folder)
        for report in manifest.built():
            assert (folder / report.name).resolve().parent.parent == folder.resolve()
            why_stale(report, manifest.reports[report.name], folder, INPUTS, printed_by(report, EDITION))
        for language in ("es", "en"):
            render_index(EDITION, index_cards(manifest.reports), language)

    said(read)
    tried("manifests")


EDITION = read_edition(ROOT)
(REPORT,) = reports_of(ROOT, EDITION, slugs=["06"], language="es")
INPUTS = inputs_of(ROOT, [REPORT])["06_data_knowledge"]
MANIFEST_CONTENT = {
    "edition": "2026-1",
    "python": "3.11.7",
    "valid_data": "",
    "reports": {
        f"{language}/06_data_knowledge{place}": {
            "parameters": {"language": language, "as_of": "2026-06-30", "geography": place[1:] or "MEX"},
            "inputs": {"notebook": "a", "library": "b", "publishing": "c", "environment": "d", "tables": {"t": "e"}},
            "printed": msgspec.to_builtins(printed_by(REPORT, EDITION)),
            "outputs": {"html": "a", "pdf": "b", "ipynb": "c", "facts.json": "d"},
            "card": {
                "number": 6,
                "title": "Datos",
                "scope": "México",
                "edition": "Edición 2026-1",
                "headline": "Uno.",
                "key_figure": {"value": "1", "label": "uno"},
            },
            "neutral": [],
        }
        for language in ("es", "en")
        for place in ("", "-MX-CHP")
    },
}


@often
@given(data=st.data())
def test_damaged_facts(data: st.DataObject, tried: Any) -> None:
    """A fact in which anything is something else is a wrong fact, or the sentence says what it lacks."""
    fact = data.draw(st.sampled_from(FACTS).flatmap(damaged))
    try:
        told = wrong_facts([msgspec.convert(fact, PlacedFact)], ROOT / "data")
    except msgspec.ValidationError as error:
        told = [str(error)]
    assert all(sentence.strip() for sentence in told)
    tried("facts")


FACTS = msgspec.to_builtins(read_document(as_notebook(NOTEBOOK)).facts[:12])


@often
@given(data=st.data())
def test_damaged_descriptors(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, tried: Any) -> None:
    """Whatever datapackage.json says, it is valid or there are sentences, and no table is read wrongly."""
    folder = scratch(tmp_path_factory)
    for name in ("tables", "compiled"):
        (folder / name).symlink_to(ROOT / "data" / name)
    described = data.draw(damaged(DESCRIPTOR))
    (folder / "datapackage.json").write_text(json.dumps(described), errors="surrogatepass")
    assert isinstance(validate(folder), list)
    said(lambda: _read_tables(folder))
    tried("descriptors of the data package")


def _read_tables(folder: Path) -> None:
    package = DataPackage(folder)
    for name in package.names:
        package.table(name, AS_OF)


_PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
_CHOSEN = ("asylum_claims_year", "crimes_against_migrants_period", "states")
DESCRIPTOR = {**_PACKAGE, "resources": [r for r in _PACKAGE["resources"] if r["name"] in _CHOSEN]}


@often
@given(data=st.data())
def test_damaged_tables(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, tried: Any) -> None:
    """A table with anything in it is found by its digest, and read as described or refused with file and line."""
    folder = scratch(tmp_path_factory)
    item = data.draw(st.sampled_from(DESCRIPTOR["resources"]))
    content = data.draw(damaged_bytes((ROOT / "data" / item["path"]).read_bytes()))
    (folder / item["path"]).parent.mkdir()
    (folder / item["path"]).write_bytes(content)
    (folder / "datapackage.json").write_text(json.dumps({**DESCRIPTOR, "resources": [item]}), encoding="utf-8")
    changed = content != (ROOT / "data" / item["path"]).read_bytes()
    assert bool(validate(folder)) == changed
    sentence = said(lambda: _read_tables(folder))
    assert not sentence or Path(item["path"]).name in sentence
    tried("tables")
