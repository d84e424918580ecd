"""Execute notebooks in place, for nbval to compare with."""

import argparse
from pathlib import Path

from analysis.cli._common import reports_argument

PLACE = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which notebooks, and whether to write."""
    reports_argument(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")


def run(arguments: argparse.Namespace, root: Path) -> int:
    """Execute the notebooks, and say which cells change."""
    from analysis.build.editions import available_reports, chosen_reports
    from analysis.build.reference import reference_change
    from analysis.build.units import get_ready_to_execute
    from analysis.foundation.files import only_writer, remove_parts, write_atomically

    with only_writer(root / "notebooks"):
        remove_parts(root / "notebooks")
        get_ready_to_execute("warm")
        for slug in chosen_reports(arguments.reports, available_reports(root), "notebooks/"):
            change = reference_change(root / "notebooks" / f"{slug}.ipynb", root)
            if change is None:
                print(f"{slug}: as committed")
                continue
            print(f"{slug}: cells {', '.join(map(str, change.cells)) or '(order or metadata only)'} change")
            if not arguments.dry_run:
                write_atomically({change.path: change.content})
    return 0
