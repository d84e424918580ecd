"""What holds for every report, at every date and place: languages, facts, alternative texts, forbidden words."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from analysis.build.changes import _shape
from analysis.check.facts import wrong_facts
from analysis.check.house_style import people_faults, style_faults
from analysis.check.page_coverage import names_of_data
from analysis.check.project import unproved_numbers
from analysis.cli import main
from analysis.export.document import read_document
from analysis.export.fonts import font_faces
from analysis.export.notebooks import declared_parameters, read_notebook
from analysis.foundation.words import LANGUAGES, Language
from analysis.mexico import COUNTRY
from analysis.report.elements import Written
from analysis.report.facts import Derivation
from tests.end_to_end.conftest import OF_2020, ROOT, SLUGS, STATES, languages_of, project_as_of
from tests.end_to_end.reading import (
    CURRENT,
    TODAY,
    Editions,
    each,
    elements_of,
    facts_of,
    of_kind,
    one,
    pdf_of,
    placed,
    sentences,
    text_of,
)
from tests.end_to_end.reconstruction import faults, fragments, of_later, of_the_present, records_of_one
from tests.end_to_end.running import elements_run
from tests.promises import SOAK

PARTS = {"cover", "headline", "key_figures", "section", "chart", "table", "caution", "method", "sources"}


def test_every_report_is_a_page_and_a_pdf_in_both_languages(real: Path) -> None:
    """The default edition has two files a report and language, and an index a language."""
    folder = real / CURRENT
    for language in LANGUAGES:
        made = sorted(path.name for path in (folder / language).iterdir() if path.suffix in {".html", ".pdf"})
        assert made == sorted(f"{slug}{suffix}" for slug in SLUGS for suffix in (".html", ".pdf"))
    for index in ("index.html", "index.en.html"):
        page = (folder / index).read_text(encoding="utf-8")
        assert all(f"{slug}.pdf" in page for slug in SLUGS)


def test_no_page_needs_letters_beyond_the_common_ones(real: Path) -> None:
    """One cut of the typeface serves all pages: to make another takes half a second a page."""
    for page in sorted(real.rglob("*.html")):
        assert font_faces(page.read_text(encoding="utf-8")) is font_faces(""), page.name


def test_every_pdf_is_tagged_titled_letter_and_three_to_eight_pages(editions: Editions) -> None:
    """PDF/UA-1, language and title set, letter paper."""
    for folder, language, stem in each(editions):
        reader = pdf_of(folder, language, stem)
        assert 3 <= len(reader.pages) <= 8, stem
        assert all([float(side) for side in page.mediabox[2:]] == [612.0, 792.0] for page in reader.pages)
        catalog = reader.trailer["/Root"]
        assert catalog["/MarkInfo"]["/Marked"]
        assert str(catalog["/Lang"]).startswith(language)
        assert reader.metadata is not None
        cover = next(e for e in elements_of(folder, language, stem) if e["kind"] == "cover")
        assert str(reader.metadata.title).startswith(cover["title"])
        assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()


def test_every_page_is_one_file_without_script_or_address_to_load(editions: Editions) -> None:
    """It opens from disk with the network off, complete."""
    for folder, language, stem in each(editions):
        html = (folder / language / f"{stem}.html").read_text(encoding="utf-8")
        assert f'<html lang="{language}' in html
        assert "<script" not in html
        assert re.findall(r'(?:src|href|url)\s*[=(]\s*["\']?https?:', html) == []
        assert html.count("<h1") == 1


def test_spanish_and_english_have_the_same_facts(editions: Editions) -> None:
    """Every number, its place, its table and its derivation are equal in both languages."""
    for folder, stem, languages in editions:
        spanish = elements_of(folder, "es", stem)
        cover = one(spanish, "cover")
        if "en" in languages:
            assert len({(folder / tag / f"{stem}.facts.json").read_bytes() for tag in languages}) == 1, stem
        else:
            english = elements_run(stem.partition("-MX-")[0], cover["as_of"], "en", cover["geography"])
            assert [read["facts"] for read in english] == [read["facts"] for read in spanish], stem
        assert sum(len(read["facts"]) for read in spanish) > 50


def test_every_fact_follows_from_the_tables_alone(editions: Editions) -> None:
    """The CSV files give every printed number again."""
    for folder, stem, _ in editions:
        facts = facts_of(folder, stem)
        assert wrong_facts([*map(placed, facts)], ROOT / "data") == [], stem
        assert all(fact["derivation"] and fact["tables"] for fact in facts), stem


def places_of(derivation: dict[str, Any], columns: dict[str, dict[str, Any]]) -> str:
    """The places that a derivation names: the one there is, MEX where they are all the states, else all of them."""
    if "table" in derivation:
        known = columns[derivation["table"]]
        named = next((c for c in sorted(known, key="state_code".__ne__) if c in derivation["where"]), None)
        wanted = derivation["where"].get(named, "MEX")
        values = wanted if isinstance(wanted, list) else [wanted]
        where = known.get(named, "codes")
        parts = [value if where == "codes" else where.get(value, "MEX") for value in values]
    else:
        of = [part for part in derivation.get("of", []) if "table" in part or "op" in part]
        parts = [places_of(part, columns) for part in of] or ["MEX"]
    distinct = list(dict.fromkeys(code for part in parts for code in part.split("+")))
    return "MEX" if set(distinct) >= COUNTRY.state_codes else "+".join(distinct)


def test_every_fact_says_the_places_that_it_is_of(editions: Editions) -> None:
    """A sum of states, a share of one in the country or a place among all names them, never the first alone."""
    resources = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    columns = {
        r["name"]: {
            f["name"]: f.get("places", "codes")
            for f in r["schema"]["fields"]
            if "places" in f or f["name"] == "state_code"
        }
        for r in resources
    }
    for folder, stem, _ in editions:
        facts = json.loads((folder / "es" / f"{stem}.facts.json").read_text(encoding="utf-8"))["facts"]
        wrong = [
            (fact["where"], fact["name"], fact["geography"])
            for fact in facts
            if fact["geography"] != places_of(fact["derivation"], columns)
        ]
        assert wrong == [], stem


def test_every_text_keeps_the_house_style(editions: Editions) -> None:
    """Titles that fit, alternative texts with values, numbers and words of the house, at every date and place."""
    for folder, language, stem in each(editions):
        for element in elements_of(folder, language, stem):
            assert list(style_faults(element.element, language)) == [], (language, stem, element["kind"])


def test_nothing_missing_is_printed_as_a_word_of_the_machine(editions: Editions) -> None:
    """No nan, None or NaT reaches a reader, at any date or place, in the labels of charts neither."""
    for folder, language, stem in each(editions):
        assert re.findall(r"\b(nan|None|NaT|inf)\b", text_of(folder / language / f"{stem}.pdf")) == [], (language, stem)


def test_every_report_has_three_charts_or_more(editions: Editions) -> None:
    """A report of any date or place is not text alone."""
    for folder, language, stem in each(editions):
        assert len(of_kind(elements_of(folder, language, stem), "chart")) >= 3, (language, stem)


@pytest.mark.parametrize("as_of", [TODAY, "2020-12-31"])
def test_every_report_has_its_parts(as_of: str) -> None:
    """Key figures, charts, a table, a caution, the method and its limits, at both dates."""
    for slug in SLUGS:
        elements = elements_run(slug, as_of)
        kinds = [element["kind"] for element in elements]
        assert set(kinds) >= PARTS, slug
        figures = next(e["figures"] for e in elements if e["kind"] == "key_figures")
        assert 3 <= len(figures) <= 6, slug


def test_nothing_later_than_its_date_is_told_at_the_end_of_2020() -> None:
    """No sentence of the edition of 2020 speaks of a later year."""
    for slug in SLUGS:
        for language in LANGUAGES:
            said = sentences(elements_run(slug, "2020-12-31", language))
            assert list(of_later(said, "2020-12-31")) == [], slug


PAST = [
    (as_of, language, slug, geography)
    for as_of in ("2021-03-31", "2023-07-15", "2025-02-28")
    for language in LANGUAGES
    for slug, geography in [*((slug, "MEX") for slug in SLUGS), *((slug, "MX-CHP") for slug in STATES)]
]


@pytest.mark.parametrize(("as_of", "language", "slug", "geography"), PAST if SOAK else PAST[::4])
def test_a_past_date_is_not_told_as_of_today(as_of: str, language: Language, slug: str, geography: str) -> None:
    """Nothing of what is published or later, no record of one period, no fragment, in any text of a reconstruction."""
    assert list(faults(elements_run(slug, as_of, language, geography), as_of, language)) == []


@pytest.mark.parametrize(
    ("report", "as_of", "undrawn"),
    [
        ("03_migration_management", "2021-03-31", "encuentros desde"),
        ("03_migration_management", "2026-06-30", "eventos desde"),
        ("06_data_knowledge", "2021-03-31", "entrevistas"),
        ("08_integration", "2023-07-15", "Programa:"),
    ],
)
def test_a_note_names_no_small_chart_that_is_not_drawn(report: str, as_of: str, undrawn: str) -> None:
    """One or two points are no small chart, and the note of the key figures does not speak of it."""
    shown = one(elements_run(report, as_of), "key_figures")
    assert {1, 2}.isdisjoint(sum(v is not None for v in figure["spark"]) for figure in shown["figures"])
    assert "Minigráfica" in shown["note"]
    assert undrawn not in shown["note"]


def test_reports_that_are_run_without_a_kernel_are_those_of_a_build(real: Path) -> None:
    """The tests that need no page read what a build makes: every element but the pictures."""
    for slug in SLUGS:
        built = elements_of(real / CURRENT, "en", slug)
        ran = elements_run(slug, one(built, "cover")["as_of"], "en")
        for read in built + ran:
            for of_the_run in ("origin", "unshown", "form", "narrow"):
                read.pop(of_the_run, None)
        assert ran == built, slug


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "En enero de 2021, el último mes publicado, hubo 9,552 eventos."),
        ("es", "La serie llega hasta hoy."),
        ("es", "En 2018 fueron 52,300; el dato se revisó después."),
        ("es", "Los periodos que ya se habían publicado."),
        ("en", "In January 2021, the latest month published, there were 9,552 events."),
        ("en", "It is 174 today."),
        ("en", "The figure was later revised."),
        ("en", "The latest year was 2020."),
    ],
)
def test_words_of_today_are_found(language: Language, text: str) -> None:
    """The rule on reconstructions finds what the reports once said."""
    assert list(of_the_present(text, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "En enero de 2021, el último mes de la serie que usamos, hubo 9,552 eventos."),
        ("es", "Hay pares cuyas dos cifras son de versiones que ya se habían publicado."),
        ("en", "In the latest yearly table used here there were 9,552."),
    ],
)
def test_words_of_a_date_are_let_through(language: Language, text: str) -> None:
    """What is said of the series in use, or of a version that bears a date, is true at any date."""
    assert list(of_the_present(text, language)) == []


@pytest.mark.parametrize("text", ["Hasta el 11 de mayo de 2023.", "In June 2021 it ended.", "2024 fue otro año."])
def test_later_months_and_years_are_found(text: str) -> None:
    """Not alone the years: in March 2021 nobody knows June."""
    assert list(of_later(text, "2021-03-31"))
    assert list(of_later(text, "2026-06-30")) == []


def test_years_of_versions_and_prices_are_no_later_years() -> None:
    """They name what is used, and the reader must know it."""
    named = "ONU DAES (edición 2024), a precios de 2025, versión del 13 de mayo de 2025; projection of 2023."
    assert list(of_later(named, "2021-03-31")) == []


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Desde 2021 el mes con más eventos fue enero de 2021.", True),
        ("Since January 2021, the highest is that of January 2021.", True),
        ("Desde 2020 el máximo es el de 2020.", True),
        ("El máximo mensual desde 2018 fue el de junio de 2019.", False),
        ("Desde 2018 la proporción más baja es la de 2019.", False),
    ],
)
def test_a_record_since_its_own_period_is_found(text: str, alone: bool) -> None:
    """One month is no maximum."""
    assert bool(list(records_of_one(text, "2021-03-31"))) is alone


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Sin dato publicado a esta fecha: de las decisiones de fondo fueron favorables.", True),
        ("de las decisiones, la mitad.", True),
        ("Sin dato en las tablas: «… de las decisiones de fondo fueron favorables».", False),
        ("Without a figure at this cut-off: “… of the decisions”.", False),
    ],
)
def test_a_label_that_stands_alone_is_found(text: str, broken: bool) -> None:
    """A label goes on from its number: where the number is absent, it is quoted."""
    assert bool(list(fragments(Written("note", text, "note")))) is broken


def test_every_report_says_how_old_its_data_are(editions: Editions) -> None:
    """The band how far its series reach, key figures up to when there are data; never after the cut-off."""
    words = {
        "es": ("(Sus|Todas sus) series terminan e", "Último dato: "),
        "en": ("(Its|All its) series end ", "Latest data: "),
    }
    for folder, language, stem in each(editions):
        band, last = words[language]
        elements = elements_of(folder, language, stem)
        page = (folder / language / f"{stem}.html").read_text(encoding="utf-8")
        _, reach = re.findall(r'<p class="imprint">([^<]*)</p>', page)
        assert re.match(band, reach), (language, stem)
        said = [figure["last_datum"] for figure in one(elements, "key_figures")["figures"]]
        counts = stem.startswith("06") and set(said) == {""}  # of tables, which have no periods
        assert counts or any(text.startswith(last) for text in said), (language, stem)
        assert max(re.findall(r"\b20\d\d\b", " ".join([reach, *said]))) <= one(elements, "cover")["as_of"][:4], stem


def test_reports_agree_how_far_an_indicator_reaches(real: Path) -> None:
    """What two briefings count alike has the same last datum in both: neither hides what the other knows."""
    said: dict[str, dict[str, str]] = {}
    for slug in SLUGS:
        figures = one(elements_of(real / CURRENT, "es", slug), "key_figures")["figures"]
        for fact in facts_of(real / CURRENT, slug):
            if fact["where"].startswith("key_figures, ") and fact["name"] == "value":
                number = int(fact["where"].rpartition(" ")[2])
                of_what = json.dumps([fact["unit"], _shape(msgspec.convert(fact["derivation"], Derivation))])
                said.setdefault(of_what, {})[slug] = figures[number - 1]["last_datum"]
    shared = {of_what: last for of_what, last in said.items() if len(last) > 1}
    assert len(shared) >= 2
    assert {of_what: last for of_what, last in shared.items() if len(set(last.values())) > 1} == {}


def test_a_past_date_calls_itself_a_reconstruction(year_2020: Path) -> None:
    """Band, foot and citation; and nothing is said of an edition before, for there was none."""
    for slug in OF_2020:
        for language in languages_of(slug):
            name = {"es": "Reconstrucción con los datos del", "en": "Reconstruction with the data of"}[language]
            page = (year_2020 / language / f"{slug}.html").read_text(encoding="utf-8")
            assert page.count(name) >= 2, slug
            assert 'id="changes"' not in page
            assert name in text_of(year_2020 / language / f"{slug}.pdf")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_report_without_data_at_a_date_is_refused_before_a_kernel_starts(
    slug: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day before the first one of a report, the answer is that day, and nothing is written."""
    since = declared_parameters(read_notebook(ROOT / "notebooks" / f"{slug}.ipynb"), slug)["as_of"].earliest
    project_as_of(tmp_path, (date.fromisoformat(since) - timedelta(days=1)).isoformat())
    monkeypatch.chdir(tmp_path)
    assert main(["build", slug]) == 2
    assert f"is before its data: it must be {since} or later" in capsys.readouterr().err
    assert not (tmp_path / "reports" / "past").exists()


def test_a_date_after_the_newest_data_is_refused_before_a_kernel_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows the data of 2031: the answer is the day on which the newest were read, and nothing is written."""
    project_as_of(tmp_path, "2031-01-01")
    monkeypatch.chdir(tmp_path)
    assert main(["build", "05"]) == 2
    assert re.search(r"as_of '2031-01-01' must be 20\d\d-\d\d-\d\d, when the newest", capsys.readouterr().err)
    assert not (tmp_path / "reports" / "past").exists()


@pytest.mark.parametrize("slug", sorted({*SLUGS} - {*STATES}))
def test_a_report_of_the_country_alone_is_refused_for_a_state(
    slug: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the data know no states, the answer names the places that there are, and nothing is written."""
    monkeypatch.chdir(ROOT)
    assert main(["build", slug, "--geography", "MX-CHP", "--output", str(tmp_path)]) == 2
    assert f"{slug}: there is no edition for MX-CHP: geography must be one of MEX" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_people_keep_their_dignity_in_every_pdf(editions: Editions) -> None:
    """Nobody is illegal and nobody is a flood, in the labels of charts and the names of sources neither."""
    for folder, language, stem in each(editions):
        assert list(people_faults(text_of(folder / language / f"{stem}.pdf"), language)) == [], (language, stem)


def test_every_number_of_every_page_is_a_fact(editions: Editions) -> None:
    """All reports in both languages, at two dates, and states."""
    found, names = {}, {language: names_of_data(ROOT / "data", language) for language in LANGUAGES}
    for folder, language, stem in each(editions):
        document = read_document(read_notebook(folder / language / f"{stem}.ipynb"))
        if faults := [*unproved_numbers(folder / language / f"{stem}.html", document, names[language])]:
            found[folder.name, language, stem] = faults
    assert found == {}
