"""Write docs/dependencies.md again: `python -m tests.dependencies`. The licences of everything in requirements.lock."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, files, metadata
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "dependencies.md"
_HEAD: Final = """# Dependencies and their licences

Written by `python -m tests.dependencies` from what the packages of `requirements.lock` say of themselves; a test keeps
it current. What the project needs directly, and what for, stands in `pyproject.toml`. The list holds what is installed
on Linux; packages that other platforms or versions of Python need are named at the end. The typeface of charts and
pages, Source Sans Pro, is under the SIL Open Font License 1.1.

| package | licence |
| --- | --- |
"""
_LONGEST: Final = 80


def locked() -> list[str]:
    """Return the names of the packages of the lock, sorted."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"^([A-Za-z0-9][\w.-]*)==", lock, re.MULTILINE)), key=str.lower)


def licence(package: str) -> str | None:
    """Return the licence of an installed package as it names it itself; None where it is not installed."""
    try:
        said = metadata(package)
    except PackageNotFoundError:
        return None
    classified = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier", []) if c.startswith("License :: ")]
    named = (
        said.get("License-Expression") or "; ".join(c for c in classified if c != "OSI Approved") or said.get("License")
    )
    first = next(iter((named or _licence_file(package)).strip().splitlines()), "")
    return first[:_LONGEST] or "not said"


def _licence_file(package: str) -> str:
    """The text that a package without a licence in its metadata comes with."""
    texts = [file.read_text() for file in files(package) or [] if file.name.startswith("LICENSE")]
    return next(iter(texts), "")


def page() -> str:
    """Return the whole page."""
    found = {package: licence(package) for package in locked()}
    rows = [f"| {package} | {said} |" for package, said in found.items() if said]
    others = [package for package, said in found.items() if not said]
    return _HEAD + "\n".join(rows) + f"\n\nFor other platforms: {', '.join(others) or 'none'}.\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
