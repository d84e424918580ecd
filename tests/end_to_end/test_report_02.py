"""Report 02 as its readers get it: the national edition, states with and without records, and what 2020 could know."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.conftest import build_as_of
from tests.end_to_end.reading import CURRENT, all_words, elements_of, of_kind, sentences, table_titled

REPORT = "02_emergencies"


def test_the_front_page_says_what_the_data_say(real: Path) -> None:
    """Headline and key figures of the edition 2026-1; the stock that did not move has no change."""
    elements = elements_of(real / CURRENT, "es", REPORT)
    assert of_kind(elements, "headline")[0]["text"] == (
        "En 2024 se registraron en México 25,543 desplazamientos internos por violencia, más del doble que en 2023; "
        "los desastres causaron 52,738, menos que en 2023."
    )
    figures = of_kind(elements, "key_figures")[0]["figures"]
    assert [(f["value"], f["change"], f["reference"]) for f in figures] == [
        ("52,738", "−73.1%", "195,864 en 2023"),
        ("25,543", "+131.3%", "11,041 en 2023"),
        ("390,250", "", ""),
        ("187,000", "", ""),
        ("262,411", "", ""),
        ("2,912,200", "", ""),
    ]
    assert figures[0]["label"] == "desplazamientos por 68 desastres, 2024"
    assert "el mismo número que un año antes" in of_kind(elements, "headline")[0]["lead"]


def test_movements_people_and_expulsions_never_share_a_chart(real: Path) -> None:
    """Each chart has one measure, none begins before its series is sound, and the survey is in no chart."""
    elements = elements_of(real / CURRENT, "es", REPORT)
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
    assert flow["rows"][-1] == ["2024", "25,543"]
    assert [row[1] for row in stock["rows"][-2:]] == ["390,250", "390,250"]
    assert "la cifra publicada es la de 2023" in charts[3]["note"]


def test_a_missing_count_is_a_dash_and_the_bodies_are_not_compared(real: Path) -> None:
    """A state without a figure has a dash, never a zero; a share stays a share; 2022 has no total of the country."""
    elements = elements_of(real / CURRENT, "es", REPORT)
    table = table_titled(elements, "Personas desplazadas en episodios masivos")
    rows = {row[0]: row[1:] for row in table["rows"]}
    assert rows["Michoacán"] == ["240", "704", "–", "13,515", "2,507", "–", "5.4%"]
    assert rows["País"] == ["11,491", "8,664", "9,741", "28,943", "–", "12,623", "28,900"]
    assert "0" not in {cell for row in table["rows"] for cell in row}
    assert "Los años que contó la CMDPDH y los que contó el PDH Ibero no se comparan entre sí." in sentences(elements)
    assert "Sin registro no quiere decir sin desplazamiento" in sentences(elements)


def test_every_count_of_an_impact_bears_its_date(real: Path) -> None:
    """Otis has the count of February 2024; the doubtful ones are not printed, and no count is on the front page."""
    elements = elements_of(real / CURRENT, "es", REPORT)
    rows = {row[0]: row[1:] for row in table_titled(elements, "Grandes desastres")["rows"]}
    assert rows["Huracán Otis (Guerrero), 2023"] == ["52 (1 feb 2024)", "825,000 (9 nov 2023)", "273,884 (9 nov 2023)"]
    assert rows["Huracán John (Guerrero), 2024"][1] == "236,636 (oct 2024)"  # the page says no day
    assert rows["Lluvias de octubre, 2025"][0] == "80 (24 oct 2025)"
    assert all("(" in cell or cell == "–" for row in rows.values() for cell in row)
    assert "32 personas en el conteo del 1 de febrero de 2024" in sentences(elements)
    assert "Al 9 de noviembre de 2023, la OIM planeaba atender a 25,300 personas" in sentences(elements)
    assert "fueron más en conteos posteriores" in table_titled(elements, "Grandes desastres")["note"]
    front = " ".join(str(of_kind(elements, kind)[0]) for kind in ("headline", "key_figures"))
    assert "muert" not in front


def test_words_stay_sober(real: Path) -> None:
    """No word of drama about disasters, deaths or violence, in either language."""
    for language, drama in (
        ("es", ("tragedia", "víctimas mortales", "devast", "saldo final", "ola de", "crisis")),
        ("en", ("tragedy", "death toll", "devast", "wave of", "crisis", "surge")),
    ):
        said = " ".join(all_words(elements_of(real / CURRENT, language, REPORT))).lower()
        assert [word for word in drama if word in said] == []


def test_a_state_stands_beside_the_country(real: Path) -> None:
    """Chiapas: the estimate with its rank, and the years in which episodes were recorded, of both bodies."""
    elements = elements_of(real / "state-MX-CHP" / CURRENT, "es", f"{REPORT}-MX-CHP")
    assert of_kind(elements, "headline")[0]["text"] == (
        "Chiapas: 3,010 personas desplazadas internas vivían ahí, según el ACNUR con el censo de 2020; 53 por cada "
        "cien mil habitantes (205 en todo México), lugar 30 entre las entidades."
    )
    assert of_kind(elements, "headline")[0]["lead"].startswith(
        "Según el PDH Ibero, 17,860 personas fueron desplazadas en episodios masivos en Chiapas en 2024. "
    )
    rows = {row[0]: row[1:] for row in table_titled(elements, "Lo que registran las fuentes")["rows"]}
    assert rows["Personas desplazadas, ACNUR con el censo de 2020"] == ["3,010", "262,411", "22"]
    assert rows["Personas desplazadas en episodios masivos, 2024 (PDH Ibero)"] == ["17,860", "28,900", "–"]
    assert rows["Frentes fríos 9 y 11: muertes (8 nov 2020)"] == ["22", "27", "–"]
    assert "nombran a Chiapas en 2018, 2019, 2021, 2022 y 2024" in sentences(elements)
    assert "dice dónde vivían las personas en 2020, no de dónde salieron" in sentences(elements)


def test_a_state_without_records_says_so_plainly(real: Path) -> None:
    """Tlaxcala has the estimate alone, and the report says what the absence of a record does not mean."""
    folder = real / "state-MX-TLA" / CURRENT
    spanish = elements_of(folder, "es", f"{REPORT}-MX-TLA")
    assert len(table_titled(spanish, "Lo que registran las fuentes")["rows"]) == 2
    assert "no traen un número para Tlaxcala. Que no haya un registro no significa que no haya desplazamiento." in (
        sentences(spanish)
    )
    english = sentences(elements_of(folder, "en", f"{REPORT}-MX-TLA"))
    assert "The absence of a record does not mean the absence of displacement." in english


def test_in_2020_no_estimate_by_state_was_known(year_2020: Path) -> None:
    """The end of 2020 knows the disasters of 2019, episodes to 2019, MPP to September, and no tile map."""
    elements = elements_of(year_2020, "es", REPORT)
    assert of_kind(elements, "headline")[0]["text"] == (
        "En 2019 se registraron en México 18,286 desplazamientos internos por desastres y 8,664 por violencia; en 2018 "
        "fueron 20,282 y 11,491."
    )
    values = [f["value"] for f in of_kind(elements, "key_figures")[0]["figures"]]
    assert values == ["18,286", "8,664", "346,945", "104,135", "332,911"]
    assert table_titled(elements, "Personas desplazadas en episodios masivos")["head"][1:] == [
        "2018\nCMDPDH",
        "2019\nCMDPDH",
    ]
    assert "no traen una estimación de las personas desplazadas por entidad" in sentences(elements)
    assert [c["tables"] for c in of_kind(elements, "chart")][-2:] == [["title42_month"], ["mpp_period"]]
    said = sentences(elements)
    assert "En el año fiscal 2020, 77% fueron de personas mexicanas." in said
    assert not any(number in said for number in ("262,411", "390,250", "187,000", "9,741"))


def test_expulsions_are_drawn_before_the_months_of_mpp_are_known(tmp_path: Path) -> None:
    """In June 2020 there are months of Title 42 and none of MPP, and no complete fiscal year: one chart, no share."""
    elements = elements_of(build_as_of(tmp_path, "2020-06-30", REPORT), "es", REPORT)
    assert of_kind(elements, "chart")[-1]["tables"] == ["title42_month"]
    said = sentences(elements)
    assert "43,567 expulsiones (marzo–mayo de 2020)" in said
    assert "fiscal" not in said
