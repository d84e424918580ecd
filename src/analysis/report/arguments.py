"""What a notebook gives to a briefing, looked at before it is used: the message names the argument and the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, get_args

import pandas as pd

from analysis.foundation.tokens import Width
from analysis.metrics.algebra import Metric
from analysis.metrics.key_figures import KeyFigure
from analysis.package.table import Table
from analysis.report.elements import ElementError
from analysis.values.quantities import Quantity
from analysis.values.texts import Text

_SENTENCE: Final = "say(es='...', en='...')"
_WIDTHS: Final = get_args(Width)
_MOST_FIGURES: Final = 6


def need_texts(**given: Any) -> None:
    """Refuse what is no sentence in both languages.

    Args:
        **given: texts, or sequences of them, by the name of their argument.

    Raises:
        ElementError: if one is none.
    """
    for argument, value in given.items():
        for each in value if isinstance(value, Sequence) and not isinstance(value, str) else [value]:
            if not isinstance(each, Text):
                raise ElementError(f"{argument} is {_told(each)}: write it in both languages, {argument}={_SENTENCE}")


def need_words(given: Mapping[str, Any], known: Iterable[str]) -> None:
    """Refuse a chart without title, and arguments that it does not have.

    Args:
        given: its texts, by the name of their argument.
        known: the names that there are.

    Raises:
        ElementError: if one is wanting or unknown.
    """
    names = list(known)
    if unknown := [name for name in given if name not in names]:
        near = get_close_matches(unknown[0], names)
        hint = f"did you mean {near[0]}?" if near else f"its texts are {', '.join(names)}"
        raise ElementError(f"a chart has no argument '{unknown[0]}': {hint}")
    if "title" not in given:
        raise ElementError(f"a chart needs a title: write it in both languages, title={_SENTENCE}")


def need_pairs(**given: Any) -> None:
    """Refuse what is no sequence of entries: a sentence that begins with its term, or a term with what it means.

    Raises:
        ElementError: if one is none.
    """
    for argument, entries in given.items():
        for entry in entries:
            pair = entry if isinstance(entry, tuple) and len(entry) == 2 else (entry,)
            if not all(isinstance(each, Text) for each in pair):
                raise ElementError(
                    f"{argument} holds {_told(entry)}: each entry is {_SENTENCE} that begins with its term and a stop"
                )


def need_tables(tables: Any) -> None:
    """Refuse what is no sequence of tables.

    Raises:
        ElementError: if it is none.
    """
    if isinstance(tables, Table):
        raise ElementError(f"tables is one table, {tables.name}: write a list, tables=[...]")
    for each in [tables] if isinstance(tables, str) else tables:
        if not hasattr(each, "credits"):
            raise ElementError(f"tables holds {_told(each)}: give tables, tables=[b.table('...')]")


def need_figures(figures: Sequence[Any]) -> None:
    """Refuse what is no key figure, and more than fit.

    Raises:
        ElementError: if one is none, or there are more than six.
    """
    if len(figures) > _MOST_FIGURES:
        raise ElementError(
            f"{len(figures)} key figures: at most {_MOST_FIGURES} fit the first page, leave out the others"
        )
    for number, each in enumerate(figures, 1):
        if not isinstance(each, KeyFigure):
            raise ElementError(f"key figure {number} is {_told(each)}: write figure(metric, es='...', en='...')")


def need_chart(draw: Any, data: Any, width: Any, marks: Any) -> None:
    """Refuse what no chart can be made of.

    Raises:
        ElementError: if `draw` is no function, `data` no table of pandas, `width` or `marks` none that there is.
    """
    if not callable(draw):
        raise ElementError(f"draw is {_told(draw)}: give a function, lambda width: charts.lines(..., width=width)")
    if not isinstance(data, pd.DataFrame):
        remedy = "data=series.to_frame('...')" if isinstance(data, pd.Series) else "data=pd.DataFrame(...)"
        raise ElementError(f"data is {_told(data)}: give the table that was drawn, {remedy}")
    if width not in _WIDTHS:
        raise ElementError(f"width is {width!r}: it must be one of {', '.join(map(repr, _WIDTHS))}")
    if not hasattr(marks, "items"):
        raise ElementError(f"marks is {_told(marks)}: name the rows, marks={{2025: 'preliminary'}}")


def need_rows(head: Sequence[Any], rows: Sequence[Sequence[Any]], formats: Sequence[str]) -> None:
    """Refuse rows of another length than the head, and cells that are neither quantities nor words.

    Raises:
        ElementError: if there is one, with its row and column.
    """
    if len(formats) != len(head):
        raise ElementError(
            f"formats has {len(formats)} entries and head {len(head)}: give one a column, '' where usual"
        )
    for j, each in enumerate(head, 1):
        if not isinstance(each, str):
            raise ElementError(f"head of column {j} is {_told(each)}: write it as a word, str(...)")
    for i, row in enumerate(rows, 1):
        if len(row) != len(head):
            raise ElementError(
                f"row {i} has {len(row)} cells and head {len(head)}: give one a column, '–' where none is"
            )
        for j, cell in enumerate(row, 1):
            if isinstance(cell, Metric):
                raise ElementError(f"row {i}, column {j} is a metric: say of when, metric.now or metric.at(2025)")
            if not isinstance(cell, Quantity | Text | str):
                raise ElementError(
                    f"row {i}, column {j} is {_told(cell)}, which nothing proves: give the quantity that it comes "
                    f"from, a word, or {_SENTENCE}"
                )


def need_shown(**given: Any) -> None:
    """Refuse columns of a pair that hold no elements.

    Raises:
        ElementError: if one does.
    """
    for argument, value in given.items():
        for each in value if isinstance(value, Sequence) and not isinstance(value, str) else [value]:
            if not hasattr(each, "element"):
                raise ElementError(f"{argument} is {_told(each)}: give what b.chart(...) or b.finding(...) returns")


def _told(value: Any) -> str:
    kind = type(value).__name__
    return f"the {kind} {value!r:.40}" if isinstance(value, str | int | float) else f"a {kind}"
