"""What two editions of a briefing say differently: figures revised, figures of a newer period, figures new or gone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from analysis.build.published import Fact
from analysis.report.facts import Derivation

Kind = Literal["revised", "newer", "appeared", "disappeared"]


@dataclass(frozen=True)
class Difference:
    """One figure that differs between two editions.

    Attributes:
        kind: ``revised``: the same quantity of the same period has another value. ``newer``: the same place of the
            briefing speaks of another period, or of another quantity. ``appeared`` and ``disappeared``: only one
            edition has it.
        before: the fact in the earlier edition; None for what appeared.
        now: the fact in the later edition; None for what disappeared.
    """

    kind: Kind
    before: Fact | None
    now: Fact | None


def differences(before: Sequence[Fact], now: Sequence[Fact]) -> list[Difference]:
    """Return how the facts of two editions differ, each figure once, in the order of the later edition.

    A figure is what follows from one derivation, which says of what place; it may be printed more than once. What is
    alike in both is not returned.

    Args:
        before: the facts of the earlier edition.
        now: the facts of the later one.
    """
    earlier, later = _by_figure(before), _by_figure(now)
    left = {figure: fact for figure, fact in earlier.items() if figure not in later}
    found = []
    for figure, fact in later.items():
        if figure in earlier:
            if earlier[figure].value != fact.value:
                found.append(Difference("revised", earlier[figure], fact))
        elif followed := next((old for old, given in left.items() if _slot(given) == _slot(fact)), None):
            found.append(Difference("newer", left.pop(followed), fact))
        else:
            found.append(Difference("appeared", None, fact))
    return [*found, *(Difference("disappeared", fact, None) for fact in left.values())]


def shared(before: Sequence[Fact], now: Sequence[Fact]) -> int:
    """Return how many figures, of the same period, are in both editions."""
    return len(_by_figure(before).keys() & _by_figure(now).keys())


def _by_figure(facts: Sequence[Fact]) -> dict[str, Fact]:
    """Facts by what they follow from; of one that is printed again, the first."""
    found: dict[str, Fact] = {}
    for fact in facts:
        found.setdefault(_key(fact), fact)
    return found


def _key(fact: Fact) -> str:
    """What a figure follows from; of one that says nothing of it, where it stands."""
    followed = None if fact.derivation in (None, Derivation()) else fact.derivation
    return json.dumps(followed or [*_slot(fact), fact.geography], default=msgspec.to_builtins, sort_keys=True)


def _slot(fact: Fact) -> tuple[str, str]:
    return fact.where, fact.name
