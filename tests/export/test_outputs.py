"""What a notebook tells of its cells: which do not stand as they ran, and what they make that no briefing shows."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import nbformat
import pytest

from analysis.export.document import read_document
from analysis.export.html import BriefingHTMLExporter
from analysis.export.notebooks import Notebook, as_notebook
from analysis.export.outputs import broken_cells, stale_cells, unshown_outputs
from analysis.foundation.errors import DocumentError
from analysis.report.bundle import BESIDE, MIME
from analysis.report.cells import source_digest

RUN = "run the whole notebook (Run > Run All Cells), then export"
SETUP, SILENT, CHART, SOURCES = "b.cover()", "year = 2025", "b.chart(year)", "b.sources()"
FORMAT = {"nbformat": 4, "nbformat_minor": 4}
ALL = (SETUP, SILENT, CHART, SOURCES)
COVER = {
    "kind": "cover",
    "theme": 5,
    "title": "Asilo",
    "scope": "México",
    "language": "es",
    "as_of": "2026-06-30",
    "geography": "MEX",
}


def code(source: str, *outputs: dict[str, Any], count: int | None = 1, tags: Sequence[str] = ()) -> dict[str, Any]:
    """A code cell."""
    made = {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source}
    return {**made, "outputs": list(outputs), "execution_count": count}


def markdown(source: str) -> dict[str, Any]:
    """A Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def shown(data: dict[str, Any], kind: str = "display_data", **metadata: Any) -> dict[str, Any]:
    """An output of MIME types."""
    return {"output_type": kind, "data": data, "metadata": metadata}


def element(source: str, kind: str = "finding", **content: Any) -> dict[str, Any]:
    """The output of a cell that shows an element."""
    text: dict[str, Any] = {"sentences": []} if kind == "finding" else {}
    return shown({MIME: {"kind": kind, "origin": source_digest(source), "text": text, **content}})


def sources(*ran: str, unshown: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    """The list of sources, with what had run by then."""
    content = {"kind": "sources", "origin": source_digest(SOURCES), "tables": [], "unshown": list(unshown)}
    return shown({MIME: content}, cells_run=[source_digest(source) for source in ran])


def notebook(*cells: dict[str, Any]) -> Notebook:
    """A notebook of these cells."""
    return as_notebook({"cells": list(cells), "metadata": {}, **FORMAT})


def ran(*history: str, now: Sequence[str] = ALL, turns: Sequence[int] = (1, 2, 3, 4)) -> Notebook:
    """A notebook that ran these cells: its first and third one show an element, the last one the sources."""
    outputs = [[element(SETUP)], [], [element(CHART)], [sources(*history)]]
    cells = zip(now, outputs, turns, strict=True)
    return notebook(*(code(source, *shows, count=turn) for source, shows, turn in cells))


# -- cells that are not as they ran -----------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [(), ALL, (SETUP, "an attempt", SILENT)])
def test_one_run_from_top_to_bottom_is_not_stale_whatever_ran_before(before: Sequence[str]) -> None:
    """What the kernel ran before the last run of all cells does not count."""
    assert stale_cells(ran(*before, *ALL)) == []


@pytest.mark.parametrize(
    ("now", "cells"),
    [
        ((SETUP, SILENT, "b.chart(other)", SOURCES), "cell 3 was"),
        ((SETUP, "year = 2024", CHART, SOURCES), "cell 2 was"),
        ((SETUP, "year = 2024", "b.chart(other)", "b.sources() "), "cells 2, 3 and 4 were"),
    ],
)
def test_cells_that_were_edited_and_not_run_are_named(now: Sequence[str], cells: str) -> None:
    """One that shows an element is known by that, one that shows nothing by the list of sources."""
    assert stale_cells(ran(*ALL, now=now)) == [f"{cells} changed since the notebook ran: {RUN}"]


def test_a_cell_that_was_edited_and_run_alone_is_not_enough() -> None:
    """Its own output is new; what follows, and the list of sources, may tell what was."""
    edited = "b.chart(other)"
    cells = [code(SETUP, element(SETUP)), code(SILENT, count=2), code(edited, element(edited), count=5)]
    alone = notebook(*cells, code(SOURCES, sources(*ALL), count=4))
    assert stale_cells(alone) == [f"cell 3 was changed and run without what follows: {RUN}"]


@pytest.mark.parametrize(
    ("history", "turns", "cell"),
    [
        (ALL, (1, 2, 5, 4), 3),
        ((SETUP, SILENT, SILENT, CHART, SOURCES), (1, 3, 4, 5), 2),
        ((SETUP, SILENT, "gone = 1", CHART, SOURCES), (1, 2, 4, 5), 3),
        ((SILENT, SETUP, CHART, SOURCES), (2, 1, 3, 4), 1),
        ((*ALL, CHART, SOURCES), (1, 2, 5, 6), 3),
    ],
    ids=["again", "twice", "removed", "moved", "only the end again"],
)
def test_cells_that_did_not_run_in_turn_are_told_with_the_place(
    history: Sequence[str], turns: Sequence[int], cell: int
) -> None:
    """Run twice, in another order, or after one that is gone: all cells stand as they ran, but not as one run."""
    assert stale_cells(ran(*history, turns=turns)) == [f"cell {cell} did not run right after what stands above: {RUN}"]


def test_two_cells_of_one_source_must_both_have_run() -> None:
    """One of them pasted and not run is not covered by the other."""
    made = notebook(code(SILENT), code(SILENT, count=1), code(SOURCES, sources(SILENT, SOURCES), count=2))
    assert stale_cells(made) == [f"cell 2 did not run right after what stands above: {RUN}"]


def test_cells_that_leave_no_trace_and_the_end_of_a_line_change_nothing() -> None:
    """Empty cells are not run; a cell of comments is, like any other; kernels drop line ends at the end of a cell."""
    words = "# nothing but words"
    made = notebook(
        code(SETUP + "\n", element(SETUP), count=1),
        code(" \n", count=None),
        code(words, count=2),
        code(SOURCES, sources(SETUP, words, SOURCES), count=3),
        code("", count=None),
    )
    assert stale_cells(made) == []


def test_the_cell_of_parameters_that_papermill_puts_in_is_compared_and_not_counted() -> None:
    """It ran like the others; cells after it keep the numbers that their author knows."""
    injected = code('language = "en"', count=2, tags=["injected-parameters"])
    cells = [code(SILENT, tags=["parameters"]), injected, code("b.chart(other)", element(CHART), count=3)]
    made = notebook(*cells, code(SOURCES, sources(SILENT, 'language = "en"', CHART, SOURCES), count=4))
    assert stale_cells(made) == [f"cell 2 was changed since the notebook ran: {RUN}"]


def test_magics_are_compared_as_they_were_typed() -> None:
    """The kernel keeps what was typed, not what IPython makes of it."""
    magic = "%time x = 1"
    made = notebook(code(magic), code(SOURCES, sources(magic, SOURCES), count=2))
    assert [*stale_cells(made), *broken_cells(made)] == []


@pytest.mark.parametrize("output", [shown({MIME: {"kind": "finding"}}), shown({MIME: {"origin": 3}}), shown({})])
def test_what_cannot_be_known_is_passed_over(output: dict[str, Any]) -> None:
    """An element without a digest, a damaged one, a notebook without a list of sources: none is called stale."""
    assert stale_cells(notebook(code("x", output), code("y", count=2), code("z", count=None))) == []


# -- cells that cannot run --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> branch",
        "a\n>>>>>>> branch",
        '<span style="color:red">**<<<<<<< local**</span>',
    ],
)
@pytest.mark.parametrize("make", [code, markdown])
def test_marks_of_a_merge_are_found(make: Any, text: str) -> None:
    """In code and in prose, as git and as nbdime write them, also where only one was left."""
    told = broken_cells(notebook(code("x = 1"), make(text), make(text)))
    assert told == [f"cells 2 and 3 hold marks of a merge: settle it, {RUN}"]


@pytest.mark.parametrize(
    "text", ["Title\n=======", "> > a", "`<<<<<<< HEAD` inside a line", "<<<<<<<<< many", "a <<<<<<< b"]
)
def test_prose_that_only_looks_like_marks_is_none(text: str) -> None:
    """Seven equals signs underline a heading, and a line may speak of marks."""
    assert broken_cells(notebook(markdown(text))) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("x = 1\ny = = 2", "line 2: invalid syntax"),
        ("text(es='a'", "line 1: '(' was never closed"),
        ("x = 1\n=======\ny = 2", "line 2: invalid syntax"),
        ("%time x\ny = = 2", "line 2: invalid syntax"),
        ("x = '\0'", "source code string cannot contain null bytes"),
    ],
)
def test_code_that_does_not_parse_is_told_with_its_line(source: str, fault: str) -> None:
    """Where it would fail, it is said before anything is exported."""
    assert broken_cells(notebook(code("x = 1"), code(source))) == [
        f"the code of cell 2 cannot be read ({fault}): mend it, {RUN}"
    ]


@pytest.mark.parametrize("source", ["%time x = 1", "!ls", "%%bash\necho {", "x = !ls", "b?", "await x", "'\\d'", "# a"])
def test_code_that_ipython_understands_is_code(source: str) -> None:
    """Magics, calls of the shell, questions, and what IPython alone may await."""
    assert broken_cells(notebook(code(source))) == []


def test_plain_code_is_read_without_ipython() -> None:
    """The command line would wait for it, for nothing."""
    script = (
        "import sys; from analysis.export.notebooks import as_notebook;"
        "from analysis.export.outputs import broken_cells;"
        "cell = dict(cell_type='code', source='x = 1', metadata={}, outputs=[]);"
        "print(broken_cells(as_notebook(dict(cells=[cell], nbformat=4))), 'IPython' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[] False\n"


# -- what no briefing shows -------------------------------------------------------------------------------------------


def test_an_element_that_was_not_shown_is_told_with_its_cell() -> None:
    """It is known by the digest of the cell that made it; of a cell that is gone nothing is told."""
    made = [
        {"origin": source_digest(SILENT), "kind": "caution", "text": "caution: No sumar. " + "Y más. " * 20},
        {"origin": source_digest("gone"), "kind": "finding", "text": "finding: x"},
        {"origin": "", "kind": "finding", "text": "finding: y"},
    ]
    (told,) = unshown_outputs(notebook(code(SETUP), code(SILENT), code(SOURCES, sources(*ALL, unshown=made))))
    assert told.startswith("cell 2 makes an element that is not shown (caution: No sumar. Y más.")
    assert told.endswith("…): let it be the last line of the cell, without a semicolon, or give it to display()")


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (
            {"output_type": "stream", "name": "stdout", "text": ["uno\n", "dos\n"]},
            "prints (uno dos), which no briefing",
        ),
        (
            {"output_type": "stream", "name": "stderr", "text": "/tmp/k_1/2.py:3: UserWarning: odd\n  x = 1\n"},
            "warns (UserWarning: odd x = 1): mend what it warns of",
        ),
        (
            shown({"text/html": ['<table border="1" ', 'class="dataframe">'], "text/plain": "   a"}, "execute_result"),
            "shows a data frame, which no briefing shows: show its values with b.grid(column(…), title=…), or take",
        ),
        (
            shown({"image/png": "aaaa", "text/plain": "<Figure>"}),
            "shows a figure, which no briefing shows: draw it with b.plot(",
        ),
        (
            shown({"text/plain": "'bare'"}, "execute_result"),
            "shows a value ('bare'), which no briefing shows: say it in",
        ),
    ],
)
def test_an_output_that_no_exporter_shows_is_told_with_its_cell(output: dict[str, Any], told: str) -> None:
    """What was printed, warnings, data frames, figures and bare values, and what to do instead."""
    assert [
        sentence.partition(told)[0] for sentence in unshown_outputs(notebook(markdown("a"), code("x", output)))
    ] == ["cell 2 "]


def test_elements_and_what_stands_beside_them_are_shown() -> None:
    """A chart is three outputs, of which one is the element."""
    beside = shown({BESIDE: {"kind": "chart"}, "text/html": "<p>", "text/plain": "a"})
    assert unshown_outputs(notebook(code("x", beside, element("x"), beside))) == []


def test_findings_are_told_cell_by_cell_and_once() -> None:
    """Three frames of one loop are one sentence; a terminal gets no control characters."""
    frame = shown({"text/html": '<table class="dataframe">'})
    printed = {"output_type": "stream", "name": "stdout", "text": "\x1b[31mred"}
    made = [{"origin": source_digest("first"), "kind": "finding", "text": "finding: a"}]
    cells = [code("first"), code("x", frame, frame, frame, printed), code(SOURCES, sources(unshown=made))]
    told = unshown_outputs(notebook(*cells))
    assert [sentence[:15] for sentence in told] == ["cell 1 makes an", "cell 2 shows a ", "cell 2 prints ("]
    assert "( [31mred)" not in told[2]
    assert "\x1b" not in told[2]


# -- exporters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (code("b.finding(new)", element("b.finding(old)")), "cell 2 was changed since the notebook ran"),
        (code("x = = 1"), r"the code of cell 2 cannot be read \(line 1: invalid syntax\): mend it"),
        (markdown("<<<<<<< HEAD\na"), "cell 2 holds marks of a merge: settle it"),
    ],
)
def test_a_notebook_that_is_not_as_it_ran_is_not_exported(cell: dict[str, Any], reason: str) -> None:
    """The refusal names the cell and says what to do."""
    with pytest.raises(DocumentError, match=reason):
        read_document(notebook(code(SETUP, shown({MIME: COVER})), cell))


def test_exporters_warn_of_what_they_leave_out(caplog: pytest.LogCaptureFixture) -> None:
    """A print keeps nothing from being exported, and is not lost in silence."""
    printed = nbformat.v4.new_output("stream", text="uno")
    cells = [code(SETUP, shown({MIME: COVER})), code("print('uno')", printed)]
    exporter = BriefingHTMLExporter()
    exporter.log = logging.getLogger("test_outputs")
    page, _ = exporter.from_notebook_node(nbformat.from_dict({"cells": cells, "metadata": {}, **FORMAT}))
    assert "Asilo" in page
    assert "cell 2 prints (uno), which no briefing shows" in caplog.text
