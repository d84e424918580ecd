"""Report 02 as its readers get it: the national edition, states with and without records, and what 2020 could know."""

from __future__ import annotations

import re

import pytest

from analysis.check.house_style import HEADLINE_LENGTH
from analysis.values.quantities import format_date, iso_date
from tests.end_to_end.reading import (
    all_words,
    as_number,
    begins,
    numbers,
    of_kind,
    one,
    reads,
    says,
    sentences,
    table_titled,
    total,
    version_of,
)
from tests.end_to_end.running import elements_run
from tests.figures import moved

REPORT = "02_emergencies"


def test_the_front_page_says_what_the_data_say() -> None:
    """Headline of the default edition; both flows stand beside those of before, what did not move has no change."""
    elements = elements_run(REPORT)
    violence, disasters = numbers(
        of_kind(elements, "headline")[0]["text"],
        "En 2024 se registraron en México # desplazamientos internos por violencia, más del doble que en 2023; "
        "los desastres causaron #, menos que en 2023.",
    )
    figures = of_kind(elements, "key_figures")[0]["figures"]
    assert all(reads(f["change"], "#%") and reads(f["reference"], "# en 2023") for f in figures[:2])
    assert [as_number(f["value"]) for f in figures[:2]] == [disasters, violence]
    assert [(f["change"], f["reference"]) for f in figures[2:]] == [("", "")] * 4
    assert reads(figures[0]["label"], "desplazamientos por # desastres, 2024")
    assert "el mismo número que un año antes" in of_kind(elements, "headline")[0]["lead"]


def test_movements_people_and_expulsions_never_share_a_chart() -> None:
    """Each chart has one measure, none begins before its series is sound, and the survey is in no chart."""
    elements = elements_run(REPORT)
    charts = of_kind(elements, "chart")
    assert [chart["tables"] for chart in charts] == [
        ["disaster_top_events"],
        ["displacement_hazard_year"],
        ["displacement_year"],
        ["displacement_year"],
        ["idp_census_estimate_state", "population_state_year"],
        ["title42_month"],
        ["mpp_period"],
    ]
    first_rows = [chart["data"]["rows"][0][0] for chart in (charts[1], charts[2], charts[3])]
    assert first_rows == ["2016", "2014", "2014"]
    flow, stock = charts[2]["data"], charts[3]["data"]
    assert flow["rows"][-1] == ["2024", total("displacement_year", "displacements", year=2024, cause="conflict")]
    assert [row[0] for row in stock["rows"][-2:]] == ["2023", "2024"]
    assert len({row[1] for row in stock["rows"][-2:]}) == 1
    assert "la cifra de la base es la de 2023" in charts[3]["note"]


def test_a_missing_count_is_a_dash_and_each_body_has_a_table() -> None:
    """No figure is a dash, never a zero; persons and shares have columns of their own; 2022 has no country."""
    elements = elements_run(REPORT)
    first = table_titled(
        elements, "Personas desplazadas en episodios masivos que contó la CMDPDH, por entidad, 2018–2022"
    )
    second = table_titled(
        elements, "Personas desplazadas en episodios masivos que contó el PDH Ibero, por entidad, 2023"
    )
    rows, later = ({row[0]: row[1:] for row in table["rows"]} for table in (first, second))
    assert [cell == "–" for cell in rows["Michoacán"]] == [False, False, True, False, False]
    assert [cell == "–" for cell in rows["País"]] == [False, False, False, False, True]
    assert second["head"] == ["Entidad", "2023\npersonas", "2024\npersonas", "2024\nparte del país"]
    assert [cell == "–" for cell in later["Chiapas"]] == [True, False, False]
    assert [cell == "–" for cell in later["Michoacán"]] == [True, True, False]
    assert later["País"][2] == "100.0%"
    assert "0" not in {cell for table in (first, second) for row in table["rows"] for cell in row}
    assert "Los años que contó la CMDPDH y los que contó el PDH Ibero no se comparan entre sí." in sentences(elements)
    assert "Sin registro no quiere decir sin desplazamiento" in sentences(elements)


def test_every_count_of_an_impact_bears_its_date() -> None:
    """Otis has the count of February 2024; the doubtful ones are not printed, and no count is on the front page."""
    elements = elements_run(REPORT)
    rows = {row[0]: row[1:] for row in table_titled(elements, "Grandes desastres")["rows"]}
    dates = ["# (1 feb 2024)", "# (9 nov 2023)", "# (9 nov 2023)"]
    assert all(map(reads, rows["Huracán Otis (Guerrero), 2023"], dates))
    assert reads(rows["Huracán John (Guerrero), 2024"][1], "# (oct 2024)")  # the page says no day
    assert reads(rows["Lluvias de octubre, 2025"][0], "# (24 oct 2025)")
    assert all("(" in cell or cell == "–" for row in rows.values() for cell in row)
    assert says(sentences(elements), "# personas en el conteo del 1 de febrero de 2024")
    assert says(sentences(elements), "Al 9 de noviembre de 2023, la OIM planeaba atender a # personas")
    assert reads(rows["Sismo del 19 de septiembre, 2017"][0], "# (3 oct 2017)")
    assert says(
        table_titled(elements, "Grandes desastres")["note"],
        "Protección Civil contaba # muertes el 29 de septiembre de 2017 (MercoPress) y # el 3 de octubre de 2017 "
        "(Biblioteca de la Cámara de Diputados)",
    )
    front = " ".join(str(of_kind(elements, kind)[0]) for kind in ("headline", "key_figures"))
    assert "muert" not in front


def test_words_stay_sober() -> None:
    """No word of drama about disasters, deaths or violence, in either language."""
    for language, drama in (
        ("es", ("tragedia", "víctimas mortales", "devast", "saldo final", "ola de", "crisis")),
        ("en", ("tragedy", "death toll", "devast", "wave of", "crisis", "surge")),
    ):
        said = " ".join(all_words(elements_run(REPORT, language=language))).lower()
        assert [word for word in drama if word in said] == []


def test_a_state_stands_beside_the_country() -> None:
    """Chiapas: who was displaced there in 2024, then where displaced people lived, and the years of both bodies."""
    elements = elements_run(REPORT, geography="MX-CHP")
    assert reads(
        of_kind(elements, "headline")[0]["text"],
        "Chiapas: # personas fueron desplazadas ahí en episodios masivos de violencia en 2024, #% de las al "
        "menos # de todo México, según el PDH Ibero.",
    )
    assert begins(
        of_kind(elements, "headline")[0]["lead"],
        "Con el censo de 2020, el ACNUR estima que vivían en Chiapas # personas desplazadas internas, # por cada "
        "cien mil habitantes (# en todo México; lugar # entre las entidades): dice dónde vivían, no de dónde "
        "salieron. Las demás cifras de esta página son de todo México; las expulsiones, de Estados Unidos en toda su "
        "frontera con México, de todas las nacionalidades.",
    )
    rows = {row[0]: row[1:] for row in table_titled(elements, "Lo que registran las fuentes")["rows"]}
    estimate = total("idp_census_estimate_state", "persons", year=2025, state_code="MX-CHP")
    assert rows["Personas desplazadas que vivían ahí, ACNUR con el censo de 2020"][0] == estimate
    assert says(of_kind(elements, "headline")[0]["lead"], f"que vivían en Chiapas {estimate} personas")
    assert rows["Personas desplazadas en episodios masivos, 2024 (PDH Ibero)"][2] == "–"
    assert rows["Frentes fríos 9 y 11: muertes (8 nov 2020)"] == ["22", "27", "–"]
    assert "nombran a Chiapas en 2018, 2019, 2021, 2022 y 2024" in sentences(elements)
    assert "dice dónde vivían las personas en 2020, no de dónde salieron" in sentences(elements)


def test_a_state_without_records_says_so_plainly() -> None:
    """Tlaxcala has the estimate alone, and the report says what the absence of a record does not mean."""
    spanish = elements_run(REPORT, geography="MX-TLA")
    assert len(table_titled(spanish, "Lo que registran las fuentes")["rows"]) == 2
    assert "no traen un número para Tlaxcala. Que no haya un registro no significa que no haya desplazamiento." in (
        sentences(spanish)
    )
    english = sentences(elements_run(REPORT, language="en", geography="MX-TLA"))
    assert "The absence of a record does not mean the absence of displacement." in english


def test_in_2020_no_estimate_by_state_was_known() -> None:
    """The end of 2020 knows the disasters of 2019, episodes to 2019, MPP to September, and no tile map."""
    elements = elements_run(REPORT, "2020-12-31")
    assert reads(
        of_kind(elements, "headline")[0]["text"],
        "En 2019 se registraron en México # desplazamientos internos por desastres y # por violencia; en 2018 "
        "fueron # y #.",
    )
    assert len(of_kind(elements, "key_figures")[0]["figures"]) == 5
    assert table_titled(elements, "Personas desplazadas en episodios masivos")["head"][1:] == [
        "2018\npersonas",
        "2019\npersonas",
    ]
    assert "no traen una estimación de las personas desplazadas por entidad" in sentences(elements)
    assert [c["tables"] for c in of_kind(elements, "chart")][-2:] == [["title42_month"], ["mpp_period"]]
    said = sentences(elements)
    assert says(said, "En el año fiscal 2020, #% fueron de personas mexicanas.")
    later = (
        total("idp_census_estimate_state", "persons", year=2025, state_code="MEX"),
        total("displacement_year", "stock", year=2024, cause="conflict"),
        total("disaster_top_events", "displacements", event="otis"),
        total("displacement_year", "displacements", year=2020, cause="conflict"),
    )
    assert [number for number in later if number in said] == []


def test_expulsions_are_drawn_before_the_months_of_mpp_are_known() -> None:
    """In June 2020 there are months of Title 42 and none of MPP, and no complete fiscal year: one chart, no share."""
    elements = elements_run(REPORT, "2020-06-30")
    assert of_kind(elements, "chart")[-1]["tables"] == ["title42_month"]
    said = sentences(elements)
    assert says(said, "# expulsiones (marzo–mayo de 2020)")
    assert "fiscal" not in said


def test_the_map_says_that_it_is_of_where_people_lived() -> None:
    """Title, subtitle, alternative text and sentence: residence in 2020, not the place of displacement."""
    elements = elements_run(REPORT)
    tiles = next(e for e in of_kind(elements, "chart") if "idp_census_estimate_state" in e["tables"])
    assert tiles["title"] == "Dónde vivían: la tasa mayor, en Yucatán"
    assert "donde vivían en 2020, no de la que dejaron" in tiles["subtitle"]
    assert "que vivían en cada una en 2020" in tiles["alt"]
    assert "Dice dónde vivían las personas en 2020, no de dónde salieron: Chiapas" in sentences(elements)


def test_two_numbers_of_displaced_people_are_told_apart() -> None:
    """The stock of IDMC and the estimate of UNHCR stand on one page with what each counts."""
    for language, said in (
        ("es", "el ACNUR parte de los cambios de residencia entre 2015 y 2020 declarados en el censo"),
        ("en", "UNHCR starts from the changes of residence between 2015 and 2020 stated in the census"),
    ):
        assert said in one(elements_run(REPORT, language=language), "key_figures")["note"]


@pytest.mark.parametrize(
    ("as_of", "repeated", "label"),
    [
        ("2023-07-15", "La estimación parte del censo de 2020.", ""),
        ("2025-02-28", "repite el mismo número en 2023.", ", repetida en 2023"),
        ("2025-08-31", "repite el mismo número cada año desde 2022.", ", repetida cada año desde 2022"),
    ],
)
def test_the_number_of_unhcr_is_there_since_it_was_published(as_of: str, repeated: str, label: str) -> None:
    """UNHCR published its estimate in June 2023 and repeats it each year; by state it is there for the newest alone."""
    elements = elements_run(REPORT, as_of)
    figures = one(elements, "key_figures")
    own = "personas desplazadas internas: estimación del ACNUR con el censo de 2020" + label
    estimate = total("idp_census_estimate_state", "persons", year=2022, state_code="MEX")
    assert (estimate, own) in [(f["value"], f["label"]) for f in figures["figures"]]
    assert "ACNUR con el censo" not in figures["note"]
    said = sentences(elements)
    assert "los datos reunidos no traen su desglose por entidad" in said
    assert repeated in said


def test_before_its_estimate_unhcr_is_not_named() -> None:
    """At the end of 2020 there was no estimate from a census of that year to be missed."""
    assert "ACNUR" not in one(elements_run(REPORT, "2020-12-31"), "key_figures")["note"]


@pytest.mark.parametrize("as_of", ["2026-06-30", "2023-07-15", "2020-12-31"])
def test_the_stock_bears_the_version_of_its_database(as_of: str) -> None:
    """IDMC revises past years: what it counted then was another number."""
    lead = one(elements_run(REPORT, as_of), "headline")["lead"]
    version = format_date(iso_date(version_of("displacement_year")), "es")
    assert f"según la versión del {version} de la base del Centro de Monitoreo" in lead
    assert "contaba" not in lead


@pytest.mark.parametrize(
    ("state", "headline"),
    [
        (
            "MX-SIN",
            "# personas fueron desplazadas ahí en episodios masivos de violencia en 2024, #% de las al menos",
        ),
        (
            "MX-MIC",
            "ahí fueron desplazadas #% de las al menos # personas que tuvieron que salir en episodios masivos",
        ),
        (
            "MX-ZAC",
            "# personas fueron desplazadas ahí en episodios masivos de violencia en 2022, según la CMDPDH; de 2024",
        ),
        (
            "MX-YUC",
            "según el ACNUR, en 2020 vivían ahí # personas desplazadas internas, # por cien mil habitantes",
        ),
    ],
)
def test_a_state_leads_with_who_was_displaced_there_or_says_that_it_is_not_known(state: str, headline: str) -> None:
    """The newest count and its share, or an older one with its year; without any, the residence of 2020, so called."""
    elements = elements_run(REPORT, geography=state)
    assert begins(one(elements, "headline")["text"], f"{elements[0]['place']}: {headline}")


@pytest.mark.parametrize(
    ("state", "language"), [("MX-ZAC", "es"), ("MX-YUC", "es"), ("MX-CHP", "en"), ("MX-TLA", "en")]
)
def test_numbers_of_the_country_say_so_in_the_report_of_a_state(state: str, language: str) -> None:
    """Six key figures and the charts under the name of a state are of the whole of Mexico, and say it."""
    elements = elements_run(REPORT, language=language, geography=state)
    country = {"es": r"todo México|toda la frontera", "en": r"whole of Mexico|whole border"}[language]
    assert all(re.search(country, figure["label"]) for figure in one(elements, "key_figures")["figures"])
    for drawn in of_kind(elements, "chart"):
        if {"disaster_top_events", "displacement_hazard_year", "displacement_year"} & {*drawn["tables"]}:
            assert re.search(country, drawn["subtitle"])
    headline = one(elements, "headline")["text"]
    assert len(headline) <= HEADLINE_LENGTH
    without_count = re.search(r"No se encontró cuántas salieron de ahí\.|How many left it was not found\.", headline)
    assert bool(re.search("vivían|lived", headline)) is bool(without_count)
    assert re.search("de todas las nacionalidades|of all nationalities", one(elements, "headline")["lead"])
    border = "De expulsiones, espera y albergues no se encontró una cifra solo de" in sentences(elements)
    assert border is (state in {"MX-BCN", "MX-SON", "MX-CHH", "MX-COA", "MX-NLE", "MX-TAM"})


def test_a_month_is_not_told_twice_where_the_last_is_the_most() -> None:
    """In March 2021 the last month of Title 42 known was also the one with most expulsions."""
    drawn = next(e for e in of_kind(elements_run(REPORT, "2021-03-31"), "chart") if e["tables"] == ["title42_month"])
    assert says(drawn["alt"], "y # en el último, que es el mes con más.")


def test_before_the_estimate_a_state_without_a_count_says_that_it_has_none() -> None:
    """In July 2023 there is no estimate by state to lead with."""
    headline = one(elements_run(REPORT, "2023-07-15", geography="MX-BCN"), "headline")["text"]
    assert "los datos reunidos no traen cuántas personas fueron desplazadas ahí por la violencia" in headline


def test_the_card_beside_the_count_of_a_state_says_whose_it_is() -> None:
    """The headline of Chiapas counts as PDH Ibero does, the card as IDMC; Tlaxcala has one count alone."""
    chiapas, tlaxcala = (
        one(elements_run(REPORT, geography=state), "key_figures")["figures"][1]["label"]
        for state in ("MX-CHP", "MX-TLA")
    )
    assert "según el IDMC, otra cuenta" in chiapas
    assert "otra cuenta" not in tlaxcala


def test_the_months_of_the_protocols_do_not_end_without_a_word() -> None:
    """CBP gives months to January 2021, and the programme began again in December, in another count."""
    drawn = of_kind(elements_run(REPORT), "chart")[-1]
    assert reads(drawn["title"], "MPP: # (mar 2020), # (ene 2021)")
    assert drawn["note"] == (
        "La CBP da meses hasta enero de 2021; el programa volvió a registrar ingresos en diciembre de 2021 "
        "(Departamento de Seguridad Nacional, otra cuenta)."
    )
    early = of_kind(elements_run(REPORT, "2021-03-31"), "chart")[-1]
    assert early["note"] == "Meses que da la CBP, de enero de 2020 a septiembre de 2020."


def test_where_the_states_make_the_total_their_dashes_are_not_doubted() -> None:
    """The states that CMDPDH names in 2018 and 2019 add up to the country; those of 2020 and 2021 do not."""
    note = table_titled(elements_run(REPORT), "Personas desplazadas en episodios masivos que")["note"]
    assert "no es cero" not in note
    assert "En 2018 y 2019, las entidades nombradas suman el total del país." in note
    assert "En 2020 y 2021 faltan entidades: el país no es la suma de las filas." in note


def test_two_rows_of_one_count_are_told_so() -> None:
    """IDMC builds on the episodes of PDH Ibero, in displacements, not people."""
    table = table_titled(elements_run(REPORT), "Violencia y desplazamiento: qué cuenta cada fuente")
    assert (
        "Las dos primeras no son independientes: el IDMC, que cuenta desplazamientos, parte de los episodios"
        in (table["note"])
    )


def test_the_most_of_some_years_has_their_bounds() -> None:
    """No disaster is the largest "since" a year, and no title is a fragment; better records are no cause of a rise."""
    elements = elements_run(REPORT)
    titles = [drawn["title"] for drawn in of_kind(elements, "chart")]
    assert "De 2016 a 2024, dos años dominan: los sismos de 2017 y las tormentas de 2023" in titles
    assert any(reads(title, "# en 2024, igual que en 2023") for title in titles)
    labels = [figure["label"] for figure in one(elements, "key_figures")["figures"]]
    assert "desplazamientos por el huracán Otis, 2023: el desastre con más, de 2016 a 2024" in labels
    said = " ".join(all_words(elements))
    assert "parte de cualquier aumento puede venir de ahí" in said
    assert "también por eso su número" not in said
    assert "a albergues de Ciudad Juárez, Tijuana y Matamoros." in said


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        (
            "2020-12-31",
            (
                "Desde el 21 de marzo de 2020, una medida sanitaria de Estados Unidos, el Título 42, permite",
                "Desde enero de 2019, bajo los Protocolos de Protección a Migrantes (MPP), se ha enviado",
                "expulsa sin procedimiento migratorio desde marzo de 2020.",
            ),
        ),
        (
            "2021-03-31",
            (
                "el Título 42, permite expulsar sin procedimiento migratorio: # expulsiones (marzo de 2020–",
                "De enero de 2019 a enero de 2021, bajo los Protocolos de Protección a Migrantes (MPP), se envió",
                "expulsa sin procedimiento migratorio desde marzo de 2020.",
            ),
        ),
        (
            "2022-03-31",
            ("De enero de 2019 a enero de 2021 y de nuevo desde diciembre de 2021, bajo los Protocolos",),
        ),
        (
            "2023-06-01",
            ("Del 21 de marzo de 2020 al 11 de mayo de 2023,", "expulsiones (marzo de 2020–abril de 2023)."),
        ),
        (
            "2023-07-15",
            (
                "Del 21 de marzo de 2020 al 11 de mayo de 2023, una medida sanitaria de Estados Unidos, el Título 42, "
                "permitió expulsar sin procedimiento migratorio: # expulsiones.",
                "De enero de 2019 a enero de 2021 y de diciembre de 2021 a agosto de 2022, bajo los Protocolos",
                "expulsó sin procedimiento migratorio de marzo de 2020 a mayo de 2023.",
            ),
        ),
    ],
)
def test_a_measure_that_had_ended_has_its_end(as_of: str, words: tuple[str, ...]) -> None:
    """Title 42 and MPP are told with the spans that they had had by the date: since when, or from when to when."""
    said = " ".join(all_words(elements_run(REPORT, as_of)))
    assert [part for part in words if not says(said, part)] == []


@pytest.mark.parametrize("as_of", ["2023-07-15", "2026-06-30"])
def test_states_that_add_up_to_more_than_another_count_are_told_so(as_of: str) -> None:
    """For 2022 CMDPDH's states make more people than IDMC counts displacements, and there is no total."""
    table = table_titled(elements_run(REPORT, as_of), "Personas desplazadas en episodios masivos que contó la CMDPDH")
    assert says(
        table["note"],
        "En 2022, sin total del país, las entidades suman #, más que los # desplazamientos del IDMC, otra cuenta.",
    )
    assert "IDMC" in table["source"]


def test_words_on_the_sources_are_of_those_at_the_date() -> None:
    """Early in 2021 one row is left beside the first two, and the method names no body without a figure."""
    elements = elements_run(REPORT, "2021-03-31")
    assert (
        "La tercera tiene otro periodo y otro método." in table_titled(elements, "Violencia y desplazamiento")["note"]
    )
    said = " ".join(all_words(elements))
    assert [name for name in ("PDH Ibero", "ACNUR", "INEGI", "ENVIPE", "Conapo", "Redodem") if name in said] == []
    chiapas = " ".join(all_words(elements_run(REPORT, "2021-03-31", geography="MX-CHP")))
    assert "Las cifras reunidas de la CMDPDH nombran a Chiapas en 2018 y 2019." in chiapas
    assert "PDH Ibero" not in chiapas


@pytest.mark.parametrize(
    ("as_of", "state"), [("2020-06-30", "MEX"), ("2021-03-31", "MX-CHP"), ("2023-07-15", "MX-CHP")]
)
def test_no_column_is_of_dashes_alone(as_of: str, state: str) -> None:
    """A column that has no value at a date is not shown."""
    for table in of_kind(elements_run(REPORT, as_of, geography=state), "table"):
        assert all({*column} - {"–"} for column in zip(*table["rows"], strict=True)), table["title"]


@pytest.mark.parametrize(("as_of", "by_state"), [("2023-07-15", False), ("2025-02-28", False), ("2026-06-30", True)])
def test_the_method_describes_only_what_the_report_shows(as_of: str, by_state: bool) -> None:
    """The state of the estimate is defined where states are shown; no mark is explained that no table has."""
    said = " ".join(all_words(elements_run(REPORT, as_of)))
    assert ("La entidad es la de residencia" in said) == by_state
    assert "según los cambios de residencia de 2015 a 2020 en el censo. " in said
    assert "«s/d»" not in said


def test_a_mexican_body_has_an_english_name_in_english() -> None:
    """The note on recounts names civil protection in English, and once as it is called."""
    assert says(
        " ".join(all_words(elements_run(REPORT, "2023-07-15", "en"))),
        "civil protection (Protección Civil) counted # deaths",
    )


def test_the_figures_are_those_that_were_looked_at() -> None:
    """What moved is seen in a diff of tests/figures.csv: `python -m tests.figures` writes it again."""
    assert moved(REPORT) == []
