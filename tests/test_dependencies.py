"""The licences of dependencies are listed, and none of them forbids what the project does."""

from __future__ import annotations

import re
import sys

import pytest

from tests.dependencies import PAGE, licence, locked, page


@pytest.mark.skipif(sys.platform != "linux" or sys.version_info[:2] != (3, 11), reason="other packages are installed")
def test_the_list_of_licences_is_current() -> None:
    """Every package of the lock stands on the page with what it says of itself."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_installed_dependency_names_its_licence() -> None:
    """None leaves its users in the dark, and none may be used for private study alone."""
    said = {package: licence(package) for package in locked()}
    assert [package for package, name in said.items() if name == "not said"] == []
    assert [
        package for package, name in said.items() if re.search(r"proprietary|non-?commercial", name or "", re.I)
    ] == []
