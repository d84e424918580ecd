"""Killed at any moment, a command leaves whole files and a manifest that is true, and the next one completes."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from analysis.build.build import _write_report
from analysis.build.manifest import SUFFIXES, Manifest, altered_outputs, file_digest
from analysis.build.units import Made
from analysis.export.edition import Report
from analysis.foundation.files import finish_replacing
from analysis.sources.refresh import refresh
from tests.end_to_end.conftest import HEADLINE, PARAMETERS, ROOT, SETUP, SOURCES, Project, contents
from tests.killed import killed_after, killed_before
from tests.promises import RANDOM, Figure, times
from tests.samples import built

REPORTS = times(2, soak=4)
WHOLE = {".html": b"</html>", ".pdf": b"%%EOF", ".json": b"}", ".ipynb": b"}"}
"""How files end, by suffix."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed as Unix does it")


def killed_at(seconds: float, command: list[str], folder: Path) -> bool:
    """Start a command and kill it after so many seconds; return whether it was still at work."""
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


def briefings(*arguments: str) -> list[str]:
    """The command, in a process of its own."""
    return [sys.executable, "-m", "analysis", *arguments]


def duration(command: list[str], folder: Path) -> float:
    """How long a command takes when nothing kills it."""
    start = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.monotonic() - start


def faults(edition: Path) -> list[str]:
    """Files that are cut off, and reports of which the manifest says what is not so."""
    found = [
        path.name
        for path in sorted(edition.rglob("*"))
        if path.is_file() and path.name[0] != "." and not path.read_bytes().rstrip().endswith(WHOLE[path.suffix])
    ]
    manifest = Manifest.read(edition)
    for report in manifest.built():
        record = manifest.reports[report.name]
        found += [] if record.failed else altered_outputs(report, record, edition)
    return found


def test_a_manifest_never_claims_what_is_not_there(tmp_path: Path, figure: Figure) -> None:
    """Killed between any two steps of replacing a report, the manifest says no digest of a file that is another."""
    report = Report("09_trial", {"language": "es", "as_of": "2026-06-30", "geography": "MEX"})

    def write(text: str, folder: Path) -> None:
        files = {suffix: f"{text} {suffix}".encode() for suffix in SUFFIXES}
        future: Future[Made] = Future()
        digests = {suffix: file_digest(content) for suffix, content in files.items()}
        future.set_result(Made(files, built(outputs=digests), executed=True))
        assert _write_report(report, future, Manifest.read(folder)).state == "built"

    step, killed, cut_short = 0, True, 0
    while killed:
        folder = tmp_path / str(step)
        write("old", folder)
        killed = killed_before(step, lambda: write("new", folder))  # noqa: B023
        record = Manifest.read(folder).reports[report.name]
        cut_short += bool(record.failed)
        assert record.failed or altered_outputs(report, record, folder) == [], step
        step += killed
    assert cut_short > 2
    figure("kills between two steps of a build: the manifest is true", step)


@pytest.fixture
def many(project: Project) -> Project:
    """A project of several tiny reports in two languages, built once."""
    (project.root / "notebooks" / "09_trial.ipynb").unlink()
    for number in range(REPORTS):
        project.write(f"{number:02}_trial", PARAMETERS, SETUP, HEADLINE, SOURCES)
    assert project.run("build") == 0
    return project


def test_a_build_killed_at_any_moment_is_completed_by_the_next(many: Project, tmp_path: Path, figure: Figure) -> None:
    """Each build continues what the last one, killed, has left; the end is what a single build makes."""
    editions, kills, chance = many.root / "reports" / "editions.toml", times(5, soak=50), random.Random(RANDOM)
    text, command = editions.read_text(encoding="utf-8"), briefings("build")
    editions.write_text(f'contact = "first@example.org"\n{text}', encoding="utf-8")
    whole = duration(command, many.root)
    killed = 0
    for number in range(3 * kills):
        if number % 4 == 3:  # has them executed, not only exported
            many.write(f"{number % REPORTS:02}_trial", PARAMETERS, SETUP, f"number = {number}", HEADLINE, SOURCES)
        else:
            editions.write_text(f'contact = "{number}@example.org"\n{text}', encoding="utf-8")
        if killed_at(chance.uniform(0.4, 1) * whole, command, many.root):
            killed += 1
        else:
            whole *= 0.8  # it had ended: the machine is less busy than when it was timed
        assert faults(many.edition) == [], number
        if killed == kills:
            break
    assert killed == kills
    assert many.run("build") == 0
    assert many.run("build", "--output", str(tmp_path / "single")) == 0
    assert contents(many.root / "reports") == contents(tmp_path / "single")
    figure("builds killed at random: every file whole, the manifest true, the next build complete", killed)


def test_a_refresh_killed_at_any_moment_is_completed_or_never_began(tmp_path: Path, figure: Figure) -> None:
    """After each kill data/ is the old package or the new one, once the next command has finished what was decided."""
    data, fixtures, other = tmp_path / "data", ROOT / "tests" / "sources" / "fixtures", tmp_path / "raw"
    shutil.copytree(fixtures, other)
    file = other / "unhcr-rdf" / "asylum_applications_mexico.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("FI,P,80", "FI,P,85"), encoding="utf-8")
    chance, kills, killed = random.Random(RANDOM), times(6, soak=50), 0
    refresh_all(fixtures, data)
    packages = [tables(data)]
    refresh_all(other, data)
    packages.append(tables(data))
    whole = min(killed_after(60, partial(refresh_all, raw, data))[1] for raw in (fixtures, other, fixtures, other))
    assert packages[0] != packages[1]
    for number in range(kills):
        folder = fixtures if number % 2 else other
        killed += killed_after(chance.uniform(0.3, 1) * whole, partial(refresh_all, folder, data))[0]
        finish_replacing(data)
        assert tables(data) in packages, number
        assert [item["path"] for item in described(data) if item["hash"] != sha256_of(data / item["path"])] == [], (
            number
        )
    assert killed > kills / 3
    refresh_all(fixtures, data)
    assert tables(data) == packages[0]
    assert (data / "revisions.csv").read_bytes().endswith(b"\n")
    figure("refreshes killed at random: data/ is the old package or the new one", killed)


def tables(data: Path) -> dict[str, bytes]:
    """The tables of a data package, by their path."""
    return {name: content for name, content in files(data).items() if name.startswith("tables/")}


def described(data: Path) -> list[dict[str, Any]]:
    """What the descriptor says of each table."""
    resources: list[dict[str, Any]] = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return resources


def sha256_of(path: Path) -> str:
    """The digest of a file, as a descriptor writes it."""
    return f"sha256:{sha256(path.read_bytes()).hexdigest()}"


def refresh_all(raw: Path, data: Path) -> None:
    """Refresh from raw files, with the compiled tables of the project."""
    if not (data / "compiled").is_dir():
        shutil.copytree(ROOT / "data" / "compiled", data / "compiled")
    refresh(raw, data, today=date(2026, 12, 1))


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_killed_reference_leaves_notebooks_that_can_be_read(project: Project, figure: Figure) -> None:
    """A committed notebook is the one before or the one after, and the next run makes them all."""
    for number in range(times(1, soak=3)):
        project.write(f"{number:02}_trial", PARAMETERS, SETUP, HEADLINE, SOURCES)
    never_run = files(project.root / "notebooks")
    command = briefings("reference")
    whole = duration(command, project.root)
    after = files(project.root / "notebooks")
    chance, killed = random.Random(RANDOM), 0
    for _ in range(times(2, soak=20)):
        for name, content in never_run.items():
            (project.root / "notebooks" / name).write_bytes(content)
        killed += killed_at(chance.uniform(0.2, 1) * whole, command, project.root)
        for name, content in files(project.root / "notebooks").items():
            assert name[0] == "." or content in {never_run[name], after[name]}, name
    assert killed
    assert project.run("reference") == 0
    assert files(project.root / "notebooks") == after
    figure("runs of `briefings reference` killed at random: every notebook old or new", killed)
