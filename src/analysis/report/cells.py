"""Which cell is being run: elements carry its digest, so that whoever exports sees what was changed afterwards."""

from __future__ import annotations

import hashlib
import sys
from typing import Any, Final

_LENGTH: Final = 12


def source_digest(source: str) -> str:
    """Return the digest of the source of a cell."""
    return hashlib.sha256(source.rstrip("\n").encode(errors="surrogatepass")).hexdigest()[:_LENGTH]


def running_cell() -> str:
    """Return the digest of the cell that is being run; empty where that cannot be known."""
    kernel = getattr(_shell(), "kernel", None)
    request = kernel.get_parent("shell") if kernel is not None else {}
    source = request.get("content", {}).get("code")
    return source_digest(source) if isinstance(source, str) else ""


def cells_run() -> tuple[str, ...]:
    """Return the digest of every cell run so far, this one included, in the order in which they ran."""
    history = getattr(_shell(), "history_manager", None)
    return tuple(source_digest(source) for source in history.input_hist_raw[1:]) if history is not None else ()


def _shell() -> Any:
    """The shell of the kernel; None where there is none, as in a build, which need not load IPython to find out."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None
