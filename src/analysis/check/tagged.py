"""A tagged PDF as boxes: what stands on each page, by its tags, as PDFium reads it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from analysis.charts.boxes import Box, around

ARTIFACT: Final = -1


@dataclass(frozen=True)
class Ink:
    """One thing drawn on a page: its box, and its text where it is a run of text.

    Attributes:
        tag: the number that ties it to the tag tree; `ARTIFACT` for what no tag speaks of, such as the footer.
        text: what it says; empty for lines, fills and pictures.
        box: the box of what is drawn, without the room around it.
    """

    tag: int
    text: str
    box: Box


@dataclass(frozen=True)
class Part:
    """What one element of the tag tree has on one page.

    Attributes:
        role: its tag: H2, P, Caption, Figure, Table, TR, ...
        box: the box of all that it has on this page; that of a figure is the room that its picture takes.
        text: what it says on this page, white space made single; nothing for a figure.
        parts: the elements inside it that have something on this page.
    """

    role: str
    box: Box
    text: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Page:
    """One page: its number, its size in points, its parts in reading order, and the runs of text outside figures."""

    number: int
    width: float
    height: float
    parts: tuple[Part, ...]
    runs: tuple[Ink, ...]


def read_pages(pdf: bytes) -> list[Page]:
    """Return the pages of a tagged PDF.

    Raises:
        pypdfium2.PdfiumError: if the bytes are no PDF.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        return [_page(number, page) for number, page in enumerate(document, 1)]


def _page(number: int, page: Any) -> Page:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        roots = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, i) for i in range(count)]
        pictures = {tag for root in roots for tag in _pictures(root)}
        drawn: dict[int, list[Ink]] = {}
        for ink in _ink(page, pictures):
            drawn.setdefault(ink.tag, []).append(ink)
        parts = [_part(root, drawn) for root in roots]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    runs = tuple(ink for inks in drawn.values() for ink in inks if ink.text)
    return Page(number, page.get_width(), page.get_height(), tuple(part for part in parts if part), runs)


def _ink(page: Any, pictures: set[int]) -> Iterator[Ink]:
    """What is drawn on a page; pictures, of which the tag tree knows the room, are left out."""
    texts = page.get_textpage()
    edges = [ctypes.c_float() for _ in range(4)]
    for i in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, i)
        tag = pdfium.FPDFPageObj_GetMarkedContentID(item)
        if tag in pictures:
            continue
        is_text = pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT
        text = _string(pdfium.FPDFTextObj_GetText, item, texts).strip() if is_text else ""
        if is_text and not text:
            continue
        pdfium.FPDFPageObj_GetBounds(item, *edges)
        yield Ink(tag, text, Box(*(edge.value for edge in edges)))


def _pictures(element: Any) -> Iterator[int]:
    """The tags of what figures draw."""
    within = _role(element) == "Figure"
    for child in _children(element):
        if not isinstance(child, int):
            yield from _pictures(child)
        elif within:
            yield child


def _part(element: Any, drawn: Mapping[int, Sequence[Ink]]) -> Part | None:
    """The element as a part, or None where it has nothing on the page."""
    role = _role(element)
    if role == "Figure":
        room = _room(element)
        return Part(role, room, "") if room else None
    held: list[Ink | Part] = []
    for child in _children(element):
        if isinstance(child, int):
            held += drawn.get(child, ())
        elif part := _part(child, drawn):
            held.append(part)
    if not held:
        return None
    text = " ".join(" ".join(item.text for item in held).split())
    return Part(role, around([item.box for item in held]), text, tuple(item for item in held if isinstance(item, Part)))


def _role(element: Any) -> str:
    return _string(pdfium.FPDF_StructElement_GetType, element)


def _children(element: Any) -> Iterator[Any]:
    """The children of an element in order: elements, and the tags of what it draws on this page itself."""
    for i in range(pdfium.FPDF_StructElement_CountChildren(element)):
        tag = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, i)
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, i)
        if child:
            yield child
        elif tag != ARTIFACT:
            yield tag


def _room(figure: Any) -> Box | None:
    """The attribute BBox of a figure, which PDF/UA asks for."""
    for i in range(pdfium.FPDF_StructElement_GetAttributeCount(figure)):
        attribute = pdfium.FPDF_StructElement_GetAttributeAtIndex(figure, i)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attribute, b"BBox")
        if value and pdfium.FPDF_StructElement_Attr_CountChildren(value) == 4:
            return Box(*(_number(pdfium.FPDF_StructElement_Attr_GetChildAtIndex(value, k)) for k in range(4)))
    return None


def _number(value: Any) -> float:
    number = ctypes.c_float()
    pdfium.FPDF_StructElement_Attr_GetNumberValue(value, number)
    return number.value


def _string(read: Callable[..., int], *arguments: Any) -> str:
    """Call a function of PDFium that fills a buffer with UTF-16, of the size in bytes that it asks for."""
    size = read(*arguments, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    read(*arguments, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
