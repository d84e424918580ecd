"""A briefing of bad input in both languages: every form of chart with bad tables, and every element at its worst."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.charts.style import Width, height_of, to_svg
from analysis.export.document import Document, read_document
from analysis.foundation.errors import AnalysisError
from analysis.foundation.words import Language, word
from analysis.mexico import COUNTRY
from analysis.report import elements
from analysis.report.elements import Element, Pair
from analysis.values.quantities import format_visible
from analysis.values.texts import Text, text
from tests.charts.bad_tables import FORMS, LONG_NAMES, TABLES

# Each chart is looked at by itself elsewhere; on pages, those whose titles, sizes or words press most.
ON_PAGES: dict[Language, tuple[str, ...]] = {
    "es": ("long names", "all zeros", "one outlier", "from 0.01 to billions", "negative changes"),
    "en": ("long names", "one point", "some unknown", "billions with long names", "forty series"),
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


def bad_document(language: Language) -> Document:
    """Return the briefing in one language, read from an executed notebook as any other."""
    words = WORDS[language]
    cells = [
        _cell(_cover(language)),
        _cell(elements.headline(_same(_long(words, 2)), [_same(_long(words, 4))], language)),
        *(_cell(_key_figures(words, count)) for count in (6, 4, 1)),
        *(cell for form in FORMS for cell in _charts(form, language)),
        *_texts_and_tables(language),
    ]
    numbered = [{**cell, "id": f"cell-{i}"} for i, cell in enumerate(cells, 1)]
    notebook = {"cells": numbered, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return read_document(notebook, edition="2026-1", links={"pdf": "bad.pdf", "other_language": "x.html"})


def _same(words: str) -> Text:
    """The same words in both languages: a document of one language shows one of them."""
    return text(es=words, en=words)


def _long(words: dict[str, str], sentences: int) -> str:
    return " ".join([f"{words['state']}, {words['word']}:", *([words["sentence"]] * sentences)])


def _cell(*shown: Element | Pair) -> dict[str, Any]:
    """A code cell that was run and shows these elements."""
    bundles = [bundle for element in shown for bundle in _bundles(element)]
    outputs = [{"output_type": "display_data", "data": bundle, "metadata": {}} for bundle in bundles]
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": outputs, "source": "b.show()"}


def _bundles(shown: Element | Pair) -> Iterator[dict[str, Any]]:
    if isinstance(shown, Element):
        yield from shown.outputs()
        return
    for side, column in (("left", shown.left), ("right", shown.right)):
        for element in column:
            for bundle in element.outputs():
                if elements.MIME in bundle:
                    bundle[elements.MIME]["side"] = side
                yield bundle


def _prose(language: Language, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {"tags": [f"lang-{language}"]}, "source": source}


def _cover(language: Language) -> Element:
    words = WORDS[language]
    return Element(
        {
            "kind": "cover",
            "number": 5,
            "title": f"{words['office']}: {words['word']}",
            "scope": _long(words, 1),
            "series": COUNTRY.series[language],
            "series_kind": word("series_kind", language),
            "language": language,
            "as_of": "2026-06-30",
            "cutoff": word("as_of", language).format(date="30 / 6 / 2026"),
            "geography": "MX-VER",
            "place": words["state"],
            "facts": [],
        }
    )


def _key_figures(words: dict[str, str], count: int) -> Element:
    """The first of six numbers: long, tiny, zero, negative, with one point, and with a seal on it."""
    many = [float(i % 7) for i in range(77)]
    rows: list[tuple[str, str, str, list[float | None], str | None]] = [
        ("65,000,000,000", "+6,499,999,900.0%", f"1 · {words['office']}", [1, 2, 65e9], None),
        ("0.01", "−0.04", words["sentence"], [0.01], words["word"][:20]),
        ("0", "", words["word"], [0, 0, 0], None),
        ("−12,345.6", "−100.0%", words["word"], [5, -8, 3, -9], None),
        ("65,000 millones", "", "", [None, None, 4, None], None),
        ("7", "+1", words["state"], [*many], None),
    ]
    figures = [
        {"value": value, "label": f"{words['word']}, {words['office']}", "seal": seal}
        | {"change": change, "reference": reference, "last_datum": words["word"], "spark": spark}
        for value, change, reference, spark, seal in rows[:count]
    ]
    content = {"figures": figures, "note": words["note"], "sources": [_source(words)], "tables": ["wide"]}
    return elements.key_figures({**content, "neutral": [], "facts": []})


def _source(words: dict[str, str]) -> str:
    return f"{words['office']}; {words['office']}, {words['word']}, CC BY-NC-SA 4.0; {words['state']}."


def _charts(form: str, language: Language) -> Iterator[dict[str, Any]]:
    """A section of one form: its bad tables at full width, then in pairs, what it does not take left out."""
    words = WORDS[language]
    yield _cell(elements.paragraph("section", [_same(f"{form}: {words['finding']}")], language, level=2))
    yield _cell(elements.paragraph("finding", [_same(_long(words, 1))], language))
    drawn = {bad: pictures for bad in ON_PAGES[language] if (pictures := _pictures(form, bad, language))}
    for bad, (full, half) in drawn.items():
        yield _cell(_chart(form, bad, language, "full", full, half))
    halves = [_chart(form, bad, language, "half", half, "") for bad, (_, half) in drawn.items()]
    for left, right in zip(halves[::2], halves[1::2], strict=False):
        yield _cell(Pair((left,), (right,)))


def _pictures(form: str, bad: str, language: Language) -> tuple[str, str] | None:
    """The chart as SVG at both widths; None where the form or the page refuses it."""
    try:
        full, half = (FORMS[form](TABLES[bad], language, width) for width in ("full", "half"))
        for axes in (full, half):
            elements.check_height(height_of(axes), bad)
    except AnalysisError:
        return None
    return to_svg(full), to_svg(half)


def _chart(form: str, bad: str, language: Language, width: Width, svg: str, narrow: str) -> Element:
    """The chart with its texts; the title of every third has one line, the others have two."""
    words = WORDS[language]
    one_line = list(TABLES).index(bad) % 3 == 0
    content = {
        "width": width,
        "title": bad if one_line else f"{bad}: {words['finding']}",
        "subtitle": f"{words['office']}, {words['state']}, 1950–2026",
        "alt": f"{form}, {bad}. {words['sentence']}",
        "source": _source(words),
        "note": words["note"],
        "data": _data(TABLES[bad], language),
        "download": True,
        "tables": ["long"],
        "facts": [],
        "neutral": [],
    }
    return elements.chart(svg, narrow, content)


def _data(table: pd.DataFrame, language: Language) -> dict[str, list[Any]]:
    rows = [
        [str(year), *(word("no_data", language) if pd.isna(v) else format_visible(v, language, 1) for v in row)]
        for year, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    return {"head": [word("period", language), *map(str, table.columns)], "rows": rows}


def _texts_and_tables(language: Language) -> Iterator[dict[str, Any]]:
    """Everything else: prose, tables of numbers and of words, boxes alone and in pairs, method and sources."""
    words = WORDS[language]
    sentence, long = words["sentence"], _long(words, 3)
    yield _cell(elements.paragraph("section", [_same(f"{words['word']}: {words['finding']}")], language, level=2))
    yield _prose(
        language,
        f"{long}\n\n> {long}\n\n- {words['word']}\n- **{words['office']}** y *{words['state']}*\n\n"
        f"[{ADDRESS}]({ADDRESS})\n\n`{words['word']}_{words['word']}_{words['word']}`\n\n"
        f"```\n{words['word']}_{words['word']}_{words['word']}_{words['word']}\n```",
    )
    yield _cell(_table(words, numbers=True, rows=5))
    yield _cell(_table(words, numbers=False, rows=4))
    yield _cell(_table(words, numbers=True, rows=40))
    box = elements.caution(_same(f"{words['word']}: {words['finding']}"), [_same(long)], language)
    finding = elements.paragraph("finding", [_same(long)], language)
    yield _cell(box)
    yield _cell(Pair((finding, box), (box,)))
    picture = to_svg(FORMS["ranked_bars"](TABLES["long names"], language, "half"))
    chart = _chart("ranked_bars", "long names", language, "half", picture, "")
    yield _cell(Pair((chart,), (finding, box)))
    yield _cell(elements.paragraph("section", [_same(words["office"])], language, level=2))
    terms = [{"term": f"{term}.", "text": long} for term in (words["office"], words["word"], words["state"])]
    sides = [("left", words["word"]), ("right", words["office"]), ("right", words["state"])]
    yield _cell(elements.method([{"column": c, "title": title, "items": terms} for c, title in sides], []))
    yield _cell(elements.sources([_source_row(words, name) for name in ("long", "wide", "other")], language))
    yield _cell(elements.paragraph("finding", [_same(sentence)], language))


def _table(words: dict[str, str], *, numbers: bool, rows: int) -> Element:
    """A table of eight columns of numbers, from hundredths to thousands of millions, or of four columns of words."""
    if numbers:
        values = ["65,000,000,000", "0.01", "–", "−100.0%", "+6,499,999,900.0%", "0", "1,234.5"]
        head = [words["word"], *(f"{words['state']}\n{year}" for year in range(2020, 2026)), words["word"]]
        body = [[words["office"] if i % 2 else words["word"], *values] for i in range(rows)]
    else:
        head, last = [words["state"], words["office"], "1", words["word"]], f"{words['office']}. {words['sentence']}"
        body = [[words["word"], words["sentence"], str(i), last] for i in range(rows)]
    content = {
        "title": f"{words['word']}: {words['finding']}",
        "head": head,
        "rows": body,
        "align": ["left", *["right" if numbers else "left"] * (len(head) - 1)],
        "emphasis": 3 if numbers else None,
        "muted_row": rows - 2,
        "total": numbers,
        "source": _source(words),
        "note": words["note"],
        "tables": ["wide"],
        "facts": [],
        "neutral": [],
    }
    return elements.table(content)


def _source_row(words: dict[str, str], name: str) -> dict[str, Any]:
    return {
        "table": name,
        "source_id": name,
        "vintage": "2026-06-25",
        "read_on": "2026-11-22",
        "last": "2025",
        "hash": f"sha256:{name}",
        "printed": True,
        "publisher": words["office"] if name == "long" else f"{words['word']} ({words['state']})",
        "span": ["1950", "2026-06-25"],
        "version": "25 jun 2026" if name == "long" else words["state"],
        "licence": f"CC BY-NC-SA 4.0, {words['sentence']}" if name == "wide" else words["word"],
    }
