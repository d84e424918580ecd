"""What a notebook asks of a chart of metrics, looked at before it is drawn: the message says what the author writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import Any, Final, get_args

from analysis.charts import Verdict
from analysis.metrics.algebra import Metric
from analysis.metrics.axes import Kind, MetricError
from analysis.metrics.points import Points, Shown
from analysis.metrics.readings import label_of
from analysis.mexico import COUNTRY
from analysis.report.arguments import told
from analysis.report.elements import ElementError
from analysis.values.breaks import crossed
from analysis.values.periods import span_days
from analysis.values.quantities import Quantity
from analysis.values.texts import Named

_NAME: Final = "name(es='...', en='...')"
_ROWS: Final = 8
"""So many rows are named where one is asked for that there is not."""
_INSTEAD: Final[Mapping[Kind, str]] = {
    "year": "b.stacked draws years",
    "month": "b.lines draws months, and metric.yearly makes years of them",
    "quarter": "b.lines draws quarters, and metric.yearly makes years of them",
    "span": "b.timeline draws spans",
    "none": "b.ranked draws what has no period",
}
"""What draws each kind of period."""


def need_named(form: str, shown: Any) -> None:
    """Refuse what holds nothing by name, where a form shows several side by side.

    Raises:
        ElementError: if it is a metric alone, a list, a frame.
    """
    if not isinstance(shown, Mapping):
        given = "one metric" if isinstance(shown, Metric) else f"what is of type {type(shown).__name__}"
        raise ElementError(
            f"b.{form} shows several by name, and is given {given}: write {{...: metric, ...}}, as metric.by('...') "
            "gives them"
        )


def need_states(form: str, shown: Iterable[object]) -> None:
    """Refuse what is no code of a state.

    Raises:
        ElementError: if one is none.
    """
    for key in shown:
        if key not in COUNTRY.state_codes:
            raise ElementError(
                f"b.{form} shows states by their codes, as '{COUNTRY.example}', and is given {as_written(key)}: write "
                f"metric.by('state_code'), and leave out what is no state"
            )


def need_times(
    form: str, shown: Shown, drawn: Sequence[Kind], *, since: object = "", periods: Sequence[object] = ()
) -> None:
    """Refuse metrics whose periods a form does not draw, or that count time in two ways.

    Raises:
        ElementError: if they are such.
    """
    given = [shown] if isinstance(shown, Metric) else shown.values() if isinstance(shown, Mapping) else ()
    metrics = [metric for metric in given if isinstance(metric, Metric)]  # what else there is, `course` refuses
    kinds = {_kind(metric, [p for p in periods or metric.periods if str(p) >= str(since)]) for metric in metrics}
    if len(kinds) > 1:
        counted = " and ".join(f"by {kind}" for kind in sorted(kinds))
        raise ElementError(f"b.{form} has one axis of time, and its metrics count {counted}: draw those that are alike")
    for kind in kinds - set(drawn):
        counted = "has no period" if kind == "none" else f"counts by {kind}"
        takes = " or ".join(f"{each}s" for each in drawn)
        raise ElementError(f"b.{form} draws {takes}, and what it is given {counted}: {_INSTEAD[kind]}")


def _kind(metric: Metric, periods: Sequence[object]) -> Kind:
    """How the periods of a metric follow one another; spans that lie each in a year of its own are years."""
    if metric.kind != "span":
        return metric.kind
    spans = [span_days(str(period)) for period in periods if "/" in str(period) or len(str(period)) == len("2025")]
    years = {first.year for first, last in spans if first.year == last.year}
    return "year" if len(years) == len(periods) else "span"


def need_one(form: str, shown: Shown) -> None:
    """Refuse several metrics where a form draws one.

    Raises:
        ElementError: if there are several.
    """
    if isinstance(shown, Mapping) and len(shown) > 1:
        raise ElementError(
            f"b.{form} draws one metric, and is given {len(shown)}: b.stacked and b.multiples draw several"
        )


def need_lists(**given: Any) -> None:
    """Refuse what is no list.

    Raises:
        ElementError: if it is none.
    """
    for argument, value in given.items():
        if not isinstance(value, Iterable) or isinstance(value, str):
            raise ElementError(f"{argument} is {told(value)}: give a list, {argument}=[...]")


def need_lacking(lacking: Any) -> None:
    """Refuse what are no words for years that are not whole.

    Raises:
        ElementError: if they are none.
    """
    for words in lacking.values() if isinstance(lacking, Mapping) else [lacking]:
        if not isinstance(words, Named):
            raise ElementError(
                f"lacking holds {told(words)}: write a name for each year, lacking={{2025: name('parcial', 'partial')}}"
            )


def need_remainder(other: Any) -> None:
    """Refuse what is no remainder: a name with its value.

    Raises:
        ElementError: if it is none.
    """
    pair = other if isinstance(other, tuple) and len(other) == 2 else (None, None)
    if other is not None and not isinstance(pair[1], Metric | Quantity):
        raise ElementError(f"other is {told(other)}: write the name and the value, other=({_NAME}, value)")


def need_number_of_bars(highlight: Any) -> None:
    """Refuse what is no number of bars.

    Raises:
        ElementError: if it is none.
    """
    if not isinstance(highlight, int):
        raise ElementError(
            f"highlight is {told(highlight)}, and says how many of the first bars are dark: for one by its name write "
            f"focus={as_written(highlight)}"
        )


def need_steps(points: Points) -> None:
    """Refuse steps of which one is not known: they add up to the last value.

    Raises:
        ElementError: if one is not.
    """
    for row in points.rows:
        if row.values[0].value is None:
            raise ElementError(f"'{row.name.es}' has no value here: b.waterfall needs one for every step")


def need_values(form: str, points: Points) -> None:
    """Refuse items of which none has a value, and say why.

    Raises:
        ElementError: if none has.
    """
    if all(value.value is None for value in points.values):
        raise ElementError(f"b.{form} has nothing to draw: {_broken(points) or 'none of its rows has a value here'}")


def need_compared(form: str, points: Points) -> None:
    """Refuse items of which none can be compared with the period before, and say why.

    Raises:
        ElementError: if none can.
    """
    if not any(all(value.value is not None for value in row.values) for row in points.rows):
        raise ElementError(
            f"b.{form} compares with the period before, and {_broken(points) or 'no row has a value then'}: "
            "b.lines draws the course, b.ranked the last values"
        )


def _broken(points: Points) -> str:
    """The break of the series for which a value is withheld; nothing where none is."""
    withheld = [(value, row.values[-1]) for row in points.rows for value in row.values if value.missing == "break"]
    days = [b.first for value, now in withheld for b in crossed(value.period, now.period, value.breaks) or value.breaks]
    return f"what is counted changed on {days[0]}, across which nothing is compared" if days else ""


def row_of(argument: str, asked: object, keys: Iterable[object]) -> Named:
    """Return what the row is called that an author asks for.

    Args:
        argument: what asks for it.
        asked: how it is asked for.
        keys: what the author calls the rows.

    Raises:
        ElementError: if there is no such row; the message names those that are written most like it.
    """
    rows = {label_of(key): as_written(key) for key in keys}
    with suppress(MetricError):
        if (name := label_of(asked)) in rows:
            return name
    near = get_close_matches(as_written(asked), rows.values(), n=_ROWS, cutoff=0)
    more = f" (there are {len(rows)})" if len(rows) > _ROWS else ""
    raise ElementError(f"{argument} is {as_written(asked)}, which is no row: write one of {', '.join(near)}{more}")


def verdicts_of(verdicts: Any, keys: Collection[object]) -> dict[Named, tuple[Named, Verdict]]:
    """Return the verdict of each row by what the row is called.

    Raises:
        ElementError: if a row has none, one is of no row, or one is no word with what it means.
    """
    kinds = get_args(Verdict)
    how = f"(name('subió', 'rose'), 'changed'), of which the second is one of {', '.join(map(repr, kinds))}"
    if not isinstance(verdicts, Mapping):
        raise ElementError(f"verdicts is {told(verdicts)}: give one by what each row is called, {{...: {how}}}")
    found = {}
    for key, verdict in verdicts.items():
        match verdict:
            case (Named(), kind) if kind in kinds:
                found[row_of("a key of verdicts", key, keys)] = verdict
            case (Named(), kind):
                raise ElementError(f"the verdict of {as_written(key)} means {kind!r:.40}: write {how}")
            case _:
                raise ElementError(f"the verdict of {as_written(key)} is {told(verdict)}: write {how}")
    if without := [key for key in keys if label_of(key) not in found]:
        raise ElementError(f"{as_written(without[0])} has no verdict: give it one in verdicts, {how}")
    return found


def as_written(key: object) -> str:
    """Return how an author writes what something is called: a code, or a name in both languages."""
    if isinstance(key, Named):
        return f"name({key.es!r})" if key.es == key.en else f"name({key.es!r}, {key.en!r})"
    return repr(str(key)) if isinstance(key, str) else f"{key!r:.40}"
