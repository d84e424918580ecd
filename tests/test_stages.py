"""The country and its publishers are named where another mission would replace them, and nowhere else."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis
from analysis.mexico import COUNTRY

LIBRARY = Path(analysis.__file__).parent
REPLACED = (LIBRARY / "mexico", LIBRARY / "sources" / "publishers")
"""The folders that a mission to another country replaces; what they read and write lies outside the library."""
WRITTEN = {".css", ".ipynb", ".j2", ".json", ".lua", ".py", ".toml", ".typ"}
IMPORTED = re.compile(r"\banalysis\.mexico\b")
"""The one name of the country that is allowed: that of the folder."""
NO_BODIES = {"API", "EE", "ONU", "UN", "US", "UU"}


def _of_publishers() -> Iterator[str]:
    """Names of bodies and their acronyms, from the descriptor; those of their folders, from the sources."""
    descriptor = json.loads((LIBRARY.parents[1] / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        for said in (resource["provenance"]["producer"], resource["provenance"]["publisher"]):
            for name in said.values():
                yield re.split(r",| \(|;", name)[0]
                yield from set(re.findall(r"\b[A-Z][A-Z0-9]+\b", name)) - NO_BODIES
    for path in (LIBRARY / "sources" / "publishers").rglob("*.toml"):
        source = tomllib.loads(path.read_text(encoding="utf-8")).get("source_id", "").partition("-")[0]
        if len(source) > 3 and source != "compiled":  # short ones are words, such as us
            yield source


def _any(names: set[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


BODIES = set(_of_publishers()) | {"OIM", "Banxico", "Segob", "SIE", "Bmx"}
STATES = {name for state in COUNTRY.states for name in (state.name, state.short_name, state.english)}
CODES = {state.code for state in COUNTRY.states} | {COUNTRY.code}
NAMED = re.compile(
    # Long ones whatever their case, as in the name of a function; short ones in capitals alone, as IOM.
    rf"(?<![^\W_])(?:(?i:m[ée]xic\w*|{_any({name for name in BODIES if len(name) > 3})})"
    rf"|{_any(STATES | CODES | {name for name in BODIES if len(name) <= 3})}|MX)(?![^\W_])"
)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.relative_to(LIBRARY).as_posix())
        for path in sorted(LIBRARY.rglob("*"))
        if path.suffix in WRITTEN and not any(path.is_relative_to(folder) for folder in REPLACED)
    ],
)
def test_no_line_names_the_country_a_state_or_a_publisher(path: Path) -> None:
    """Neither code nor comments, examples or templates: an example takes the country's own or a neutral code."""
    lines = IMPORTED.sub("", path.read_text(encoding="utf-8")).splitlines()
    assert [f"{number}: {line.strip()}" for number, line in enumerate(lines, 1) if NAMED.search(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        *("in Mexico", "mexicanas", "es-MX", "es_MX", "MEX", "MX-CHP", "Nuevo León", "State of Mexico"),
        *("quoted by IOM", "IDMC's", "def _idmc(", "COMAR", "Banco de México", "World Bank", "unhcr-rdf/x.csv"),
    ],
)
def test_what_must_not_be_named_is_found(line: str) -> None:
    """The country, its states and its publishers, in sentences and in code."""
    assert NAMED.search(line)


@pytest.mark.parametrize("line", ["next", "maximum", "MAX", "complex", "period", "whose", "color", "state", "a.upm_"])
def test_common_words_are_no_names(line: str) -> None:
    """Words that only contain the letters of a name."""
    assert not NAMED.search(line)
