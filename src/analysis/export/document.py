"""From an executed notebook to a document: the cover and the elements of one language, in reading order.

Exporters see only this. Elements are read from the MIME bundles of the outputs, prose from Markdown cells tagged
`lang-es` or `lang-en`; Markdown without such a tag is a note among authors and is not published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from analysis.export.edition import Kind
from analysis.export.letters import refuse_unprintable
from analysis.export.notebooks import CodeCell, Error, MarkdownCell, Notebook, Shown, declared_parameters
from analysis.export.outputs import broken_cells, stale_cells
from analysis.export.prose import elements_of, read_cell
from analysis.export.records import Card, Figure, Links
from analysis.export.source_list import day_read, reach, source_list, sources_of
from analysis.foundation.errors import DocumentError, NotebookError
from analysis.foundation.words import Language, word
from analysis.report.bundle import MIME, SVG, read_element
from analysis.report.elements import (
    Chart,
    Cover,
    Element,
    Group,
    Headline,
    Item,
    KeyFigures,
    Method,
    Pair,
    Prose,
    Section,
    Source,
    Sources,
    Table,
    flat,
)
from analysis.report.facts import PlacedFact
from analysis.report.prose import Notes
from analysis.report.runs import Sentence

_User = tuple[str, int]
"""Kind and number of an element that uses a table."""
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of characters: no page, and no file of ours, may hold them."""
_NOWHERE: Final = Links()


@dataclass(frozen=True)
class Document:
    """One briefing in one language.

    Attributes:
        language: ``es`` or ``en``.
        cover: what stands in the band: theme, scope, cut-off, place.
        edition: the edition as printed, which names a draft or a reconstruction as such.
        elements: what follows, in reading order, charts and tables numbered.
        reach: how far its oldest and its newest series go; empty where none has a period.
        read: the day on which the newest of its data were read, in words.
        reconstruction: whether it is a past date seen with the data of today, which nobody was told then.
        links: relative addresses of the PDF, the other language and the index, where there are any.
    """

    language: Language
    cover: Cover
    edition: str
    elements: tuple[Element, ...]
    reach: str = ""
    read: str = ""
    reconstruction: bool = False
    links: Links = _NOWHERE

    @property
    def flat(self) -> list[Element]:
        """The elements in reading order, those of pairs one by one."""
        return list(flat(self.elements))

    @property
    def facts(self) -> list[PlacedFact]:
        """Every number printed, with the place where it stands, alike in both languages."""
        return [
            PlacedFact(f"{element.place}, {told.slot}", told.name, told.fact)
            for element in self.flat
            for told in element.told()
        ]

    @property
    def tables(self) -> list[Source]:
        """Every table of the data package that the briefing used, with its source and version."""
        return sources_of(self.elements)

    @property
    def unlisted(self) -> list[str]:
        """Tables that an element uses but the list of sources lacks."""
        listed = {row.table for row in self.tables}
        used = dict.fromkeys(name for element in self.flat for name in element.uses)
        return [name for name in used if name not in listed]

    @property
    def neutral(self) -> list[str]:
        """Places where a neutral wording stands because the data do not support the claim."""
        return [f"{element.place}, {slot}" for element in self.flat for slot in element.neutral]

    @property
    def headline(self) -> str:
        """The finding of the whole briefing; empty where it has none."""
        return next((e.text.written(self.language) for e in self.flat if isinstance(e, Headline)), "")

    @property
    def figures(self) -> list[Figure]:
        """The key figures as they are printed."""
        numbers = [figure for e in self.flat if isinstance(e, KeyFigures) for figure in e.figures]
        written = [number.written(self.language) for number in numbers]
        return [Figure(number.value, number.label) for number in written]

    @property
    def card(self) -> Card:
        """What the index shows of the briefing: title, scope, headline, first key figure."""
        return Card(
            number=self.cover.theme,
            edition=self.edition,
            title=self.cover.title,
            scope=self.cover.scope,
            headline=self.headline,
            key_figure=next(iter(self.figures), None),
        )


def read_document(
    notebook: Notebook,
    *,
    edition: str | None = None,
    kind: Kind = "draft",
    contact: str = "",
    links: Links = _NOWHERE,
) -> Document:
    """Read an executed notebook.

    Args:
        notebook: the notebook as JSON (nbformat 4).
        edition: name of the edition; "draft" in the notebook's language when not given.
        kind: what the edition is; with a date before that of the notebook itself, every briefing is a reconstruction.
        contact: where readers write to about errors; the issue tracker of the project when not given.
        links: relative addresses to print.

    Raises:
        DocumentError: if it was not run as it stands, a cell failed or cannot run, it has no cover, or an element lacks
            something, or says what no page can show.
    """
    _refuse_unfinished(notebook)
    cover = _cover(notebook)
    language = cover.language
    elements = _numbered(_elements_and_prose(notebook, language))
    for element in (cover, *flat(elements)):
        refuse_unprintable(element, language)
    _refuse_twice(flat(elements), language)
    read_on = day_read(elements, language)
    reconstruction = kind == "reconstruction" or _is_past(notebook, cover)
    printed = printed_edition(edition, "reconstruction" if reconstruction else kind, read_on, language)
    contact = _printable(contact) or word("issue_tracker", language)
    listed = source_list(elements, cover, printed, contact)

    def finished(element: Element) -> Element:
        if isinstance(element, Method) and reconstruction:
            return replace(element, groups=_with_reconstruction(element.groups, read_on, language))
        return replace(element, listed=listed) if isinstance(element, Sources) else element

    return Document(
        language=language,
        cover=cover,
        edition=printed,
        elements=tuple(map(finished, elements)),
        reach=reach(elements, language),
        read=word("data_read", language).format(date=read_on),
        reconstruction=reconstruction,
        links=links,
    )


def _printable(value: Any) -> Any:
    """Return the same with a question mark in place of each character that cannot be printed."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("?", value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    return value


def printed_edition(edition: str | None, kind: Kind, read_on: str, language: Language) -> str:
    """Return how pages name their edition, or what it is a reconstruction with.

    Args:
        edition: its name; None where there is none.
        kind: what it is.
        read_on: the day on which the newest of its data were read, in words.
        language: language of the page.

    Returns:
        For instance "Edición 2026-1", "Borrador de la edición 2026-2", "borrador", "Reconstrucción con los datos del
        22 nov 2026".
    """
    if kind == "reconstruction":
        return word("reconstruction", language).format(date=read_on)
    if edition is None:
        return word("draft", language)
    return word("edition" if kind == "published" else "draft_edition", language).format(name=edition)


def _is_past(notebook: Notebook, cover: Cover) -> bool:
    """Whether the briefing is of a date before that which its notebook is written for."""
    with suppress(NotebookError):  # any notebook may be exported, also one that declares nothing
        as_of = declared_parameters(notebook, "the notebook").get("as_of")
        return as_of is not None and cover.as_of < str(as_of.default)
    return False


def _with_reconstruction(groups: Sequence[Group], read_on: str, language: Language) -> tuple[Group, ...]:
    """Say first, among how numbers were made, that nobody was told them at that date."""
    rule = word("reconstruction_rule", language).format(date=read_on)
    item = Item(Sentence((word("reconstruction_term", language),)), Sentence((rule,)))
    return tuple(replace(g, items=(item, *g.items)) if g.key == "calculation" else g for g in groups)


def _refuse_unfinished(notebook: Notebook) -> None:
    """Refuse what is not one run of the cells as they stand: the first reason why is told."""
    _refuse(broken_cells(notebook))
    code = [(number, cell) for number, cell in notebook.code if cell.text.strip()]
    for number, cell in code:
        for output in cell.outputs:
            if isinstance(output, Error):
                reason = f"{output.ename}: {output.evalue}"
                raise DocumentError(f"cell {number} failed ({reason}): mend it, run the notebook again, then export")
    for number, cell in code:
        if cell.execution_count is None:
            raise DocumentError(f"cell {number} was not run: run the whole notebook (Run > Run All Cells), then export")
    _refuse(stale_cells(notebook))


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise DocumentError("; ".join(faults))


def _refuse_twice(elements: Iterable[Element], language: Language) -> None:
    """Refuse a chart or a table that stands in two places: the same title above the same drawing, or the same rows."""
    places: dict[tuple[str, str], Element] = {}
    for element in elements:
        if isinstance(element, Chart | Table):
            drawn = element.svg if isinstance(element, Chart) else msgspec.json.encode(element.rows).decode()
            title = element.title.written(language)
            first = places.setdefault((title, drawn), element)
            if first is not element:
                where = f"cell {first.cell} and again in cell {element.cell}"
                raise DocumentError(f"the {element.kind} '{title}' is shown in {where}: show it once")


def _cover(notebook: Notebook) -> Cover:
    for number, cell in notebook.code:
        for element in _shown(cell, number):
            if isinstance(element, Cover):
                return element
    raise DocumentError("the notebook shows no cover: make a Briefing in its first cell and call cover()")


def _shown(cell: CodeCell, number: int) -> Iterator[Element]:
    """Yield every element that a cell shows."""
    for output in cell.outputs:
        if isinstance(output, Shown) and MIME in output.data:
            yield _element(output, number)


def _element(output: Shown, cell: int) -> Element:
    try:
        element = replace(read_element(_printable(output.data[MIME])), cell=cell)
    except msgspec.ValidationError as error:
        raise DocumentError(
            f"cell {cell} shows an element that this version of the library does not know ({error}): "
            "run the notebook again, then export"
        ) from None
    return _with_picture(element, _printable(output.text(SVG))) if isinstance(element, Chart) else element


def _with_picture(chart: Chart, svg: str) -> Chart:
    title = "".join(run for run in chart.title.runs if isinstance(run, str))
    if not any(not isinstance(run, str) or run.strip() for run in chart.alt.runs):
        raise DocumentError(f"the chart '{title}' of cell {chart.cell} has no alternative text")
    if not svg:
        raise DocumentError(f"the chart '{title}' of cell {chart.cell} has lost its picture: run the cell again")
    return replace(chart, svg=svg)


def _elements_and_prose(notebook: Notebook, language: Language) -> list[Element]:
    found: list[Element] = []
    for number, cell in notebook.numbered:
        if isinstance(cell, MarkdownCell) and f"lang-{language}" in cell.tags:
            found.extend(_prose(_printable(cell.text), number, found))
        elif isinstance(cell, CodeCell):
            found.extend(_paired(e for e in _shown(cell, number) if not isinstance(e, Cover)))
    return found


def _prose(source: str, cell: int, before: Sequence[Element]) -> Iterator[Element]:
    """Read a Markdown cell: footnotes are numbered through the document, whose first heading opens a section."""
    notes = [block for e in before if isinstance(e, Prose) for block in e.blocks if isinstance(block, Notes)]
    prose = read_cell(source, cell, first_note=1 + sum(len(each.items) for each in notes))
    return elements_of(prose, cell, in_section=any(isinstance(e, Section) for e in flat(before)))


def _paired(elements: Iterable[Element]) -> list[Element]:
    """Gather the neighbours of one cell that carry a side into a pair; a left one after a right one opens another."""
    found: list[Element] = []
    for element in elements:
        last = found[-1] if found and isinstance(found[-1], Pair) else None
        if element.side is None:
            found.append(element)
        elif last is None or (element.side == "left" and last.right):
            columns = {"left": (), "right": (), element.side: (element,)}
            found.append(Pair(columns["left"], columns["right"], cell=element.cell))
        else:
            found[-1] = replace(last, **{element.side: (*getattr(last, element.side), element)})
    return found


def _numbered(elements: Iterable[Element]) -> tuple[Element, ...]:
    """Number what is numbered; the heads of method and sources stand one level below a section, where there is one."""
    counts: dict[str, int] = {}

    def numbered(element: Element) -> Element:
        if isinstance(element, Pair):
            left, right = (tuple(map(numbered, column)) for column in (element.left, element.right))
            return replace(element, left=left, right=right)
        if isinstance(element, Method | Sources):
            return replace(element, level=3 if counts.get("section") else 2)
        if not element.prefix:
            return element
        counts[element.kind] = counts.get(element.kind, 0) + 1
        return replace(element, number=counts[element.kind])

    return tuple(map(numbered, elements))
