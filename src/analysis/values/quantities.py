"""A number that knows its unit, its period and the table it came from, and how each language writes it.

Formats follow the usage of the country in Spanish (decimal point, comma for thousands) and the same figures in English;
patterns and names come from the CLDR through Babel.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Final, Literal

from babel.dates import format_date as _babel_date
from babel.dates import get_month_names
from babel.numbers import format_decimal

from analysis.foundation.errors import QuantityError
from analysis.foundation.words import Language, word
from analysis.mexico import COUNTRY
from analysis.values.breaks import Break, crossed
from analysis.values.periods import first_day
from analysis.values.units import counted_at_once, is_amount
from analysis.values.vocabulary import UNITS, Kind, in_words, moved_by

MINUS: Final = "\u2212"
EN_DASH: Final = "\u2013"
_LOCALES: Final[dict[Language, str]] = {each: tag.replace("-", "_") for each, tag in COUNTRY.tags.items()}

Missing = Literal["", "no_data", "partial", "no_sum", "too_few", "break"]
WRITTEN_UNITS: Final = frozenset({"percent", "points"})
"""Units that stand beside each of their numbers: 49.1%, +26.4 points."""


class UnitError(QuantityError):
    """Two quantities of different units, which must never be mixed."""


@dataclass(frozen=True)
class Quantity:
    """One number with all that is needed to print it and to prove it.

    Attributes:
        value: the number; ``None`` when there is none (`missing` says why).
        unit: key of the unit: ``persons``, ``events``, ``percent``, ``points``, ...
        period: ISO period: ``2025``, ``2025-04``, ``2025-01/2025-04``.
        geography: code of the country or of a state, or several joined by ``+`` (see `COUNTRY.together`).
        tables: names of the tables it came from.
        derivation: how to compute it again from the tables: either a selection
            (``table``, ``column``, ``where``) or an operation (``op``, ``of``).
        preliminary: whether its publisher may still revise it or the period is incomplete.
        missing: ``no_data`` (not published), ``partial`` (a sum of which parts are not known: no total), ``no_sum``
            (rows that must not be added: whatever uses it is refused), ``too_few`` (too few cases to show) or ``break``
            (a comparison of what was counted in two ways).
        lacks: the parts that are not known, by the words of their keys: ``ABC, 2024``; a few and how many more. Of rows
            that must not be added, why, and the condition to write.
        breaks: breaks of the series that it belongs to; two quantities are compared in time on one side of each.
    """

    value: float | None
    unit: str
    period: str
    geography: str = COUNTRY.code
    tables: tuple[str, ...] = ()
    derivation: Mapping[str, Any] = field(default_factory=dict)
    preliminary: bool = False
    missing: Missing = ""
    lacks: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()

    @property
    def number(self) -> float:
        """The value as a float; not a number when missing, so that every comparison with it is false.

        Raises:
            QuantityError: if it would be a sum of rows that must not be added.
        """
        self.refuse_no_sum()
        return math.nan if self.value is None else float(self.value)

    def refuse_no_sum(self) -> None:
        """Refuse to go on with what would be a sum of rows that must not be added.

        Raises:
            QuantityError: if it is, with the condition that its author left out.
        """
        if self.missing == "no_sum":
            raise QuantityError(self.lacks[0])

    def __lt__(self, other: Quantity | float) -> bool:
        return self.number < _number(other, self)

    def __le__(self, other: Quantity | float) -> bool:
        return self.number <= _number(other, self)

    def __gt__(self, other: Quantity | float) -> bool:
        return self.number > _number(other, self)

    def __ge__(self, other: Quantity | float) -> bool:
        return self.number >= _number(other, self)

    def breaks_to(self, other: Quantity) -> tuple[Break, ...]:
        """Return the breaks that lie between this quantity and another of another period and the same series."""
        if not self.breaks or self.value is None or other.value is None:
            return ()
        return crossed(self.period, other.period, [b for b in self.breaks if b in other.breaks])

    def between(self, low: float, high: float) -> bool:
        """Whether the value lies in the closed interval; false when it is missing."""
        return low <= self.number <= high

    def text(self, language: Language, spec: str = "", *, prose: bool = False) -> str:
        """Write the quantity in that language.

        Args:
            language: ``es`` or ``en``.
            spec: empty for the unit's own format; a digit for the number of decimals; ``+`` to sign it;
                ``millions`` of an amount for "1.07 millones", whatever its table counts in; ``abs`` for the size
                without its sign (may be joined: ``abs 0``); ``fraction``, ``trend``, ``trends`` (of a plural) or
                ``size`` for words of the closed vocabulary, with a capital where they begin a sentence: ``Fraction``.
            prose: inside a sentence, where English writes "49.1 per cent" and figures write "49.1%".

        Raises:
            QuantityError: if the spec is unknown, naming it, or has no words for this unit; or if there is no sum.
        """
        self.refuse_no_sum()
        if spec.lower() in _WORDED:
            told = self._in_words(spec.lower(), language, prose=prose)
            return told[0].upper() + told[1:] if spec[0].isupper() else told
        asked, flags = _parsed(spec)
        if self.value is None:
            return word(self.missing or "no_data", language)
        value, signed = abs(self.value) if "abs" in flags else self.value, "+" in flags
        if "millions" in flags:
            return self._in_millions(value, language, asked, signed=signed)
        usual = 1 if self.unit in WRITTEN_UNITS else 0
        number = format_number(value, language, usual if asked is None else asked, signed=signed)
        if self.unit == "percent":
            return number + (" per cent" if prose and language == "en" else "%")
        return f"{number} {word('points', language)}" if self.unit == "points" else number

    def _in_millions(self, value: float, language: Language, decimals: int | None, *, signed: bool) -> str:
        """The number in millions; what is counted in millions already has three digits, where no decimals are asked."""
        if not is_amount(self.unit):
            raise QuantityError(f"'millions' is for counts and money, not for {self.unit}: leave it out")
        scale = counted_at_once(self.unit)
        digits = 2 if scale == 1 else max(0, 2 - int(math.log10(max(1, abs(value) * scale / 1e6))))
        return format_millions(value * scale, language, digits if decimals is None else decimals, signed=signed)

    def _in_words(self, spec: str, language: Language, *, prose: bool) -> str:
        """Words that are true of the value where the vocabulary has them, else the number and, of a trend, its verb."""
        kind, plural = _WORDED[spec]
        if self.unit not in UNITS[kind]:
            raise QuantityError(f"'{spec}' has words for {' and '.join(UNITS[kind])}, not for {self.unit}")
        if self.value is None:
            return word(self.missing or "no_data", language)
        number = float(rounded(self.value, 1))
        if (self.unit == "percent" or not number) and (told := in_words(number, kind, language, plural=plural)):
            return told
        whole = self.unit == "percent" and kind != "fraction" and abs(number) >= _TOLD_WHOLE
        size = self.text(language, f"abs {0 if whole else 1}", prose=prose)
        return moved_by(size, number, language, plural=plural) if kind == "trend" else size

    def fact(self) -> dict[str, Any]:
        """Return the record of this number for the facts file: value with 12 significant digits, unit, origin.

        Raises:
            QuantityError: if it would be a sum of rows that must not be added.
        """
        self.refuse_no_sum()
        return {
            "value": None if self.value is None else significant(self.value),
            "unit": self.unit,
            "period": self.period,
            "geography": self.geography,
            "preliminary": self.preliminary,
            "missing": self.missing,
            "tables": list(self.tables),
            "derivation": dict(self.derivation),
            **({"lacks": list(self.lacks)} if self.lacks else {}),
        }


_WORDED: Final[Mapping[str, tuple[Kind, bool]]] = {
    "fraction": ("fraction", False),
    "trend": ("trend", False),
    "trends": ("trend", True),
    "size": ("size", False),
}
"""Formats that ask for words: of which kind, and whether of a subject in the plural."""
_TOLD_WHOLE: Final = 10
"""From here on, in percent, the size of a change is told without decimals."""


def _parsed(spec: str) -> tuple[int | None, set[str]]:
    """Return the number of decimals that a format asks for, if any, and its other words."""
    decimals, flags = None, set()
    for token in spec.replace("+", " + ").split():
        if token.isdigit():
            decimals = int(token)
        elif token in {"+", "abs", "millions"}:
            flags.add(token)
        else:
            known = "a number of decimals, '+', 'abs', 'millions', or alone fraction, trend, trends or size"
            raise QuantityError(f"unknown format '{spec}': use {known}")
    return decimals, flags


def _number(other: Quantity | float, against: Quantity) -> float:
    """The number to compare with; not a number across a break of the series, where every comparison is false."""
    if isinstance(other, Quantity):
        if other.unit != against.unit:
            raise UnitError(f"cannot compare {against.unit} with {other.unit}: units are never mixed")
        return math.nan if other.breaks_to(against) else other.number
    return float(other)


def significant(value: float) -> float | int:
    """Round to 12 significant digits, so that another processor's last bit does not change what is stored."""
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() else rounded


def rounded(value: float, decimals: int = 0) -> Decimal:
    """Round as every printed number is: the decimal that the table holds, a half away from zero.

    34.75 is printed as 34.8 and 80.05 as 80.1; of the latter, the binary fraction nearest to it would make 80.0.
    A number that is computed counts with its first 12 digits, which no processor disputes.
    """
    whole = len(str(int(abs(value))))  # digits before the point, which are never cut
    return Decimal(f"{value:.{max(12, whole)}g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@lru_cache(maxsize=10_000)
def format_number(value: float, language: Language, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a number with thousands separated: 70,482 · −1,234.5; `signed` with its plus as well: +4.0."""
    shown = rounded(value, decimals)
    sign = MINUS if shown < 0 else "+" if signed and shown > 0 else ""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return sign + str(format_decimal(abs(shown), format=pattern, locale=_LOCALES[language]))


def format_visible(value: float, language: Language, decimals: int = 0) -> str:
    """Write a number so that only zero reads as zero: 0.04 stays 0.04 where one decimal would make it 0.0."""
    if value and not rounded(value, decimals):
        decimals = -math.floor(math.log10(abs(value)))
    return format_number(value, language, decimals)


def needed_decimals(values: Sequence[float]) -> int:
    """Return the decimals that values of one table or chart need.

    None where all are whole, one where some reach 1; where all are below 1, as few as show two digits of the largest.
    """
    largest = max((abs(value) for value in values), default=0.0)
    if all(value == round(value) for value in values):
        return 0
    most = max(1, 1 - math.floor(math.log10(largest)))
    return next((d for d in range(1, most) if all(math.isclose(v, round(v, d), rel_tol=1e-9) for v in values)), most)


def format_millions(value: float, language: Language, decimals: int = 2, *, signed: bool = False) -> str:
    """Write a number in millions: 1.07 millones · 1.07 million; 1 millón when it is exactly one."""
    number = format_number(value / 1e6, language, decimals, signed=signed)
    if language == "en":
        return f"{number} million"
    return f"{number} {'millón' if abs(rounded(value / 1e6, decimals)) == 1 else 'millones'}"


def format_date(day: date | str, language: Language, *, short: bool = False) -> str:
    """Write a day: 25 de junio de 2026 · 25 June 2026; short: 25 jun 2026 · 25 Jun 2026."""
    when = date.fromisoformat(day) if isinstance(day, str) else day
    pattern = "d MMM y" if short else ("d 'de' MMMM 'de' y" if language == "es" else "d MMMM y")
    return str(_babel_date(when, format=pattern, locale=_LOCALES[language]))


def iso_date(text: str) -> date:
    """Return the day that ``YYYY-MM-DD`` names; Python alone would take other spellings of ISO 8601 as well.

    Raises:
        QuantityError: if the text is not such a day.
    """
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise QuantityError(f"'{text}' is not written as YYYY-MM-DD")
    return day


def month_name(month: int, language: Language, *, short: bool = False) -> str:
    """Return the name of a month (1 to 12): enero · January; short: ene · Jan."""
    names = get_month_names("abbreviated" if short else "wide", "stand-alone", locale=_LOCALES[language])
    return str(names[month]).rstrip(".")


def format_period(period: str, language: Language, *, short: bool = False) -> str:
    """Write an ISO period in words.

    Args:
        period: ``2025``, ``2025-04``, ``2025-04-20`` or a span of two of them with ``/`` between.
        language: ``es`` or ``en``.
        short: months abbreviated (abr 2025).

    Returns:
        For instance "2025", "abril de 2025", "enero–abril de 2025", "2014–2024", "enero de 2021–8 de
        septiembre de 2025".

    Raises:
        QuantityError: if the period is none of these.
    """
    start, _, end = period.partition("/")
    if not end:
        return _format_moment(start, language, short)
    if len(start) == len(end) == 7 and start[:4] == end[:4]:
        first = month_name(int(start[5:]), language, short=short)
        return f"{first}{EN_DASH}{_format_moment(end, language, short)}"
    return f"{_format_moment(start, language, short)}{EN_DASH}{_format_moment(end, language, short)}"


def _format_moment(moment: str, language: Language, short: bool) -> str:
    first_day(moment)  # which refuses what is no moment
    if len(moment) == 4:
        return moment
    if len(moment) == 7:
        year, month = int(moment[:4]), int(moment[5:])
        joint = " de " if language == "es" and not short else " "
        return f"{month_name(month, language, short=short)}{joint}{year}"
    return format_date(moment, language, short=short)
