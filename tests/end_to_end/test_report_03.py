"""Migration management as its readers get it: events and returns, never persons, and what press figures may say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.end_to_end.reading import elements_of, sentences

REPORT = "03_migration_management"


def charts_of(elements: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The charts by their title."""
    return {e["title"]: e for e in elements if e["kind"] == "chart"}


def test_the_front_page_says_what_the_data_say(real: Path) -> None:
    """Headline and key figures of the edition 2026-1, in words and numbers."""
    elements = {e["kind"]: e for e in reversed(elements_of(real / "2026-1", "es", REPORT))}
    assert elements["headline"]["text"] == (
        "México casi dejó de devolver a personas migrantes en 2024: 1.7 devoluciones por cada cien eventos; "
        "en 2021 eran 42.1."
    )
    figures = [(f["value"], f["change"], f["reference"]) for f in elements["key_figures"]["figures"]]
    assert figures == [
        ("1,231,320", "+58.1%", "778,907 en 2023"),
        ("108,489", "−76.6%", "463,692 en enero–abril de 2024"),
        ("20,834", "−61.9%", "54,728 en 2023"),
        ("101,223", "−89.8%", "988,000 en 2024"),
        ("2,135,005", "", ""),  # part of fiscal year 2023 was counted with expulsions under Title 42
        ("302,203", "−41.9%", "520,085 en 2023"),
    ]


def test_the_rate_of_2025_stands_beside_that_of_2024(real: Path) -> None:
    """Returns per hundred events rose in 2025: the headline on 2024 must not hide it."""
    said = sentences(elements_of(real / "2026-1", "es", REPORT))
    assert "(11,804) y muchos menos eventos (155,730): 7.6 devoluciones por cada cien, más que en 2024" in said


def test_running_years_are_marked_in_the_data_of_charts(real: Path) -> None:
    """2025 ends in April for Mexico and Panama, and in August for the United States."""
    charts = charts_of(elements_of(real / "2026-1", "es", REPORT))
    last = {title: chart["data"]["rows"][-1][0] for title, chart in charts.items()}
    assert last["Sudamérica: más de la mitad en 2024"] == "2025 (ene–abr)"
    assert last["Devoluciones: muy por debajo de 2015"] == "2025 (ene–abr)"
    assert last["Encuentros en la frontera de EE. UU."] == "2025 (oct–ago)"
    assert last["Darién: el máximo fue en 2023"] == "2025 (ene–abr)"


def test_at_the_end_of_2020_nothing_later_is_known_or_compared(year_2020: Path) -> None:
    """Two complete years, ten months of 2020, no figure that was published later."""
    elements = elements_of(year_2020, "es", REPORT)
    said = sentences(elements)
    assert re.findall(r"\b202[1-6]\b", said) == []
    assert "En 2019 México registró 182,940 eventos de migración irregular y 149,812 devoluciones, 81.9" in said
    assert "oficio de salida" not in said
    assert "A esta fecha las páginas consultadas no daban cifras anuales de tarjetas migratorias." in said
    assert charts_of(elements)["Eventos de migración irregular por mes, 2018–2020"]["data"]["rows"][-1][0] == "2020-10"
