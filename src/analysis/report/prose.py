"""Prose that an author typed in a Markdown cell, as typed blocks, for every format alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, cast

import msgspec

Align = Literal["left", "center", "right"]


# -- what stands in a line --------------------------------------------------------------------------------------------


class Piece(msgspec.Struct, frozen=True, tag_field="kind"):
    """Anything of prose."""

    @property
    def kind(self) -> str:
        """Name of its kind, as in JSON."""
        return str(self.__struct_config__.tag)


class Words(Piece, frozen=True, tag="text"):
    """Plain text, its spaces single."""

    text: str


class Code(Piece, frozen=True, tag="code"):
    """Text printed as it was typed."""

    text: str


class Strong(Piece, frozen=True, tag="strong"):
    """Strongly emphasised runs."""

    runs: tuple[Run, ...]


class Emphasis(Piece, frozen=True, tag="emphasis"):
    """Emphasised runs."""

    runs: tuple[Run, ...]


class Link(Piece, frozen=True, tag="link"):
    """A link to an address of the web or of mail."""

    target: str
    runs: tuple[Run, ...]


class Break(Piece, frozen=True, tag="break"):
    """The end of a line."""


class NoteMark(Piece, frozen=True, tag="note"):
    """A mark that leads to a footnote: the number of the note, and which of the marks of that note it is."""

    number: int
    place: int


Run = Words | Code | Strong | Emphasis | Link | Break | NoteMark


# -- blocks -----------------------------------------------------------------------------------------------------------


class _Block(Piece, frozen=True):
    """A block, with the line of the cell on which it begins."""

    line: int


class Section(_Block, frozen=True, tag="section"):
    """A heading that opens a section of the document."""

    text: str


class Heading(_Block, frozen=True, tag="heading"):
    """A heading below that of a section."""

    text: str


class Paragraph(_Block, frozen=True, tag="paragraph"):
    """A paragraph."""

    runs: tuple[Run, ...]


class BulletList(_Block, frozen=True, tag="bullets"):
    """A list; each item is a list of blocks."""

    items: tuple[tuple[Block, ...], ...]


class OrderedList(_Block, frozen=True, tag="ordered"):
    """A list that is numbered from ``start``."""

    start: int
    items: tuple[tuple[Block, ...], ...]


class Quote(_Block, frozen=True, tag="quote"):
    """A quotation."""

    blocks: tuple[Block, ...]


class CodeBlock(_Block, frozen=True, tag="code_block"):
    """Lines printed as they were typed."""

    text: str


class Table(_Block, frozen=True, tag="table"):
    """A table: the runs of each cell, and the side to which each column is aligned."""

    align: tuple[Align, ...]
    head: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


class Note(Piece, frozen=True, tag="footnote"):
    """The text of one footnote, and how many marks lead to it."""

    marks: int
    blocks: tuple[Block, ...]


class Notes(_Block, frozen=True, tag="notes"):
    """The footnotes of a cell, numbered from ``start``: always its last block."""

    start: int
    items: tuple[Note, ...]


Block = Section | Heading | Paragraph | BulletList | OrderedList | Quote | CodeBlock | Table | Notes


# -- what prose says --------------------------------------------------------------------------------------------------


def plain(pieces: Iterable[Run | Block]) -> str:
    """Return what prose says without its marks: a line for each paragraph, heading, cell and line of code."""
    return "".join(_said(piece) for piece in pieces).removesuffix("\n")


def _said(piece: Piece) -> str:
    match piece:
        case Words(text) | Code(text):
            return text
        case Break():
            return " "
        case Section(text=text) | Heading(text=text) | CodeBlock(text=text):
            return f"{text}\n"
        case Paragraph(runs=runs):
            return f"{plain(runs)}\n"
        case Table():
            cells = [cell for row in (piece.head, *piece.rows) for cell in row]
            return "".join(f"{plain(cell)}\n" for cell in cells if cell)
    return "".join(_said(part) for part in _parts(piece))


def in_italics(block: Block) -> str:
    """Return what a block says in italics: fewer letters exist there."""
    return "".join(plain(piece.runs) for piece in pieces_of([block]) if isinstance(piece, Emphasis))


def pieces_of(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces and all that is inside them."""
    for piece in pieces:
        yield piece
        yield from pieces_of(_parts(piece))


def _parts(whole: object) -> Iterator[Piece]:
    """Yield what a piece is made of, however deep its fields hold it."""
    values = [getattr(whole, name) for name in whole.__struct_fields__] if isinstance(whole, Piece) else whole
    for value in cast("Iterable[object]", values):
        if isinstance(value, Piece):
            yield value
        elif isinstance(value, tuple):
            yield from _parts(value)
