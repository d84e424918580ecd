"""The file of figures has every report and no other; each report's own tests compare what it prints with its rows."""

from __future__ import annotations

import csv

from tests.figures import FIGURES, reports


def test_the_file_has_every_report_in_order() -> None:
    """A report that was renamed or left out has no rows behind it."""
    with FIGURES.open(encoding="utf-8", newline="") as file:
        named = [row["report"] for row in csv.DictReader(file)]
    assert [*dict.fromkeys(named)] == reports()
    assert named == sorted(named)
