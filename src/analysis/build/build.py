"""Building an edition: what is not up to date is executed, exported, written; the rest is left alone."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Literal

from msgspec.structs import replace

from analysis.build.editions import no_longer_made, refuse_published, reports_of
from analysis.build.imports import interrupts_held_back, load_jsonschema
from analysis.build.kernels import Kernel, Turns, stop_kernels
from analysis.build.manifest import (
    MANIFEST,
    SUFFIXES,
    Manifest,
    data_state,
    file_digest,
    inputs_of,
    why_execute,
    why_stale,
)
from analysis.build.units import Made, Unit, get_ready_to_execute, get_ready_to_export, make_report
from analysis.export.edition import INDEX_FILES, Edition, Report, kept_of
from analysis.export.formats import FILES
from analysis.export.records import Inputs, Links, Printed
from analysis.foundation.errors import PublishError
from analysis.foundation.files import only_writer, remove_files, remove_parts, write_atomically
from analysis.foundation.words import LANGUAGES

Progress = Callable[["Outcome"], None]
Submit = Callable[[Unit], "Future[Made]"]
_CUT_SHORT: Final = "the last build ended while it was being written"
_WAITING: Final = 2
"""Reports in flight beyond those that run cells: while these compute, others start, end or are exported."""


@dataclass(frozen=True)
class Outcome:
    """What became of one report: built, exported again without executing, up to date, removed, or failed and why.

    ``unshown`` tells what its cells make or print that its pages do not show.
    """

    report: Report
    state: Literal["built", "exported", "up to date", "removed", "failed"]
    reason: str = ""
    unshown: Sequence[str] = ()


def build(
    root: Path,
    edition: Edition,
    reports: Sequence[Report],
    output: Path,
    *,
    whole: bool = False,
    jobs: int = 2,
    kernel: Kernel = "warm",
    scheduler: str | None = None,
    force: bool = False,
    progress: Progress = lambda outcome: None,
) -> list[Outcome]:
    """Build the reports of an edition that are not up to date, and its index.

    Args:
        root: the project.
        edition: the edition they belong to.
        reports: the reports, with checked parameters.
        output: the folder of all editions, usually `reports/`.
        whole: whether they are all that the edition declares: what it declared once and no longer does is removed.
            What was asked for besides stays, such as states, as long as its notebook and its place are there.
        jobs: how many reports are computed at once.
        kernel: how kernels are started; what they compute is the same.
        scheduler: address of a Dask scheduler whose workers make the reports; none for this machine.
        force: whether to make again what is up to date.
        progress: called with each outcome as it comes.

    Returns:
        One outcome a report, in the order of `reports`, then one for each that was removed, and for each in the other
        language that was exported again because its translation came or went.

    Raises:
        PublishError: if the edition is published, the data package is not valid, the output folder cannot be
            written, or there is no such cluster. A report that fails raises nothing: its outcome says why, and its last
            good files stay.
    """
    refuse_published(root, edition)
    folder = output / edition.folder
    _refuse_links(folder)
    outcomes: dict[str, Outcome] = {}

    def tell(outcome: Outcome) -> None:
        outcomes[outcome.report.name] = outcome
        progress(outcome)

    look = partial(_plan, root, edition, reports, folder, inputs_of(root, reports), whole=whole, force=force)
    plan = look()
    if plan.to_do:
        with only_writer(folder):
            remove_parts(folder)
            plan = look()  # another command may just have built
            if plan.stale:
                _refuse_unwritable(folder)
                names = plan.pages | {report.name for report in plan.stale}
                units = [_unit(plan, report, kernel, names, force=force) for report in plan.stale]
                with _makers(root, units, jobs, scheduler) as submit:
                    _make(root, plan.manifest, units, submit, tell)
            if units := list(_leading_astray(plan, kernel)):
                with _makers(root, units, jobs, scheduler) as submit:
                    _make(root, plan.manifest, units, submit, partial(_tell_of_links, outcomes, tell))
            _remove(plan, tell)
            _write_index(plan, reports if whole else ())
    for report in plan.current:
        if report.name not in outcomes:
            tell(Outcome(report, "up to date"))
    asked = [outcomes.pop(report.name) for report in (*reports, *plan.undeclared)]
    return [*asked, *outcomes.values()]


@dataclass(frozen=True)
class _Plan:
    """What an edition's folder holds, and what is to be done there.

    Attributes:
        edition: the edition.
        inputs: what its reports would be made from now, by notebook.
        manifest: what was made.
        stale: reports asked for that are not up to date.
        current: those that are.
        undeclared: reports that were made and are to be removed.
        incomplete: whether the index or the manifest is not what the reports are.
    """

    edition: Edition
    inputs: Mapping[str, Inputs]
    manifest: Manifest
    stale: list[Report]
    current: list[Report]
    undeclared: list[Report]
    incomplete: bool

    @property
    def pages(self) -> set[str]:
        """Names of the reports that have a page, those to be removed left out."""
        return self.manifest.reports.keys() - {report.name for report in self.undeclared}

    @property
    def to_do(self) -> bool:
        """Whether there is anything to build or remove, the index included."""
        return bool(self.stale or self.undeclared or (self.incomplete and self.manifest.reports))


def _plan(
    root: Path,
    edition: Edition,
    reports: Sequence[Report],
    folder: Path,
    inputs: Mapping[str, Inputs],
    *,
    whole: bool,
    force: bool,
) -> _Plan:
    manifest = Manifest.read(folder)
    undeclared = _undeclared(root, edition, reports, manifest) if whole else []
    lost = _without_lost_pages(manifest, keep={report.name for report in undeclared})
    current = [] if force else [r for r in reports if not _stale(r, edition, manifest, inputs[r.slug])]
    names = {report.name for report in current}
    stale = [report for report in reports if report.name not in names]
    unlisted = whole and any(not manifest.reports[r.name].declared for r in current)
    complete = all((folder / name).is_file() for name in (*INDEX_FILES.values(), MANIFEST))
    return _Plan(edition, inputs, manifest, stale, current, undeclared, lost or unlisted or not complete)


def _undeclared(root: Path, edition: Edition, declared: Sequence[Report], manifest: Manifest) -> list[Report]:
    names = {report.name for report in declared}
    others = [report for report in manifest.built() if report.name not in names]
    gone = {report.name for report in no_longer_made(root, edition, others)}
    return [report for report in others if report.name in gone or manifest.reports[report.name].declared]


def _leading_astray(plan: _Plan, kernel: Kernel) -> Iterator[Unit]:
    """Yield the reports, of the notebooks asked for, whose links are not to the pages that there are now.

    Their translation came, was removed, or failed: they are exported again, as far as nothing else is new to them.
    """
    for report in plan.manifest.built():
        if report.slug in plan.inputs and report.name in plan.pages:
            printed = printed_by(report, plan.edition, plan.pages)
            if plan.manifest.reports[report.name].printed.links != printed.links:
                unit = _unit(plan, report, kernel, plan.pages, force=False)
                yield from [unit] if unit.executed is not None else ()


def _tell_of_links(outcomes: Mapping[str, Outcome], tell: Progress, outcome: Outcome) -> None:
    """Tell what became of a report whose links alone were mended, unless it was made, and told, just before."""
    if outcome.report.name not in outcomes or outcome.state == "failed":
        tell(outcome)


def _unit(plan: _Plan, report: Report, kernel: Kernel, pages: Container[str], *, force: bool) -> Unit:
    inputs = plan.inputs[report.slug]
    return Unit(
        report=report,
        inputs=inputs,
        printed=printed_by(report, plan.edition, pages),
        previous=kept_of(report, plan.edition),
        kernel=kernel,
        executed=None if force else _reusable(report, plan.manifest, inputs),
    )


def _make(root: Path, manifest: Manifest, units: Sequence[Unit], submit: Submit, tell: Progress) -> None:
    """Have the reports made, and write each when it is."""
    futures = {submit(unit): unit.report for unit in units}
    with interrupts_held_back():
        get_ready_to_export()  # while the first kernels run
    with interrupts_held_back():
        _refuse_invalid_data(root, manifest)
    for future in as_completed(futures):
        tell(_write_report(futures.pop(future), future, manifest))  # hundreds fill the memory


@contextmanager
def _makers(root: Path, units: Sequence[Unit], jobs: int, scheduler: str | None) -> Iterator[Submit]:
    """Yield what has a report made: threads of this process, each with a kernel of its own, or a cluster's workers.

    When the caller gives up, nothing goes on.
    """
    if scheduler is not None:
        from analysis.build.cluster import workers

        with workers(scheduler, root) as submit:
            yield submit
        return
    with interrupts_held_back():
        if any(unit.executed is None for unit in units):
            get_ready_to_execute(units[0].kernel)
        else:
            get_ready_to_export()
    pool, turns = ThreadPoolExecutor(max_workers=jobs + _WAITING), Turns(jobs)
    try:
        yield lambda unit: pool.submit(make_report, unit, root, turns)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        stop_kernels()
        raise
    finally:
        pool.shutdown()


def printed_by(report: Report, edition: Edition, pages: Container[str] = ()) -> Printed:
    """Return what the pages of a report print of their edition.

    Args:
        report: the report; its PDF and the index are made with its page.
        edition: its edition.
        pages: names of the reports that it may lead to, because they have a page.
    """
    translation = f"{'en' if report.language == 'es' else 'es'}/{report.stem}"
    links = Links(
        files={each.suffix: f"{report.stem}.{each.suffix}" for each in FILES},
        other_language=f"../{translation}.html" if translation in pages else None,
        index=f"../{INDEX_FILES[report.language]}",
    )
    return Printed(edition.name, edition.kind, edition.contact, links, file_digest(kept_of(report, edition)))


def standing(root: Path, edition: Edition, folder: Path) -> list[tuple[Report, str | None]]:
    """Return each report of an edition, and what else was built of it, with why it is not up to date; None if it is.

    Args:
        root: the project.
        edition: the edition.
        folder: where it is built.
    """
    manifest = Manifest.read(folder)
    declared = reports_of(root, edition)
    names = {report.name for report in declared}
    others = [r for r in manifest.built() if r.name not in names and r.slug in edition.reports]
    inputs = inputs_of(root, [*declared, *others])
    return [(r, _stale(r, edition, manifest, inputs[r.slug])) for r in [*declared, *others]]


def _stale(report: Report, edition: Edition, manifest: Manifest, inputs: Inputs) -> str | None:
    built = manifest.reports.get(report.name)
    return why_stale(report, built, manifest.folder, inputs, printed_by(report, edition, manifest.reports))


def _reusable(report: Report, manifest: Manifest, inputs: Inputs) -> bytes | None:
    """The executed notebook, where nothing that it depends on changed and the file is the one that was written."""
    built = manifest.reports.get(report.name)
    if built is None or built.failed or why_execute(report, built, inputs):
        return None
    path = manifest.folder / f"{report.name}.ipynb"
    content = path.read_bytes() if path.is_file() else b""
    return content if file_digest(content) == built.outputs["ipynb"] else None


def _write_report(report: Report, future: Future[Made], manifest: Manifest) -> Outcome:
    """Write what one report became; files and manifest are written here, by one thread alone."""
    before = manifest.reports.get(report.name)
    try:
        made = future.result()
        if before is not None:
            manifest.record(report, replace(before, failed=_CUT_SHORT, outputs={}))
        write_atomically({manifest.folder / f"{report.name}.{suffix}": file for suffix, file in made.files.items()})
    except Exception as error:  # one report must not take the others with it, whatever is wrong with it
        reason = str(error) if isinstance(error, PublishError) else f"internal error ({type(error).__name__}: {error})"
        if before is not None:  # its last good files stay; the manifest, and so the index, says that they are old
            manifest.record(report, replace(before, failed=reason))
        return Outcome(report, "failed", reason)
    manifest.record(report, replace(made.record, declared=before is not None and before.declared))
    return Outcome(report, "built" if made.executed else "exported", unshown=made.unshown)


def _remove(plan: _Plan, tell: Progress) -> None:
    """Remove what the edition no longer declares, file by file as it was written: what a person put there stays.

    Until the index is written without it, the manifest says that it is not whole: a build that is killed is completed.
    """
    manifest = plan.manifest
    for report in plan.undeclared:
        built = manifest.reports[report.name]
        manifest.record(report, replace(built, failed=_CUT_SHORT))
        paths = {suffix: manifest.folder / f"{report.name}.{suffix}" for suffix in reversed(SUFFIXES)}
        remove_files(
            path
            for suffix, path in paths.items()
            if path.is_file() and built.outputs.get(suffix) in (None, file_digest(path.read_bytes()))
        )
        with suppress(OSError):
            (manifest.folder / report.language).rmdir()  # where it is empty now
        tell(Outcome(report, "removed"))
    for report in plan.undeclared:
        del manifest.reports[report.name]


def _refuse_links(folder: Path) -> None:
    """Refuse to write through a link inside the output folder: what it leads to belongs to something else."""
    for place in (folder, *(folder / language for language in LANGUAGES)):
        if place.is_symlink():
            raise PublishError(f"{place} is a symbolic link: remove it, or give the folder it leads to as --output")


def _refuse_invalid_data(root: Path, manifest: Manifest) -> None:
    """Validate the data package, unless it is the one that was valid at the last build."""
    state = data_state(root)
    if state == manifest.valid_data:
        return
    from analysis.package.validation import validate

    load_jsonschema()
    problems = validate(root / "data")
    if problems:
        more = f" (and {len(problems) - 1} more: run `briefings check`)" if len(problems) > 1 else ""
        raise PublishError(f"the data package is not valid: {problems[0]}{more}")
    manifest.valid_data = state


def _refuse_unwritable(folder: Path) -> None:
    """Find out before minutes of work, not after."""
    probe = folder / ".writable.part"
    write_atomically({probe: b""})
    probe.unlink()


def _without_lost_pages(manifest: Manifest, keep: set[str]) -> bool:
    """Drop the reports whose page is gone, so that the index links to none of them; say whether there were any."""
    lost = [name for name in manifest.reports if not (manifest.folder / f"{name}.html").is_file()]
    for name in set(lost) - keep:
        del manifest.reports[name]
    return bool(set(lost) - keep)


def _write_index(plan: _Plan, declared: Sequence[Report]) -> None:
    """Write the index and the manifest, which says of which reports it is known that the edition declares them."""
    from analysis.export.cards import index_cards
    from analysis.export.index import render_index

    manifest = plan.manifest
    for name in {report.name for report in declared} & manifest.reports.keys():
        manifest.reports[name] = replace(manifest.reports[name], declared=True)
    if manifest.reports or plan.undeclared:
        cards = index_cards(manifest.reports)
        pages = {
            manifest.folder / INDEX_FILES[tag]: render_index(plan.edition, cards, tag).encode() for tag in LANGUAGES
        }
        write_atomically({**pages, manifest.folder / MANIFEST: manifest.dump()})
