"""Banco de México: remittances by month, state and origin."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.sources.publishers import banxico
from analysis.sources.raw.reading import SourceError


def test_months_are_in_millions_and_in_pesos_of_2025(fixtures: Path) -> None:
    """Two million dollars at 10 pesos are 20 million, and 40 of 2025 when prices were half those of that year."""
    months = banxico.months(fixtures).set_index("month").loc["2012-12-01"]
    assert months[["inflow_musd", "transfers", "mean_usd"]].tolist() == [2, 4, 500_000]
    assert months["inflow_mmxn"] == pytest.approx(20)
    assert months["inflow_real_mmxn"] == pytest.approx(40)


def test_an_outflow_that_was_not_measured_is_missing(fixtures: Path) -> None:
    """A month without a row of outflow has none, which is not zero."""
    outflow = banxico.months(fixtures).set_index("month")["outflow_musd"]
    assert pd.isna(outflow["2012-12-01"])
    assert outflow["2025-01-01"] == 1


def test_dollars_per_inhabitant_of_complete_years_only(fixtures: Path) -> None:
    """Four quarters of 500 dollars over 100 inhabitants are 5 dollars each; a single quarter has no such value."""
    states = banxico.states(fixtures).set_index("year")
    assert states.loc[2010, ["state_code", "inflow_musd", "usd_per_inhabitant"]].tolist() == ["MX-CHP", 0.0005, 5]
    assert pd.isna(states.loc[2026, "usd_per_inhabitant"])
    assert states["through"].dt.date.astype(str).to_dict() == {2010: "2010-12-31", 2026: "2026-03-31"}


def test_origins_are_countries_and_us_states_of_the_inflow(fixtures: Path) -> None:
    """Quarters are added, money sent abroad is left out, and what is not identified has the code UNK."""
    origins = banxico.origins(fixtures).set_index(["breakdown", "origin"])["inflow_musd"]
    assert origins.to_dict() == {
        ("country", "UNK"): 2,
        ("country", "USA"): 8,
        ("us_state", "TX"): 4,
        ("us_state", "UNK"): 3,
    }


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2025-01-01,99,Otra,1", "column 'CVE_ENT': '99' is new; say in the adapter"),
        ("2025-01-01,7,Chiapas,N/E", r"column 'VALOR_USD', data row 1: 'N/E' is not a number"),
        ("2025T1,7,Chiapas,1", "column 'PERIODO': '2025T1' is not a date"),
    ],
)
def test_what_is_not_as_expected_is_an_error(tmp_path: Path, row: str, message: str) -> None:
    """An unknown state, a word for a number or another kind of date stops the adapter, with file and column."""
    (tmp_path / "banxico-remesas").mkdir()
    (tmp_path / banxico.BY_STATE).write_text(f"PERIODO,CVE_ENT,ENTIDAD,VALOR_USD\n{row}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=rf"remesas_entidad\.csv, {message}"):
        banxico.states(tmp_path)
