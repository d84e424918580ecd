"""A secret of the environment reaches nothing that is written, shown or said."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.end_to_end.conftest import HEADLINE, PARAMETERS, ROOT, SETUP, SOURCES, Project

SECRET = "planted-4711-secret"
NAMES = ("BANXICO_TOKEN", "IDMC_CLIENT_ID")
TELLING = "import os, sys\nprint(dict(os.environ))\nsys.stderr.write(repr(os.environ))\nprint(os.popen('env').read())"
RAISING = "raise ValueError(str(dict(os.environ)))"


COMMANDS = {
    "cold": [["build", "--kernel", "cold"]],
    "warm": [
        ["build"],
        ["reference", "08_telling"],
        ["check"],
        ["list"],
        ["refresh", "--from", str(ROOT / "tests" / "sources" / "fixtures"), "unhcr"],
        ["refresh", "--from", ".", "banxico", "--verbose"],
    ],
}


@pytest.mark.parametrize("commands", COMMANDS.values(), ids=COMMANDS)
def test_a_planted_secret_is_found_nowhere(project: Project, commands: list[list[str]]) -> None:
    """Notebooks that print and raise the whole environment do not give it away, in files or on the terminal."""
    project.write("08_telling", PARAMETERS, SETUP, TELLING, HEADLINE, SOURCES)
    project.write("09_trial", PARAMETERS, SETUP, TELLING, RAISING, HEADLINE, SOURCES)
    said = ""
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "analysis", *command],
            cwd=project.root,
            env={**os.environ, **dict.fromkeys(NAMES, SECRET)},
            capture_output=True,
            text=True,
            check=False,
        )
        said += done.stdout + done.stderr
    assert "08_telling: built" in said
    assert "FAILED  es/09_trial: cell 4 of 09_trial.ipynb failed: ValueError:" in said
    assert SECRET not in said
    written = [path for path in project.root.parent.rglob("*") if path.is_file()]
    assert [path.name for path in written if SECRET.encode() in path.read_bytes()] == []
    assert any("HOME" in path.read_text(errors="replace") for path in written if path.suffix == ".ipynb")
