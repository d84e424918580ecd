"""INEGI: born in another country by state, from the census sample."""

from pathlib import Path

import pytest

from analysis.sources.publishers import inegi
from analysis.sources.raw.reading import SourceError


def test_shares_by_state(fixtures: Path) -> None:
    """Each state and the country have persons, population and persons per 1,000 inhabitants."""
    states = inegi.foreign_born(fixtures).set_index("state_code")
    assert len(states) == 33
    assert states.loc["MX-BCN", ["persons_sample", "population_sample", "per_1000"]].tolist() == [5, 100, 50]
    assert states.loc["MEX", "per_1000"] == 12.5


def test_a_state_that_is_missing_is_an_error(tmp_path: Path) -> None:
    """A file cut short stops the adapter."""
    (tmp_path / "inegi-census-birth-return-states").mkdir()
    text = f"{inegi.CODE},{inegi.POPULATION},{inegi.BORN_ABROAD}\n000,10,1\n"
    (tmp_path / inegi.BIRTH).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="'001' is missing"):
        inegi.foreign_born(tmp_path)
