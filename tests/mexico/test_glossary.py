"""Terms and acronyms are defined once, and a text has those that it uses."""

from __future__ import annotations

from analysis.foundation.words import LANGUAGES
from analysis.mexico import COUNTRY
from analysis.mexico.glossary import _glossary


def test_a_text_has_the_terms_and_acronyms_that_it_uses() -> None:
    """As words, not as letters inside others; acronyms in the order of the alphabet."""
    spanish = "Las solicitudes de asilo que la COMAR recibe; el ACNUR cuenta eventos. COMARCA."
    assert [entry.name for entry in COUNTRY.terms_in(spanish, "es")] == ["Solicitud", "Evento"]
    assert [entry.name for entry in COUNTRY.acronyms_in(spanish, "es")] == ["ACNUR", "COMAR"]
    (unhcr,) = COUNTRY.acronyms_in("UNHCR counts claims.", "en")
    assert (unhcr.name, unhcr.means) == ("UNHCR", "UN Refugee Agency")
    assert COUNTRY.terms_in("Nada.", "es") == COUNTRY.acronyms_in("Nada.", "es") == []


def test_each_entry_is_whole_and_stands_once() -> None:
    """Both languages, no name twice, and no full stop that the page would double."""
    for kind in ("term", "acronym"):
        entries = _glossary()[kind]
        for language in LANGUAGES:
            names = [entry[language] for entry in entries]
            assert len({*names}) == len(names)
            assert all(entry[f"means_{language}"] for entry in entries)
    assert not any(entry["means_es"].endswith(".") for entry in _glossary()["acronym"])
