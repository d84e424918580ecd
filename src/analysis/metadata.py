"""What the descriptor says of one table: title, unit, types, period, provenance, and the line of its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.quantities import format_date, format_period
from analysis.words import Language, word


@dataclass(frozen=True)
class Metadata:
    """What the descriptor says of one table (a Frictionless resource with OWID's provenance words)."""

    resource: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name of the table."""
        return str(self.resource["name"])

    def title(self, language: Language) -> str:
        """Title of the table."""
        return str(self.resource["title" if language == "es" else "title_en"])

    @property
    def unit(self) -> str:
        """Key of the unit that the table counts."""
        return str(self.resource["unit_key"])

    def unit_name(self, language: Language) -> str:
        """The unit in words, plural: "personas"."""
        return str(self.resource["unit"][language])

    @property
    def fields(self) -> dict[str, str]:
        """Type of each column, by name."""
        return {f["name"]: f["type"] for f in self.resource["schema"]["fields"]}

    @property
    def key(self) -> list[str]:
        """Columns whose values together name a row."""
        return list(self.resource["schema"].get("primaryKey", []))

    @property
    def period(self) -> Mapping[str, str]:
        """Which column is the period and of what kind: year, month, span or none."""
        return dict(self.resource["period"])

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Producer, publisher, version, dates, licence, caveats and processing."""
        return dict(self.resource["provenance"])

    def publisher(self, language: Language) -> str:
        """Publisher as a source line names it."""
        return str(self.provenance["publisher"][language])

    def version(self, language: Language) -> str:
        """Vintage in words: the date of the version, or of each file where the table is made of several."""
        versions = [str(v["version"]) for v in self.provenance.get("versions", [])] or [str(self.provenance["version"])]
        return f" {word('and', language)} ".join(_dated(version, language) for version in versions)

    def caveats(self, language: Language) -> list[str]:
        """What a reader must know before using the table."""
        return list(self.provenance["caveats"][language])

    def licence(self, language: Language) -> str:
        """Licence, marked where it forbids commercial use; for press figures, that they are quoted."""
        licence = self.provenance["licence"]
        name = str(licence[language] if isinstance(licence, Mapping) else licence)
        return f"{name} ({word('noncommercial', language)})" if self.provenance["noncommercial"] else name

    def source_line(self, language: Language) -> str:
        """Return who published this, which version, when we read it, and under what licence."""
        version = self.version(language)
        joint = "" if language == "en" else "del " if version.split()[0].isdigit() and " " in version else "de "
        accessed = format_date(self.provenance["date_accessed"], language, short=True)
        licence = self.licence(language)
        named = isinstance(self.provenance["licence"], str)
        terms = f"{word('licence', language)} {licence}" if named else licence[0].upper() + licence[1:]
        return (
            f"{self.publisher(language)}, {word('version', language)} {joint}{version}, "
            f"{word('accessed', language)} {accessed}. {terms}."
        )


def _dated(version: str, language: Language) -> str:
    """Write a version that is a year, a month or a day as such; another name of a version stays as it is."""
    try:
        return format_period(version, language, short=True)
    except ValueError:
        return version
