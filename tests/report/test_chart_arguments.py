"""Slips in what a chart of metrics is asked for: one sentence names what the author wrote, and what to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import Briefing, charts, metric, name
from analysis.foundation.errors import AnalysisError
from analysis.metrics.algebra import Metric
from analysis.values.texts import text
from tests.report.conftest import Make

TITLE = text(es="Suben", en="They rise")
BREAKS = [1, 10, 50, 100, 500]
ROSE = (name("subió", "rose"), "holds")
MORE: dict[str, dict[str, Any]] = {
    "tiles": {"breaks": BREAKS},
    "heat": {"breaks": BREAKS},
    "multiples": {"key": TITLE},
    "scorecard": {"verdicts": {}},
}
"""What some forms need besides."""
BY_NAME = ("ranked", "tiles", "dumbbell", "changes", "waterfall", "scorecard", "locator")
OVER_YEARS = ("bars", "stacked", "multiples", "heat")
FORMS = (*BY_NAME, *OVER_YEARS, "lines", "area", "timeline")

Ask = Callable[[Briefing], object]


def ask(b: Briefing, form: str, shown: object, **more: Any) -> object:
    """A chart of that form."""
    return getattr(b, form)(shown, **{**MORE.get(form, {}), "title": TITLE, "subtitle": TITLE, **more})


def claims(b: Briefing) -> Metric:
    """Claims by year."""
    return metric(b.table("claims_year"))


def people(b: Briefing) -> dict[Any, Metric]:
    """Those of two nationalities, CUB and HND."""
    return {**claims(b).by("nationality", top=2)}


def events(b: Briefing) -> Metric:
    """Events by month."""
    return metric(b.table("events_month"))


def crimes(b: Briefing) -> Metric:
    """Crimes by span, of which the first is longer than a year."""
    return metric(b.table("crimes_period"))


@pytest.mark.parametrize("form", BY_NAME)
@pytest.mark.parametrize(
    ("given", "told"),
    [
        (claims, "one metric"),
        (lambda b: [claims(b)], "what is of type list"),
        (lambda _: pd.DataFrame({"n": [1]}), "what is of type DataFrame"),
    ],
)
def test_items_have_names(briefing: Make, form: str, given: Callable[[Briefing], object], told: str) -> None:
    """Every form that shows several side by side says how they are given."""
    b = briefing()
    sentence = (
        rf"^b\.{form} shows several by name, and is given {told}: write \{{\.\.\.: metric, \.\.\.\}}, as metric\.by"
    )
    with pytest.raises(AnalysisError, match=sentence):
        ask(b, form, given(b))


@pytest.mark.parametrize("form", [form for form in FORMS if form not in BY_NAME])
def test_a_frame_is_no_metric(briefing: Make, form: str) -> None:
    """Its type is told, not what it holds."""
    with pytest.raises(
        AnalysisError, match=r"is given what is of type DataFrame: make a metric of its table, metric\("
    ):
        ask(briefing(), form, pd.DataFrame({"n": range(99)}))


@pytest.mark.parametrize("form", sorted({*FORMS} - {"ranked", "tiles", "waterfall", "locator"}))
def test_a_value_has_no_course(briefing: Make, form: str) -> None:
    """Where a form needs more than one period, what is of one is named."""
    b = briefing()
    shown = {"CUB": people(b)["CUB"].now}
    with pytest.raises(AnalysisError, match="'Cuba' is of one period: this chart shows metrics, which know the others"):
        ask(b, form, shown)


@pytest.mark.parametrize("form", OVER_YEARS)
def test_forms_over_years_say_what_draws_other_periods(briefing: Make, form: str, root: Path) -> None:
    """Months and quarters are lines, or years of them; spans have a line of time."""
    b = briefing()
    with pytest.raises(
        AnalysisError, match=rf"b\.{form} draws years, and .* counts by month: b\.lines draws months, and"
    ):
        ask(b, form, {name("x"): events(b)})
    with pytest.raises(AnalysisError, match=rf"b\.{form} draws years, and .* counts by span: b\.timeline draws spans"):
        ask(b, form, {name("x"): crimes(b)})
    with pytest.raises(AnalysisError, match=rf"b\.{form} draws years, and what it is given has no period: b\.ranked"):
        ask(b, form, {name("x"): metric(b.table("states"), "population")})
    real = Briefing(
        number=1, title=TITLE, scope=TITLE, language="es", as_of="2026-06-30", geography="MEX", data=root / "data"
    )
    quarters = {name("x"): metric(real.table("remittance_cost_quarter"))}
    with pytest.raises(
        AnalysisError, match=r"counts by quarter: b\.lines draws quarters, and metric\.yearly makes years"
    ):
        ask(real, form, quarters)


def test_spans_that_are_years_are_drawn_as_such(briefing: Make, tiny_data: Path) -> None:
    """Each in a year of its own, among those that are asked for; two in one year are none."""

    def written(*spans: str) -> Briefing:
        rows = [f"{span.replace('/', ',')},MX-CHP,5," for span in spans]
        head = "period_start,period_end,state_code,crimes,published"
        (tiny_data / "compiled" / "crimes_period.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
        return briefing()

    year, half, other = "2023-01-01/2023-12-31", "2024-01-01/2024-06-30", "2024-07-01/2024-12-31"
    b = written(year, half, "2025-01-01/2025-06-30")
    ask(b, "bars", crimes(b))
    b = written(year, half, other)
    ask(b, "bars", crimes(b), periods=["2023", "2024-07/2024-12"])
    with pytest.raises(AnalysisError, match=r"counts by span: b\.timeline draws spans"):
        ask(b, "bars", crimes(b))


SLIPS: dict[str, tuple[Ask, str]] = {
    "years in an area": (
        lambda b: ask(b, "area", people(b)),
        "b.area draws months, and what it is given counts by year: b.stacked draws years",
    ),
    "spans as lines": (
        lambda b: ask(b, "lines", crimes(b)),
        "b.lines draws years or months or quarters, and what it is given counts by span: b.timeline draws spans",
    ),
    "months beside years": (
        lambda b: ask(b, "lines", {name("a"): events(b), name("b"): claims(b)}),
        "b.lines has one axis of time, and its metrics count by month and by year: draw those that are alike",
    ),
    "several in one row of bars": (
        lambda b: ask(b, "bars", people(b)),
        "b.bars draws one metric, and is given 2: b.stacked and b.multiples draw several",
    ),
    "no beginning": (lambda b: ask(b, "lines", claims(b), since="2023-Q1"), "'2023-Q1' is not a period: write 2025"),
    "a period for periods": (
        lambda b: ask(b, "bars", claims(b), periods="2024"),
        "periods is the str '2024': give a list, periods=[...]",
    ),
    "a year for periods": (lambda b: ask(b, "bars", claims(b), periods=2024), "periods is the int 2024: give a list"),
    "a string that is lacking": (
        lambda b: ask(b, "bars", claims(b), lacking={2024: "parcial"}),
        "lacking holds the str 'parcial': write a name for each year, lacking={2025: name('parcial', 'partial')}",
    ),
    "a list of what is lacking": (lambda b: ask(b, "bars", claims(b), lacking=[2024]), "lacking holds a list: write a"),
    "a string as key": (
        lambda b: ask(b, "multiples", people(b), key="x"),
        "key is the str 'x': write it in both languages, key=say",
    ),
    "an event that is a pair": (
        lambda b: ask(b, "lines", claims(b), events=[("2020-01", "covid")]),
        "events holds ('2020-01', 'covid'): write charts.Event(date(2020, 3, 11), b.label('Pandemia', 'Pandemic'))",
    ),
    "an event among the spans": (
        lambda b: ask(b, "lines", claims(b), spans=[charts.Event(2024, "x")]),
        "spans holds Event(date=2024, label='x'): write charts.Span(date(2020, 3, 11), date(2021, 5, 31), b.label(",
    ),
    "an event in an area": (lambda b: ask(b, "area", events(b), events=["x"]), "events holds 'x': write charts.Event("),
    "a focus that is no code": (
        lambda b: ask(b, "lines", people(b), focus="CUBA"),
        "focus is 'CUBA', which is no row: write one of 'CUB', 'HND'",
    ),
    "a focus that is no row": (
        lambda b: ask(b, "ranked", people(b), focus="GTM"),
        "focus is 'GTM', which is no row: write one of 'HND', 'CUB'",
    ),
    "a focus in one language": (
        lambda b: ask(b, "changes", {name("a", "b"): claims(b), name("H-2A"): claims(b)}, focus="a"),
        "focus is 'a', which is no row: write one of name('a', 'b'), name('H-2A')",
    ),
    "a focus among many": (
        lambda b: ask(b, "lines", {name(f"fila {i}"): claims(b) for i in range(9)}, focus=name("fila 12")),
        "(there are 9)",
    ),
    "a focus on what is alone": (
        lambda b: ask(b, "lines", claims(b), focus="CUB"),
        "focus is 'CUB', which is no row: write one of name('claims')",
    ),
    "a state for a number of bars": (
        lambda b: ask(b, "ranked", people(b), highlight="CUB"),
        "highlight is the str 'CUB', and says how many of the first bars are dark: for one by its name write focus='C",
    ),
    "a value alone as remainder": (
        lambda b: ask(b, "ranked", people(b), other=claims(b).now),
        "other is a Reading: write the name and the value, other=(name(es='...', en='...'), value)",
    ),
    "a number as remainder": (lambda b: ask(b, "ranked", people(b), other=(name("x"), 3)), "other is a tuple: write"),
    "people on a map": (
        lambda b: ask(b, "tiles", people(b)),
        "b.tiles shows states by their codes, as 'MX-CHP', and is given 'CUB': write metric.by('state_code'), and",
    ),
    "a name on a map": (
        lambda b: ask(b, "locator", {name("x"): events(b)}),
        "b.locator shows states by their codes, as",
    ),
    "a state that there is not": (
        lambda b: ask(b, "tiles", events(b).by("state_code"), highlight="JAL"),
        "and is given 'JAL': write metric.by('state_code'), and leave out what is no state",
    ),
    "falls as bars": (
        lambda b: ask(b, "ranked", {code: part.moved for code, part in people(b).items()}),
        "b.ranked cannot show the negative value at Honduras: use b.changes",
    ),
    "a step without a value": (
        lambda b: ask(b, "waterfall", {name("a"): claims(b), name("b"): claims(b).at(2030), name("c"): claims(b)}),
        "'b' has no value here: b.waterfall needs one for every step",
    ),
    "no steps": (
        lambda b: ask(b, "waterfall", people(b)),
        "a waterfall needs a first value, steps and a last value",
    ),
    "no verdict": (
        lambda b: ask(b, "scorecard", people(b)),
        "'CUB' has no verdict: give it one in verdicts, (name('subió', 'rose'), 'changed'), of which the second is",
    ),
    "a verdict that there is not": (
        lambda b: ask(b, "scorecard", people(b), verdicts=dict.fromkeys(people(b), (name("x"), "good"))),
        "the verdict of 'CUB' means 'good': write (name('subió', 'rose'), 'changed'), of which the second is one",
    ),
    "a word as verdict": (
        lambda b: ask(b, "scorecard", people(b), verdicts=dict.fromkeys(people(b), "holds")),
        "the verdict of 'CUB' is the str 'holds': write (name(",
    ),
    "a sentence as word of a verdict": (
        lambda b: ask(b, "scorecard", people(b), verdicts=dict.fromkeys(people(b), (TITLE, "holds"))),
        "the verdict of 'CUB' is a tuple: write (name(",
    ),
    "a verdict of no row": (
        lambda b: ask(b, "scorecard", people(b), verdicts={**dict.fromkeys(people(b), ROSE), "GTM": ROSE}),
        "a key of verdicts is 'GTM', which is no row: write one of 'HND', 'CUB'",
    ),
    "verdicts without rows": (
        lambda b: ask(b, "scorecard", people(b), verdicts=[ROSE]),
        "verdicts is a list: give one by what each row is called",
    ),
    "tables of values": (
        lambda b: ask(b, "ranked", people(b), tables=claims(b).tables),
        "a chart has no argument 'tables': metrics and values know theirs, leave it out",
    ),
    "nothing at a date": (
        lambda b: ask(b, "ranked", {code: part.at(2030) for code, part in people(b).items()}),
        "b.ranked has nothing to draw: none of its rows has a value here",
    ),
    "nothing before": (
        lambda b: ask(b, "dumbbell", {name("x"): crimes(b)}),
        "b.dumbbell compares with the period before, and no row has a value then: b.lines draws the course,",
    ),
}


@pytest.mark.parametrize(("slip", "sentence"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_answered_in_a_sentence(briefing: Make, slip: Ask, sentence: str) -> None:
    """It names the argument in the author's words, and what to write."""
    with pytest.raises(AnalysisError) as refused:
        slip(briefing())
    assert sentence in str(refused.value)


@pytest.mark.parametrize("form", ["dumbbell", "changes"])
def test_a_break_of_the_series_is_told_as_the_cause(widened: Make, form: str) -> None:
    """Columns and filters are right: what is counted is another thing than before."""
    b = widened()
    with pytest.raises(
        AnalysisError, match=rf"b\.{form} compares with .*, and what is counted changed on 2025-01-01, across"
    ):
        ask(b, form, people(b))
    with pytest.raises(
        AnalysisError, match=r"^b\.ranked has nothing to draw: what is counted changed on 2025-01-01, across"
    ):
        ask(b, "ranked", {code: part.moved for code, part in people(b).items()})


def test_a_focus_is_found_by_what_the_author_calls_it(briefing: Make) -> None:
    """By the code, or by the name that the code stands for."""
    b = briefing()
    for focus in ("CUB", name("Cuba")):
        ask(b, "lines", people(b), focus=focus)
        ask(b, "ranked", people(b), focus=focus)
