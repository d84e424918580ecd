"""What JupyterLab shows of a metric: its last values as a small table, and a sparkline of all."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from analysis.foundation.errors import QuantityError
from analysis.values.quantities import EN_DASH, Quantity, format_period

if TYPE_CHECKING:
    from analysis.metrics.algebra import Metric

_SHOWN: Final = 8
_WIDTH, _HEIGHT, _PAD = 160.0, 32.0, 2.0


def preview(metric: Metric) -> str:
    """Return a metric as HTML: how it is made, its course, and its last values, the newest first.

    Where no sum of its rows is true, it says so.
    """
    told = f"<code>{escape(metric.told)}</code>: {escape(metric.unit)}, {len(metric.periods)} periods"
    try:
        return f"<div><p>{told}</p>{_course(metric)}</div>"
    except QuantityError as refused:
        return f"<div><p>{told}</p><p>{escape(str(refused))}</p></div>"


def _course(metric: Metric) -> str:
    rows = []
    for period in reversed(metric.periods[-_SHOWN:]):
        value = metric.at(period)
        when = format_period(value.period, "en") if value.period else EN_DASH
        rows.append(f"<tr><th>{escape(when)}</th><td>{_cell(value)}</td></tr>")
    drawn = _sparkline([metric.at(period).value for period in metric.periods])
    return f"{drawn}<table><tbody>{''.join(rows)}</tbody></table>"


def _cell(value: Quantity) -> str:
    mark = " (preliminary)" if value.preliminary else ""
    return escape(value.text("en") + mark) if value.value is not None else escape(value.missing)


def _sparkline(values: list[float | None]) -> str:
    """A line through the known values; a gap where one is missing."""
    known = [value for value in values if value is not None]
    if len(known) < 2 or min(known) == max(known):
        return ""
    low, high = min(known), max(known)
    across, up = (_WIDTH - 2 * _PAD) / (len(values) - 1), (_HEIGHT - 2 * _PAD) / (high - low)
    path, pen = [], "M"
    for place, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path.append(f"{pen}{_PAD + place * across:.1f} {_HEIGHT - _PAD - (value - low) * up:.1f}")
        pen = "L"
    return (
        f'<svg width="{_WIDTH:.0f}" height="{_HEIGHT:.0f}" aria-hidden="true">'
        f'<path d="{" ".join(path)}" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>'
    )
