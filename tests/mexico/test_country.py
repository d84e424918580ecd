"""The country: codes and names of its places, and the words that name it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.foundation.words import LANGUAGES, Language
from analysis.mexico import COUNTRY, PlaceError
from analysis.mexico.states import State


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("MEX", "MEX"),
        ("Mexico", "MEX"),
        ("México", "MEX"),
        ("MX-CHP", "MX-CHP"),
        ("MEX-SLP", "MX-SLP"),
        ("MX-CHP:Tapachula", "MX-CHP"),
        ("MEX/Chiapas/Tapachula", "MX-CHP"),
        ("MEX/Ciudad de México", "MX-CMX"),
        ("Chiapas", "MX-CHP"),
        ("nuevo leon", "MX-NLE"),
        ("Michoacán de Ocampo", "MX-MIC"),
        ("MX-MEX", "MX-MEX"),
        ("Estado de México", "MX-MEX"),
        ("México [Admin 1]", "MX-MEX"),
    ],
)
def test_places_are_normalised(text: str, code: str) -> None:
    """The ways in which the figures write a place lead to one code; Mexico alone is the country."""
    assert COUNTRY.normalise(text) == code


@pytest.mark.parametrize("text", ["", "Texas", "MX-XXX", "MEX/Texas", "World"])
def test_what_is_no_mexican_place_is_an_error(text: str) -> None:
    """A text that names no Mexican place is quoted, never guessed."""
    with pytest.raises(PlaceError, match="names no Mexican state"):
        COUNTRY.normalise(text)


@given(st.sampled_from(COUNTRY.states), st.sampled_from(["es", "en"]))
def test_a_name_leads_back_to_its_code(item: State, language: Language) -> None:
    """Every name that is printed can be read again, in both languages."""
    assert COUNTRY.normalise(COUNTRY.place_name(item.code, language)) == item.code


def test_a_code_of_no_state_is_an_error() -> None:
    """Names are given for known codes only; cases without a state have a name of their own."""
    assert COUNTRY.place_name("unknown", "en") == "State unknown"
    with pytest.raises(PlaceError, match="'CHP' is not the ISO 3166-2 code of a Mexican state"):
        COUNTRY.place_name("CHP", "es")


def test_a_place_is_the_country_or_one_of_its_states() -> None:
    """What is not known is no place, and neither are letters without their prefix."""
    assert all(map(COUNTRY.is_place, ["MEX", "MX-MEX", COUNTRY.example]))
    assert not any(map(COUNTRY.is_place, ["CHP", "unknown", "GTM", ""]))


@pytest.mark.parametrize("words", [COUNTRY.name, COUNTRY.series, COUNTRY.by_state, COUNTRY.disclaimer, COUNTRY.tags])
def test_what_names_the_country_stands_in_both_languages(words: dict[Language, str]) -> None:
    """Each language has its words."""
    assert list(words) == list(LANGUAGES)
    assert all(words.values())
