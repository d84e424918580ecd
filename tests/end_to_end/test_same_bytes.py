"""The whole edition is the same bytes, whoever builds it, where, when and how."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from tests.end_to_end.conftest import FEW, ROOT, contents, project_of_few
from tests.promises import SOAK, Figure

SUMS = ROOT / "reports" / "sample" / "SHA256SUMS"


@dataclass(frozen=True)
class Setting:
    """What a build may not depend on."""

    arguments: tuple[str, ...]
    umask: int
    folder: str
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def differences(self) -> int:
        """In how many ways it differs from the default, its folder and its home among them."""
        return len(self.arguments) // 2 + len(self.environment) + 3


SETTINGS = {
    "cold kernels, far in the east": Setting(
        ("--kernel", "cold", "--jobs", "3"),
        0o077,
        "otra carpeta, con acentos: áéí",
        {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "1", "COLUMNS": "20"},
    ),
    "many jobs, far in the west": Setting(
        ("--jobs", "5"),
        0o002,
        "b",
        {"TZ": "Etc/GMT+12", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "4294967295", "COLUMNS": "300", "TERM": "xterm"},
    ),
}


@pytest.mark.parametrize("name", [*SETTINGS] if SOAK else [*SETTINGS][:1])
def test_the_edition_is_the_same_under_other_settings(
    name: str, few: dict[str, bytes], tmp_path: Path, figure: Figure
) -> None:
    """Pages, PDFs, facts, notebooks, index and manifest do not tell who made them, where, when or how."""
    setting, home = SETTINGS[name], tmp_path / "home"
    project = project_of_few(tmp_path / setting.folder)
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "build", *setting.arguments],
        cwd=project,
        env={**os.environ, "HOME": str(home), **setting.environment},
        umask=setting.umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = contents(project / "reports")
    assert {f"es/{slug}.ipynb" for slug in FEW} | {"index.html", "manifest.json"} <= set(made)
    assert sorted(made) == sorted(few)
    assert [file for file, content in made.items() if content != few[file]] == []
    figure("settings in which an edition has the same bytes", setting.differences)


def test_the_edition_is_the_one_that_was_committed_as_digests(real: Path) -> None:
    """With the same lock on the same platform, anyone can compare with ours: `sha256sum -c`."""
    head, *lines = SUMS.read_text(encoding="utf-8").splitlines()
    lock = sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()
    here = f"# {platform.system()} {platform.machine()}, requirements.lock {lock}"
    if head != here:
        pytest.skip(f"the digests are of another platform or lock: {head}, not {here}")
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    made = {name: sha256(content).hexdigest() for name, content in contents(real).items() if name != "manifest.json"}
    assert made == listed
