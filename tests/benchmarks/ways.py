"""The ways of making reports that are compared: each prepares itself untimed, then is measured."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from tests.benchmarks.cluster import cluster
from tests.benchmarks.machine import cores
from tests.benchmarks.project import COUNTRY, LANGUAGES, ROOT, Project, edition_of
from tests.benchmarks.running import BIN, BenchmarkError, Meter, environment, run, seconds
from tests.benchmarks.watching import watching

SOURCE: Final = ROOT / "src"
_KEPT: Final = "kept"  # where an edition is built once, for the ways that change little of it

_STOCK: Final = """
papermill "notebooks/$1.ipynb" "$0/$2/$1.ipynb" -p language "$2" -p as_of {as_of} -p geography {place} &&
jupyter nbconvert --to html "$0/$2/$1.ipynb"
"""
_NBCONVERT: Final = 'jupyter nbconvert --execute --to html "notebooks/$1.ipynb" --output-dir "$0/$2"'


@dataclass(frozen=True)
class Way:
    """One row of the table.

    Attributes:
        name: what it is called by `--only`, and by the targets.
        group: the table that it belongs to.
        does: what is done, in a few words.
        measure: prepares, then measures with the meter that it is given.
        reports: how many reports are made, where a time for each means something.
        memory: whether its memory is measured as well.
        most: how often it is timed at most, where it is slow and no target rests on it.
        missing: why it cannot be measured, where that is so.
    """

    name: str
    group: str
    does: str
    measure: Callable[[Meter], float]
    reports: int = 0
    memory: bool = True
    most: int = 1000
    missing: str = ""


def benchmark_ways(project: Project, places: Sequence[int]) -> Iterator[Way]:
    """Yield the ways on the benchmark report; `places` are the sizes of the editions of growing length."""
    group = "benchmark"
    yield from _compared(project, group)
    yield Way(
        "two-jobs",
        group,
        "`briefings build --jobs 2` from nothing",
        lambda meter: _from_nothing(project, meter, "two-jobs", "--jobs", "2"),
        project.reports,
    )
    yield Way(
        "dask",
        group,
        "`briefings build --scheduler` from nothing, two Dask workers that have just started",
        lambda meter: _on_cluster(project, meter),
        project.reports,
        missing=_no_scheduler(),
    )
    yield Way(
        "watch",
        group,
        f"under `--watch`: one notebook saved, until its {len(LANGUAGES)} pages are announced",
        lambda meter: _saved_under_watch(project, meter),
        len(LANGUAGES),
    )
    yield Way(
        "nbconvert-execute",
        group,
        "`jupyter nbconvert --execute --to html`, one after the other, default parameters",
        lambda meter: _each_in_shell(project, meter, "nbconvert-execute", _NBCONVERT, 1),
        project.reports,
        memory=False,
        most=1,
    )
    yield Way("help", group, "`briefings --help`", lambda meter: _briefings(project, meter, "--help"), memory=False)
    yield from _floor(project)
    yield from (replace(_grown(project, number), most=1) for number in places[:-1])
    yield _grown(project, places[-1])


def edition_ways(project: Project) -> Iterator[Way]:
    """Yield the ways on the real edition: the stock tools once, and no memory, since no target rests on them."""
    for way in _compared(project, "edition", "edition-"):
        yield replace(way, memory=False, most=1 if "stock" in way.name else way.most)


def _compared(project: Project, group: str, prefix: str = "") -> Iterator[Way]:
    """The ways that are measured on the benchmark report and on the real edition alike."""
    number, languages = project.reports, len(LANGUAGES)
    few = f"{languages} built" + (f", {number - languages} up to date" if number > languages else "")
    stock = _STOCK.format(as_of=project.as_of, place=COUNTRY)
    parallel = cores()

    def way(name: str, does: str, measure: Callable[[Meter], float], reports: int = number) -> Way:
        return Way(prefix + name, group, does, measure, reports)

    yield way(
        "stock-serial",
        "`papermill`, then `jupyter nbconvert --to html`, one report after the other",
        lambda meter: _each_in_shell(project, meter, "stock-serial", stock, 1),
    )
    yield way(
        "stock-parallel",
        f"the same through `xargs -P {parallel}`",
        lambda meter: _each_in_shell(project, meter, "stock-parallel", stock, parallel),
    )
    yield way(
        "cold",
        "`briefings build --kernel cold` from nothing, HTML and PDF",
        lambda meter: _from_nothing(project, meter, "cold", "--kernel", "cold"),
    )
    yield way(
        "warm",
        "`briefings build` from nothing, HTML and PDF",
        lambda meter: _from_nothing(project, meter, "warm"),
    )
    yield way("no-op", "`briefings build`, nothing changed", lambda meter: _unchanged(project, meter), 0)
    yield way(
        "edited",
        f"`briefings build`, one notebook edited ({project.edits[:2]}), its {languages} languages",
        lambda meter: _edited(project, meter, few),
        languages,
    )
    yield way(
        "template",
        "`briefings build`, a template changed: all exported again, none executed",
        lambda meter: _template_changed(project, meter),
    )


def _each_in_shell(project: Project, meter: Meter, name: str, script: str, at_once: int) -> float:
    """Run a line of shell for each notebook and language, so many at once; every page must be there afterwards."""
    output = project.emptied(name)
    for language in LANGUAGES:
        (output / language).mkdir()
    listed = "\n".join(f"{slug} {language}" for slug in project.slugs for language in LANGUAGES)
    command = ["xargs", "-P", str(at_once), "-n", "2", "sh", "-c", script, str(output)]
    value = run(meter, command, project.root, environment(SOURCE), given=listed)
    pages = len(list(output.rglob("*.html")))
    if pages != project.reports:
        raise BenchmarkError(f"{name} made {pages} pages of {project.reports}")
    return value


def _briefings(
    project: Project,
    meter: Meter,
    *arguments: str | Path,
    says: str = "",
    source: Path = SOURCE,
    others: Sequence[int] = (),
) -> float:
    command = [BIN / "briefings", *arguments]
    return run(meter, command, project.root, environment(source), says=says, others=others)


def _from_nothing(project: Project, meter: Meter, name: str, *arguments: str, others: Sequence[int] = ()) -> float:
    output, says = project.emptied(name), f"{project.reports} built"
    return _briefings(project, meter, "build", "--output", output, *arguments, says=says, others=others)


def _bring_up_to_date(project: Project, name: str = _KEPT, source: Path = SOURCE) -> Path:
    """Build what is not up to date, untimed, and return where."""
    output = project.output(name)
    _briefings(project, seconds, "build", "--output", output, source=source)
    return output


def _unchanged(project: Project, meter: Meter) -> float:
    output = _bring_up_to_date(project)
    return _briefings(project, meter, "build", "--output", output, says=f"{project.reports} up to date")


def _edited(project: Project, meter: Meter, says: str) -> float:
    output = _bring_up_to_date(project)
    project.edit_notebook()
    return _briefings(project, meter, "build", "--output", output, says=says)


def _template_changed(project: Project, meter: Meter) -> float:
    output = _bring_up_to_date(project, "template", project.source)
    project.change_template()
    says = f"{project.reports} exported"
    return _briefings(project, meter, "build", "--output", output, says=says, source=project.source)


def _saved_under_watch(project: Project, meter: Meter) -> float:
    output = _bring_up_to_date(project)
    folder = output / edition_of(1)
    with watching(output, project.root, environment(SOURCE)) as watched, meter([watched.process]) as reading:
        project.edit_notebook()
        watched.wait_for([str(folder / language / f"{project.edits}.html") for language in LANGUAGES])
    return reading.value


def _on_cluster(project: Project, meter: Meter) -> float:
    with cluster(project.root, environment(SOURCE)) as started:
        return _from_nothing(project, meter, "dask", "--scheduler", started.address, others=started.processes)


def _grown(project: Project, places: int) -> Way:
    """An edition of so many places, from nothing."""
    reports, name = project.reports * places, f"reports-{project.reports * places}"

    def measure(meter: Meter) -> float:
        chosen = ("--edition", edition_of(places))
        output = project.emptied(name)
        return _briefings(project, meter, "build", "--output", output, *chosen, says=f"{reports} built")

    return Way(name, "growth", f"`briefings build` from nothing, {reports} reports", measure, reports)


def _floor(project: Project) -> Iterator[Way]:
    parts = {
        "cells": "the cells of all reports, one after the other in warm kernels",
        "html": "HTML of all reports, in one process",
        "pdf": "PDF of all reports, in one process",
    }
    for part, does in parts.items():
        yield Way(f"floor-{part}", "floor", does, partial(_floor_of, project, part), project.reports, memory=False)


def _floor_of(project: Project, part: str, _meter: Meter) -> float:
    """Its process measures itself: what it loads first does not count."""
    output = _bring_up_to_date(project)
    variables = environment(SOURCE)
    variables["PYTHONPATH"] += f"{os.pathsep}{ROOT}"
    command = [sys.executable, "-m", "tests.benchmarks.floor", part, output]
    done = subprocess.run(command, cwd=project.root, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchmarkError(f"the floor of {part} could not be measured: {done.stderr[-2000:]}")
    return float(done.stdout.rpartition("seconds: ")[2])


def _no_scheduler() -> str:
    """Why no cluster can be measured; empty where it can."""
    command = [BIN / "briefings", "build", "--help"]
    offered = subprocess.run(command, env=environment(SOURCE), capture_output=True, text=True, check=True).stdout
    if "--scheduler" not in offered:
        return "`briefings build` has no `--scheduler`"
    return "" if importlib.util.find_spec("distributed") else "the extra `cluster` is not installed"
