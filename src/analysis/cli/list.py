"""Each report: up to date, stale and why, or never built."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from analysis.cli._common import edition_argument, output_argument

PLACE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which edition, and where it lies."""
    edition_argument(parser)
    output_argument(parser)


def run(arguments: argparse.Namespace, root: Path) -> int:
    """Print a row a report."""
    from rich.console import Console
    from rich.table import Table

    from analysis.build.build import standing
    from analysis.build.editions import read_edition

    edition = read_edition(root, arguments.edition)
    folder = (arguments.output or root / "reports") / edition.folder
    table = Table(title=f"edition {edition.name} ({edition.kind}), as of {edition.as_of}")
    for name in ("report", "built", "PDF"):
        table.add_column(name, no_wrap=True)
    table.add_column("state", overflow="fold")
    for report, reason in standing(root, edition, folder):
        state = "up to date" if reason is None else reason if reason == "never built" else f"stale: {reason}"
        table.add_row(report.name, *_built(folder / f"{report.name}.pdf"), state)
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    return 0


def _built(pdf: Path) -> tuple[str, str]:
    if not pdf.is_file():
        return "", ""
    status = pdf.stat()
    return f"{datetime.fromtimestamp(status.st_mtime):%Y-%m-%d %H:%M}", f"{status.st_size / 1024:,.0f} kB"
