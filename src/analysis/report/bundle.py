"""How a cell keeps an element: as JSON in its MIME bundle, a picture beside it, and what JupyterLab shows of both.

The list of sources, which ends a notebook, keeps in its metadata which cells had run by then: that is of the run, and
not compared with another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, Union, cast

import msgspec

from analysis.foundation.words import Language
from analysis.report.cells import cells_run, running_cell
from analysis.report.elements import Chart, Element, Pair, Sources
from analysis.report.html import preview, texts_beside

MIME: Final = "application/vnd.briefing.element+json"
BESIDE: Final = "application/vnd.briefing.beside+json"
"""Marks an output that shows what belongs to an element, and is none."""
SVG: Final = "image/svg+xml"

Bundle = dict[str, str | dict[str, object]]
"""What one output shows, by MIME type."""


class Shown:
    """An element on its way to a notebook: the last value of a cell is displayed, and so shown.

    What is wrong with it is an error of the cell that makes it: IPython would pass over an error while it displays.

    Args:
        element: the element.
        language: language of the briefing.
        parts: what a pair is made of.

    Attributes:
        displayed: whether a cell has shown it.
    """

    def __init__(self, element: Element, language: Language, parts: Sequence[Shown] = ()) -> None:
        self.element = element
        self.origin = running_cell()
        self.displayed = False
        self.parts = parts
        self._bundles = [*bundles(element, language)]

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for shown in (self, *self.parts):
            shown.displayed = True
        cell = running_cell()
        ran = {"cells_run": cells_run()} if isinstance(self.element, Sources) else {}  # nbval runs without a history
        for bundle in self._bundles:
            content = bundle.get(MIME)
            signed = {MIME: {**content, "origin": cell}} if isinstance(content, dict) else {}
            display({**bundle, **signed}, metadata=ran, raw=True)  # type: ignore[no-untyped-call]


def bundles(element: Element, language: Language) -> Iterator[Bundle]:
    """Yield the outputs that show an element: three for a chart, whose picture stands between its texts."""
    if isinstance(element, Pair):
        for side in ("left", "right"):
            for part in getattr(element, side):
                yield from bundles(msgspec.structs.replace(part, side=side), language)
    elif isinstance(element, Chart):
        above, below = texts_beside(element, language)
        beside: Bundle = {BESIDE: {"kind": element.kind}}
        yield {**beside, "text/html": above, "text/plain": element.title.written(language)}
        content = _json(msgspec.structs.replace(element, svg=""))
        yield {MIME: content, SVG: element.svg, "text/plain": plain(element, language)}
        yield {**beside, "text/html": below, "text/plain": element.source.written(language)}
    else:
        yield {MIME: _json(element), "text/html": preview(element, language), "text/plain": plain(element, language)}


def plain(element: Element, language: Language) -> str:
    """Return the texts of an element: what a screen reader or a terminal gets."""
    return f"{element.kind}: " + " ".join(slot.text.written(language) for slot in element.slots() if slot.text)


def read_element(content: object) -> Element:
    """Return the element that a bundle holds as JSON.

    Raises:
        msgspec.ValidationError: if it is none that this version of the library shows, saying what is odd and where.
    """
    return cast(Element, msgspec.convert(content, _kinds()))


def _json(element: Element) -> dict[str, object]:
    content: dict[str, object] = msgspec.to_builtins(element)
    return content


def _kinds() -> Any:
    """The union of all kinds that a bundle holds: of a pair, each part has its own."""
    return Union[tuple(kind for kind in _below(Element) if kind is not Pair)]  # noqa: UP007  # a type made of what there is


def _below(kind: type[Element]) -> Iterator[type[Element]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)
