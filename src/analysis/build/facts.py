"""Facts: every number that a briefing prints, in a file beside it."""

from __future__ import annotations

from analysis.export.document import Document
from analysis.foundation.files import json_bytes


def facts_file(document: Document) -> bytes:
    """Return the facts of a briefing as JSON: the same bytes in Spanish and in English."""
    tables = {
        row["table"]: {"source_id": row["source_id"], "version": row["vintage"]}
        for row in sorted(document.tables, key=lambda row: str(row["table"]))
    }
    content = {
        "number": document.cover["number"],
        "as_of": document.cover["as_of"],
        "geography": document.cover["geography"],
        "tables": tables,
        "facts": document.facts,
    }
    return json_bytes(content)
