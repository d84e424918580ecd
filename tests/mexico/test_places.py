"""Names and codes of places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.foundation.words import Language
from analysis.mexico.places import (
    STATES,
    Gender,
    PlaceError,
    State,
    country_name,
    demonym,
    in_place,
    is_country,
    normalise,
    people_from,
    place_name,
    region,
    region_name,
    state,
)


def test_thirty_two_states_in_the_order_of_inegi() -> None:
    """The codes of INEGI run from 01 to 32 and every code and name is there once."""
    assert [item.inegi_code for item in STATES] == [f"{number:02d}" for number in range(1, 33)]
    for attribute in ("code", "name", "short_name", "tile_code"):
        assert len({getattr(item, attribute) for item in STATES}) == 32


@pytest.mark.parametrize(
    ("code", "inegi_code", "name", "short_name", "tile_code"),
    [
        ("MX-COA", "05", "Coahuila de Zaragoza", "Coahuila", "COA"),
        ("MX-CHP", "07", "Chiapas", "Chiapas", "CHP"),
        ("MX-CMX", "09", "Ciudad de México", "Ciudad de México", "CMX"),
        ("MX-MEX", "15", "México", "Estado de México", "MEX"),
        ("MX-VER", "30", "Veracruz de Ignacio de la Llave", "Veracruz", "VER"),
    ],
)
def test_a_state_has_codes_and_names(code: str, inegi_code: str, name: str, short_name: str, tile_code: str) -> None:
    """A state is found by its ISO code."""
    found = state(code)
    assert (found.inegi_code, found.name, found.short_name, found.tile_code) == (
        inegi_code,
        name,
        short_name,
        tile_code,
    )


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
    assert normalise(text) == code


@pytest.mark.parametrize("text", ["", "Texas", "MX-XXX", "MEX/Texas", "World"])
def test_what_is_no_mexican_place_is_an_error(text: str) -> None:
    """A text that names no Mexican place is quoted, never guessed."""
    with pytest.raises(PlaceError, match="names no Mexican state"):
        normalise(text)


@given(st.sampled_from(STATES), st.sampled_from(["es", "en"]))
def test_a_name_leads_back_to_its_code(item: State, language: Language) -> None:
    """Every name that is printed can be read again, in both languages."""
    assert normalise(place_name(item.code, language)) == item.code


@pytest.mark.parametrize(
    ("code", "spanish", "english"),
    [
        ("MEX", "en México", "in Mexico"),
        ("MX-COA", "en Coahuila", "in Coahuila"),
        ("MX-CMX", "en la Ciudad de México", "in Mexico City"),
        ("MX-MEX", "en el Estado de México", "in the State of Mexico"),
    ],
)
def test_a_place_in_a_sentence(code: str, spanish: str, english: str) -> None:
    """Prepositions and articles are those that each language asks for."""
    assert (in_place(code, "es"), in_place(code, "en")) == (spanish, english)


def test_a_code_of_no_state_is_an_error() -> None:
    """Names are given for known codes only; cases without a state have a name of their own."""
    assert place_name("unknown", "en") == "State unknown"
    with pytest.raises(PlaceError, match="'CHP' is not the ISO 3166-2 code of a Mexican state"):
        place_name("CHP", "es")


@pytest.mark.parametrize(
    ("code", "spanish", "english"),
    [
        ("HTI", "Haití", "Haiti"),
        ("VEN", "Venezuela", "Venezuela"),
        ("BOL", "Bolivia", "Bolivia"),
        ("USA", "Estados Unidos", "United States"),
        ("TUR", "Turquía", "Türkiye"),
        ("COD", "República Democrática del Congo", "Democratic Republic of the Congo"),
        ("COG", "Congo", "Congo"),
        ("NAM", "Namibia", "Namibia"),
        ("TTO", "Trinidad y Tobago", "Trinidad and Tobago"),
        ("UNK", "Desconocida o apátrida", "Unknown or stateless"),
        ("XXA", "Desconocida o apátrida", "Unknown or stateless"),
        ("OOO", "Otras nacionalidades", "Other nationalities"),
    ],
)
def test_country_names(code: str, spanish: str, english: str) -> None:
    """Countries have names in both languages, and so have other and unknown origins."""
    assert (country_name(code, "es"), country_name(code, "en")) == (spanish, english)


@pytest.mark.parametrize("code", ["", "XAA", "ZAR", "QQQ", "CU", "cub", "419"])
def test_what_is_no_country_is_an_error(code: str) -> None:
    """Codes that are reserved, former, short or invented are no countries."""
    assert not is_country(code)
    with pytest.raises(PlaceError):
        country_name(code, "es")


@pytest.mark.parametrize(
    ("code", "gender", "plural", "spanish"),
    [
        ("CUB", "f", True, "cubanas"),
        ("CUB", "m", False, "cubano"),
        ("VEN", "f", True, "venezolanas"),
        ("SEN", "m", True, "senegaleses"),
        ("SEN", "m", False, "senegalés"),
        ("SEN", "f", True, "senegalesas"),
        ("IRN", "f", True, "iraníes"),
        ("NIC", "m", True, "nicaragüenses"),
        ("ESP", "m", True, "españoles"),
        ("KGZ", "f", True, "de Kirguistán"),
        ("GBR", "f", True, "del Reino Unido"),
    ],
)
def test_spanish_demonyms_agree(code: str, gender: Gender, plural: bool, spanish: str) -> None:
    """Gender and number follow Spanish grammar; a country without a demonym gives a phrase."""
    assert demonym(code, "es", gender, plural) == spanish


@pytest.mark.parametrize(
    ("code", "spanish", "english"),
    [
        ("CUB", "personas cubanas", "people from Cuba"),
        ("USA", "personas estadounidenses", "people from the United States"),
        ("DOM", "personas dominicanas", "people from the Dominican Republic"),
        ("KGZ", "personas de Kirguistán", "people from Kyrgyzstan"),
        ("NLD", "personas de los Países Bajos", "people from the Netherlands"),
        (
            "XXA",
            "personas de nacionalidad desconocida o apátridas",
            "people of unknown nationality or stateless",
        ),
        ("OOO", "personas de otras nacionalidades", "people of other nationalities"),
    ],
)
def test_people_of_a_country(code: str, spanish: str, english: str) -> None:
    """The phrase puts people first."""
    assert (people_from(code, "es"), people_from(code, "en")) == (spanish, english)


def test_english_demonyms_do_not_change() -> None:
    """An English adjective has no gender and number."""
    assert demonym("HTI", "en") == demonym("HTI", "en", "m", plural=False) == "Haitian"


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("TUR", "asia"),
        ("GEO", "asia"),
        ("UZB", "asia"),
        ("RUS", "europe_other"),
        ("EGY", "africa"),
        ("HTI", "caribbean"),
        ("MEX", "central_america"),
        ("USA", "north_america"),
        ("GUF", "south_america"),
        ("OOO", "europe_other"),
        ("AUS", "europe_other"),
    ],
)
def test_regions(code: str, key: str) -> None:
    """Regions follow UN M49: the Caucasus and Türkiye are in Asia, Russia in Europe."""
    assert region(code) == key


def test_a_region_has_a_name_and_a_wrong_code_none() -> None:
    """Regions are named in both languages; a code of no country has no region."""
    assert (region_name("south_america", "es"), region_name("south_america", "en")) == (
        "Sudamérica",
        "South America",
    )
    with pytest.raises(PlaceError):
        region("QQQ")
