"""Report 04 as its readers get it: children in events, single figures on health and school, the past edition."""

from __future__ import annotations

import re
from pathlib import Path

from tests.end_to_end.reading import elements_of, one, sentences, table_titled

REPORT = "04_health_education"


def test_the_front_page_says_what_the_data_say(real: Path) -> None:
    """Headline and key figures of the edition 2026-1: events against events, single figures without a change."""
    elements = elements_of(real / "2026-1", "es", REPORT)
    headline = one(elements, "headline")
    assert headline["text"] == (
        "Niñas, niños y adolescentes pasaron de 25% de los eventos de migración irregular en 2021 a 11% en 2024, "
        "aunque sus eventos aumentaron; de su salud y su escuela hay pocos datos públicos."
    )
    assert "2.8 por cada cien eventos en 2024; en 2021, 29.7" in headline["lead"]
    figures = one(elements, "key_figures")["figures"]
    assert [(f["value"], f["change"], f["reference"], bool(f["seal"])) for f in figures] == [
        ("138,882", "+22.3%", "113,542 en 2023", True),
        ("11.3%", "−3.3 puntos", "14.6% en 2023", True),
        ("3,920", "−48.9%", "7,665 en 2023", True),
        ("1,428", "", "", False),
        ("488,112", "", "", False),
        ("67%", "", "", False),
    ]


def test_years_that_count_differently_are_not_compared(real: Path) -> None:
    """No sentence sets a year up to 2020 against a later one, and the front page compares from 2021 on."""
    elements = elements_of(real / "2026-1", "en", REPORT)
    findings = " ".join(e["text"] + " " + e.get("lead", "") for e in elements if e["kind"] in {"headline", "finding"})
    assert not any(number in findings for number in ("29,258", "53,507", "22.3 per cent", "29.2 per cent", "87.4"))
    assert "earlier years are not compared with later ones" in findings


def test_ratios_of_the_narrower_count_are_told_but_not_drawn(real: Path) -> None:
    """Returns per hundred events start in 2021, when the count was widened; the note gives the earlier ones."""
    elements = elements_of(real / "2026-1", "es", REPORT)
    ratio = next(e for e in elements if e["kind"] == "chart" and "por cien eventos" in e["subtitle"])
    assert [row[0] for row in ratio["data"]["rows"]] == ["2021", "2022", "2023", "2024", "2025 (ene–abr)"]
    assert "92.9 en 2018, 87.4 en 2019 y 77.3 en 2020; no se comparan" in ratio["note"]


def test_the_sum_that_counts_cases_twice_is_nowhere(real: Path) -> None:
    """Neither total of the press is printed; the chart holds the cumulative counts, each above the one before."""
    elements = elements_of(real / "2026-1", "es", REPORT)
    covid = next(e for e in elements if e["kind"] == "chart" and "COVID-19" in e["title"])
    printed = f"{sentences(elements)} {[e.get('rows') for e in elements]} {covid['data']}"
    assert re.findall(r"\b(?:2,192|105)\b", printed) == []
    assert [row[1] for row in covid["data"]["rows"]] == ["1,428", "1,208", "984", "574", "46"]
    assert any(e["kind"] == "caution" and "dos veces" in e["title"] for e in elements)


def test_consultations_and_schools_are_told_but_not_drawn(real: Path) -> None:
    """Figures of different scope stand in tables, with the words of their pages, and in no chart."""
    elements = elements_of(real / "2026-1", "es", REPORT)
    drawn = {name for e in elements if e["kind"] == "chart" for name in e["tables"]}
    assert drawn == {
        "covid_migrants_date",
        "foreigners_returned_year",
        "irregular_events_sex_age_year",
        "minors_events_month",
    }
    care = table_titled(elements, "Consultas")
    assert care["rows"][-2:] == [
        ["MSF: México y cuatro países", "ene 2024–may 2025", "más de 90,000", "casi 17,000"],
        ["México te Abraza: personas repatriadas", "20 ene 2025–17 dic 2025", "más de 24,300", "más de 8,000"],
    ]
    assert "no se suman ni forman una serie" in care["note"]
    school = table_titled(elements, "Niñez")
    assert school["rows"][0][-1] == "180,000"  # the note's "more than" speaks of another figure
    assert school["rows"][-1][-1] == "casi 800"


def test_earlier_releases_stand_beside_the_table_of_today(real: Path) -> None:
    """Before 2018 there is nothing to set beside the earlier release; later the revision is told."""
    rows = table_titled(elements_of(real / "2026-1", "es", REPORT), "La cifra de 2023 subió 6.3%")["rows"]
    assert rows[1] == ["2014", "23,096", "–", "–"]
    assert rows[3] == ["2016", "40,114", "–", "–"]  # the last of three releases, never their sum
    assert rows[-1] == ["2023", "106,778", "113,542", "+6.3%"]


def test_in_2020_little_was_known(year_2020: Path) -> None:
    """The end of 2020 knows the events of 2019, two cut-offs of COVID-19, and no count of the census of that year."""
    elements = elements_of(year_2020, "es", REPORT)
    assert one(elements, "headline")["text"] == (
        "México registró 53,507 eventos de niñas, niños y adolescentes en 2019, 29% del total; de su salud y su "
        "escuela hay pocos datos públicos."
    )
    figures = one(elements, "key_figures")
    assert [f["value"] for f in figures["figures"]] == ["53,507", "29.2%", "46,777", "574", "67%"]
    assert "Sin dato publicado a esta fecha: niñas, niños y adolescentes nacidos en otro país" in figures["note"]
    said = sentences(elements)
    assert "canaliza" not in said
    assert "dos veces" not in said
    assert [row[0] for row in table_titled(elements, "Publicación anterior")["rows"]][-1] == "ene–oct 2019"
