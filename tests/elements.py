"""Small elements of each kind, whose texts are given as plain strings: for tests that look at one thing in them."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from msgspec.structs import replace

from analysis.export.document import Document
from analysis.foundation.words import Language
from analysis.report.bundle import Shown
from analysis.report.chart_data import ChartData, Column, Row
from analysis.report.elements import (
    Caution,
    Cell,
    Chart,
    Cover,
    Element,
    Finding,
    Group,
    Headline,
    Item,
    KeyFigures,
    KeyNumber,
    Method,
    Pair,
    Section,
    Source,
    Table,
)
from analysis.report.facts import Derivation, Fact
from analysis.report.runs import FactRun, Paragraph, Sentence
from analysis.values.quantities import Quantity

NO_DATA = ChartData("", (), ())


def sentence(text: str) -> Sentence:
    """A sentence of these words; one that is left out where there are none."""
    return Sentence((text,) if text else ())


def paragraph(*texts: str) -> Paragraph:
    """A paragraph of these sentences."""
    return Paragraph(tuple(map(sentence, texts)))


def cover(title: str = "Asilo", scope: str = "Solicitudes", language: Language = "es") -> Cover:
    """The cover of a briefing on the country."""
    return Cover(theme=5, title=title, scope=scope, language=language, as_of="2026-06-30", geography="MEX")


def headline(text: str, lead: str = "") -> Headline:
    """A headline and its lead."""
    return Headline(sentence(text), paragraph(lead))


def section(text: str) -> Section:
    """The title of a section."""
    return Section(sentence(text))


def finding(text: str) -> Finding:
    """A paragraph of one sentence."""
    return Finding(paragraph(text))


def caution(title: str, text: str) -> Caution:
    """A box of one sentence."""
    return Caution(sentence(title), paragraph(text))


def chart(
    *,
    title: str = "Bajaron",
    subtitle: str = "Solicitudes, 2025",
    alt: str = "De 9 a 5.",
    source: str = "Fuente: ACNUR.",
    note: str = "",
    **more: Any,
) -> Chart:
    """A full chart without a drawing; `more` are other fields of it."""
    made = Chart(
        width="full",
        title=sentence(title),
        subtitle=sentence(subtitle),
        alt=sentence(alt),
        source=sentence(source),
        note=paragraph(note),
        data=NO_DATA,
        download=True,
        tables=("claims_year",),
    )
    return replace(made, **more)


def series(*rows: str, of: str = "Año", columns: tuple[str, ...] = ("Personas",)) -> ChartData:
    """The data of a chart whose rows are so named: a number a column, the same in all."""
    return ChartData(of, tuple(Column(c, "persons") for c in columns), tuple(Row(r, (1,) * len(columns)) for r in rows))


def table(*rows: tuple[str | Cell, ...], title: str = "Asilo", head: tuple[str, ...] = ("", "n"), **more: Any) -> Table:
    """A table of words and numbers; `more` are other fields of it."""
    made = Table(
        title=sentence(title),
        head=head,
        rows=tuple(tuple(sentence(cell) if isinstance(cell, str) else cell for cell in row) for row in rows),
        align=("left", *["right" for _ in head[1:]]),
        source=sentence("Fuente: ACNUR."),
        tables=("claims_year",),
    )
    return replace(made, **more)


def key_figures(*figures: KeyNumber, note: str = "") -> KeyFigures:
    """The numbers of the front page."""
    return KeyFigures(figures, paragraph(note), sentence("Fuente: ACNUR."), ("claims_year",))


def key_number(value: float = 400, label: str = "solicitudes, 2025", **more: Any) -> KeyNumber:
    """A number of the front page; `more` are other fields of it."""
    return replace(KeyNumber(Fact.of(Quantity(value, "persons", "2025")), sentence(label)), **more)


def method(*items: tuple[str, str]) -> Method:
    """A method with these definitions: terms and what they mean."""
    return Method((Group("definitions", tuple(Item(sentence(term), sentence(text)) for term, text in items)),))


def naming(*tables: str, period: str = "") -> Finding:
    """A sentence with a number of each of these tables: they are sources."""
    facts = {name: Fact(9, "persons", period, "MEX", False, "", (name,), Derivation()) for name in tables}
    return Finding(Paragraph((Sentence(tuple(FactRun(name, fact) for name, fact in facts.items())),)))


def source(table: str = "claims_year", span: tuple[str, str] | None = None, **more: Any) -> Source:
    """A table among the sources, whose rows cover a span; `more` are other fields of it."""
    made = Source(
        table=table,
        source_id=f"source-of-{table}",
        vintage="2026-06-25",
        hash=f"sha256:{table}",
        printed=True,
        publisher="ACNUR",
        span=span,
        last=span[1] if span else None,
        version="25 jun 2026",
        read_on="2026-11-22",
        licence="CC BY 4.0",
    )
    return replace(made, **more)


def replacing(document: Document, element: Element, **changed: Any) -> Document:
    """The document with other fields of one of its elements, which may stand in a pair."""

    def other(found: Element) -> Element:
        if isinstance(found, Pair):
            return replace(found, left=tuple(map(other, found.left)), right=tuple(map(other, found.right)))
        return replace(found, **changed) if found is element else found

    return dataclasses.replace(document, elements=tuple(map(other, document.elements)))


def document(*elements: Element, language: Language = "es") -> Document:
    """A draft with these elements."""
    return Document(language, cover(language=language), "borrador", elements)


E = TypeVar("E", bound=Element)


def element(made: Shown, kind: type[E]) -> E:
    """The element that is shown, which is of that kind."""
    assert isinstance(made.element, kind)
    return made.element
