"""A document as one self-contained HTML page, and the nbconvert exporter `briefing_html`."""

from __future__ import annotations

import jinja2
from traitlets import Unicode

from analysis.export.document import Document
from analysis.export.downloads import downloads
from analysis.export.exporter import BriefingExporter
from analysis.export.pages import page_texts
from analysis.export.web import page, page_environment
from analysis.foundation.errors import PublishError
from analysis.foundation.words import LANGUAGES
from analysis.report.elements import Chart
from analysis.report.html import without_part
from analysis.report.printing import printed_element


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
        PublishError: if a picture is not SVG, or a kind of element has no template part.
    """
    texts, language = page_texts(document), document.language
    template = page_environment().get_template("briefing.html.j2")
    shown = {
        "document": document,
        "blocks": [printed_element(element, language) for element in document.elements],
        "downloads": {e.anchor: downloads(e, document.cover) for e in document.flat if isinstance(e, Chart)},
        "language": language,
        "other_language": next(other for other in LANGUAGES if other != language),
        "preview": False,
        "texts": texts,
    }
    try:
        body = template.render(shown)
    except jinja2.TemplateNotFound as error:
        raise PublishError(without_part(error)) from None
    return page(body, title=texts.title, description=texts.description, language=language, sheet="briefing.css")
