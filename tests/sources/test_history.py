"""Earlier versions of the raw files: which file stood on a day, and that each table is seen as it then was."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from analysis.package.known import KNOWN_FROM, KNOWN_UNTIL, STATE, as_known
from analysis.package.metadata import Metadata
from analysis.package.reading import typed
from analysis.package.vintages import Entry, in_force
from analysis.sources.history import History, dated_states, histories
from analysis.sources.package import csv_bytes, read_metadata, resource
from analysis.sources.raw.addresses import METADATA, RawFile, adapter, raw_files
from analysis.sources.raw.reading import SourceError

CLAIMS = "unhcr-rdf/asylum_applications_mexico.csv"


@pytest.fixture
def archive(tmp_path: Path, fixtures: Path) -> Path:
    """Two versions of UNHCR's claims and one of its stock: in the second one a hundred claims are ninety."""
    for day, file in (
        ("2024-06-01", CLAIMS),
        ("2025-06-01", CLAIMS),
        ("2025-01-01", "unhcr-rdf/population_mexico.csv"),
    ):
        folder = tmp_path / "unhcr-rdf" / day
        folder.mkdir(parents=True)
        shutil.copy(fixtures / file, folder)
    revised = tmp_path / "unhcr-rdf" / "2025-06-01" / Path(CLAIMS).name
    revised.write_text(revised.read_text(encoding="utf-8").replace(",P,100", ",P,90"), encoding="utf-8")
    return tmp_path


def test_a_file_is_that_of_the_newest_folder_not_later(archive: Path, fixtures: Path) -> None:
    """One that has later versions only is not there; one of which there is no version at all is that of today."""
    files = [RawFile("unhcr", path, "") for path in (CLAIMS, "unhcr-rdf/population_mexico.csv", "unhcr-rdf/other.csv")]
    states = {
        day: {path: file.parent.name for path, file in s.items()} for day, s in dated_states(files, archive, fixtures)
    }
    assert states == {
        "2024-06-01": {CLAIMS: "2024-06-01", "unhcr-rdf/other.csv": "unhcr-rdf"},
        "2025-01-01": {
            CLAIMS: "2024-06-01",
            "unhcr-rdf/population_mexico.csv": "2025-01-01",
            "unhcr-rdf/other.csv": "unhcr-rdf",
        },
        "2025-06-01": {
            CLAIMS: "2025-06-01",
            "unhcr-rdf/population_mexico.csv": "2025-01-01",
            "unhcr-rdf/other.csv": "unhcr-rdf",
        },
    }


def test_a_revised_value_is_logged_as_it_was(archive: Path, fixtures: Path) -> None:
    """From the day of the first version to that of the second; a table that lacks its files then has no release."""
    found = histories("unhcr", archive, fixtures, {})
    claims = found["asylum_claims_year"]
    assert [release.known_from for release in claims.releases] == ["2024-06-01", "2025-06-01"]
    assert claims.log == [Entry(("2024", "CUB"), ("120",), "2024-06-01", "2025-06-01")]
    assert [release.known_from for release in found["protection_stock_year"].releases] == ["2025-01-01"]


def test_a_version_that_is_left_out_is_no_release(archive: Path, fixtures: Path) -> None:
    """A slip of who compiled it is no revision."""
    left_out = {("asylum_claims_year", "2025-06-01"): "a slip"}
    claims = histories("unhcr", archive, fixtures, left_out)["asylum_claims_year"]
    assert ([release.known_from for release in claims.releases], claims.log) == (["2024-06-01"], [])


def test_a_version_that_cannot_be_read_is_named(archive: Path, fixtures: Path) -> None:
    """With its day, so that it can be left out with a reason, or the adapter be taught."""
    odd = archive / "unhcr-rdf" / "2025-06-01" / Path(CLAIMS).name
    odd.write_text(odd.read_text(encoding="utf-8").replace("applied", "claimed"), encoding="utf-8")
    with pytest.raises(SourceError, match=r"unhcr, the version of 2025-06-01: .*column 'applied' is missing"):
        histories("unhcr", archive, fixtures, {})


def seen(history: History, metadata: Metadata, day: str) -> pd.DataFrame:
    """The table as the last release left it, seen as of a day."""
    names = [*metadata.key, *(name for name in metadata.fields if name not in metadata.key)]
    today = pd.DataFrame([(*key, *row.cells) for key, row in history.rows.items()], columns=names, dtype=str)
    blank = ("",) * (len(names) - len(metadata.key))
    told = pd.DataFrame([(*e.key, *(e.cells or blank)) for e in history.log], columns=names, dtype=str)
    log = typed(told, metadata, "log").assign(
        **{
            KNOWN_FROM: pd.to_datetime([e.known_from for e in history.log]),
            KNOWN_UNTIL: pd.to_datetime([e.known_until for e in history.log]),
            STATE: [e.state for e in history.log],
        }
    )
    stood = in_force(history.releases, day)
    assert stood is not None
    return as_known(typed(today, metadata, "today"), log, stood, metadata, pd.Timestamp(day))


@pytest.mark.parametrize(
    ("source", "table"),
    [("unhcr", "asylum_claims_year"), ("upm", "irregular_events_month"), ("sesnsp", "trafficking_victims_state_year")],
)
def test_each_version_is_seen_as_its_files_give_it(
    vintages_folder: Path, raw_folder: Path, tmp_path: Path, source: str, table: str
) -> None:
    """Value for value, on the day of every version of the real files; tables that cannot be read are left out."""
    described = read_metadata(METADATA / f"{source}.toml")
    item = next(each for each in described["tables"] if each["name"] == table)
    states = list(dated_states(raw_files([source]), vintages_folder, raw_folder))
    others = {(each["name"], day): "" for each in described["tables"] if each is not item for day, _ in states}
    history = histories(source, vintages_folder, raw_folder, others)[table]
    for day, state in states[-4:]:
        folder = tmp_path / day
        for path, file in state.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).symlink_to(file)
        content = csv_bytes(adapter(source).tables(folder)[table], item)
        metadata = Metadata(resource(item, described, "", content))
        read = pd.read_csv(BytesIO(content), dtype=str, keep_default_na=False)
        pd.testing.assert_frame_equal(
            _by_key(seen(history, metadata, day), metadata),
            _by_key(typed(read, metadata, table), metadata),
            check_dtype=False,
        )


def _by_key(frame: pd.DataFrame, metadata: Metadata) -> pd.DataFrame:
    return frame[list(metadata.fields)].sort_values(metadata.key).reset_index(drop=True)
