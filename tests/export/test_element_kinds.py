"""Kinds of elements: each is one class and one template part a format, and comes back from a notebook as it was."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType
from pypdf import PdfReader

from analysis.export import pdf, web
from analysis.export.document import Document, read_document
from analysis.export.html import render_html
from analysis.export.pdf import render_pdf
from analysis.foundation.errors import PublishError
from analysis.report import html
from analysis.report.bundle import BESIDE, MIME, SVG, Shown, bundles, read_element
from analysis.report.elements import (
    Caution,
    Changes,
    Chart,
    Cover,
    Element,
    ElementError,
    Finding,
    Headline,
    KeyFigures,
    Method,
    Pair,
    Prose,
    Section,
    Slot,
    Sources,
    Table,
)
from analysis.report.runs import Sentence
from tests.samples import cells_of, executed, of_kind, paragraph, sentence, with_elements

KINDS = (Cover, Headline, Section, Finding, Changes, Caution, KeyFigures, Chart, Table, Method, Sources, Prose)
"""What a cell shows; a pair is shown part by part."""


# -- a new kind -------------------------------------------------------------------------------------------------------


class PullQuote(Element, frozen=True, tag="pull_quote"):
    """Words of a person set large: a kind that the library does not have."""

    text: Sentence
    attribution: str

    def slots(self) -> Iterator[Slot]:
        """Yield the words."""
        yield Slot("text", "prose", self.text)


QUOTE = PullQuote(sentence("Salimos con ", "lo <puesto> y #nada."), "Una madre, Tapachula")
PLAIN = "Salimos con lo <puesto> y #nada."


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    """Copies of the folders of parts, those of HTML and those of the PDF, from which everything is then shown."""
    shown, printed = tmp_path / "parts", tmp_path / "templates"
    shutil.copytree(html.PARTS, shown)
    shutil.copytree(pdf.TEMPLATES, printed)
    monkeypatch.setattr(html, "PARTS", shown)
    monkeypatch.setattr(web, "TEMPLATES", printed)
    monkeypatch.setattr(pdf, "TEMPLATES", printed)
    html.environment.cache_clear()
    yield shown, printed / "parts"
    html.environment.cache_clear()


@pytest.fixture
def quoted(parts: tuple[Path, Path]) -> None:
    """One part a format for the new kind, and nothing else."""
    shown, printed = parts
    (shown / "pull_quote.html.j2").write_text(
        '<blockquote class="pull"><p>{{ block.text }}</p><footer>{{ block.attribution }}</footer></blockquote>\n',
        encoding="utf-8",
    )
    (printed / "pull_quote.typ").write_text(
        "#let render(element, around) = quote(block: true, attribution: element.attribution, element.text)\n",
        encoding="utf-8",
    )


def printed(document: Document) -> str:
    """Return the text of the PDF of a document, in one line."""
    pages = PdfReader(io.BytesIO(render_pdf(document))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.usefixtures("quoted")
def test_a_new_kind_is_shown_in_a_notebook() -> None:
    """Its HTML is that of its part, its text that of its slots, and it comes back as it was."""
    (bundle,) = bundles(QUOTE, "es")
    assert '<blockquote class="pull"><p>Salimos con lo &lt;puesto&gt; y #nada.</p>' in bundle["text/html"]
    assert bundle["text/plain"] == f"pull_quote: {PLAIN}"
    assert read_element(json.loads(json.dumps(bundle[MIME]))) == QUOTE
    assert Shown(QUOTE, "es").element is QUOTE


@pytest.mark.usefixtures("quoted")
def test_a_new_kind_is_on_the_page_and_in_the_pdf(spanish: Document) -> None:
    """From the notebook through the document, by itself and in a pair, beside the kinds that there are."""
    chart, headline = (of_kind(spanish, kind)[0] for kind in ("chart", "headline"))
    elements = [spanish.cover, headline, QUOTE, Pair((chart,), (QUOTE,))]
    document = read_document(executed(*cells_of(elements, "es")))
    assert [element.kind for element in document.flat] == ["headline", "pull_quote", "chart", "pull_quote"]
    page = render_html(document)
    assert page.count('<blockquote class="pull"><p>Salimos con lo &lt;puesto&gt; y #nada.</p>') == 2
    assert page.count("<footer>Una madre, Tapachula</footer>") == 2
    text = printed(document)
    assert text.count(PLAIN) == text.count("Una madre, Tapachula") == 2


@pytest.mark.usefixtures("quoted")
def test_the_numbers_and_texts_of_a_new_kind_are_looked_at_like_any() -> None:
    """Its slots are all that a kind has to say."""
    (written,) = QUOTE.texts("es")
    assert (written.slot, written.text, written.form) == ("text", PLAIN, "prose")
    assert (QUOTE.place, QUOTE.uses, list(QUOTE.told()), QUOTE.neutral) == ("pull_quote", (), [], [])


# -- a kind without a part --------------------------------------------------------------------------------------------


def test_a_notebook_says_which_part_a_kind_lacks() -> None:
    """The cell that makes the element fails in a sentence, and shows nothing instead."""
    with pytest.raises(ElementError, match=r"^no notebook or page can show a pull_quote: write .*pull_quote\.html\.j2"):
        Shown(QUOTE, "es")


def test_a_page_says_which_part_a_kind_lacks(spanish: Document) -> None:
    """The element does not vanish: there is no page without it, also where it stands in a pair."""
    for element in (QUOTE, Pair((QUOTE,), (QUOTE,))):
        with pytest.raises(PublishError, match=r"^no notebook or page can show a pull_quote: write .*\.html\.j2"):
            render_html(with_elements(spanish, of_kind(spanish, "headline")[0], element))


def test_a_pdf_says_which_part_a_kind_lacks(spanish: Document) -> None:
    """The element does not vanish: there is no PDF without it, also where it stands in a pair."""
    for element in (QUOTE, Pair((QUOTE,), (QUOTE,))):
        with pytest.raises(PublishError, match=r"^no PDF can show a pull_quote: write .*pull_quote\.typ") as refused:
            render_pdf(with_elements(spanish, of_kind(spanish, "headline")[0], element))
        assert "\n" not in str(refused.value)


def test_every_kind_has_its_parts() -> None:
    """Each is shown by a part that is named like it; a cover has the band of the page instead."""
    kinds = {kind.__struct_config__.tag for kind in (*KINDS, Pair)}
    shown = {path.name.removesuffix(".html.j2") for path in html.PARTS.glob("*.html.j2")}
    assert shown == kinds | {"flow", "shared", "preview", "prose"}
    assert {path.stem for path in (pdf.TEMPLATES / "parts").glob("*.typ")} == kinds - {"cover"}


# -- round trip -------------------------------------------------------------------------------------------------------


def test_every_kind_comes_back_from_its_notebook(spanish: Document) -> None:
    """Its JSON is read as the same element; a picture stands beside it, and prose has a cell of its own."""
    shown = [e for e in [spanish.cover, *spanish.flat, Changes(paragraph("Bajaron."))] if not isinstance(e, Prose)]
    for element in shown:
        (bundle,) = (bundle for bundle in bundles(element, "es") if BESIDE not in bundle)
        read = read_element(json.loads(json.dumps(bundle[MIME])))
        if isinstance(read, Chart):
            read = msgspec.structs.replace(read, svg=bundle[SVG])
        assert read == element
    assert {type(element) for element in shown} | {Prose} == set(KINDS)


def test_a_pair_is_shown_part_by_part() -> None:
    """Each part knows its side; a pair itself is nothing that a cell holds."""
    pair = Pair((Finding(paragraph("Uno.")),), (Finding(paragraph("Dos.")), Finding(paragraph("Tres."))))
    read = [read_element(bundle[MIME]) for bundle in bundles(pair, "es")]
    assert [element.side for element in read] == ["left", "right", "right"]
    assert [msgspec.structs.replace(element, side=None) for element in read] == [*pair.left, *pair.right]
    with pytest.raises(msgspec.ValidationError, match="Invalid value 'pair'"):
        read_element({"kind": "pair", "left": [], "right": []})


DAYS, PERIODS = (
    st.sampled_from(["2026-06-30", "2024-02-29"]),
    st.sampled_from(["", "2025", "2025-04", "2014/2025-09-08"]),
)
MOMENTS = st.sampled_from(["2025", "2025-04", "2025-09-08"])
NAMED: dict[str, st.SearchStrategy[Any]] = {
    "as_of": st.none() | DAYS,
    "geography": st.sampled_from(["MEX", "MX-CHP"]),
    "last": st.none() | MOMENTS,
    "period": PERIODS,
    "read_on": DAYS,
    "span": st.none() | st.tuples(MOMENTS, MOMENTS),
}
"""What fields of these names hold, as they are checked when they are read."""
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    int: st.integers(-(2**53), 2**53),
    str: st.text(max_size=12),
    type(None): st.none(),
    UnsetType: st.just(UNSET),
}


@cache
def of_type(kind: Any, depth: int = 4) -> st.SearchStrategy[Any]:
    """Anything of a type of the library: its structures are made field by field."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return st.one_of([of_type(part, depth) for part in inner if depth > 0 or part in SCALARS])
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple:
        return st.lists(of_type(inner[0], depth), max_size=2 if depth > 0 else 0).map(tuple)
    if origin is dict:
        return st.dictionaries(of_type(inner[0]), of_type(inner[1], depth), max_size=2)
    if kind in SCALARS:
        return SCALARS[kind]
    return of_fields(kind, depth - 1)


def of_fields(kind: type[msgspec.Struct], depth: int) -> st.SearchStrategy[Any]:
    """Any structure of a class."""
    fields = {
        field.name: NAMED[field.name] if field.name in NAMED else of_type(field.type, depth)
        for field in msgspec.structs.fields(kind)
    }
    if kind is Cover:
        fields["as_of"] = DAYS
    return st.builds(kind, **fields)


@settings(suppress_health_check=list(HealthCheck))
@given(st.one_of([of_fields(kind, 4) for kind in KINDS]))
def test_any_element_comes_back_from_its_json(element: Element) -> None:
    """Whatever its texts, numbers and structures are, the JSON of an element is read as the same element."""
    assert read_element(json.loads(json.dumps(msgspec.to_builtins(element)))) == element
