"""A briefing of bad input in both languages: every form of chart with bad tables, and every element at its worst."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd
from msgspec.structs import replace

from analysis.charts.style import height_of, to_svg
from analysis.export.document import Document, read_document
from analysis.export.records import Links
from analysis.foundation.errors import AnalysisError
from analysis.foundation.tokens import Width
from analysis.foundation.words import Language, word
from analysis.report.chart_data import chart_data
from analysis.report.elements import (
    Caution,
    Cell,
    Chart,
    Cover,
    Element,
    Finding,
    Group,
    Headline,
    Item,
    KeyFigures,
    KeyNumber,
    Method,
    Pair,
    Section,
    Source,
    Sources,
    Table,
    check_height,
)
from analysis.report.facts import Derivation, Fact
from analysis.report.runs import Citation, FactRun, Sentence
from tests.charts.bad_tables import FORMS, LONG_NAMES, TABLES
from tests.promises import times
from tests.samples import Markdown, cells_of, executed, paragraph, sentence

# Each chart is looked at by itself elsewhere; on pages, those whose titles, sizes or words press most, usually two.
ON_PAGES: dict[Language, tuple[str, ...]] = {
    "es": ("long names", "from 0.01 to billions", "all zeros", "one outlier", "negative changes"),
    "en": ("long names", "billions with long names", "one point", "some unknown", "forty series"),
}
WORDS: dict[Language, dict[str, str]] = {
    "es": {
        "office": LONG_NAMES[1],
        "state": LONG_NAMES[0],
        "word": LONG_NAMES[2],
        "sentence": "Las personas que cruzan el país sin pedir asilo no aparecen en estas cifras.",
        "finding": "un título que dice el hallazgo, su periodo y su lugar, y que por eso ocupa dos renglones o más",
        "note": "Dato preliminar de enero a junio; las cifras de un solo mes pueden cambiar.",
    },
    "en": {
        "office": "United Nations Department of Economic and Social Affairs, Population Division",
        "state": "Veracruz de Ignacio de la Llave",
        "word": "Internationalizationsinternationalizings",
        "sentence": "People who cross the country without claiming asylum do not appear in these figures.",
        "finding": "a title that says the finding, its period and its place, and therefore takes two lines or more",
        "note": "Preliminary figure from January to June; the figures of a single month may change.",
    },
}
ADDRESS = "https://www.example.org/" + "-".join(["informe-estadistico-anual"] * 5)


Numbers = tuple[str, float | None, str, str, str]
"""A number of a table: its column, value, unit, format, and why it is missing."""
NUMBERS: Final[tuple[Numbers, ...]] = (
    ("column 1", 65_000_000_000, "persons", "", ""),
    ("column 2", 0.01, "persons", "2", ""),
    ("column 3", None, "persons", "", "too_few"),
    ("column 4", -100.0, "percent", "", ""),
    ("column 5", 6_499_999_900.0, "percent", "+", ""),
    ("column 6", 0, "persons", "", ""),
    ("column 7", 1234.5, "persons", "1", ""),
)
"""From hundredths to thousands of millions."""


def bad_document(language: Language) -> Document:
    """Return the briefing in one language, read from an executed notebook as any other."""
    words = WORDS[language]
    elements = [
        cover(language, words),
        Headline(sentence(_long(words, 2)), paragraph(_long(words, 4))),
        *(key_figures(words, count) for count in (6, 4, 1)),
        *(element for form in FORMS for element in _charts(form, language)),
        *_texts_and_tables(language),
    ]
    links = Links({"pdf": "bad.pdf"}, other_language="x.html")
    return read_document(executed(*cells_of(elements, language)), edition="2026-1", links=links)


def _long(words: dict[str, str], sentences: int) -> str:
    return " ".join([f"{words['state']}, {words['word']}:", *([words["sentence"]] * sentences)])


def cover(language: Language, words: dict[str, str]) -> Cover:
    """A cover of a state, whose title and scope take several lines."""
    return Cover(
        theme=5,
        title=f"{words['office']}: {words['word']}",
        scope=_long(words, 1),
        language=language,
        as_of="2026-06-30",
        geography="MX-VER",
    )


def fact(value: float | None, unit: str = "persons", *, missing: str = "", preliminary: bool = False) -> Fact:
    """A number from the wide table."""
    return Fact(value, unit, "2025", "MX-VER", preliminary, missing, ("wide",), Derivation("wide", "n"))


def key_figures(words: dict[str, str], count: int) -> KeyFigures:
    """The first of six numbers: long, tiny, zero, negative, with one point, and with a seal on it."""
    label, many = sentence(f"{words['word']}, {words['office']}"), tuple(float(i % 7) for i in range(77))
    office, saying, word_ = (sentence(words[key]) for key in ("office", "sentence", "word"))
    growth, loss = fact(6_499_999_900.0, "percent"), fact(-100.0, "percent")
    spans = ((1, 2, 65e9), (0.01,), (0, 0, 0), (5, -8, 3, -9), (None, None, 4, None), many)
    numbers = [
        KeyNumber(fact(65_000_000_000), label, fact(1), growth, office),
        KeyNumber(fact(0.01, preliminary=True), label, fact(0.05), fact(-0.04, "points"), saying, "2"),
        KeyNumber(fact(0), label, fact(0), None, word_),
        KeyNumber(fact(-12_345.6), label, fact(1), loss, word_, "1"),
        KeyNumber(fact(65_000_000_000), label, format="millions 0"),
        KeyNumber(fact(7), label, fact(6), fact(1), sentence(words["state"])),
    ]
    figures = [
        KeyNumber(n.value, n.label, n.before, n.change, n.reference, n.format, "2026-06-25", spark)
        for n, spark in zip(numbers, spans, strict=True)
    ]
    return KeyFigures(tuple(figures[:count]), paragraph(words["note"]), source_line(words), ("wide",))


def source_line(words: dict[str, str]) -> Sentence:
    """The line of sources below a chart, of several publishers with long names."""
    line = f"{words['office']}; {words['office']}, {words['word']}, CC BY-NC-SA 4.0; {words['state']}."
    return sentence(Citation(line))


def _charts(form: str, language: Language) -> Iterator[Element]:
    """A section of one form: its bad tables at full width, then in pairs, what it does not take left out."""
    words = WORDS[language]
    yield Section(sentence(f"{form}: {words['finding']}"))
    yield Finding(paragraph(_long(words, 1)))
    pressing = ON_PAGES[language][: times(2, soak=5)]
    drawn = {bad: pictures for bad in pressing if (pictures := _pictures(form, bad, language))}
    for bad, (full, half) in drawn.items():
        yield chart(form, bad, language, "full", full, half)
    halves = [chart(form, bad, language, "half", half) for bad, (_, half) in drawn.items()]
    for left, right in zip(halves[::2], halves[1::2], strict=False):
        yield Pair((left,), (right,))


def _pictures(form: str, bad: str, language: Language) -> tuple[str, str] | None:
    """The chart as SVG at both widths; None where the form or the page refuses it."""
    try:
        full, half = (FORMS[form](TABLES[bad], language, width) for width in ("full", "half"))
        for axes in (full, half):
            check_height(height_of(axes), bad)
    except AnalysisError:
        return None
    return to_svg(full), to_svg(half)


def chart(form: str, bad: str, language: Language, width: Width, svg: str, narrow: str = "") -> Chart:
    """The chart with its texts; the title of every third has one line, the others have two."""
    words = WORDS[language]
    one_line = list(TABLES).index(bad) % 3 == 0
    return Chart(
        form=form,
        width=width,
        title=sentence(bad if one_line else f"{bad}: {words['finding']}"),
        subtitle=sentence(f"{words['office']}, {words['state']}, 1950–2026"),
        alt=sentence(f"{form}, {bad}. {words['sentence']}"),
        source=source_line(words),
        note=paragraph(words["note"]),
        data=chart_data(_named(TABLES[bad], language), "persons", {}),
        download=True,
        tables=("long",),
        narrow=tuple(narrow.split("\n")) if narrow else (),
        svg=svg,
    )


def _named(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    return table.rename_axis(index=word("period", language))


def _texts_and_tables(language: Language) -> Iterator[Element]:
    """Everything else: prose, tables of numbers and of words, boxes alone and in pairs, method and sources."""
    words = WORDS[language]
    sentence_, long = words["sentence"], _long(words, 3)
    yield Section(sentence(f"{words['word']}: {words['finding']}"))
    yield Markdown(
        f"{long}\n\n> {long}\n\n- {words['word']}\n- **{words['office']}** y *{words['state']}*\n\n"
        f"[{ADDRESS}]({ADDRESS})\n\n`{words['word']}_{words['word']}_{words['word']}`\n\n"
        f"```\n{words['word']}_{words['word']}_{words['word']}_{words['word']}\n```",
    )
    yield table(words, numbers=True, rows=5)
    yield table(words, numbers=False, rows=4)
    yield table(words, numbers=True, rows=40)
    box = Caution(sentence(f"{words['word']}: {words['finding']}"), paragraph(long))
    finding = Finding(paragraph(long))
    yield box
    yield Pair((finding, box), (box,))
    picture = to_svg(FORMS["ranked_bars"](TABLES["long names"], language, "half"))
    drawn = chart("ranked_bars", "long names", language, "half", picture)
    yield Pair((replace(drawn, title=sentence(words["finding"])),), (finding, box))
    yield Section(sentence(words["office"]))
    yield method(words, long)
    yield Sources(tuple(source(words, name) for name in ("long", "wide", "other")))
    yield Finding(paragraph(sentence_))


def method(words: dict[str, str], text: str) -> Method:
    """All groups of the method, with long terms."""
    terms = [f"{words[key]}." for key in ("office", "word", "state")]
    items = tuple(Item(sentence(term), sentence(text)) for term in terms)
    return Method((Group("definitions", items), Group("calculation", items), Group("limits", items)))


def table(words: dict[str, str], *, numbers: bool, rows: int) -> Table:
    """A table of eight columns of numbers, from hundredths to thousands of millions, or of four columns of words."""
    body: list[tuple[Cell, ...]]
    if numbers:
        values = tuple(
            FactRun(name, fact(value, unit, missing=missing), spec) for name, value, unit, spec, missing in NUMBERS
        )
        head = [words["word"], *(f"{words['state']}\n{year}" for year in range(2020, 2026)), words["word"]]
        body = [(sentence(words["office"] if i % 2 else words["word"]), *values) for i in range(rows)]
    else:
        head, last = [words["state"], words["office"], "1", words["word"]], f"{words['office']}. {words['sentence']}"
        body = [tuple(map(sentence, (words["word"], words["sentence"], str(i), last))) for i in range(rows)]
    return Table(
        title=sentence(f"{words['word']}: {words['finding']}"),
        head=tuple(head),
        rows=tuple(body),
        align=("left", *["right" if numbers else "left"] * (len(head) - 1)),
        emphasis=3 if numbers else None,
        muted_row=rows - 2,
        total=numbers,
        source=source_line(words),
        note=paragraph(words["note"]),
        tables=("wide",),
    )


def source(words: dict[str, str], name: str) -> Source:
    """A source whose publisher, version or licence is long."""
    return Source(
        table=name,
        source_id=name,
        vintage="2026-06-25",
        hash=f"sha256:{name}",
        printed=True,
        publisher=words["office"] if name == "long" else f"{words['word']} ({words['state']})",
        span=("1950", "2026-06-25"),
        last="2025",
        version="25 jun 2026" if name == "long" else words["state"],
        read_on="2026-11-22",
        licence=f"CC BY-NC-SA 4.0, {words['sentence']}" if name == "wide" else words["word"],
    )
