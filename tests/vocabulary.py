"""Write docs/vocabulary.md again: `python -m tests.vocabulary`. The words for numbers, from values/vocabulary.toml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from analysis.values.quantities import MINUS
from analysis.values.vocabulary import KINDS, Kind, phrases

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "vocabulary.md"
_ABOUT: Final[dict[Kind, str]] = {
    "fraction": "`:fraction` — a share, in per cent · una proporción, en por ciento",
    "trend": "`:trend`, and `:trends` after a subject in the plural — a change, in per cent · un cambio, en por ciento",
    "size": "`:size` — a change without its sign, in per cent · un cambio sin su signo, en por ciento",
}
_HEAD: Final = """# The vocabulary · El vocabulario

Words for numbers, and the numbers for which each is true: from the first to the last, both included, rounded to one
decimal. A number in no band is written as a number; of a trend, with its verb (*subió 15%*, *rose by 15 per cent*).

Palabras que dicen números, y los números de los que cada una es cierta: del primero al último, ambos incluidos,
redondeados a un decimal. Un número fuera de ellas se escribe con cifras; el de un cambio, con su verbo (*subió 15%*).

Written by `python -m tests.vocabulary` from `src/analysis/values/vocabulary.toml`.
"""


def page() -> str:
    """Return the page: one table a kind, in both languages."""
    return "\n".join([_HEAD, *(line for kind in KINDS for line in _table(kind))])


def _table(kind: Kind) -> Iterator[str]:
    yield f"## {_ABOUT[kind]}\n"
    yield "| from · de | to · a | español | English |\n| ---: | ---: | --- | --- |"
    for phrase in phrases(kind):
        spanish = f"{phrase.es} · {phrase.plural}" if phrase.plural else phrase.es
        yield f"| {_written(phrase.low)} | {_written(phrase.high)} | {spanish} | {phrase.en} |"
    yield ""


def _written(number: float) -> str:
    return f"{number:.1f}".replace("-", MINUS)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
