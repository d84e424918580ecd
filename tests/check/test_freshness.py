"""Freshness: which tables are due on a day, and how `check` says so."""

from datetime import date
from pathlib import Path

import pytest

from analysis.check import freshness
from analysis.check.freshness import overdue
from analysis.check.project import check_project
from analysis.cli import main

pytestmark = pytest.mark.slow

ADAPTERS = {"claims_year": "unhcr", "events_month": "upm", "states": "conapo"}


@pytest.fixture(autouse=True)
def adapters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Adapters for some of the tiny tables; the others are typed in."""
    monkeypatch.setattr(freshness, "adapters_by_table", lambda: ADAPTERS)


def test_a_table_is_due_after_its_period_its_interval_and_its_lag(tiny_data: Path) -> None:
    """Claims to 2025 are of a yearly table that comes out 170 days after: the year 2026 is due in July 2027."""
    assert not [sentence for sentence in overdue(tiny_data, date(2027, 6, 30)) if "claims_year: it ends" in sentence]
    late = [sentence for sentence in overdue(tiny_data, date(2027, 8, 1)) if "claims_year: it ends" in sentence]
    assert late == [
        "claims_year: it ends on 2025-12-31, 19 months ago, and newer data are usual after 18; "
        "run `briefings refresh unhcr`"
    ]


def test_a_table_that_nobody_fetched_for_long_is_due(tiny_data: Path) -> None:
    """Its publisher may have revised it: the tiny tables were accessed on 22 November 2026 and are updated monthly."""
    assert [s for s in overdue(tiny_data, date(2026, 12, 22)) if "was last fetched" in s] == []
    assert overdue(tiny_data, date(2027, 1, 22))[0] == (
        "claims_year: it was last fetched on 2026-11-22, 2 months ago, and its publisher updates it every 1; "
        "run `briefings refresh unhcr`"
    )


def test_what_has_no_period_or_is_typed_in_is_never_due(tiny_data: Path) -> None:
    """States do not end, and nobody knows when somebody types in the next figure."""
    told = " ".join(overdue(tiny_data, date(2040, 1, 1)))
    assert "states:" not in told
    assert "crimes_period:" not in told


def test_what_is_due_is_a_note_or_a_problem(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It depends on the day alone that is given, and on whether freshness is strict."""
    monkeypatch.setattr("analysis.check.project.available_reports", lambda _: [])
    monkeypatch.setattr(freshness, "adapters_by_table", lambda: {"asylum_claims_year": "unhcr"})
    early = check_project(root, tmp_path, today=date(2026, 1, 1))
    assert [note for note in early.notes if "refresh unhcr" in note] == []
    late = check_project(root, tmp_path, today=date(2030, 1, 1))
    assert [note for note in late.notes if note.startswith("data: asylum_claims_year: it ends on 2025-12-31")]
    strict = check_project(root, tmp_path, today=date(2030, 1, 1), strict_freshness=True)
    assert [problem for problem in strict.problems if "asylum_claims_year: it ends on" in problem]


def test_the_day_is_said_as_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    """Anything else is refused."""
    with pytest.raises(SystemExit):
        main(["check", "--today", "tomorrow"])
    assert "'tomorrow' is not a day such as 2026-11-30" in capsys.readouterr().err
