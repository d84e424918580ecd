"""The house style: each rule finds its planted fault, and good text passes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.check.house_style import (
    ALT_LENGTH,
    HEADLINE_LENGTH,
    TITLE_LENGTH,
    number_faults,
    style_faults,
    text_faults,
)
from analysis.export.document import Document
from analysis.foundation.words import LANGUAGES, Language
from analysis.report.elements import Chart, Element, Form, KeyNumber, Sources, Written, WrittenFigure
from tests import elements
from tests.elements import (
    caution,
    cover,
    finding,
    headline,
    key_figures,
    key_number,
    method,
    section,
    series,
    source,
    table,
)
from tests.samples import prose

ALT = "Barras por año, 2013–2025: 1,275 solicitudes en 2013, un máximo de 140,979 en 2023 y 70,482 en 2025, el último."
ALT_EN = "Bars by year, 2013–2025: 1,275 claims in 2013, a peak of 140,979 in 2023 and 70,482 in 2025, the last year."


def chart(**other: Any) -> Chart:
    """A Spanish chart whose texts keep the house style, save what is given."""
    good = {
        "title": "El máximo de solicitudes fue en 2023",
        "subtitle": "Solicitudes de asilo en México, personas, 2013–2025",
        "alt": ALT,
        "note": "Cifras preliminares.",
    }
    return elements.chart(**{**good, **other})


def faults(text: str, language: Language, form: Form = "cell") -> list[str]:
    """What is found wrong in a text."""
    return list(text_faults(Written("text", text, form), language))


# -- good text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2014–2025",
        "1,712",
        "140,979 en 2023, 70,482 en 2025",
        "1,070,000",
        "−10.7%",
        "+26.4 puntos",
        "de −36% a +40%",
        "1.07 millones",
        "100.0%",
        "–",
        "s/d",
        "0–17",
        "34%–93%",
        "«[Las personas] llegaron» [sic]",
        "enero–abril de 2025",
        "ene 2021–8 sep 2025",
        "25 de junio de 2026",
        "2025-04",
        "2025-04 (preliminar)",
        "versión del 2026-06-25",
        "Cuadro 3.1.3 (CC BY 4.0; CC BY-NC-SA 3.0 IGO)",
        "Título 42 y Título 8, 148,716 expulsiones",
        "MX-CHP y las demás claves de ISO 3166-2",
        "COVID-19, R4V, visas H-2A y CBP One",
        "versión 74932f8f",
        "https://example.org/2024-25/cuadro_12345,6.html?pag=1->2",
        "En EE. UU., 12.0 millones; 10.9 (ACS, 2023)",
        "S01 · Personas de origen mexicano",
        "El Salvador, Guatemala y Honduras",
        "según The Washington Post (2019) y El Universal",
        "¿De dónde vienen? De 38 países…",
        "inundaciones y otros desastres; oleadas de calor",
        "migración irregular, legalmente, legal",
        "mil personas; por ciento de los eventos",
    ],
)
def test_good_spanish_passes(text: str) -> None:
    """Numbers, ranges, dates, codes, names and words as the house writes them are no faults."""
    assert faults(text, "es") == []


@pytest.mark.parametrize(
    "text",
    [
        "2014–2025 · January–April 2025",
        "USD 5,611 million",
        "−10.7% · 78,966 in 2024",
        "n/a",
        "25 June 2026; 25 Jun 2026",
        "El Salvador, El Paso and Los Angeles",
        "None of the states; Nantes; infants",
        "floods and other disasters; a wave of heat",
        "the Alien Enemies Act; alienated",
        "49.1 per cent",
    ],
)
def test_good_english_passes(text: str) -> None:
    """The same in English; names in Spanish, and words that only look like a fault, pass."""
    assert faults(text, "en") == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_chart_that_keeps_the_style_has_no_fault(language: Language) -> None:
    """Title, subtitle, alternative text and note as the guide has them."""
    english = {
        "title": "The peak was in 2023",
        "subtitle": "Asylum claims in Mexico, persons, 2013–2025",
        "alt": ALT_EN,
        "note": "Preliminary figures.",
    }
    assert list(style_faults(chart(**(english if language == "en" else {})), language)) == []


# -- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found", "told"),
    [
        ("-10.7%", "-1", "minus"),
        ("cambio de (–4)", "–4", "minus"),
        ("de —4 a 3", "—4", "minus"),
        ("2014-2025", "4-2", "en dash"),
        ("de 34%-93%", "4%-9", "en dash"),
        ("2010-12 y otros", "0-1", "en dash"),
        ("en 2025-04 hubo menos", "5-0", "en dash"),
        ("2014—2025", "4—2", "en dash"),
        ("2014−2025", "4−2", "en dash"),
        ("enero-abril de 2025", "enero-abril", "en dash"),
        ("Ene-abr 2025", "Ene-abr", "en dash"),
        ("49.1 %", "1 %", "no space before the sign"),
        ("49.1\u00a0%", "1\u00a0%", "no space before the sign"),
        ("1712 delitos", "1712", "comma"),
        ("unas 70482 personas", "70482", "comma"),
        ("−1712", "1712", "comma"),
        ("2150 solicitudes", "2150", "comma"),
        ("20255 personas", "20255", "comma"),
        ("1 185 585 eventos", "1 185 585", "comma"),
        ("fueron 2\u00a0500.", "2\u00a0500", "comma"),
        ("1.185.585 eventos", "1.185.585", "comma"),
        ("23,7%", "3,7", "point"),
        ("0,125", "0,125", "point"),
        ("10,5000", "0,5000", "point"),
        ("↑ 12", "↑", "read aloud"),
        ("de 12 → 15", "→", "read aloud"),
        ("de 12 -> 15", "->", "read aloud"),
        ("25/06/2026", "25/06/2026", "month in words"),
        ("$5,611 millones", "$5", "currency"),
    ],
)
def test_a_number_of_another_house_is_found(text: str, found: str, told: str) -> None:
    """Signs, ranges, thousands, decimals, dates and money that are written otherwise are quoted, in both languages."""
    for language in LANGUAGES:
        (said,) = number_faults(text, language)
        assert told in said
        assert f"'{found}'" in said
        assert said.endswith(f"('{text}')")


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("es", "Fue de 5 por ciento", "5 por ciento"),
        ("es", "unos 65 mil casos", "65 mil"),
        ("es", "mil 595 personas", "mil 595"),
        ("en", "It was 5 percent", "5 percent"),
    ],
)
def test_a_number_as_one_language_alone_must_not_write_it_is_found(language: Language, text: str, found: str) -> None:
    """The sign in Spanish, figures written whole, and "per cent" in two words."""
    (said,) = faults(text, language)
    assert f"'{found}'" in said


def test_english_sentences_say_per_cent_and_the_rest_has_the_sign() -> None:
    """In prose the sign is a fault; in titles, notes and cells, and in Spanish, it is right."""
    (said,) = faults("It rose by 49.1%.", "en", "prose")
    assert "a sentence says 'per cent', not '1%'" in said
    assert faults("It rose by 49.1%.", "en", "note") == []
    assert faults("It rose by 49.1%", "en", "title") == []
    assert faults("Subió 49.1%.", "es", "prose") == []


# -- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("es", "Migrantes ilegales", "ilegales"),
        ("es", "ILEGAL", "ILEGAL"),
        ("es", "personas indocumentadas", "indocumentadas"),
        ("es", "vivir sin papeles", "sin papeles"),
        ("es", "una oleada migratoria", "oleada migratoria"),
        ("es", "la avalancha de personas migrantes", "avalancha de personas migrantes"),
        ("es", "olas de refugiados", "olas de refugiados"),
        ("es", "trata de blancas", "trata de blancas"),
        ("en", "Illegal entries", "Illegal"),
        ("en", "undocumented people", "undocumented"),
        ("en", "Aliens expelled", "Aliens"),
        ("en", "an alien", "alien"),
        ("en", "a wave of new migrants", "wave of new migrants"),
        ("en", "the flood of asylum-seekers", "flood of asylum-seekers"),
        ("en", "a migrant surge", "migrant surge"),
    ],
)
def test_a_word_that_takes_dignity_is_found(language: Language, text: str, found: str) -> None:
    """Nobody is illegal, and people are no disaster."""
    (said,) = faults(text, language)
    assert f"not '{found}'" in said


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("es", "Deaths by state", "'Deaths' is English"),
        ("es", "El Salvador and Honduras", "'and' is English"),
        ("en", "Fuente: UNHCR", "'Fuente' is Spanish"),
        ("en", "claims por año", "'por' is Spanish"),
        ("en", "El Salvador y el Caribe", "'el' is Spanish"),
    ],
)
def test_a_word_of_the_other_language_is_found(language: Language, text: str, told: str) -> None:
    """A text that was not translated is quoted; the names in it are not."""
    (said,) = faults(text, language)
    assert said.startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dos  espacios", "one space between two words"),
        (" Empieza tarde", "one space between two words"),
        ("Una coma , suelta", "no space before ' ,'"),
        ("Dos puntos..", "'..' is not punctuation"),
        ("Nada () dentro", "'()' is not punctuation"),
        ("De {n} a más", "a stray '{'"),
        ("Son nan personas", "'nan' is a word of the machine"),
        ("Son None", "'None' is a word of the machine"),
        ("[Título del tema]", "'[Título del tema]' holds the place of words that are not written yet"),
    ],
)
def test_what_a_template_leaves_behind_is_found(text: str, told: str) -> None:
    """Doubled spaces, loose punctuation, braces and missing values."""
    (said,) = faults(text, "es")
    assert said.startswith(told)


@pytest.mark.parametrize(
    ("text", "form", "told"),
    [
        ("Menos solicitudes.", "title", "takes no full stop"),
        ("Hubo menos solicitudes", "prose", "ends with a full stop"),
        ("Hubo menos: 3)", "note", "ends with a full stop"),
    ],
)
def test_titles_have_no_full_stop_and_sentences_have_one(text: str, form: Form, told: str) -> None:
    """The form of a text decides how it ends."""
    (said,) = faults(text, "es", form)
    assert told in said


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Visas de EE. UU.", "title"),
        ("¿Cuántas?", "title"),
        ("«Nadie lo dice».", "prose"),
        ("Dijo: «nadie.»", "prose"),
        ("¿Cuántas?", "note"),
        ("Total", "cell"),
        ("Superada. La serie baja.", "cell"),
    ],
)
def test_other_endings_are_right(text: str, form: Form) -> None:
    """Abbreviations, questions and quotations end as they do; cells end as they like."""
    assert faults(text, "es", form) == []


# -- charts, tables, headline -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "width", "most"), [("chart", "full", 90), ("chart", "half", 40), ("table", "", 90)])
def test_a_title_fits_its_width(kind: str, width: str, most: int) -> None:
    """As many characters as fit pass, one more does not."""

    def titled(title: str) -> Element:
        return chart(title=title, width=width) if kind == "chart" else table(title=title)

    assert list(style_faults(titled("x" * most), "es")) == []
    (said,) = style_faults(titled("x" * (most + 1)), "es")
    assert said.startswith(f"title: {most + 1} characters, and {most} fit: shorten it ('xxx")


def test_a_headline_has_three_lines_at_most() -> None:
    """Two hundred characters pass, one more does not; its lead may be longer."""
    lead = "y" * 300 + "."
    assert list(style_faults(headline("x" * 199 + ".", lead), "es")) == []
    (said,) = style_faults(headline("x" * 200 + ".", lead), "es")
    assert said.startswith("text: 201 characters, and 200 fit: shorten it")


def test_a_chart_without_subtitle_is_found() -> None:
    """A chart says what it counts; a table says it in its heads."""
    (said,) = style_faults(chart(subtitle=""), "es")
    assert said.startswith("subtitle: there is none: say what is counted")
    assert list(style_faults(table(title="Remesas"), "es")) == []


FILL = "; en los demás años, entre 2,014 y 4,205 personas, sin un orden que se pueda describir en pocas palabras."


@pytest.mark.parametrize(
    ("alt", "told"),
    [
        ("Barras por año: 1,275 en 2013 y 70,482 en 2025.", "47 characters, not 60 to 600"),
        (ALT + " Después, 1." * 50, "not 60 to 600"),
        ("Barras por año, sin cifras" + " y sin ninguna" * 6 + ", salvo 12.", "it gives no values"),
        ("El máximo de solicitudes fue en 2023" + FILL, "it repeats the caption"),
        ("Solicitudes de asilo en México (personas) 2013–2025" + FILL, "it repeats the caption"),
        ("Imagen de barras por año" + FILL, "'Imagen' says nothing new"),
        ("Gráfica que muestra el máximo" + FILL, "'Gráfica que muestra' says nothing new"),
        ("La gráfica presenta el máximo" + FILL, "'La gráfica presenta' says nothing new"),
        ("Barras por año, en azul" + FILL, "'azul' says nothing to those who cannot see it"),
        ("Barras por año, las más oscuras primero" + FILL, "'oscuras' says nothing to those who cannot see it"),
        ("Barras por año, en otro color" + FILL, "'color' says nothing to those who cannot see it"),
    ],
)
def test_an_alternative_text_that_does_not_stand_in_for_its_chart_is_found(alt: str, told: str) -> None:
    """Too short, too long, without values, the caption again, idle words, colours."""
    (said,) = style_faults(chart(alt=alt), "es")
    assert said.startswith("alternative text: ")
    assert told in said


@pytest.mark.parametrize(
    ("alt", "told"),
    [
        ("Image of " + ALT_EN, "'Image' says nothing new"),
        ("Chart showing " + ALT_EN, "'Chart showing' says nothing new"),
        ("The chart shows " + ALT_EN, "'The chart shows' says nothing new"),
        (ALT_EN.replace("Bars", "Blue and grey bars").replace("Blue", "blue"), "'blue' says nothing"),
        (ALT_EN.replace("Bars", "Coloured bars").replace("Coloured", "coloured"), "'coloured' says nothing"),
    ],
)
def test_the_same_of_an_english_alternative_text(alt: str, told: str) -> None:
    """Idle words and colours of English."""
    english = {"title": "The peak", "subtitle": "Asylum claims, persons", "note": ""}
    (said,) = style_faults(chart(alt=alt, **english), "en")
    assert told in said


@pytest.mark.parametrize(
    "start",
    [
        "Gráfica de líneas por año",
        "Mapa de cuadros: Piedras Negras y el Río Blanco",
        "Barras: discriminación por color de piel",
        "Barras por año de solicitudes",
    ],
)
def test_names_and_kinds_of_charts_are_no_fault_of_an_alternative_text(start: str) -> None:
    """The kind of chart may come first, and a name may be that of a colour."""
    assert list(style_faults(chart(alt=start + FILL), "es")) == []


def test_alternative_texts_at_their_bounds_pass() -> None:
    """A hundred characters, four hundred, and three digits are right."""
    for length in (100, 400):
        assert list(style_faults(chart(alt=ALT[:60] + "x" * (length - 61) + "."), "es")) == []
    assert (
        list(
            style_faults(chart(alt="Barras por año: 1 en el primero, 3 en el último" + " y menos" * 8 + ", o 2."), "es")
        )
        == []
    )


# -- where a text stands ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "slot"),
    [
        (cover(title="Son nan"), "title"),
        (cover(scope="Son nan"), "scope"),
        (headline("Son nan."), "text"),
        (headline("Subió.", "Son nan."), "lead"),
        (section("Son nan"), "text"),
        (finding("Son nan."), "text"),
        (prose("Hay\\\nSon nan"), "text"),
        (caution("Son nan", "Cuidado."), "title"),
        (caution("Cuidado", "Son nan."), "text"),
        (chart(title="Son nan"), "title"),
        (chart(subtitle="Son nan"), "subtitle"),
        (chart(alt=ALT.replace("1,275", "nan")), "alternative text"),
        (chart(note="Son nan."), "note"),
        (chart(data=series(columns=("nan",))), "head of the data"),
        (chart(data=series("nan")), "name of a row of the data"),
        (table(head=("", "nan")), "head of column 2"),
        (table(("a", "1"), ("b", "nan")), "row 2, column 2"),
        (method(("Uso.", "Son nan.")), "'Uso.'"),
        (method(("nan.", "Son.")), "term"),
    ],
)
def test_a_fault_is_found_wherever_it_stands(element: Element, slot: str) -> None:
    """Every text of every kind of element is looked at, and its place is said."""
    (said,) = style_faults(element, "es")
    assert said.startswith(f"{slot}: 'nan' is a word of the machine")


@pytest.mark.parametrize("key", ["value", "label", "change", "reference", "last_datum"])
def test_a_fault_of_a_key_figure_is_found(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number, what it counts, its change and what it is compared with."""
    shown = {"value": "1", "change": "+3.0%", "reference": "0 en 2024", "last_datum": "Último dato: 2025"}
    written = WrittenFigure(**{"label": "", "seal": "", "columns": (), **shown, key: "nan"})
    monkeypatch.setattr(KeyNumber, "written", lambda *_: written)
    (said,) = style_faults(key_figures(key_number(label="nan" if key == "label" else "casos, 2025")), "es")
    assert said.startswith(f"{key} of figure 1: 'nan'")


def test_a_broken_head_and_the_lines_of_markdown_are_read_as_one_line() -> None:
    """Line breaks are layout: no doubled space, and no loose punctuation."""
    head, lines = table(head=("Cambio\n2024–2025",)), prose("Una lista:\n\n-   primero\n-   segundo")
    assert [*style_faults(head, "es"), *style_faults(lines, "es")] == []


def test_source_lines_are_not_looked_at() -> None:
    """They are printed from the data package: neither the line under a chart nor the list of sources is an author's."""
    assert list(style_faults(chart(source="Source: 2014-2025"), "es")) == []
    assert list(style_faults(Sources((source(publisher="Source: 2014-2025"),)), "es")) == []


def test_a_whole_briefing_passes(spanish: Document) -> None:
    """Every kind of block of the sample keeps the style, but for its short alternative texts and the $ in its prose."""
    said = [(element.kind, fault) for element in spanish.flat for fault in style_faults(element, "es")]
    assert {(kind, fault.partition(":")[0]) for kind, fault in said} == {
        ("chart", "alternative text"),
        ("markdown", "text"),
    }


# -- the guides -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("guide", "bounds"),
    [
        (
            "style-guide.md",
            ["{} to {} characters", "at most {} characters", "{} characters, ○", "tables: {} characters"],
        ),
        (
            "guia-de-estilo.md",
            ["De {} a {} caracteres", "{} caracteres como", "{} caracteres, ○", "cuadros: {} caracteres"],
        ),
    ],
)
def test_the_guides_state_the_bounds_that_are_held(root: Path, guide: str, bounds: list[str]) -> None:
    """What authors read and what `check` finds are the same numbers."""
    written = (root / "docs" / guide).read_text(encoding="utf-8")
    held = [ALT_LENGTH, (HEADLINE_LENGTH,), (TITLE_LENGTH["half"],), (TITLE_LENGTH["full"],)]
    assert [b.format(*n) for b, n in zip(bounds, held, strict=True) if b.format(*n) not in written] == []


def test_both_guides_mark_the_same_rules(root: Path) -> None:
    """The marks of what `check` finds and of what people judge come in the same order, under as many headings."""
    spanish, english = (
        (root / "docs" / name).read_text(encoding="utf-8") for name in ("guia-de-estilo.md", "style-guide.md")
    )
    marks = [[c for c in text if c in "✓○#"] for text in (spanish, english)]
    assert marks[0] == marks[1]
