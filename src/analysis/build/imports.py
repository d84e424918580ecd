"""Imports that cost more than what is needed of them, and what must not happen meanwhile."""

from __future__ import annotations

import signal
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


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Hold back Ctrl-C while libraries are loaded and at work, and let it through afterwards.

    An interrupt that Python raises amid their imports is lost now and then, without a word: the build would go on.
    """
    if threading.current_thread() is not threading.main_thread():  # others are not interrupted
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came and callable(before):
        before(signal.SIGINT, None)


def load_jsonschema() -> None:
    """Import what papermill, nbconvert and the validation of tables rest on, in a tenth of the time.

    Where rfc3987_syntax is installed, jsonschema lets it build a grammar of internationalised addresses: most of a
    second, for a check that neither notebooks nor tables ask for.
    """
    with not_installed("rfc3987_syntax"):
        import_module("jsonschema")
