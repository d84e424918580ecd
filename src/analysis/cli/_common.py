"""What several commands share: the project they work on, arguments, and how an error and progress are shown."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn


class UsageError(Exception):
    """A command that cannot be carried out as given: the message says what to do."""


def tell(error: Exception, *, verbose: bool) -> None:
    """Print the sentence of an error that was written for the person who reads it.

    Raises:
        Exception: the error itself, where it was not, or where its traceback is asked for.
    """
    from analysis.foundation.errors import PublishError
    from analysis.package.descriptor import DataError
    from analysis.sources.raw.reading import SourceError

    if verbose or not isinstance(error, UsageError | PublishError | DataError | SourceError):
        raise error
    print(f"briefings: {error}", file=sys.stderr)


def find_project() -> Path:
    """Return the project: the folder, here or above, that has `reports/editions.toml`.

    Where a refresh was killed while it replaced tables, it is finished first.

    Raises:
        UsageError: if there is none.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "reports" / "editions.toml").is_file():
            _finish_refresh(folder / "data")
            return folder
    raise UsageError(
        f"{here} is not inside the project (no reports/editions.toml here or above): change to your clone first"
    )


def _finish_refresh(data_folder: Path) -> None:
    from analysis.foundation.files import finish_replacing, is_half_replaced, only_writer

    if is_half_replaced(data_folder):
        with only_writer(data_folder):
            finish_replacing(data_folder)


def reports_argument(parser: argparse.ArgumentParser) -> None:
    """Let a command be given names of notebooks."""
    parser.add_argument(
        "reports",
        nargs="*",
        metavar="REPORT",
        help="names of notebooks, such as 05_assistance_protection (default: all)",
    )


def edition_argument(parser: argparse.ArgumentParser) -> None:
    """Let a command be given an edition."""
    parser.add_argument("--edition", metavar="E", help="edition of reports/editions.toml (default: the one it names)")


def output_argument(parser: argparse.ArgumentParser) -> None:
    """Let a command be given another folder of the editions; without it the argument is None."""
    parser.add_argument("--output", type=Path, metavar="DIR", help="folder of the editions (default: reports/)")


@contextmanager
def progress_bar(*columns: ProgressColumn) -> Iterator[Progress]:
    """Yield a progress bar, which goes when it is done, and which only a terminal shows."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    shown = (TextColumn("{task.description}"), BarColumn(), *columns)
    with Progress(*shown, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar
