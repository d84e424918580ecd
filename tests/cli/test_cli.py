"""The command `briefings` finds its commands in its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import cli

COMMAND = '''"""Say where the project is."""

PLACE = 0


def add_arguments(parser):
    parser.add_argument("greeting")


def run(arguments, root):
    print(arguments.greeting, root.name)
    return 3
'''


def test_a_module_in_the_folder_is_a_command(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing else names it: its docstring is its help, and it is given its arguments and the project."""
    (tmp_path / "where.py").write_text(COMMAND, encoding="utf-8")
    monkeypatch.setattr(cli, "__path__", [*cli.__path__, str(tmp_path)])
    monkeypatch.chdir(root / "notebooks")
    assert cli.main(["where", "in"]) == 3
    assert capsys.readouterr().out == f"in {root.name}\n"
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert "    where     say where the project is\n    build " in capsys.readouterr().out


def test_a_number_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything begins, in a sentence that quotes it."""
    with pytest.raises(SystemExit):
        cli.main(["build", "--jobs", "0"])
    assert "'0' is not a number of at least 1" in capsys.readouterr().err
