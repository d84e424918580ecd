"""Dependencies are listed with weight and licence; none forbids what the project does, or makes building heavy."""

from __future__ import annotations

import platform
import re
import sys

import pytest

from tests.dependencies import PAGE, licence, locked, page, weight

HERE = (sys.platform, platform.machine(), sys.version_info[:2])
WRITTEN_ON = ("linux", "x86_64", (3, 11))
LIGHT = 460  # MB: with all bytecode, which is up to a third more, the environment that builds has less than 620


@pytest.mark.skipif(HERE != WRITTEN_ON, reason="other packages are installed, and wheels weigh something else")
def test_the_page_is_current() -> None:
    """Every package of the locks stands on the page with its lock, its weight and what it says of itself."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_names_every_package() -> None:
    """Whatever the platform or version of Python, no locked package is missing there, and none is left over."""
    licences, _, others = PAGE.read_text(encoding="utf-8").partition("## Licences")[2].partition("of Python: ")
    listed = re.findall(r"^\| ([a-z0-9][\w.-]*) \|", licences, re.MULTILINE)[1:]
    assert sorted(listed + others.strip().rstrip(".").split(", "), key=str.lower) == locked()


@pytest.mark.skipif(sys.platform != "linux", reason="wheels weigh something else")
def test_what_builds_is_light() -> None:
    """A heavy wheel that comes by a roundabout way is noticed before everyone downloads it."""
    assert 100 < weight("requirements.lock") < LIGHT


def test_every_installed_dependency_names_its_licence() -> None:
    """None leaves its users in the dark, and none may be used for private study alone."""
    said = {package: licence(package) for package in locked()}
    assert [package for package, name in said.items() if name == "not said"] == []
    assert [
        package for package, name in said.items() if re.search(r"proprietary|non-?commercial", name or "", re.I)
    ] == []
