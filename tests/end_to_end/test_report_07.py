"""Report 07 as its readers get it: what is said, by which survey, and what must not be compared."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.end_to_end.reading import (
    CURRENT,
    Read,
    all_words,
    as_number,
    numbers,
    of_kind,
    one,
    reads,
    says,
    sentences,
    total,
)
from tests.end_to_end.running import elements_run
from tests.figures import moved

REPORT = "07_narratives"
DATES = ["2021-03-31", "2023-07-15", "2026-06-30"]
SERIES = {"attitudes_wvs_year", "attitudes_latinobarometro_year", "attitudes_neighbours_2024"}


@pytest.fixture
def elements() -> list[Read]:
    """Elements of the Spanish report of the default edition."""
    return elements_run(REPORT)


def test_the_front_page_says_what_people_say(elements: list[Read]) -> None:
    """Headline and key figures: last and first round of each question, each survey with itself."""
    now, before = numbers(
        of_kind(elements, "headline")[0]["text"],
        "En 2024, #% dijo en México que la llegada de personas inmigrantes perjudica al país; en 2020, #%. "
        "Que compiten por los empleos lo dijo la mitad, igual que entonces.",
    )
    figures = of_kind(elements, "key_figures")[0]["figures"]
    years = ["2020", "2020", "", "1990", "", ""]
    assert [f["reference"].partition(" en ")[2] for f in figures] == years
    assert [reads(f["change"], "# puntos") for f in figures] == [bool(year) for year in years]
    assert now == pytest.approx(as_number(figures[0]["value"]), abs=0.5)
    assert before == pytest.approx(as_number(figures[0]["reference"]), abs=0.5)
    assert all("dice" in f["label"] for f in figures)


def test_no_chart_joins_two_surveys_and_no_chart_is_of_press_polls(elements: list[Read]) -> None:
    """Each chart is of one table of one survey; polls of other modes stand in tables alone."""
    charts = of_kind(elements, "chart")
    assert len(charts) == 7
    assert all(len(chart["tables"]) == 1 and set(chart["tables"]) <= SERIES for chart in charts)


def test_what_was_not_asked_is_missing_and_not_zero(elements: list[Read]) -> None:
    """No round of 1981, and strict limits in 2012 without a value."""
    data = [chart["data"]["rows"] for chart in of_kind(elements, "chart")]
    assert not any(row[0] == "1981" for rows in data for row in rows)
    assert ["2012", "s/d"] in data[3]
    assert not any(cell == "0.0%" for rows in data for row in rows for cell in row)


def test_results_of_surveys_are_cited_and_not_offered(real: Path, elements: list[Read]) -> None:
    """No download of a chart, in the notebook or on the page."""
    assert not any(chart["download"] for chart in of_kind(elements, "chart"))
    for language in ("es", "en"):
        assert "text/csv" not in (real / CURRENT / language / f"{REPORT}.html").read_text(encoding="utf-8")


def test_two_modes_of_one_house_are_never_subtracted(real: Path) -> None:
    """El Universal by telephone and face to face: two rows of the table, and no derivation of both."""
    for language in ("es", "en"):
        table = of_kind(elements_run(REPORT, language=language), "table")[1]
        rows = [row for row in table["rows"] if row[1] == "El Universal"]
        assert len({row[2] for row in rows}) == 2
        assert all(row[4] == "–" for row in rows)
    facts = json.loads((real / CURRENT / "es" / f"{REPORT}.facts.json").read_text(encoding="utf-8"))["facts"]
    press = [fact for fact in facts if fact["tables"] == ["polls_period"]]
    assert len(press) > 20
    assert all("op" not in fact["derivation"] for fact in press)


def test_how_polls_were_made_is_told_as_far_as_it_is_stated(elements: list[Read]) -> None:
    """Mode, interviews and margin, and that a page does not say."""
    rows = {(row[0], row[1]): row[2:] for row in of_kind(elements, "table")[2]["rows"]}
    assert rows["UVM", "mar 2019"] == ["panel por internet", "500", "no consta"]
    assert rows["Reforma y Washington Post", "jul 2019"] == ["cara a cara", "1,200", "no consta"]
    assert rows["UVM", "abr 2024"] == ["no consta", "no consta", "no consta"]
    assert rows["Latinobarómetro", "oct–dic 2020"] == ["cara a cara", "1,200", "3 puntos"]
    assert rows["Encuesta Mundial de Valores", "ene–may 2018"] == ["cara a cara", "1,739", "no consta"]


def test_a_small_rise_is_not_told_as_a_change(elements: list[Read]) -> None:
    """Four points more on crime: both rounds are given, and the report says that it is no change to speak of."""
    said = sentences(elements)
    assert says(said, "#% en 2024 y #% en 2023: con muestras de este tamaño no es un cambio apreciable")
    assert says(said, "#% en 2023 y #% en 2024, sin cambio apreciable entre las dos últimas rondas")
    assert "puntos más que en 2023" not in said
    assert "En la frase sobre el crimen, México es el valor de en medio." in said


def test_a_fall_that_the_other_countries_share_is_told_as_theirs_too(elements: list[Read]) -> None:
    """The economy: the median fell by more than Mexico in the last round, which asks for caution."""
    said = sentences(elements)
    assert says(said, "En la frase sobre la economía la mediana bajó # puntos desde 2023: la baja no es solo de México")


def test_a_place_one_point_from_the_median_is_not_told_as_a_rank(elements: list[Read]) -> None:
    """Seventeen countries: the distance to the median, and no exact place."""
    said = sentences(elements)
    assert says(said, "México está a # puntos de la mediana, que es Panamá: su lugar exacto no importa.")
    assert not any(says(word, "lugar #") for word in all_words(of_kind(elements, "section")))


def test_what_the_data_cannot_say_is_said(elements: list[Read]) -> None:
    """No corpus of social media, no states."""
    words = " ".join(all_words(elements))
    assert "No se encontró un acervo de textos de redes sociales" in words
    assert "no hay datos por entidad" in words


def test_at_the_end_of_2020_latinobarometro_had_presented_no_round() -> None:
    """The edition of 2020 rests on the World Values Survey and on polls of 2018 and 2019."""
    elements = elements_run(REPORT, "2020-12-31")
    assert reads(
        of_kind(elements, "headline")[0]["text"],
        "En 2018, #% dijo en México que, si escasea el empleo, debe darse primero a personas mexicanas; "
        "en 1990 lo dijo #%.",
    )
    assert len(of_kind(elements, "key_figures")[0]["figures"]) == 4
    said = sentences(elements)
    assert "La serie que usamos no tiene, a esta fecha, una ronda de Latinobarómetro" in said
    assert "No consta el margen de error de las encuestas que se usan aquí" in said


@pytest.mark.parametrize("as_of", ["2020-12-31", "2023-07-15", "2026-06-30"])
@pytest.mark.parametrize(("language", "words"), [("es", "sin cambio apreciable"), ("en", "no notable change")])
def test_no_card_shows_a_change_that_the_report_does_not_call_one(as_of: str, language: str, words: str) -> None:
    """Five points or fewer between two rounds stand in the label, with words; more are shown as a change."""
    cards = one(elements_run(REPORT, as_of, language), "key_figures")
    moves = [float(f["change"].split()[0].replace("−", "-")) for f in cards["figures"] if f["change"]]
    assert moves
    assert all(abs(points) > 5 for points in moves)
    neighbours = total("attitudes_wvs_year", "percent", question="not_as_neighbours", year=2018)
    label = next(f["label"] for f in cards["figures"] if f["value"] == neighbours)
    assert says(label, f"#% {'en' if language == 'es' else 'in'} 1990, {words}; #%")
    assert label.endswith("1996")
    assert "Sin dato" not in cards["note"]


def test_from_to_is_said_of_time_alone() -> None:
    """The neighbours: the lowest and the highest round with between, and first and last as no notable change."""
    for language, title, ends, other in (
        (
            "es",
            "Vecindad: entre #% y #%",
            "1990 (#%) y 2018 (#%): sin cambio apreciable.",
            "#% en 1996 y entre #% y #% en las demás rondas",
        ),
        (
            "en",
            "Neighbours: between #% and #%",
            "1990 (#%) and 2018 (#%): no notable change.",
            "# per cent in 1996 and between # per cent and # per cent",
        ),
    ):
        elements = elements_run(REPORT, language=language)
        assert any(reads(chart["title"], title) for chart in of_kind(elements, "chart"))
        assert says(sentences(elements), other)
        notes = " ".join(chart["note"] for chart in of_kind(elements, "chart"))
        assert says(notes, ends)
        assert not re.search(r"(de |: )[\d,]+ (a|to) [\d,]+ ", notes)


def test_polls_asked_once_are_no_trend() -> None:
    """Two polls of different firms on deportation: given, and said to form no series."""
    assert says(sentences(elements_run(REPORT)), "#%: son dos encuestas distintas y no forman una serie")


@pytest.mark.parametrize(
    ("as_of", "language", "part"),
    [
        ("2026-06-30", "es", "en la mitad de"),
        ("2021-03-31", "en", "half of"),
        ("2023-07-15", "es", "en menos de la mitad de"),
    ],
)
def test_how_many_polls_do_not_say_how_they_were_made_is_counted(as_of: str, language: str, part: str) -> None:
    """Six of twelve rows, four of eight, four of nine: the heading says what its own table shows."""
    elements = elements_run(REPORT, as_of, language)
    modes = [row[2] for row in of_kind(elements, "table")[-1]["rows"]]
    silent = modes.count("no consta" if language == "es" else "not stated") / len(modes)
    assert (silent < 0.5) == ("menos" in part)
    start = "Qué tan firme es" if language == "es" else "How firm it is"
    assert any(section["text"].startswith(f"{start}: {part} ") for section in of_kind(elements, "section"))


@pytest.mark.parametrize("as_of", ["2021-03-31", "2026-06-30"])
def test_a_last_round_of_2018_is_told_as_of_2018(as_of: str) -> None:
    """Strict limits and distrust were where they had been; nobody asked since."""
    said = sentences(elements_run(REPORT, as_of))
    assert "en 2018, los límites estrictos y la desconfianza hacia personas de otra nacionalidad estaban donde" in said
    assert "están donde estaban" not in said
    assert says(said, "en otra de 2019, sin mes, con The Dallas Morning News, #%")


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_method_explains_what_the_report_of_a_date_uses(language: str) -> None:
    """In March 2021 there is no round of Latinobarómetro, no median of countries and no poll of UNHCR."""
    words = {date: " ".join(all_words([one(elements_run(REPORT, date, language), "method")])) for date in DATES}
    for name in ("Latinobarómetro", "ACNUR" if language == "es" else "UNHCR", "Median"):
        assert name not in words["2021-03-31"]
        assert name in words["2026-06-30"]
    assert "posteriores" not in words["2023-07-15"]
    assert "later rounds" not in words["2023-07-15"]


@pytest.mark.parametrize(("as_of", "stated"), [("2021-03-31", False), ("2023-07-15", True)])
def test_a_column_stands_where_something_is_stated(as_of: str, stated: bool) -> None:
    """In March 2021 no poll states a margin of error: the caution says so, and the table has no column of it."""
    elements = elements_run(REPORT, as_of)
    assert any("Margen" in head for head in of_kind(elements, "table")[-1]["head"]) == stated
    assert ("No consta el margen de error" in sentences(elements)) != stated


@pytest.mark.parametrize(("as_of", "compared"), [("2023-07-15", False), ("2025-02-28", True)])
def test_rounds_are_only_compared_where_there_are_two(as_of: str, compared: bool) -> None:
    """With one round of Latinobarómetro the method does not say how to compare it with others."""
    assert ("al compararla con otras rondas" in str(one(elements_run(REPORT, as_of), "method"))) == compared


def test_the_figures_are_those_that_were_looked_at() -> None:
    """What moved is seen in a diff of tests/figures.csv: `python -m tests.figures` writes it again."""
    assert moved(REPORT) == []
