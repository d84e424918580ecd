"""Pure measures: from quantities to quantities, and from tables to smaller tables.

Nothing here reads, prints or draws. Each measure keeps the derivation of what it was made from, so that a number
in a briefing can be computed again from the tables alone (see `facts.recompute`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any, Final

import pandas as pd

from analysis.foundation.errors import QuantityError
from analysis.foundation.words import LANGUAGES
from analysis.mexico import COUNTRY
from analysis.values.quantities import Missing, Quantity, UnitError
from analysis.values.texts import Text
from analysis.values.units import check_unit

MIN_SHARE_BASE: Final = 100
"""A share of fewer cases than this is not shown: one case would move it by more than a point."""

MIN_RATE_CASES: Final = 10
"""A rate of fewer cases than this is not shown: chance alone moves it by a third or more."""


NOT_SAID: Final = Text("", "")
"""No sentence: a comparison across a break of the series is missing."""


def break_between(now: Quantity, before: Quantity) -> Text:
    """Return the sentence on the breaks of the series between two quantities, to print beside their comparison.

    Returns:
        For instance "Desde 2021 los eventos incluyen a personas canalizadas a albergues..."; no text where both are
        counted in one way.
    """
    sentences = {b.es: b.en for b in now.breaks_to(before)}
    return Text(" ".join(sentences), " ".join(sentences.values()))


def change(now: Quantity, before: Quantity, *, across: Text = NOT_SAID) -> Quantity:
    """Relative change from `before` to `now`, in percent; missing when there is nothing to compare with.

    Args:
        now: the later quantity.
        before: the earlier one.
        across: the sentence that says that they are not counted in one way, where they are not (see
            `break_between`). It must stand in the same element; without it the change is missing.

    Raises:
        UnitError: if the two do not count the same thing.
    """
    _same_unit(now, before, "change")
    value = None
    if now.value is not None and before.value:
        value = 100 * (now.value - before.value) / before.value
    return _compared("change", "percent", value, now, before, across)


def difference(now: Quantity, before: Quantity, *, across: Text = NOT_SAID) -> Quantity:
    """`now` minus `before`: in points when they are shares, else in their unit.

    Args:
        now: what is left.
        before: what is taken away.
        across: the sentence that says that they are not counted in one way, as in `change`.

    Raises:
        UnitError: if the two do not count the same thing.
    """
    _same_unit(now, before, "difference")
    value = None if now.value is None or before.value is None else now.value - before.value
    return _compared("difference", "points" if now.unit == "percent" else now.unit, value, now, before, across)


def share(part: Quantity, whole: Quantity) -> Quantity:
    """`part` in 100 of `whole`; too few to show when the whole counts fewer than 100 cases.

    Missing where they are of two periods that are not counted in one way.

    Raises:
        UnitError: if the two do not count the same thing.
    """
    _same_unit(part, whole, "share")
    return _quotient("share", "percent", part, whole, 100, few=whole.number < MIN_SHARE_BASE)


def rate(cases: Quantity, population: Quantity, *, per: int = 100_000, unit: str = "") -> Quantity:
    """Cases per so many inhabitants; too few to show under 10 cases.

    Missing where both are of one broken series and of periods that are not counted in one way.

    Args:
        cases: what is counted.
        population: of whom, or of what.
        per: how many of these.
        unit: what the quotient is, where "cases per so many" is no unit: millions of dollars by transfers, per million,
            are ``usd_per_transfer``.

    Raises:
        QuantityError: if there is no such unit.
    """
    if unit:
        check_unit(unit)
    few = bool(population.value) and cases.number < MIN_RATE_CASES
    return _quotient("rate", unit or f"{cases.unit}_per_{per}", cases, population, per, few=few, per=per)


def total(parts: Sequence[Quantity]) -> Quantity:
    """Sum of quantities of one unit; missing as soon as one of them is, with which ones those are.

    Raises:
        UnitError: if they do not all count the same thing.
        QuantityError: if there is none.
    """
    if not parts:
        raise QuantityError("a total needs at least one quantity")
    for part in parts[1:]:
        _same_unit(parts[0], part, "total")
    values = [part.value for part in parts]
    value = None if any(v is None for v in values) else sum(v for v in values if v is not None)
    periods = list(dict.fromkeys(part.period for part in parts))
    period = periods[0] if len(periods) == 1 else f"{periods[0].partition('/')[0]}/{periods[-1].rpartition('/')[2]}"
    missing: Missing = "no_data" if all(v is None for v in values) else "partial"
    return _derived("total", parts[0].unit, value, list(parts), period=period, missing=missing)


def top(values: pd.Series[float], n: int) -> pd.Series[float]:
    """The n largest values, largest first; equal values in the order of their labels, so that ties are stable."""
    return values.sort_index().sort_values(ascending=False, kind="stable").head(n)


def rank(of: Quantity, among: Sequence[Quantity]) -> Quantity:
    """Rank of a quantity when all are ordered from the largest; equal ones share the better rank.

    Those that have no value are left out. There is no rank among periods that are not all counted in one way.

    Raises:
        UnitError: if they do not all count the same thing.
    """
    for other in among:
        _same_unit(of, other, "place")
    others = [other for other in among if other.value is not None]
    apart = any(of.breaks_to(other) for other in others)
    value = None if of.value is None or apart else 1 + sum(other.number > of.number for other in others)
    return _derived("place", "place", value, [of, *others], missing="break" if apart else "no_data")


def median_size(parts: Sequence[Quantity]) -> Quantity:
    """Median of the sizes of quantities of one unit, their signs left aside; those without a value are left out.

    Raises:
        UnitError: if they do not all count the same thing.
        QuantityError: if there is none.
    """
    known = [part for part in parts if part.value is not None]
    if not parts:
        raise QuantityError("a median needs at least one quantity")
    for part in parts[1:]:
        _same_unit(parts[0], part, "median")
    value = median(abs(part.number) for part in known) if known else None
    return _derived("median_size", parts[0].unit, value, known or list(parts), period="")


def _same_unit(a: Quantity, b: Quantity, measure: str) -> None:
    """Refuse to compare what counts different things, or would be a sum of rows that must not be added."""
    a.refuse_no_sum()
    b.refuse_no_sum()
    if a.unit != b.unit:
        raise UnitError(f"a {measure} of {a.unit} and {b.unit} mixes units: compare things of one unit only")


def _compared(op: str, unit: str, value: float | None, now: Quantity, before: Quantity, across: Text) -> Quantity:
    """The result of a comparison; across a break of the series only with the sentence that says so."""
    breaks = now.breaks_to(before)
    if breaks and not across:
        return replace(_derived(op, unit, None, [now, before], missing="break"), breaks=breaks)
    sentence = {language: across.render(language, prose=True) for language in LANGUAGES}
    extra: dict[str, Any] = {"across": sentence} if breaks else {}
    return _derived(op, unit, value, [now, before], **extra)


def _quotient(op: str, unit: str, part: Quantity, whole: Quantity, factor: int, *, few: bool, **extra: Any) -> Quantity:
    """So many times one quantity by another; missing where cases are few, or both are of one series across a break."""
    value: float | None = None
    missing: Missing = "no_data"
    if part.value is not None and whole.value is not None:
        if few:
            missing = "too_few"
        elif part.breaks_to(whole):
            missing = "break"
        elif whole.value:
            value = factor * part.value / whole.value
    return _derived(op, unit, value, [part, whole], missing=missing, **extra)


def _derived(
    op: str,
    unit: str,
    value: float | None,
    of: list[Quantity],
    *,
    period: str | None = None,
    missing: Missing = "no_data",
    **extra: Any,
) -> Quantity:
    """Return what an operation makes of quantities; of the period of the first one, where no other is given.

    What is made of the readings of a metric is one, and is compared like one.
    """
    for part in of:
        part.refuse_no_sum()
    reason = "" if value is not None else _reason(of, missing)
    made = next((type(q) for q in of if type(q) is not Quantity), Quantity)
    return made(
        value=value,
        unit=unit,
        period=of[0].period if period is None else period,
        geography=COUNTRY.together(q.geography for q in of),
        tables=tuple(dict.fromkeys(name for q in of for name in q.tables)),
        derivation={"op": op, "of": [dict(q.derivation) for q in of], **extra},
        preliminary=any(q.preliminary for q in of),
        missing=reason,
        lacks=tuple(dict.fromkeys(name for q in of for name in _lacking(q))) if reason == "partial" else (),
        breaks=tuple(dict.fromkeys(b for q in of for b in q.breaks)),
    )


def _reason(of: Sequence[Quantity], own: Missing) -> Missing:
    """Why a measure has no value: for what its parts lack, else for its own reason."""
    reasons: tuple[Missing, ...] = ("too_few", "break", "partial")
    return next((reason for reason in reasons if any(q.missing == reason for q in of)), own)


def _lacking(part: Quantity) -> tuple[str, ...]:
    """What a part lacks, in words; the place and the period of one that is not known at all."""
    if part.lacks or part.value is not None:
        return part.lacks
    place = "" if part.geography == COUNTRY.code else part.geography
    return (", ".join(word for word in (place, part.period) if word),)
