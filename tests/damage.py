"""Damaging files and documents at random: what a reader may meet that nobody meant."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=4,
)
"""Anything that JSON can hold."""


@st.composite
def damaged(draw: st.DrawFn, original: Any) -> Any:
    """A copy of a JSON document in which up to three places are missing or hold anything."""
    document = {"": copy.deepcopy(original)}
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(sorted(_places(document), key=lambda place: str(place[1]))))
        if draw(st.booleans()) or key == "":
            holder[key] = draw(values)
        elif isinstance(holder, dict):
            holder.pop(key, None)
        else:
            del holder[key:]
    return document[""]


def _places(holder: Any) -> list[tuple[Any, Any]]:
    """Every place of a document, as what holds it and its key there."""
    items = holder.items() if isinstance(holder, dict) else enumerate(holder) if isinstance(holder, list) else ()
    return [place for key, value in items for place in [(holder, key), *_places(value)]]


@st.composite
def damaged_bytes(draw: st.DrawFn, original: bytes) -> bytes:
    """The bytes of a file that was cut off, lost a piece, a line or a column, or has something else in it."""
    start = draw(st.integers(0, len(original)))
    end = draw(st.integers(start, min(len(original), start + 60)))
    kind = draw(st.sampled_from(("cut", "replaced", "line lost", "line twice", "cell changed", "other")))
    if kind == "cut":
        return original[:start]
    if kind == "replaced":
        return original[:start] + draw(st.binary(max_size=40)) + original[end:]
    if kind == "other":
        return draw(st.binary(max_size=200))
    lines = original.split(b"\n")
    number = draw(st.integers(0, len(lines) - 1))
    if kind == "line lost":
        return b"\n".join(lines[:number] + lines[number + 1 :])
    if kind == "line twice":
        return b"\n".join(lines[: number + 1] + lines[number:])
    cells = lines[number].split(b",")
    cells[draw(st.integers(0, len(cells) - 1))] = draw(st.text(max_size=8)).encode("utf-8", "surrogatepass")
    return b"\n".join([*lines[:number], b",".join(cells), *lines[number + 1 :]])
