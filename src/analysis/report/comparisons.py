"""Metrics side by side: ranked, on a map, before and after, step by step, with a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Unpack

from matplotlib.axes import Axes

from analysis import charts
from analysis.charts import Verdict
from analysis.foundation.tokens import Width
from analysis.metrics.algebra import Metric
from analysis.metrics.points import Points, moves, pairs, ranking
from analysis.mexico import COUNTRY
from analysis.report.alternatives import of_pairs, of_ranking, of_steps, of_verdicts
from analysis.report.bundle import Shown as Exhibit
from analysis.report.chart_arguments import (
    need_compared,
    need_named,
    need_number_of_bars,
    need_remainder,
    need_states,
    need_steps,
    need_values,
    row_of,
    verdicts_of,
)
from analysis.report.exhibits import Exhibits, Words
from analysis.values.quantities import Quantity
from analysis.values.texts import Named, text

RANKED: Final = of_ranking("Barras ordenadas", "Ranked bars")
WITH_OTHERS: Final = of_ranking("Barras ordenadas", "Ranked bars", others=True)
TILES: Final = of_ranking("Mapa de cuadros por entidad", "Tile map of the states")
DUMBBELL: Final = of_pairs("Pares de puntos", "Pairs of dots")
CHANGES: Final = of_ranking("Un punto por renglón, en su cambio", "A dot a row, at its change", spec="+ 0")
WATERFALL: Final = of_steps("Cascada", "Waterfall")
LOCATOR: Final = of_ranking("Contorno del país con lo que se nombra", "Outline of the country with what is named")


class Comparisons(Exhibits):
    """Charts with names on one axis."""

    def ranked(
        self,
        shown: Mapping[Any, Metric | Quantity],
        *,
        highlight: int = 2,
        other: tuple[Named, Quantity] | None = None,
        focus: object = None,
        width: Width = "half",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw one horizontal bar an item, the largest first.

        Args:
            shown: metrics, of which the last value is drawn, or values, by what each is called.
            highlight: how many of the first bars are dark.
            other: name and value of the remainder, a grey bar at the foot.
            focus: what the one dark bar is called, wherever it stands, instead of the first ones.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        need_named("ranked", shown)
        need_remainder(other)
        need_number_of_bars(highlight)
        points = self._ranking({**shown, **({other[0]: other[1]} if other else {})})
        need_values("ranked", points)
        values = points.named(self.language).iloc[:, 0]
        rest = None if other is None else (str(values.index[-1]), float(values.iloc[-1]))
        name = None if focus is None else row_of("focus", focus, shown).called(self.language)

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
        highlight: str | None = None,
        width: Width = "half",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw one tile a state with its value.

        Args:
            shown: metrics, of which the last value is drawn, or values, by the code of the state.
            breaks: lower limits of the five classes, rising.
            highlight: code of the state in focus.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        need_named("tiles", shown)
        need_states("tiles", [*shown, *([] if highlight is None else [highlight])])
        points = self._ranking(shown)
        need_values("tiles", points)
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
        need_named("dumbbell", shown)
        points = pairs(shown)
        need_compared("dumbbell", points)
        unit = "%" if points.unit == "percent" else ""

        def draw(width: Width) -> Axes:
            return charts.dumbbell(points.named(self.language), language=self.language, width=width, unit=unit)

        return self._exhibit("dumbbell", draw, points, DUMBBELL, width, words)

    def changes(
        self, shown: Mapping[Any, Metric], *, focus: object = None, width: Width = "half", **words: Unpack[Words]
    ) -> Exhibit:
        """Draw one dot a metric at its change since before, the largest rise first.

        Args:
            shown: the metrics by what each is called.
            focus: what the one in focus is called.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        need_named("changes", shown)
        points = moves(shown)
        need_compared("changes", points)
        values = points.named(self.language).iloc[:, 0]
        name = None if focus is None else row_of("focus", focus, shown).called(self.language)
        unit = "%" if points.unit == "percent" else ""

        def draw(width: Width) -> Axes:
            return charts.changes(values, language=self.language, unit=unit, width=width, focus=name)

        return self._exhibit("changes", draw, points, CHANGES, width, words)

    def waterfall(
        self,
        shown: Mapping[Any, Metric | Quantity],
        *,
        width: Width = "full",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw how a value became another by steps.

        Args:
            shown: the first value, the steps, which add up, and the last value, in order, by what each is called.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        need_named("waterfall", shown)
        points = self._ranking(shown)
        need_steps(points)
        values, unit = points.named(self.language).iloc[:, 0], self._unit(points)

        def draw(width: Width) -> Axes:
            return charts.waterfall(values, language=self.language, unit=unit, width=width)

        return self._exhibit("waterfall", draw, points, WATERFALL, width, words)

    def scorecard(
        self,
        shown: Mapping[Any, Metric],
        *,
        verdicts: Mapping[Any, tuple[Named, Verdict]],
        width: Width = "full",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw a row a metric: its value before, its last one, and a verdict as a word on a colour.

        Args:
            shown: the metrics by what each is called, all of one unit.
            verdicts: for each, the word and what it means: ``holds``, ``changed`` or ``unknown``.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        need_named("scorecard", shown)
        points = pairs(shown)
        rows = {row.name.called(self.language): [v.text(self.language) for v in row.values] for row in points.rows}
        heads = [column.called(self.language) for column in points.columns]
        told = verdicts_of(verdicts, shown)
        written = {
            name.called(self.language): (word.called(self.language), kind) for name, (word, kind) in told.items()
        }

        def draw(width: Width) -> Axes:
            return charts.scorecard(rows, heads=heads, verdicts=written, width=width)

        return self._exhibit("scorecard", draw, points, of_verdicts(told), width, words)

    def locator(
        self,
        shown: Mapping[Any, Metric | Quantity],
        *,
        width: Width = "half",
        **words: Unpack[Words],
    ) -> Exhibit:
        """Draw the outline of the country with some of its states dark.

        Args:
            shown: metrics or values by the code of each of these states: what their data table holds.
            width: full or half of the text width.
            **words: title, subtitle, note, alt, also (see `Words`).
        """
        need_named("locator", shown)
        need_states("locator", shown)
        points = self._ranking(shown)

        def draw(width: Width) -> Axes:
            return charts.locator([str(code) for code in shown], width=width)

        outline = text(COUNTRY.outline_source["es"], COUNTRY.outline_source["en"])
        return self._exhibit("locator", draw, points, LOCATOR, width, words, noted=outline)

    def _ranking(self, shown: Mapping[Any, Metric | Quantity]) -> Points:
        """One value a name; values know the names of the tables that they were taken from."""
        return ranking(shown, self._tables_of(value for value in shown.values() if isinstance(value, Quantity)))
