"""A document as PDF/UA-1 through Typst, and the nbconvert exporter `briefing_pdf`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import msgspec
import typst
from traitlets import Unicode

from analysis.export.document import Document
from analysis.export.exporter import BriefingExporter
from analysis.export.fonts import typst_fonts
from analysis.export.pages import TEMPLATES, page_texts
from analysis.foundation.errors import PublishError
from analysis.foundation.tokens import SIZE, TOKENS
from analysis.foundation.typeface import advance_width
from analysis.foundation.words import Language, words
from analysis.mexico import COUNTRY
from analysis.report.elements import Element, Pair
from analysis.report.printing import Printed, printed_element
from analysis.report.spark import SPARK_SIZE

_NOT_PRINTED: Final = ("narrow", "data", "tables", "cells", "unshown", "faults")
# Longer cells break, so that short ones beside them need not.
_LONGEST: Final = 32
_LONGEST_SENTENCE: Final = 72
_LINE: Final = 24
_CELL_SIZE: Final = SIZE["table"]
_HEAD_SIZE: Final = SIZE["table_head"]
_PAGE_WIDTH: Final[float] = TOKENS["width_pt"]["full"]
# Room at each side of a cell, in points; letters of a word that is broken at need, as the template says.
_INSET: Final = 5.0
_BROKEN: Final = 25


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
        PublishError: if a kind of element has no template part, or Typst refuses an element; the
            message names it.
    """
    _refuse_kinds_without_part(document)
    try:
        return _compile(document)
    except typst.TypstError as error:
        raise PublishError(f"{_culprit(document)} cannot be printed as PDF: {_reason(error)}") from error


def _refuse_kinds_without_part(document: Document) -> None:
    for kind in dict.fromkeys(element.kind for element in (*document.elements, *document.flat)):
        if not (TEMPLATES / "parts" / f"{kind}.typ").is_file():
            raise PublishError(f"no PDF can show a {kind}: write export/templates/parts/{kind}.typ")


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


def _printed(document: Document) -> dict[str, Printed]:
    """What the template reads: texts, numbers and pictures; nothing in it is code."""
    cover, language = document.cover, document.language
    day = date.fromisoformat(cover.as_of)
    return {
        "language": language,
        "region": COUNTRY.tags[language].partition("-")[2] or None,
        "cover": {"title": cover.title, "scope": cover.scope, "series": cover.series},
        "texts": msgspec.to_builtins(page_texts(document)),
        "keywords": [cover.series, cover.title, cover.place_name],
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "words": dict(words(language)),
        "tokens": {**TOKENS, "spark": [*SPARK_SIZE]},
        "tiles": [[state.row, state.column] for state in COUNTRY.tiles],
        "blocks": [_printed_element(element, language) for element in document.elements],
    }


def _printed_element(element: Element, language: Language) -> Printed:
    """An element as its template part reads it, tables with the widths of their columns."""
    return _with_weights(printed_element(element, language))


def _with_weights(printed: Printed) -> Printed:
    if isinstance(printed, list):
        return [_with_weights(item) for item in printed]
    if not isinstance(printed, dict):
        return printed
    kept = {key: _with_weights(value) for key, value in printed.items() if key not in _NOT_PRINTED}
    if kept.get("kind") == "table":
        head, *rows = _texts(kept)
        kept["weights"] = [*column_weights(head, rows, msgspec.convert(kept["align"], list[str]))]
    return kept


def _texts(table: dict[str, Printed]) -> list[list[str]]:
    """The texts of a table, its head first; prose has them beside its runs."""
    if "plain" in table:
        return msgspec.convert(table["plain"], list[list[str]])
    return [msgspec.convert(table["head"], list[str]), *msgspec.convert(table["rows"], list[list[str]])]


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
    """Name the first element with which the document can no longer be printed."""
    for count, element in enumerate(document.elements, 1):
        try:
            _compile(replace(document, elements=document.elements[:count]))
        except typst.TypstError:
            return _name(element, document.language)
    return "the cover"


def _name(element: Element, language: Language) -> str:
    if isinstance(element, Pair):
        return "the pair of " + " and ".join(_name(part, language) for part in (*element.left, *element.right))
    cell = f"cell {element.cell}, " if element.cell else ""
    title = next((text.text for text in element.texts(language)), "")
    return f"{cell}{element.place}" + (f" ('{title[:60]}')" if title else "")


def _reason(error: typst.TypstError) -> str:
    return "; ".join([error.message, *error.hints])
