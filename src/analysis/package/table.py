"""Typed tables with their metadata, as a report of a given date may see them.

`data/datapackage.json` says what each table is; this module reads a table accordingly, hides the rows that were not
yet published at `as_of`, and turns selections into quantities that remember where they came from.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.foundation.errors import AnalysisError
from analysis.foundation.words import Language
from analysis.mexico.places import COUNTRY, together
from analysis.package import press
from analysis.package.codes import Codes
from analysis.package.coverage import MONTHS, last_day_covered, period_ends
from analysis.package.credits import Credit
from analysis.package.metadata import Metadata
from analysis.values.breaks import Break
from analysis.values.periods import first_day, fiscal_start, iso_span, shortest_moment, shortest_span, span_days
from analysis.values.quantities import Missing, Quantity, format_period

DESCRIPTOR: Final = "datapackage.json"
_MONTH: Final = re.compile(r"\d{4}-\d{2}-01")
_NAMED: Final = 5
"""Parts that a sum lacks are named up to so many; of the others their number is said."""
_NUMBERS: Final = frozenset({"integer", "number"})
_PYTHON: Final = {"boolean": (bool,), "integer": (int, float), "number": (int, float)}
"""What values of a column are in Python; texts and days are texts."""
_LARGEST: Final = 2**53
"""Whole numbers beyond this are not exact once they are computed with."""


class DataError(AnalysisError):
    """The data package, or one of its tables, is not as described: the message says what and where."""


def find_data_folder(start: Path | None = None) -> Path:
    """Return the `data/` folder of the project: upwards from `start` (default: here), else beside the library.

    Raises:
        DataError: if there is none.
    """
    here = (start or Path.cwd()).resolve()
    library = Path(__file__).resolve().parents[3]
    for folder in (here, *here.parents, library):
        if (folder / "data" / DESCRIPTOR).is_file():
            return folder / "data"
    raise DataError(f"no data/{DESCRIPTOR} in {here} or above: run this inside a clone of the project")


@dataclass(frozen=True)
class Table:
    """A table as seen on a date: its metadata, the rows published by then, and what its whole file knows of codes."""

    metadata: Metadata
    frame: pd.DataFrame
    as_of: date
    codes: Codes = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.metadata.name

    @property
    def republish(self) -> bool:
        """Whether its terms allow its rows to be offered for download."""
        return bool(self.metadata.provenance["republish"])

    def only(self, rows: pd.DataFrame) -> Table:
        """Return the table narrowed to some of its rows, so that a source line names their documents alone."""
        return replace(self, frame=rows)

    def showing(self, column: str, **where: Any) -> Table:
        """Return the table narrowed to one number column of some rows, where a chart shows no more of it.

        What the chart says of breaks of the series is then only what touches these.
        """
        others = [name for name in self._measures if name != column]
        return self.only(self.frame[_mask(self.frame, self._selection(column, where)["where"])].drop(columns=others))

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Breaks of series that touch something of what is in sight."""
        rows, shown = self.frame, self.frame.columns
        return tuple(
            b
            for b in self.metadata.breaks
            if (not b.columns or shown.isin(b.columns).any())
            and all(rows[name].isin(values).any() for name, values in b.where)
        )

    def alike_since(self, period: str) -> date:
        """Return the first day from which this table counts as in an ISO period: only from there on it has a highest.

        Raises:
            DataError: if nothing is in sight.
        """
        if self.span is None:
            raise DataError(f"table {self.name} has no period in sight: nothing is counted yet")
        started = [b.first for b in self.breaks if b.side(period) == "after"]
        return max([first_day(self.span[0]), *started])

    def used_by(self, quantities: Iterable[Quantity]) -> Table:
        """Return the table narrowed to the rows that these quantities were taken from."""
        keep = pd.Series(False, index=self.frame.index)
        for selection in _selections(q.derivation for q in quantities):
            if selection["table"] == self.name:
                keep |= _mask(self.frame, selection["where"])
        return self.only(self.frame[keep])

    def last_day(self, quantity: Quantity) -> date | None:
        """Return the last day in sight of what a quantity counts, of whatever period it is itself.

        Where it was made from several selections of this table, it is the day up to which all of them reach.
        """
        ends = []
        for selection in _selections([quantity.derivation]):
            if selection["table"] == self.name:
                of_period = self._period_conditions(selection["where"])
                rest = {column: wanted for column, wanted in selection["where"].items() if column not in of_period}
                known = self.frame[selection["column"]].notna()
                ends.append(last_day_covered(self.frame[known & _mask(self.frame, rest)], self.metadata))
        days = [end.date() for end in ends if end is not None]
        return min(days) if days else None

    def credits(self, language: Language) -> list[Credit]:
        """Return the documents of the rows in sight where each has its own, else that of the table."""
        if press.is_quoted(self.frame) and not self.empty:
            return press.documents(self.frame, self.metadata, language)
        return [self.metadata.credit(language, self.as_of)]

    def version(self, language: Language) -> str:
        """Return the vintage in words: for press figures, the years in which they were published."""
        if press.is_quoted(self.frame):
            published = press.years(self.frame)
            return format_period(published, language) if published else self.metadata.version(language, self.as_of)
        return self.metadata.version(language, self.as_of)

    @property
    def empty(self) -> bool:
        """Whether nothing of this table had been published at `as_of`."""
        return self.frame.empty

    @property
    def years(self) -> list[int]:
        """Complete years in sight, ascending; years still running (see `through`) are left out.

        Raises:
            DataError: if the table is not yearly.
        """
        if self.metadata.period["kind"] != "year":
            raise DataError(f"table {self.name} has no year column: its periods are {self.metadata.period['kind']}")
        field, through = self.metadata.period["field"], self.metadata.period.get("through")
        frame = self.frame
        if through:
            frame = frame[frame[through].dt.strftime("%m-%d") == self.metadata.year_end]
        return sorted(int(year) for year in frame[field].unique())

    @property
    def span(self) -> tuple[str, str] | None:
        """First and last moment in sight, as ISO (years, months or days); None when nothing is in sight.

        Fiscal years are written as the months they cover.
        """
        period, frame = self.metadata.period, self.frame
        if frame.empty or (period["kind"] == "none" and "year" not in frame):
            return None
        if period["kind"] == "none":
            return str(frame["year"].min()), str(frame["year"].max())
        if self.metadata.fiscal:
            first = fiscal_start(int(frame[period["field"]].min()), self.metadata.year_end)
            return f"{first:%Y-%m}", f"{frame[period['through']].max():%Y-%m}"
        if period["kind"] == "span":
            starts, ends = frame[period["start"]], frame[period["end"]]
            first = min(starts.min(), ends.min()) if starts.notna().any() else ends.min()
            return str(first.year), str(ends.max().year)
        values = frame[period["field"]]
        if period["kind"] in MONTHS:
            return f"{values.min():%Y-%m}", f"{self._last_day(frame):%Y-%m}"
        since, day = str(values.min()), self._last_day(frame)
        if self._whole(day):
            return since, str(values.max())
        return (f"{since}-01", f"{day:%Y-%m}") if day.is_month_end else (since, f"{day:%Y-%m-%d}")

    @property
    def last(self) -> str | None:
        """The last moment that the rows in sight cover, as an ISO year, month or day; None where none has a period."""
        day = last_day_covered(self.frame, self.metadata)
        return None if day is None else shortest_moment(day.date())

    @property
    def preliminary_from(self) -> date | None:
        """First day from which the publisher calls its figures preliminary; None where it does not."""
        since = self.metadata.resource.get("preliminary_from")
        return date.fromisoformat(since) if since else None

    def total(self, column: str = "", **where: Any) -> Quantity:
        """Sum a column over the selected rows.

        Args:
            column: the column; may be left out where the table has a single number column outside its key.
            **where: a value, a list of values, or a pair ``(from, to)``, by column. Months are written
                ``"2025-04"``; in tables of spans, ``period="2016/2022-06"`` selects the rows of that span.

        Returns:
            The sum as a quantity. Where no row matches it is missing, unless the table says that an absent
            row means zero; where a cell of the rows is empty, or nothing is known of one of the values of a list, it
            is missing as well, with what it lacks.

        Raises:
            DataError: if a column does not exist, or a value is none that its column may have.
        """
        column = column or self._only_measure
        selection = self._selection(column, where)
        selection["where"] |= self._in_sight(selection["where"])
        covered = self.frame[_mask(self.frame, self._period_conditions(selection["where"]))]
        rows = covered[_mask(covered, selection["where"])]
        selection["where"] |= self._place_of_one(rows, selection["where"])
        value, lacks = self._sum(rows, selection)
        if rows.empty and self._absent_is_zero and not covered.empty:
            value = 0.0
        missing: Missing = "partial" if lacks else "no_data"
        return Quantity(
            value=value,
            unit=self._unit(column),
            period=self._period(covered, where),
            geography=self._geography(rows, selection["where"]),
            tables=(self.name,),
            derivation=selection,
            preliminary=self._preliminary(covered),
            missing="" if value is not None else missing,
            lacks=lacks,
            breaks=self.metadata.breaks_of(column, selection["where"]),
        )

    def pivot(self, index: str, columns: str, column: str = "", **where: Any) -> pd.DataFrame:
        """Return sums with one row a value of `index` and one column a value of `columns`.

        Cells without rows are zero where the table says that an absent row means zero, else missing; sums of rows
        of which one is empty are missing.

        Raises:
            DataError: if a column does not exist, or a value is none that its column may have.
        """
        column = column or self._only_measure
        sums = self._sums([index, columns], column, where)
        return sums.unstack(columns, fill_value=0) if self._absent_is_zero else sums.unstack(columns)

    def series(self, index: str, column: str = "", **where: Any) -> pd.Series[float]:
        """Return sums of a column by the values of `index`, ascending; missing where one of its cells is.

        Raises:
            DataError: if a column does not exist, or a value is none that its column may have.
        """
        column = column or self._only_measure
        return self._sums([index], column, where)

    def _sums(self, by: list[str], column: str, where: Mapping[str, Any]) -> pd.Series[float]:
        """Sums by the values of columns; a group of which a cell is empty has none."""
        self._check_columns(by)
        rows = self.frame[_mask(self.frame, self._selection(column, where)["where"])]
        cells = rows.groupby(by if len(by) > 1 else by[0], observed=True)[column]
        sums = cells.sum()
        return sums.where(cells.count() == cells.size()) if rows[column].isna().any() else sums

    def _sum(self, rows: pd.DataFrame, selection: Mapping[str, Any]) -> tuple[float | None, tuple[str, ...]]:
        """The sum of the selected rows, else what of it is not known; neither where nothing of it is known."""
        cells, conditions = rows[selection["column"]], selection["where"]
        empty = cells.isna()
        if empty.all():
            return None, ()
        lacks = self._without_row(rows, conditions) + (self._empty(rows[empty], conditions) if empty.any() else [])
        if lacks:
            more = len(lacks) - _NAMED
            return None, (*lacks[:_NAMED], f"+{more}") if more > 0 else tuple(lacks)
        return float(cells.sum()), ()

    def _without_row(self, rows: pd.DataFrame, conditions: Mapping[str, Any]) -> list[str]:
        """Values that were asked for in a list and have no row; none where an absent row means zero."""
        listed = [] if self._absent_is_zero else [(c, w) for c, w in conditions.items() if isinstance(w, list)]
        short = [(c, wanted) for c, wanted in listed if rows[c].nunique() < len({*wanted})]
        return [_word(value) for c, wanted in short for value in wanted if not _mask(rows, {c: value}).any()]

    def _empty(self, rows: pd.DataFrame, conditions: Mapping[str, Any]) -> list[str]:
        """Rows by the words of their keys, those that the selection names alone left out."""
        told = [c for c in self.metadata.key if not isinstance(conditions.get(c), str | int)]
        return [", ".join(_word(value) for value in row) for row in rows[told].itertuples(index=False)]

    def _place_of_one(self, rows: pd.DataFrame, conditions: Mapping[str, Any]) -> dict[str, str]:
        """The place of a single row, where no condition names it: a figure of one state is none of the country."""
        columns = self.metadata.place_columns
        if len(rows) != 1 or {*columns} & {*conditions}:
            return {}
        found = {column: str(rows[column].iloc[0]) for column in columns}
        return {c: value for c, value in found.items() if self.metadata.place(c, value) != COUNTRY}

    def _geography(self, rows: pd.DataFrame, conditions: Mapping[str, Any]) -> str:
        """The place that a selection is of: the states or else what a condition names, without one the country."""
        column = next((column for column in self.metadata.place_columns if column in conditions), None)
        if column is None:
            return COUNTRY
        wanted = conditions[column]
        values = rows[column] if isinstance(wanted, Mapping) else wanted if isinstance(wanted, list) else [wanted]
        return together(self.metadata.place(column, value) for value in values) or COUNTRY

    @cached_property
    def _only_measure(self) -> str:
        numbers = self._measures
        if len(numbers) != 1:
            raise DataError(f"name the column of table {self.name}: it has {', '.join(numbers) or 'no number column'}")
        return numbers[0]

    @property
    def _measures(self) -> list[str]:
        """Number columns outside the key and the period."""
        key = {*self.metadata.key, *self.metadata.period.values()}
        return [n for n, kind in self.metadata.fields.items() if kind in _NUMBERS and n not in key]

    @property
    def _absent_is_zero(self) -> bool:
        return self.metadata.resource.get("absent_rows") == "zero"

    def _period_conditions(self, conditions: Mapping[str, Any]) -> dict[str, Any]:
        """Those of the conditions that are about the period."""
        fields = {*self.metadata.period.values()}
        return {column: wanted for column, wanted in conditions.items() if column in fields}

    def _in_sight(self, conditions: Mapping[str, Any]) -> dict[str, Any]:
        """The period in sight, for a sum that names none: its proof must not count rows published later."""
        kind = self.metadata.period["kind"]
        if kind == "none" or self.empty or self._period_conditions(conditions):
            return {}
        field = self.metadata.period["end" if kind == "span" else "field"]
        values = self.frame[field]
        return {field: _condition((values.min(), values.max()), self.metadata.fields[field], field)}

    def _unit(self, column: str) -> str:
        fields = self.metadata.resource["schema"]["fields"]
        return str(next((f["unit"] for f in fields if f["name"] == column and "unit" in f), self.metadata.unit))

    def _selection(self, column: str, where: Mapping[str, Any]) -> dict[str, Any]:
        """The derivation: plain JSON that selects the same rows from the CSV file."""
        spans = self.metadata.period["kind"] == "span"
        self._check_columns([column, *(name for name in where if not (spans and name == "period"))])
        if self.metadata.fields[column] not in _NUMBERS:
            raise DataError(f"column '{column}' of table {self.name} holds no numbers that could be summed")
        conditions: dict[str, Any] = {}
        for name, wanted in where.items():
            if spans and name == "period":
                first, last = span_days(str(wanted))
                conditions[self.metadata.period["start"]] = first.isoformat()
                conditions[self.metadata.period["end"]] = last.isoformat()
            else:
                conditions[name] = _condition(wanted, self.metadata.fields[name], name)
                self._check_values(name, conditions[name])
        return {"table": self.name, "column": column, "where": conditions}

    def _check_columns(self, names: Iterable[str]) -> None:
        fields = self.metadata.fields
        for name in names:
            if name not in fields:
                near = get_close_matches(name, fields)
                hint = f"did you mean {' or '.join(near)}?" if near else f"it has {', '.join(fields)}"
                raise DataError(f"table {self.name} has no column '{name}': {hint}")

    def _check_values(self, column: str, wanted: Any) -> None:
        """Refuse what the column can never hold: it would be told as nothing, or as zero."""
        values = wanted.values() if isinstance(wanted, Mapping) else wanted if isinstance(wanted, list) else [wanted]
        for value in values:
            if not self.codes.know(column, value):
                raise DataError(
                    f"'{value}' is no value of column '{column}' of table {self.name}: {self.codes.hint(column, value)}"
                )

    def _period(self, rows: pd.DataFrame, where: Mapping[str, Any]) -> str:
        period = self.metadata.period
        if period["kind"] == "none":
            return _asked(where.get("year"))
        if period["kind"] == "span":
            return str(where.get("period", "")) or iso_span(rows[period["start"]], rows[period["end"]])
        wanted = where.get(period["field"])
        if rows.empty:
            return _asked(wanted)
        values = rows[period["field"]]
        if period["kind"] in MONTHS:
            return shortest_span(values.min().date(), self._last_day(rows).date())
        if self.metadata.fiscal:
            start = fiscal_start(int(values.min()), self.metadata.year_end)
            return f"{start:%Y-%m}/{rows[period['through']].max():%Y-%m}"
        first, last = str(values.min()), str(values.max())
        if period.get("through"):
            through = rows[period["through"]].max()
            if not self._whole(through):
                return shortest_span(first_day(first), through.date())
        return first if first == last else f"{first}/{last}"

    def _last_day(self, rows: pd.DataFrame) -> pd.Timestamp:
        """The last day that the rows cover."""
        day = last_day_covered(rows, self.metadata)
        assert day is not None, "only rows with a period are asked"
        return day

    def _whole(self, day: pd.Timestamp) -> bool:
        """Whether a year that is covered up to this day is complete."""
        return f"{day:%m-%d}" == self.metadata.year_end

    def _preliminary(self, rows: pd.DataFrame) -> bool:
        since = self.preliminary_from
        day = last_day_covered(rows, self.metadata)
        if day is None:
            return False
        through = self.metadata.period.get("through")
        incomplete = bool(through) and not self._whole(day)
        return incomplete or bool(since and day >= pd.Timestamp(since))


class DataPackage:
    """The tables of a data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = folder / DESCRIPTOR
        try:
            self.descriptor: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            self._resources = {r["name"]: r for r in self.descriptor["resources"]}
        except FileNotFoundError:
            raise DataError(f"{path} is missing: run `briefings refresh` or restore it") from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise DataError(f"{path} is not a data package ({error}): run `briefings refresh` or restore it") from None

    @property
    def names(self) -> list[str]:
        """Names of all tables."""
        return list(self._resources)

    @property
    def newest_access(self) -> date:
        """Day on which the newest of its data were read: of a later one nothing is known.

        Raises:
            DataError: if the descriptor does not say so of every table.
        """
        try:
            return max(date.fromisoformat(r["provenance"]["date_accessed"]) for r in self._resources.values())
        except (KeyError, TypeError, ValueError) as error:
            described = f"{DESCRIPTOR} does not say when each table was read ({type(error).__name__}: {error})"
            raise DataError(f"{described}: run `briefings refresh` or restore it") from None

    def metadata(self, name: str) -> Metadata:
        """Metadata of a table.

        Raises:
            DataError: if there is no such table.
        """
        if name not in self._resources:
            near = [known for known in self.names if name in known] or get_close_matches(name, self.names)
            hint = f"did you mean {' or '.join(near)}?" if near else f"the data package has {', '.join(self.names)}"
            raise DataError(f"there is no table '{name}': {hint}")
        return Metadata(self._resources[name])

    def path(self, name: str) -> Path:
        """Where the table's CSV file is."""
        return self.folder / str(self.metadata(name).resource["path"])

    def table(self, name: str, as_of: date) -> Table:
        """Read a table with its types and keep the rows that had been published at `as_of`.

        Raises:
            DataError: if the file is missing or cut short, or a column, type or key is not as described.
        """
        metadata = self.metadata(name)
        try:
            frame = read_csv(self.path(name), metadata)
            tuple(metadata.breaks)  # one that is not well described is told here, not in the middle of a report
            return Table(metadata, visible(frame, metadata, as_of), as_of, Codes(metadata, frame))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            if isinstance(error, DataError):
                raise
            described = f"{DESCRIPTOR} does not describe table {name} ({type(error).__name__}: {error})"
            raise DataError(f"{described}: run `briefings refresh` or restore it") from error


def read_csv(path: Path, metadata: Metadata) -> pd.DataFrame:
    """Read a table's file as its metadata describes it; text stays text ("NA" is a code, never a missing value).

    Raises:
        DataError: if the file is missing or cut short, or a column, type or key is not as described.
    """
    try:
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError:
        raise DataError(f"{path.name} is missing: run `briefings refresh` or restore it") from None
    except (ValueError, OSError) as error:
        raise DataError(f"{path.name} cannot be read as a table ({error}): restore it") from None
    wanted = list(metadata.fields)
    if list(raw.columns) != wanted:
        odd = [*(c for c in wanted if c not in raw.columns), *(c for c in raw.columns if c not in wanted), *wanted[:1]]
        described = f"datapackage.json has {', '.join(wanted)}"
        raise DataError(f"{path.name}: column '{odd[0]}' is missing, renamed, unknown or out of order; {described}")
    if len(raw) != metadata.resource["rows"]:
        described = f"{path.name} has {len(raw)} rows, not {metadata.resource['rows']}"
        raise DataError(f"{described}: it was cut or edited; restore it or run `briefings refresh`")
    typed = pd.DataFrame({c: _typed(raw[c], kind, path.name) for c, kind in metadata.fields.items()})
    repeated = typed.duplicated(metadata.key) if metadata.key else pd.Series(False, index=typed.index)
    if repeated.any():
        line = int(repeated.to_numpy().argmax()) + 2
        raise DataError(f"{path.name}, line {line}: a second row with the same {', '.join(metadata.key)}")
    return typed


def _typed(values: pd.Series[str], kind: str, file: str) -> pd.Series[Any]:
    if kind == "string":
        return values
    empty = values == ""
    if kind == "date":
        parsed = pd.to_datetime(values.mask(empty), format="%Y-%m-%d", errors="coerce")
    elif kind == "boolean":
        parsed = values.map({"true": True, "false": False})
    else:
        parsed = pd.to_numeric(values.mask(empty), errors="coerce")
    wrong = parsed.isna() & ~empty
    if kind in _NUMBERS:
        wrong |= parsed.abs() == math.inf
    if kind == "integer":
        wrong |= ((parsed % 1).fillna(0) != 0) | (parsed.abs().astype(float) > _LARGEST)
    if wrong.any():
        at = int(wrong.to_numpy().argmax())
        raise DataError(f"{file}, line {at + 2}, column '{values.name}': '{values.iloc[at]}' is not a {kind}")
    if kind == "integer":
        return parsed.astype("Int64") if empty.any() else parsed.astype("int64")
    return parsed


def visible(frame: pd.DataFrame, metadata: Metadata, as_of: date) -> pd.DataFrame:
    """Return the rows whose period had ended, and had been published, at `as_of`.

    The publication lag is the table's own; a row with a date of publication of its own uses that.
    """
    ends = period_ends(frame, metadata)
    if ends is None:
        return frame
    known = ends + timedelta(days=int(metadata.provenance["publication_lag_days"]))
    published_field = metadata.period.get("published_field")
    if published_field:
        published = frame[published_field].where(frame[published_field].notna(), known)
        known = published.where(published >= ends, ends)  # a report may be dated before the period it covers ended
    return frame[known <= pd.Timestamp(as_of)].reset_index(drop=True)


def _condition(wanted: Any, kind: str, column: str) -> Any:
    if isinstance(wanted, tuple):
        if len(wanted) != 2:
            raise DataError(f"{wanted!r} is no pair (from, to) for column '{column}': write several values as a list")
        first, last = wanted
        return {"from": _plain(first, kind, column), "to": _plain(last, kind, column)}
    if isinstance(wanted, list):
        return [_plain(item, kind, column) for item in wanted]
    return _plain(wanted, kind, column)


def _plain(value: Any, kind: str, column: str) -> Any:
    """Write a value as the CSV file does: months as their first day, nothing as an empty cell.

    Raises:
        DataError: if the value is not of the column's type: it would match nothing, without a word.
    """
    if value is None or value is pd.NaT:
        return ""
    plain = value.item() if hasattr(value, "item") else value
    try:
        if kind == "date":
            text = plain if isinstance(plain, str) else pd.Timestamp(plain).date().isoformat()
            return first_day(text).isoformat()
    except ValueError as error:
        raise DataError(str(error)) from None
    if not isinstance(plain, _PYTHON.get(kind, str)) or (isinstance(plain, bool) and kind != "boolean"):
        raise DataError(f"{value!r} is no value of column '{column}', of type {kind}: give one of that type")
    return plain


def _word(value: Any) -> str:
    """A value of a key in words: a day as such, one that begins a month as the month."""
    text = f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)
    return text[:7] if _MONTH.fullmatch(text) else text


def _selections(derivations: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the selections of rows that derivations rest on."""
    for derivation in derivations:
        if not isinstance(derivation, Mapping):  # the parts of a statement, which have tables of their own
            continue
        if "table" in derivation:
            yield derivation
        yield from _selections(derivation.get("of", ()))


def _asked(wanted: Any) -> str:
    """The period that was asked for, where nothing of it is in sight."""
    moments = [wanted] if not isinstance(wanted, tuple | list) else [wanted[0], wanted[-1]]
    return "/".join(str(moment) for moment in dict.fromkeys(moments) if moment is not None)


def _mask(frame: pd.DataFrame, conditions: Mapping[str, Any]) -> pd.Series[bool]:
    keep = pd.Series(True, index=frame.index)
    for name, wanted in conditions.items():
        values = frame[name]
        if isinstance(wanted, dict):
            keep &= (values >= wanted["from"]) & (values <= wanted["to"])
        elif isinstance(wanted, list):
            dates = pd.api.types.is_datetime64_any_dtype(values)
            keep &= values.isin(pd.to_datetime(wanted) if dates else wanted)
        elif wanted == "" and values.dtype != object and not pd.api.types.is_string_dtype(values):
            keep &= values.isna()
        else:
            keep &= values == wanted
    return keep
