"""What a chart shows, in words made from its points: for those who do not see it.

Each form has its own order: what is drawn and since when, how each series went and where it turned, what is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from analysis.metrics.points import Point, Points
from analysis.metrics.readings import IsoPeriod, Reading
from analysis.values import measures
from analysis.values.breaks import first_of_each_way
from analysis.values.quantities import Quantity
from analysis.values.texts import MaybeText, Named, Text, sentences, text

_MOST: Final = 8
"""So many items are told one by one; of more, the first ones and the last."""
_FIRST: Final = 5
_FEW: Final = 4
"""So many series are told each in a sentence; of more, the last and the highest value."""
_SMALL: Final = 100
"""Below this a rate keeps a decimal."""

Alternative = Callable[[Points], Text]


def of_course(es: str, en: str) -> Alternative:
    """Return how to tell the points of a chart through time: each series from its first value to its last.

    Args:
        es: what is drawn: "Líneas".
        en: the same in English.
    """

    def told(points: Points) -> Text:
        columns = range(len(points.columns))
        if len(columns) > _FEW:
            return sentences(_drawn(es, en, points), _ends(points), *_gaps(points))
        series = (
            _went(points.rows, points.column(i), points.columns[i] if len(columns) > 1 else None) for i in columns
        )
        return sentences(_drawn(es, en, points), *series, *_gaps(points))

    return told


def of_parts(es: str, en: str) -> Alternative:
    """Return how to tell parts of a whole through time: the whole first, then its parts at the last whole period."""

    def told(points: Points) -> Text:
        totals = [Reading.of(measures.total(list(row.values))) for row in points.rows]
        several = len(points.columns) > 1
        known = [row for row, total in zip(points.rows, totals, strict=True) if total.value is not None]
        whole = [row for row in known if not row.partial] or known
        parts = several and whole and _parts(whole[-1], points.columns)
        went = _went(points.rows, totals, Named("El total", "The total") if several else None)
        return sentences(_drawn(es, en, points), went, parts, *_gaps(points))

    return told


def _parts(row: Point, columns: Sequence[Named]) -> MaybeText:
    return _listed(_text("En {row}: ", "In {row}: ", row=row.name), list(zip(columns, row.values, strict=True)))


def of_ranking(es: str, en: str, *, others: bool = False, sort: bool = True, spec: str = "") -> Alternative:
    """Return how to tell items by size: the largest, the smallest, those without a value.

    Args:
        es: what is drawn: "Barras ordenadas".
        en: the same in English.
        others: whether the last row is what all others add up to.
        sort: whether the largest comes first; else the order of the rows is kept.
        spec: how the numbers are written (see `Quantity.text`).
    """

    def told(points: Points) -> Text:
        rows, rest = (points.rows[:-1], points.rows[-1:]) if others else (points.rows, ())
        known = [(row.name, row.values[0]) for row in rows if row.values[0].value is not None]
        if sort:
            known.sort(key=lambda item: -item[1].number)
        shown = known if len(known) <= _MOST else known[:_FIRST]
        return sentences(
            _drawn(es, en, points),
            _listed(Text("", ""), shown, spec),
            len(shown) < len(known) and _least(known, spec),
            _listed(Text("", ""), [(row.name, row.values[0]) for row in rest], spec),
            _lacking(points),
        )

    return told


def _least(known: Sequence[tuple[Named, Reading]], spec: str) -> Text:
    """The item with the lowest value, or all that have it."""
    v = "{v" + (f":{spec}" if spec else "") + "}"
    low = known[-1][1]
    fields, values = _names([name for name, value in known if value.number == low.number], "{n}")
    if len(values) > 1:
        return _text(f"Las menores, con {v}: {fields}.", f"The lowest, with {v}: {fields}.", v=low, **values)
    return _text(f"La menor: {fields}, {v}.", f"The lowest: {fields}, {v}.", v=low, **values)


def of_pairs(es: str, en: str) -> Alternative:
    """Return how to tell two values an item: of the highest, the lowest, and those that moved most either way."""

    def told(points: Points) -> Text:
        known = sorted(
            (row for row in points.rows if row.values[1].value is not None), key=lambda r: -r.values[1].number
        )
        whole = [row for row in known if row.values[0].value is not None]
        moved = sorted(whole, key=lambda row: row.values[1].number - row.values[0].number)
        chosen = list(dict.fromkeys([*known[:2], *known[-1:], *moved[-1:], *moved[:1]]))
        heads = {"one": points.columns[0], "other": points.columns[1]}
        drawn = _text(f"{es}, {{one}} y {{other}}.", f"{en}, {{one}} and {{other}}.", **heads)
        return sentences(drawn, *map(_moved, chosen), _lacking(points))

    return told


def of_steps(es: str, en: str) -> Alternative:
    """Return how to tell how a value became another: the first, the last, and each step with its sign."""

    def told(points: Points) -> Text:
        rows = [(row.name, row.values[0]) for row in points.rows]
        (first, start), (last, end) = rows[0], rows[-1]
        way = _text(
            "{first}, {start}; {last}, {end}.",
            "{first}, {start}; {last}, {end}.",
            first=first,
            start=start,
            last=last,
            end=end,
        )
        return sentences(_drawn(es, en, points), way, _listed(_text("Pasos: ", "Steps: "), rows[1:-1], "+"))

    return told


def of_verdicts(verdicts: Mapping[Named, tuple[Named, Any]]) -> Alternative:
    """Return how to tell a scorecard: each row with its last value, the one before, and its verdict."""

    def told(points: Points) -> Text:
        drawn = _text("Un renglón por tema, con su veredicto.", "A row a subject, with its verdict.")
        return sentences(drawn, *(_judged(row, verdicts[row.name][0]) for row in points.rows))

    return told


def _judged(row: Point, verdict: Named) -> Text:
    before, now = row.values
    if now.value is None:
        return _text("{name}: {verdict}.", "{name}: {verdict}.", name=row.name, verdict=verdict)
    if before.value is None:
        return _text("{name}: {now}, {verdict}.", "{name}: {now}, {verdict}.", name=row.name, now=now, verdict=verdict)
    return _text(
        "{name}: {now}, antes {before}, {verdict}.",
        "{name}: {now}, before {before}, {verdict}.",
        name=row.name,
        now=now,
        before=before,
        verdict=verdict,
    )


def _text(es: str, en: str, **values: Any) -> Text:
    """A text of numbers, of which small ones that are not whole keep a decimal."""
    for name, value in values.items():
        if isinstance(value, Quantity) and _is_broken(value):
            es, en = (template.replace(f"{{{name}}}", f"{{{name}:1}}") for template in (es, en))
    return text(es, en, **values)


def _is_broken(value: Quantity) -> bool:
    """Whether a number says something behind the point: a rate of 1.7."""
    counted = value.unit not in {"percent", "points"} and value.value is not None
    return counted and abs(value.number) < _SMALL and not value.number.is_integer()


def _drawn(es: str, en: str, points: Points) -> Text:
    """What is drawn, of which periods, and what it counts where that is one thing."""
    counted = points.columns[0] if len(points.columns) == 1 and points.columns[0].es != "%" else None
    what = ": {what}" if counted else ""
    span = ", {span}" if points.span else ""
    values = {"span": IsoPeriod(points.span).named() if points.span else "", "what": counted or ""}
    return _text(f"{es}{span}{what}.", f"{en}{span}{what}.", **values)


def _ends(points: Points) -> Text:
    """The value of each series at the last whole period, and its highest where that was another time."""
    known = [row for row in points.rows if any(value.value is not None for value in row.values)] or points.rows
    row = next((row for row in reversed(known) if not row.partial), known[-1])
    parts = []
    for i, name in enumerate(points.columns):
        alike = [(each, v) for each, v in zip(points.rows, points.column(i), strict=True) if v.value is not None]
        high, most = max(_counted_alike(alike)[-1], key=lambda it: it[1].number) if alike else (row, row.values[i])
        peak = most.value is not None and most.number != row.values[i].number
        parts.append(
            _text(
                "{n} {v} (máximo, {m} en {r})",
                "{n} {v} (highest, {m} in {r})",
                n=name,
                v=row.values[i],
                m=most,
                r=high.name,
            )
            if peak
            else _text("{n} {v}", "{n} {v}", n=name, v=row.values[i])
        )
    listed = sentences(*parts, between=", ")
    return Text(f"En {{row}}: {listed.es}.", f"In {{row}}: {listed.en}.", {**listed.values, "row": row.name})


def _names(names: Sequence[Named], field: str) -> tuple[str, dict[str, Any]]:
    """A list of names as a template, and its values; none where a name says nothing."""
    told = [name for name in names if name.es.strip("%")]
    return ", ".join(field.replace("n", f"n{i}") for i in range(len(told))), {f"n{i}": n for i, n in enumerate(told)}


def _went(rows: Sequence[Point], values: Sequence[Reading], name: Named | None) -> Text:
    """How a series went: since it is counted as now, and before."""
    known = [(row, value) for row, value in zip(rows, values, strict=True) if value.value is not None]
    if not known:
        return Text("", "") if name is None else _text("{name}: sin dato.", "{name}: no figure.", name=name)
    whole = [(row, value) for row, value in known if not row.partial] or known
    ways = _counted_alike(whole)
    earlier = [item for way in ways[:-1] for item in way]
    told = sentences(_course(ways[-1]), bool(earlier) and _before(earlier), between="; ")
    if name is None:
        return Text(_capital(told.es) + ".", _capital(told.en) + ".", told.values)
    return Text(f"{{name}}: {told.es}.", f"{{name}}: {told.en}.", {**told.values, "name": name})


def _counted_alike(known: Sequence[tuple[Point, Reading]]) -> list[list[tuple[Point, Reading]]]:
    """A series in stretches that are each counted in one way."""
    periods = [value.period for _, value in known]
    cuts = [0, *first_of_each_way(periods, known[-1][1].breaks), len(known)]
    return [list(known[start:end]) for start, end in pairwise(cuts) if start < end]


def _before(known: Sequence[tuple[Point, Reading]]) -> Text:
    row, most = max(known, key=lambda it: it[1].number)
    return _text(
        "antes, contado de otra manera, hasta {v} en {r}",
        "before, counted in another way, up to {v} in {r}",
        v=most,
        r=row.name,
    )


def _course(known: Sequence[tuple[Point, Reading]]) -> Text:
    """From its first value to its last, and its highest and its lowest where these lie between."""
    (first, start), (last, end) = known[0], known[-1]
    if len(known) == 1:
        return _text("{end} en {last}", "{end} in {last}", end=end, last=last.name)
    high, low = max(known, key=lambda it: it[1].number), min(known, key=lambda it: it[1].number)
    turned = [
        _text(f"{es} {{v}} en {{r}}", f"{en} {{v}} in {{r}}", v=value, r=row.name)
        for es, en, (row, value) in (("máximo,", "highest,", high), ("mínimo,", "lowest,", low))
        if value.number not in (start.number, end.number)
    ]
    way_es, way_en = _way(start, end)
    way = _text(
        f"{way_es} {{start}} en {{first}} a {{end}} en {{last}}",
        f"{way_en} {{start}} in {{first}} to {{end}} in {{last}}",
        start=start,
        first=first.name,
        end=end,
        last=last.name,
    )
    return sentences(way, *turned, between="; ")


def _way(start: Quantity, end: Quantity) -> tuple[str, str]:
    if end.number > start.number:
        return "sube de", "rises from"
    return ("baja de", "falls from") if end.number < start.number else ("queda igual, de", "stays level, from")


def _capital(template: str) -> str:
    return template[:1].upper() + template[1:]


def _listed(start: Text, items: Sequence[tuple[Named, Reading]], spec: str = "") -> MaybeText:
    """Names with their values, the largest first."""
    if not items:
        return False
    written = f":{spec}" if spec else ""
    fields = ", ".join(f"{{n{i}}} {{v{i}{written}}}" for i in range(len(items)))
    values = {key: it for i, (name, value) in enumerate(items) for key, it in ((f"n{i}", name), (f"v{i}", value))}
    return _text(f"{start.es}{fields}.", f"{start.en}{fields}.", **start.values, **values)


def _moved(row: Point) -> Text:
    before, now = row.values
    if before.value is None:
        return _text("{name}: {now}.", "{name}: {now}.", name=row.name, now=now)
    return _text(
        "{name}: {now}, antes {before}.", "{name}: {now}, before {before}.", name=row.name, now=now, before=before
    )


def _gaps(points: Points) -> Iterator[Text]:
    """What is not known of a course, and what goes only part of the way."""
    empty = [row.name for row in points.rows if all(value.value is None for value in row.values)]
    if empty:
        fields, values = _names(empty, "{n}")
        yield _text(f"Sin dato: {fields}.", f"No figure: {fields}.", **values)
    for row in points.rows:
        if row.partial and any(value.value is not None for value in row.values):
            covered = Named(row.mark("es"), row.mark("en"), "period", row.covered or row.name.iso)
            value = next(value for value in row.values if value.value is not None)
            if len(points.columns) == 1:
                yield _text("{row}, {to}: {v}.", "{row}, {to}: {v}.", row=row.name, to=covered, v=value)
            else:
                yield _text("{row}, solo {to}.", "{row}, only {to}.", row=row.name, to=covered)


def _lacking(points: Points) -> MaybeText:
    """The items without a value."""
    empty = [row.name for row in points.rows if row.values[-1].value is None]
    fields, values = _names(empty, "{n}")
    return bool(empty) and _text(f"Sin dato: {fields}.", f"No figure: {fields}.", **values)
