"""A briefing in which every text is hostile: what someone may have put into a table, a parameter or a notebook."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final
from unittest.mock import patch

import pandas as pd

from analysis.charts.style import to_svg
from analysis.export.document import Document, read_document
from analysis.foundation.words import Language
from analysis.values.texts import Text
from analysis.values.texts import text as written
from tests import bad_input
from tests.charts.bad_tables import FORMS

HOSTILE: Final[dict[str, str]] = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "end of everything": "</style></title></svg></main><iframe src='https://example.org'></iframe>",
    "attribute": "\" onmouseover='alert(1)' style=\"background:url(https://example.org/a.png)",
    "entity": "&lt;b&gt; &amp;amp; &#60;script&#62;",
    "markdown": "![a](https://example.org/a.png) [b](javascript:alert(1)) <https://example.org> **c** `d`",
    "typst": '#read("/etc/passwd") #import "@preview/cetz:0.3.1": * $ x $ #eval("1") @label <label> //',
    "typst string": '"; read("/etc/passwd") + "\\u{41}',
    "tex": "\\input{/etc/passwd} $\\write18{id}$ \\includegraphics{a}",
    "template": "{{ 7 * 7 }} {% include '/etc/passwd' %} {# a #}",
    "formula": "=cmd|' /C calc'!A0",
    "path": "../../../../etc/passwd",
}
"""What must be shown as it is, and do nothing."""
ODD: Final[dict[str, tuple[str, str]]] = {
    "control characters": ("a\x00b\x07c\x1b[31md\x7fe", "a?b?c?[31md?e"),
    "half a character": ("a\ud800b", "a?b"),
    "right to left": ("abc \u202ecba\u202c \u200f123",) * 2,
}
"""Letters that cannot or need not be shown, and what is shown."""


def hostile_document(language: Language, text: str) -> Document:
    """Return a briefing with every kind of element, whose every text is the one given."""
    words = dict.fromkeys(bad_input.WORDS[language], text)
    with (
        patch.dict(bad_input.WORDS, {language: words}),
        patch.object(bad_input, "_same", _value),
        patch.object(bad_input, "_data", lambda *_: {"head": [text, text], "rows": [[text, "1"]]}),
    ):
        cells = [
            bad_input._cell(bad_input._cover(language)),
            bad_input._cell(bad_input._key_figures(words, 3)),
            bad_input._cell(_chart(language, text)),
            *_texts(language, text),
        ]
    numbered = [{**cell, "id": f"cell-{i}"} for i, cell in enumerate(cells, 1)]
    notebook = {"cells": numbered, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    links = {"pdf": "a.pdf", "other_language": None, "index": "../index.html"}
    return read_document(notebook, edition="2026-1", contact=text, links=links)


def _chart(language: Language, text: str) -> Any:
    """A chart whose labels and data are hostile too, short enough to be drawn, of letters that can be drawn."""
    label = "".join(letter for letter in text[:40] if unicodedata.category(letter) not in {"Cc", "Cs"})
    table = pd.DataFrame({label: [3.0, 2.0]}, index=[label, f"{label}!"])
    picture = to_svg(FORMS["ranked_bars"](table, language, "half"))
    return bad_input._chart("ranked_bars", "long names", language, "half", picture, "")


def _value(words: str) -> Text:
    """The words as a value that is put into a sentence: a sentence of its own may hold no braces."""
    return written(es="{words}", en="{words}", words=words)


def as_text(text: str) -> str:
    """Write a text in Markdown so that nothing in it is a mark."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def long_document(language: Language, text: str) -> Document:
    """Return a briefing whose prose is the text, and nothing else."""
    with patch.dict(bad_input.WORDS, {language: dict.fromkeys(bad_input.WORDS[language], "Prueba")}):
        cells = [bad_input._cell(bad_input._cover(language)), bad_input._prose(language, text)]
    numbered = [{**cell, "id": f"cell-{i}"} for i, cell in enumerate(cells, 1)]
    return read_document({"cells": numbered, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _texts(language: Language, text: str) -> list[dict[str, Any]]:
    words = bad_input.WORDS[language]
    elements, same = bad_input.elements, bad_input._same
    return [
        bad_input._cell(elements.headline(same(text), [same(text)], language)),
        bad_input._cell(elements.paragraph("section", [same(text)], language, level=2)),
        bad_input._cell(elements.paragraph("finding", [same(text)], language)),
        bad_input._prose(language, as_text(text)),
        bad_input._cell(bad_input._table(words, numbers=False, rows=2)),
        bad_input._cell(elements.caution(same(text), [same(text)], language)),
        bad_input._cell(
            elements.method([{"column": "left", "title": text, "items": [{"term": text, "text": text}]}], [])
        ),
        bad_input._cell(elements.sources([bad_input._source_row(words, "long")], language)),
    ]
