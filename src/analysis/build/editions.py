"""Editions: what `reports/editions.toml` says is published, as a list of units of work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import msgspec

from analysis.build.parameters import STATES, check_parameters
from analysis.export.edition import Edition, Kind, Report
from analysis.export.notebooks import Parameter, declared_parameters, read_notebook
from analysis.foundation.errors import EditionError, NotebookError, ParametersError
from analysis.foundation.files import is_by_product
from analysis.foundation.words import LANGUAGES, Language
from analysis.mexico import COUNTRY
from analysis.package.descriptor import DataError, newest_access, read_resources

EDITIONS_FILE: Final = Path("reports") / "editions.toml"
PUBLISHED: Final = Path("reports") / "published"
"""What published editions told their readers, a folder each."""
_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]*")
"""Names of editions, which are names of folders."""


_SLUG: Final = re.compile(r"\d\d_[a-z0-9][a-z0-9_]*")
"""Names of notebooks, without extension."""


class _Listed(msgspec.Struct, forbid_unknown_fields=True):
    """An edition as the file lists it; what each key means, its head says."""

    as_of: date
    kind: Kind = "draft"
    follows: str = ""
    languages: tuple[Language, ...] = LANGUAGES
    geographies: tuple[str, ...] = (COUNTRY.code,)
    reports: tuple[str, ...] | None = None


class _File(msgspec.Struct):
    """The file of editions: each is looked at when it is asked for."""

    default: str = ""
    contact: str = ""
    editions: dict[str, object] = {}  # msgspec makes a new one for each file


def available_reports(root: Path) -> tuple[str, ...]:
    """Return the names of all notebooks, in order.

    Raises:
        NotebookError: if one is not named by two digits and small letters, or two have the same number.
    """
    folder, by_number = root / "notebooks", dict[str, str]()
    for slug in sorted(path.stem for path in folder.glob("*.ipynb") if not is_by_product(path, folder)):
        if not _SLUG.fullmatch(slug):
            raise NotebookError(
                f"notebooks/{slug}.ipynb is not named as a briefing is: name it with two digits, an underscore and "
                "small letters, such as 05_assistance_protection.ipynb, or keep it in another folder"
            )
        if by_number.setdefault(slug[:2], slug) != slug:
            raise NotebookError(
                f"notebooks/{slug}.ipynb has the number of {by_number[slug[:2]]}.ipynb: give one of them another"
            )
    return tuple(by_number.values())


def read_edition(root: Path, name: str | None = None) -> Edition:
    """Return an edition, the default one when no name is given.

    Raises:
        EditionError: if the file is missing or wrong, or has no such edition.
        NotebookError: if a notebook is not named as one.
    """
    path = root / EDITIONS_FILE
    try:
        content = msgspec.toml.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        raise EditionError(f"{EDITIONS_FILE} is missing: restore it") from None
    except msgspec.ValidationError as error:
        raise EditionError(f"{EDITIONS_FILE}: {error}: write what the head of the file says") from None
    except (OSError, ValueError, RecursionError) as error:
        raise EditionError(f"{EDITIONS_FILE} is not TOML ({error}): mend it") from None
    wanted = name or content.default
    if wanted not in content.editions:
        raise EditionError(f"there is no edition '{wanted}': {EDITIONS_FILE} has {_listed(content.editions)}")
    try:
        listed = msgspec.convert(content.editions[wanted], _Listed)
    except msgspec.ValidationError as error:
        raise EditionError(
            f"{EDITIONS_FILE}, edition {wanted}: {error}: write what the head of the file says"
        ) from None
    return _edition(wanted, listed, root, content.contact)


def reports_of(
    root: Path,
    edition: Edition,
    *,
    slugs: Sequence[str] = (),
    language: str | None = None,
    geography: str | None = None,
) -> list[Report]:
    """Return the reports of an edition, narrowed to what was asked for, each with checked parameters.

    Raises:
        EditionError: if a report or language asked for does not exist, or no report has states, or the date of the
            edition is after that of the newest data.
        NotebookError: if a notebook cannot be read.
        ParametersError: if a parameter is not allowed.
    """
    if language is not None and language not in LANGUAGES:
        raise EditionError(f"there is no language '{language}': choose one of {', '.join(LANGUAGES)}")
    languages = edition.languages if language is None else (language,)
    geographies = edition.geographies if geography is None else (geography,)
    chosen = chosen_reports(slugs, edition.reports, f"edition {edition.name}")
    _refuse_later_than_data(root, edition)
    found = list(_reports(root, edition, chosen, languages, geographies))
    if not found:
        raise EditionError(f"none of {_listed(chosen)} is made for the states: its parameter geography does not say so")
    return found


def _refuse_later_than_data(root: Path, edition: Edition) -> None:
    """Refuse a date after the day on which the newest data were read; a damaged descriptor is for others to tell."""
    try:
        newest = newest_access(read_resources(root / "data").values()).isoformat()
    except DataError:
        return
    if edition.as_of > newest:
        raise EditionError(
            f"{EDITIONS_FILE}, edition {edition.name}: as_of '{edition.as_of}' must be {newest}, when the newest data "
            "were read, or earlier"
        )


def _reports(
    root: Path, edition: Edition, slugs: Sequence[str], languages: Sequence[str], geographies: Sequence[str]
) -> Iterator[Report]:
    for slug in slugs:
        declared = _declared(root, slug)
        for geography in _places(geographies, declared.get("geography")):
            for language in languages:
                given = {"language": language, "as_of": edition.as_of, "geography": geography}
                yield Report(slug, check_parameters(declared, given, slug))


def _declared(root: Path, slug: str) -> dict[str, Parameter]:
    return declared_parameters(read_notebook(root / "notebooks" / f"{slug}.ipynb"), f"{slug}.ipynb")


def no_longer_made(root: Path, edition: Edition, reports: Sequence[Report]) -> list[Report]:
    """Return those of some reports that the edition cannot be asked for: their notebook or place was taken out."""
    declared = {slug: _declared(root, slug) for slug in {report.slug for report in reports} & {*edition.reports}}
    return [r for r in reports if r.slug not in declared or not _allows(declared[r.slug], r)]


def _allows(declared: Mapping[str, Parameter], report: Report) -> bool:
    try:
        check_parameters(declared, {"language": report.language, "geography": report.geography}, report.slug)
    except ParametersError:
        return False
    return True


def _places(geographies: Sequence[str], declared: Parameter | None) -> Iterator[str]:
    """Yield the places of one report: where all states are asked for, those that its notebook declares."""
    for geography in geographies:
        if geography != STATES:
            yield geography
        elif declared is not None:
            has = declared.allowed
            yield from (s.code for s in COUNTRY.states if not has or STATES in has or s.code in has)


def chosen_reports(slugs: Sequence[str], available: Sequence[str], where: str) -> Sequence[str]:
    """Return the reports asked for, each once, by name, name without number or number alone; all where none is.

    Raises:
        EditionError: if one does not exist, with the nearest name.
    """
    by_name = {part: slug for slug in available for part in (slug[:2], slug[3:])}
    slugs = [by_name.get(slug, slug) for slug in slugs]
    for slug in slugs:
        if slug not in available:
            near = get_close_matches(slug, available, 1, cutoff=0.3)
            hint = f"did you mean '{near[0]}'?" if near else f"it has {_listed(available)}"
            raise EditionError(f"there is no report '{slug}' in {where}: {hint}")
    return tuple(dict.fromkeys(slugs)) or available


def _edition(name: str, listed: _Listed, root: Path, contact: str) -> Edition:
    if not _NAME.fullmatch(name):
        raise EditionError(
            f"{EDITIONS_FILE}: '{name}' cannot be the name of a folder: use letters, digits, dots and hyphens"
        )
    notebooks = available_reports(root)
    reports = notebooks if listed.reports is None else listed.reports
    if missing := [slug for slug in reports if slug not in notebooks]:
        raise EditionError(f"{EDITIONS_FILE}, edition {name}: there is no notebook {missing[0]}.ipynb in notebooks/")
    if listed.kind == "reconstruction" and listed.follows:
        raise EditionError(f"{EDITIONS_FILE}, edition {name}: a reconstruction follows no edition: take follows out")
    return Edition(
        name=name,
        as_of=listed.as_of.isoformat(),
        kind=listed.kind,
        languages=listed.languages,
        geographies=listed.geographies,
        reports=reports,
        contact=contact,
        follows=_kept_folder(name, listed.follows, root) if listed.follows else None,
    )


def refuse_published(root: Path, edition: Edition) -> None:
    """Refuse to build what was published: it is kept, and never computed again.

    Raises:
        EditionError: if the edition was published.
    """
    kept = PUBLISHED / edition.name
    if edition.kind != "reconstruction" and (root / kept).is_dir():
        raise EditionError(
            f"edition '{edition.name}' is published and is not built again: {kept.as_posix()}/ keeps what readers were "
            f"told. To see its date with the data of today: `briefings build --edition {edition.name} --reconstruct`"
        )


def _kept_folder(name: str, earlier: str, root: Path) -> Path:
    """Return the folder of what the edition before said."""
    kept = root / PUBLISHED / earlier
    if not _NAME.fullmatch(earlier) or not kept.is_dir():
        raise EditionError(
            f"{EDITIONS_FILE}, edition {name}: nothing is kept of edition '{earlier}', which it follows: build "
            f"that one, then run `briefings publish {earlier}`"
        )
    return kept


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
