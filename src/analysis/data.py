"""Typed tables with their metadata, as a report of a given date may see them.

`data/datapackage.json` says what each table is; this module reads a table accordingly, hides the rows that were not
yet published at `as_of`, and turns selections into quantities that remember where they came from.
"""

from __future__ import annotations

import calendar
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.quantities import Quantity, format_date, format_period
from analysis.words import Language, word

DESCRIPTOR: Final = "datapackage.json"
_NATIONAL: Final = "MEX"


class DataError(Exception):
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
class Metadata:
    """What the descriptor says of one table (a Frictionless resource with OWID's provenance words)."""

    resource: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name of the table."""
        return str(self.resource["name"])

    def title(self, language: Language) -> str:
        """Title of the table."""
        return str(self.resource["title" if language == "es" else "title_en"])

    @property
    def unit(self) -> str:
        """Key of the unit that the table counts."""
        return str(self.resource["unit_key"])

    def unit_name(self, language: Language) -> str:
        """The unit in words, plural: "personas"."""
        return str(self.resource["unit"][language])

    @property
    def fields(self) -> dict[str, str]:
        """Type of each column, by name."""
        return {f["name"]: f["type"] for f in self.resource["schema"]["fields"]}

    @property
    def key(self) -> list[str]:
        """Columns whose values together name a row."""
        return list(self.resource["schema"].get("primaryKey", []))

    @property
    def period(self) -> Mapping[str, str]:
        """Which column is the period and of what kind: year, month, span or none."""
        return dict(self.resource["period"])

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Producer, publisher, version, dates, licence, caveats and processing."""
        return dict(self.resource["provenance"])

    def publisher(self, language: Language) -> str:
        """Publisher as a source line names it."""
        return str(self.provenance["publisher"][language])

    def version(self, language: Language) -> str:
        """Vintage in words: the date of the version, or of each file where the table is made of several."""
        versions = [str(v["version"]) for v in self.provenance.get("versions", [])] or [str(self.provenance["version"])]
        return f" {word('and', language)} ".join(_dated(version, language) for version in versions)

    def caveats(self, language: Language) -> list[str]:
        """What a reader must know before using the table."""
        return list(self.provenance["caveats"][language])

    def licence(self, language: Language) -> str:
        """Licence, marked where it forbids commercial use; for press figures, that they are quoted."""
        licence = self.provenance["licence"]
        name = str(licence[language] if isinstance(licence, Mapping) else licence)
        return f"{name} ({word('noncommercial', language)})" if self.provenance["noncommercial"] else name

    def source_line(self, language: Language) -> str:
        """Return who published this, which version, when we read it, and under what licence."""
        version = self.version(language)
        joint = "" if language == "en" else "del " if version.split()[0].isdigit() and " " in version else "de "
        accessed = format_date(self.provenance["date_accessed"], language, short=True)
        licence = self.licence(language)
        named = isinstance(self.provenance["licence"], str)
        terms = f"{word('licence', language)} {licence}" if named else licence[0].upper() + licence[1:]
        return (
            f"{self.publisher(language)}, {word('version', language)} {joint}{version}, "
            f"{word('accessed', language)} {accessed}. {terms}."
        )


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
            frame = frame[(frame[through].dt.month == 12) & (frame[through].dt.day == 31)]
        return sorted(int(year) for year in frame[field].unique())

    @property
    def span(self) -> tuple[str, str] | None:
        """First and last moment in sight, as ISO (years, months or days); None when nothing is in sight."""
        period, frame = self.metadata.period, self.frame
        if frame.empty or period["kind"] == "none":
            return None
        if period["kind"] == "span":
            starts, ends = frame[period["start"]], frame[period["end"]]
            return str(min(starts.min(), ends.min()).year), str(ends.max().year)
        values = frame[period["field"]]
        if period["kind"] == "month":
            return f"{values.min():%Y-%m}", f"{values.max():%Y-%m}"
        last = str(values.max())
        if period.get("through"):
            day = frame[period["through"]].max()
            last = last if (day.month, day.day) == (12, 31) else f"{day:%Y-%m-%d}"
        return str(values.min()), last

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
        rows = self.frame[_mask(self.frame, selection["where"])]
        value: float | None
        if rows.empty and not (self._absent_is_zero and self._covers(selection["where"])):
            value = None
        else:
            values = rows[column].dropna()
            value = None if values.empty and not rows.empty else float(values.sum())
        return Quantity(
            value=value,
            unit=self._unit(column),
            period=self._period(rows, where),
            geography=str(where.get("state_code", _NATIONAL)),
            tables=(self.name,),
            derivation=selection,
            preliminary=self._preliminary(rows),
            missing="" if value is not None else "no_data",
        )

    def pivot(self, index: str, columns: str, column: str = "", **where: Any) -> pd.DataFrame:
        """Return sums with one row a value of `index` and one column a value of `columns`.

        Cells without rows are zero where the table says that an absent row means zero, else missing.
        """
        column = column or self._only_measure
        rows = self.frame[_mask(self.frame, self._selection(column, where)["where"])]
        wide = rows.pivot_table(index=index, columns=columns, values=column, aggfunc="sum", observed=True)
        return wide.fillna(0) if self._absent_is_zero else wide

    def series(self, index: str, column: str = "", **where: Any) -> pd.Series[float]:
        """Return sums of a column by the values of `index`, ascending."""
        column = column or self._only_measure
        rows = self.frame[_mask(self.frame, self._selection(column, where)["where"])]
        return rows.groupby(index, observed=True)[column].sum()

    @cached_property
    def _only_measure(self) -> str:
        key = {*self.metadata.key, *self.metadata.period.values()}
        numbers = [n for n, kind in self.metadata.fields.items() if kind in {"integer", "number"} and n not in key]
        if len(numbers) != 1:
            raise DataError(f"name the column of table {self.name}: it has {', '.join(numbers) or 'no number column'}")
        return numbers[0]

    @property
    def _absent_is_zero(self) -> bool:
        return self.metadata.resource.get("absent_rows") == "zero"

    def _covers(self, conditions: Mapping[str, Any]) -> bool:
        """Whether the table has any row of that period: only then does an absent row mean zero."""
        fields = {*self.metadata.period.values()}
        return bool(_mask(self.frame, {c: w for c, w in conditions.items() if c in fields}).any())

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
                conditions[name] = _condition(wanted, self.metadata.fields.get(name, ""))
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
            return str(where.get("period", "")) or _span(rows[period["start"]], rows[period["end"]])
        wanted = where.get(period["field"])
        if rows.empty:
            return "/".join(str(w) for w in wanted) if isinstance(wanted, tuple) else str(wanted or "")
        values = rows[period["field"]]
        if period["kind"] == "month":
            first, last = values.min().strftime("%Y-%m"), values.max().strftime("%Y-%m")
            return first if first == last else f"{first}/{last}"
        first, last = str(values.min()), str(values.max())
        if period.get("through"):
            through = rows[period["through"]].max()
            if (through.month, through.day) != (12, 31):
                return f"{first if first != last else f'{first}-01'}/{through.date().isoformat()}"
        return first if first == last else f"{first}/{last}"

    def _preliminary(self, rows: pd.DataFrame) -> bool:
        since = self.preliminary_from
        ends = period_ends(rows, self.metadata)
        if ends is None or rows.empty:
            return False
        through = self.metadata.period.get("through")
        incomplete = bool(through) and (ends.max().month, ends.max().day) != (12, 31)
        return incomplete or bool(since and ends.max() >= pd.Timestamp(since))


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
        except (json.JSONDecodeError, KeyError, TypeError) as error:
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
            raise DataError(f"there is no table '{name}': the data package has {', '.join(self.names)}")
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
        frame = read_csv(self.path(name), metadata)
        return Table(metadata, visible(frame, metadata, as_of), as_of)


def read_csv(path: Path, metadata: Metadata) -> pd.DataFrame:
    """Read a table's file as its metadata describes it; text stays text ("NA" is a code, never a missing value).

    Raises:
        DataError: if the file is missing or cut short, or a column, type or key is not as described.
    """
    try:
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError:
        raise DataError(f"{path.name} is missing: run `briefings refresh` or restore it") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name} cannot be read as a table ({error}): restore it") from None
    wanted = list(metadata.fields)
    if list(raw.columns) != wanted:
        odd = [*(c for c in wanted if c not in raw.columns), *(c for c in raw.columns if c not in wanted), wanted[0]]
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
        known = frame[published_field].where(frame[published_field].notna(), known)
    return frame[known <= pd.Timestamp(as_of)].reset_index(drop=True)


def period_ends(frame: pd.DataFrame, metadata: Metadata) -> pd.Series[Any] | None:
    """Return the last day that each row covers; None where the table has no period."""
    period = metadata.period
    if period["kind"] == "none":
        return None
    if period["kind"] == "span":
        return frame[period["end"]]
    if period.get("through"):
        return frame[period["through"]]
    values = frame[period["field"]]
    if period["kind"] == "month":
        return values + pd.offsets.MonthEnd(0)
    return pd.to_datetime(values.astype(str) + "-12-31")


def span_days(period: str) -> tuple[date, date]:
    """Return the first and the last day of an ISO period: ``2016/2022-06`` is 1 January 2016 to 30 June 2022.

    Raises:
        ValueError: if it is no period.
    """
    start, _, end = period.partition("/")
    return _first_day(start), _last_day(end or start)


def _first_day(moment: str) -> date:
    return (
        date.fromisoformat((moment + "-01-01")[:10]) if len(moment) == 4 else date.fromisoformat((moment + "-01")[:10])
    )


def _last_day(moment: str) -> date:
    if len(moment) == 4:
        return date(int(moment), 12, 31)
    if len(moment) == 7:
        year, month = int(moment[:4]), int(moment[5:])
        return date(year, month, calendar.monthrange(year, month)[1])
    return date.fromisoformat(moment)


def _span(starts: pd.Series[Any], ends: pd.Series[Any]) -> str:
    """ISO period from the first start to the last end; only the end where the start is not known."""
    if ends.empty:
        return ""
    last = ends.max().date().isoformat()
    return last if starts.isna().any() else f"{starts.min().date().isoformat()}/{last}"


def _condition(wanted: Any, kind: str) -> Any:
    if isinstance(wanted, tuple):
        first, last = wanted
        return {"from": _plain(first, kind), "to": _plain(last, kind)}
    if isinstance(wanted, list):
        return [_plain(item, kind) for item in wanted]
    return _plain(wanted, kind)


def _plain(value: Any, kind: str) -> Any:
    """Write a value as the CSV file does: months as their first day, nothing as an empty cell."""
    if value is None or value is pd.NaT:
        return ""
    if kind == "date":
        return _first_day(value if isinstance(value, str) else pd.Timestamp(value).date().isoformat()).isoformat()
    return value.item() if hasattr(value, "item") else value


def _mask(frame: pd.DataFrame, conditions: Mapping[str, Any]) -> pd.Series[bool]:
    keep = pd.Series(True, index=frame.index)
    for name, wanted in conditions.items():
        values = frame[name]
        if isinstance(wanted, dict):
            keep &= (values >= wanted["from"]) & (values <= wanted["to"])
        elif isinstance(wanted, list):
            keep &= values.isin(wanted)
        elif wanted == "" and values.dtype != object and not pd.api.types.is_string_dtype(values):
            keep &= values.isna()
        else:
            keep &= values == wanted
    return keep


def _dated(version: str, language: Language) -> str:
    """Write a version that is a year, a month or a day as such; another name of a version stays as it is."""
    try:
        return format_period(version, language, short=True)
    except ValueError:
        return version
