"""Bundles: how a cell keeps an element and shows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from analysis.export.document import read_document
from analysis.export.notebooks import as_notebook
from analysis.report import bundle
from analysis.report.bundle import BESIDE, MIME, SVG, Bundle, Shown, bundles, read_element
from analysis.report.cells import source_digest
from analysis.report.elements import Changes, Chart, Element, Pair, Sources, Unshown
from analysis.report.facts import Derivation, Fact, Part
from analysis.report.runs import FactRun, Sentence
from analysis.values.quantities import Quantity
from tests.elements import (
    caution,
    chart,
    cover,
    finding,
    headline,
    key_figures,
    key_number,
    method,
    paragraph,
    section,
    series,
    source,
    table,
)
from tests.samples import prose

Maker = Callable[..., dict[str, Any]]

CLAIMS = Fact.of(Quantity(400.0, "persons", "2025", derivation={"table": "t", "column": "c", "where": {"y": (1, 2)}}))
COUNTED = msgspec.structs.replace(
    CLAIMS,
    derivation=Derivation(op="count_verdicts", verdict="differs", of=((Part("S01", "a", (CLAIMS.derivation,), ()),),)),
)
ELEMENTS = [
    cover(),
    headline("Hubo menos.", "Detalle."),
    section("Asilo"),
    finding("Hubo menos."),
    Changes(paragraph("Antes hubo más.")),
    caution("Ojo", "No se suman."),
    key_figures(key_number(before=CLAIMS, change=CLAIMS, spark=(1, None, 2.5))),
    chart(svg="<svg>wide</svg>", narrow=("<svg>", "</svg>"), data=series("2025"), form="lines"),
    table(("Cuba", FactRun("column 2", COUNTED, "+0")), total=True),
    method(("Evento.", "No es persona.")),
    Sources((source(), source(span=None, last=None)), (Unshown("a", "chart", "Texto"),)),
]


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.kind)
def test_an_element_is_read_as_it_was_kept(element: Element) -> None:
    """Through the JSON of a notebook file each kind comes back whole, a chart with its picture beside it."""
    (kept,) = [json.loads(json.dumps(each)) for each in bundles(element, "es") if MIME in each]
    found = read_element(kept[MIME])
    if isinstance(found, Chart):
        found = msgspec.structs.replace(found, svg=kept[SVG])
    assert found == element
    assert kept["text/plain"].startswith(f"{element.kind}: ")


def test_a_piece_of_prose_is_kept_like_any_element() -> None:
    """Its blocks come back by their kinds."""
    element = prose("Uno **dos**.\n\n- tres")
    assert read_element(json.loads(json.dumps(msgspec.to_builtins(element)))) == element


def test_an_element_without_picture_is_one_output() -> None:
    """What is no chart is one bundle: data, HTML and plain text."""
    (only,) = bundles(finding("Hubo <menos>."), "es")
    assert set(only) == {MIME, "text/html", "text/plain"}
    assert only["text/plain"] == "finding: Hubo <menos>."
    assert "Hubo &lt;menos&gt;." in str(only["text/html"])


def test_a_chart_shows_title_picture_and_source_in_order() -> None:
    """JupyterLab shows the caption, the picture with its data, then the source; only the picture is an element."""
    before, picture, after = bundles(chart(svg="<svg>wide</svg>", narrow=("<svg>narrow</svg>",), note="Nota."), "es")
    assert before["text/plain"] == "Bajaron"
    assert picture[SVG] == "<svg>wide</svg>"
    content = picture[MIME]
    assert isinstance(content, dict)
    assert (content["kind"], content["narrow"], "svg" in content) == ("chart", ("<svg>narrow</svg>",), False)
    assert picture["text/plain"] == "chart: Bajaron Solicitudes, 2025 De 9 a 5. Nota."
    assert "Fuente: ACNUR. Nota." in str(after["text/html"])
    assert [MIME in each for each in (before, picture, after)] == [False, True, False]
    assert [each.get(BESIDE) for each in (before, picture, after)] == [{"kind": "chart"}, None, {"kind": "chart"}]


def test_a_pair_says_on_which_side_each_element_stands() -> None:
    """The elements of a pair are shown left first, each with its side; alone they have none."""
    one = finding("Uno.")
    shown = [each[MIME] for each in bundles(Pair((one,), (chart(), one)), "es") if MIME in each]
    assert [(read_element(content).kind, read_element(content).side) for content in shown] == [
        ("finding", "left"),
        ("chart", "right"),
        ("finding", "right"),
    ]
    assert one.side is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"kind": "map"}, "Invalid value 'map'"),
        ({"kind": "finding"}, "missing required field `text`"),
        ({"text": "a"}, "missing required field `kind`"),
        (
            {"kind": "section", "text": {"run": "sentence", "runs": [{"run": "fact", "name": "n"}]}},
            r"\$\.text\.runs\[0\]",
        ),
        (None, "Expected `object`"),
    ],
)
def test_what_is_no_element_is_refused_with_its_place(content: object, message: str) -> None:
    """The message says what is odd, and where."""
    with pytest.raises(msgspec.ValidationError, match=message):
        read_element(content)


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[Bundle]:
    """What is displayed, in order."""
    shown: list[Bundle] = []
    monkeypatch.setattr("IPython.display.display", lambda each, raw, metadata: shown.append(each))
    return shown


def test_a_shown_element_is_signed_by_the_cell_that_shows_it(
    displayed: list[Bundle], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever cell made it; a pair shows what it is made of."""
    running = ["made"]
    monkeypatch.setattr(bundle, "running_cell", lambda: source_digest(running[0]))
    one = Shown(finding("Uno."), "es")
    pair = Shown(Pair((one.element,), (chart(),)), "es", [one])
    assert (one.displayed, pair.displayed, displayed) == (False, False, [])
    running[0] = "shown"
    pair._ipython_display_()
    assert (one.displayed, pair.displayed) == (True, True)
    origins = [read_element(each[MIME]).origin for each in displayed if MIME in each]
    assert origins == [source_digest("shown")] * 2
    assert one.origin == source_digest("made")


def test_an_element_that_cannot_be_printed_is_an_error_of_the_cell_that_makes_it(displayed: list[Bundle]) -> None:
    """IPython would pass over an error while it displays: then nothing would be shown, and nobody told."""
    odd = Sentence((FactRun("n", CLAIMS, "seven decimals"),))
    with pytest.raises(ValueError, match="unknown format 'seven decimals'"):
        Shown(msgspec.structs.replace(section("a"), text=odd), "es")
    assert displayed == []


def test_a_notebook_of_every_kind_is_read_as_a_document(new_notebook: Maker, code_cell: Maker) -> None:
    """What cells keep is what an exporter sees, numbered and with the cell that showed it."""
    cells = [code_cell("b.show()", *bundles(element, "es")) for element in ELEMENTS]
    document = read_document(as_notebook(new_notebook(*cells)))
    assert [element.kind for element in (document.cover, *document.elements)] == [e.kind for e in ELEMENTS]
    assert [element.cell for element in document.elements] == list(range(2, len(ELEMENTS) + 1))
