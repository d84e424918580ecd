"""The analysis library of the briefings: all that a notebook imports.

Importing it changes nothing global: no style, no locale, no warnings filter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis import charts
    from analysis.report import audit, statements
    from analysis.report.briefing import Briefing, KeyFigure
    from analysis.report.spark import is_drawn
    from analysis.values import measures
    from analysis.values.measures import MIN_SHARE_BASE, change, difference, median_size, place, rate, share, top, total
    from analysis.values.periods import shortest_span
    from analysis.values.texts import claim, sentences, text

__all__ = [
    "MIN_SHARE_BASE",
    "Briefing",
    "KeyFigure",
    "audit",
    "change",
    "charts",
    "claim",
    "difference",
    "is_drawn",
    "measures",
    "median_size",
    "place",
    "rate",
    "sentences",
    "share",
    "shortest_span",
    "statements",
    "text",
    "top",
    "total",
]

_HOME = {
    "Briefing": "analysis.report.briefing:Briefing",
    "KeyFigure": "analysis.report.briefing:KeyFigure",
    "MIN_SHARE_BASE": "analysis.values.measures:MIN_SHARE_BASE",
    "audit": "analysis.report.audit",
    "change": "analysis.values.measures:change",
    "charts": "analysis.charts",
    "claim": "analysis.values.texts:claim",
    "difference": "analysis.values.measures:difference",
    "is_drawn": "analysis.report.spark:is_drawn",
    "measures": "analysis.values.measures",
    "median_size": "analysis.values.measures:median_size",
    "place": "analysis.values.measures:place",
    "rate": "analysis.values.measures:rate",
    "sentences": "analysis.values.texts:sentences",
    "share": "analysis.values.measures:share",
    "shortest_span": "analysis.values.periods:shortest_span",
    "statements": "analysis.report.statements",
    "text": "analysis.values.texts:text",
    "top": "analysis.values.measures:top",
    "total": "analysis.values.measures:total",
}


def __getattr__(name: str) -> Any:
    """Import on first use: the command line and the exporters need no charts."""
    import importlib

    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute '{name}'")
    module, _, attribute = _HOME[name].partition(":")
    found = importlib.import_module(module)
    return getattr(found, attribute) if attribute else found
