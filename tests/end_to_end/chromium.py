"""Pages in a real Chromium: where it is, how it is started, and what the tests ask of a page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

HEIGHT: Final = 900
_FLAGS: Final = [
    "--no-sandbox",  # continuous integration runs as root
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_LAYOUT: Final = Path(__file__).with_name("chromium.js").read_text(encoding="utf-8")
_AXE: Final[str] = Axe().axe_script

# Every rule of axe, also those that it asks only where told to; but the contrast of 7 (AAA), which the colours do not
# aim at, and those that are named.
_RULES: Final = """(without) => {
  const left = ["color-contrast-enhanced", ...without];
  const rules = axe.getRules().map(({ruleId}) => [ruleId, {enabled: !left.includes(ruleId)}]);
  return axe.run({rules: Object.fromEntries(rules), resultTypes: ["violations"]}).then(({violations}) => violations);
}"""

# For speed: axe cannot tell contrasts inside drawings, and rows of data below the second look like the second.
_SHORTENED: Final = """() => {
  document.querySelectorAll("svg[role=img]").forEach((drawing) => drawing.replaceChildren());
  document.querySelectorAll(":is(.data, .sources) tr + tr + tr").forEach((row) => row.remove());
}"""


@contextmanager
def started() -> Iterator[Browser]:
    """A Chromium without a window that does nothing in the background, ended with the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def show(tab: Page, path: Path, width: int = 1280) -> None:
    """Open a file in a window of that width."""
    resize(tab, width)
    tab.goto(path.as_uri())


def resize(tab: Page, width: int, height: int = HEIGHT) -> None:
    """Give the window another size, in CSS pixels."""
    tab.set_viewport_size({"width": width, "height": height})


def open_details(tab: Page) -> None:
    """Open whatever can be opened on the page."""
    tab.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")


def layout(tab: Page, question: str, *arguments: float | str) -> list[str]:
    """Ask the page one of the questions of chromium.js; the answer is one sentence a fault."""
    faults: list[str] = tab.evaluate(f"(given) => ({_LAYOUT}).{question}(...given)", list(arguments))
    return faults


def axe_faults(tab: Page, *, without: Sequence[str] = ()) -> list[str]:
    """What axe-core finds on the page as it stands: the rule, what it says, and the first element."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(_AXE)
        tab.evaluate(_SHORTENED)
    violations: list[dict[str, Any]] = tab.evaluate(_RULES, list(without))
    return [f"{v['id']}: {v['help']}, {len(v['nodes'])} times, as in {v['nodes'][0]['html']}" for v in violations]
