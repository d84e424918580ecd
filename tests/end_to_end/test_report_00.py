"""The panorama as its readers get it: what the leaflet said, what the data say, and the verdicts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.end_to_end.reading import elements_of, sentences

REPORT = "00_panorama"


def statement_rows(elements: list[dict[str, Any]]) -> list[list[str]]:
    """The rows of the tables of statements, in order."""
    return [row for e in elements if e["kind"] == "table" for row in e["rows"]]


def test_the_front_page_says_what_the_data_say(real: Path) -> None:
    """Headline, verdicts and key figures of the edition 2026-1, in words and numbers."""
    elements = {e["kind"]: e for e in reversed(elements_of(real / "2026-1", "es", REPORT))}
    assert elements["headline"]["text"].startswith("El folleto de 2020 describe un país de tránsito centroamericano")
    assert (
        "Confirmadas: 5; revisadas después: 2; superadas por datos más recientes: 5; no verificables"
        in elements["headline"]["lead"]
    )
    figures = [(f["value"], f["change"], f["reference"]) for f in elements["key_figures"]["figures"]]
    assert figures == [
        ("108,489", "−76.6%", "463,692 en enero–abril de 2024"),
        ("70,482", "−10.7%", "78,966 en 2024"),
        ("62,472", "−3.9%", "65,017 en 2024"),
        ("1,726,089", "+29.3%", "1,335,154 en 2020"),
        ("11,279,561", "+0.9%", "11,177,052 en 2020"),
        ("133,367,428", "+0.8%", "132,274,416 en 2024"),
    ]


def test_all_seventeen_statements_stand_in_tables_with_a_verdict_and_a_reason(real: Path) -> None:
    """Each has a row, what the leaflet said, and one of the four verdicts with more words behind it."""
    verdicts = "Confirmada|Revisada después|Superada|No verificable"
    rows = statement_rows(elements_of(real / "2026-1", "es", REPORT))
    numbers = [row[0].partition(" · ")[0] for row in rows]
    assert list(dict.fromkeys(numbers)) == [f"S{n:02}" for n in range(1, 18)]
    assert all(re.match(rf"(?:{verdicts})\. \w.+\.", row[4]) for row in rows)
    cells = {row[0]: row[1:4] for row in rows}
    assert cells["S06 · Parte de El Salvador, Guatemala y Honduras en los eventos"] == [
        "95%",
        "91.5% (2020)",
        "20.3% (2024)",
    ]
    assert cells["S15 · Expulsiones de la Patrulla Fronteriza bajo el Título 42"][1] == "148,716 (mar–ago 2020)"


def test_in_2020_the_leaflet_had_not_aged(year_2020: Path) -> None:
    """At its own date no claim on later years is made, and statements without data then are not verifiable."""
    elements = elements_of(year_2020, "es", REPORT)
    assert "De las diecisiete afirmaciones de un folleto de 2020" in sentences(elements)
    assert "Sudamérica" not in next(e["text"] for e in elements if e["kind"] == "headline")
    last = {row[0]: row[4] for row in statement_rows(elements)}
    assert last["S16 · Lugares con presencia de la OIM"] == "No verificable. Sin dato publicado a esta fecha."
