"""`make benchmark`: the build beside the stock tools, timed by pyperf in one run, written to docs/benchmarks.md.

Every round times each way once, in the order in which they stand here, so that what else the machine does hits all
alike; a way begins with what the one before has left. It happens in a copy of the project, and needs Linux.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, Final

import pyperf

from analysis.build.editions import read_edition
from analysis.mexico import COUNTRY
from tests.end_to_end.cluster import cluster

ROOT: Final = Path(__file__).resolve().parents[2]
ROUNDS: Final = 3
AS_OF: Final = read_edition(ROOT).as_of
STATES: Final = [state.code for state in COUNTRY.states]
# The notebooks that have states: many reports of theirs are like few, so that the times of both can be compared.
SLUGS: Final = [
    path.stem
    for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    if "# one of: MEX, states" in path.read_text(encoding="utf-8")
]
_ONE_VALUE: Final = ("--quiet", "--processes", "1", "--values", "1", "--warmups", "0", "--loops", "1")


@dataclass(frozen=True)
class Size:
    """The notebooks that are made in both languages, and the states of the editions `few` and `many`."""

    slugs: Sequence[str] = tuple(SLUGS)
    few_states: int = 3
    many_states: int = 32

    @property
    def reports(self) -> tuple[int, int]:
        """How many reports the two editions have."""
        one_state = 2 * len(self.slugs)
        return one_state * self.few_states, one_state * self.many_states


@dataclass(frozen=True)
class Way:
    """One way to make reports.

    Attributes:
        name: its name among the results.
        does: what it does, in a few words.
        before: shell that prepares it, untimed.
        command: shell that is timed.
        says: what it must print, or it did something else.
        once: whether it takes so long that only the first round times it.
        beside: what runs meanwhile, in the folder of the copy.
    """

    name: str
    does: str
    before: str
    command: str
    says: str
    once: bool = False
    beside: Callable[[Path], AbstractContextManager[Any]] = nullcontext


def ways(size: Size) -> list[Way]:
    """Return all ways but the floor, in the order of a round."""
    (few, many), edited = size.reports, 2 * size.few_states
    empty, build = "rm -rf built && mkdir built", "briefings build --output built"
    stock = f"""
        for slug in {" ".join(size.slugs)}; do for place in {" ".join(STATES[: size.few_states])}; do
        for language in es en; do
          made="built/$slug.$place.$language.ipynb"
          papermill "notebooks/$slug.ipynb" "$made" -p language $language -p as_of {AS_OF} -p geography $place &&
          jupyter nbconvert --to html "$made" || exit 1
        done; done; done"""
    return [
        Way("stock", "`papermill`, then `jupyter nbconvert --to html`, one report after the other: HTML alone",
            empty, stock, "[NbConvertApp] Writing", once=True),
        Way("cold", "`briefings build --kernel cold` from nothing", empty, f"{build} --kernel cold", f"{few} built"),
        Way("dask", "`briefings build --scheduler` from nothing, one Dask worker a core that has just started",
            empty, f'{build} --scheduler "$(cat address)"', f"{few} built", beside=workers),
        Way("build", "`briefings build` from nothing: HTML, PDF, facts, index", empty, build, f"{few} built"),
        Way("unchanged", "`briefings build`, nothing changed", "true", build, f"{few} up to date"),
        Way("edited", f"`briefings build`, one notebook edited: its {edited} reports",
            f"sed -i 's/\"b.sources()/& #/' notebooks/{size.slugs[0]}.ipynb", build, f"{edited} built"),
        Way("template", "`briefings build`, a template changed: all exported again, none executed",
            "echo '{# changed #}' >> src/analysis/export/templates/briefing.html.j2", build, f"{few} exported"),
        Way("many", f"`briefings build` from nothing, {many} reports",
            empty, f"{build} --edition many", f"{many} built", once=True),
    ]  # fmt: skip


@contextmanager
def workers(root: Path) -> Iterator[None]:
    """Have one Dask worker a core, started as README says, and their address in a file."""
    with cluster(root) as started:
        for _ in range(os.cpu_count() or 1):
            started.start_worker("--preload", "analysis.build.cluster", threads=2)
        (root / "address").write_text(started.address, encoding="utf-8")
        yield


def make_copy(root: Path, size: Size) -> None:
    """Copy what a build needs, its library compiled, with editions of few and of many states."""
    for folder in ("data", "notebooks", "src"):
        shutil.copytree(ROOT / folder, root / folder)
    compileall.compile_dir(root / "src", quiet=1)
    shutil.copy(ROOT / "requirements.lock", root)
    editions = 'default = "few"\n'
    for name, number in (("few", size.few_states), ("many", size.many_states)):
        editions += f'[editions.{name}]\nas_of = "{AS_OF}"\nreports = {list(size.slugs)}\n'
        editions += f"geographies = {STATES[:number]}\n"
    (root / "reports").mkdir()
    (root / "reports" / "editions.toml").write_text(editions, encoding="utf-8")


def measure(way: Way, root: Path, results: Path) -> None:
    """Time a way once and add that to the results; end where it fails, or does not say that it did what it is for."""
    checked = f"{{ {way.command}\n}} > log 2>&1 && grep -qF '{way.says}' log\n"
    (root / "way.sh").write_text(checked, encoding="utf-8")
    command = ["-m", "pyperf", "command", *_ONE_VALUE, "--append", results, "--name", way.name, "sh", "way.sh"]
    with way.beside(root):
        subprocess.run(["sh", "-c", way.before], cwd=root, check=True)
        done = subprocess.run([sys.executable, *command], cwd=root, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        printed = (root / "log").read_text(encoding="utf-8")[-2000:]
        sys.exit(f"'{way.name}' failed, or did not say '{way.says}':\n{printed}")


def measured(size: Size, rounds: int) -> pyperf.BenchmarkSuite:
    """Time everything in rounds and return the results."""
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as scratch:
        root, results = Path(scratch) / "copy", Path(scratch) / "results.json"
        os.environ["PYTHONPATH"] = str(root / "src")  # the library whose template is changed
        make_copy(root, size)
        floor = [sys.executable, Path(__file__).with_name("floor.py"), *_ONE_VALUE, "--append", results]
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
            for way in ways(size):
                if number == 0 or not way.once:
                    measure(way, root, results)
            subprocess.run(floor, cwd=root, check=True)
        return pyperf.BenchmarkSuite.load(str(results))


def page(size: Size, seconds: Mapping[str, Sequence[float]], setting: str) -> str:
    """Return the page: what the times of each way say beside those of the others."""
    took = {name: median(values) for name, values in seconds.items()}
    few, many = size.reports
    one_more = (took["many"] - took["build"]) / (many - few)
    targets = [
        _judged("`stock` against `build`", took["stock"] / took["build"], "at least", 15),
        _judged("`build` against `floor`", took["build"] / took["floor"], "at most", 1.4),
        _judged("a report more, in `many`, against its floor", one_more / (took["floor"] / few), "at most", 1.15),
        _judged("`dask` against `build`", took["dask"] / took["build"], "at most", 1.25),
        _judged("`unchanged`", took["unchanged"], "at most", 0.2, "s"),
    ]
    floor = "cells as papermill times them in warm kernels, HTML and PDF, each alone, shared by all cores without loss"
    does = {way.name: way.does for way in ways(size)} | {"floor": floor}
    timed = [
        f"| `{name}` | {does[name]} | {took[name] / took['build']:.2f} | {took[name]:.2f} | "
        f"{min(values):.2f} to {max(values):.2f} ({len(values)}) |"
        for name, values in seconds.items()
    ]
    return f"""# Benchmarks

Written by `make benchmark`. What counts are **ratios of one run on one machine**; the seconds beside them show what
they are made of and promise nothing: another machine, or this one at another hour, takes other times.

This run: {setting}.

| with {few} reports | target | this run | |
| --- | --- | --- | --- |
{chr(10).join(targets)}

| way | does | median: times `build` | in seconds | lowest to highest (how often) |
| --- | --- | --- | --- | --- |
{chr(10).join(timed)}

- The reports are those of {len(size.slugs)} notebooks in two languages for {size.few_states} states.
- The stock tools make HTML alone; a build makes HTML, an accessible PDF, facts and an index.
- pyperf starts each command in a process of its own, with a clean environment. A round times every way once, so that
  what else the machine does hits all alike; `stock` and `many`, which take long, are timed in the first round alone.
- What prepares a way is not timed, nor is the start of Dask's workers.
- A way counts only if it says that it did what it is named for: how many reports it built, exported, found up to date.
"""


def _judged(what: str, value: float, sign: str, limit: float, unit: str = "times") -> str:
    met = value >= limit if sign == "at least" else value <= limit
    return f"| {what} | {sign} {limit:g} {unit} | {value:.2f} {unit} | {'met' if met else '**missed**'} |"


def main() -> None:
    """Run the benchmark and write the page; with `--quick` make few reports, once, and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few reports, once: whether every way works")
    quick = parser.parse_args().quick
    size, rounds = (Size(SLUGS[:1], 1, 2), 1) if quick else (Size(), ROUNDS)
    suite = measured(size, rounds)
    machine = suite.get_benchmark("build").get_metadata()
    known = [f"{machine['cpu_count']} cores", machine.get("cpu_model_name"), f"Python {platform.python_version()}"]
    setting = ", ".join(filter(None, [str(date.today()), *known]))
    text = page(size, {each.get_name(): each.get_values() for each in suite}, setting)
    if quick:
        print(text)
    else:
        (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
