"""What a build made and from what: the keys that say whether a report is up to date.

The key of an execution covers the notebook, its parameters, the library, the tables it read, Python and the lock; the
key of an export adds edition, templates and the publishing code. No date and no time enter either.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from analysis.publish.editions import Report
from analysis.publish.errors import PublishError
from analysis.publish.notebooks import fingerprint, read_notebook

MANIFEST: Final = "manifest.json"
SUFFIXES: Final = ("html", "pdf", "ipynb", "facts.json")
_LIBRARY: Final = Path(__file__).resolve().parents[1]
_NOT_EXECUTED: Final = {"publish", "sources", "cli.py", "validation.py", "__pycache__"}


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
    """The record of one edition, kept beside its reports."""

    edition: str
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)

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
            return cls(str(content["edition"]), dict(content["reports"]))
        except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
            raise PublishError(f"{path} is not a manifest ({error}): remove it and build again") from None

    def dump(self) -> bytes:
        """Write the manifest, reports in order."""
        content = {
            "edition": self.edition,
            "python": platform.python_version(),
            "reports": dict(sorted(self.reports.items())),
        }
        return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def digest(*parts: Any) -> str:
    """Return the SHA-256 of JSON values."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def inputs_of(root: Path, report: Report, tables: Iterable[str]) -> Inputs:
    """Return the digests of everything a report is made from; `tables` are those it read when last executed."""
    return Inputs(
        notebook=fingerprint(read_notebook(root / "notebooks" / f"{report.slug}.ipynb")),
        library=_digest_files(p for p in _sources(_LIBRARY) if p.relative_to(_LIBRARY).parts[0] not in _NOT_EXECUTED),
        publishing=_digest_files([*_sources(_LIBRARY / "publish"), _LIBRARY / "tokens.json", _LIBRARY / "words.py"]),
        environment=digest(platform.python_version(), _digest_files([root / "requirements.lock"])),
        tables={name: _digest_table(root / "data", name) for name in sorted(tables)},
    )


def execution_key(report: Report, inputs: Inputs) -> str:
    """Key of the executed notebook."""
    return digest(
        report.slug,
        dict(report.parameters),
        inputs.notebook,
        inputs.library,
        inputs.environment,
        inputs.tables,
    )


def export_key(report: Report, inputs: Inputs) -> str:
    """Key of the exported pages: the execution, the edition and how it is published."""
    return digest(execution_key(report, inputs), report.edition, inputs.publishing)


def why_stale(root: Path, report: Report, entry: dict[str, Any] | None, folder: Path) -> str | None:
    """Return why a report is not up to date, in a few words; None when it is."""
    if entry is None:
        return "never built"
    missing = [f"{report.name}.{suffix}" for suffix in SUFFIXES if not (folder / f"{report.name}.{suffix}").is_file()]
    if missing:
        return f"{missing[0]} is missing"
    if entry.get("failed"):
        return str(entry["failed"])
    now = inputs_of(root, report, entry["inputs"]["tables"])
    before = entry["inputs"]
    changed = [f"table {name} changed" for name, sha in now.tables.items() if before["tables"][name] != sha]
    for name, label in (
        ("notebook", "notebook"),
        ("library", "library"),
        ("publishing", "templates"),
        ("environment", "environment"),
    ):
        if getattr(now, name) != before[name]:
            changed.append(f"{label} changed")
    if entry["parameters"] != dict(report.parameters):
        changed.append("parameters changed")
    return ", ".join(changed) or None


def _sources(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def _digest_files(paths: Iterable[Path]) -> str:
    found = [(p.name, hashlib.sha256(p.read_bytes()).hexdigest()) for p in paths if p.is_file()]
    return digest(found)


def _digest_table(data_folder: Path, name: str) -> str:
    """Digest of a table: its rows and what the descriptor says of it, save its own digest and size."""
    descriptor = _descriptor(data_folder)
    resource = next((r for r in descriptor["resources"] if r["name"] == name), None)
    if resource is None:
        return "absent"
    path = data_folder / resource["path"]
    rows = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "absent"
    return digest(rows, {k: v for k, v in resource.items() if k not in {"hash", "bytes"}})


def _descriptor(data_folder: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads((data_folder / "datapackage.json").read_text(encoding="utf-8"))
        return content
    except (FileNotFoundError, json.JSONDecodeError) as error:
        raise PublishError(
            f"data/datapackage.json cannot be read ({error}): run `briefings refresh` or restore it"
        ) from None
