"""Building an edition: what is not up to date is executed, exported, written; the rest is left alone."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.publish.editions import Edition, Report
from analysis.publish.errors import PublishError
from analysis.publish.files import write_atomically
from analysis.publish.manifest import (
    MANIFEST,
    Manifest,
    execution_key,
    export_key,
    inputs_of,
    why_stale,
)
from analysis.words import LANGUAGES

Progress = Callable[["Outcome"], None]


@dataclass(frozen=True)
class Outcome:
    """What became of one report: built, exported again without executing, up to date, or failed and why."""

    report: Report
    state: str
    reason: str = ""
    seconds: float = 0.0


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
    stale = [r for r in reports if force or why_stale(root, r, manifest.reports.get(r.name), folder)]
    outcomes = {r.name: Outcome(r, "up to date") for r in reports if r not in stale}
    for outcome in outcomes.values():
        progress(outcome)
    if stale:
        _refuse_invalid_data(root)
        _refuse_unwritable(folder)
        with ThreadPoolExecutor(max_workers=jobs) as pool:
            for outcome in _run(pool, root, edition, stale, manifest, folder, force):
                outcomes[outcome.report.name] = outcome
                progress(outcome)
        _write_index(edition, manifest, folder)
    return [outcomes[r.name] for r in reports]


def make_report(
    root: Path, edition: Edition, report: Report, entry: dict[str, Any] | None, executed: bytes | None
) -> Made:
    """Make one report; the executed notebook is used again when only its pages are out of date.

    Raises:
        PublishError: if a cell fails or the document cannot be exported.
    """
    from analysis.publish.document import read_document
    from analysis.publish.execute import dump, execute
    from analysis.publish.facts import facts_file
    from analysis.publish.html import render_html
    from analysis.publish.pdf import render_pdf

    reusable = executed is not None and entry is not None and _same_execution(root, report, entry)
    if reusable and executed is not None:
        notebook = json.loads(executed)
    else:
        notebook = execute(root / "notebooks" / f"{report.slug}.ipynb", report.parameters, root)
    document = read_document(notebook, edition=edition.name, links=_links(report, edition))
    files = {
        "html": render_html(document).encode(),
        "pdf": render_pdf(document),
        "ipynb": dump(notebook),
        "facts.json": facts_file(document),
    }
    inputs = inputs_of(root, report, [row["table"] for row in document.tables])
    made = {
        "parameters": dict(report.parameters),
        "inputs": asdict(inputs),
        "execution_key": execution_key(report, inputs),
        "export_key": export_key(report, inputs),
        "outputs": {suffix: hashlib.sha256(content).hexdigest() for suffix, content in files.items()},
        "card": document.card,
        "neutral": document.neutral,
    }
    return Made(files, made, executed=not reusable)


def _run(
    pool: Executor,
    root: Path,
    edition: Edition,
    stale: Sequence[Report],
    manifest: Manifest,
    folder: Path,
    force: bool,
) -> Any:
    """Yield outcomes as reports finish; files and manifest are written here, by one thread alone."""
    started = time.monotonic()
    futures: dict[Future[Made], Report] = {}
    for report in stale:
        entry = manifest.reports.get(report.name)
        path = folder / f"{report.name}.ipynb"
        executed = path.read_bytes() if entry and path.is_file() and not force else None
        futures[pool.submit(make_report, root, edition, report, entry, executed)] = report
    for future in as_completed(futures):
        report = futures[future]
        try:
            made = future.result()
            _write_report(report, made, manifest, folder)
            state = "built" if made.executed else "exported"
            yield Outcome(report, state, seconds=time.monotonic() - started)
        except PublishError as error:
            _mark_failed(report, str(error), manifest, folder)
            yield Outcome(report, "failed", str(error), time.monotonic() - started)


def _write_report(report: Report, made: Made, manifest: Manifest, folder: Path) -> None:
    write_atomically({folder / f"{report.name}.{suffix}": content for suffix, content in made.files.items()})
    manifest.reports[report.name] = made.entry
    write_atomically({folder / MANIFEST: manifest.dump()})


def _mark_failed(report: Report, reason: str, manifest: Manifest, folder: Path) -> None:
    """Keep the last good files and say in the manifest, and so in the index, that they are not current."""
    entry = manifest.reports.get(report.name)
    if entry is not None:
        manifest.reports[report.name] = {**entry, "failed": reason}
        write_atomically({folder / MANIFEST: manifest.dump()})


def _same_execution(root: Path, report: Report, entry: dict[str, Any]) -> bool:
    inputs = inputs_of(root, report, entry["inputs"]["tables"])
    return bool(entry["execution_key"] == execution_key(report, inputs)) and not entry.get("failed")


def _links(report: Report, edition: Edition) -> dict[str, str | None]:
    other = "en" if report.language == "es" else "es"
    return {
        "pdf": f"{report.stem}.pdf",
        "other_language": f"../{other}/{report.stem}.html" if other in edition.languages else None,
        "index": "../index.html" if report.language == "es" else "../index.en.html",
    }


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


def _write_index(edition: Edition, manifest: Manifest, folder: Path) -> None:
    from analysis.publish.index import render_index

    if not manifest.reports:
        return
    described = asdict(edition)
    cards = index_cards(manifest)
    write_atomically(
        {
            folder / "index.html": render_index(described, cards, "es").encode(),
            folder / "index.en.html": render_index(described, cards, "en").encode(),
        }
    )


def index_cards(manifest: Manifest) -> list[dict[str, Any]]:
    """Return one card a report for the index: what it says, by language, and where it is.

    Texts of a language that was not built are those of the other one.
    """
    entries: dict[str, dict[str, dict[str, Any]]] = {}
    for name, entry in sorted(manifest.reports.items()):
        language, _, stem = name.partition("/")
        entries.setdefault(stem, {})[language] = entry
    cards = [_card(stem, languages) for stem, languages in entries.items()]
    return sorted(cards, key=lambda card: (card["number"], card["stem"]))


def _card(stem: str, entries: dict[str, dict[str, Any]]) -> dict[str, Any]:
    shown = {tag: entries.get(tag, next(iter(entries.values())))["card"] for tag in LANGUAGES}
    figures = {tag: card["key_figure"] for tag, card in shown.items()}
    first = next(iter(shown.values()))
    return {
        "stem": stem,
        "number": first["number"],
        **{key: {tag: card[key] for tag, card in shown.items()} for key in ("title", "scope", "headline")},
        "key_figure": first["key_figure"]
        and {key: {tag: figure[key] for tag, figure in figures.items()} for key in ("value", "label")},
        "links": {tag: {"html": f"{tag}/{stem}.html", "pdf": f"{tag}/{stem}.pdf"} for tag in entries},
        "stale": next((str(e["failed"]) for e in entries.values() if e.get("failed")), None),
    }
