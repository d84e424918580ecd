"""Strict check of the parameters of a report, before any kernel starts.

Papermill itself only warns of an unknown name and never looks at a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from analysis.export.notebooks import Parameter, Value
from analysis.foundation.errors import ParametersError
from analysis.foundation.words import LANGUAGES
from analysis.mexico import COUNTRY, PlaceError
from analysis.values.quantities import iso_date

REQUIRED: Final = ("language", "as_of", "geography")
STATES: Final = "states"
"""In the comment of `geography`, stands for all states."""


def check_parameters(declared: Mapping[str, Parameter], given: Mapping[str, Value], report: str) -> dict[str, Value]:
    """Return the full set of parameters of a report: its defaults and what was given.

    Raises:
        ParametersError: if a name is unknown, a type is wrong, a value is not allowed, or the notebook does not
            declare one of language, as_of and geography.
    """
    for name in REQUIRED:
        if name not in declared:
            raise ParametersError(f"{report} does not declare the parameter '{name}': add it to its cell of parameters")
    for name in given:
        if name not in declared:
            near = get_close_matches(name, declared, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"it has {', '.join(declared)}"
            raise ParametersError(f"{report} has no parameter '{name}': {hint}")
    merged = {name: given.get(name, parameter.default) for name, parameter in declared.items()}
    for name, value in merged.items():
        _check_value(declared[name], value, report)
    return merged


def _check_value(parameter: Parameter, value: Value, report: str) -> None:
    name = parameter.name
    fits = type(value) is parameter.type or (parameter.type is float and type(value) is int)
    if not fits:
        found = f"{value!r}, of type {type(value).__name__}"
        raise ParametersError(f"{report}: parameter '{name}' is {found}: it must be {parameter.type.__name__}")
    if name == "as_of":
        _check_date(parameter, str(value), report)
    elif name == "geography":
        _check_geography(parameter, str(value), report)
    elif name == "language" and value not in LANGUAGES:
        raise ParametersError(f"{report}: language '{value}' does not exist: it must be one of {', '.join(LANGUAGES)}")
    elif parameter.allowed and str(value) not in parameter.allowed:
        raise ParametersError(
            f"{report}: parameter '{name}' is {value!r}: it must be one of {', '.join(parameter.allowed)}"
        )


def _check_date(parameter: Parameter, value: str, report: str) -> None:
    try:
        iso_date(value)
    except ValueError:
        raise ParametersError(f"{report}: as_of '{value}' is not a date: write it as 2026-06-30") from None
    if value < parameter.earliest:
        raise ParametersError(f"{report}: as_of '{value}' is before its data: it must be {parameter.earliest} or later")


def _check_geography(parameter: Parameter, value: str, report: str) -> None:
    if not COUNTRY.is_place(value):
        wanted = f"it must be {COUNTRY.code} or a state such as {COUNTRY.example}{_hint(value)}"
        raise ParametersError(f"{report}: geography '{value}' does not exist: {wanted}")
    allowed = parameter.allowed
    if allowed and value not in allowed and not (value != COUNTRY.code and STATES in allowed):
        raise ParametersError(
            f"{report}: there is no edition for {value}: geography must be one of {', '.join(allowed)}"
        )


def _hint(geography: str) -> str:
    """A state that may have been meant: by its name, or by a code close to it."""
    try:
        return f" (did you mean {COUNTRY.normalise(geography)}?)"
    except PlaceError:
        near = get_close_matches(geography, sorted(COUNTRY.state_codes), 1, cutoff=0.8)
        return f" (did you mean {near[0]}?)" if near else ""
