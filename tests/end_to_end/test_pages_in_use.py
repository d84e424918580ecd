"""What readers do with a page in Chromium: walk it with the keyboard, follow its links, take files away, print it."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from tests.end_to_end.chromium import open_details, show
from tests.end_to_end.conftest import REPORT
from tests.end_to_end.reading import CURRENT
from tests.end_to_end.test_pages_in_chromium import INDEXES, both
from tests.promises import SOAK

LANGUAGES = ("es", "en")
WALKED = [*both(REPORT), *INDEXES] if SOAK else [f"es/{REPORT}.html", INDEXES[1]]

# All that the keyboard is to reach, in the order of the page.
STOPS = """[...document.querySelectorAll("a[href], summary, [tabindex='0']")].filter((e) => e.checkVisibility())"""
FOCUSED = f"""() => {{
  const e = document.activeElement;
  const {{top, bottom, left}} = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  return {{
    stop: {STOPS}.indexOf(e),
    kind: e.tagName,
    top: top + scrollY, bottom: bottom + scrollY, left,
    seen: bottom > 0 && top < innerHeight,
    ring: [style.outlineStyle, style.outlineWidth, style.boxShadow !== "none"],
  }};
}}"""


def walk(tab: Page) -> Iterator[dict[str, Any]]:
    """Press Tab from the top of the page to its end; yield what has the focus after each."""
    while True:
        tab.keyboard.press("Tab")
        focused: dict[str, Any] = tab.evaluate(FOCUSED)
        if focused["stop"] < 0:
            return
        yield focused


@pytest.mark.parametrize("page", WALKED)
def test_tab_reaches_everything_in_reading_order(real: Path, tab: Page, page: str) -> None:
    """Each link, summary and scroll area is reached once, in its order on the page, in the window, inside a ring."""
    show(tab, real / CURRENT / page)
    open_details(tab)
    walked = list(walk(tab))
    assert [place["stop"] for place in walked] == list(range(tab.evaluate(f"{STOPS}.length")))
    assert all(place["seen"] for place in walked)
    assert {tuple(place["ring"]) for place in walked} == {("solid", "3px", True)}
    for before, after in itertools.pairwise(walked):
        assert after["bottom"] > before["top"] or after["left"] > before["left"], f"{after} comes after {before}"


@pytest.mark.parametrize("page", WALKED)
def test_what_the_keyboard_reaches_has_a_name(real: Path, tab: Page, page: str) -> None:
    """The tree that screen readers get has a name for each of them."""
    show(tab, real / CURRENT / page)
    open_details(tab)
    nodes = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    focusable = [n for n in nodes if any(p["name"] == "focusable" for p in n.get("properties", []))]
    named = {role: [n["name"]["value"] for n in focusable if n["role"]["value"] == role] for role in roles(focusable)}
    assert set(named) <= {"RootWebArea", "main", "link", "region", "DisclosureTriangle"}
    stops = sum(len(names) for role, names in named.items() if role not in {"RootWebArea", "main"})
    assert stops == tab.evaluate(f"{STOPS}.length")
    assert all(name.strip() for role, names in named.items() if role != "main" for name in names)


def roles(nodes: list[dict[str, Any]]) -> set[str]:
    """The roles of nodes of the accessibility tree."""
    return {node["role"]["value"] for node in nodes}


@pytest.mark.parametrize("kind", ["a.skip", "nav a", "summary", ".as-file a", ".tabular .scroll"])
def test_the_focus_can_be_seen(real: Path, tab: Page, kind: str) -> None:
    """The picture of the window changes when something takes the focus, and changes back."""
    show(tab, real / CURRENT / "es" / f"{REPORT}.html")
    target = tab.locator(kind).first
    tab.keyboard.press("Tab")  # from now on the page is used by keyboard
    target.focus()
    focused = tab.screenshot()
    target.evaluate("(element) => element.blur()")
    assert tab.screenshot() != focused


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_stop_skips_to_the_content(real: Path, tab: Page, language: str) -> None:
    """The link appears with the focus; Enter leads past the contents."""
    show(tab, real / CURRENT / language / f"{REPORT}.html")
    skip = tab.locator("a.skip")
    assert skip.bounding_box()["y"] < 0  # type: ignore[index]
    tab.keyboard.press("Tab")
    assert skip.bounding_box()["y"] >= 0  # type: ignore[index]
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_enter_opens_the_data_of_a_chart_and_closes_them(real: Path, tab: Page) -> None:
    """The table and its file come into sight, and go."""
    show(tab, real / CURRENT / "es" / f"{REPORT}.html")
    details = tab.locator("details").first
    inside = [details.locator("table.data"), details.locator("a[download]").first]
    details.locator("summary").focus()
    for seen in (False, True, False):
        assert [part.is_visible() for part in inside] == [seen, seen]
        tab.keyboard.press("Enter")


def test_a_reader_goes_round_by_clicks(real: Path, tab: Page) -> None:
    """From the index to a briefing, to its other language, to that index, and back."""
    show(tab, real / CURRENT / "index.html")
    tab.get_by_role("link", name=re.compile("Página ?: Asistencia y protección")).click()
    assert tab.locator("h1").inner_text() == "Asistencia y protección"
    tab.get_by_role("link", name="Read in English").click()
    assert tab.locator("html").get_attribute("lang") == "en"
    tab.get_by_role("link", name="All briefings").click()
    assert tab.url == (real / CURRENT / "index.en.html").as_uri()
    tab.get_by_role("link", name="Leer en español").click()
    assert tab.url == (real / CURRENT / "index.html").as_uri()


@pytest.mark.parametrize(("language", "stem"), [("es", "05_MEX_es_grafica1"), ("en", "05_MEX_en_chart1")])
def test_a_click_gives_the_data_as_csv(real: Path, tab: Page, tmp_path: Path, language: str, stem: str) -> None:
    """The file has the name of report, place, language and chart, and the rows of the table above it."""
    show(tab, real / CURRENT / language / f"{REPORT}.html")
    open_details(tab)
    details = tab.locator("figure#g1 details")
    file = taken(tab, "figure#g1 a[download$='.csv']", tmp_path)
    assert file.name == f"{stem}.csv"
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    shown = [row.split("\t") for row in details.locator("table").inner_text().splitlines()]
    marks = [row.pop() for row in rows]
    assert [[cell.replace(",", "") for cell in row] for row in shown] == rows
    assert marks == ["mark", *[""] * (len(rows) - 1)]


@pytest.mark.parametrize(("language", "stem"), [("es", "05_MEX_es_grafica1"), ("en", "05_MEX_en_chart1")])
def test_a_click_gives_the_chart_as_svg(real: Path, tab: Page, tmp_path: Path, language: str, stem: str) -> None:
    """The file is a drawing that Chromium shows by itself, with its title inside."""
    show(tab, real / CURRENT / language / f"{REPORT}.html")
    title = tab.locator("figure#g1 .title").inner_text().partition("1")[2].strip()
    file = taken(tab, "figure#g1 a[download$='.svg']", tmp_path)
    assert file.name == f"{stem}.svg"
    assert ElementTree.parse(file).getroot().findtext("{http://www.w3.org/2000/svg}title") == title
    tab.goto(file.as_uri())
    assert tab.evaluate("document.documentElement.tagName") == "svg"
    assert tab.locator("path").count() > 4


def taken(tab: Page, link: str, folder: Path) -> Path:
    """Click a link and keep the file that comes, under the name that the browser gives it."""
    with tab.expect_download() as download:
        tab.locator(link).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file
