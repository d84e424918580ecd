"""The command `briefings`: a module of this folder whose name begins with a letter is a command.

Such a module has a docstring, which is its help, its PLACE among the commands, `add_arguments` and `run`. Nothing heavy
is imported before a command runs: `--help` answers at once.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from analysis.cli._common import find_project, tell
from analysis.mexico import COUNTRY


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 something failed, 2 it could not start."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments, find_project()))
    except KeyboardInterrupt:
        print("interrupted: what was already built stays", file=sys.stderr)
        return 130
    except Exception as error:
        tell(error, verbose=arguments.verbose)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="briefings",
        description=f"Build, check and refresh the briefings ({COUNTRY.series['en']}).",
        epilog="Start with `briefings build`; every command has its own --help.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in _commands():
        text = module.__doc__ or ""
        name = module.__name__.rpartition(".")[2]
        command = commands.add_parser(name, help=text[:1].lower() + text[1:].rstrip("."), description=text)
        command.add_argument("--verbose", action="store_true", help="show the traceback of an error")
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def _commands() -> list[ModuleType]:
    """Return the modules of the commands in the order of their places."""
    names = [path.stem for folder in __path__ for path in Path(folder).glob("[a-z]*.py")]
    return sorted((import_module(f"{__name__}.{name}") for name in names), key=lambda module: int(module.PLACE))
