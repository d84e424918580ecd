"""A number that is mere letters is found wherever it stands, and what is no number is left alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from analysis.check.coverage import coverage, declared_numbers
from analysis.report.elements import Caution, Element, Finding, Group, Item, Method, Section, Table
from analysis.report.facts import Fact
from analysis.report.runs import FactRun, Label, Name, Paragraph, Period, Sentence
from analysis.values.quantities import Quantity

FACT = FactRun("n", Fact.of(Quantity(45.0, "persons", "2025", derivation={"table": "t", "column": "n", "where": {}})))


def said(*runs: object) -> Finding:
    """A paragraph of one sentence, shown by the seventh cell."""
    return Finding(Paragraph((Sentence(runs),)), cell=7)  # type: ignore[arg-type]


def table(head: str = "", cell: str = "") -> Table:
    """A table with one row, whose number is a fact."""
    rows = ((Sentence((cell,)), FACT),)
    empty = Sentence()
    return Table(
        title=empty, head=("", head), rows=rows, align=("left", "right"), source=empty, tables=(), number=2, cell=7
    )


@pytest.mark.parametrize(
    ("element", "place"),
    [
        (said("Hubo 45 casos."), "finding, text: '45'"),
        (said("Hubo ", FACT, " casos, 12.5% más."), "finding, text: '12.5%'"),
        (said("Hubo 1,990 casos."), "finding, text: '1,990'"),
        (said("Hubo 20.5 casos."), "finding, text: '20.5'"),
        (Caution(Sentence(("Cuidado con 3",)), Paragraph((Sentence(("x",)),)), cell=7), "caution, title: '3'"),
        (Section(Sentence(("Las 7 causas",)), cell=7), "section 0, text: '7'"),
        (table(cell="1234"), "table 2, row 1, column 1: '1234'"),
        (table(head="más de 9"), "table 2, head of column 2: '9'"),
        (
            Method((Group("limits", (Item(Sentence(("Son 8.",)), Sentence(("x",))),)),), cell=7),
            "method, term: '8.'",
        ),
    ],
)
def test_a_smuggled_number_is_named_with_its_cell(element: Element, place: str) -> None:
    """In a sentence, a title, a cell or a head of a table, beside facts or alone."""
    (told,) = coverage([element]).letters
    assert told.startswith(f"cell 7, {place} is printed as mere letters, and nothing proves it")


@pytest.mark.parametrize(
    "text",
    [
        "En 2025 y en 1994–1996.",
        "El 19 de septiembre; on 9–11 December; al 15 dic.",
        "Niñas de 0 a 17 años; aged 5 to 17; hasta 19 años; 0–17, de edad conocida.",
        "UPM, cuadro 3.1.1; licencia CC BY 4.0.",
        "Las visas H-2A y el Título 42.",
    ],
)
def test_what_is_no_number_may_stand_among_letters(text: str) -> None:
    """Years, days, age groups, tables of a publisher, licences, names."""
    assert coverage([said(text)]).letters == ()


def test_numbers_that_authors_declared_are_listed() -> None:
    """Each once; a name whose digits are none of a number, and one without digits, is not."""
    runs = Name("60%"), " y ", Name("Título 42"), ", ", Name("Cuba"), ", ", Name("200 dólares")
    assert declared_numbers([said(*runs), said(Name("60%")), table()]) == ["60%", "200 dólares"]


def test_what_is_a_run_of_its_own_is_counted_or_exempt() -> None:
    """Facts are counted, in sentences and in cells; periods and labels are no numbers."""
    found = coverage([said("Hubo ", FACT, " en ", Period("abril de 2025"), ", ", Label("de 5 en 5")), table(), said()])
    assert (found.facts, found.letters) == (2, ())
    assert coverage([replace(table(), rows=())]).facts == 0
