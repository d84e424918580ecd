"""The prose of a Markdown cell in a document: its letters, and its headings among the sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.export.markdown import read_prose
from analysis.foundation.errors import DocumentError
from analysis.foundation.typeface import lacking, named
from analysis.report import elements
from analysis.report.elements import Element, Prose
from analysis.report.prose import Block, Heading, Section, in_italics, plain
from analysis.report.runs import Sentence


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
            told = f"line {block.line}: the typeface has no {named(letters)}{where}"
            raise DocumentError(f"{told}: write it in another way")


def elements_of(prose: Sequence[Block], cell: int, *, in_section: bool) -> Iterator[Element]:
    """Yield prose as elements of a document: sections, and what stands between them.

    Args:
        prose: the blocks of a cell.
        cell: number of the cell.
        in_section: whether a section stands before them; the first heading of a document opens one, whatever its level.
    """
    between: list[Block] = []
    for block in prose:
        if isinstance(block, Section) or (isinstance(block, Heading) and not in_section):
            yield from [Prose(tuple(between), cell=cell)] if between else []
            between, in_section = [], True
            yield elements.Section(Sentence((block.text,)), cell=cell)
        else:
            between.append(block)
    yield from [Prose(tuple(between), cell=cell)] if between else []
