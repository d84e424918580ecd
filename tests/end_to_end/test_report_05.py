"""Report 05 as its readers get it: what it says, at two dates and for a state, in both languages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from analysis.cli import main
from analysis.elements import MIME
from analysis.publish.facts import wrong_facts
from tests.end_to_end.conftest import REPORT, ROOT

LANGUAGES = ("es", "en")
ENGLISH = r"\b(the|and|with|year|claims|source|figures|people|chart|table|from|until|deaths)\b"
SPANISH = r"\b(el|los|las|con|año|solicitudes|fuente|cifras|personas|gráfica|cuadro|hasta|muertes)\b"


def pdf_of(folder: Path, language: str, stem: str = REPORT) -> PdfReader:
    """The PDF of a built report."""
    return PdfReader(folder / language / f"{stem}.pdf")


def text_of(reader: PdfReader) -> str:
    """Text of all pages, in one line."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def elements_of(folder: Path, language: str, stem: str = REPORT) -> list[dict[str, Any]]:
    """The elements of the executed notebook, in order."""
    notebook = json.loads((folder / language / f"{stem}.ipynb").read_text(encoding="utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]


def sentences(elements: list[dict[str, Any]]) -> str:
    """Every computed text of a report, sources and notes left out."""
    keys = ("title", "text", "lead", "subtitle", "alt")
    return " ".join(str(e[key]) for e in elements if e["kind"] not in {"method", "cover"} for key in keys if key in e)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_titled_letter_and_three_to_eight_pages(real: Path, language: str) -> None:
    """What pdfinfo says of each PDF: PDF/UA-1, language and title set, letter paper."""
    reader = pdf_of(real / "2026-1", language)
    assert 3 <= len(reader.pages) <= 8
    assert all([float(side) for side in page.mediabox[2:]] == [612.0, 792.0] for page in reader.pages)
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]).startswith(language)
    assert reader.metadata is not None
    expected = "Asistencia y protección" if language == "es" else "Assistance and protection"
    assert str(reader.metadata.title).startswith(expected)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()


@pytest.mark.parametrize("language", LANGUAGES)
def test_fonts_are_embedded_and_the_text_of_charts_can_be_selected(real: Path, language: str) -> None:
    """Labels drawn by charts are text, in the family of the page."""
    reader = pdf_of(real / "2026-1", language)
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    descendants = [font["/DescendantFonts"][0].get_object() for font in fonts if "/DescendantFonts" in font]
    assert descendants
    assert all("SourceSansPro" in str(font["/BaseFont"]) for font in descendants)
    assert all({"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"].get_object()) for font in descendants)
    text = text_of(reader)
    for label in ("51,827", "Tapachula", "31,594", "809"):
        assert label in text


@pytest.mark.parametrize(("language", "foreign"), [("es", ENGLISH), ("en", SPANISH)])
def test_no_word_of_the_other_language_is_in_a_report(real: Path, language: str, foreign: str) -> None:
    """A Spanish page has no English word, and the other way round (names of publishers aside)."""
    text = text_of(pdf_of(real / "2026-1", language))
    for name in ("Refugee Data Finder", "El Salvador", "El Sol de Córdoba", "El Economista"):
        text = text.replace(name, "")
    assert re.findall(foreign, text, flags=re.IGNORECASE) == []


def test_the_html_is_one_file_without_script_or_address_to_load(real: Path) -> None:
    """It opens from disk with the network off, complete."""
    for language in LANGUAGES:
        html = (real / "2026-1" / language / f"{REPORT}.html").read_text(encoding="utf-8")
        assert f'<html lang="{language}' in html
        assert "<script" not in html
        assert re.findall(r'(?:src|href|url)\s*[=(]\s*["\']?https?:', html) == []
        assert html.count("<h1") == 1


def test_spanish_and_english_have_the_same_facts(real: Path) -> None:
    """Every number, its place, its table and its derivation are equal in both editions."""
    spanish, english = ((real / "2026-1" / tag / f"{REPORT}.facts.json").read_bytes() for tag in LANGUAGES)
    assert spanish == english
    assert len(json.loads(spanish)["facts"]) > 150


@pytest.mark.parametrize("stem", [f"2026-1/es/{REPORT}", f"state/2026-1/en/{REPORT}-MX-CHP"])
def test_every_fact_follows_from_the_tables_alone(real: Path, stem: str) -> None:
    """The CSV files give every printed number again."""
    facts = json.loads((real / f"{stem}.facts.json").read_text(encoding="utf-8"))["facts"]
    assert wrong_facts(facts, ROOT / "data") == []
    assert all(fact["derivation"] and fact["tables"] for fact in facts)


def test_the_front_page_says_what_the_data_say(real: Path) -> None:
    """Headline and key figures of the edition 2026-1, in words and numbers."""
    elements = {e["kind"]: e for e in reversed(elements_of(real / "2026-1", "es"))}
    assert elements["headline"]["text"].startswith(
        "Casi la mitad de las solicitudes de asilo en México es ya de personas"
    )
    figures = [(f["value"], f["change"], f["reference"]) for f in elements["key_figures"]["figures"]]
    assert figures == [
        ("70,482", "−10.7%", "78,966 en 2024"),
        ("49.1%", "+26.4 puntos", "22.6% en 2024"),
        ("79.9%", "+0.5 puntos", "79.4% en 2024"),
        ("173,532", "−34.9%", "266,710 en 2024"),
        ("10,639", "−81.2%", "56,552 en enero–abril de 2024"),
        ("225", "−49.8%", "448 en 2023"),
    ]


def test_every_chart_has_an_alternative_text_of_its_own_with_numbers(real: Path) -> None:
    """What a blind reader hears differs from the caption and gives values."""
    for folder in (real / "2026-1", real / "state" / "2026-1"):
        for language in LANGUAGES:
            stem = REPORT if folder == real / "2026-1" else f"{REPORT}-MX-CHP"
            charts = [e for e in elements_of(folder, language, stem) if e["kind"] == "chart"]
            assert len(charts) == 10
            for chart in charts:
                assert 100 <= len(chart["alt"]) <= 400, chart["alt"]
                assert chart["alt"] not in {chart["title"], chart["subtitle"]}
                assert len(re.findall(r"\d", chart["alt"])) >= 6


def test_nothing_missing_is_printed_as_a_word_of_the_machine(real: Path, past: Path) -> None:
    """No nan, None or NaT reaches a reader, at any date or place."""
    for folder, stem in ((real / "2026-1", REPORT), (real / "state/2026-1", f"{REPORT}-MX-CHP"), (past, REPORT)):
        for language in LANGUAGES:
            assert re.findall(r"\b(nan|None|NaT|inf)\b", text_of(pdf_of(folder, language, stem))) == []


def test_at_the_end_of_2022_nothing_later_is_known(past: Path) -> None:
    """No sentence, chart or table speaks of a year that had not ended, nor claims what those data do not show."""
    said = sentences(elements_of(past, "es"))
    assert re.findall(r"\b202[3-6]\b", said) == []
    assert "Cuba pasó al primer lugar" not in said
    assert "la mayor proporción, 39.4%, fue de personas haitianas" in said
    assert "México recibió 131,418 solicitudes en 2021, el máximo de la serie; 41,204 en 2020." in said
    assert "En 2021 completo hubo 77,608." in said


def test_at_the_end_of_2022_the_data_of_charts_end_where_they_had_been_published(past: Path) -> None:
    """Asylum ends in 2021, events in October 2022 (published within 45 days), deaths in 2021."""
    charts = [e for e in elements_of(past, "en") if e["kind"] == "chart"]
    lasts = {chart["tables"][0]: chart["data"]["rows"][-1][0] for chart in charts}
    assert lasts["asylum_decisions_year"] != "2022"
    assert lasts["minors_events_month"] == "2022-10"
    assert lasts["migrant_deaths_cause_year"] == "2021"


def test_a_date_before_the_data_is_refused_before_a_kernel_starts(
    clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The report says from when on it has enough data."""
    (clone / "reports/editions.toml").write_text('default = "old"\n[editions.old]\nas_of = "2019-06-30"\n')
    assert main(["build"]) == 2
    said = capsys.readouterr().err
    assert "as_of '2019-06-30' is before its data: it must be 2020-06-30 or later" in said


def test_a_state_edition_sets_the_state_beside_the_country(real: Path) -> None:
    """Chiapas has its section: its deaths, its share of the country, its place among the states."""
    text = text_of(pdf_of(real / "state/2026-1", "es", f"{REPORT}-MX-CHP"))
    assert "Chiapas y el país" in text
    assert "Lo que registran las fuentes sobre Chiapas" in text
    assert "1,712 5,378 31.8%" in text


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project in which data may be altered."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "reports").mkdir()
    shutil.copy(ROOT / "reports/editions.toml", tmp_path / "reports")
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def nbval(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run nbval on the notebooks of a folder."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-p",
        "no:cacheprovider",
        "notebooks",
    ]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder)


def test_one_changed_value_is_caught_by_nbval_check_and_list(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A value that a chart shows cannot change unseen; when it is put back, all is green again."""
    assert main(["build", "--language", "es"]) == 0
    table = clone / "data/tables/migrant_deaths_cause_year.csv"
    good = table.read_text()
    row = next(line for line in good.splitlines() if line.startswith("2022,drowning,"))
    cells = row.split(",")
    table.write_text(good.replace(row, ",".join([*cells[:2], str(int(cells[2]) + 1), *cells[3:]])))

    failed = nbval(clone)
    assert failed.returncode == 1
    assert "b.chart(" in failed.stdout
    assert "charts.small_multiples" in failed.stdout
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "migrant_deaths_cause_year.csv" in capsys.readouterr().out
    main(["list"])
    assert "stale: table migrant_deaths_cause_year changed" in " ".join(capsys.readouterr().out.split())

    table.write_text(good)
    assert nbval(clone).returncode == 0
    assert main(["check"]) == 0
    capsys.readouterr()
    main(["list"])
    assert "up to date" in capsys.readouterr().out


def test_papermill_and_nbconvert_work_as_they_stand(tmp_path: Path) -> None:
    """The two stock commands of the README give an English PDF and an HTML page."""
    output = tmp_path / "out.ipynb"
    source = f"notebooks/{REPORT}.ipynb"
    run = [sys.executable, "-m", "papermill", source, str(output), "-p", "language", "en", "--no-progress-bar"]
    subprocess.run(run, check=True, capture_output=True, cwd=ROOT)
    for exporter, suffix in (("briefing_pdf", ".pdf"), ("briefing_html", ".html")):
        convert = [sys.executable, "-m", "nbconvert", "--to", exporter, str(output)]
        subprocess.run(convert, check=True, capture_output=True, cwd=tmp_path)
        assert output.with_suffix(suffix).is_file()
    reader = PdfReader(output.with_suffix(".pdf"))
    assert "Assistance and protection" in text_of(reader)
    assert "draft" in text_of(reader)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_is_what_a_build_makes(real: Path, language: str) -> None:
    """The PDF that the README shows says what today's notebook, data and templates say."""
    sample = PdfReader(ROOT / "reports/sample" / f"{REPORT}.{language}.pdf")
    assert text_of(sample) == text_of(pdf_of(real / "2026-1", language))
