"""US Department of State: work visas by fiscal year."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.sources.publishers import us_state
from analysis.sources.raw.reading import SourceError


def test_returning_workers_are_part_of_h2b(fixtures: Path) -> None:
    """H2R is added to H2B, for Mexico and for the world; other classes are left out."""
    visas = us_state.yearly(fixtures).set_index(["fiscal_year", "visa_class"])
    assert visas["visas"].to_dict() == {(2007, "H2B"): 80, (2023, "H2A"): 90}
    assert visas["mexico_share_pct"].tolist() == [80, 90]
    assert visas["through"].dt.date.astype(str).tolist() == ["2007-09-30", "2023-09-30"]


def test_later_years_are_sums_of_months_and_say_so(fixtures: Path) -> None:
    """After the last official year, months are added from October to September; the last year ends early."""
    visas = us_state.tables(fixtures)["us_work_visas_year"]
    sums = visas[visas["basis"] == us_state.SUM_OF_MONTHS].set_index("fiscal_year")
    assert sums["visas"].to_dict() == {2024: 30, 2025: 5}
    assert sums["through"].dt.date.astype(str).to_dict() == {2024: "2024-09-30", 2025: "2024-10-31"}
    assert pd.isna(sums["mexico_share_pct"]).all()


def test_a_file_without_the_world_is_an_error(tmp_path: Path) -> None:
    """Without the world total no share can be computed."""
    (tmp_path / "us-state-niv-detail").mkdir()
    text = "fiscal_year,row_label,visa_class,issued\nFY2023,Mexico,H2A,1\n"
    (tmp_path / us_state.YEARLY).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="'Mexico' or 'World total' is missing"):
        us_state.yearly(tmp_path)
