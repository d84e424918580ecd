"""What a notebook gives to a briefing, looked at before it is used: the message names the argument and the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

import pandas as pd

from analysis.metrics.algebra import Metric
from analysis.metrics.key_figures import Column, KeyFigure
from analysis.package.table import Table
from analysis.report.elements import Chart, Element, ElementError, Pair
from analysis.report.elements import Table as ShownTable
from analysis.values.quantities import Quantity
from analysis.values.texts import Text

_SENTENCE: Final = "say(es='...', en='...')"
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
                raise ElementError(f"{argument} is {told(each)}: write it in both languages, {argument}={_SENTENCE}")


def need_words(given: Mapping[str, Any], known: Iterable[str]) -> None:
    """Refuse a chart without title, arguments that it does not have, and what is no sentence; some may be left out.

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
        if unknown[0] == "tables":
            hint = "metrics and values know theirs, leave it out"
        raise ElementError(f"a chart has no argument '{unknown[0]}': {hint}")
    if "title" not in given:
        raise ElementError(f"a chart needs a title: write it in both languages, title={_SENTENCE}")
    need_texts(**{argument: value for argument, value in given.items() if value})


def need_pairs(**given: Any) -> None:
    """Refuse what is no sequence of entries: a sentence that begins with its term, or a term with what it means.

    Raises:
        ElementError: if one is none.
    """
    for argument, entries in given.items():
        if isinstance(entries, Text):
            raise ElementError(f"{argument} is one sentence: write a list, {argument}=[...]")
        for entry in entries:
            pair = entry if isinstance(entry, tuple) and len(entry) == 2 else (entry,)
            if not all(isinstance(each, Text) for each in pair):
                raise ElementError(
                    f"{argument} holds {told(entry)}: each entry is {_SENTENCE} that begins with its term and a stop"
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
            raise ElementError(f"tables holds {told(each)}: give tables, tables=[b.table('...')]")


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
            raise ElementError(f"key figure {number} is {told(each)}: write figure(metric, es='...', en='...')")


def need_function(draw: Any, example: str) -> None:
    """Refuse what does not draw.

    Raises:
        ElementError: if it is no function; the message shows one.
    """
    if not callable(draw):
        raise ElementError(f"draw is {told(draw)}: give a function, {example}")


def need_height(height: Any) -> None:
    """Refuse what is no height.

    Raises:
        ElementError: if it is no number above zero.
    """
    if not isinstance(height, int | float) or not height > 0:
        raise ElementError(f"height is {told(height)}: give it in points, height=200")


def need_data(data: Any, unit: Any, marks: Any) -> None:
    """Refuse data that no reader could open as a table: one row a name or a period, one column of numbers a series.

    Raises:
        ElementError: if they are no such table, or a column has no unit.
    """
    if not isinstance(data, pd.DataFrame):
        remedy = "data=series.to_frame('...')" if isinstance(data, pd.Series) else "data=pd.DataFrame(...)"
        raise ElementError(f"data is {told(data)}: give the table that was drawn, {remedy}")
    if data.empty:
        raise ElementError("data is empty: give the values that were drawn, one row a name or a period")
    if data.index.nlevels > 1 or data.columns.nlevels > 1:
        raise ElementError("data has rows or columns of several levels: name each row and each series by one word")
    for column, values in data.items():
        if not _holds_numbers(values):
            raise ElementError(
                f"column '{column}' of data holds no numbers: give one column of numbers a series, and what names the "
                "rows as index, frame.set_index('...') or frame.pivot(index='...', columns='...', values='...')"
            )
    if not isinstance(unit, str | Mapping):
        raise ElementError(f"unit is {told(unit)}: write unit='persons', or one a column, unit={{'...': 'persons'}}")
    if without := [column for column in map(str, data.columns) if isinstance(unit, Mapping) and column not in unit]:
        raise ElementError(
            f"unit has none for column '{without[0]}': write one for each, unit={{'{without[0]}': '...'}}"
        )
    if not hasattr(marks, "items"):
        raise ElementError(f"marks is {told(marks)}: name the rows, marks={{2025: 'preliminary'}}")


def _holds_numbers(values: pd.Series[Any]) -> bool:
    try:
        values.astype(float)
    except (ValueError, TypeError):
        return False
    return True


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
            raise ElementError(f"head of column {j} is {told(each)}: write it as a word, str(...)")
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
                    f"row {i}, column {j} is {told(cell)}, which nothing proves: give the quantity that it comes "
                    f"from, a word, or {_SENTENCE}"
                )


def need_columns(columns: Sequence[Any], emphasis: Any) -> None:
    """Refuse what is no column of a table, and a focus on none of them.

    Raises:
        ElementError: if there is no column, one is none or has none of the rows of the first, or none is in focus.
    """
    if not columns:
        raise ElementError("a table needs a column: b.grid(column({...}, es='...', en='...'), title=...)")
    for number, each in enumerate(columns, 1):
        if not isinstance(each, Column):
            given = "{...}" if isinstance(each, Mapping) else "metric.by('...')"
            raise ElementError(f"column {number} is {told(each)}: write column({given}, es='...', en='...')")
        if not each.cells:
            raise ElementError(f"column {number} is empty: look whether metric.by('...') found any rows")
        if not each.cells.keys() & columns[0].cells.keys():
            raise ElementError(f"column {number} has none of the rows of the first: call them alike in all columns")
    if emphasis is not None and emphasis not in range(1, len(columns) + 1):
        raise ElementError(f"emphasis is {told(emphasis)}: write the number of a column, from 1 to {len(columns)}")


def need_shown(**given: Any) -> None:
    """Refuse columns of a pair that hold nothing, no elements, what is wider than a column, or one figure twice.

    Raises:
        ElementError: if one does.
    """
    elements: list[Element] = []
    for argument, value in given.items():
        column = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        if not column:
            raise ElementError(f"{argument} is empty: give a chart or a paragraph, or show the other column alone")
        for each in column:
            element = getattr(each, "element", None)
            if not isinstance(element, Element):
                raise ElementError(f"{argument} is {told(each)}: give what b.lines(...) or b.finding(...) returns")
            if isinstance(element, Pair):
                raise ElementError(f"{argument} is a pair: give its charts, several of one column as a list")
            if isinstance(element, Chart) and element.width != "half":
                raise ElementError(f"{argument} is a chart of the whole width: write width='half' where it is drawn")
            if isinstance(element, Chart | ShownTable) and element in elements:
                raise ElementError(f"{argument} holds the same {element.kind} once more: show each once")
            elements.append(element)


def told(value: Any) -> str:
    """Return what was given, as a message names it: a short value itself, of others the kind."""
    kind = type(value).__name__
    return f"the {kind} {value!r:.40}" if isinstance(value, str | int | float) else f"a {kind}"
