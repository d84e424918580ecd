"""The panorama as its readers get it: what the leaflet said, what the data say, and the verdicts."""

from __future__ import annotations

import re

import pytest

from analysis.foundation.words import LANGUAGES, Language
from tests.end_to_end.reading import (
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
    version_of,
)
from tests.end_to_end.running import elements_run, picture
from tests.figures import moved

REPORT = "00_panorama"
DATES = ["2026-06-30", "2025-02-28", "2023-07-15", "2021-03-31", "2020-12-31"]
VERDICTS: dict[Language, str] = {
    "es": "Confirmada|Difiere|Superada|Solo afirma que existe|No verificable",
    "en": "Confirmed|Differs|Superseded|Only says it exists|Not verifiable",
}
UNVERIFIABLE: dict[Language, str] = {"es": "No verificable", "en": "Not verifiable"}


def statement_rows(elements: list[Read]) -> list[list[str]]:
    """The rows of the tables of statements, in order."""
    return [row for e in elements if e["kind"] == "table" for row in e["rows"]]


def cells(elements: list[Read], start: str) -> list[str]:
    """The cells of the statement whose first cell starts so."""
    return next(row for row in statement_rows(elements) if row[0].startswith(start))


def words(elements: list[Read]) -> str:
    """All that the page says, sources left out."""
    return " ".join(all_words(elements))


# -- the edition ------------------------------------------------------------------------------------------------------


def test_the_front_page_says_what_the_data_say() -> None:
    """The headline of the default edition, verdicts that make seventeen, and six figures beside those of before."""
    elements = {e["kind"]: e for e in reversed(elements_run(REPORT))}
    assert elements["headline"]["text"] == (
        "El folleto de 2020 describe un país de tránsito centroamericano; en 2024 la primera región de origen fue "
        "Sudamérica, y en 2025 los eventos cayeron con fuerza frente a un año antes."
    )
    tested, confirmed, differ, superseded, exist, not_verifiable = numbers(
        elements["headline"]["lead"],
        "Se revisaron las diecisiete afirmaciones; # se pudieron contrastar. Confirmadas: #; difieren: #; superadas "
        "por datos más recientes: #; solo afirman que algo existe: #; no verificables: #.",
    )
    assert tested == confirmed + differ + superseded
    assert tested + exist + not_verifiable == 17
    figures = elements["key_figures"]["figures"]
    assert len(figures) == 6
    assert all(reads(f["change"], "#%") and says(f["reference"], "# en 20") for f in figures)


def test_all_seventeen_statements_stand_in_tables_with_a_verdict_and_a_reason() -> None:
    """Each has a row, what the leaflet said and which source it cites, and one of the five verdicts with words."""
    rows = statement_rows(elements_run(REPORT))
    numbers = [row[0].partition(" · ")[0] for row in rows]
    assert list(dict.fromkeys(numbers)) == [f"S{n:02}" for n in range(1, 18)]
    assert all(re.match(rf"(?:{VERDICTS['es']})\. \w.+\.", row[-1]) for row in rows)
    assert all(re.search(r"; (?:sin fuente|fuente: \w.+)$", row[1]) for row in rows)
    by_name = {row[0]: row[1:4] for row in rows}
    said, then, now = by_name["S06 · Parte de El Salvador, Guatemala y Honduras en lo que registra el INM"]
    assert said == "95%; fuente: INM"
    assert reads(then, "#% (2020)")
    assert reads(now, "#% (2024)")


def test_in_2020_the_leaflet_had_not_aged() -> None:
    """At its own date no claim on later years is made, and nothing is superseded."""
    elements = elements_run(REPORT, "2020-12-31")
    assert "De las diecisiete afirmaciones de un folleto de 2020" in sentences(elements)
    assert "Sudamérica" not in one(elements, "headline")["text"]
    assert "superadas por datos más recientes: 0" in one(elements, "headline")["lead"]
    assert not any(row[-1].startswith("Superada") for row in statement_rows(elements))


# -- the rule ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "terms", "rule"),
    [
        (
            "es",
            ["Regla", "Difiere", "Superada", "Solo afirma que existe", "No verificable"],
            "con la fuente que cita, sobre la misma población y, de un periodo cerrado, con lo que publicó de él; si "
            "no cita fuente, con una serie oficial elegida de antemano.",
        ),
        (
            "en",
            ["Rule", "Differs", "Superseded", "Only says it exists", "Not verifiable"],
            "with the source that it cites, on the same population and, for a closed period, with what it published on "
            "it; where it cites none, with one official series chosen beforehand.",
        ),
    ],
)
def test_the_rule_stands_at_the_legend_and_in_the_method(language: Language, terms: list[str], rule: str) -> None:
    """A reader finds the rule and each verdict twice, in the same words, in both languages."""
    elements = elements_run(REPORT, language=language)
    items = {i["term"].rstrip("."): i["text"] for g in one(elements, "method")["groups"] for i in g["items"]}
    assert rule in items[terms[0]]
    for term in terms:
        first = items[term].partition(". ")[0].rstrip(".")
        assert f"{term}: {first[0].lower()}{first[1:]}." in sentences(elements)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "es",
            "Con la fuente que citan o, si no citan ninguna, con una serie oficial elegida de antemano, se pueden "
            "contrastar # de las diecisiete, y los datos confirman #.",
        ),
        (
            "en",
            "With the source that they cite or, where they cite none, with one official series chosen beforehand, # of "
            "the seventeen can be tested, and the data confirm #.",
        ),
    ],
)
def test_what_was_tested_is_told_as_the_rule_has_it(language: Language, told: str) -> None:
    """S01 and S09 name no source: they are not said to be compared with the same one."""
    said = sentences(elements_run(REPORT, language=language))
    tested, confirmed = numbers(said, told)
    assert 0 < confirmed <= tested < 17
    assert not re.search(r"Se contrastaron las diecisiete|seventeen statements were set against", said)


@pytest.mark.parametrize("as_of", DATES)
@pytest.mark.parametrize(
    ("language", "near", "share", "why"),
    [
        ("es", "tolerancia: 5%.", "tolerancia: 3 puntos.", "es casi todo lo que el folleto deja a los demás países"),
        ("en", "tolerance: 5 per cent.", "tolerance: 3 points.", "is almost all that the leaflet leaves to other"),
    ],
)
def test_each_figure_names_how_near_is_near(as_of: str, language: Language, near: str, share: str, why: str) -> None:
    """Per cent for a number, points for a share, and the method says why."""
    elements = elements_run(REPORT, as_of, language)
    assert near in cells(elements, "S01")[-1]
    assert share in cells(elements, "S06")[-1]
    assert why in words(elements)


@pytest.mark.parametrize("as_of", DATES)
@pytest.mark.parametrize(
    ("language", "verdict", "why"),
    [
        ("es", "Solo afirma que existe.", "No da una cifra («miles»). La UPM cuenta eventos y no personas"),
        ("en", "Only says it exists.", "It gives no figure (“thousands”). UPM counts events and not persons"),
    ],
)
def test_thousands_of_persons_are_not_confirmed_by_events(
    as_of: str, language: Language, verdict: str, why: str
) -> None:
    """S02: the population differs and no figure is given."""
    told = cells(elements_run(REPORT, as_of, language), "S02")[-1]
    assert told.startswith(verdict)
    assert why in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("as_of", DATES)
def test_beside_what_is_not_verifiable_stands_no_figure(as_of: str, language: Language) -> None:
    """S03 is not set beside CONAPO, S14 not beside a computation, S15 not beside all expulsions."""
    rows = statement_rows(elements_run(REPORT, as_of, language))
    unverifiable = [row for row in rows if row[-1].startswith(UNVERIFIABLE[language])]
    numbers = {row[0][:3] for row in unverifiable}
    assert {"S03", "S04", "S05", "S07", "S08", "S13", "S14", "S15", "S16", "S17"} <= numbers
    assert all(cell in {"–", "s/d", "n/a"} for row in unverifiable for cell in row[2:-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_chart_draws_a_statement(language: Language) -> None:
    """The chart of distances is gone: what is drawn of the leaflet is the count of verdicts alone."""
    charts = of_kind(elements_run(REPORT, language=language), "chart")
    topics = {row[0].partition(" · ")[2] for row in statement_rows(elements_run(REPORT, language=language))}
    assert not any(topic in str(chart["data"]) for chart in charts for topic in topics)
    told = sentences(elements_run(REPORT, language=language))
    assert not re.search(r"Distancia|distancia|[Dd]istance|widest gap|más se aleja|farthest", told)


@pytest.mark.parametrize(
    ("language", "verdict", "then", "now"),
    [
        ("es", "Confirmada. Se compara con: ONU DAES", "# (2015); # (2020)", "# (2024)"),
        ("en", "Confirmed. Compared with: UN DESA", "# (2015); # (2020)", "# (2024)"),
    ],
)
def test_venezuelans_are_of_one_source_then_and_now(language: Language, verdict: str, then: str, now: str) -> None:
    """S09: UN DESA throughout, which rises and stands once a date; R4V is named beside it and not compared."""
    elements = elements_run(REPORT, language=language)
    row = cells(elements, "S09")
    known = [*numbers(row[2], then), *numbers(row[3], now)]
    assert known == sorted(known)
    assert row[-1].startswith(verdict)
    note = next(table["note"] for table in of_kind(elements, "table") if "S09" in str(table["rows"]))
    assert re.search(r"R4V, .+(?:no se compara|not compared).+\d,\d{3}.+\d,\d{3}", note)


@pytest.mark.parametrize(
    ("language", "verdict", "lead"),
    [
        ("es", "Solo afirma que existe. ", "solo afirman que algo existe: #;"),
        ("en", "Only says it exists. ", "only saying that something exists: #;"),
    ],
)
def test_what_only_says_that_something_exists_is_shown_and_counted_apart(
    language: Language, verdict: str, lead: str
) -> None:
    """S10 is not confirmed because a count is at least one."""
    elements = elements_run(REPORT, language=language)
    rows = [row for row in statement_rows(elements) if row[0].startswith("S10")]
    assert all(row[-1].startswith(verdict) for row in rows)
    assert says(one(elements, "headline")["lead"], lead)
    assert verdict.rstrip(". ") in str(of_kind(elements, "chart")[1]["data"]["rows"])


@pytest.mark.parametrize("as_of", DATES)
@pytest.mark.parametrize(
    ("language", "verdict", "held", "corrected"),
    [
        (
            "es",
            "Confirmada. Se compara con: IDMC, cifra que publicó en 2020",
            "n la versión que usamos son",
            "El IDMC la corrigió después:",
        ),
        (
            "en",
            "Confirmed. Compared with: IDMC, figure that it published in 2020",
            "n the version used here they are",
            "IDMC corrected it later:",
        ),
    ],
)
def test_a_quoted_figure_is_held_against_what_its_source_had_published(
    as_of: str, language: Language, verdict: str, held: str, corrected: str
) -> None:
    """S11 and S12 follow one criterion; a correction is told where its version is not later than the date."""
    rows = [row for row in statement_rows(elements_run(REPORT, as_of, language)) if row[0][:3] in {"S11", "S12"}]
    assert [row[2].partition(" ")[0] for row in rows] == ["23,100", "16,000", "9,000", "4,600"]
    assert all(row[-1].startswith(verdict) for row in rows)
    disasters, conflict = (
        as_number(total("displacement_year", "displacements", year=2019, cause=cause))
        for cause in ("disasters", "conflict")
    )
    half = as_number(total("disaster_displacement_half_year", "displacements", year=2020, half="first"))
    in_use = (disasters + conflict, disasters, half)
    for row, published, now in zip(rows, (23100, 16000, 9000), in_use, strict=False):
        known = published != 9000 or as_of >= "2021-06-30"  # the halves of 2020 were published with the whole year
        assert (f"{held} {now:,.0f}." in row[-1]) == known
        told = as_of >= version_of("displacement_year") and round(now, -2) != published  # more than its rounding
        assert (corrected in row[-1]) == told
    assert corrected not in rows[3][-1]


@pytest.mark.parametrize(("language", "head"), [("es", "Datos hasta 2020"), ("en", "Data up to 2020")])
def test_the_columns_say_of_when_their_data_are(language: Language, head: str) -> None:
    """Values of the version used here are not headed as data of that time."""
    tables = of_kind(elements_run(REPORT, language=language), "table")
    assert [table["head"][2] for table in tables] == [head] * len(tables)


@pytest.mark.parametrize(("as_of", "later"), [("2021-03-31", False), ("2023-07-15", True)])
def test_a_column_of_dashes_alone_is_left_out(as_of: str, later: bool) -> None:
    """Where no statement has later data there is no column of them, and the dash is not explained by it."""
    for table in of_kind(elements_run(REPORT, as_of), "table"):
        assert ("Datos posteriores" in table["head"]) == later
        assert {len(row) for row in table["rows"]} == {len(table["head"])}
        assert ("no hay dato posterior" in table["note"]) == later


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("as_of", "fiscal_years", "offices"),
    [
        ("2021-03-31", False, False),
        ("2023-07-15", False, True),
        ("2025-02-28", True, True),
        ("2026-06-30", True, True),
    ],
)
def test_a_reason_speaks_only_of_what_is_in_sight(
    as_of: str, fiscal_years: bool, offices: bool, language: Language
) -> None:
    """Fiscal years of OHSS were found from December 2024 on, a count of offices from 2023 on."""
    told = [row[-1] for row in statement_rows(elements_run(REPORT, as_of, language))]
    assert any(re.search(r"la OHSS da|OHSS gives", reason) for reason in told) == fiscal_years
    assert any(re.search(r"oficinas y no ciudades|offices and not cities", reason) for reason in told) == offices


# -- the charts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "title"), [("es", "Desde 2021, el máximo fue en 2024"), ("en", "Since 2021, the peak was in 2024")]
)
def test_the_months_have_a_peak_since_2021_and_no_line_for_the_leaflet(language: Language, title: str) -> None:
    """The leaflet quotes September 2020: a line at mid-2020 would be false."""
    chart = of_kind(elements_run(REPORT, language=language), "chart")[2]
    assert chart["title"] == title
    assert not re.search("folleto|leaflet", chart["note"])
    assert not re.search(r"línea marca|line marks", chart["alt"])
    assert not re.search(r">(?:folleto|leaflet)<", picture(REPORT, 3, language=language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("as_of", DATES)
def test_one_wording_says_what_is_not_compared(as_of: str, language: Language) -> None:
    """The break of 2021 is told in the words of its description wherever it is told."""
    assert not re.search(r"del todo comparables|fully comparable", words(elements_run(REPORT, as_of, language)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("as_of", DATES)
def test_titles_on_events_say_events(as_of: str, language: Language) -> None:
    """An event is not a person, and no event measures transit."""
    title = of_kind(elements_run(REPORT, as_of, language), "section")[1]["text"]
    assert re.search(r"eventos|[Ee]vents", title)
    assert not re.search(r"tránsito|transit|personas|migrants", title)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("as_of", DATES)
def test_the_count_of_comar_stands_beside_that_of_unhcr(as_of: str, language: Language) -> None:
    """UNHCR's claims of 2014 are not printed without COMAR's 2,136, once the press had quoted them."""
    note = of_kind(elements_run(REPORT, as_of, language), "chart")[4]["note"]
    assert (("2,136" in note) and (total("asylum_claims_year", "claims", year=2014) in note)) == (as_of > "2023-03-31")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("as_of", DATES)
def test_another_source_on_venezuelans_is_listed_only_where_it_is_told(as_of: str, language: Language) -> None:
    """No source stands in the list, and no acronym in the method, for a sentence that was not printed."""
    elements = elements_run(REPORT, as_of, language)
    note = of_kind(elements, "table")[0]["note"]
    printed = [t for t in one(elements, "sources")["tables"] if t["table"] == "venezuelans_year" and t["printed"]]
    acronyms = str(one(elements, "method"))
    assert bool(printed) == bool(re.search(r"R4V|INEGI", note)) == ("R4V" in acronyms)


# -- what the report says of its data ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("as_of", DATES)
def test_no_date_is_told_as_if_today_or_as_the_latest_published(as_of: str, language: Language) -> None:
    """No latest month published, no present-day word in a verdict, and no later year in an edition of 2020."""
    elements = elements_run(REPORT, as_of, language)
    said, rows = words(elements), statement_rows(elements)
    assert not re.search(r"mes publicado|month published|publicado a esta fecha|published at this date", said)
    assert not re.search(r"\b(?:hoy|today)\b", " ".join(row[-1] for row in rows))
    if as_of < "2021":
        told = sentences(elements) + str(rows)
        editions = re.sub(r"(?:edición 2024|2024 edition)", "", told)
        assert not re.search(r"\b202[1-9]\b", editions)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("es", "En todo 2025, según cifras de la UPM que cita la prensa, hubo #, frente a # en 2024."),
        ("en", "according to UPM figures quoted by the press, there were #, against # in 2024."),
    ],
)
def test_the_whole_of_2025_is_told_with_the_whole_of_2024(language: Language, told: str) -> None:
    """The first figure is UPM's total of the year; the monthly series says where it ends."""
    elements = elements_run(REPORT, language=language)
    now, before = numbers(sentences(elements), told)
    shown = one(elements, "key_figures")["figures"][0]
    assert (as_number(shown["value"]), as_number(shown["reference"])) == (now, before)
    assert shown["label"].endswith("2025")
    assert re.search(r"abril de 2025, el último mes de la serie que usamos|April 2025, the last month", words(elements))


@pytest.mark.parametrize(
    ("as_of", "language", "told"),
    [
        (
            "2026-06-30",
            "es",
            "De 2024, la tabla por nacionalidad suma # y no está completa; el total de la UPM es #.",
        ),
        (
            "2026-06-30",
            "en",
            "For 2024, the table by nationality adds up to # and is not complete; UPM's total is #.",
        ),
        ("2025-02-28", "es", "suma # y no está completa: le faltan nacionalidades con pocos casos."),
        ("2025-02-28", "en", "adds up to # and is not complete: nationalities with few cases are missing."),
    ],
)
def test_2024_is_told_as_incomplete(as_of: str, language: Language, told: str) -> None:
    """Beside the shares of the year, and on the front page where it is the first figure."""
    elements = elements_run(REPORT, as_of, language)
    by_nationality = total("irregular_events_nationality_year", "events", year=2024)
    assert numbers(of_kind(elements, "chart")[3]["note"], told)[0] == as_number(by_nationality)
    front = one(elements, "key_figures")
    assert says(front["note"], told) == (front["figures"][0]["value"] == by_nationality)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("es", "Sudamérica, más de la mitad en 2024"),
        ("en", "South America, more than half in 2024"),
    ],
)
def test_south_america_is_more_than_half(language: Language, title: str) -> None:
    """A little more than half has the same words as in report 03."""
    elements = elements_run(REPORT, language=language)
    assert title in [chart["title"] for chart in of_kind(elements, "chart")]
    assert not re.search(r"cerca de la mitad|about half", words(elements))


@pytest.mark.parametrize("as_of", DATES)
@pytest.mark.parametrize(
    ("language", "edition"),
    [
        (
            "es",
            "Población de México: proyección de 2023. Poblaciones por origen: edición 2024 de ONU DAES.",
        ),
        ("en", "Population of Mexico: projection of 2023. Populations by origin: 2024 edition of UN DESA."),
    ],
)
def test_populations_name_the_edition_that_they_are_of(as_of: str, language: Language, edition: str) -> None:
    """What is told of 2020 is a figure of the 2024 edition, at any date."""
    assert edition in one(elements_run(REPORT, as_of, language), "key_figures")["note"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("es", "ONU DAES suma a las nacidas en otro país las personas refugiadas y solicitantes de asilo"),
        ("en", "UN DESA adds refugees and asylum-seekers to those born in another country"),
    ],
)
def test_the_growth_of_the_foreign_born_is_told_with_what_is_added(language: Language, told: str) -> None:
    """Part of the growth is people whom the UN adds."""
    assert told in one(elements_run(REPORT, language=language), "key_figures")["note"]


@pytest.mark.parametrize("as_of", DATES)
def test_counts_before_and_after_2021_are_not_ranked(as_of: str) -> None:
    """The peak is among months counted alike, and every drawing across 2021 says that the count was widened."""
    elements = elements_run(REPORT, as_of, "es")
    said = sentences(elements)
    if peak := re.search(r"El máximo mensual desde (\d{4})", said):
        assert peak.group(1) == ("2018" if as_of < "2021" else "2021")
    assert "El máximo mensual es" not in said
    assert "de los eventos en 2019 a" not in said
    for chart in of_kind(elements, "chart")[:4]:
        if {"2020", "2021"} <= {str(row[0])[:4] for row in chart["data"]["rows"]}:
            assert "Desde 2021" in chart["note"]


def test_one_month_is_no_series_and_one_year_is_not_told_twice() -> None:
    """At the end of March 2021 one month is counted anew: no peak, and no share of 2020 beside itself."""
    said = sentences(elements_run(REPORT, "2021-03-31", "es"))
    assert says(said, "En enero de 2021, el último mes de la serie que usamos, hubo # eventos.")
    assert "máximo mensual" not in said
    assert not says(said, "#% en 2020 y #% en 2020")
    assert "En 2019, antes de la pandemia" not in said


@pytest.mark.parametrize("as_of", DATES[1:])
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("es", "los datos que usamos, de periodos cerrados a esta fecha, confirman"),
        ("en", "the data used here, of periods closed by this date, confirm"),
    ],
)
def test_the_headline_of_a_reconstruction_says_whose_values_it_uses(as_of: str, language: Language, told: str) -> None:
    """Not what had been published, but today's version of periods that had ended."""
    assert told in one(elements_run(REPORT, as_of, language), "headline")["text"]


@pytest.mark.parametrize(("as_of", "drawn"), [("2021-03-31", False), ("2023-07-15", True), ("2026-06-30", False)])
def test_a_small_chart_is_explained_where_it_is_drawn(as_of: str, drawn: bool) -> None:
    """Events counted alike for one year or two have no small chart; the note names those that there are."""
    figures = one(elements_run(REPORT, as_of, "es"), "key_figures")
    assert bool(figures["figures"][0]["spark"]) == drawn
    assert ("Minigráficas: eventos" in figures["note"]) == drawn
    assert "poblaciones por origen, cada cinco años desde 1990" in figures["note"]
    assert ("cada cinco años desde 1990, y 2024;" in figures["note"]) == (as_of >= "2025")


@pytest.mark.parametrize(("as_of", "over_half"), [("2021-03-31", False), ("2023-07-15", True), ("2026-06-30", True)])
def test_more_than_half_is_not_said_of_two_thirds(as_of: str, over_half: bool) -> None:
    """Ten of seventeen are more than half; eleven are told as eleven of seventeen."""
    elements = elements_run(REPORT, as_of, "es")
    titles = [e.get("title", e.get("text", "")) for e in elements if e["kind"] in {"chart", "section"}]
    assert any(title.startswith("Más de la mitad de las afirmaciones") for title in titles) == over_half
    for counted in (
        "No verificables: # de diecisiete",
        "No verificables con los datos que tenemos: # de las diecisiete afirmaciones",
    ):
        assert any(reads(title, counted) for title in titles) != over_half


@pytest.mark.parametrize(("as_of", "hatched"), [("2021-03-31", False), ("2023-07-15", False), ("2025-02-28", True)])
def test_marks_are_explained_where_a_chart_has_them(as_of: str, hatched: bool) -> None:
    """Before 2024 no figure of the charts is preliminary: the method explains no hatching."""
    assert ("Trama rayada" in str(one(elements_run(REPORT, as_of, "es"), "method"))) == hatched


def test_the_figures_are_those_that_were_looked_at() -> None:
    """What moved is seen in a diff of tests/figures.csv: `python -m tests.figures` writes it again."""
    assert moved(REPORT) == []
