"""Elements as they are printed: the same fields, with every text and number written in the language of a page."""

from __future__ import annotations

import msgspec

from analysis.foundation.words import Language
from analysis.report.chart_data import ChartData
from analysis.report.elements import Element, KeyNumber, write_cell
from analysis.report.prose import Piece, Table, plain
from analysis.report.runs import FactRun, Paragraph, Sentence

Printed = None | bool | int | float | str | list["Printed"] | dict[str, "Printed"]
"""What a template reads."""


def printed_element(element: Element, language: Language) -> dict[str, Printed]:
    """Return what the template part of a kind of element reads: its kind, its anchor, and its fields by name."""
    return {"kind": element.kind, "anchor": element.anchor, **_fields(element, language)}


def _fields(value: msgspec.Struct, language: Language) -> dict[str, Printed]:
    return {name: _printed(getattr(value, name), language) for name in value.__struct_fields__}


def _printed(value: object, language: Language) -> Printed:
    match value:
        case Element():
            return printed_element(value, language)
        case FactRun():
            return write_cell(value, language)
        case Sentence() | Paragraph():
            return value.written(language)
        case KeyNumber() | ChartData():
            return _fields(value.written(language), language)
        case Piece():
            return _printed_piece(value, language)
        case msgspec.Struct():
            return _fields(value, language)
        case tuple():
            return [_printed(item, language) for item in value]
        case None | bool() | int() | float() | str():
            return value
    raise TypeError(f"{type(value).__name__} cannot be printed: let an element hold texts, numbers and structures")


def _printed_piece(piece: Piece, language: Language) -> dict[str, Printed]:
    """A piece of prose by its kind and its fields; a table also as the plain texts of its cells, head first."""
    printed: dict[str, Printed] = {"kind": piece.kind, **_fields(piece, language)}
    if isinstance(piece, Table):
        printed["plain"] = [[plain(cell) for cell in row] for row in (piece.head, *piece.rows)]
    return printed
