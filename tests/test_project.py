"""The project as a whole: one list of dependencies, and imports that change nothing and cost little."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.dependencies import LOCKS, ROOT

REQUIREMENT = re.compile(r"^([A-Za-z0-9_.-]+)(>=[0-9.]+)?$")
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)")

# What conda users have besides: the interpreter and its installer.
CONDA_ONLY = {"python", "pip"}
# What costs time, and the help of the command does not need.
HEAVY = {"pandas", "matplotlib", "seaborn", "nbformat", "papermill", "nbconvert", "babel", "typst"}
# The stages whose code a notebook runs.
IN_NOTEBOOKS = ("foundation", "mexico", "values", "package", "metrics", "charts", "report")


def normal(name: str) -> str:
    """The name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def bounds(requirements: list[str]) -> dict[str, str]:
    """Lower bounds by name of package."""
    matches = [REQUIREMENT.match(r) for r in requirements]
    assert all(matches), f"not a name with a lower bound: {requirements}"
    return {normal(m[1]): m[2] or "" for m in matches if m}


def run(code: str, root: Path) -> Any:
    """What a fresh interpreter prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def pyproject(root: Path) -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project(pyproject: dict[str, Any]) -> dict[str, Any]:
    """Its table [project]."""
    content: dict[str, Any] = pyproject["project"]
    return content


@pytest.fixture(scope="module")
def required(pyproject: dict[str, Any], project: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The direct dependencies of each lock with their lower bounds."""
    extras = {name: bounds(listed) for name, listed in project["optional-dependencies"].items()}
    build = bounds(project["dependencies"]) | extras["cluster"] | bounds(pyproject["dependency-groups"]["install"])
    lab = build | extras["lab"]
    return dict(zip(LOCKS, (build, lab, lab | extras["dev"]), strict=True))


def entries(lock: str) -> dict[str, dict[str, set[str]]]:
    """The versions of each package of a lock, and the hashes of each.

    Each entry is an exact version, followed by at least one SHA-256, and nothing else stands there.
    """
    found: dict[str, dict[str, set[str]]] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip()):
        head, *hashes = [line.strip().rstrip("\\").strip() for line in entry.splitlines()]
        match = PINNED.match(head)
        assert match, head
        assert hashes, head
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", h) for h in hashes), head
        found.setdefault(normal(match[1]), {})[match[2]] = set(hashes)
    assert len(found) > 50
    return found


# -- one list of dependencies -----------------------------------------------------------------------------------------


def test_conda_and_pip_ask_for_the_same(
    root: Path, project: dict[str, Any], required: dict[str, dict[str, str]]
) -> None:
    """environment.yml lists what all three locks are for with the same lower bounds, and the project itself."""
    lines = (root / "environment.yml").read_text(encoding="utf-8").splitlines()
    listed = [line.split("- ", 1)[1].split("#")[0].strip() for line in lines if re.match(r"\s+- ", line)]
    assert {"conda-forge", "pip:", "-e ."} <= set(listed)
    found = bounds([item for item in listed if item not in {"conda-forge", "pip:", "-e ."}])
    assert found.pop("python") == project["requires-python"]
    assert {k: v for k, v in found.items() if k not in CONDA_ONLY} == required["requirements-dev.lock"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked_above_its_bound(lock: str, required: dict[str, dict[str, str]]) -> None:
    """A lock holds one or more versions of every dependency with their hashes, none below the lower bound."""
    locked = entries(lock)
    assert set(required[lock]) - set(locked) == set()
    too_low = [
        f"{name} {version}"
        for name, bound in required[lock].items()
        for version in locked[name]
        if numbers(version) < numbers(bound.removeprefix(">="))
    ]
    assert too_low == []


def numbers(version: str) -> tuple[int, ...]:
    """The parts of a version that are numbers, to compare."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


@pytest.mark.parametrize(("small", "large"), list(pairwise(LOCKS)))
def test_a_lock_holds_the_smaller_one_whole(small: str, large: str) -> None:
    """Version for version and hash for hash: what is installed besides changes nothing of what builds."""
    inner, outer = entries(small), entries(large)
    assert {name: outer.get(name) for name in inner} == inner
    assert len(outer) > len(inner)


def test_what_only_tests_or_researchers_need_is_not_installed_to_build() -> None:
    """The lock of `make reports` has neither JupyterLab nor a browser nor checks; that of `make lab` no checks."""
    assert {"jupyterlab", "jupyter-server", "playwright", "mypy", "pytest"} & set(entries("requirements.lock")) == set()
    assert {"playwright", "mypy", "pytest"} & set(entries("requirements-lab.lock")) == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(root: Path, lock: str) -> None:
    """The lock works with any package index: it holds no address."""
    text = (root / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|--extra-index|--trusted-host|\s@\s", text)


def test_entry_points_lead_somewhere(project: dict[str, Any]) -> None:
    """The command and the exporters that are announced exist."""
    from importlib import import_module

    points = {**project["scripts"], **project["entry-points"]["nbconvert.exporters"]}
    assert set(points) == {"briefings", "briefing_html", "briefing_pdf"}
    for target in points.values():
        module, _, name = target.partition(":")
        assert callable(getattr(import_module(module), name))


# -- imports ----------------------------------------------------------------------------------------------------------


def test_importing_the_library_changes_nothing_global(root: Path) -> None:
    """No module that notebooks run touches styles, the locale, the filters of warnings or the random state."""
    source = root / "src"
    modules = [
        ".".join(path.relative_to(source).with_suffix("").parts)
        for stage in IN_NOTEBOOKS
        for path in sorted((source / "analysis" / stage).rglob("*.py"))
    ]
    assert len(modules) > 40
    code = f"""
import json, locale, os, random, warnings
import matplotlib, numpy, pandas, seaborn  # their own effects come first
def state():
    return [
        {{key: repr(value) for key, value in matplotlib.rcParams.items()}},
        locale.setlocale(locale.LC_ALL), repr(warnings.filters), repr(random.getstate()),
        repr(numpy.random.get_state()), sorted(os.environ), os.getcwd(),
        pandas.get_option("display.max_rows"), pandas.get_option("display.precision"),
    ]
before = state()
import analysis
for name in {modules!r}:
    __import__(name.removesuffix(".__init__"))
for name in analysis.__all__:
    getattr(analysis, name)
after = state()
print(json.dumps([i for i, (a, b) in enumerate(zip(before, after)) if a != b]))
"""
    assert run(code, root) == []


def test_importing_the_name_alone_is_light(root: Path) -> None:
    """`import analysis` imports nothing heavy until something is used."""
    code = f"import json, sys, analysis; print(json.dumps(sorted({HEAVY!r} & set(sys.modules))))"
    assert run(code, root) == []


def test_the_names_of_the_library_are_listed() -> None:
    """JupyterLab completes what a notebook may import, before any of it is used."""
    import analysis

    assert {"say", "metric", "figure", "Briefing", "charts"} <= {*dir(analysis)}
    assert {*analysis.__all__} <= {*dir(analysis)}


def test_an_unknown_name_of_the_library_is_an_error() -> None:
    """A name that the library does not have is named."""
    import analysis

    with pytest.raises(AttributeError, match="module 'analysis' has no attribute 'chart'"):
        assert analysis.chart


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["list", "--help"]])
def test_help_answers_at_once(root: Path, arguments: list[str]) -> None:
    """The help of the command imports none of the heavy packages."""
    code = f"""
import contextlib, io, json, sys
from analysis.cli import main
shown = io.StringIO()
with contextlib.redirect_stdout(shown), contextlib.suppress(SystemExit):
    main({arguments!r})
print(json.dumps([shown.getvalue().startswith("usage: briefings"), sorted({HEAVY!r} & set(sys.modules))]))
"""
    assert run(code, root) == [True, []]


# -- every test runs ---------------------------------------------------------------------------------------------------


def test_no_folder_of_tests_is_passed_by(root: Path, pytestconfig: pytest.Config) -> None:
    """Pytest looks into every folder that holds tests, whatever its name."""
    folders = {path.parent for path in (root / "tests").rglob("test_*.py")}
    names = {part for folder in folders for part in folder.relative_to(root).parts}
    passed_by = pytestconfig.getini("norecursedirs")
    assert {"build", "charts"} <= names
    assert [name for name in names if any(fnmatch(name, pattern) for pattern in passed_by)] == []


# -- what is promised --------------------------------------------------------------------------------------------------


def test_every_promise_names_a_test_that_is_there(root: Path) -> None:
    """docs/guarantees.md names a test for each promise, by file and function."""
    page = (root / "docs" / "guarantees.md").read_text(encoding="utf-8")
    promises = [line for line in page.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(promises) > 15
    for promise in promises:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", promise)
        assert named or "nbval" in promise, promise
        for file, function in named:
            assert f"def {function}" in (root / file).read_text(encoding="utf-8"), (file, function)


def git(folder: Path, *arguments: str, text: str = "") -> str:
    """What git says of a folder."""
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], input=text, capture_output=True, text=True, check=True
    ).stdout


def test_a_clone_on_windows_has_the_bytes_that_digests_are_of(root: Path, tmp_path: Path) -> None:
    """Whatever core.autocrlf says, every file is checked out as it was committed."""
    if not (root / ".git").exists():
        pytest.skip("not a clone")
    clone = tmp_path / "clone"
    git(root, "clone", "--quiet", "--config", "core.autocrlf=true", str(root), str(clone))
    committed = {line.partition("\t")[2]: line.split()[1] for line in git(clone, "ls-files", "--stage").splitlines()}
    hashed = git(clone, "hash-object", "--no-filters", "--stdin-paths", text="\n".join(committed)).split()
    assert dict(zip(committed, hashed, strict=True)) == committed


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("data/tables/x.csv", "lf"),
        ("notebooks/01_x.ipynb", "lf"),
        ("reports/published/x/x.json", "lf"),
        ("src/analysis/export/templates/x.css", "lf"),
        ("requirements-dev.lock", "lf"),
        ("reports/sample/x.pdf", "binary"),
        ("reports/sample/x.png", "binary"),
        ("tests/sources/fixtures/x/x.csv", "as it is"),
    ],
)
def test_line_ends_are_fixed_for_what_has_a_digest(root: Path, path: str, said: str) -> None:
    """Also for files that are still to come; what publishers gave keeps its own."""
    if not (root / ".git").exists():
        pytest.skip("not a clone")
    answers = git(root, "check-attr", "text", "eol", "diff", "--", path).splitlines()
    text, eol, diff = (line.rpartition(": ")[2] for line in answers)
    assert {"lf": (text, eol) == ("auto", "lf"), "binary": (text, diff) == ("unset", "unset")}.get(
        said, text == "unset"
    )
