"""A new theme: a notebook that already builds in both languages, for an author to change."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from analysis.build.editions import available_reports
from analysis.foundation.errors import NotebookError
from analysis.foundation.files import write_atomically
from analysis.mexico import COUNTRY

_SLUG: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def new_theme(root: Path, slug: str) -> Path:
    """Write the notebook of a new theme, under the number that follows the last one, and return its path.

    Args:
        root: the project.
        slug: its name, such as ``return_and_reunion``; the number goes before it.

    Raises:
        NotebookError: if the name cannot be that of a notebook, is taken, or no number is left.
    """
    if not _SLUG.fullmatch(slug):
        raise NotebookError(
            f"'{slug}' cannot be the name of a theme: use small letters, digits and underscores, such as family_return"
        )
    present = available_reports(root)
    if slug in {name[3:] for name in present}:
        raise NotebookError(f"there is already a theme '{slug}': choose another name")
    number = max((int(name[:2]) for name in present), default=0) + 1
    if number > 99:
        raise NotebookError("there is no number left for a new theme: they go up to 99")
    path = root / "notebooks" / f"{number:02}_{slug}.ipynb"
    write_atomically({path: _filled(number, slug.replace("_", " ").capitalize())})
    return path


def _filled(number: int, title: str) -> bytes:
    """The template with the number of the theme and its English title; what stays in brackets its author writes."""
    text = COUNTRY.template.read_text(encoding="utf-8")
    for old, new in {"NN ·": f"{number:02} ·", "number=99,": f"number={number},", "New theme": title}.items():
        text = text.replace(old, new)
    return text.encode()
