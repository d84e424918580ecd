"""What every HTML page has: head, style sheet, typeface. One file each, no scripts, no network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import jinja2
from markupsafe import Markup

from analysis.export.fonts import font_faces
from analysis.export.pages import TEMPLATES
from analysis.foundation.tokens import COLOR
from analysis.foundation.words import LANGUAGES, Language, word
from analysis.mexico import COUNTRY
from analysis.report.html import environment

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"


def page_environment() -> jinja2.Environment:
    """Return the template engine of pages, which finds the parts of elements too."""
    return environment(TEMPLATES)


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
        page_environment()
        .get_template("page.html.j2")
        .render(
            body=Markup(body),
            title=title,
            description=description,
            language=language,
            tag=COUNTRY.tags[language],
            policy=_POLICY,
            style=Markup("\n".join([font_faces(body + title), _variables(), _sheet("page.css"), _sheet(sheet)])),
        )
    )


def banded_page(name: str, texts: Mapping[str, str], language: Language, **shown: object) -> str:
    """Return a page that is about several briefings: the band with its texts, and what a template makes below it.

    Args:
        name: of the template and of its style sheet.
        texts: ``title``, ``scope`` and ``imprint``.
        language: language of the page.
        shown: what else the template reads.
    """
    series = " · ".join([COUNTRY.series[language], word("series_kind", language)])
    other = next(candidate for candidate in LANGUAGES if candidate != language)
    template = page_environment().get_template(f"{name}.html.j2")
    body = template.render(texts={**texts, "series": series}, language=language, other=other, **shown)
    title = f"{texts['title']}. {COUNTRY.series[language]}"
    return page(body, title=title, description=texts["scope"], language=language, sheet=f"{name}.css")


def _variables() -> str:
    return ":root{" + "".join(f"--{name}:{value};" for name, value in COLOR.items()) + "}"


def _sheet(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
