"""Every page as Chromium shows it: readable by everyone, at every width."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.end_to_end.chromium import axe_faults, layout, open_details, resize, show
from tests.end_to_end.conftest import SLUGS, STATES
from tests.end_to_end.reading import CURRENT

NARROWEST, PHONE, DESKTOP = 320, 390, 1280
WIDTHS = (NARROWEST, PHONE, 768, DESKTOP, 1920)
INDEXES = ["index.html", "index.en.html"]


def both(*reports: str) -> list[str]:
    """Addresses of these reports in both languages, inside the folder of an edition."""
    return [f"{language}/{report}.html" for report in reports for language in ("es", "en")]


REPORTS = [("real", f"{CURRENT}/{page}") for page in both(*SLUGS)]
EDITION = [*REPORTS, *(("real", f"{CURRENT}/{page}") for page in INDEXES)]
# States and other dates come from the same templates: a sample of them is enough here.
OTHERS = [
    *(("year_2020", page) for page in INDEXES),
    *(("real", f"state-MX-CHP/{CURRENT}/{page}") for page in INDEXES),
    *(
        ("real", f"state-{states[0]}/{CURRENT}/{page}")
        for slug, states in STATES.items()
        for page in both(f"{slug}-{states[0]}")
    ),
]


def each_page(*pages: tuple[str, str]) -> pytest.MarkDecorator:
    """Run the test on each of these pages, given as the fixture that builds it and its address in there."""
    return pytest.mark.parametrize("built", pages, ids=" ".join, indirect=True)


@pytest.fixture
def built(request: pytest.FixtureRequest) -> Path:
    """The file of a page."""
    fixture, page = request.param
    return Path(request.getfixturevalue(fixture)) / page


def faults_at(tab: Page, widths: Sequence[int], *questions: str) -> list[str]:
    """What the page answers to each question at each width."""
    faults = []
    for width in widths:
        resize(tab, width)
        faults += [f"{width} px: {fault}" for question in questions for fault in layout(tab, question)]
    return faults


@each_page(*EDITION, *OTHERS[::2])
def test_axe_finds_nothing(tab: Page, built: Path) -> None:
    """No rule of axe-core is broken, on a wide screen or on a phone, with all that can be opened open."""
    show(tab, built, DESKTOP)
    open_details(tab)
    assert axe_faults(tab) == []
    resize(tab, PHONE)
    assert axe_faults(tab) == []


@each_page(*EDITION, *OTHERS)
def test_nothing_overlaps_or_is_cut_off(request: pytest.FixtureRequest, tab: Page, built: Path) -> None:
    """Every text can be read, and the page does not scroll sideways; tables do, and show each of their columns."""
    show(tab, built)
    edition = request.node.callspec.params["built"] in EDITION
    assert faults_at(tab, WIDTHS if edition else (NARROWEST, DESKTOP), "textFaults") == []
    open_details(tab)
    assert faults_at(tab, (NARROWEST, PHONE), "textFaults", "columnFaults") == []


@each_page(*REPORTS)
def test_text_of_charts_is_large_enough(tab: Page, built: Path) -> None:
    """At least 9 px on any phone and wider screen; at 320 px, which is a wide screen zoomed in, at least 7.9."""
    show(tab, built)
    for width, least in ((NARROWEST, 7.9), (360, 9), (PHONE, 9), (641, 9), (721, 9), (DESKTOP, 9)):
        resize(tab, width)
        assert layout(tab, "smallTexts", least) == [], f"at {width} px"


@each_page(*REPORTS)
def test_text_of_charts_stands_out(tab: Page, built: Path) -> None:
    """It has a contrast of 4.5 with what it lies on, in the wide and in the narrow drawing."""
    show(tab, built)
    for width in (PHONE, DESKTOP):
        resize(tab, width)
        resize(tab, width, tab.evaluate("document.documentElement.scrollHeight"))
        assert layout(tab, "contrastFaults") == [], f"at {width} px"


@each_page(*REPORTS)
def test_the_hint_to_scroll_stands_over_tables_that_scroll(tab: Page, built: Path) -> None:
    """Where a table has room, nobody is told to scroll it."""
    for width in (NARROWEST, PHONE):
        show(tab, built, width)
        tab.wait_for_function("() => new Promise(requestAnimationFrame)")  # timelines start with the first frame
        tables = tab.evaluate(
            """() => [...document.querySelectorAll("figure.tabular")].map((figure) => {
              const [hint, region] = [figure.querySelector(".hint"), figure.querySelector(".scroll")];
              return [region.scrollWidth > region.clientWidth, hint.checkVisibility({visibilityProperty: true})];
            })"""
        )
        assert [hinted for _, hinted in tables] == [scrolls for scrolls, _ in tables], f"at {width} px"


@each_page(*EDITION)
def test_neighbours_begin_on_one_line(tab: Page, built: Path) -> None:
    """Side by side, two figures show their pictures, and cards of the index their numbers and links, at one height."""
    show(tab, built, DESKTOP)
    rows: list[list[float]] = tab.evaluate(
        """() => {
          const top = (element) => Math.round(element.getBoundingClientRect().top);
          const pairs = [...document.querySelectorAll(".pair")]
            .map((pair) => [...pair.querySelectorAll(":scope > div > figure:only-child > div")].map(top))
            .filter((tops) => tops.length === 2);
          const cards = [...document.querySelectorAll(".card:not(.lead)")];
          const lines = [...new Set(cards.map(top))].map((line) => cards.filter((card) => top(card) === line));
          const parts = [".figure", ".links"].flatMap((part) =>
            lines.map((line) => line.map((card) => top(card.querySelector(part)))));
          return [...pairs, ...parts];
        }"""
    )
    assert [row for row in rows if len(set(row)) > 1] == []


SOUND = """<!doctype html><html lang="es"><head><title>Prueba</title></head>
<body><main><h1>Prueba</h1>{}</main></body></html>"""


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("", None),
        ('<a href="#x"><svg aria-hidden="true"></svg></a>', "link-name"),
        ('<p style="color: #aaa">gris</p>', "color-contrast"),
        ('<svg role="img" viewBox="0 0 1 1"></svg>', "svg-img-alt"),
        ("<h3>Nivel saltado</h3>", "heading-order"),
        (
            '<div style="overflow: auto; height: 20px"><p style="height: 99px">a</p></div>',
            "scrollable-region-focusable",
        ),
        ('<p><a href="#x" style="font-size: 9px">a</a><a href="#y" style="font-size: 9px">b</a></p>', "target-size"),
        ("<table><tr><td>a</td></tr><tr><th></th></tr></table>", "empty-table-header"),
    ],
)
def test_axe_finds_planted_faults(tab: Page, planted: str, rule: str | None) -> None:
    """The rules that matter here are on, best practices among them, and a sound page breaks none."""
    resize(tab, DESKTOP)
    tab.goto("about:blank")
    tab.set_content(SOUND.format(planted))
    found = [fault.partition(":")[0] for fault in axe_faults(tab)]
    assert rule in found if rule else found == []


@pytest.mark.parametrize(
    ("planted", "question", "fault"),
    [
        ("<p>uno</p><p>dos</p>", "textFaults", None),
        (
            '<p style="position: absolute; top: 99px">uno</p><p style="position: absolute; top: 104px">dos</p>',
            "textFaults",
            "“uno” lies on “dos”",
        ),
        (
            '<svg viewBox="0 0 90 20"><text y="9">uno</text><text x="5" y="9">dos</text></svg>',
            "textFaults",
            "“uno” lies on “dos”",
        ),
        ('<p style="overflow: hidden; height: 8px">uno</p>', "textFaults", "“uno” is cut off"),
        ('<svg viewBox="0 0 90 20"><text x="89" y="9">uno</text></svg>', "textFaults", "“uno” is cut off"),
        ('<p style="width: 2000px; text-align: right">uno</p>', "textFaults", "“uno” lies beside the page"),
        ('<p style="width: 2000px">uno</p>', "textFaults", "the page is 728 px wider than the window"),
        (
            '<div class="scroll" style="overflow: auto; width: 99px"><table><tr>'
            '<th style="position: sticky; left: 0; min-width: 99px">uno</th><td>dos</td></tr></table></div>',
            "columnFaults",
            "the column “dos” never comes out from behind “uno”",
        ),
        (
            '<svg role="img" viewBox="0 0 90 20" width="45"><text y="9" style="font-size: 16px">uno</text></svg>',
            "smallTexts",
            "“uno” has 8.0 px",
        ),
        (
            '<svg role="img" viewBox="0 0 90 20"><rect width="90" height="20"/><text y="9">uno</text></svg>',
            "contrastFaults",
            "“uno” has a contrast of 1.0",
        ),
    ],
)
def test_layout_finds_planted_faults(tab: Page, planted: str, question: str, fault: str | None) -> None:
    """Each question finds what it is asked for, and nothing where nothing is wrong."""
    resize(tab, DESKTOP)
    tab.goto("about:blank")
    tab.set_content(SOUND.format(planted))
    found = layout(tab, question, *([9] if question == "smallTexts" else []))
    assert fault in found if fault else found == []
