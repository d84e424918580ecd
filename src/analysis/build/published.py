"""What a published edition said, kept in the repository: readers were told it, and later editions compare with it.

A folder an edition: a file a briefing with its sentences, key figures and facts; ``edition.json`` with the commit that
it was built at; ``SHA256SUMS`` with the digests of the files that readers got.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from analysis.export.document import Document
from analysis.export.records import Figure
from analysis.foundation.errors import PublishError
from analysis.foundation.files import json_bytes
from analysis.report.facts import Derivation, PlacedFact

RECORD: Final = "edition.json"
SUMS: Final = "SHA256SUMS"


class Sentence(msgspec.Struct, frozen=True):
    """A text of a page, and where it stands there."""

    where: str
    text: str


class Fact(msgspec.Struct, frozen=True):
    """A number of a page: its value, why it has none, and what it follows from."""

    derivation: Derivation | None
    geography: str
    missing: str
    name: str
    period: str
    unit: str
    value: int | float | None
    where: str

    @staticmethod
    def of(placed: PlacedFact) -> Fact:
        """Return a fact of a document as it is kept."""
        fact = placed.fact
        return Fact(
            derivation=fact.derivation,
            geography=fact.geography,
            missing=fact.missing,
            name=placed.name,
            period=fact.period,
            unit=fact.unit,
            value=fact.value,
            where=placed.where,
        )


class Published(msgspec.Struct, frozen=True):
    """What one briefing of an edition said.

    Attributes:
        edition: name of the edition.
        as_of: its cut-off date.
        title: its theme, by language.
        headline: its finding, by language.
        figures: its key figures, by language.
        sentences: every text that a page of it held, in reading order, by language.
        facts: its facts, alike in both languages.
    """

    edition: str
    as_of: str
    title: dict[str, str]
    headline: dict[str, str]
    figures: dict[str, list[Figure]]
    sentences: dict[str, list[Sentence]]
    facts: list[Fact]

    def dump(self) -> bytes:
        """Write it as JSON, a sentence and a fact a line."""
        long = {"facts", "sentences"}
        head = {name: getattr(self, name) for name in self.__struct_fields__ if name not in long}
        text = json_bytes(head).decode().removesuffix("\n}\n")
        told = ",\n  ".join(f"{json.dumps(tag)}: {_lines(texts)}" for tag, texts in sorted(self.sentences.items()))
        return f'{text},\n "sentences": {{\n  {told}\n }},\n "facts": {_lines(self.facts)}\n}}\n'.encode()


def _lines(items: Sequence[Sentence | Fact]) -> str:
    """Write a list of JSON objects, one a line."""
    written = (json.dumps(msgspec.to_builtins(item), ensure_ascii=False, sort_keys=True) for item in items)
    return "[\n  " + ",\n  ".join(written) + "\n ]"


def read_published(content: bytes, name: str) -> Published:
    """Return what was kept of a briefing.

    Raises:
        PublishError: if it is not what `Published.dump` writes.
    """
    try:
        return msgspec.json.decode(content, type=Published)
    except (ValueError, RecursionError) as error:
        raise PublishError(f"{name} is not what a published edition said ({error}): restore it") from None


def as_published(edition: str, documents: Mapping[str, Document]) -> Published:
    """Return what a briefing says, as it is kept.

    Args:
        edition: name of its edition.
        documents: the briefing as its readers get it, by language; at least one.
    """
    first = next(iter(documents.values()))
    return Published(
        edition=edition,
        as_of=first.cover.as_of,
        title={language: document.cover.title for language, document in documents.items()},
        headline={language: document.headline for language, document in documents.items()},
        figures={language: document.figures for language, document in documents.items()},
        sentences={language: _sentences(document) for language, document in documents.items()},
        facts=[Fact.of(placed) for placed in first.facts],
    )


def _sentences(document: Document) -> list[Sentence]:
    cover, language = document.cover, document.language
    told = {"title": cover.title, "scope": cover.scope, "cutoff": cover.cutoff, "place": cover.place_name}
    return [Sentence(f"cover, {key}", text) for key, text in told.items()] + [
        Sentence(f"{element.place}, {written.slot}", written.text)
        for element in document.flat
        for written in element.texts(language)
    ]
