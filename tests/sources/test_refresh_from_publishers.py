"""The whole way: publishers that answer over HTTP, the command, the tables, the log."""

from __future__ import annotations

import ast
import csv
import io
import json
import random
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadr
import pytest

from analysis.cli import main
from analysis.foundation.files import finish_replacing
from analysis.package.validation import validate
from analysis.sources import refresh as refreshing
from analysis.sources.publishers import unhcr
from analysis.sources.raw import addresses, transfer
from analysis.sources.raw.addresses import METADATA, RawFile, raw_files, source_names
from tests.killed import killed_after
from tests.promises import RANDOM, Figure, times
from tests.sources.conftest import ROOT
from tests.sources.server import Answer, Publisher, running

pytestmark = pytest.mark.slow

KEYS = ("BANXICO_TOKEN", "IDMC_CLIENT_ID")


@pytest.fixture
def publishers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """All publishers, on this machine; the addresses of the metadata lead there."""
    monkeypatch.setattr(transfer, "FIRST_WAIT", 0.01)
    with running() as server:
        metadata = tmp_path / "metadata"
        shutil.copytree(METADATA, metadata, ignore=shutil.ignore_patterns("__pycache__"))
        for path in metadata.glob("*.toml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(
                re.sub(r'^url = "https://', f'url = "{server.address}/', text, flags=re.M), encoding="utf-8"
            )
        for module in (addresses, refreshing):
            monkeypatch.setattr(module, "METADATA", metadata)
        for key in KEYS:
            monkeypatch.setenv(key, "a-key")
        yield server


@pytest.fixture
def project(tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of the project: what the command needs of it."""
    return project_with(data_folder, tmp_path, monkeypatch)


@pytest.fixture
def tiny(tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose tables are of the invented raw files."""
    return project_with(made, tmp_path, monkeypatch)


def project_with(data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a copy of these data, as the folder in which commands are given."""
    root = folder / "project"
    shutil.copytree(data, root / "data")
    (root / "reports").mkdir()
    shutil.copy(ROOT / "reports" / "editions.toml", root / "reports")
    monkeypatch.chdir(root)
    return root


def serve(publishers: Publisher, raw: Path, names: list[str]) -> None:
    """Have the publishers give the raw files, in their own formats."""
    for file in raw_files(names):
        if file.reads:
            path = file.url.removeprefix(publishers.address).partition("?")[0]
            publishers.answer(path, Answer(published(file, raw), labelled=True))


def published(file: RawFile, raw: Path) -> bytes:
    """What the publisher gives, of which the raw file was made."""
    made = raw / file.path
    if file.reads == "as is":
        return made.read_bytes()
    theirs = made.with_name(file.url.rpartition("/")[2])
    if file.reads == "R data":
        return theirs.read_bytes() if theirs.suffix == ".rda" and theirs.is_file() else as_r_data(made)
    rows = list(csv.DictReader(io.StringIO(made.read_text(encoding="utf-8"))))
    return as_series(rows, file) if file.reads == "monthly_series" else as_pages(rows)


def as_r_data(path: Path) -> bytes:
    """A table as R writes it."""
    frame = pd.read_csv(path, keep_default_na=False, na_values=[""])
    with tempfile.TemporaryDirectory() as scratch:
        pyreadr.write_rdata(f"{scratch}/table.rda", frame)
        return Path(scratch, "table.rda").read_bytes()


def as_series(rows: list[dict[str, str]], file: RawFile) -> bytes:
    """Series of Banco de México, as its interface gives them."""
    series = [
        {
            "idSerie": name,
            "datos": [{"fecha": "/".join(row["PERIODO"].split("-")[::-1]), "dato": row[column]} for row in rows],
        }
        for name, column in zip(file.keep[::2], file.keep[1::2], strict=True)
    ]
    return json.dumps({"bmx": {"series": series}}).encode()


def as_pages(rows: list[dict[str, str]]) -> bytes:
    """An interface of one page."""

    def value(text: str) -> Any:
        return None if text == "" else ast.literal_eval(text) if re.fullmatch(r"-?\d+|\[.*\]", text) else text

    results = [{name: value(text) for name, text in row.items()} for row in rows]
    return json.dumps({"count": len(rows), "next": None, "results": results}).encode()


def by_hand(raw: Path, project: Path) -> None:
    """Save the files that publishers give only by hand, as a steward would."""
    for file in raw_files(source_names()):
        if file.by_hand:
            (project / ".raw" / file.path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(raw / file.path, project / ".raw" / file.path)


def tables(folder: Path) -> dict[str, bytes]:
    """The tables of a data package."""
    return {path.name: path.read_bytes() for path in sorted((folder / "tables").glob("*.csv"))}


def test_what_publishers_serve_gives_the_committed_tables(
    publishers: Publisher,
    project: Path,
    raw_folder: Path,
    data_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Byte for byte, from every source of the data guide; a second time nothing is sent again."""
    serve(publishers, raw_folder, source_names())
    by_hand(raw_folder, project)
    shutil.rmtree(project / "data" / "tables")
    (project / "data" / "datapackage.json").unlink()
    assert main(["refresh"]) == 0, capsys.readouterr()
    assert tables(project / "data") == tables(data_folder)
    asked = len(publishers.asked)
    assert main(["refresh"]) == 0
    assert "the tables are what the files give" in capsys.readouterr().out
    assert all("if-none-match" in headers for _, headers in publishers.asked[asked:])
    assert validate(project / "data") == []


def test_a_version_is_the_day_on_which_its_publisher_changed_the_file(
    publishers: Publisher, tiny: Path, fixtures: Path
) -> None:
    """Where the publisher says it; the table is another, and so are its dates."""
    serve(publishers, fixtures, ["unhcr"])
    for answers in publishers.answers.values():
        answers[0].headers = {"Last-Modified": "Tue, 01 Dec 2026 08:00:00 GMT"}
    descriptor = tiny / "data" / "datapackage.json"
    described = descriptor.read_text(encoding="utf-8")
    digest = json.loads(described)["resources"][0]["provenance"]["raw_files"][0]["sha256"]
    descriptor.write_text(described.replace(digest, "0" * 64), encoding="utf-8")
    table = tiny / "data" / "tables" / "asylum_claims_year.csv"
    table.write_bytes(table.read_bytes().replace(b"2023,CUB,80", b"2023,CUB,81"))
    item = next(r for r in json.loads(described)["resources"] if r["name"] == "asylum_claims_year")
    other = descriptor.read_text(encoding="utf-8").replace(item["hash"], "sha256:0")
    descriptor.write_text(other, encoding="utf-8")
    assert main(["refresh", "unhcr"]) == 0
    made = json.loads(descriptor.read_text(encoding="utf-8"))["resources"]
    claims = next(r for r in made if r["name"] == "asylum_claims_year")["provenance"]
    assert claims["version"] == claims["date_published"] == "2026-12-01"


def altered(content: str) -> str:
    """An older vintage of the claims: without 2025, and with other numbers in two rows of 2023."""
    rows = list(csv.reader(io.StringIO(content)))
    place = {name: rows[0].index(name) for name in rows[0]}
    kept = [rows[0]]
    for row in rows[1:]:
        if row[place["coa_iso"]] == "MEX" and row[place["year"]] == "2025":
            continue
        if [row[place[name]] for name in ("year", "coo_iso", "coa_iso")] == ["2023", "HND", "MEX"]:
            row[place["applied"]] = str(int(row[place["applied"]]) - 7)
        kept.append(row)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(kept)
    return text.getvalue()


def test_the_revisions_of_an_older_vintage_are_exactly_its_alterations(
    project: Path, raw_folder: Path, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows that were cut come back as additions, values that were altered as revisions, with old and new."""
    older = tmp_path / "older"
    shutil.copytree(raw_folder / "unhcr-rdf", older / "unhcr-rdf")
    file = older / unhcr.APPLICATIONS
    number = altered(file.read_text(encoding="utf-8"))
    file.write_text(number, encoding="utf-8")
    assert main(["refresh", "unhcr", "--from", str(older), "--accept", "an older vintage"]) == 0
    old = rows(project / "data" / "tables" / "asylum_claims_year.csv")
    (project / "data" / "revisions.csv").unlink()
    capsys.readouterr()
    assert main(["refresh", "unhcr", "--from", str(raw_folder)]) == 0
    new = rows(data_folder / "tables" / "asylum_claims_year.csv")
    logged = list(csv.DictReader((project / "data" / "revisions.csv").open(encoding="utf-8", newline="")))
    hnd = ("2023", "HND")
    assert (logged[0]["old"], logged[0]["new"]) == (old[hnd], new[hnd])
    assert int(logged[0]["difference"]) == int(new[hnd]) - int(old[hnd]) > 0
    assert [row["row"] for row in logged[1:]] == [f"year={y}, nationality={n}" for y, n in new if y == "2025"]
    assert {row["new"] for row in logged[1:]} == {f"claims={value}" for (y, _), value in new.items() if y == "2025"}
    assert {row["table"] for row in logged} == {"asylum_claims_year"}
    assert tables(project / "data") == tables(data_folder)
    assert f"{len(logged)} changes, written to data/" in capsys.readouterr().out


def rows(path: Path) -> dict[tuple[str, str], str]:
    """Claims by year and nationality."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["year"], row["nationality"]): row["claims"] for row in csv.DictReader(file)}


def test_what_looks_wrong_is_refused_until_it_is_accepted(
    project: Path, raw_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written, the reason and the way out are said; what was accepted stands in the log."""
    shorter = tmp_path / "shorter"
    shutil.copytree(raw_folder / "unhcr-rdf", shorter / "unhcr-rdf")
    file = shorter / unhcr.APPLICATIONS
    file.write_text(altered(file.read_text(encoding="utf-8")), encoding="utf-8")
    before = tables(project / "data")
    assert main(["refresh", "unhcr", "--from", str(shorter)]) == 1
    error = capsys.readouterr().err
    assert "REFUSED  asylum_claims_year: it ends with 2024, and ended with 2025." in error
    assert "give --accept REASON" in error
    assert tables(project / "data") == before
    assert not (project / "data" / "revisions.csv").exists()
    assert main(["refresh", "--from", str(shorter), "--accept", "so it is"]) == 2
    assert "name them" in capsys.readouterr().err
    assert main(["refresh", "unhcr", "--from", str(shorter), "--accept", "2025 was withdrawn"]) == 0
    assert "2025 was withdrawn" in (project / "data" / "revisions.csv").read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(
    publishers: Publisher, tiny: Path, fixtures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """But says what would change."""
    serve(publishers, fixtures, ["unhcr"])
    table = tiny / "data" / "tables" / "asylum_claims_year.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("2023,CUB,", "2023,CUB,1"), encoding="utf-8")
    before = table.read_bytes()
    assert main(["refresh", "unhcr", "--dry-run"]) == 1
    said = capsys.readouterr()
    assert "year=2023, nationality=CUB" in said.out.replace("\n", "")
    assert "REFUSED  asylum_claims_year: column 'claims' adds up to" in said.err
    table.write_text(table.read_text(encoding="utf-8").replace("2023,CUB,1", "2023,CUB,"), encoding="utf-8")
    (tiny / "data" / "tables" / "asylum_decisions_year.csv").unlink()
    before = table.read_bytes()
    assert main(["refresh", "unhcr", "--dry-run"]) == 0
    assert "1 change, nothing written (--dry-run)" in capsys.readouterr().out
    assert not (tiny / "data" / "tables" / "asylum_decisions_year.csv").exists()
    assert table.read_bytes() == before


def test_what_cannot_be_had_is_left_out_and_said(
    publishers: Publisher,
    tiny: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fixtures: Path,
) -> None:
    """Sources without their key or without files that are saved by hand; asked for by name, they are an error."""
    monkeypatch.delenv("IDMC_CLIENT_ID")
    serve(publishers, fixtures, source_names())
    assert main(["refresh"]) == 0
    said = capsys.readouterr().out
    assert "left out  idmc: idmc-gidd/mexico_internal_displacements_disasters.csv: its publisher asks for a key" in said
    assert "set IDMC_CLIENT_ID to it" in said
    assert "left out  cbp: cbp-southwest-border-encounters/sbo-encounters-fy19-fy22.csv: save the CSV file" in said
    assert str(tiny / ".raw" / "cbp-southwest-border-encounters") in said
    assert main(["refresh", "idmc"]) == 2


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(status=404), "answers 404; look for its new address"),
        (Answer(b"<!doctype html><title>Portal</title>"), "gives a web page instead of the file"),
        (Answer(b"RDX3\n" + b"\0" * 50), "cannot be read"),
        (Answer(b"year,coo\n", cut=3), "breaks off"),
    ],
)
def test_a_fault_of_a_publisher_leaves_the_data(
    answer: Answer,
    sentence: str,
    publishers: Publisher,
    tiny: Path,
    fixtures: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command fails with a sentence; no table, descriptor or log is touched."""
    serve(publishers, fixtures, ["unhcr"])
    before = {path: path.read_bytes() for path in (tiny / "data").rglob("*") if path.is_file()}
    path = next(path for path in publishers.answers if path.endswith("population.rda"))
    publishers.answer(path, answer)
    assert main(["refresh", "unhcr"]) == 2
    error = capsys.readouterr().err
    assert "unhcr-rdf/population_mexico.csv" in error
    assert sentence in error
    assert {path: path.read_bytes() for path in (tiny / "data").rglob("*") if path.is_file()} == before


def test_a_changed_column_is_said(
    publishers: Publisher, tiny: Path, fixtures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A publisher that renames a column changes the file, not our tables."""
    serve(publishers, fixtures, ["unhcr"])
    frame = pd.read_csv(fixtures / "unhcr-rdf" / "population_mexico.csv")
    pyreadr.write_rdata(str(tmp_path / "renamed.rda"), frame.rename(columns={"oip": "others"}))
    path = next(path for path in publishers.answers if path.endswith("population.rda"))
    publishers.answer(path, (tmp_path / "renamed.rda").read_bytes())
    assert main(["refresh", "unhcr"]) == 2
    assert "population_mexico.csv: column 'oip' is missing" in capsys.readouterr().err


def test_a_refresh_killed_while_it_fetches_and_writes_leaves_valid_data(
    publishers: Publisher,
    tiny: Path,
    fixtures: Path,
    made: Path,
    figure: Figure,
) -> None:
    """Whenever it is killed, the next command finds a data package that is valid, old or new."""
    serve(publishers, fixtures, ["unhcr"])
    folder, old = tiny / "data" / "tables", tables(tiny / "data")
    altered = {"asylum_claims_year.csv": (b"CUB,8", b"CUB,7"), "protection_stock_year.csv": (b"2018,65", b"2018,64")}
    old |= {name: old[name].replace(now, before) for name, (now, before) in altered.items()}
    assert all(old[name] != tables(made)[name] for name in altered)
    chance, killed = random.Random(RANDOM), 0
    killed_after(60, lambda: main(["refresh", "unhcr"]))
    whole = killed_after(60, lambda: main(["refresh", "unhcr"]))[1]
    for _ in range(times(5, soak=50)):
        for name in altered:
            (folder / name).write_bytes(old[name])
        killed += killed_after(chance.uniform(0, 1) * whole, lambda: main(["refresh", "unhcr"]))[0]
        finish_replacing(tiny / "data")
        assert tables(tiny / "data") in (old, tables(made))
    assert killed
    assert main(["refresh", "unhcr"]) == 0
    assert tables(tiny / "data") == tables(made)
    figure("refreshes killed while they fetch or write: data/ is the old package or the new one", killed)
