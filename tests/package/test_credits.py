"""The line of the source under an element."""

from __future__ import annotations

from analysis.package.credits import Credit, source_line

QUOTED, LICENSED = "consulta 22 nov 2026. Uso: cita con fuente", "consulta 22 nov 2026. Licencia MIT"


def test_one_document_is_one_source() -> None:
    """Who, which version, when we read it, on what terms."""
    line = source_line([Credit("UPM, Segob, cuadro 3.1.1", "versión del 19 jun 2025", LICENSED)], "es")
    assert line == "Fuente: UPM, Segob, cuadro 3.1.1, versión del 19 jun 2025; consulta 22 nov 2026. Licencia MIT."


def test_a_body_quoted_in_several_pages_is_named_once() -> None:
    """Its pages follow one another; a document named twice is named once."""
    documents = [Credit("UPM", "en EFE (2021)", QUOTED), Credit("COMAR (2024)", "", QUOTED)]
    line = source_line([*documents, Credit("UPM", "en NTX (2022)", QUOTED), *documents], "es")
    assert line == f"Fuentes: UPM, en EFE (2021), en NTX (2022); COMAR (2024); {QUOTED}."


def test_terms_that_several_documents_share_stand_once_after_them() -> None:
    """Documents under other terms follow, with their own."""
    documents = [Credit("A", "version of 2024", LICENSED), Credit("B", "", QUOTED), Credit("C", "", LICENSED)]
    assert source_line(documents, "en") == f"Sources: A, version of 2024; C; {LICENSED}; B; {QUOTED}."
