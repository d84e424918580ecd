"""Where the data are: given, named by the environment, or here and above."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.package import folder
from analysis.package.descriptor import DataError
from analysis.package.folder import DATA_VARIABLE, find_data_folder


def test_the_data_folder_is_found_from_within(tiny_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data folder is found from any folder of the project."""
    deep = tiny_data.parent / "notebooks" / "drafts"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert find_data_folder() == tiny_data


def test_a_folder_given_goes_before_one_named_and_both_before_the_search(
    tiny_data: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is nearest to the author decides; an empty variable names nothing."""
    monkeypatch.chdir(tiny_data.parent)
    monkeypatch.setenv(DATA_VARIABLE, "")
    assert find_data_folder() == tiny_data
    monkeypatch.setenv(DATA_VARIABLE, str(root / "data"))
    assert find_data_folder() == root / "data"
    assert find_data_folder("data") == find_data_folder(Path("data")) == tiny_data


def test_from_elsewhere_the_data_of_the_clone_are_taken(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever calls a notebook of a clone from another folder means the data beside it."""
    monkeypatch.chdir(tmp_path)
    assert find_data_folder() == root / "data"


def test_without_data_the_answer_says_how_to_name_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that was installed without its clone has none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(folder, "_CLONE", tmp_path)
    with pytest.raises(DataError, match=rf"or name the folder data/ of one, as .* or in .* {DATA_VARIABLE}$"):
        find_data_folder()


def test_a_folder_that_holds_no_data_is_refused_with_what_named_it(
    tiny_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was named and is wrong is told, also where other data would be found."""
    monkeypatch.chdir(tiny_data.parent)
    with pytest.raises(DataError, match=r"no datapackage\.json in .*, which the argument data names: name the folder"):
        find_data_folder(".")
    monkeypatch.setenv(DATA_VARIABLE, "elsewhere")
    with pytest.raises(DataError, match=rf"no datapackage\.json in .*elsewhere, which {DATA_VARIABLE} names"):
        find_data_folder()
