"""From an executed notebook to a document: the cover and the blocks of one language, in reading order.

Exporters see only this. Elements are read from the MIME bundles of the outputs, prose from Markdown cells tagged
`lang-es` or `lang-en`; Markdown without such a tag is a note among authors and is not published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from analysis.export.edition import Kind
from analysis.export.notebooks import declared_parameters, source, tags
from analysis.export.prose import document_blocks, read_cell
from analysis.export.records import Card, Figure
from analysis.foundation.errors import DocumentError, NotebookError
from analysis.foundation.words import Language, word
from analysis.mexico import COUNTRY
from analysis.package.credits import DATA_PACKAGE
from analysis.report.elements import MIME, SVG
from analysis.report.prose import Notes
from analysis.values.periods import consecutive, first_day, last_day, shortest_moment
from analysis.values.quantities import format_date, format_period

Block = dict[str, Any]
_User = tuple[str, int]
"""Kind and number of an element that uses a table."""
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of characters: no page, and no file of ours, may hold them."""


@dataclass(frozen=True)
class Document:
    """One briefing in one language.

    Attributes:
        language: ``es`` or ``en``.
        cover: what stands in the band: series, theme, scope, cut-off, date, place.
        edition: the edition as printed, which names a draft or a reconstruction as such.
        blocks: what follows, in reading order, charts and tables numbered.
        reconstruction: whether it is a past date seen with the data of today, which nobody was told then.
        links: relative addresses of the PDF, the other language and the index, where there are any.
    """

    language: Language
    cover: Block
    edition: str
    blocks: list[Block]
    reconstruction: bool = False
    links: dict[str, str | None] = field(default_factory=dict)

    @property
    def facts(self) -> list[dict[str, Any]]:
        """Every number printed, with the place where it stands, alike in both languages."""
        return [
            {"where": f"{place_of(block)}, {fact['slot']}"} | {k: v for k, v in fact.items() if k != "slot"}
            for block in flat(self.blocks)
            for fact in block.get("facts", [])
        ]

    @property
    def tables(self) -> list[dict[str, Any]]:
        """Every table of the data package that the briefing used, with its source and version."""
        return [row for block in self.blocks if block["kind"] == "sources" for row in block["tables"]]

    @property
    def unlisted(self) -> list[str]:
        """Tables that an element uses but the list of sources lacks."""
        listed = {row["table"] for row in self.tables}
        used = [name for block in flat(self.blocks) if block["kind"] != "sources" for name in block.get("tables", [])]
        return [name for name in dict.fromkeys(used) if name not in listed]

    @property
    def neutral(self) -> list[str]:
        """Places where a neutral wording stands because the data do not support the claim."""
        return [f"{place_of(block)}, {slot}" for block in flat(self.blocks) for slot in block.get("neutral", [])]

    @property
    def card(self) -> Card:
        """What the index shows of the briefing: title, scope, headline, first key figure."""
        headlines = [b["text"] for b in self.blocks if b["kind"] == "headline"]
        figures = [f for b in self.blocks if b["kind"] == "key_figures" for f in b["figures"]]
        return Card(
            number=self.cover["number"],
            edition=self.edition,
            title=self.cover["title"],
            scope=self.cover["scope"],
            headline=headlines[0] if headlines else "",
            key_figure=Figure(figures[0]["value"], figures[0]["label"]) if figures else None,
        )


def read_document(
    notebook: Mapping[str, Any],
    *,
    edition: str | None = None,
    kind: Kind = "draft",
    contact: str = "",
    links: Mapping[str, str | None] | None = None,
) -> Document:
    """Read an executed notebook.

    Args:
        notebook: the notebook as JSON (nbformat 4).
        edition: name of the edition; "draft" in the notebook's language when not given.
        kind: what the edition is; with a date before that of the notebook itself, every briefing is a reconstruction.
        contact: where readers write to about errors; the issue tracker of the project when not given.
        links: relative addresses to print: ``pdf``, ``other_language``, ``index``.

    Raises:
        DocumentError: if it was not run, a cell failed, it has no cover, or an element lacks something.
    """
    try:
        return _read(_printable(notebook), edition, kind, _printable(contact), links)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise DocumentError(
            f"an output is not what this version of the library shows ({type(error).__name__}: {error}): "
            "run the notebook again, then export"
        ) from error


def _printable(value: Any) -> Any:
    """Return the same with a question mark in place of each character that cannot be printed."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("?", value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    return value


def _read(
    notebook: Mapping[str, Any],
    edition: str | None,
    kind: Kind,
    contact: str,
    links: Mapping[str, str | None] | None,
) -> Document:
    _refuse_unfinished(notebook)
    cover = _cover(notebook)
    language: Language = cover["language"]
    blocks = _with_told_sources(_numbered(_blocks(notebook, language)))
    cover["reach"] = _reach(blocks, language)
    read_on = _day_read(blocks, language)
    cover["read"] = word("data_read", language).format(date=read_on)
    reconstruction = kind == "reconstruction" or _is_past(notebook, cover)
    printed = printed_edition(edition, "reconstruction" if reconstruction else kind, read_on, language)
    colophon = _colophon(cover, printed, contact or word("issue_tracker", language), language)
    for block in blocks:
        if block["kind"] == "method" and reconstruction:
            block["groups"] = _with_reconstruction(block["groups"], read_on, language)
        if block["kind"] == "sources":
            block |= {**_source_list(block, _users(blocks), language), **colophon}
    return Document(language, cover, printed, blocks, reconstruction, dict(links or {}))


def printed_edition(edition: str | None, kind: Kind, read_on: str, language: Language) -> str:
    """Return how pages name their edition, or what it is a reconstruction with.

    Args:
        edition: its name; None where there is none.
        kind: what it is.
        read_on: the day on which the newest of its data were read, in words.
        language: language of the page.

    Returns:
        For instance "Edición 2026-1", "Borrador de la edición 2026-2", "borrador", "Reconstrucción con los datos del
        22 nov 2026".
    """
    if kind == "reconstruction":
        return word("reconstruction", language).format(date=read_on)
    if edition is None:
        return word("draft", language)
    return word("edition" if kind == "published" else "draft_edition", language).format(name=edition)


def _is_past(notebook: Mapping[str, Any], cover: Block) -> bool:
    """Whether the briefing is of a date before that which its notebook is written for."""
    with suppress(NotebookError):  # any notebook may be exported, also one that declares nothing
        as_of = declared_parameters(dict(notebook), "the notebook").get("as_of")
        return as_of is not None and cover["as_of"] < str(as_of.default)
    return False


def _with_told_sources(blocks: list[Block]) -> list[Block]:
    """Mark among the sources those of which something is said: what was only looked at is none."""
    told = {table for b in flat(blocks) for fact in b.get("facts", []) for table in fact.get("tables", [])}
    told |= set(_users(blocks))
    for block in blocks:
        if block["kind"] == "sources":
            block["tables"] = [{**row, "told": row["table"] in told} for row in block["tables"]]
    return blocks


def _listed_tables(blocks: Sequence[Block]) -> list[Block]:
    """The tables among the sources that readers see."""
    return [row for b in blocks if b["kind"] == "sources" for row in b["tables"] if row["printed"] and row["told"]]


def _day_read(blocks: Sequence[Block], language: Language) -> str:
    """The day on which the newest of the data were read, in words; today where no source is listed."""
    newest = max((str(row["read_on"]) for row in _listed_tables(blocks)), default="")
    return format_date(newest, language, short=True) if newest else word("today", language)


def _with_reconstruction(groups: Sequence[Block], read_on: str, language: Language) -> list[Block]:
    """Say first, among how numbers were made, that nobody was told them at that date."""
    rule = word("reconstruction_rule", language).format(date=read_on)
    item = {"term": word("reconstruction_term", language), "text": rule}
    title = word("calculation", language)
    return [{**g, "items": [item, *g["items"]]} if g["title"] == title else g for g in groups]


def _reach(blocks: Sequence[Block], language: Language) -> str:
    """Say how far the oldest and the newest series of the briefing reach; nothing where none has a period.

    The oldest is that of which the briefing gives only figures that are older than those of all others; the newest is
    that whose table reaches furthest, as key figures say it; of a day, the month is said.
    Where the data package itself is told of, all its tables count, whatever the briefing says of them.
    """
    rows = [row for b in blocks if b["kind"] == "sources" for row in b["tables"]]
    if not any(row["table"] == DATA_PACKAGE for row in rows):
        rows = _listed_tables(blocks)
    given: dict[str, list[str]] = {}
    for fact in (fact for block in flat(blocks) for fact in block.get("facts", []) if fact.get("period")):
        if len(fact["tables"]) == 1:
            given.setdefault(fact["tables"][0], []).append(fact["period"].rpartition("/")[2])
    ends_of = [(max(given.get(r["table"], [r["last"]]), key=last_day), r["last"]) for r in rows if r["last"]]
    ends = sorted({shortest_moment(last_day(end[:7])) for both in ends_of for end in both}, key=last_day)
    if not ends:
        return ""
    oldest, newest = (format_period(end, language) for end in (ends[0], ends[-1]))
    return word("reach" if len(ends) > 1 else "reach_of_all", language).format(oldest=oldest, newest=newest)


def flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks in reading order, those of pairs one by one."""
    for block in blocks:
        if block["kind"] == "pair":
            yield from flat(block["left"])
            yield from flat(block["right"])
        else:
            yield block


def _refuse_unfinished(notebook: Mapping[str, Any]) -> None:
    code = [(i, c) for i, c in enumerate(notebook["cells"], 1) if c["cell_type"] == "code" and source(c).strip()]
    for number, cell in code:
        for output in cell.get("outputs", []):
            if output["output_type"] == "error":
                reason = f"{output['ename']}: {output['evalue']}"
                raise DocumentError(f"cell {number} failed ({reason}): mend it, run the notebook again, then export")
    for number, cell in code:
        if cell.get("execution_count") is None:
            raise DocumentError(f"cell {number} was not run: run the whole notebook (Run > Run All Cells), then export")


def _cover(notebook: Mapping[str, Any]) -> Block:
    for _, element in _elements(notebook):
        if element["kind"] == "cover":
            return element
    raise DocumentError("the notebook shows no cover: make a Briefing in its first cell and call cover()")


def _elements(notebook: Mapping[str, Any]) -> Iterator[tuple[int, Block]]:
    """Yield every element shown, with the number of its cell."""
    for number, cell in enumerate(notebook["cells"], 1):
        for output in cell.get("outputs", []) if cell["cell_type"] == "code" else []:
            data = output.get("data", {})
            if MIME in data:
                element = dict(data[MIME])
                if element["kind"] == "chart":
                    element["svg"] = _joined(data.get(SVG, ""))
                    _refuse_silent_chart(element, number)
                yield number, element


def _refuse_silent_chart(element: Block, number: int) -> None:
    if not str(element.get("alt", "")).strip():
        raise DocumentError(f"the chart '{element.get('title', '')}' of cell {number} has no alternative text")
    if not element["svg"]:
        raise DocumentError(f"the chart '{element['title']}' of cell {number} has lost its picture: run the cell again")


def _blocks(notebook: Mapping[str, Any], language: Language) -> list[Block]:
    blocks: list[Block] = []
    shown: dict[int, list[Block]] = {}
    for number, element in _elements(notebook):
        shown.setdefault(number, []).append(element)
    added = 0  # papermill's own cell of parameters, which an author does not count
    for number, cell in enumerate(notebook["cells"], 1):
        added += "injected-parameters" in tags(cell)
        if cell["cell_type"] == "markdown" and f"lang-{language}" in tags(cell):
            blocks.extend(_prose(source(cell), number - added, blocks))
        blocks.extend(_paired(e for e in shown.get(number, []) if e["kind"] != "cover"))
    return blocks


def _prose(source: str, number: int, before: Sequence[Block]) -> list[Block]:
    """Read a Markdown cell: footnotes are numbered through the document, whose first heading opens a section."""
    notes = [p for b in flat(before) if b["kind"] == "markdown" for p in b["prose"] if isinstance(p, Notes)]
    prose = read_cell(source, number, first_note=1 + sum(len(each.items) for each in notes))
    return list(document_blocks(prose, in_section=any(b["kind"] == "section" for b in flat(before))))


def _paired(elements: Iterable[Block]) -> list[Block]:
    """Gather the neighbours of one cell that carry a side into a pair; a left one after a right one opens another."""
    blocks: list[Block] = []
    for element in elements:
        side = element.get("side")
        last = blocks[-1] if blocks and blocks[-1]["kind"] == "pair" else None
        if side is None:
            blocks.append(element)
        elif last is None or (side == "left" and last["right"]):
            blocks.append({"kind": "pair", "left": [], "right": [], side: [element]})
        else:
            last[side].append(element)
    return blocks


def _numbered(blocks: list[Block]) -> list[Block]:
    prefixes = {"section": "s", "chart": "g", "table": "c"}
    counts = dict.fromkeys(prefixes, 0)
    for block in flat(blocks):
        kind = block["kind"]
        if kind in {"method", "sources"}:  # their heads stand one level below a section, where there is one
            block["level"] = 3 if counts["section"] else 2
        if kind in counts:
            counts[kind] += 1
            block["number"] = counts[kind]
            block["id"] = f"{prefixes[kind]}{counts[kind]}"
    return blocks


def _source_list(block: Block, users: Mapping[str, list[_User]], language: Language) -> Block:
    """Write the table of sources: which charts and tables used each, its period, version and licence."""
    grouped: dict[tuple[str, ...], list[_User]] = {}
    spans: dict[tuple[str, ...], list[str]] = {}
    for row in block["tables"]:
        if row["printed"] and row["told"]:
            key = (row["publisher"], row["version"], row["licence"])
            grouped.setdefault(key, []).extend(users.get(row["table"], []))
            spans.setdefault(key, []).extend(row["span"] or [])
    return {
        "title": word("sources", language),
        "head": [word(key, language) for key in ("element", "source_of_table", "period", "version_read", "licence")],
        "rows": [
            [_listed(grouped[key], language), key[0], _spanned(spans[key], language), key[1], key[2]] for key in grouped
        ],
    }


def _colophon(cover: Block, edition: str, contact: str, language: Language) -> Block:
    """Write how to cite the briefing, whose it is not, and whom to write to about errors."""
    place = "" if cover["geography"] == COUNTRY.code else f" {cover['place']}."
    return {
        "cite_label": word("cite", language),
        "cite": f"{cover['series']}. {cover['series_kind']}: {cover['title']}.{place} {edition}. {cover['cutoff']}.",
        "disclaimer": COUNTRY.disclaimer[language],
        "errata": word("errata", language).format(contact=contact),
    }


def _spanned(moments: list[str], language: Language) -> str:
    """Write the period from the earliest to the latest of ISO moments."""
    if not moments:
        return word("no_data", language)
    first, last = min(moments, key=first_day), max(moments, key=last_day)
    return format_period(first if first == last else f"{first}/{last}", language, short=True)


def _users(blocks: Sequence[Block]) -> dict[str, list[_User]]:
    """Map each table of the data package to the elements that use it."""
    users: dict[str, list[_User]] = {}
    for block in flat(blocks):
        for table in block.get("tables", []) if block["kind"] != "sources" else []:
            users.setdefault(table, []).append((block["kind"], block.get("number", 0)))
    return users


def _listed(users: Sequence[_User], language: Language) -> str:
    """Write "Gráficas 1–3, cuadro 1": the elements of each kind, runs of numbers joined."""
    parts = [word("key_figures", language)] if any(kind == "key_figures" for kind, _ in users) else []
    for of_kind, singular, plural in (("chart", "figure", "figures"), ("table", "table", "tables")):
        numbers = sorted({number for kind, number in users if kind == of_kind})
        if numbers:
            runs = [f"{first}–{last}" if last > first else str(first) for first, last in consecutive(numbers)]
            parts.append(f"{word(singular if len(numbers) == 1 else plural, language)} {', '.join(runs)}")
    return ", ".join(parts[:1] + [p[0].lower() + p[1:] for p in parts[1:]]) or word("text", language)


def place_of(block: Mapping[str, Any]) -> str:
    """Return the name of a block in messages and facts: its kind, and its number among those of its kind, if any."""
    numbered = "number" in block and block["kind"] != "cover"  # the number of the cover is that of the theme
    return f"{block['kind']} {block['number']}" if numbered else str(block["kind"])


def _joined(text: Any) -> str:
    """Multi-line strings of notebook files are lists of lines."""
    return text if isinstance(text, str) else "".join(text)
