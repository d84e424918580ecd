"""Where each raw file is published, and how it is obtained: what the `files` of the metadata say."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from analysis.sources.package import read_metadata
from analysis.sources.raw.reading import SourceError

METADATA = Path(__file__).parents[1] / "publishers"
"""The folder of the metadata files and of the adapters, the modules beside them that have the same name."""


@dataclass(frozen=True)
class RawFile:
    """One file that an adapter reads.

    Attributes:
        source: The name of the adapter.
        path: The file in the folder of raw files ("publisher/table.csv").
        url: The address of its page or, where it is downloaded, of the file or the first page of the interface.
        reads: How it is made of what the address gives: a key of `convert.READERS`, or the name of a function of the
            adapter that does the same; empty where the steward saves it by hand.
        keep: What is kept of what the address gives: names of columns and, at the end, the value that one of them must
            hold; or what the function of the adapter asks for.
        days: Columns of R data that count days since 1970.
        key: The environment variable that holds the key of the interface; empty where none is needed.
        key_parameter: What the interface calls the key in the query.
        key_page: Where to get that key.
        by_hand: For a file that is saved by hand: what to save.
        most_mb: The most that the address may give, in megabytes.
    """

    source: str
    path: str
    url: str
    reads: str = ""
    keep: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    key: str = ""
    key_parameter: str = ""
    key_page: str = ""
    by_hand: str = ""
    most_mb: int = 60


def source_names() -> list[str]:
    """Return the names of the sources: of the metadata files that have an adapter."""
    return sorted(path.stem for path in METADATA.glob("*.toml") if path.with_suffix(".py").is_file())


def adapter(source: str) -> ModuleType:
    """Return the module of a source, which is imported only now."""
    return import_module(f"analysis.sources.publishers.{source}")


def raw_files(names: Sequence[str]) -> list[RawFile]:
    """Return the raw files of the named adapters, in their order; a file that two of them read is there once.

    Raises:
        SourceError: If the metadata of an adapter name no file, or a file has neither a reader nor instructions.
    """
    found: dict[str, RawFile] = {}
    for name in names:
        files = read_metadata(METADATA / f"{name}.toml").get("files", [])
        if not files:
            raise SourceError(f"{name}.toml names no raw file: add [[files]] with path and url.")
        for given in files:
            lists = {key: tuple(value) for key, value in given.items() if isinstance(value, list)}
            file = RawFile(name, **{**given, **lists})
            if bool(file.reads) == bool(file.by_hand):
                raise SourceError(f"{name}.toml, {file.path}: say either how it is read or how it is saved by hand.")
            found.setdefault(file.path, file)
    return list(found.values())


def adapters_by_table() -> dict[str, str]:
    """Return the name of the adapter that makes each table, by the name of the table."""
    return {
        table["name"]: path.stem
        for path in sorted(METADATA.glob("*.toml"))
        for table in read_metadata(path).get("tables", [])
    }


def instructions(file: RawFile, folder: Path) -> str:
    """Return the sentence that tells the steward how to get a file, and where to put one that is saved by hand."""
    if file.reads:
        return f"{file.path}: run `briefings refresh {file.source}`, which fetches it from {file.url}."
    return f"{file.path}: {file.by_hand} From {file.url}, as {folder / file.path}."
