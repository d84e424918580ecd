"""Sentences name the variables of the cell that says them, and nothing unproved gets into one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from analysis.foundation.errors import QuantityError
from analysis.metrics.algebra import Metric, metric
from analysis.metrics.axes import MetricError
from analysis.metrics.readings import Category, IsoPeriod
from analysis.metrics.sentences import derived, name, say
from analysis.package.data_package import DataPackage
from analysis.report.runs import FactRun, Name, Period, Sentence
from analysis.values.quantities import Quantity
from analysis.values.texts import Named, Text, TextError, Word

LATE = date(2026, 6, 30)


@pytest.fixture
def received(package: DataPackage) -> Metric:
    """Claims by year: 400 in 2023, 352 in 2024 (two of unknown people), 400 in 2025."""
    return metric(package.table("claims_year", LATE))


def written(text: Text) -> tuple[str, str]:
    """A text in both languages, as prose."""
    return text.render("es", prose=True), text.render("en", prose=True)


def test_a_metric_prints_its_last_value_and_its_attributes_what_they_are(received: Metric) -> None:
    """Variables, attributes and items are named as in Python; formats follow a colon."""
    first = received.top("nationality", 1)
    share = received.share_of(nationality=first[0])
    made = say(
        es="En {received.year} hubo {received} solicitudes, {share:0} de {first[0]:people}; {received.before} antes.",
        en="In {received.year} there were {received} claims, {share:0} by {first[0]:people}; {received.before} before.",
    )
    assert written(made) == (
        "En 2025 hubo 400 solicitudes, 75% de personas cubanas; 352 antes.",
        "In 2025 there were 400 claims, 75 per cent by people from Cuba; 352 before.",
    )


def test_what_is_no_number_is_a_run_of_its_kind(received: Metric) -> None:
    """A period is a period, a place is a name; each number is a fact with its derivation."""
    first = received.top("nationality", 1)[0]
    made = say(es="{received}, {received.period}, {first:country}", en="{received}, {received.period}, {first:country}")
    runs = [run for run in Sentence.of(made, "en").runs if not isinstance(run, str)]
    assert [type(run) for run in runs] == [FactRun, Period, Name]
    assert runs[0].fact.derivation.table == "claims_year"  # type: ignore[union-attr]
    assert [run.text for run in runs[1:]] == ["2025", "Cuba"]  # type: ignore[union-attr]


def test_a_word_for_a_number_is_chosen_by_the_number(received: Metric) -> None:
    """It begins with a capital where it begins a sentence, and is a fact like any number."""
    share = received.share_of(nationality="CUB")
    made = say(
        es="{share:fraction} son de Cuba. Las solicitudes {received.moved:trends}.",
        en="{share:fraction} are from Cuba. Claims {received.moved:trend}.",
    )
    assert written(made)[0] == "Tres de cada cuatro son de Cuba. Las solicitudes subieron 14%."
    assert written(made)[1] == "Three in four are from Cuba. Claims rose by 14 per cent."
    assert set(made.quantities) == {"share", "received.moved"}


# -- where names are looked for ---------------------------------------------------------------------------------------

MODULE_SHARE = Quantity(50.0, "percent", "2025")


def test_locals_come_before_globals_and_what_is_given_before_both(received: Metric) -> None:
    """As Python looks names up; a keyword overrides them."""
    assert written(say(es="{MODULE_SHARE}", en="{MODULE_SHARE}"))[0] == "50.0%"
    share = received.share_of(nationality="HND")
    assert written(say(es="{share}", en="{share}"))[0] == "25.0%"
    assert written(say(es="{share}", en="{share}", share=MODULE_SHARE))[0] == "50.0%"


def outer_comprehension(share: Quantity) -> list[Text]:
    """Sentences in a comprehension inside a function."""
    return [say(es="{share} {year}", en="{share} {year}", year=name("x")) for _ in range(2)]


def outer_lambda(share: Quantity) -> Text:
    """A sentence in a lambda."""
    return (lambda: say(es="{share}", en="{share}"))()


def outer_nested(share: Quantity) -> Text:
    """A sentence in a function inside another one, and one more."""

    def nested() -> Text:
        def deeper() -> Text:
            return say(es="{share}", en="{share}")

        return deeper()

    return nested()


@pytest.mark.parametrize("said", [lambda q: outer_comprehension(q)[0], outer_lambda, outer_nested])
def test_functions_around_are_looked_into_while_they_run(said: Callable[[Quantity], Text]) -> None:
    """A comprehension, a lambda and a function inside another one see what only the sentence names."""
    assert written(said(Quantity(25.0, "percent", "2025")))[0].startswith("25.0%")


def outlived() -> Callable[[], Text]:
    """A function that says a sentence after the one around it has ended; only the sentence names its variable."""
    MODULE_SHARE = Quantity(1.0, "percent", "2025")  # noqa: N806

    def later() -> Text:
        return say(es="{MODULE_SHARE}", en="{MODULE_SHARE}")

    return later


def test_what_cannot_be_known_is_asked_for() -> None:
    """Never is a global taken for a variable of a function that has ended."""
    with pytest.raises(MetricError, match=r"names 'MODULE_SHARE', which is not seen from here: pass it, MODULE_SHARE="):
        outlived()()
    with pytest.raises(MetricError, match=r"names 'shrae', which is not seen from here: .*pass it, shrae=shrae"):
        say(es="{shrae}", en="{shrae}")


# -- what may not be printed ------------------------------------------------------------------------------------------

TEXT = "MX-CHP"
WHOLE, FRACTION, TRUE = 45, 0.5, True


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("TEXT", "a str ('MX-CHP'): print a code as"),
        ("WHOLE", "a int (45) that nothing proves: print the metric"),
        ("FRACTION", "a float (0.5) that nothing proves"),
        ("TRUE", "a bool (True) that nothing proves"),
        ("len", "names 'len', which is not seen from here"),
        ("received.by", "a method .*: print what it returns"),
        ("received.peek", "a Metric has no peek: did you mean peak"),
        ("received.now.vaule", "a Reading has no vaule: did you mean value"),
        ("received.periods[99]", "a list has no 99"),
        ("received.now.value", "a float (400.0) that nothing proves"),
        ("received!r", "'!r' prints letters without origin"),
        ("received:percent", "unknown format 'percent'"),
        ("received:fraction", "'fraction' has words for percent, not for persons"),
        ("LATE", "a date .*: print a metric, a quantity"),
        ("", "names no variable"),
        ("received.", "names no variable"),
    ],
)
def test_what_nothing_proves_is_refused(received: Metric, field: str, message: str) -> None:
    """With what it is and what to print instead."""
    pattern = message.replace("(", r"\(").replace(")", r"\)")
    with pytest.raises(ValueError, match=pattern):
        say(es=f"{{{field}}}", en=f"{{{field}}}")


@pytest.mark.parametrize(
    ("es", "message"),
    [
        ("Son 45 personas.", "'45' is typed into"),
        (
            "Desde 2013 se publican.",
            r"'2013' is typed into .*; a year is \{received\.year\} or since = period\('2013'\)",
        ),
        ("El 45% son de Cuba.", "'45%' is typed into"),
        ("La mitad son de Cuba.", "'La mitad' is a number in words"),
        ("Dos de cada tres son de Cuba.", "'Dos de cada tres' is a number in words"),
        ("El número se duplicó.", "'duplicó' is a number in words"),
        ("Son {received", "is not a sentence"),
    ],
)
def test_numbers_are_not_typed(es: str, message: str) -> None:
    """Neither in digits nor in words, for nothing would say when they stop being true."""
    with pytest.raises(MetricError, match=message):
        say(es=es, en="x")


def test_a_declared_name_may_hold_digits() -> None:
    """Declared by `name`, or as a name of the country in which digits are no numbers."""
    visa = name("H-2A")
    title = name("Título 42", "Title 42")
    made = say(es="La visa {visa} y el {title}.", en="The {visa} visa and {title}.")
    assert written(made) == ("La visa H-2A y el Título 42.", "The H-2A visa and Title 42.")
    assert [type(run) for run in Sentence.of(made, "es").runs if not isinstance(run, str)] == [Name, Name]


def test_a_name_may_be_a_word_of_the_briefing() -> None:
    """Its letters are taken, so that a sentence can hold it and a notebook keep it."""
    w = name(Word("Guatemala", "name"))
    assert type(w.es) is str
    runs = Sentence.of(say(es="A {w}.", en="To {w}."), "en").runs
    assert runs == ("To ", Name("Guatemala"), ".")


@pytest.mark.parametrize("given", [2025, "", None, Category("CUB", "nationality"), IsoPeriod("2025"), Named("a", "b")])
def test_a_name_is_a_text(given: Any) -> None:
    """Codes, years and periods have one already; what is no text is none."""
    with pytest.raises(MetricError, match=r"name\(\) is given a \w+, or an empty one: write a text, name"):
        name(given)


def test_an_f_string_is_caught(received: Metric) -> None:
    """It would print the number before `say` sees that it is one."""
    for value in (received, received.now):
        with pytest.raises(MetricError, match="leave the f away"):
            f"{value}"


def test_words_of_the_briefing_may_be_printed() -> None:
    """Those of the old calls, which are of its language already."""
    place = Word("Chiapas", "name")
    assert written(say(es="{place}", en="{place}")) == ("Chiapas", "Chiapas")


# -- conditions -------------------------------------------------------------------------------------------------------


def test_what_does_not_hold_is_told_in_other_words(received: Metric) -> None:
    """And the sentence keeps the number that decided it, under the name that the notebook gives it."""
    share = received.share_of(nationality="CUB")
    made = say(
        when=received.fell & (share > 50),
        es="Bajaron {received.moved:size}.",
        en="They fell by {received.moved:size}.",
        otherwise_es="Hubo {received}.",
        otherwise_en="There were {received}.",
    )
    assert made.neutral
    assert written(made)[1] == "There were 400."
    told = [(e.name, e.low, e.high, e.above, e.holds) for e in made.evidence]
    assert told == [("received.moved", None, 0, True, False), ("share.now", 50, None, True, True)]
    named = [evidence.told for evidence in Sentence.of(made, "es").evidence]
    assert named == ["received.moved not below 0", "share.now above 50"]


def test_without_other_words_it_is_left_out(received: Metric) -> None:
    """A sentence that does not hold leaves no gap."""
    assert not say(when=received.fell, es="Bajaron.", en="They fell.")


def test_a_missing_number_is_told_in_other_words_or_said(package: DataPackage) -> None:
    """Whatever the condition; where there are no other words the message names it."""
    absent = metric(package.table("claims_year", LATE), nationality="GTM").at(2031)
    made = say(es="{absent}", en="{absent}", otherwise_es="Sin dato.", otherwise_en="No figure.")
    assert written(made)[1] == "No figure."
    with pytest.raises(TextError, match="needs 'absent', which has no value here"):
        say(es="{absent}", en="{absent}")


@pytest.mark.parametrize("when", [True, False, 1, "x"])
def test_a_plain_bool_is_no_condition(when: Any) -> None:
    """It would keep no evidence; the message says how to compare, and where an `if` belongs."""
    with pytest.raises(MetricError, match="keeps no evidence: compare metrics, when=share > 45"):
        say(when=when, es="x", en="x")


def test_both_languages_name_the_same(received: Metric) -> None:
    """A value that one language alone tells is found at once."""
    with pytest.raises(TextError, match="do not name the same values"):
        say(es="{received}", en="{received.before}")


# -- other doors ------------------------------------------------------------------------------------------------------


def test_what_was_computed_elsewhere_says_of_what_and_how(received: Metric) -> None:
    """The honest door for a regression or a model: a fact with what it was made of."""
    slope = derived(-12.5, unit="persons", of=[received, received.before], how="least squares on the last two years")
    made = say(es="Bajan {slope:abs 1} al año.", en="They fall by {slope:abs 1} a year.")
    assert written(made)[1] == "They fall by 12.5 a year."
    fact = Sentence.of(made, "en").facts["slope"]
    assert (fact.derivation.op, fact.derivation.how) == ("derived", "least squares on the last two years")
    assert [part.table for part in fact.derivation.parts] == ["claims_year", "claims_year"]
    for odd in ({"of": [], "how": "x"}, {"of": [received], "how": " "}):
        with pytest.raises(MetricError, match="needs the quantities"):
            derived(1, unit="persons", **odd)  # type: ignore[arg-type]
    with pytest.raises(QuantityError, match=r"^'pct' is no unit: .*percent"):
        derived(3.2, unit="pct", of=[received], how="least squares")


def test_codes_know_what_they_are_codes_of() -> None:
    """Of a nationality the country, of a state its name; a cause has no name but one that is given."""
    people, state, cause = (
        Category("HND", "nationality"),
        Category("MX-COA", "state_code"),
        Category("violence", "cause"),
    )
    made = say(es="{people}, {people:people}, {state}", en="{people}, {people:people}, {state}")
    assert written(made) == ("Honduras, personas hondureñas, Coahuila", "Honduras, people from Honduras, Coahuila")
    with pytest.raises(MetricError, match="has no name of its own: give it one"):
        say(es="{cause}", en="{cause}")
    assert cause


def test_periods_are_written_in_words() -> None:
    """Short where that is asked for; of a quantity, its own."""
    when, claims = IsoPeriod("2025-01/2025-04"), Quantity(1.0, "persons", "2024-12")
    made = say(es="{when} {when:short} {claims.period}", en="{when} {when:short} {claims.period}")
    assert written(made)[0] == "enero–abril de 2025 ene–abr 2025 diciembre de 2024"
    with pytest.raises(MetricError, match="which has no format '0'"):
        say(es="{when:0}", en="{when:0}")
    assert claims


# -- which way a change went ------------------------------------------------------------------------------------------


def test_a_size_needs_to_be_told_which_way_it_went(received: Metric) -> None:
    """Fell by is never said of a rise: a condition on that very change says so, or the verb is printed with it."""
    for when in (
        None,
        received > 1,
        received.only(nationality="HND").fell,
        ~received.fell,
        received.fell | (received > 1),
    ):
        with pytest.raises(MetricError, match=r"not which way: give when=received.fell, or .rose, or print"):
            say(when=when, es="{received.moved:size}", en="{received.moved:size}", otherwise_es="x", otherwise_en="x")
    made = say(when=received.rose, es="Subieron {received.moved:size}.", en="They rose by {received.moved:size}.")
    assert written(made)[1] == "They rose by 14 per cent."
    assert written(say(when=received.moved > 10, es="{received.moved:size}", en="{received.moved:size}"))[0] == "14%"


def test_words_for_a_change_are_none_for_a_level(received: Metric) -> None:
    """The slip of leaving `.moved` out, and the one the other way round, are told."""
    share = received.share_of(nationality="CUB")
    for spec in ("trend", "trends", "size"):
        with pytest.raises(MetricError, match=rf"words for a change, and this is none: write {{share.moved:{spec}}}"):
            say(es=f"{{share:{spec}}}", en=f"{{share:{spec}}}")
    with pytest.raises(MetricError, match=r"words for a share, and this is a change: write \{share\.moved:trend\}"):
        say(es="{share.moved:fraction}", en="{share.moved:fraction}")
    assert share.unit == "percent"


def test_a_sentence_shows_itself_in_both_languages(received: Metric) -> None:
    """In a cell of its own, an author reads what will be printed."""
    assert repr(say(es="Hubo {received}.", en="There were {received}.")) == "es: Hubo 400.\nen: There were 400."
    assert repr(say(when=received.fell, es="x", en="x")) == "(left out)"
