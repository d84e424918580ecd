"""Publishing an edition: what its briefings told readers is kept, once and for all, with the commit of its build."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from analysis.build.build import standing
from analysis.build.changes import with_changes
from analysis.build.editions import EDITIONS_FILE, PUBLISHED
from analysis.build.manifest import MANIFEST, Manifest, file_digest
from analysis.build.published import RECORD, SUMS, Published, as_published, read_published
from analysis.export.document import Document, read_document
from analysis.export.edition import Edition, kept_of
from analysis.export.notebooks import read_notebook
from analysis.foundation.errors import EditionError
from analysis.foundation.files import files_below, json_bytes, write_atomically

_MADE_FROM: Final = ("data", "notebooks", "src", "requirements.lock", "reports/editions.toml", "reports/published")
"""What a build reads; a commit says what was built only while these are as it has them."""
_NO_COMMIT: Final = "what is published must be found again in the history of the project"


def keep(root: Path, folder: Path, edition: Edition) -> list[Path]:
    """Keep what a built edition told its readers; return the files written.

    Args:
        root: the project.
        folder: where the edition was built.
        edition: the edition.

    Raises:
        EditionError: if it is published already or none to publish, a briefing of it is not up to date, or what it was
            built from is not committed.
    """
    kept = root / PUBLISHED / edition.name
    if kept.exists():
        raise EditionError(
            f"edition '{edition.name}' is published: what readers were told of it is never written again"
        )
    if edition.kind != "published":
        raise EditionError(
            f"the pages of edition '{edition.name}' say that it is a {edition.kind}: to publish it, write "
            f'kind = "published" in {EDITIONS_FILE}, and build it again'
        )
    record = {"edition": edition.name, "as_of": edition.as_of, "commit": _commit_of(root)}
    for report, reason in standing(root, edition, folder):
        if reason is not None:
            raise EditionError(
                f"{report.name} of edition '{edition.name}' is not current ({reason}): build it again first"
            )
    told = _built(folder, edition)
    files = {kept / f"{stem}.json": content.dump() for stem, content in told.items()}
    files[kept / RECORD] = json_bytes(record)
    files[kept / SUMS] = _sums(folder)
    write_atomically(files)
    return list(files)


def _commit_of(root: Path) -> str:
    """Return the commit that the project stands at, if what a build reads is as that commit has it."""
    altered = _git(root, "status", "--porcelain", "--", *_MADE_FROM)
    if altered:
        raise EditionError(f"{altered.splitlines()[0][3:]} is not committed: {_NO_COMMIT}; commit it, then build again")
    return _git(root, "rev-parse", "HEAD")


def published_in(root: Path, output: Path, edition: str) -> dict[str, Published]:
    """Return what each briefing of an edition says, by the name of its files: as published, or else as built.

    Raises:
        EditionError: if it is neither published nor built, or a briefing of it could not be built.
    """
    kept = root / PUBLISHED / edition
    if kept.is_dir():
        paths = sorted(path for path in kept.glob("*.json") if path.name != RECORD)
        return {path.stem: read_published(path.read_bytes(), path.name) for path in paths}
    if built := _built(output / edition, Edition(edition, "", "published", (), (), ())):
        return built
    raise EditionError(f"edition '{edition}' is not built: run `briefings build --edition {edition}` first")


def _built(folder: Path, edition: Edition) -> dict[str, Published]:
    """Return what each briefing says that stands in the folder of an edition; nothing where there is none."""
    documents: dict[str, dict[str, Document]] = {}
    manifest = Manifest.read(folder)
    for report in manifest.built():
        built = manifest.reports[report.name]
        if reason := built.failed:
            raise EditionError(
                f"{report.name} of edition '{edition.name}' is not current ({reason}): build it again first"
            )
        notebook = read_notebook(folder / f"{report.name}.ipynb")
        document = read_document(notebook, edition=edition.name, kind=built.printed.kind)
        if document.reconstruction:
            raise EditionError(
                f"{report.name} of edition '{edition.name}' is a reconstruction with the data of today: nobody was "
                "told it, so it is neither published nor compared"
            )
        if before := kept_of(report, edition):
            document = with_changes(document, read_published(before, f"what the edition before said of {report.stem}"))
        documents.setdefault(report.stem, {})[report.language] = document
    return {stem: as_published(edition.name, dict(sorted(found.items()))) for stem, found in documents.items()}


def _sums(folder: Path) -> bytes:
    """Return the digests of what was built, as `sha256sum` writes and checks them.

    The manifest also names a Python, and comparisons with other editions are made at will.
    """
    paths = [path for path in files_below(folder) if not path.name.startswith((MANIFEST, "changes-from-"))]
    return "".join(
        f"{file_digest(path.read_bytes())}  {path.relative_to(folder).as_posix()}\n" for path in paths
    ).encode()


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        raise EditionError(f"{root} is not a clone of the project with git beside it: {_NO_COMMIT}") from None
    return done.stdout.strip("\n")
