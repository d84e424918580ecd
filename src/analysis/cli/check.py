"""Find what is wrong in data, notebooks, their committed outputs, and the layout of what was built."""

import argparse
from datetime import date
from pathlib import Path

from analysis.cli._common import output_argument

PLACE = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say how strict, and as of which day."""
    parser.add_argument("--strict-freshness", action="store_true", help="data that are due are a problem, not a note")
    parser.add_argument("--today", type=_day, metavar="DATE", help="the day on which data are due (default: today)")
    output_argument(parser)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day such as 2026-11-30") from None


def run(arguments: argparse.Namespace, root: Path) -> int:
    """Print notes and problems; return 1 where there is a problem."""
    from analysis.check.project import check_project

    faults = check_project(
        root,
        arguments.output or root / "reports",
        today=arguments.today or date.today(),
        strict_freshness=arguments.strict_freshness,
    )
    for note in faults.notes:
        print(f"note     {note}")
    for problem in faults.problems:
        print(f"problem  {problem}")
    print(f"{len(faults.problems)} problems, {len(faults.notes)} notes")
    return 1 if faults.problems else 0
