"""The strict check of parameters before a kernel starts."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.build.parameters import check_parameters
from analysis.export.notebooks import Parameter
from analysis.foundation.errors import ParametersError

DECLARED = {
    p.name: p
    for p in (
        Parameter("language", str, "es", ("es", "en")),
        Parameter("as_of", str, "2026-06-30"),
        Parameter("geography", str, "MEX", ("MEX", "states")),
        Parameter("top_n", int, 4, ("3", "4", "5")),
        Parameter("floor", float, 0.5),
        Parameter("maps", bool, True),
    )
}


def test_defaults_are_completed_with_what_is_given() -> None:
    """The result holds every parameter, in the order of the notebook."""
    merged = check_parameters(DECLARED, {"floor": 1, "language": "en"}, "05")
    assert merged == {
        "language": "en",
        "as_of": "2026-06-30",
        "geography": "MEX",
        "top_n": 4,
        "floor": 1,
        "maps": True,
    }
    assert list(merged) == list(DECLARED)


@pytest.mark.parametrize("state", ["MX-CHP", "MX-MEX", "MX-CMX"])
def test_the_word_states_allows_each_of_them(state: str) -> None:
    """A notebook that lists "states" has an edition for every state."""
    assert check_parameters(DECLARED, {"geography": state}, "05")["geography"] == state


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"langauge": "en"}, "05 has no parameter 'langauge': did you mean 'language'?"),
        ({"asof": "2026-06-30"}, "05 has no parameter 'asof': did you mean 'as_of'?"),
        ({"zzz": 1}, "05 has no parameter 'zzz': it has language, as_of, geography, top_n, floor, maps"),
        ({"top_n": "4"}, "05: parameter 'top_n' is '4', of type str: it must be int"),
        ({"top_n": True}, "05: parameter 'top_n' is True, of type bool: it must be int"),
        ({"top_n": 4.0}, "05: parameter 'top_n' is 4.0, of type float: it must be int"),
        ({"maps": 1}, "05: parameter 'maps' is 1, of type int: it must be bool"),
        ({"floor": "0.5"}, "05: parameter 'floor' is '0.5', of type str: it must be float"),
        ({"floor": True}, "05: parameter 'floor' is True, of type bool: it must be float"),
        ({"as_of": 2026}, "05: parameter 'as_of' is 2026, of type int: it must be str"),
        ({"language": None}, "05: parameter 'language' is None, of type NoneType: it must be str"),
        ({"top_n": 6}, "05: parameter 'top_n' is 6: it must be one of 3, 4, 5"),
        ({"language": "fr"}, "05: language 'fr' does not exist: it must be one of es, en"),
        ({"language": "ES"}, "05: language 'ES' does not exist: it must be one of es, en"),
        ({"as_of": "30/06/2026"}, "05: as_of '30/06/2026' is not a date: write it as 2026-06-30"),
        ({"as_of": "2026-02-30"}, "05: as_of '2026-02-30' is not a date: write it as 2026-06-30"),
        ({"as_of": ""}, "05: as_of '' is not a date: write it as 2026-06-30"),
        (
            {"geography": "MX-OAXA"},
            "05: geography 'MX-OAXA' does not exist: it must be MEX or a state such as MX-CHP (did you mean MX-OAX?)",
        ),
        ({"geography": "Chiapas"}, "05: geography 'Chiapas' does not exist: it must be MEX or a state such as MX-CHP"),
        ({"geography": "mex"}, "05: geography 'mex' does not exist: it must be MEX or a state such as MX-CHP"),
    ],
)
def test_what_is_not_allowed_is_named_with_what_is(given: dict[str, Any], message: str) -> None:
    """An unknown name, a wrong type or a value that does not exist stops the report with one sentence."""
    with pytest.raises(ParametersError) as caught:
        check_parameters(DECLARED, given, "05")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", ["language", "as_of", "geography"])
def test_a_notebook_must_declare_language_date_and_place(name: str) -> None:
    """A notebook that lacks one of the three is named with what to add."""
    declared = {k: v for k, v in DECLARED.items() if k != name}
    with pytest.raises(
        ParametersError, match=f"05 does not declare the parameter '{name}': add it to its cell of parameters"
    ):
        check_parameters(declared, {}, "05")


@pytest.mark.parametrize(
    ("allowed", "asked", "message"),
    [
        (("MEX",), "MX-CHP", "there is no edition for MX-CHP: geography must be one of MEX"),
        (("states",), "MEX", "there is no edition for MEX: geography must be one of states"),
        (("MEX", "MX-CHP"), "MX-OAX", "there is no edition for MX-OAX: geography must be one of MEX, MX-CHP"),
    ],
)
def test_a_place_without_edition_is_refused(allowed: tuple[str, ...], asked: str, message: str) -> None:
    """A state that exists but that the notebook does not cover is refused with those it does."""
    declared = DECLARED | {"geography": Parameter("geography", str, allowed[0], allowed)}
    with pytest.raises(ParametersError, match=message):
        check_parameters(declared, {"geography": asked}, "05")


def test_a_language_that_the_notebook_does_not_have_is_refused() -> None:
    """A notebook in one language only refuses the other."""
    declared = DECLARED | {"language": Parameter("language", str, "es", ("es",))}
    with pytest.raises(ParametersError, match="parameter 'language' is 'en': it must be one of es"):
        check_parameters(declared, {"language": "en"}, "05")


def test_the_default_of_a_notebook_is_checked_too() -> None:
    """A default of the wrong type is found before the notebook runs."""
    declared = DECLARED | {"top_n": Parameter("top_n", int, "four")}
    with pytest.raises(ParametersError, match="parameter 'top_n' is 'four', of type str: it must be int"):
        check_parameters(declared, {}, "05")


@pytest.mark.parametrize("spelling", ["20260630", "2026-W27-2"])
def test_a_date_has_one_spelling(spelling: str) -> None:
    """Two spellings of one date would be two editions of one report."""
    with pytest.raises(ParametersError, match="is not a date: write it as 2026-06-30"):
        check_parameters(DECLARED, {"as_of": spelling}, "05")
