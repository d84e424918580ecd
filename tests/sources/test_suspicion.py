"""Suspicion: tables that are refused until somebody has looked at the publisher's file."""

from typing import Any

import pytest

from analysis.sources.suspicion import suspicions

TABLE: dict[str, Any] = {
    "name": "t",
    "unit_key": "persons",
    "provenance": {"version": "2026-06-25"},
    "period": {"kind": "year", "field": "year"},
    "schema": {
        "primaryKey": ["year", "place", "sex"],
        "fields": [
            {"name": "year", "type": "integer"},
            {"name": "place", "type": "string"},
            {"name": "sex", "type": "string"},
            {"name": "n", "type": "integer"},
        ],
    },
}
HEAD = "year,place,sex,n\n"
OLD = HEAD + "".join(f"{year},{place},{sex},100\n" for year in (2023, 2024) for place in ("HND", "CUB") for sex in "fm")


def found(new: str, **more: Any) -> list[str]:
    """What is suspicious when the old table becomes this one."""
    return suspicions({**TABLE, **more}, TABLE, OLD.encode(), new.encode())


def test_more_and_a_little_less_is_not_suspicious() -> None:
    """New years, countries and states, and figures taken back within a tenth."""
    new = OLD.replace("2023,HND,f,100", "2023,HND,f,60") + "2025,HTI,f,5\n2025,MX-CHP,m,9\n"
    assert found(new) == []


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (HEAD, "t has no rows; it had 8."),
        (OLD.replace("2024,HND,f,100", "2024,HND,f,1"), "t: column 'n' adds up to 701, and added up to 800."),
        (
            HEAD + "".join(line + "\n" for line in OLD.splitlines()[1:] if not line.startswith("2024")),
            "t: it ends with 2023, and ended with 2024.",
        ),
        (OLD + "2025,HND,x,100\n", "t: column 'sex' has codes that were never there: x."),
        (
            OLD.replace(",100", ",100000"),
            "t: column 'n' is 1000 times what it was: its unit may be another.",
        ),
        (OLD.replace(",100", ",1"), "t: column 'n' is 0.01 times what it was: its unit may be another."),
    ],
)
def test_what_nobody_would_publish_on_purpose_is_suspicious(new: str, sentence: str) -> None:
    """No rows, less than before, an earlier end, an unknown code, another unit."""
    assert sentence in found(new)


def test_a_column_or_a_table_that_is_new_is_not_suspicious() -> None:
    """There is nothing to compare it with."""
    fields = [*TABLE["schema"]["fields"], {"name": "more", "type": "integer"}]
    schema = {**TABLE["schema"], "fields": fields, "primaryKey": ["year", "place", "sex"]}
    new = OLD.replace("sex,n", "sex,n,more").replace(",100", ",100,7")
    assert found(new, schema=schema) == []
    assert suspicions(TABLE, TABLE, HEAD.encode(), OLD.encode()) == []


def test_another_unit_in_the_metadata_is_suspicious() -> None:
    """Persons do not become events overnight."""
    assert found(OLD, unit_key="events") == ["t: it counts events, and counted persons."]


def test_data_after_the_edition_that_they_are_called_is_suspicious() -> None:
    """The next edition has another name, which a person gives; corrections within one are none."""
    provenance = {"version": "2024"}
    assert found(OLD.replace("2024,HND,f,100", "2024,HND,f,101"), provenance=provenance) == []
    assert found(OLD + "2026,HND,f,100\n", provenance=provenance) == [
        "t: it has data of 2026, and is called edition 2024: name the new edition in its metadata."
    ]


def test_names_of_single_events_are_no_codes() -> None:
    """Each hurricane has a name of its own."""
    old = "year,place,sex,n\n2023,Otis,f,1\n2024,John,m,1\n"
    assert suspicions(TABLE, TABLE, old.encode(), (old + "2025,Erick,f,2\n").encode()) == []
