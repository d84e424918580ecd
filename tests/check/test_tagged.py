"""A tagged PDF as boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from msgspec import structs

from analysis.charts.boxes import Box
from analysis.check.tagged import ARTIFACT, Page, Part, read_pages
from analysis.export.document import Document
from analysis.export.pdf import render_pdf
from tests.elements import sentence
from tests.samples import of_kind


def every(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield parts with those inside them, in reading order."""
    for part in parts:
        yield part
        yield from every(part.parts)


def part(page: Page, role: str, text: str = "") -> Part:
    """Return the first part of a role whose text starts so."""
    return next(p for p in every(page.parts) if p.role == role and p.text.startswith(text))


@pytest.fixture
def pages(spanish: Document) -> list[Page]:
    """The pages of the sample."""
    return read_pages(render_pdf(spanish))


def test_pages_have_number_and_size(pages: list[Page]) -> None:
    """They are letter paper, counted from one."""
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert {(page.width, page.height) for page in pages} == {(612, 792)}


def test_parts_stand_in_reading_order_with_their_text(pages: list[Page], spanish: Document) -> None:
    """Each element of the tag tree has what it says on its page, whole where a paragraph has many lines."""
    heading = of_kind(spanish, "section")[0].text.written("es")
    assert part(pages[1], "H2").text == heading
    roles = [p.role for p in every(pages[0].parts)]
    assert roles.index("H1") < roles.index("Caption") < roles.index("Figure")
    assert spanish.headline in {p.text for p in every(pages[0].parts)}
    assert part(pages[0], "Caption").text == f"Gráfica 1 {of_kind(spanish, 'chart')[0].title.written('es')}"


def test_a_figure_takes_the_room_of_its_picture(pages: list[Page]) -> None:
    """Its box is as wide and high as the drawing, though its ink is less, and says nothing of its letters."""
    figure = part(pages[0], "Figure")
    assert (figure.box.left, figure.box.right) == (54, 558)
    assert figure.box.top - figure.box.bottom == pytest.approx(200)
    assert figure.text == ""
    assert not any("(g1)" in run.text for run in pages[0].runs)


def test_a_part_is_around_what_is_in_it(spanish: Document) -> None:
    """The box of a table holds those of its rows, and a row those of its cells."""
    shown = of_kind(spanish, "table")[0]
    (page,) = read_pages(render_pdf(replace(spanish, elements=(shown,))))
    table = part(page, "Table")
    rows = [p for p in every([table]) if p.role == "TR"]
    assert len(rows) == len(shown.rows) + 1
    for row in rows:
        assert row.box.within(table.box)
        assert all(cell.box.within(row.box) for cell in row.parts)


def test_the_footer_belongs_to_no_part(pages: list[Page]) -> None:
    """It is an artifact, below the room for text, and its runs are known all the same."""
    for page in pages:
        footer = [run for run in page.runs if run.tag == ARTIFACT]
        assert footer[-1].text == f"{page.number} / {len(pages)}"
        assert all(run.box.within(Box(54, 0, 558, 50)) for run in footer)
        assert not any("Edición 2026-1 · Datos" in p.text for p in every(page.parts))


def test_what_stands_on_two_pages_is_read_on_each(spanish: Document) -> None:
    """A table longer than a page has its rows where they are, and its title on the first page alone."""
    table = of_kind(spanish, "table")[0]
    names = [f"País {i:03}" for i in range(60)]
    rows = tuple(tuple(map(sentence, (name, *["1"] * 7))) for name in names)
    long = structs.replace(table, rows=rows, muted_row=None, total=False)
    pages = read_pages(render_pdf(replace(spanish, elements=(long,))))
    told = [[p.text for p in every(page.parts) if p.role == "TD" and p.text.startswith("País")] for page in pages]
    assert [name for here in told for name in here] == names
    assert all(told)
    assert [any(p.role == "Caption" for p in every(page.parts)) for page in pages] == [True] + [False] * (
        len(pages) - 1
    )
