"""Facts: the numbers that a briefing prints, each with its unit, its period and how to compute it again.

They are plain data. Who counts them again reads these records and shares nothing with what made the numbers.
"""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType

from analysis.foundation.words import Language
from analysis.values.periods import span_days
from analysis.values.quantities import Missing, Quantity

Scalar = str | int | float | bool


class Range(msgspec.Struct, frozen=True, rename={"low": "from", "high": "to"}):
    """From one value of a column to another, both included."""

    low: Scalar
    high: Scalar


Condition = Scalar | Range | tuple[Scalar, ...]
"""What a column must hold: a value, one of several, or one within a range."""


class Part(msgspec.Struct, frozen=True):
    """One part of a statement that was put to the test: its key, and the evidence of its time and of now."""

    claim_id: str
    part: str
    then: tuple[Derivation, ...]
    now: tuple[Derivation, ...]


class Derivation(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How to compute a number again from the tables: a selection of rows, or an operation on other numbers.

    A selection sums a ``column`` of a ``table`` over the rows that meet ``where``. An operation ``op`` makes one number
    ``of`` others: a rate is given ``per`` so many, a change ``across`` a break carries the sentence that says so, by
    language; an audit counts the tables themselves, a count of verdicts the statements put to the test. What was
    derived outside the library says ``how``, and its ``value``, which nobody can compute again from the tables alone.
    """

    table: str | None = None
    column: str | None = None
    where: dict[str, Condition] | None = None
    op: str | None = None
    of: tuple[Derivation | tuple[Part, ...], ...] | None = None
    per: float | int | None = None
    across: dict[str, str] | None = None
    verdict: str | None = None
    measure: str | None = None
    as_of: str | None = None
    cells: dict[str, str] | None = None
    how: str | None = None
    value: float | int | None = None

    @property
    def parts(self) -> tuple[Derivation, ...]:
        """The numbers that an operation is made of; none of a selection, nor of a count of statements."""
        return tuple(part for part in self.of or () if isinstance(part, Derivation))


class Fact(msgspec.Struct, frozen=True):
    """One number as it is proved.

    Attributes:
        value: the number, with 12 significant digits; None where there is none (`missing` says why).
        unit: key of the unit: ``persons``, ``percent``, ``points``, ...
        period: ISO period.
        geography: code of the country or of a state, or several joined by ``+``.
        preliminary: whether its publisher may still revise it or the period is incomplete.
        missing: why there is no value (see `Quantity`).
        tables: names of the tables it came from.
        derivation: how to compute it again.
        lacks: the parts of a sum that are not known, where there are such.
    """

    value: float | int | None
    unit: str
    period: str
    geography: str
    preliminary: bool
    missing: Missing
    tables: tuple[str, ...]
    derivation: Derivation
    lacks: tuple[str, ...] | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.period:
            span_days(self.period)

    @staticmethod
    def of(quantity: Quantity) -> Fact:
        """Return the fact that a quantity is."""
        return msgspec.convert(quantity.fact(), Fact)

    def text(self, language: Language, spec: str = "", *, prose: bool = False) -> str:
        """Write the number in that language (see `Quantity.text`)."""
        value = None if self.value is None else float(self.value)
        return Quantity(value, self.unit, self.period, missing=self.missing).text(language, spec, prose=prose)


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """A number that a claim in words rests on, and the bounds between which it had to lie.

    Attributes:
        name: the number as the notebook calls it.
        fact: the number.
        low: the least that it may be; None where there is no such bound.
        high: the largest.
        above: whether the bounds themselves are outside.
        holds: whether it lies between them.
    """

    name: str
    fact: Fact
    low: float | int | None = None
    high: float | int | None = None
    above: bool = False
    holds: bool = True

    @property
    def told(self) -> str:
        """The claim: "share in [45, 50]", "received.moved below 0"."""
        if self.low is not None and self.high is not None:
            bounds = f"in [{self.low:g}, {self.high:g}]"
        elif self.low is not None:
            bounds = f"{'above' if self.above else 'from'} {self.low:g}"
        else:
            bounds = f"{'below' if self.above else 'up to'} {self.high:g}"
        return f"{self.name} {'' if self.holds else 'not '}{bounds}"


class Told(msgspec.Struct, frozen=True):
    """A fact where it stands: the slot of an element, and its name there."""

    slot: str
    name: str
    fact: Fact


class PlacedFact(msgspec.Struct, frozen=True):
    """A fact of a document: the element and the slot where it stands, and its name there."""

    where: str
    name: str
    fact: Fact
