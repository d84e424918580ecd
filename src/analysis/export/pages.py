"""What the HTML page and the PDF share: design tokens, and the texts that a page carries outside its elements."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from analysis.export.document import Document
from analysis.mexico import COUNTRY

TEMPLATES: Final = Path(__file__).parent / "templates"


class PageTexts(msgspec.Struct, frozen=True):
    """The texts that a page carries outside its elements.

    Attributes:
        title: of the window and of the file.
        series: the line above the title.
        imprint: edition, cut-off, and when the data were read.
        reach: how far its series go.
        footer: the line at the foot of each page.
        description: what search engines show.
    """

    title: str
    series: str
    imprint: str
    reach: str
    footer: str
    description: str


def page_texts(document: Document) -> PageTexts:
    """Return the texts of the pages of a document.

    Editions of one state name it, at the foot in place of the series, where a line has no room for both.
    """
    cover = document.cover
    place = [cover.place_name] if cover.geography != COUNTRY.code else []
    read = [] if document.reconstruction else [document.read]  # a reconstruction says it in its name
    return PageTexts(
        title=". ".join([" · ".join([cover.title, *place]), cover.series]),
        series=" · ".join([cover.series, cover.series_kind, *place]),
        imprint="\u2002|\u2002".join([document.edition, cover.cutoff, *read]),
        reach=document.reach,
        footer=" · ".join([*(place or [cover.series]), cover.title, document.edition, cover.cutoff]),
        description=document.headline or cover.scope,
    )
