"""What the HTML page, the PDF and the index share: tokens and page texts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from analysis.export.document import Document
from analysis.mexico import COUNTRY

TEMPLATES: Final = Path(__file__).parent / "templates"
_TOKENS: Final = Path(__file__).parents[1] / "charts" / "tokens.json"


@cache
def tokens() -> dict[str, Any]:
    """Return the design tokens: colours, and sizes in points."""
    return cast(dict[str, Any], json.loads(_TOKENS.read_text(encoding="utf-8")))


def page_texts(document: Document) -> dict[str, str]:
    """Return the texts that a page carries outside its blocks.

    Returns:
        ``title`` (of the window and of the file), ``series`` (the line above the title), ``imprint`` (edition,
        cut-off, and when the data were read), ``reach`` (how far its series go), ``footer`` (the line at the foot of
        each page) and ``description``. Editions of one state name it, at the foot in place of the series, where a line
        has no room for both.
    """
    cover = document.cover
    place = [cover["place"]] if cover["geography"] != COUNTRY.code else []
    read = [] if document.reconstruction else [cover["read"]]  # a reconstruction says it in its name
    headline = next((block["text"] for block in document.blocks if block["kind"] == "headline"), cover["scope"])
    return {
        "title": ". ".join([" · ".join([cover["title"], *place]), cover["series"]]),
        "series": " · ".join([cover["series"], cover["series_kind"], *place]),
        "imprint": "\u2002|\u2002".join([document.edition, cover["cutoff"], *read]),
        "reach": cover["reach"],
        "footer": " · ".join([*(place or [cover["series"]]), cover["title"], document.edition, cover["cutoff"]]),
        "description": headline,
    }
