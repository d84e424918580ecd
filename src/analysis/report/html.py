"""The template parts that show elements as HTML: a notebook shows one, a page all of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from analysis.foundation.tokens import COLOR
from analysis.foundation.words import Language, word
from analysis.mexico import COUNTRY
from analysis.report.elements import Chart, Element, ElementError
from analysis.report.printing import printed_element
from analysis.report.spark import SPARK_SIZE

PARTS: Final = Path(__file__).parent / "parts"


@cache
def environment(*folders: Path) -> jinja2.Environment:
    """Return the template engine: everything printed is escaped, and a missing value is an error.

    Args:
        folders: where templates are, besides the parts.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([PARTS, *folders]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"color": COLOR, "country": COUNTRY, "spark_size": SPARK_SIZE, "word": word}
    return made


def compile_parts() -> None:
    """Make all template parts ready: each is compiled when it is first used, unless it was before."""
    for name in environment().list_templates():
        environment().get_template(name)


def preview(element: Element, language: Language) -> str:
    """Return the HTML with which a notebook shows an element.

    Raises:
        ElementError: if its kind has no template part.
    """
    try:
        part = environment().get_template(f"{element.kind}.html.j2")
    except jinja2.TemplateNotFound as error:
        raise ElementError(without_part(error)) from None
    block = printed_element(element, language)
    return _framed(part.render(block=block, element=element, language=language, preview=True))


def without_part(error: jinja2.TemplateNotFound) -> str:
    """Say which kind of element has no template part, and where it goes."""
    kind = str(error.name).partition(".")[0]
    return f"no notebook or page can show a {kind}: write report/parts/{error.name}"


def texts_beside(chart: Chart, language: Language) -> tuple[str, str]:
    """Return the HTML of what stands above the picture of a chart in a notebook, and of what stands below it."""
    macros: Any = environment().get_template("shared.html.j2").module
    block = printed_element(chart, language)
    return _framed(macros.caption_above(block)), _framed(macros.source(block))


def _framed(part: str) -> str:
    return environment().get_template("preview.html.j2").render(part=Markup(part.strip())).strip()
