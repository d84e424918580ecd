"""Keep what a built edition tells its readers: it is never built again, and later ones compare with it."""

import argparse
from pathlib import Path

from analysis.cli._common import output_argument

PLACE = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which edition."""
    parser.add_argument("edition", metavar="EDITION", help="its name")
    output_argument(parser)


def run(arguments: argparse.Namespace, root: Path) -> int:
    """Keep the edition, and say which files to commit."""
    from analysis.build.editions import read_edition
    from analysis.build.publication import keep

    edition = read_edition(root, arguments.edition)
    folder = (arguments.output or root / "reports") / edition.folder
    kept = keep(root, folder, edition)
    print(f"what edition {edition.name} told its readers is kept in {kept[0].parent}: {len(kept)} files to commit")
    return 0
