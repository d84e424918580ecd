"""The federal entities, as `states.csv` has them."""

import pytest

from analysis.mexico import COUNTRY

STATES = COUNTRY.states


def test_thirty_two_states_in_the_order_of_inegi() -> None:
    """The codes of INEGI run from 01 to 32 and every code and name is there once."""
    assert [item.inegi_code for item in STATES] == [f"{number:02d}" for number in range(1, 33)]
    for attribute in ("code", "name", "short_name", "letters"):
        assert len({getattr(item, attribute) for item in STATES}) == 32


@pytest.mark.parametrize(
    ("code", "inegi_code", "name", "short_name", "letters"),
    [
        ("MX-COA", "05", "Coahuila de Zaragoza", "Coahuila", "COA"),
        ("MX-CHP", "07", "Chiapas", "Chiapas", "CHP"),
        ("MX-CMX", "09", "Ciudad de México", "Ciudad de México", "CMX"),
        ("MX-MEX", "15", "México", "Estado de México", "MEX"),
        ("MX-VER", "30", "Veracruz de Ignacio de la Llave", "Veracruz", "VER"),
    ],
)
def test_a_state_has_codes_and_names(code: str, inegi_code: str, name: str, short_name: str, letters: str) -> None:
    """A state is found by its ISO code."""
    found = COUNTRY.state(code)
    assert (found.inegi_code, found.name, found.short_name, found.letters) == (
        inegi_code,
        name,
        short_name,
        letters,
    )


def test_each_state_has_one_tile() -> None:
    """No two on one place, inside six rows and ten columns, and in the order in which they are read."""
    places = [(state.row, state.column) for state in COUNTRY.tiles]
    assert len(set(places)) == 32
    assert places == sorted(places)
    assert all(0 <= row < 6 and 0 <= column < 10 for row, column in places)
