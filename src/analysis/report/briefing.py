"""Briefing: binds the parameters of a notebook, the data of that date, the language and the elements shown.

A notebook makes one Briefing in its first cell and asks it for everything: tables as of the date, sentences, charts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.foundation.words import word
from analysis.metrics.key_figures import KeyFigure
from analysis.package.descriptor import digest_of_names
from analysis.package.table import Table
from analysis.report import method
from analysis.report.arguments import (
    need_figures,
    need_pairs,
    need_texts,
)
from analysis.report.audit import Inventory
from analysis.report.bundle import Shown, plain
from analysis.report.comparisons import Comparisons
from analysis.report.courses import Courses
from analysis.report.elements import (
    Caution,
    Chart,
    Cover,
    ElementError,
    Finding,
    Group,
    Headline,
    Item,
    KeyFigures,
    KeyNumber,
    Method,
    Section,
    Source,
    Sources,
    Unshown,
)
from analysis.report.facts import Fact
from analysis.report.page import names_of, periods_of
from analysis.report.spark import is_drawn
from analysis.values.breaks import Break, crossed, first_of_each_way, inside
from analysis.values.measures import MIN_SHARE_BASE, change, difference
from analysis.values.periods import shortest_moment
from analysis.values.quantities import Quantity
from analysis.values.texts import MaybeText, Text, stated

_SMALL_CHARTS: Final = Text(word("small_charts", "es"), word("small_charts", "en"))
"""What a note says of the small charts."""

_NO_COUNTS: Final = ("percent", "points", "per_", "million_", "usd")
"""How the units begin that count no cases."""


class Briefing(Courses, Comparisons):
    """The report that a notebook writes.

    Args:
        number: number of the theme (0 is the panorama).
        title: title of the theme.
        scope: what the report covers, in a few words.
        language: ``es`` or ``en``.
        as_of: the date up to which published data are used, ``YYYY-MM-DD``.
        geography: code of the country or of a state.
        data: the folder of the data package, where it is not to be looked for (see `find_data_folder`).

    Raises:
        ParameterError: if language, date or geography is not allowed, or the date is after that of the newest data.
        DataError: if there is no data package.
    """

    def cover(self) -> Shown:
        """Show the band of the first page: series, theme, scope, cut-off."""
        return self._shown(
            Cover(
                theme=self.number,
                title=self.title.render(self.language),
                scope=self.scope.render(self.language),
                language=self.language,
                as_of=self.as_of.isoformat(),
                geography=self.geography,
            )
        )

    def headline(self, text: Text, *lead: MaybeText) -> Shown:
        """Show the finding of the whole report and its lead.

        Raises:
            ElementError: if the finding is left out.
        """
        said = stated(lead)
        need_texts(headline=text, lead=said)
        if not text:
            raise ElementError(
                "the headline is left out here: give it other words for when it does not hold, otherwise_es="
            )
        return self._shown(Headline(self._prose(text), self._paragraph(said)))

    def section(self, text: Text) -> Shown:
        """Open a section whose title may be a finding."""
        need_texts(section=text)
        if not text:
            raise _without_text("section")
        return self._shown(Section(self._prose(text)))

    def finding(self, *texts: MaybeText) -> Shown:
        """Show a paragraph of computed sentences; ``condition and say(...)`` may leave one out."""
        said = stated(texts)
        need_texts(finding=said)
        if not any(said):
            raise _without_text("finding")
        return self._shown(Finding(self._paragraph(said)))

    def caution(self, title: Text, *texts: MaybeText) -> Shown:
        """Show a box that names a trap and says what to do.

        Raises:
            ElementError: if its title or all its text is left out.
        """
        said = stated(texts)
        need_texts(title=title, text=said)
        if not title or not any(said):
            raise _without_text("caution", "title or no text")
        return self._shown(Caution(self._words(title), self._paragraph(said)))

    def key_figures(self, *figures: KeyFigure, note: Text | None = None) -> Shown:
        """Show the numbers of the front page; one without a value at `as_of` is left out and named in the note.

        Args:
            *figures: three to six.
            note: what must be known besides; how the small charts are read, when not given.

        Raises:
            ElementError: if none has a value.
        """
        need_figures(figures)
        need_texts(note=[] if note is None else note)
        shown = [f for f in figures if f.value.value is not None]
        if not shown:
            raise ElementError("no key figure has a value at this date: choose a later as_of")
        absent = [f.label.render(self.language) for f in figures if f.value.value is None]
        broken = (b for f in shown for b in [*_withheld(f), *inside(_spark_periods(f), f.value.breaks)])
        tables = [t for f in shown for t in f.tables]
        return self._shown(
            KeyFigures(
                figures=tuple(map(self._key_number, shown)),
                note=self._note(_SMALL_CHARTS if note is None else note, broken, self._absent(absent)),
                sources=self._sources(tables),
                tables=names_of(tables),
            )
        )

    def method(
        self,
        *,
        definitions: Sequence[tuple[Text, Text]] | None = None,
        calculation: Sequence[Text | tuple[Text, Text]],
        limits: Sequence[Text | tuple[Text, Text]],
    ) -> Shown:
        """Show definitions, how numbers were made and marked, and what the data do not say.

        The rule of the cut-off date is added by itself; so are, where the definitions are those of the glossary, how
        changes are computed and what the marks in the charts mean.

        Args:
            definitions: terms and what they mean; those of the glossary that the report uses, when not given.
            calculation: how numbers were made, each a text that begins with what it is about: "Rates. They are ...".
            limits: what the data do not say, in the same way.

        Raises:
            ElementError: if a text does not say first what it is about.
        """
        need_pairs(definitions=definitions or [], calculation=calculation, limits=limits)
        made, limited = [method.cutoff(self.as_of, self.language), *self._items(calculation)], self._items(limits)
        if definitions is None:
            charts = [shown.element for shown in self._made if isinstance(shown.element, Chart)]
            made = [*made, method.comparisons(self.language), *method.marks(charts, self.language)]
            own = (item.text.written(self.language) for item in (*made, *limited))
            defined = method.definitions(" ".join([*self._texts(), *own]), self.language)
        else:
            defined = self._items(definitions)
        groups = Group("definitions", defined), Group("calculation", tuple(made)), Group("limits", limited)
        return self._shown(Method(tuple(group for group in groups if group.items)))

    def _texts(self) -> Iterator[str]:
        """All that the elements made so far say."""
        for made in self._made:
            yield from (written.text for written in made.element.texts(self.language))

    def sources(self) -> Shown:
        """Show every table used, its publisher, period, version and licence, and how to cite the briefing.

        Where the briefing audits the data package, that stands there as one source; each of its tables is recorded.
        """
        rows = [self._source(table) for table in self._tables.values()]
        if self._inventory is not None:
            rows.insert(0, self._package_source(self._inventory))
            others = [table for table in self._inventory.tables if table.name not in self._tables]
            rows += [self._source(table, printed=False) for table in others]
        parts = {part for made in self._made for part in made.parts}  # a pair that is not shown is told once
        unshown = (
            Unshown(made.origin, made.element.kind, plain(made.element, self.language))
            for made in self._made
            if not made.displayed and made not in parts
        )
        return self._shown(Sources(tuple(rows), tuple(unshown)))

    def _source(self, table: Table, *, printed: bool = True) -> Source:
        described = table.metadata
        return Source(
            table=table.name,
            source_id=described.provenance["source_id"],
            vintage=str(described.provenance["version"]),
            hash=described.resource["hash"],
            printed=printed and described.has_numbers and not table.empty,
            publisher=described.publisher(self.language),
            span=tuple(table.span) if table.span else None,
            last=table.last,
            version=table.version(self.language),
            read_on=described.provenance["date_accessed"],
            licence=described.licence(self.language),
        )

    def _package_source(self, inventory: Inventory) -> Source:
        return Source(
            table=inventory.name,
            source_id=inventory.name,
            vintage=inventory.version,
            hash=digest_of_names(self._package.names),
            printed=True,
            publisher=word("data_package", self.language),
            span=tuple(inventory.span) if inventory.span else None,
            last=None,
            version=inventory.version,
            read_on=inventory.read_on,
            licence=word("licence_of_each", self.language),
        )

    def _key_number(self, figure: KeyFigure) -> KeyNumber:
        moved = None if _withheld(figure) else _moved(figure)
        before = figure.before if moved is not None else None
        shown = before is not None and before.value is not None
        return KeyNumber(
            value=Fact.of(figure.value),
            label=self._words(figure.label),
            before=Fact.of(before) if before is not None and shown else None,
            change=Fact.of(moved) if moved is not None and shown and moved.missing != "too_few" else None,
            reference=self._words(figure.reference) if figure.reference else None,
            format=figure.format,
            last_datum=self._last_datum(figure.value),
            spark=_spark(figure),
        )

    def _absent(self, labels: Sequence[str]) -> str:
        """The sentence that names the figures without a value at the date; empty where all have one."""
        named = "; ".join(map(self._unnumbered, labels))
        return f"{word('absent_at_date', self.language)}: {named}." if named else ""

    def _unnumbered(self, label: str) -> str:
        """A label without its number: one that goes on from it ("of the claims…") leaves its place open."""
        goes_on = label.split()[0] in word("goes_on", self.language).split()
        return word("quoted", self.language).format(text=f"… {label}") if goes_on else label

    def _last_datum(self, value: Quantity) -> str:
        """The ISO period up to which there are data of what a figure counts; empty where its tables have no periods."""
        tables = [self.table(name) for name in value.tables if name in self._package.names]
        ends = [end for table in tables if (end := table.last_day(value)) is not None]
        return shortest_moment(min(ends)) if ends else ""

    def _items(self, given: Sequence[Text | tuple[Text, Text]]) -> tuple[Item, ...]:
        pairs = (entry if isinstance(entry, tuple) else method.headed(entry) for entry in stated(given) if entry)
        return tuple(Item(self._words(term), self._prose(body)) for term, body in pairs if body)


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
    if figure.before is None:
        return ()
    if figure.before.missing == "break":
        return crossed(figure.before.period, figure.value.period, figure.before.breaks)
    return figure.before.breaks_to(figure.value)


def _spark(figure: KeyFigure) -> tuple[float | None, ...]:
    """The values of the small chart, with an empty place where the series is broken; none where it is not drawn."""
    if not is_drawn(figure.spark):
        return ()
    values = [None if pd.isna(v) else float(f"{v:.12g}") for v in figure.spark]
    starts = first_of_each_way(_spark_periods(figure), figure.value.breaks)
    return tuple(v for i, value in enumerate(values) for v in ([None, value] if i in starts else [value]))


def _spark_periods(figure: KeyFigure) -> list[str]:
    """The ISO periods of the small chart; none where it is not drawn, or its table has none."""
    if not is_drawn(figure.spark):
        return []
    table = next((t for t in figure.tables if isinstance(t, Table) and t.name in figure.value.tables), None)
    return periods_of(list(figure.spark.index), table) if table else []


def _without_text(kind: str, lacks: str = "sentence") -> ElementError:
    return ElementError(f"a {kind} has no {lacks} left: give it one that holds for every date and place")
