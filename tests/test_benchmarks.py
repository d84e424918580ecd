"""The pure parts of the benchmark: what is read from /proc, figures, targets, the page, and the notebook measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import main
from tests.benchmarks.floor import durations
from tests.benchmarks.memory import Process, Sampler, parse_pss, parse_stat, tree
from tests.benchmarks.notebook import as_notebook, benchmark_notebook, edited
from tests.benchmarks.page import Setting, duration, page, table, times
from tests.benchmarks.project import benchmark_project, edition_project
from tests.benchmarks.results import MissingError, Result, Results
from tests.benchmarks.running import BenchmarkError, environment, peak_memory, run, seconds
from tests.benchmarks.targets import Target, targets
from tests.benchmarks.ways import Way

SMAPS = """5562-7ffd ---p 00000000 00:00 0 [rollup]
Rss:                3848 kB
Pss:                1051 kB
Pss_Dirty:           432 kB
"""


def results(**medians: float) -> Results:
    """Results of four reports a way on two cores, each way timed three times around its median."""
    return Results(
        {name.replace("_", "-"): Result([m, 0.9 * m, 1.2 * m], 512, 4) for name, m in medians.items()}, cores=2
    )


# -- memory -----------------------------------------------------------------------------------------------------------


def test_a_process_is_read_whatever_its_program_is_called() -> None:
    """Parentheses and spaces in the name of a program do not shift the fields."""
    assert parse_stat("42 (odd) name (x) S 7 40 39 0 -1 4194560") == Process(pid=42, parent=7, session=39)


def test_the_proportional_set_size_is_read() -> None:
    """The line Pss counts, not those that begin alike; a file that could not be read is nothing."""
    assert parse_pss(SMAPS) == 1051
    assert parse_pss("") == 0


def test_a_tree_holds_children_and_sessions_and_nothing_else() -> None:
    """A grandchild in a session of its own belongs to it, so does what that session holds; a neighbour does not."""
    processes = [
        Process(30, 20, 30),  # a kernel, child of the fork server, which leads a session
        Process(31, 1, 30),  # what a kernel has started and left behind
        Process(20, 10, 10),
        Process(10, 2, 10),
        Process(2, 1, 2),  # who measures
        Process(50, 2, 50),
    ]
    sessions: set[int] = set()
    assert tree(processes, [10], sessions) == {10, 20, 30, 31}
    assert sessions == {10, 30}


def test_a_process_is_found_again_after_its_parents_have_ended() -> None:
    """What was seen once is known by its session."""
    assert tree([Process(31, 1, 30)], [10], {10, 30}) == {10, 31}


def test_memory_of_a_child_in_its_own_session_is_counted(tmp_path: Path) -> None:
    """A process that holds 64 MiB, started by another in a new session, shows in the peak."""
    child = "import time; held = bytearray(b'x' * 2**26); time.sleep(0.6)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], start_new_session=True)"
    assert 64 < run(peak_memory, [sys.executable, "-c", code], tmp_path, os.environ) < 256


def test_a_sampler_ends_with_what_it_measures() -> None:
    """Leaving it ends its thread; nothing was there to be counted."""
    with Sampler([]) as sampler:
        time.sleep(0.1)
    assert sampler.peak == 0


# -- running ----------------------------------------------------------------------------------------------------------


def test_the_time_of_a_command_is_measured(tmp_path: Path) -> None:
    """Wall time, start of the process included."""
    assert 0.2 <= run(seconds, ["sleep", "0.2"], tmp_path, os.environ) < 5


@pytest.mark.parametrize(("command", "says"), [("exit 3", ""), ("echo 19 built", "20 built")])
def test_a_command_that_does_something_else_is_an_error(tmp_path: Path, command: str, says: str) -> None:
    """Neither a failure nor another outcome passes for a measurement."""
    with pytest.raises(BenchmarkError, match="sh ended with"):
        run(seconds, ["sh", "-c", command], tmp_path, os.environ, says=says)


def test_what_is_measured_may_write_bytecode(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The environment neither forbids bytecode nor leads to another library."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    variables = environment(tmp_path)
    assert "PYTHONDONTWRITEBYTECODE" not in variables
    assert variables["PYTHONPATH"] == str(tmp_path)


# -- notebook and projects --------------------------------------------------------------------------------------------


def test_a_script_becomes_a_notebook() -> None:
    """Cells begin at their marks, what stands before the first is left out, and the parameters are tagged."""
    cells = json.loads(as_notebook('"""About."""\n\n# %% parameters\nn: int = 1\n\n# %% use\nn\n'))["cells"]
    assert [(c["id"], c["source"], c["metadata"]) for c in cells] == [
        ("parameters", "n: int = 1", {"tags": ["parameters"]}),
        ("use", "n", {}),
    ]


def test_copies_differ() -> None:
    """Each copy is about another year."""
    assert benchmark_notebook(0) != benchmark_notebook(1)


def test_each_edit_changes_the_notebook_once() -> None:
    """A later edit takes the place of the one before."""
    first, second = (edited(edited(benchmark_notebook(0), "0"), mark) for mark in ("1", "2"))
    assert first != second
    assert (first.count("# edited"), second.count("# edited")) == (1, 1)


def test_a_project_has_its_copies_and_its_editions(tmp_path: Path) -> None:
    """The default edition is about the country; larger ones have states besides."""
    from analysis.build.editions import read_edition, reports_of

    project = benchmark_project(tmp_path / "project", 2, (1, 3))
    assert len(reports_of(project.root, read_edition(project.root))) == project.reports == 4
    assert len(reports_of(project.root, read_edition(project.root, "places-3"))) == 12
    assert (project.root / "notebooks" / f"{project.edits}.ipynb").is_file()


def test_the_author_edits_a_notebook_and_a_template(tmp_path: Path) -> None:
    """Both are changed in the scratch project alone."""
    project = edition_project(tmp_path / "project", ["05_assistance_protection"])
    notebook = project.root / "notebooks" / "05_assistance_protection.ipynb"
    before = notebook.read_text(encoding="utf-8")
    project.edit_notebook()
    project.change_template()
    assert notebook.read_text(encoding="utf-8") != before
    templates = [p for p in project.source.rglob("*.j2") if "{# changed " in p.read_text(encoding="utf-8")]
    assert [path.name for path in templates] == ["briefing.html.j2"]


def test_durations_of_cells_are_added_up() -> None:
    """Cells that were not run have none."""
    cells = [{"metadata": {"papermill": {"duration": seconds}}} for seconds in (0.5, None, 0.25)]
    assert durations({"cells": [*cells, {"metadata": {}}]}) == 0.75


# -- figures, targets, page -------------------------------------------------------------------------------------------


def test_figures_come_from_medians() -> None:
    """The median of three, for each report, and the floor shared out to the cores."""
    measured = results(warm=8.0, floor_cells=4.0, floor_html=1.0, floor_pdf=1.0)
    assert (measured.seconds("warm"), measured.each("warm"), measured.floor()) == (8, 2, 3)
    assert measured.memory("warm") == 512


@pytest.mark.parametrize(
    ("result", "reason"), [(None, "dask not measured"), (Result(missing="no scheduler"), "no scheduler")]
)
def test_a_figure_that_was_not_measured_says_why(result: Result | None, reason: str) -> None:
    """What is missing is not taken for nought."""
    with pytest.raises(MissingError, match=reason):
        Results({"dask": result} if result else {}, cores=2).seconds("dask")


@pytest.mark.parametrize(
    ("at_least", "value", "met"), [(True, 10, True), (True, 9.9, False), (False, 10, True), (False, 10.1, False)]
)
def test_a_target_is_met_up_to_its_limit(at_least: bool, value: float, met: bool) -> None:
    """The limit itself meets it, whichever side is good."""
    assert Target("", "s", 10, lambda r: value, at_least).met_by(value) is met


def test_targets_are_judged_by_ratios_of_one_run() -> None:
    """Faster than stock, growth as a difference in percent, and plain words where something is missing."""
    judged = {t.says: t.judged(results(stock_serial=88.0, warm=8.0, reports_12=9.0)) for t in targets(4, 12)}
    outcomes = {says.split(": ")[-1]: outcome for says, outcome in judged.items()}
    assert outcomes["faster than the stock tools one after the other, HTML only"] == ("11.0 times", "met")
    assert outcomes["time for each report, 12 against 4"] == ("+12.5 %", "met")
    assert outcomes["`briefings --help`"] == ("–", "not measured: help not measured")


def test_a_target_that_is_missed_says_so() -> None:
    """A miss stands out."""
    (judged,) = [t.judged(results(no_op=1.5)) for t in targets(4, 12) if "nothing changed" in t.says]
    assert judged == ("1.50 s", "**missed**")


def test_times_say_their_spread() -> None:
    """Median, lowest and highest; one alone where there is one; why where there is none."""
    assert times(Result([3.0, 1.0, 2.0])) == "2.00 s (1.00 s to 3.00 s; 3)"
    assert times(Result([12.345])) == "12.3 s (once)"
    assert times(Result(missing="failed")) == "failed"
    assert duration(0.037) == "0.04 s"


def test_tables_are_markdown() -> None:
    """A head, a rule, a line a row."""
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_what_is_paid_once_comes_from_the_slope() -> None:
    """Four reports in 3 s and twenty in 11 s: half a second each, and one second paid once."""
    found = Results({"warm": Result([3.0], reports=4), "reports-20": Result([11.0], reports=20)}, cores=2)
    assert found.slope("warm", "reports-20") == 0.5
    assert found.paid_once("warm", "reports-20") == 1.0


def test_the_page_has_each_way_and_each_target() -> None:
    """Ways that were not measured stand there too, and every table is whole."""
    ways = [Way("warm", "benchmark", "does it", lambda meter: 0.0, 4), Way("cold", "benchmark", "too", lambda meter: 0)]
    setting = Setting("2026-06-30", 3, 2, [8, 12], 4, {"Cores": "2"})
    written = page(setting, ways, results(warm=8.0))
    assert "| `warm` | does it | 8.00 s (7.20 s to 9.60 s; 3) | 2.00 s | 512 MiB |" in written
    assert "| `cold` | too | not measured | – | – |" in written
    assert "The targets are meant for 20 reports; this run had 4" in written
    assert "Measured on 2026-06-30. Each way was timed up to 3 times" in written
    assert all(target.says in written for target in targets(4, 12))


def test_an_unknown_way_is_refused() -> None:
    """The names that exist are told, before anything is measured."""
    with pytest.raises(SystemExit, match=r"there is no way 'hot': choose from .*warm"):
        main(["--quick", "--only", "hot"])


def test_the_floor_can_be_run_by_itself(root: Path) -> None:
    """The module that the floor is measured in imports nothing of the library before it is asked to."""
    code = "import sys, tests.benchmarks.floor; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
