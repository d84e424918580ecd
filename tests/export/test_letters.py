"""What no page can show is refused before any format, with its cell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from analysis.export.document import read_document
from analysis.export.letters import refuse_unprintable
from analysis.foundation.errors import DocumentError
from analysis.foundation.typeface import lacking
from analysis.report.elements import Element
from tests import elements, samples

DRAWN = "<svg viewBox='0 0 1 1'/>"


def shown(*made: Element) -> None:
    """Read a notebook that shows these elements after its cover, a cell each."""
    read_document(samples.executed(*samples.cells_of([elements.cover(), *made], "es")))


@pytest.mark.parametrize(
    ("element", "sentence"),
    [
        (
            elements.finding("Mayas: maꞌya."),
            r"cell 2, finding: the typeface has no 'ꞌ' \(U\+A78C\): write it in another",
        ),
        (elements.section("Listo ✅ y ➡"), r"cell 2, section 1: the typeface has no '✅' \(U\+2705\), '➡' \(U\+27A1\)"),
        (elements.chart(title="漢", svg=DRAWN), r"cell 2, chart 1: the typeface has no '漢' \(U\+6F22\)"),
        (elements.chart(data=elements.series("漢"), svg=DRAWN), r"cell 2, chart 1: the typeface has no '漢'"),
        (elements.table(("✅", "1")), r"cell 2, table 1: the typeface has no '✅'"),
        (elements.key_figures(elements.key_number(label="✅")), r"cell 2, key_figures: the typeface has no '✅'"),
        (
            elements.finding("w" * 1001),
            r"cell 2, finding holds a word of more than 1,000 letters: shorten or divide it",
        ),
    ],
)
def test_what_no_page_can_show_names_its_cell(element: Element, sentence: str) -> None:
    """A letter that the typeface lacks, wherever an element says it, and a word that fits on no page."""
    with pytest.raises(DocumentError, match=sentence):
        shown(element)


def test_a_cover_is_looked_at_too() -> None:
    """Its title stands on every page."""
    with pytest.raises(DocumentError, match=r"cell 1, cover: the typeface has no '✅'"):
        read_document(samples.executed(*samples.cells_of([elements.cover(title="✅")], "es")))


def test_pictures_are_not_read_as_texts() -> None:
    """The drawing of a chart has lines of more than a thousand letters."""
    drawn = elements.chart(svg=f"<svg viewBox='0 0 1 1'><path d='{'M0,0' * 500}'/></svg>", narrow=("x" * 2000,))
    refuse_unprintable(drawn, "es")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_shown_or_refused_with_its_letters(text: str) -> None:
    """What passes has no letter that the typeface lacks; what is refused names the first that it lacks."""
    finding = replace(elements.finding(f"a{text}"), cell=7)
    letters = lacking(text)
    if not letters:
        refuse_unprintable(finding, "es")
        return
    with pytest.raises(DocumentError) as refused:
        refuse_unprintable(finding, "es")
    assert str(refused.value).startswith(f"cell 7, finding: the typeface has no '{letters[0]}' (U+")
