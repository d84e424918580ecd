"""The machine on which it was measured, and bytecode compiled beforehand."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final

_PACKAGES: Final = (
    "papermill",
    "nbconvert",
    "nbclient",
    "jupyter_client",
    "ipykernel",
    "pandas",
    "matplotlib",
    "typst",
    "distributed",
)


def compile_bytecode(source: Path, variables: Mapping[str, str]) -> None:
    """Compile every installed package and the library; a file that no Python can compile is passed over."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), str(source)}
    subprocess.run(
        [sys.executable, "-m", "compileall", "-qq", "-j", "0", *sorted(folders)], env=dict(variables), check=False
    )


def cores() -> int:
    """How many cores the benchmark may use."""
    return len(os.sched_getaffinity(0))


def machine() -> dict[str, str]:
    """Return what a reader must know of the machine, by name."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return {
        "Processor": _field(Path("/proc/cpuinfo"), "model name"),
        "Cores": str(cores()),
        "Memory": f"{int(_field(Path('/proc/meminfo'), 'MemTotal').split()[0]) / 1024**2:.1f} GiB",
        "System": f"{platform.system()} {platform.release()}",
        "Python": f"{platform.python_version()} ({platform.python_implementation()})",
        "Packages": packages,
    }


def _field(path: Path, name: str) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "not known")
