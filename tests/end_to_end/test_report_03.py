"""Migration management as its readers get it: events and returns, never persons, and what press figures may say."""

from __future__ import annotations

import re

import pytest

from tests.end_to_end.reading import Read, all_words, as_number, numbers, of_kind, one, reads, says, sentences, total
from tests.end_to_end.running import TODAY, elements_run
from tests.figures import moved

REPORT = "03_migration_management"


def charts_of(elements: list[Read]) -> dict[str, Read]:
    """The charts by their title."""
    return {e["title"]: e for e in elements if e["kind"] == "chart"}


def test_the_front_page_says_what_the_data_say() -> None:
    """The headline of the default edition; only encounters, counted otherwise the year before, have no change."""
    elements = {e["kind"]: e for e in reversed(elements_run(REPORT))}
    fall, before, now = numbers(
        elements["headline"]["text"],
        "Los eventos de migración irregular en México bajaron #% en 2025. Entre 2021 y 2024 habían aumentado, "
        "mientras las devoluciones bajaban de # a #.",
    )
    figures = elements["key_figures"]["figures"]
    years = ["2024", "2023", "2024", "", "2023"]  # part of fiscal year 2023 was counted with expulsions under Title 42
    assert [f["reference"].partition(" en ")[2] for f in figures] == years
    assert [reads(f["change"], "#%") for f in figures] == [bool(year) for year in years]
    assert fall == pytest.approx(-as_number(figures[0]["change"]), abs=0.5)
    returns = {year: as_number(total("foreigners_returned_year", "events", year=year)) for year in (2021, 2024)}
    assert (before, now) == (returns[2021], returns[2024])


def test_the_rate_of_2025_stands_beside_that_of_2024() -> None:
    """Returns per hundred events rose in 2025: the headline on 2024 must not hide it."""
    said = sentences(elements_run(REPORT))
    events, _, returns, now, before = numbers(
        said,
        "En 2025, según cifras de la UPM que cita la prensa, hubo # eventos (# en 2024) y # devoluciones: # por cada "
        "cien eventos; en 2024, según los archivos de la UPM, #.",
    )
    assert now == round(100 * returns / events, 1) > before


def test_running_years_are_marked_in_the_data_of_charts() -> None:
    """2025 ends in April for Mexico and Panama, and in August for the United States; 2024 is preliminary in Mexico."""
    elements = elements_run(REPORT)
    shown = (
        "Eventos de migración irregular por región",
        "Devoluciones de personas",
        "Encuentros",
        "Tránsitos irregulares",
    )
    last = [chart_of(elements, subtitle)["data"]["rows"][-1][0] for subtitle in shown]
    assert last[0] == "2024 (preliminar)"  # its values stand beside the last bar
    assert last[1:] == ["2025 (ene–abr)", "2025 (oct–ago)", "2025 (ene–abr)"]


def test_at_the_end_of_2020_nothing_later_is_known_or_compared() -> None:
    """Two complete years, ten months of 2020, no figure that was published later."""
    elements = elements_run(REPORT, "2020-12-31")
    said = sentences(elements)
    assert re.findall(r"\b202[1-6]\b", said) == []
    assert says(said, "En 2019 México registró # eventos de migración irregular y # devoluciones, #")
    assert "oficio de salida" not in said
    assert "Las páginas que usamos no dan cifras anuales de tarjetas migratorias hasta esta fecha." in said
    assert (
        charts_of(elements)["Eventos de migración irregular por mes, 2018–2020"]["data"]["rows"][-1][0]
        == "octubre de 2020"
    )


def chart_of(elements: list[Read], subtitle: str) -> Read:
    """The chart whose subtitle starts so."""
    return next(e for e in of_kind(elements, "chart") if e["subtitle"].startswith(subtitle))


def row_of(elements: list[Read], title: str, name: str) -> list[str]:
    """The row of that name in the table whose title has these words."""
    return next(row for e in of_kind(elements, "table") if title in e["title"] for row in e["rows"] if row[0] == name)


def test_the_two_ratios_of_2025_are_told_apart() -> None:
    """One is of January to April in the files, one of the year in the press: one sentence says both."""
    assert says(
        sentences(elements_run(REPORT)),
        "Hay dos tasas, de dos fuentes y periodos: # devoluciones por cada cien eventos en enero–abril de 2025 "
        "(archivos de la UPM) y # en todo 2025 (UPM, en la prensa).",
    )
    english = sentences(elements_run(REPORT, language="en"))
    assert says(english, "# returns per hundred events in January–April 2025 (UPM's files) and # in the whole of 2025")


def test_ratios_of_the_narrower_count_are_told_but_not_drawn() -> None:
    """Returns per hundred events are drawn from 2021, as in report 04; the note gives the earlier ones."""
    ratio = chart_of(elements_run(REPORT), "Devoluciones por cada cien eventos")
    years = ["2021", "2022", "2023", "2024 (preliminar)", "2025 (ene–abr)"]
    assert [row[0] for row in ratio["data"]["rows"]] == years
    assert "cuadro 3.2.4" in ratio["source"]
    assert "cuadro 3.1.1" in ratio["source"]  # of what the returns are divided by
    assert says(ratio["note"], "Sin personas canalizadas, # en 2018, # en 2019 y # en 2020: no se comparan.")
    assert says(ratio["alt"], "Baja de # en 2021 a # en 2024. 2024, preliminar. 2025, solo ene–abr: #.")


@pytest.mark.parametrize("as_of", ["2022-03-31", "2023-07-15", TODAY])
def test_alternative_texts_keep_to_one_side_of_2021(as_of: str) -> None:
    """No alternative text of events sets a year up to 2020 against a later one; each says that they count otherwise."""
    elements = elements_run(REPORT, as_of)
    for subtitle in (
        "Eventos de personas en",
        "Eventos de migración irregular por región",
        "Porcentaje de eventos",
    ):
        chart = chart_of(elements, subtitle)
        assert not says(chart["alt"], "de # en 2018")
        assert says(chart["alt"], "2021, contado de otra manera, hasta #")
        assert "Desde 2021 los eventos incluyen a personas canalizadas a albergues: no se comparan" in chart["note"]


def test_small_charts_of_events_keep_to_one_side_of_2021() -> None:
    """A column of 2018 does not stand beside one of 2024."""
    figures = one(elements_run(REPORT, "2025-02-28"), "key_figures")
    assert len(figures["figures"][0]["spark"]) == 4
    assert "los últimos que se cuentan de la misma manera" in figures["note"]


def test_the_incomplete_table_is_named_where_its_total_stands() -> None:
    """The sum never stands alone: UPM's total where it is in sight, else that the table is not complete."""
    known = "De 2024, la tabla por nacionalidad suma # y no está completa; el total de la UPM es #."
    elements = elements_run(REPORT)
    table = next(e for e in of_kind(elements, "table") if "nacionalidad" in e["title"])
    assert numbers(one(elements, "headline")["lead"], known) == numbers(table["note"], known)
    by_nationality, events = numbers(table["note"], known)
    assert by_nationality == as_number(total("irregular_events_nationality_year", "events", year=2024)) < events
    earlier = one(elements_run(REPORT, "2025-02-28"), "headline")["lead"]
    assert says(earlier, "suma # y no está completa")
    assert f"{events:,.0f}" not in earlier


def test_no_month_is_called_the_latest_available_or_published() -> None:
    """The monthly series ends before other figures of the same page: it is named as the series used here."""
    words = " ".join(all_words(elements_run(REPORT)))
    assert not re.search(r"último (?:mes|año completo) (?:disponible|publicado)", words)
    assert says(
        words,
        "En enero–abril de 2025, hasta donde llega, a esta fecha de corte, la serie mensual que usamos, se registraron "
        "# eventos",
    )
    assert "termina la serie" not in words
    english = " ".join(all_words(elements_run(REPORT, language="en")))
    assert not re.search(r"latest (?:month|full year) (?:available|published)", english)


def test_one_month_is_no_maximum() -> None:
    """In March 2021 one month counts as the new count does: the text gives its figure and no peak."""
    elements = elements_run(REPORT, "2021-03-31")
    said = "En enero de 2021, el último mes, a esta fecha de corte, de la serie que usamos, hubo # eventos."
    assert says(sentences(elements), said)
    assert "máximo mensual" not in sentences(elements)
    assert "Después, con ellas" not in sentences(elements)


def test_the_peak_is_that_of_months_that_count_alike() -> None:
    """The highest month since 2018 would rank across 2021."""
    said = sentences(elements_run(REPORT, "2025-02-28"))
    assert "desde 2018 fue" not in said
    assert says(
        said,
        "a # en mayo de 2024 y baja a # en diciembre de 2024; antes de enero de 2021, contado de otra manera, "
        "hasta # en junio de 2019",
    )


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        (TODAY, "De marzo de 2020 a mayo de 2023 los encuentros incluyen las expulsiones del Título 42."),
        ("2021-03-31", "De marzo de 2020 a febrero de 2021 los encuentros incluyen las expulsiones del Título 42."),
    ],
)
def test_encounters_are_told_with_a_word_on_title_42(as_of: str, words: str) -> None:
    """Headline, key figures and chart of encounters say which of them hold expulsions, as far as these are known."""
    elements = elements_run(REPORT, as_of)
    broken = "incluyen expulsiones por el Título 42: no se comparan"
    assert words in one(elements, "headline")["lead"]
    assert broken in one(elements, "key_figures")["note"]
    assert broken in chart_of(elements, "Encuentros en la frontera suroeste")["note"]


def test_the_first_state_of_one_month_is_that_of_one_month() -> None:
    """Tamaulipas received the most in January 2025: the title says the month, the note that the year may differ."""
    chart = chart_of(elements_run(REPORT), "Repatriaciones de personas mexicanas desde EE. UU. por entidad")
    assert chart["title"] == "Tamaulipas, primera en ene 2025"
    assert "Un solo mes: en el año puede ser otra." in chart["note"]


def test_repatriations_say_whose_count_they_are() -> None:
    """UPM and INM do not count alike."""
    assert says(sentences(elements_run(REPORT)), "fueron # en 2025 (UPM)")
    assert "Entidad de recepción (INM)." in chart_of(elements_run(REPORT, "2023-07-15"), "Repatriaciones")["note"]


def test_a_year_of_the_darien_with_months_missing_is_not_said_to_fall() -> None:
    """The file lacks three months of 2020: its sum gives no fall."""
    elements = elements_run(REPORT, "2021-03-31")
    lead = one(elements, "headline")["lead"]
    assert "Al archivo del Darién le faltan abril, mayo y julio de 2020." in lead
    assert "bajaron frente al año anterior" not in lead
    transits = one(elements, "key_figures")["figures"][-1]
    assert (transits["value"], transits["change"]) == (total("darien_year", "transits", year=2020), "")
    assert row_of(elements, "cada país", "Panamá (Darién)")[-1] == "–"
    drawn = chart_of(elements, "Tránsitos irregulares")["data"]["rows"]
    assert drawn[-1][0] == "2020 (parcial)"


def test_a_whole_year_of_the_darien_is_compared() -> None:
    """Where both years hold all their months the change is given; that of 2020 stays marked."""
    elements = elements_run(REPORT, "2023-07-15")
    assert reads(row_of(elements, "cada país", "Panamá (Darién)")[-1], "#%")
    drawn = chart_of(elements, "Tránsitos irregulares")["data"]["rows"]
    assert [row[0] for row in drawn if "parcial" in row[0]] == ["2020 (parcial)"]


@pytest.mark.parametrize("as_of", ["2020-06-30", "2020-12-31"])
def test_no_year_is_told_twice(as_of: str) -> None:
    """Where the first year drawn is the year before, the alternative text gives it once."""
    alt = chart_of(elements_run(REPORT, as_of), "Devoluciones por cada cien eventos")["alt"]
    assert alt.lower().count("en 2018") == 1


def test_cards_say_who_counted_them_and_up_to_when() -> None:
    """One row a publisher and span: INM's count of 2023 ends in December before UPM's, and no row stands twice."""
    today = next(e for e in of_kind(elements_run(REPORT), "table") if "Tarjetas" in e["title"])
    by_inm, by_upm = today["rows"][:2]
    assert (by_inm[0], by_upm[0]) == ("2023, al 15 dic (INM)", "2023 (UPM)")
    assert "–" not in by_inm
    assert by_upm[2:] == ["–", "–"]
    earlier = next(e for e in of_kind(elements_run(REPORT, "2025-02-28"), "table") if "Tarjetas" in e["title"])
    assert [row[0] for row in earlier["rows"]].count("2023, al 15 dic (INM)") == 1
    assert "2023 (UPM)" not in [row[0] for row in earlier["rows"]]
    english = next(e for e in of_kind(elements_run(REPORT, language="en"), "table") if "Cards" in e["title"])
    assert english["rows"][0][0] == "2023, to 15 Dec (INM)"
    assert says(
        sentences(elements_run(REPORT)),
        "Según la UPM, México expidió # tarjetas por razones humanitarias en 2023 (INM: # hasta el 15 de "
        "diciembre de 2023) y # en enero–noviembre de 2024. En enero–junio de 2025 fueron # (INM); en enero–junio "
        "de 2023, # (UPM).",
    )


def test_exit_letters_predominated_in_both_years() -> None:
    """Most events of 2024 and of 2025 ended in one: the heading gives both shares."""
    heads = [e["text"] for e in of_kind(elements_run(REPORT), "section")]
    head = next(head for head in heads if head.startswith("Resoluciones: "))
    assert min(numbers(head, "Resoluciones: el oficio de salida predominó en 2024 (#%) y en 2025 (#%)")) > 50
    english = [e["text"] for e in of_kind(elements_run(REPORT, language="en"), "section")]
    assert any(says(text, "exit letters predominated in 2024 (# per cent) and in 2025 (#") for text in english)


@pytest.mark.parametrize("as_of", ["2021-03-31", "2023-07-15", "2025-02-28"])
def test_headings_promise_what_follows(as_of: str) -> None:
    """No other resolutions, no documents and no borders are announced where the section has none."""
    elements = elements_run(REPORT, as_of)
    heads = [e["text"] for e in of_kind(elements, "section")]
    assert "Devoluciones de personas extranjeras" in heads
    assert "Lo que registran otros países del corredor" in heads
    has_cards = any("Tarjetas" in e["title"] for e in of_kind(elements, "table"))
    assert ("Documentos y repatriaciones" in heads) == has_cards
    assert "ocumentos" not in one(elements, "cover")["scope"]


def test_a_first_release_by_state_stands_beside_the_table_used() -> None:
    """More events were released for January to April 2024 than the table holds. For the whole of 2025 it has none."""
    note = chart_of(elements_run(REPORT, "2025-02-28"), "Eventos de migración irregular por entidad")["note"]
    events = total("irregular_events_month", "events", month=("2024-01", "2024-04"))
    assert f"Primera publicación: la tabla que usamos suma {events} en el país." in note
    assert (
        "que la UPM puede revisar"
        in chart_of(elements_run(REPORT), "Eventos de migración irregular por entidad")["note"]
    )


def test_the_break_is_said_once_in_the_table_of_nationalities() -> None:
    """The table of 2020 to 2022 has the sentence of the series and none of the author's own beside it."""
    table = next(e for e in of_kind(elements_run(REPORT, "2023-07-15"), "table") if "nacionalidad" in e["title"])
    assert table["note"].count("canalizadas") == 1


def test_returns_reach_as_far_as_their_months() -> None:
    """In July 2023 the months reach May, the years of each type 2022: card and text say so."""
    elements = elements_run(REPORT, "2023-07-15")
    assert says(sentences(elements), "En enero–mayo de 2023 hubo # devoluciones, # por cada cien eventos.")
    card = next(f for f in one(elements, "key_figures")["figures"] if f["label"].startswith("devoluciones"))
    returns = total("foreigners_returned_year", "events", year=2022)
    assert (card["value"], card["last_datum"]) == (returns, "Último dato: mayo de 2023")
    narrow = sentences(elements_run(REPORT, "2021-03-31"))
    assert says(
        narrow, "En enero de 2021 hubo # devoluciones."
    )  # no ratio of the wider count beside that of the narrower


def test_returns_are_returns_and_children_are_no_minors() -> None:
    """The unit of returns is the return, and the type is named with girls, boys and adolescents."""
    elements = elements_run(REPORT)
    assert row_of(elements, "cada país", "México")[1] == "devoluciones"
    head = chart_of(elements, "Devoluciones de personas extranjeras por tipo")["data"]["head"]
    assert any("niñas, niños" in name for name in head)
    assert not any("menores" in name for name in head)


def test_repatriations_of_2021_are_told_to_the_middle_of_october() -> None:
    """The count runs to 14 October: the label says so, not only a note; the English title is a sentence."""
    chart = chart_of(
        elements_run(REPORT, "2023-07-15"), "Repatriaciones de personas mexicanas desde EE. UU. por entidad"
    )
    assert reads(
        chart["subtitle"],
        "Repatriaciones de personas mexicanas desde EE. UU. por entidad, ene a mediados de oct 2021 (país #)",
    )
    english = chart_of(elements_run(REPORT, "2021-03-31", "en"), "Repatriations of Mexicans from the US by state")
    assert english["title"] == "Tamaulipas led in 2020"


def test_the_encounters_of_the_last_fiscal_year_are_the_finding() -> None:
    """Where the years are not counted alike the title gives the number of the last whole one."""
    for as_of, year in ((TODAY, 2024), ("2021-03-31", 2020)):
        title = chart_of(elements_run(REPORT, as_of), "Encuentros en la frontera suroeste")["title"]
        assert title.startswith(f"Año fiscal {year}: {total('us_encounters_fy', 'encounters', fiscal_year=year)}")


def test_the_ministry_is_not_set_against_its_own_unit() -> None:
    """UPM is part of Segob."""
    items = [i["text"] for e in of_kind(elements_run(REPORT), "method") for g in e["groups"] for i in g["items"]]
    assert any("La UPM, que es parte de la Segob, y el INM publican conteos distintos" in text for text in items)


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        ("2021-03-31", ("expulsiones inmediatas de marzo de 2020 a febrero de 2021, a México",)),
        (
            "2023-06-01",
            ("expulsiones inmediatas de marzo de 2020 a abril de 2023, a México", "abril de 2023 los encuentros"),
        ),
        ("2023-07-15", ("de marzo de 2020 a mayo de 2023, a México", "con la que se expulsó sin procedimiento.")),
    ],
)
def test_title_42_is_told_as_of_the_date(as_of: str, words: tuple[str, ...]) -> None:
    """Its first and its last month are those of its data; no encounters include it "since"."""
    said = " ".join(all_words(elements_run(REPORT, as_of)))
    assert [part for part in words if part not in said] == []
    assert "Desde el 21 de marzo de 2020" not in said


@pytest.mark.parametrize("as_of", ["2021-12-31", "2022-12-31", "2023-07-15"])
def test_no_column_is_of_dashes_alone(as_of: str) -> None:
    """A kind of card, or a change, that has no value at a date has no column, and the method does not define it."""
    elements = elements_run(REPORT, as_of)
    for table in of_kind(elements, "table"):
        assert all({*column} - {"–"} for column in zip(*table["rows"], strict=True)), table["title"]
    assert "residente temporal" not in " ".join(all_words(elements))


@pytest.mark.parametrize(("as_of", "unnamed"), [("2021-03-31", True), ("2023-07-15", False), (TODAY, True)])
def test_what_the_press_gave_is_named(as_of: str, unnamed: bool) -> None:
    """All states that the press names are drawn; what it leaves out is a bar that says so, and the method says more."""
    elements = elements_run(REPORT, as_of)
    rows = [
        row[0]
        for row in chart_of(elements, "Repatriaciones de personas mexicanas desde EE. UU. por entidad")["data"]["rows"]
    ]
    assert ("Otras, sin nombrar" in rows) == unnamed
    assert "De entidades, resoluciones, tarjetas y repatriaciones no se encontró un archivo oficial" in " ".join(
        all_words(elements)
    )


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        (
            "2021-03-31",
            ("Total: # en 2020; antes de 2020, contado de otra manera, hasta # en 2019.", "2020, parcial: #."),
        ),
        ("2023-07-15", ("a # en 2022. 2020, parcial: #.",)),
        (TODAY, ("a # en 2023 y baja a # en 2024. 2020, parcial: #. 2025, solo ene–abr: #.",)),
    ],
)
def test_alternative_texts_tell_no_number_twice(as_of: str, words: tuple[str, ...]) -> None:
    """A maximum that is the last year is told once; 2020 is not called complete."""
    told = " ".join(chart["alt"] for chart in of_kind(elements_run(REPORT, as_of), "chart"))
    assert [part for part in words if not says(told, part)] == []


@pytest.mark.parametrize("as_of", ["2023-07-15", "2024-03-31", "2025-02-28", TODAY])
def test_the_note_says_how_small_charts_are_read(as_of: str) -> None:
    """By year or of the same months, on one side of a break: no more of them is said, and none of what is not drawn."""
    said = "Minigráficas: por año o de los mismos meses, los últimos que se cuentan de la misma manera."
    assert said in one(elements_run(REPORT, as_of), "key_figures")["note"]


@pytest.mark.parametrize(("as_of", "hatched"), [("2023-07-15", []), ("2025-02-28", ["2024"]), (TODAY, ["2024"])])
def test_a_preliminary_period_is_marked_in_every_chart_alike(as_of: str, hatched: list[str]) -> None:
    """The years and months that the source calls preliminary are marked in each chart of bars or areas."""
    elements = elements_run(REPORT, as_of)
    for subtitle in (
        "Eventos de personas en situación migratoria irregular en México por mes",
        "Eventos de migración irregular por región",
        "Devoluciones de personas extranjeras por tipo",
        "Devoluciones por cada cien eventos",
    ):
        rows = [row[0] for row in chart_of(elements, subtitle)["data"]["rows"]]
        years = {row.split()[-2] for row in rows if row.endswith("(preliminar)")}  # "2024", or "enero de 2024"
        assert sorted(years - {"2025"}) == hatched, subtitle
    assert "s/d" not in sentences(elements)


def test_no_hatching_is_explained_where_nothing_is_hatched() -> None:
    """In June 2020 no chart has an incomplete or a preliminary period."""
    said = " ".join(all_words(elements_run(REPORT, "2020-06-30")))
    assert "Trama rayada" not in said
    assert "Trama rayada: periodo preliminar o incompleto." in " ".join(all_words(elements_run(REPORT)))


def test_the_figures_are_those_that_were_looked_at() -> None:
    """What moved is seen in a diff of tests/figures.csv: `python -m tests.figures` writes it again."""
    assert moved(REPORT) == []
