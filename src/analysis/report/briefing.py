"""Briefing: binds the parameters of a notebook, the data of that date, the language and the elements shown.

A notebook makes one Briefing in its first cell and asks it for everything: tables as of the date, sentences, charts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from itertools import pairwise
from typing import Any, Final, Literal, Protocol

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts import style
from analysis.charts.ink import layout_faults
from analysis.foundation.errors import AnalysisError
from analysis.foundation.words import LANGUAGES, Language, word
from analysis.mexico import COUNTRY
from analysis.package.credits import Credit, source_line
from analysis.package.data_package import DataPackage, find_data_folder
from analysis.package.descriptor import digest_of_names
from analysis.package.table import Table
from analysis.report import elements
from analysis.report.audit import Inventory
from analysis.report.elements import Element, ElementError, Pair
from analysis.report.spark import is_drawn
from analysis.values.breaks import Break, first_of_each_way, inside
from analysis.values.measures import MIN_SHARE_BASE, change, difference
from analysis.values.periods import shortest_moment
from analysis.values.quantities import Quantity, format_date, format_period, format_visible, iso_date, needed_decimals
from analysis.values.texts import Text

Width = Literal["full", "half"]
Draw = Callable[[Width], Axes]


NOTHING: Final = Text("", "")
"""No note."""

NO_MARKS: Final[Mapping[Any, str]] = {}

_NO_COUNTS: Final = ("percent", "points", "per_", "million_", "usd")
"""How the units begin that count no cases."""


class Source(Protocol):
    """Where numbers come from: a table, or the inventory of all of them."""

    @property
    def name(self) -> str:
        """Name under which it stands among the sources."""

    @property
    def republish(self) -> bool:
        """Whether its values may be offered for download."""

    def credits(self, language: Language) -> list[Credit]:
        """Who published it, which version, on what terms."""


class ParameterError(AnalysisError, ValueError):
    """A parameter whose value is not allowed: the message names it and says what is."""


@dataclass(frozen=True)
class KeyFigure:
    """One number of the front page with what it is compared with.

    Attributes:
        value: the number shown large.
        label: a noun phrase with its date.
        before: the same measure one year earlier, from which the change is computed; None where the two must not be
            compared. Under 100 cases it stands beside the value without a change in percent.
        spark: values by period for the small chart beside it, the last one being `value`; fewer than three are not
            drawn (see `is_drawn`).
        tables: tables it came from.
        reference: what stands after the number compared with; "in <period>" when not given.
        format: how the number and the one compared with are written (see `Quantity.text`).
    """

    value: Quantity
    label: Text
    before: Quantity | None
    spark: pd.Series[float]
    tables: Sequence[Source]
    reference: Text | None = None
    format: str = ""


class Briefing:
    """The report that a notebook writes.

    Args:
        number: number of the theme (0 is the panorama).
        title: title of the theme.
        scope: what the report covers, in a few words.
        language: ``es`` or ``en``.
        as_of: the date up to which published data are used, ``YYYY-MM-DD``.
        geography: code of the country or of a state.

    Raises:
        ParameterError: if language, date or geography is not allowed, or the date is after that of the newest data.
        DataError: if there is no data package.
    """

    def __init__(self, *, number: int, title: Text, scope: Text, language: str, as_of: str, geography: str) -> None:
        self.language = _language(language)
        self.as_of = _date(as_of)
        self.geography = _geography(geography)
        self.number, self.title, self.scope = number, title, scope
        self._package = DataPackage(find_data_folder())
        _check_known(self.as_of, self._package.newest_access)
        self._tables: dict[str, Table] = {}
        self._inventory: Inventory | None = None

    # -- data and words -------------------------------------------------------------------------------------------

    def table(self, name: str) -> Table:
        """Return a table with the rows that had been published at `as_of`."""
        if name not in self._tables:
            self._tables[name] = self._package.table(name, self.as_of)
        return self._tables[name]

    def inventory(self) -> Inventory:
        """Return the inventory of all tables of the data package, as seen at `as_of`."""
        if self._inventory is None:
            tables = [self._package.table(name, self.as_of) for name in self._package.names]
            self._inventory = Inventory(tables, self.as_of)
        return self._inventory

    def country(self, code: str) -> str:
        """Name of a country (ISO 3166-1 alpha-3) in the language of the briefing."""
        return COUNTRY.country_name(code, self.language)

    def people(self, code: str) -> str:
        """People of a nationality: "personas cubanas", "people from Cuba"."""
        return COUNTRY.people_from(code, self.language)

    def state(self, code: str, language: Language | None = None) -> str:
        """Name of a state (ISO 3166-2), or of the country, in the language of the briefing or in another one."""
        return COUNTRY.place_name(code, language or self.language)

    def period(self, period: str, *, short: bool = False) -> str:
        """An ISO period in words."""
        return format_period(period, self.language, short=short)

    def pick(self, es: str, en: str) -> str:
        """Return the wording of the briefing's language, for names of series and columns."""
        return es if self.language == "es" else en

    @property
    def country_wide(self) -> bool:
        """Whether the briefing is about the country rather than one state."""
        return self.geography == COUNTRY.code

    # -- elements -------------------------------------------------------------------------------------------------

    def cover(self) -> Element:
        """Show the band of the first page: series, theme, scope, cut-off."""
        cutoff = word("as_of", self.language).format(date=format_date(self.as_of, self.language))
        content: dict[str, Any] = {
            "kind": "cover",
            "number": self.number,
            "title": self.title.render(self.language),
            "scope": self.scope.render(self.language),
            "series": COUNTRY.series[self.language],
            "series_kind": word("series_kind", self.language),
            "language": self.language,
            "as_of": self.as_of.isoformat(),
            "cutoff": cutoff,
            "geography": self.geography,
            "place": self.state(self.geography),
            "facts": [],
        }
        line = " · ".join(escape(str(content[key])) for key in ("scope", "cutoff", "place"))
        html = f"<h1>{escape(str(content['title']))}</h1><p>{line}</p>"
        return Element(content, before=html)

    def headline(self, text: Text, *lead: Text) -> Element:
        """Show the finding of the whole report and its lead."""
        return elements.headline(text, lead, self.language)

    def section(self, text: Text) -> Element:
        """Open a section whose title may be a finding."""
        return elements.paragraph("section", [text], self.language, level=2)

    def finding(self, *texts: Text) -> Element:
        """Show a paragraph of computed sentences."""
        return elements.paragraph("finding", texts, self.language)

    def caution(self, title: Text, *texts: Text) -> Element:
        """Show a box that names a trap and says what to do."""
        return elements.caution(title, texts, self.language)

    def key_figures(self, *figures: KeyFigure, note: Text) -> Element:
        """Show the numbers of the front page; one without a value at `as_of` is left out and named in the note.

        Raises:
            ElementError: if none has a value.
        """
        shown = [f for f in figures if f.value.value is not None]
        if not shown:
            raise ElementError("no key figure has a value at this date: choose a later as_of")
        absent = [f.label.render(self.language) for f in figures if f.value.value is None]
        parts = [
            self._with_breaks(
                note, (b for f in shown for b in [*_withheld(f), *inside(_spark_periods(f), f.value.breaks)])
            )
        ]
        if absent:
            parts.append(f"{word('absent_at_date', self.language)}: {'; '.join(map(self._unnumbered, absent))}.")
        tables = [t for f in shown for t in f.tables]
        facts = [fact for i, f in enumerate(shown, 1) for fact in self._key_figure_facts(f, i)]
        content: dict[str, Any] = {
            "figures": [self._key_figure(f) for f in shown],
            "note": " ".join(part for part in parts if part),
            "sources": [self._sources(tables)],
            "tables": _names(tables),
            "neutral": elements.neutral_of(note=note, **{f"figure {i}": f.label for i, f in enumerate(shown, 1)}),
            "facts": facts + elements.facts_of("note", note),
        }
        return elements.key_figures(content)

    def chart(
        self,
        draw: Draw,
        *,
        title: Text,
        subtitle: Text,
        alt: Text,
        tables: Sequence[Source],
        data: pd.DataFrame,
        note: Text = NOTHING,
        width: Width = "full",
        percent: bool = False,
        marks: Mapping[Any, str] = NO_MARKS,
    ) -> Element:
        """Show a chart.

        Args:
            draw: draws it at the width asked for and returns the axes; full charts are drawn again for phones.
            title: the finding, with its condition.
            subtitle: what is counted, of whom, where, when.
            alt: what the chart shows, with the values that make its shape.
            tables: where the data come from: the source line is made of their metadata.
            data: the values drawn, as the table that readers may open.
            note: what must be known besides the source.
            width: ``full`` or ``half``.
            percent: whether the data are shares of 100.
            marks: words for rows of the data that are preliminary or incomplete: the table and the CSV file must
                warn as the picture does.

        Raises:
            ElementError: if the alternative text is missing or repeats the caption, or the chart is higher than a page.
        """
        labels, counted = _labels(data), [t for t in tables if isinstance(t, Table) and t.breaks]
        broken = [b for t in counted for b in inside(_periods(labels, t), t.breaks)]
        starts = sorted({i for t in counted for i in first_of_each_way(_periods(labels, t), t.breaks)})
        content: dict[str, Any] = {
            "width": width,
            "title": title.render(self.language),
            "subtitle": subtitle.render(self.language),
            "alt": alt.render(self.language, prose=True),
            "source": self._sources(tables),
            "note": self._with_breaks(note, broken),
            "data": self._data(data, percent, marks),
            "download": all(t.republish for t in tables),
            "tables": _names(tables),
            **elements.proof(title=title, subtitle=subtitle, alt=alt, note=note),
        }
        with style.broken_at([labels[i] for i in starts]):
            drawn = draw(width)
            elements.check_height(style.height_of(drawn), content["title"])
            svg, narrow = style.to_svg(drawn), ""
            faults = layout_faults(drawn)
            if width == "full":
                small = draw("half")
                narrow = style.to_svg(small)
                faults += [f"on a narrow screen, {fault}" for fault in layout_faults(small)]
        return elements.chart(svg, narrow, {**content, "faults": faults})

    def chart_table(
        self,
        *,
        title: Text,
        head: Sequence[str],
        rows: Sequence[Sequence[Quantity | Text | str]],
        formats: Sequence[str],
        tables: Sequence[Source],
        note: Text = NOTHING,
        emphasis: int | None = None,
        muted_row: int | None = None,
        total: bool = False,
    ) -> Element:
        """Show a table of quantities; the first column names the rows.

        Args:
            title: what the table holds.
            head: heads of the columns.
            rows: cells: quantities, texts that may name quantities, or words.
            formats: how each column writes its quantities (see `Quantity.text`).
            tables: where the data come from.
            note: what must be known besides the source.
            emphasis: the column in focus.
            muted_row: the row of the others.
            total: whether the last row is the total.
        """
        written = [[elements.cell(c, self.language, f) for c, f in zip(row, formats, strict=True)] for row in rows]
        facts = [f for i, row in enumerate(rows, 1) for j, c in enumerate(row, 1) for f in elements.cell_facts(c, i, j)]
        content: dict[str, Any] = {
            "title": title.render(self.language),
            "head": list(head),
            "rows": written,
            "align": elements.table_align(head, rows),
            "emphasis": emphasis,
            "muted_row": muted_row,
            "total": total,
            "source": self._sources(tables),
            "note": self._with_breaks(note, _breaks_beside(rows)),
            "tables": _names(tables),
            **elements.proof(title=title, note=note),
        }
        content["facts"] = [*content["facts"], *facts]
        return elements.table(content)

    def pair(self, left: Element | Sequence[Element], right: Element | Sequence[Element]) -> Pair:
        """Show two half-width columns side by side."""
        return Pair(_column(left), _column(right))

    def method(
        self,
        *,
        definitions: Sequence[tuple[Text, Text]],
        calculation: Sequence[tuple[Text, Text]],
        limits: Sequence[tuple[Text, Text]],
    ) -> Element:
        """Show definitions, how numbers were made and marked, and what the data do not say.

        The rule of the cut-off date is added by itself: it is the same for every report.
        """
        cutoff = {
            "term": word("cutoff_term", self.language),
            "text": word("cutoff_rule", self.language).format(date=format_date(self.as_of, self.language)),
        }
        parts = {"definitions": definitions, "calculation": calculation, "limits": limits}
        groups: list[dict[str, Any]] = [
            {"column": side, "title": word(key, self.language), "items": self._items(pairs)}
            for (key, pairs), side in zip(parts.items(), ("left", "right", "right"), strict=True)
        ]
        groups[1]["items"].insert(0, cutoff)
        facts = [f for pairs in parts.values() for _, body in pairs for f in elements.facts_of("method", body)]
        return elements.method(groups, facts)

    def sources(self) -> Element:
        """Show every table used, its publisher, period, version and licence, and how to cite the briefing.

        Where the briefing audits the data package, that stands there as one source; each of its tables is recorded.
        """
        rows = [self._source_row(table) for table in self._tables.values()]
        if self._inventory is not None:
            rows.insert(0, self._package_row(self._inventory))
            others = [table for table in self._inventory.tables if table.name not in self._tables]
            rows += [self._source_row(table) | {"printed": False} for table in others]
        return elements.sources(rows, self.language)

    def _source_row(self, table: Table) -> dict[str, Any]:
        return {
            "table": table.name,
            "source_id": table.metadata.provenance["source_id"],
            "vintage": table.metadata.provenance["version"],
            "hash": table.metadata.resource["hash"],
            "printed": table.metadata.has_numbers and not table.empty,
            "publisher": table.metadata.publisher(self.language),
            "span": table.span,
            "last": table.last,
            "version": table.version(self.language),
            "read_on": table.metadata.provenance["date_accessed"],
            "licence": table.metadata.licence(self.language),
        }

    def _package_row(self, inventory: Inventory) -> dict[str, Any]:
        return {
            "table": inventory.name,
            "source_id": inventory.name,
            "vintage": inventory.version,
            "hash": digest_of_names(self._package.names),
            "printed": True,
            "publisher": word("data_package", self.language),
            "span": inventory.span,
            "last": None,
            "version": inventory.version,
            "read_on": inventory.read_on,
            "licence": word("licence_of_each", self.language),
        }

    # -- parts of elements ----------------------------------------------------------------------------------------

    def _key_figure(self, figure: KeyFigure) -> dict[str, Any]:
        moved, changed, reference = None if _withheld(figure) else _moved(figure), "", ""
        if figure.before is not None and moved is not None and figure.before.value is not None:
            changed = "" if moved.missing == "too_few" else moved.text(self.language, "+")
            when = f"{word('in', self.language)} {self.period(figure.before.period)}"
            after = figure.reference.render(self.language) if figure.reference else when
            reference = f"{figure.before.text(self.language, figure.format)} {after}"
        return {
            "value": figure.value.text(self.language, figure.format),
            "label": figure.label.render(self.language),
            "seal": word("preliminary", self.language) if figure.value.preliminary else None,
            "change": changed,
            "reference": reference,
            "last_datum": self._last_datum(figure.value),
            "spark": _spark(figure),
        }

    def _unnumbered(self, label: str) -> str:
        """A label without its number: one that goes on from it ("of the claims…") leaves its place open."""
        goes_on = label.split()[0] in word("goes_on", self.language).split()
        return word("quoted", self.language).format(text=f"… {label}") if goes_on else label

    def _last_datum(self, value: Quantity) -> str:
        """Say up to when there are data of what a figure counts; nothing where its tables have no periods."""
        tables = [self.table(name) for name in value.tables if name in self._package.names]
        ends = [end for table in tables if (end := table.last_day(value)) is not None]
        if not ends:
            return ""
        return word("last_datum", self.language).format(period=self.period(shortest_moment(min(ends))))

    def _key_figure_facts(self, figure: KeyFigure, place: int) -> list[dict[str, Any]]:
        named: dict[str, Quantity | None] = {"value": figure.value}
        if not _withheld(figure):
            named |= {"before": figure.before, "change": _moved(figure)}
        shown = {name: q for name, q in named.items() if q is not None and q.value is not None}
        slot = f"figure {place}"
        words = [figure.label, *([figure.reference] if figure.reference else [])]
        printed = [{"slot": slot, "name": name} | q.fact() for name, q in shown.items()]
        return printed + elements.facts_of(slot, *words)

    def _items(self, pairs: Sequence[tuple[Text, Text]]) -> list[dict[str, str]]:
        return [
            {"term": term.render(self.language), "text": body.render(self.language, prose=True)}
            for term, body in pairs
            if body
        ]

    def _sources(self, tables: Sequence[Source]) -> str:
        return source_line((credit for table in tables for credit in table.credits(self.language)), self.language)

    def _with_breaks(self, note: Text, breaks: Iterable[Break]) -> str:
        """A note with the sentences on breaks of the series that it does not say itself."""
        written = note.render(self.language)
        sentences = dict.fromkeys(b.sentence(self.language) for b in breaks)
        return " ".join(part for part in [written, *(s for s in sentences if s not in written)] if part)

    def _data(self, data: pd.DataFrame, percent: bool, marks: Mapping[Any, str]) -> dict[str, list[Any]]:
        index = [
            (i.strftime("%Y-%m") if isinstance(i, pd.Timestamp) else str(i)) + (f" ({marks[i]})" if i in marks else "")
            for i in data.index
        ]
        known = [value for value in data.astype(float).to_numpy().ravel() if not math.isnan(value)]
        decimals = max(int(percent), needed_decimals(known))
        values = [[self._value(v, percent, decimals) for v in row] for row in data.to_numpy()]
        rows = [[name, *row] for name, row in zip(index, values, strict=True)]
        return {"head": [str(data.index.name or ""), *map(str, data.columns)], "rows": rows}

    def _value(self, value: float, percent: bool, decimals: int) -> str:
        if pd.isna(value):
            return word("no_data", self.language)
        return format_visible(value, self.language, decimals) + ("%" if percent else "")


def _moved(figure: KeyFigure) -> Quantity | None:
    if figure.before is None:
        return None
    measure = difference if figure.value.unit == "percent" else change
    moved = measure(figure.value, figure.before)
    return replace(moved, value=None, missing="too_few") if _of_few(figure.before) else moved


def _of_few(before: Quantity) -> bool:
    """Whether a change in percent from it would be of fewer cases than a share needs: the two counts say it all."""
    counts = not before.unit.startswith(_NO_COUNTS) and "_per_" not in before.unit
    return counts and before.value is not None and before.value < MIN_SHARE_BASE


def _withheld(figure: KeyFigure) -> tuple[Break, ...]:
    """The breaks of the series for which a figure is not compared with the one before."""
    return figure.before.breaks_to(figure.value) if figure.before is not None else ()


def _spark(figure: KeyFigure) -> list[float | None]:
    """The values of the small chart, with an empty place where the series is broken; none where it is not drawn."""
    if not is_drawn(figure.spark):
        return []
    values = [None if pd.isna(v) else float(f"{v:.12g}") for v in figure.spark]
    starts = first_of_each_way(_spark_periods(figure), figure.value.breaks)
    return [v for i, value in enumerate(values) for v in ([None, value] if i in starts else [value])]


def _spark_periods(figure: KeyFigure) -> list[str]:
    """The ISO periods of the small chart; none where it is not drawn, or its table has none."""
    if not is_drawn(figure.spark):
        return []
    table = next((t for t in figure.tables if isinstance(t, Table) and t.name in figure.value.tables), None)
    return _periods(list(figure.spark.index), table) if table else []


def _labels(data: pd.DataFrame) -> list[Any]:
    """What names the periods of the data: the rows, or else the columns."""
    rows = list(data.dropna(how="all").index)
    return rows if any(isinstance(r, pd.Timestamp) or str(r).isdigit() for r in rows) else list(data.columns)


def _periods(labels: Sequence[Any], table: Table) -> list[str]:
    """The ISO periods of a series as its table counts them; none where the labels name no periods."""
    found = [table.metadata.period.named(label) for label in labels]
    return found if all(found) else []


def _breaks_beside(rows: Sequence[Sequence[Quantity | Text | str]]) -> list[Break]:
    """The breaks of series that lie between quantities of one row or one column, or for which one is withheld."""
    lines = [*rows, *zip(*rows, strict=True)]
    quantities = [[cell for cell in line if isinstance(cell, Quantity)] for line in lines]
    levels = [[q for q in line if q.derivation.get("op") not in {"change", "difference"}] for line in quantities]
    between = [b for line in levels for one, other in pairwise(line) for b in one.breaks_to(other)]
    return [*between, *(b for line in quantities for q in line if q.missing == "break" for b in q.breaks)]


def _names(tables: Sequence[Source]) -> list[str]:
    return list(dict.fromkeys(t.name for t in tables))


def _column(content: Element | Sequence[Element]) -> tuple[Element, ...]:
    return (content,) if isinstance(content, Element) else tuple(content)


def _language(value: str) -> Language:
    if value not in LANGUAGES:
        raise ParameterError(f"language is '{value}': it must be one of {', '.join(LANGUAGES)}")
    return value


def _date(value: str) -> date:
    try:
        return iso_date(value)
    except (TypeError, ValueError):
        raise ParameterError(f"as_of is '{value}': it must be a date such as 2026-06-30") from None


def _check_known(as_of: date, newest: date) -> None:
    """Refuse a date of which nothing is known: the data were read before it."""
    if as_of > newest:
        raise ParameterError(f"as_of is '{as_of}': it must be {newest}, when the newest data were read, or earlier")


def _geography(value: str) -> str:
    if not COUNTRY.is_place(value):
        raise ParameterError(f"geography is '{value}': it must be {COUNTRY.code} or a state such as {COUNTRY.example}")
    return value
