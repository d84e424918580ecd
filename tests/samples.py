"""A sample briefing in both languages: every kind of block, with invented numbers and drawn charts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from analysis.export.document import Block, Document, flat
from analysis.export.prose import document_blocks, read_cell
from analysis.export.records import Built, Card, Inputs, Links, Printed

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


def sample(language: str) -> Document:
    """Return the sample in one language, its charts drawn."""
    written = json.loads((Path(__file__).parent / f"sample.{language}.json").read_text(encoding="utf-8"))
    document = Document(**written)
    for block in of_kind(document, "markdown"):
        block |= prose(block["text"])
    for chart in flat(document.blocks):
        if chart["kind"] == "chart":
            values, unit = (YEARS, "mil") if chart["number"] % 2 else (MONTHS, "k")
            chart["svg"] = drawing(chart["id"], *SIZES[chart["width"]], values, unit)
            narrow = drawing(chart["id"] + "n", *SIZES["half"], values, unit)
            chart["svg_narrow"] = narrow if chart["width"] == "full" else ""
    return document


def prose(text: str) -> Block:
    """Return the block of a Markdown text that opens no section."""
    (block,) = document_blocks(read_cell(text, 1), in_section=True)
    return block


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


def of_kind(document: Document, kind: str) -> list[Block]:
    """Return the blocks of a kind, those of pairs included."""
    return [block for block in flat(document.blocks) if block["kind"] == kind]


def with_blocks(document: Document, *blocks: Block) -> Document:
    """Return the same document with other blocks."""
    return replace(document, blocks=list(blocks))


def notebook(document: Document) -> dict[str, Any]:
    """Return an executed notebook that shows the cover and the charts of a document."""
    element, svg = "application/vnd.briefing.element+json", "image/svg+xml"
    bundles = [{element: document.cover}]
    for chart in of_kind(document, "chart"):
        bundles.append({element: {k: v for k, v in chart.items() if k != "svg"}, svg: chart["svg"]})
    cells = [
        {
            "cell_type": "code",
            "execution_count": i,
            "id": f"cell-{i}",
            "metadata": {},
            "outputs": [{"output_type": "display_data", "data": bundle, "metadata": {}}],
            "source": "briefing.show()",
        }
        for i, bundle in enumerate(bundles, 1)
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def built(language: str = "es", geography: str = "MEX", **known: Any) -> Built:
    """Return the record of one report, with nothing in it but what is known."""
    record = Built(
        parameters={"language": language, "as_of": "2026-06-30", "geography": geography},
        inputs=Inputs(notebook="", library="", publishing="", environment="", tables={}),
        printed=Printed("2026-1", "draft", "", Links("05_asylum.pdf", None, "../index.html"), ""),
        outputs=dict.fromkeys(("html", "pdf", "ipynb", "facts.json"), ""),
        card=Card(5, "", "", "", "", None),
        neutral=[],
    )
    return msgspec.structs.replace(record, **known)
