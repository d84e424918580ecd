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
    assert [row[0] for row in ratio["data"]["rows"]] == ["2021", "2022", "2023", "2024 (preliminar)", "2025 (ene–abr)"]
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
    assert (
        "Sin cifra en las tablas de este informe con este corte: niñas, niños y adolescentes nacidos" in figures["note"]
    )
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
    note = one(elements, "key_figures")["note"]
    assert ("eventos por año desde 2021" if as_of == TODAY else "Minigráficas: retornos por año") in note


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


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        ("2023-07-15", "Los de niñas y mujeres adolescentes fueron 43.9%, frente a 42.9% en 2021."),
        (TODAY, "una parte que subió cada año entre 2021 (42.9%) y 2024."),
    ],
)
def test_one_step_is_no_rise_every_year(as_of: str, words: str) -> None:
    """From 2021 to 2022 there is one step; from 2021 to 2024 there are three."""
    said = sentences(elements_run(REPORT, as_of))
    assert words in said
    assert ("subió cada año" in said) == (as_of == TODAY)


def test_people_referred_are_not_people_in_shelters() -> None:
    """The wider count has those whom the authority refers, in both languages."""
    for language, words in (("es", "personas canalizadas a albergues"), ("en", "people referred to shelters")):
        assert words in sentences(elements_run(REPORT, language=language))
    assert "people in shelters" not in sentences(elements_run(REPORT, language="en"))


def test_counts_of_people_and_of_events_are_told_apart() -> None:
    """Segob's 145,537 people are not UPM's 97,284 events of reports 03 and 08."""
    assert "La Segob habla de personas; la UPM cuenta eventos de repatriación." in sentences(elements_run(REPORT))


def test_the_programme_has_its_name_of_then_and_people_are_no_place() -> None:
    """IMSS-Bienestar is a later name, and northern Central America is where patients come from."""
    elements = elements_run(REPORT)
    assert "su programa que después se llamó IMSS-Bienestar dio 7,045 consultas" in sentences(elements)
    names = [row[0] for row in table_titled(elements, "Consultas")["rows"]]
    assert names[:2] == ["IMSS: personas del norte de Centroamérica"] * 2


def test_shares_and_ratios_say_of_what() -> None:
    """The ratio is named as such, and the two per cent are of all pupils in basic education."""
    said = sentences(elements_run(REPORT))
    assert "La razón de retornos por cada cien eventos no sigue a las mismas niñas y niños" in said
    assert "cerca de 2% de todo el alumnado de educación básica." in said


def test_the_card_on_events_names_the_year_2025() -> None:
    """138,882 are of 2024; UPM's 15,172 of 2025 stand in the same card, until they are known."""
    label = one(elements_run(REPORT), "key_figures")["figures"][0]["label"]
    assert label == "eventos de niñas, niños y adolescentes, 2024 (en 2025, según la prensa, 15,172)"
    card = one(elements_run(REPORT, "2023-07-15"), "key_figures")["figures"][0]
    assert (card["label"], card["last_datum"]) == (
        "eventos de niñas, niños y adolescentes, 2022",
        "Último dato: mayo de 2023",
    )


def test_the_caution_stands_in_the_section_on_events() -> None:
    """It speaks of events and of their revisions: it follows the table that shows them, before the next heading."""
    elements = [e for e in elements_run(REPORT, language="en") if e["kind"] in {"section", "caution", "table"}]
    at = next(i for i, e in enumerate(elements) if e["kind"] == "caution")
    assert elements[at - 1]["kind"] == "table"
    assert elements[at + 1]["text"].startswith("Returns")


@pytest.mark.parametrize(("as_of", "named"), [("2021-03-31", False), (TODAY, True)])
def test_acronyms_are_of_what_is_there(as_of: str, named: bool) -> None:
    """IMUMI is explained where a release that quotes it is in the table."""
    items = [
        i["text"] for e in elements_run(REPORT, as_of) if e["kind"] == "method" for g in e["groups"] for i in g["items"]
    ]
    assert any("IMUMI" in text for text in items) == named


@pytest.mark.parametrize(
    ("as_of", "small", "hatched"), [("2023-07-15", "retornos por año", False), ("2025-02-28", "eventos por año", True)]
)
def test_small_charts_and_marks_are_explained_where_they_are(as_of: str, small: str, hatched: bool) -> None:
    """Two years counted alike are no small chart, and without preliminary figures there is no hatching."""
    elements = elements_run(REPORT, as_of)
    shown = one(elements, "key_figures")
    assert f"Minigráficas: {small}" in shown["note"]
    assert bool(shown["figures"][0]["spark"]) == small.startswith("eventos")
    assert ("Trama rayada" in str(one(elements, "method"))) == hatched


@pytest.mark.parametrize(("as_of", "marked"), [("2023-07-15", False), ("2025-02-28", True), (TODAY, True)])
def test_a_preliminary_year_is_marked_in_every_chart(as_of: str, marked: bool) -> None:
    """What the key figures call preliminary is marked in all four charts, bars as months and lines."""
    elements = elements_run(REPORT, as_of)
    charts = [e for e in elements if e["kind"] == "chart" and "COVID" not in e["title"]]
    assert len(charts) == 4
    for chart in charts:
        assert any("preliminar" in row[0] for row in chart["data"]["rows"]) == marked
    assert any(figure["seal"] for figure in one(elements, "key_figures")["figures"]) == marked


@pytest.mark.parametrize(
    ("as_of", "language", "told", "source"),
    [
        ("2021-03-31", "es", "100 de Nuevo León, 69 de Querétaro, 62 de Chihuahua y 55 de Guanajuato;", True),
        ("2021-03-31", "en", "100 in Nuevo León, 69 in Querétaro, 62 in Chihuahua and 55 in Guanajuato;", True),
        ("2023-07-15", "es", "507 eran de la Ciudad de México, 132 de Nuevo León y 79 de Querétaro;", False),
    ],
)
def test_cases_of_all_states_in_sight_are_told_with_their_source(
    as_of: str, language: str, told: str, source: bool
) -> None:
    """No state that the table has for the day is said to be without a figure; the chart names who gave those cases."""
    elements = elements_run(REPORT, as_of, language)
    assert told in sentences(elements)
    covid = next(e for e in elements if e["kind"] == "chart" and "COVID-19" in e["title"])
    assert ("Milenio, migrantes.com.mx (2021)" in covid["source"]) == source


def test_a_survey_is_not_said_to_say_nothing() -> None:
    """That the group of a share is not stated is not what the survey says."""
    said = sentences(elements_run(REPORT, language="en"))
    assert "according to the ENPORE survey; the group is not stated." in said
