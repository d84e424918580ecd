"""What a metric gives: values that are compared into conditions, periods and categories that a sentence may name."""

from __future__ import annotations

from dataclasses import fields

from analysis.foundation.words import LANGUAGES
from analysis.metrics.axes import MetricError
from analysis.metrics.conditions import Comparable
from analysis.mexico import COUNTRY
from analysis.values import measures
from analysis.values.quantities import WRITTEN_UNITS, Quantity, format_period
from analysis.values.texts import Named

_COUNTRIES = frozenset({"country", "nationality"})
"""Columns of countries; those of states end in ``state_code``."""


class IsoPeriod(str):
    """An ISO period: ``2025``, ``2025-04``, ``2025-01/2025-04``; a sentence writes it in words."""

    __slots__ = ()

    def named(self, *, short: bool = False) -> Named:
        """Return it in words, in each language; `short` for months abbreviated."""
        es, en = (format_period(str(self), language, short=short) for language in LANGUAGES)
        return Named(es, en, "period", str(self))


class Year(int):
    """A year that a metric is of; what is reckoned from it is a plain number again."""

    def named(self) -> Named:
        """Return it as it is written."""
        return Named(str(int(self)), str(int(self)), "period", str(int(self)))


class Category(str):
    """A value of a column: the code of people, a place, a cause, ...

    Attributes:
        dimension: the column.
    """

    dimension: str

    def __new__(cls, code: str, dimension: str) -> Category:
        """Return the code, which knows its column."""
        made = super().__new__(cls, code)
        made.dimension = dimension
        return made

    def named(self) -> Named:
        """Return the name of the place that it is the code of.

        Raises:
            MetricError: if its column holds no places.
        """
        if self.dimension.endswith("state_code"):
            return state_named(self)
        if self.dimension in _COUNTRIES:
            return country_named(self)
        raise MetricError(
            f"'{self}', a value of column '{self.dimension}', has no name of its own: give it one, name(es=..., en=...)"
        )


def label_of(key: object) -> Named:
    """Return what something is called in each language: a name, a period, a place or people by their code.

    Raises:
        MetricError: if it has no name.
    """
    if isinstance(key, Named):
        return key
    if isinstance(key, IsoPeriod | Year | Category):
        return key.named()
    if isinstance(key, str) and (COUNTRY.is_place(key) or COUNTRY.is_country(key)):
        return state_named(key) if COUNTRY.is_place(key) else country_named(key)
    raise MetricError(f"{key!r:.40} has no name in both languages: write name(es=..., en=...)")


def country_named(code: str) -> Named:
    """Return the name of a country in each language."""
    return Named(COUNTRY.country_name(code, "es"), COUNTRY.country_name(code, "en"))


def state_named(code: str) -> Named:
    """Return the name of a state in each language."""
    return Named(COUNTRY.place_name(code, "es"), COUNTRY.place_name(code, "en"))


def people_named(code: str) -> Named:
    """Return the people of a nationality in each language: "personas cubanas", "people from Cuba"."""
    return Named(COUNTRY.people_from(code, "es"), COUNTRY.people_from(code, "en"))


class Reading(Comparable, Quantity):  # type: ignore[misc]  # a condition, where a quantity tells a bool
    """A quantity that a metric gave: compared, it gives a condition, which keeps it as evidence."""

    @classmethod
    def of(cls, quantity: Quantity) -> Reading:
        """Return the same quantity, to be compared so."""
        return cls(**{each.name: getattr(quantity, each.name) for each in fields(Quantity)})

    @property
    def year(self) -> Year:
        """The year in which its period ends."""
        return Year(self.period.rpartition("/")[2][:4])

    def __add__(self, other: Quantity) -> Reading:
        """Return the sum of both, of whatever periods they are; missing where one is.

        Raises:
            UnitError: if they do not count the same thing.
        """
        return Reading.of(measures.total([self, other]))

    def __sub__(self, other: Quantity) -> Reading:
        """Return this less the other; missing where one is, or what was counted changed in between.

        Raises:
            UnitError: if they do not count the same thing.
        """
        return Reading.of(measures.difference(self, other))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Quantity):
            return super().__eq__(other)
        raise MetricError("`==` compares no values: write share.between(49.5, 50.5), or share >= 50")

    @property
    def told(self) -> str:
        """Value, unit and period in a few words, for authors."""
        value = self.text("en") if self.value is not None else self.missing
        unit = "" if self.value is not None and self.unit in WRITTEN_UNITS else f" {self.unit}"
        return f"{value}{unit} in {self.period or 'no period'}"

    def __repr__(self) -> str:
        return f"<Reading {self.told}>"

    def __bool__(self) -> bool:
        raise MetricError("a value is neither true nor false: compare it (share.now > 45), or look at its .value")

    __hash__ = object.__hash__
