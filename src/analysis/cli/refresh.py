"""Bring in the publishers' newest data, show what was revised."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analysis.cli._common import UsageError, progress_bar

if TYPE_CHECKING:
    from analysis.sources.revisions import Change

PLACE = 6
RAW_FILES: Final = ".raw"
"""Folder of the project for what publishers give; never committed."""
MOST_SHOWN: Final = 20
"""Changes of one table on the terminal; data/revisions.csv has them all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which sources, from where, and whether to write."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="names of sources (default: all)")
    parser.add_argument(
        "--from",
        dest="folder",
        type=Path,
        metavar="DIR",
        help="read this folder of raw files, one folder a source, instead of fetching them",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")
    parser.add_argument(
        "--accept",
        default="",
        metavar="REASON",
        help="write the named sources although something looks wrong; the reason is noted in data/revisions.csv",
    )


def run(arguments: argparse.Namespace, root: Path) -> int:
    """Fetch, compare, print and write; return 1 where something looks wrong, 2 where a named source is incomplete."""
    from analysis.sources.raw.addresses import source_names
    from analysis.sources.refresh import refresh

    if arguments.accept and not arguments.sources:
        raise UsageError("--accept is for sources whose files you have looked at: name them")
    names = arguments.sources or source_names()
    if arguments.folder is None:
        names = _obtain(names, root / RAW_FILES)
        if arguments.sources and names != arguments.sources:
            return 2
    done = refresh(
        arguments.folder or root / RAW_FILES,
        root / "data",
        names,
        today=date.today(),
        accept=arguments.accept,
        write=not arguments.dry_run,
    )
    _print_changes(done.changes)
    for sentence in done.suspicions:
        print(f"REFUSED  {sentence}", file=sys.stderr)
    if done.suspicions:
        remedy = "look at the publisher's file; where it is right, name its source and give --accept REASON"
        print(f"nothing written: {remedy}", file=sys.stderr)
        return 1
    written = "nothing written (--dry-run)" if arguments.dry_run else "written to data/"
    changes = f"{len(done.changes)} change{'s' if len(done.changes) > 1 else ''}"
    print(f"{changes}, {written}" if done.changes else "the tables are what the files give")
    return 0


def _obtain(names: Sequence[str], folder: Path) -> list[str]:
    """Fetch what can be fetched, say what cannot, and return the sources that are complete."""
    from rich.progress import DownloadColumn

    from analysis.sources.raw.download import obtain

    with progress_bar(DownloadColumn()) as bar:
        tasks: dict[str, Any] = {}

        def advance(path: str, done: int, whole: int | None) -> None:
            if path not in tasks:
                tasks[path] = bar.add_task(path, total=whole)
            bar.update(tasks[path], completed=done, total=whole)

        obtained = obtain(names, folder, progress=advance)
    for sentence in obtained.left_out:
        print(f"left out  {sentence}")
    return obtained.names


def _print_changes(changes: Sequence[Change]) -> None:
    """Print the largest changes of each table, and how many more there are."""
    from rich.console import Console
    from rich.table import Table

    from analysis.sources.revisions import largest_first

    if not changes:
        return
    table = Table("table", "change", "row", "column", "old", "new", "difference", "%")
    for name, group in groupby(largest_first(changes), key=lambda change: change.table):
        listed = list(group)
        for change in listed[:MOST_SHOWN]:
            numbers = ("" if number is None else f"{number:+,.6g}" for number in (change.difference, change.share))
            table.add_row(name, change.kind, change.key, change.column, change.old, change.new, *numbers)
        if len(listed) > MOST_SHOWN:
            table.add_row(name, f"and {len(listed) - MOST_SHOWN:,} more", "", "", "", "", "", "")
    Console(width=None if sys.stdout.isatty() else 160).print(table)
