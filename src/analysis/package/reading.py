"""The files of the tables: typed as the descriptor says, and narrowed to what had been published on a date."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.package.descriptor import DESCRIPTOR, DataError
from analysis.package.metadata import NUMBERS, Metadata

_LARGEST: Final = 2**53
"""Whole numbers beyond this are not exact once they are computed with."""
_FINITE: Final = np.finfo(float).max


def read_table(path: Path, metadata: Metadata) -> pd.DataFrame:
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
    _check_shape(raw, path.name, metadata)
    frame = typed(raw, metadata, path.name)
    repeated = frame.duplicated(metadata.key) if metadata.key else pd.Series(False, index=frame.index)
    if repeated.any():
        line = int(repeated.to_numpy().argmax()) + 2
        raise DataError(f"{path.name}, line {line}: a second row with the same {', '.join(metadata.key)}")
    return frame


def typed(raw: pd.DataFrame, metadata: Metadata, file: str) -> pd.DataFrame:
    """Return the cells of a table, read as texts, as its metadata describe its columns.

    Raises:
        DataError: if a cell is not what its column holds; the message names file, line and column.
    """
    return pd.DataFrame({c: _typed(raw[c], kind, file) for c, kind in metadata.fields.items()})


def visible(frame: pd.DataFrame, metadata: Metadata, as_of: date) -> pd.DataFrame:
    """Return the rows whose period had ended, and had been published, at `as_of`.

    The publication lag is the table's own; a row with a date of publication of its own uses that.
    """
    period = metadata.period
    ends = period.ends(frame)
    if ends is None:
        return frame
    known = ends + timedelta(days=int(metadata.provenance["publication_lag_days"]))
    if period.published:
        published = frame[period.published].where(frame[period.published].notna(), known)
        known = published.where(published >= ends, ends)  # a report may be dated before the period it covers ended
    return frame[known <= pd.Timestamp(as_of)].reset_index(drop=True)


def _check_shape(raw: pd.DataFrame, file: str, metadata: Metadata) -> None:
    wanted = list(metadata.fields)
    if list(raw.columns) != wanted:
        odd = [*(c for c in wanted if c not in raw.columns), *(c for c in raw.columns if c not in wanted), *wanted[:1]]
        described = f"{DESCRIPTOR} has {', '.join(wanted)}"
        raise DataError(f"{file}: column '{odd[0]}' is missing, renamed, unknown or out of order; {described}")
    if len(raw) != metadata.resource["rows"]:
        described = f"{file} has {len(raw)} rows, not {metadata.resource['rows']}"
        raise DataError(f"{described}: it was cut or edited; restore it or run `briefings refresh`")


def _typed(values: pd.Series[str], kind: str, file: str) -> Any:
    """The cells of a column as an array: of series a frame is put together much more slowly."""
    if kind == "string":
        return values.array
    texts = values.to_numpy(dtype=object)  # an array is looked through much faster than a series of texts
    empty = np.asarray(texts == "", dtype=bool)
    parsed: npt.NDArray[Any]
    if kind == "date":
        parsed = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce").to_numpy()
    elif kind == "boolean":
        parsed = values.map({"true": True, "false": False}).to_numpy()
    else:
        parsed = pd.to_numeric(texts, errors="coerce")
    wrong = pd.isna(parsed) & ~empty
    if kind in NUMBERS:
        numbers = np.abs(parsed.astype(float))
        wrong |= numbers > (_LARGEST if kind == "integer" else _FINITE)
        wrong |= (kind == "integer") & (numbers != np.floor(numbers)) & ~np.isnan(numbers)
    if wrong.any():
        at = int(wrong.argmax())
        raise DataError(f"{file}, line {at + 2}, column '{values.name}': '{values.iloc[at]}' is not a {kind}")
    if kind == "integer":
        return pd.Series(parsed).astype("Int64").array if empty.any() else parsed.astype("int64")
    return parsed
