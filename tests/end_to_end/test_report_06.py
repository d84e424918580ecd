"""Report 06 as its readers get it: the audit of the evidence, counted again here, and the traps of the DTM."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analysis.audit import revisions
from analysis.data import DataPackage
from analysis.quantities import iso_date
from tests.end_to_end.conftest import ROOT
from tests.end_to_end.reading import elements_of, one, sentences

REPORT = "06_data_knowledge"
DATA = ROOT / "data"


def resources() -> list[dict[str, Any]]:
    """What the descriptor says of each table."""
    return list(json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"])


def using(elements: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    """The charts that draw a table."""
    return [e for e in elements if e["kind"] == "chart" and table in e["tables"]]


def test_the_front_page_says_what_the_data_say(real: Path) -> None:
    """The finding, on the same periods of both series; how many tables, how old the UPM's; IOM's own comparison."""
    elements = elements_of(real / "2026-1", "es", REPORT)
    assert one(elements, "headline")["text"] == (
        "Las primeras cifras de devoluciones desde México en 2021 y 2022 subieron después entre 14% y 40%; las de "
        "eventos de migración irregular, en los mismos periodos, entre 1% y 15%."
    )
    figures = one(elements, "key_figures")["figures"]
    package, day = DataPackage(DATA), iso_date("2026-06-30")
    assert figures[0]["value"] == str(sum(not package.table(name, day).empty for name in package.names))
    assert [(f["value"], f["change"], f["reference"]) for f in figures[2:]] == [
        ("14", "", ""),
        ("39.9%", "", ""),
        ("10", "", ""),
        ("46%", "+22.0 puntos", "24% en 2024"),
    ]


def test_the_front_page_draws_returns_and_events_of_the_same_periods(real: Path) -> None:
    """The first chart stands before the first section and pairs every period of one series with the other."""
    elements = elements_of(real / "2026-1", "es", REPORT)
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
    elements = elements_of(real / "2026-1", "en", REPORT)
    rows = one(elements, "sources")["tables"]
    assert rows[0]["publisher"] == "Data package of these briefings"
    assert {row["table"] for row in rows} == {"datapackage", *(item["name"] for item in resources())}
    facts = json.loads((real / "2026-1" / "es" / f"{REPORT}.facts.json").read_text(encoding="utf-8"))
    assert set(facts["tables"]) == {row["table"] for row in rows}


def test_the_matrix_has_a_row_a_publisher_and_one_for_quoted_figures(real: Path) -> None:
    """However many tables there are, their publishers are the rows, the figures typed in the last one."""
    elements = elements_of(real / "2026-1", "es", REPORT)
    rows = using(elements, "datapackage")[0]["data"]["rows"]
    files = [item for item in resources() if item["path"].startswith("tables/")]
    publishers = {item["provenance"]["publisher"]["es"].split(",")[0].split(" (")[0] for item in files}
    assert {row[0] for row in rows[:-1]} == publishers
    assert rows[-1][0] == "Cifras citadas una por una"
    licences = one(elements, "table")
    assert sum(int(row[1]) for row in licences["rows"]) == int(one(elements, "key_figures")["figures"][0]["value"])
    assert all(int(row[2]) + int(row[3]) == int(row[1]) for row in licences["rows"])


def test_every_revision_stands_in_the_data_of_its_chart(real: Path) -> None:
    """The page gives all revisions; the chart draws the largest of each series, with the first figure at zero."""
    package, day = DataPackage(DATA), iso_date("2026-06-30")
    found = revisions(lambda name: package.table(name, day))
    chart = using(elements_of(real / "2026-1", "es", REPORT), "foreign_born_edition_2020_year")[0]
    assert len(chart["data"]["rows"]) == len(found)
    assert {row[1] for row in chart["data"]["rows"]} == {"0.0%"}
    assert "remesas y asilo desde 2018 se corrigen poco" in chart["title"]


def test_rounds_of_the_dtm_are_compared_only_where_iom_did(real: Path) -> None:
    """One chart draws percentages of the DTM, the pairs of IOM alone, and none of UNHCR's monitoring."""
    elements = elements_of(real / "2026-1", "es", REPORT)
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
    assert "53 países y 106 operaciones; México no estaba entre ellos" in said


def test_pairs_that_disagree_give_both_values_and_a_reason(real: Path) -> None:
    """Each row names two sources with their figures, the difference and why, from tables or from a page."""
    elements = elements_of(real / "2026-1", "es", REPORT)
    table = next(e for e in elements if e["kind"] == "table" and "disagreements" in e["tables"])
    rows = {row[0]: row[1:] for row in table["rows"]}
    assert rows["Solicitudes de asilo, 2021"] == [
        "ACNUR: 131,418",
        "COMAR: 129,329",
        "−1.6%",
        "La COMAR corrigió su total después.",
    ]
    assert rows["México como destino, 2025"][:3] == ["OIM: 46%", "ACNUR: 66%", "+20.0 puntos"]
    assert all(all(cell and cell != "–" for cell in row) for row in rows.values())


def test_in_2020_there_was_less_to_audit(year_2020: Path) -> None:
    """Two rounds, no API list, no comparison, no returns of 2021: neutral words, and the charts that can be drawn."""
    elements = elements_of(year_2020, "es", REPORT)
    assert one(elements, "headline")["text"] == (
        "Las cifras se corrigen después de publicarse: la mitad de las correcciones encontradas es de 7.8% o menos; la "
        "mayor, +38.6%, es la de «Muertes y desapariciones, frontera (OIM), 2014»."
    )
    assert not using(elements, "dtm_indicators")
    (rounds,) = using(elements, "dtm_rounds")
    assert [row[1] for row in rounds["data"]["rows"]] == ["393", "819"]
    assert "servicio de datos en línea" not in sentences(elements)
    assert "a esta fecha, las" in sentences(elements).lower()  # a year without a large disaster is not a delay
    kinds = [e["kind"] for e in elements]
    assert kinds.index("chart") < kinds.index("section")
    coverage = using(elements, "datapackage")[0]["data"]["head"]
    assert coverage[-1] == "2020"
