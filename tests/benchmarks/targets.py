"""What the build is held to: each target, what was measured, and whether it was met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.benchmarks.results import MissingError, Results

MEANT_FOR: Final = 20  # reports
_FORMATS: Final = {"times": "{:.1f} times", "s": "{:.2f} s", "MiB": "{:.0f} MiB", "%": "{:+.1f} %"}


@dataclass(frozen=True)
class Target:
    """One target: a number computed from the medians of one run, and its limit."""

    says: str
    unit: str
    limit: float
    value: Callable[[Results], float]
    at_least: bool = False

    def met_by(self, value: float) -> bool:
        """Whether a number meets it."""
        return value >= self.limit if self.at_least else value <= self.limit

    @property
    def wanted(self) -> str:
        """The limit in words."""
        number = f"{self.limit:g} {self.unit}"
        return f"at least {number}" if self.at_least else f"at most {number}"

    def judged(self, results: Results) -> tuple[str, str]:
        """Return what was measured and whether it is met, in words."""
        try:
            value = self.value(results)
        except MissingError as error:
            return "–", f"not measured: {error}"
        return _FORMATS[self.unit].format(value), "met" if self.met_by(value) else "**missed**"


def targets(few: int, many: int) -> list[Target]:
    """Return all targets, for so many reports and for the largest edition that was measured."""
    return [
        Target(
            f"{few} reports, HTML and PDF: faster than the stock tools one after the other, HTML only",
            "times",
            10,
            lambda r: r.seconds("stock-serial") / r.seconds("warm"),
            at_least=True,
        ),
        Target(
            f"{few} reports, HTML and PDF: faster than the stock tools in parallel, HTML only",
            "times",
            5,
            lambda r: r.seconds("stock-parallel") / r.seconds("warm"),
            at_least=True,
        ),
        Target(
            f"{few} reports, HTML and PDF, as a multiple of the floor",
            "times",
            1.4,
            lambda r: r.seconds("warm") / r.floor(),
        ),
        Target(f"{few} reports, nothing changed", "s", 1, lambda r: r.seconds("no-op")),
        Target(f"{few} reports, one notebook edited", "s", 6, lambda r: r.seconds("edited")),
        Target("one notebook saved under `--watch`", "s", 3, lambda r: r.seconds("watch")),
        Target(f"{few} reports, a template changed", "s", 8, lambda r: r.seconds("template")),
        Target("`briefings --help`", "s", 0.3, lambda r: r.seconds("help")),
        Target("memory of all processes, two jobs", "MiB", 700, lambda r: r.memory("two-jobs")),
        Target(
            f"time for each report, {many} against {few}",
            "%",
            15,
            lambda r: 100 * (r.each(f"reports-{many}") / r.each("warm") - 1),
        ),
        Target(
            "two Dask workers against two jobs of one process",
            "%",
            25,
            lambda r: 100 * (r.seconds("dask") / r.seconds("two-jobs") - 1),
        ),
    ]
