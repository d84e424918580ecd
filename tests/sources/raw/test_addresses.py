"""Addresses: how each raw file is obtained, and what the steward is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.sources import publishers
from analysis.sources.raw import addresses
from analysis.sources.raw.addresses import RawFile, adapter, instructions, raw_files, source_names
from analysis.sources.raw.reading import SourceError


@pytest.fixture
def metadata(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of metadata files, still empty."""
    monkeypatch.setattr(addresses, "METADATA", tmp_path)
    return tmp_path


FILE = '[[files]]\npath = "trial/a.csv"\nurl = "https://example.org/a.csv"\n'


def test_a_module_and_metadata_of_the_same_name_are_a_source(metadata: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else names it; metadata or modules alone, such as those of the package, are none."""
    for name in ("trial.toml", "trial.py", "package.toml", "helper.py"):
        (metadata / name).write_text("here = __file__\n" if name == "trial.py" else "", encoding="utf-8")
    monkeypatch.setattr(publishers, "__path__", [str(metadata)])
    assert source_names() == ["trial"]
    assert adapter("trial").here == str(metadata / "trial.py")


def test_a_file_says_how_it_is_obtained(metadata: Path) -> None:
    """What it does not say is as for most files."""
    text = f'{FILE}reads = "R data"\nkeep = ["geo", "MEX"]\nmost_mb = 5\n'
    (metadata / "trial.toml").write_text(text, encoding="utf-8")
    (file,) = raw_files(["trial"])
    assert file == RawFile(
        "trial", "trial/a.csv", "https://example.org/a.csv", reads="R data", keep=("geo", "MEX"), most_mb=5
    )


def test_a_file_of_two_sources_is_obtained_once(metadata: Path) -> None:
    """Population is read by several adapters."""
    for name in ("trial", "other"):
        (metadata / f"{name}.toml").write_text(f'{FILE}reads = "as is"\n', encoding="utf-8")
    assert [file.source for file in raw_files(["trial", "other"])] == ["trial"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", r"trial.toml names no raw file"),
        (FILE, r"trial.toml, trial/a.csv: say either how it is read or how it is saved by hand"),
        (f'{FILE}reads = "as is"\nby_hand = "save it."\n', r"say either how it is read or how it is saved by hand"),
    ],
)
def test_incomplete_metadata_are_said(text: str, sentence: str, metadata: Path) -> None:
    """The message names the metadata file."""
    (metadata / "trial.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=sentence):
        raw_files(["trial"])


def test_the_steward_is_told_what_to_save_and_where() -> None:
    """Or which command fetches it."""
    by_hand = RawFile("trial", "trial/a.csv", "https://example.org", by_hand="save the table of states.")
    assert instructions(by_hand, Path("raw")) == (
        "trial/a.csv: save the table of states. From https://example.org, as raw/trial/a.csv."
    )
    fetched = RawFile("trial", "trial/a.csv", "https://example.org", reads="as is")
    assert "run `briefings refresh trial`" in instructions(fetched, Path("raw"))
