"""The points of a chart: values of metrics in rows and columns, each row a period or something with a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pandas as pd

from analysis.foundation.words import Language, word
from analysis.metrics.algebra import Metric
from analysis.metrics.axes import MetricError
from analysis.metrics.readings import IsoPeriod, Reading, Year, label_of
from analysis.package.selection import selections
from analysis.package.table import Table
from analysis.values.periods import span_days
from analysis.values.quantities import Quantity
from analysis.values.texts import Named

Shown = Mapping[Any, Any] | Metric
"""What a chart shows: a metric, or several by what each is called, as `metric.by(...)` gives them."""

NO_LACK: Final[Mapping[Any, Named]] = {}
"""Nothing is said of periods of which a part is not known."""


NO_NAME: Final = Named("", "")
SHARE: Final = Named("%", "%", "label")


@dataclass(frozen=True)
class Point:
    """One row of a chart.

    Attributes:
        name: what it is of; where it is of a period, its kind is so, and its `iso` says which.
        values: one a column.
        series: what several rows have in common, where there are such.
        lacking: what an author says of a period of which a part is not known; None where nothing is said.
    """

    name: Named
    values: tuple[Reading, ...]
    lacking: Named | None = None
    series: Named = NO_NAME

    @property
    def preliminary(self) -> bool:
        """Whether a value of it may still be revised."""
        return any(value.preliminary for value in self.values)

    @property
    def covered(self) -> str:
        """The ISO period that its values cover, where it is less than its name says; else nothing."""
        named = self.name.iso
        covers = [value.period for value in self.values if value.value is not None]
        return next((iso for iso in covers if named and "/" in iso and not _is_whole(iso, named)), "")

    @property
    def partial(self) -> bool:
        """Whether only a part of its period is known: up to a day, or as its author says."""
        return bool(self.covered or self.lacking)

    def mark(self, language: Language) -> str:
        """The words that say why to read it with care: which part of its year it covers, or that it is preliminary."""
        if self.lacking:
            return self.lacking.called(language)
        if self.covered:
            start, _, end = self.covered.partition("/")
            up_to = start[5:] in {"", "01", "01-01"} and len(end) == len("2025-04-20")
            told = IsoPeriod(end if up_to else self.covered).named(short=True).called(language)
            for year in {start[:4], end[:4]}:  # the row has its year: "2025 (oct–ago)" of a fiscal one
                told = told.replace(f" {year}", "")
            return word("until", language).format(period=told) if up_to else told
        return word("preliminary", language) if self.preliminary else ""


@dataclass(frozen=True)
class Points:
    """Values in rows and columns.

    Attributes:
        rows_of: what names the rows: the column of the table, "Year", "Nationality".
        columns: names of the columns.
        rows: the rows.
        tables: the tables that the values were taken from.
        counts: what the values count, where that is one thing with a name: "Claims".
    """

    rows_of: Named
    columns: tuple[Named, ...]
    rows: tuple[Point, ...]
    tables: tuple[Table, ...]
    counts: Named = NO_NAME

    @property
    def values(self) -> list[Reading]:
        """All values, row by row."""
        return [value for row in self.rows for value in row.values]

    @property
    def unit(self) -> str:
        """Key of the unit of all values.

        Raises:
            MetricError: if they have several.
        """
        units = sorted({value.unit for value in self.values})
        if len(units) > 1:
            raise MetricError(f"one scale is for one unit, and these have {', '.join(units)}: draw a chart a unit")
        return units[0] if units else ""

    @property
    def span(self) -> str:
        """The ISO period from the first row to the last, or that of the values where rows are no periods."""
        named = [row.name.iso for row in self.rows if row.name.iso] or [v.period for v in self.values if v.period]
        ends = sorted((iso.partition("/")[0], iso.rpartition("/")[2]) for iso in named)
        if not ends:
            return ""
        first, last = ends[0][0], max(end for _, end in ends)
        return first if first == last else f"{first}/{last}"

    def column(self, place: int) -> list[Reading]:
        """The values of one column."""
        return [row.values[place] for row in self.rows]

    def named(self, language: Language) -> pd.DataFrame:
        """Return the numbers under their names in that language."""
        index = pd.Index([row.name.called(language) for row in self.rows], name=self.rows_of.called(language))
        return self._numbers(index, language)

    def dated(self, language: Language) -> pd.DataFrame:
        """Return the numbers by year, as a whole number, or by month or quarter, as its first day."""
        names = [row.name.iso[:7] for row in self.rows]
        years = all(len(name) == len("2025") or name[4] == "/" for name in names)
        index = pd.Index([int(n[:4]) for n in names]) if years else pd.DatetimeIndex([pd.Timestamp(n) for n in names])
        return self._numbers(index.rename(self.rows_of.called(language)), language)

    def _numbers(self, index: pd.Index[Any], language: Language) -> pd.DataFrame:
        cells = [[value.number for value in row.values] for row in self.rows]
        return pd.DataFrame(cells, index=index, columns=[c.called(language) for c in self.columns], dtype=float)


def course(
    shown: Shown, *, since: object = "", periods: Sequence[object] = (), lacking: Mapping[Any, Named] = NO_LACK
) -> Points:
    """Return metrics through time, one row a period: the years that still run come last, as far as they go.

    Args:
        shown: the metrics.
        since: the first period; the first known of any when not given.
        periods: the periods themselves, where not all are meant.
        lacking: the words for periods of which a part is not known, where the table does not tell.

    Raises:
        MetricError: if there is none, or what it is called has no name.
    """
    metrics, told = _named(shown), {str(period): words for period, words in lacking.items()}
    asked = [str(period) for period in periods] or _periods([*metrics.values()], str(since))
    in_years = any(metric.kind in {"year", "span"} for metric in metrics.values())
    by_name = {_of_period(iso, in_years=in_years): iso for iso in asked}
    between = _years_between([name.iso for name in by_name])
    names = sorted({*by_name, *(_of_period(year, in_years=True) for year in between)}, key=lambda name: name.iso)
    rows = [
        Point(name, tuple(m.at(by_name.get(name, name.iso)) for m in metrics.values()), told.get(name.iso))
        for name in names
    ]
    values = list(metrics.values())
    return Points(
        _time_of(values[0], asked), tuple(metrics), tuple(rows), tables_of(values), counts=_common(values, ())
    )


def ranking(shown: Mapping[Any, Metric | Quantity], tables: Sequence[Table] = ()) -> Points:
    """Return one value a name, the last of each metric.

    Args:
        shown: metrics or values by what each is called.
        tables: the tables of the values.

    Raises:
        MetricError: if there is none, or what it is called has no name.
    """
    named = _named(shown, values=True)
    rows, found = tuple(Point(name, (_now(value),)) for name, value in named.items()), tables_of(named.values(), tables)
    values = list(named.values())
    counted, counts = _counted(values[0], tables), _common(values, tables)
    return Points(thing([row.values[0] for row in rows], found), (counted,), rows, found, counts)


def moves(shown: Mapping[Any, Metric]) -> Points:
    """Return how far each metric moved, one value a name.

    Raises:
        MetricError: if there is none, or what it is called has no name.
    """
    metrics = _named(shown)
    return ranking({name: metric.moved for name, metric in metrics.items()}, tables_of(metrics.values()))


def pairs(shown: Mapping[Any, Metric]) -> Points:
    """Return two values a name, the one before and the last of each metric.

    Raises:
        MetricError: if there is none, or what it is called has no name.
    """
    metrics = _named(shown)
    rows = tuple(Point(name, (metric.before, metric.now)) for name, metric in metrics.items())
    moments = next((row.values for row in rows if all(value.period for value in row.values)), rows[0].values)
    columns = tuple(IsoPeriod(value.period).named() for value in moments)
    tables = tables_of(metrics.values())
    counts = _common([*metrics.values()], ())
    return Points(thing([row.values[1] for row in rows], tables), columns, rows, tables, counts)


def spans(shown: Mapping[Any, Metric]) -> Points:
    """Return one row a period of each metric.

    Raises:
        MetricError: if there is none, or what it is called has no name.
    """
    metrics = _named(shown)
    rows = tuple(
        Point(_span_of(name, IsoPeriod(iso)), (metric.at(iso),), series=name)
        for name, metric in metrics.items()
        for iso in metric.periods
    )
    values = list(metrics.values())
    return Points(NO_NAME, (_counted(values[0], ()),), rows, tables_of(values), _common(values, ()))


def _span_of(name: Named, iso: IsoPeriod) -> Named:
    span = iso.named(short=True)
    return Named(f"{name.es}, {span.es}", f"{name.en}, {span.en}", "period", str(iso))


def thing(values: Sequence[Quantity], tables: Sequence[Table]) -> Named:
    """Return what names some values: the column in which the rows that they are sums of differ."""
    chosen: list[Mapping[str, Any]] = [next(selections([value.derivation]), {"where": {}}) for value in values[:2]]
    (one, other), where = (chosen * 2)[:2], chosen[0]["where"]
    table = next((table for table in tables if table.name == one.get("table")), None)
    differing = [column for column in where if where[column] != other["where"].get(column)]
    return _column_title(table, (differing or [*where])[-1]) if table and where else Named("", "", "label")


def tables_of(values: Any, given: Sequence[Table] = ()) -> tuple[Table, ...]:
    """Return the tables of metrics, and those that are given for values, each once."""
    found = [table for value in values if isinstance(value, Metric) for table in value.tables]
    return tuple({table.name: table for table in [*found, *given]}.values())


def _named(shown: Shown, *, values: bool = False) -> dict[Named, Any]:
    """Metrics by their names, and values where a chart takes them; a single one is called what it counts."""
    if isinstance(shown, Metric):
        return {_counted(shown, ()): shown}
    if not isinstance(shown, Mapping):
        raise MetricError(
            f"a chart shows metrics, and is given what is of type {type(shown).__name__}: make a metric of its table, "
            "metric(b.table('...')), give several by name, as metric.by('...') does, or draw a frame with b.plot"
        )
    if not shown:
        raise MetricError("a chart shows metrics by name, and is given none: look whether metric.by('...') found any")
    named: dict[Named, Any] = {}
    for key, value in shown.items():
        name = label_of(key)
        if isinstance(value, Quantity) and not values:
            raise MetricError(f"'{name.es}' is of one period: this chart shows metrics, which know the others")
        if not isinstance(value, Metric | Quantity):
            raise MetricError(
                f"'{name.es}' is of type {type(value).__name__}: a chart shows metrics, and values that they gave"
            )
        if name in named:
            raise MetricError(f"two of what a chart shows are called '{name.es}': give each a name of its own")
        named[name] = value
    return named


def _periods(metrics: Sequence[Metric], since: str) -> list[str]:
    """The periods of any of some metrics from one on, with the years between, and the parts of years that still run."""
    known = sorted({str(iso) for metric in metrics for iso in [*metric.periods, *metric.running]})
    chosen = [iso for iso in known if iso >= since]
    if not chosen:
        raise MetricError(f"nothing is known{f' since {since}' if since else ''} of what this chart shows")
    return chosen


def _years_between(periods: Sequence[str]) -> list[str]:
    """All years from the first to the last, where periods are years."""
    if not all(len(iso) == len("2025") for iso in periods):
        return []
    return [str(year) for year in range(int(min(periods)), int(max(periods)) + 1)]


def _is_whole(iso: str, named: str) -> bool:
    """Whether a span is all that a row is named after: that period, or the twelve months of a fiscal year."""
    first, last = span_days(iso)
    after = last + timedelta(days=1)
    return (first, last) == span_days(named) or f"{first.year + 1}{first:-%m-%d}" == after.isoformat()


def _of_period(iso: str, *, in_years: bool) -> Named:
    """The name of a row: its year where rows are years and it is one or a part of one, else the period."""
    named = IsoPeriod(iso).named()
    years = {span_days(iso)[0].year, span_days(iso)[1].year}
    if in_years and "/" in iso and len(years) == 1:
        return Year(years.pop()).named()
    return Named(named.es, named.en, "period", iso)


def _time_of(metric: Metric, periods: Sequence[str]) -> Named:
    """What names the rows of a chart through time: the column of the table, where it has one of that kind."""
    key = "month" if any(len(iso) == len("2025-04") for iso in periods) else "year"
    column = metric.tables[0].metadata.period.column
    if column in metric.tables[0].metadata.fields and key in column:
        return _column_title(metric.tables[0], column)
    return Named(word(key, "es"), word(key, "en"), "label")


def _common(values: Sequence[Metric | Quantity], tables: Sequence[Table]) -> Named:
    """What all of some values count; nothing where they count several things, or are shares."""
    counted = {_counted(value, tables) for value in values}
    return NO_NAME if len(counted) > 1 or SHARE in counted else counted.pop()


def _counted(value: Metric | Quantity, tables: Sequence[Table]) -> Named:
    """What a value counts: the title of the column that it is a sum of; percent of a share."""
    if value.unit in {"percent", "points"} and not (isinstance(value, Metric) and value.is_column):
        return SHARE
    if isinstance(value, Metric):
        return _column_title(value.tables[0], value.column)
    table = next((t for t in tables if t.name == value.derivation.get("table")), None)
    return _column_title(table, str(value.derivation["column"])) if table else Named(value.unit, value.unit, "label")


def _column_title(table: Table, column: str) -> Named:
    es, en = (table.metadata.column_title(column, language) for language in ("es", "en"))
    return Named(es, en, "label")


def _now(value: Metric | Quantity) -> Reading:
    return value.now if isinstance(value, Metric) else Reading.of(value)
