"""One visit of Chromium to a page: it is opened once, and asked at every width all that is wanted of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import pypdfium2
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.end_to_end.chromium import axe_faults, layout, open_details, resize, show
from tests.promises import SOAK

NARROWEST, PHONE, DESKTOP = 320, 390, 1280
_EVERY: Final = (NARROWEST, 360, PHONE, 560, 641, 721, 768, 961, DESKTOP, 1920)
WIDTHS: Final = {
    "es": _EVERY if SOAK else (NARROWEST, PHONE, 961, DESKTOP),
    "en": _EVERY if SOAK else (PHONE, 641, 721, DESKTOP),
}
"""Windows in which the texts of a page are looked at; every report is there in both languages."""
_SMALLEST: Final = 9
_SMALLEST_ZOOMED: Final = 7.9
"""Pixels of the text of charts: on any phone and wider screen, and at 320 px, which is a wide screen zoomed in."""
_INK_OF_LINKS: Final = "rgb(0, 51, 160)"


def visit(tab: Page, page: Path) -> list[str]:
    """Open a page, ask it everything, and return one sentence a fault.

    The order matters: paper needs the details closed, and axe, for which the drawings are taken away, comes last.
    """
    with heard(tab) as said:
        show(tab, page, DESKTOP)
        faults = [
            *script_faults(tab),
            *link_faults(tab, page),
            *layout_faults(tab),
            *paper_faults(tab),
            *opened_faults(tab),
        ]
    return [sentence for sentence in said if sentence != f"asks for {page.as_uri()}"] + faults


@contextmanager
def heard(tab: Page) -> Iterator[list[str]]:
    """Collect what a tab asks for, data inside the page left out, and what the browser says against the page."""
    said: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith("data:"):
            said.append(f"asks for {request.url}")

    def complained(message: ConsoleMessage) -> None:
        said.append(f"the browser complains: {message.text}")

    tab.on("request", asked)
    tab.on("console", complained)
    try:
        yield said
    finally:
        tab.remove_listener("request", asked)
        tab.remove_listener("console", complained)


def is_spanish(tab: Page) -> bool:
    """Whether the page is in Spanish."""
    return bool(tab.evaluate("document.documentElement.lang.startsWith('es')"))


def script_faults(tab: Page) -> list[str]:
    """Scripts that a page holds, as elements or in attributes."""
    return tab.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((element) => [
          ...(element.localName === "script" ? ["holds a script"] : []),
          ...element.getAttributeNames().filter((name) => name.startsWith("on")).map((name) => `holds ${name}=`),
        ])"""
    )


def link_faults(tab: Page, page: Path) -> list[str]:
    """Links that lead to no file, to no place of the page or out of the edition, and a page without places."""
    links = {urlsplit(href) for href in tab.evaluate("[...document.links].map((link) => link.href)")}
    files = {link for link in links if link.scheme == "file"}
    places = sorted(link.fragment for link in files if link.path == urlsplit(page.as_uri()).path and link.fragment)
    counts = tab.evaluate("(places) => places.map((id) => document.querySelectorAll(`[id='${id}']`).length)", places)
    return [
        *(f"links to {link.geturl()}" for link in links - files if link.scheme != "data"),
        *(
            f"links to a file that is not there: {link.path}"
            for link in files
            if not Path(unquote(link.path)).is_file()
        ),
        *(f"links to #{place}, there {count} times" for place, count in zip(places, counts, strict=True) if count != 1),
        *([] if places else ["links to no place of its own"]),
    ]


def layout_faults(tab: Page) -> list[str]:
    """Texts on one another, cut off, too small or too pale, hints to scroll what has room, neighbours out of line."""
    faults = []
    for width in WIDTHS["es" if is_spanish(tab) else "en"]:
        resize(tab, width)
        least = _SMALLEST_ZOOMED if width == NARROWEST else _SMALLEST
        found = [*layout(tab, "textFaults"), *layout(tab, "smallTexts", least)]
        if width in {PHONE, DESKTOP}:  # once in the narrow drawings, once in the wide ones
            resize(tab, width, tab.evaluate("document.documentElement.scrollHeight"))
            found += layout(tab, "contrastFaults")
        if width in {NARROWEST, PHONE}:
            tab.wait_for_function("() => new Promise(requestAnimationFrame)")  # timelines start with the first frame
            found += layout(tab, "hintFaults")
        if width == DESKTOP:
            found += layout(tab, "neighbourFaults")
        faults += [f"{width} px: {fault}" for fault in found]
    return faults


def paper_faults(tab: Page) -> list[str]:
    """What only a screen can use and stands on paper all the same, and figures that two sheets share."""
    resize(tab, DESKTOP)
    figures = texts_of_figures(tab)
    sheets = printed(tab) if figures else []
    tab.emulate_media(media="print")
    try:
        faults = layout(tab, "paperFaults", _INK_OF_LINKS)
    finally:
        tab.emulate_media(media="null")  # "screen" would also print the page as a screen shows it
    split = [texts[0] for texts in figures if not any(all(text in sheet for text in texts) for sheet in sheets)]
    return [*faults, *(f"the figure “{title}” is split between two sheets" for title in split)]


def texts_of_figures(tab: Page) -> list[list[str]]:
    """Letters and digits of each text of each figure: title, labels or cells, source."""
    found: list[list[str]] = tab.evaluate(
        """() => [...document.querySelectorAll("figure")].map((figure) =>
          [...figure.querySelectorAll(".title, .picture:not(.narrow) text, .main th, .main td, .source")]
            .map((element) => element.textContent.replace(/[^\\p{L}\\p{N}]/gu, "")))"""
    )
    return found


def printed(tab: Page) -> list[str]:
    """Print the page; return letters and digits of each sheet."""
    with pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True)) as pdf:
        return [re.sub(r"[\W_]", "", page.get_textpage().get_text_range()) for page in pdf]


def opened_faults(tab: Page) -> list[str]:
    """With all open that can be opened: texts and columns on a phone, and whatever axe-core finds.

    It looks at a Spanish page on a wide screen, and at an English one, whose colours are the same, on a phone.
    """
    open_details(tab)
    faults = []
    for width in (NARROWEST, PHONE) if SOAK or is_spanish(tab) else (PHONE,):
        resize(tab, width)
        found = [*layout(tab, "textFaults"), *layout(tab, "columnFaults")]
        faults += [f"{width} px, all open: {fault}" for fault in found]
    width, without = (DESKTOP, ()) if is_spanish(tab) else (PHONE, ("color-contrast",))
    resize(tab, width)
    return faults + [f"{width} px, axe: {fault}" for fault in axe_faults(tab, without=without)]
