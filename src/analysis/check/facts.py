"""The proof that every number that a briefing prints follows from the tables.

`recompute` reads the CSV files with the standard library and follows the derivation of a fact; it shares no code with
the tables and measures that made it, so that the two can disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from analysis.check.recount import Recount
from analysis.foundation.errors import DAMAGED
from analysis.package.cells import Cells
from analysis.report.facts import Condition, Derivation, Part, PlacedFact, Range

_TOLERANCE: Final = 1e-9


def wrong_facts(facts: Sequence[PlacedFact], data_folder: Path) -> list[str]:
    """Return one sentence for each fact that the tables do not give; empty when all agree.

    A number withheld because its cases are too few, or because it would compare what was counted in two ways, is not
    compared: the tables do give one, the briefing must not.
    """
    tables = _Tables(data_folder)
    return [problem for number, placed in enumerate(facts, 1) if (problem := _wrong(number, placed, tables))]


def _wrong(number: int, placed: PlacedFact, tables: _Tables) -> str | None:
    fact = placed.fact
    try:
        if fact.missing in {"too_few", "break"} and fact.value is None:
            return None
        found = _follow(fact.derivation, tables) if fact.derivation != Derivation() else None
        if _agree(found, fact.value):
            return None
        return f"{placed.where}, {placed.name}: printed {fact.value}, but the tables now give {found}"
    except DAMAGED as error:
        return (
            f"fact {number} cannot be followed to the tables ({type(error).__name__}: {error}): run the notebook again"
        )


def recompute(derivation: Derivation, data_folder: Path) -> float | None:
    """Compute a number from the CSV files alone, following its derivation.

    Raises:
        ValueError: if the derivation names an unknown operation.
    """
    return _follow(derivation, _Tables(data_folder))


class _Tables(Cells):
    """The rows of the tables as text, and the tables counted again."""

    def __init__(self, data_folder: Path) -> None:
        super().__init__(data_folder)
        self.recount = Recount(self)


def _follow(derivation: Derivation, tables: _Tables) -> float | None:
    if derivation.table is not None:
        return _select(derivation, tables)
    if derivation.op == "audit":
        return tables.recount.number(derivation)
    if derivation.op == "count_verdicts":
        whole = [parts for parts in derivation.of or () if isinstance(parts, tuple)]
        return float(sum(_weakest(parts, tables) == derivation.verdict for parts in whole))
    values = [_follow(part, tables) for part in derivation.parts]
    if any(v is None for v in values):
        return None
    numbers = [v for v in values if v is not None]
    match derivation.op:
        case "total":
            return sum(numbers)
        case "difference":
            return numbers[0] - numbers[1]
        case "change":
            return 100 * (numbers[0] / numbers[1] - 1) if numbers[1] else None
        case "share":
            return 100 * numbers[0] / numbers[1] if numbers[1] else None
        case "rate":
            return float(derivation.per or 1) * numbers[0] / numbers[1] if numbers[1] else None
        case "median_size":
            return median(abs(n) for n in numbers)
        case "place":
            return 1 + sum(n > numbers[0] for n in numbers[1:])
        case "derived":
            return derivation.value
        case other:
            raise ValueError(f"unknown operation '{other}' in a derivation")


def _weakest(parts: Sequence[Part], tables: _Tables) -> str:
    """Verdict of a statement: what does not hold weighs more than what cannot be told."""
    verdicts = {_verdict(part, tables) for part in parts}
    return next(v for v in ("differs", "superseded", "not_verifiable", "exists", "confirmed") if v in verdicts)


def _verdict(part: Part, tables: _Tables) -> str:
    """Verdict of one part of a statement: its rule in the table of statements, applied to its evidence.

    Raises:
        ValueError: if it is compared with another series than its row names, or a closed period with a later one.
    """
    row = next(
        r for r in tables.keyed_by("claim_id", "part") if (r["claim_id"], r["part"]) == (part.claim_id, part.part)
    )
    closed = row["scope"] == "period"
    if not all(_is_of(d, row["compared_with"], tables) for d in (*part.then, *part.now)) or (closed and part.now):
        raise ValueError(f"{row['claim_id']}{row['part']} is compared with what its row does not name")
    then, now = ([v for v in (_follow(d, tables) for d in parts) if v is not None] for parts in (part.then, part.now))
    values = then if closed else now or then
    if row["rule"] == "none" or not values:
        return "not_verifiable"
    if _holds_by(row, values):
        return "exists" if row["rule"] == "exists" else "confirmed"
    return "superseded" if then and _holds_by(row, then) else "differs"


def _is_of(derivation: Derivation, named: str, tables: _Tables) -> bool:
    """Whether a number was taken from the series that a row names (`table.column key=a,b`, ` of ` its whole)."""
    series = named.split(" of ")
    selections = derivation.parts if derivation.op == "share" else (derivation,)
    return len(series) == len(selections) and all(
        _written(selection, tables) == {*one.split()} for selection, one in zip(selections, series, strict=True)
    )


def _written(selection: Derivation, tables: _Tables) -> set[str]:
    """The words of a selection as the table of statements writes it, in any order: its period left out."""
    time = tables.period_columns(str(selection.table))
    chosen = {
        f"{column}={','.join(map(str, wanted)) if isinstance(wanted, tuple) else wanted}"
        for column, wanted in (selection.where or {}).items()
        if column not in time
    }
    return {f"{selection.table}.{selection.column}", *chosen}


def _holds_by(row: Mapping[str, str], values: Sequence[float]) -> bool:
    match row["rule"]:
        case "near":
            stated = float(row["value_claimed"])
            return abs(values[0] - stated) <= stated * float(row["rule_value"]) / 100
        case "near_points":
            return abs(values[0] - float(row["value_claimed"])) <= float(row["rule_value"])
        case "at_least":
            return values[0] >= float(row["rule_value"])
        case "rise":
            return values[0] > values[1]
        case "exists":
            return values[0] > 0
        case other:
            raise ValueError(f"unknown rule '{other}' in the statements")


def _select(selection: Derivation, tables: _Tables) -> float | None:
    table, where = str(selection.table), selection.where or {}
    rows = tables.rows(table)
    chosen = [row for row in rows if _meets(row, where)]
    if not chosen:
        period = {c: w for c, w in where.items() if c in tables.period_columns(table)}
        covered = any(_meets(row, period) for row in rows)
        return 0.0 if tables.absent_is_zero(table) and covered else None
    cells = [row[str(selection.column)] for row in chosen]
    return None if "" in cells or _unheard(chosen, where, tables.absent_is_zero(table)) else sum(map(float, cells))


def _unheard(rows: Sequence[Mapping[str, str]], where: Mapping[str, Condition], absent_is_zero: bool) -> bool:
    """Whether a list names a value of which there is no row, which is not zero either."""
    lists = [(column, value) for column, wanted in where.items() if isinstance(wanted, tuple) for value in wanted]
    return not absent_is_zero and any(not any(holds(row[c], value) for row in rows) for c, value in lists)


def _meets(row: Mapping[str, str], where: Mapping[str, Condition]) -> bool:
    return all(holds(row[column], wanted) for column, wanted in where.items())


def holds(text: str, wanted: Condition) -> bool:
    """Whether a cell of a table, as text, is what a derivation selects: a value, one of a list, or within a range."""
    if isinstance(wanted, Range):
        low, high = wanted.low, wanted.high
        if isinstance(low, str) or isinstance(high, str):
            return str(low) <= text <= str(high)
        return low <= float(text) <= high
    if isinstance(wanted, tuple):
        return any(holds(text, item) for item in wanted)
    if isinstance(wanted, bool):
        return text == str(wanted).lower()
    return bool(text == wanted) if isinstance(wanted, str) else text != "" and float(text) == wanted


def _agree(found: float | None, printed: float | None) -> bool:
    if found is None or printed is None:
        return found is printed
    return abs(found - printed) <= _TOLERANCE * max(1.0, abs(found))
