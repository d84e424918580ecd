"""What the data say on a statement: of the date that it speaks of, and now, from the one series that its row names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import msgspec
import pandas as pd

from analysis.foundation.errors import QuantityError
from analysis.foundation.words import Language
from analysis.package.periods import Spans
from analysis.package.table import Table
from analysis.values.measures import share
from analysis.values.periods import shortest_span
from analysis.values.quantities import Quantity
from analysis.values.texts import Word

_TIME: Final = frozenset({"year", "month", "period_start", "period_end"})

Read = Callable[[str], Table]


class Statement(msgspec.Struct, frozen=True):
    """One part of a statement, as the table of statements describes it (see its descriptor)."""

    claim_id: str
    part: str
    topic_es: str
    topic_en: str
    wording_es: str
    wording_en: str
    period: str
    scope: str
    unit: str
    source_named: str
    compared_with: str
    version_in_use: str
    series_es: str
    series_en: str
    rule: str
    rule_value: float
    reason_for: str
    reason_es: str
    reason_en: str
    published: datetime

    def topic(self, language: Language) -> Word:
        """What it is about."""
        return Word(self.topic_es if language == "es" else self.topic_en, "label")

    def wording(self, language: Language) -> Word:
        """What it says."""
        return Word(self.wording_es if language == "es" else self.wording_en, "label")

    def series(self, language: Language) -> Word:
        """The series that it is compared with, in words."""
        return Word(self.series_es if language == "es" else self.series_en, "label")

    def reason(self, language: Language) -> Word:
        """Why its verdict is what it is."""
        return Word(self.reason_es if language == "es" else self.reason_en, "label")


@dataclass(frozen=True)
class Series:
    """The one series that a statement is compared with, as its row names it beforehand.

    Attributes:
        table: name of the table.
        column: the column that is summed.
        where: the values that choose its rows, by column; nothing about the period.
        whole: the series of which it is a share; None where it is no share.
    """

    table: str
    column: str
    where: Mapping[str, list[str]]
    whole: Series | None = None

    @staticmethod
    def parse(written: str) -> Series:
        """Read ``table.column key=a,b key=c``, with `` of `` and another one behind it for a share.

        Raises:
            QuantityError: if it is not written so, or chooses a period.
        """
        part, _, whole = written.partition(" of ")
        name, *conditions = part.split(" ")
        table, dot, column = name.partition(".")
        where = dict(condition.split("=", 1) for condition in conditions if "=" in condition)
        if not dot or len(where) != len(conditions) or _TIME & where.keys():
            raise QuantityError(f"'{written}' names no series: write 'table.column key=value', without a period")
        chosen = {key: values.split(",") for key, values in where.items()}
        return Series(table, column, chosen, Series.parse(whole) if whole else None)

    def at(self, read: Read, period: str) -> Quantity:
        """Return its value for an ISO period, a half-year where the table holds halves of years."""
        table = read(self.table)
        when: dict[str, Any] = {"year": int(period[:4])}
        if isinstance(table.metadata.period, Spans):
            when = {"period": period}
        chosen = {key: values if len(values) > 1 else values[0] for key, values in self.where.items()}
        value = replace(table.total(self.column, **when, **chosen), period=period)
        value.refuse_no_sum()  # it would be told as not known
        return value if self.whole is None else share(value, self.whole.at(read, period))

    def years(self, read: Read) -> list[str]:
        """Complete years in sight for which it has a row, ascending."""
        table = read(self.table)
        rows = table.frame
        for column, values in self.where.items():
            rows = rows[rows[column].isin(values)]
        if isinstance(table.metadata.period, Spans):
            return _whole_years(rows["period_start"], rows["period_end"])
        return [str(year) for year in table.years if year in set(rows["year"])]


@dataclass(frozen=True)
class Observation:
    """What the data say on a statement at one time: a value, and what it is compared with where it is a change."""

    value: Quantity
    before: Quantity | None = None

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return all(quantity.value is not None for quantity in self.quantities)

    @property
    def quantities(self) -> list[Quantity]:
        """The value and what it is compared with."""
        return [self.value] if self.before is None else [self.value, self.before]


@dataclass(frozen=True)
class Evidence:
    """What the data say for the date that a statement speaks of, and what they say now; None where nothing does.

    `in_use` is what the source says of a closed period in the version held today: it is told and decides nothing.
    """

    then: Observation | None = None
    now: Observation | None = None
    in_use: Quantity | None = None

    @property
    def quantities(self) -> list[Quantity]:
        """Every quantity that a verdict may rest on."""
        return [q for observed in (self.then, self.now) if observed is not None for q in observed.quantities]

    def decisive(self, scope: str) -> Observation | None:
        """Return what decides: for a closed period the data of that period, else the latest that are known."""
        then, now = (o if o is not None and o.known else None for o in (self.then, self.now))
        return then if scope == "period" else now or then


def evidence(statement: Statement, read: Read) -> Evidence:
    """Return what the series of a statement says; nothing where no series measures what it says.

    For a closed period that is its value of that period, and beside it the one in the version held today where the row
    names it. For the present it is the last complete year up to that in which the statement was published and the last
    in sight, each with the one before where the statement is that something rises.

    Args:
        statement: the statement.
        read: gives a table by name, as seen on the date of the briefing.
    """
    if not statement.compared_with:
        return Evidence()
    series = Series.parse(statement.compared_with)
    if statement.scope == "period":
        period, held = statement.period, statement.version_in_use
        in_use = Series.parse(held).at(read, period) if held else None
        return Evidence(then=Observation(series.at(read, period)), in_use=in_use)
    length = 2 if statement.rule == "rise" else 1
    years = series.years(read)

    def last(known: list[str]) -> Observation | None:
        if len(known) < length:
            return None
        *before, value = (series.at(read, year) for year in known[-length:])
        return Observation(value, *before)

    return Evidence(then=last([year for year in years if int(year) <= statement.published.year]), now=last(years))


def _whole_years(starts: pd.Series[Any], ends: pd.Series[Any]) -> list[str]:
    """The whole years among some spans, ascending."""
    spans = {shortest_span(start.date(), end.date()) for start, end in zip(starts, ends, strict=True)}
    return sorted(span for span in spans if len(span) == len("YYYY"))
