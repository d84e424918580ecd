"""ISO periods as days, and days as ISO periods.

A build with nothing to do needs these and no table, so pandas is named in types alone.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from analysis.foundation.errors import QuantityError

if TYPE_CHECKING:
    import pandas as pd

MOMENT: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
"""A year, a month or a day."""


@lru_cache(maxsize=4096)
def span_days(period: str) -> tuple[date, date]:
    """Return the first and the last day of an ISO period: ``2016/2022-06`` is 1 January 2016 to 30 June 2022.

    Raises:
        QuantityError: if it is no period.
    """
    start, _, end = period.partition("/")
    return first_day(start), last_day(end or start)


def first_day(moment: str) -> date:
    """Return the first day of a year, a month or a day.

    Raises:
        QuantityError: if it is none of these.
    """
    if MOMENT.fullmatch(moment):
        with suppress(ValueError):  # 30 February
            return date.fromisoformat((moment + "-01-01")[:10])
    raise QuantityError(
        f"'{moment}' is not a period: write 2025, 2025-04, 2025-04-20, or two of these with '/' between, "
        "as the quarter 2025-01/2025-03"
    )


def last_day(moment: str) -> date:
    """Return the last day of a year, a month or a day.

    Raises:
        QuantityError: if it is none of these.
    """
    first = first_day(moment)
    if len(moment) == 4:
        return first.replace(month=12, day=31)
    if len(moment) == 7:
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first


def consecutive(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return first and last of each run of numbers, years for instance, that follow one another."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def fiscal_start(year: int, year_end: str) -> date:
    """Return the first day of a fiscal year that ends in `year` on `year_end` (month and day, as ``09-30``)."""
    return date.fromisoformat(f"{year - 1}-{year_end}") + timedelta(days=1)


def shortest_moment(day: date) -> str:
    """Write a last day as the year, the month or the day that ends with it: ``2025``, ``2025-04``, ``2025-09-08``."""
    return shortest_span(date(day.year, 1, 1), day).rpartition("/")[2]


def iso_span(starts: pd.Series[Any], ends: pd.Series[Any]) -> str:
    """ISO period from the first start to the last end, in whole years or months where it is made of them.

    Returns:
        ``2020``, ``2016/2022``, ``2016-01/2022-06`` or ``2018-11-04/2020-01-05``; only the last end where the start
        is not known, and nothing where there is no row.
    """
    if ends.empty:
        return ""
    last = ends.max().date()
    if starts.isna().any():
        return str(last.isoformat())
    return shortest_span(starts.min().date(), last)


def shortest_span(first: date, last: date) -> str:
    """Write a span in years if it is made of whole years, else in months if of whole months, else in days."""
    for length in (4, 7):
        start, end = first.isoformat()[:length], last.isoformat()[:length]
        if first_day(start) == first and last_day(end) == last:
            return start if start == end else f"{start}/{end}"
    return f"{first.isoformat()}/{last.isoformat()}"
