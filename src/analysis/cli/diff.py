"""What two editions say differently, in sentences and as a page."""

import argparse
from pathlib import Path

from analysis.cli._common import output_argument

PLACE = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which two editions."""
    parser.add_argument("before", metavar="OLD", help="the earlier edition, built or published")
    parser.add_argument("now", metavar="NEW", help="the later edition, built")
    parser.add_argument("--language", choices=("es", "en"), default="es", help="of the sentences printed (default: es)")
    output_argument(parser)


def run(arguments: argparse.Namespace, root: Path) -> int:
    """Print the sentences in one language, and write the page in each."""
    from analysis.build.comparison import compare_editions, page_name, render_comparison, sentences
    from analysis.foundation.files import write_atomically
    from analysis.foundation.words import LANGUAGES

    output = arguments.output or root / "reports"
    names = (arguments.before, arguments.now)
    compared = compare_editions(root, output, *names)
    for item in compared:
        print(f"\n{item.stem}: {item.title(arguments.language)}")
        print("\n".join(f"  {sentence}" for sentence in sentences(item, arguments.language)))
    pages = {
        output / arguments.now / page_name(arguments.before, language): render_comparison(
            compared, *names, root / "data", language
        ).encode()
        for language in LANGUAGES
    }
    write_atomically(pages)
    print("\n" + "\n".join(str(path) for path in pages))
    return 0
