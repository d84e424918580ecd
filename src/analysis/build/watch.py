"""The author's loop: what was saved since the last build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from analysis.build.editions import EDITIONS_FILE
from analysis.foundation.files import is_by_product

LIBRARY: Final = Path(__file__).resolve().parents[1]
_PAUSE: Final = 300  # milliseconds


def saves(root: Path) -> Iterator[set[Path]]:
    """Yield nothing once it watches, then the files saved together, whenever reports are made from one of them.

    What an editor or the system puts beside a file is passed over. It ends by an interrupt.
    """
    from watchfiles import watch

    watched = (root / "notebooks", root / "data", root / EDITIONS_FILE, LIBRARY)

    def counts(_change: object, path: str) -> bool:
        return not any(Path(path).is_relative_to(place) and is_by_product(Path(path), place) for place in watched)

    found = watch(*watched, watch_filter=counts, rust_timeout=_PAUSE, yield_on_timeout=True, raise_interrupt=True)
    for number, changes in enumerate(found):
        if changes or not number:
            yield {Path(path) for _, path in changes}


def of_library(files: set[Path]) -> bool:
    """Whether the library itself was saved, which a process that has imported it does not notice."""
    return any(LIBRARY in file.resolve().parents for file in files)
