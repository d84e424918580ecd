"""What a published edition said, kept in the repository: readers were told it, and later editions compare with it.

A folder an edition: a file a briefing with its sentences, key figures and facts; ``edition.json`` with the commit that
it was built at; ``SHA256SUMS`` with the digests of the files that readers got.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from analysis.export.document import Document, flat, place_of
from analysis.export.records import Figure
from analysis.export.written import texts_of
from analysis.foundation.errors import PublishError
from analysis.foundation.files import json_bytes

RECORD: Final = "edition.json"
SUMS: Final = "SHA256SUMS"


class Sentence(msgspec.Struct, frozen=True):
    """A text of a page, and where it stands there."""

    where: str
    text: str


class Fact(msgspec.Struct, frozen=True):
    """A number of a page: its value, why it has none, and what it follows from."""

    derivation: dict[str, Any] | None
    geography: str
    missing: str
    name: str
    period: str
    unit: str
    value: int | float | None
    where: str


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
        head: dict[str, Any] = msgspec.to_builtins(self)
        facts, sentences = head.pop("facts"), head.pop("sentences")
        text = json_bytes(head).decode().removesuffix("\n}\n")
        told = ",\n  ".join(f"{json.dumps(tag)}: {_lines(texts)}" for tag, texts in sorted(sentences.items()))
        return f'{text},\n "sentences": {{\n  {told}\n }},\n "facts": {_lines(facts)}\n}}\n'.encode()


def _lines(items: Sequence[Mapping[str, Any]]) -> str:
    """Write a list of JSON objects, one a line."""
    return "[\n  " + ",\n  ".join(json.dumps(item, ensure_ascii=False, sort_keys=True) for item in items) + "\n ]"


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
        as_of=first.cover["as_of"],
        title={language: document.cover["title"] for language, document in documents.items()},
        headline={language: document.card.headline for language, document in documents.items()},
        figures={language: _figures(document) for language, document in documents.items()},
        sentences={language: _sentences(document) for language, document in documents.items()},
        facts=msgspec.convert(first.facts, list[Fact]),
    )


def _sentences(document: Document) -> list[Sentence]:
    cover = [Sentence(f"cover, {key}", document.cover[key]) for key in ("title", "scope", "cutoff", "place")]
    return cover + [
        Sentence(f"{place_of(block)}, {written.slot}", written.text)
        for block in flat(document.blocks)
        for written in texts_of(block)
    ]


def _figures(document: Document) -> list[Figure]:
    return [
        Figure(figure["value"], figure["label"])
        for block in flat(document.blocks)
        if block["kind"] == "key_figures"
        for figure in block["figures"]
    ]
