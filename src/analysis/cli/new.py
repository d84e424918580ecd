"""Write the notebook of a new theme, which already builds in both languages."""

import argparse
from pathlib import Path

PLACE = 7


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say its name."""
    parser.add_argument("slug", metavar="SLUG", help="its name, such as family_return; the number comes by itself")


def run(arguments: argparse.Namespace, root: Path) -> int:
    """Write the notebook, and say what to do with it."""
    from analysis.build.theme import new_theme

    path = new_theme(root, arguments.slug)
    print(
        f"{path.relative_to(root)} is written. `briefings build {arguments.slug}` builds it as it stands; "
        "docs/a-theme-in-an-hour.md goes through it cell by cell. Its Spanish title and its scope stand in [brackets]: "
        "write your own, `briefings check` asks for them."
    )
    return 0
