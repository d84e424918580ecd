"""Which days the rows of a table cover: one class for each kind of period that a descriptor names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

import pandas as pd

from analysis.values.periods import fiscal_start, iso_span, last_day, shortest_span, span_days

_YEAR: Final = re.compile(r"(1[89]|2[01])\d\d")


class Period:
    """How the rows of a table say which days they cover; without a period, as here, they do not.

    Attributes:
        kind: name of the kind in the descriptor.
        column: the column that puts rows in order of time; empty where none does.
        columns: all columns that say something of the period.
        published: the column of the day on which a row was published; empty where there is none.
        year_end: last day of a year, as month and day: 12-31, or 09-30 for US fiscal years.
    """

    needs: ClassVar[tuple[str, ...]] = ()
    """What the descriptor must say of a period of this kind."""
    months: ClassVar[int] = 1
    """Months that begin with the day that names a period."""

    def __init__(self, described: Mapping[str, str]) -> None:
        self.kind = described["kind"]
        self.column = described[self.needs[-1]] if self.needs else ""
        self.columns = frozenset(value for part, value in described.items() if part not in ("kind", "year_end"))
        self.published = described.get("published_field", "")
        self.year_end = described.get("year_end", "12-31")

    def ends(self, frame: pd.DataFrame) -> pd.Series[Any] | None:
        """Return the last day that each row covers; None where rows have no period."""
        return None

    def last_day(self, frame: pd.DataFrame) -> date | None:
        """Return the last day that any row covers; None where rows have no period or there are none."""
        return None

    def years(self, frame: pd.DataFrame) -> set[int]:
        """Return the years, fiscal ones by their name, that at least one row touches."""
        return set(map(int, frame["year"])) if "year" in frame else set()

    def span(self, frame: pd.DataFrame) -> tuple[str, str] | None:
        """Return the first and the last moment of some rows (at least one) as ISO; None where they have no period."""
        return (str(frame["year"].min()), str(frame["year"].max())) if "year" in frame else None

    def label(self, frame: pd.DataFrame, where: Mapping[str, Any]) -> str:
        """Return the ISO period of rows, or what was asked for where there are none."""
        return _asked(where.get("year"))

    def conditions(self, where: Mapping[str, Any]) -> dict[str, Any]:
        """Return conditions on a selection with what they say of the period told by columns."""
        return dict(where)

    def interval(self, last: date) -> int | None:
        """Return the months after which the next period is usual, where the last one ended on a day; None if none."""
        return self.months

    def complete(self, last: date) -> bool:
        """Whether the period that is covered up to this day is over."""
        return True

    def named(self, label: object) -> str:
        """Return the ISO period that a label of a chart's data names; nothing where it names none.

        A year is one of this table, which may be fiscal; a day is the first of a month, or of a quarter.
        """
        if isinstance(label, pd.Timestamp):
            years, month = divmod(label.month - 2 + self.months, 12)
            return shortest_span(label.date(), last_day(f"{label.year + years}-{month + 1:02}"))
        if not _YEAR.fullmatch(str(label)):
            return ""
        year = int(str(label))
        return shortest_span(fiscal_start(year, self.year_end), self._end_of(year))

    def _end_of(self, year: int) -> date:
        return date.fromisoformat(f"{year}-{self.year_end}")


class Years(Period):
    """Rows of years, calendar or fiscal; a column may say up to which day the running one is covered."""

    needs = ("field",)

    def __init__(self, described: Mapping[str, str]) -> None:
        super().__init__(described)
        self._through = described.get("through", "")

    def ends(self, frame: pd.DataFrame) -> pd.Series[Any]:
        """Return the last day that each row covers."""
        if self._through:
            return frame[self._through]
        place, years = pd.factorize(frame[self.column])  # each year is read once, however many rows it has
        days = pd.to_datetime([f"{year}-{self.year_end}" for year in years], format="%Y-%m-%d")
        return pd.Series(days.to_numpy()[place], index=frame.index)

    def last_day(self, frame: pd.DataFrame) -> date | None:
        """Return the last day that any row covers."""
        if frame.empty:
            return None
        return frame[self._through].max().date() if self._through else self._end_of(int(frame[self.column].max()))

    def years(self, frame: pd.DataFrame) -> set[int]:
        """Return the years."""
        return {int(year) for year in frame[self.column].unique()}

    def complete_years(self, frame: pd.DataFrame) -> list[int]:
        """Return the years that are covered to their end, ascending."""
        over = frame[self.ends(frame).dt.strftime("%m-%d") == self.year_end] if self._through else frame
        return sorted(self.years(over))

    def span(self, frame: pd.DataFrame) -> tuple[str, str]:
        """Return the first and the last moment: years, or months where a year is fiscal or still running."""
        start, _, end = self._period(frame).partition("/")
        up_to_a_day = len(end) == len("2025-09-08")
        return (start[:4], end) if up_to_a_day else (start, end or start)

    def label(self, frame: pd.DataFrame, where: Mapping[str, Any]) -> str:
        """Return the ISO period from the first year to the last day."""
        return _asked(where.get(self.column)) if frame.empty else self._period(frame)

    def interval(self, last: date) -> int:
        """Return twelve months; one where the year is still running, and grows from month to month."""
        return 12 if self.complete(last) else 1

    def complete(self, last: date) -> bool:
        """Whether the year is over."""
        return f"{last:%m-%d}" == self.year_end

    def _period(self, frame: pd.DataFrame) -> str:
        last = self.last_day(frame)
        assert last is not None, "only rows that there are have a period"
        return shortest_span(fiscal_start(int(frame[self.column].min()), self.year_end), last)


class Months(Period):
    """Rows of months, each named by its first day."""

    needs = ("field",)

    def ends(self, frame: pd.DataFrame) -> pd.Series[Any]:
        """Return the last day that each row covers."""
        return frame[self.column] + pd.offsets.MonthEnd(self.months)

    def last_day(self, frame: pd.DataFrame) -> date | None:
        """Return the last day that any row covers."""
        return None if frame.empty else (frame[self.column].max() + pd.offsets.MonthEnd(self.months)).date()

    def years(self, frame: pd.DataFrame) -> set[int]:
        """Return the years in which the months lie."""
        return set(map(int, frame[self.column].dt.year))

    def span(self, frame: pd.DataFrame) -> tuple[str, str]:
        """Return the first and the last month."""
        return f"{frame[self.column].min():%Y-%m}", f"{self.last_day(frame):%Y-%m}"

    def label(self, frame: pd.DataFrame, where: Mapping[str, Any]) -> str:
        """Return the ISO period from the first month to the last."""
        last = self.last_day(frame)
        return shortest_span(frame[self.column].min().date(), last) if last else _asked(where.get(self.column))


class Quarters(Months):
    """Rows of quarters, each named by its first day."""

    months = 3


class Spans(Period):
    """Rows that each cover the days from one to another; the first may be unknown."""

    needs = ("start", "end")

    def __init__(self, described: Mapping[str, str]) -> None:
        super().__init__(described)
        self.start = described["start"]

    def ends(self, frame: pd.DataFrame) -> pd.Series[Any]:
        """Return the last day that each row covers."""
        return frame[self.column]

    def last_day(self, frame: pd.DataFrame) -> date | None:
        """Return the last day that any row covers."""
        return None if frame.empty else frame[self.column].max().date()

    def years(self, frame: pd.DataFrame) -> set[int]:
        """Return every year from that of a start to that of its end."""
        last = frame[self.column].dt.year
        first = frame[self.start].dt.year.fillna(last)
        return {year for a, b in zip(first, last, strict=True) for year in range(int(a), int(b) + 1)}

    def span(self, frame: pd.DataFrame) -> tuple[str, str]:
        """Return the first and the last year."""
        first = pd.concat([frame[self.start], frame[self.column]]).min()
        return str(first.year), str(frame[self.column].max().year)

    def label(self, frame: pd.DataFrame, where: Mapping[str, Any]) -> str:
        """Return the period that was asked for, else that from the first start to the last end."""
        return str(where.get("period", "")) or iso_span(frame[self.start], frame[self.column])

    def conditions(self, where: Mapping[str, Any]) -> dict[str, Any]:
        """Return conditions in which ``period="2016/2022-06"`` is told by the first and the last day."""
        told: dict[str, Any] = {}
        for name, wanted in where.items():
            days = zip((self.start, self.column), span_days(str(wanted)), strict=True) if name == "period" else ()
            told |= {column: day.isoformat() for column, day in days} or {name: wanted}
        return told

    def interval(self, last: date) -> None:
        """None: they are cut at dates of our own choice."""


KINDS: Final[Mapping[str, type[Period]]] = {
    "year": Years,
    "month": Months,
    "quarter": Quarters,
    "span": Spans,
    "none": Period,
}


def period_of(described: Mapping[str, str]) -> Period:
    """Return the period that a descriptor describes.

    Raises:
        KeyError: if it names no kind that there is, or lacks a column.
    """
    return KINDS[described["kind"]](described)


def _asked(wanted: Any) -> str:
    """The period that was asked for, where nothing of it is in sight."""
    moments = [wanted] if not isinstance(wanted, tuple | list) else [wanted[0], wanted[-1]]
    return "/".join(str(moment) for moment in dict.fromkeys(moments) if moment is not None)
