"""Imports that cost more than what is needed of them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final, cast

_hiding: Final = threading.RLock()


@contextmanager
def not_installed(name: str) -> Iterator[None]:
    """Let what is imported meanwhile find that an optional package is not installed."""
    modules = cast(dict[str, Any], sys.modules)
    with _hiding:
        before = modules.get(name)
        modules[name] = None
        try:
            yield
        finally:
            del modules[name]
            if before is not None:
                modules[name] = before


def load_jsonschema() -> None:
    """Import what papermill, nbconvert and the validation of tables rest on, in a tenth of the time.

    Where rfc3987_syntax is installed, jsonschema lets it build a grammar of internationalised addresses: most of a
    second, for a check that neither notebooks nor tables ask for.
    """
    with not_installed("rfc3987_syntax"):
        import_module("jsonschema")
