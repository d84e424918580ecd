"""The charts that a briefing makes of metrics: data, language, width, sources, words and facts follow from these."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Required, TypedDict, Unpack

import pandas as pd
from matplotlib.axes import Axes

from analysis import charts
from analysis.charts import Event, Span
from analysis.charts.plots import plotted
from analysis.foundation.tokens import Width
from analysis.foundation.words import Language
from analysis.metrics.algebra import Metric
from analysis.metrics.key_figures import Column
from analysis.metrics.points import Points, Shown, course, pairs, ranking, thing
from analysis.metrics.readings import IsoPeriod, label_of
from analysis.package import press
from analysis.package.table import Table
from analysis.report.alternatives import Alternative, of_course, of_pairs, of_parts, of_ranking
from analysis.report.arguments import need_texts
from analysis.report.bundle import Shown as Exhibit
from analysis.report.chart_data import point_data
from analysis.report.elements import ElementError
from analysis.report.page import Draw, Page
from analysis.values.breaks import Break, first_of_each_way, inside
from analysis.values.quantities import EN_DASH, Quantity
from analysis.values.texts import MaybeText, Named, Text, sentences, text

LINES: Final = of_course("Gráfica de líneas", "Line chart")
BARS: Final = of_course("Barras por año", "Bars by year")
STACKED: Final = of_parts("Barras apiladas por año", "Stacked bars by year")
AREA: Final = of_parts("Áreas apiladas por mes", "Stacked areas by month")
MULTIPLES: Final = of_course("Un cuadro de barras por serie", "A panel of bars a series")
RANKED: Final = of_ranking("Barras ordenadas", "Ranked bars")
WITH_OTHERS: Final = of_ranking("Barras ordenadas", "Ranked bars", others=True)
TILES: Final = of_ranking("Mapa de cuadros por entidad", "Tile map of the states")
DUMBBELL: Final = of_pairs("Dos puntos por renglón", "Two dots a row")


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


class PlotWords(TypedDict, total=False):
    """The texts of an author's own drawing (see `Words`)."""

    title: Required[Text]
    subtitle: Required[Text]
    note: MaybeText


class Exhibits(Page):
    """What draws metrics; a briefing is one."""

    def lines(
        self,
        shown: Shown,
        *,
        since: object = "",
        focus: object = None,
        peaks: int | None = None,
        events: Sequence[Event] = (),
        spans: Sequence[Span] = (),
        width: Width = "full",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw one line a metric over years or months, its name and last value at the right end.

        Args:
            shown: a metric, or several by what each is called: ``received.by("nationality", top=4)``.
            since: the first period; the first known when not given.
            focus: what the line in focus is called; the first one when not given.
            peaks: how many lines have their highest value marked.
            events: what happened when.
            spans: what held for a time.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        points = course(shown, since=since)
        name = points.columns[0] if focus is None else label_of(focus)

        def draw(width: Width) -> Axes:
            return charts.lines(
                self._dated(points),
                unit=self._unit(points),
                language=self.language,
                width=width,
                focus=name.called(self.language),
                peaks=peaks,
                events=events,
                spans=spans,
            )

        return self._exhibit("lines", draw, points, LINES, width, words)

    def bars(
        self,
        shown: Metric,
        *,
        since: object = "",
        periods: Sequence[object] = (),
        width: Width = "half",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw one bar a year; one that still runs, or of which only a part is known, is hatched.

        Args:
            shown: the metric.
            since: the first year; the first known when not given.
            periods: the periods themselves, where not all are meant.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        points = course(shown, since=since, periods=periods)
        values = self._dated(points).iloc[:, 0]

        def draw(width: Width) -> Axes:
            return charts.bars(values, language=self.language, width=width, incomplete=self._incomplete(points))

        return self._exhibit("bars", draw, points, BARS, width, words)

    def stacked(
        self, shown: Mapping[Any, Metric], *, since: object = "", width: Width = "half", **words: Unpack[Words]
    ) -> Exhibit:
        """Draw one bar a year in up to three parts.

        Args:
            shown: the metrics by what each is called, from the foot up.
            since: the first year; the first known when not given.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        points = course(shown, since=since)

        def draw(width: Width) -> Axes:
            return charts.stacked_bars(
                self._dated(points),
                unit=self._unit(points),
                language=self.language,
                width=width,
                incomplete=self._incomplete(points),
            )

        return self._exhibit("stacked_bars", draw, points, STACKED, width, words)

    def area(
        self,
        shown: Mapping[Any, Metric],
        *,
        since: object = "",
        events: Sequence[Event] = (),
        width: Width = "full",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw one layer a metric over months; from the first preliminary month on they are hatched.

        Args:
            shown: the metrics by what each is called, from the foot up.
            since: the first month; the first known when not given.
            events: what happened when.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        points = course(shown, since=since)
        frame, early = self._dated(points), [row.preliminary for row in points.rows]
        since_when = frame.index[early.index(True)].date() if any(early) else None

        def draw(width: Width) -> Axes:
            unit = self._unit(points)
            return charts.stacked_area(
                frame, unit=unit, language=self.language, width=width, preliminary_from=since_when, events=events
            )

        return self._exhibit("stacked_area", draw, points, AREA, width, words)

    def multiples(
        self,
        shown: Mapping[Any, Metric],
        *,
        key: Text,
        since: object = "",
        width: Width = "full",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw one small panel of bars a metric, all on one scale.

        Args:
            shown: the metrics by what each is called, in reading order.
            key: what a bar counts.
            since: the first year; the first known when not given.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        points = course(shown, since=since)
        running = {year: f"{year}, {told}" for year, told in self._incomplete(points).items()}

        def draw(width: Width) -> Axes:
            return charts.small_multiples(
                self._dated(points),
                language=self.language,
                width=width,
                key=key.render(self.language),
                incomplete=running,
            )

        return self._exhibit("small_multiples", draw, points, MULTIPLES, width, words)

    def ranked(
        self,
        shown: Mapping[Any, Metric | Quantity],
        *,
        tables: Sequence[Table] = (),
        highlight: int = 2,
        other: tuple[Named, Quantity] | None = None,
        focus: object = None,
        width: Width = "half",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw one horizontal bar an item, the largest first.

        Args:
            shown: metrics, of which the last value is drawn, or values, by what each is called.
            tables: the tables that values were taken from; metrics know theirs.
            highlight: how many of the first bars are dark.
            other: name and value of the remainder, a grey bar at the foot.
            focus: what the one dark bar is called, wherever it stands, instead of the first ones.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        points = ranking({**shown, **({other[0]: other[1]} if other else {})}, tables)
        values = points.named(self.language).iloc[:, 0]
        rest = None if other is None else (str(values.index[-1]), float(values.iloc[-1]))
        name = None if focus is None else label_of(focus).called(self.language)

        def draw(width: Width) -> Axes:
            return charts.ranked_bars(
                values if other is None else values.iloc[:-1],
                language=self.language,
                width=width,
                highlight=highlight,
                other=rest,
                focus=name,
            )

        return self._exhibit("ranked_bars", draw, points, RANKED if other is None else WITH_OTHERS, width, words)

    def tiles(
        self,
        shown: Mapping[Any, Metric | Quantity],
        *,
        breaks: Sequence[float],
        tables: Sequence[Table] = (),
        highlight: str | None = None,
        width: Width = "half",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw one tile a state with its value.

        Args:
            shown: metrics, of which the last value is drawn, or values, by the code of the state.
            breaks: lower limits of the five classes, rising.
            tables: the tables that values were taken from; metrics know theirs.
            highlight: code of the state in focus.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        points = ranking(shown, tables)
        values = points.named(self.language).iloc[:, 0].set_axis([str(code) for code in shown])

        def draw(width: Width) -> Axes:
            return charts.tile_map(values, language=self.language, width=width, breaks=breaks, highlight=highlight)

        return self._exhibit("tile_map", draw, points, TILES, width, words)

    def dumbbell(self, shown: Mapping[Any, Metric], *, width: Width = "half", **words: Unpack[Words]) -> Exhibit:
        """Draw two dots a metric, hollow for the value before and full for the last.

        Args:
            shown: the metrics by what each is called.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        points = pairs(shown)
        unit = "%" if points.unit == "percent" else ""

        def draw(width: Width) -> Axes:
            return charts.dumbbell(points.named(self.language), language=self.language, width=width, unit=unit)

        return self._exhibit("dumbbell", draw, points, DUMBBELL, width, words)

    def plot(
        self,
        draw: Callable[[Axes], object],
        *,
        data: pd.DataFrame,
        tables: Sequence[Table],
        alt: Text,
        height: float = 200,
        unit: str | Mapping[str, str] = "",
        width: Width = "full",
        **words: Unpack[PlotWords],
    ) -> Exhibit:
        """Show what any function of seaborn or matplotlib draws, once at each width.

        Args:
            draw: draws on the axes that it is given, of the right size and in the style of the briefings, and with no
                others: ``lambda ax: sns.violinplot(data=wide, ax=ax)``.
            data: the values drawn, as the table that readers may open: one row a name or a period.
            tables: where the data come from.
            alt: what it shows, with the values that make its shape: nothing here knows what was drawn.
            height: of the drawing, in points.
            unit: key of the unit of the data, or of each column by its name; that of the tables when not given.
            width: full or half of the text width.
            **words: title, subtitle, note (see `Words`).

        Raises:
            ElementError: if `draw` draws elsewhere, or leaves the axes empty.
        """
        return self.chart(
            plotted(draw, height),
            title=words["title"],
            subtitle=words["subtitle"],
            alt=alt,
            note=words.get("note") or Text("", ""),
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
            ElementError: if there is no column.
        """
        if not columns:
            raise ElementError("a table needs a column: b.grid(column({...}, es='...', en='...'), title=...)")
        keys = list(columns[0].cells)
        names = [label_of(key).called(self.language) for key in keys]
        values = [cell for column in columns for cell in column.cells.values() if isinstance(cell, Quantity)]
        tables = self._tables_of(values)
        first = (rows_of.render(self.language) if rows_of else thing(values, tables).called(self.language)) or " "
        return self.chart_table(
            title=title,
            head=[first, *(column.head.render(self.language) for column in columns)],
            rows=[[name, *(c.cells.get(key, EN_DASH) for c in columns)] for name, key in zip(names, keys, strict=True)],
            formats=["", *(column.format for column in columns)],
            emphasis=emphasis,
            muted_row=None if muted is None else names.index(label_of(muted).called(self.language)) - len(names),
            total=total,
            tables=[t.used_by(values) if press.is_quoted(t.frame) else t for t in tables],
            note=note or Text("", ""),
        )

    # -- what all have in common ----------------------------------------------------------------------------------

    def _exhibit(self, form: str, draw: Draw, points: Points, told: Alternative, width: Width, words: Words) -> Exhibit:
        texts = {
            "title": words["title"],
            "subtitle": words.get("subtitle") or _title_of(points),
            "alt": sentences(words.get("alt") or told(points), words.get("also")),
            "note": words.get("note") or Text("", ""),
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


def sources_of(points: Points) -> list[Table]:
    """Return the tables of some points; of those that quote documents, the rows that were used."""
    return [t.used_by(points.values) if press.is_quoted(t.frame) else t for t in points.tables]


def _title_of(points: Points) -> Text:
    """What is counted: the title of the table, where there is a single one."""
    if len(points.tables) != 1:
        raise ElementError(
            "what this chart counts does not follow from one table: say it, subtitle=say(es='...', en='...')"
        )
    es, en = (str(points.tables[0].metadata.title(language)) for language in ("es", "en"))
    return text("{title}", "{title}", title=Named(es, en, "label"))


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
