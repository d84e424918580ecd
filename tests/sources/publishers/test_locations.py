"""The state that a text names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.mexico import COUNTRY
from analysis.mexico.states import State
from analysis.sources.publishers.locations import state_in_text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Río Bravo, near Piedras Negras, Coahuila, Mexico", "MX-COA"),
        ("Guerrero, Coahuila de Zaragoza, México", "MX-COA"),
        ("Piedras Negras, Coahuila, Mexico, located in the Morelos neighborhood", "MX-COA"),
        ("Rio Bravo, Nueva Ciudad Guerrero, Tamaulipas ,Mexico\n", "MX-TAM"),
        ("Ciudad Hidalgo, Chiapas, Mexico", "MX-CHP"),
        ("Tijuana, Baja California, Mexico", "MX-BCN"),
        ("Mexicali, Baja California Norte, Mexico", "MX-BCN"),
        ("Los Cabos, Baja California Sur, Mexico", "MX-BCS"),
        ("Colonia Miguel Hidalgo, Mexico City, Mexico", "MX-CMX"),
        ("Corner of Cristobal Colon in Miguel Hidalgo, Mexico City", "MX-CMX"),
        ("Tizayuca, between Hidalgo and Zumpango, State of Mexico, Mexico", "MX-MEX"),
        ("Train tracks near El Derramadero, Coahuila, Mexico - line to Mexico City", "MX-COA"),
    ],
)
def test_the_state_next_to_the_country_wins(text: str, code: str) -> None:
    """A municipality or street that bears the name of another state does not decide."""
    assert state_in_text(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Río Bravo, Acuña, Cohauila, Mexico", "MX-COA"),
        ("Orizaba, Verucruz, Mexico", "MX-VER"),
        ("Suchiate, Chipas, Mexico", "MX-CHP"),
        ("58260 Morelia, Mich., Mexico", "MX-MIC"),
        ("Calle Azteca Sur, San Luis de Potosí, Mexico", "MX-SLP"),
    ],
)
def test_a_misspelt_state_is_recognised(text: str, code: str) -> None:
    """Misspelt and shortened names are still names."""
    assert state_in_text(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5 km before Sanchez Station, Nuevo Laredo, Mexico", "MX-TAM"),
        ("Calle Hidalgo, Monterrey, Mexico", "MX-NLE"),
        ("Suchiate River", "MX-CHP"),
        ("Near Casa del Migrante, Reynosa", "MX-TAM"),
    ],
)
def test_a_city_stands_for_its_state(text: str, code: str) -> None:
    """A city named alone is enough."""
    assert state_in_text(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mexico (likely)",
        "Various locations in Mexico",
        "Off Mexican coast",
        "Río Bravo, Aguas Calientes, Mexico",
    ],
)
def test_what_cannot_be_placed_is_unknown(text: str) -> None:
    """A text without a state, or one that puts the Rio Bravo where it does not flow, is unknown."""
    assert state_in_text(text) == COUNTRY.unknown_state


def test_a_known_error_of_the_texts_is_corrected() -> None:
    """The Azumbilla road is in Puebla, whatever the text says."""
    assert state_in_text("Federal highway Azumbilla-El Seco, Chiapas, Mexico") == "MX-PUE"


@given(st.text(max_size=80))
def test_any_text_gives_a_state_or_unknown(text: str) -> None:
    """No text makes the reader fail."""
    assert state_in_text(text) in {*COUNTRY.state_codes, COUNTRY.unknown_state}


@given(st.sampled_from(COUNTRY.states), st.sampled_from(["{}, Mexico", "Near the station, {}, México", "{} "]))
def test_every_state_is_found_by_its_name(state: State, pattern: str) -> None:
    """Each of the thirty-two short names is recognised."""
    assert state_in_text(pattern.format(state.short_name)) == state.code
