"""A document as PDF/UA-1 through Typst, and the nbconvert exporter `briefing_pdf`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import msgspec
import typst
from traitlets import Unicode

from analysis.export.document import Document, place_of
from analysis.export.exporter import BriefingExporter
from analysis.export.fonts import advance_width, typst_fonts
from analysis.export.pages import TEMPLATES, page_texts, tokens
from analysis.foundation.errors import PublishError
from analysis.foundation.words import word
from analysis.mexico import COUNTRY
from analysis.report.prose import Table as ProseTable
from analysis.report.prose import plain
from analysis.report.spark import SPARK_SIZE, spark_columns

_NOT_PRINTED: Final = ("svg_narrow", "data", "facts", "tables")
# Longer cells break, so that short ones beside them need not.
_LONGEST: Final = 32
_LONGEST_SENTENCE: Final = 72
_LINE: Final = 24
_CELL_SIZE: Final[float] = tokens()["type_pt"]["table"]
_HEAD_SIZE: Final[float] = tokens()["type_pt"]["table_head"]
_PAGE_WIDTH: Final[float] = tokens()["width_pt"]["full"]
# Room at each side of a cell, in points; letters of a word that is broken at need, as the template says.
_INSET: Final = 5.0
_BROKEN: Final = 25
_ENDLESS: Final = re.compile(r'[^\s"\\]{1001}')


class BriefingPDFExporter(BriefingExporter):
    """Exports an executed notebook as a PDF briefing."""

    output_mimetype = "application/pdf"
    file_extension = Unicode(".pdf")

    def render(self, document: Document) -> bytes:
        """Return the PDF."""
        return render_pdf(document)


def render_pdf(document: Document) -> bytes:
    """Return the PDF of a document, tagged to PDF/UA-1; the same document gives the same bytes.

    Raises:
        PublishError: if a word has no end, or Typst refuses a block; the message names it.
    """
    _refuse_endless_words(document)
    try:
        return _compile(document)
    except typst.TypstError as error:
        raise PublishError(f"{_culprit(document)} cannot be printed as PDF: {_reason(error)}") from error


def _refuse_endless_words(document: Document) -> None:
    """No page shows a word of a thousand letters, and Typst needs minutes to find that out."""
    for block in document.blocks:
        if _ENDLESS.search(json.dumps(block, ensure_ascii=False, default=msgspec.to_builtins)):
            raise PublishError(f"{_name(block)} holds a word of more than 1,000 letters: shorten or divide it")


def _compile(document: Document) -> bytes:
    return typst.compile(
        str(TEMPLATES / "briefing.typ"),
        root=str(TEMPLATES),
        font_paths=typst_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"briefing": json.dumps(_printed(document))},
    )


def _printed(document: Document) -> dict[str, Any]:
    """What the template reads: texts, numbers and pictures; nothing in it is code."""
    cover = document.cover
    day = date.fromisoformat(cover["as_of"])
    return {
        "language": document.language,
        "region": COUNTRY.tags[document.language].partition("-")[2] or None,
        "cover": cover,
        "texts": page_texts(document),
        "keywords": [cover["series"], cover["title"], cover["place"]],
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "words": {key: word(key, document.language) for key in ("figure", "table")},
        "tokens": {**tokens(), "spark": SPARK_SIZE},
        "tiles": [(state.row, state.column) for state in COUNTRY.tiles],
        "blocks": [_printed_block(block) for block in document.blocks],
    }


def _printed_block(block: Mapping[str, Any]) -> dict[str, Any]:
    printed = {key: value for key, value in block.items() if key not in _NOT_PRINTED}
    if block["kind"] == "pair":
        printed |= {side: [_printed_block(b) for b in block[side]] for side in ("left", "right")}
    elif block["kind"] == "table":
        printed["weights"] = column_weights(block["head"], block["rows"], block.get("align", ()))
    elif block["kind"] == "markdown":
        printed["prose"] = [_printed_prose(piece) for piece in block["prose"]]
    elif block["kind"] == "key_figures":
        printed["figures"] = [f | {"columns": spark_columns(f["spark"])} for f in block["figures"]]
    return printed


def _printed_prose(piece: Any) -> Any:
    """A piece of prose as data, tables with the widths of their columns."""
    if isinstance(piece, tuple):
        return [_printed_prose(part) for part in piece]
    if not isinstance(piece, msgspec.Struct):
        return piece
    printed = {name: _printed_prose(getattr(piece, name)) for name in ("kind", *piece.__struct_fields__)}
    if isinstance(piece, ProseTable):
        head, *rows = [[plain(cell) for cell in row] for row in (piece.head, *piece.rows)]
        printed["weights"] = column_weights(head, rows, piece.align)
    return printed


def column_weights(head: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str] = ()) -> list[float]:
    """Return the share of the width that each column of a table gets: that of its longest line, with a cap.

    A head may break between words, so it asks for the length of its longest word, or line where it has lines. In a
    table of sentences, with several columns aligned left, long cells wrap: what exceeds a line counts half. No column
    is narrower than its longest number or word, as long as the page has room.
    """
    least = [
        max(_widest([title], _HEAD_SIZE, bold=True), _widest([row[i] for row in rows], _CELL_SIZE)) + 2 * _INSET
        for i, title in enumerate(head)
    ]
    return _no_less(_weights(head, rows, align), least, _PAGE_WIDTH)


def _weights(head: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str]) -> list[float]:
    longest = [max([_head_length(title), *(len(row[column]) for row in rows)]) for column, title in enumerate(head)]
    if "left" in align[1:]:
        longest = [min(length, _LINE + (length - _LINE) // 2) for length in longest]
        return [min(length, _LONGEST_SENTENCE) + 3.0 for length in longest]
    return [min(length, _LONGEST) + 3.0 for length in longest]


def _widest(texts: Sequence[str], size: float, *, bold: bool = False) -> float:
    """The width of the widest word or number, in points; a very long word is broken."""
    words = {word[:_BROKEN] if word.isalpha() else word for text in texts for word in text.split()}
    return max((advance_width(word, size, bold=bold) for word in words), default=0.0)


def _no_less(weights: list[float], least: Sequence[float], whole: float) -> list[float]:
    """Return the weights as they are, or so that each column has its least of the whole, if they all can."""
    fixed: dict[int, float] = {}
    if sum(least) > whole:
        return list(least)
    while True:
        free = {i: weight for i, weight in enumerate(weights) if i not in fixed}
        share = (whole - sum(fixed.values())) / (sum(free.values()) or 1)
        short = {i: least[i] for i, weight in free.items() if weight * share < least[i]}
        if not short:
            return [fixed.get(i, weight * share) for i, weight in enumerate(weights)] if fixed else weights
        fixed |= short


def _head_length(title: str) -> int:
    unbroken = title.split("\n") if "\n" in title else title.split()
    return max(map(len, unbroken), default=0)


def _culprit(document: Document) -> str:
    """Name the first block with which the document can no longer be printed."""
    for count, block in enumerate(document.blocks, 1):
        try:
            _compile(replace(document, blocks=document.blocks[:count]))
        except typst.TypstError:
            return _name(block)
    return "the cover"


def _name(block: Mapping[str, Any]) -> str:
    if block["kind"] == "pair":
        return "the pair of " + " and ".join(_name(b) for b in [*block["left"], *block["right"]])
    title = block.get("title") or block.get("text", "")
    return place_of(block) + (f" ('{title[:60]}')" if title else "")


def _reason(error: typst.TypstError) -> str:
    return "; ".join([error.message, *error.hints])
