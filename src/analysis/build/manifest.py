"""What a build made and from what: the digests that say whether a report is up to date.

An execution depends on the notebook, its parameters, the library, the tables it read, Python and the lock; an export
also on the publishing code and on what it prints of the edition. No date and no time enter either.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from analysis.export.edition import Report
from analysis.export.formats import FORMATS
from analysis.export.notebooks import fingerprint, read_notebook
from analysis.export.records import Built, Inputs, Printed
from analysis.foundation.errors import PublishError
from analysis.foundation.files import files_below, json_bytes, write_atomically
from analysis.package.credits import DATA_PACKAGE
from analysis.package.descriptor import DataError, read_resources

MANIFEST: Final = "manifest.json"
SUFFIXES: Final = (*(each.suffix for each in FORMATS), "ipynb", "facts.json")
_NAME: Final = re.compile(r"(es|en)/\w[\w-]*")
_LIBRARY: Final = Path(__file__).resolve().parents[1]
_VALIDATING: Final = ("analysis.foundation", "analysis.mexico", "analysis.values", "analysis.package")
_EXECUTED: Final = ("analysis.__init__", *_VALIDATING, "analysis.metrics", "analysis.charts", "analysis.report")
_PUBLISHING: Final = ("analysis.export", "analysis.build")
"""Stages of the library: whose code says whether the data are valid, runs in the kernel of a notebook, or turns what
was executed into files. What stands in none of them changes no report."""


class _File(msgspec.Struct):
    """The file as it stands: each record is looked at by itself, for one of another version is no damage."""

    reports: dict[str, msgspec.Raw]
    valid_data: str = ""


@dataclass
class Manifest:
    """The record of one edition, kept beside its reports.

    Attributes:
        folder: where the edition is built.
        reports: what each was made from and what came out, by name.
        valid_data: the state of the data package that was last found valid, so that it need not be validated again.
    """

    folder: Path
    reports: dict[str, Built] = field(default_factory=dict)
    valid_data: str = ""

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of an edition's folder; an empty one where nothing was built yet.

        A report whose record this version would not write is not in it, and so is built again.

        Raises:
            PublishError: if the file is there but is no manifest.
        """
        path = folder / MANIFEST
        if not path.is_file():
            return cls(folder)
        try:
            content = msgspec.json.decode(path.read_bytes(), type=_File)
        except (OSError, ValueError, RecursionError) as error:
            raise PublishError(f"{path} is not a manifest ({error}): remove it and build again") from None
        records = {name: _record(name, raw) for name, raw in content.reports.items()}
        return cls(folder, {name: built for name, built in records.items() if built is not None}, content.valid_data)

    def built(self) -> list[Report]:
        """Return every report that was ever built, with the parameters of its last build, in order of their names."""
        return [_report(name, built) for name, built in sorted(self.reports.items())]

    def record(self, report: Report, built: Built) -> None:
        """Keep what became of a report, on disk too."""
        self.reports[report.name] = built
        write_atomically({self.folder / MANIFEST: self.dump()})

    def dump(self) -> bytes:
        """Write the manifest, reports in order."""
        return json_bytes({"python": platform.python_version(), "reports": self.reports, "valid_data": self.valid_data})


def _record(name: str, raw: msgspec.Raw) -> Built | None:
    """Read the record of a report; None where it is not one that this version writes."""
    try:
        built = msgspec.json.decode(raw, type=Built)
        whole = bool(built.failed) or built.outputs.keys() >= {*SUFFIXES}
        return built if whole and _NAME.fullmatch(name) and _report(name, built).name == name else None
    except (ValueError, KeyError, RecursionError):
        return None


def _report(name: str, built: Built) -> Report:
    slug = name.partition("/")[2].removesuffix(f"-{built.parameters['geography']}")
    return Report(slug, built.parameters)


def digest(*parts: Any) -> str:
    """Return the SHA-256 of JSON values."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def inputs_of(root: Path, reports: Iterable[Report]) -> dict[str, Inputs]:
    """Return the digests of everything that reports may be made from, by the name of their notebook.

    They are alike in every language and for every place. Every table of the data package is among them.
    """
    shared = Inputs(
        notebook="",
        library=_digest_stages(*_EXECUTED),
        publishing=_digest_stages(*_PUBLISHING),
        environment=digest(platform.python_version(), _digest_files([root / "requirements.lock"])),
        tables=_digest_tables(root / "data"),
    )
    slugs = {report.slug for report in reports}
    return {
        slug: msgspec.structs.replace(shared, notebook=fingerprint(read_notebook(root / "notebooks" / f"{slug}.ipynb")))
        for slug in sorted(slugs)
    }


def data_state(root: Path) -> str:
    """Return the digest of the data package, file by file, and of the code that says whether it is valid."""
    return digest(_digest_files(files_below(root / "data")), _digest_stages(*_VALIDATING))


def library_digest() -> str:
    """Return the digest of this library, file by file."""
    return _digest_files(files_below(_LIBRARY))


def why_execute(report: Report, built: Built, now: Inputs) -> list[str]:
    """Return why a report must be executed again; empty when its executed notebook still holds."""
    before = built.inputs
    reasons = [f"table {name} changed" for name, sha in before.tables.items() if now.tables.get(name) != sha]
    reasons += [
        f"{name} changed"
        for name in ("notebook", "library", "environment")
        if getattr(now, name) != getattr(before, name)
    ]
    if built.parameters != report.parameters:
        reasons.append("parameters changed")
    return reasons


def why_stale(report: Report, built: Built | None, folder: Path, now: Inputs, printed: Printed) -> str | None:
    """Return why a report is not up to date, in a few words; None when it is.

    Args:
        report: the report.
        built: what the manifest says of it, if anything.
        folder: the folder of its edition.
        now: digests of what it would be made from now.
        printed: what its pages would print of their edition now.
    """
    if built is None:
        return "never built"
    if built.failed:
        return built.failed
    reasons = altered_outputs(report, built, folder) + why_execute(report, built, now)
    if now.publishing != built.inputs.publishing or built.printed != printed:
        reasons.append("templates changed")
    return ", ".join(reasons) or None


def altered_outputs(report: Report, built: Built, folder: Path) -> list[str]:
    """Return which files of a report are missing or are not what the manifest says."""
    files = {f"{report.name}.{suffix}": built.outputs[suffix] for suffix in SUFFIXES}
    missing = [f"{name} is missing" for name in files if not (folder / name).is_file()]
    return missing + [
        f"{name} was altered"
        for name, digest_written in files.items()
        if (folder / name).is_file() and file_digest((folder / name).read_bytes()) != digest_written
    ]


def file_digest(content: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(content).hexdigest()


def _digest_stages(*stages: str) -> str:
    """Digest of the code of stages of the library, file by file."""
    names = tuple(stage.removeprefix("analysis.") for stage in stages)
    return _digest_files(p for p in files_below(_LIBRARY) if Path(p.relative_to(_LIBRARY).parts[0]).stem in names)


def _digest_files(paths: Iterable[Path]) -> str:
    return digest([(p.name, file_digest(p.read_bytes())) for p in paths if p.is_file()])


def _digest_tables(data_folder: Path) -> dict[str, str]:
    """Digest of each table: its rows and what the descriptor says of it, save its own digest and size.

    And of the data package: which tables it has.
    """
    try:
        resources = read_resources(data_folder)
    except DataError as error:
        raise PublishError(str(error)) from None
    digests = {DATA_PACKAGE: digest(sorted(resources))}
    for name, resource in resources.items():
        path = data_folder / resource["path"]
        rows = file_digest(path.read_bytes()) if path.is_file() else "absent"
        digests[name] = digest(rows, {k: v for k, v in resource.items() if k not in {"hash", "bytes"}})
    return digests
