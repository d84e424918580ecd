"""Differences between two editions: each figure in exactly one kind."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.build.difference import Difference, differences, shared
from analysis.build.published import Fact
from analysis.report.facts import Derivation


def fact(year: int, value: float | None, where: str = "finding", name: str = "claims") -> Fact:
    """A fact of the claims of a year."""
    derivation = Derivation(table="claims_year", column="claims", where={"year": year})
    missing = "" if value is not None else "absent"
    return Fact(derivation, "MEX", missing, name, str(year), "persons", value, where)


def test_the_same_period_with_another_value_is_revised() -> None:
    """Wherever it is printed, and once however often."""
    before = [fact(2019, 100), fact(2019, 100, "table 1, row 1")]
    now = [fact(2019, 110, "headline", "peak"), fact(2019, 110)]
    assert differences(before, now) == [Difference("revised", before[0], now[0])]
    assert shared(before, now) == 1


def test_another_period_in_the_same_place_is_newer() -> None:
    """It is not a revision: both values are right."""
    before, now = [fact(2019, 100)], [fact(2025, 300)]
    assert differences(before, now) == [Difference("newer", before[0], now[0])]
    assert shared(before, now) == 0


def test_what_only_one_edition_has_appeared_or_disappeared() -> None:
    """In the order of the later edition, what is gone at the end."""
    before, now = [fact(2019, 1, "a")], [fact(2025, 2, "b")]
    assert differences(before, now) == [
        Difference("appeared", None, now[0]),
        Difference("disappeared", before[0], None),
    ]


def test_a_figure_that_was_missing_is_revised_when_it_comes() -> None:
    """So is one that is withdrawn."""
    assert differences([fact(2019, None)], [fact(2019, 5)])[0].kind == "revised"
    assert differences([fact(2019, 5)], [fact(2019, None)])[0].kind == "revised"


facts = st.lists(
    st.builds(
        fact,
        st.integers(2018, 2021),
        st.none() | st.integers(0, 3),
        st.sampled_from(["headline", "finding", "table 1"]),
        st.sampled_from(["a", "b"]),
    ),
    max_size=8,
)


@given(facts, facts)
def test_every_figure_is_in_exactly_one_kind(before: list[Fact], now: list[Fact]) -> None:
    """Alike, revised, newer or appeared in the later edition; alike, revised, followed or gone in the earlier one."""
    found = differences(before, now)
    kinds = [difference.kind for difference in found]
    both = shared(before, now)
    assert len({f.period for f in now}) == both + kinds.count("newer") + kinds.count("appeared")
    assert len({f.period for f in before}) == both + kinds.count("newer") + kinds.count("disappeared")
    assert kinds.count("revised") <= both
    assert differences(before, before) == []
