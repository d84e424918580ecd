"""Write tests/figures.csv again: `python -m tests.figures`. What the briefings print: a diff shows what moved.

The other tests hold words and relations, which a revision of data leaves true; the figures themselves stand here alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.end_to_end.reading import ROOT, TODAY, Read, of_kind, one
from tests.end_to_end.running import elements_run

FIGURES: Final = Path(__file__).with_name("figures.csv")
_HEAD: Final = ("report", "as_of", "geography", "where", "words", "value", "change", "reference")
_LEAFLET: Final = "2020-12-31"
_STATES: Final = {
    "01_labour_migration": ("MX-BCN", "MX-JAL"),
    "02_emergencies": ("MX-CHP", "MX-TLA"),
    "08_integration": ("MX-BCN", "MX-TLA"),
    "09_trafficking_smuggling": ("MX-CMX", "MX-TLA"),
}
"""States whose briefings are kept too: one with much to tell, one with little."""


def moved(report: str) -> list[str]:
    """Return what a report prints and the file lacks, and what the file has and the report prints no more."""
    kept, printed = [row for row in _kept() if row[0] == report], [*figures_of(report)]
    gone = [f"no longer printed: {row}" for row in kept if row not in printed]
    return gone + [f"now printed: {row}" for row in printed if row not in kept]


def figures_of(report: str) -> Iterator[list[str]]:
    """Yield what a report prints: today, at the end of the year of the leaflet, and of some states."""
    for as_of, geography in [(TODAY, "MEX"), (_LEAFLET, "MEX"), *((TODAY, state) for state in _STATES.get(report, ()))]:
        for cells in _printed(elements_run(report, as_of, geography=geography)):
            yield [report, as_of, geography, *cells]


def reports() -> list[str]:
    """Return the names of the reports, in order."""
    return sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


def _kept() -> list[list[str]]:
    with FIGURES.open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file)]


def _printed(elements: list[Read]) -> Iterator[tuple[str, ...]]:
    """Yield headline and lead, the key figures, and the titles of charts, each with its place."""
    headline = one(elements, "headline")
    yield "headline", headline["text"], "", "", ""
    yield "lead", headline["lead"], "", "", ""
    for number, figure in enumerate(one(elements, "key_figures")["figures"], 1):
        yield f"figure {number}", *(figure[part] for part in ("label", "value", "change", "reference"))
    for number, chart in enumerate(of_kind(elements, "chart"), 1):
        yield f"chart {number}", chart["title"], "", "", ""


if __name__ == "__main__":
    rows = [row for report in reports() for row in figures_of(report)]
    with FIGURES.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([_HEAD, *rows])
