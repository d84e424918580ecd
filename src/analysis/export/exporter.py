"""What the nbconvert exporters `briefing_html` and `briefing_pdf` share."""

from __future__ import annotations

from typing import Any

import msgspec
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Dict, Unicode

from analysis.export.document import Document, read_document
from analysis.export.notebooks import as_notebook
from analysis.export.outputs import unshown_outputs
from analysis.export.records import Links


class BriefingExporter(Exporter):
    """Exports an executed notebook as a briefing; the subclasses say in which format."""

    edition = Unicode("", help="Name of the edition; a draft when empty.").tag(config=True)
    links = Dict(help="Relative addresses: files (by suffix), other_language, index.").tag(config=True)

    def from_notebook_node(  # type: ignore[override]  # declared for exporters whose output is a notebook
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        """Return the briefing and the resources of the export; what it leaves out is logged as a warning.

        Raises:
            PublishError: if the notebook is not ready to be published, saying what to do.
        """
        node, resources = super().from_notebook_node(nb, resources, **kw)
        notebook = as_notebook(node)
        links = msgspec.convert(self.links, Links)
        document = read_document(notebook, edition=self.edition or None, links=links)
        for left_out in unshown_outputs(notebook):
            self.log.warning(left_out)
        return self.render(document), resources

    def render(self, document: Document) -> str | bytes:
        """Return the document in the format of the exporter."""
        raise NotImplementedError
