"""What a briefing shows, one class a kind of element.

A notebook keeps each as JSON in the MIME bundle of its cell; reading it back gives the same element, or an error that
says what it lacks. Notebook, page and PDF show an element by a template part that is named like its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

import msgspec

from analysis.foundation.errors import AnalysisError
from analysis.foundation.tokens import Width
from analysis.foundation.words import Language, word
from analysis.mexico import COUNTRY
from analysis.report.chart_data import ChartData
from analysis.report.facts import Fact, Told
from analysis.report.prose import Block, plain
from analysis.report.runs import FactRun, Paragraph, Sentence
from analysis.report.spark import Bar, spark_columns
from analysis.values.periods import last_day
from analysis.values.quantities import EN_DASH, format_date, format_period, iso_date

Form = Literal["title", "prose", "note", "cell"]
"""What a text is: a title has no full stop; prose and a note are sentences; a cell is none of these."""
Side = Literal["left", "right"]


class ElementError(AnalysisError, ValueError):
    """An element that would not be readable or provable: the message says what it lacks."""


@dataclass(frozen=True)
class Slot:
    """A text of an element, and where it stands there.

    Attributes:
        name: as facts know it: title, note, figure 2, ...
        form: what kind of text it is.
        text: the text.
        label: as messages name it, where that is another name.
    """

    name: str
    form: Form
    text: Sentence | Paragraph
    label: str = ""


@dataclass(frozen=True)
class Written:
    """A text of an element as it is printed, in one line, and where it stands there."""

    slot: str
    text: str
    form: Form


class Element(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """One thing that a briefing shows.

    Attributes:
        side: the column of a pair that it stands in.
        number: its number among those of its kind in a document; 0 where it has none.
        cell: the number of the cell that shows it; 0 outside a document.
        origin: digest of the source of that cell when it ran; empty where that cannot be known.
    """

    prefix: ClassVar[str] = ""
    """First letters of the anchors of a kind that is numbered."""

    side: Side | None = None
    number: int = 0
    cell: int = 0
    origin: str = ""

    @property
    def kind(self) -> str:
        """Kind of the element: headline, chart, table, ..."""
        return str(type(self).__struct_config__.tag)

    @property
    def anchor(self) -> str:
        """Where a page can be entered at this element."""
        return f"{self.prefix}{self.number}"

    @property
    def place(self) -> str:
        """Its name in messages and facts: its kind, and its number among those of its kind, if any."""
        return f"{self.kind} {self.number}" if self.prefix else self.kind

    @property
    def uses(self) -> tuple[str, ...]:
        """Names of the tables that it tells from."""
        return ()

    def slots(self) -> Iterator[Slot]:
        """Yield the texts of which it is made."""
        yield from ()

    def told(self) -> Iterator[Told]:
        """Yield every number that it prints, alike in all languages."""
        for slot in self.slots():
            yield from _told(slot.name, slot.text)

    def texts(self, language: Language) -> Iterator[Written]:
        """Yield every text that the notebook wrote for it, as it is printed."""
        for slot in self.slots():
            if text := slot.text.written(language):
                yield Written(slot.label or slot.name, text.replace("\n", " "), slot.form)

    @property
    def neutral(self) -> list[str]:
        """The slots where a neutral wording stands, or a claim is left out, because the data do not support it."""
        return [
            f"{slot.name}{i or ''}"
            for slot in self.slots()
            for i, sentence in enumerate(slot.text.sentences)
            if sentence.neutral
        ]


class Cover(Element, frozen=True, tag="cover"):
    """The band of the first page: theme, scope, place and cut-off date.

    Attributes:
        theme: number of the theme (0 is the panorama).
        title: title of the theme.
        scope: what the report covers, in a few words.
        language: language of the briefing.
        as_of: its cut-off date, ``YYYY-MM-DD``.
        geography: code of the country or of a state.
    """

    theme: int
    title: str
    scope: str
    language: Language
    as_of: str
    geography: str

    def __post_init__(self) -> None:
        iso_date(self.as_of)
        COUNTRY.place_name(self.geography, self.language)

    @property
    def series(self) -> str:
        """Name of the series of briefings."""
        return COUNTRY.series[self.language]

    @property
    def series_kind(self) -> str:
        """What the briefings of the series are."""
        return word("series_kind", self.language)

    @property
    def cutoff(self) -> str:
        """The cut-off date in words."""
        return word("as_of", self.language).format(date=format_date(self.as_of, self.language))

    @property
    def place_name(self) -> str:
        """Name of the country or of the state."""
        return COUNTRY.place_name(self.geography, self.language)

    def slots(self) -> Iterator[Slot]:
        """Yield title and scope."""
        yield Slot("title", "title", Sentence((self.title,)))
        yield Slot("scope", "title", Sentence((self.scope,)))


class Headline(Element, frozen=True, tag="headline"):
    """The finding of the whole report, and its lead."""

    text: Sentence
    lead: Paragraph = Paragraph()

    def slots(self) -> Iterator[Slot]:
        """Yield the finding and the lead."""
        yield Slot("text", "prose", self.text)
        yield Slot("lead", "prose", self.lead)


class Section(Element, frozen=True, tag="section"):
    """The title that opens a section, and its name where others lead to it; a computed title may be a finding."""

    prefix: ClassVar[str] = "s"

    text: Sentence
    name: str = ""

    @property
    def anchor(self) -> str:
        """Where a page can be entered at this section: under its name, where it has one."""
        return self.name or super().anchor

    def slots(self) -> Iterator[Slot]:
        """Yield the title."""
        yield Slot("text", "title", self.text)


class Finding(Element, frozen=True, tag="finding"):
    """A paragraph of computed sentences."""

    text: Paragraph

    def slots(self) -> Iterator[Slot]:
        """Yield the paragraph."""
        yield Slot("text", "prose", self.text)


class Changes(Finding, frozen=True, tag="changes"):
    """What changed since the edition before: it is set as small as the definitions that follow it."""


class Caution(Element, frozen=True, tag="caution"):
    """A box that names a trap and says what to do."""

    title: Sentence
    text: Paragraph

    def slots(self) -> Iterator[Slot]:
        """Yield title and text."""
        yield Slot("title", "title", self.title)
        yield Slot("text", "prose", self.text)


class WrittenFigure(msgspec.Struct, frozen=True):
    """A key figure as it is printed; what it lacks is empty."""

    value: str
    label: str
    seal: str
    change: str
    reference: str
    last_datum: str
    columns: tuple[Bar, ...]


class KeyNumber(msgspec.Struct, frozen=True, omit_defaults=True):
    """One number of the front page with what it is compared with.

    Attributes:
        value: the number.
        label: a noun phrase with its date.
        before: the number that it is compared with; None where the two must not be.
        change: how far it moved; None where two small numbers say it all.
        reference: what stands after the number compared with; its period when None.
        format: how both numbers are written (see `Quantity.text`).
        last_datum: ISO period up to which there are data of what it counts; empty where its tables have no periods.
        spark: values by period for the small chart, None leaving a place empty; none where it is not drawn.
    """

    value: Fact
    label: Sentence
    before: Fact | None = None
    change: Fact | None = None
    reference: Sentence | None = None
    format: str = ""
    last_datum: str = ""
    spark: tuple[int | float | None, ...] = ()

    def written(self, language: Language) -> WrittenFigure:
        """Return it as it is printed."""
        reference, last = "", ""
        if self.before is not None:
            when = f"{word('in', language)} {format_period(self.before.period, language)}"
            after = self.reference.written(language) if self.reference else when
            reference = f"{self.before.text(language, self.format)} {after}"
        if self.last_datum:
            last = word("last_datum", language).format(period=format_period(self.last_datum, language))
        return WrittenFigure(
            value=self.value.text(language, self.format),
            label=self.label.written(language),
            seal=word("preliminary", language) if self.value.preliminary else "",
            change=self.change.text(language, "+") if self.change else "",
            reference=reference,
            last_datum=last,
            columns=tuple(spark_columns(self.spark)),
        )

    def told(self, slot: str) -> Iterator[Told]:
        """Yield the numbers that it prints."""
        numbers = {"value": self.value, "before": self.before, "change": self.change}
        for name, fact in numbers.items():
            if fact is not None and fact.value is not None:
                yield Told(slot, name, fact)
        for text in (self.label, self.reference):
            yield from _told(slot, text) if text else ()


class KeyFigures(Element, frozen=True, tag="key_figures"):
    """The four to six numbers of the front page."""

    figures: tuple[KeyNumber, ...]
    note: Paragraph
    sources: Sentence
    tables: tuple[str, ...]

    @property
    def uses(self) -> tuple[str, ...]:
        """Names of the tables that it tells from."""
        return self.tables

    def slots(self) -> Iterator[Slot]:
        """Yield the labels and the note."""
        for i, figure in enumerate(self.figures, 1):
            yield Slot(f"figure {i}", "title", figure.label, f"label of figure {i}")
        yield Slot("note", "note", self.note)

    def told(self) -> Iterator[Told]:
        """Yield the numbers of each figure, and those of the note."""
        for i, figure in enumerate(self.figures, 1):
            yield from figure.told(f"figure {i}")
        yield from _told("note", self.note)

    def texts(self, language: Language) -> Iterator[Written]:
        """Yield labels and note, then what is printed beside each label."""
        yield from super().texts(language)
        for i, figure in enumerate(self.figures, 1):
            printed = figure.written(language)
            for key in ("value", "change", "reference", "last_datum"):
                if text := getattr(printed, key):
                    yield Written(f"{key} of figure {i}", text, "cell")


class Chart(Element, frozen=True, kw_only=True, tag="chart"):
    """A chart with its texts and its data.

    Attributes:
        form: the chart form: lines, ranked_bars, ...; empty where an author drew it.
        width: of the whole text, or of a column.
        title: the finding, with its condition.
        subtitle: what is counted, of whom, where, when.
        alt: what it shows, with the values that make its shape.
        source: the line of its sources.
        note: what must be known besides.
        data: what was drawn.
        download: whether its data may be taken away.
        tables: names of the tables that it tells from.
        narrow: the drawing for narrow screens, line by line; none where it is half as wide already.
        faults: what is wrong with the layout of its drawings.
        svg: the drawing; a notebook keeps it beside the element, as a picture.
    """

    prefix: ClassVar[str] = "g"

    form: str = ""
    width: Width
    title: Sentence
    subtitle: Sentence
    alt: Sentence
    source: Sentence
    note: Paragraph = Paragraph()
    data: ChartData
    download: bool
    tables: tuple[str, ...]
    narrow: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    svg: str = ""

    @property
    def uses(self) -> tuple[str, ...]:
        """Names of the tables that it tells from."""
        return self.tables

    @property
    def narrow_svg(self) -> str:
        """The drawing for narrow screens; empty where there is none."""
        return "\n".join(self.narrow)

    def told(self) -> Iterator[Told]:
        """Yield the numbers of its texts, then those that it draws."""
        yield from super().told()
        yield from self.data.told()

    def slots(self) -> Iterator[Slot]:
        """Yield caption, alternative text and note."""
        yield Slot("title", "title", self.title)
        yield Slot("subtitle", "title", self.subtitle)
        yield Slot("alt", "prose", self.alt, "alternative text")
        yield Slot("note", "note", self.note)

    def texts(self, language: Language) -> Iterator[Written]:
        """Yield its texts, and the words of its data."""
        yield from super().texts(language)
        head, rows = self.data.written(language).head, self.data.written(language).rows
        yield from (Written("head of the data", text, "cell") for text in head if text)
        yield from (Written("name of a row of the data", row[0], "cell") for row in rows)


Cell = FactRun | Sentence
"""What stands in a cell of a table: a number by itself, or words."""


class Table(Element, frozen=True, kw_only=True, tag="table"):
    """A table; the first column names the rows.

    Attributes:
        title: what it holds.
        head: heads of the columns, which may have lines.
        rows: their cells.
        align: the side of each column.
        emphasis: the column in focus.
        muted_row: the row of the others.
        total: whether the last row is the total.
        source: the line of its sources.
        note: what must be known besides.
        tables: names of the tables that it tells from.
    """

    prefix: ClassVar[str] = "c"

    title: Sentence
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    align: tuple[Side, ...]
    emphasis: int | None = None
    muted_row: int | None = None
    total: bool = False
    source: Sentence
    note: Paragraph = Paragraph()
    tables: tuple[str, ...]

    @property
    def uses(self) -> tuple[str, ...]:
        """Names of the tables that it tells from."""
        return self.tables

    def slots(self) -> Iterator[Slot]:
        """Yield title and note."""
        yield Slot("title", "title", self.title)
        yield Slot("note", "note", self.note)

    def told(self) -> Iterator[Told]:
        """Yield the numbers of title and note, then those of the cells, row by row.

        Where there are no data the dash states nothing: rows that are published later do not contradict it.
        """
        yield from super().told()
        for i, row in enumerate(self.rows, 1):
            for j, cell in enumerate(row, 1):
                if isinstance(cell, Sentence):
                    yield from (Told(f"row {i}", f"column {j} {name}", fact) for name, fact in cell.facts.items())
                elif cell.fact.missing not in {"no_data", "partial"}:
                    yield Told(f"row {i}", cell.name, cell.fact)

    def texts(self, language: Language) -> Iterator[Written]:
        """Yield its texts, heads and cells."""
        yield from super().texts(language)
        yield from (
            Written(f"head of column {j}", head.replace("\n", " "), "cell")
            for j, head in enumerate(self.head, 1)
            if head
        )
        for i, row in enumerate(self.rows, 1):
            for j, cell in enumerate(row, 1):
                if text := write_cell(cell, language):
                    yield Written(f"row {i}, column {j}", text.replace("\n", " "), "cell")


def write_cell(cell: Cell, language: Language) -> str:
    """Write a cell; a number that is missing is an en dash, and a note says why."""
    if isinstance(cell, FactRun) and cell.fact.value is None:
        return EN_DASH
    return cell.written(language)


class Item(msgspec.Struct, frozen=True):
    """A term and what it means."""

    term: Sentence
    text: Sentence


class Group(msgspec.Struct, frozen=True):
    """Items of the method under one title, which is a word of the library."""

    key: Literal["definitions", "calculation", "limits"]
    items: tuple[Item, ...]


class Method(Element, frozen=True, tag="method"):
    """Definitions, how numbers were made and marked, and what the data do not say.

    Attributes:
        groups: items under their titles; where there are definitions, they stand beside the others, which else stand
            beside one another.
        level: level of the titles in a document.
    """

    groups: tuple[Group, ...]
    level: int = 2

    def slots(self) -> Iterator[Slot]:
        """Yield what each term means."""
        for item in (item for group in self.groups for item in group.items):
            yield Slot("method", "prose", item.text)

    def texts(self, language: Language) -> Iterator[Written]:
        """Yield terms and what they mean."""
        for item in (item for group in self.groups for item in group.items):
            term = item.term.written(language)
            yield Written("term", term, "cell")
            yield Written(f"'{term}'", item.text.written(language), "prose")


class Source(msgspec.Struct, frozen=True):
    """One table that a briefing looked at.

    Attributes:
        table: its name.
        source_id: name of its source.
        vintage: its version, as the descriptor has it.
        hash: digest of its file.
        printed: whether readers see it in the list.
        publisher: who published it.
        span: first and last moment that its rows cover; None where they have no period.
        last: up to when its rows reach; None where that cannot be said.
        version: its version in words.
        read_on: the day on which it was read.
        licence: its licence.
    """

    table: str
    source_id: str
    vintage: str
    hash: str
    printed: bool
    publisher: str
    span: tuple[str, ...] | None
    last: str | None
    version: str
    read_on: str
    licence: str

    def __post_init__(self) -> None:
        iso_date(self.read_on)
        for moment in (*(self.span or ()), *([self.last] if self.last else [])):
            last_day(moment)


class SourceList(msgspec.Struct, frozen=True):
    """The list of sources as a document prints it, and the colophon below.

    Attributes:
        head: heads of the columns.
        rows: which elements used a source, who published it, its period, version and licence.
        cite: how to cite the briefing.
        disclaimer: whose it is not.
        errata: whom to write to about errors.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cite: str
    disclaimer: str
    errata: str


class Unshown(msgspec.Struct, frozen=True):
    """An element that a cell made and no cell showed: the digest of the cell, its kind, and how it begins."""

    origin: str
    kind: str
    text: str


class Sources(Element, frozen=True, tag="sources"):
    """Every table that was looked at, with its publisher, version and licence. It ends a notebook.

    Attributes:
        tables: the tables.
        unshown: what was made and not shown.
        listed: what a document prints of them; a notebook does not know yet which element is which.
        level: level of its title in a document.
    """

    tables: tuple[Source, ...]
    unshown: tuple[Unshown, ...] = ()
    listed: SourceList | None = None
    level: int = 2


class Prose(Element, frozen=True, tag="markdown"):
    """Prose that an author typed in a Markdown cell."""

    blocks: tuple[Block, ...]

    def texts(self, language: Language) -> Iterator[Written]:
        """Yield each of its lines."""
        for line in filter(None, map(str.strip, plain(self.blocks).splitlines())):
            yield Written("text", " ".join(line.split()), "cell")


class Pair(Element, frozen=True, tag="pair"):
    """Two columns of half-width elements side by side."""

    left: tuple[Element, ...]
    right: tuple[Element, ...]


_HIGHEST: Final = 590.0
"""Of the 698 points between the margins of a page, a caption of two lines and a source of four leave these."""


def check_chart_texts(chart: Chart, language: Language) -> None:
    """Make sure that a chart has a title, and an alternative text that is more than its caption.

    Raises:
        ElementError: if the title or the alternative text is missing, or the latter only repeats title or subtitle.
    """
    title, subtitle, alt = (text.written(language) for text in (chart.title, chart.subtitle, chart.alt))
    if not title.strip():
        raise ElementError(
            "a chart has no title: give it other words for when it does not hold, otherwise_es=, otherwise_en="
        )
    if not alt.strip():
        raise ElementError(f"the chart '{title}' has no alternative text: say what it shows, with its values")
    if alt.strip() in {title, subtitle}:
        raise ElementError(f"the alternative text of the chart '{title}' repeats its caption: let it give the values")


def check_height(height: float, title: str) -> None:
    """Make sure that a chart fits a page with its caption and its source.

    Raises:
        ElementError: if it is too high.
    """
    if height > _HIGHEST:
        raise ElementError(
            f"the chart '{title}' is {height:.0f} points high, a page takes {_HIGHEST:.0f}: draw fewer rows"
        )


def flat(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield elements in reading order, those of pairs one by one."""
    for element in elements:
        yield from [*element.left, *element.right] if isinstance(element, Pair) else [element]


def _told(slot: str, text: Sentence | Paragraph) -> Iterator[Told]:
    """Yield the numbers of a text: of each sentence those it prints, in the order of their names, then its evidence."""
    for sentence in text.sentences:
        yield from (Told(slot, name, fact) for name, fact in sentence.facts.items())
        yield from (Told(slot, f"when {evidence.told}", evidence.fact) for evidence in sentence.evidence)
