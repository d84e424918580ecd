"""JupyterLab as `make lab` starts it, used as a researcher uses it: open a notebook, run it, export it, err."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from analysis.build.reference import add_pictures
from analysis.export.notebooks import read_notebook
from analysis.foundation.files import json_bytes
from tests.end_to_end.conftest import REPORT, ROOT
from tests.end_to_end.jupyter import TOKEN, serving
from tests.end_to_end.reading import total

PATIENCE = 120_000  # milliseconds: kernels start slowly on a busy machine


@pytest.fixture(scope="module")
def address(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running JupyterLab, with the options that the Makefile gives it."""
    found = re.search(r"\$\(BIN\)/jupyter (lab .+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert found, "make lab no longer starts jupyter lab"
    folder = tmp_path_factory.mktemp("lab")
    with serving(folder, *found[1].split()) as running:
        committed = folder / "notebooks" / f"{REPORT}.ipynb"
        notebook = read_notebook(committed)
        add_pictures(notebook, notebook)  # changes nothing once `briefings reference` has committed them
        committed.write_bytes(json_bytes(notebook))
        yield running


@pytest.fixture(scope="module")
def lab(chromium: Browser, address: str) -> Iterator[Page]:
    """JupyterLab with report 05 open, chosen in the file browser, its kernel ready and its outputs those of git.

    It is opened once, for that takes longer than what is then done in it; so the tests stand in the order of a day.
    """
    expect.set_options(timeout=PATIENCE)
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{address}/lab?token={TOKEN}&reset")
        with page.expect_response("**/api/nbconvert*"):  # what the menu of exporters is made from
            page.locator(".jp-DirListing-item", has_text=f"{REPORT}.ipynb").dblclick()
        expect(page.locator("#jp-main-statusbar")).to_contain_text("Idle")
        expect(page.locator(".jp-CodeCell").last).to_contain_text("b.sources()")
        yield page


def choose(page: Page, *path: str) -> None:
    """Choose an entry of the menus, from the bar down."""
    page.locator(".lm-MenuBar-item", has_text=path[0]).click()
    for label in path[1:-1]:
        entry(page, label).click()
    entry(page, path[-1]).click()


def entry(page: Page, label: str) -> Locator:
    """The entry of an open menu with this label."""
    return page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(label)}$"))


def outputs(page: Page, kind: str) -> Locator:
    """The outputs of that MIME type."""
    return page.locator(f".jp-OutputArea-output[data-mime-type='{kind}']")


def test_charts_are_seen_before_the_notebook_is_trusted(lab: Page) -> None:
    """As after a clone: JupyterLab takes the PNG, and shows the alternative text of no chart in its place."""
    pictures = outputs(lab, "image/png").locator("img")
    expect(pictures).to_have_count(10)
    loaded = "pictures => pictures.every(picture => picture.complete && picture.naturalWidth > 300)"
    assert pictures.evaluate_all(loaded)
    expect(outputs(lab, "image/svg+xml")).to_have_count(0)
    expect(outputs(lab, "text/plain")).to_have_count(0)


@pytest.mark.parametrize(
    ("label", "name", "start"), [("Briefing_html", "html", b"<!doctype html>"), ("Briefing_pdf", "pdf", b"%PDF-")]
)
def test_the_menu_exports_a_briefing(lab: Page, tmp_path: Path, label: str, name: str, start: bytes) -> None:
    """File > Save and Export Notebook As offers both exporters, and each gives its file."""
    with lab.expect_download(timeout=PATIENCE) as download:
        choose(lab, "File", "Save and Export Notebook As", label)
    assert download.value.suggested_filename == f"{REPORT}.{name}"
    download.value.save_as(tmp_path / name)
    content = (tmp_path / name).read_bytes()
    assert content.startswith(start)
    assert len(content) > 50_000


def test_a_notebook_run_in_jupyterlab_shows_its_elements(lab: Page) -> None:
    """After Run All Cells: the headline, the key figures, and each chart as a picture with its title above it."""
    expect(lab.get_by_text(re.compile("casi la mitad fueron de personas cubanas")).last).to_be_visible()
    pictures = outputs(lab, "image/svg+xml").locator("img")
    expect(pictures).to_have_count(0)
    choose(lab, "Run", "Run All Cells")
    expect(pictures).to_have_count(10)
    expect(outputs(lab, "image/png")).to_have_count(0)
    expect(lab.locator("#jp-main-statusbar")).to_contain_text("Idle")
    assert all(box["width"] > 200 and box["height"] > 100 for box in map(Locator.bounding_box, pictures.all()) if box)
    expect(lab.get_by_text(re.compile("casi la mitad fueron de personas cubanas")).last).to_be_visible()
    expect(outputs(lab, "text/html").filter(has_text="solicitudes pendientes al cierre")).to_contain_text(
        total("protection_stock_year", "asylum_seekers", year=2025)
    )
    expect(outputs(lab, "application/vnd.jupyter.stderr")).to_have_count(0)


def test_a_mistake_in_a_cell_is_answered_in_one_sentence(lab: Page) -> None:
    """The output is what is wrong, what to write instead, and the line; no way through the library."""
    cells = lab.locator(".jp-CodeCell")
    for number in (0, 1):  # parameters and setup
        cells.nth(number).locator(".cm-content").click()
        lab.keyboard.press("Control+Enter")
    cell = cells.nth(2)
    cell.locator(".cm-content").click()
    lab.keyboard.press("Control+A")
    lab.keyboard.insert_text('claims = b.table("asylum_claims")')
    lab.keyboard.press("Control+Enter")
    shown = cell.locator(".jp-OutputArea-output")
    expect(shown).to_have_text(
        "DataError: there is no table 'asylum_claims': did you mean asylum_claims_year?\n"
        'line 1: claims = b.table("asylum_claims")\n',
        use_inner_text=True,
    )


def test_nothing_has_asked_for_an_answer(lab: Page) -> None:
    """Without a network, and after all this, JupyterLab has opened no dialog and complains of nothing."""
    expect(lab.locator(".jp-Dialog")).to_have_count(0)
    expect(lab.locator(".jp-toast-message", has_text=re.compile("error|fail", re.IGNORECASE))).to_have_count(0)
