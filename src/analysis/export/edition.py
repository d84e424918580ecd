"""What an edition is, and a report of it: names, date, kind, languages and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from analysis.export.notebooks import Value
from analysis.mexico import COUNTRY

INDEX_FILES: Final[Mapping[str, str]] = {"es": "index.html", "en": "index.en.html"}
Kind = Literal["published", "draft", "reconstruction"]


@dataclass(frozen=True)
class Edition:
    """One edition: its name, its cut-off date, which reports, languages and places it has, and whom readers write to.

    Among the places, "states" stands for those that a report has: all, or none. ``follows`` is the folder of what the
    edition before said; None where there is none. ``kind`` says what its pages may claim to be: what readers were
    told, what is under work, or a past date seen with the data of today, which nobody was ever told.
    """

    name: str
    as_of: str
    kind: Kind
    languages: tuple[str, ...]
    geographies: tuple[str, ...]
    reports: tuple[str, ...]
    contact: str = ""
    follows: Path | None = None

    @property
    def folder(self) -> str:
        """Name of the folder that it is built in; that of a reconstruction cannot be taken for an edition."""
        return f"{self.name}-reconstruction" if self.kind == "reconstruction" else self.name

    def reconstructed(self) -> Edition:
        """Return the same date as a reconstruction: it has no edition before."""
        return replace(self, kind="reconstruction", follows=None)


@dataclass(frozen=True)
class Report:
    """One report to make: a notebook with its parameters. The unit of work of a build."""

    slug: str
    parameters: Mapping[str, Value]

    @property
    def language(self) -> str:
        """Language of the report."""
        return str(self.parameters["language"])

    @property
    def geography(self) -> str:
        """Code of the country or of a state."""
        return str(self.parameters["geography"])

    @property
    def stem(self) -> str:
        """Name of its files without extension: the notebook, and the state where it is about one."""
        return self.slug if self.geography == COUNTRY.code else f"{self.slug}-{self.geography}"

    @property
    def name(self) -> str:
        """Name within its edition: ``es/05_assistance_protection``."""
        return f"{self.language}/{self.stem}"


def kept_of(report: Report, edition: Edition) -> bytes:
    """Return what is kept of the same theme and place in the edition before; nothing where there was none."""
    path = edition.follows / f"{report.stem}.json" if edition.follows else None
    return path.read_bytes() if path is not None and path.is_file() else b""
