"""Every page as Chromium shows it: readable by everyone at every width, complete without a network, fit for paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.end_to_end.chromium import axe_faults, layout, resize, show
from tests.end_to_end.conftest import REPORT, SLUGS, STATES
from tests.end_to_end.reading import CURRENT
from tests.end_to_end.visit import DESKTOP, paper_faults, visit
from tests.promises import SOAK

INDEXES = ["index.html", "index.en.html"]


def both(*reports: str) -> list[str]:
    """Addresses of these reports in both languages, inside the folder of an edition."""
    return [f"{language}/{report}.html" for report in reports for language in ("es", "en")]


# States and other dates come from the same templates: a page and an index of them are enough here, all in `make soak`.
OF_STATES = [
    f"es/{slug}-{state}.html" for slug, states in STATES.items() for state in states if SOAK or slug[:2] == "02"
]
OTHER_INDEXES = INDEXES if SOAK else INDEXES[:1]
VISITED = [
    *(("real", f"{CURRENT}/{page}") for page in [*both(*SLUGS), *INDEXES]),
    *(("year_2020", page) for page in OTHER_INDEXES),
    *(("states", f"{CURRENT}/{page}") for page in [*OTHER_INDEXES, *OF_STATES]),
]


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Path:
    """The file of a page, given as the fixture that builds it and its address in there."""
    fixture, page = request.param
    return Path(request.getfixturevalue(fixture)) / page


@pytest.mark.parametrize("page", VISITED, ids=" ".join, indirect=True)
def test_a_page_has_no_fault(tab: Page, page: Path) -> None:
    """It asks for nothing, runs nothing, leads where something is, and can be read on every screen and on paper."""
    assert visit(tab, page) == []


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
        (
            '<figure class="tabular"><p class="title">uno</p><p class="hint">dos</p>'
            '<div class="scroll"></div></figure>',
            "hintFaults",
            "the table “uno” has a hint to scroll and has room",
        ),
        (
            '<figure class="tabular"><p class="title">uno</p><p class="hint" hidden>dos</p>'
            '<div class="scroll" style="overflow: auto; width: 9px">tres</div></figure>',
            "hintFaults",
            "the table “uno” scrolls without a hint",
        ),
        (
            '<div class="pair" style="display: flex"><div><figure><div>uno</div></figure></div>'
            '<div><figure><div style="position: relative; top: 9px">dos</div></figure></div></div>',
            "neighbourFaults",
            "“uno” does not begin where its neighbours do",
        ),
        ("<nav>uno</nav>", "paperFaults", "paper shows <nav>uno</nav>"),
        ('<a href="#x" style="color: red">uno</a>', "paperFaults", "the link “uno” is pale on paper"),
    ],
)
def test_layout_finds_planted_faults(tab: Page, planted: str, question: str, fault: str | None) -> None:
    """Each question finds what it is asked for, and nothing where nothing is wrong."""
    resize(tab, DESKTOP)
    tab.goto("about:blank")
    tab.set_content(SOUND.format(planted))
    given = {"smallTexts": [9], "paperFaults": ["rgb(0, 51, 160)"]}
    found = layout(tab, question, *given.get(question, []))
    assert fault in found if fault else found == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("<script>1</script>", "holds a script"),
        ('<p onclick="1">uno</p>', "holds onclick="),
        ('<a href="#nowhere">uno</a>', "links to #nowhere, there 0 times"),
        ('<a href="absent.pdf">uno</a>', "links to a file that is not there: {folder}/absent.pdf"),
        ('<a href="https://example.org/">uno</a>', "links to https://example.org/"),
        ('<img alt="" src="https://example.org/a.png">', "asks for https://example.org/a.png"),
        (
            '<meta http-equiv="Content-Security-Policy" content="img-src data:"><img alt="" src="https://example.org/">',
            "the browser complains: ",
        ),
    ],
)
def test_a_visit_finds_planted_faults(tab: Page, tmp_path: Path, planted: str, fault: str) -> None:
    """What a page may neither hold nor ask for, and links that lead nowhere, are found out."""
    page = tmp_path / "page.html"
    page.write_text(SOUND.format(planted), encoding="utf-8")
    assert any(found.startswith(fault.format(folder=tmp_path)) for found in visit(tab, page))


def test_a_split_figure_is_noticed(real: Path, tab: Page) -> None:
    """Where figures may be split, some are, and the visit says so."""
    show(tab, real / CURRENT / "es" / f"{REPORT}.html")
    tab.add_style_tag(content="@media print { figure, .pair, tr { break-inside: auto !important; } }")
    assert any("is split between two sheets" in fault for fault in paper_faults(tab))
