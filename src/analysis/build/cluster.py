"""Reports made by the workers of a Dask cluster: what travels is bytes, so no disk need be shared.

With each report goes its notebook and the whole data package (two hundred kilobytes), since which tables a notebook
reads is known only after it has run. A worker unpacks both into a folder of its own, makes the report as this machine
would, and returns the files.
"""

from __future__ import annotations

import io
import platform
import re
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from analysis.build.kernels import Turns
from analysis.build.manifest import inputs_of, library_digest
from analysis.build.units import Made, Unit, get_ready_to_execute, get_ready_to_export, make_report
from analysis.foundation.errors import PublishError
from analysis.foundation.files import files_below
from analysis.mexico import COUNTRY

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE: Final = 10
"""Seconds in which a scheduler must answer, and in which a worker must be there."""
_of_this_worker: Final[dict[str, Turns]] = {}
"""The turns of this process, made when first asked for; its threads share them, also where two ask at once."""
_REMEDY: Final = "install the same commit and the same requirements.lock on every worker, and start it again"


class ClusterError(PublishError):
    """A cluster that cannot make a report: the message says why and what to do."""


@dataclass(frozen=True)
class Parcel:
    """One report to make elsewhere.

    Attributes:
        unit: the report.
        notebook: its notebook.
        data: the folder `data/` as a zip archive.
        versions: what makes it here, and must make it there.
    """

    unit: Unit
    notebook: bytes
    data: bytes
    versions: dict[str, str]


@contextmanager
def workers(address: str, root: Path) -> Iterator[Callable[[Unit], Future[Made]]]:
    """Yield what has a report made by a worker of the scheduler at an address.

    A report whose worker is lost is made again by another one, as often as Dask's `allowed-failures` says.

    Raises:
        ClusterError: if no scheduler answers there, it has no worker, or a worker has other versions.
    """
    client = _connect(address)
    cluster = _Cluster(client, address)
    try:
        _refuse_other_versions(client)
        data = zipped(root / "data")
        executor = client.get_executor(pure=False)

        def submit(unit: Unit) -> Future[Made]:
            notebook = (root / "notebooks" / f"{unit.report.slug}.ipynb").read_bytes()
            return cluster.promise(executor.submit(make_parcel, Parcel(unit, notebook, data, versions())))

        yield submit
    finally:
        cluster.leave()
        client.close()  # the scheduler drops what has not begun


def make_parcel(parcel: Parcel) -> Made:
    """Make a report on a worker.

    Raises:
        PublishError: as `make_report` does, and where this worker has other versions, or was sent other data than
            those that the build began with.
    """
    differing = differing_versions(parcel.versions, versions())
    if differing:
        raise ClusterError(f"a worker has {differing}: {_REMEDY}")
    if parcel.unit.executed is None:
        get_ready_to_execute(parcel.unit.kernel)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "notebooks").mkdir()
        (root / "notebooks" / f"{parcel.unit.report.slug}.ipynb").write_bytes(parcel.notebook)
        zipfile.ZipFile(io.BytesIO(parcel.data)).extractall(root / "data")
        _refuse_other_data(parcel.unit, root)
        return make_report(parcel.unit, root, _turns())


def _turns() -> Turns:
    """How many reports of this worker run cells at once: as many as it has threads, save one to start and export."""
    from distributed import get_worker

    try:
        threads = get_worker().state.nthreads
    except ValueError:  # not on a worker
        threads = 1
    return _of_this_worker.setdefault("turns", Turns(max(1, threads - 1)))


def dask_setup(_worker: object) -> None:
    """Load what reports need before the first one comes: Dask calls it with ``--preload analysis.build.cluster``."""
    get_ready_to_execute("warm")
    get_ready_to_export()


@cache
def versions() -> dict[str, str]:
    """Return what decides the bytes of a report, by name: Python, this library, and what it depends on."""
    required = [line for line in metadata.requires(COUNTRY.distribution) or () if "extra ==" not in line]
    names = sorted(match[0] for line in required if (match := re.match(r"[\w.-]+", line)))
    return {
        "Python": platform.python_version(),
        COUNTRY.distribution: library_digest()[:12],
        **{name: metadata.version(name) for name in names},
    }


def differing_versions(here: dict[str, str], there: dict[str, str]) -> str:
    """Return in words which versions differ, empty where none does."""
    return ", ".join(
        f"{name} {there.get(name, 'missing')} instead of {version}"
        for name, version in here.items()
        if there.get(name) != version
    )


@dataclass
class _Cluster:
    """The reports under way, and a look every second whether anybody is there to make them."""

    client: Client
    address: str
    _pending: set[Future[Made]] = field(default_factory=set)
    _left: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        threading.Thread(target=self._look, daemon=True).start()

    def promise(self, made: Future[Made]) -> Future[Made]:
        """Return a future of the same report, which fails with a sentence where the cluster fails."""
        promised: Future[Made] = Future()
        self._pending.add(promised)
        made.add_done_callback(lambda done: self._keep(promised, done))
        return promised

    def leave(self) -> None:
        """Stop looking."""
        self._left.set()

    def _keep(self, promised: Future[Made], done: Future[Made]) -> None:
        self._pending.discard(promised)
        error = ClusterError(f"the scheduler at {self.address} was lost") if done.cancelled() else done.exception()
        with suppress(InvalidStateError):  # it has failed already: nobody was there
            if error is None:
                promised.set_result(done.result())
            else:
                promised.set_exception(_in_words(error))

    def _look(self) -> None:
        absent = 0
        while not self._left.wait(1):
            absent = 0 if self._anybody() else absent + 1
            if absent < _PATIENCE:
                continue
            for promised in list(self._pending):
                with suppress(InvalidStateError):
                    promised.set_exception(ClusterError(f"no worker is left at {self.address}: {_start(self.address)}"))

    def _anybody(self) -> bool:
        try:
            return bool(self.client.nthreads())
        except Exception:  # the connection is being lost, which Dask says in many classes
            return False


def _connect(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("a cluster needs Dask: pip install -e '.[cluster]'") from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no scheduler answers at {address} ({error}): start one with `dask scheduler`") from None
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        client.close()
        raise ClusterError(f"the scheduler at {address} has no worker: {_start(address)}") from None
    return client


def _refuse_other_versions(client: Client) -> None:
    found = client.run(versions, on_error="return")
    for worker, theirs in sorted(found.items()):
        failing = isinstance(theirs, Exception)
        fault = f"cannot load it ({theirs})" if failing else differing_versions(versions(), theirs)
        if fault:
            raise ClusterError(f"the worker {worker} has {fault}: {_REMEDY}")


def _refuse_other_data(unit: Unit, root: Path) -> None:
    found = inputs_of(root, [unit.report])[unit.report.slug]
    if (found.notebook, found.tables) != (unit.inputs.notebook, unit.inputs.tables):
        raise ClusterError("notebook or data were changed after the build had begun: build again")


def _in_words(error: BaseException) -> BaseException:
    from distributed.scheduler import KilledWorker

    if isinstance(error, KilledWorker):
        return ClusterError("every worker that tried it died: see the workers' logs, and their memory limit")
    return error


def _start(address: str) -> str:
    return f"start one with `dask worker {address} --nthreads 2 --preload analysis.build.cluster`"


def zipped(folder: Path) -> bytes:
    """Return a folder as a zip archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files_below(folder):
            archive.write(path, path.relative_to(folder))
    return content.getvalue()
