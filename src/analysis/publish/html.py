"""A document as one self-contained HTML page, and the nbconvert exporter `briefing_html`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup
from traitlets import default

from analysis.publish.document import Document
from analysis.publish.exporter import BriefingExporter
from analysis.publish.pages import check_charts, markdown_texts, page_texts
from analysis.publish.prose import convert
from analysis.publish.svg import inline_svg
from analysis.publish.web import environment, page
from analysis.words import LANGUAGES

_NUMBER: Final = re.compile(r"[-\u2212+]?\d{1,3}(,\d{3})*(\.\d+)?")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK: Final = "\ufeff"


class BriefingHTMLExporter(BriefingExporter):
    """Exports an executed notebook as an HTML briefing."""

    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def render(self, document: Document) -> str:
        """Return the page."""
        return render_html(document)


def render_html(document: Document) -> str:
    """Return the HTML page of a document; the same document gives the same text.

    Raises:
        PublishError: if a chart lacks its picture or its alternative text.
    """
    check_charts(document)
    fragments = markdown_texts(document)
    prose = {text: Markup(markup) for text, markup in zip(fragments, convert(fragments, "html"), strict=True)}
    texts = page_texts(document)
    body = (
        environment()
        .get_template("briefing.html.j2")
        .render(
            document=document,
            texts=texts,
            prose=prose,
            other_language=next(language for language in LANGUAGES if language != document.language),
            csv_link=csv_link,
            picture=lambda svg, name: Markup(inline_svg(svg, name)),
        )
    )
    return page(
        body,
        title=texts["title"],
        description=texts["description"],
        language=document.language,
        sheet="briefing.css",
    )


def csv_link(data: Mapping[str, Any]) -> str:
    """Return the data of a chart as a link that holds the file: CSV in UTF-8 with a byte order mark.

    Numbers are written plainly (``70482``, ``-10.7``); a text that a spreadsheet would run as a formula is
    quoted with an apostrophe.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows(_csv_row(row) for row in [data["head"], *data["rows"]])
    return "data:text/csv;charset=utf-8," + quote(_BYTE_ORDER_MARK + file.getvalue())


def _csv_row(row: Sequence[str]) -> list[str]:
    return [_csv_cell(text) for text in row]


def _csv_cell(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return text.replace(",", "").replace("\u2212", "-")
    return "'" + text if text.startswith(_FORMULA) else text
