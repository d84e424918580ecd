"""How much memory a tree of processes takes: proportional set size, which divides shared pages among their users."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

PROC: Final = Path("/proc")
INTERVAL: Final = 0.05  # seconds between two samples


@dataclass(frozen=True)
class Process:
    """What decides to which tree a process belongs."""

    pid: int
    parent: int
    session: int


def parse_stat(text: str) -> Process:
    """Read a file `/proc/PID/stat`; the name of the program, in parentheses, may hold anything."""
    head, _, tail = text.rpartition(")")
    fields = tail.split()
    return Process(pid=int(head.partition(" ")[0]), parent=int(fields[1]), session=int(fields[3]))


def parse_pss(text: str) -> int:
    """Read the proportional set size, in KiB, from a file `/proc/PID/smaps_rollup`."""
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def tree(processes: Iterable[Process], roots: Iterable[int], sessions: set[int]) -> set[int]:
    """Return the processes that descend from the roots or belong to a session of the tree.

    A process group lies within one session, so groups are found by it. The sessions of those found are added to
    `sessions`: a process whose parent has ended is found again by its own.
    """
    left, found = list(processes), set(roots)
    while True:
        more = [p for p in left if p.pid in found or p.parent in found or p.session in sessions]
        if not more:
            return found
        found |= {p.pid for p in more}
        sessions |= {p.session for p in more}
        left = [p for p in left if p not in more]


class Sampler:
    """Adds up the memory of trees of processes again and again, in a thread, and keeps the highest sum.

    Each root must lead a session of its own, or the caller would be counted as well.
    """

    def __init__(self, roots: Sequence[int]) -> None:
        self.peak = 0.0  # MiB
        self._roots = roots
        self._sessions: set[int] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Sampler:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._ended.wait(INTERVAL):
            found = tree(_processes(), tuple(self._roots), self._sessions)
            self.peak = max(self.peak, sum(parse_pss(_read(pid, "smaps_rollup")) for pid in found) / 1024)


def _processes() -> list[Process]:
    texts = [_read(entry.name, "stat") for entry in PROC.iterdir() if entry.name.isdigit()]
    return [parse_stat(text) for text in texts if text]


def _read(pid: int | str, name: str) -> str:
    """Read a file of a process; nothing where it has just ended."""
    try:
        return (PROC / str(pid) / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
