"""Facts: every number printed, and the proof that it follows from the tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import Briefing, KeyFigure, text
from analysis.build.facts import facts_file
from analysis.check.facts import recompute, wrong_facts
from analysis.export.document import Document, read_document
from analysis.export.notebooks import as_notebook
from analysis.foundation.words import LANGUAGES, Language
from analysis.package.data_package import DataPackage
from analysis.package.table import Table
from analysis.report.bundle import bundles
from analysis.report.facts import Derivation, Fact, PlacedFact
from analysis.values.measures import change, difference, median_size, rank, rate, share, total
from analysis.values.quantities import Quantity

LATE = date(2100, 1, 1)
ROOT = Path(__file__).resolve().parents[2]

Maker = Callable[..., dict[str, Any]]

# The committed tables are read once: hypothesis asks them many times.
COMMITTED = DataPackage(ROOT / "data")
CLAIMS = COMMITTED.table("asylum_claims_year", LATE)
MINORS = COMMITTED.table("minors_events_month", LATE)


def fact(quantity: Quantity) -> PlacedFact:
    """The fact of a quantity, with the place where it would stand."""
    return PlacedFact("finding, text", "n", Fact.of(quantity))


def derived(quantity: Quantity) -> Derivation:
    """How a quantity is computed again, read back from a file."""
    return through_json(fact(quantity)).fact.derivation


def through_json(placed: PlacedFact) -> PlacedFact:
    """The fact as it is read back from a file."""
    return msgspec.json.decode(msgspec.json.encode(placed), type=PlacedFact)


def agrees(quantity: Quantity, folder: Path) -> bool:
    """Whether following the derivation gives the value that was printed."""
    return wrong_facts([through_json(fact(quantity))], folder) == []


# -- recompute --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "column", "where", "value"),
    [
        ("claims_year", "claims", {"year": 2025}, 400),
        ("claims_year", "claims", {"year": (2023, 2024), "nationality": ["HND", "NA"]}, 502),
        ("claims_year", "claims", {"year": 2023, "nationality": "NA"}, 0),
        ("claims_year", "claims", {"year": 2031, "nationality": "NA"}, None),
        ("events_month", "events", {"month": ("2025-01", "2025-03")}, 1609),
        ("events_month", "events", {"month": "2025-02", "state_code": "MX-OAX"}, None),
        ("deaths_year", "children", {"area": "mexico"}, None),
        ("deaths_year", "children", {"year": 2024}, None),
        ("deaths_year", "children", {"year": 2024, "area": "border"}, 6),
        ("events_month", "events", {"month": "2025-02", "state_code": ["MX-CHP", "MX-OAX"]}, None),
        ("crimes_period", "crimes", {"period": "2016/2022-06"}, 80),
        ("crimes_period", "crimes", {"period_start": None}, 70),
        ("states", "population", {"state_code": "MX-CHP"}, 5_900_000),
    ],
)
def test_a_selection_is_followed_in_the_csv_file(
    package: DataPackage, name: str, column: str, where: dict[str, Any], value: float | None
) -> None:
    """Each kind of selection gives, from the CSV file alone, what the table gave."""
    quantity = package.table(name, LATE).total(column, **where)
    assert quantity.value == value
    assert recompute(derived(quantity), package.folder) == value


def test_operations_are_followed(package: DataPackage) -> None:
    """Sums, differences, changes, shares, rates, medians and places are computed again from the tables."""
    claims, states = package.table("claims_year", LATE), package.table("states", LATE)
    now, before = claims.total(year=2025), claims.total(year=2024)
    cuban = claims.total(year=2025, nationality="CUB")
    made = {
        "total": (total([now, before]), 752),
        "difference": (difference(now, before), 48),
        "change": (change(now, before), 100 * 48 / 352),
        "share": (share(cuban, now), 75),
        "rate": (rate(cuban, states.total()), 300 / 101),
        "median_size": (median_size([difference(before, now), cuban]), (48 + 300) / 2),
        "place": (rank(cuban, [claims.total(year=2025, nationality=n) for n in ("HND", "CUB")]), 1),
    }
    for op, (quantity, value) in made.items():
        assert quantity.derivation["op"] == op
        assert recompute(derived(quantity), package.folder) == pytest.approx(value)
        assert agrees(quantity, package.folder)


def test_a_missing_part_makes_the_whole_missing(package: DataPackage) -> None:
    """What was printed as missing is missing again."""
    events = package.table("events_month", LATE)
    none = total([events.total(month="2025-01"), events.total(month="2025-02", state_code="MX-OAX")])
    assert none.value is None
    assert agrees(none, package.folder)


def test_an_unknown_operation_is_named(package: DataPackage) -> None:
    """A derivation from another version of the library is not guessed."""
    with pytest.raises(ValueError, match="unknown operation 'median' in a derivation"):
        recompute(Derivation(op="median", of=()), package.folder)


def test_a_sum_with_an_empty_cell_is_missing_in_both_ways(package: DataPackage) -> None:
    """The table and the recount agree that what lacks a part is no total, and neither gives the rest for it."""
    children = package.table("deaths_year", LATE).total("children", year=2024)
    assert (children.missing, agrees(children, package.folder)) == ("partial", True)
    assert not agrees(replace(children, value=6.0), package.folder)


# -- wrong facts ------------------------------------------------------------------------------------------------------


def test_a_number_that_the_tables_do_not_give_is_reported(package: DataPackage) -> None:
    """A changed number is reported with its place, its name and both values."""
    printed = replace(package.table("claims_year", LATE).total(year=2025), value=401.0)
    assert wrong_facts([fact(printed)], package.folder) == [
        "finding, text, n: printed 401, but the tables now give 400.0"
    ]


def test_a_revised_table_makes_its_facts_wrong(package: DataPackage) -> None:
    """When a publisher revises a cell, what was printed from it no longer agrees."""
    received = package.table("claims_year", LATE).total(year=2025)
    assert agrees(received, package.folder)
    path = package.path("claims_year")
    path.write_text(path.read_text(encoding="utf-8").replace("2025,CUB,300", "2025,CUB,310"), encoding="utf-8")
    assert not agrees(received, package.folder)


@pytest.mark.parametrize("value", [None, 0.0])
def test_missing_and_zero_are_not_alike(package: DataPackage, value: float | None) -> None:
    """A printed zero needs a zero in the tables, and a dash needs nothing there."""
    claims = package.table("claims_year", LATE)
    zero, none = claims.total(year=2025, nationality="NA"), claims.total(year=2031)
    assert agrees(replace(zero, value=value), package.folder) == (value == 0)
    assert agrees(replace(none, value=value), package.folder) == (value is None)


def test_the_last_bits_do_not_count(package: DataPackage) -> None:
    """Twelve significant digits are printed; what lies beyond them is no difference."""
    third = change(*(package.table("claims_year", LATE).total(year=y) for y in (2024, 2023)))
    assert agrees(replace(third, value=third.number * (1 + 1e-13)), package.folder)
    assert not agrees(replace(third, value=third.number * (1 + 1e-6)), package.folder)


def test_a_number_withheld_is_not_a_wrong_number(package: DataPackage) -> None:
    """A share on too few cases is not printed, though the tables would give it."""
    claims = package.table("claims_year", LATE)
    few = claims.total(year=2024, nationality="NA")
    assert agrees(share(few, few), package.folder)


def test_a_number_without_origin_is_wrong(package: DataPackage) -> None:
    """A quantity made by hand cannot be proved."""
    assert wrong_facts([fact(Quantity(5.0, "persons", "2025"))], package.folder) != []


# -- random selections of the committed tables ------------------------------------------------------------------------

years = st.sampled_from(CLAIMS.years)
origins = st.sampled_from([*sorted(CLAIMS.frame["nationality"].unique()), "ISL"])
months = st.sampled_from(sorted(f"{m:%Y-%m}" for m in MINORS.frame["month"].unique()))
year_choices = st.one_of(years, st.lists(years, min_size=1, max_size=4), st.tuples(years, years).map(sorted).map(tuple))
origin_choices = st.one_of(origins, st.lists(origins, min_size=1, max_size=5))
yearly = st.fixed_dictionaries({}, optional={"year": year_choices, "nationality": origin_choices})
monthly = st.fixed_dictionaries(
    {"month": st.one_of(months, st.tuples(months, months).map(sorted).map(tuple))},
    optional={"sex": st.sampled_from(sorted(MINORS.frame["sex"].unique()))},
)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check_selection(table: Table, where: dict[str, Any]) -> None:
    """The CSV file and the table give the same sum."""
    quantity = table.total(**where)
    assert recompute(derived(quantity), ROOT / "data") == quantity.value


@quick
@given(where=yearly)
def test_any_selection_of_a_yearly_table_can_be_proved(where: dict[str, Any]) -> None:
    """Whatever years and nationalities are asked for, both ways of reading the table agree."""
    check_selection(CLAIMS, where)


@quick
@given(where=monthly)
def test_any_selection_of_a_monthly_table_can_be_proved(where: dict[str, Any]) -> None:
    """Whatever months are asked for, both ways of reading the table agree."""
    check_selection(MINORS, where)


@quick
@given(first=years, second=years, origin=origins)
def test_any_measure_can_be_proved(first: int, second: int, origin: str) -> None:
    """Changes and shares of random selections agree with the CSV files, or are withheld."""
    now, before = (CLAIMS.total(year=y, nationality=origin) for y in (first, second))
    measures = [change(now, before), share(now, CLAIMS.total(year=first)), total([now, before])]
    assert wrong_facts([fact(q) for q in measures], ROOT / "data") == []


# -- the file of facts ------------------------------------------------------------------------------------------------


def document(language: Language, new_notebook: Maker, code_cell: Maker) -> Document:
    """A small briefing on the tiny data, made as a notebook makes it."""
    b = Briefing(
        number=5,
        title=text(es="Asilo", en="Asylum"),
        scope=text(es="Solicitudes", en="Claims"),
        language=language,
        as_of="2026-06-30",
        geography="MEX",
    )
    claims = b.table("claims_year")
    now, before = claims.total(year=2025), claims.total(year=2024)
    deaths = b.table("deaths_year").total("deaths", year=2024, area="mexico")
    sentence = text(
        es="{now} solicitudes, {moved:+}.", en="{moved:+}: {now} claims.", now=now, moved=change(now, before)
    )
    figure = KeyFigure(now, sentence, before, claims.series("year"), [claims])
    shown = [
        b.cover(),
        b.headline(sentence),
        b.key_figures(figure, note=text(es="", en="")),
        b.finding(text(es="{d} muertes.", en="{d} deaths.", d=deaths)),
        b.chart_table(
            title=text(es="T", en="T"),
            head=["", "n"],
            rows=[["2025", now]],
            formats=["", ""],
            tables=[claims],
        ),
        b.sources(),
    ]
    cells = (code_cell("show()", *bundles(made.element, language)) for made in shown)
    return read_document(as_notebook(new_notebook(*cells)))


@pytest.fixture
def both(tiny_data: Path, monkeypatch: pytest.MonkeyPatch, new_notebook: Maker, code_cell: Maker) -> list[Document]:
    """The Spanish and the English briefing."""
    monkeypatch.chdir(tiny_data.parent)
    return [document(language, new_notebook, code_cell) for language in LANGUAGES]


def test_the_facts_of_both_languages_are_the_same_bytes(both: list[Document]) -> None:
    """Spanish and English print other words and the same numbers."""
    spanish, english = both
    assert spanish.headline != english.headline
    assert facts_file(spanish) == facts_file(english)


def test_the_file_names_date_place_sources_and_every_number(both: list[Document]) -> None:
    """The file says of what it is, from which versions, and lists each number where it stands."""
    content = json.loads(facts_file(both[0]))
    assert (content["number"], content["as_of"], content["geography"]) == (5, "2026-06-30", "MEX")
    assert content["tables"] == {
        "claims_year": {"source_id": "source-of-claims_year", "version": "2026-06-25"},
        "deaths_year": {"source_id": "source-of-deaths_year", "version": "2026-06-25"},
    }
    printed = [(f["where"], f["name"], f["value"]) for f in content["facts"]]
    assert printed == [
        ("headline, text", "moved", 13.6363636364),
        ("headline, text", "now", 400),
        ("key_figures, figure 1", "value", 400),
        ("key_figures, figure 1", "before", 352),
        ("key_figures, figure 1", "change", 13.6363636364),
        ("key_figures, figure 1", "moved", 13.6363636364),
        ("key_figures, figure 1", "now", 400),
        ("finding, text", "d", 90),
        ("table 1, row 1", "column 2", 400),
    ]


def test_every_fact_of_a_briefing_can_be_proved(both: list[Document], tiny_data: Path) -> None:
    """All the numbers of the small briefing follow from its tables."""
    assert wrong_facts(both[0].facts, tiny_data) == []


def test_a_sum_of_all_that_is_in_sight_can_be_proved(package: DataPackage) -> None:
    """A sum without period, seen at an early date, is proved with the rows seen then."""
    assert agrees(package.table("claims_year", date(2025, 12, 31)).total(nationality="CUB"), package.folder)


def test_a_place_among_some_that_are_missing_can_be_proved(package: DataPackage) -> None:
    """A place leaves out those that have no value, printed and proved alike."""
    events = package.table("events_month", LATE)
    states = [events.total(month="2025-02", state_code=code) for code in ("MX-CHP", "MX-OAX")]
    assert agrees(rank(states[0], states), package.folder)
