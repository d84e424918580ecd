"""Statements put to the test: what was said, what the data say for that date, what they say now, and the verdict.

The rule, one for all statements: **the same source, the same population and, for a closed period, what that source
published on it.** Where the source counts that period otherwise in the version held today, this is told beside it and
decides nothing: who quotes a figure is not wrong because it was corrected later. A statement that cites no source is
compared with one official series named beforehand, and the briefing says which; where no series measures what it says,
it is not verifiable. One that only says that something exists is shown as such.

A table of the data package holds each statement with what it is compared with. Then and now are taken from that one
series and `verdict` applies the rule. Nothing here knows the answer: another date may give another one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import msgspec

from analysis.foundation.errors import QuantityError
from analysis.package.table import Table
from analysis.report.evidence import Evidence, Observation, Read, Statement, evidence
from analysis.values.quantities import Quantity
from analysis.values.texts import Word

Verdict = Literal["confirmed", "differs", "superseded", "exists", "not_verifiable"]
VERDICTS: Final[tuple[Verdict, ...]] = ("confirmed", "differs", "superseded", "exists", "not_verifiable")
_WORST_FIRST: Final[tuple[Verdict, ...]] = ("differs", "superseded", "not_verifiable", "exists", "confirmed")


@dataclass(frozen=True)
class Claim:
    """One statement, or one part of it, with its evidence and verdict.

    Attributes:
        statement: what it says, and how it is judged.
        claimed: the value stated; without value where no figure is given.
        evidence: what the data say.
        verdict: what follows from the rule.
    """

    statement: Statement
    claimed: Quantity
    evidence: Evidence
    verdict: Verdict

    @property
    def key(self) -> Word:
        """Number and part, as ``S01a``."""
        return Word(f"{self.statement.claim_id}{self.statement.part}", "label")

    @property
    def decisive(self) -> Observation | None:
        """What the verdict rests on: the data of the closed period, or the latest; None where there are none."""
        return self.evidence.decisive(self.statement.scope)

    @property
    def derivation(self) -> dict[str, object]:
        """How to reach its verdict again from the tables: the rule, the value stated and the evidence."""
        return {
            "claim_id": self.statement.claim_id,
            "part": self.statement.part,
            "then": _proof(self.evidence.then),
            "now": _proof(self.evidence.now),
        }


def claims(table: Table, read: Read) -> list[Claim]:
    """Return every part of every statement with its verdict, in the order of the table.

    Args:
        table: the table of statements.
        read: gives a table by name, as seen on the date of the briefing.
    """
    return [_claim(table, _statement(row), read) for row in table.frame.to_dict("records")]


def _statement(row: Mapping[Hashable, Any]) -> Statement:
    return msgspec.convert({**row, "published": row["published"].to_pydatetime()}, Statement)


def _claim(table: Table, statement: Statement, read: Read) -> Claim:
    stated = table.total("value_claimed", claim_id=statement.claim_id, part=statement.part)
    # The column holds values of many units, so the unit stands in the row.
    claimed = replace(stated, unit=statement.unit, period=statement.period)
    found = evidence(statement, read)
    judged = verdict(statement.rule, statement.scope, statement.rule_value, claimed, found)
    return Claim(statement, claimed, found, judged)


def verdict(rule: str, scope: str, limit: float, claimed: Quantity, found: Evidence) -> Verdict:
    """Apply the rule of a statement to what the data say.

    A statement on a closed period stands or falls with what was published on that period; one on the present with the
    latest data. It is superseded only where the data of its own time supported it: else it never agreed.

    Args:
        rule: ``near``, ``near_points``, ``at_least``, ``rise``, ``exists`` or ``none`` (see its descriptor).
        scope: ``period`` or ``present``.
        limit: tolerance in percent or in points, or threshold.
        claimed: the value stated.
        found: what the data say.

    Returns:
        ``confirmed``; ``differs`` (what was published on its period says otherwise or, of the present, so do both the
        data of its time and the latest); ``superseded`` (those of its time supported it, the latest do not); ``exists``
        (it only says that something exists, and there is at least one case); ``not_verifiable`` (no series tells, or
        none does at this date).
    """
    bearing = found.decisive(scope)
    if rule == "none" or bearing is None:
        return "not_verifiable"
    if _supports(rule, limit, claimed, bearing):
        return "exists" if rule == "exists" else "confirmed"
    once = found.then is not None and found.then.known and _supports(rule, limit, claimed, found.then)
    return "superseded" if once else "differs"


def by_number(found: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Return the parts of each statement by its number, in order."""
    parts: dict[str, list[Claim]] = {}
    for claim in found:
        parts.setdefault(claim.statement.claim_id, []).append(claim)
    return parts


def count(found: Sequence[Claim], wanted: Verdict) -> Quantity:
    """Number of whole statements with a verdict, with all that is needed to count them again."""
    whole = by_number(found).values()
    value = sum(worst(part.verdict for part in parts) == wanted for parts in whole)
    derivation = {"op": "count_verdicts", "verdict": wanted, "of": [[part.derivation for part in w] for w in whole]}
    used = (q for claim in found for q in (claim.claimed, *claim.evidence.quantities))
    tables = tuple(dict.fromkeys(name for q in used for name in q.tables))
    year = max(claim.statement.published.year for claim in found)
    return Quantity(float(value), "statements", str(year), tables=tables, derivation=derivation)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a whole statement from those of its parts: what never agreed weighs most."""
    return min(verdicts, key=_WORST_FIRST.index)


def _proof(observed: Observation | None) -> list[Mapping[str, object]]:
    """Derivations of a value and of what it is compared with; none where there is no figure."""
    if observed is None or not observed.known:
        return []
    return [dict(q.derivation) for q in observed.quantities]


def _supports(rule: str, limit: float, claimed: Quantity, found: Observation) -> bool:
    match rule:
        case "near":
            return abs(found.value.number - claimed.number) <= limit / 100 * claimed.number
        case "near_points":
            return abs(found.value.number - claimed.number) <= limit
        case "at_least":
            return found.value >= limit
        case "exists":
            return found.value > 0
        case "rise" if found.before is not None:
            return found.value > found.before
        case _:
            raise QuantityError(f"rule '{rule}' is unknown, or needs a value to compare with")
