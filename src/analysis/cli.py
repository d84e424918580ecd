"""The command `briefings`. Nothing heavy is imported before a command needs it: `--help` answers at once."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datetime import date

    from analysis.build.build import Outcome
    from analysis.sources.revisions import Change

    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]

RAW_FILES: Final = ".raw"
"""Folder of the project for what publishers give; never committed."""
MOST_SHOWN: Final = 20
"""Changes of one table on the terminal; data/revisions.csv has them all."""


class UsageError(Exception):
    """A command that cannot be carried out as given: the message says what to do."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 something failed, 2 it could not start."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        print("interrupted: what was already built stays", file=sys.stderr)
        return 130
    except Exception as error:
        if arguments.verbose or not _is_ours(error):
            raise
        print(f"briefings: {error}", file=sys.stderr)
        return 2


def _is_ours(error: Exception) -> bool:
    """Whether the message was written for the person who reads it."""
    from analysis.foundation.errors import PublishError
    from analysis.package.table import DataError
    from analysis.sources.raw.reading import SourceError

    return isinstance(error, UsageError | PublishError | DataError | SourceError)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="briefings",
        description="Build, check and refresh the briefings on human mobility in Mexico.",
        epilog="Start with `briefings build`; every command has its own --help.",
    )
    parser.set_defaults(verbose=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    _add_build(commands)
    _add_editions(commands)
    _add_data(commands)
    _add_notebooks(commands)
    return parser


def _add_build(commands: _Commands) -> None:
    build = _command(commands, "build", "build what is not up to date: HTML, PDF, facts, index", _build)
    _reports_argument(build)
    _edition_argument(build)
    build.add_argument("--language", metavar="L", help="only this language: es or en")
    build.add_argument(
        "--geography",
        metavar="G",
        help="this place instead of the edition's: MEX, a state such as MX-CHP, or states for all of them",
    )
    build.add_argument(
        "--jobs",
        type=_positive,
        default=os.cpu_count() or 2,
        metavar="N",
        help="reports that run cells at once (default: one a core)",
    )
    build.add_argument(
        "--kernel",
        choices=("warm", "cold"),
        default="warm",
        help="fork kernels from a process that has imported everything, or start each afresh (default: warm)",
    )
    build.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="have the reports made by the workers of this Dask scheduler, such as tcp://host:8786",
    )
    build.add_argument(
        "--reconstruct",
        action="store_true",
        help="see the date of the edition, published or not, with the data of today, in a folder of its own",
    )
    build.add_argument("--force", action="store_true", help="make again what is up to date")
    build.add_argument("--watch", action="store_true", help="go on: build again whenever a file is saved")
    _output_argument(build)


def _add_editions(commands: _Commands) -> None:
    listing = _command(commands, "list", "each report: up to date, stale and why, or never built", _list)
    _edition_argument(listing)
    _output_argument(listing)

    diff = _command(commands, "diff", "what two editions say differently, in sentences and as a page", _diff)
    diff.add_argument("before", metavar="OLD", help="the earlier edition, built or published")
    diff.add_argument("now", metavar="NEW", help="the later edition, built")
    diff.add_argument("--language", choices=("es", "en"), default="es", help="of the sentences printed (default: es)")
    _output_argument(diff)

    publish = _command(
        commands,
        "publish",
        "keep what a built edition tells its readers: it is never built again, and later ones compare with it",
        _publish,
    )
    publish.add_argument("edition", metavar="EDITION", help="its name")
    _output_argument(publish)


def _add_data(commands: _Commands) -> None:
    check = _command(
        commands,
        "check",
        "find what is wrong in data, notebooks, their committed outputs, and the layout of what was built",
        _check,
    )
    check.add_argument("--strict-freshness", action="store_true", help="data that are due are a problem, not a note")
    check.add_argument("--today", type=_day, metavar="DATE", help="the day on which data are due (default: today)")
    _output_argument(check)

    refresh = _command(commands, "refresh", "bring in the publishers' newest data, show what was revised", _refresh)
    refresh.add_argument("sources", nargs="*", metavar="SOURCE", help="names of sources (default: all)")
    refresh.add_argument(
        "--from",
        dest="folder",
        type=Path,
        metavar="DIR",
        help="read this folder of raw files, one folder a source, instead of fetching them",
    )
    refresh.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")
    refresh.add_argument(
        "--accept",
        default="",
        metavar="REASON",
        help="write the named sources although something looks wrong; the reason is noted in data/revisions.csv",
    )


def _add_notebooks(commands: _Commands) -> None:
    new = _command(commands, "new", "write the notebook of a new theme, which already builds in both languages", _new)
    new.add_argument("slug", metavar="SLUG", help="its name, such as family_return; the number comes by itself")

    reference = _command(commands, "reference", "execute notebooks in place, for nbval to compare with", _reference)
    _reports_argument(reference)
    reference.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")


def _command(commands: _Commands, name: str, text: str, run: object) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.add_argument("--verbose", action="store_true", default=False, help="show the traceback of an error")
    command.set_defaults(run=run)
    return command


def _reports_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "reports",
        nargs="*",
        metavar="REPORT",
        help="names of notebooks, such as 05_assistance_protection (default: all)",
    )


def _edition_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("--edition", metavar="E", help="edition of reports/editions.toml (default: the one it names)")


def _output_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("--output", type=Path, metavar="DIR", help="folder of the editions (default: reports/)")


def _positive(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of at least 1")
    return number


def _day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day such as 2026-11-30") from None


def find_project(start: Path | None = None) -> Path:
    """Return the project: the folder, here or above, that has `reports/editions.toml`.

    Where a refresh was killed while it replaced tables, it is finished first.

    Raises:
        UsageError: if there is none.
    """
    here = (start or Path.cwd()).resolve()
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


def _build(arguments: argparse.Namespace) -> int:
    return _watch(arguments) if arguments.watch else _build_once(arguments)


def _watch(arguments: argparse.Namespace) -> int:
    """Build now and at each save, until interrupted; a mistake is told, and the next save builds again."""
    from analysis.build.units import get_ready_to_execute, get_ready_to_export
    from analysis.build.watch import of_library, saves

    root = find_project()
    saved = saves(root)
    next(saved)  # what is saved while the first build runs counts too
    while True:
        try:
            _build_once(arguments)
        except Exception as error:
            if arguments.verbose or not _is_ours(error):
                raise
            print(f"briefings: {error}", file=sys.stderr)
        print("waiting for the next save (end with Ctrl-C)", file=sys.stderr)
        if arguments.scheduler is None:
            get_ready_to_execute(arguments.kernel)
            get_ready_to_export()
        if of_library(next(saved)):  # this process, and the one that kernels are forked from, hold the old one
            os.execv(sys.executable, [sys.executable, "-m", "analysis", *sys.argv[1:]])
        arguments.force = False


def _build_once(arguments: argparse.Namespace) -> int:
    from analysis.build.build import build
    from analysis.build.editions import read_edition, reports_of

    root = find_project()
    edition = read_edition(root, arguments.edition)
    if arguments.reconstruct:
        edition = edition.reconstructed()
    reports = reports_of(
        root, edition, slugs=arguments.reports, language=arguments.language, geography=arguments.geography
    )
    output = arguments.output or root / "reports"
    with _Progress(len(reports)) as progress:
        outcomes = build(
            root,
            edition,
            reports,
            output,
            whole=not (arguments.reports or arguments.language or arguments.geography),
            jobs=arguments.jobs,
            kernel=arguments.kernel,
            scheduler=arguments.scheduler,
            force=arguments.force,
            progress=progress.advance,
        )
    failed = [o for o in outcomes if o.state == "failed"]
    if arguments.watch:
        _print_pages(outcomes, output / edition.folder)
    _print_outcomes(outcomes, output / edition.folder)
    return 1 if failed else 0


class _Progress:
    """A progress bar on a terminal; a line a report elsewhere."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=console, transient=True)
        self._plain = not console.is_terminal
        self._task = self._bar.add_task("briefings", total=total)

    def __enter__(self) -> _Progress:
        if not self._plain:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if not self._plain:
            self._bar.stop()

    def advance(self, outcome: Outcome) -> None:
        """Count one report as done."""
        self._bar.update(self._task, advance=1, description=outcome.report.name)
        if self._plain and outcome.state != "up to date":
            print(f"{outcome.report.name}: {outcome.state}", file=sys.stderr)


def _print_pages(outcomes: Sequence[Outcome], folder: Path) -> None:
    for outcome in outcomes:
        if outcome.state in {"built", "exported"}:
            print("\n".join(str(folder / f"{outcome.report.name}.{suffix}") for suffix in ("html", "pdf")))


def _print_outcomes(outcomes: Sequence[Outcome], folder: Path) -> None:
    from collections import Counter

    for outcome in outcomes:
        if outcome.state == "failed":
            print(f"FAILED  {outcome.report.name}: {outcome.reason}", file=sys.stderr)
        elif outcome.state == "removed":
            print(f"removed {outcome.report.name}: the edition no longer declares it")
    counts = Counter(outcome.state for outcome in outcomes)
    summary = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
    index = folder / "index.html"
    print(f"{summary}. Index: {index}" if index.is_file() else f"{summary}.")


def _list(arguments: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.table import Table

    from analysis.build.build import standing
    from analysis.build.editions import read_edition

    root = find_project()
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
    from datetime import datetime

    if not pdf.is_file():
        return "", ""
    status = pdf.stat()
    return f"{datetime.fromtimestamp(status.st_mtime):%Y-%m-%d %H:%M}", f"{status.st_size / 1024:,.0f} kB"


def _check(arguments: argparse.Namespace) -> int:
    from datetime import date

    from analysis.check.check import check

    root = find_project()
    findings = check(
        root,
        arguments.output or root / "reports",
        today=arguments.today or date.today(),
        strict_freshness=arguments.strict_freshness,
    )
    for note in findings.notes:
        print(f"note     {note}")
    for problem in findings.problems:
        print(f"problem  {problem}")
    print(f"{len(findings.problems)} problems, {len(findings.notes)} notes")
    return 1 if findings.problems else 0


def _refresh(arguments: argparse.Namespace) -> int:
    from datetime import date

    from analysis.sources.refresh import ADAPTERS, refresh

    if arguments.accept and not arguments.sources:
        raise UsageError("--accept is for sources whose files you have looked at: name them")
    root = find_project()
    names = arguments.sources or sorted(ADAPTERS)
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
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from analysis.sources.raw.addresses import METADATA
    from analysis.sources.raw.download import obtain

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def advance(path: str, done: int, whole: int | None) -> None:
            if path not in tasks:
                tasks[path] = bar.add_task(path, total=whole)
            bar.update(tasks[path], completed=done, total=whole)

        obtained = obtain(names, METADATA, folder, progress=advance)
    for sentence in obtained.left_out:
        print(f"left out  {sentence}")
    return obtained.names


def _print_changes(changes: Sequence[Change]) -> None:
    """Print the largest changes of each table, and how many more there are."""
    from itertools import groupby

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


def _diff(arguments: argparse.Namespace) -> int:
    from analysis.build.comparison import compare_editions, page_name, render_comparison, sentences
    from analysis.foundation.files import write_atomically
    from analysis.foundation.words import LANGUAGES

    root = find_project()
    output = arguments.output or root / "reports"
    names = (arguments.before, arguments.now)
    compared = compare_editions(root, output, *names)
    for item in compared:
        print(f"\n{item.stem}: {item.title(arguments.language)}")
        print("\n".join(f"  {sentence}" for sentence in sentences(item, arguments.language)))
    pages = {
        output / arguments.now / page_name(arguments.before, language): render_comparison(
            compared, *names, root / "data", language
        ).encode()
        for language in LANGUAGES
    }
    write_atomically(pages)
    print("\n" + "\n".join(str(path) for path in pages))
    return 0


def _publish(arguments: argparse.Namespace) -> int:
    from analysis.build.editions import read_edition
    from analysis.build.publication import keep

    root = find_project()
    edition = read_edition(root, arguments.edition)
    folder = (arguments.output or root / "reports") / edition.folder
    kept = keep(root, folder, edition)
    print(f"what edition {edition.name} told its readers is kept in {kept[0].parent}: {len(kept)} files to commit")
    return 0


def _new(arguments: argparse.Namespace) -> int:
    from analysis.build.theme import new_theme

    root = find_project()
    path = new_theme(root, arguments.slug)
    print(
        f"{path.relative_to(root)} is written. `briefings build {arguments.slug}` builds it as it stands; "
        "docs/a-theme-in-an-hour.md goes through it cell by cell."
    )
    return 0


def _reference(arguments: argparse.Namespace) -> int:
    from analysis.build.editions import available_reports, chosen_reports
    from analysis.build.reference import reference_change
    from analysis.foundation.files import only_writer, remove_parts, write_atomically

    root = find_project()
    with only_writer(root / "notebooks"):
        remove_parts(root / "notebooks")
        for slug in chosen_reports(arguments.reports, available_reports(root), "notebooks/"):
            change = reference_change(root / "notebooks" / f"{slug}.ipynb", root)
            if change is None:
                print(f"{slug}: as committed")
                continue
            print(f"{slug}: cells {', '.join(map(str, change.cells)) or '(order or metadata only)'} change")
            if not arguments.dry_run:
                write_atomically({change.path: change.content})
    return 0
