"""Conditions of sentences: objects that keep the numbers they rest on, so that a claim in words is proved like one.

A condition holds, does not hold, or cannot be told: where a number is missing, or what was counted changed in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from analysis.metrics.axes import MetricError
from analysis.values.measures import difference
from analysis.values.quantities import Quantity


@dataclass(frozen=True, repr=False)
class Bound:
    """A number and the bounds that it was compared with.

    Attributes:
        of: the metric or quantity that was compared.
        attribute: which of the metric's quantities; empty where a quantity was compared.
        less: the metric or quantity that was subtracted first; None where the bounds are plain numbers.
        quantity: the number.
        low: the least that it may be; None where there is no such bound.
        high: the largest.
        open_ended: whether the bounds themselves are outside.
    """

    of: Any
    attribute: str
    less: Any
    quantity: Quantity
    low: float | None
    high: float | None
    open_ended: bool

    @property
    def holds(self) -> bool | None:
        """Whether the number lies between them; None where it is missing."""
        number = self.quantity.value
        if number is None:
            return None
        if self.open_ended:
            return (self.low is None or number > self.low) and (self.high is None or number < self.high)
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    def __repr__(self) -> str:
        value = self.quantity.text("en") if self.quantity.value is not None else self.quantity.missing
        least, most = "above" if self.open_ended else "from", "below" if self.open_ended else "to"
        bounds = [
            f"{least} {self.low:g}" if self.low is not None else "",
            f"{most} {self.high:g}" if self.high is not None else "",
        ]
        return f"{value} {' '.join(filter(None, bounds))}"


@dataclass(frozen=True, eq=False, repr=False)
class Condition:
    """What a sentence claims: it joins others by ``&``, ``|`` and ``~``, and is given to ``say(when=...)``.

    Attributes:
        holds: whether it is so; None where that cannot be told. In a plain ``if``, ask this.
        bounds: the numbers that it rests on.
    """

    holds: bool | None
    bounds: tuple[Bound, ...]

    def __and__(self, other: Condition) -> Condition:
        both = (self.holds, _condition(other).holds)
        return self._with(other, False if False in both else None if None in both else True)

    def __or__(self, other: Condition) -> Condition:
        both = (self.holds, _condition(other).holds)
        return self._with(other, True if True in both else None if None in both else False)

    def __invert__(self) -> Condition:
        return Condition(None if self.holds is None else not self.holds, self.bounds)

    def __bool__(self) -> NoReturn:
        raise MetricError(
            "a condition is no plain true or false: join conditions with & | ~ instead of and, or, not; "
            "write share.between(45, 50) for 45 < share < 50; give it to say(when=...), or ask .holds in an if"
        )

    def __eq__(self, other: object) -> NoReturn:
        raise MetricError("`==` compares no conditions: join them with & | ~, or ask .holds")

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        told = {True: "holds", False: "does not hold", None: "cannot be told"}[self.holds]
        return f"<Condition: {told}: {'; '.join(map(repr, self.bounds))}>"

    def _with(self, other: Condition, holds: bool | None) -> Condition:
        return Condition(holds, (*self.bounds, *other.bounds))


def compared(of: Any, attribute: str = "", *, low: Any = None, high: Any = None, open_ended: bool = False) -> Condition:
    """Return whether a number lies between bounds.

    Args:
        of: a metric or a quantity.
        attribute: which quantity of the metric; of a quantity, none.
        low: the least that it may be: a number, or another metric or quantity of its unit.
        high: the largest, likewise.
        open_ended: whether the bounds themselves are outside.

    Raises:
        UnitError: if it is compared with what counts something else.
        MetricError: if it is compared with what is no number.
    """
    quantity = getattr(of, attribute) if attribute else of
    given = high if low is None else low
    other = given if isinstance(given, Quantity) else getattr(given, "now", None)
    if other is not None:
        quantity, low, high = difference(quantity, other), None if low is None else 0, None if high is None else 0
    for bound in (low, high):
        if bound is not None and (isinstance(bound, bool) or not isinstance(bound, int | float)):
            raise MetricError(f"a number is not compared with {bound!r}: give a number, or a metric of its unit")
    bound = Bound(of, attribute, None if other is None else given, quantity, low, high, open_ended)
    return Condition(bound.holds, (bound,))


class Comparable:
    """What is compared into conditions: a metric by its last value, a value by itself."""

    _asked: ClassVar[str] = ""
    """The attribute that is compared; empty for the value itself."""

    def __lt__(self, other: Any) -> Condition:
        return compared(self, self._asked, high=other, open_ended=True)

    def __le__(self, other: Any) -> Condition:
        return compared(self, self._asked, high=other)

    def __gt__(self, other: Any) -> Condition:
        return compared(self, self._asked, low=other, open_ended=True)

    def __ge__(self, other: Any) -> Condition:
        return compared(self, self._asked, low=other)

    def between(self, low: float, high: float) -> Condition:
        """Return whether it lies between two bounds, both included."""
        return compared(self, self._asked, low=low, high=high)

    def __format__(self, spec: str) -> NoReturn:
        raise MetricError(
            "an f-string prints a number that nothing proves: leave the f away, and say() fills in {this} itself"
        )


def _condition(other: object) -> Condition:
    if not isinstance(other, Condition):
        raise MetricError(
            f"a condition is not joined with a {type(other).__name__}: put each comparison in parentheses, "
            "(rate.rose) & (rate > 60), for & comes before >"
        )
    return other
