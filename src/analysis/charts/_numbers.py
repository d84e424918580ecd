"""How a chart writes its values: with the decimals they need, in millions where long, shortened where narrow."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from analysis.charts.style import text_width
from analysis.foundation.words import Language, word
from analysis.values.quantities import format_millions, format_number, format_visible, needed_decimals

# From here on decimals say nothing on a chart.
_WHOLE: Final = 1000.0
# Ten digits are not read at a glance: from here on a chart writes millions.
_LONG: Final = 1e9
_LETTERS: Final = ((1e9, "billions_letter"), (1e6, "millions_letter"), (1e3, "thousands_letter"))


@dataclass(frozen=True)
class Numbers:
    """How a chart writes its values: language, unit, decimals, and whether long ones are written in millions."""

    language: Language
    unit: str
    decimals: int
    millions: bool = False

    @classmethod
    def of(cls, values: Any, unit: str, language: Language) -> Numbers:
        """Choose what the values need: no decimals where they are whole or large, two digits where all are below 1."""
        known = np.asarray(values, dtype=float).ravel()
        known = known[~np.isnan(known)]
        largest = float(np.abs(known).max(initial=0.0))
        decimals = 0 if largest >= _WHOLE else needed_decimals(known.tolist())
        return cls(language, unit, decimals, unit != "%" and largest >= _LONG)

    def text(self, value: float) -> str:
        """Write a value: 1,712 · 65,000 millones; a share with its sign: 49.1%; s/d where there is none."""
        if np.isnan(value):
            return word("no_data", self.language)
        if self.millions and abs(value) >= 1e6:
            return format_millions(value, self.language, 0 if abs(value) >= _LONG else 1)
        return format_visible(value, self.language, self.decimals) + ("%" if self.unit == "%" else "")

    def ticks(self, ticks: Sequence[float]) -> list[str]:
        """Write the values of an axis; the unit, and millions where they are meant, on the last one only."""
        scaled = [tick / 1e6 for tick in ticks] if self.millions else list(ticks)
        decimals = max((decimals_of(tick) for tick in scaled), default=0)
        texts = [format_number(tick, self.language, decimals) for tick in scaled]
        if texts:
            texts[-1] += self._unit
        return texts

    @property
    def _unit(self) -> str:
        if not self.millions:
            return self.unit if self.unit in {"", "%"} else f" {self.unit}"
        return " " + word("millions_of" if self.unit else "millions", self.language).format(unit=self.unit)

    def fitted(
        self, value: float, room: float, sizes: Sequence[float], *, bold: bool = False
    ) -> tuple[str, float] | None:
        """Return the value and the largest size at which it fits the room, if need be shortened at the smallest."""
        tries = [(self.text(value), size) for size in sizes]
        tries += [(text, sizes[-1]) for text in self._shortened(value)]
        return next(((text, size) for text, size in tries if text_width(text, size, bold=bold) <= room), None)

    def _shortened(self, value: float) -> Iterator[str]:
        """Yield shorter and shorter texts of a value: 65,000M, 65mM · 12.3k, 12k · 12 · <0.01, <0.1."""
        size = abs(value)
        letters = _LETTERS[1::-1] if size >= 999_500 else _LETTERS[2:]
        for unit, letter in letters:
            if size >= 0.9995 * unit:
                for decimals in (1, 0) if size / unit < 99.95 else (0,):
                    yield format_number(value / unit, self.language, decimals) + word(letter, self.language)
        if 1 <= size < 1000:
            yield format_number(value, self.language)
        elif 0 < size < 1:
            for decimals in range(-math.floor(math.log10(size)) - 1, -1, -1):
                yield "<" + format_number(10**-decimals, self.language, decimals)

    def abbreviated(self, value: float) -> str:
        """Write a round value exactly with the letter of its size: 65mM, 2.5M, 10k, 250."""
        unit, letter = next(((u, word(key, self.language)) for u, key in _LETTERS if value >= u), (1.0, ""))
        return format_number(value / unit, self.language, decimals_of(value / unit)) + letter


def decimals_of(number: float) -> int:
    """Return how many decimals a round number has."""
    return len(f"{number:.10f}".rstrip("0").rpartition(".")[2])
