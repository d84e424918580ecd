"""What an author reads where a cell goes wrong."""

from __future__ import annotations

import linecache

import pandas as pd
import pytest

from analysis.charts import lines
from analysis.foundation.errors import AnalysisError, ChartError, QuantityError
from analysis.mexico import PlaceError
from analysis.package.descriptor import DataError
from analysis.report.elements import ElementError
from analysis.report.page import ParameterError
from analysis.values.quantities import UnitError
from analysis.values.texts import TextError, text


def run_cell(source: str) -> AnalysisError:
    """Run a cell as a notebook does, in the module `__main__`, and return its mistake."""
    name = "<cell of a test>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    with pytest.raises(AnalysisError) as raised:
        exec(compile(source, name, "exec"), {"__name__": "__main__", "lines": lines, "text": text, "pd": pd})
    return raised.value


@pytest.mark.parametrize(
    "kind", [ParameterError, ElementError, PlaceError, UnitError, TextError, ChartError, QuantityError, DataError]
)
def test_every_mistake_of_an_author_is_of_one_family(kind: type[Exception]) -> None:
    """Whatever the library refuses is shown in one sentence."""
    assert issubclass(kind, AnalysisError)


def test_a_mistake_is_shown_as_its_sentence_and_the_line_of_the_cell() -> None:
    """No file of the library is listed; the line is the author's, however deep the library found the mistake."""
    error = run_cell(
        "claims = pd.DataFrame({'Cuba': [1.0]}, index=[2024])\nlines(claims, unit='p', language='es', focus='Haití')\n"
    )
    assert error._render_traceback_() == [
        "ChartError: the focus 'Haití' is no column: use one of Cuba",
        "line 2: lines(claims, unit='p', language='es', focus='Haití')",
    ]


def test_the_line_is_that_of_the_innermost_cell() -> None:
    """Where a function of the notebook is called, the line in it is shown, not the call."""
    error = run_cell("def sentence():\n    return text(es='Hubo {n}.', en='There were {n}.')\n\nsentence()\n")
    assert error._render_traceback_()[1] == "line 2: return text(es='Hubo {n}.', en='There were {n}.')"


def test_a_mistake_outside_of_a_cell_is_its_sentence_alone() -> None:
    """A program that is no notebook gets no line."""
    with pytest.raises(TextError) as raised:
        text(es="Hubo", en="")
    assert raised.value._render_traceback_() == ["TextError: 'Hubo' stands in one language only: write both es and en"]
