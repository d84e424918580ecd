"""Write the table of sources in data/README.md again: `python -m tests.sources.catalogue`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from analysis.sources.package import read_metadata
from analysis.sources.raw.addresses import METADATA, RawFile, raw_files, source_names

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "data" / "README.md"
FIXTURES: Final = Path(__file__).parent / "fixtures"
_START: Final = "<!-- sources: python -m tests.sources.catalogue -->\n"
_END: Final = "<!-- end of sources -->\n"
_HEAD: Final = "| source | adapter | how its files are obtained | licence | updates | invented files of its tests |\n"
_WAYS: Final = {"as is": "file", "R data": "R data"}


def row(name: str) -> str:
    """Return the row of one adapter."""
    metadata = read_metadata(METADATA / f"{name}.toml")
    titles = dict.fromkeys(f"[{s['title']}]({s['path']})" for s in metadata["resource"]["sources"])
    given = metadata["provenance"]
    folders = dict.fromkeys(file.path.partition("/")[0] for file in raw_files([name]))
    cells = (
        "; ".join(titles),
        f"`{name}`",
        "; ".join(dict.fromkeys(_way(file) for file in raw_files([name]))),
        str(given["licence"]["en"] if isinstance(given["licence"], dict) else given["licence"]),
        str(given["update_period"]),
        ", ".join(f"`{folder}`" for folder in folders if (FIXTURES / folder).is_dir()),
    )
    return "| " + " | ".join(cells) + " |"


def _way(file: RawFile) -> str:
    if file.by_hand:
        return f"by hand from <{file.url}>"
    return f"{_WAYS.get(file.reads, 'interface')} at <{file.url}>" + (
        f", with the key in `{file.key}`" if file.key else ""
    )


def table() -> str:
    """Return the table, with the marks around it."""
    rows = "\n".join(row(name) for name in source_names())
    return f"{_START}\n{_HEAD}|---|---|---|---|---|---|\n{rows}\n\n{_END}"


def page() -> str:
    """Return data/README.md with the table of now."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(_START)
    return before + table() + rest.partition(_END)[2]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
