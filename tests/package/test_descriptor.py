"""The descriptor of the data package: read in one place, or refused in a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.package.descriptor import DataError, read_resources


def test_resources_come_by_name_in_their_order(tiny_data: Path) -> None:
    """Each is what the descriptor says of one table."""
    resources = read_resources(tiny_data)
    assert list(resources) == ["claims_year", "deaths_year", "events_month", "crimes_period", "states"]
    assert all(name == resource["name"] for name, resource in resources.items())


@pytest.mark.parametrize("resource", [{"name": "a"}, {"name": "a", "path": 1}, {"name": [], "path": "a"}, 1])
def test_a_table_without_name_or_path_is_refused(resource: object, tmp_path: Path) -> None:
    """Nothing can be done with it; the sentence says what to do."""
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), encoding="utf-8")
    with pytest.raises(DataError, match=r"is not a data package \(.*\): run `briefings refresh` or restore it"):
        read_resources(tmp_path)


def test_two_tables_of_one_name_are_refused(tiny_data: Path) -> None:
    """The second would stand for both, and nothing would look at the first."""
    descriptor = json.loads((tiny_data / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"].append(descriptor["resources"][0])
    (tiny_data / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(DataError, match=r"is not a data package \(two tables have one name\)"):
        read_resources(tiny_data)


def test_who_reads_the_descriptor_loads_no_table_library() -> None:
    """A build with nothing to do reads it."""
    code = "import sys, analysis.package.descriptor; sys.exit('pandas' in sys.modules or 'babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
