"""Reports made by a Dask cluster: the same bytes, whatever dies; and each thing that can be wrong, in a sentence."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.build import cluster as clusters
from analysis.build.build import printed_by
from analysis.build.cluster import Parcel, make_parcel
from analysis.build.editions import read_edition, reports_of
from analysis.build.manifest import inputs_of
from analysis.build.units import Unit, make_report
from analysis.cli import main
from tests.end_to_end.cluster import Cluster, cluster, descendants, is_running, kernels_of, kill, wait_until
from tests.end_to_end.conftest import (
    HEADLINE,
    PARAMETERS,
    SETUP,
    SOURCES,
    Project,
    contents,
    project_of_few,
)
from tests.promises import SOAK, Figure

LIBRARY = Path(clusters.__file__).resolve().parents[1]
ENDLESS = "import time\ntime.sleep(600)"


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One scheduler for all tests: the last of them ends it."""
    with cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture(scope="module")
def two_workers(scheduler: Cluster) -> Cluster:
    """A scheduler with two workers, which live in other time zones and have other random seeds."""
    scheduler.end_workers()
    scheduler.start_worker(TZ="Asia/Kathmandu", LANG="C", PYTHONHASHSEED="7")
    scheduler.start_worker(TZ="America/St_Johns", LANG="fr_FR.UTF-8", PYTHONHASHSEED="8")
    return scheduler


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait one second for what is not there."""
    monkeypatch.setattr(clusters, "_PATIENCE", 1)


@pytest.fixture
def meanwhile() -> Iterator[Callable[[Callable[[], None]], None]]:
    """Do something in another thread while the test builds."""
    threads: list[threading.Thread] = []

    def start(action: Callable[[], None]) -> None:
        threads.append(threading.Thread(target=action, daemon=True))
        threads[-1].start()

    yield start
    for thread in threads:
        thread.join(30)


def built(root: Path, address: str, *arguments: str) -> dict[str, bytes]:
    """Build an edition with a cluster, in a copy of the project; return its files by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project_of_few(root))
        assert main(["build", "--scheduler", address, *arguments]) == 0
    return contents(root / "reports")


@pytest.fixture
def parcel(project: Project) -> Parcel:
    """The Spanish report of the project, as it is sent to a worker."""
    edition = read_edition(project.root)
    (report,) = reports_of(project.root, edition, language="es")
    unit = Unit(report, inputs_of(project.root, [report])[report.slug], printed_by(report, edition))
    notebook = (project.root / "notebooks" / "09_trial.ipynb").read_bytes()
    return Parcel(unit, notebook, clusters.zipped(project.root / "data"), clusters.versions())


def test_a_parcel_holds_all_that_a_report_needs(project: Project, parcel: Parcel) -> None:
    """Made somewhere else, without the project, a report is the same."""
    here = make_report(parcel.unit, project.root)
    for name in ("data", "notebooks"):
        shutil.rmtree(project.root / name)
    assert make_parcel(parcel) == here


def test_a_worker_refuses_other_versions_and_other_data(parcel: Parcel) -> None:
    """A worker that joined late, and data edited after the build had begun, are found before a kernel starts."""
    other = replace(parcel, versions={**parcel.versions, "pandas": "0.1", "extra": "2"})
    with pytest.raises(
        clusters.ClusterError, match=r"a worker has pandas .* instead of 0\.1, extra missing instead of 2"
    ):
        make_parcel(other)
    edited = replace(parcel, notebook=parcel.notebook.replace(b"Hubo", b"Llegaron"))
    with pytest.raises(clusters.ClusterError, match="changed after the build had begun"):
        make_parcel(edited)


def test_a_scheduler_without_workers_or_with_odd_ones_is_said(
    impatient: None, scheduler: Cluster, project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is found before a report is sent; a worker of another version is named, and what is to be done."""
    other, missing = tmp_path / "other" / "analysis", tmp_path / "missing" / "analysis"
    shutil.copytree(LIBRARY, other, ignore=shutil.ignore_patterns("__pycache__"))
    (other / "words.py").open("a", encoding="utf-8").write("# another version\n")
    missing.mkdir(parents=True)
    raising = "raise ModuleNotFoundError(\"No module named 'analysis'\")"
    (missing / "__init__.py").write_text(raising, encoding="utf-8")

    def said() -> str:
        assert project.run("build", "--scheduler", scheduler.address) == 2
        return capsys.readouterr().err

    scheduler.end_workers()
    assert f"has no worker: start one with `dask worker {scheduler.address}" in said()
    scheduler.start_worker(PYTHONPATH=str(other.parent))
    answer = said()
    assert "briefings: the worker tcp://127.0.0.1:" in answer
    assert "has movilidad-humana-mexico" in answer
    assert "install the same commit and the same requirements.lock on every worker" in answer
    scheduler.end_workers()
    scheduler.start_worker(PYTHONPATH=str(missing.parent))
    assert "cannot load it" in said()


@pytest.mark.skipif(not SOAK, reason="a cluster that loses no worker is tried in `make soak` alone")
def test_a_cluster_gives_the_same_bytes(few: dict[str, bytes], two_workers: Cluster, tmp_path: Path) -> None:
    """The files of the edition are those of the local pool."""
    assert built(tmp_path / "project", two_workers.address) == few


def test_a_lost_worker_costs_only_a_retry(
    few: dict[str, bytes], two_workers: Cluster, tmp_path: Path, meanwhile: Callable[..., None], figure: Figure
) -> None:
    """Files are those of the local pool though a worker is killed amid a report; no kernel or warm process is left."""
    victim = two_workers.worker_processes()[0]
    below: set[int] = set()

    def kill_it_at_work() -> None:
        wait_until(lambda: bool(kernels_of(victim)))
        below.update(descendants(victim))
        kill(victim)

    meanwhile(kill_it_at_work)
    assert built(tmp_path / "project", two_workers.address) == few
    assert below
    wait_until(lambda: not any(map(is_running, below)), 10)
    figure("settings in which an edition has the same bytes", 1)


def test_an_address_without_scheduler_is_said(
    impatient: None, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is built, and the sentence says how to start one."""
    assert project.run("build", "--scheduler", "tcp://127.0.0.1:9") == 2
    said = capsys.readouterr().err
    assert "briefings: no scheduler answers at tcp://127.0.0.1:9" in said
    assert "start one with `dask scheduler`" in said
    assert not list(project.edition.rglob("*.html"))


def test_an_address_that_is_none_is_said(impatient: None, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A word that is no address is answered with a sentence too."""
    assert project.run("build", "--scheduler", "the cluster") == 2
    assert "no scheduler answers at the cluster" in capsys.readouterr().err


def test_without_dask_the_extra_is_named(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has not installed the extra is told its name."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert project.run("build", "--scheduler", "tcp://127.0.0.1:9") == 2
    assert "a cluster needs Dask: pip install -e '.[cluster]'" in capsys.readouterr().err


def test_a_cluster_that_goes_away_is_said(
    impatient: None,
    scheduler: Cluster,
    project: Project,
    capsys: pytest.CaptureFixture[str],
    meanwhile: Callable[..., None],
) -> None:
    """The build does not wait for ever; the report fails with a sentence: first its worker is lost, then everything."""
    project.write("09_trial", PARAMETERS, SETUP, ENDLESS, HEADLINE, SOURCES)
    scheduler.end_workers()

    def said_when_lost(worker: int, *victims: int) -> str:
        def lose() -> None:
            wait_until(lambda: bool(kernels_of(worker)))
            for process in victims:
                kill(process)

        meanwhile(lose)
        assert project.run("build", "--language", "es", "--scheduler", scheduler.address) == 1
        return capsys.readouterr().err

    nanny = scheduler.start_worker().pid
    (worker,) = scheduler.worker_processes()
    assert "FAILED  es/09_trial: no worker is left" in said_when_lost(worker, nanny, worker)
    scheduler.start_worker()
    (worker,) = scheduler.worker_processes()
    said = said_when_lost(worker, scheduler.processes[0].pid)
    assert "FAILED  es/09_trial: " in said
    assert "was lost" in said
