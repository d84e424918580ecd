"""The leaflet put to the test: what it said, what the data say for that date, what they say now, and the verdict.

The rule, one for all statements: **the same source, the same population and, for a closed period, what that source
published on it.** Where the source counts that period otherwise in the version held today, this is told beside it and
decides nothing: who quotes a figure is not wrong because it was corrected later. A statement that cites no source is
compared with one official series named beforehand, and the briefing says which; where no series measures what it says,
it is not verifiable. One that only says that something exists is shown as such.

`data/compiled/leaflet_claims.csv` holds each statement with what it is compared with. `evidence` takes then and now
from that one series and `verdict` applies the rule. Nothing here knows the answer: another date may give another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import pandas as pd

from analysis.foundation.errors import QuantityError
from analysis.package.periods import Spans
from analysis.package.table import Table
from analysis.values.measures import share
from analysis.values.periods import shortest_span
from analysis.values.quantities import Quantity

Verdict = Literal["confirmed", "differs", "superseded", "exists", "not_verifiable"]
VERDICTS: Final[tuple[Verdict, ...]] = ("confirmed", "differs", "superseded", "exists", "not_verifiable")

_LEAFLET_YEAR: Final = 2020
_TIME: Final = frozenset({"year", "month", "period_start", "period_end"})

Read = Callable[[str], Table]


@dataclass(frozen=True)
class Series:
    """The one series that a statement is compared with, as its row names it beforehand.

    Attributes:
        table: name of the table.
        column: the column that is summed.
        where: the values that choose its rows, by column; nothing about the period.
        whole: the series of which it is a share; None where it is no share.
    """

    table: str
    column: str
    where: Mapping[str, list[str]]
    whole: Series | None = None

    @staticmethod
    def parse(written: str) -> Series:
        """Read ``table.column key=a,b key=c``, with `` of `` and another one behind it for a share.

        Raises:
            QuantityError: if it is not written so, or chooses a period.
        """
        part, _, whole = written.partition(" of ")
        name, *conditions = part.split(" ")
        table, dot, column = name.partition(".")
        where = dict(condition.split("=", 1) for condition in conditions if "=" in condition)
        if not dot or len(where) != len(conditions) or _TIME & where.keys():
            raise QuantityError(f"'{written}' names no series: write 'table.column key=value', without a period")
        chosen = {key: values.split(",") for key, values in where.items()}
        return Series(table, column, chosen, Series.parse(whole) if whole else None)

    def at(self, read: Read, period: str) -> Quantity:
        """Return its value for an ISO period, a half-year where the table holds halves of years."""
        table = read(self.table)
        when: dict[str, Any] = {"period": period} if isinstance(table.metadata.period, Spans) else {}
        found = table.total(self.column, **(when or {"year": int(period[:4])}), **self._chosen)
        value = replace(found, period=period)
        return value if self.whole is None else share(value, self.whole.at(read, period))

    def years(self, read: Read) -> list[str]:
        """Complete years in sight for which it has a row, ascending."""
        table = read(self.table)
        rows = table.frame
        for column, values in self.where.items():
            rows = rows[rows[column].isin(values)]
        if isinstance(table.metadata.period, Spans):
            return _whole_years(rows["period_start"], rows["period_end"])
        return [str(year) for year in table.years if year in set(rows["year"])]

    def gave(self, derivation: Mapping[str, Any]) -> bool:
        """Whether a number was taken from this series, whatever its period."""
        if self.whole is not None:
            parts = derivation.get("of", [])
            alone = replace(self, whole=None)
            return derivation.get("op") == "share" and alone.gave(parts[0]) and self.whole.gave(parts[1])
        where = {key: wanted for key, wanted in derivation.get("where", {}).items() if key not in _TIME}
        return (derivation.get("table"), derivation.get("column"), where) == (self.table, self.column, self._chosen)

    @property
    def _chosen(self) -> dict[str, str | list[str]]:
        return {key: values if len(values) > 1 else values[0] for key, values in self.where.items()}


@dataclass(frozen=True)
class Finding:
    """What the data say on one statement at one time: a value, and what it is compared with where it is a change."""

    value: Quantity
    before: Quantity | None = None

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return self.value.value is not None and (self.before is None or self.before.value is not None)

    @property
    def quantities(self) -> list[Quantity]:
        """The value and what it is compared with."""
        return [self.value] if self.before is None else [self.value, self.before]


@dataclass(frozen=True)
class Evidence:
    """What the data say for the date that the leaflet speaks of, and what they say now; None where nothing does.

    `in_use` is what the source says of a closed period in the version held today: it is told and decides nothing.
    """

    then: Finding | None = None
    now: Finding | None = None
    in_use: Quantity | None = None

    @property
    def quantities(self) -> list[Quantity]:
        """Every quantity that a verdict may rest on."""
        return [q for finding in (self.then, self.now) if finding is not None for q in finding.quantities]


@dataclass(frozen=True)
class Claim:
    """One statement, or one part of it, with its evidence and verdict.

    Attributes:
        row: the row of ``leaflet_claims``: topic and wording in both languages, series, rule, reason.
        claimed: the value stated; without value where the leaflet gives no figure.
        evidence: what the data say.
        verdict: what follows from the rule.

    Raises:
        QuantityError: if then or now are not of the series that its row names, or a closed period has another one.
    """

    row: Mapping[str, Any]
    claimed: Quantity
    evidence: Evidence
    verdict: Verdict

    def __post_init__(self) -> None:
        others = [q for q in self.evidence.quantities if q.period != self.row["period"]]
        if self.row["scope"] == "period" and (others or self.evidence.now is not None):
            raise QuantityError(f"{self.key} speaks of a closed period: no other one is set beside it")
        named = str(self.row["compared_with"])
        for quantity in self.evidence.quantities:
            if not named or not Series.parse(named).gave(quantity.derivation):
                other = " and ".join(quantity.tables)
                raise QuantityError(f"{self.key} is compared with '{named or 'nothing'}', not with another of {other}")

    @property
    def key(self) -> str:
        """Number and part, as ``S01a``."""
        return f"{self.row['claim_id']}{self.row['part']}"

    @property
    def decisive(self) -> Finding | None:
        """What the verdict rests on: the data of the closed period, or the latest; None where there are none."""
        return decisive(str(self.row["scope"]), self.evidence)

    @property
    def derivation(self) -> dict[str, Any]:
        """How to reach its verdict again from the tables: the rule, the value stated and the evidence."""
        found = {"then": self.evidence.then, "now": self.evidence.now}
        return {
            **{key: self.row[key] for key in ("claim_id", "part")},
            **{key: _proof(finding) for key, finding in found.items()},
        }


def claims(read: Read) -> list[Claim]:
    """Return every part of every statement with its verdict, in the order of the leaflet.

    Args:
        read: gives a table by name, as seen on the date of the briefing.
    """
    table = read("leaflet_claims")
    return [_claim(table, dict(row), read) for row in table.frame.to_dict("records")]


def _claim(table: Table, row: Mapping[Any, Any], read: Read) -> Claim:
    stated = table.total("value_claimed", claim_id=row["claim_id"], part=row["part"])
    # The column holds values of many units, so the unit stands in the row.
    claimed = replace(stated, unit=str(row["unit"]), period=str(row["period"]))
    found = evidence(row, read)
    limit = float(row["rule_value"])
    return Claim(row, claimed, found, verdict(str(row["rule"]), str(row["scope"]), limit, claimed, found))


def evidence(row: Mapping[Any, Any], read: Read) -> Evidence:
    """Return what the series of a statement says; nothing where no series measures what it says.

    For a closed period that is its value of that period, and beside it the one in the version held today where the row
    names it. For the present it is the last complete year up to that of the leaflet and the last in sight, each with
    the one before where the statement is that something rises.

    Args:
        row: the row of ``leaflet_claims``.
        read: gives a table by name, as seen on the date of the briefing.
    """
    if not row["compared_with"]:
        return Evidence()
    series = Series.parse(str(row["compared_with"]))
    if row["scope"] == "period":
        period, held = str(row["period"]), row["version_in_use"]
        in_use = Series.parse(str(held)).at(read, period) if held else None
        return Evidence(then=Finding(series.at(read, period)), in_use=in_use)
    length = 2 if row["rule"] == "rise" else 1
    years = series.years(read)

    def last(known: list[str]) -> Finding | None:
        if len(known) < length:
            return None
        *before, value = (series.at(read, year) for year in known[-length:])
        return Finding(value, *before)

    return Evidence(then=last([year for year in years if int(year) <= _LEAFLET_YEAR]), now=last(years))


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
    bearing = decisive(scope, found)
    if rule == "none" or bearing is None:
        return "not_verifiable"
    if _supports(rule, limit, claimed, bearing):
        return "exists" if rule == "exists" else "confirmed"
    once = found.then is not None and found.then.known and _supports(rule, limit, claimed, found.then)
    return "superseded" if once else "differs"


def statements(found: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Return the parts of each statement by its number, in the order of the leaflet."""
    parts: dict[str, list[Claim]] = {}
    for claim in found:
        parts.setdefault(str(claim.row["claim_id"]), []).append(claim)
    return parts


def count(found: Sequence[Claim], wanted: Verdict) -> Quantity:
    """Number of whole statements with a verdict, with all that is needed to count them again."""
    whole = statements(found).values()
    value = sum(worst(part.verdict for part in parts) == wanted for parts in whole)
    derivation = {"op": "count_verdicts", "verdict": wanted, "of": [[part.derivation for part in w] for w in whole]}
    tables = dict.fromkeys(name for claim in found for q in claim.evidence.quantities for name in q.tables)
    return Quantity(float(value), "statements", "2020", tables=("leaflet_claims", *tables), derivation=derivation)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a whole statement from those of its parts: what never agreed weighs most."""
    order: tuple[Verdict, ...] = ("differs", "superseded", "not_verifiable", "exists", "confirmed")
    return min(verdicts, key=order.index)


def decisive(scope: str, found: Evidence) -> Finding | None:
    """Return what decides: for a closed period the data of that period, else the latest that are known."""
    then, now = (f if f is not None and f.known else None for f in (found.then, found.now))
    return then if scope == "period" else now or then


def _proof(finding: Finding | None) -> list[dict[str, Any]]:
    """Derivations of a value and of what it is compared with; none where there is no figure."""
    if finding is None or not finding.known:
        return []
    return [dict(q.derivation) for q in finding.quantities]


def _supports(rule: str, limit: float, claimed: Quantity, found: Finding) -> bool:
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


def _whole_years(starts: pd.Series[Any], ends: pd.Series[Any]) -> list[str]:
    """The whole years among some spans, ascending."""
    spans = {shortest_span(start.date(), end.date()) for start, end in zip(starts, ends, strict=True)}
    return sorted(span for span in spans if len(span) == len("2020"))
