"""The analysis library of the briefings on human mobility in Mexico: all that a notebook imports.

Importing it changes nothing global: no style, no locale, no warnings filter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis import audit, charts, leaflet, measures, places
    from analysis.briefing import Briefing, KeyFigure
    from analysis.texts import claim, sentences, text

__all__ = ["Briefing", "KeyFigure", "audit", "charts", "claim", "leaflet", "measures", "places", "sentences", "text"]

_HOME = {
    "Briefing": "analysis.briefing",
    "KeyFigure": "analysis.briefing",
    "claim": "analysis.texts",
    "sentences": "analysis.texts",
    "text": "analysis.texts",
}


def __getattr__(name: str) -> Any:
    """Import on first use: the command line and the exporters need no charts."""
    import importlib

    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    if name in __all__:
        return importlib.import_module(f"analysis.{name}")
    raise AttributeError(f"module 'analysis' has no attribute '{name}'")
