"""Downloads: whole and readable, or the old file and a sentence."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from analysis.sources.raw import download, transfer
from analysis.sources.raw.addresses import RawFile
from analysis.sources.raw.download import STATE, Fetched, fetch
from analysis.sources.raw.reading import SourceError
from tests.sources.server import Answer, Publisher, running

OLD, NEW = b"year,n\n2024,1\n", b"year,n\n2024,1\n2025,2\n" * 5000
Fetch = Callable[..., Fetched]


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """A publisher on this machine, tried again without waiting."""
    monkeypatch.setattr(transfer, "FIRST_WAIT", 0.01)
    with running() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of raw files with an older one."""
    (tmp_path / "unhcr-rdf").mkdir()
    (tmp_path / "unhcr-rdf" / "a.csv").write_bytes(OLD)
    return tmp_path


def file(url: str, **more: object) -> RawFile:
    """The raw file of these tests, from an address."""
    return replace(RawFile("unhcr", "unhcr-rdf/a.csv", url, reads="as is"), **more)  # type: ignore[arg-type]


def quiet(path: str, done: int, whole: int | None) -> None:
    """Shows no progress."""


def got(folder: Path) -> bytes:
    """What lies in the folder."""
    return (folder / "unhcr-rdf" / "a.csv").read_bytes()


def test_a_file_is_fetched_and_described(publisher: Publisher, folder: Path) -> None:
    """Its digest and what the publisher says of its version are kept beside it; progress is told."""
    when = "Thu, 25 Jun 2026 10:00:00 GMT"
    url = publisher.answer("/a.csv", Answer(NEW, headers={"Last-Modified": when}, labelled=True))
    told: list[tuple[str, int, int | None]] = []
    (fetched,) = fetch([file(url)], folder, progress=lambda *news: told.append(news))
    assert got(folder) == NEW
    assert (fetched.day, fetched.last_modified) == ("2026-06-25", when)
    assert told[-1] == ("unhcr-rdf/a.csv", len(NEW), len(NEW))
    assert json.loads((folder / STATE).read_text())["unhcr-rdf/a.csv"]["sha256"] == fetched.sha256
    assert publisher.requests("/a.csv")[0]["user-agent"].startswith("movilidad-humana-mexico/")


def test_what_did_not_change_is_not_sent_again(publisher: Publisher, folder: Path) -> None:
    """The second time the publisher is asked whether it has another version; an edited file is fetched again."""
    url = publisher.answer("/a.csv", Answer(NEW, labelled=True))
    (first,) = fetch([file(url)], folder, progress=quiet)
    (second,) = fetch([file(url)], folder, progress=quiet)
    assert "if-none-match" in publisher.requests("/a.csv")[1]
    assert second == first
    (folder / "unhcr-rdf" / "a.csv").write_bytes(b"edited")
    fetch([file(url)], folder, progress=quiet)
    assert "if-none-match" not in publisher.requests("/a.csv")[2]
    assert got(folder) == NEW


def test_a_cut_download_is_fetched_again(publisher: Publisher, folder: Path) -> None:
    """From its beginning: nothing of the part that had come is kept."""
    url = publisher.answer("/a.csv", Answer(NEW, cut=70_000, labelled=True), Answer(NEW, labelled=True))
    fetch([file(url)], folder, progress=quiet)
    assert got(folder) == NEW
    assert len(publisher.requests("/a.csv")) == 2
    assert not list(folder.rglob(".*.part"))


def test_errors_of_the_server_are_tried_again(publisher: Publisher, folder: Path) -> None:
    """Twice 500, then the file."""
    url = publisher.answer("/a.csv", Answer(status=500), Answer(status=502), NEW)
    fetch([file(url)], folder, progress=quiet)
    assert got(folder) == NEW


def test_a_publisher_that_asks_for_patience_gets_it(
    publisher: Publisher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Retry-After is waited for, up to a minute; what is no number of seconds is as if it were not said."""
    waited: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waited.append)
    url = publisher.answer(
        "/a.csv",
        Answer(status=429, headers={"Retry-After": "7"}),
        Answer(status=503, headers={"Retry-After": "9999"}),
        Answer(status=503, headers={"Retry-After": "²"}),
        NEW,
    )
    fetch([file(url)], folder, progress=quiet)
    assert waited == [7, transfer.LONGEST_WAIT, 0.04]


def test_files_are_asked_for_as_they_are(publisher: Publisher, folder: Path) -> None:
    """Not packed for the way."""
    fetch([file(publisher.answer("/a.csv", NEW))], folder, progress=quiet)
    assert publisher.requests("/a.csv")[0]["accept-encoding"] == "identity"


def test_a_redirect_is_followed(publisher: Publisher, folder: Path) -> None:
    """Files move."""
    url = publisher.answer("/old.csv", Answer(status=301, headers={"Location": "/a.csv"}))
    publisher.answer("/a.csv", NEW)
    fetch([file(url)], folder, progress=quiet)
    assert got(folder) == NEW


def test_what_comes_with_a_redirect_is_not_read(publisher: Publisher, folder: Path) -> None:
    """It may be of any size, or never end, as here."""
    there = publisher.answer("/there.csv", NEW)
    url = publisher.answer("/a.csv", Answer(b"x", status=302, headers={"Location": there}, length=10**9))
    fetch([file(url)], folder, progress=quiet)
    assert got(folder) == NEW


FAULTS: dict[str, tuple[list[Answer], str]] = {
    "gone": ([Answer(status=404)], "answers 404; look for its new address"),
    "forbidden": ([Answer(status=403)], "answers 403; look for its new address"),
    "never works": ([Answer(status=500)], "answers 500, 4 times; try again later"),
    "always cut": ([Answer(NEW, cut=1000)], "breaks off"),
    "too short for its length": ([Answer(NEW, length=len(NEW) + 5)], "breaks off"),
    "a page": ([Answer(b"\n<!DOCTYPE html><p>Mantenimiento</p>")], "gives a web page instead of the file"),
    "a page of XML": ([Answer(b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-">\n<html/>')], "gives a web page"),
    "a page after a comment": ([Answer(b"<!-- 08:00 -->\n<html></html>")], "gives a web page"),
    "a page without a beginning": ([Answer(b"<head><title>Error</title></head>")], "gives a web page"),
    "a page in UTF-16": ([Answer("<!DOCTYPE html>".encode("utf-16"))], "gives a web page"),
    "a part nobody asked for": ([Answer(NEW[:500], status=206)], "answers 206"),
    "nothing new, though nothing is at hand": ([Answer(status=304)], "answers 304"),
    "packed": ([Answer(NEW, packed=True)], "gives a file packed with gzip"),
    "a bomb": ([Answer(b"0" * 5_000_000, packed=True)], "gives a file packed with gzip"),
    "blank": ([Answer(b"\n\n")], "gives an empty file"),
    "nothing": ([Answer(b"")], "gives an empty file"),
    "too large": ([Answer(b"x" * 1_100_000)], "gives more than 1 MB"),
    "in a circle": ([Answer(status=302, headers={"Location": "/a.csv"})], "leads in a circle"),
    "into the open": (
        [Answer(status=302, headers={"Location": "http://example.org/a.csv"})],
        "leads to example.org without encryption",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_the_old_file_and_is_said(fault: str, publisher: Publisher, folder: Path) -> None:
    """One sentence names the file, the address, what happened and what to do."""
    answers, sentence = FAULTS[fault]
    url = publisher.answer("/a.csv", *answers)
    with pytest.raises(SourceError) as raised:
        fetch([file(url, most_mb=1)], folder, progress=quiet)
    assert str(raised.value).startswith(f"unhcr-rdf/a.csv: {url} ")
    assert sentence in str(raised.value)
    assert str(raised.value).endswith(".")
    assert got(folder) == OLD


def test_a_slow_publisher_is_not_waited_for_without_end(
    publisher: Publisher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for the first byte, nor for a file that drips."""
    url = publisher.answer("/a.csv", Answer(NEW, delay=0.3))
    monkeypatch.setattr(transfer, "TIMEOUT", httpx.Timeout(0.05))
    with pytest.raises(SourceError, match="does not answer in time, 4 times; try again later"):
        fetch([file(url)], folder, progress=quiet)
    monkeypatch.setattr(transfer, "TIMEOUT", httpx.Timeout(5))
    monkeypatch.setattr(transfer, "DEADLINE", -1)
    with pytest.raises(SourceError, match="takes more than"):
        fetch([file(url)], folder, progress=quiet)
    assert got(folder) == OLD


def test_a_publisher_that_is_not_there_is_said(publisher: Publisher, folder: Path) -> None:
    """Its other files are not tried; those of other hosts are fetched."""
    there = file(publisher.answer("/c.csv", NEW).replace("127.0.0.1", "localhost"), path="x/c.csv")
    files = [file("http://127.0.0.1:9/a.csv"), file("http://127.0.0.1:9/b.csv", path="x/b.csv"), there]
    with pytest.raises(SourceError) as raised:
        fetch(files, folder, progress=quiet)
    assert str(raised.value).splitlines() == [
        "unhcr-rdf/a.csv: http://127.0.0.1:9/a.csv breaks off (ConnectError), 4 times; try again later.",
        "x/b.csv: not tried either.",
    ]
    assert (folder / "x" / "c.csv").read_bytes() == NEW
    with pytest.raises(SourceError, match=r"leads to example.org without encryption"):
        fetch([file("http://example.org/a.csv")], folder, progress=quiet)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_a_publisher_that_nobody_vouches_for_is_not_trusted(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A certificate that it signed itself shows nothing; nothing is asked of it."""
    monkeypatch.setattr(transfer, "FIRST_WAIT", 0.01)
    made = tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*command, "-keyout", made, "-out", tmp_path / "part.pem"], check=True, capture_output=True)
    made.write_text(made.read_text() + (tmp_path / "part.pem").read_text())
    with running(made) as impostor:
        url = impostor.answer("/a.csv", NEW)
        with pytest.raises(SourceError, match="breaks off"):
            fetch([file(url)], folder, progress=quiet)
        assert impostor.asked == []
    assert got(folder) == OLD


def test_one_fault_does_not_keep_the_others(publisher: Publisher, folder: Path) -> None:
    """All are fetched that can be, and all that cannot are named."""
    files = [file(publisher.answer("/a.csv", Answer(status=404)))]
    files += [file(publisher.answer(f"/{n}.csv", NEW), path=f"x/{n}.csv") for n in ("b", "c")]
    files.append(file(publisher.address + "/d.csv", path="x/d.csv"))
    with pytest.raises(SourceError) as raised:
        fetch(files, folder, progress=quiet)
    assert [line.partition(":")[0] for line in str(raised.value).splitlines()] == ["unhcr-rdf/a.csv", "x/d.csv"]
    assert (folder / "x" / "b.csv").read_bytes() == (folder / "x" / "c.csv").read_bytes() == NEW


SECRET = "planted-4711"
PAGES = {"reads": "JSON pages", "key": "IDMC_CLIENT_ID", "key_parameter": "client_id"}
SERIES = {
    "source": "banxico",
    "reads": "monthly_series",
    "keep": ("SP1", "GENERAL"),
    "key": "BANXICO_TOKEN",
    "key_parameter": "token",
}


def test_keys_come_from_the_environment_and_stay_there(
    publisher: Publisher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are in the request alone: not in the state, the file, or what is said of a fault."""
    sie = {"bmx": {"series": [{"idSerie": "SP1", "datos": [{"fecha": "01/02/2026", "dato": "1,234.5"}]}]}}
    url = publisher.answer("/sie", json.dumps(sie).encode())
    wanted = file(url, **SERIES)
    monkeypatch.setenv("BANXICO_TOKEN", SECRET)
    fetch([wanted], folder, progress=quiet)
    assert [path for path, _ in publisher.asked] == [f"/sie?token={SECRET}"]
    assert got(folder) == b"PERIODO,GENERAL\n2026-02-01,1234.5\n"
    publisher.answer("/sie", Answer(status=401))
    with pytest.raises(SourceError, match="look whether the key in BANXICO_TOKEN is still valid") as raised:
        fetch([wanted], folder, progress=quiet)
    assert SECRET not in str(raised.value)
    assert [path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()] == []


def test_pages_are_followed_to_the_last(publisher: Publisher, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is in the query, and in no file."""
    monkeypatch.setenv("IDMC_CLIENT_ID", SECRET)
    rows = [{"iso3": "MEX", "year": year, "new_displacement": None if year == 2009 else 5} for year in (2008, 2009)]
    second = {"count": 2, "next": None, "results": rows[1:]}
    address = publisher.answer("/second", json.dumps(second).encode())
    first = {"count": 2, "next": f"{address}?client_id={SECRET}&offset=1", "results": rows[:1]}
    url = publisher.answer("/first", json.dumps(first).encode())
    fetch([file(f"{url}?iso3__in=MEX", **PAGES)], folder, progress=quiet)
    assert [path for path, _ in publisher.asked] == [
        f"/first?iso3__in=MEX&client_id={SECRET}",
        f"/second?client_id={SECRET}&offset=1",
    ]
    assert got(folder) == b"iso3,year,new_displacement\nMEX,2008,5\nMEX,2009,\n"
    assert [path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()] == []


def test_keys_are_in_no_log(
    publisher: Publisher, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The HTTP library logs addresses; the query, where keys are, is cut off."""
    monkeypatch.setenv("IDMC_CLIENT_ID", SECRET)
    url = publisher.answer("/first", json.dumps({"next": None, "results": [{"a": 1}]}).encode())
    with caplog.at_level(logging.DEBUG):
        fetch([file(url, **PAGES)], folder, progress=quiet)
    assert f"GET {url} " in caplog.text
    assert SECRET not in caplog.text


def test_keys_are_in_no_part(publisher: Publisher, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page repeats the key in the address of the next one; what was cut off is not kept."""
    monkeypatch.setenv("IDMC_CLIENT_ID", SECRET)
    page = {"next": f"{publisher.address}/?client_id={SECRET}", "results": [{"a": "x" * 90_000}]}
    url = publisher.answer("/first", Answer(json.dumps(page).encode(), cut=60_000))
    with pytest.raises(SourceError, match="breaks off"):
        fetch([file(url, **PAGES)], folder, progress=quiet)
    assert [path.name for path in (folder / "unhcr-rdf").iterdir()] == ["a.csv"]
    assert got(folder) == OLD


def test_a_key_is_for_its_publisher_alone(publisher: Publisher, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect to another port is another publisher."""
    monkeypatch.setenv("BANXICO_TOKEN", SECRET)
    sie = {"bmx": {"series": [{"idSerie": "SP1", "datos": [{"fecha": "01/02/2026", "dato": "1"}]}]}}
    with running() as other:
        there = other.answer("/b", json.dumps(sie).encode())
        url = publisher.answer("/a", Answer(status=302, headers={"Location": there}))
        fetch([file(url, **SERIES)], folder, progress=quiet)
    assert [path for path, _ in publisher.asked] == [f"/a?token={SECRET}"]
    assert [path for path, _ in other.asked] == ["/b"]
    assert SECRET not in str(other.requests("/b"))


@pytest.mark.parametrize("following", ["ftp://127.0.0.1/x", "second", 5])
def test_a_next_page_that_is_no_address_is_refused(following: object, publisher: Publisher, folder: Path) -> None:
    """At once, and in a sentence."""
    url = publisher.answer("/first", json.dumps({"next": following, "results": [{"a": 1}]}).encode())
    with pytest.raises(SourceError, match=r"leads to (127\.0\.0\.1|no address) without encryption"):
        fetch([file(url, reads="JSON pages")], folder, progress=quiet)
    assert got(folder) == OLD


def test_a_file_that_cannot_be_written_does_not_keep_the_others(publisher: Publisher, folder: Path) -> None:
    """It is named, and what the others are is noted."""
    (folder / "x" / "b.csv").mkdir(parents=True)
    files = [file(publisher.answer("/b.csv", NEW), path="x/b.csv"), file(publisher.answer("/a.csv", NEW))]
    with pytest.raises(SourceError, match=r"^x/b.csv: cannot write .*\.$"):
        fetch(files, folder, progress=quiet)
    assert got(folder) == NEW
    assert list(json.loads((folder / STATE).read_text())) == ["unhcr-rdf/a.csv"]


def test_pages_without_end_are_refused(publisher: Publisher, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interface may lead in a circle."""
    monkeypatch.setattr(download, "MOST_PAGES", 3)
    url = f"{publisher.address}/first"
    publisher.answer("/first", json.dumps({"next": url, "results": [{"a": 1}]}).encode())
    with pytest.raises(SourceError, match="gives page after page without end"):
        fetch([file(url, reads="JSON pages")], folder, progress=quiet)
    assert got(folder) == OLD
