"""The author's loop: what was saved since the last build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from analysis.build.editions import EDITIONS_FILE

LIBRARY: Final = Path(__file__).resolve().parents[1]
_PAUSE: Final = 300  # milliseconds
_PASSING: Final = (".ipynb_checkpoints", "__pycache__")


def saves(root: Path) -> Iterator[set[Path]]:
    """Yield nothing once it watches, then the files saved together, whenever reports are made from one of them.

    What an editor writes beside a file for its own use is passed over. It ends by an interrupt.
    """
    from watchfiles import watch

    watched = (root / "notebooks", root / "data", root / EDITIONS_FILE, LIBRARY)
    for number, changes in enumerate(watch(*watched, rust_timeout=_PAUSE, yield_on_timeout=True, raise_interrupt=True)):
        files = {Path(path) for _, path in changes}
        kept = {file for file in files if not set(_PASSING) & set(file.parts) and not file.name.startswith(".")}
        if kept or not number:
            yield kept


def of_library(files: set[Path]) -> bool:
    """Whether the library itself was saved, which a process that has imported it does not notice."""
    return any(LIBRARY in file.resolve().parents for file in files)
