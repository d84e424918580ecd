"""Report 06 as its readers get it: the audit of the evidence, counted again here, and the traps of the DTM."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from analysis.package.data_package import DataPackage
from analysis.report.audit import revisions
from analysis.values.quantities import iso_date
from tests.end_to_end.conftest import ROOT
from tests.end_to_end.reading import (
    CURRENT,
    TODAY,
    Read,
    as_number,
    numbers,
    one,
    reads,
    says,
    sentences,
    table_titled,
    total,
)
from tests.end_to_end.running import cells_until, elements_run
from tests.figures import moved

REPORT = "06_data_knowledge"
DATA = ROOT / "data"


def resources() -> list[dict[str, Any]]:
    """What the descriptor says of each table."""
    return list(json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"])


def using(elements: list[Read], table: str) -> list[Read]:
    """The charts that draw a table."""
    return [e for e in elements if e["kind"] == "chart" and table in e["tables"]]


def test_the_front_page_says_what_the_data_say() -> None:
    """The finding, on the same periods of both series; how many tables, how old the UPM's; IOM's own comparison."""
    elements = elements_run(REPORT)
    least, most, least_events, most_events = numbers(
        one(elements, "headline")["text"],
        "Las primeras cifras de devoluciones desde México en 2021 y 2022 subieron después entre #% y #%; las de "
        "eventos de migración irregular, en los mismos periodos, entre #% y #%.",
    )
    figures = one(elements, "key_figures")["figures"]
    package, day = DataPackage(DATA), iso_date(TODAY)
    assert figures[0]["value"] == str(sum(not package.table(name, day).empty for name in package.names))
    assert [bool(f["change"] and f["reference"]) for f in figures] == [False] * 5 + [True]
    assert 0 < least < most == pytest.approx(as_number(figures[3]["value"]), abs=0.5)
    assert 0 < least_events < most_events < most


def test_the_front_page_draws_returns_and_events_of_the_same_periods() -> None:
    """The first chart stands before the first section and pairs every period of one series with the other."""
    elements = elements_run(REPORT)
    kinds = [e["kind"] for e in elements]
    assert kinds.index("chart") < kinds.index("section")
    rows = one(elements, "chart")["data"]["rows"]
    drawn = {"Devoluciones": set(), "Eventos": set()}
    for name, first, _ in rows:
        series, period = name.split(", ", 1)
        drawn[series].add(period)
        assert first == "0.0%"
    assert drawn["Devoluciones"] == drawn["Eventos"] == {"2021", "ene–oct 2021", "ene–mar 2022"}


def test_every_table_is_recorded_and_the_data_package_is_one_source(real: Path) -> None:
    """The list of sources prints the data package, and the facts know each of its tables with its version."""
    elements = elements_run(REPORT, language="en")
    rows = one(elements, "sources")["tables"]
    assert rows[0]["publisher"] == "Data package of these briefings"
    assert {row["table"] for row in rows} == {"datapackage", *(item["name"] for item in resources())}
    facts = json.loads((real / CURRENT / "es" / f"{REPORT}.facts.json").read_text(encoding="utf-8"))
    assert set(facts["tables"]) == {row["table"] for row in rows}


def test_the_matrix_has_a_row_a_publisher_and_one_for_quoted_figures() -> None:
    """However many tables there are, their publishers are the rows, the figures typed in the last one."""
    elements = elements_run(REPORT)
    rows = using(elements, "datapackage")[0]["data"]["rows"]
    files = [item for item in resources() if item["path"].startswith("tables/")]
    publishers = {item["provenance"]["publisher"]["es"].split(",")[0].split(" (")[0] for item in files}
    assert {row[0] for row in rows[:-1]} == publishers
    assert rows[-1][0] == "Cifras citadas una por una"
    licences = one(elements, "table")
    assert sum(int(row[1]) for row in licences["rows"]) == int(one(elements, "key_figures")["figures"][0]["value"])
    assert all(int(row[2]) + int(row[3]) == int(row[1]) for row in licences["rows"])


def test_every_revision_stands_in_the_data_of_its_chart() -> None:
    """The page gives all revisions; the chart draws the largest of each series, with the first figure at zero."""
    package, day = DataPackage(DATA), iso_date("2026-06-30")
    found = revisions(lambda name: package.table(name, day))
    chart = using(elements_run(REPORT), "foreign_born_edition_2020_year")[0]
    assert len(chart["data"]["rows"]) == len(found)
    assert {row[1] for row in chart["data"]["rows"]} == {"0.0%"}
    assert "remesas y asilo desde 2018 se corrigen poco" in chart["title"]


def test_rounds_of_the_dtm_are_compared_only_where_iom_did() -> None:
    """One chart draws percentages of the DTM, the pairs of IOM alone, and none of UNHCR's monitoring."""
    elements = elements_run(REPORT)
    (compared,) = using(elements, "dtm_indicators")
    assert [row[1:] for row in sorted(compared["data"]["rows"])] == [
        ["24.0%", "46.0%"],
        ["29.0%", "76.0%"],
        ["62.0%", "80.0%"],
        ["73.0%", "35.0%"],
    ]
    assert "disagreements" not in compared["tables"]
    assert not using(elements, "disagreements")
    said = sentences(elements)
    assert "Rondas distintas no hacen una tendencia" in said
    assert says(said, "# países y # operaciones; México no estaba entre ellos")


def test_pairs_that_disagree_give_both_values_and_a_reason() -> None:
    """Each row names two sources with their figures and why; the difference, where both count the same thing."""
    elements = elements_run(REPORT)
    table = next(e for e in elements if e["kind"] == "table" and "disagreements" in e["tables"])
    rows = {row[0]: row[1:] for row in table["rows"]}
    unhcr, comar, difference, reason = rows["Solicitudes de asilo, 2021"]
    claims = total("asylum_claims_year", "claims", year=2021)
    assert (unhcr, comar) == (f"ACNUR: {claims}", "COMAR: 129,329")
    assert as_number(difference) == round(100 * (129329 / as_number(claims) - 1), 1)
    assert reason == "La COMAR corrigió su total después de publicarlo."
    assert all(row[0] and row[1] and row[3] for row in rows.values())


@pytest.mark.parametrize("language", ["es", "en"])
def test_counts_of_different_things_are_shown_and_not_subtracted(language: str) -> None:
    """TIP and UNODC, IOM and UNHCR, census and UN: no difference, no "same fact", and the reason says why."""
    elements = elements_run(REPORT, language=language)
    table = next(e for e in elements if e["kind"] == "table" and "disagreements" in e["tables"])
    assert "hecho" not in table["title"] + table["head"][0]
    assert "fact" not in table["title"] + table["head"][0]
    un = total("foreign_born_year", "persons", year=2020)
    unlike = {row[1]: row for row in table["rows"] if re.search(f"1,316|66%|{un}", row[2])}
    assert len(unlike) == 3
    for row in unlike.values():
        assert row[3] == "–"
        assert row[4].startswith({"es": "Miden cosas distintas", "en": "They measure different things"}[language])
    assert {fact["unit"] for fact in table["facts"] if fact["derivation"].get("op") == "difference"} == set()
    assert "63.8" not in json.dumps(table)  # a slip of a page is no other source


def test_the_newest_round_of_the_dtm_is_in_sight() -> None:
    """The survey in Ciudad Juárez of July to December 2025, published in February 2026, is the last of the timeline."""
    (rounds,) = using(elements_run(REPORT), "dtm_rounds")
    assert says(rounds["alt"], "la última, en Ciudad Juárez, jul–dic 2025, con #")


def test_ranges_are_said_as_ranges() -> None:
    """From … to is for time: titles and labels of revisions and rounds say between."""
    elements = elements_run(REPORT)
    titles = [e["title"] for e in elements if e["kind"] == "chart"]
    for series in ("Devoluciones", "Eventos"):
        assert any(reads(title, f"{series}: cambian entre #% y #%") for title in titles)
    assert not [title for title in titles if re.search(r"\bde [+−]\d+% a", title)]
    assert says(one(elements, "key_figures")["figures"][4]["label"], "con número conocido de entrevistas, entre # y #")


def test_versions_later_than_the_date_are_named_and_not_judged() -> None:
    """Files of July and August 2026 have no delay on 30 June: as many as their source lines mark, and none is drawn."""
    elements = elements_run(REPORT)
    (told,) = numbers(
        sentences(elements), "La versión que se usa de # de las hechas con archivos es posterior a la fecha de corte"
    )
    package, day = DataPackage(DATA), iso_date(TODAY)
    files = [item["name"] for item in resources() if item["path"].startswith("tables/")]
    marked = [name for name in files if "(posterior al corte)" in package.metadata(name).version("es", day)]
    assert told == len(marked)
    drawn = next(e for e in elements if e["kind"] == "chart" and says(e["title"], "lo usual: # de #"))
    late = one(elements, "key_figures")["figures"][1]
    of_known = numbers(late["label"], "de # con plazo conocido")
    assert numbers(drawn["title"], "lo usual: # de #") == [as_number(late["value"]), *of_known]
    assert "Latinobarómetro" not in drawn["alt"]


def test_the_chart_of_delays_draws_those_that_are_late() -> None:
    """The State Department and UNHCR are within their intervals: they are not drawn."""
    names, _ = cells_until(REPORT, "chart-freshness")
    assert names["shown"]
    assert all(names["worst"][name].late for name in names["shown"])
    drawn = {names["names"][name] for name in names["shown"]}
    assert not drawn & {"ACNUR", "Departamento de Estado de EE. UU.", "Latinobarómetro"}


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("day", ["2026-06-30", "2023-07-15"])
def test_no_version_is_called_current(language: str, day: str) -> None:
    """Files of June 2025 are the version used: nobody says that no later one is out."""
    names, shown = cells_until(REPORT, "method-items", language=language, as_of=day)
    said = json.dumps([shown, Read(names["largest_chart"]().element, "es")], ensure_ascii=False)
    assert not re.search(r"vigente|\bcurrent\b", re.sub(r'"name": "[a-z0-9_]*current"', "", said))
    assert {"es": "versión usada", "en": "version used"}[language] in said


@pytest.mark.parametrize("day", ["2023-07-15", "2025-02-28"])
def test_the_range_of_revisions_says_of_which_series_it_is(day: str) -> None:
    """Other briefings tell of larger revisions: these are of the series with two figures before the cut-off."""
    _, shown = cells_until(REPORT, "chart-front", as_of=day)
    title = shown["chart-front"]["title"]
    assert reads(title, "Series con dos cifras publicadas antes del corte: correcciones entre #% y #%")


def test_the_largest_revision_is_told_from_what_to_what() -> None:
    """The label of a series and a percentage do not say what was revised."""
    _, shown = cells_until(REPORT, "headline", as_of="2025-02-28")
    assert says(shown["headline"]["text"], "la mayor, de # a #, es la de «Desplazamiento masivo (CMDPDH), 2021»")


def test_in_2021_ties_and_two_values_are_told_as_such() -> None:
    """Three years tie for the best covered; two rounds are no range; what is not defined is not used."""
    _, shown = cells_until(REPORT, "sources", as_of="2021-03-31")
    assert reads(
        shown["chart-front"]["title"], "Los años mejor cubiertos: 2018, 2019 y 2020, con algún dato en # de # tablas"
    )
    assert says(shown["headline"]["text"], "Estos informes usan # tablas al corte del 31 de marzo de 2021")
    assert says(shown["headline"]["lead"], "Las hechas con archivos son de # instituciones; las otras #")
    assert says(shown["chart-rounds"]["title"], "# y # entrevistas por ronda")
    assert shown["section-dtm"]["text"] == "La DTM en México: 2 rondas con número conocido de entrevistas"
    assert "Este informe no compara, a esta fecha, publicaciones sucesivas" in shown["finding-revised"]["text"]
    method = json.dumps(shown["method-items"], ensure_ascii=False)
    assert not re.search(r"Atraso|cifra, plazo usual|API|MPI|TIP|CMDPDH", method)


@pytest.mark.parametrize(("day", "revised"), [("2023-07-15", True), ("2025-02-28", True), ("2021-03-31", False)])
def test_at_a_past_date_today_is_not_told_as_then(day: str, revised: bool) -> None:
    """Neither delays nor corrections of versions in use are told at a date before them; no label is a fragment."""
    names, shown = cells_until(REPORT, "key-figures", as_of=day)
    said = json.dumps([shown["headline"], shown["key-figures"]], ensure_ascii=False)
    assert "subieron después entre" not in said
    assert "plazo" not in said
    assert "la copia usada" not in said
    assert "Sin dato" not in said
    assert "cuya versión es posterior a la fecha de corte" in said
    assert bool(names["returns_most"]) == revised


def test_in_2020_there_was_less_to_audit() -> None:
    """Two rounds, no API list, no comparison, no second release: what the tables cover, and how many are of later."""
    elements = elements_run(REPORT, "2020-12-31")
    assert reads(
        one(elements, "headline")["text"],
        "Estos informes usan # tablas al corte del 31 de diciembre de 2020; de las # hechas con archivos, "
        "# son de versiones posteriores a esa fecha.",
    )
    assert not using(elements, "dtm_indicators")
    assert not using(elements, "revisions")
    (rounds,) = using(elements, "dtm_rounds")
    assert [row[1] for row in rounds["data"]["rows"]] == ["393", "819"]
    said = sentences(elements)
    assert "servicio de datos en línea" not in said
    assert "A esta fecha no se mide el atraso" in said
    assert "Este informe no compara, a esta fecha, publicaciones sucesivas de una misma cifra" in said
    kinds = [e["kind"] for e in elements]
    assert kinds.index("chart") < kinds.index("section")
    coverage = using(elements, "datapackage")[0]["data"]["head"]
    assert coverage[-1] == "2020"


@pytest.mark.parametrize(
    ("as_of", "revisions_told", "rounds_drawn"),
    [("2021-03-31", False, False), ("2023-07-15", True, True), ("2026-06-30", True, True)],
)
def test_the_method_defines_what_the_report_of_a_date_uses(
    as_of: str, revisions_told: bool, rounds_drawn: bool
) -> None:
    """Without revisions none is defined, nor a return; two rounds are no small chart."""
    elements = elements_run(REPORT, as_of)
    terms = [item["term"] for group in one(elements, "method")["groups"] for item in group["items"]]
    for term in ("Corrección.", "Versión usada.", "Correcciones encontradas, no todas.", "Evento, devolución."):
        assert (term in terms) == revisions_told
    assert ("entrevistas de cada ronda" in one(elements, "key_figures")["note"]) == rounds_drawn


def test_a_table_of_things_that_are_not_subtracted_has_no_column_of_differences() -> None:
    """In July 2023 the only pair measures two things; a column of dashes would say nothing."""
    heads = {
        as_of: table_titled(elements_run(REPORT, as_of), "Dos cifras")["head"] for as_of in ("2023-07-15", "2026-06-30")
    }
    assert "Diferencia" in heads["2026-06-30"]
    assert "Diferencia" not in heads["2023-07-15"]


@pytest.mark.parametrize(
    ("as_of", "scope"),
    [
        ("2021-03-31", "Qué datos hay y qué años cubren"),
        ("2025-02-28", "Qué datos hay y cuánto se corrigen"),
        ("2026-06-30", "Qué datos hay, qué tan recientes son, cuánto se corrigen"),
    ],
)
def test_the_scope_promises_what_the_report_of_a_date_tells(as_of: str, scope: str) -> None:
    """Where delays are not measured, nor revisions found, the band does not announce them."""
    elements = elements_run(REPORT, as_of)
    assert one(elements, "cover")["scope"] == scope
    assert ("no se mide el atraso" in sentences(elements)) == ("recientes" not in scope)


@pytest.mark.parametrize(
    ("language", "projections", "lists", "states"),
    [
        ("es", "Salvo en las proyecciones, ningún periodo pasa", "y 2 listas sin periodos", "que no tiene periodos"),
        ("en", "Except in projections, no period goes past", "and 2 lists without periods", "which has no periods"),
    ],
)
def test_projections_and_lists_are_told_where_they_are_counted(
    language: str, projections: str, lists: str, states: str
) -> None:
    """The projection of CONAPO goes past the cut-off; its list of states and the leaflet have no period at all."""
    elements = elements_run(REPORT, "2025-02-28", language)
    assert projections in one(elements, "headline")["lead"]
    assert lists in str(one(elements, "method"))
    institutions = next(e for e in elements if e["kind"] == "chart" and "43" in e["title"])
    assert (institutions["note"].startswith("CONAPO"), states in institutions["note"]) == (True, True)


def test_the_figures_are_those_that_were_looked_at() -> None:
    """What moved is seen in a diff of tests/figures.csv: `python -m tests.figures` writes it again."""
    assert moved(REPORT) == []
