"""Building an edition: what is not up to date is executed, exported, written; the rest is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from analysis.build.editions import refuse_published, reports_of
from analysis.build.imports import interrupts_held_back, load_jsonschema
from analysis.build.kernels import Kernel, Turns, stop_kernels
from analysis.build.manifest import (
    MANIFEST,
    Inputs,
    Manifest,
    data_state,
    file_digest,
    inputs_of,
    why_execute,
    why_stale,
)
from analysis.build.units import Made, Unit, get_ready_to_execute, get_ready_to_export, make_report
from analysis.export.edition import INDEX_FILES, Edition, Report, kept_of
from analysis.foundation.errors import PublishError
from analysis.foundation.files import only_writer, remove_parts, write_atomically
from analysis.foundation.words import LANGUAGES

Progress = Callable[["Outcome"], None]
Submit = Callable[[Unit], "Future[Made]"]
_CUT_SHORT: Final = "the last build ended while it was being written"
_WAITING: Final = 2
"""Reports in flight beyond those that run cells: while these compute, others start, end or are exported."""


@dataclass(frozen=True)
class Outcome:
    """What became of one report: built, exported again without executing, up to date, or failed and why."""

    report: Report
    state: Literal["built", "exported", "up to date", "failed"]
    reason: str = ""


def build(
    root: Path,
    edition: Edition,
    reports: Sequence[Report],
    output: Path,
    *,
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
        jobs: how many reports are computed at once.
        kernel: how kernels are started; what they compute is the same.
        scheduler: address of a Dask scheduler whose workers make the reports; none for this machine.
        force: whether to make again what is up to date.
        progress: called with each outcome as it comes.

    Returns:
        One outcome a report, in the order of `reports`.

    Raises:
        PublishError: if the edition is published, the data package is not valid, the output folder cannot be
            written, or there is no such cluster. A report that fails raises nothing: its outcome says why, and its last
            good files stay.
    """
    refuse_published(root, edition)
    folder = output / edition.folder
    _refuse_links(folder)
    inputs = inputs_of(root, reports)
    state = _state(edition, reports, folder, inputs, force)
    if not state.to_do:
        return [_told(Outcome(report, "up to date"), progress) for report in reports]
    with only_writer(folder):
        remove_parts(folder)
        state = _state(edition, reports, folder, inputs, force)  # another command may just have built
        outcomes = {r.name: _told(Outcome(r, "up to date"), progress) for r in reports if r not in state.stale}
        if state.stale:
            _refuse_unwritable(folder)
            units = [_unit(r, edition, state.manifest, folder, inputs[r.slug], kernel, force) for r in state.stale]
            with _makers(root, units, jobs, scheduler) as submit:
                futures = {submit(unit): unit.report for unit in units}
                with interrupts_held_back():
                    get_ready_to_export()  # while the first kernels run
                with interrupts_held_back():
                    _refuse_invalid_data(root, state.manifest)
                for future in as_completed(futures):
                    outcome = _settle(futures.pop(future), future, state.manifest, folder)  # hundreds fill the memory
                    outcomes[outcome.report.name] = _told(outcome, progress)
        if state.manifest.reports:
            _write_index(edition, state.manifest, folder)
    return [outcomes[r.name] for r in reports]


@dataclass(frozen=True)
class _State:
    """What an edition's folder holds, and which of the reports asked for are not up to date there."""

    manifest: Manifest
    stale: list[Report]
    incomplete: bool

    @property
    def to_do(self) -> bool:
        """Whether there is anything to build, the index included."""
        return bool(self.stale) or (self.incomplete and bool(self.manifest.reports))


def _state(
    edition: Edition, reports: Sequence[Report], folder: Path, inputs: Mapping[str, Inputs], force: bool
) -> _State:
    manifest = Manifest.read(folder, edition.name)
    lost = _without_lost_pages(manifest, folder)
    stale = [r for r in reports if force or _stale(r, edition, manifest, folder, inputs[r.slug])]
    complete = all((folder / name).is_file() for name in (*INDEX_FILES.values(), MANIFEST))
    return _State(manifest, stale, incomplete=lost or not complete)


def _unit(
    report: Report, edition: Edition, manifest: Manifest, folder: Path, inputs: Inputs, kernel: Kernel, force: bool
) -> Unit:
    return Unit(
        report=report,
        inputs=inputs,
        printed=printed_by(report, edition),
        previous=kept_of(report, edition),
        kernel=kernel,
        executed=None if force else _reusable(report, manifest, folder, inputs),
    )


def _told(outcome: Outcome, progress: Progress) -> Outcome:
    progress(outcome)
    return outcome


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


def printed_by(report: Report, edition: Edition) -> dict[str, Any]:
    """Return what the pages of a report print of their edition.

    Returns:
        ``edition``, its name; ``kind``, whether it is a draft, say; ``contact``, where readers write to; ``links``,
        relative addresses: of the PDF, the other language and the index; and ``previous``, the digest of what the
        edition before said.
    """
    other = "en" if report.language == "es" else "es"
    links = {
        "pdf": f"{report.stem}.pdf",
        "other_language": f"../{other}/{report.stem}.html" if other in edition.languages else None,
        "index": f"../{INDEX_FILES[report.language]}",
    }
    previous = file_digest(kept_of(report, edition))
    return {
        "edition": edition.name,
        "kind": edition.kind,
        "contact": edition.contact,
        "links": links,
        "previous": previous,
    }


def standing(root: Path, edition: Edition, folder: Path) -> list[tuple[Report, str | None]]:
    """Return each report of an edition, and what else was built of it, with why it is not up to date; None if it is.

    Args:
        root: the project.
        edition: the edition.
        folder: where it is built.
    """
    manifest = Manifest.read(folder, edition.name)
    declared = reports_of(root, edition)
    names = {report.name for report in declared}
    others = [r for r in manifest.built() if r.name not in names and r.slug in edition.reports]
    inputs = inputs_of(root, [*declared, *others])
    return [(r, _stale(r, edition, manifest, folder, inputs[r.slug])) for r in [*declared, *others]]


def _stale(report: Report, edition: Edition, manifest: Manifest, folder: Path, inputs: Inputs) -> str | None:
    return why_stale(report, manifest.reports.get(report.name), folder, inputs, printed_by(report, edition))


def _reusable(report: Report, manifest: Manifest, folder: Path, inputs: Inputs) -> bytes | None:
    """The executed notebook, where nothing that it depends on changed and the file is the one that was written."""
    entry = manifest.reports.get(report.name)
    if entry is None or entry.get("failed") or why_execute(report, entry, inputs):
        return None
    path = folder / f"{report.name}.ipynb"
    content = path.read_bytes() if path.is_file() else b""
    return content if file_digest(content) == entry["outputs"]["ipynb"] else None


def _settle(report: Report, future: Future[Made], manifest: Manifest, folder: Path) -> Outcome:
    """Write what one report became; files and manifest are written here, by one thread alone."""
    before = manifest.reports.get(report.name)
    try:
        made = future.result()
        if before is not None:
            _record(manifest, folder, report, {**before, "failed": _CUT_SHORT, "outputs": {}})
        write_atomically({folder / f"{report.name}.{suffix}": content for suffix, content in made.files.items()})
    except PublishError as error:
        return _failed(report, str(error), before, manifest, folder)
    except Exception as error:  # one report must not take the others with it, whatever is wrong with it
        return _failed(report, f"internal error ({type(error).__name__}: {error})", before, manifest, folder)
    _record(manifest, folder, report, made.entry)
    return Outcome(report, "built" if made.executed else "exported")


def _failed(report: Report, reason: str, before: dict[str, Any] | None, manifest: Manifest, folder: Path) -> Outcome:
    """Keep the last good files and say in the manifest, and so in the index, that they are not current."""
    if before is not None:
        _record(manifest, folder, report, {**before, "failed": reason})
    return Outcome(report, "failed", reason)


def _record(manifest: Manifest, folder: Path, report: Report, entry: dict[str, Any]) -> None:
    """Write what the manifest says of a report."""
    manifest.reports[report.name] = entry
    write_atomically({folder / MANIFEST: manifest.dump()})


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


def _without_lost_pages(manifest: Manifest, folder: Path) -> bool:
    """Drop the reports whose page is gone, so that the index links to none of them; say whether there were any."""
    lost = [name for name in manifest.reports if not (folder / f"{name}.html").is_file()]
    for name in lost:
        del manifest.reports[name]
    return bool(lost)


def _write_index(edition: Edition, manifest: Manifest, folder: Path) -> None:
    from analysis.export.cards import index_cards
    from analysis.export.index import render_index

    cards = index_cards(manifest.reports)
    pages = {folder / INDEX_FILES[tag]: render_index(edition, cards, tag).encode() for tag in LANGUAGES}
    write_atomically({**pages, folder / MANIFEST: manifest.dump()})
