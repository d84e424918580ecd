"""Key figures and columns of tables, made of metrics: values with what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from analysis.foundation.words import Language
from analysis.metrics.algebra import Metric
from analysis.metrics.axes import MetricError
from analysis.metrics.names import caller_names
from analysis.metrics.sentences import bound
from analysis.package.credits import Credit
from analysis.values.quantities import Quantity
from analysis.values.texts import Named, Text, text


class TableSource(Protocol):
    """Where numbers come from: a table, or the inventory of all of them."""

    @property
    def name(self) -> str:
        """Name under which it stands among the sources."""

    @property
    def republish(self) -> bool:
        """Whether its values may be offered for download."""

    def credits(self, language: Language) -> list[Credit]:
        """Who published it, which version, on what terms."""


@dataclass(frozen=True)
class KeyFigure:
    """One number of the front page with what it is compared with.

    Attributes:
        value: the number shown large.
        label: a noun phrase with its date.
        before: the same measure one year earlier, from which the change is computed; None where the two must not be
            compared. Under 100 cases it stands beside the value without a change in percent.
        spark: values by period for the small chart beside it, the last one being `value`; fewer than three are not
            drawn (see `is_drawn`).
        tables: tables it came from.
        reference: what stands after the number compared with; "in <period>" when not given.
        format: how the number and the one compared with are written (see `Quantity.text`).
    """

    value: Quantity
    label: Text
    before: Quantity | None
    spark: pd.Series[float]
    tables: Sequence[TableSource]
    reference: Text | None = None
    format: str = ""


def figure(measured: Metric, *, es: str, en: str, spec: str = "", **given: Any) -> KeyFigure:
    """Return a key figure of a metric: value, change since before, small chart and sources follow from it.

    Args:
        measured: the metric.
        es: what stands beside the number, in Spanish; where it names no period, that of the number follows a comma.
        en: the same in English.
        spec: how the number is written (see `Quantity.text`).
        **given: values that are not seen from here, by name.

    Raises:
        MetricError: as `say` does.
        QuantityError: if the number cannot be written so.
    """
    if not isinstance(measured, Metric):
        raise MetricError(f"figure() is given a {type(measured).__name__}: give a metric, which knows what was before")
    measured.now.text("es", spec)  # a format that it does not have is told here
    templates, values = bound([es, en], caller_names(given))
    if measured.period and not any(isinstance(value, Named) and value.kind == "period" for value in values.values()):
        templates, values = (
            [f"{template}, {{last}}" for template in templates],
            {**values, "last": measured.period.named()},
        )
    return KeyFigure(
        value=measured.now,
        label=text(*templates, **values),
        before=measured.before,
        spark=measured.spark(),
        tables=measured.tables,
        format=spec,
    )


@dataclass(frozen=True)
class Column:
    """One column of a table on the page.

    Attributes:
        head: what stands over it, which may have lines.
        cells: a value, a metric's last one, words, or None for a dash, by what each row is called.
        format: how its numbers are written (see `Quantity.text`).
    """

    head: Text
    cells: Mapping[Any, Quantity | Text | None]
    format: str = ""


def column(
    cells: Mapping[Any, Metric | Quantity | Text | None], *, es: str, en: str, spec: str = "", **given: Any
) -> Column:
    """Return a column of a table on the page.

    Args:
        cells: values, metrics (their last values) or words, by what each row is called; None for a dash.
        es: what stands over it, in Spanish; it may have lines.
        en: the same in English.
        spec: how its numbers are written (see `Quantity.text`).
        **given: values that are not seen from here, by name.

    Raises:
        MetricError: as `say` does, or if a cell is none of these.
        QuantityError: if one of its numbers cannot be written so.

    Example:
        >>> column({who: part.at(2024) for who, part in received.by("nationality").items()}, es="Antes", en="Before")
    """
    if not isinstance(cells, Mapping):
        raise MetricError(
            f"column '{es}' is given a {type(cells).__name__}: give values by what each row is called, metric.by('...')"
        )
    for row, cell in cells.items():
        if not isinstance(cell, Metric | Quantity | Text | None):
            raise MetricError(
                f"column '{es}', row {row!r}: {cell!r:.40} is no metric, value or say(es='...', en='...')"
            )
    templates, values = bound([es, en], caller_names(given))
    now = {row: cell.now if isinstance(cell, Metric) else cell for row, cell in cells.items()}
    for cell in now.values():
        if isinstance(cell, Quantity):
            cell.text("es", spec)  # a format that it does not have is told here
    return Column(text(*templates, **values), now, spec)
