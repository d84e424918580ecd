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
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from analysis.export.edition import Report
from analysis.export.notebooks import fingerprint, read_notebook
from analysis.foundation.errors import DAMAGED, PublishError
from analysis.package.credits import DATA_PACKAGE
from analysis.package.descriptor import DataError, read_resources

MANIFEST: Final = "manifest.json"
SUFFIXES: Final = ("html", "pdf", "ipynb", "facts.json")
_ENTRY: Final = {"parameters", "inputs", "printed", "outputs", "card", "neutral"}
_NAME: Final = re.compile(r"(es|en)/\w[\w-]*")
_LIBRARY: Final = Path(__file__).resolve().parents[1]
_VALIDATING: Final = ("analysis.foundation", "analysis.mexico", "analysis.values", "analysis.package")
_EXECUTED: Final = ("analysis.__init__", *_VALIDATING, "analysis.charts", "analysis.report")
_PUBLISHING: Final = ("analysis.export", "analysis.build")
"""Stages of the library: whose code says whether the data are valid, runs in the kernel of a notebook, or turns what
was executed into files. What stands in none of them changes no report."""


@dataclass(frozen=True)
class Inputs:
    """Digests of what a report is made from."""

    notebook: str
    library: str
    publishing: str
    environment: str
    tables: dict[str, str]


@dataclass
class Manifest:
    """The record of one edition, kept beside its reports.

    Attributes:
        edition: its name.
        reports: what each was made from and what came out, by name.
        valid_data: the state of the data package that was last found valid, so that it need not be validated again.
    """

    edition: str
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    valid_data: str = ""

    @classmethod
    def read(cls, folder: Path, edition: str) -> Manifest:
        """Read the manifest of an edition's folder; an empty one where nothing was built yet.

        Raises:
            PublishError: if the file is there but is no manifest.
        """
        path = folder / MANIFEST
        if not path.is_file():
            return cls(edition)
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            reports = {name: entry for name, entry in content["reports"].items() if _is_entry(name, entry)}
            return cls(edition, reports, str(content.get("valid_data", "")))
        except DAMAGED as error:
            raise PublishError(f"{path} is not a manifest ({error}): remove it and build again") from None

    def built(self) -> list[Report]:
        """Return every report that was ever built, with the parameters of its last build, in order of their names."""
        return [
            Report(self.edition, _slug(name, entry["parameters"]["geography"]), entry["parameters"])
            for name, entry in sorted(self.reports.items())
        ]

    def dump(self) -> bytes:
        """Write the manifest, reports in order."""
        content = {
            "edition": self.edition,
            "python": platform.python_version(),
            "reports": dict(sorted(self.reports.items())),
            "valid_data": self.valid_data,
        }
        return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _is_entry(name: str, entry: Any) -> bool:
    """Whether an entry is one that this version writes; a report with another one is built again."""
    if not (isinstance(entry, dict) and set(entry) >= _ENTRY and _NAME.fullmatch(name)):
        return False
    parameters, inputs, card = entry["parameters"], entry["inputs"], entry["card"]
    return (
        _has_texts(parameters, "language", "geography")
        and Report("", _slug(name, parameters["geography"]), parameters).name == name
        and _has_texts(inputs, "notebook", "library", "publishing", "environment")
        and isinstance(inputs.get("tables"), dict)
        and isinstance(entry["printed"], dict)
        and (_has_texts(entry["outputs"], *SUFFIXES) or (entry["outputs"] == {} and "failed" in entry))
        and _has_texts(card, "title", "scope", "edition", "headline")
        and isinstance(card.get("number"), int)
        and (card.get("key_figure", "") is None or _has_texts(card.get("key_figure"), "value", "label"))
        and isinstance(entry["neutral"], list)
    )


def _has_texts(value: Any, *keys: str) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in keys)


def _slug(name: str, geography: str) -> str:
    return name.partition("/")[2].removesuffix(f"-{geography}")


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
        slug: replace(shared, notebook=fingerprint(read_notebook(root / "notebooks" / f"{slug}.ipynb")))
        for slug in sorted(slugs)
    }


def data_state(root: Path) -> str:
    """Return the digest of the data package, file by file, and of the code that says whether it is valid."""
    return digest(_digest_files(_sources(root / "data")), _digest_stages(*_VALIDATING))


def library_digest() -> str:
    """Return the digest of this library, file by file."""
    return _digest_files(_sources(_LIBRARY))


def why_execute(report: Report, entry: dict[str, Any], now: Inputs) -> list[str]:
    """Return why a report must be executed again; empty when its executed notebook still holds."""
    before = entry["inputs"]
    reasons = [f"table {name} changed" for name, sha in before["tables"].items() if now.tables.get(name) != sha]
    reasons += [
        f"{name} changed" for name in ("notebook", "library", "environment") if getattr(now, name) != before[name]
    ]
    if entry["parameters"] != dict(report.parameters):
        reasons.append("parameters changed")
    return reasons


def why_stale(
    report: Report, entry: dict[str, Any] | None, folder: Path, now: Inputs, printed: dict[str, Any]
) -> str | None:
    """Return why a report is not up to date, in a few words; None when it is.

    Args:
        report: the report.
        entry: what the manifest says of it, if anything.
        folder: the folder of its edition.
        now: digests of what it would be made from now.
        printed: what its pages would print of their edition now.
    """
    if entry is None:
        return "never built"
    if entry.get("failed"):
        return str(entry["failed"])
    reasons = altered_outputs(report, entry, folder) + why_execute(report, entry, now)
    if now.publishing != entry["inputs"]["publishing"] or entry["printed"] != printed:
        reasons.append("templates changed")
    return ", ".join(reasons) or None


def altered_outputs(report: Report, entry: dict[str, Any], folder: Path) -> list[str]:
    """Return which files of a report are missing or are not what the manifest says."""
    found = {suffix: folder / f"{report.name}.{suffix}" for suffix in SUFFIXES}
    missing = [f"{report.name}.{suffix} is missing" for suffix, path in found.items() if not path.is_file()]
    altered = [
        f"{report.name}.{suffix} was altered"
        for suffix, path in found.items()
        if path.is_file() and file_digest(path.read_bytes()) != entry["outputs"][suffix]
    ]
    return missing + altered


def file_digest(content: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(content).hexdigest()


def _sources(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def _digest_stages(*stages: str) -> str:
    """Digest of the code of stages of the library, file by file."""
    names = tuple(stage.removeprefix("analysis.") for stage in stages)
    return _digest_files(p for p in _sources(_LIBRARY) if Path(p.relative_to(_LIBRARY).parts[0]).stem in names)


def _digest_files(paths: Iterable[Path]) -> str:
    found = [(p.name, hashlib.sha256(p.read_bytes()).hexdigest()) for p in paths if p.is_file()]
    return digest(found)


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
