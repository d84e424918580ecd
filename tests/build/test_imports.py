"""Imports that cost more than what is needed of them are left out, and nothing else is changed by it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest

from analysis.build.imports import interrupts_held_back, not_installed


def asked(code: str) -> object:
    """What a process of its own prints, as JSON."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def test_a_package_is_hidden_for_a_while_only() -> None:
    """Meanwhile it seems not to be installed; afterwards it can be imported, or is the same as before."""
    with not_installed("colorsys"), pytest.raises(ImportError):
        import_module("colorsys")
    assert import_module("colorsys").rgb_to_hsv
    with not_installed("json"), pytest.raises(ImportError):
        import_module("json")
    assert import_module("json") is json


def test_several_threads_may_hide_the_same_package() -> None:
    """One waits for the other; afterwards the package is there."""

    def hide(_: int) -> None:
        with not_installed("colorsys"):
            time.sleep(0.01)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(hide, range(8)))
    assert import_module("colorsys").rgb_to_hsv


def test_jsonschema_is_loaded_without_its_slow_extra() -> None:
    """The grammar is not built, and can be by whoever wants it."""
    code = (
        "import json, sys\n"
        "from analysis.build.imports import load_jsonschema\n"
        "load_jsonschema()\n"
        "print(json.dumps(['jsonschema' in sys.modules, 'rfc3987_syntax' in sys.modules]))"
    )
    assert asked(code) == [True, False]


def test_loading_what_kernels_need_changes_nothing_else() -> None:
    """No thread is started, no figure made, no setting of matplotlib touched, and the debugger stays importable."""
    code = (
        "import json, sys, threading, matplotlib\n"
        "before = dict(matplotlib.rcParams)\n"
        "import analysis.build.preload\n"
        "from matplotlib import _pylab_helpers\n"
        "changed = [k for k, v in matplotlib.rcParams.items() if k != 'backend' and v != before[k]]\n"
        "figures = len(_pylab_helpers.Gcf.get_all_fig_managers())\n"
        "print(json.dumps([changed, threading.active_count(), figures, 'debugpy' in sys.modules]))"
    )
    assert asked(code) == [[], 1, 0, False]


def interrupt() -> None:
    """Interrupt this process, and give it time to notice."""
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.05)


def test_an_interrupt_is_held_back_and_not_lost() -> None:
    """Meanwhile nothing is raised, so that nobody can swallow it; afterwards it is, and the next one at once."""
    passed = []

    def work() -> None:
        with interrupts_held_back():
            interrupt()
            passed.append("all of it")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert passed == ["all of it"]
    with pytest.raises(KeyboardInterrupt):
        interrupt()


def test_an_interrupt_that_is_ignored_stays_so() -> None:
    """A build started in the background of a shell hears no Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interrupts_held_back():
            interrupt()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_other_threads_are_not_held_up() -> None:
    """Only the main thread hears interrupts; elsewhere, as on a worker of a cluster, nothing is changed."""
    handler = signal.getsignal(signal.SIGINT)

    def inside() -> object:
        with interrupts_held_back():
            return signal.getsignal(signal.SIGINT)

    with ThreadPoolExecutor() as pool:
        assert pool.submit(inside).result() is handler
