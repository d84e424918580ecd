"""Refreshing the data package."""

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from analysis.sources.package import read_metadata
from analysis.sources.publishers import undesa, unhcr
from analysis.sources.raw.addresses import METADATA, adapter, source_names
from analysis.sources.raw.reading import SourceError
from analysis.sources.refresh import refresh as refresh_on
from analysis.sources.revisions import Change, compare
from tests.sources.conftest import TODAY

pytestmark = pytest.mark.slow


def refresh(raw: Path, data: Path, sources: list[str] | None = None, **more: Any) -> list[Change]:
    """Refresh on a day after all versions in use, accepting nothing; return the changes."""
    done = refresh_on(raw, data, sources, today=TODAY, **more)
    assert done.suspicions == []
    return done.changes


@pytest.fixture
def package(tmp_path: Path, made: Path) -> Path:
    """A copy of that package."""
    return Path(shutil.copytree(made, tmp_path / "data"))


def _files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_nothing_changes_when_the_raw_files_do_not(package: Path, fixtures: Path) -> None:
    """A second refresh reports no change and leaves every byte as it was; nothing temporary stays."""
    before = _files(package)
    assert refresh(fixtures, package) == []
    assert _files(package) == before
    assert not [name for name in before if ".refresh-" in name]


def test_additions_and_revisions_are_told_apart(package: Path, fixtures: Path, tmp_path: Path) -> None:
    """A new row is added, a changed value revised with both values, a row that is gone removed."""
    raw = tmp_path / "raw"
    shutil.copytree(fixtures, raw)
    file = raw / unhcr.APPLICATIONS
    text = file.read_text(encoding="utf-8").replace("FI,P,80", "FI,P,85").replace(",NAM,NAM,", ",CHL,CHL,")
    file.write_text(text, encoding="utf-8")
    assert refresh(raw, package, ["unhcr"]) == [
        Change("asylum_claims_year", "removed", "year=2024, nationality=NAM", old="claims=5"),
        Change("asylum_claims_year", "revised", "year=2023, nationality=CUB", "claims", "80", "85"),
        Change("asylum_claims_year", "added", "year=2024, nationality=CHL", new="claims=5"),
    ]
    assert "2023,CUB,85" in (package / "tables/asylum_claims_year.csv").read_text(encoding="utf-8")


def test_without_writing_changes_are_only_shown(package: Path, raw_folder: Path) -> None:
    """A dry run reports what would change and writes nothing."""
    before = _files(package)
    changes = refresh_on(raw_folder, package, ["conapo"], today=TODAY, write=False).changes
    assert {change.table for change in changes} == {"population_state_year"}
    assert _files(package) == before


def test_one_source_leaves_the_others_alone(package: Path, fixtures: Path, tmp_path: Path) -> None:
    """Refreshing one source needs no raw file of another and keeps their tables and descriptions."""
    raw = tmp_path / "raw"
    shutil.copytree(fixtures / "conapo-poblacion", raw / "conapo-poblacion")
    before = _files(package)
    assert refresh(raw, package, ["conapo"]) == []
    assert _files(package) == before


def test_a_missing_raw_file_writes_nothing(package: Path, fixtures: Path, tmp_path: Path) -> None:
    """When one raw file is missing no table is written, not even those whose files are there."""
    raw = tmp_path / "raw"
    shutil.copytree(fixtures, raw)
    revised = raw / "conapo-poblacion/conapo_pob_ent_gender_1950_2070.csv"
    revised.write_text(revised.read_text(encoding="utf-8").replace(",1000\n", ",1001\n"), encoding="utf-8")
    (raw / unhcr.POPULATION).unlink()
    before = _files(package)
    with pytest.raises(SourceError, match=r"missing: unhcr-rdf/population_mexico\.csv: run `briefings refresh unhcr`"):
        refresh(raw, package)
    assert _files(package) == before


def test_an_unknown_source_is_named(package: Path, fixtures: Path) -> None:
    """A source that does not exist is an error that lists those that do."""
    with pytest.raises(SourceError, match="there is no source 'nobody'; the sources are attitudes, banxico, cbp"):
        refresh(fixtures, package, ["nobody"])


def test_a_missing_compiled_table_is_an_error(package: Path, fixtures: Path) -> None:
    """A compiled table cannot be made anew, so its absence stops the refresh."""
    (package / "compiled/asylum_office_period.csv").unlink()
    with pytest.raises(SourceError, match=r"compiled/asylum_office_period\.csv: the compiled table is missing"):
        refresh(fixtures, package)


@pytest.mark.parametrize("name", source_names())
def test_each_listed_raw_file_is_needed(name: str, fixtures: Path, tmp_path: Path) -> None:
    """The files that a metadata file lists are those its adapter reads, each with an official address."""
    for file in read_metadata(METADATA / f"{name}.toml")["files"]:
        raw = Path(shutil.copytree(fixtures, tmp_path / Path(file["path"]).name))
        (raw / file["path"]).unlink()
        with pytest.raises(SourceError, match=f"{re.escape(file['path'])}: the raw file is missing"):
            dict(adapter(name).tables(raw))
        assert file["url"].startswith("https://")


def test_changed_metadata_are_reported(package: Path, fixtures: Path) -> None:
    """A caveat that changed is a change too, though no value did."""
    path = package / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["resources"][0]["title"] = "Otro"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert refresh(fixtures, package) == [Change(content["resources"][0]["name"], "metadata")]


def test_a_column_that_is_new_is_a_revision() -> None:
    """A column added to a table shows with its values."""
    changes = compare("t", ["year"], b"year,a\n2024,1\n", b"year,a,b\n2024,1,2\n")
    assert changes == [Change("t", "revised", "year=2024", "b", "", "2")]


def test_the_committed_package_is_what_refresh_makes(raw_folder: Path, data_folder: Path, tmp_path: Path) -> None:
    """From the real raw files refresh makes the committed tables and descriptor, byte for byte."""
    made = tmp_path / "data"
    shutil.copytree(data_folder / "compiled", made / "compiled")
    refresh(raw_folder, made)
    committed = {name: data for name, data in _files(data_folder).items() if name.endswith((".csv", ".json"))}
    assert _files(made) == committed


def test_an_edited_compiled_table_is_described_anew(package: Path, fixtures: Path) -> None:
    """Rows typed in by hand are said and the descriptor learns their new digest."""
    path = next((package / "compiled").glob("*.csv"))
    path.write_bytes(path.read_bytes() + path.read_bytes().splitlines(keepends=True)[-1])
    changes = refresh(fixtures, package)
    assert [(change.table, change.kind) for change in changes] == [(path.stem, "edited")]
    assert refresh(fixtures, package) == []


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("datapackage.json", "datapackage.json is not a data package"),
        ("tables/asylum_claims_year.csv", "asylum_claims_year: the committed table is no CSV file"),
    ],
)
def test_damaged_data_are_said_before_anything_is_compared(
    file: str, sentence: str, package: Path, fixtures: Path
) -> None:
    """Restoring is for git, not for a refresh."""
    (package / file).write_bytes(b"\xff\x00[")
    with pytest.raises(SourceError, match=sentence):
        refresh(fixtures, package, ["unhcr"])


def test_the_descriptor_says_of_which_raw_files_a_table_is(package: Path, fixtures: Path, tmp_path: Path) -> None:
    """Other ones were accessed today; a table that differs is a version of today, one that does not keeps its own."""
    raw = tmp_path / "raw"
    shutil.copytree(fixtures, raw)
    file = raw / unhcr.APPLICATIONS
    file.write_text(file.read_text(encoding="utf-8").replace("FI,P,80", "FI,P,85"), encoding="utf-8")
    before = provenances(package)
    refresh(raw, package, ["unhcr"])
    after = provenances(package)
    claims, stock = after["asylum_claims_year"], after["protection_stock_year"]
    assert (claims["version"], claims["date_accessed"]) == ("2026-12-01", "2026-12-01")
    assert stock["version"] == before["protection_stock_year"]["version"]
    assert stock["date_accessed"] == "2026-12-01"
    assert after["remittances_month"] == before["remittances_month"]
    recorded = {entry["path"]: entry for entry in claims["raw_files"]}[unhcr.APPLICATIONS]
    assert recorded["bytes"] == file.stat().st_size
    assert recorded["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert refresh(raw, package, ["unhcr"]) == []
    assert provenances(package) == after


def test_a_correction_within_an_edition_keeps_its_name(package: Path, fixtures: Path, tmp_path: Path) -> None:
    """UN DESA's edition is a year that the briefings print, not the day of a file."""
    raw = tmp_path / "raw"
    shutil.copytree(fixtures, raw)
    file = raw / undesa.STOCK
    file.write_text(file.read_text(encoding="utf-8").replace("USA,male,50", "USA,male,51"), encoding="utf-8")
    before = provenances(package)["foreign_born_year"]
    assert refresh(raw, package, ["undesa"]) != []
    after = provenances(package)["foreign_born_year"]
    assert (after["version"], after["date_published"]) == (before["version"], before["date_published"])
    assert (len(after["version"]), after["date_accessed"]) == (4, "2026-12-01")


def provenances(package: Path) -> dict[str, Any]:
    """Where each table is from, as the descriptor says."""
    content = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    return {item["name"]: item["provenance"] for item in content["resources"]}
