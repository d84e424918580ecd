"""Report 01 as its readers get it: remittances and visas, their traps, and the editions of states."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.mexico import COUNTRY
from tests.end_to_end.conftest import ASKED
from tests.end_to_end.reading import (
    ROOT,
    TODAY,
    Read,
    all_words,
    as_number,
    begins,
    numbers,
    one,
    reads,
    says,
    sentences,
    total,
)
from tests.end_to_end.running import cells_until, elements_run
from tests.figures import moved

REPORT = "01_labour_migration"
RECEIVED = pd.read_csv(ROOT / "data/tables/remittances_state_year.csv").pivot_table(
    index="state_code", columns="year", values="inflow_musd", aggfunc="sum"
)
"""Millions of dollars by state and year."""
FROM_THE_COUNTRY = 100 * (RECEIVED[2025] / RECEIVED[2024] - RECEIVED[2025].sum() / RECEIVED[2024].sum())
"""Points between the change of a state in 2025 and that of the country."""
UNSURE = [*FROM_THE_COUNTRY[FROM_THE_COUNTRY.abs() > 10].abs().sort_values(ascending=False).index]
"""States whose change of 2025 is more than ten points from that of the country, the farthest first."""
UNSURE_NAMES = [COUNTRY.place_name(code, "es") for code in UNSURE]


def chart(elements: list[Read], start: str) -> Read:
    """The chart whose subtitle starts so."""
    return next(e for e in elements if e["kind"] == "chart" and e["subtitle"].startswith(start))


def test_the_front_page_says_what_the_data_say() -> None:
    """The headline of the default edition; all figures but the visas, of another basis, beside those of before."""
    elements = elements_run(REPORT)
    told = numbers(
        one(elements, "headline")["text"],
        "En 2025 las remesas en dólares bajaron por primera vez desde 2013. En enero–abril de 2026 suben (#%), pero "
        "bajan en pesos constantes (#%).",
    )
    *compared, visas = one(elements, "key_figures")["figures"]
    assert [f["reference"].partition(" en ")[2] for f in compared] == ["2024", "enero–abril de 2025", *["2024"] * 3]
    assert all(reads(f["change"], "#%") for f in compared)
    assert (visas["change"], visas["reference"]) == ("", "")
    dollars, pesos = told
    assert dollars == as_number(compared[1]["change"])
    assert pesos < 0 < dollars


def test_sums_of_months_are_marked_and_not_compared_with_the_yearly_tables() -> None:
    """Visas of 2024 carry their mark in picture and table; the running fiscal year is in words only."""
    elements = elements_run(REPORT)
    assert one(elements, "key_figures")["figures"][-1]["label"].endswith("año fiscal 2024 (suma de meses)")
    rows = {
        row[0]: row[1] for row in chart(elements, "Visas expedidas a personas mexicanas por año fiscal")["data"]["rows"]
    }
    assert next(iter(rows)) == "2013"
    assert list(rows)[-2:] == ["2023", "2024 (suma de meses)"]
    assert rows["2023"] == total("us_work_visas_year", "visas", fiscal_year=2023, visa_class="H2A")
    assert says(
        sentences(elements),
        "Del año fiscal 2025, los informes mensuales reunidos llegan hasta mayo de 2025: # visas H-2A",
    )


def test_changes_far_from_that_of_the_country_stand_beside_their_warning() -> None:
    """Falls and rises of 2025 that may be of recording are found by their distance from the country; four are named."""
    elements = elements_run(REPORT)
    caution = one(elements, "caution")
    assert says(
        caution["text"],
        "se aparta más de diez puntos del cambio del país (#%): "
        + ("entre otras, " if len(UNSURE_NAMES) > 4 else "")
        + ", ".join(f"{name} (#%)" for name in UNSURE_NAMES[:4])
        + ".",
    )
    table = one(elements, "table")
    doubted = [row[0] for row in table["rows"] if row[0] in UNSURE_NAMES]
    assert table["note"] == (
        f"Cambios que pueden deberse a la forma de reportar (véase el recuadro): {', '.join(doubted)}."
    )
    country = next(row for row in table["rows"] if row[0] == "Total")
    assert country[1:3] == [total("remittances_state_year", "inflow_musd", year=year) for year in (2024, 2025)]
    assert country[4] == "100.0%"


def test_no_yearly_series_of_remittances_starts_before_2013() -> None:
    """The step from 2002 to 2003 is one of coverage."""
    elements = elements_run(REPORT)
    for start in ("Remesas por año, miles de millones de dólares", "Remesas por año, miles de millones de pesos"):
        assert chart(elements, start)["data"]["rows"][0][0] == "2013"


@pytest.mark.parametrize(
    ("state", "headline", "said"),
    [
        (
            "MX-JAL",
            "Jalisco: # millones de dólares en remesas en 2025, lugar # entre las entidades;",
            "#% frente a 2024; en el país, #%.",
        ),
        (
            "MX-COL",
            "Colima: # millones de dólares en remesas en 2025, lugar # entre las entidades;",
            "#% frente a 2024; en el país, #%.",
        ),
        (
            "MX-BCN",
            "Baja California: # millones de dólares en remesas en 2025, lugar #",
            "El cambio frente a 2024 (#%; en el país, #%) puede deberse a la forma de reportar:",
        ),
    ],
)
def test_a_state_stands_beside_the_country(state: str, headline: str, said: str) -> None:
    """Sum, place and change of the state, with the doubt about a change far off, and a table of state and country."""
    elements = elements_run(REPORT, geography=state)
    sum_of_state, rank = numbers(one(elements, "headline")["text"], headline)
    assert rank == RECEIVED[2025].rank(ascending=False)[state]
    table = one(elements, "table")
    assert table["head"] == ["Medida", "Entidad", "País", "Parte", "Lugar"]
    own, per_head, country = one(elements, "key_figures")["figures"][:3]
    assert as_number(own["value"]) == sum_of_state
    assert [own["value"], country["value"]] == table["rows"][0][1:3]
    assert country["value"] == total("remittances_state_year", "inflow_musd", year=2025)
    assert numbers(sentences(elements), said) == [as_number(own["change"]), as_number(country["change"])]
    assert per_head["value"] == table["rows"][3][1]


def test_at_the_end_of_2020_no_fall_is_told() -> None:
    """The measure and the period stand in for the claims; missing years of the programme with Canada are said."""
    elements = elements_run(REPORT, "2020-12-31")
    assert reads(
        one(elements, "headline")["text"],
        "México recibió # millones de dólares en remesas en 2019 (#%); en enero–octubre de 2020, # (#%).",
    )
    said = sentences(elements)
    assert (
        "Las cifras reunidas de tarjetas de visitante trabajador fronterizo no permiten, a esta fecha, comparar" in said
    )
    assert not re.search(r"primera (?:baja|vez)|Colorado en 2025|suma de meses", said)


def test_dollars_and_constant_pesos_are_explained_by_rate_and_prices() -> None:
    """In January-April 2026 dollars rose and pesos fell: between them lie the pesos a dollar, and prices."""
    spanish = sentences(elements_run(REPORT))
    assert says(
        spanish,
        "En pesos constantes lo recibido bajó #%: por cada dólar se recibieron en promedio # pesos, frente a "
        "# un año antes (#%), y los precios en México subieron #%.",
    )
    assert says(
        spanish,
        "De 2022 a 2025, las remesas variaron #% en dólares y #% en pesos constantes: ponderado por las remesas "
        "de cada mes, el dólar pasó de # a # pesos, y los precios variaron #%.",
    )
    english = sentences(elements_run(REPORT, language="en"))
    assert says(english, "each dollar brought # pesos on average, against # a year before (# per cent)")


def test_more_dollars_and_the_first_fall_have_their_periods() -> None:
    """The title of the section is of the months of 2026, that of the chart below it of 2025 and of dollars."""
    elements = elements_run(REPORT)
    assert "En enero–abril de 2026, más dólares y menos poder de compra en México" in sentences(elements)
    assert chart(elements, "Remesas por año, miles de millones de dólares")["title"] == (
        "Dólares, 2025: primera baja desde 2013"
    )


@pytest.mark.parametrize("as_of", ["2025-02-28", "2023-07-15", "2021-03-31", "2020-12-31"])
def test_before_2025_is_over_its_prices_are_those_of_the_file(as_of: str) -> None:
    """Nobody knew the prices of 2025 then: the figure, the chart and the method say whose they are."""
    elements = elements_run(REPORT, as_of)
    labels = [f["label"] for f in one(elements, "key_figures")["figures"]]
    assert sum("a precios de 2025, los del archivo" in label for label in labels) == 1
    pesos = chart(elements, "Remesas por año, miles de millones de pesos constantes")
    assert pesos["note"] == "A precios de 2025, los del archivo con que se calcula."
    assert not re.search(r"pesos de 2025|\(precios de 2025\)", " ".join(all_words(elements)))


@pytest.mark.parametrize("as_of", ["2023-07-15", "2020-12-31"])
def test_the_estimate_of_the_un_bears_its_edition(as_of: str) -> None:
    """Earlier editions gave other numbers for the same years."""
    edition = r"Según la ONU, en su edición de 2024 \(posterior al corte\), "
    assert re.search(
        rf"{edition}[\d.]+ millones de personas nacidas en México vivían", sentences(elements_run(REPORT, as_of))
    )


def test_no_series_by_state_begins_before_2013() -> None:
    """Banxico made the figures by state anew from that year on, so that small charts and lines begin there."""
    elements = elements_run(REPORT, "2020-12-31", geography="MX-CAM")
    assert chart(elements, "Dólares de remesas por habitante y año")["data"]["rows"][0][0] == "2013"
    own, per_head, *_ = one(elements, "key_figures")["figures"]
    assert len(own["spark"]) == len(per_head["spark"]) == len(range(2013, 2020))


@pytest.mark.parametrize(
    ("state", "language"), [("MX-MIC", "es"), ("MX-MEX", "es"), ("MX-BCN", "en"), ("MX-COL", "en")]
)
def test_numbers_of_the_country_say_so_in_the_report_of_a_state(state: str, language: str) -> None:
    """Key figures and charts of the country, beside those of a state, name the whole of Mexico."""
    elements = elements_run(REPORT, language=language, geography=state)
    place, country = elements[0]["place"], {"es": r"todo México|del país", "en": r"whole of Mexico|of Mexico"}[language]
    for figure in one(elements, "key_figures")["figures"]:
        assert re.search(rf"^{place}: |{country}", figure["label"])
    national = [e for e in elements if e["kind"] == "chart" and e["tables"] == ["remittances_month"]]
    assert len(national) == 3
    for drawn in (*national, *(e for e in elements if e.get("tables") == ["us_work_visas_year"] and "alt" in e)):
        assert re.search(country, drawn["subtitle"])
    doubt = {"es": "puede deberse a la forma de reportar", "en": "may come from the way of reporting"}[language]
    assert (doubt in one(elements, "key_figures")["note"]) == (state in UNSURE)


@pytest.mark.parametrize("state", ASKED)
def test_a_change_far_from_that_of_the_country_is_doubted_on_the_front_page(state: str) -> None:
    """Which states they are is a matter of the data."""
    _, shown = cells_until(REPORT, "key-figures", geography=state)
    assert ("puede deberse a la forma de reportar" in shown["key-figures"]["note"]) == (state in UNSURE)


def test_one_month_is_compared_with_the_same_month() -> None:
    """In March 2021 there is January alone, and "the same months" would be more than one."""
    assert says(sentences(elements_run(REPORT, "2021-03-31")), "#% frente a enero de 2020.")
    assert says(sentences(elements_run(REPORT, "2021-03-31", language="en")), "# per cent on January 2020.")


def test_a_season_that_had_not_closed_is_no_whole_year() -> None:
    """The figure of 2022 for Canada is of a note of October: hatched, and compared with no other year."""
    drawn = chart(elements_run(REPORT), "Personas mexicanas en el PTAT")
    assert drawn["title"] == "Canadá: trabajo agrícola temporal"
    assert (
        "antes de que cerrara la temporada, estas cifras pueden no cubrir el año: nov 2014, oct 2022." in drawn["note"]
    )
    years = [row[0] for row in drawn["data"]["rows"]]
    assert {"2014 (a nov)", "2021", "2022 (a oct)", "2024 (contratos)"} <= {*years}


@pytest.mark.parametrize("state", ["MX-BCN", "MX-CMX"])
def test_a_doubtful_change_is_said_where_it_is_seen_first(state: str) -> None:
    """The headline and both cards of a state with a doubtful change say that it is not confirmed."""
    elements = elements_run(REPORT, geography=state)
    assert one(elements, "headline")["text"].endswith("El cambio frente a 2024 está sin confirmar.")
    own = one(elements, "key_figures")["figures"][:2]
    assert all(figure["label"].endswith("(cambio sin confirmar)") for figure in own)


def test_a_rank_that_depends_on_doubtful_changes_says_so() -> None:
    """Chiapas rises by two as states fall whose changes are doubtful; Campeche depends on none."""
    chiapas, campeche = (elements_run(REPORT, geography=state) for state in ("MX-CHP", "MX-CAM"))
    told = "Su cambio de lugar de 2024 a 2025 depende de cambios sin confirmar: "
    names = one(chiapas, "table")["note"].partition(told)[2]
    assert names
    assert {*names.rstrip(".").split(", ")} <= {*UNSURE_NAMES}
    assert "depende de cambios" not in one(campeche, "table")["note"]
    english = one(elements_run(REPORT, geography="MX-CHP", language="en"), "table")
    assert english["head"][-1] == "Rank"
    assert "Place" not in english["note"]


def test_the_largest_rises_lead_the_report_of_their_state() -> None:
    """Chiapas has the largest rise since 2020; the lead of Jalisco, which is not among the three, says none."""
    leads = [one(elements_run(REPORT, geography=s), "headline")["lead"] for s in ("MX-CHP", "MX-JAL", "MEX")]
    assert begins(
        leads[0],
        "Desde 2020, las remesas de Chiapas aumentaron #% (lugar # entre las entidades por aumento relativo); los "
        "datos no dicen por qué.",
    )
    assert not any("aumento relativo" in lead for lead in leads[1:])


def test_what_no_chart_or_source_names_is_not_explained() -> None:
    """Before 2024 nothing speaks of TN visas or of SRE, and the method does not either."""
    early, now = (str(one(elements_run(REPORT, as_of), "method")) for as_of in ("2021-03-31", "2026-06-30"))
    assert "TN:" in now
    assert "SRE:" in now
    assert not re.search(r"\b(?:TN|SRE)\b", early)


@pytest.mark.parametrize(
    ("as_of", "year", "language", "near", "told"),
    [
        (as_of, year, language, near, told)
        for as_of, year in (("2021-03-31", 2019), ("2023-07-15", 2022), ("2025-02-28", 2023), (TODAY, 2025))
        for language, near, told in (
            ("es", "Tres entidades reciben cerca de una cuarta parte", "Tres entidades reciben {}% de las remesas"),
            ("en", "Three states receive about a quarter", "Three states receive {} per cent of remittances"),
        )
    ],
)
def test_about_a_quarter_is_within_a_point_of_it(as_of: str, year: int, language: str, near: str, told: str) -> None:
    """A share of a point more than a quarter or less is about a quarter; others are told in figures."""
    share = 100 * RECEIVED[year].nlargest(3).sum() / RECEIVED[year].sum()
    said = near if abs(share - 25) <= 1 else told.format(round(share))
    assert said in [e["text"] for e in elements_run(REPORT, as_of, language) if e["kind"] == "section"]


@pytest.mark.parametrize(
    ("as_of", "note", "marks"),
    [
        ("2021-03-31", "Cambio que puede deberse a la forma de reportar", "Trama rayada: año incompleto."),
        ("2023-07-15", "Cambios que pueden deberse a la forma de reportar", "Trama rayada: año incompleto."),
        (
            "2025-02-28",
            "Cambio que puede deberse a la forma de reportar",
            "Trama rayada: suma de meses, año incompleto o contratos.",
        ),
    ],
)
def test_notes_and_marks_are_of_what_is_shown(as_of: str, note: str, marks: str) -> None:
    """One doubtful change is no plural, and hatching is explained by what is hatched at that date."""
    elements = elements_run(REPORT, as_of, "es")
    assert any(e["note"].startswith(note) for e in elements if e["kind"] == "table")
    assert marks in str(one(elements, "method"))


@pytest.mark.parametrize(
    ("as_of", "language", "note", "given"),
    [
        ("2021-03-31", "es", "desde 2010 (enero, desde 2011);", "vienen de un consulado y de la embajada, y faltan"),
        ("2021-03-31", "en", "since 2010 (January, since 2011);", "come from a consulate and the embassy, and years"),
        ("2023-07-15", "es", "desde 2012 (enero–mayo, desde 2013);", "un consulado, de la embajada y de la prensa, y"),
        (
            "2023-07-15",
            "en",
            "since 2012 (January–May, since 2013);",
            "from a consulate, the embassy and the press, and",
        ),
        ("2025-02-28", "es", "los mismos periodos desde 2014; visas", "cuenta contratos, no personas"),
        ("2026-06-30", "es", "desde 2015 (enero–abril, desde 2016);", "cuenta contratos, no personas"),
    ],
)
def test_first_periods_and_givers_are_those_of_what_is_shown(as_of: str, language: str, note: str, given: str) -> None:
    """Small charts have their own first period, who gave figures is in sight, and it is told whose the surveys are."""
    elements = elements_run(REPORT, as_of, language)
    assert note in one(elements, "key_figures")["note"]
    said = sentences(elements)
    assert given in said
    assert re.search(
        r"Dos encuestas de la Oficina del Censo de ese país|Two surveys of that country's Census Bureau", said
    )


def test_the_figures_are_those_that_were_looked_at() -> None:
    """What moved is seen in a diff of tests/figures.csv: `python -m tests.figures` writes it again."""
    assert moved(REPORT) == []
