"""Report 01 as its readers get it: remittances and visas, their traps, and the editions of states."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.reading import CURRENT, elements_of, one, sentences

REPORT = "01_labour_migration"


def chart(elements: list[dict[str, Any]], start: str) -> dict[str, Any]:
    """The chart whose subtitle starts so."""
    return next(e for e in elements if e["kind"] == "chart" and e["subtitle"].startswith(start))


def test_the_front_page_says_what_the_data_say(real: Path) -> None:
    """Headline and key figures of the edition 2026-1, in words and numbers."""
    elements = elements_of(real / CURRENT, "es", REPORT)
    assert one(elements, "headline")["text"] == (
        "En 2025 las remesas bajaron por primera vez desde 2013. En enero–abril de 2026 suben en dólares (+2.6%), "
        "pero bajan en pesos constantes (−15.1%)."
    )
    figures = [(f["value"], f["change"], f["reference"]) for f in one(elements, "key_figures")["figures"]]
    assert figures == [
        ("62,472", "−3.9%", "65,017 en 2024"),
        ("19,676", "+2.6%", "19,181 en enero–abril de 2025"),
        ("1,197,639", "−3.4%", "1,239,359 en 2024"),
        ("394", "+0.5%", "392 en 2024"),
        ("468", "−4.7%", "492 en 2024"),
        ("286,272", "", ""),
    ]


def test_sums_of_months_are_marked_and_not_compared_with_the_yearly_tables(real: Path) -> None:
    """Visas of 2024 carry their mark in picture and table; the running fiscal year is in words only."""
    elements = elements_of(real / CURRENT, "es", REPORT)
    assert one(elements, "key_figures")["figures"][-1]["label"].endswith("año fiscal 2024 (suma de meses)")
    rows = {row[0]: row[1] for row in chart(elements, "Visas expedidas por año fiscal")["data"]["rows"]}
    assert next(iter(rows)) == "2013"
    assert list(rows)[-2:] == ["2023", "2024 (suma de meses)"]
    assert rows["2023"] == "284,272"
    assert (
        "Del año fiscal 2025, los informes mensuales reunidos llegan hasta mayo de 2025: 199,483 visas H-2A"
        in sentences(elements)
    )


def test_unconfirmed_falls_stand_beside_their_warning(real: Path) -> None:
    """The State of Mexico and Mexico City fell in 2025 in a way that may be one of recording."""
    elements = elements_of(real / CURRENT, "es", REPORT)
    caution = one(elements, "caution")
    assert "el Estado de México (−19.6%) y en la Ciudad de México (−16.6%)" in caution["text"]
    table = one(elements, "table")
    assert "no están confirmadas" in table["note"]
    assert ["Total", "65,017", "62,472", "−3.9%", "100.0%", "468"] in table["rows"]


def test_no_yearly_series_of_remittances_starts_before_2013(real: Path) -> None:
    """The step from 2002 to 2003 is one of coverage."""
    elements = elements_of(real / CURRENT, "es", REPORT)
    for start in ("Remesas por año, miles de millones de dólares", "Remesas por año, miles de millones de pesos"):
        assert chart(elements, start)["data"]["rows"][0][0] == "2013"


@pytest.mark.parametrize(
    ("state", "headline", "moved"),
    [
        ("MX-JAL", "Jalisco: 5,193 millones de dólares en remesas en 2025, lugar 3 entre las entidades;", "−6.0%"),
        ("MX-COL", "Colima: 422 millones de dólares en remesas en 2025, lugar 27 entre las entidades;", "−7.5%"),
        ("MX-BCN", "Baja California: 1,807 millones de dólares en remesas en 2025, lugar 13", "+23.5%"),
    ],
)
def test_a_state_stands_beside_the_country(real: Path, state: str, headline: str, moved: str) -> None:
    """Sum, place and change of the state, and a table of state and country."""
    elements = elements_of(real / f"state-{state}" / CURRENT, "es", f"{REPORT}-{state}")
    assert one(elements, "headline")["text"].startswith(headline)
    assert f"{moved} frente a 2024; en el país, −3.9%." in sentences(elements)
    table = one(elements, "table")
    assert table["head"] == ["Medida", "Entidad", "País", "Parte", "Lugar"]
    assert table["rows"][0][2] == "62,472"
    own, per_head, country = one(elements, "key_figures")["figures"][:3]
    assert (own["value"], country["value"]) == (table["rows"][0][1], "62,472")
    assert own["change"] == moved
    assert per_head["value"] == table["rows"][3][1]


def test_at_the_end_of_2020_no_fall_is_told(year_2020: Path) -> None:
    """The measure and the period stand in for the claims; missing years of the programme with Canada are said."""
    elements = elements_of(year_2020, "es", REPORT)
    assert one(elements, "headline")["text"] == (
        "México recibió 37,250 millones de dólares en remesas en 2019 (+8.2%); "
        "en enero–octubre de 2020, 34,455 (+11.0%)."
    )
    said = sentences(elements)
    assert "No se encontró en la prensa, a esta fecha, una serie reciente de tarjetas" in said
    assert not re.search(r"primera (?:baja|vez)|Colorado en 2025|suma de meses", said)
