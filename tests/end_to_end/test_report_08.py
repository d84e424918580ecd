"""Report 08 as its readers get it: the national edition, a state beside the country, and what 2020 could know."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from tests.end_to_end.reading import (
    ROOT,
    Read,
    all_words,
    as_number,
    begins,
    numbers,
    of_kind,
    one,
    reads,
    says,
    sentences,
    total,
)
from tests.end_to_end.running import elements_run, picture
from tests.figures import moved

REPORT = "08_integration"


def test_the_front_page_says_what_the_data_say() -> None:
    """Headline and key figures of the default edition: the UN against the UN, the census against the census."""
    elements = elements_run(REPORT)
    now, before = numbers(
        one(elements, "headline")["text"],
        "Menos de la mitad de las personas nacidas en otro país que viven en México nació en Estados Unidos: "
        "#% en 2024; en 2020, #% (ONU DAES, edición 2024, que suma los registros de asilo).",
    )
    figures = one(elements, "key_figures")["figures"]
    assert [f["reference"].partition(" en ")[2] for f in figures] == ["2020", "2020", "2010", "2024", "", ""]
    assert [bool(f["change"]) for f in figures] == [True] * 4 + [False] * 2
    assert now == pytest.approx(as_number(figures[1]["value"]), abs=0.5)
    assert before == pytest.approx(as_number(figures[1]["reference"]), abs=0.5)
    assert says(figures[4]["label"], "más de # personas en el programa")


def test_census_and_un_never_share_a_chart_and_the_sample_is_never_counted() -> None:
    """No chart has both tables, and neither the counts of the sample nor those of another edition are printed."""
    elements = elements_run(REPORT)
    un = {"foreign_born_year", "foreign_born_country_year"}
    for chart in (e for e in elements if e["kind"] == "chart"):
        assert not (un & set(chart["tables"]) and "foreign_born_census_year" in chart["tables"])
    printed = f"{sentences(elements)} {[e['rows'] for e in elements if e['kind'] == 'table']}"
    never = (
        total("foreign_born_state_2020", "persons_sample", state_code="MEX"),
        total("foreign_born_state_2020", "persons_sample", state_code="MX-BCN"),
        total("foreign_born_edition_2020_year", "persons", year=2020),
    )
    assert [number for number in never if number in printed] == []
    assert "Son tarjetas, no personas" in printed
    assert "eventos, no personas" in printed


def test_a_state_stands_beside_the_country() -> None:
    """Rates of the state and of the country, and the rank of the state."""
    border = elements_run(REPORT, geography="MX-BCN")
    assert reads(
        one(border, "headline")["text"],
        "Baja California: # de cada mil habitantes nacieron en otro país (# en todo México); lugar # de las "
        "entidades por proporción y # por número, muestra del censo de 2020.",
    )
    small = elements_run(REPORT, geography="MX-TLA")
    rates = pd.read_csv(ROOT / "data/tables/foreign_born_state_2020.csv", index_col="state_code")["per_1000"]
    rank = rates.drop("MEX").rank(ascending=False)["MX-TLA"]
    rows = one(small, "table")["rows"]
    assert rows[0][1:] == [f"{rates['MX-TLA']:.1f}", f"{rates['MEX']:.1f}", f"{rank:.0f}"]
    assert [row[2] for row in rows[1:]] == ["100.0%", "100.0%"]


def test_the_end_of_2020_has_no_census_of_that_year() -> None:
    """Rows of the end of 2020: the census of 2010 and the estimate for 2015, and no table by state."""
    elements = elements_run(REPORT, "2020-12-31")
    assert reads(
        one(elements, "headline")["text"],
        "En 2015 vivían en México # personas nacidas en otro país, según ONU DAES (edición 2024); #% nació en "
        "Estados Unidos.",
    )
    assert len(one(elements, "key_figures")["figures"]) == 4
    assert "Nuestras tablas no tienen, a esta fecha, el cuadro por entidad del censo de 2020" in sentences(elements)
    assert "1,212,252" not in sentences(elements)


def test_the_increase_is_told_with_the_asylum_registers_that_the_un_adds() -> None:
    """How much of the increase asylum registers equal, though of other dates; or, where tables end, that they may."""
    more, protected, part = numbers(
        one(elements_run(REPORT), "headline")["lead"],
        "# más que en 2020. Las personas refugiadas y solicitantes de asilo que cuenta el ACNUR, y que la ONU "
        "suma, aumentaron en # entre los cierres de 2020 y 2024: equivale a #% de ese aumento, aunque las "
        "fechas no son las mismas (la ONU estima a mitad de año).",
    )
    assert part == round(100 * protected / more)
    english = one(elements_run(REPORT, language="en"), "headline")
    assert "rests" not in english["lead"]
    assert says(
        english["lead"],
        "# between the ends of 2020 and 2024: this equals # per cent of that increase, though the dates are not "
        "the same (the UN estimates at mid-year).",
    )
    assert "adds asylum registers" in english["text"]
    before = one(elements_run(REPORT, "2025-02-28"), "headline")["lead"]
    assert "parte de los cambios puede venir de esos registros" in before


@pytest.mark.parametrize("as_of", ["2020-12-31", "2026-06-30"])
@pytest.mark.parametrize(("language", "edition"), [("es", "edición 2024"), ("en", "2024 edition")])
def test_estimates_of_the_un_carry_their_edition(as_of: str, language: str, edition: str) -> None:
    """Headline, lead, cards, table and text: another edition gave other values for the same years."""
    elements = elements_run(REPORT, as_of, language)
    headline, cards = one(elements, "headline"), one(elements, "key_figures")
    assert all(edition in said for said in (headline["text"], headline["lead"]))
    assert all(edition in card["label"] for card in cards["figures"][:2])
    words = " ".join(all_words(elements))
    assert not re.search(r"según la ONU[,;.]|says the UN", words)


def test_the_table_of_cards_has_what_the_pages_give() -> None:
    """Both counts of 2023, and those of 2021; a dash says what our tables lack, not what exists."""
    table = next(t for t in of_kind(elements_run(REPORT), "table") if t["title"].startswith("Tarjetas"))
    rows = {(row[0], row[1]): row[2:] for row in table["rows"]}
    assert rows["2023", "UPM"] == ["129,212", "–", "–"]
    assert rows["2023, hasta el 15 de diciembre", "INM"] == ["135,382", "136,235", "83,529"]
    assert rows["enero–noviembre de 2021", "UPM"] == ["42,855", "–", "–"]
    assert rows["octubre de 2024–junio de 2025", "Presidencia"] == ["5,667", "88,809", "64,020"]
    assert rows["diciembre de 2018–diciembre de 2023", "INM"] == ["435,887", "572,957", "368,387"]
    assert "nuestras tablas no tienen una cifra para ese periodo" in table["note"]


def test_a_line_that_rises_is_not_called_flat() -> None:
    """The UN's Venezuelans rise until 2024 while the platform's fall until 2025: the title says both."""
    chart = of_kind(elements_run(REPORT), "chart")[-1]
    assert chart["title"] == "ONU: más en 2024; R4V: menos en 2025"


def test_a_report_of_the_past_names_no_later_year_and_no_year_twice() -> None:
    """A figure that is absent is named without the year it will have; each year of a chart is said once."""
    elements = elements_run(REPORT, "2020-12-31")
    absent = one(elements, "key_figures")["note"].partition("Sin cifra")[2]
    assert "cartas de naturalización" in absent
    assert "2024" not in absent
    refugees = next(c for c in of_kind(elements, "chart") if "refugiadas al cierre" in c["subtitle"])
    assert refugees["alt"].count("en 2018") == 1
    later = re.findall(r"\b202[1-9]\b", " ".join(all_words(elements)).replace("edición 2024", ""))
    assert not later


@pytest.mark.parametrize(
    ("state", "own", "language", "words"),
    [("MX-CHP", "Chiapas", "es", "en todo México"), ("MX-TLA", "Tlaxcala", "en", "in the whole of Mexico")],
)
def test_what_is_of_the_country_says_so_in_the_report_of_a_state(
    state: str, own: str, language: str, words: str
) -> None:
    """Every card, section, chart and table names the state, or the country that it is about."""
    elements = elements_run(REPORT, language=language, geography=state)
    assert all(words in card["label"] for card in one(elements, "key_figures")["figures"])
    for element in of_kind(elements, "section")[:-1] + of_kind(elements, "chart") + of_kind(elements, "table"):
        said = " ".join(str(element.get(key, "")) for key in ("text", "title", "subtitle"))
        assert re.search(rf"México|Mexico|{own}", said), said


def test_a_name_does_not_say_the_opposite_of_what_is_counted() -> None:
    """UNHCR's other people need protection; nobody is told of as women alone."""
    chart = of_kind(elements_run(REPORT), "chart")[-1]
    assert "Otras que necesitan protección, ACNUR" in chart["data"]["head"]
    titles = [c["title"] + c["subtitle"] for c in of_kind(elements_run(REPORT), "chart")]
    assert not any(re.search(r"Refugiadas:|de las nacidas|Otras con protección", title) for title in titles)
    assert says(sentences(elements_run(REPORT)), "# en 2020, el máximo de 2018 a 2025, y # en 2025")


@pytest.mark.parametrize(
    ("as_of", "language", "title"),
    [
        ("2021-03-31", "es", "Trabajo y escuela: pocas cifras, de una sola encuesta"),
        ("2021-03-31", "en", "Work and school: few figures, from a single survey"),
        ("2026-06-30", "es", "Trabajo y escuela: pocas cifras, de fuentes distintas"),
    ],
)
def test_one_survey_is_not_called_several_sources(as_of: str, language: str, title: str) -> None:
    """At early dates all rows are of the survey of 2017; a figure of a page of June 2021 is not of the whole year."""
    elements = elements_run(REPORT, as_of, language)
    assert title in [section["text"] for section in of_kind(elements, "section")]
    rows = next(t for t in of_kind(elements, "table") if t["title"].startswith(("Trabajo", "Work")))["rows"]
    assert (len({row[1] for row in rows}) > 1) == ("fuentes" in title)
    said = sentences(elements)
    assert ("no consta si de todas" if language == "es" else "not stated whether of all") in said
    if as_of == "2026-06-30":
        assert says(said, "Según un informe del ACNUR de junio de 2021, #%")


def test_the_table_of_cards_has_no_column_of_dashes() -> None:
    """In July 2023: January to March of that year with its permanent residents, and no column without a figure."""
    table = next(t for t in of_kind(elements_run(REPORT, "2023-07-15"), "table") if t["title"].startswith("Tarjetas"))
    assert table["rows"][-1] == ["enero–marzo de 2023", "UPM", "38,710", "18,891"]
    assert "temporal" not in " ".join(table["head"])
    assert all(set(column) != {"–"} for column in zip(*table["rows"], strict=True))


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2026-06-30", "se registraron # eventos de repatriación desde Estados Unidos en 2025, según la UPM"),
        ("2025-02-28", "se registraron # eventos de repatriación desde Estados Unidos en 2023, según la UPM"),
    ],
)
def test_those_who_come_back_are_told_first_and_by_whom_they_are_counted(as_of: str, said: str) -> None:
    """The whole of 2025 as the UPM counts it, once published; who lives abroad comes after."""
    elements = elements_run(REPORT, as_of)
    told = next(f["text"] for f in of_kind(elements, "finding") if "eventos de repatriación" in f["text"])
    assert says(told, said)
    assert begins(told, "Entre 2015 y 2020, según la UPM, volvieron a México # personas mexicanas")
    assert "también es de quienes vuelven" not in told


def test_a_state_of_reception_has_its_own_events_and_another_has_none() -> None:
    """Baja California received some in each span; Tlaxcala stands in no table of reception."""
    assert says(
        sentences(elements_run(REPORT, geography="MX-BCN")),
        "Eventos recibidos en Baja California: # de # en 2020 (UPM); # de # en enero–octubre de "
        "2021 (INM, hasta mediados de octubre); # de # en enero de 2025 (UPM). Son periodos y cuentas "
        "distintos: no se comparan.",
    )
    assert "Eventos recibidos" not in sentences(elements_run(REPORT, geography="MX-TLA"))


def test_the_table_of_a_state_names_whose_share_it_is() -> None:
    """Eight in Mexico City by share, second by number; a share of the population is of the country's."""
    elements = elements_run(REPORT, geography="MX-CMX")
    assert says(one(elements, "headline")["text"], "lugar # de las entidades por proporción y # por número")
    table = of_kind(elements, "table")[0]
    assert [row[0] for row in table["rows"][1:]] == [
        "Parte de las personas nacidas en otro país que viven en México",
        "Parte de la población del país",
    ]
    assert "no muestra los cambios posteriores a 2020" in table["note"]
    assert not any(e["text"].endswith(", en todo México") for e in of_kind(elements, "section") if ":" in e["text"])


@pytest.mark.parametrize(
    ("as_of", "quoted"),
    [
        ("2021-03-31", "los censos, las tarjetas, las encuestas y las repatriaciones vienen"),
        ("2023-07-15", "los censos, las tarjetas, el programa, las encuestas y las repatriaciones vienen"),
    ],
)
def test_the_method_names_the_press_figures_that_a_date_has(as_of: str, quoted: str) -> None:
    """Neither naturalisation nor the programme before the report has a figure of them."""
    assert quoted in " ".join(all_words([one(elements_run(REPORT, as_of), "method")]))


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2021-03-31", ""),
        ("2025-02-28", "R4V daba # personas refugiadas y migrantes en agosto de 2023."),
        ("2026-06-30", "R4V daba # personas refugiadas y migrantes en agosto de 2023 y # en noviembre de"),
    ],
)
def test_the_chart_of_venezuelans_names_each_source_that_it_draws(as_of: str, said: str) -> None:
    """Where R4V has a point it stands among the sources and in the text; no value is told that is not drawn."""
    elements = elements_run(REPORT, as_of)
    chart = of_kind(elements, "chart")[-1]
    named = ["R4V" in chart["data"]["head"], "R4V" in chart["source"], "plataforma" in chart["alt"]]
    assert named == [bool(said)] * 3
    assert says(sentences(elements), said)
    drawn = {value for row in chart["data"]["rows"] for value in row}
    assert set(re.findall(r"[0-9]+,[0-9]{3}", chart["alt"])) <= drawn


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_point_under_a_peak_has_its_number(language: str) -> None:
    """The UN's estimate of 2020 stands alone between the flanks of UNHCR's line."""
    estimate = total("foreign_born_country_year", "persons", year=2020, country="VEN")
    assert estimate in re.findall(r"<text[^>]*>([^<]*)", picture(REPORT, 7, language=language))


@pytest.mark.parametrize(("as_of", "months"), [("2026-06-30", "marzo de 2025"), ("2023-07-15", "mayo de 2022")])
def test_a_count_since_a_year_says_both_ends(as_of: str, months: str) -> None:
    """Participants of the programme on the front page: of how many years."""
    labels = [card["label"] for card in one(elements_run(REPORT, as_of), "key_figures")["figures"]]
    assert any(label.endswith(f"en el programa de integración local, de 2016 a {months}") for label in labels)


@pytest.mark.parametrize(
    ("as_of", "unused"),
    [
        ("2021-03-31", {"ASF", "SRE", "INM", "OCDE", "R4V"}),
        ("2023-07-15", {"ASF", "SRE", "INM", "OCDE", "R4V"}),
        ("2025-02-28", {"ASF", "SRE"}),
        ("2026-06-30", set()),
    ],
)
def test_acronyms_are_those_that_the_report_uses(as_of: str, unused: set[str]) -> None:
    """Nothing is spelled out of a body whose figures the date does not have."""
    groups = one(elements_run(REPORT, as_of), "method")["groups"]
    spelled = next(item["text"] for group in groups for item in group["items"] if item["term"] == "Siglas.")
    assert {name for name in ("ASF", "SRE", "INM", "OCDE", "R4V") if f"{name}: " in spelled} == {
        name for name in ("ASF", "SRE", "INM", "OCDE", "R4V") if name not in unused
    }
    assert "UPM (antes UPMRIP): " in spelled


def test_a_chart_of_one_point_says_so_or_is_not_drawn() -> None:
    """Of the UN only 2020 is drawn in 2023, and the note says it; in 2021 no series has a course: there is no chart."""

    def drawn(as_of: str) -> list[Read]:
        charts = of_kind(elements_run(REPORT, as_of), "chart")
        return [chart for chart in charts if chart["subtitle"].startswith("Personas venezolanas")]

    assert drawn("2021-03-31") == []
    assert "de ella se dibuja un solo punto, 2020." in drawn("2023-07-15")[0]["note"]
    assert "un solo punto" not in drawn("2025-02-28")[0]["note"]


def test_the_figures_are_those_that_were_looked_at() -> None:
    """What moved is seen in a diff of tests/figures.csv: `python -m tests.figures` writes it again."""
    assert moved(REPORT) == []
