"""The library's fixed words."""

from string import Formatter

import pytest

from analysis.foundation.words import _WORDS, LANGUAGES, Language, word


@pytest.mark.parametrize(
    ("key", "spanish", "english"),
    [
        ("no_data", "s/d", "n/a"),
        ("preliminary", "preliminar", "preliminary"),
        ("figure", "Gráfica", "Chart"),
        ("table", "Cuadro", "Table"),
        ("source", "Fuente", "Source"),
        ("too_few", "–", "–"),
        ("draft", "borrador", "draft"),
    ],
)
def test_a_word_in_both_languages(key: str, spanish: str, english: str) -> None:
    """A word is written as the reports of each language write it."""
    assert (word(key, "es"), word(key, "en")) == (spanish, english)


@pytest.mark.parametrize("key", sorted(_WORDS))
def test_both_languages_take_the_same_values(key: str) -> None:
    """Each word stands in both languages, says something, and has the same gaps to fill."""
    gaps = [{name for _, name, _, _ in Formatter().parse(word(key, language))} for language in LANGUAGES]
    assert all(word(key, language).strip() for language in LANGUAGES)
    assert gaps[0] == gaps[1]


def test_an_unknown_word_is_named() -> None:
    """A key that does not exist is named in the error."""
    with pytest.raises(KeyError, match="colour"):
        word("colour", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_put_people_first(language: Language) -> None:
    """No fixed word calls a person or their stay illegal."""
    assert not any("ilegal" in word(key, language) or "illegal" in word(key, language) for key in _WORDS)
