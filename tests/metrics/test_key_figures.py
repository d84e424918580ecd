"""A key figure of a metric has all that follows from it; JupyterLab shows a metric as a small table."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.foundation.errors import QuantityError
from analysis.metrics.algebra import metric
from analysis.metrics.key_figures import column, figure
from analysis.package.data_package import DataPackage

LATE = date(2026, 6, 30)


def test_value_change_small_chart_and_sources_follow(package: DataPackage) -> None:
    """The label names variables like any sentence."""
    claims = package.table("claims_year", LATE)
    received = metric(claims)
    made = figure(received, es="solicitudes, {received.year}", en="claims, {received.year}", spec="millions")
    assert (made.value, made.before) == (received.now, received.before)
    assert made.label.render("en") == "claims, 2025"
    assert made.spark.to_dict() == {2023: 400, 2024: 352, 2025: 400}
    assert [table.name for table in made.tables] == ["claims_year"]
    assert made.format == "millions"


def test_a_format_is_told_where_it_is_written(package: DataPackage) -> None:
    """A count is no fraction, and a share is not written in millions: in a figure, and in a column of a table."""
    received = metric(package.table("claims_year", LATE))
    with pytest.raises(QuantityError, match="'fraction' has words for percent, not for persons"):
        figure(received, es="solicitudes", en="claims", spec="fraction")
    share = received.share_of(nationality="CUB")
    with pytest.raises(QuantityError, match="'millions' is for counts and money, not for percent"):
        column({"CUB": share, "HND": None}, es="Parte", en="Share", spec="millions")


def test_a_label_ends_with_the_period_of_its_number(package: DataPackage) -> None:
    """It is added where the label names none, and only there."""
    received = metric(package.table("claims_year", LATE))
    assert figure(received, es="solicitudes", en="claims").label.render("en") == "claims, 2025"
    since = figure(received, es="solicitudes desde {received.first.year}", en="claims since {received.first.year}")
    assert since.label.render("es") == "solicitudes desde 2023"


def test_a_metric_shows_itself(package: DataPackage) -> None:
    """How it is made, its course as a line, and its last values, the newest first; as a word, its last value."""
    received = metric(package.table("claims_year", LATE), nationality="CUB")
    shown = received._repr_html_()
    assert "<code>claims_year.claims nationality=CUB</code>: persons, 3 periods" in shown
    assert shown.index("2025") < shown.index("2024") < shown.index("2023")
    assert "<td>300</td>" in shown
    assert "<path d=" in shown
    assert repr(received) == "<Metric claims_year.claims nationality=CUB: 300 persons in 2025>"
    share = received / metric(package.table("claims_year", LATE))
    assert "share of (claims_year.claims nationality=CUB) and (claims_year.claims)" in repr(share)
