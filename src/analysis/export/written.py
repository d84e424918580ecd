"""Every text that a notebook wrote for an element, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from analysis.export.document import Block

Form = Literal["title", "prose", "note", "cell"]

_SLOTS: Final = {"alt": "alternative text"}


@dataclass(frozen=True)
class Written:
    """One text of an element.

    Attributes:
        slot: where it stands in the element: title, note, label of figure 2, ...
        text: what is printed.
        form: a ``title`` has no full stop at its end; ``prose`` and a ``note`` are sentences, and English prose says
            "per cent"; a ``cell`` is neither.
    """

    slot: str
    text: str
    form: Form


def texts_of(element: Block) -> Iterator[Written]:
    """Yield every text that the notebook wrote for an element, each in one line."""
    if element["kind"] == "markdown":
        for line in filter(None, map(str.strip, element["text"].splitlines())):
            yield Written("text", " ".join(line.split()), "cell")
    elif element["kind"] != "sources":
        for written in _slots(element):
            if written.text:
                yield Written(written.slot, written.text.replace("\n", " "), written.form)


def _slots(element: Block) -> Iterator[Written]:
    forms: dict[str, Form] = {
        "title": "title",
        "scope": "title",
        "subtitle": "title",
        "text": "title" if element["kind"] == "section" else "prose",
        "lead": "prose",
        "alt": "prose",
        "note": "note",
    }
    yield from (Written(_SLOTS.get(key, key), element[key], form) for key, form in forms.items() if key in element)
    for i, figure in enumerate(element.get("figures", []), 1):
        yield Written(f"label of figure {i}", figure["label"], "title")
        yield from (
            Written(f"{key} of figure {i}", figure[key], "cell")
            for key in ("value", "change", "reference", "last_datum")
        )
    yield from (Written(f"head of column {j}", head, "cell") for j, head in enumerate(element.get("head", []), 1))
    for i, row in enumerate(element.get("rows", []), 1):
        yield from (Written(f"row {i}, column {j}", cell, "cell") for j, cell in enumerate(row, 1))
    data = element.get("data", {})
    yield from (Written("head of the data", head, "cell") for head in data.get("head", []))
    yield from (Written("name of a row of the data", row[0], "cell") for row in data.get("rows", []))
    for item in (item for group in element.get("groups", []) for item in group["items"]):
        yield Written("term", item["term"], "cell")
        yield Written(f"'{item['term']}'", item["text"], "prose")
