"""Metrics through time: lines, bars, parts, panels, spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Unpack

import pandas as pd
from matplotlib.axes import Axes

from analysis import charts
from analysis.charts import Event, Span
from analysis.foundation.tokens import Width
from analysis.metrics.algebra import Metric
from analysis.metrics.axes import Kind
from analysis.metrics.points import NO_LACK, Points, Shown, course, spans
from analysis.report.alternatives import of_course, of_early, of_parts, of_ranking
from analysis.report.arguments import need_texts
from analysis.report.bundle import Shown as Exhibit
from analysis.report.chart_arguments import need_lacking, need_lists, need_one, need_times, row_of
from analysis.report.exhibits import Exhibits, Words
from analysis.values.periods import span_days
from analysis.values.texts import Named, Text, sentences

LINES: Final = of_course("Gráfica de líneas", "Line chart")
BARS: Final = of_course("Barras por año", "Bars by year")
STACKED: Final = of_parts("Barras apiladas por año", "Stacked bars by year")
AREA: Final = of_parts("Áreas por mes", "Areas by month")
MULTIPLES: Final = of_course("Cuadros de barras por año", "Panels of bars by year")
HEAT: Final = of_course("Tabla de cuadros por año", "Cells by year")
TIMELINE: Final = of_ranking("Periodos en una línea de tiempo", "Periods on a line of time")


class Courses(Exhibits):
    """Charts with time on one axis."""

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
        points = self._course("lines", shown, ("year", "month", "quarter"), since=since)
        drawn, words = self._whole(points, words)
        keys = shown if isinstance(shown, Mapping) else points.columns
        name = points.columns[0] if focus is None else row_of("focus", focus, keys)

        def draw(width: Width) -> Axes:
            return charts.lines(
                drawn,
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
        shown: Shown,
        *,
        since: object = "",
        periods: Sequence[object] = (),
        lacking: Mapping[Any, Named] = NO_LACK,
        width: Width = "half",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw one bar a year; one that still runs, or of which only a part is known, is hatched.

        Args:
            shown: the metric, or ``{name: metric}`` where it is to be called otherwise than its column.
            since: the first year; the first known when not given.
            periods: the periods themselves, where not all are meant.
            lacking: the words for years of which months are not known, where the table does not tell.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        need_lists(periods=periods)
        need_lacking(lacking)
        need_one("bars", shown)
        points = self._course("bars", shown, ("year",), since=since, periods=periods, lacking=lacking)
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
        points = self._course("stacked", shown, ("year",), since=since)

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
        points = self._course("area", shown, ("month",), since=since)
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
        need_texts(key=key)
        points = self._course("multiples", shown, ("year",), since=since)
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

    def heat(
        self,
        shown: Mapping[Any, Metric],
        *,
        breaks: Sequence[float],
        since: object = "",
        width: Width = "full",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw one row of cells a metric, one cell a year, darker the higher its number.

        Args:
            shown: the metrics by what each is called.
            breaks: lower limits of the five classes, rising.
            since: the first year; the first known when not given.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        points = self._course("heat", shown, ("year",), since=since)
        drawn, words = self._whole(points, words)
        cells = drawn.T

        def draw(width: Width) -> Axes:
            return charts.heat(cells, language=self.language, breaks=breaks, width=width)

        return self._exhibit("heat", draw, points, HEAT, width, words)

    def timeline(self, shown: Mapping[Any, Metric], *, width: Width = "full", **words: Unpack[Words]) -> Exhibit:
        """Draw one bar a span of each metric, from its first to its last day, its value beside it.

        Args:
            shown: the metrics, of spans, by what each is called.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        points = spans(shown)
        days = [span_days(row.name.iso) for row in points.rows]
        frame = pd.DataFrame(
            {
                "start": [pd.Timestamp(first) for first, _ in days],
                "end": [pd.Timestamp(last) for _, last in days],
                "value": [row.values[0].number for row in points.rows],
            },
            index=[row.series.called(self.language) for row in points.rows],
        )

        def draw(width: Width) -> Axes:
            return charts.timeline(frame, language=self.language, width=width)

        return self._exhibit("timeline", draw, points, TIMELINE, width, words)

    def _course(self, form: str, shown: Shown, drawn: Sequence[Kind], **asked: Any) -> Points:
        """Metrics through time, whose periods a form draws."""
        if asked["since"]:
            span_days(str(asked["since"]))  # which refuses what is no period
        need_times(form, shown, drawn, since=asked["since"], periods=asked.get("periods", ()))
        return course(shown, **asked)

    def _whole(self, points: Points, words: Words) -> tuple[pd.DataFrame, Words]:
        """The numbers of whole periods, where the form has no mark for others, and a note on what it does not mark."""
        whole = [not row.partial for row in points.rows]
        drawn = self._dated(points)[whole] if any(whole) else self._dated(points)
        note = sentences(words.get("note"), *of_early(points, any(whole)))
        return drawn, {**words, "note": note}
