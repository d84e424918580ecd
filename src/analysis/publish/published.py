"""What a published edition said, kept in the repository for later editions to compare with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from analysis.publish.document import Document, flat
from analysis.publish.errors import PublishError

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
        facts: its facts but those of the points of charts, alike in both languages.
    """

    edition: str
    as_of: str
    title: dict[str, str]
    headline: dict[str, str]
    figures: dict[str, list[dict[str, str]]]
    facts: list[dict[str, Any]]

    def dump(self) -> bytes:
        """Write it as JSON, a fact a line."""
        head = {key: value for key, value in vars(self).items() if key != "facts"}
        lines = ",\n  ".join(json.dumps(fact, ensure_ascii=False, sort_keys=True) for fact in self.facts)
        text = json.dumps(head, ensure_ascii=False, indent=1, sort_keys=True)[:-2]
        return f'{text},\n "facts": [\n  {lines}\n ]\n}}\n'.encode()


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
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("a text is none")
    for fact in found.facts:
        if set(fact) != set(_KEPT):
            raise TypeError("a fact lacks something")


def said(edition: str, documents: Mapping[str, Document]) -> Published:
    """Return what a briefing says.

    Args:
        edition: name of its edition.
        documents: the briefing, by language; at least one.
    """
    first = next(iter(documents.values()))
    return Published(
        edition=edition,
        as_of=str(first.cover["as_of"]),
        title={language: str(document.cover["title"]) for language, document in documents.items()},
        headline={language: document.card["headline"] for language, document in documents.items()},
        figures={language: _figures(document) for language, document in documents.items()},
        facts=[
            {key: fact[key] for key in _KEPT} for fact in first.facts if not str(fact["where"]).startswith("chart ")
        ],
    )


def _figures(document: Document) -> list[dict[str, str]]:
    return [
        {"value": str(figure["value"]), "label": str(figure["label"])}
        for block in flat(document.blocks)
        if block["kind"] == "key_figures"
        for figure in block["figures"]
    ]
