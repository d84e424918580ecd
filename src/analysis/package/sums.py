"""The rows of a table as numbers and masks: what a report asks for again and again is made ready once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.package.selection import mask

Rows = npt.NDArray[np.bool_]
"""Which rows of the frame are meant."""
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Covered:
    """A period as a table knows it.

    Attributes:
        rows: those of the period, whatever else they are of.
        label: the ISO period that they cover.
        preliminary: whether it is still running, or its figures are called preliminary.
    """

    rows: Rows
    label: str
    preliminary: bool


class Lookup:
    """The columns and conditions of one frame, each looked at once: sums have most of theirs in common.

    Args:
        frame: the rows; they are never written into.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._masks: dict[str, Rows] = {}
        self._codes: dict[str, tuple[npt.NDArray[np.intp], Mapping[str, int]]] = {}
        self._numbers: dict[str, Numbers] = {}

    def meeting(self, conditions: Mapping[str, Any]) -> Rows:
        """Return which rows meet all conditions."""
        keep = np.ones(len(self._frame), dtype=bool)
        for column, wanted in conditions.items():
            told = f"{column} {wanted!r}"
            if told not in self._masks:
                self._masks[told] = self._met(column, wanted)
            keep &= self._masks[told]
        return keep

    def _met(self, column: str, wanted: Any) -> Rows:
        """Which rows meet one condition; a column of texts is looked through once for all that it may be asked for."""
        if isinstance(wanted, str) and self._is_text(column):
            codes, code_of = self._codes[column]
            return np.asarray(codes == code_of.get(wanted, len(codes)), dtype=bool)
        if type(wanted) is int and pd.api.types.is_numeric_dtype(self._frame[column].dtype):
            return np.asarray(self.numbers(column) == wanted, dtype=bool)
        return mask(self._frame, {column: wanted})

    def _is_text(self, column: str) -> bool:
        """Whether a column is one of texts, of which each is then known by its place."""
        if column not in self._codes and pd.api.types.is_string_dtype(self._frame[column].dtype):
            codes, texts = pd.factorize(self._frame[column])
            self._codes[column] = codes, {text: code for code, text in enumerate(texts)}
        return column in self._codes

    def numbers(self, column: str) -> Numbers:
        """Return the numbers of a column; not a number where a cell is empty."""
        if column not in self._numbers:
            self._numbers[column] = self._frame[column].to_numpy(dtype=float, na_value=np.nan)
        return self._numbers[column]
