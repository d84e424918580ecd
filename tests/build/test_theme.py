"""The notebook of a new theme: its number, its name, and that it is complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.build.theme import new_theme
from analysis.check.project import one_language_only, typed_digits
from analysis.export.notebooks import declared_parameters, read_notebook
from analysis.foundation.errors import NotebookError


def test_a_new_theme_takes_the_next_number_and_its_name(tiny_project: Path) -> None:
    """After report 05 comes 06; number and English title stand in the notebook, the others in brackets."""
    path = new_theme(tiny_project, "family_return")
    assert path == tiny_project / "notebooks" / "06_family_return.ipynb"
    notebook = read_notebook(path)
    written = "\n".join(cell.text for cell in notebook.cells)
    assert written.startswith("# 06 · Family return\n")
    assert "number=6," in written
    assert 'title=say(es="[Título del tema]", en="Family return")' in written
    assert 'scope=say(es="[Qué abarca, en una línea]", en="[What it covers, in one line]")' in written
    assert "NN ·" not in written
    assert "New theme" not in written


def test_a_new_theme_declares_its_parameters_and_types_no_number(tiny_project: Path) -> None:
    """It passes the checks that need no execution, so an author starts from a clean notebook."""
    notebook = read_notebook(new_theme(tiny_project, "demo"))
    assert set(declared_parameters(notebook, "demo")) == {"language", "as_of", "geography"}
    assert [*one_language_only(notebook), *typed_digits(notebook)] == []


@pytest.mark.parametrize("slug", ["", "Demo", "9demo", "a-b", "a__b", "../x", "a b", "ñ"])
def test_a_name_that_cannot_be_a_file_is_refused(tiny_project: Path, slug: str) -> None:
    """Small letters, digits and underscores; the error gives an example, and nothing is written."""
    with pytest.raises(NotebookError, match="such as family_return"):
        new_theme(tiny_project, slug)
    assert len(list((tiny_project / "notebooks").iterdir())) == 1


def test_a_name_that_is_taken_is_refused(tiny_project: Path) -> None:
    """No notebook is overwritten, whatever its number."""
    with pytest.raises(NotebookError, match="there is already a theme 'asylum': choose another name"):
        new_theme(tiny_project, "asylum")


def test_after_number_99_there_is_none(tiny_project: Path) -> None:
    """Numbers have two digits."""
    (tiny_project / "notebooks" / "99_last.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(NotebookError, match="they go up to 99"):
        new_theme(tiny_project, "demo")
