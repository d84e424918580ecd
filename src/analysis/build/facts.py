"""Facts: every number that a briefing prints, in a file beside it."""

from __future__ import annotations

import msgspec

from analysis.export.document import Document
from analysis.foundation.files import json_bytes


def facts_file(document: Document) -> bytes:
    """Return the facts of a briefing as JSON: the same bytes in Spanish and in English."""
    tables = {
        source.table: {"source_id": source.source_id, "version": source.vintage}
        for source in sorted(document.tables, key=lambda source: source.table)
    }
    content = {
        "number": document.cover.theme,
        "as_of": document.cover.as_of,
        "geography": document.cover.geography,
        "tables": tables,
        "facts": [{"where": f.where, "name": f.name, **msgspec.to_builtins(f.fact)} for f in document.facts],
    }
    return json_bytes(content)
