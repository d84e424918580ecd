"""The line of the source under an element: each publisher once, and the terms that many share once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from analysis.foundation.words import Language, word

DATA_PACKAGE: Final = "datapackage"
"""Name under which the data package itself stands among the sources of a briefing that audits it."""


@dataclass(frozen=True)
class Credit:
    """One document that figures came from.

    Attributes:
        who: whose figures they are: "ABC, cuadro 3.1.1".
        where: which version, or the publication that quotes them: "en EFE (2021)"; may be empty.
        terms: when we read it and on what terms: "consulta 22 nov 2026. Uso: cita con fuente".
    """

    who: str
    where: str
    terms: str


def source_line(documents: Iterable[Credit], language: Language) -> str:
    """Return one line for all documents, in their order: "Fuentes: ABC, en Diario (2021), en Semanario (2022); …"."""
    by_terms: dict[str, dict[str, dict[str, None]]] = {}
    for credit in documents:
        wheres = by_terms.setdefault(credit.terms, {}).setdefault(credit.who, {})
        if credit.where:
            wheres[credit.where] = None
    named = [[", ".join([who, *wheres]) for who, wheres in bodies.items()] for bodies in by_terms.values()]
    several = sum(map(len, named)) > 1
    line = "; ".join("; ".join([*names, terms]) for names, terms in zip(named, by_terms, strict=True))
    return f"{word('sources' if several else 'source', language)}: {line}."
