"""Fixtures of the tests of pages: the sample briefing."""

from __future__ import annotations

import pytest
from samples import sample

from analysis.publish.document import Document


@pytest.fixture(params=["es", "en"])
def document(request: pytest.FixtureRequest) -> Document:
    """The sample, once in each language."""
    return sample(request.param)


@pytest.fixture
def spanish() -> Document:
    """The Spanish sample, which holds every kind of block."""
    return sample("es")
