"""Countries of the world: their names, their people and their regions."""

import pytest
from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st

from analysis.foundation.words import LANGUAGES
from analysis.mexico.countries import PlaceError, country_name, is_country, people_from, region


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
    ("code", "spanish", "english"),
    [
        ("CUB", "personas cubanas", "people from Cuba"),
        ("USA", "personas estadounidenses", "people from the United States"),
        ("IRN", "personas iraníes", "people from Iran"),
        ("GBR", "personas del Reino Unido", "people from the United Kingdom"),
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


def test_what_is_no_country_has_no_region() -> None:
    """A code of no country is an error, never the group of the others."""
    with pytest.raises(PlaceError):
        region("QQQ")


@given(st.sampled_from(sorted(get_global("territory_aliases"))))
def test_every_country_has_a_name_people_and_a_region(code: str) -> None:
    """Whatever the CLDR knows by three letters has all of them in both languages, or is refused."""
    if is_country(code):
        assert all(country_name(code, language) and people_from(code, language) for language in LANGUAGES)
        assert region(code)
    else:
        with pytest.raises(PlaceError):
            people_from(code, "es")
