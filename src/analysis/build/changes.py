"""What a briefing says of the edition before: its finding, its key figures, and how many figures were revised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from analysis.build.difference import Difference, differences, shared
from analysis.build.published import Fact, Published, as_published
from analysis.export.document import Document
from analysis.foundation.words import Language, word
from analysis.report.elements import Changes, Element, Method, Section, Sources
from analysis.report.facts import Condition, Derivation, Range
from analysis.report.runs import Paragraph, Sentence
from analysis.values.periods import first_day, last_day
from analysis.values.quantities import format_date, format_number

ID: Final = "changes"
_TIME: Final = re.compile(r"\d{4}(-\d\d){0,2}")
_WITHIN_QUOTES: Final = str.maketrans("«»“”", "“”‘’")


def with_changes(document: Document, before: Published) -> Document:
    """Return a document that also says what changed since the edition before, at the end of its findings.

    Where that was not published in its language, or has the same cut-off date, and for a reconstruction, which follows
    nothing, it is as it was.

    Args:
        document: the briefing.
        before: what the edition before said of the same theme and place.
    """
    same_date = before.as_of == document.cover.as_of
    if document.reconstruction or same_date or document.language not in before.headline:
        return document
    at, elements = _end_of_findings(document.elements), document.elements
    return replace(document, elements=(*elements[:at], *_section(document, before), *elements[at:]))


def key_figures(before: Published, now: Published, language: Language) -> list[tuple[str, str]]:
    """Return each key figure that both editions have in the same place, as either printed it.

    It is the same measure, of a period of the same length; what a period is, its label says.
    """
    earlier, later = ({fact.where: fact for fact in edition.facts if _is_key_figure(fact)} for edition in (before, now))
    printed = zip(before.figures.get(language, []), now.figures.get(language, []), strict=False)
    rows = []
    for number, (old, new) in enumerate(printed, 1):
        then, today = (edition.get(f"key_figures, figure {number}") for edition in (earlier, later))
        if then and today and _same_measure(then, today):
            rows.append((f"{old.value} {old.label}", f"{new.value} {new.label}"))
    return rows


def revised_figures(before: Published, now: Published) -> list[Difference]:
    """Return the figures that were revised: of the same period, with another value."""
    return [difference for difference in differences(before.facts, now.facts) if difference.kind == "revised"]


def found_before(before: Published, language: Language) -> str:
    """Return the sentence with the finding of the edition before."""
    return word("found_before", language).format(
        edition=before.edition, date=format_date(before.as_of, language), headline=quoted(before.headline[language])
    )


def quoted(text: str) -> str:
    """Return a text as it stands between quotation marks: those within it are of the next kind."""
    return text.translate(_WITHIN_QUOTES)


def revised_since(before: Published, now: Published, language: Language) -> str:
    """Return the sentence that says how many of the figures in both editions were revised since."""
    both, revised = shared(before.facts, now.facts), len(revised_figures(before, now))
    return word("revised_since", language).format(
        both=format_number(both, language), revised=format_number(revised, language)
    )


def _section(document: Document, before: Published) -> tuple[Element, ...]:
    language = document.language
    now = as_published("", {language: document})
    figures = "; ".join(then for then, _ in key_figures(before, now, language))
    sentences = [
        found_before(before, language),
        *([word("their_figures", language).format(figures=figures)] if figures else []),
        *([revised_since(before, now, language)] if shared(before.facts, now.facts) else []),
    ]
    told = Paragraph(tuple(Sentence((sentence,)) for sentence in sentences))
    return Section(Sentence((word("changes", language),)), name=ID), Changes(told)


def _end_of_findings(elements: Sequence[Element]) -> int:
    """Where the last section before the definitions begins, or the definitions themselves, or the end."""
    end = next((i for i, element in enumerate(elements) if isinstance(element, Method | Sources)), len(elements))
    return max((i for i in range(end) if isinstance(elements[i], Section)), default=end)


def _is_key_figure(fact: Fact) -> bool:
    return fact.where.startswith("key_figures, ") and fact.name == "value"


def _same_measure(before: Fact, now: Fact) -> bool:
    """Whether two facts are of the same column, made in the same way, for periods of the same length."""
    first, second = ((fact.unit, _shape(fact.derivation), _length(fact.period)) for fact in (before, now))
    return first == second


def _length(period: str) -> int | None:
    """Months of a period, or None where it has no length: a state at the end of a year, a day."""
    first, _, last = period.partition("/")
    if not last:
        return {4: 12, 7: 1}.get(len(first))
    start, end = first_day(first), last_day(last)
    return 12 * (end.year - start.year) + end.month - start.month + 1


def _shape(derivation: Derivation | None) -> tuple[object, ...] | None:
    """What a number is made of, whatever its period: the column with its categories, or an operation and its parts."""
    if derivation is None:
        return None
    if derivation.table is not None:
        where = derivation.where or {}
        of_what = {column: value for column, value in where.items() if not _is_time(value)}
        return derivation.table, derivation.column, of_what
    return derivation.op, [_shape(part) for part in derivation.parts[:2]]


def _is_time(value: Condition) -> bool:
    """Whether a filter names a period: a year, a day, or a range of them."""
    if isinstance(value, tuple):
        return all(_is_time(item) for item in value)
    return isinstance(value, int | Range) or bool(_TIME.fullmatch(str(value)))
