"""What the descriptor says of one table: title, unit, types, period, provenance, and the line of its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from analysis.foundation.errors import QuantityError
from analysis.foundation.words import Language, word
from analysis.mexico import COUNTRY
from analysis.package.credits import Credit
from analysis.package.periods import Period, period_of
from analysis.values.breaks import Break
from analysis.values.periods import first_day
from analysis.values.quantities import format_date, format_period
from analysis.values.texts import Word

NUMBERS: Final = frozenset({"integer", "number"})
"""Types of columns that can be summed."""
_STATE: Final = "state_code"


@dataclass(frozen=True)
class Metadata:
    """What the descriptor says of one table (a Frictionless resource with OWID's provenance words)."""

    resource: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name of the table."""
        return str(self.resource["name"])

    def title(self, language: Language) -> Word:
        """Title of the table."""
        return Word(self.resource["title" if language == "es" else "title_en"], "label")

    def column_title(self, column: str, language: Language) -> str:
        """Title of a column; its name where it has none, or the table no longer has it."""
        described: Mapping[str, Any] = next(
            (field for field in self.resource["schema"]["fields"] if field["name"] == column), {}
        )
        return str(described.get("title" if language == "es" else "title_en", column))

    @property
    def unit(self) -> str:
        """Key of the unit that the table counts."""
        return str(self.resource["unit_key"])

    def unit_of(self, column: str) -> str:
        """Key of the unit of a column: its own, else that of the table."""
        return str(self.field(column).get("unit", self.unit))

    @property
    def fields(self) -> dict[str, str]:
        """Type of each column, by name."""
        return {f["name"]: f["type"] for f in self.resource["schema"]["fields"]}

    def field(self, column: str) -> Mapping[str, Any]:
        """What the descriptor says of a column."""
        return next(dict(f) for f in self.resource["schema"]["fields"] if f["name"] == column)

    @cached_property
    def place_columns(self) -> list[str]:
        """Columns that name the place where something was counted, as a nationality does not; that of states first."""
        named = [f["name"] for f in self.resource["schema"]["fields"] if f["name"] == _STATE or "places" in f]
        return sorted(named, key=_STATE.__ne__)

    def place(self, column: str, value: str) -> str:
        """Code of the place that a value of such a column names, or codes joined by ``+``.

        The descriptor says in ``places`` of a column that its values are codes of places, as those of states always
        are; or the place of each value, save those that mean the whole country.
        """
        if column == _STATE:
            return value
        places = self.field(column)["places"]
        return value if places == "codes" else str(places.get(value, COUNTRY.code))

    @property
    def key(self) -> list[str]:
        """Columns whose values together name a row."""
        return list(self.resource["schema"].get("primaryKey", []))

    @cached_property
    def period(self) -> Period:
        """Which days its rows cover, and how they say so."""
        return period_of(self.resource["period"])

    @property
    def has_numbers(self) -> bool:
        """Whether it holds numbers besides its key; a list of names, such as that of the states, does not."""
        return any(kind in NUMBERS for name, kind in self.fields.items() if name not in self.key)

    @property
    def measures(self) -> list[str]:
        """Number columns outside the key and the period."""
        return [n for n, kind in self.fields.items() if kind in NUMBERS and n not in {*self.key, *self.period.columns}]

    @cached_property
    def time_columns(self) -> frozenset[str]:
        """Columns that say of when a row is: those of the period, else the years of a table that has none."""
        return self.period.columns or frozenset({"year"} & self.fields.keys())

    def apart(self, column: str) -> tuple[str, ...]:
        """Return the columns in which rows must agree to be added up in a column of numbers.

        The descriptor says it of what stands ``alone``. A rate, a mean or a rank is added to nothing; a stock
        (``period``) to nothing of another period; of sources, indicators or breakdowns a sum takes one. What was
        published again of the same period is another version of it.
        """
        return self._apart[column]

    @cached_property
    def _apart(self) -> dict[str, tuple[str, ...]]:
        fields, times = self.resource["schema"]["fields"], [c for c in self.key if c in self.time_columns]
        held = {"period": times, True: self.key}
        always = [f["name"] for f in fields if f.get("alone") is True and f["name"] not in self.measures]
        always += [self.period.published] if self.period.published in self.key else []
        return {
            f["name"]: tuple(dict.fromkeys([*held.get(f.get("alone"), ()), *always]))
            for f in fields
            if f["type"] in NUMBERS
        }

    @cached_property
    def wholes(self) -> dict[str, str]:
        """The value of a column that holds the others: the country beside its states, all beside the parts."""
        told = {f["name"]: str(f["whole"]) for f in self.resource["schema"]["fields"] if "whole" in f}
        return ({_STATE: COUNTRY.code} if _STATE in self.fields else {}) | told

    @property
    def absent_is_zero(self) -> bool:
        """Whether a row that is not there, in a period that is, means zero."""
        return bool(self.resource.get("absent_rows") == "zero")

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Producer, publisher, version, dates, licence, caveats and processing."""
        return dict(self.resource["provenance"])

    def publisher(self, language: Language) -> str:
        """Publisher as a source line names it."""
        return str(self.provenance["publisher"][language])

    def short_publisher(self, language: Language) -> str:
        """Publisher without the product, the table or who compiled it: "ABC" for "ABC, table 3.1.1 (...)"."""
        return re.split(r",| \(", self.publisher(language))[0]

    def versions(self, language: Language, as_of: date) -> list[str]:
        """Vintages in words, one for each file that the table is made of: dates where they are dates.

        One dated after `as_of`, the cut-off of a briefing, is marked as such.
        """
        named = [str(v["version"]) for v in self.provenance.get("versions", [])] or [str(self.provenance["version"])]
        mark = f" ({word('after_cutoff', language)})"
        return [_dated(v, language) + (mark if _is_after(v, as_of) else "") for v in named]

    def version(self, language: Language, as_of: date) -> str:
        """Vintages in words, joined."""
        return f" {word('and', language)} ".join(self.versions(language, as_of))

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Days from which it counts something else, or in another way."""
        return tuple(Break.described(item) for item in self.resource.get("breaks", ()))

    def breaks_of(self, column: str, conditions: Mapping[str, Any]) -> tuple[Break, ...]:
        """Those of the breaks that touch a sum of a column over the rows that meet these conditions."""
        return tuple(b for b in self.breaks if b.touches(column, conditions))

    def caveats(self, language: Language) -> list[str]:
        """What a reader must know before using the table."""
        return list(self.provenance["caveats"][language])

    def licence_name(self, language: Language) -> str:
        """Licence; for press figures, that they are quoted."""
        licence = self.provenance["licence"]
        return str(licence[language] if isinstance(licence, Mapping) else licence)

    def licence(self, language: Language) -> str:
        """Licence, marked where it forbids commercial use."""
        name = self.licence_name(language)
        return f"{name} ({word('noncommercial', language)})" if self.provenance["noncommercial"] else name

    def terms(self, language: Language) -> str:
        """On what terms the figures are used: "Licencia CC BY 4.0", or that they are quoted."""
        licensed = isinstance(self.provenance["licence"], str)
        label = word("licence", language) if licensed else f"{word('use', language)}:"
        return f"{label} {self.licence(language)}"

    def read_on(self, language: Language) -> str:
        """When we read it and on what terms: "consulta 22 nov 2026. Licencia CC BY 4.0"."""
        accessed = format_date(self.provenance["date_accessed"], language, short=True)
        return f"{word('accessed', language)} {accessed}. {self.terms(language)}"

    def credit(self, language: Language, as_of: date) -> Credit:
        """Return who published this, which version, when we read it, and under what licence."""
        versions = self.versions(language, as_of)
        named = f" {word('and', language)} ".join(_of(version, language) for version in versions)
        version = f"{word('version' if len(versions) == 1 else 'versions', language)} {named}"
        return Credit(self.publisher(language), version, self.read_on(language))


def _of(version: str, language: Language) -> str:
    """Write "del 25 jun 2026", "de 2023", "of 25 Jun 2026"."""
    if language == "en":
        return f"of {version}"
    return f"del {version}" if version[:1].isdigit() and " " in version else f"de {version}"


def _is_after(version: str, day: date) -> bool:
    """Whether a version that is a year, a month or a day began after a day; a name of another kind tells nothing."""
    try:
        return first_day(version) > day
    except QuantityError:
        return False


def _dated(version: str, language: Language) -> str:
    """Write a version that is a year, a month or a day as such; another name of a version stays as it is."""
    try:
        return format_period(version, language, short=True)
    except ValueError:
        return version
