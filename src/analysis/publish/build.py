"""Building an edition: what is not up to date is executed, exported, written; the rest is left alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from analysis.publish.editions import INDEX_FILES, Edition, Report
from analysis.publish.errors import PublishError
from analysis.publish.files import write_atomically
from analysis.publish.kernels import Kernel
from analysis.publish.manifest import (
    MANIFEST,
    Inputs,
    Manifest,
    file_digest,
    inputs_of,
    why_execute,
    why_stale,
)
from analysis.words import LANGUAGES

Progress = Callable[["Outcome"], None]


@dataclass(frozen=True)
class Outcome:
    """What became of one report: built, exported again without executing, up to date, or failed and why."""

    report: Report
    state: Literal["built", "exported", "up to date", "failed"]
    reason: str = ""


@dataclass(frozen=True)
class Made:
    """One report made, as bytes by suffix, with its entry for the manifest."""

    files: dict[str, bytes]
    entry: dict[str, Any]
    executed: bool


def build(
    root: Path,
    edition: Edition,
    reports: Sequence[Report],
    output: Path,
    *,
    jobs: int = 2,
    kernel: Kernel = "warm",
    force: bool = False,
    progress: Progress = lambda outcome: None,
) -> list[Outcome]:
    """Build the reports of an edition that are not up to date, and its index.

    Args:
        root: the project.
        edition: the edition they belong to.
        reports: the reports, with checked parameters.
        output: the folder of all editions, usually `reports/`.
        jobs: how many reports are in flight at once.
        kernel: how kernels are started; what they compute is the same.
        force: whether to make again what is up to date.
        progress: called with each outcome as it comes.

    Returns:
        One outcome a report, in the order of `reports`.

    Raises:
        PublishError: if the data package is not valid or the output folder cannot be written. A report that
            fails raises nothing: its outcome says why, and its last good files stay.
    """
    folder = output / edition.name
    manifest = Manifest.read(folder, edition.name)
    lost = _without_lost_pages(manifest, folder)
    inputs = {slug: inputs_of(root, r) for slug, r in {r.slug: r for r in reports}.items()}  # alike in every language
    stale = [r for r in reports if force or _stale(r, edition, manifest, folder, inputs[r.slug])]
    outcomes = {r.name: Outcome(r, "up to date") for r in reports if r not in stale}
    for outcome in outcomes.values():
        progress(outcome)
    if stale:
        _refuse_invalid_data(root)
        _refuse_unwritable(folder)
        pool = ThreadPoolExecutor(max_workers=jobs)
        try:
            futures: dict[Future[Made], Report] = {}
            for r in stale:
                executed = None if force else _reusable(r, manifest, folder, inputs[r.slug])
                futures[pool.submit(make_report, root, edition, r, inputs[r.slug], executed, kernel)] = r
            for future in as_completed(futures):
                outcome = _settle(futures[future], future, manifest, folder)
                outcomes[outcome.report.name] = outcome
                progress(outcome)
        finally:
            pool.shutdown(cancel_futures=True)  # an interrupted build does not go through the rest first
    complete = all((folder / name).is_file() for name in (*INDEX_FILES.values(), MANIFEST))
    if manifest.reports and (stale or lost or not complete):
        _write_index(edition, manifest, folder)
    return [outcomes[r.name] for r in reports]


def make_report(
    root: Path, edition: Edition, report: Report, inputs: Inputs, executed: Path | None, kernel: Kernel = "warm"
) -> Made:
    """Make one report.

    Args:
        root: the project.
        edition: the edition it belongs to.
        report: the notebook with its parameters.
        inputs: digests of what it is made from, taken before: what changes meanwhile is for the next build.
        executed: its executed notebook, where only the pages are out of date.
        kernel: how its kernel is started.

    Raises:
        PublishError: if a cell fails, a table is not among the sources, or the document cannot be exported.
    """
    from analysis.publish.document import read_document
    from analysis.publish.execute import dump, execute
    from analysis.publish.facts import facts_file
    from analysis.publish.html import render_html
    from analysis.publish.pdf import render_pdf

    if executed is None:
        notebook = execute(root / "notebooks" / f"{report.slug}.ipynb", report.parameters, root, kernel=kernel)
    else:
        notebook = json.loads(executed.read_bytes())
    printed = printed_by(report, edition)
    document = read_document(notebook, **printed)
    if document.unlisted:
        listed = f"table {document.unlisted[0]} is used but not among the sources of {report.slug}"
        raise PublishError(f"{listed}: end the notebook with b.sources()")
    files = {
        "html": render_html(document).encode(),
        "pdf": render_pdf(document),
        "ipynb": dump(notebook),
        "facts.json": facts_file(document),
    }
    read = {row["table"]: inputs.tables[row["table"]] for row in document.tables}
    entry = {
        "parameters": dict(report.parameters),
        "inputs": asdict(replace(inputs, tables=read)),
        "printed": printed,
        "outputs": {suffix: file_digest(content) for suffix, content in files.items()},
        "card": document.card,
        "neutral": document.neutral,
    }
    return Made(files, entry, executed=executed is None)


def printed_by(report: Report, edition: Edition) -> dict[str, Any]:
    """Return what the pages of a report print of their edition.

    Returns:
        ``edition``, its name; ``contact``, where readers write to; and ``links``, relative addresses: of the PDF, the
        other language and the index.
    """
    other = "en" if report.language == "es" else "es"
    links = {
        "pdf": f"{report.stem}.pdf",
        "other_language": f"../{other}/{report.stem}.html" if other in edition.languages else None,
        "index": f"../{INDEX_FILES[report.language]}",
    }
    return {"edition": edition.name, "contact": edition.contact, "links": links}


def _stale(report: Report, edition: Edition, manifest: Manifest, folder: Path, inputs: Inputs) -> str | None:
    return why_stale(report, manifest.reports.get(report.name), folder, inputs, printed_by(report, edition))


def _reusable(report: Report, manifest: Manifest, folder: Path, inputs: Inputs) -> Path | None:
    """The executed notebook, where nothing that it depends on changed and the file is the one that was written."""
    entry = manifest.reports.get(report.name)
    if entry is None or entry.get("failed") or why_execute(report, entry, inputs):
        return None
    path = folder / f"{report.name}.ipynb"
    whole = path.is_file() and file_digest(path.read_bytes()) == entry["outputs"]["ipynb"]
    return path if whole else None


def _settle(report: Report, future: Future[Made], manifest: Manifest, folder: Path) -> Outcome:
    """Write what one report became; files and manifest are written here, by one thread alone."""
    try:
        made = future.result()
        write_atomically({folder / f"{report.name}.{suffix}": content for suffix, content in made.files.items()})
    except PublishError as error:
        return _failed(report, str(error), manifest, folder)
    except Exception as error:  # one report must not take the others with it, whatever is wrong with it
        return _failed(report, f"internal error ({type(error).__name__}: {error})", manifest, folder)
    manifest.reports[report.name] = made.entry
    write_atomically({folder / MANIFEST: manifest.dump()})
    return Outcome(report, "built" if made.executed else "exported")


def _failed(report: Report, reason: str, manifest: Manifest, folder: Path) -> Outcome:
    """Keep the last good files and say in the manifest, and so in the index, that they are not current."""
    entry = manifest.reports.get(report.name)
    if entry is not None:
        manifest.reports[report.name] = {**entry, "failed": reason}
        write_atomically({folder / MANIFEST: manifest.dump()})
    return Outcome(report, "failed", reason)


def _refuse_invalid_data(root: Path) -> None:
    from analysis.validation import validate

    problems = validate(root / "data")
    if problems:
        more = f" (and {len(problems) - 1} more: run `briefings check`)" if len(problems) > 1 else ""
        raise PublishError(f"the data package is not valid: {problems[0]}{more}")


def _refuse_unwritable(folder: Path) -> None:
    """Find out before minutes of work, not after."""
    probe = folder / ".writable"
    write_atomically({probe: b""})
    probe.unlink()


def _without_lost_pages(manifest: Manifest, folder: Path) -> bool:
    """Drop the reports whose page is gone, so that the index links to none of them; say whether there were any."""
    lost = [name for name in manifest.reports if not (folder / f"{name}.html").is_file()]
    for name in lost:
        del manifest.reports[name]
    return bool(lost)


def _write_index(edition: Edition, manifest: Manifest, folder: Path) -> None:
    from analysis.publish.cards import index_cards
    from analysis.publish.index import render_index

    cards = index_cards(manifest.reports)
    pages = {folder / INDEX_FILES[tag]: render_index(edition, cards, tag).encode() for tag in LANGUAGES}
    write_atomically({**pages, folder / MANIFEST: manifest.dump()})
