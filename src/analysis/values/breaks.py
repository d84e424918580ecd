"""Breaks of series: days from which a publisher counts something else, or counts it in another way.

They stand in the descriptor, table by table, each with the sentence that says so. What was counted in one way before
such a day and in another after it is no rise and no fall.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from analysis.foundation.words import Language
from analysis.values.periods import span_days

Side = Literal["before", "after", "mixed"]


@dataclass(frozen=True)
class Break:
    """One break of a series.

    Attributes:
        first: first day of the new way of counting.
        es: the sentence that says what changed, and so what is not compared.
        en: the same in English.
        columns: the columns that it touches; none named means all.
        where: the categories that it touches, by column; none named means all.
    """

    first: date
    es: str
    en: str
    columns: tuple[str, ...] = field(default=(), compare=False)  # two tables of one series have one break
    where: tuple[tuple[str, tuple[Any, ...]], ...] = field(default=(), compare=False)

    @classmethod
    def described(cls, item: Mapping[str, Any]) -> Break:
        """Return the break that the descriptor describes."""
        where = {name: value if isinstance(value, list) else [value] for name, value in item.get("where", {}).items()}
        return cls(
            first=date.fromisoformat(item["date"]),
            es=item["es"],
            en=item["en"],
            columns=tuple(item.get("columns", ())),
            where=tuple((name, tuple(values)) for name, values in where.items()),
        )

    def sentence(self, language: Language) -> str:
        """The sentence that says what changed."""
        return self.es if language == "es" else self.en

    def touches(self, column: str, conditions: Mapping[str, Any]) -> bool:
        """Whether a sum of a column over the rows that meet these conditions holds something of what was broken."""
        if self.columns and column not in self.columns:
            return False
        return all(_may_hold(conditions[name], values) for name, values in self.where if name in conditions)

    def side(self, period: str) -> Side:
        """Return where an ISO period lies; one that contains the day is mixed."""
        first, last = sorted(span_days(period))
        return "before" if last < self.first else "after" if first >= self.first else "mixed"


def crossed(one: str, other: str, breaks: Iterable[Break]) -> tuple[Break, ...]:
    """Return the breaks for which two ISO periods are not counted in one way, in order of time.

    Equal periods always are, and what has no period cannot be told.
    """
    return inside([one, other], breaks) if one and other and one != other else ()


def inside(periods: Iterable[str], breaks: Iterable[Break]) -> tuple[Break, ...]:
    """Return the breaks that run through a series of ISO periods, in order of time."""
    shown = list(dict.fromkeys(periods))
    through = [b for b in dict.fromkeys(breaks) if not _on_one_side({b.side(period) for period in shown})]
    return tuple(sorted(through, key=lambda b: b.first))


def first_of_each_way(periods: Sequence[str], breaks: Sequence[Break]) -> list[int]:
    """Return the places, in a series of ISO periods in order of time, from which it is counted in another way."""
    return [i for i in range(1, len(periods)) if crossed(periods[i - 1], periods[i], breaks)]


def _on_one_side(sides: set[Side]) -> bool:
    return len(sides) < 2 and "mixed" not in sides


def _may_hold(wanted: Any, values: Iterable[Any]) -> bool:
    """Whether a condition of a selection lets one of the values through."""
    if isinstance(wanted, Mapping):
        return any(wanted["from"] <= value <= wanted["to"] for value in values)
    return bool({*values} & {*(wanted if isinstance(wanted, list) else [wanted])})
