"""The formats of a briefing: what stands here is made in every build, offered on its page and in the index.

Their exporters load much, so each is imported when it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from analysis.export.document import Document


class Format(msgspec.Struct, frozen=True):
    """One format.

    Attributes:
        suffix: of its files; ``download_<suffix>`` is the word that leads to them.
        module: its exporter.
        renderer: the function of the exporter that makes a file of a document, as text or bytes.
        mime: its MIME type.
    """

    suffix: str
    module: str
    renderer: str
    mime: str

    def load(self) -> None:
        """Import its exporter."""
        import_module(self.module)

    def render(self, document: Document) -> bytes:
        """Return a document in this format.

        Raises:
            PublishError: if something of the document cannot be shown.
        """
        made: str | bytes = getattr(import_module(self.module), self.renderer)(document)
        return made.encode() if isinstance(made, str) else made


PAGE: Final = Format("html", "analysis.export.html", "render_html", "text/html")
FORMATS: Final = (PAGE, Format("pdf", "analysis.export.pdf", "render_pdf", "application/pdf"))
FILES: Final = tuple(each for each in FORMATS if each is not PAGE)
"""What a page offers beside itself."""
