"""Make the sample again: two PDFs and the pictures of README, from the built default edition.

Run by `make sample`; needs pdftoppm (poppler-utils) and Chromium.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import tomllib
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
EDITION = HERE.parent / tomllib.loads((HERE.parent / "editions.toml").read_text(encoding="utf-8"))["default"]
NOT_COMPARED = ("manifest.json", "changes-from-")
REPORT = "05_assistance_protection"
OFFLINE = ["--no-sandbox", "--disable-background-networking"]


def copy_pdfs() -> None:
    """Copy the sample report in both languages."""
    for language in ("es", "en"):
        shutil.copyfile(EDITION / language / f"{REPORT}.pdf", HERE / f"{REPORT}.{language}.pdf")


def write_digests() -> None:
    """Write the digest of every file of the edition, as `sha256sum` does.

    Its manifest also names a Python, and comparisons with other editions are made at will.
    """
    lock = sha256((HERE.parents[1] / "requirements.lock").read_bytes()).hexdigest()
    files = sorted(p for p in EDITION.rglob("*") if p.is_file() and not p.name.startswith(NOT_COMPARED))
    lines = [f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(EDITION)}" for path in files]
    head = f"# {platform.system()} {platform.machine()}, requirements.lock {lock}"
    (HERE / "SHA256SUMS").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def picture_of_page(pdf: Path, page: int, picture: str) -> None:
    """Draw one page of a PDF, 700 pixels wide."""
    size = ["-scale-to-x", "700", "-scale-to-y", "-1", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run(["pdftoppm", "-png", *size, pdf, HERE / picture], check=True)


def picture_of_screen(browser: Browser, page: str, width: int, height: int, picture: str, *, scroll: str = "") -> None:
    """Draw what a reader of the page sees, from its top or from an element on."""
    screen = browser.new_page(viewport={"width": width, "height": height})
    screen.goto((EDITION / page).as_uri())
    if scroll:
        screen.locator(scroll).first.evaluate("element => element.scrollIntoView()")
    screen.screenshot(path=HERE / f"{picture}.png")
    screen.close()


def main() -> None:
    """Write every file of the sample."""
    copy_pdfs()
    write_digests()
    picture_of_page(EDITION / "es" / f"{REPORT}.pdf", 1, "page-1.es")
    picture_of_page(EDITION / "en" / f"{REPORT}.pdf", 2, "page-2.en")
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OFFLINE)
        picture_of_screen(browser, "index.en.html", 1180, 860, "index.en")
        picture_of_screen(browser, "es/01_labour_migration.html", 390, 780, "phone.es", scroll="#fig4, figure.chart")
        browser.close()


if __name__ == "__main__":
    main()
