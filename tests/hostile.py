"""A briefing in which every text is hostile: what someone may have put into a table, a parameter or a notebook."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import pandas as pd
from msgspec.structs import replace

from analysis.charts.style import to_svg
from analysis.export.document import Document, read_document
from analysis.export.records import Links
from analysis.foundation.words import Language
from analysis.report.chart_data import ChartData, Column, Row
from analysis.report.elements import Caution, Chart, Finding, Headline, Section, Sources
from analysis.report.runs import Sentence
from analysis.values.texts import text as written
from tests import bad_input
from tests.charts.bad_tables import FORMS
from tests.samples import Markdown, cells_of, executed, paragraph

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
    words, said = dict.fromkeys(bad_input.WORDS[language], text), _value(text, language)
    elements = [
        bad_input.cover(language, words),
        bad_input.key_figures(words, 3),
        _chart(language, words),
        Headline(said, paragraph(said)),
        Section(said),
        Finding(paragraph(said)),
        Markdown(as_text(text)),
        bad_input.table(words, numbers=False, rows=2),
        Caution(said, paragraph(said)),
        bad_input.method(words, text),
        Sources((bad_input.source(words, "long"),)),
    ]
    notebook = executed(*cells_of(elements, language))
    return read_document(notebook, edition="2026-1", contact=text, links=Links({"pdf": "a.pdf"}, index="../index.html"))


def _chart(language: Language, words: dict[str, str]) -> Chart:
    """A chart whose labels and data are hostile too, short enough to be drawn, of letters that can be drawn."""
    text, said = words["word"], _value(words["word"], language)
    label = "".join(letter for letter in text[:40] if unicodedata.category(letter) not in {"Cc", "Cs"})
    drawn = pd.DataFrame({label: [3.0, 2.0]}, index=[label, f"{label}!"])
    picture = to_svg(FORMS["ranked_bars"](drawn, language, "half"))
    made = bad_input.chart("ranked_bars", "long names", language, "half", picture)
    data = ChartData(text, (Column(text, text),), (Row(text, (1,), mark=text),))
    texts = {"title": said, "subtitle": said, "alt": said, "source": bad_input.source_line(words)}
    return replace(made, **texts, note=paragraph(said), data=data)


def _value(words: str, language: Language) -> Sentence:
    """The words as a value that is put into a sentence: a sentence of its own may hold no braces."""
    return Sentence.of(written(es="{words}", en="{words}", words=words), language)


def as_text(text: str) -> str:
    """Write a text in Markdown so that nothing in it is a mark."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def long_document(language: Language, text: str) -> Document:
    """Return a briefing whose prose is the text, and nothing else."""
    cover = bad_input.cover(language, dict.fromkeys(bad_input.WORDS[language], "Prueba"))
    return read_document(executed(*cells_of([cover, Markdown(text)], language)))
