"""The analysis library of the briefings: all that a notebook imports.

Importing it changes nothing global: no style, no locale, no warnings filter.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

_NAMES: Final = {
    "analysis.charts": "charts",
    "analysis.metrics.key_figures": "KeyFigure column figure",
    "analysis.metrics.algebra": "metric",
    "analysis.metrics.sentences": "derived name period say",
    "analysis.report.audit": "audit",
    "analysis.report.briefing": "Briefing",
    "analysis.report.spark": "is_drawn",
    "analysis.report.statements": "statements",
    "analysis.values.measures": "MIN_SHARE_BASE change difference median_size rank rate share top total",
    "analysis.values.periods": "shortest_span",
    "analysis.values.texts": "claim sentences text",
}
"""What a notebook may import, by the module that has it; a module is named like itself."""

__all__ = [name for names in _NAMES.values() for name in names.split()]


def __dir__() -> list[str]:
    """List what a notebook may import, so that JupyterLab completes it."""
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:
    """Import on first use: the command line and the exporters need no charts."""
    for home, names in _NAMES.items():
        if name in names.split():
            module = import_module(home)
            return module if home.endswith(f".{name}") else getattr(module, name)
    raise AttributeError(f"module 'analysis' has no attribute '{name}'")
