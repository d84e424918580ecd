"""The analysis library of the briefings on human mobility in Mexico: all that a notebook imports.

Importing it changes nothing global: no style, no locale, no warnings filter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis import charts
    from analysis.mexico import places
    from analysis.report import audit, leaflet
    from analysis.report.briefing import Briefing, KeyFigure
    from analysis.values import measures
    from analysis.values.texts import claim, sentences, text

__all__ = ["Briefing", "KeyFigure", "audit", "charts", "claim", "leaflet", "measures", "places", "sentences", "text"]

_HOME = {
    "Briefing": "analysis.report.briefing:Briefing",
    "KeyFigure": "analysis.report.briefing:KeyFigure",
    "audit": "analysis.report.audit",
    "charts": "analysis.charts",
    "claim": "analysis.values.texts:claim",
    "leaflet": "analysis.report.leaflet",
    "measures": "analysis.values.measures",
    "places": "analysis.mexico.places",
    "sentences": "analysis.values.texts:sentences",
    "text": "analysis.values.texts:text",
}


def __getattr__(name: str) -> Any:
    """Import on first use: the command line and the exporters need no charts."""
    import importlib

    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute '{name}'")
    module, _, attribute = _HOME[name].partition(":")
    found = importlib.import_module(module)
    return getattr(found, attribute) if attribute else found
