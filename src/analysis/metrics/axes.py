"""The periods of which something is known, in order of time, and the one that each is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Literal

from analysis.foundation.errors import AnalysisError
from analysis.package.periods import Months, Spans, Years
from analysis.package.table import Table
from analysis.values.periods import shortest_span, span_days

Kind = Literal["year", "month", "quarter", "span", "none"]
"""How the periods of a metric follow one another; of what has no period, there is one without a name."""
_A_YEAR: Final = {"month": 12, "quarter": 4}
"""So many periods make a year."""
_OF_ONE_LENGTH: Final = 0.02
"""Spans are of one length where they differ by less than a fiftieth: half-years have 181 to 184 days."""


class MetricError(AnalysisError, ValueError):
    """What cannot be asked of a metric, or cannot be said with it: the message says what can."""


@dataclass(frozen=True)
class Axis:
    """The periods of which a metric is known.

    Attributes:
        periods: ISO periods in order of time; a fiscal year is named by the year in which it ends.
        kind: how they follow one another.
    """

    periods: tuple[str, ...]
    kind: Kind

    def find(self, period: object) -> str:
        """Return the ISO period that is meant: by itself, or by the year in which a single one begins.

        Raises:
            QuantityError: if it is no period.
        """
        wanted = str(period)
        if wanted in self._known:
            return wanted
        of_year = [known for known in self.periods if known[:4] == wanted]
        if len(of_year) == 1:
            return of_year[0]
        span_days(wanted)
        return wanted

    def before(self, period: str) -> str:
        """Return the period that one is compared with, known or not; nothing where there is none.

        It is the same one a year earlier. Of spans that do not recur each year, such as the rounds of a survey, it is
        the last one of the same length that had ended.
        """
        if self.kind == "none" or not period:
            return ""
        earlier = _a_year_before(period)
        if self.kind != "span" or earlier in self._known:
            return earlier
        return next((known for known in reversed(self.periods) if _follows(period, known)), earlier)

    def shared(self, other: Axis) -> Axis:
        """Return the periods that both have; what has no period, such as a list of states, has them all."""
        if "none" in {self.kind, other.kind}:
            return other if self.kind == "none" else self
        return Axis(tuple(period for period in self.periods if period in other._known), self.kind)

    @property
    def yearly(self) -> Axis:
        """The years of which all months or quarters are known.

        Raises:
            MetricError: if its periods are neither.
        """
        return Axis(tuple(str(year) for year in self._years if self._holds(str(year))), "year")

    @property
    def year_to_date(self) -> Axis:
        """From January to the month of the last period, in each year of which all these months are known.

        Raises:
            MetricError: if its periods are neither months nor quarters.
        """
        spans = []
        for year in self._years:
            last = span_days(self.periods[-1])[1]
            end = date(year + last.month // 12, last.month % 12 + 1, 1) - timedelta(days=1)
            spans.append(shortest_span(date(year, 1, 1), end))
        return Axis(tuple(span for span in spans if self._holds(span)), "year")

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.periods)

    @property
    def _years(self) -> Sequence[int]:
        if self.kind not in _A_YEAR:
            raise MetricError(f"its periods are no months: each is a {self.kind}; leave year_to_date or yearly out")
        return sorted({int(period[:4]) for period in self.periods})

    def _holds(self, span: str) -> bool:
        """Whether all months, or quarters, of a span are known."""
        first, last = span_days(span)
        inside = [p for p in self.periods if first <= span_days(p)[0] and span_days(p)[1] <= last]
        return len(inside) * 12 == last.month * _A_YEAR[self.kind]


def kind_of(table: Table) -> Kind:
    """Return how the periods of a table follow one another."""
    period = table.metadata.period
    if isinstance(period, Months):
        return "quarter" if period.months > 1 else "month"
    if isinstance(period, Spans):
        return "span"
    return "year" if isinstance(period, Years) or "year" in table.frame else "none"


def _a_year_before(period: str) -> str:
    """The same ISO period a year earlier; the end of February stays the end of February."""
    return "/".join(f"{int(moment[:4]) - 1}{moment[4:]}".replace("-02-29", "-02-28") for moment in period.split("/"))


def _follows(period: str, other: str) -> bool:
    """Whether a span begins after another of about its length has ended."""
    if not period or not other:
        return False
    (first, last), (start, end) = span_days(period), span_days(other)
    length, before = (last - first).days + 1, (end - start).days + 1
    return end < first and abs(length - before) <= _OF_ONE_LENGTH * length
