"""Press figures: the line of the source names the documents of the rows used, and no other."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.foundation.words import LANGUAGES
from analysis.package import press
from analysis.package.credits import source_line
from analysis.package.metadata import Metadata


@pytest.fixture(scope="module")
def metadata(root: Path) -> Metadata:
    """What the descriptor says of the crimes that the press quotes."""
    descriptor = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    return Metadata(next(r for r in descriptor["resources"] if r["name"] == "crimes_against_migrants_period"))


def rows(*cells: tuple[str, str]) -> pd.DataFrame:
    """Rows with a publisher and a date of publication."""
    frame = pd.DataFrame(cells, columns=["publisher", "published"])
    return frame.assign(published=pd.to_datetime(frame["published"].replace("", None)))


@pytest.mark.parametrize(
    ("publisher", "spanish", "english"),
    [
        (
            "El Economista, quoting SEGOB-UPMRIP",
            "SEGOB-UPMRIP, en El Economista (2022)",
            "SEGOB-UPMRIP, in El Economista (2022)",
        ),
        (
            "COMAR via El Tiempo (Venezuela)",
            "COMAR, en El Tiempo (Venezuela) (2022)",
            "COMAR, in El Tiempo (Venezuela) (2022)",
        ),
        ("IOM (via La Jornada)", "OIM, en La Jornada (2022)", "IOM, in La Jornada (2022)"),
        (
            "La Razón, quoting RNPDNO and FMOPDH",
            "RNPDNO y FMOPDH, en La Razón (2022)",
            "RNPDNO and FMOPDH, in La Razón (2022)",
        ),
        ("COMAR, quoted by La Razón", "COMAR, en La Razón (2022)", "COMAR, in La Razón (2022)"),
        ("UPM (quoted by EFE)", "UPM, en EFE (2022)", "UPM, in EFE (2022)"),
        (
            "U.S. Customs and Border Protection",
            "Aduanas y Protección Fronteriza de EE. UU. (2022)",
            "U.S. Customs and Border Protection (2022)",
        ),
        ("IOM", "OIM (2022)", "IOM (2022)"),
        (
            "La Jornada, quoting Poder Judicial",
            "Poder Judicial, en La Jornada (2022)",
            "Federal judiciary, in La Jornada (2022)",
        ),
        ("US Department of State", "Departamento de Estado de EE. UU. (2022)", "US Department of State (2022)"),
        ("UNHCR/MIRPS", "ACNUR/MIRPS (2022)", "UNHCR/MIRPS (2022)"),
        ("UNHCR and Data", "ACNUR y Data (2022)", "UNHCR and Data (2022)"),
        ("OECD via Comentario del Día", "OCDE, en Comentario del Día (2022)", "OECD, in Comentario del Día (2022)"),
        ("INM bulletin via XEVT", "INM (boletín), en XEVT (2022)", "INM bulletin, in XEVT (2022)"),
        (
            "STPS/SRE joint release via Noticiero Gubernamental",
            "STPS/SRE (boletín conjunto), en Noticiero Gubernamental (2022)",
            "STPS/SRE joint release, in Noticiero Gubernamental (2022)",
        ),
        ("UNHCR and Data (via X)", "ACNUR y Data, en X (2022)", "UNHCR and Data, in X (2022)"),
        (
            "Consulate General of Mexico in Toronto",
            "Consulado General de México en Toronto (2022)",
            "Consulate General of Mexico in Toronto (2022)",
        ),
        (
            "UPM Segob via IMUMI, quoted by La Jornada",
            "UPM Segob vía IMUMI, en La Jornada (2022)",
            "UPM Segob via IMUMI, in La Jornada (2022)",
        ),
        (
            "Secretaría de Salud (via Expansión)",
            "Secretaría de Salud, en Expansión (2022)",
            "Ministry of Health, in Expansión (2022)",
        ),
    ],
)
def test_who_is_quoted_where_and_when(metadata: Metadata, publisher: str, spanish: str, english: str) -> None:
    """The words between the body quoted and the paper are those of the language."""
    frame = rows((publisher, "2022-12-31"))
    line = {tag: source_line(press.documents(frame, metadata, tag), tag) for tag in LANGUAGES}
    assert line["es"] == f"Fuente: {spanish}; consulta 22 nov 2026. Uso: cita con fuente."
    assert line["en"] == f"Source: {english}; accessed 22 Nov 2026. Use: quoted with source."


def test_each_document_is_named_once(metadata: Metadata) -> None:
    """Many rows of one page give one mention; the body that several pages quote is named once."""
    quoted = rows(("COMAR via A", "2024-08-31"), ("COMAR via A", "2024-08-31"), ("COMAR via B", ""), ("IOM", ""))
    documents = press.documents(quoted, metadata, "es")
    assert [(document.who, document.where) for document in documents] == [
        ("COMAR", "en A (2024)"),
        ("COMAR", "en B"),
        ("OIM", ""),
    ]


def test_years_of_publication() -> None:
    """One year, a span, or nothing where no row says."""
    assert press.years(rows(("A", "2022-01-01"), ("B", "2024-05-01"))) == "2022/2024"
    assert press.years(rows(("A", "2022-01-01"))) == "2022"
    assert press.years(rows(("A", ""))) == ""


def test_a_table_of_one_publisher_is_not_quoted() -> None:
    """Only rows with a document of their own are press figures."""
    assert not press.is_quoted(pd.DataFrame({"year": [2025], "claims": [1]}))
    assert press.is_quoted(rows(("A", "")))
