"""Elements as they are printed: the same fields, with every text and number written."""

from __future__ import annotations

import msgspec
import pytest
from msgspec import structs

from analysis.foundation.words import LANGUAGES
from analysis.report.elements import Pair
from analysis.report.facts import Fact
from analysis.report.printing import printed_element
from analysis.report.runs import FactRun
from analysis.values.quantities import Quantity
from tests.elements import chart, finding, key_figures, key_number, section, series, table
from tests.samples import prose

CLAIMS = FactRun("column 2", Fact.of(Quantity(70482.0, "persons", "2025")))
NONE = FactRun("column 2", Fact.of(Quantity(None, "persons", "2025", missing="no_data")))


def test_an_element_is_printed_with_its_kind_its_anchor_and_its_fields() -> None:
    """Texts are written, data are those of a page, the rest is as it is."""
    printed = printed_element(chart(number=2, data=series("2025"), note="Nota."), "es")
    assert (printed["kind"], printed["anchor"], printed["number"]) == ("chart", "g2", 2)
    assert (printed["title"], printed["note"], printed["width"]) == ("Bajaron", "Nota.", "full")
    assert printed["data"] == {"head": ["Año", "Personas"], "rows": [["2025", "1"]]}
    assert printed["tables"] == ["claims_year"]


def test_numbers_are_written_in_the_language_of_the_page() -> None:
    """Those of cells and of key figures; a missing one of a cell is a dash."""
    cells = [printed_element(table(("a", CLAIMS), ("b", NONE)), language)["rows"] for language in LANGUAGES]
    assert cells == [[["a", "70,482"], ["b", "–"]]] * 2
    for language, said in (("es", "Último dato: abril de 2025"), ("en", "Latest data: April 2025")):
        element = key_figures(key_number(last_datum="2025-04"))
        (figure,) = msgspec.convert(printed_element(element, language)["figures"], list[dict[str, object]])
        assert (figure["value"], figure["seal"], figure["last_datum"]) == ("400", "", said)


def test_the_elements_of_a_pair_are_printed_in_their_columns() -> None:
    """Each as if it stood alone."""
    left, right = chart(number=1), finding("Uno.")
    printed = printed_element(Pair((left,), (right, right)), "es")
    assert printed["left"] == [printed_element(left, "es")]
    assert printed["right"] == [printed_element(right, "es")] * 2


def test_pieces_of_prose_are_printed_by_their_kinds() -> None:
    """A table of prose also as the plain texts of its cells, head first."""
    (block,) = msgspec.convert(
        printed_element(prose("| a |\n|---|\n| **b** |"), "es")["blocks"], list[dict[str, object]]
    )
    assert (block["kind"], block["plain"]) == ("table", [["a"], ["b"]])


def test_what_cannot_be_printed_is_named() -> None:
    """An element holds texts, numbers and structures of these."""
    odd = structs.replace(section("a"), text=frozenset("a"))
    with pytest.raises(TypeError, match="frozenset cannot be printed: let an element hold texts, numbers and struct"):
        printed_element(odd, "es")
