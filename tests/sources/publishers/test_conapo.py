"""CONAPO: population and states."""

from pathlib import Path

import pytest

from analysis.sources.publishers import conapo
from analysis.sources.raw.reading import SourceError


def test_population_of_both_sexes_in_the_years_kept(fixtures: Path) -> None:
    """Mid-year population of both sexes, 2010 to 2030, with INEGI codes turned into ISO 3166-2."""
    rows = conapo.population(fixtures).itertuples(index=False, name=None)
    assert sorted(rows) == [(2010, "MEX", 1000), (2010, "MX-CHP", 100)]


def test_states_carry_both_codes(fixtures: Path) -> None:
    """The thirty-two states have official names, short names and both codes."""
    states = conapo.states(fixtures).set_index("state_code")
    assert len(states) == 32
    assert states.loc["MX-COA"].tolist() == ["05", "Coahuila de Zaragoza", "Coahuila"]


def test_a_state_under_another_name_is_an_error(tmp_path: Path) -> None:
    """A list of states that does not agree with ours stops the adapter."""
    (tmp_path / "conapo-poblacion").mkdir()
    text = "nombre_estado,cve_ent\nBaja California,01\n"
    (tmp_path / conapo.STATE_NAMES).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"the state 01 is 'Baja California', states\.csv says 'Aguascalientes'"):
        conapo.states(tmp_path)
