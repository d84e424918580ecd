"""The results as Markdown: the tables, the targets, and what a reader must know to judge them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tests.benchmarks.project import LANGUAGES
from tests.benchmarks.results import MissingError, Result, Results
from tests.benchmarks.targets import MEANT_FOR, targets
from tests.benchmarks.watching import PAUSE
from tests.benchmarks.ways import Way

_HEAD: Final = ("way", "does", "wall time: median (lowest to highest; how often)", "a report", "peak memory (PSS)")


@dataclass(frozen=True)
class Setting:
    """How it was measured.

    Attributes:
        day: the date.
        repeat: how many times each way was timed.
        copies: copies of the benchmark report.
        sizes: numbers of reports of the editions of growing length.
        edition: number of reports of the real edition.
        machine: facts of the machine by name.
    """

    day: str
    repeat: int
    copies: int
    sizes: Sequence[int]
    edition: int
    machine: Mapping[str, str]

    @property
    def reports(self) -> int:
        """How many reports the benchmark edition has."""
        return self.copies * len(LANGUAGES)


def page(setting: Setting, ways: Sequence[Way], results: Results) -> str:
    """Return the whole page."""
    sizes = ", ".join(str(size) for size in [setting.reports, *setting.sizes])
    parts = [
        "# Benchmarks",
        "Written by `make benchmark` with `--write`; no number below is typed in by hand. All ratios come from medians "
        "of one and the same run.",
        "## Targets",
        *_warned(setting),
        _targets_table(setting, results),
        f"## The benchmark report, {setting.reports} times",
        f"{setting.copies} copies of one report, each about another year, in {len(LANGUAGES)} languages. Their cells "
        f"read tables of `data/` and draw charts with the library{_cells_of(setting, results)}.",
        _ways_table(_of("benchmark", ways), results),
        "### The floor",
        _floor_words(results),
        _ways_table(_of("floor", ways), results),
        *_above_the_floor(setting, results),
        "### Growth",
        f"The same copies for more places, as parameters: {sizes} reports. Reports of one copy share most charts, as "
        "those of states do, and Typst remembers what it has set.",
        _ways_table([*(w for w in ways if w.name == "warm"), *_of("growth", ways)], results),
        "## The real edition",
        f"{setting.edition} reports: the project's own notebooks in {len(LANGUAGES)} languages.",
        _ways_table(_of("edition", ways), results),
        "## How it was measured",
        _method(setting, results.cores),
        table(("machine", ""), setting.machine.items()),
    ]
    return "\n\n".join(parts) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def duration(seconds: float) -> str:
    """Return seconds with three digits that mean something."""
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"


def times(result: Result) -> str:
    """Return the median of the times and their spread, or why there are none."""
    if not result.seconds:
        return result.missing or "not measured"
    if len(result.seconds) == 1:
        return f"{duration(result.median)} (once)"
    spread = f"{duration(min(result.seconds))} to {duration(max(result.seconds))}"
    return f"{duration(result.median)} ({spread}; {len(result.seconds)})"


def _of(group: str, ways: Sequence[Way]) -> list[Way]:
    return [way for way in ways if way.group == group]


def _ways_table(ways: Sequence[Way], results: Results) -> str:
    return table(_HEAD, (_row(way, results.by_name.get(way.name, Result())) for way in ways))


def _row(way: Way, result: Result) -> Sequence[str]:
    each = duration(result.median / way.reports) if way.reports and result.seconds else "–"
    peak = f"{result.peak:.0f} MiB" if result.peak is not None else "–"
    return (f"`{way.name}`", way.does, times(result), each, peak)


def _warned(setting: Setting) -> list[str]:
    """A run of few reports pays the start of every process with few of them."""
    if setting.reports == MEANT_FOR:
        return []
    return [f"The targets are meant for {MEANT_FOR} reports; this run had {setting.reports}: it says little of them."]


def _targets_table(setting: Setting, results: Results) -> str:
    wanted = targets(setting.reports, max(setting.sizes))
    rows = ((target.says, target.wanted, *target.judged(results)) for target in wanted)
    return table(("what", "target", "measured", "result"), rows)


def _cells_of(setting: Setting, results: Results) -> str:
    try:
        return f" and take {duration(results.seconds('floor-cells') / setting.reports)} a report in a warm kernel"
    except MissingError:
        return ""


def _floor_words(results: Results) -> str:
    words = (
        "The work that no build can leave out: the cells of every report as papermill times them in a kernel that has "
        "its imports, then HTML and PDF of documents that are read already, each measured alone"
    )
    try:
        return f"{words}. Shared out to {results.cores} cores without loss it takes {duration(results.floor())}."
    except MissingError as error:
        return f"{words}. It has no sum here: {error}."


def _above_the_floor(setting: Setting, results: Results) -> list[str]:
    """Say what a build takes beyond the floor, and what would be needed to take less."""
    many = f"reports-{max(setting.sizes)}"
    try:
        slope, once = results.slope("warm", many), results.paid_once("warm", many)
        floor, whole = results.floor() / setting.reports, results.seconds("warm")
    except MissingError:
        return []
    return [
        f"Above the floor: of the {duration(whole)} of `warm`, {duration(once)} are paid once, and each report takes "
        f"{duration(slope)}, {slope / floor:.1f} times its floor of {duration(floor)} (from the slope between "
        f"{setting.reports} and {max(setting.sizes)} reports). Paid once: until the first cell begins, one core "
        "imports pandas, matplotlib and ipykernel in the process that kernels are forked from, the other papermill; "
        "beside the first cells `data/` is validated and the typeface cut; and while the last report ends a core is "
        "idle. Paid by each report: forking and ending its kernel, and papermill's messages. To come nearer to the "
        "floor with few reports, the imported process would have to outlive a build, and `data/` to be known as "
        "valid: both are so under `--watch`."
    ]


def _method(setting: Setting, cores: int) -> str:
    repeated = f"up to {setting.repeat} times" if setting.repeat > 1 else "once"
    points = [
        f"Measured on {setting.day}. Each way was timed {repeated}, in rounds: every way once, then every way again, "
        "so that what else the machine does hits all alike. What prepares a way is not timed.",
        "The stock tools make HTML only; `briefings build` makes HTML, an accessible PDF, the facts and the index in "
        "the time given.",
        "Bytecode of all packages and of the library is compiled first. On a machine that cannot keep bytecode, every "
        "command of the stock tools compiles its imports again, and the comparison would flatter the build.",
        f"`briefings build` runs one report a core, here {cores}, unless `--jobs` says otherwise. From nothing means "
        "that the folder of the edition was empty and no process was running, warm kernels included.",
        "Memory was sampled in a run of its own that is not timed: proportional set sizes of all processes of a way, "
        "added up; the highest sum counts. Processes are found by their parents and by their sessions.",
        f"Under `--watch` the build has waited at least {PAUSE} s, and has built nothing before, when the notebook is "
        "saved. The time ends when the pages of all languages are announced.",
        "The template is changed in a copy of the library. Every way must say that it did what it is named for (how "
        "many reports were built, exported or up to date), or it counts as failed.",
        "Dask's scheduler and its workers run on the same machine; their start is not timed, their memory is included. "
        "They are started as README says, and have made no report when the build begins.",
    ]
    return "\n".join(f"- {point}" for point in points)
