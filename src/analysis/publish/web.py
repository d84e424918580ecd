"""What every HTML page has: head, style sheet, typeface. One file each, no scripts, no network."""

from __future__ import annotations

from functools import cache
from typing import Final

import jinja2
from markupsafe import Markup

from analysis.publish.fonts import font_faces
from analysis.publish.pages import TEMPLATES, locale_tag, tokens
from analysis.spark import SPARK_SIZE, spark_columns
from analysis.words import Language, word

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"


@cache
def environment() -> jinja2.Environment:
    """Return the template engine: everything printed is escaped, and a missing value is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["tokens"] = tokens()
    made.globals["spark_size"] = SPARK_SIZE
    made.globals["word"] = word
    made.filters["spark_columns"] = spark_columns
    return made


def page(body: str, *, title: str, description: str, language: Language, sheet: str) -> str:
    """Return a whole HTML page.

    Args:
        body: what stands between the body tags, already markup.
        title: title of the window.
        description: what search engines show.
        language: language of the page.
        sheet: name of the style sheet that follows the common one.
    """
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            body=Markup(body),
            title=title,
            description=description,
            language=language,
            tag=locale_tag(language),
            policy=_POLICY,
            style=Markup("\n".join([font_faces(body + title), _variables(), _sheet("page.css"), _sheet(sheet)])),
        )
    )


def _variables() -> str:
    return ":root{" + "".join(f"--{name}:{value};" for name, value in tokens()["color"].items()) + "}"


def _sheet(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
