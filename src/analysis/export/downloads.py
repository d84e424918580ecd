"""What a page lets its readers take away of a chart: its picture, and its data with what describes them.

Each file stands inside its link. The data are a CSV file for programs and spreadsheets alike; beside it stands a
resource of the Frictionless standard, which says of each column its unit, and of all where they are from.
"""

from __future__ import annotations

import csv
import io
import json
from base64 import b64encode
from collections.abc import Iterator
from itertools import count
from typing import Final
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from analysis.export.svg import inline_svg, svg_file
from analysis.foundation.words import Language, word
from analysis.report.chart_data import ChartData
from analysis.report.elements import Chart, Cover

MARK: Final = "mark"
"""The column that says why a row is to be read with care."""
_UNNAMED: Final = "name"
"""The head of a column without a name."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, spreadsheets take the file for one of an older encoding."""


class Downloads(msgspec.Struct, frozen=True):
    """The pictures of a chart inside its page, and its files as links that hold them.

    Attributes:
        name: name of the files, without suffix.
        picture: the drawing, as an element of a page.
        narrow_picture: the one for narrow screens; empty where there is none.
        svg: the drawing as a file.
        csv: its data.
        resource: what describes the data.
    """

    name: str
    picture: Markup
    narrow_picture: Markup
    svg: str
    csv: str
    resource: str


def downloads(chart: Chart, cover: Cover) -> Downloads:
    """Return what a page shows and offers of a chart.

    Raises:
        PublishError: if a picture is not SVG.
    """
    language = cover.language
    figure = word("figure", language).lower().replace("á", "a")
    name = f"{cover.theme:02d}_{cover.geography}_{language}_{figure}{chart.number}"
    title, alt, described = _texts(chart, language)
    return Downloads(
        name=name,
        picture=Markup(inline_svg(chart.svg, alt, chart.anchor)),
        narrow_picture=Markup(inline_svg(chart.narrow_svg, alt, f"{chart.anchor}-narrow") if chart.narrow else ""),
        svg="data:image/svg+xml;base64," + b64encode(svg_file(chart.svg, title, described)).decode(),
        csv="data:text/csv;charset=utf-8," + quote(_BYTE_ORDER_MARK + csv_file(chart.data)),
        resource="data:application/json;charset=utf-8," + quote(resource_file(chart, name, language)),
    )


def csv_file(data: ChartData) -> str:
    """Return the data of a chart as CSV: one header, ISO periods, numbers in full, nothing where there is no value.

    A text that a spreadsheet would run as a formula is quoted with an apostrophe.
    """
    file = io.StringIO()
    csv.writer(file).writerows(_rows(data))
    return file.getvalue()


def resource_file(chart: Chart, name: str, language: Language) -> str:
    """Return what describes the data of a chart, as a resource of the Frictionless standard (JSON).

    Args:
        chart: the chart.
        name: name of its files, without suffix.
        language: language of its words.
    """
    title, _, described = _texts(chart, language)
    rows_of, *columns, mark = _heads(chart.data)
    source = chart.source.written(language)
    content = {
        "name": name.lower(),
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "title": title,
        "description": described,
        "sources": [{"title": source}],
        "schema": {
            "fields": [
                {"name": rows_of, "type": "any"},
                *(
                    {"name": n, "type": "number", "unit": c.unit}
                    for n, c in zip(columns, chart.data.columns, strict=True)
                ),
                {"name": mark, "type": "string"},
            ],
            "missingValues": [""],
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _texts(chart: Chart, language: Language) -> tuple[str, str, str]:
    """Title and alternative text of a chart, and all that its file says of it."""
    alt = chart.alt.written(language)
    texts = (chart.subtitle.written(language), alt, chart.source.written(language), chart.note.written(language))
    return chart.title.written(language), alt, " ".join(text for text in texts if text)


def _rows(data: ChartData) -> Iterator[list[str | int | float]]:
    yield [*_heads(data)]
    for row in data.rows:
        values = ("" if value is None else value for value in row.values)
        yield [_safe(row.period or row.name), *values, _safe(row.mark)]


def _heads(data: ChartData) -> list[str]:
    """Heads of the columns in both files, that of the marks last: each in one line, none empty and none twice."""
    heads = [MARK]
    for name in (data.rows_of, *(column.name for column in data.columns)):
        line = _safe(" ".join(name.split())) or _UNNAMED
        others = (f"{line} ({i})" for i in count(2))
        heads.append(line if line not in heads else next(head for head in others if head not in heads))
    return [*heads[1:], MARK]


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
