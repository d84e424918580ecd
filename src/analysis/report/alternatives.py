"""What a chart shows, in words made from its points: for those who do not see it.

Each form has its own order: what is drawn and since when, how each series went and where it turned, what is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
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
"""So many series are told each in a sentence, and so many turns; of more series the last and the highest value."""
_TURN: Final = 0.25
"""A series turns where it goes back by this part of its whole reach."""
_UNEVEN: Final = 0.05
"""A stretch is called uneven where it goes back by more than this part of it."""
_SMALL: Final = 100
"""Below this a rate keeps a decimal."""

_CHOSEN: Final = text(
    "Los dos valores más altos, el más bajo, la mayor alza y la mayor baja.",
    "The two highest values, the lowest, the largest rise and the largest fall.",
)
TOTAL: Final = Named("Total", "Total")

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
        went = _went(points.rows, totals, TOTAL if several else None)
        whole_points = replace(
            points,
            columns=(TOTAL,),
            rows=tuple(replace(row, values=(total,)) for row, total in zip(points.rows, totals, strict=True)),
        )
        return sentences(_drawn(es, en, points), went, parts, *_gaps(whole_points))

    return told


def _parts(row: Point, columns: Sequence[Named]) -> MaybeText:
    return _listed(_text("En {row}: ", "In {row}: ", row=row.name), list(zip(columns, row.values, strict=True)))


def of_ranking(es: str, en: str, *, others: bool = False, spec: str = "") -> Alternative:
    """Return how to tell items by size: the largest, the smallest, those without a value.

    Args:
        es: what is drawn: "Barras ordenadas".
        en: the same in English.
        others: whether the last row is what all others add up to.
        spec: how the numbers are written (see `Quantity.text`).
    """

    def told(points: Points) -> Text:
        rows, rest = (points.rows[:-1], points.rows[-1:]) if others else (points.rows, ())
        known = [(row.name, row.values[0]) for row in rows if row.values[0].value is not None]
        known.sort(key=lambda item: -item[1].number)
        shown = known if len(known) <= _MOST else known[:_FIRST]
        return sentences(
            _drawn(es, en, points),
            _listed(Text("", ""), shown, spec),
            len(shown) < len(known) and _least(known, spec, named=others),
            _listed(Text("", ""), [(row.name, row.values[0]) for row in rest], spec),
            _lacking(points),
        )

    return told


def _least(known: Sequence[tuple[Named, Reading]], spec: str, *, named: bool) -> Text:
    """The lowest value and all that have it; of those named, where others are not."""
    low = known[-1][1]
    fields, names = _names([name for name, value in known if value.number == low.number], "n")
    of_these = (" de los nombrados", " of those named") if named else ("", "")
    v = "{v" + (f":{spec}" if spec else "") + "}"
    return _text(
        f"Valor más bajo{of_these[0]}, {v}: {fields}.", f"Lowest value{of_these[1]}, {v}: {fields}.", v=low, **names
    )


def of_pairs(es: str, en: str) -> Alternative:
    """Return how to tell two values an item: of the highest, the lowest, and those that moved most either way."""

    def told(points: Points) -> Text:
        known = sorted(
            (row for row in points.rows if row.values[1].value is not None), key=lambda r: -r.values[1].number
        )
        whole = [row for row in known if row.values[0].value is not None]
        moved = sorted(whole, key=lambda row: row.values[1].number - row.values[0].number)
        few = len(known) <= _MOST
        chosen = known if few else list(dict.fromkeys([*known[:2], *known[-1:], *moved[-1:], *moved[:1]]))
        before, now = points.columns
        what = ": {what}" if points.counts.es else ""
        drawn = _text(
            f"{es}, {{before}} y {{now}}{what}.",
            f"{en}, {{before}} and {{now}}{what}.",
            before=before,
            now=now,
            what=points.counts,
        )
        return sentences(drawn, not few and _CHOSEN, *map(_moved, chosen), _lacking(points))

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
        return sentences(drawn, *(_judged(row, points.columns[0], verdicts[row.name][0]) for row in points.rows))

    return told


def _judged(row: Point, earlier: Named, verdict: Named) -> Text:
    before, now = row.values
    if now.value is None:
        return _text("{name}: {verdict}.", "{name}: {verdict}.", name=row.name, verdict=verdict)
    if before.value is None:
        return _text("{name}: {now}, {verdict}.", "{name}: {now}, {verdict}.", name=row.name, now=now, verdict=verdict)
    return _text(
        "{name}: {now}, {before} en {earlier}, {verdict}.",
        "{name}: {now}, {before} in {earlier}, {verdict}.",
        name=row.name,
        now=now,
        before=before,
        earlier=earlier,
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
    counted = points.columns[0] if len(points.columns) == 1 else points.counts
    what = ": {what}" if counted.es.strip("%") else ""
    span = ", {span}" if points.span else ""
    values = {"span": IsoPeriod(points.span).named() if points.span else "", "what": counted}
    return _text(f"{es}{span}{what}.", f"{en}{span}{what}.", **values)


def _ends(points: Points) -> Text:
    """The value of each series at the last whole period, and its highest where that was another time."""
    known = [row for row in points.rows if any(value.value is not None for value in row.values)] or points.rows
    row = next((row for row in reversed(known) if not row.partial), known[-1])
    parts = [_end(name, points.rows, points.column(i), row.values[i]) for i, name in enumerate(points.columns)]
    listed = sentences(*parts, between=", ")
    return Text(f"En {{row}}: {listed.es}.", f"In {{row}}: {listed.en}.", {**listed.values, "row": row.name})


def _end(name: Named, rows: Sequence[Point], values: Sequence[Reading], last: Reading) -> Text:
    """A last value, and the highest of what is counted alike, with all periods that had it."""
    known = [(row, value) for row, value in zip(rows, values, strict=True) if value.value is not None]
    alike = _counted_alike(known)[-1] if known else []
    if not alike or _highest(alike)[1].number == last.number:
        return _text("{n} {v}", "{n} {v}", n=name, v=last)
    most = _highest(alike)[1]
    fields, when = _names([row.name for row, value in alike if value.number == most.number], "r")
    before, _, last_field = fields.rpartition(", ")
    es, en = (f"{before} y {last_field}", f"{before} and {last_field}") if before else (fields, fields)
    return _text(
        f"{{n}} {{v}} (máximo, {{m}} en {es})",
        f"{{n}} {{v}} (highest, {{m}} in {en})",
        n=name,
        v=last,
        m=most,
        **when,
    )


def _names(names: Sequence[Named], key: str) -> tuple[str, dict[str, Any]]:
    """A list of names as a template, and its values; none where a name says nothing."""
    told = [name for name in names if name.es.strip("%")]
    values = {f"{key}{i}": name for i, name in enumerate(told)}
    return ", ".join(f"{{{name}}}" for name in values), values


def _went(rows: Sequence[Point], values: Sequence[Reading], name: Named | None) -> Text:
    """How a series went: since it is counted as now, and before."""
    known = [(row, value) for row, value in zip(rows, values, strict=True) if value.value is not None]
    if not known:
        return Text("", "") if name is None else _text("{name}: sin dato.", "{name}: no figure.", name=name)
    whole = [(row, value) for row, value in known if not row.partial] or known
    ways = _counted_alike(whole)
    earlier = [item for way in ways[:-1] for item in way]
    told = sentences(_course(ways[-1]), bool(earlier) and _before(earlier, ways), between="; ")
    if name is None:
        return Text(_capital(told.es) + ".", _capital(told.en) + ".", told.values)
    return Text(f"{{name}}: {told.es}.", f"{{name}}: {told.en}.", {**told.values, "name": name})


def _counted_alike(known: Sequence[tuple[Point, Reading]]) -> list[list[tuple[Point, Reading]]]:
    """A series in stretches that are each counted in one way."""
    periods = [value.period for _, value in known]
    cuts = [0, *first_of_each_way(periods, known[-1][1].breaks), len(known)]
    return [list(known[start:end]) for start, end in pairwise(cuts) if start < end]


def _before(known: Sequence[tuple[Point, Reading]], ways: Sequence[Sequence[tuple[Point, Reading]]]) -> Text:
    """How high a series went while it was counted in another way, or in several."""
    row, most = _highest(known)
    es, en = ("contado de otra manera", "counted in another way")
    if len(ways) > 2:
        es, en = ("con cortes en la forma de contar", "with breaks in how it is counted")
    return _text(
        f"antes de {{since}}, {es}, hasta {{v}} en {{r}}",
        f"before {{since}}, {en}, up to {{v}} in {{r}}",
        since=ways[-1][0][0].name,
        v=most,
        r=row.name,
    )


def _course(known: Sequence[tuple[Point, Reading]]) -> Text:
    """From its first value to its last, by way of where it turned."""
    (first, start), (last, end) = known[0], known[-1]
    if len(known) == 1:
        return _text("{end} en {last}", "{end} in {last}", end=end, last=last.name)
    numbers = [value.number for _, value in known]
    stops = [0, *_turns(numbers), len(known) - 1]
    ways = [_way(numbers[i : j + 1], reach=max(numbers) - min(numbers)) for i, j in pairwise(stops)]
    (es, en), (row, value) = ways[0], known[stops[1]]
    begun = _text(
        f"{es} de {{start}} en {{first}} a {{v}} en {{r}}",
        f"{en} from {{start}} in {{first}} to {{v}} in {{r}}",
        start=start,
        first=first.name,
        v=value,
        r=row.name,
    )
    later = [known[i] for i in stops[2:]]
    return sentences(begun, *map(_turn, ways[1:], later, [stop is later[-1] for stop in later]), between="")


def _turn(way: tuple[str, str], stop: tuple[Point, Reading], is_last: bool) -> Text:
    """Where a series went from where it turned."""
    (es, en), (row, value) = way, stop
    y, also = (" y", " and") if is_last else (",", ",")
    return _text(f"{y} {es} a {{v}} en {{r}}", f"{also} {en} to {{v}} in {{r}}", v=value, r=row.name)


def _turns(numbers: Sequence[float]) -> list[int]:
    """The places where numbers turn: the highest and the lowest, and ways back of a quarter of their reach, if few."""
    ends, least = {numbers[0], numbers[-1]}, _TURN * (max(numbers) - min(numbers))
    inside = {numbers.index(extreme) for extreme in (max(numbers), min(numbers)) if extreme not in ends}
    stops = sorted({0, *inside, len(numbers) - 1})
    found = {place for first, last in pairwise(stops) for place in _turns_between(numbers, first, last, least)}
    turns = inside | found
    return sorted(turns if len(turns) <= _FEW else inside)


def _turns_between(numbers: Sequence[float], first: int, last: int, least: float) -> set[int]:
    """The places of the largest way back of a stretch, if it is large enough, and those of the stretches beside it."""
    size, start, end = _way_back(numbers[first : last + 1])
    if size < least or not size:
        return set()
    stops = [first, first + start, first + end, last]
    further = (_turns_between(numbers, i, j, least) for i, j in pairwise(stops))
    return {*stops[1:3], *(place for places in further for place in places)} - {first, last}


def _way_back(numbers: Sequence[float]) -> tuple[float, int, int]:
    """The size of the largest move of a stretch against its direction, and where it begins and ends."""
    sign, high = 1 if numbers[-1] >= numbers[0] else -1, 0
    found = (0.0, 0, 0)
    for i, number in enumerate(numbers):
        high = i if sign * number > sign * numbers[high] else high
        found = max(found, (sign * (numbers[high] - number), high, i), key=lambda move: move[0])
    return found


def _way(numbers: Sequence[float], *, reach: float) -> tuple[str, str]:
    """The verb of a stretch, and whether it went back on the way."""
    if numbers[0] == numbers[-1]:
        return "sigue igual", "stays level"
    es, en = ("sube", "rises") if numbers[-1] > numbers[0] else ("baja", "falls")
    uneven = _way_back(numbers)[0] > _UNEVEN * reach
    return (f"{es} con altibajos", f"{en} unevenly") if uneven else (es, en)


def _highest(known: Sequence[tuple[Point, Reading]]) -> tuple[Point, Reading]:
    return max(known, key=lambda item: item[1].number)


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
        "{name}: de {before} a {now}.", "{name}: from {before} to {now}.", name=row.name, before=before, now=now
    )


def _gaps(points: Points) -> Iterator[Text]:
    """What is not known of a course, and what goes only part of the way."""
    empty = [row.name for row in points.rows if all(value.value is None for value in row.values)]
    if empty:
        fields, values = _names(empty, "n")
        yield _text(f"Sin dato: {fields}.", f"No figure: {fields}.", **values)
    yield from of_early(points)
    for row in points.rows:
        if row.partial and any(value.value is not None for value in row.values):
            yield _in_part(row, points.columns)


def _in_part(row: Point, columns: Sequence[Named]) -> Text:
    """The values of a period of which a part is known, where there are not too many of them."""
    es, en = ("", "") if row.lacking else ("solo ", "only ")
    start = _text(f"{{row}}, {es}{{to}}", f"{{row}}, {en}{{to}}", row=row.name, to=_covered(row))
    known = [(name, value) for name, value in zip(columns, row.values, strict=True) if value.value is not None]
    if len(columns) > _FEW:
        return Text(f"{start.es}.", f"{start.en}.", start.values)
    told = _text("{v}.", "{v}.", v=known[0][1]) if len(columns) == 1 else _listed(Text("", ""), known)
    return sentences(start, told, between=": ")


def of_early(points: Points, leaves_out: bool = False) -> Iterator[Text]:
    """Yield what may still be revised, and what is no whole period and therefore left out, where it is."""
    early = [row.name for row in points.rows if row.preliminary and not row.partial]
    if len(early) == 1:
        yield text("{row}, preliminar.", "{row}, preliminary.", row=early[0])
    elif early:
        yield text("Preliminar desde {row}.", "Preliminary since {row}.", row=early[0])
    for row in points.rows if leaves_out else ():
        if row.partial:
            yield text("No se dibuja {row}, {to}.", "{row}, {to}, is not drawn.", row=row.name, to=_covered(row))


def _covered(row: Point) -> Named:
    """The words for the part of its period that a row covers."""
    return Named(row.mark("es"), row.mark("en"), "period", row.covered or row.name.iso)


def _lacking(points: Points) -> MaybeText:
    """The items without a value."""
    empty = [row.name for row in points.rows if row.values[-1].value is None]
    fields, values = _names(empty, "n")
    return bool(empty) and _text(f"Sin dato: {fields}.", f"No figure: {fields}.", **values)
