"""How often the promises of docs/guarantees.md are put to the test, and the figures that a run prints of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

SOAK: Final = bool(os.environ.get("SOAK"))
"""Set by `make soak`: everything random is tried more often."""
RANDOM: Final = int(os.environ.get("RANDOM_STATE", "2026"))
"""What random choices start from; another number tries others."""

Figure = Callable[[str, int], None]


def times(usual: int, *, soak: int) -> int:
    """Return how often something is tried: in an ordinary run, or in `make soak`."""
    return soak if SOAK else usual
