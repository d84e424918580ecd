"""A sample briefing in both languages: every kind of element, with invented numbers and drawn charts.

Here stands also how tests make a notebook, so that its shape is written once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from analysis.export.document import Document, read_document
from analysis.export.notebooks import Notebook, as_notebook
from analysis.export.prose import elements_of, read_cell
from analysis.export.records import Built, Card, Inputs, Links, Printed
from analysis.foundation.words import Language
from analysis.report.bundle import Bundle, bundles, read_element
from analysis.report.elements import Chart, Element, Pair, Prose
from analysis.report.runs import Paragraph, Run, Sentence

YEARS = [3.4, 8.8, 14.6, 29.6, 70.4, 41.2, 129.8, 119.1, 140.3, 78.2, 69.9]
MONTHS = [
    2.1,
    2.6,
    4.4,
    3.0,
    2.2,
    1.9,
    0.4,
    0.9,
    1.4,
    4.8,
    12.9,
    8.0,
    5.1,
    6.3,
    9.0,
    14.1,
    15.8,
    13.2,
    7.4,
    0.7,
]
SIZES = {"full": (504, 200), "half": (243, 180)}


class Markdown(NamedTuple):
    """What an author types in a Markdown cell."""

    text: str


def sample(language: Language) -> Document:
    """Return the sample in one language, its charts drawn, read from its notebook as any other."""
    written = json.loads((Path(__file__).parent / f"sample.{language}.json").read_text(encoding="utf-8"))
    elements = [read_element(written["cover"]), *_drawn(map(_element, written["elements"]))]
    return read_document(
        as_notebook(notebook_file(*cells_of(elements, language))),
        edition=written["edition"],
        kind="published",
        links=msgspec.convert(written["links"], Links),
    )


def _element(content: dict[str, Any]) -> Element | Markdown:
    if content["kind"] == "markdown":
        return Markdown(content["text"])
    if content["kind"] == "pair":
        return Pair(*(tuple(map(read_element, content[side])) for side in ("left", "right")))
    return read_element(content)


def _drawn(elements: Iterable[Element | Markdown]) -> Iterator[Element | Markdown]:
    """Yield elements with a drawing in each chart, which says the anchor of its chart."""
    number = 0

    def drawn(element: Element) -> Element:
        nonlocal number
        if not isinstance(element, Chart):
            return element
        number += 1
        values, unit = (YEARS, "mil") if number % 2 else (MONTHS, "k")
        svg = drawing(f"g{number}", *SIZES[element.width], values, unit)
        narrow = drawing(f"g{number}n", *SIZES["half"], values, unit).split("\n") if element.width == "full" else ()
        return msgspec.structs.replace(element, svg=svg, narrow=tuple(narrow))

    for element in elements:
        if isinstance(element, Markdown):
            yield element
        elif isinstance(element, Pair):
            yield Pair(tuple(map(drawn, element.left)), tuple(map(drawn, element.right)))
        else:
            yield drawn(element)


def prose(text: str) -> Prose:
    """Return what a Markdown text that opens no section is read as."""
    (element,) = elements_of(read_cell(text, 1), 1, in_section=True)
    assert isinstance(element, Prose)
    return element


def drawing(name: str, width: int, height: int, values: Sequence[float], unit: str) -> str:
    """Return a column chart as SVG with its text as text; `name` keeps the ids of two charts apart."""
    slot, base, top = width / len(values), height - 14, max(values)
    heights = [value / top * (base - 14) for value in values]
    columns = "".join(
        f'<rect x="{i * slot + 2:.2f}" y="{base - column:.2f}" width="{slot - 4:.2f}" height="{column:.2f}" '
        f'style="fill: {"#0033a0" if i + 1 == len(values) else "#7fa9e0"}"/>'
        for i, column in enumerate(heights)
    )
    font = "font: 8px 'Source Sans Pro', sans-serif; fill: #46525f"
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg" version="1.1" '
        f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}">'
        f'<metadata>drawn for a test</metadata><defs><path id="{name}-axis" d="M 0 {base} H {width}"/></defs>'
        f'{columns}<use xlink:href="#{name}-axis" style="stroke: #7a8692"/>'
        f'<text x="0" y="8" style="{font}">{top:.0f} {unit} ({name})</text></svg>\n'
    )


def of_kind(document: Document, kind: str) -> list[Any]:
    """Return the elements of a kind, those of pairs included."""
    return [element for element in document.flat if element.kind == kind]


def with_elements(document: Document, *elements: Element) -> Document:
    """Return the same document with other elements."""
    return replace(document, elements=elements)


def with_cover(document: Document, **changed: Any) -> Document:
    """Return the same document with another cover."""
    return replace(document, cover=msgspec.structs.replace(document.cover, **changed))


def sentence(*runs: Run, neutral: bool = False) -> Sentence:
    """Return a sentence, a title or a label of these runs."""
    return Sentence(runs, neutral)


def paragraph(*texts: str | Sentence) -> Paragraph:
    """Return a paragraph of these sentences."""
    return Paragraph(tuple(text if isinstance(text, Sentence) else Sentence((text,)) for text in texts))


def notebook(document: Document) -> dict[str, Any]:
    """Return an executed notebook that shows a document but for its prose, as its file holds it."""
    shown = (element for element in document.elements if not isinstance(element, Prose))
    return notebook_file(*cells_of([document.cover, *shown], document.language))


def cells_of(elements: Iterable[Element | Markdown], language: Language) -> Iterator[dict[str, Any]]:
    """Yield a cell that was run and shows it for each element, and one of Markdown for prose."""
    for element in elements:
        if isinstance(element, Markdown):
            yield markdown_cell(element.text, f"lang-{language}")
        else:
            yield code_cell("briefing.show()", *bundles(element, language))


def executed(*cells: dict[str, Any]) -> Notebook:
    """Return the notebook of these cells, as the library reads it."""
    return as_notebook(notebook_file(*cells))


def notebook_file(*cells: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """Return a notebook of these cells, as its file holds it."""
    numbered = [{**cell, "id": f"cell-{i}"} for i, cell in enumerate(cells, 1)]
    content = {"cells": numbered, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    written: dict[str, Any] = json.loads(json.dumps(content))
    return written


def code_cell(source: str, *shows: Bundle, tags: Sequence[str] = (), count: int | None = 1) -> dict[str, Any]:
    """Return a code cell; a cell that shows MIME bundles was run."""
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {"tags": list(tags)} if tags else {},
        "outputs": [{"output_type": "display_data", "data": data, "metadata": {}} for data in shows],
        "source": source,
    }


def markdown_cell(source: str, *tags: str) -> dict[str, Any]:
    """Return a Markdown cell."""
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)} if tags else {}, "source": source}


def built(language: str = "es", geography: str = "MEX", **known: Any) -> Built:
    """Return the record of one report, with nothing in it but what is known."""
    record = Built(
        parameters={"language": language, "as_of": "2026-06-30", "geography": geography},
        inputs=Inputs(notebook="", library="", publishing="", environment="", tables={}),
        printed=Printed("2026-1", "draft", "", Links({"pdf": "05_asylum.pdf"}, None, "../index.html"), ""),
        outputs=dict.fromkeys(("html", "pdf", "ipynb", "facts.json"), ""),
        card=Card(5, "", "", "", "", None),
        neutral=[],
    )
    return msgspec.structs.replace(record, **known)
