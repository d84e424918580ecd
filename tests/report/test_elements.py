"""Elements: the texts that they have, the numbers that they tell, and what is refused."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from analysis.report.chart_data import ChartData, Column, Row
from analysis.report.elements import (
    Cell,
    Changes,
    Element,
    ElementError,
    Finding,
    Headline,
    Pair,
    Section,
    check_chart_texts,
    check_height,
    flat,
    write_cell,
)
from analysis.report.facts import Fact
from analysis.report.runs import FactRun, Name, Paragraph, Sentence
from analysis.values.quantities import Quantity
from analysis.values.texts import claim, text
from tests.elements import (
    caution,
    chart,
    cover,
    finding,
    key_figures,
    key_number,
    method,
    section,
    sentence,
    series,
    table,
)
from tests.samples import prose

CLAIMS = Quantity(70482.0, "persons", "2025", tables=("claims_year",))
SHARE = Quantity(49.1, "percent", "2025", tables=("claims_year",))
RECEIVED = Sentence.of(text(es="Se recibieron {n}.", en="There were {n}.", n=CLAIMS), "es")
SHARED = Sentence.of(text(es="Fue {share} de {n}.", en="It was {share} of {n}.", share=SHARE, n=CLAIMS), "es")
REPLACED = Sentence.of(
    claim(when=False, es="La mitad.", en="Half.", neutral_es="Fue {share}.", neutral_en="It was {share}.", share=SHARE),
    "es",
)
LEFT_OUT = Sentence.of(claim(when=False, es="Subió.", en="It rose."), "es")


# -- numbers that are told --------------------------------------------------------------------------------------------


def test_facts_of_texts_in_order() -> None:
    """Each quantity printed is told once, texts in order and names sorted, with the slot where it stands."""
    element = Headline(RECEIVED, Paragraph((SHARED, LEFT_OUT, REPLACED)))
    assert [(told.slot, told.name, told.fact.value) for told in element.told()] == [
        ("text", "n", 70482),
        ("lead", "n", 70482),
        ("lead", "share", 49.1),
        ("lead", "share", 49.1),
    ]


def test_neutral_slots() -> None:
    """The slots whose claim was replaced or left out are listed, the sentences of a paragraph by their number."""
    element = Headline(RECEIVED, Paragraph((SHARED, REPLACED, LEFT_OUT)))
    assert element.neutral == ["lead1", "lead2"]
    assert replace(chart(), title=REPLACED, alt=LEFT_OUT).neutral == ["title", "alt"]
    assert replace(caution("Ojo", ""), text=Paragraph((REPLACED,))).neutral == ["text"]


def test_a_key_figure_tells_its_value_and_what_it_is_compared_with() -> None:
    """Then the numbers of its label and of its words of comparison; what has no value states nothing."""
    none = Fact.of(Quantity(None, "percent", "2025", missing="no_data"))
    figure = replace(key_number(before=Fact.of(CLAIMS), change=none, reference=SHARED), label=RECEIVED)
    element = replace(key_figures(key_number(), figure), note=Paragraph((SHARED,)))
    assert [(told.slot, told.name) for told in element.told()] == [
        ("figure 1", "value"),
        ("figure 2", "value"),
        ("figure 2", "before"),
        ("figure 2", "n"),
        ("figure 2", "n"),
        ("figure 2", "share"),
        ("note", "n"),
        ("note", "share"),
    ]


def test_a_cell_of_words_tells_the_numbers_that_it_names() -> None:
    """A quantity is a fact of its column, a text one for each quantity in it; a word, or a gap, is none."""
    number = FactRun("column 2", Fact.of(CLAIMS))
    few = FactRun("column 2", Fact.of(Quantity(None, "percent", "2025", missing="too_few")))
    absent = [
        FactRun("column 2", Fact.of(Quantity(None, "percent", "2025", missing=m))) for m in ("no_data", "partial")
    ]
    element = table(*((name, cell) for name, cell in zip("abcdef", (number, SHARED, "–", few, *absent), strict=True)))
    assert [(told.slot, told.name, told.fact.value) for told in element.told()] == [
        ("row 1", "column 2", 70482),
        ("row 2", "column 2 n", 70482),
        ("row 2", "column 2 share", 49.1),
        ("row 4", "column 2", None),
    ]


# -- texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "written"),
    [
        (cover("Asilo", "México"), [("title", "Asilo", "title"), ("scope", "México", "title")]),
        (
            Headline(sentence("Uno."), Paragraph((sentence("Dos."), LEFT_OUT, sentence("Tres.")))),
            [("text", "Uno.", "prose"), ("lead", "Dos. Tres.", "prose")],
        ),
        (Section(sentence("Asilo")), [("text", "Asilo", "title")]),
        (finding("Uno."), [("text", "Uno.", "prose")]),
        (caution("Ojo", "Uno."), [("title", "Ojo", "title"), ("text", "Uno.", "prose")]),
        (prose("Uno **dos**.\n\n- tres"), [("text", "Uno dos.", "cell"), ("text", "tres", "cell")]),
        (method(("Uso.", "Uno.")), [("term", "Uso.", "cell"), ("'Uso.'", "Uno.", "prose")]),
        (
            chart(data=series("2025"), note="Nota."),
            [
                ("title", "Bajaron", "title"),
                ("subtitle", "Solicitudes, 2025", "title"),
                ("alternative text", "De 9 a 5.", "prose"),
                ("note", "Nota.", "note"),
                ("head of the data", "Año", "cell"),
                ("head of the data", "Personas", "cell"),
                ("name of a row of the data", "2025", "cell"),
            ],
        ),
        (
            table(("Cuba", "–"), title="T", head=("", "n\n2025")),
            [
                ("title", "T", "title"),
                ("head of column 2", "n 2025", "cell"),
                ("row 1, column 1", "Cuba", "cell"),
                ("row 1, column 2", "–", "cell"),
            ],
        ),
        (
            key_figures(key_number(before=Fact.of(CLAIMS), change=Fact.of(SHARE), last_datum="2025-04"), note="Nota."),
            [
                ("label of figure 1", "solicitudes, 2025", "title"),
                ("note", "Nota.", "note"),
                ("value of figure 1", "400", "cell"),
                ("change of figure 1", "+49.1%", "cell"),
                ("reference of figure 1", "70,482 en 2025", "cell"),
                ("last_datum of figure 1", "Último dato: abril de 2025", "cell"),
            ],
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Element) else "",
)
def test_every_text_that_a_notebook_wrote_is_given_with_its_place(
    element: Element, written: list[tuple[str, str, str]]
) -> None:
    """As it is printed, in one line, and what kind of text it is; source lines are of the data package."""
    assert [(w.slot, w.text, w.form) for w in element.texts("es")] == written


def test_marks_stand_in_the_names_of_rows() -> None:
    """What is said of a row is a text of the notebook too."""
    data = ChartData("Año", (Column("Personas", "persons"),), (Row("2025", (1,), "2025", "preliminar"),))
    assert [w.text for w in chart(data=data).texts("es")][-1] == "2025 (preliminar)"


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        (Sentence(("Cuba",)), "Cuba"),
        (Sentence((Name("Cuba"),)), "Cuba"),
        (FactRun("column 2", Fact.of(CLAIMS)), "70,482"),
        (FactRun("column 2", Fact.of(SHARE), "0"), "49%"),
        (FactRun("column 2", Fact.of(Quantity(None, "persons", "2025", missing="no_data"))), "–"),
        (FactRun("column 2", Fact.of(Quantity(None, "percent", "2025", missing="too_few")), "1"), "–"),
    ],
)
def test_a_cell_of_a_table(cell: Cell, printed: str) -> None:
    """Words stay, numbers follow their format, and what is missing is an en dash."""
    assert write_cell(cell, "en") == printed


# -- names and places -------------------------------------------------------------------------------------------------


def test_elements_are_named_by_kind_and_number() -> None:
    """Those that are numbered have an anchor, which the name of a section takes the place of."""
    assert (chart(number=2).place, chart(number=2).anchor) == ("chart 2", "g2")
    assert (table(number=1).place, table(number=1).anchor) == ("table 1", "c1")
    assert (finding("Uno.").place, section("Asilo").anchor) == ("finding", "s0")
    assert Section(sentence("Cambios"), name="changes").anchor == "changes"


def test_what_changed_is_a_finding_of_another_kind() -> None:
    """It is set smaller, and has the same texts."""
    told = Changes(Paragraph((sentence("Uno."),)))
    assert isinstance(told, Finding)
    assert (told.kind, [w.text for w in told.texts("es")]) == ("changes", ["Uno."])


def test_elements_of_pairs_are_read_one_by_one() -> None:
    """The left column, then the right one, where the pair stands."""
    one, two, three = finding("Uno."), chart(), section("Tres")
    assert list(flat([three, Pair((one,), (two, one)), three])) == [three, one, two, one, three]


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alt", "message"),
    [
        ("", "the chart 'Bajaron' has no alternative text: say what it shows, with its values"),
        ("  \n", "the chart 'Bajaron' has no alternative text"),
        ("Bajaron", "the alternative text of the chart 'Bajaron' repeats its caption: let it give the values"),
        (" Solicitudes, 2025 ", "the alternative text of the chart 'Bajaron' repeats its caption"),
    ],
)
def test_a_chart_without_words_of_its_own_is_refused(alt: str, message: str) -> None:
    """A chart needs an alternative text that is not its caption."""
    check_chart_texts(chart(), "es")
    with pytest.raises(ElementError, match=message):
        check_chart_texts(chart(alt=alt), "es")


def test_a_chart_whose_title_is_left_out_is_refused() -> None:
    """The title of a chart cannot be empty."""
    with pytest.raises(ElementError, match="a chart has no title: give it other words"):
        check_chart_texts(chart(title=""), "es")


def test_a_chart_higher_than_a_page_is_refused() -> None:
    """With its caption and its source it has to fit."""
    check_height(590, "T")
    with pytest.raises(ElementError, match="the chart 'T' is 591 points high, a page takes 590: draw fewer rows"):
        check_height(591, "T")
