"""What was measured: all repetitions of each way, and figures from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median


class MissingError(Exception):
    """A figure that was not measured; the message says why."""


@dataclass
class Result:
    """What was measured of one way, or why it was not."""

    seconds: list[float] = field(default_factory=list)
    peak: float | None = None  # MiB
    reports: int = 0
    missing: str = ""

    @property
    def median(self) -> float:
        """The median of its times."""
        return median(self.seconds)


@dataclass(frozen=True)
class Results:
    """The results of one run of the benchmark, by name of the way."""

    by_name: Mapping[str, Result]
    cores: int

    def seconds(self, name: str) -> float:
        """Return the median time of a way.

        Raises:
            MissingError: if it was not measured.
        """
        return self._measured(name).median

    def each(self, name: str) -> float:
        """Return the median time of a way for each of its reports."""
        return self.seconds(name) / self._measured(name).reports

    def memory(self, name: str) -> float:
        """Return the peak memory of a way, in MiB.

        Raises:
            MissingError: if it was not measured.
        """
        peak = self._measured(name).peak
        if peak is None:
            raise MissingError(f"memory of {name} not measured")
        return peak

    def floor(self) -> float:
        """Return the least that cells, HTML and PDF can take, shared out to all cores without loss."""
        return sum(self.seconds(f"floor-{part}") for part in ("cells", "html", "pdf")) / self.cores

    def slope(self, few: str, many: str) -> float:
        """Return the seconds that one more report takes, between two ways of which one makes more reports."""
        fewer, more = self._measured(few), self._measured(many)
        return (more.median - fewer.median) / (more.reports - fewer.reports)

    def paid_once(self, few: str, many: str) -> float:
        """Return the seconds that a build takes however many its reports are."""
        return self.seconds(few) - self.slope(few, many) * self._measured(few).reports

    def _measured(self, name: str) -> Result:
        result = self.by_name.get(name)
        if result is None or not result.seconds:
            reason = result.missing if result and result.missing else f"{name} not measured"
            raise MissingError(reason)
        return result
