"""Files from which no table is made: our copies are those whose totals the data guide gives."""

from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.slow


def test_those_presented_are_fewer_than_all_events(raw_folder: Path) -> None:
    """The American digest of IOM counts people presented alone: 986,314 in 2024, never to be taken for the total."""
    digest = pd.read_csv(raw_folder / "iom-amerdigest" / "irreg.csv", keep_default_na=False)
    in_mexico = digest[(digest["geo"] == "MEX") & digest["t"].str.startswith("2024")]
    assert pd.to_numeric(in_mexico["n"]).sum() == 986_314


def test_net_international_migration(raw_folder: Path) -> None:
    """CONAPO's balance of the country by year."""
    workbook = raw_folder / "conapo-poblacion" / "5_Indicadores_demograficos_proyecciones.xlsx"
    country = pd.read_excel(workbook).query("CVE_GEO == 0").set_index("AÑO")["MIG_NET_INT"]
    assert country[[2000, 2010, 2023]].tolist() == [-661_427, -40_842, -101_041]
