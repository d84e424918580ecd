"""Errors that a person can act on: one sentence that says what is wrong and what to do instead."""

from __future__ import annotations

import csv
import linecache
from types import TracebackType
from typing import Final

_WITHOUT: Final = (LookupError, TypeError, AttributeError)
DAMAGED: Final = (OSError, csv.Error, ValueError, ArithmeticError, RecursionError, *_WITHOUT)
"""What reading a file raises that is not what it should be."""


class AnalysisError(Exception):
    """A mistake in a cell. Jupyter shows its sentence and the line of the cell, not the way through the library."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        sentence = f"{type(self).__name__}: {self}"
        line = _line_of_the_cell(self.__traceback__)
        return [sentence, line] if line else [sentence]


class ChartError(AnalysisError, ValueError):
    """Data that a chart cannot show."""


class QuantityError(AnalysisError, ValueError):
    """Numbers, periods or rules that do not make a quantity."""


class PublishError(Exception):
    """Something keeps a briefing from being published: the message says what, where and what to do."""


class DocumentError(PublishError):
    """A notebook that cannot become a document: not run, failed, or an element that lacks something."""


class NotebookError(PublishError):
    """A notebook file that cannot be read, or lacks its cell of parameters."""


class EditionError(PublishError):
    """Something asked for that `reports/editions.toml` or the notebooks do not have."""


class ParametersError(PublishError):
    """A parameter that is unknown, of the wrong type, or not allowed."""


class ExecutionError(PublishError):
    """A cell that raised, or a kernel that died."""


def _line_of_the_cell(trace: TracebackType | None) -> str:
    """The innermost line that the author wrote: cells run in the module `__main__`."""
    line = ""
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__") == "__main__":
            code = linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno).strip()
            line = f"line {trace.tb_lineno}: {code}"
        trace = trace.tb_next
    return line
