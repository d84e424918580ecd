"""Tables made up at random, in a data package of their own, and what pandas says of them."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from analysis.package.data_package import DataPackage
from analysis.package.table import Table

GROUPS = ("A", "B", "C")
YEARS = tuple(range(2019, 2025))
MONTHS = tuple(f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 13))
BROKEN = 2022


@dataclass(frozen=True)
class Made:
    """A table of one kind of period, with two columns of persons, some cells empty and some rows not there.

    Attributes:
        rows: period, group, cases and others.
        monthly: whether its periods are months.
        absent_is_zero: whether a row that is not there means zero.
        broken: whether what is counted as cases changes at the start of `BROKEN`.
    """

    rows: tuple[tuple[str, str, int | None, int | None], ...]
    monthly: bool
    absent_is_zero: bool
    broken: bool

    @property
    def frame(self) -> pd.DataFrame:
        """Its rows, for pandas."""
        return pd.DataFrame(list(self.rows), columns=["period", "group", "cases", "others"]).astype(
            {"cases": "float", "others": "float"}
        )

    def read(self, folder: Path) -> Table:
        """Write it into a data package, and read it as the library does."""
        name = "month" if self.monthly else "year"
        with (folder / "made.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([name, "group", "cases", "others"])
            for period, *rest in self.rows:
                writer.writerow([f"{period}-01" if self.monthly else period, *("" if v is None else v for v in rest)])
        (folder / "datapackage.json").write_text(json.dumps({"resources": [self._resource(name)]}), encoding="utf-8")
        return DataPackage(folder).table("made", date(2026, 6, 30))

    def _resource(self, name: str) -> dict[str, Any]:
        def field(name: str, kind: str, **more: Any) -> dict[str, Any]:
            return {"name": name, "type": kind, "title": name, "title_en": name, **more}

        breaks = [{"date": f"{BROKEN}-01-01", "es": "Cambió.", "en": "It changed.", "columns": ["cases"]}]
        both = {"es": "x", "en": "x"}
        return {
            "name": "made",
            "hash": "sha256:made",
            "path": "made.csv",
            "title": "made",
            "title_en": "made",
            "rows": len(self.rows),
            "unit": both,
            "unit_key": "persons",
            "period": {"kind": name, "field": name},
            "absent_rows": "zero" if self.absent_is_zero else "unknown",
            "breaks": breaks if self.broken else [],
            "schema": {
                "fields": [
                    field(name, "date" if self.monthly else "integer"),
                    field("group", "string", constraints={"enum": list(GROUPS)}),
                    field("cases", "integer"),
                    field("others", "integer"),
                ],
                "primaryKey": [name, "group"],
                "missingValues": [""],
            },
            "provenance": {
                "source_id": "made",
                "producer": both,
                "publisher": both,
                "version": "2026-01-01",
                "date_published": "2026-01-01",
                "date_accessed": "2026-11-22",
                "licence": "CC BY 4.0",
                "noncommercial": False,
                "republish": True,
                "trust": "A",
                "update_period": "P1M",
                "publication_lag_days": 0,
                "processing_level": "minor",
                "caveats": {"es": [], "en": []},
            },
        }


_cells = st.one_of(st.none(), st.integers(0, 3000))


@st.composite
def made_tables(draw: st.DrawFn, *, monthly: bool = False, broken: bool | None = None) -> Made:
    """Draw a table in which at least the last period is there."""
    periods = MONTHS if monthly else tuple(map(str, YEARS))
    keys = [(period, group) for period in periods for group in GROUPS]
    there = draw(st.lists(st.booleans(), min_size=len(keys), max_size=len(keys)))
    rows = [
        (period, group, draw(_cells), draw(_cells))
        for (period, group), is_there in zip(keys, there, strict=True)
        if is_there or period == periods[-1]
    ]
    return Made(tuple(rows), monthly, draw(st.booleans()), draw(st.booleans()) if broken is None else broken)


def by_pandas(made: Made, column: str, periods: list[str], group: str | None) -> float | None:
    """The sum of a column over periods and a group as pandas has it; None where a part of it is not known."""
    frame = made.frame
    covered = frame[frame["period"].isin(periods)]
    rows = covered if group is None else covered[covered["group"] == group]
    if rows.empty:
        return 0.0 if made.absent_is_zero and len(covered) else None
    cells = rows[column]
    return None if cells.isna().any() else float(cells.sum())
