"""Briefing: binds the parameters of a notebook, the data of that date, the language and the elements shown.

A notebook makes one Briefing in its first cell and asks it for everything: tables as of the date, sentences, charts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts import style
from analysis.charts.ink import layout_faults, picture
from analysis.foundation.errors import AnalysisError
from analysis.foundation.tokens import Width
from analysis.foundation.words import LANGUAGES, Language, word
from analysis.metrics.key_figures import KeyFigure, TableSource
from analysis.mexico import COUNTRY
from analysis.package.credits import source_line
from analysis.package.data_package import DataPackage
from analysis.package.descriptor import digest_of_names
from analysis.package.folder import find_data_folder
from analysis.package.table import Table
from analysis.report import method
from analysis.report.arguments import (
    need_chart,
    need_figures,
    need_pairs,
    need_rows,
    need_shown,
    need_tables,
    need_texts,
)
from analysis.report.audit import Inventory
from analysis.report.bundle import Shown, plain
from analysis.report.chart_data import chart_data
from analysis.report.elements import (
    Caution,
    Cell,
    Chart,
    Cover,
    Element,
    ElementError,
    Finding,
    Group,
    Headline,
    Item,
    KeyFigures,
    KeyNumber,
    Method,
    Pair,
    Section,
    Side,
    Source,
    Sources,
    Unshown,
    check_chart_texts,
    check_height,
)
from analysis.report.elements import Table as ShownTable
from analysis.report.facts import Fact
from analysis.report.runs import Citation, FactRun, Label, Paragraph, Sentence
from analysis.report.spark import is_drawn
from analysis.values.breaks import Break, crossed, first_of_each_way, inside
from analysis.values.measures import MIN_SHARE_BASE, change, difference
from analysis.values.periods import shortest_moment
from analysis.values.quantities import Quantity, format_period, iso_date
from analysis.values.texts import MaybeText, Text, Word, stated

Draw = Callable[[Width], Axes]


NOTHING: Final = Text("", "")
"""No note."""
_SMALL_CHARTS: Final = Text(word("small_charts", "es"), word("small_charts", "en"))

NO_MARKS: Final[Mapping[Any, str]] = {}

_NO_COUNTS: Final = ("percent", "points", "per_", "million_", "usd")
"""How the units begin that count no cases."""


class ParameterError(AnalysisError, ValueError):
    """A parameter whose value is not allowed: the message names it and says what is."""


class Briefing:
    """The report that a notebook writes.

    Args:
        number: number of the theme (0 is the panorama).
        title: title of the theme.
        scope: what the report covers, in a few words.
        language: ``es`` or ``en``.
        as_of: the date up to which published data are used, ``YYYY-MM-DD``.
        geography: code of the country or of a state.
        data: the folder of the data package, where it is not to be looked for (see `find_data_folder`).

    Raises:
        ParameterError: if language, date or geography is not allowed, or the date is after that of the newest data.
        DataError: if there is no data package.
    """

    def __init__(
        self,
        *,
        number: int,
        title: Text,
        scope: Text,
        language: str,
        as_of: str,
        geography: str,
        data: Path | str | None = None,
    ) -> None:
        self.language = _language(language)
        self.as_of = _date(as_of)
        self.geography = _geography(geography)
        need_texts(title=title, scope=scope)
        self.number, self.title, self.scope = number, title, scope
        self._package = DataPackage(find_data_folder(data))
        _check_known(self.as_of, self._package.newest_access)
        self._tables: dict[str, Table] = {}
        self._inventory: Inventory | None = None
        self._made: list[Shown] = []

    # -- data and words -------------------------------------------------------------------------------------------

    def table(self, name: str) -> Table:
        """Return a table with the rows that had been published at `as_of`."""
        if name not in self._tables:
            self._tables[name] = self._package.table(name, self.as_of)
        return self._tables[name]

    def inventory(self) -> Inventory:
        """Return the inventory of all tables of the data package, as seen at `as_of`."""
        if self._inventory is None:
            tables = [self._package.table(name, self.as_of) for name in self._package.names]
            self._inventory = Inventory(tables, self.as_of)
        return self._inventory

    def country(self, code: str) -> str:
        """Name of a country (ISO 3166-1 alpha-3) in the language of the briefing."""
        return Word(COUNTRY.country_name(code, self.language), "name")

    def people(self, code: str) -> str:
        """People of a nationality: "personas cubanas", "people from Cuba"."""
        return Word(COUNTRY.people_from(code, self.language), "name")

    def state(self, code: str, language: Language | None = None) -> str:
        """Name of a state (ISO 3166-2), or of the country, in the language of the briefing or in another one."""
        return Word(COUNTRY.place_name(code, language or self.language), "name")

    def period(self, period: str, *, short: bool = False) -> str:
        """An ISO period in words."""
        return Word(format_period(period, self.language, short=short), "period", period)

    def pick(self, es: str, en: str) -> str:
        """Return the wording of the briefing's language, for names of series and columns."""
        return es if self.language == "es" else en

    @property
    def country_wide(self) -> bool:
        """Whether the briefing is about the country rather than one state."""
        return self.geography == COUNTRY.code

    # -- elements -------------------------------------------------------------------------------------------------

    def cover(self) -> Shown:
        """Show the band of the first page: series, theme, scope, cut-off."""
        return self._shown(
            Cover(
                theme=self.number,
                title=self.title.render(self.language),
                scope=self.scope.render(self.language),
                language=self.language,
                as_of=self.as_of.isoformat(),
                geography=self.geography,
            )
        )

    def headline(self, text: Text, *lead: MaybeText) -> Shown:
        """Show the finding of the whole report and its lead.

        Raises:
            ElementError: if the finding is left out.
        """
        said = stated(lead)
        need_texts(headline=text, lead=said)
        if not text:
            raise ElementError(
                "the headline is left out here: give it other words for when it does not hold, otherwise_es="
            )
        return self._shown(Headline(self._prose(text), self._paragraph(said)))

    def section(self, text: Text) -> Shown:
        """Open a section whose title may be a finding."""
        need_texts(section=text)
        if not text:
            raise _without_text("section")
        return self._shown(Section(self._prose(text)))

    def finding(self, *texts: MaybeText) -> Shown:
        """Show a paragraph of computed sentences; ``condition and say(...)`` may leave one out."""
        said = stated(texts)
        need_texts(finding=said)
        if not any(said):
            raise _without_text("finding")
        return self._shown(Finding(self._paragraph(said)))

    def caution(self, title: Text, *texts: MaybeText) -> Shown:
        """Show a box that names a trap and says what to do.

        Raises:
            ElementError: if its title or all its text is left out.
        """
        said = stated(texts)
        need_texts(title=title, text=said)
        if not title or not any(said):
            raise _without_text("caution", "title or no text")
        return self._shown(Caution(self._words(title), self._paragraph(said)))

    def key_figures(self, *figures: KeyFigure, note: Text | None = None) -> Shown:
        """Show the numbers of the front page; one without a value at `as_of` is left out and named in the note.

        Args:
            *figures: three to six.
            note: what must be known besides; how the small charts are read, when not given.

        Raises:
            ElementError: if none has a value.
        """
        need_figures(figures)
        need_texts(note=[] if note is None else note)
        shown = [f for f in figures if f.value.value is not None]
        if not shown:
            raise ElementError("no key figure has a value at this date: choose a later as_of")
        absent = [f.label.render(self.language) for f in figures if f.value.value is None]
        broken = (b for f in shown for b in [*_withheld(f), *inside(_spark_periods(f), f.value.breaks)])
        tables = [t for f in shown for t in f.tables]
        return self._shown(
            KeyFigures(
                figures=tuple(map(self._key_number, shown)),
                note=self._note(_SMALL_CHARTS if note is None else note, broken, self._absent(absent)),
                sources=self._sources(tables),
                tables=_names(tables),
            )
        )

    def chart(
        self,
        draw: Draw,
        *,
        title: Text,
        subtitle: Text,
        alt: Text,
        tables: Sequence[TableSource],
        data: pd.DataFrame,
        note: Text = NOTHING,
        width: Width = "full",
        unit: str | Mapping[str, str] = "",
        marks: Mapping[Any, str] = NO_MARKS,
    ) -> Shown:
        """Show a chart.

        Args:
            draw: draws it at the width asked for and returns the axes; full charts are drawn again for phones.
            title: the finding, with its condition.
            subtitle: what is counted, of whom, where, when.
            alt: what the chart shows, with the values that make its shape.
            tables: where the data come from: the source line is made of their metadata.
            data: the values drawn, as the table that readers may open.
            note: what must be known besides the source.
            width: ``full`` or ``half``.
            unit: key of the unit of the data, or of each column by its name; that of the tables, where they have one in
                common, when not given.
            marks: words for rows of the data that are preliminary or incomplete: the table and the CSV file must
                warn as the picture does.

        Raises:
            ElementError: if the alternative text is missing or repeats the caption, the chart is higher than a page, or
                the unit of the data cannot be known.
        """
        need_texts(title=title, subtitle=subtitle, alt=alt, note=note)
        need_tables(tables)
        need_chart(draw, data, width, marks)
        labels, counted = _labels(data), [t for t in tables if isinstance(t, Table) and t.breaks]
        broken = [b for t in counted for b in inside(_periods(labels, t), t.breaks)]
        starts = sorted({i for t in counted for i in first_of_each_way(_periods(labels, t), t.breaks)})
        with style.broken_at([labels[i] for i in starts]):
            drawn = draw(width)
            narrow = draw("half") if width == "full" else None
        svg, ink = picture(drawn)
        narrow_svg, narrow_ink = picture(narrow) if narrow else ("", None)
        faults = layout_faults(ink)
        faults += [f"on a narrow screen, {fault}" for fault in layout_faults(narrow_ink)] if narrow_ink else []
        chart = Chart(
            form=style.form_of(drawn),
            width=width,
            title=self._words(title),
            subtitle=self._words(subtitle),
            alt=self._prose(alt),
            source=self._sources(tables),
            note=self._note(note, broken),
            data=chart_data(data, unit or _unit(tables), marks),
            download=all(t.republish for t in tables),
            tables=_names(tables),
            narrow=tuple(narrow_svg.split("\n")) if narrow else (),
            faults=tuple(faults),
            svg=svg,
        )
        check_chart_texts(chart, self.language)
        check_height(style.height_of(drawn), chart.title.written(self.language))
        return self._shown(chart)

    def chart_table(
        self,
        *,
        title: Text,
        head: Sequence[str],
        rows: Sequence[Sequence[Quantity | Text | str]],
        formats: Sequence[str],
        tables: Sequence[TableSource],
        note: Text = NOTHING,
        emphasis: int | None = None,
        muted_row: int | None = None,
        total: bool = False,
    ) -> Shown:
        """Show a table of quantities; the first column names the rows.

        Args:
            title: what the table holds.
            head: heads of the columns.
            rows: cells: quantities, texts that may name quantities, or words.
            formats: how each column writes its quantities (see `Quantity.text`).
            tables: where the data come from.
            note: what must be known besides the source.
            emphasis: the column in focus.
            muted_row: the row of the others.
            total: whether the last row is the total.
        """
        need_texts(title=title, note=note)
        need_tables(tables)
        need_rows(head, rows, formats)
        return self._shown(
            ShownTable(
                title=self._words(title),
                head=tuple(map(str, head)),
                rows=tuple(self._cells(row, formats) for row in rows),
                align=_align(head, rows),
                emphasis=emphasis,
                muted_row=muted_row,
                total=total,
                source=self._sources(tables),
                note=self._note(note, _breaks_beside(rows)),
                tables=_names(tables),
            )
        )

    def pair(self, left: Shown | Sequence[Shown], right: Shown | Sequence[Shown]) -> Shown:
        """Show two half-width columns side by side."""
        need_shown(left=left, right=right)
        columns = _column(left), _column(right)
        pair = Pair(*(tuple(shown.element for shown in column) for column in columns))
        return self._shown(pair, *columns[0], *columns[1])

    def method(
        self,
        *,
        definitions: Sequence[tuple[Text, Text]] | None = None,
        calculation: Sequence[Text | tuple[Text, Text]],
        limits: Sequence[Text | tuple[Text, Text]],
    ) -> Shown:
        """Show definitions, how numbers were made and marked, and what the data do not say.

        The rule of the cut-off date is added by itself; so are, where the definitions are those of the glossary, how
        changes are computed and what the marks in the charts mean.

        Args:
            definitions: terms and what they mean; those of the glossary that the report uses, when not given.
            calculation: how numbers were made, each a text that begins with what it is about: "Rates. They are ...".
            limits: what the data do not say, in the same way.

        Raises:
            ElementError: if a text does not say first what it is about.
        """
        need_pairs(definitions=definitions or [], calculation=calculation, limits=limits)
        made, limited = [method.cutoff(self.as_of, self.language), *self._items(calculation)], self._items(limits)
        if definitions is None:
            charts = [shown.element for shown in self._made if isinstance(shown.element, Chart)]
            made = [*made, method.comparisons(self.language), *method.marks(charts, self.language)]
            own = (item.text.written(self.language) for item in (*made, *limited))
            defined = method.definitions(" ".join([*self._texts(), *own]), self.language)
        else:
            defined = self._items(definitions)
        groups = Group("definitions", defined), Group("calculation", tuple(made)), Group("limits", limited)
        return self._shown(Method(groups))

    def _texts(self) -> Iterator[str]:
        """All that the elements made so far say."""
        for made in self._made:
            yield from (written.text for written in made.element.texts(self.language))

    def sources(self) -> Shown:
        """Show every table used, its publisher, period, version and licence, and how to cite the briefing.

        Where the briefing audits the data package, that stands there as one source; each of its tables is recorded.
        """
        rows = [self._source(table) for table in self._tables.values()]
        if self._inventory is not None:
            rows.insert(0, self._package_source(self._inventory))
            others = [table for table in self._inventory.tables if table.name not in self._tables]
            rows += [self._source(table, printed=False) for table in others]
        parts = {part for made in self._made for part in made.parts}  # a pair that is not shown is told once
        unshown = (
            Unshown(made.origin, made.element.kind, plain(made.element, self.language))
            for made in self._made
            if not made.displayed and made not in parts
        )
        return self._shown(Sources(tuple(rows), tuple(unshown)))

    def _source(self, table: Table, *, printed: bool = True) -> Source:
        described = table.metadata
        return Source(
            table=table.name,
            source_id=described.provenance["source_id"],
            vintage=str(described.provenance["version"]),
            hash=described.resource["hash"],
            printed=printed and described.has_numbers and not table.empty,
            publisher=described.publisher(self.language),
            span=tuple(table.span) if table.span else None,
            last=table.last,
            version=table.version(self.language),
            read_on=described.provenance["date_accessed"],
            licence=described.licence(self.language),
        )

    def _package_source(self, inventory: Inventory) -> Source:
        return Source(
            table=inventory.name,
            source_id=inventory.name,
            vintage=inventory.version,
            hash=digest_of_names(self._package.names),
            printed=True,
            publisher=word("data_package", self.language),
            span=tuple(inventory.span) if inventory.span else None,
            last=None,
            version=inventory.version,
            read_on=inventory.read_on,
            licence=word("licence_of_each", self.language),
        )

    # -- parts of elements ----------------------------------------------------------------------------------------

    def _shown(self, element: Element, *parts: Shown) -> Shown:
        made = Shown(element, self.language, parts)
        self._made.append(made)
        return made

    def _words(self, text: Text) -> Sentence:
        return Sentence.of(text, self.language)

    def _prose(self, text: Text) -> Sentence:
        return Sentence.of(text, self.language, prose=True)

    def _paragraph(self, texts: Iterable[Text]) -> Paragraph:
        return Paragraph(tuple(map(self._prose, texts)))

    def _cells(self, row: Sequence[Quantity | Text | str], formats: Sequence[str]) -> tuple[Cell, ...]:
        return tuple(self._cell(value, j, spec) for j, (value, spec) in enumerate(zip(row, formats, strict=True), 1))

    def _cell(self, value: Quantity | Text | str, column: int, spec: str) -> Cell:
        if isinstance(value, Quantity):
            return FactRun(f"column {column}", Fact.of(value), spec)
        return self._words(value) if isinstance(value, Text) else Sentence.of_word(value)

    def _key_number(self, figure: KeyFigure) -> KeyNumber:
        moved = None if _withheld(figure) else _moved(figure)
        before = figure.before if moved is not None else None
        shown = before is not None and before.value is not None
        return KeyNumber(
            value=Fact.of(figure.value),
            label=self._words(figure.label),
            before=Fact.of(before) if before is not None and shown else None,
            change=Fact.of(moved) if moved is not None and shown and moved.missing != "too_few" else None,
            reference=self._words(figure.reference) if figure.reference else None,
            format=figure.format,
            last_datum=self._last_datum(figure.value),
            spark=_spark(figure),
        )

    def _absent(self, labels: Sequence[str]) -> str:
        """The sentence that names the figures without a value at the date; empty where all have one."""
        named = "; ".join(map(self._unnumbered, labels))
        return f"{word('absent_at_date', self.language)}: {named}." if named else ""

    def _unnumbered(self, label: str) -> str:
        """A label without its number: one that goes on from it ("of the claims…") leaves its place open."""
        goes_on = label.split()[0] in word("goes_on", self.language).split()
        return word("quoted", self.language).format(text=f"… {label}") if goes_on else label

    def _last_datum(self, value: Quantity) -> str:
        """The ISO period up to which there are data of what a figure counts; empty where its tables have no periods."""
        tables = [self.table(name) for name in value.tables if name in self._package.names]
        ends = [end for table in tables if (end := table.last_day(value)) is not None]
        return shortest_moment(min(ends)) if ends else ""

    def _items(self, given: Sequence[Text | tuple[Text, Text]]) -> tuple[Item, ...]:
        pairs = (entry if isinstance(entry, tuple) else method.headed(entry) for entry in stated(given))
        return tuple(Item(self._words(term), self._prose(body)) for term, body in pairs if body)

    def _sources(self, tables: Sequence[TableSource]) -> Sentence:
        line = source_line((credit for table in tables for credit in table.credits(self.language)), self.language)
        return Sentence((Citation(line),))

    def _note(self, note: Text, breaks: Iterable[Break], end: str = "") -> Paragraph:
        """A note with the sentences on breaks of the series that it does not say itself, and what ends it."""
        said = self._words(note)
        sentences = dict.fromkeys(b.sentence(self.language) for b in breaks)
        unsaid = [s for s in sentences if s not in said.written(self.language)]
        return Paragraph((said, *(Sentence((Label(s),)) for s in unsaid), *([Sentence((end,))] if end else [])))


def _moved(figure: KeyFigure) -> Quantity | None:
    if figure.before is None:
        return None
    measure = difference if figure.value.unit == "percent" else change
    moved = measure(figure.value, figure.before)
    return replace(moved, value=None, missing="too_few") if _of_few(figure.before) else moved


def _of_few(before: Quantity) -> bool:
    """Whether a change in percent from it would be of fewer cases than a share needs: the two counts say it all."""
    counts = not before.unit.startswith(_NO_COUNTS) and "_per_" not in before.unit
    return counts and before.value is not None and before.value < MIN_SHARE_BASE


def _withheld(figure: KeyFigure) -> tuple[Break, ...]:
    """The breaks of the series for which a figure is not compared with the one before."""
    if figure.before is None:
        return ()
    if figure.before.missing == "break":
        return crossed(figure.before.period, figure.value.period, figure.before.breaks)
    return figure.before.breaks_to(figure.value)


def _spark(figure: KeyFigure) -> tuple[float | None, ...]:
    """The values of the small chart, with an empty place where the series is broken; none where it is not drawn."""
    if not is_drawn(figure.spark):
        return ()
    values = [None if pd.isna(v) else float(f"{v:.12g}") for v in figure.spark]
    starts = first_of_each_way(_spark_periods(figure), figure.value.breaks)
    return tuple(v for i, value in enumerate(values) for v in ([None, value] if i in starts else [value]))


def _spark_periods(figure: KeyFigure) -> list[str]:
    """The ISO periods of the small chart; none where it is not drawn, or its table has none."""
    if not is_drawn(figure.spark):
        return []
    table = next((t for t in figure.tables if isinstance(t, Table) and t.name in figure.value.tables), None)
    return _periods(list(figure.spark.index), table) if table else []


def _labels(data: pd.DataFrame) -> list[Any]:
    """What names the periods of the data: the rows, or else the columns."""
    rows = list(data.dropna(how="all").index)
    return rows if any(isinstance(r, pd.Timestamp) or str(r).isdigit() for r in rows) else list(data.columns)


def _periods(labels: Sequence[Any], table: Table) -> list[str]:
    """The ISO periods of a series as its table counts them; none where the labels name no periods."""
    found = [table.metadata.period.named(label) for label in labels]
    return found if all(found) else []


def _breaks_beside(rows: Sequence[Sequence[Quantity | Text | str]]) -> list[Break]:
    """The breaks of series that lie between quantities of one row or one column, or for which one is withheld."""
    lines = [*rows, *zip(*rows, strict=True)]
    quantities = [[cell for cell in line if isinstance(cell, Quantity)] for line in lines]
    levels = [[q for q in line if q.derivation.get("op") not in {"change", "difference"}] for line in quantities]
    between = [b for line in levels for one, other in pairwise(line) for b in one.breaks_to(other)]
    return [*between, *(b for line in quantities for q in line if q.missing == "break" for b in q.breaks)]


def _names(tables: Sequence[TableSource]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t.name for t in tables))


def _unit(tables: Sequence[TableSource]) -> str:
    """The unit that tables count in, where they have one in common."""
    units = {t.metadata.unit for t in tables if isinstance(t, Table)}
    if len(units) != 1:
        named = ", ".join(sorted(units)) or "none"
        raise ElementError(f"the unit of a chart's data is not plain from its tables ({named}): say it, unit='percent'")
    return units.pop()


def _align(head: Sequence[str], rows: Sequence[Sequence[Quantity | Text | str]]) -> tuple[Side, ...]:
    """The side of each column: numbers to the right; the first, and those of texts alone, to the left."""
    texts = [bool(rows) and all(isinstance(row[j], Text) for row in rows) for j in range(len(head))]
    return tuple("left" if j == 0 or words else "right" for j, words in enumerate(texts))


def _column(content: Shown | Sequence[Shown]) -> tuple[Shown, ...]:
    return (content,) if isinstance(content, Shown) else tuple(content)


def _without_text(kind: str, lacks: str = "sentence") -> ElementError:
    return ElementError(f"a {kind} has no {lacks} left: give it one that holds for every date and place")


def _language(value: str) -> Language:
    if value not in LANGUAGES:
        raise ParameterError(f"language is '{value}': it must be one of {', '.join(LANGUAGES)}")
    return value


def _date(value: str) -> date:
    try:
        return iso_date(value)
    except (TypeError, ValueError):
        raise ParameterError(f"as_of is '{value}': it must be a date such as 2026-06-30") from None


def _check_known(as_of: date, newest: date) -> None:
    """Refuse a date of which nothing is known: the data were read before it."""
    if as_of > newest:
        raise ParameterError(f"as_of is '{as_of}': it must be {newest}, when the newest data were read, or earlier")


def _geography(value: str) -> str:
    if not COUNTRY.is_place(value):
        raise ParameterError(f"geography is '{value}': it must be {COUNTRY.code} or a state such as {COUNTRY.example}")
    return value
