"""Migration management as its readers get it: events and returns, never persons, and what press figures may say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.on_date import elements_on
from tests.end_to_end.reading import CURRENT, all_words, elements_of, of_kind, one, sentences

REPORT = "03_migration_management"
TODAY = "2026-06-30"


def charts_of(elements: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The charts by their title."""
    return {e["title"]: e for e in elements if e["kind"] == "chart"}


def test_the_front_page_says_what_the_data_say(real: Path) -> None:
    """Headline and key figures of the edition 2026-1, in words and numbers."""
    elements = {e["kind"]: e for e in reversed(elements_of(real / CURRENT, "es", REPORT))}
    assert elements["headline"]["text"] == (
        "Los eventos de migración irregular en México bajaron 87% en 2025. Entre 2021 y 2024 habían aumentado, "
        "mientras las devoluciones bajaban de 130,275 a 20,834."
    )
    figures = [(f["value"], f["change"], f["reference"]) for f in elements["key_figures"]["figures"]]
    assert figures == [
        ("155,730", "−87.4%", "1,234,698 en 2024"),
        ("20,834", "−61.9%", "54,728 en 2023"),
        ("101,223", "−89.8%", "988,000 en 2024"),
        ("2,135,005", "", ""),  # part of fiscal year 2023 was counted with expulsions under Title 42
        ("302,203", "−41.9%", "520,085 en 2023"),
    ]


def test_the_rate_of_2025_stands_beside_that_of_2024(real: Path) -> None:
    """Returns per hundred events rose in 2025: the headline on 2024 must not hide it."""
    said = sentences(elements_of(real / CURRENT, "es", REPORT))
    assert (
        "En 2025, según cifras de la UPM que cita la prensa, hubo 155,730 eventos (1,234,698 en 2024) y 11,804 "
        "devoluciones: 7.6 por cada cien eventos, más que en 2024 (1.7)." in said
    )


def test_running_years_are_marked_in_the_data_of_charts(real: Path) -> None:
    """2025 ends in April for Mexico and Panama, and in August for the United States."""
    charts = charts_of(elements_of(real / CURRENT, "es", REPORT))
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
    assert "Las páginas que usamos no dan cifras anuales de tarjetas migratorias hasta esta fecha." in said
    assert charts_of(elements)["Eventos de migración irregular por mes, 2018–2020"]["data"]["rows"][-1][0] == "2020-10"


def chart_of(elements: list[dict[str, Any]], subtitle: str) -> dict[str, Any]:
    """The chart whose subtitle starts so."""
    return next(e for e in of_kind(elements, "chart") if e["subtitle"].startswith(subtitle))


def test_the_two_ratios_of_2025_are_told_apart() -> None:
    """3.7 is of January to April in the files, 7.6 of the year in the press: one sentence says both."""
    assert (
        "Hay dos razones, de dos fuentes y periodos: 3.7 devoluciones por cada cien eventos en enero–abril de 2025 "
        "(archivos de la UPM) y 7.6 en todo 2025 (UPM, en la prensa)."
    ) in sentences(elements_on(TODAY, REPORT))
    english = sentences(elements_on(TODAY, REPORT, "en"))
    assert "3.7 returns per hundred events in January–April 2025 (UPM's files) and 7.6 in the whole of 2025" in english


def test_ratios_of_the_narrower_count_are_told_but_not_drawn() -> None:
    """Returns per hundred events are drawn from 2021, as in report 04; the note gives the earlier ones."""
    ratio = chart_of(elements_on(TODAY, REPORT), "Devoluciones por cada cien eventos")
    assert [row[0] for row in ratio["data"]["rows"]] == ["2021", "2022", "2023", "2024", "2025 (ene–abr)"]
    assert "Sin personas canalizadas, 88.0 en 2018, 81.9 en 2019 y 73.2 en 2020: no se comparan." in ratio["note"]
    assert "En enero–abril de 2025, 3.7." in ratio["alt"]


@pytest.mark.parametrize("as_of", ["2022-03-31", "2023-07-15", TODAY])
def test_alternative_texts_keep_to_one_side_of_2021(as_of: str) -> None:
    """No alternative text of events sets a year up to 2020 against a later one; each says that they count otherwise."""
    elements = elements_on(as_of, REPORT)
    for subtitle in ("Eventos por región", "Porcentaje de los eventos"):
        chart = chart_of(elements, subtitle)
        assert "En 2018" not in chart["alt"]
        assert "Los años hasta 2020, sin personas canalizadas, no se comparan." in chart["alt"]
        assert "Desde 2021, con personas canalizadas: no se compara" in chart["note"]
    assert (
        "Hasta diciembre de 2020, sin personas canalizadas, el máximo es de 30,971"
        in chart_of(elements, "Eventos de personas en situación migratoria irregular")["alt"]
    )


def test_small_charts_of_events_keep_to_one_side_of_2021() -> None:
    """A column of 2018 does not stand beside one of 2024."""
    elements = elements_on("2025-02-28", REPORT)
    assert len(one(elements, "key_figures")["figures"][0]["spark"]) == 4
    assert "eventos desde 2021" in one(elements, "key_figures")["note"]


def test_the_incomplete_table_is_named_where_its_total_stands() -> None:
    """1,231,320 never stands alone: UPM's total where it is in sight, else that the table is not complete."""
    known = "De 2024, la tabla por nacionalidad suma 1,231,320 y no está completa; el total de la UPM es 1,234,698."
    elements = elements_on(TODAY, REPORT)
    table = next(e for e in of_kind(elements, "table") if "nacionalidad" in e["title"])
    assert known in one(elements, "headline")["lead"]
    assert known in table["note"]
    earlier = one(elements_on("2025-02-28", REPORT), "headline")["lead"]
    assert "suma 1,231,320 y no está completa" in earlier
    assert "1,234,698" not in earlier


def test_no_month_is_called_the_latest_available_or_published() -> None:
    """The monthly series ends before other figures of the same page: it is named as the series used here."""
    words = " ".join(all_words(elements_on(TODAY, REPORT)))
    assert not re.search(r"último (?:mes|año completo) (?:disponible|publicado)", words)
    assert "En enero–abril de 2025, donde termina la serie mensual que usamos, se registraron 108,489 eventos" in words
    english = " ".join(all_words(elements_on(TODAY, REPORT, "en")))
    assert not re.search(r"latest (?:month|full year) (?:available|published)", english)


def test_one_month_is_no_maximum() -> None:
    """In March 2021 one month counts as the new count does: the text gives its figure and no peak."""
    elements = elements_on("2021-03-31", REPORT)
    assert "En enero de 2021, el último mes de la serie que usamos, hubo 9,552 eventos." in sentences(elements)
    assert "máximo mensual" not in sentences(elements)
    assert "Después, con ellas" not in sentences(elements)


def test_the_peak_is_that_of_months_that_count_alike() -> None:
    """The highest month since 2018 would rank across 2021."""
    said = sentences(elements_on("2025-02-28", REPORT))
    assert "desde 2018 fue" not in said
    assert "Después, con ellas, el máximo es de 125,302, en mayo de 2024." in said


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        (TODAY, "De marzo de 2020 a mayo de 2023 los encuentros incluyen las expulsiones del Título 42."),
        ("2021-03-31", "Desde marzo de 2020 los encuentros incluyen las expulsiones del Título 42."),
    ],
)
def test_encounters_are_compared_with_a_word_on_title_42(as_of: str, words: str) -> None:
    """Headline, key figures and chart of encounters say which years hold expulsions; none ends before it did."""
    elements = elements_on(as_of, REPORT)
    chart = chart_of(elements, "Encuentros en la frontera suroeste")
    assert all(
        words in text
        for text in (one(elements, "headline")["lead"], one(elements, "key_figures")["note"], chart["note"])
    )


def test_the_first_state_of_one_month_is_that_of_one_month() -> None:
    """Tamaulipas received the most in January 2025: the title says the month, the note that the year may differ."""
    chart = chart_of(elements_on(TODAY, REPORT), "Repatriaciones por entidad")
    assert chart["title"] == "Tamaulipas, primera en ene 2025"
    assert "Un solo mes: en el año puede ser otra." in chart["note"]


def test_repatriations_say_whose_count_they_are() -> None:
    """UPM and INM do not count alike."""
    assert "fueron 160,192 en 2025 (UPM)." in sentences(elements_on(TODAY, REPORT))
    assert "Entidad de recepción (INM)." in chart_of(elements_on("2023-07-15", REPORT), "Repatriaciones")["note"]


def test_a_year_of_the_darien_with_months_missing_is_not_said_to_fall() -> None:
    """The file lacks three months of 2020: its sum gives no fall."""
    elements = elements_on("2021-03-31", REPORT)
    lead = one(elements, "headline")["lead"]
    assert "Al archivo del Darién le faltan abril, mayo y julio de 2020." in lead
    assert "bajaron frente al año anterior" not in lead


@pytest.mark.parametrize("as_of", ["2020-06-30", "2020-12-31"])
def test_no_year_is_told_twice(as_of: str) -> None:
    """Where the first year drawn is the year before, the alternative text gives it once."""
    alt = chart_of(elements_on(as_of, REPORT), "Devoluciones por cada cien eventos")["alt"]
    assert alt.lower().count("en 2018") == 1
