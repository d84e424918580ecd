"""What charts of metrics have in common: data, language, width, sources, words and facts follow from these."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Required, TypedDict

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.plots import plotted
from analysis.foundation.tokens import Width
from analysis.foundation.words import LANGUAGES, Language
from analysis.metrics.key_figures import Column
from analysis.metrics.points import Points, thing
from analysis.metrics.readings import IsoPeriod, label_of
from analysis.package import press
from analysis.package.metadata import Metadata
from analysis.package.table import Table
from analysis.report.alternatives import Alternative
from analysis.report.arguments import need_columns, need_function, need_height, need_texts, need_words
from analysis.report.bundle import Shown as Exhibit
from analysis.report.chart_arguments import row_of
from analysis.report.chart_data import point_data
from analysis.report.elements import ElementError
from analysis.report.page import Draw, Page
from analysis.values.breaks import Break, first_of_each_way, inside
from analysis.values.quantities import EN_DASH, Quantity
from analysis.values.texts import MaybeText, Named, Text, sentences, text


class Words(TypedDict, total=False):
    """The texts of a chart.

    Attributes:
        title: the finding.
        subtitle: what is counted, of whom, where; the period follows where it names none. The title of the table, when
            not given.
        note: what must be known besides the source; `condition and say(...)` may leave it out.
        alt: what stands for the chart, instead of the words that are made of its points.
        also: a sentence after these words.
    """

    title: Required[Text]
    subtitle: Text
    note: MaybeText
    alt: Text
    also: Text


class Exhibits(Page):
    """What draws metrics."""

    def plot(
        self,
        draw: Callable[[Axes], object],
        *,
        title: Text,
        subtitle: Text,
        alt: Text,
        data: pd.DataFrame,
        tables: Sequence[Table],
        note: MaybeText = None,
        height: float = 200,
        unit: str | Mapping[str, str] = "",
        width: Width = "full",
    ) -> Exhibit:
        """Show what any function of seaborn or matplotlib draws, once at each width.

        Args:
            draw: draws on the axes that it is given, of the right size and in the style of the briefings, and on no
                others: ``lambda ax: sns.violinplot(data=wide, ax=ax)``.
            title: the finding.
            subtitle: what is counted, of whom, where, when.
            alt: what it shows, with the values that make its shape: nothing here knows what was drawn.
            data: the values drawn, as the table that readers may open: one row a name or a period.
            tables: where the data come from.
            note: what must be known besides the source.
            height: of the drawing, in points.
            unit: key of the unit of the data, or of each column by its name; that of the tables when not given.
            width: full or half of the text width.

        Raises:
            ChartError: if `draw` draws elsewhere, or leaves the axes empty.
            ElementError: if an argument is not what it should be.
        """
        need_function(draw, "lambda ax: sns.violinplot(data=wide, ax=ax), which draws on the axes that it is given")
        need_height(height)
        return self.chart(
            plotted(draw, height),
            title=title,
            subtitle=subtitle,
            alt=alt,
            note=note or Text("", ""),
            tables=tables,
            data=data,
            unit=unit,
            width=width,
        )

    def grid(
        self,
        *columns: Column,
        title: Text,
        rows_of: Text | None = None,
        note: MaybeText = None,
        emphasis: int | None = None,
        muted: object = None,
        total: bool = False,
    ) -> Exhibit:
        """Show a table: a row a name, a column a measure.

        Args:
            *columns: its columns (see `column`); the first one says which rows there are, and in which order.
            title: what it holds.
            rows_of: what names the rows; the column of the table, when not given.
            note: what must be known besides the source.
            emphasis: which of the columns is in focus, from 1.
            muted: what the row of the others is called.
            total: whether the last row is the total.

        Raises:
            ElementError: if there is no column, or an argument is not what it should be.
        """
        need_columns(columns, emphasis)
        need_texts(rows_of=[] if rows_of is None else rows_of)
        keys = list(columns[0].cells)
        names = [label_of(key) for key in keys]
        values = [cell for column in columns for cell in column.cells.values() if isinstance(cell, Quantity)]
        tables = self._tables_of(values)
        first = (rows_of.render(self.language) if rows_of else thing(values, tables).called(self.language)) or " "
        return self.chart_table(
            title=title,
            head=[first, *(column.head.render(self.language) for column in columns)],
            rows=[
                [name.called(self.language), *(_cell(c, key) for c in columns)]
                for name, key in zip(names, keys, strict=True)
            ],
            formats=["", *(column.format for column in columns)],
            emphasis=emphasis,
            muted_row=None if muted is None else names.index(row_of("muted", muted, keys)),
            total=total,
            tables=[t.used_by(values) if press.is_quoted(t.frame) else t for t in tables],
            note=note or Text("", ""),
        )

    # -- what all have in common ----------------------------------------------------------------------------------

    def _exhibit(
        self,
        form: str,
        draw: Draw,
        points: Points,
        told: Alternative,
        width: Width,
        words: Words,
        *,
        noted: MaybeText = None,
    ) -> Exhibit:
        """Show what is drawn of some points; `noted` is said after the note of the author."""
        need_words(words, Words.__annotations__)
        texts = {
            "title": words["title"],
            "subtitle": words.get("subtitle") or _title_of(points),
            "alt": sentences(words.get("alt") or told(points), words.get("also")),
            "note": sentences(words.get("note"), noted) if noted else words.get("note") or Text("", ""),
        }
        texts["subtitle"] = _dated_text(texts["subtitle"], points)
        need_texts(**texts)
        labels, broken = _broken(points, self.language)
        return self._charted(
            draw, width, form, labels, texts, broken, point_data(points, self.language), sources_of(points)
        )

    def _dated(self, points: Points) -> Any:
        return points.dated(self.language)

    def _unit(self, points: Points) -> str:
        """The word for the unit, on the axis."""
        unit = points.unit
        table = next((table for table in points.tables if table.metadata.unit == unit), None)
        return table.metadata.resource["unit"][self.language] if table else "%" if unit == "percent" else ""

    def _incomplete(self, points: Points) -> dict[int, str]:
        """The words of the years that are not whole, or preliminary."""
        marks = {row.name.iso: row.mark(self.language) for row in points.rows}
        return {int(iso[:4]): told for iso, told in marks.items() if told}


def _cell(column: Column, key: Any) -> Quantity | Text | str:
    """What stands in a row of a column; a dash where nothing is known of it."""
    cell = column.cells.get(key)
    return EN_DASH if cell is None else cell


def sources_of(points: Points) -> list[Table]:
    """Return the tables of some points; of those that quote documents, the rows that were used."""
    return [t.used_by(points.values) if press.is_quoted(t.frame) else t for t in points.tables]


def _title_of(points: Points) -> Text:
    """What is counted: the title of the table, where there is a single one, and its unit where that does not say it."""
    if len(points.tables) != 1:
        raise ElementError(
            "what this chart counts does not follow from one table: say it, subtitle=say(es='...', en='...')"
        )
    es, en = (_with_unit(points.tables[0].metadata, language, points.unit) for language in LANGUAGES)
    return text("{title}", "{title}", title=Named(es, en, "label"))


def _with_unit(metadata: Metadata, language: Language, unit: str) -> str:
    title, words = str(metadata.title(language)), metadata.resource["unit"][language]
    return title if unit != metadata.unit or words.lower() in title.lower() else f"{title} ({words})"


def _dated_text(subtitle: Text, points: Points) -> Text:
    """A subtitle with the period of what is drawn, where it does not name it."""
    named = any(isinstance(value, Named) and value.iso == points.span for value in subtitle.values.values())
    if named or not points.span:
        return subtitle
    span = IsoPeriod(points.span).named(short=True)
    return text(f"{subtitle.es}, {{span}}", f"{subtitle.en}, {{span}}", **subtitle.values, span=span)


def _broken(points: Points, language: Language) -> tuple[list[Any], list[Break]]:
    """The rows before which what is counted changes, as the forms know them, and the breaks that lie between rows."""
    breaks = list(dict.fromkeys(b for value in points.values for b in value.breaks))
    named = [next((v.period for v in row.values if v.value is not None), row.name.iso) for row in points.rows]
    if not breaks or not all(row.name.iso for row in points.rows):
        return [], []
    labels = points.dated(language).index
    return [labels[i] for i in first_of_each_way(named, breaks)], list(inside(named, breaks))
