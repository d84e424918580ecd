"""The prose of a Markdown cell in a document: its letters, and its headings among the sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.export.fonts import lacking
from analysis.foundation.errors import DocumentError
from analysis.report.prose import Block, Heading, Section, in_italics, plain, read_prose


def read_cell(source: str, number: int, *, first_note: int = 1) -> list[Block]:
    """Read a Markdown cell whose every letter can be printed.

    Args:
        source: what the author typed.
        number: of the cell, as the author counts.
        first_note: the number of its first footnote.

    Raises:
        DocumentError: if something cannot be shown, or the typeface lacks a letter; the message names cell and line.
    """
    try:
        blocks = read_prose(source, first_note=first_note)
        for block in blocks:
            _refuse_letters(block)
    except DocumentError as error:
        raise DocumentError(f"cell {number}, {error}") from None
    return blocks


def _refuse_letters(block: Block) -> None:
    for letters, where in (
        (lacking(plain([block])), ""),
        (lacking(in_italics(block), italic=True), " in italics"),
    ):
        if letters:
            named = ", ".join(f"'{letter}' (U+{ord(letter):04X})" for letter in letters)
            raise DocumentError(f"line {block.line}: the typeface has no {named}{where}: write it in another way")


def document_blocks(prose: Sequence[Block], *, in_section: bool) -> Iterator[dict[str, Any]]:
    """Yield prose as blocks of a document: sections, and what stands between them.

    Args:
        prose: the blocks of a cell.
        in_section: whether a section stands before them; the first heading of a document opens one, whatever its level.
    """
    between: list[Block] = []
    for block in prose:
        if isinstance(block, Section) or (isinstance(block, Heading) and not in_section):
            yield from _markdown(between)
            between, in_section = [], True
            yield {"kind": "section", "text": block.text, "level": 2}
        else:
            between.append(block)
    yield from _markdown(between)


def _markdown(prose: list[Block]) -> Iterator[dict[str, Any]]:
    if prose:
        yield {"kind": "markdown", "text": plain(prose), "prose": prose}
