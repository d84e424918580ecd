"""What a published edition said, kept in the repository: readers were told it, and later editions compare with it.

A folder an edition: a file a briefing with its sentences, key figures and facts; ``edition.json`` with the commit that
it was built at; ``SHA256SUMS`` with the digests of the files that readers got.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analysis.export.document import Document, flat, place_of
from analysis.export.written import texts_of
from analysis.foundation.errors import PublishError

RECORD: Final = "edition.json"
SUMS: Final = "SHA256SUMS"

_KEPT: Final = ("derivation", "geography", "missing", "name", "period", "unit", "value", "where")


@dataclass(frozen=True)
class Published:
    """What one briefing of an edition said.

    Attributes:
        edition: name of the edition.
        as_of: its cut-off date.
        title: its theme, by language.
        headline: its finding, by language.
        figures: its key figures, by language: ``value`` and ``label``.
        sentences: every text that a page of it held, in reading order, by language: ``where`` and ``text``.
        facts: its facts, alike in both languages.
    """

    edition: str
    as_of: str
    title: dict[str, str]
    headline: dict[str, str]
    figures: dict[str, list[dict[str, str]]]
    sentences: dict[str, list[dict[str, str]]]
    facts: list[dict[str, Any]]

    def dump(self) -> bytes:
        """Write it as JSON, a sentence and a fact a line."""
        head = {key: value for key, value in vars(self).items() if key not in {"facts", "sentences"}}
        text = json.dumps(head, ensure_ascii=False, indent=1, sort_keys=True)[:-2]
        said = ",\n  ".join(f"{json.dumps(tag)}: {_lines(texts)}" for tag, texts in sorted(self.sentences.items()))
        return f'{text},\n "sentences": {{\n  {said}\n }},\n "facts": {_lines(self.facts)}\n}}\n'.encode()


def _lines(items: Sequence[Mapping[str, Any]]) -> str:
    """Write a list of JSON objects, one a line."""
    return "[\n  " + ",\n  ".join(json.dumps(item, ensure_ascii=False, sort_keys=True) for item in items) + "\n ]"


def read_published(content: bytes, name: str) -> Published:
    """Return what was kept of a briefing.

    Raises:
        PublishError: if it is not what `Published.dump` writes.
    """
    try:
        found = Published(**json.loads(content))
        _refuse_other_types(found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise PublishError(f"{name} is not what a published edition said ({error}): restore it") from None
    return found


def _refuse_other_types(found: Published) -> None:
    texts = [found.edition, found.as_of, *found.title.values(), *found.headline.values()]
    texts += [figure[key] for figures in found.figures.values() for figure in figures for key in ("value", "label")]
    texts += [said[key] for sentences in found.sentences.values() for said in sentences for key in ("where", "text")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("a text is none")
    for fact in found.facts:
        if set(fact) != set(_KEPT):
            raise TypeError("a fact lacks something")


def said(edition: str, documents: Mapping[str, Document]) -> Published:
    """Return what a briefing says.

    Args:
        edition: name of its edition.
        documents: the briefing as its readers get it, by language; at least one.
    """
    first = next(iter(documents.values()))
    return Published(
        edition=edition,
        as_of=str(first.cover["as_of"]),
        title={language: str(document.cover["title"]) for language, document in documents.items()},
        headline={language: document.card["headline"] for language, document in documents.items()},
        figures={language: _figures(document) for language, document in documents.items()},
        sentences={language: _sentences(document) for language, document in documents.items()},
        facts=[{key: fact[key] for key in _KEPT} for fact in first.facts],
    )


def _sentences(document: Document) -> list[dict[str, str]]:
    cover = [
        {"where": f"cover, {key}", "text": str(document.cover[key])} for key in ("title", "scope", "cutoff", "place")
    ]
    return cover + [
        {"where": f"{place_of(block)}, {written.slot}", "text": written.text}
        for block in flat(document.blocks)
        for written in texts_of(block)
    ]


def _figures(document: Document) -> list[dict[str, str]]:
    return [
        {"value": str(figure["value"]), "label": str(figure["label"])}
        for block in flat(document.blocks)
        if block["kind"] == "key_figures"
        for figure in block["figures"]
    ]
