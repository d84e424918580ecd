"""The manifest: what was built, from what, and why it is stale."""

from __future__ import annotations

import dataclasses
import json
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from analysis import _NAMES
from analysis.build.manifest import (
    _EXECUTED,
    SUFFIXES,
    Manifest,
    altered_outputs,
    digest,
    file_digest,
    inputs_of,
    why_execute,
    why_stale,
)
from analysis.export.edition import Report
from analysis.export.records import Built, Links, Printed
from analysis.foundation.errors import PublishError
from tests.samples import built as record

REPORT = Report("05_asylum", {"language": "es", "as_of": "2026-06-30", "geography": "MEX"})
TABLES = ["claims_year", "deaths_year"]
PRINTED = Printed("2026-1", "draft", "", Links({"pdf": "05_asylum.pdf"}, None, "../index.html"), "")


def revise(path: Path, old: str, new: str) -> None:
    """Replace text in a file."""
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def built(tiny_project: Path) -> Built:
    """The record of a report that has just been built, its files in place."""
    folder = tiny_project / "out" / "es"
    folder.mkdir(parents=True)
    for suffix in SUFFIXES:
        (folder / f"05_asylum.{suffix}").write_text("x", encoding="utf-8")
    inputs = inputs_of(tiny_project, [REPORT])[REPORT.slug]
    read = replace(inputs, tables={name: inputs.tables[name] for name in TABLES})
    outputs = dict.fromkeys(SUFFIXES, file_digest(b"x"))
    return record(inputs=read, outputs=outputs, printed=PRINTED)


@pytest.fixture
def why(tiny_project: Path, built: Built) -> Callable[..., str | None]:
    """Says why the report is stale now."""

    def ask(report: Report = REPORT, **changes: Any) -> str | None:
        printed = changes.pop("printed", PRINTED)
        return why_stale(
            report,
            replace(built, **changes),
            tiny_project / "out",
            inputs_of(tiny_project, [report])[report.slug],
            printed,
        )

    return ask


# -- why stale --------------------------------------------------------------------------------------------------------


def test_nothing_changed_is_up_to_date(why: Callable[..., str | None]) -> None:
    """A report whose inputs are those it was built from is up to date."""
    assert why() is None


def test_a_report_without_entry_was_never_built(tiny_project: Path) -> None:
    """What the manifest does not know was never built."""
    now = inputs_of(tiny_project, [REPORT])[REPORT.slug]
    assert why_stale(REPORT, None, tiny_project / "out", now, PRINTED) == "never built"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_missing_file_is_named(why: Callable[..., str | None], tiny_project: Path, suffix: str) -> None:
    """A report of which one file was removed is made again, naming the file."""
    (tiny_project / "out" / "es" / f"05_asylum.{suffix}").unlink()
    assert why() == f"es/05_asylum.{suffix} is missing"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_was_altered_is_named(
    why: Callable[..., str | None], tiny_project: Path, built: Built, suffix: str
) -> None:
    """A page, PDF, notebook or facts file that is not what was written is made again, naming the file."""
    (tiny_project / "out" / "es" / f"05_asylum.{suffix}").write_text("y", encoding="utf-8")
    assert why() == f"es/05_asylum.{suffix} was altered"
    assert altered_outputs(REPORT, built, tiny_project / "out") == [f"es/05_asylum.{suffix} was altered"]


def test_the_code_of_every_stage_that_a_notebook_uses_counts() -> None:
    """A report is made again when one of them changes, the metrics among them."""
    used = {home.split(".")[1] for home in _NAMES}
    assert "metrics" in used
    assert used <= {stage.removeprefix("analysis.") for stage in _EXECUTED}


def test_another_link_is_a_change_of_the_pages(why: Callable[..., str | None]) -> None:
    """A page that would link elsewhere is exported again."""
    links = replace(PRINTED.links, other_language="../en/05_asylum.html")
    assert why(printed=replace(PRINTED, links=links)) == "templates changed"
    assert why(printed=replace(PRINTED, edition="2026-2")) == "templates changed"


def test_a_failed_report_says_why(why: Callable[..., str | None]) -> None:
    """A report that failed at its last build stays stale with the reason."""
    assert why(failed="cell 3 of 05_asylum.ipynb failed") == "cell 3 of 05_asylum.ipynb failed"


def test_a_revised_table_is_named(why: Callable[..., str | None], tiny_project: Path) -> None:
    """The table whose rows changed is named, and only that one."""
    revise(tiny_project / "data" / "tables" / "claims_year.csv", "2025,CUB,300", "2025,CUB,301")
    assert why() == "table claims_year changed"


def test_what_is_said_of_a_table_counts_too(why: Callable[..., str | None], tiny_project: Path) -> None:
    """Another version, caveat or licence changes what is printed."""
    revise(tiny_project / "data" / "datapackage.json", "Editor de deaths_year", "OIM")
    assert why() == "table deaths_year changed"


def test_a_table_more_makes_a_report_on_the_whole_package_stale(tiny_project: Path, built: Built) -> None:
    """What counts the tables is old when one is added, though none that it read has changed."""
    now = inputs_of(tiny_project, [REPORT])[REPORT.slug]
    built.inputs.tables["datapackage"] = now.tables["datapackage"]
    assert why_stale(REPORT, built, tiny_project / "out", now, PRINTED) is None
    path = tiny_project / "data" / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"].append({**descriptor["resources"][0], "name": "another_year"})
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    later = inputs_of(tiny_project, [REPORT])[REPORT.slug]
    assert why_stale(REPORT, built, tiny_project / "out", later, PRINTED) == "table datapackage changed"


def test_a_table_that_was_not_read_does_not_matter(why: Callable[..., str | None], tiny_project: Path) -> None:
    """A report is not stale for a table that it does not use."""
    revise(tiny_project / "data" / "tables" / "events_month.csv", "1000", "1001")
    assert why() is None


def test_the_digest_in_the_descriptor_does_not_count_twice(why: Callable[..., str | None], tiny_project: Path) -> None:
    """The size and digest that the descriptor keeps of a file are no change of their own."""
    revise(tiny_project / "data" / "datapackage.json", '"name": "claims_year"', '"name": "claims_year", "bytes": 1')
    assert why() is None


@pytest.mark.parametrize("gone", ["file", "resource"])
def test_a_table_that_is_gone_is_named(why: Callable[..., str | None], tiny_project: Path, gone: str) -> None:
    """A table without file, or no longer described, makes its reports stale."""
    data = tiny_project / "data"
    if gone == "file":
        (data / "tables" / "deaths_year.csv").unlink()
    else:
        revise(data / "datapackage.json", '"name": "deaths_year"', '"name": "deaths"')
    assert why() == "table deaths_year changed"


def test_another_source_of_the_notebook_is_a_change(why: Callable[..., str | None], tiny_project: Path) -> None:
    """Editing a cell makes the report stale; running the notebook does not."""
    path = tiny_project / "notebooks" / "05_asylum.ipynb"
    revise(path, '"execution_count": 1', '"execution_count": 2')
    assert why() is None
    revise(path, "b.cover()", "b.cover() ")
    assert why() == "notebook changed"


def test_all_reasons_are_given(why: Callable[..., str | None], tiny_project: Path) -> None:
    """Tables, lock and parameters that changed are all named."""
    revise(tiny_project / "data" / "tables" / "deaths_year.csv", "120", "121")
    revise(tiny_project / "requirements.lock", "3.0.0", "3.1.0")
    report = dataclasses.replace(REPORT, parameters={**REPORT.parameters, "top_n": 3})
    assert why(report) == "table deaths_year changed, environment changed, parameters changed"


@pytest.mark.parametrize(("name", "label"), [("library", "library"), ("publishing", "templates")])
def test_another_library_is_a_change(why: Callable[..., str | None], built: Built, name: str, label: str) -> None:
    """Code or templates other than those it was built with are named."""
    assert why(inputs=replace(built.inputs, **{name: "other"})) == f"{label} changed"


def test_a_broken_descriptor_is_one_sentence(why: Callable[..., str | None], tiny_project: Path) -> None:
    """A data package that cannot be read is named with what to do."""
    (tiny_project / "data" / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(PublishError, match=r"datapackage\.json is not a data package \(.*\): run `briefings refresh`"):
        why()


# -- what must be executed again --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["notebook", "library", "environment"])
def test_what_the_notebook_sees_executes_it_again(tiny_project: Path, built: Built, name: str) -> None:
    """Another notebook, library or environment makes an executed notebook worthless."""
    changed: dict[str, Any] = {name: "other"}
    assert why_execute(REPORT, built, replace(inputs_of(tiny_project, [REPORT])[REPORT.slug], **changed)) == [
        f"{name} changed"
    ]


def test_templates_do_not_execute_it_again(tiny_project: Path, built: Built) -> None:
    """A changed template leaves the executed notebook as good as it was."""
    assert why_execute(REPORT, built, replace(inputs_of(tiny_project, [REPORT])[REPORT.slug], publishing="other")) == []


def test_parameters_execute_it_again(tiny_project: Path, built: Built) -> None:
    """Another language or place is another execution."""
    english = dataclasses.replace(REPORT, parameters={**REPORT.parameters, "language": "en"})
    assert why_execute(english, built, inputs_of(tiny_project, [REPORT])[REPORT.slug]) == ["parameters changed"]


def test_a_digest_is_of_values_not_of_order() -> None:
    """Equal JSON has an equal digest whatever the order of its keys; other values have another."""
    assert digest({"a": 1, "b": "ñ"}) == digest({"b": "ñ", "a": 1})
    assert digest("a", "b") != digest("ab")
    assert len(digest()) == 64


# -- the file ---------------------------------------------------------------------------------------------------------


def test_a_manifest_reads_back(tmp_path: Path) -> None:
    """What is written is read again, reports in order, with the version of Python and no date."""
    manifest = Manifest(tmp_path, {f"{tag}/05": record(tag) for tag in ("es", "en")}, "as validated")
    (tmp_path / "manifest.json").write_bytes(manifest.dump())
    content = json.loads(manifest.dump())
    assert Manifest.read(tmp_path) == manifest
    assert list(content["reports"]) == ["en/05", "es/05"]
    assert set(content) == {"python", "reports", "valid_data"}
    assert content["python"] == platform.python_version()


def test_an_entry_that_lacks_something_is_no_entry(tmp_path: Path) -> None:
    """A report whose record is not whole counts as never built."""
    (tmp_path / "manifest.json").write_text('{"edition": "2026-1", "reports": {"es/05": {"inputs": {}}}}')
    assert Manifest.read(tmp_path).reports == {}


def test_nothing_built_is_an_empty_manifest(tmp_path: Path) -> None:
    """An edition's folder without manifest has no reports."""
    assert Manifest.read(tmp_path) == Manifest(tmp_path)


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b"\xff", b'{"edition": "x", "reports": 1}'])
def test_a_file_that_is_no_manifest_is_refused(tmp_path: Path, content: bytes) -> None:
    """A broken manifest is named with what to do."""
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(PublishError, match=r"manifest\.json is not a manifest \(.*\): remove it and build again"):
        Manifest.read(tmp_path)
