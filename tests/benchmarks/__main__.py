"""`python -m tests.benchmarks`: measure everything in one run, print the page, and write it where asked."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from tests.benchmarks.machine import compile_bytecode, cores, machine
from tests.benchmarks.page import Setting, duration, page
from tests.benchmarks.project import ROOT, benchmark_project, edition_project
from tests.benchmarks.results import Result, Results
from tests.benchmarks.running import BenchmarkError, Meter, environment, peak_memory, seconds
from tests.benchmarks.ways import SOURCE, Way, benchmark_ways, edition_ways

_FAILED: Final = "failed"
_COPIES: Final = 10
_PLACES: Final = (5, 15)
_QUICK_COPIES: Final = 2
_QUICK_PLACES: Final = (2, 3)
_QUICK_SLUGS: Final = ("04_health_education", "05_assistance_protection")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark and return 0, or 1 where a way failed."""
    arguments = _parser().parse_args(argv)
    copies, places = (_QUICK_COPIES, _QUICK_PLACES) if arguments.quick else (_COPIES, _PLACES)
    repeat = 1 if arguments.quick else arguments.repeat
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        benchmark = benchmark_project(Path(scratch) / "benchmark", copies, (1, *places))
        edition = edition_project(Path(scratch) / "edition", _QUICK_SLUGS if arguments.quick else ())
        ways = [*benchmark_ways(benchmark, places), *edition_ways(edition)]
        chosen = _chosen(ways, arguments.only)
        for source in (SOURCE, benchmark.source, edition.source):
            _compile(source)
        results = Results(_measured(chosen, repeat), cores())
    sizes = [benchmark.reports * number for number in places]
    setting = Setting(arguments.date, repeat, copies, sizes, edition.reports, machine())
    text = page(setting, ways, results)
    print(text)
    if arguments.write:
        arguments.write.write_text(text, encoding="utf-8")
    return 1 if any(result.missing == _FAILED for result in results.by_name.values()) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="time each way so many times (default: 5)")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="only these ways of the page")
    parser.add_argument("--quick", action="store_true", help="few reports, each way timed once: to try it out")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page, such as docs/benchmarks.md")
    parser.add_argument("--date", default=date.today().isoformat(), help="the date on the page (default: today)")
    return parser


def _chosen(ways: Sequence[Way], names: Sequence[str]) -> list[Way]:
    unknown = sorted(set(names) - {way.name for way in ways})
    if unknown:
        sys.exit(f"there is no way '{unknown[0]}': choose from {', '.join(way.name for way in ways)}")
    return [way for way in ways if not names or way.name in names]


def _compile(source: Path) -> None:
    start = time.perf_counter()
    compile_bytecode(source, environment(source))
    where = source.relative_to(ROOT) if source.is_relative_to(ROOT) else "the copy of src"
    _say(f"bytecode of all packages and {where} compiled in {duration(time.perf_counter() - start)}")


def _measured(ways: Sequence[Way], repeat: int) -> dict[str, Result]:
    """Time the ways in rounds, so that the noise of the machine hits all alike, then measure their memory."""
    results = {way.name: Result(reports=way.reports, missing=way.missing) for way in ways}
    for number in range(1, repeat + 1):
        for way in (w for w in ways if number <= w.most):
            value = _value(way, results[way.name], seconds)
            if value is not None:
                results[way.name].seconds.append(value)
                _say(f"round {number} of {repeat}: {way.name} {duration(value)}")
    for way in ways:
        value = _value(way, results[way.name], peak_memory) if way.memory else None
        if value is not None:
            results[way.name].peak = value
            _say(f"memory: {way.name} {value:.0f} MiB")
    return results


def _value(way: Way, result: Result, meter: Meter) -> float | None:
    """Measure a way once; one that cannot be measured, or fails, is told and left out from then on."""
    if result.missing:
        return None
    try:
        return way.measure(meter)
    except BenchmarkError as error:
        result.missing = _FAILED
        _say(f"{way.name} failed: {error}")
        return None


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
