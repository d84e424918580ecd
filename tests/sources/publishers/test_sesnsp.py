"""SESNSP: victims of trafficking in persons by sex and age, month and state."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.sources.publishers import sesnsp
from analysis.sources.raw.reading import SourceError


def test_sex_and_age_are_those_of_the_country(fixtures: Path) -> None:
    """Two words for an age that is not known are one group; no column says the state."""
    table = sesnsp.tables(fixtures)["trafficking_victims_year"]
    assert "state_code" not in table
    counts = table.set_index(["year", "sex", "age_group"])["victims"]
    assert counts.to_dict() == {
        (2010, "female", "0-17"): 8,
        (2010, "female", "unknown"): 5,
        (2010, "male", "18+"): 4,
        (2011, "female", "18+"): 20,
    }


def test_a_running_year_ends_with_its_last_month(fixtures: Path) -> None:
    """A year with a December is whole; one that ends in February is covered to the end of that month."""
    table = sesnsp.tables(fixtures)["trafficking_victims_year"]
    ends = table.drop_duplicates("year").set_index("year")["through"].dt.date.astype(str)
    assert ends.to_dict() == {2010: "2010-12-31", 2011: "2011-02-28"}


def test_a_month_without_a_row_has_no_victim(fixtures: Path) -> None:
    """The file leaves out what is zero: from January 2010 to February 2011 there are fourteen months."""
    months = sesnsp.tables(fixtures)["trafficking_victims_month"].set_index("month")["victims"]
    assert len(months) == 14
    assert (months["2010-01-01"], months["2010-06-01"], months["2010-12-01"]) == (8, 0, 9)


def test_every_state_has_a_row_and_they_add_up_to_the_country(fixtures: Path) -> None:
    """Thirty-two states and the country a year; a state without a row has zero."""
    table = sesnsp.tables(fixtures)["trafficking_victims_state_year"].set_index(["year", "state_code"])["victims"]
    assert len(table[2010]) == 33
    assert table[2010]["MX-YUC"] == 0
    assert table[2010].drop("MEX").sum() == table[2010]["MEX"] == 17


def test_a_rate_needs_a_whole_year_and_ten_victims(fixtures: Path) -> None:
    """Twelve victims among a hundred inhabitants have a rate; five have none, nor have twenty of a part of a year."""
    rates = sesnsp.tables(fixtures)["trafficking_victims_state_year"].set_index(["year", "state_code"])["per_100k"]
    assert [rates[2010, "MX-CHP"], rates[2010, "MEX"]] == pytest.approx([12_000, 1_700])
    assert pd.isna(rates[2010, "MX-AGU"])
    assert pd.isna(rates[2011, "MX-CHP"])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2020,1,33,Trata de personas,Mujer,No identificado,1", "column 'cve_ent': '33' is new"),
        ("2020,1,7,Secuestro,Mujer,No identificado,1", "column 'tipo_de_delito': 'Secuestro' is new"),
        ("2020,1,7,Trata de personas,Otro,No identificado,1", "column 'genero': 'Otro' is new"),
        ("2020,1,7,Trata de personas,Mujer,18,1", "column 'rango_de_edad': '18' is new"),
        ("2020,1,7,Trata de personas,Mujer,No identificado,ND", "column 'n_victimas', data row 1: 'ND' is not a whole"),
    ],
)
def test_what_is_not_as_expected_is_an_error(tmp_path: Path, row: str, message: str) -> None:
    """Another state, crime, sex or age, or a word for a number, stops the adapter with file and column."""
    (tmp_path / "sesnsp-victimas").mkdir()
    head = "n_year,n_month,cve_ent,tipo_de_delito,genero,rango_de_edad,n_victimas"
    (tmp_path / sesnsp.VICTIMS).write_text(f"{head}\n{row}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        dict(sesnsp.tables(tmp_path))
