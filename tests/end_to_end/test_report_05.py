"""Report 05 as its readers get it: what it says, at several dates, in both languages."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.cli import main
from tests.end_to_end.conftest import REPORT, ROOT
from tests.end_to_end.reading import (
    CURRENT,
    Read,
    all_words,
    as_number,
    numbers,
    of_kind,
    one,
    pdf_of,
    reads,
    says,
    sentences,
    text_of,
    total,
)
from tests.end_to_end.running import cells_until, elements_run
from tests.figures import moved

LANGUAGES = ("es", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_fonts_are_embedded_and_the_text_of_charts_can_be_selected(real: Path, language: str) -> None:
    """Labels drawn by charts are text, in the family of the page."""
    reader = pdf_of(real / CURRENT, language, REPORT)
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    descendants = [font["/DescendantFonts"][0].get_object() for font in fonts if "/DescendantFonts" in font]
    assert descendants
    assert all("SourceSansPro" in str(font["/BaseFont"]) for font in descendants)
    assert all({"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"].get_object()) for font in descendants)
    text = text_of(real / CURRENT / language / f"{REPORT}.pdf")
    border = total("migrant_deaths_year_area", "dead_and_missing", year=2023, area="border")
    claims = total("asylum_claims_year", "claims", year=2025, nationality="CUB")
    for label in (claims, "Tapachula", border):
        assert label in text


def test_the_front_page_says_what_the_data_say() -> None:
    """The headline of the default edition, and six figures beside those of before."""
    elements = {e["kind"]: e for e in reversed(elements_run(REPORT))}
    assert elements["headline"]["text"].startswith(
        "De las solicitudes de asilo en México en 2025, casi la mitad fueron de personas cubanas; "
        "de las concluidas ese año, casi ocho de cada diez se cerraron sin decisión de fondo."
    )
    figures = elements["key_figures"]["figures"]
    before = ["2024", "2024", "2024", "2024", "enero–abril de 2024", "2023"]
    assert [f["reference"].partition(" en ")[2] for f in figures] == before
    assert all(reads(f["change"], "#%") or reads(f["change"], "# puntos") for f in figures)


def test_both_shares_of_favourable_decisions_name_what_they_are_of() -> None:
    """The part of decisions on the merits and that of concluded claims stand on one page, each with its whole."""
    elements = elements_run(REPORT)
    label = one(elements, "key_figures")["figures"][2]["label"]
    of_all = numbers(
        label, "de las decisiones de fondo fueron favorables, 2025; de todas las solicitudes concluidas, #%"
    )
    concluded, closed, granted, rejected = numbers(
        one(elements, "headline")["lead"],
        "De las # solicitudes concluidas en 2025, #% se cerraron sin decisión de fondo, #% se resolvieron a favor y "
        "#%, en contra.",
    )
    outcomes = ("recognised", "complementary", "rejected", "closed")
    assert concluded == sum(as_number(total("asylum_decisions_year", column, year=2025)) for column in outcomes)
    assert closed + granted + rejected == pytest.approx(100, abs=0.2)
    assert of_all == [granted]


def test_titles_tell_time_and_ranges_and_no_cause() -> None:
    """What rose and fell is told by its years, a range of rates as a range, crimes by their highest and last year."""
    elements = elements_run(REPORT)
    titles = {chart["title"]: chart for chart in of_kind(elements, "chart")}
    assert "De 2023 a 2025 subieron las solicitudes de Cuba y bajaron las de Honduras y Haití" in titles
    assert any(reads(title, "Las tasas de 2025: entre #% y #%") for title in titles)
    ((last, highest), crimes) = next(
        (numbers(title, "# en 2022; # en 2018"), chart["alt"])
        for title, chart in titles.items()
        if reads(title, "# en 2022; # en 2018")
    )
    peak, lowest, end = numbers(crimes, "Baja de # en 2018 a # en 2019 y sube a # en 2022")
    assert (peak, end) == (highest, last)
    assert lowest < last < highest
    assert not re.search(r"cuando cayeron|el doble", sentences(elements))


def test_a_year_that_lacks_months_is_not_called_complete() -> None:
    """Events of November and December 2024 are missing in the file: the twelve months are no whole year."""
    said = sentences(elements_run(REPORT))
    assert "2024 completo" not in said
    assert says(
        said,
        "En los doce meses de 2024 hubo #; en los de 2023, #. Los de noviembre–diciembre de 2024 están incompletos.",
    )


@pytest.mark.parametrize(("day", "points"), [("2026-06-30", 5), ("2021-03-31", 0), ("2020-12-31", 3)])
def test_the_small_chart_of_children_counts_one_thing(day: str, points: int) -> None:
    """Since 2021 people referred to shelters are counted too: years before are another series, one year is no line."""
    _, shown = cells_until(REPORT, "key-figures", as_of=day)
    assert len(shown["key-figures"]["figures"][4]["spark"]) == points


def test_the_peak_of_children_is_of_the_series_that_goes_on() -> None:
    """At the end of 2022 the months from 2021 are compared with each other, not with those counted otherwise."""
    alt = next(c["alt"] for c in of_kind(elements_run(REPORT, "2022-12-31"), "chart") if "Áreas por mes" in c["alt"])
    assert says(
        alt, "sube con altibajos de # en enero de 2021 a # en agosto de 2021, baja a # en febrero de 2022 y sube"
    )


def test_at_the_end_of_2022_nothing_later_is_known() -> None:
    """No sentence, chart or table speaks of a year that had not ended, nor claims what those data do not show."""
    said = sentences(elements_run(REPORT, "2022-12-31"))
    assert re.findall(r"\b202[3-6]\b", said) == []
    assert "subieron las solicitudes" not in said
    assert says(
        said, "De las solicitudes de asilo en México en 2021, casi cuatro de cada diez fueron de personas haitianas"
    )
    assert says(said, "México recibió # solicitudes en 2021, el máximo de la serie; en 2020 habían sido #.")
    assert says(said, "En los doce meses de 2021 hubo #.")


def test_at_the_end_of_2022_the_data_of_charts_end_where_they_had_been_published() -> None:
    """Asylum ends in 2021, events in October 2022 (published within 45 days), deaths in 2021."""
    charts = [e for e in elements_run(REPORT, "2022-12-31", "en") if e["kind"] == "chart"]
    lasts = {chart["tables"][0]: chart["data"]["rows"][-1][0] for chart in charts}
    assert lasts["asylum_decisions_year"] != "2022"
    assert lasts["minors_events_month"] == "October 2022"
    assert lasts["migrant_deaths_cause_year"] == "2021"


def test_a_date_before_the_data_is_refused_before_a_kernel_starts(
    clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The report says from when on it has enough data."""
    (clone / "reports/editions.toml").write_text('default = "old"\n[editions.old]\nas_of = "2019-06-30"\n')
    assert main(["build"]) == 2
    said = capsys.readouterr().err
    assert "as_of '2019-06-30' is before its data: it must be 2020-06-30 or later" in said


def test_where_comar_counted_later_than_the_series_the_lead_says_so() -> None:
    """In February 2025 the series ends in 2023 with its highest, and COMAR's count of 2024 had been in the press."""
    said = {}
    for day in ("2026-06-30", "2025-02-28", "2023-07-15", "2021-03-31"):
        shown = cells_until(REPORT, "section-asylum", as_of=day)[1]
        said[day] = (shown["headline"]["lead"], shown["section-asylum"]["text"])
    assert says(
        said["2025-02-28"][0],
        "La COMAR, según la prensa, contó # en 2024; a esta fecha, la serie del ACNUR llega a 2023.",
    )
    assert says(said["2023-07-15"][0], "contó # en enero–junio de 2023, y # un año antes")
    assert "La COMAR" not in said["2026-06-30"][0] + said["2021-03-31"][0]
    assert [title for _, title in said.values()] == [
        "Asilo en 2025: menos solicitudes, otro perfil",
        "Asilo en 2023",
        "Asilo en 2022: menos solicitudes, otro perfil",
        "Asilo en 2019",
    ]
    assert "llegan a diciembre de 2024 y los de muertes y desapariciones, a 2024;" in said["2025-02-28"][0]
    assert says(said["2026-06-30"][0], "En todo 2025 hubo # eventos de niñez migrante (UPM, citada por la prensa).")


def test_how_far_unhcr_and_comar_differ_is_said_in_figures() -> None:
    """Two thousand people are no "few units": the totals stand beside each other where COMAR's is in sight."""
    said = {
        day: " ".join(all_words([cells_until(REPORT, "method-items", as_of=day)[1]["method-items"]]))
        for day in ("2026-06-30", "2021-03-31")
    }
    comar = {2014: "2,136", 2019: "70,120", 2021: "129,329", 2023: "140,720"}
    unhcr = {year: total("asylum_claims_year", "claims", year=year) for year in comar}
    told = " ".join(f"En {year}, el ACNUR tiene {unhcr[year]} y la COMAR, {comar[year]}." for year in comar)
    assert told in said["2026-06-30"]
    assert f"En 2019, el ACNUR tiene {unhcr[2019]} y la COMAR, 70,302." in said["2021-03-31"]
    assert not any("algunas unidades" in text or "CBP One" in text for text in said.values())
    assert "RNPDNO" in said["2026-06-30"]
    assert not re.search("RNPDNO|Delito registrado", said["2021-03-31"])


def test_at_march_2021_titles_and_tables_hide_nothing() -> None:
    """The lowest rates are those of two nationalities with few decisions the year before; a change from 5 is none."""
    names, shown = cells_until(REPORT, "crimes-text", as_of="2021-03-31")
    rates = Read(names["rates_chart"].element, "es")
    assert reads(rates["title"], "Las tasas de 2019: entre #% y #%")
    assert "con cien decisiones o más en 2019; no se da 2018 para las que tuvieron menos ese año" in rates["note"]
    rows = {row[0]: row[4] for row in shown["table-nationalities"]["rows"]}
    assert (rows["Brasil"], rows["Haití"], rows["Honduras"]) == ("–", "–", "+121%")
    assert says(shown["asylum-text"]["text"], "pasaron de # al cierre de 2018 a # al de 2019")
    assert reads(Read(names["decisions_chart"].element, "es")["title"], "En 2019 concluyeron # solicitudes")
    assert reads(shown["chart-causes"]["title"], "Ahogamiento, vehículos y transporte: #% de las personas, 2017–2020")
    assert says(shown["chart-border"]["note"], "Porcentaje de las # personas con entidad conocida")
    assert "no hay, a esta fecha, datos de un año completo, ni del país ni por entidad" in shown["crimes-text"]["text"]


def test_no_chart_or_sentence_names_a_cause_that_the_data_do_not() -> None:
    """Measures of the United States stand on no chart of Mexican events; states are named without a route."""
    names, shown = cells_until(REPORT, "chart-border")
    assert says(
        shown["deaths-text"]["text"],
        "De las personas con entidad conocida (1 de enero de 2021–8 de septiembre de 2025), la mitad murieron o "
        "desaparecieron en Coahuila y Chiapas.",
    )
    assert "frontera sur" not in shown["deaths-text"]["text"]
    assert reads(Read(names["border_chart"].element, "es")["title"], "Frontera con Estados Unidos: # en 2024")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project in which data may be altered."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / f"notebooks/{REPORT}.ipynb", tmp_path / "notebooks")
    (tmp_path / "reports").mkdir()
    shutil.copy(ROOT / "reports/editions.toml", tmp_path / "reports")
    shutil.copytree(ROOT / "reports/published", tmp_path / "reports/published")
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


def test_one_changed_value_is_caught_by_nbval_check_and_list(
    clone: Path, real: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A value that a chart shows cannot change unseen; when it is put back, all is green again."""
    table = clone / "data/tables/migrant_deaths_cause_year.csv"
    good = table.read_text()
    row = next(line for line in good.splitlines() if line.startswith("2022,drowning,"))
    cells = row.split(",")
    changed = good.replace(row, ",".join([*cells[:2], str(int(cells[2]) + 1), *cells[3:]]))
    table.write_text(changed)

    failed = nbval(clone)
    assert failed.returncode == 1
    assert "b.multiples(" in failed.stdout
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "migrant_deaths_cause_year.csv" in capsys.readouterr().out
    table.write_text(good)
    assert main(["check"]) == 0

    shutil.copytree(real / CURRENT, clone / "reports" / CURRENT)  # from here on, for `check` would look at it all
    capsys.readouterr()
    main(["list"])
    assert "up to date" in capsys.readouterr().out
    table.write_text(changed)
    main(["list"])
    assert "stale: table migrant_deaths_cause_year changed" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_is_what_a_build_makes(real: Path, language: str) -> None:
    """The PDF that the README shows says what today's notebook, data and templates say."""
    sample = ROOT / "reports/sample" / f"{REPORT}.{language}.pdf"
    assert text_of(sample) == text_of(real / CURRENT / language / f"{REPORT}.pdf")


@pytest.mark.parametrize(("as_of", "hatched"), [("2021-03-31", False), ("2023-07-15", True), ("2026-06-30", True)])
def test_hatching_is_explained_where_a_chart_has_it(as_of: str, hatched: bool) -> None:
    """In March 2021 all that is charted is final and whole; in July 2023 crimes of 2020 are those of half a year."""
    assert ("Trama rayada" in str(one(elements_run(REPORT, as_of), "method"))) == hatched


@pytest.mark.parametrize(("as_of", "grey"), [("2021-03-31", False), ("2023-07-15", True), ("2025-02-28", False)])
def test_what_is_explained_is_what_the_date_has(as_of: str, grey: bool) -> None:
    """A grey band is explained where there is one, figures by office are no series, FGR is spelled out."""
    said = " ".join(all_words(elements_run(REPORT, as_of)))
    assert ("Franja gris y «s/d»: sin dato." in said) == grey
    assert "vienen de notas de prensa, y no forman una serie" in said
    assert ("la FGR publica otra cifra" in said) == ("FGR: Fiscalía General de la República." in said)


def test_the_figures_are_those_that_were_looked_at() -> None:
    """What moved is seen in a diff of tests/figures.csv: `python -m tests.figures` writes it again."""
    assert moved(REPORT) == []
