"""The method page of a report: what its author writes, and what follows from the report itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from analysis.foundation.words import Language, word
from analysis.mexico import COUNTRY
from analysis.report.elements import Chart, ElementError, Item
from analysis.report.runs import Label, Period, Sentence
from analysis.values.quantities import format_date
from analysis.values.texts import Text

_STOP: Final = ". "
_THROUGH_TIME: Final = {"lines", "bars", "stacked_bars", "stacked_area", "small_multiples", "rounds"}
"""The forms in which a period without a figure is a grey band."""


def headed(text: Text) -> tuple[Text, Text]:
    """Return what a text is about, its words up to the first full stop, and what it says of it.

    Raises:
        ElementError: if nothing stands before a full stop, or nothing after it.
    """
    spanish, english = text.es.partition(_STOP), text.en.partition(_STOP)
    if not (spanish[2] and english[2]):
        raise ElementError(f"'{text.es}' has no term: write it first, with a full stop, \"Rates. They are of ...\"")
    term, body = ((spanish[i] + stop, english[i] + stop) for i, stop in ((0, "."), (2, "")))
    return Text(*term, text.values), Text(*body, text.values, text.neutral, text.evidence)


def cutoff(as_of: date, language: Language) -> Item:
    """Return the rule of the cut-off date."""
    before, _, after = word("cutoff_rule", language).partition("{date}")
    return _item("cutoff_term", before, Period(format_date(as_of, language)), after, language=language)


def comparisons(language: Language) -> Item:
    """Return how changes are computed, which the library does alike in all reports."""
    return _item("changes_term", word("changes_rule", language), language=language)


def marks(charts: Sequence[Chart], language: Language) -> list[Item]:
    """Return what the marks in some charts mean, as one item; none where they have no marks."""
    said = " ".join(word(key, language) for key in _marks(charts))
    return [_item("marks_term", said, language=language)] if said else []


def _marks(charts: Sequence[Chart]) -> Iterator[str]:
    if any(row.mark for chart in charts for row in chart.data.rows):
        yield "mark_hatching"
    if any(None in row.values for chart in charts if chart.form in _THROUGH_TIME for row in chart.data.rows):
        yield "mark_gap"
    if any(0 in chart.data.values for chart in charts if chart.form == "tile_map"):
        yield "mark_zero"


def definitions(said: str, language: Language) -> tuple[Item, ...]:
    """Return the terms of the glossary that a text uses, then the acronyms of that text and of their definitions."""
    terms = COUNTRY.terms_in(said, language)
    acronyms = COUNTRY.acronyms_in(" ".join([said, *(term.means for term in terms)]), language)
    listed = " ".join(f"{each.name}: {each.means}." for each in acronyms)
    items = [Item(Sentence((f"{term.name}.",)), Sentence((term.means,))) for term in terms]
    return (*items, *([_item("acronyms", listed, language=language)] if listed else []))


def _item(term: str, *said: str | Label | Period, language: Language) -> Item:
    return Item(Sentence((word(term, language),)), Sentence(said))
