"""What a report is written on: its parameters, the data of its date, and how charts and tables are shown on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts import style
from analysis.charts.ink import Ink, layout_faults, picture, refuse_words
from analysis.foundation.errors import AnalysisError
from analysis.foundation.tokens import Width
from analysis.foundation.words import LANGUAGES, Language
from analysis.metrics.key_figures import TableSource
from analysis.mexico import COUNTRY
from analysis.package.credits import source_line
from analysis.package.data_package import DataPackage
from analysis.package.folder import find_data_folder
from analysis.package.table import Table
from analysis.report.arguments import (
    need_data,
    need_function,
    need_rows,
    need_shown,
    need_tables,
    need_texts,
)
from analysis.report.audit import Inventory
from analysis.report.bundle import Shown
from analysis.report.chart_data import ChartData, chart_data
from analysis.report.elements import (
    Cell,
    Chart,
    Element,
    ElementError,
    Pair,
    Side,
    check_chart_texts,
    check_height,
)
from analysis.report.elements import Table as ShownTable
from analysis.report.facts import Fact
from analysis.report.runs import Citation, FactRun, Label, Paragraph, Sentence
from analysis.values.breaks import Break, first_of_each_way, inside
from analysis.values.quantities import Quantity, format_period, iso_date
from analysis.values.texts import Text, Word

Draw = Callable[[Width], Axes]
"""Draws a chart at a width, and returns its axes."""

NOTHING: Final = Text("", "")
"""No note."""
NO_MARKS: Final[Mapping[Any, str]] = {}


class ParameterError(AnalysisError, ValueError):
    """A parameter whose value is not allowed: the message names it and says what is."""


class Page:
    """The parameters of a report, the data of its date, and what charts and tables have in common: see `Briefing`."""

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

    def label(self, es: str, en: str) -> str:
        """Return the wording of the briefing's language: ``ax.set_xlabel(b.label("Año", "Year"))``."""
        return es if self.language == "es" else en

    pick = label

    @property
    def country_wide(self) -> bool:
        """Whether the briefing is about the country rather than one state."""
        return self.geography == COUNTRY.code

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
        if not tables:
            raise ElementError("tables is empty: say where the data come from, tables=[b.table('...')]")
        need_function(draw, "lambda width: charts.lines(..., width=width)")
        need_data(data, unit, marks)
        labels, counted = _labels(data), [t for t in tables if isinstance(t, Table) and t.breaks]
        broken = [b for t in counted for b in inside(periods_of(labels, t), t.breaks)]
        starts = sorted({i for t in counted for i in first_of_each_way(periods_of(labels, t), t.breaks)})
        texts = {"title": title, "subtitle": subtitle, "alt": alt, "note": note}
        values = chart_data(data, unit or _unit(tables), marks)
        return self._charted(draw, width, "", [labels[i] for i in starts], texts, broken, values, tables)

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
            muted_row: the place of the row of the others, from 0, or from the end where it is negative.
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
                muted_row=None if muted_row is None or not rows else muted_row % len(rows),
                total=total,
                source=self._sources(tables),
                note=self._note(note, _breaks_beside(rows)),
                tables=names_of(tables),
            )
        )

    def pair(self, left: Shown | Sequence[Shown], right: Shown | Sequence[Shown]) -> Shown:
        """Show two half-width columns side by side."""
        need_shown(left=left, right=right)
        columns = _column(left), _column(right)
        pair = Pair(*(tuple(shown.element for shown in column) for column in columns))
        return self._shown(pair, *columns[0], *columns[1])

    def _tables_of(self, values: Iterable[Quantity]) -> list[Table]:
        """The tables that values were taken from."""
        return [self.table(name) for name in dict.fromkeys(name for value in values for name in value.tables)]

    def _charted(
        self,
        draw: Draw,
        width: Width,
        form: str,
        starts: Sequence[Any],
        texts: Mapping[str, Text],
        broken: Iterable[Break],
        data: ChartData,
        tables: Sequence[TableSource],
    ) -> Shown:
        """Draw a chart, once a width, and show it with its texts and its data."""
        style.check_width(width)
        with style.broken_at(starts):
            drawn = draw(width)
            narrow = draw("half") if width == "full" else None
        svg, ink = _picture(drawn)
        narrow_svg, narrow_ink = _picture(narrow) if narrow else ("", None)
        faults = layout_faults(ink)
        faults += [f"on a narrow screen, {fault}" for fault in layout_faults(narrow_ink)] if narrow_ink else []
        chart = Chart(
            form=form or style.form_of(drawn),
            width=width,
            title=self._words(texts["title"]),
            subtitle=self._words(texts["subtitle"]),
            alt=self._prose(texts["alt"]),
            source=self._sources(tables),
            note=self._note(texts["note"], broken),
            data=data,
            download=all(t.republish for t in tables),
            tables=names_of(tables),
            narrow=tuple(narrow_svg.split("\n")) if narrow else (),
            faults=tuple(faults),
            svg=svg,
        )
        check_chart_texts(chart, self.language)
        check_height(style.height_of(drawn), chart.title.written(self.language))
        return self._shown(chart)

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

    def _sources(self, tables: Sequence[TableSource]) -> Sentence:
        line = source_line((credit for table in tables for credit in table.credits(self.language)), self.language)
        return Sentence((Citation(line),))

    def _note(self, note: Text, breaks: Iterable[Break], end: str = "") -> Paragraph:
        """A note with the sentences on breaks of the series that it does not say itself, and what ends it."""
        said = self._words(note)
        sentences = dict.fromkeys(b.sentence(self.language) for b in breaks)
        unsaid = [s for s in sentences if s not in said.written(self.language)]
        return Paragraph((said, *(Sentence((Label(s),)) for s in unsaid), *([Sentence((end,))] if end else [])))


def _picture(drawn: Axes) -> tuple[str, Ink]:
    """A drawing that can be printed, and its ink."""
    svg, ink = picture(drawn)
    refuse_words(ink)
    return svg, ink


def _labels(data: pd.DataFrame) -> list[Any]:
    """What names the periods of the data: the rows, or else the columns."""
    rows = list(data.dropna(how="all").index)
    return rows if any(isinstance(r, pd.Timestamp) or str(r).isdigit() for r in rows) else list(data.columns)


def periods_of(labels: Sequence[Any], table: Table) -> list[str]:
    """Return the ISO periods of a series as its table counts them; none where the labels name no periods."""
    found = [table.metadata.period.named(label) for label in labels]
    return found if all(found) else []


def _breaks_beside(rows: Sequence[Sequence[Quantity | Text | str]]) -> list[Break]:
    """The breaks of series that lie between quantities of one row or one column, or for which one is withheld."""
    lines = [*rows, *zip(*rows, strict=True)]
    quantities = [[cell for cell in line if isinstance(cell, Quantity)] for line in lines]
    levels = [[q for q in line if q.derivation.get("op") not in {"change", "difference"}] for line in quantities]
    between = [b for line in levels for one, other in pairwise(line) for b in one.breaks_to(other)]
    return [*between, *(b for line in quantities for q in line if q.missing == "break" for b in q.breaks)]


def names_of(tables: Sequence[TableSource]) -> tuple[str, ...]:
    """Return the names of tables, each once."""
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
