"""What a page lets its readers take away: the data of a chart as CSV, the chart as SVG, each inside its link."""

from __future__ import annotations

import csv
import io
import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from analysis.export.svg import svg_file

_NUMBER: Final = re.compile(r"[-\u2212+]?\d{1,3}(,\d{3})*(\.\d+)?")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_BYTE_ORDER_MARK: Final = "\ufeff"


def csv_link(data: Mapping[str, Any]) -> str:
    """Return the data of a chart as a link that holds the file: CSV in UTF-8 with a byte order mark.

    Numbers are written plainly (``70482``, ``-10.7``); a text that a spreadsheet would run as a formula is
    quoted with an apostrophe.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([_csv_cell(text) for text in row] for row in [data["head"], *data["rows"]])
    return "data:text/csv;charset=utf-8," + quote(_BYTE_ORDER_MARK + file.getvalue())


def svg_link(chart: Mapping[str, Any]) -> str:
    """Return a chart as a link that holds the file, which says by itself what it shows and where that is from.

    Raises:
        PublishError: if the picture is not SVG.
    """
    described = " ".join(text for text in (chart["subtitle"], chart["alt"], chart["source"], chart["note"]) if text)
    return "data:image/svg+xml;base64," + b64encode(svg_file(chart["svg"], chart["title"], described)).decode()


def _csv_cell(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return text.replace(",", "").replace("\u2212", "-")
    return "'" + text if text.startswith(_FORMULA) else text
