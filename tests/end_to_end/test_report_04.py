"""Report 04 as its readers get it: children in events, single figures on health and school, the past edition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.end_to_end.reading import CURRENT, elements_of, one, sentences, table_titled
from tests.end_to_end.running import TODAY, elements_run

REPORT = "04_health_education"


def test_the_front_page_says_what_the_data_say(real: Path) -> None:
    """Headline and key figures of the default edition: events against events, single figures without a change."""
    elements = elements_of(real / CURRENT, "es", REPORT)
    headline = one(elements, "headline")
    assert headline["text"] == (
        "Niñas, niños y adolescentes pasaron de 25% de los eventos de migración irregular en 2021 a 11% en 2024, "
        "aunque sus eventos aumentaron; de su salud y su escuela hay pocos datos públicos."
    )
    assert "fueron 3,920 en 2024 y 23,048 en 2021: 2.8 y 29.7 por cada cien eventos" in headline["lead"]
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
    elements = elements_of(real / CURRENT, "en", REPORT)
    findings = " ".join(e["text"] + " " + e.get("lead", "") for e in elements if e["kind"] in {"headline", "finding"})
    assert not any(number in findings for number in ("29,258", "53,507", "22.3 per cent", "29.2 per cent", "87.4"))
    assert "earlier years are not compared with later ones" in findings


def test_ratios_of_the_narrower_count_are_told_but_not_drawn(real: Path) -> None:
    """Returns per hundred events start in 2021, when the count was widened; the note gives the earlier ones."""
    elements = elements_of(real / CURRENT, "es", REPORT)
    ratio = next(e for e in elements if e["kind"] == "chart" and "por cien eventos" in e["subtitle"])
    assert [row[0] for row in ratio["data"]["rows"]] == ["2021", "2022", "2023", "2024", "2025 (ene–abr)"]
    assert "92.9 en 2018, 87.4 en 2019 y 77.3 en 2020; no se comparan" in ratio["note"]


def test_the_sum_that_counts_cases_twice_is_nowhere(real: Path) -> None:
    """Neither total of the press is printed; the chart holds the cumulative counts, each above the one before."""
    elements = elements_of(real / CURRENT, "es", REPORT)
    covid = next(e for e in elements if e["kind"] == "chart" and "COVID-19" in e["title"])
    printed = f"{sentences(elements)} {[e.get('rows') for e in elements]} {covid['data']}"
    assert re.findall(r"\b(?:2,192|105)\b", printed) == []
    assert [row[1] for row in covid["data"]["rows"]] == ["1,428", "1,208", "984", "574", "46"]
    assert any(e["kind"] == "caution" and "dos veces" in e["title"] for e in elements)


def test_consultations_and_schools_are_told_but_not_drawn(real: Path) -> None:
    """Figures of different scope stand in tables, with the words of their pages, and in no chart."""
    elements = elements_of(real / CURRENT, "es", REPORT)
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
    """Before 2018 there is nothing to set beside the earlier release; later the difference is told."""
    rows = table_titled(elements_of(real / CURRENT, "es", REPORT), "2023: 6.3% más en la tabla que usamos")["rows"]
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
    assert "con este corte: «… niñas, niños y adolescentes nacidos en otro país" in figures["note"]
    said = sentences(elements)
    assert "canaliza" not in said
    assert "dos veces" not in said
    assert [row[0] for row in table_titled(elements, "Lo publicado y la tabla")["rows"]][-1] == "ene–oct 2019"


def test_seven_in_ten_are_of_the_events_of_children() -> None:
    """The title names what the fraction is of: the events of girls, boys and adolescents, not all events."""
    title = next(e for e in elements_run(REPORT) if e["kind"] == "chart")["title"]
    assert title == "Hasta once años: siete de cada diez eventos de niñas, niños y adolescentes en 2024"
    title = next(e for e in elements_run(REPORT, language="en") if e["kind"] == "chart")["title"]
    assert title == "Aged up to eleven: seven in ten events of girls, boys and adolescents in 2024"


def test_the_year_2025_stands_beside_2024() -> None:
    """UPM's count of the whole of 2025 is in the lead, with its share of UPM's events of that year."""
    assert (
        "En 2025 fueron 15,172, 10% de los eventos (UPM, citada por la prensa)."
        in one(elements_run(REPORT), "headline")["lead"]
    )
    assert "15,172" not in sentences(elements_run(REPORT, "2025-02-28"))


def test_both_counts_of_2016_have_an_author() -> None:
    """The text quotes the yearbook, the table the later release: each says so."""
    elements = elements_run(REPORT)
    assert "17,889 de 40,542 eventos fueron de quienes viajaban sin una persona adulta (UPM, Anuario 2017" in sentences(
        elements
    )
    note = table_titled(elements, "2023: 6.3% más")["note"]
    assert "2016: UPM, en 2019; antes, 38,797 (INM) y 40,542 (UPM, Anuario 2017)." in note


def test_a_count_of_inm_is_not_called_an_earlier_one_of_upm() -> None:
    """106,778 was INM's, 113,542 is that of the UPM table: neither is "today's" on an earlier date."""
    caution = one(elements_run(REPORT, "2025-02-28"), "caution")["text"]
    assert "el INM dio primero 106,778 para 2023, y la tabla de la UPM que usamos suma 113,542." in caution
    assert "hoy" not in caution


def test_one_month_is_no_maximum() -> None:
    """In March 2021 one month counts as the new count does: the title gives its figure."""
    chart = next(e for e in elements_run(REPORT, "2021-03-31") if e["kind"] == "chart")
    assert chart["title"] == "Eventos de niñas, niños y adolescentes por mes: 463 en enero de 2021"


@pytest.mark.parametrize("as_of", ["2023-07-15", TODAY])
def test_maxima_and_shares_keep_to_one_side_of_2021(as_of: str) -> None:
    """Alternative texts and small charts of events do not set 2018 to 2020 against later years."""
    elements = elements_run(REPORT, as_of)
    charts = [e for e in elements if e["kind"] == "chart"]
    assert "Hasta diciembre de 2020, sin personas canalizadas, el máximo es de 10,727" in charts[0]["alt"]
    assert "Los años hasta 2020, sin personas canalizadas, no se comparan" in charts[1]["alt"]
    assert "eventos por año desde 2021" in one(elements, "key_figures")["note"]


def test_people_repatriated_are_not_said_to_be_received_by_a_programme() -> None:
    """Segob's 145,537 is the count of all repatriated, whom the programme did not all receive."""
    said = sentences(elements_run(REPORT))
    assert "Según la Segob, 145,537 personas mexicanas fueron repatriadas entre el 20 de enero de 2025" in said
    assert "recibió a 145,537" not in said


def test_the_incomplete_table_by_age_is_told_with_the_total_of_upm() -> None:
    """Its total stands beside UPM's where that is in sight."""
    items = [item for e in elements_run(REPORT) if e["kind"] == "method" for g in e["groups"] for item in g["items"]]
    assert any(
        "suma 1,230,126 eventos y no está completa" in item["text"] and "1,234,698" in item["text"] for item in items
    )
