"""How the tests read what a build made: elements of an executed notebook, text of a PDF, words around numbers.

A publisher may revise any number, and what a report says of it stays true. So the tests hold words, relations and sums
of the tables, and write ``#`` where a number stands; what the numbers are stands in tests/figures.csv.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import pypdfium2
from pypdf import PdfReader

from analysis.export.notebooks import Shown, read_notebook
from analysis.foundation.words import Language
from analysis.package.data_package import DataPackage
from analysis.report.bundle import MIME, read_element
from analysis.report.elements import Cover, Element, KeyFigures
from analysis.report.facts import Fact, PlacedFact
from analysis.report.printing import printed_element
from analysis.values.quantities import format_date, iso_date

ROOT: Final = Path(__file__).resolve().parents[2]
_EDITIONS: Final = tomllib.loads((ROOT / "reports" / "editions.toml").read_text(encoding="utf-8"))
CURRENT: Final[str] = _EDITIONS["default"]
"""Name of the default edition, and so of the folder that it is built in."""
TODAY: Final[str] = _EDITIONS["editions"][CURRENT]["as_of"]
"""Date of the default edition."""
_NUMBER: Final = r"([+−]?\d+(?:[.,]\d+)*)"


def says(text: str, words: str) -> bool:
    """Whether these words stand in a text; ``#`` stands for any number."""
    return _pattern(words).search(text) is not None


def begins(text: str, words: str) -> bool:
    """Whether a text begins with these words; ``#`` stands for any number."""
    return _pattern(words).match(text) is not None


def reads(text: str, words: str) -> bool:
    """Whether a text is these words from its first to its last; ``#`` stands for any number."""
    return _pattern(words).fullmatch(text) is not None


def numbers(text: str, words: str) -> list[float]:
    """The numbers that a text has where these words have ``#``. Raises AssertionError if it does not say the words."""
    found = _pattern(words).search(text)
    assert found is not None, f"«{words}» is not said in: {text}"
    return [as_number(printed) for printed in found.groups()]


def as_number(printed: str) -> float:
    """A number as it is printed, without its unit, as a number."""
    return float(printed.partition(" ")[0].rstrip("%").replace(",", "").replace("−", "-"))


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words).replace(r"\#", _NUMBER))


def total(table: str, column: str, **where: Any) -> str:
    """A sum of a table as the default edition prints it."""
    quantity = DataPackage(ROOT / "data").table(table, iso_date(TODAY)).total(column, **where)
    return quantity.text("es")


def version_of(table: str) -> str:
    """The version of a publisher's data that a table holds, mostly a day such as 2025-05-13."""
    return str(DataPackage(ROOT / "data").metadata(table).provenance["version"])


def day_read(table: str, language: Language) -> str:
    """The day on which the files of a table were read, as pages print it: 22 nov 2026."""
    accessed = DataPackage(ROOT / "data").metadata(table).provenance["date_accessed"]
    return format_date(accessed, language, short=True)


Editions = list[tuple[Path, str, tuple[Language, ...]]]
"""Reports that are built: the folder of the edition, the stem of the files, and the languages."""


def each(editions: Editions) -> Iterator[tuple[Path, Language, str]]:
    """Folder, language and stem of every report."""
    return ((folder, language, stem) for folder, stem, languages in editions for language in languages)


class Read(dict[str, Any]):
    """An element as readers get it: its fields by name, texts and numbers as they are printed, and its facts.

    Attributes:
        element: the element.
        language: language of the briefing.
    """

    def __init__(self, element: Element, language: Language) -> None:
        super().__init__(printed_element(element, language))
        self.element, self.language = element, language
        facts = [{"slot": told.slot, "name": told.name, **_as_written(told.fact)} for told in element.told()]
        self["facts"] = facts
        if isinstance(element, Cover):
            self["place"] = element.place_name
        if isinstance(element, KeyFigures):
            self["figures"] = [
                {**figure, "spark": list(number.spark)}
                for figure, number in zip(self["figures"], element.figures, strict=True)
            ]


def elements_of(folder: Path, language: str, stem: str) -> list[Read]:
    """The elements of a built report, in order."""
    return elements_in(folder / language / f"{stem}.ipynb")


def elements_in(notebook_file: Path) -> list[Read]:
    """The elements of an executed notebook, in order."""
    elements = _elements_in(notebook_file, notebook_file.stat().st_mtime_ns)
    (language,) = [element.language for element in elements if isinstance(element, Cover)]
    return [Read(element, language) for element in elements]


@cache
def _elements_in(notebook_file: Path, _changed: int) -> tuple[Element, ...]:
    outputs = [output for _, cell in read_notebook(notebook_file).code for output in cell.outputs]
    shown = [output.data[MIME] for output in outputs if isinstance(output, Shown) and MIME in output.data]
    return tuple(read_element(content) for content in shown)


def _as_written(fact: Fact) -> dict[str, Any]:
    """A fact as the file of facts has it."""
    written: dict[str, Any] = json.loads(msgspec.json.encode(fact))
    return written


def facts_of(folder: Path, stem: str) -> list[dict[str, Any]]:
    """Every fact of a built report."""
    facts: list[dict[str, Any]] = json.loads((folder / "es" / f"{stem}.facts.json").read_text(encoding="utf-8"))[
        "facts"
    ]
    return facts


def placed(fact: dict[str, Any]) -> PlacedFact:
    """A fact of a file of facts, with the place where it stands."""
    return PlacedFact(fact["where"], fact["name"], msgspec.convert(fact, Fact))


def of_kind(elements: Sequence[Read], kind: str) -> list[Read]:
    """The elements of a kind, in order."""
    return [element for element in elements if element["kind"] == kind]


def one(elements: Sequence[Read], kind: str) -> Read:
    """The first element of a kind."""
    return of_kind(elements, kind)[0]


def table_titled(elements: Sequence[Read], start: str) -> Read:
    """The table whose title starts so."""
    return next(element for element in of_kind(elements, "table") if element["title"].startswith(start))


def sentences(elements: Sequence[Read]) -> str:
    """Every computed text of a report, sources and notes left out."""
    keys = ("title", "text", "lead", "subtitle", "alt")
    return " ".join(str(e[key]) for e in elements if e["kind"] not in {"method", "cover"} for key in keys if key in e)


def all_words(elements: Sequence[Read]) -> Iterator[str]:
    """Every text that the notebook wrote: sentences, labels, notes, heads and cells, definitions; no source line."""
    return (written.text for read in elements for written in read.element.texts(read.language))


def pdf_of(folder: Path, language: str, stem: str) -> PdfReader:
    """The PDF of a built report, with its tags."""
    pdf = folder / language / f"{stem}.pdf"
    return _pdf(pdf, pdf.stat().st_mtime_ns)


@cache
def _pdf(pdf: Path, _changed: int) -> PdfReader:
    return PdfReader(pdf)


def text_of(pdf: Path) -> str:
    """Text of all pages of a PDF, in one line."""
    return _text(pdf, pdf.stat().st_mtime_ns)


@cache
def _text(pdf: Path, _changed: int) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


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
