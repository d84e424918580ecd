"""Build what is not up to date: HTML, PDF, facts, index."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli._common import edition_argument, output_argument, progress_bar, reports_argument, tell
from analysis.export.formats import FORMATS
from analysis.mexico import COUNTRY

if TYPE_CHECKING:
    from analysis.build.build import Outcome
    from analysis.export.edition import Edition, Report

PLACE = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to build, how, and where to."""
    reports_argument(parser)
    edition_argument(parser)
    parser.add_argument("--language", metavar="L", help="only this language: es or en")
    parser.add_argument(
        "--geography",
        metavar="G",
        help=f"this place instead of the edition's: {COUNTRY.code}, a state such as {COUNTRY.example}, or states for "
        "all of them",
    )
    parser.add_argument(
        "--jobs",
        type=_positive,
        default=os.cpu_count() or 2,
        metavar="N",
        help="reports that run cells at once (default: one a core)",
    )
    parser.add_argument(
        "--kernel",
        choices=("warm", "cold"),
        default="warm",
        help="fork kernels from a process that has imported everything, or start each afresh (default: warm)",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="have the reports made by the workers of this Dask scheduler, such as tcp://host:8786",
    )
    parser.add_argument(
        "--reconstruct",
        action="store_true",
        help="see the date of the edition, published or not, with the data of today, in a folder of its own",
    )
    parser.add_argument("--force", action="store_true", help="make again what is up to date")
    parser.add_argument("--watch", action="store_true", help="go on: build again whenever a file is saved")
    output_argument(parser)


def _positive(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of at least 1")
    return number


def run(arguments: argparse.Namespace, root: Path) -> int:
    """Build once, or at each save; return 1 where a report failed."""
    return _watch(arguments, root) if arguments.watch else _build_once(arguments, root)


def _watch(arguments: argparse.Namespace, root: Path) -> int:
    """Build now and at each save, until interrupted; a mistake is told, and the next save builds again."""
    from analysis.build.units import get_ready_to_execute, get_ready_to_export
    from analysis.build.watch import of_library, saves

    saved = saves(root)
    next(saved)  # what is saved while the first build runs counts too
    while True:
        try:
            _build_once(arguments, root)
        except Exception as error:
            tell(error, verbose=arguments.verbose)
        print("waiting for the next save (end with Ctrl-C)", file=sys.stderr)
        if arguments.scheduler is None:
            get_ready_to_execute(arguments.kernel)
            get_ready_to_export()
        if of_library(next(saved)):  # this process, and the one that kernels are forked from, hold the old one
            os.execv(sys.executable, [sys.executable, "-m", "analysis", *sys.argv[1:]])
        arguments.force = False


def _build_once(arguments: argparse.Namespace, root: Path) -> int:
    from analysis.build.editions import read_edition, reports_of

    edition = read_edition(root, arguments.edition)
    if arguments.reconstruct:
        edition = edition.reconstructed()
    reports = reports_of(
        root, edition, slugs=arguments.reports, language=arguments.language, geography=arguments.geography
    )
    output = arguments.output or root / "reports"
    outcomes = _built(arguments, root, edition, reports, output)
    if arguments.watch:
        _print_pages(outcomes, output / edition.folder)
    _print_outcomes(outcomes, output / edition.folder)
    return 1 if any(outcome.state == "failed" for outcome in outcomes) else 0


def _built(
    arguments: argparse.Namespace, root: Path, edition: Edition, reports: Sequence[Report], output: Path
) -> Sequence[Outcome]:
    """Build with a progress bar on a terminal, a line a report elsewhere."""
    from rich.progress import MofNCompleteColumn, TimeElapsedColumn

    from analysis.build.build import build

    with progress_bar(MofNCompleteColumn(), TimeElapsedColumn()) as bar:
        task = bar.add_task("briefings", total=len(reports))

        def advance(outcome: Outcome) -> None:
            bar.update(task, advance=1, description=outcome.report.name)
            if bar.disable and outcome.state != "up to date":
                print(f"{outcome.report.name}: {outcome.state}", file=sys.stderr)

        return build(
            root,
            edition,
            reports,
            output,
            whole=not (arguments.reports or arguments.language or arguments.geography),
            jobs=arguments.jobs,
            kernel=arguments.kernel,
            scheduler=arguments.scheduler,
            force=arguments.force,
            progress=advance,
        )


def _print_pages(outcomes: Sequence[Outcome], folder: Path) -> None:
    for outcome in outcomes:
        if outcome.state in {"built", "exported"}:
            print("\n".join(str(folder / f"{outcome.report.name}.{each.suffix}") for each in FORMATS))


def _print_outcomes(outcomes: Sequence[Outcome], folder: Path) -> None:
    for outcome in outcomes:
        if outcome.state == "failed":
            print(f"FAILED  {outcome.report.name}: {outcome.reason}", file=sys.stderr)
        elif outcome.state == "removed":
            print(f"removed {outcome.report.name}: the edition no longer declares it")
        for left_out in outcome.unshown:
            print(f"note    {outcome.report.name}: {left_out}")
    counts = Counter(outcome.state for outcome in outcomes)
    summary = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
    index = folder / "index.html"
    print(f"{summary}. Index: {index}" if index.is_file() else f"{summary}.")
