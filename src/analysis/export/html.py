"""A document as one self-contained HTML page, and the nbconvert exporter `briefing_html`."""

from __future__ import annotations

from markupsafe import Markup
from traitlets import Unicode

from analysis.export.document import Document
from analysis.export.downloads import csv_link, svg_link
from analysis.export.exporter import BriefingExporter
from analysis.export.pages import markdown_texts, page_texts
from analysis.export.prose import convert
from analysis.export.svg import inline_svg
from analysis.export.web import environment, page
from analysis.foundation.words import LANGUAGES


class BriefingHTMLExporter(BriefingExporter):
    """Exports an executed notebook as an HTML briefing."""

    output_mimetype = "text/html"
    file_extension = Unicode(".html")

    def render(self, document: Document) -> str:
        """Return the page."""
        return render_html(document)


def render_html(document: Document) -> str:
    """Return the HTML page of a document; the same document gives the same text.

    Raises:
        PublishError: if a picture is not SVG.
    """
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
            svg_link=svg_link,
            picture=lambda svg, name, prefix: Markup(inline_svg(svg, name, prefix)),
        )
    )
    return page(
        body,
        title=texts["title"],
        description=texts["description"],
        language=document.language,
        sheet="briefing.css",
    )
