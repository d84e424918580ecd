"""Shared fixtures: the project's folder, a tiny data package, and makers of notebooks and cells."""

from __future__ import annotations

import csv
import gc
import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import nbval.kernel
import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from analysis.export.document import Document
from analysis.package.data_package import DataPackage
from analysis.package.folder import DATA_VARIABLE
from tests import samples
from tests.end_to_end.chromium import CHROMIUM, started
from tests.promises import SOAK, Figure

settings.register_profile("soak", max_examples=2000, deadline=None)
settings.register_profile(
    "usual", max_examples=30, deadline=None, derandomize=True
)  # no test is about speed, none fails by chance
settings.load_profile("soak" if SOAK else "usual")

ROOT = Path(__file__).resolve().parents[1]

Maker = Callable[..., dict[str, Any]]

PARAMETERS = """language: str = "es"  # one of: es, en
as_of: str = "2026-06-30"  # data published by this date
geography: str = "MEX"  # one of: MEX, states
top_n: int = 4  # one of: 3, 4, 5
floor: float = 0.5
"""

CLAIMS = [
    ("2023", "HND", "300"),
    ("2023", "CUB", "100"),
    ("2024", "HND", "200"),
    ("2024", "CUB", "150"),
    ("2024", "NA", "2"),
    ("2025", "HND", "100"),
    ("2025", "CUB", "300"),
]
DEATHS = [
    ("2023", "mexico", "120", "", "2023-12-31"),
    ("2023", "border", "60", "4", "2023-12-31"),
    ("2024", "mexico", "90", "", "2024-12-31"),
    ("2024", "border", "50", "6", "2024-12-31"),
    ("2025", "mexico", "40", "", "2025-09-08"),
    ("2025", "border", "20", "1", "2025-09-08"),
]
EVENTS = [
    ("2024-11-01", "MX-CHP", "1000"),
    ("2024-11-01", "MX-OAX", "200"),
    ("2024-12-01", "MX-CHP", "900"),
    ("2025-01-01", "MX-CHP", "800"),
    ("2025-01-01", "MX-OAX", "100"),
    ("2025-02-01", "MX-CHP", "700"),
    ("2025-03-01", "MX-OAX", "9"),
]
CRIMES = [
    ("2016-01-01", "2022-06-30", "MX-CHP", "50", "2022-09-01"),
    ("2016-01-01", "2022-06-30", "MX-OAX", "30", "2022-09-01"),
    ("", "2023-12-31", "MX-CHP", "70", ""),
]
STATES = [("MX-CHP", "07", "5900000"), ("MX-OAX", "20", "4200000")]


_figures: pytest.StashKey[dict[str, int]] = pytest.StashKey()


@pytest.fixture
def figure(pytestconfig: pytest.Config) -> Figure:
    """Adds to a figure of docs/guarantees.md; the figures are printed when the tests have run."""
    figures = pytestconfig.stash.setdefault(_figures, {})

    def add(name: str, number: int) -> None:
        figures[name] = figures.get(name, 0) + number

    return add


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Send the figures of one of several processes to the one that prints them."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["figures"] = session.config.stash.get(_figures, {})


class _Collecting:
    """Adds up the figures of several processes."""

    @staticmethod
    def pytest_testnodedown(node: Any) -> None:
        """Take the figures of a process that has ended."""
        figures = node.config.stash.setdefault(_figures, {})
        for name, number in getattr(node, "workeroutput", {}).get("figures", {}).items():
            figures[name] = figures.get(name, 0) + number


def pytest_configure(config: pytest.Config) -> None:
    """Read no data but the project's, hear Ctrl-C, here and in kernels; collect figures of several processes."""
    os.environ.pop(DATA_VARIABLE, None)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background of a shell
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if config.pluginmanager.hasplugin("xdist"):
        config.pluginmanager.register(_Collecting())
    # nbval sets out every message, drawings too, for a log that nobody reads.
    nbval.kernel.pformat = lambda message: message


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser. Let what takes long come first, so that at the end no process waits for another.

    Kernels are waited for more than they work: meanwhile another process builds all editions, which takes both cores.
    """
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    tests = ROOT / "tests"
    first = [
        tests / "build" / "test_kernels.py",
        tests / "end_to_end" / "test_layout.py",
        tests / "end_to_end",
        tests / "sources" / "test_refresh_from_publishers.py",
        ROOT / "notebooks",
    ]
    items.sort(key=lambda item: next((n for n, path in enumerate(first) if item.path.is_relative_to(path)), len(first)))


def pytest_collection_finish() -> None:
    """Look seldom for garbage among all that tests share, tables above all: it was a tenth of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 100)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures that docs/guarantees.md promises."""
    figures = config.stash.get(_figures, {})
    if figures:
        terminalreporter.section("promises kept")
        for name, number in sorted(figures.items()):
            terminalreporter.line(f"{number:6d} {name}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests. Without one they are skipped; where `REQUIRE_CHROMIUM` is set, they fail."""
    if CHROMIUM is None:
        reason = "Chromium is not installed"
        pytest.fail(reason) if os.environ.get("REQUIRE_CHROMIUM") else pytest.skip(reason)
    with started() as browser:
        yield browser


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture
def tiny_data(tmp_path: Path) -> Path:
    """A data folder with a yearly, a monthly and a span table, a yearly one that runs `through`, and the states."""
    folder = tmp_path / "data"
    resources = [
        _claims_resource(),
        _deaths_resource(),
        _events_resource(),
        _crimes_resource(),
        _states_resource(),
    ]
    tables: list[Sequence[Sequence[str]]] = [CLAIMS, DEATHS, EVENTS, CRIMES, STATES]
    for resource, rows in zip(resources, tables, strict=True):
        resource["rows"] = len(rows)
        _write_table(folder / resource["path"], [f["name"] for f in resource["schema"]["fields"]], rows)
    descriptor = {"profile": "tabular-data-package", "name": "tiny", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture
def package(tiny_data: Path) -> DataPackage:
    """The tiny data package."""
    return DataPackage(tiny_data)


@pytest.fixture
def tiny_project(tiny_data: Path, new_notebook: Maker, code_cell: Maker) -> Path:
    """A project with the tiny data, one notebook that was never run, and one edition."""
    project = tiny_data.parent
    for folder in ("notebooks", "reports"):
        (project / folder).mkdir()
    notebook = new_notebook(code_cell(PARAMETERS, tags=["parameters"]), code_cell("b.cover()"))
    (project / "notebooks" / "05_asylum.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (project / "reports" / "editions.toml").write_text(
        'default = "2026-1"\n\n[editions.2026-1]\nas_of = "2026-06-30"\nkind = "published"\n', encoding="utf-8"
    )
    (project / "requirements.lock").write_text("pandas==3.0.0\n", encoding="utf-8")
    return project


@pytest.fixture(scope="session")
def new_notebook() -> Maker:
    """Makes a notebook of the given cells, as JSON."""
    return samples.notebook_file


@pytest.fixture(scope="session")
def code_cell() -> Maker:
    """Makes a code cell; `shows` are MIME bundles, and a cell that shows something was run."""
    return samples.code_cell


@pytest.fixture(scope="session")
def markdown_cell() -> Maker:
    """Makes a Markdown cell."""
    return samples.markdown_cell


def _claims_resource() -> dict[str, Any]:
    fields = [_field("year", "integer"), _field("nationality"), _field("claims", "integer", unit="persons")]
    return _resource(
        "claims_year",
        fields,
        ["year", "nationality"],
        {"kind": "year", "field": "year"},
        "persons",
        lag=170,
        absent_rows="zero",
    )


def _deaths_resource() -> dict[str, Any]:
    fields = [
        _field("year", "integer"),
        _field("area"),
        _field("deaths", "integer"),
        _field("children", "integer", unit="children"),
        _field("through", "date"),
    ]
    period = {"kind": "year", "field": "year", "through": "through"}
    resource = _resource("deaths_year", fields, ["year", "area"], period, "dead_and_missing", lag=30)
    resource["provenance"]["versions"] = [{"version": "2025-04-29"}, {"version": "2025-09-08"}]
    return resource


def _events_resource() -> dict[str, Any]:
    fields = [_field("month", "date"), _field("state_code"), _field("events", "integer")]
    return _resource(
        "events_month",
        fields,
        ["month", "state_code"],
        {"kind": "month", "field": "month"},
        "events",
        lag=45,
        noncommercial=True,
        preliminary_from="2025-01-01",
    )


def _crimes_resource() -> dict[str, Any]:
    fields = [
        _field("period_start", "date"),
        _field("period_end", "date"),
        _field("state_code"),
        _field("crimes", "integer"),
        _field("published", "date"),
    ]
    period = {
        "kind": "span",
        "start": "period_start",
        "end": "period_end",
        "published_field": "published",
    }
    key = ["period_start", "period_end", "state_code"]
    resource = _resource("crimes_period", fields, key, period, "case_files", lag=10)
    quoted = {"es": "cita con fuente", "en": "quoted with source"}
    resource["provenance"] |= {"version": "2023", "licence": quoted, "republish": False}
    return resource


def _states_resource() -> dict[str, Any]:
    fields = [_field("state_code"), _field("inegi_code"), _field("population", "integer")]
    return _resource("states", fields, ["state_code"], {"kind": "none"}, "inhabitants", lag=0)


def _field(name: str, kind: str = "string", **more: str) -> dict[str, Any]:
    return {"name": name, "type": kind, "title": name, "title_en": name, **more}


def _resource(
    name: str,
    fields: list[dict[str, Any]],
    key: list[str],
    period: dict[str, str],
    unit: str,
    *,
    lag: int,
    noncommercial: bool = False,
    **more: Any,
) -> dict[str, Any]:
    folder = "compiled" if period["kind"] == "span" else "tables"
    return {
        "name": name,
        "hash": f"sha256:{name}",
        "profile": "tabular-data-resource",
        "path": f"{folder}/{name}.csv",
        "title": f"Tabla {name}",
        "title_en": f"Table {name}",
        "schema": {"fields": fields, "primaryKey": key, "missingValues": [""]},
        "unit": {"es": f"{unit} (es)", "en": f"{unit} (en)"},
        "unit_key": unit,
        "period": period,
        "provenance": {
            "source_id": f"source-of-{name}",
            "producer": {"es": "Productor", "en": "Producer"},
            "publisher": {"es": f"Editor de {name}", "en": f"Publisher of {name}"},
            "version": "2026-06-25",
            "date_published": "2026-06-25",
            "date_accessed": "2026-11-22",
            "licence": "CC BY-NC 4.0" if noncommercial else "CC BY 4.0",
            "noncommercial": noncommercial,
            "republish": True,
            "trust": "A",
            "update_period": "P1M",
            "publication_lag_days": lag,
            "processing_level": "minor",
            "caveats": {"es": ["Es un mínimo."], "en": ["It is a minimum."]},
        },
        **more,
    }


def _write_table(path: Path, head: list[str], rows: Sequence[Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


@pytest.fixture(params=["es", "en"])
def document(request: pytest.FixtureRequest) -> Document:
    """The sample briefing, once in each language."""
    return samples.sample(request.param)


@pytest.fixture
def spanish() -> Document:
    """The Spanish sample, which holds every kind of element."""
    return samples.sample("es")
