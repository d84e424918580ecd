"""What a cell shows, as data.

An element is one JSON document (kind, texts, alternative text, facts, source) in the cell's MIME bundle, with the
chart as SVG beside it. Exporters read that; JupyterLab shows the SVG, and HTML for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

from analysis.foundation.errors import AnalysisError
from analysis.foundation.words import Language, word
from analysis.report.spark import SPARK_SIZE, spark_columns
from analysis.values.quantities import Quantity
from analysis.values.texts import Text

MIME: Final = "application/vnd.briefing.element+json"
SVG: Final = "image/svg+xml"
# Of the 698 points between the margins of a page, a caption of two lines and a source of four leave these.
_HIGHEST: Final = 590.0
_INK, _BLUE, _PALE = "#1A2430", "#0033A0", "#9DB5DB"


class ElementError(AnalysisError, ValueError):
    """An element that would not be readable or provable: the message says what it lacks."""


@dataclass(frozen=True)
class Element:
    """One thing that a briefing shows.

    Attributes:
        content: the JSON that exporters read.
        svg: the chart, for elements of kind chart.
        before: HTML that JupyterLab shows above the chart, or alone where there is none.
        after: HTML that JupyterLab shows below the chart.
    """

    content: Mapping[str, Any]
    svg: str = ""
    before: str = ""
    after: str = ""

    @property
    def kind(self) -> str:
        """Kind of the element: headline, chart, table, ..."""
        return str(self.content["kind"])

    def outputs(self) -> Iterator[dict[str, Any]]:
        """Yield the MIME bundles of the element, in the order in which they are shown."""
        if not self.svg:
            yield {MIME: dict(self.content), "text/html": self.before, "text/plain": self.plain()}
            return
        yield {"text/html": self.before, "text/plain": str(self.content["title"])}
        yield {MIME: dict(self.content), SVG: self.svg, "text/plain": self.plain()}
        yield {"text/html": self.after, "text/plain": str(self.content["source"])}

    def plain(self) -> str:
        """The element in plain text: what a screen reader or a terminal gets."""
        parts = [self.content.get(key, "") for key in ("title", "text", "lead", "alt")]
        return f"{self.kind}: " + " ".join(str(part) for part in parts if part)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for bundle in self.outputs():
            display(bundle, raw=True)  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Pair:
    """Two columns of half-width elements side by side."""

    left: tuple[Element, ...]
    right: tuple[Element, ...]

    def _ipython_display_(self) -> None:
        for side, elements in (("left", self.left), ("right", self.right)):
            for element in elements:
                replace(element, content={**element.content, "side": side})._ipython_display_()


def proof(**texts: Text) -> dict[str, list[Any]]:
    """Return the facts that the texts print and the slots that show a neutral wording, ready for an element."""
    facts = [fact for slot, t in texts.items() for fact in facts_of(slot, t)]
    return {"facts": facts, "neutral": neutral_of(**texts)}


def facts_of(slot: str, *texts: Text) -> list[dict[str, Any]]:
    """Return the facts that texts print: one record a quantity, with the slot and the name under which it stands."""
    return [{"slot": slot, "name": name} | q.fact() for t in texts for name, q in sorted(t.quantities.items())]


def neutral_of(**texts: Text) -> list[str]:
    """Return the slots whose claim was replaced by its neutral wording."""
    return [slot for slot, t in texts.items() if t.neutral]


def _slots(texts: Sequence[Text]) -> dict[str, Text]:
    """Name the sentences of a paragraph: text, text1, text2, ..."""
    return {f"text{i}" if i else "text": t for i, t in enumerate(texts)}


def join(texts: Sequence[Text], language: Language) -> str:
    """Write several sentences as one paragraph; sentences left out leave no gap."""
    return " ".join(t.render(language, prose=True) for t in texts if t)


def paragraph(kind: str, texts: Sequence[Text], language: Language, **extra: Any) -> Element:
    """Return an element of one paragraph of computed prose (kinds: finding, section)."""
    written = join(texts, language)
    if not written:
        raise ElementError(f"a {kind} has no sentence left: give it one that holds for every date and place")
    proven = {"neutral": neutral_of(**_slots(texts)), "facts": facts_of("text", *texts)}
    content = {"kind": kind, "text": written, **extra, **proven}
    tag = "h2" if kind == "section" else "p"
    return Element(content, before=f"<{tag}>{escape(written)}</{tag}>")


def headline(text: Text, lead: Sequence[Text], language: Language) -> Element:
    """Return the finding of the whole report and its lead paragraph.

    Raises:
        ElementError: if the finding is left out.
    """
    if not text:
        raise ElementError("the headline is left out here: give its claim a neutral wording")
    content: dict[str, Any] = {
        "kind": "headline",
        "text": text.render(language, prose=True),
        "lead": join(lead, language),
        "neutral": neutral_of(text=text, **{f"lead{i}": t for i, t in enumerate(lead)}),
        "facts": facts_of("text", text) + facts_of("lead", *lead),
    }
    large = f'<p style="font-size:1.4em;font-weight:600;color:{_BLUE}">{escape(content["text"])}</p>'
    html = f"{large}<p>{escape(content['lead'])}</p>"
    return Element(content, before=html)


def caution(title: Text, texts: Sequence[Text], language: Language) -> Element:
    """Return a box that names a trap and says what to do.

    Raises:
        ElementError: if its title or all its text is left out.
    """
    if not title or not any(texts):
        raise ElementError("a caution has no title or no text left: give it one that holds for every date and place")
    content: dict[str, Any] = {
        "kind": "caution",
        "title": title.render(language),
        "text": join(texts, language),
        "neutral": neutral_of(title=title, **_slots(texts)),
        "facts": facts_of("title", title) + facts_of("text", *texts),
    }
    html = (
        f'<div style="border-left:4px solid #FFB81C;background:#FFF7E3;color:{_INK};padding:.6em 1em">'
        f"<b>{escape(content['title'])}</b><br>{escape(content['text'])}</div>"
    )
    return Element(content, before=html)


def check_chart_texts(content: Mapping[str, Any]) -> None:
    """Make sure that a chart has a title, and an alternative text that is more than its caption.

    Raises:
        ElementError: if the title or the alternative text is missing, or the latter only repeats title or subtitle.
    """
    title, subtitle, alt = content["title"], content["subtitle"], content["alt"]
    if not title.strip():
        raise ElementError("a chart has no title: give its claim a neutral wording")
    if not alt.strip():
        raise ElementError(f"the chart '{title}' has no alternative text: say what it shows, with its values")
    if alt.strip() in {title, subtitle}:
        raise ElementError(f"the alternative text of the chart '{title}' repeats its caption: let it give the values")


def check_height(height: float, title: str) -> None:
    """Make sure that a chart fits a page with its caption and its source.

    Raises:
        ElementError: if it is too high.
    """
    if height > _HIGHEST:
        raise ElementError(
            f"the chart '{title}' is {height:.0f} points high, a page takes {_HIGHEST:.0f}: draw fewer rows"
        )


def chart(svg: str, svg_narrow: str, content: Mapping[str, Any]) -> Element:
    """Return a chart with its texts.

    Raises:
        ElementError: if it has no title, or no alternative text of its own.
    """
    check_chart_texts(content)
    before = f"<p><b>{escape(content['title'])}</b><br><small>{escape(content['subtitle'])}</small></p>"
    after = f"<p><small>{escape(content['source'])} {escape(content['note'])}</small></p>"
    return Element({"kind": "chart", **content, "svg_narrow": svg_narrow}, svg=svg, before=before, after=after)


def table(content: Mapping[str, Any]) -> Element:
    """Return a table of written cells with its texts."""
    head = "".join(
        f'<th scope="col" style="text-align:{a}">{escape(h)}</th>'
        for h, a in zip(content["head"], content["align"], strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f'<td style="text-align:{a}">{escape(c)}</td>' for c, a in zip(row, content["align"], strict=True))
        + "</tr>"
        for row in content["rows"]
    )
    html = (
        f"<p><b>{escape(content['title'])}</b></p><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"<p><small>{escape(content['source'])} {escape(content['note'])}</small></p>"
    )
    return Element({"kind": "table", **content}, before=html)


def key_figures(content: Mapping[str, Any]) -> Element:
    """Return the four to six numbers of the front page."""
    cells = "".join(_figure_html(figure) for figure in content["figures"])
    grid = f'<div style="display:grid;grid-template-columns:repeat(3,1fr);gap:1em">{cells}</div>'
    html = f"{grid}<p><small>{escape(content['note'])}</small></p>"
    return Element({"kind": "key_figures", **content}, before=html)


def _figure_html(figure: Mapping[str, Any]) -> str:
    number = f'<span style="font-size:1.8em;color:{_BLUE}">{escape(figure["value"])}</span>'
    seal = f" ({escape(figure['seal'])})" if figure["seal"] else ""
    moved = f"<small><b>{escape(figure['change'])}</b> {escape(figure['reference'])}</small>"
    last = f"<small>{escape(figure['last_datum'])}</small>"
    inside = f"{number} {_spark_svg(figure['spark'])}<br>{escape(figure['label'])}{seal}<br>{moved}<br>{last}"
    return f'<div style="border-top:1px solid #C5CDD6;padding:.5em 0">{inside}</div>'


def _spark_svg(values: Sequence[float | None]) -> str:
    columns = spark_columns(values)
    width, height = SPARK_SIZE
    shapes = "".join(
        f'<rect x="{c["x"]}" y="{c["y"]}" width="{c["width"]}" height="{c["height"]}" '
        f'fill="{_BLUE if c is columns[-1] else _PALE}"/>'
        for c in columns
    )
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg {size} aria-hidden="true">{shapes}</svg>'


def method(groups: Sequence[Mapping[str, Any]], facts: list[dict[str, Any]]) -> Element:
    """Return the definitions, the way numbers were made, and what the data cannot say."""
    html = "".join(
        f"<h3>{escape(g['title'])}</h3>"
        + "".join(f"<p><b>{escape(i['term'])}</b> {escape(i['text'])}</p>" for i in g["items"])
        for g in groups
    )
    return Element({"kind": "method", "groups": list(groups), "facts": facts}, before=html)


def sources(rows: Sequence[Mapping[str, Any]], language: Language) -> Element:
    """Return every table used, its publisher, version and licence; exporters add which elements use it."""
    printed = dict.fromkeys(f"{r['publisher']} ({r['version']}, {r['licence']})" for r in rows if r["printed"])
    html = "".join(f"<li>{escape(line)}</li>" for line in printed)
    content = {"kind": "sources", "tables": list(rows), "facts": []}
    return Element(content, before=f"<h3>{escape(word('sources', language))}</h3><ul>{html}</ul>")


def cell(value: Quantity | Text | str, language: Language, spec: str = "") -> str:
    """Write one cell of a table; a missing quantity is an en dash in a table, and a note says why."""
    if isinstance(value, str):
        return value
    if isinstance(value, Text):
        return value.render(language)
    return "–" if value.value is None else value.text(language, spec)


def cell_facts(value: Quantity | Text | str, row: int, column: int) -> list[dict[str, Any]]:
    """Return the facts of one cell: that of a quantity, or those that its words name.

    Where there are no data the dash states nothing: rows that are published later do not contradict it.
    """
    slot = f"row {row}"
    if isinstance(value, Quantity):
        unknown = value.missing in {"no_data", "partial"}
        return [] if unknown else [{"slot": slot, "name": f"column {column}"} | value.fact()]
    if isinstance(value, Text):
        return [fact | {"name": f"column {column} {fact['name']}"} for fact in facts_of(slot, value)]
    return []


def table_align(head: Sequence[str], rows: Sequence[Sequence[Quantity | Text | str]]) -> list[str]:
    """Return the side of each column: numbers to the right; the first, and those of texts alone, to the left."""
    texts = [bool(rows) and all(isinstance(row[j], Text) for row in rows) for j in range(len(head))]
    return ["left" if j == 0 or words else "right" for j, words in enumerate(texts)]
