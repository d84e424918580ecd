"""What HTML, PDF and index share."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import of_kind, with_blocks

from analysis.publish.document import Document
from analysis.publish.errors import PublishError
from analysis.publish.pages import SPARK_SIZE, check_charts, page_texts, spark_columns


def test_page_texts_of_the_country(spanish: Document) -> None:
    """Title, imprint and footer name theme, series, edition and cut-off; the country is not repeated."""
    texts = page_texts(spanish)
    assert texts["title"] == "Asistencia y protección. Movilidad humana en México"
    assert texts["series"] == "Movilidad humana en México · Informes breves"
    assert texts["imprint"] == "Edición 2026-1\u2002|\u2002Datos disponibles al 30 de junio de 2026"
    assert texts["footer"].endswith(
        "Asistencia y protección · Edición 2026-1 · Datos disponibles al 30 de junio de 2026"
    )
    assert texts["description"].startswith("Una de cada dos personas")


def test_page_texts_of_a_state_name_it(spanish: Document) -> None:
    """The edition of a state says which state it is about."""
    texts = page_texts(replace(spanish, cover={**spanish.cover, "geography": "MX-CHP", "place": "Chiapas"}))
    assert texts["title"] == "Asistencia y protección · Chiapas. Movilidad humana en México"
    assert "Chiapas" in texts["series"]
    assert texts["footer"].startswith("Chiapas · Asistencia y protección · Edición 2026-1")


def test_without_a_headline_the_scope_describes_the_page(spanish: Document) -> None:
    """A document of charts alone is described by its scope."""
    assert page_texts(with_blocks(spanish, *of_kind(spanish, "chart")))["description"] == spanish.cover["scope"]


@pytest.mark.parametrize(("key", "reason"), [("alt", "no alternative text"), ("svg", "no picture")])
def test_a_silent_chart_is_refused(spanish: Document, key: str, reason: str) -> None:
    """A chart without alternative text or picture is named, also inside a pair."""
    of_kind(spanish, "chart")[2][key] = " "
    with pytest.raises(PublishError, match=rf"chart 3 \('La mitad que en el máximo'\) has {reason}"):
        check_charts(spanish)


def test_spark_columns_stand_on_zero() -> None:
    """The tallest column fills the field, half of it is half as tall, and a gap keeps its place."""
    columns = spark_columns([2, None, 4])
    assert [column["height"] for column in columns] == [8, 16]
    assert [column["y"] for column in columns] == [8, 0]
    assert columns[1]["x"] - columns[0]["x"] == pytest.approx(14)
    assert columns[1]["x"] + columns[1]["width"] == pytest.approx(SPARK_SIZE[0], abs=0.02)


def test_spark_columns_below_zero_hang() -> None:
    """A negative value hangs from the line of zero."""
    up, down = spark_columns([3, -1])
    assert (up["y"], up["height"]) == (0, 12)
    assert (down["y"], down["height"]) == (12, 4)


@pytest.mark.parametrize("values", [[], [None], [0, 0], [0, None]])
def test_nothing_to_draw_draws_nothing(values: list[float | None]) -> None:
    """Without a value other than zero there is no column."""
    assert spark_columns(values) == []


@given(st.lists(st.none() | st.floats(-1e9, 1e9).filter(lambda v: v == 0 or abs(v) > 1e-3), max_size=40))
def test_spark_columns_stay_inside_their_field(values: list[float | None]) -> None:
    """No column leaves the field, whatever the values."""
    for column in spark_columns(values):
        assert column["x"] >= 0
        assert column["y"] >= 0
        assert column["x"] + column["width"] <= SPARK_SIZE[0] + 0.02
        assert column["y"] + column["height"] <= SPARK_SIZE[1] + 0.02
