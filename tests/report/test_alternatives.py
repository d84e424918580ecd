"""What a chart shows in words: first, last, highest, turning points, order, what is not known; in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.foundation.words import LANGUAGES, Language
from analysis.metrics.points import Point, Points
from analysis.metrics.readings import IsoPeriod, Reading
from analysis.report.alternatives import Alternative, of_course, of_pairs, of_parts, of_ranking, of_steps
from analysis.values.breaks import Break
from analysis.values.texts import Named

COURSE, PARTS, RANKING = of_course("Líneas", "Lines"), of_parts("Partes", "Parts"), of_ranking("Barras", "Bars")
SINCE_2021 = Break(date(2021, 1, 1), "Se cuenta otra cosa.", "Something else is counted.")


def reading(value: float | None, period: str, unit: str = "persons", breaks: tuple[Break, ...] = ()) -> Reading:
    """A value of a period."""
    return Reading(value, unit, period, breaks=breaks, missing="" if value is not None else "no_data")


def by_year(series: Mapping[str, Sequence[float | None]], first: int = 2019, **more: object) -> Points:
    """Series from a year on."""
    rows = [
        Point(IsoPeriod(str(first + i)).named(), tuple(reading(v, str(first + i), **more) for v in values))  # type: ignore[arg-type]
        for i, values in enumerate(zip(*series.values(), strict=True))
    ]
    return Points(Named("Año", "Year"), tuple(Named(name, name) for name in series), tuple(rows), ())


def by_name(values: Mapping[str, float | None]) -> Points:
    """A value a name, all of 2025."""
    rows = [Point(Named(name, name), (reading(value, "2025"),)) for name, value in values.items()]
    return Points(Named("", ""), (Named("Personas", "Persons"),), tuple(rows), ())


def said(told: Alternative, points: Points, language: Language = "en") -> str:
    """The words, as they are written."""
    return told(points).render(language, prose=True)


@pytest.mark.parametrize(
    ("values", "es"),
    [
        ([5, 7], "Sube de 5 en 2019 a 7 en 2020."),
        ([7, 7], "Sigue igual de 7 en 2019 a 7 en 2020."),
        ([5, 9, 7], "Sube de 5 en 2019 a 9 en 2020 y baja a 7 en 2021."),
        ([9, 4, 7], "Baja de 9 en 2019 a 4 en 2020 y sube a 7 en 2021."),
        ([5, 9, 2, 7], "Sube de 5 en 2019 a 9 en 2020, baja a 2 en 2021 y sube a 7 en 2022."),
        ([5, 2, 9, 7], "Baja de 5 en 2019 a 2 en 2020, sube a 9 en 2021 y baja a 7 en 2022."),
        ([0, 100, 30, 95], "Sube de 0 en 2019 a 100 en 2020, baja a 30 en 2021 y sube a 95 en 2022."),
        ([0, 60, 30, 100], "Sube de 0 en 2019 a 60 en 2020, baja a 30 en 2021 y sube a 100 en 2022."),
        ([0, 60, 45, 100], "Sube con altibajos de 0 en 2019 a 100 en 2022."),
        ([0, 60, 57, 100], "Sube de 0 en 2019 a 100 en 2022."),
    ],
)
def test_a_series_is_told_by_where_it_turned(values: list[float], es: str) -> None:
    """What rose for years and fell since is not called a rise; a small way back is called uneven, a smaller one not."""
    assert said(COURSE, by_year({"Cuba": values}), "es").endswith(es)


def test_a_turn_is_told_in_english_too() -> None:
    """With what is drawn, and since when."""
    assert said(COURSE, by_year({"Cuba": [5, 9, 2, 7]})) == (
        "Lines, 2019–2022: Cuba. Rises from 5 in 2019 to 9 in 2020, falls to 2 in 2021 and rises to 7 in 2022."
    )


@given(st.lists(st.integers(0, 50).map(float), min_size=2, max_size=9))
def test_each_way_that_is_told_is_true(values: list[float]) -> None:
    """Rises lead to higher values and falls to lower ones; the first, the last, the highest and the lowest are told."""
    words = said(COURSE, by_year({"Cuba": values}, first=2000)).partition("Cuba. ")[2].lower()
    told = [(float(number), int(year)) for number, year in re.findall(r"(\d+) in (\d{4})", words)]
    ways = re.findall(r"rises|falls|stays level", words)
    numbers = [number for number, _ in told]
    assert ["rises" if b > a else "falls" if b < a else "stays level" for a, b in pairwise(numbers)] == ways
    assert [year for _, year in told] == sorted({year for _, year in told})
    assert all(values[year - 2000] == number for number, year in told)
    assert [numbers[0], numbers[-1], max(numbers), min(numbers)] == [values[0], values[-1], max(values), min(values)]


def test_a_year_without_figure_is_named() -> None:
    """It is no zero."""
    assert said(COURSE, by_year({"Cuba": [5, None, 2]})).endswith("Falls from 5 in 2019 to 2 in 2021. No figure: 2020.")


def test_what_was_counted_otherwise_is_not_compared() -> None:
    """The series is told since the break; of before only how high it went."""
    points = by_year({"Eventos": [5, 9, 30, 40]}, breaks=(SINCE_2021,))
    assert said(COURSE, points) == (
        "Lines, 2019–2022: Eventos. Rises from 30 in 2021 to 40 in 2022; "
        "before 2021, counted in another way, up to 9 in 2020."
    )


def test_of_several_ways_of_counting_no_single_one_is_told() -> None:
    """Years before may be counted in one way, in another, or in part."""
    since_2022 = Break(date(2022, 1, 1), "Otra.", "Another.")
    points = by_year({"Eventos": [5, 9, 30, 40, 41]}, breaks=(SINCE_2021, since_2022))
    assert "; before 2022, with breaks in how it is counted, up to 30 in 2021." in said(COURSE, points)


def test_of_many_series_the_last_and_the_highest_are_told() -> None:
    """Six sentences would be too many."""
    points = by_year({name: [i + 9, i] for i, name in enumerate("ABCDEF")}, first=2024)
    assert (
        said(COURSE, points)
        == "Lines, 2024–2025. In 2025: "
        + ", ".join(f"{name} {i} (highest, {i + 9} in 2024)" for i, name in enumerate("ABCDEF"))
        + "."
    )


def test_a_small_rate_keeps_a_decimal() -> None:
    """42.1 is not 42; a count has none."""
    assert "from 42.1 in 2019 to 1.7 in 2020" in said(COURSE, by_year({"Tasa": [42.1, 1.7]}, unit="events_per_100"))


def test_a_whole_is_told_before_its_parts() -> None:
    """One layer alone is no part of anything."""
    assert said(PARTS, by_year({"A": [1, 2], "B": [3, 5]})) == (
        "Parts, 2019–2020. Total: rises from 4 in 2019 to 7 in 2020. In 2020: A 2, B 5."
    )
    assert said(PARTS, by_year({"A": [1, 2]})) == "Parts, 2019–2020: A. Rises from 1 in 2019 to 2 in 2020."


def test_of_many_items_the_first_five_and_the_lowest_are_told() -> None:
    """All that share the lowest value, and those without one."""
    points = by_name({**{name: float(9 - i) for i, name in enumerate("ABCDEFGH")}, "I": 0.0, "J": 0.0, "K": None})
    assert said(RANKING, points) == (
        "Bars, 2025: Persons. A 9, B 8, C 7, D 6, E 5. Lowest value, 0: I, J. No figure: K."
    )


def test_the_lowest_of_those_named_is_not_the_lowest_of_all() -> None:
    """Where the last row is what all others add up to, some of these may have less."""
    points = by_name({**{name: float(20 - i) for i, name in enumerate("ABCDEFGHI")}, "Otras": 7.0})
    words = said(of_ranking("Barras", "Bars", others=True), points)
    assert words.endswith("E 16. Lowest value of those named, 12: I. Otras 7.")


def test_all_periods_of_the_highest_value_are_told() -> None:
    """A tie is no single peak."""
    series = {name: [9, 9, i] for i, name in enumerate("ABCDE")}
    assert "A 0 (highest, 9 in 2019 and 2020)" in said(COURSE, by_year(series))


def test_of_two_values_an_item_goes_from_one_to_the_other() -> None:
    """From the one to the other; of few rows all are told, of many those that say most."""
    told = of_pairs("Puntos", "Dots")

    def pairs(values: Mapping[str, tuple[float | None, float]]) -> Points:
        rows = [
            Point(Named(name, name), (reading(one, "2024"), reading(other, "2025")))
            for name, (one, other) in values.items()
        ]
        return Points(Named("", ""), tuple(IsoPeriod(y).named() for y in ("2024", "2025")), tuple(rows), ())

    assert said(told, pairs({"A": (5, 9), "B": (None, 3)})) == "Dots, 2024 and 2025. A: from 5 to 9. B: 3."
    many = said(told, pairs({name: (i, 10 - i) for i, name in enumerate("ABCDEFGHIJ")}))
    assert "the largest rise and the largest fall. A: from 0 to 10. B: from 1 to 9. J: from 9 to 1." in many


def test_what_may_be_revised_and_what_is_no_whole_year_is_told() -> None:
    """A year that still runs has its value, and is no last year."""
    points = by_year({"A": [4, 6], "B": [1, 2]}, first=2023)
    early = replace(points.rows[1], values=tuple(replace(v, preliminary=True) for v in points.rows[1].values))
    running = Point(
        IsoPeriod("2025").named(), tuple(replace(reading(v, "2025-01/2025-04"), preliminary=True) for v in (1, 2))
    )
    points = replace(points, rows=(points.rows[0], early, running))
    assert said(PARTS, points) == (
        "Parts, 2023–2025. Total: rises from 5 in 2023 to 8 in 2024. In 2024: A 6, B 2. "
        "2024, preliminary. 2025, only Jan–Apr: 3."
    )
    assert said(COURSE, points, "es").endswith("2024, preliminar. 2025, solo ene–abr: A 1, B 2.")


def test_steps_have_their_sign() -> None:
    """From the first value to the last."""
    points = by_name({"Antes": 10, "Más": 5, "Menos": -3, "Ahora": 12})
    assert said(of_steps("Cascada", "Waterfall"), points) == (
        "Waterfall, 2025: Persons. Antes, 10; Ahora, 12. Steps: Más +5, Menos −3."
    )


CELLS = st.one_of(st.none(), st.integers(-1000, 1000).map(float), st.floats(-99, 99).map(lambda v: round(v, 2)))


@pytest.mark.parametrize("told", [COURSE, PARTS, RANKING, of_pairs("Puntos", "Dots")])
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=12))
def test_whatever_is_missing_there_are_words(told: Alternative, cells: list[tuple[float | None, float | None]]) -> None:
    """In both languages, with a capital first and a full stop last, and no field left open."""
    one, other = zip(*cells, strict=True)
    points = by_year({"Uno": one, "Dos": other}, first=2000)
    if told is RANKING:
        points = replace(
            points, columns=points.columns[:1], rows=tuple(replace(r, values=r.values[:1]) for r in points.rows)
        )
    for language in LANGUAGES:
        words = said(told, points, language)
        assert words[0].isupper()
        assert words.endswith(".")
        assert not {"{", "}"} & {*words}
