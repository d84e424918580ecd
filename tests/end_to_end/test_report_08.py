"""Report 08 as its readers get it: the national edition, a state beside the country, and what 2020 could know."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.reading import elements_of, one, sentences

REPORT = "08_integration"


def test_the_front_page_says_what_the_data_say(real: Path) -> None:
    """Headline and key figures of the edition 2026-1: the UN against the UN, the census against the census."""
    elements = elements_of(real / "2026-1", "es", REPORT)
    assert one(elements, "headline")["text"] == (
        "Menos de la mitad de las personas nacidas en otro país que viven en México nació en Estados Unidos: "
        "48% en 2024; en 2020 era 60%, según la ONU."
    )
    figures = one(elements, "key_figures")["figures"]
    assert [(f["value"], f["change"], f["reference"]) for f in figures] == [
        ("1,726,089", "+29.3%", "1,335,154 en 2020"),
        ("47.7%", "−12.1 puntos", "59.9% en 2020"),
        ("1,212,252", "+26.1%", "961,121 en 2010"),
        ("152,002", "+0.8%", "150,836 en 2024"),
        ("50,000", "", ""),
        ("6,125", "", ""),
    ]
    assert "personas o más" in figures[4]["label"]


def test_census_and_un_never_share_a_chart_and_the_sample_is_never_counted(real: Path) -> None:
    """No chart has both tables, and neither the counts of the sample nor those of another edition are printed."""
    elements = elements_of(real / "2026-1", "es", REPORT)
    un = {"foreign_born_year", "foreign_born_country_year"}
    for chart in (e for e in elements if e["kind"] == "chart"):
        assert not (un & set(chart["tables"]) and "foreign_born_census_year" in chart["tables"])
    printed = f"{sentences(elements)} {[e['rows'] for e in elements if e['kind'] == 'table']}"
    assert not any(number in printed for number in ("1,168,378", "142,707", "1,197,624"))
    assert "tarjetas, no personas" in printed
    assert "eventos, no personas" in printed


def test_a_state_stands_beside_the_country(real: Path) -> None:
    """Rates of the state and of the country, and the rank of the state."""
    border = elements_of(real / "state-MX-BCN" / "2026-1", "es", f"{REPORT}-MX-BCN")
    assert one(border, "headline")["text"] == (
        "Baja California: 38.2 de cada mil habitantes nacieron en otro país (9.3 en todo México); lugar 1 entre las "
        "entidades, censo de 2020."
    )
    small = elements_of(real / "state-MX-TLA" / "2026-1", "es", f"{REPORT}-MX-TLA")
    assert [row[1:] for row in one(small, "table")["rows"]] == [
        ["3.2", "9.3", "30"],
        ["0.4%", "100.0%", "32"],
        ["1.1%", "100.0%", "28"],
    ]


def test_in_2020_the_census_of_that_year_was_not_published(year_2020: Path) -> None:
    """The end of 2020 knows the census of 2010 and the estimate of 2015, and no table by state."""
    elements = elements_of(year_2020, "es", REPORT)
    assert one(elements, "headline")["text"] == (
        "En 2015 vivían en México 1,088,731 personas nacidas en otro país, según la ONU; 71% nació en Estados Unidos."
    )
    values = [f["value"] for f in one(elements, "key_figures")["figures"]]
    assert values == ["1,088,731", "70.6%", "961,121", "28,517"]
    assert "A esta fecha no se había publicado el cuadro por entidad del censo de 2020" in sentences(elements)
    assert "1,212,252" not in sentences(elements)
