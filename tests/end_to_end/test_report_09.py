"""Report 09 as its readers get it: two crimes kept apart, small numbers, past editions and states."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.mexico import COUNTRY
from analysis.package.data_package import DataPackage
from tests.end_to_end.reading import (
    ROOT,
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
from tests.end_to_end.running import elements_run, picture
from tests.figures import moved

REPORT = "09_trafficking_smuggling"
TRAFFICKING = {
    "trafficking_victims_year",
    "trafficking_victims_month",
    "trafficking_victims_state_year",
    "trafficking_counts_by_source",
    "inm_victims_nationality",
}
SMUGGLING = {"smuggling_fgr_state", "smuggling_rescued_year", "smuggling_justice_period"}


def test_the_front_page_says_what_the_data_say() -> None:
    """Headline and key figures of the default edition, the last of them of the other crime."""
    elements = elements_run(REPORT)
    headline = one(elements, "headline")
    (share,) = numbers(
        headline["text"],
        "Más de la mitad de las víctimas de trata de edad conocida que las fiscalías estatales registraron en 2024 son "
        "niñas, niños o adolescentes: #%.",
    )
    assert headline["lead"].startswith("La trata y el tráfico de personas migrantes son dos delitos distintos")
    figures = one(elements, "key_figures")["figures"]
    years = ["2023", "enero–junio de 2024", "2023", "2023", "2023", ""]
    assert [f["reference"].partition(" en ")[2] for f in figures] == years
    assert [bool(f["change"]) for f in figures] == [bool(year) for year in years]
    assert 50 < share == pytest.approx(as_number(figures[3]["value"]), abs=0.5)
    assert figures[1]["seal"] == "preliminar"
    assert "víctimas de trata" in figures[0]["label"]
    assert figures[5]["label"].startswith("otro delito: carpetas federales por tráfico")


def test_the_two_crimes_share_no_chart_no_table_and_no_number() -> None:
    """Each chart and table is of one crime, no fact is made of both, and a box on the front page says so."""
    elements = elements_run(REPORT)
    assert set(DataPackage(ROOT / "data").names) >= TRAFFICKING | SMUGGLING
    shown = of_kind(elements, "chart") + of_kind(elements, "table")
    assert all(not (TRAFFICKING & set(e["tables"]) and SMUGGLING & set(e["tables"])) for e in shown)
    assert {bool(SMUGGLING & set(e["tables"])) for e in shown} == {True, False}
    facts = [fact for e in elements for fact in e.get("facts", [])]
    assert all(not (TRAFFICKING & set(f["tables"]) and SMUGGLING & set(f["tables"])) for f in facts)
    kinds = [e["kind"] for e in elements]
    assert kinds.index("caution") < kinds.index("section")
    assert one(elements, "caution")["title"] == "Dos delitos que no se juntan"


def test_the_front_page_has_a_chart_of_all_victims() -> None:
    """Its five groups of sex and age add up to the victims of the year; shares leave out what is not known."""
    elements = elements_run(REPORT)
    kinds = [e["kind"] for e in elements]
    assert kinds.index("chart") < kinds.index("section")
    rows = {row[0]: [int(n) for n in row[1:6]] for row in one(elements, "chart")["data"]["rows"]}
    victims = total("trafficking_victims_year", "victims", year=2024)
    assert sum(rows["2024"]) == as_number(victims)
    year, everyone, women, of_known_sex, no_sex, minors, of_known_age, no_age = one(elements, "table")["rows"][1]
    assert (year, everyone) == ("2024", victims)
    for counted, part, missing in ((women, of_known_sex, no_sex), (minors, of_known_age, no_age)):
        known = as_number(victims) * (1 - as_number(missing) / 100)
        assert as_number(part) == pytest.approx(100 * as_number(counted) / known, abs=0.2)


def test_each_section_is_of_one_crime() -> None:
    """Every section names its crime first; the one of smuggling comes last and has only tables of smuggling."""
    elements = elements_run(REPORT)
    titles = [e["text"] for e in of_kind(elements, "section")]
    assert all(title.startswith("Trata:") for title in titles[:-2])
    assert titles[-2].startswith("Tráfico de personas migrantes")
    start = next(i for i, e in enumerate(elements) if e["kind"] == "section" and e["text"] == titles[-2])
    after = [set(e["tables"]) for e in elements[start:] if e["kind"] in {"chart", "table"}]
    assert after
    assert all(tables <= SMUGGLING for tables in after)
    before = [set(e["tables"]) for e in elements[:start] if e["kind"] in {"chart", "table"}]
    assert all(tables <= TRAFFICKING for tables in before)


def test_what_must_not_be_printed_is_not() -> None:
    """Neither the press counts for 2024, nor the report of the United States for 2016, nor fees."""
    words = " ".join(all_words(elements_run(REPORT)))
    assert not re.findall(r"(?<![\d,])(1,150|576|740|885|5,862|4,559)(?![\d,])", words)
    assert "no son cifras de personas migrantes" in words
    told = "De 2015 a 2017 las fiscalías registraban a las víctimas de otro modo: no se comparan"
    assert words.count(told) == 1  # in the note of the chart, by its break of the series


def test_the_counts_of_other_sources_stand_side_by_side_with_their_warning() -> None:
    """Four counts for 2020, in order, with the note that they count different things."""
    charts = of_kind(elements_run(REPORT), "chart")
    chart = next(e for e in charts if "trafficking_counts_by_source" in e["tables"])
    counts = [as_number(row[1]) for row in chart["data"]["rows"]]
    assert len(counts) == 4
    assert counts == sorted(counts, reverse=True)
    assert "no se suman ni se restan" in chart["note"]


def test_rates_need_ten_victims_and_zero_may_be_no_recording() -> None:
    """The map tells a rate, too few victims and zero apart, and a box names the states with zero."""
    elements = elements_run(REPORT)
    chart = next(e for e in of_kind(elements, "chart") if e["subtitle"].endswith("por cada cien mil habitantes, 2024"))
    rows = {row[0]: row[1] for row in chart["data"]["rows"]}
    table = pd.read_csv(ROOT / "data/tables/trafficking_victims_state_year.csv")
    states = table[(table["year"] == 2024) & (table["state_code"] != "MEX")]
    names = states["state_code"].map(lambda code: COUNTRY.place_name(code, "es"))
    few, none = (states["victims"] > 0) & (states["victims"] < 10), states["victims"] == 0
    assert {name for name, rate in rows.items() if rate == "s/d"} == {
        f"{name} (menos de diez víctimas)" for name in names[few]
    }
    assert {name for name, rate in rows.items() if rate == "0.0"} == {*names[none]}
    assert {row[0] for row in rows.items() if as_number(row[1].replace("s/d", "0"))} == {*names[~few & ~none]}
    *first, last = sorted(names[none])
    assert f"{', '.join(first)} y {last}" in of_kind(elements, "caution")[1]["text"]


def test_a_state_stands_beside_the_country() -> None:
    """A rate and a rank from ten victims on; below, the number alone; none, and what that may mean."""
    headlines = {
        state: one(elements_run(REPORT, geography=state), "headline")["text"]
        for state in ("MX-CMX", "MX-COL", "MX-TLA")
    }
    wanted = {
        "MX-CMX": "Ciudad de México: # víctimas de trata registradas en 2024, lugar # por número (# por cada cien "
        "mil habitantes; # en todo México) y # en enero–junio de 2025, preliminar.",
        "MX-COL": "Colima: # víctimas de trata registradas en 2024 (# en todo México) y # en enero–junio de 2025, "
        "preliminar; con menos de diez no se calcula una tasa.",
        "MX-TLA": "Tlaxcala: ninguna víctima de trata registrada en 2024 (# en todo México) y ninguna en enero–junio "
        "de 2025, preliminar; un cero no significa que no haya trata.",
    }
    assert [state for state, words in wanted.items() if not reads(headlines[state], words)] == []
    small = elements_run(REPORT, geography="MX-COL")
    figure = one(small, "key_figures")["figures"][0]
    own, everyone = (
        total("trafficking_victims_state_year", "victims", year=2024, state_code=code) for code in ("MX-COL", "MEX")
    )
    assert (figure["value"], figure["change"]) == (own, "")
    row = one(small, "table")["rows"][1]
    assert [*row[:3], row[4]] == ["2024", own, everyone, "–"]


def test_a_state_shows_neither_sex_nor_age() -> None:
    """The state's own chart, table and key figure rest on the table that has only totals of states."""
    for state in ("MX-CMX", "MX-COL", "MX-TLA"):
        elements = elements_run(REPORT, geography=state)
        own = [fact for e in elements for fact in e.get("facts", []) if fact["geography"] == state]
        assert own
        assert {name for fact in own for name in fact["tables"]} <= {
            "trafficking_victims_state_year",
            "smuggling_fgr_state",
        }


def test_the_end_of_2020_has_no_figure_on_smuggling() -> None:
    """The last year was 2019, the months of 2020 are compared with the same ones, and no chart is of smuggling."""
    elements = elements_run(REPORT, "2020-12-31")
    assert reads(
        one(elements, "headline")["text"],
        "Las fiscalías estatales registraron # víctimas de trata en 2019; de las de edad conocida, #% son niñas, "
        "niños o adolescentes.",
    )
    figures = one(elements, "key_figures")
    assert len(figures["figures"]) == 5
    assert "carpetas federales por tráfico" in figures["note"]
    assert not any(SMUGGLING & set(e["tables"]) for e in of_kind(elements, "chart"))
    assert "Nuestras tablas no tienen, a esta fecha, una cifra de la fiscalía federal (FGR)" in sentences(elements)


def test_the_first_chart_writes_the_numbers_of_its_title() -> None:
    """The girls of 2024: the number over their bar, and in no other panel; the other panels write the same year."""
    chart = of_kind(elements_run(REPORT), "chart")[0]
    (shown,) = [row[1:6] for row in chart["data"]["rows"] if row[0] == "2024"]
    assert numbers(chart["title"], "# de # víctimas de 2024") == [int(shown[0]), sum(map(int, shown))]
    written = re.findall(r"<text[^>]*>([^<]*)", picture(REPORT, 1))
    others = {cell for row in chart["data"]["rows"] if row[0] != "2024" for cell in row[1:6]} - {*shown}
    assert {*shown} <= {*written}
    assert {cell for cell in others if int(cell) % 100}.isdisjoint(written)  # hundreds may stand at the axis
    panels = " ".join(written).partition("Niños y adolescentes")
    assert written.count(shown[0]) == 1
    assert shown[0] in panels[0]
    assert "2024" in written


@pytest.mark.parametrize("language", ["es", "en"])
def test_children_are_called_girls_boys_and_adolescents(language: str) -> None:
    """Neither minors nor children in general, in prose, cards and heads."""
    words = " ".join(all_words(elements_run(REPORT, language=language)))
    assert not re.search(r"\b(menores|minors|children)\b", words, re.IGNORECASE)
    assert ("niñas, niños y adolescentes" if language == "es" else "girls, boys and adolescents") in words


def test_ranges_say_between_and_a_year_is_compared_with_named_ones() -> None:
    """From and to are of time; the most of three years names the other two."""
    elements = elements_run(REPORT)
    titles = [chart["title"] for chart in of_kind(elements, "chart")]
    for wanted in ("2020: entre # y # víctimas", "2021: #, más que en 2019 y en 2020"):
        assert any(reads(title, wanted) for title in titles)
    assert says(sentences(elements), "las cuentas de estas fuentes están entre # y # víctimas")
    assert any(says(section["text"], "entre #% y #%") for section in of_kind(elements, "section"))


def test_the_count_on_smuggling_says_that_it_is_the_last_one_held() -> None:
    """Files up to August 2022, in the lead, on the card and in the text."""
    elements = elements_run(REPORT)
    said = "(diciembre de 2018–agosto de 2022); nuestras tablas no tienen, a esta fecha, una cuenta posterior"
    assert said in one(elements, "headline")["lead"]
    assert one(elements, "key_figures")["figures"][-1]["label"].endswith("sin cuenta posterior")
    english = elements_run(REPORT, language="en")
    assert "our tables have, at this date, no later count" in one(english, "headline")["lead"]


def test_two_or_three_years_have_no_record() -> None:
    """In March 2021 the series has 2018 to 2020: two or three years make no year with the most."""
    said = sentences(elements_run(REPORT, "2021-03-31"))
    assert "el año con más" not in said
    assert "la proporción más baja" not in said
    assert "el más alto desde entonces" not in said


def test_one_month_is_compared_with_the_same_month() -> None:
    """In February 2025 the running year has January alone."""
    elements = elements_run(REPORT, "2025-02-28")
    assert says(
        sentences(elements),
        "En enero de 2025 registraron # (cifras preliminares), frente a # en el mismo mes del año anterior",
    )
    assert "el mismo mes de 2018 a 2025" in one(elements, "key_figures")["note"]


@pytest.mark.parametrize(("state", "name", "language"), [("MX-CAM", "Campeche", "es"), ("MX-CHP", "Chiapas", "en")])
def test_what_is_of_the_country_says_so_in_the_report_of_a_state(state: str, name: str, language: str) -> None:
    """Every card, section, chart and table names the state or the whole country, or ranks the states."""
    elements = elements_run(REPORT, language=language, geography=state)
    country = "en todo México" if language == "es" else "in the whole of Mexico"
    assert all(country in card["label"] or name in card["label"] for card in one(elements, "key_figures")["figures"])
    shown = of_kind(elements, "section")[:-1] + of_kind(elements, "chart") + of_kind(elements, "table")
    for element in shown:
        said = " ".join(str(element.get(key, "")) for key in ("text", "title", "subtitle"))
        assert re.search(rf"México|Mexico|{name}|del país|of the country", said), said


def test_few_cases_have_no_direction_and_none_is_said_in_spanish() -> None:
    """Campeche's 4, 3, 0, 3 and so on are given without a record; Tlaxcala recorded none in 2024."""
    campeche = sentences(elements_run(REPORT, geography="MX-CAM"))
    assert says(campeche, "Campeche, víctimas de trata registradas: # en 2018 y # en 2024; en todo México, # en 2024.")
    assert "el año con más víctimas" not in campeche
    mexico_city = sentences(elements_run(REPORT, geography="MX-CMX"))
    assert says(mexico_city, "el año con más víctimas de trata registradas es 2019, con #. En 2024 registró #")
    words = campeche + sentences(elements_run(REPORT, geography="MX-TLA"))
    assert not re.search(r"(?<!no )registró ninguna", words)


def test_the_first_chart_names_girls_and_boys_and_writes_no_number_on_another_bar() -> None:
    """Panels are of girls and boys, not of women and men of 0 to 17."""
    head = of_kind(elements_run(REPORT), "chart")[0]["data"]["head"]
    assert head[1:3] == ["Niñas y adolescentes, 0–17", "Niños y adolescentes, 0–17"]
    assert of_kind(elements_run(REPORT, language="en"), "chart")[0]["data"]["head"][1:3] == [
        "Girls, 0–17",
        "Boys, 0–17",
    ]


def test_the_chart_of_ages_writes_the_numbers_of_its_title() -> None:
    """The share of 2024: the last bar, which has the numbers, is that of 2024; the running year is in the table."""
    chart = of_kind(elements_run(REPORT), "chart")[2]
    year, minors, adults, _ = chart["data"]["rows"][-1]
    assert year == "2024"
    assert numbers(chart["title"], "Niñas, niños y adolescentes: #%") == [
        round(100 * as_number(minors) / (as_number(minors) + as_number(adults)))
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "un cambio, al alza o a la baja, puede venir de la trata, de las denuncias o del registro"),
        ("en", "a change, up or down, may come from the trafficking, from the reports or from the recording"),
    ],
)
def test_a_fall_needs_the_same_caution_as_a_rise(language: str, said: str) -> None:
    """Fewer victims in files are no less trafficking; and offices of five states recorded none in 2024."""
    elements = elements_run(REPORT, language=language)
    assert said in sentences(elements)
    assert not re.search(r"fiscalías de todas las entidades|prosecutors of all states", sentences(elements))


def test_a_zero_is_told_with_the_years_that_have_victims() -> None:
    """Campeche recorded victims in 2018 to 2025: its zero of 2024 is no sign that none are recorded."""
    campeche = elements_run(REPORT, geography="MX-CAM")
    assert reads(
        one(campeche, "headline")["text"],
        "Campeche: ninguna víctima de trata registrada en 2024 (# en todo México) y # en enero–junio de 2025, "
        "preliminar; un cero no significa que no haya trata.",
    )
    zero = of_kind(campeche, "caution")[1]["text"]
    assert "Sonora, Tlaxcala y Yucatán, que sí las registraron en otros años" in zero
    assert "no se registran" not in " ".join(all_words(campeche))


@pytest.mark.parametrize(
    ("state", "language", "title"),
    [
        ("MX-CAM", "es", "Entre # y # por año"),
        ("MX-CHP", "es", "Máximo: # en 2018; # en 2024"),
        ("MX-CMX", "en", "Highest: # in 2019; # in 2024"),
        ("MX-ROO", "es", "2024, el año con más: #"),
    ],
)
def test_the_chart_of_a_state_does_not_pick_two_years(state: str, language: str, title: str) -> None:
    """The highest year and the last one; the range where numbers are small; never first and last alone."""
    assert reads(of_kind(elements_run(REPORT, language=language, geography=state), "chart")[1]["title"], title)


def test_a_state_has_its_newest_months_and_its_files_on_smuggling() -> None:
    """Chiapas: its victims in the first half of 2025 after those of 2024, and its part of the files."""
    elements = elements_run(REPORT, geography="MX-CHP")
    headline = one(elements, "headline")
    assert says(headline["text"], "y # en enero–junio de 2025, preliminar")
    assert says(headline["lead"], "(diciembre de 2018–agosto de 2022), # de ellas en Chiapas")
    assert says(sentences(elements), "En enero–junio de 2025 registró # (cifras preliminares).")
    assert says(sentences(elements), "Chiapas tiene #, lugar # entre las entidades.")


@pytest.mark.parametrize(("as_of", "named"), [("2021-03-31", False), ("2026-06-30", True)])
def test_acronyms_are_of_what_the_report_of_a_date_uses(as_of: str, named: bool) -> None:
    """INM's count of migrants is of 2023."""
    words = " ".join(all_words([one(elements_run(REPORT, as_of), "method")]))
    assert ("INM" in words) == named


@pytest.mark.parametrize(
    ("as_of", "geography", "reference"),
    [
        ("2025-02-28", "MEX", "# en enero de 2024"),
        ("2021-03-31", "MEX", "# en enero–febrero de 2020"),
        ("2023-07-15", "MX-ROO", "# en 2021"),
    ],
)
def test_a_change_from_fewer_than_a_hundred_is_given_as_two_counts(as_of: str, geography: str, reference: str) -> None:
    """No per cent from a base of a few dozen: both counts stand on the card, of the country and of a state."""
    figures = one(elements_run(REPORT, as_of, geography=geography), "key_figures")["figures"]
    card = next(figure for figure in figures if reads(figure["reference"], reference))
    assert card["change"] == ""
    assert all(as_number(count) < 100 for count in (card["value"], card["reference"]))
    assert "proporción ni un cambio porcentual" in " ".join(all_words(elements_run(REPORT, as_of)))


@pytest.mark.parametrize(
    ("language", "span"), [("es", "diciembre de 2018–agosto de 2022"), ("en", "December 2018–August 2022")]
)
def test_those_sentenced_are_told_with_the_span_that_counts_them(language: str, span: str) -> None:
    """475 persons in nearly four years, not in one."""
    assert re.search(rf"475 [^;.]*\({span}\)", sentences(elements_run(REPORT, "2023-07-15", language)))


@pytest.mark.parametrize(
    ("as_of", "quoted"),
    [
        ("2021-03-31", ""),
        ("2021-12-31", "Las cuentas de la CNDH vienen"),
        ("2023-07-15", "Todas las cifras de tráfico, y las cuentas de la CNDH y la UNODC, vienen"),
    ],
)
def test_the_method_names_the_press_figures_that_a_date_has(as_of: str, quoted: str) -> None:
    """No figure of the press in March 2021, later a count, later those on smuggling."""
    method = " ".join(all_words([one(elements_run(REPORT, as_of), "method")]))
    assert quoted in method
    assert ("Cifras de prensa." in method) == bool(quoted)


@pytest.mark.parametrize(("as_of", "said"), [("2023-07-15", False), ("2025-02-28", True)])
def test_the_last_year_is_not_told_twice_as_the_highest(as_of: str, said: bool) -> None:
    """The victims of 2022 end the series of July 2023; in 2025 it is a year of its own."""
    alt = of_kind(elements_run(REPORT, as_of), "chart")[1]["alt"]
    victims = total("trafficking_victims_year", "victims", year=2022)
    assert (f"el más alto desde entonces es {victims}, en 2022" in alt) == said
    assert alt.count(victims) == 1


@pytest.mark.parametrize(
    ("as_of", "last"),
    [("2021-03-31", "febrero de 2021"), ("2023-07-15", "mayo de 2023"), ("2025-02-28", "enero de 2025")],
)
@pytest.mark.parametrize("geography", ["MEX", "MX-CHP"])
def test_the_year_and_the_months_of_one_series_reach_equally_far(as_of: str, last: str, geography: str) -> None:
    """The cards of all victims, of the year and of the months after it, say the same last datum."""
    figures = one(elements_run(REPORT, as_of, "es", geography), "key_figures")["figures"]
    cards = [figure for figure in figures if figure["label"].startswith("víctimas de trata")]
    assert [card["last_datum"] for card in cards] == [f"Último dato: {last}"] * 2


@pytest.mark.parametrize(("as_of", "spelled"), [("2021-03-31", False), ("2023-07-15", True)])
def test_acronyms_are_those_that_the_report_uses(as_of: str, spelled: bool) -> None:
    """CNDH and UNODC are spelled out where a count of theirs is shown."""
    said = " ".join(all_words(elements_run(REPORT, as_of)))
    assert ("CNDH: Comisión Nacional de los Derechos Humanos." in said) == spelled
    assert ("UNODC: Oficina de la ONU contra la Droga y el Delito." in said) == spelled


def test_the_figures_are_those_that_were_looked_at() -> None:
    """What moved is seen in a diff of tests/figures.csv: `python -m tests.figures` writes it again."""
    assert moved(REPORT) == []
