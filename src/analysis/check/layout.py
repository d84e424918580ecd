"""Faults in the layout of a briefing as it was built: on the pages of its PDF, and in the drawings of its charts.

Each fault is a sentence: where it is, what stands wrong there and, where that is not plain, what an author can do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from analysis.charts.boxes import Box, meetings, quoted
from analysis.check.tagged import ARTIFACT, Page, Part, read_pages
from analysis.export.document import Document, read_document
from analysis.export.notebooks import read_notebook
from analysis.foundation.tokens import TOKENS
from analysis.report.elements import Chart

_LEAST_FILLED: Final = 0.5
_WIDEST_GAP: Final = 0.4
# How far ink may leave the room for text: at the sides hardly, above and below by an accent or a descender.
_OUT_SIDE: Final = 1.0
_OUT_LINE: Final = 4.0
# Tags that only hold others together.
_GROUPS: Final = frozenset({"Document", "Part", "Sect", "Div", "NonStruct"})


def built_faults(folder: Path, name: str) -> Iterator[str]:
    """Yield the faults of one built report, in its charts and on its pages; a file that is not there has none.

    Args:
        folder: the folder of its edition.
        name: its name there: ``es/05_assistance_protection``.

    Raises:
        PublishError: if its executed notebook cannot be read.
    """
    notebook, pdf = folder / f"{name}.ipynb", folder / f"{name}.pdf"
    if notebook.is_file():
        yield from chart_faults(read_document(read_notebook(notebook)))
    if pdf.is_file():
        yield from page_faults(read_pages(pdf.read_bytes()))


def chart_faults(document: Document) -> Iterator[str]:
    """Yield the faults in the drawings of the charts of a document, which each chart says of itself since it was drawn.

    Those of the drawing for narrow screens are included.
    """
    for chart in document.flat:
        if isinstance(chart, Chart):
            yield from (f"chart {chart.number}: {fault}" for fault in chart.faults)


def page_faults(pages: Sequence[Page]) -> Iterator[str]:
    """Yield the faults of the pages of a tagged PDF, page by page."""
    for page, following in zip(pages, [*pages[1:], None], strict=True):
        if following:
            yield from _unfilled(page, following)
        yield from _parted(page, following)
        for look in (_gaps, _alone, _meetings, _beyond_margins, _beyond_cells):
            yield from look(page)


def _unfilled(page: Page, following: Page) -> Iterator[str]:
    """A page before the last one that is less than half full."""
    body, blocks = _body(page), _blocks(page.parts)
    lowest = min((block.box.bottom for block in blocks), default=body.top)
    filled = (body.top - lowest) / (body.top - body.bottom)
    if filled < _LEAST_FILLED:
        first = next(map(_named, _blocks(following.parts)), "nothing")
        yield (
            f"page {page.number} is filled to {filled:.0%} only, because {first} begins the next one: "
            "put a block that fits before it, or make it smaller"
        )


def _parted(page: Page, following: Page | None) -> Iterator[str]:
    """A title without anything of its chart or table on the same page."""
    for group in _all(page.parts):
        title = next((part.text for part in group.parts if part.role == "Caption"), None)
        if title and not any(part.role in {"Figure", "TD"} for part in _all(group.parts)):
            rest = _titled_on(following) if following else "nothing below it"
            yield f"the title {quoted(title)} stands on page {page.number}, {rest}: keep the two in one block"


def _titled_on(page: Page) -> str:
    """What a title on the page before may belong to."""
    words = {"Figure": "picture", "Table": "table"}
    word = next((words[part.role] for part in _all(page.parts) if part.role in words), "")
    return f"its {word} on page {page.number}" if word else "nothing below it"


def _gaps(page: Page) -> Iterator[str]:
    """An empty stretch above a block."""
    body = _body(page)
    reached = body.top
    for block in sorted(_blocks(page.parts), key=lambda block: -block.box.top):
        empty = (reached - block.box.top) / (body.top - body.bottom)
        if empty > _WIDEST_GAP:
            yield f"page {page.number} is empty on {empty:.0%} of its height, above {_named(block)}"
        reached = min(reached, block.box.bottom)


def _alone(page: Page) -> Iterator[str]:
    """A heading, or a sentence that announces something, with nothing below it in its column."""
    blocks = list(_blocks(page.parts))
    for block in blocks:
        kind = _announcement(block)
        if kind and not any(_is_below(other.box, block.box) for other in blocks if other is not block):
            yield f"page {page.number} ends in the {kind} {quoted(block.text)}: move a block before it or after it"


def _announcement(block: Part) -> str:
    if block.role[0] == "H" and block.role[1:].isdigit():
        return "heading"
    return "lead-in" if block.role == "P" and block.text.endswith(":") else ""


def _is_below(box: Box, other: Box) -> bool:
    return box.top < other.top and box.bottom < other.bottom and box.left < other.right and other.left < box.right


def _meetings(page: Page) -> Iterator[str]:
    """Texts and pictures that lie on one another."""
    runs = [(quoted(run.text), run.box) for run in page.runs]
    for one, other in meetings([*runs, *_pictures(page)]):
        yield f"page {page.number}: {one} meets {other}: shorten one of the two"


def _beyond_margins(page: Page) -> Iterator[str]:
    """Texts and pictures out of the room for them; the band stands in the upper margin, the footer in the lower one."""
    body = _body(page)
    room = Box(body.left - _OUT_SIDE, body.bottom - _OUT_LINE, body.right + _OUT_SIDE, page.height)
    rooms = {ARTIFACT: room._replace(bottom=0.0)}
    texts = {run.tag: run.text for run in page.runs[::-1] if not run.box.within(rooms.get(run.tag, room))}
    pictures = [name for name, box in _pictures(page) if not box.within(room)]
    for name in [*map(quoted, reversed(texts.values())), *pictures]:  # of a paragraph, its first line out of the room
        yield f"page {page.number}: {name} leaves the margins: shorten it, or make it smaller"


def _beyond_cells(page: Page) -> Iterator[str]:
    """Cells of a table whose text reaches into the next column."""
    for table in (part for part in _all(page.parts) if part.role == "Table"):
        rows = [[c for c in row.parts if c.role in {"TH", "TD"}] for row in _all(table.parts) if row.role == "TR"]
        most = max(map(len, rows), default=0)
        columns = list(zip(*(row for row in rows if len(row) == most), strict=True))  # an empty cell is no part
        for one, other in pairwise(columns):
            last, first = max(one, key=lambda c: c.box.right), min(other, key=lambda c: c.box.left)
            if last.box.right > first.box.left:
                widest = max(last, first, key=lambda c: c.box.right - c.box.left)
                yield f"page {page.number}: {quoted(widest.text)} does not fit its cell: shorten its longest word"


def _body(page: Page) -> Box:
    """The room for text: the page without its margins."""
    margin = TOKENS["margin_pt"]
    return Box(margin["side"], margin["bottom"], page.width - margin["side"], page.height - margin["top"])


def _all(parts: Sequence[Part]) -> Iterator[Part]:
    """Every part, those inside others included, in reading order."""
    for part in parts:
        yield part
        yield from _all(part.parts)


def _blocks(parts: Sequence[Part]) -> Iterator[Part]:
    """The outermost parts that say or show something: paragraphs, headings, captions, figures, tables, lists."""
    for part in parts:
        if part.role in _GROUPS:
            yield from _blocks(part.parts)
        else:
            yield part


def _pictures(page: Page) -> Iterator[tuple[str, Box]]:
    """The pictures, each with a name: its title."""
    title = ""
    for block in _blocks(page.parts):
        title = block.text if block.role == "Caption" else title
        if block.role == "Figure":
            yield f"the picture of {quoted(title)}" if title else "a picture", block.box


def _named(block: Part) -> str:
    return quoted(block.text) if block.text else "a picture"
