"""Tables that the charts must survive, and how each form of chart is drawn from such a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts import (
    Event,
    Span,
    Verdict,
    bars,
    changes,
    dumbbell,
    heat,
    lines,
    ranked_bars,
    rounds,
    scorecard,
    small_multiples,
    stacked_area,
    stacked_bars,
    tile_map,
    timeline,
    waterfall,
)
from analysis.foundation.tokens import Width
from analysis.foundation.words import Language
from analysis.mexico import COUNTRY

NAN = float("nan")
NAMES = ("Cuba", "Haití", "Honduras")
LONG_NAMES = (
    "Veracruz de Ignacio de la Llave",
    "Departamento de Asuntos Económicos y Sociales de las Naciones Unidas",
    "Internacionalizaciónesinternacionalizada",
)
BREAKS = (1, 10, 25, 100, 250)


def _series(first: list[float], names: tuple[str, ...] = NAMES, last_year: int = 2026) -> pd.DataFrame:
    """A table by year up to the last: the first series, and the others each a fifth of it lower."""
    years = range(last_year - len(first) + 1, last_year + 1)
    return pd.DataFrame({name: np.array(first) * (1 - i / 5) for i, name in enumerate(names)}, index=years)


def _some_unknown() -> pd.DataFrame:
    """A series that ends early, and one without any value."""
    table = _series([4, 8, 6, 9, 7])
    table.loc[2025:, "Haití"] = NAN
    table["Honduras"] = NAN
    return table


TABLES: dict[str, pd.DataFrame] = {
    "long names": _series([5, 8, 3, 9, 12, 11, 10], LONG_NAMES),
    "one point": _series([7]),
    "all zeros": _series([0, 0, 0, 0]),
    "all missing but one": _series([NAN, NAN, 4, NAN, NAN]),
    "zeros and a gap": _series([0, 0, NAN, 0]),
    "some unknown": _some_unknown(),
    "one outlier": _series([1, 2, 1, 65e9, 1, 2]).round(),
    "from 0.01 to billions": _series([0.01, 1, 1000, 65e9]),
    "billions with long names": _series([65e9, 64e9, 63e9, 65e9], LONG_NAMES),
    "hundredths": _series([0.01, 0.02, 0.03, 0.01]),
    "thousandths beside tens": _series([0.001, 0.0005, 49.1, 0.004]),
    "equal values": pd.DataFrame(dict.fromkeys(NAMES, 5.0), index=range(2024, 2027)),
    "first and last of many": _series([3, 9]).set_axis([1950, 2026]),
    "seventy-seven years": _series([abs(np.sin(i / 5)) * 1000 for i in range(77)]).round(),
    "forty series": pd.DataFrame({f"Categoría {i}": [i, 2 * i, 3 * i] for i in range(1, 41)}, index=range(2024, 2027)),
    "negative changes": _series([5, -8, 3, -9]),
}


def _months(table: pd.DataFrame) -> pd.DataFrame:
    return table.set_axis(pd.date_range("2021-01-01", periods=len(table), freq="MS"))


def _same_day(when: date) -> list[Event]:
    return [Event(when, label) for label in ("Un hecho", "Otro hecho del mismo día", "Un tercero")]


def _area(table: pd.DataFrame, language: Language, width: Width) -> Axes:
    """Layers over months, the last one preliminary and with events."""
    months = _months(table)
    last = months.index[-1].date()
    events = _same_day(last)
    return stacked_area(months, unit="personas", language=language, width=width, preliminary_from=last, events=events)


def _lines(table: pd.DataFrame, language: Language, width: Width) -> Axes:
    last = int(table.index[-1])
    events, span = _same_day(date(last, 3, 1)), Span(last - 2, last - 2, "Pandemia")
    return lines(table, unit="personas", language=language, width=width, events=events, spans=[span])


def _dumbbell(table: pd.DataFrame, language: Language, width: Width) -> Axes:
    ends = pd.DataFrame({"antes": table.iloc[0], "ahora": table.iloc[-1]})
    return dumbbell(ends, language=language, width=width, unit="casos")


def _tile_map(table: pd.DataFrame, language: Language, width: Width) -> Axes:
    """One state has too few cases, and one has a ring."""
    return tile_map(by_state(table), language=language, breaks=BREAKS, width=width, highlight="MX-VER", few=["MX-COL"])


def by_state(table: pd.DataFrame) -> pd.Series[Any]:
    """The values of a table, given to the states in turn."""
    codes = [state.code for state in COUNTRY.tiles]
    return pd.Series(dict(zip(codes, np.resize(table.to_numpy(), len(codes)), strict=True)))


def _timeline(table: pd.DataFrame, language: Language, width: Width) -> Axes:
    """Two spans a name on the same days of the first year, and one in the last."""
    spans = [
        (name, pd.Timestamp(year, 5, 1), pd.Timestamp(year, 5, day), table.loc[year, name])
        for name in table
        for year, day in ((table.index[0], 20), (table.index[0], 20), (table.index[-1], 31))
    ]
    data = pd.DataFrame(spans, columns=["name", "start", "end", "value"]).set_index("name")
    return timeline(data, language=language, width=width)


def steps_of(table: pd.DataFrame) -> pd.Series[Any]:
    """Ten, a step each value of the first series that there is, and what they add up to."""
    steps = table.iloc[:, 0].dropna().rename("antes del año {}".format)
    return pd.concat([pd.Series({LONG_NAMES[0]: 10.0}), steps, pd.Series({"al final": 10 + steps.sum()})])


def _waterfall(table: pd.DataFrame, language: Language, width: Width) -> Axes:
    return waterfall(steps_of(table), language=language, unit="personas", width=width)


def _scorecard(table: pd.DataFrame, language: Language, width: Width) -> Axes:
    """The first and the last value of each series, as they are written; every second one has changed."""
    rows = {str(name): [f"{value:.3g}" for value in table[name].fillna(0).iloc[[0, -1]]] for name in table}
    verdicts: dict[str, tuple[str, Verdict]] = {
        str(name): ("cambió de signo", "changed") if i % 2 else ("se sostiene", "holds") for i, name in enumerate(table)
    }
    return scorecard(rows, heads=["en 2020", "hoy"], verdicts=verdicts, width=width)


def _incomplete(table: pd.DataFrame) -> dict[int, str]:
    return {int(table.index[-1]): "enero–junio"}


Form = Callable[[pd.DataFrame, Language, Width], Axes]

FORMS: dict[str, Form] = {
    "lines": _lines,
    "lines over months": lambda t, la, w: lines(_months(t), unit="%", language=la, width=w, focus=str(t.columns[0])),
    "stacked_bars": lambda t, la, w: stacked_bars(t, unit="personas", language=la, width=w, incomplete=_incomplete(t)),
    "stacked_area": _area,
    "bars": lambda t, la, w: bars(t.iloc[:, 0], language=la, width=w, incomplete=_incomplete(t)),
    "small_multiples": lambda t, la, w: small_multiples(
        t, language=la, width=w, key="Personas fallecidas o desaparecidas", incomplete=_incomplete(t)
    ),
    "narrow small_multiples": lambda t, la, w: small_multiples(t, language=la, width=w, key="Víctimas", columns=6),
    "ranked_bars": lambda t, la, w: ranked_bars(t.iloc[-1], language=la, width=w),
    "ranked_bars with a remainder": lambda t, la, w: ranked_bars(
        t.iloc[-1], language=la, width=w, other=("Otras", 2.0), focus=t.columns[-1]
    ),
    "dumbbell": _dumbbell,
    "rounds": lambda t, la, w: rounds(t, language=la, width=w),
    "rounds compared": lambda t, la, w: rounds(
        t, language=la, width=w, key=LONG_NAMES[0], reference=("Mediana de veintiséis países de la región", t * 1.1)
    ),
    "heat": lambda t, la, w: heat(t.T, language=la, breaks=BREAKS, width=w),
    "heat turned": lambda t, la, w: heat(t, language=la, breaks=BREAKS, width=w),
    "timeline": _timeline,
    "tile_map": _tile_map,
    "changes": lambda t, la, w: changes(t.iloc[-1], language=la, width=w, focus=str(t.columns[0])),
    "waterfall": _waterfall,
    "scorecard": _scorecard,
}
