"""Kernels: forked or started afresh, they give the same; none outlives its report, whatever it does."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from analysis.build import kernels
from analysis.build.execute import execute
from analysis.build.kernels import Turns, can_fork
from analysis.export.notebooks import Notebook, Output, Shown, Stream, joined
from analysis.foundation.errors import ExecutionError
from analysis.package.folder import DATA_VARIABLE
from tests.promises import SOAK

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_fork(), reason="this platform cannot fork kernels from a warm process"),
]

Run = Callable[..., Notebook]
PARAMETERS = 'language: str = "es"  # one of: es, en'


@pytest.fixture
def run(tmp_path: Path, new_notebook: Callable[..., Any], code_cell: Callable[..., Any]) -> Run:
    """Execute cells in a kernel and return the notebook."""

    def execute_cells(*cells: str, **options: Any) -> Notebook:
        path = tmp_path / "trial.ipynb"
        made = [code_cell(PARAMETERS, tags=["parameters"]), *(code_cell(cell) for cell in cells)]
        for number, cell in enumerate(made):
            cell |= {"id": f"cell-{number}", "outputs": [], "execution_count": None}
        path.write_text(json.dumps(new_notebook(*made)), encoding="utf-8")
        return execute(path, {}, tmp_path, **options)

    return execute_cells


def printed(notebook: Notebook) -> str:
    """What the last cell printed."""
    return "".join(joined(output.text) for output in last_outputs(notebook) if isinstance(output, Stream))


def last_outputs(notebook: Notebook) -> list[Output]:
    """What the last cell left."""
    *_, (_, cell) = notebook.code
    return cell.outputs


PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]); plt.show()"
STATE = """import os, sys, locale
print(os.getcwd(), sys.argv[1:2], sys.path, os.environ.get("MPLBACKEND"), sys.flags.utf8_mode, locale.getlocale())
print(sorted(k for k in os.environ if "THREADS" in k), multiprocessing_daemon())"""
DAEMON = "import multiprocessing\nmultiprocessing_daemon = lambda: multiprocessing.current_process().daemon"
FRAME = "import pandas as pd\npd.DataFrame({'a': [1]})"


def test_a_warm_kernel_gives_what_a_cold_one_gives(run: Run) -> None:
    """A plain plot is a picture in both, a frame a table, and folder, backend and environment are the same."""
    cells = (DAEMON, STATE, FRAME, PLOT)
    assert run(*cells, kernel="warm") == run(*cells, kernel="cold")


def test_a_plain_plot_is_a_picture(run: Run) -> None:
    """The inline backend is at work in a warm kernel, although matplotlib was imported before it was chosen."""
    shown = last_outputs(run(PLOT, kernel="warm"))[-1]
    assert isinstance(shown, Shown)
    assert "image/png" in shown.data


def test_every_kernel_draws_its_own_random_numbers(run: Run) -> None:
    """The state of numpy and of random is not inherited from the warm process."""
    draw = "import random, numpy\nprint(numpy.random.random(), random.random())"
    assert printed(run(draw, kernel="warm")) != printed(run(draw, kernel="warm"))


def test_a_kernel_is_never_used_twice(run: Run) -> None:
    """A name that one notebook sets is unknown to the next, and so is its process."""
    first = printed(run("import os\nleft = 1\nprint(os.getpid())"))
    second = printed(run("import os\nprint(os.getpid(), 'left' in globals())"))
    assert second != first
    assert second.endswith("False\n")


@pytest.mark.parametrize("kernel", ["warm", "cold"])
def test_the_whole_report_has_a_deadline(run: Run, kernel: kernels.Kernel) -> None:
    """Many short cells may not take forever; the kernel is killed."""
    with pytest.raises(
        ExecutionError,
        match=r"trial\.ipynb took more than 1 seconds as a whole, and was stopped in cell 2 of trial\.ipynb",
    ):
        run("import time\nfor _ in range(600): time.sleep(0.1)", kernel=kernel, deadline=1)


def test_a_kernel_that_ignores_interrupts_is_killed(run: Run, tmp_path: Path) -> None:
    """The limit of a cell holds also where it hears no signal, and its process is gone."""
    deaf = "import os, signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nopen('pid', 'w').write(str(os.getpid()))"
    with pytest.raises(ExecutionError, match=r"cell 3 of trial\.ipynb took more than 1 seconds"):
        run(deaf, "while True: pass", kernel="warm", timeout=1)
    assert is_gone(int((tmp_path / "pid").read_text(encoding="utf-8")))


DEATHS = ["import os\nos._exit(3)", "import os\nos.kill(os.getpid(), 9)"]


@pytest.mark.parametrize("death", DEATHS if SOAK else DEATHS[1:])
def test_a_kernel_that_always_dies_is_said(run: Run, death: str) -> None:
    """After a second try, started afresh, the report fails with one sentence."""
    with pytest.raises(ExecutionError, match=r"the kernel died in cell 2 of trial\.ipynb: its memory may have run out"):
        run(death)


@pytest.mark.parametrize("kernel", ["warm", "cold"])
def test_a_kernel_that_dies_at_its_start_is_said(
    run: Run, kernel: kernels.Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is noticed before it has answered once."""
    monkeypatch.setattr("analysis.build.engine._QUIET", "--IPKernelApp.log_level=none_such")
    with pytest.raises(ExecutionError, match=r"the kernel died in cell 1 of trial\.ipynb"):
        run("print('never')", kernel=kernel)


LARGE = 20_000_000 if SOAK else 2_000_000
"""Letters of a large piece; what a report may show is made as small as the pieces are."""
FLOODS = {
    "line by line": "for _ in range(1_000_000):\n    print('x' * 1000)",
    "in large pieces": f"for _ in range(50):\n    print('x' * {LARGE})",
    "on the error stream": f"import sys\nfor _ in range(1_000):\n    sys.stderr.write('x' * {LARGE // 20})",
    "as a picture": f"for _ in range(100): display({{'text/plain': 'x' * {LARGE // 2}}}, raw=True)",
}


USUAL = [("line by line", "warm"), ("as a picture", "cold")]
FLOODED = [*itertools.product(FLOODS, ("warm", "cold"))] if SOAK else USUAL


@pytest.mark.parametrize(("flood", "kernel"), FLOODED)
def test_a_flood_of_output_is_stopped(
    run: Run, flood: str, kernel: kernels.Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty times what may be printed or shown ends the report, whose cell is named; what was on its way is let go."""
    monkeypatch.setattr(kernels, "_MOST_SHOWN", kernels._MOST_SHOWN * LARGE // 20_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ExecutionError, match=r"cell 3 of trial\.ipynb printed or showed too much"):
        run("print('little')", FLOODS[flood], kernel=kernel)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # kB
    assert grown < 500_000 + LARGE / 10


def test_memory_that_runs_out_is_said(run: Run) -> None:
    """Where the machine refuses more, the cell is named with Python's error."""
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_AS, (8 * 2**30, 8 * 2**30))"
    with pytest.raises(ExecutionError, match=r"cell 3 of trial\.ipynb failed: .*(MemoryError|Unable to allocate)"):
        run(limit, "import numpy\nkept = [numpy.ones(2**30) for _ in range(9)]")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says whom it ends first")
@pytest.mark.parametrize("kernel", ["warm", "cold"])
def test_a_kernel_is_the_first_to_go_when_memory_runs_out(run: Run, kernel: kernels.Kernel) -> None:
    """The system ends it before the build or anything else of the user."""
    assert printed(run("print(open('/proc/self/oom_score_adj').read())", kernel=kernel)).strip() == "1000"


@pytest.mark.parametrize("kernel", ["warm", "cold"])
def test_a_kernel_knows_no_secrets(run: Run, kernel: kernels.Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither tokens and passwords are handed on, nor which folder of data the user has named; the rest is."""
    for name in ("BANXICO_TOKEN", "IDMC_CLIENT_ID", "github_token", "DB_PASSWORD", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "planted")
    monkeypatch.setenv(DATA_VARIABLE, "planted")
    monkeypatch.setenv("OF_THE_USER", "kept")
    said = printed(run("import os\nprint(dict(os.environ))", kernel=kernel))
    assert "planted" not in said
    assert "'OF_THE_USER': 'kept'" in said


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("raise ValueError('a\\x1b[31m\\x00b\\nc')", "ValueError: a [31m b c"),
        ("raise ValueError('x' * 100_000)", "ValueError: " + "x" * 500 + "…"),
    ],
)
def test_what_a_cell_raises_is_one_plain_line(run: Run, cell: str, says: str) -> None:
    """No control character reaches a terminal, and no error fills a screen."""
    with pytest.raises(ExecutionError) as caught:
        run(cell)
    assert str(caught.value) == f"cell 2 of trial.ipynb failed: {says}"


def test_a_kernel_that_dies_once_costs_only_a_second_try(run: Run) -> None:
    """Whatever killed it, the report is made."""
    assert printed(run(once("os._exit(9)") + "print('made')")) == "made\n"


def test_a_warm_process_that_dies_is_replaced(run: Run) -> None:
    """Between two reports nobody notices; during one, the report is run again."""
    assert printed(run("print('one')")) == "one\n"
    os.kill(warm_process(), signal.SIGKILL)
    assert printed(run("print('two')")) == "two\n"
    killing = once("os.kill(os.getppid(), signal.SIGKILL)\n    time.sleep(30)") + "print('three')"
    assert printed(run(killing)) == "three\n"


def once(statement: str) -> str:
    """A cell that runs a statement at its first try alone."""
    return (
        "import os, pathlib, signal, time\n"
        "mark = pathlib.Path('tried')\n"
        f"if not mark.exists():\n    mark.touch()\n    {statement}\n"
    )


def test_nothing_is_left_running(run: Run, tmp_path: Path) -> None:
    """What a cell started ends with its kernel."""
    child = "import subprocess, pathlib\npathlib.Path('child').write_text(str(subprocess.Popen(['sleep', '60']).pid))"
    with pytest.raises(ExecutionError, match="as a whole"):
        run(child, "import time\ntime.sleep(60)", deadline=2)
    assert is_gone(int((tmp_path / "child").read_text(encoding="utf-8")))


@pytest.mark.parametrize("victim", ["the caller", "the warm process"])
def test_a_kernel_ends_with_those_it_comes_from(tmp_path: Path, victim: str) -> None:
    """Killed without a word, neither the process that runs a report nor the one it forks from leaves a kernel."""
    script = (
        "import os, sys, pathlib, time\n"
        "from multiprocessing.forkserver import _forkserver\n"
        "from analysis.build.forks import start, warm_up\n"
        "warm_up()\n"
        "file = pathlib.Path.cwd() / 'connection.json'\n"
        "arguments = ['-m', 'ipykernel_launcher', '-f', str(file), '--IPKernelApp.log_level=50']\n"
        "kernel = start(arguments, dict(os.environ), os.getcwd())\n"
        "while not file.exists(): time.sleep(0.1)\n"
        "print(kernel.pid, _forkserver._forkserver_pid, flush=True)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as caller:
        try:
            assert caller.stdout is not None
            kernel, warm = map(int, caller.stdout.readline().split())
            os.kill(caller.pid if victim == "the caller" else warm, signal.SIGKILL)
            assert is_gone(kernel)
            assert is_gone(warm)
        finally:
            caller.kill()


def side_by_side(tmp_path: Path, turns: Turns | None, cell: str, make: Callable[[str, Path], Path]) -> list[list[str]]:
    """Run a cell in two folders at once; return the words that each printed."""
    folders = [tmp_path / name for name in ("one", "two")]

    def work(folder: Path) -> list[str]:
        folder.mkdir()
        return printed(execute(make(cell, folder), {}, folder, turns=turns)).split()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, folders))


@pytest.fixture
def make(new_notebook: Callable[..., Any], code_cell: Callable[..., Any]) -> Callable[[str, Path], Path]:
    """Write a notebook with one cell into a folder."""

    def write(cell: str, folder: Path) -> Path:
        cells = [code_cell(PARAMETERS, tags=["parameters"]), code_cell(cell)]
        made = [cells[n] | {"id": f"cell-{n}", "outputs": [], "execution_count": None} for n in range(2)]
        path = folder / "trial.ipynb"
        path.write_text(json.dumps(new_notebook(*made)), encoding="utf-8")
        return path

    return write


def test_kernels_side_by_side_stay_in_their_folders(tmp_path: Path, make: Callable[[str, Path], Path]) -> None:
    """Each runs in its own, and the folder of the process that runs them is left alone."""
    here = Path.cwd()
    found = side_by_side(tmp_path, None, "import os, time\ntime.sleep(0.5)\nprint(os.getcwd())", make)
    assert found == [[str(tmp_path / "one")], [str(tmp_path / "two")]]
    assert Path.cwd() == here


@pytest.mark.parametrize(("number", "overlap"), [(1, False), (2, True)])
def test_reports_take_turns_at_their_cells(
    tmp_path: Path, make: Callable[[str, Path], Path], number: int, overlap: bool
) -> None:
    """As many as there are turns run cells at the same time, no more."""
    cell = "import time\nbegun = time.time()\ntime.sleep(1)\nprint(begun, time.time())"
    (_, first_end), (second_begin, _) = sorted(
        [float(word) for word in words] for words in side_by_side(tmp_path, Turns(number), cell, make)
    )
    assert (second_begin < first_end) is overlap


def test_a_failed_report_gives_its_turn_back(run: Run) -> None:
    """The next one runs, though there is a single turn."""
    turns = Turns(1)
    with pytest.raises(ExecutionError, match="ValueError: broken"):
        run("raise ValueError('broken')", turns=turns)
    assert printed(run("print('next')", turns=turns)) == "next\n"


TRANSPORT = """import json
from ipykernel.connect import get_connection_info
info = json.loads(get_connection_info())
print(info['transport'], bool(info['key']), info['ip'])"""


def test_kernels_are_spoken_with_through_files_where_paths_are_short_enough(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere they listen on this machine alone; always a message needs the key."""
    assert printed(run(TRANSPORT)).startswith("ipc True ")
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    assert printed(run(TRANSPORT)) == "tcp True 127.0.0.1\n"


def test_without_forking_kernels_are_started_afresh(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a platform that cannot fork, warm means cold, silently."""
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert not can_fork()
    monkeypatch.setattr("analysis.build.engine.WarmKernelManager", None)
    assert printed(run("print('made')", kernel="warm")) == "made\n"


def warm_process() -> int:
    """The process that kernels are forked from."""
    from multiprocessing.forkserver import _forkserver

    return int(_forkserver._forkserver_pid)


def is_gone(process: int) -> bool:
    """Whether a process ends within five seconds."""
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2] == "Z":
            return True
        time.sleep(0.1)
    return False
