"""Which rows of a table are meant: conditions by column, checked, written as plain JSON, and applied to a frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.package.codes import Codes
from analysis.package.descriptor import DataError
from analysis.package.metadata import NUMBERS, Metadata
from analysis.values.periods import first_day

_PYTHON: Final = {"boolean": (bool,), "integer": (int, float), "number": (int, float)}
"""What values of a column are in Python; texts and days are texts."""


def selection(metadata: Metadata, codes: Codes, column: str, where: Mapping[str, Any]) -> dict[str, Any]:
    """Return the derivation of a sum: plain JSON that selects the same rows from the CSV file.

    Raises:
        DataError: if a column does not exist, or a value is none that its column may have.
    """
    conditions = metadata.period.conditions(where)
    check_columns(metadata, [column, *conditions])
    if metadata.fields[column] not in NUMBERS:
        raise DataError(f"column '{column}' of table {metadata.name} holds no numbers that could be summed")
    told = {name: condition(wanted, metadata.fields[name], name) for name, wanted in conditions.items()}
    for name, wanted in told.items():
        _check_values(metadata, codes, name, wanted)
    return {"table": metadata.name, "column": column, "where": told}


def check_columns(metadata: Metadata, names: Iterable[str]) -> None:
    """Refuse columns that the table has not.

    Raises:
        DataError: if there is one, with the nearest that it has.
    """
    fields = metadata.fields
    for name in names:
        if name not in fields:
            near = get_close_matches(name, fields)
            hint = f"did you mean {' or '.join(near)}?" if near else f"it has {', '.join(fields)}"
            raise DataError(f"table {metadata.name} has no column '{name}': {hint}")


def condition(wanted: Any, kind: str, column: str) -> Any:
    """Write a condition on a column as plain JSON: a value, a list of values, or a range for a pair.

    Raises:
        DataError: if a value is not of the column's type: it would match nothing, without a word.
    """
    if isinstance(wanted, tuple):
        if len(wanted) != 2:
            raise DataError(f"{wanted!r} is no pair (from, to) for column '{column}': write several values as a list")
        first, last = wanted
        return {"from": _plain(first, kind, column), "to": _plain(last, kind, column)}
    if isinstance(wanted, list):
        return [_plain(item, kind, column) for item in wanted]
    return _plain(wanted, kind, column)


def mask(frame: pd.DataFrame, conditions: Mapping[str, Any]) -> npt.NDArray[np.bool_]:
    """Return which rows of a frame meet all conditions, in order; an empty cell meets none but that it be empty."""
    keep = np.ones(len(frame), dtype=bool)
    for name, wanted in conditions.items():
        met = _meets(frame[name], wanted)
        keep &= np.asarray(met if met.dtype == bool else met.fillna(False), dtype=bool)
    return keep


def _meets(values: pd.Series[Any], wanted: Any) -> pd.Series[Any]:
    if isinstance(wanted, dict):
        return values.between(wanted["from"], wanted["to"])
    if isinstance(wanted, list):
        return values.isin(pd.to_datetime(wanted) if pd.api.types.is_datetime64_any_dtype(values) else wanted)
    empty = wanted == "" and values.dtype != object and not pd.api.types.is_string_dtype(values)
    return values.isna() if empty else values == wanted


def selections(derivations: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the selections of rows that derivations rest on."""
    for derivation in derivations:
        if not isinstance(derivation, Mapping):  # the parts of a statement, which have tables of their own
            continue
        if "table" in derivation:
            yield derivation
        yield from selections(derivation.get("of", ()))


def _check_values(metadata: Metadata, codes: Codes, column: str, wanted: Any) -> None:
    """Refuse what the column can never hold: it would be told as nothing, or as zero."""
    values = wanted.values() if isinstance(wanted, Mapping) else wanted if isinstance(wanted, list) else [wanted]
    for value in values:
        if not codes.know(column, value):
            hint = codes.hint(column, value)
            raise DataError(f"'{value}' is no value of column '{column}' of table {metadata.name}: {hint}")


def _plain(value: Any, kind: str, column: str) -> Any:
    """Write a value as the CSV file does: months as their first day, nothing as an empty cell."""
    if value is None or value is pd.NaT:
        return ""
    plain = value.item() if hasattr(value, "item") else value
    try:
        if kind == "date":
            text = plain if isinstance(plain, str) else pd.Timestamp(plain).date().isoformat()
            return first_day(text).isoformat()
    except ValueError as error:
        raise DataError(str(error)) from None
    if not isinstance(plain, _PYTHON.get(kind, str)) or (isinstance(plain, bool) and kind != "boolean"):
        raise DataError(f"{value!r} is no value of column '{column}', of type {kind}: give one of that type")
    return _bare(plain)


def _bare(plain: Any) -> Any:
    """Return a text or a whole number that knows what it stands for, a code or a year, as that alone."""
    if isinstance(plain, str):
        return str(plain)
    return int(plain) if isinstance(plain, int) and not isinstance(plain, bool) else plain
