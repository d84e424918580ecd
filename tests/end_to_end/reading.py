"""How the tests read what a build made: elements of an executed notebook, text of a PDF."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pypdf import PdfReader

from analysis.foundation.words import LANGUAGES, Language
from analysis.report.bundle import MIME, read_element

ROOT: Final = Path(__file__).resolve().parents[2]
CURRENT: Final[str] = tomllib.loads((ROOT / "reports" / "editions.toml").read_text(encoding="utf-8"))["default"]
"""Name of the default edition, and so of the folder that it is built in."""


def each(editions: list[tuple[Path, str]]) -> Iterator[tuple[Path, Language, str]]:
    """Folder, language and stem of every report."""
    return ((folder, language, stem) for folder, stem in editions for language in LANGUAGES)


def elements_of(folder: Path, language: str, stem: str) -> list[dict[str, Any]]:
    """The elements of a built report, in order."""
    return elements_in(folder / language / f"{stem}.ipynb")


def elements_in(notebook_file: Path) -> list[dict[str, Any]]:
    """The elements of an executed notebook, in order."""
    notebook = json.loads(notebook_file.read_text(encoding="utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]


def facts_of(folder: Path, stem: str) -> list[dict[str, Any]]:
    """Every fact of a built report."""
    facts: list[dict[str, Any]] = json.loads((folder / "es" / f"{stem}.facts.json").read_text(encoding="utf-8"))[
        "facts"
    ]
    return facts


def of_kind(elements: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The elements of a kind, in order."""
    return [element for element in elements if element["kind"] == kind]


def one(elements: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    """The first element of a kind."""
    return of_kind(elements, kind)[0]


def table_titled(elements: list[dict[str, Any]], start: str) -> dict[str, Any]:
    """The table whose title starts so."""
    return next(element for element in of_kind(elements, "table") if element["title"].startswith(start))


def sentences(elements: list[dict[str, Any]]) -> str:
    """Every computed text of a report, sources and notes left out."""
    keys, language = ("title", "text", "lead", "subtitle", "alt"), _language_of(elements)
    shown = [read_element(element) for element in elements if element["kind"] not in {"method", "cover"}]
    return " ".join(getattr(e, key).written(language) for e in shown for key in keys if hasattr(e, key))


def all_words(elements: list[dict[str, Any]]) -> Iterator[str]:
    """Every text that the notebook wrote: sentences, labels, notes, heads and cells, definitions; no source line."""
    language = _language_of(elements)
    return (written.text for element in elements for written in read_element(element).texts(language))


def _language_of(elements: list[dict[str, Any]]) -> Language:
    language: Language = one(elements, "cover")["language"]
    return language


def pdf_of(folder: Path, language: str, stem: str) -> PdfReader:
    """The PDF of a built report."""
    return PdfReader(folder / language / f"{stem}.pdf")


def text_of(reader: PdfReader) -> str:
    """Text of all pages, in one line."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags(document: PdfReader | Any) -> Iterator[dict[str, Any]]:
    """The structure elements of a PDF, or of a part of its tree, in reading order."""
    tree = document.trailer["/Root"]["/StructTreeRoot"] if isinstance(document, PdfReader) else document
    node = tree.get_object()
    if isinstance(node, list):
        for child in node:
            yield from tags(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tags(node["/K"])
