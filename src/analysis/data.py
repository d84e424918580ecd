"""Typed tables with their metadata, as a report of a given date may see them.

`data/datapackage.json` says what each table is; this module reads a table accordingly, hides the rows that were not
yet published at `as_of`, and turns selections into quantities that remember where they came from.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis import press
from analysis.breaks import Break
from analysis.credits import Credit
from analysis.errors import AnalysisError
from analysis.metadata import Metadata
from analysis.periods import (
    MONTHS,
    first_day,
    fiscal_start,
    iso_span,
    last_day_covered,
    period_ends,
    shortest_span,
    span_days,
)
from analysis.quantities import Quantity, format_period
from analysis.words import Language

DESCRIPTOR: Final = "datapackage.json"
_NATIONAL: Final = "MEX"
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
    library = Path(__file__).resolve().parents[2]
    for folder in (here, *here.parents, library):
        if (folder / "data" / DESCRIPTOR).is_file():
            return folder / "data"
    raise DataError(f"no data/{DESCRIPTOR} in {here} or above: run this inside a clone of the project")


@dataclass(frozen=True)
class Table:
    """A table as seen on a date: its metadata and the rows published by then."""

    metadata: Metadata
    frame: pd.DataFrame
    as_of: date

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

    def credits(self, language: Language) -> list[Credit]:
        """Return the documents of the rows in sight where each has its own, else that of the table."""
        if press.is_quoted(self.frame) and not self.empty:
            return press.documents(self.frame, self.metadata, language)
        return [self.metadata.credit(language)]

    def version(self, language: Language) -> str:
        """Return the vintage in words: for press figures, the years in which they were published."""
        if press.is_quoted(self.frame):
            published = press.years(self.frame)
            return format_period(published, language) if published else self.metadata.version(language)
        return self.metadata.version(language)

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
            row means zero.

        Raises:
            DataError: if a column does not exist.
        """
        column = column or self._only_measure
        selection = self._selection(column, where)
        selection["where"] |= self._in_sight(selection["where"])
        covered = self.frame[_mask(self.frame, self._period_conditions(selection["where"]))]
        rows = covered[_mask(covered, selection["where"])]
        values = rows[column].dropna()
        value: float | None = None if values.empty else float(values.sum())
        if rows.empty and self._absent_is_zero and not covered.empty:
            value = 0.0
        return Quantity(
            value=value,
            unit=self._unit(column),
            period=self._period(covered, where),
            geography=str(where.get("state_code", _NATIONAL)),
            tables=(self.name,),
            derivation=selection,
            preliminary=self._preliminary(covered),
            missing="" if value is not None else "no_data",
            breaks=self.metadata.breaks_of(column, selection["where"]),
        )

    def pivot(self, index: str, columns: str, column: str = "", **where: Any) -> pd.DataFrame:
        """Return sums with one row a value of `index` and one column a value of `columns`.

        Cells without rows are zero where the table says that an absent row means zero, else missing.
        """
        column = column or self._only_measure
        rows = self.frame[_mask(self.frame, self._selection(column, where)["where"])]
        wide = rows.groupby([index, columns], observed=True)[column].sum(min_count=1).unstack(columns)
        return wide.fillna(0) if self._absent_is_zero else wide

    def series(self, index: str, column: str = "", **where: Any) -> pd.Series[float]:
        """Return sums of a column by the values of `index`, ascending; missing where all its cells are."""
        column = column or self._only_measure
        rows = self.frame[_mask(self.frame, self._selection(column, where)["where"])]
        return rows.groupby(index, observed=True)[column].sum(min_count=1)

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
        return [n for n, kind in self.metadata.fields.items() if kind in {"integer", "number"} and n not in key]

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
        conditions: dict[str, Any] = {}
        for name, wanted in where.items():
            if name == "period" and self.metadata.period["kind"] == "span":
                first, last = span_days(str(wanted))
                conditions[self.metadata.period["start"]] = first.isoformat()
                conditions[self.metadata.period["end"]] = last.isoformat()
            else:
                conditions[name] = _condition(wanted, self.metadata.fields.get(name, ""), name)
        unknown = [name for name in (column, *conditions) if name not in self.metadata.fields]
        if unknown:
            known = ", ".join(self.metadata.fields)
            raise DataError(f"table {self.name} has no column '{unknown[0]}': it has {known}")
        return {"table": self.name, "column": column, "where": conditions}

    def _period(self, rows: pd.DataFrame, where: Mapping[str, Any]) -> str:
        period = self.metadata.period
        if period["kind"] == "none":
            return str(where.get("year", ""))
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
            return Table(metadata, visible(frame, metadata, as_of), as_of)
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
    if kind in {"integer", "number"}:
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
    if (kind in {"integer", "number"}) != isinstance(plain, int | float):
        raise DataError(f"{value!r} is no value of column '{column}', of type {kind}: give one of that type")
    return plain


def _selections(derivations: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the selections of rows that derivations rest on."""
    for derivation in derivations:
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
