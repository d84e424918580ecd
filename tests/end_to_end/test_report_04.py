"""Report 04 as its readers get it: children in events, single figures on health and school, the past edition."""

from __future__ import annotations

import re

import pytest

from tests.end_to_end.reading import as_number, numbers, one, reads, says, sentences, table_titled, total
from tests.end_to_end.running import TODAY, elements_run
from tests.figures import moved

REPORT = "04_health_education"


def test_the_front_page_says_what_the_data_say() -> None:
    """The headline of the default edition; events stand beside those of before, single figures have no change."""
    elements = elements_run(REPORT)
    headline = one(elements, "headline")
    before, now = numbers(
        headline["text"],
        "Niñas, niños y adolescentes pasaron de #% de los eventos de migración irregular en 2021 a #% en 2024, "
        "aunque sus eventos aumentaron; de su salud y su escuela hay pocos datos públicos.",
    )
    assert says(headline["lead"], "fueron # en 2024 y # en 2021: # y # por cada cien eventos")
    figures = one(elements, "key_figures")["figures"]
    assert [f["reference"].partition(" en ")[2] for f in figures] == ["2023"] * 3 + [""] * 3
    assert before > now == pytest.approx(as_number(figures[1]["value"]), abs=0.5)
    assert [bool(f["change"]) for f in figures] == [bool(f["seal"]) for f in figures] == [True] * 3 + [False] * 3


def test_years_that_count_differently_are_not_compared() -> None:
    """No sentence sets a year up to 2020 against a later one, and the front page compares from 2021 on."""
    elements = elements_run(REPORT, language="en")
    findings = " ".join(e["text"] + " " + e.get("lead", "") for e in elements if e["kind"] in {"headline", "finding"})
    for year in (2018, 2019):
        children = total("minors_events_month", "events", month=(f"{year}-01", f"{year}-12"))
        everyone = total("irregular_events_nationality_year", "events", year=year)
        share = f"{100 * as_number(children) / as_number(everyone):.1f} per cent"
        assert [number for number in (children, share) if number in findings] == []
    assert "earlier years are not compared with later ones" in findings


def test_ratios_of_the_narrower_count_are_told_but_not_drawn() -> None:
    """Returns per hundred events start in 2021, when the count was widened; the note gives the earlier ones."""
    elements = elements_run(REPORT)
    ratio = next(e for e in elements if e["kind"] == "chart" and "por cien eventos" in e["subtitle"])
    assert [row[0] for row in ratio["data"]["rows"]] == ["2021", "2022", "2023", "2024 (preliminar)", "2025 (ene–abr)"]
    assert says(ratio["note"], "# en 2018, # en 2019 y # en 2020; no se comparan")


def test_the_sum_that_counts_cases_twice_is_nowhere() -> None:
    """Neither total of the press is printed; the chart holds the cumulative counts, each above the one before."""
    elements = elements_run(REPORT)
    covid = next(e for e in elements if e["kind"] == "chart" and "COVID-19" in e["title"])
    printed = f"{sentences(elements)} {[e.get('rows') for e in elements]} {covid['data']}"
    assert re.findall(r"(?<![\d,])(?:2,192|105)(?![\d,])", printed) == []
    counts = [as_number(row[1]) for row in covid["data"]["rows"]]
    assert counts == sorted(counts, reverse=True)
    assert any(e["kind"] == "caution" and "dos veces" in e["title"] for e in elements)


def test_consultations_and_schools_are_told_but_not_drawn() -> None:
    """Figures of different scope stand in tables, with the words of their pages, and in no chart."""
    elements = elements_run(REPORT)
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
    assert reads(school["rows"][-1][-1], "casi #")


def test_earlier_releases_stand_beside_the_table_of_today() -> None:
    """Before 2018 there is nothing to set beside the earlier release; later the difference is told."""
    table = table_titled(elements_run(REPORT), "2023: ")
    assert says(table["title"], "2023: #% más en la tabla que usamos")
    rows = table["rows"]
    assert rows[1] == ["2014", "23,096", "–", "–"]
    assert rows[3] == ["2016", "40,114", "–", "–"]  # the last of three releases, never their sum
    events = total("minors_events_month", "events", month=("2023-01", "2023-12"))
    assert rows[-1][:3] == ["2023", "106,778", events]
    assert rows[-1][3] == f"{100 * (as_number(events) / 106778 - 1):+.1f}%"


def test_in_2020_little_was_known() -> None:
    """The end of 2020 knows the events of 2019, two cut-offs of COVID-19, and no count of the census of that year."""
    elements = elements_run(REPORT, "2020-12-31")
    assert reads(
        one(elements, "headline")["text"],
        "México registró # eventos de niñas, niños y adolescentes en 2019, #% del total; de su salud y su "
        "escuela hay pocos datos públicos.",
    )
    figures = one(elements, "key_figures")
    assert len(figures["figures"]) == 5
    events = total("minors_events_month", "events", month=("2019-01", "2019-12"))
    assert figures["figures"][0]["value"] == events
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
    assert says(
        one(elements_run(REPORT), "headline")["lead"],
        "En 2025 fueron #, #% de los eventos (UPM, citada por la prensa).",
    )
    assert "En 2025 fueron" not in sentences(elements_run(REPORT, "2025-02-28"))


def test_both_counts_of_2016_have_an_author() -> None:
    """The text quotes the yearbook, the table the later release: each says so."""
    elements = elements_run(REPORT)
    assert says(
        sentences(elements), "# de # eventos fueron de quienes viajaban sin una persona adulta (UPM, Anuario 2017"
    )
    note = table_titled(elements, "2023: ")["note"]
    assert says(note, "2016: UPM, en 2019; antes, # (INM) y # (UPM, Anuario 2017).")


def test_a_count_of_inm_is_not_called_an_earlier_one_of_upm() -> None:
    """One figure of 2023 was INM's, one is that of the UPM table: neither is "today's" on an earlier date."""
    caution = one(elements_run(REPORT, "2025-02-28"), "caution")["text"]
    assert says(caution, "el INM dio primero # para 2023, y la tabla de la UPM que usamos suma #.")
    assert "hoy" not in caution


def test_one_month_is_no_maximum() -> None:
    """In March 2021 one month counts as the new count does: the title gives its figure."""
    chart = next(e for e in elements_run(REPORT, "2021-03-31") if e["kind"] == "chart")
    assert reads(chart["title"], "Eventos de niñas, niños y adolescentes por mes: # en enero de 2021")


@pytest.mark.parametrize("as_of", ["2023-07-15", TODAY])
def test_maxima_and_shares_keep_to_one_side_of_2021(as_of: str) -> None:
    """Alternative texts and small charts of events do not set 2018 to 2020 against later years."""
    elements = elements_run(REPORT, as_of)
    charts = [e for e in elements if e["kind"] == "chart"]
    assert says(charts[0]["alt"], "Hasta diciembre de 2020, sin personas canalizadas, el máximo es de #")
    assert "Los años hasta 2020, sin personas canalizadas, no se comparan" in charts[1]["alt"]
    note = one(elements, "key_figures")["note"]
    assert ("eventos por año desde 2021" if as_of == TODAY else "Minigráficas: retornos por año") in note


def test_people_repatriated_are_not_said_to_be_received_by_a_programme() -> None:
    """Segob's count is of all repatriated, whom the programme did not all receive."""
    said = sentences(elements_run(REPORT))
    assert says(said, "Según la Segob, # personas mexicanas fueron repatriadas entre el 20 de enero de 2025")
    assert not says(said, "recibió a #")


def test_the_incomplete_table_by_age_is_told_with_the_total_of_upm() -> None:
    """Its total stands beside UPM's where that is in sight."""
    items = [item for e in elements_run(REPORT) if e["kind"] == "method" for g in e["groups"] for item in g["items"]]
    events = total("irregular_events_sex_age_year", "events", year=2024)
    told = next(item["text"] for item in items if "no está completa" in item["text"])
    assert f"suma {events} eventos y no está completa" in told
    assert "1,234,698" in told


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        ("2023-07-15", "Los de niñas y mujeres adolescentes fueron #%, frente a #% en 2021."),
        (TODAY, "una parte que subió cada año entre 2021 (#%) y 2024."),
    ],
)
def test_one_step_is_no_rise_every_year(as_of: str, words: str) -> None:
    """From 2021 to 2022 there is one step; from 2021 to 2024 there are three."""
    said = sentences(elements_run(REPORT, as_of))
    assert says(said, words)
    assert ("subió cada año" in said) == (as_of == TODAY)


def test_people_referred_are_not_people_in_shelters() -> None:
    """The wider count has those whom the authority refers, in both languages."""
    for language, words in (("es", "personas canalizadas a albergues"), ("en", "people referred to shelters")):
        assert words in sentences(elements_run(REPORT, language=language))
    assert "people in shelters" not in sentences(elements_run(REPORT, language="en"))


def test_counts_of_people_and_of_events_are_told_apart() -> None:
    """Segob's people are not UPM's events of reports 03 and 08."""
    assert "La Segob habla de personas; la UPM cuenta eventos de repatriación." in sentences(elements_run(REPORT))


def test_the_programme_has_its_name_of_then_and_people_are_no_place() -> None:
    """IMSS-Bienestar is a later name, and northern Central America is where patients come from."""
    elements = elements_run(REPORT)
    assert says(sentences(elements), "su programa que después se llamó IMSS-Bienestar dio # consultas")
    names = [row[0] for row in table_titled(elements, "Consultas")["rows"]]
    assert names[:2] == ["IMSS: personas del norte de Centroamérica"] * 2


def test_shares_and_ratios_say_of_what() -> None:
    """The ratio is named as such, and the two per cent are of all pupils in basic education."""
    said = sentences(elements_run(REPORT))
    assert "La razón de retornos por cada cien eventos no sigue a las mismas niñas y niños" in said
    assert says(said, "cerca de #% de todo el alumnado de educación básica.")


def test_the_card_on_events_names_the_year_2025() -> None:
    """The figure is of 2024; UPM's count of 2025 stands in the same card, until it is known."""
    label = one(elements_run(REPORT), "key_figures")["figures"][0]["label"]
    assert reads(label, "eventos de niñas, niños y adolescentes, 2024 (en 2025, según la prensa, #)")
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
        ("2021-03-31", "es", "# de Nuevo León, # de Querétaro, # de Chihuahua y # de Guanajuato;", True),
        ("2021-03-31", "en", "# in Nuevo León, # in Querétaro, # in Chihuahua and # in Guanajuato;", True),
        ("2023-07-15", "es", "# eran de la Ciudad de México, # de Nuevo León y # de Querétaro;", False),
    ],
)
def test_cases_of_all_states_in_sight_are_told_with_their_source(
    as_of: str, language: str, told: str, source: bool
) -> None:
    """No state that the table has for the day is said to be without a figure; the chart names who gave those cases."""
    elements = elements_run(REPORT, as_of, language)
    assert says(sentences(elements), told)
    covid = next(e for e in elements if e["kind"] == "chart" and "COVID-19" in e["title"])
    assert ("Milenio, migrantes.com.mx (2021)" in covid["source"]) == source


def test_a_survey_is_not_said_to_say_nothing() -> None:
    """That the group of a share is not stated is not what the survey says."""
    said = sentences(elements_run(REPORT, language="en"))
    assert "according to the ENPORE survey; the group is not stated." in said


def test_the_figures_are_those_that_were_looked_at() -> None:
    """What moved is seen in a diff of tests/figures.csv: `python -m tests.figures` writes it again."""
    assert moved(REPORT) == []
