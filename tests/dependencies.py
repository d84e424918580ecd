"""Write docs/dependencies.md again: `python -m tests.dependencies`. Locks, weights, licences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, files, metadata
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "dependencies.md"
LOCKS: Final = {
    "requirements.lock": "`make reports`: what builds the briefings, here or on the workers of a cluster",
    "requirements-lab.lock": "`make lab`: the same, and JupyterLab",
    "requirements-dev.lock": "`make test` and the checks: the same, and what tests and checks need",
}
"""The locks, from the smallest to the largest, and what each is for. Each holds the one before."""
HEAVY: Final = 10
"""From how many megabytes on a package is weighed by name."""
_HEAD: Final = """# Dependencies, their weight and their licences

Written by `python -m tests.dependencies` from the three locks, from what the packages say of themselves, and from the
reasons in `pyproject.toml`; a test keeps it current. Weights are those of the unpacked wheels, in megabytes (10⁶
bytes), on Linux x86-64 with Python 3.11. Bytecode, which Python writes when it first imports a module, comes on top: up
to a third. The typeface of charts and pages, Source Sans Pro, is under the SIL Open Font License 1.1.

"""
_LONGEST: Final = 80
_LOCKED: Final = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)
_DIRECT: Final = re.compile(r'^ {2}"([\w.-]+)>=[\d.]+", +# (.+)$', re.MULTILINE)


@cache
def locked(lock: str = "requirements-dev.lock") -> list[str]:
    """Return the names of the packages of a lock, sorted; without one, of all."""
    return sorted(set(_LOCKED.findall((ROOT / lock).read_text(encoding="utf-8"))), key=str.lower)


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


@cache
def megabytes(package: str) -> float:
    """Return how much an installed package holds: what its wheel brought, no bytecode. Nothing where not installed."""
    try:
        return sum(file.size or 0 for file in files(package) or []) / 1e6
    except PackageNotFoundError:
        return 0.0


def weight(lock: str) -> float:
    """Return how many megabytes the packages of a lock hold."""
    return sum(megabytes(package) for package in locked(lock))


def home(package: str) -> str:
    """Return the smallest lock that holds a package."""
    return next(lock for lock in LOCKS if package in locked(lock))


@cache
def reasons() -> dict[str, str]:
    """Return what each direct dependency is for, as `pyproject.toml` says beside it."""
    return dict(_DIRECT.findall((ROOT / "pyproject.toml").read_text(encoding="utf-8")))


def brought_by(package: str) -> list[str]:
    """Return the direct dependencies, of the smallest lock that holds a package, that are it or need it."""
    beside = locked(home(package))
    return [direct for direct in reasons() if direct in beside and package in {direct, *_needed(direct)}]


@cache
def _needed(package: str) -> set[str]:
    """The names of what an installed package needs, and of what that needs in its turn."""
    found: set[Requirement] = set()
    waiting = [Requirement(package)]
    while waiting:
        new = set(_requirements(waiting.pop())) - found
        found |= new
        waiting += new
    return {canonicalize_name(requirement.name) for requirement in found}


def _requirements(wanted: Requirement) -> list[Requirement]:
    """What a package with its extras requires on this machine; nothing where it is not installed."""
    try:
        lines = distribution(wanted.name).requires or []
    except PackageNotFoundError:
        return []
    extras = [{"extra": extra} for extra in ("", *wanted.extras)]
    return [
        requirement
        for requirement in map(Requirement, lines)
        if requirement.marker is None or any(requirement.marker.evaluate(extra) for extra in extras)
    ]


def what_for(package: str) -> str:
    """Return what a package is for: the reason beside it, or the direct dependencies that bring it, with theirs."""
    if package in reasons():
        return reasons()[package]
    return "brought by " + "; ".join(f"{direct} ({reasons()[direct]})" for direct in brought_by(package))


def page() -> str:
    """Return the whole page."""
    return _HEAD + "\n".join([*_locks(), "", *_heavy(), "", *_licences(), ""])


def _locks() -> Iterator[str]:
    yield from ("| lock | for | packages | MB |", "| --- | --- | --- | --- |")
    for lock, purpose in LOCKS.items():
        installed = [package for package in locked(lock) if licence(package)]
        yield f"| `{lock}` | {purpose} | {len(installed)} | {weight(lock):.0f} |"


def _heavy() -> Iterator[str]:
    heavy = sorted((p for p in locked() if megabytes(p) >= HEAVY), key=megabytes, reverse=True)
    yield from (f"## From {HEAVY} MB on", "", "| package | MB | in | what for |", "| --- | --- | --- | --- |")
    for package in heavy:
        yield f"| {package} | {megabytes(package):.0f} | `{home(package)}` | {what_for(package)} |"
    rest = weight("requirements-dev.lock") - sum(map(megabytes, heavy))
    yield from ("", f"All others together: {rest:.0f} MB.")


def _licences() -> Iterator[str]:
    found = {package: licence(package) for package in locked()}
    yield from ("## Licences", "", "| package | licence |", "| --- | --- |")
    yield from (f"| {package} | {said} |" for package, said in found.items() if said)
    others = [package for package, said in found.items() if not said]
    yield from ("", f"For other platforms or versions of Python: {', '.join(others) or 'none'}.")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
