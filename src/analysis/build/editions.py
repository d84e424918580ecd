"""Editions: what `reports/editions.toml` says is published, as a list of units of work."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, cast, get_args

from analysis.build.parameters import STATES, check_parameters
from analysis.export.edition import Edition, Kind, Report
from analysis.export.notebooks import Parameter, declared_parameters, read_notebook
from analysis.foundation.errors import EditionError
from analysis.foundation.words import LANGUAGES
from analysis.mexico import COUNTRY
from analysis.package.descriptor import DataError, newest_access, read_resources
from analysis.values.quantities import iso_date

EDITIONS_FILE: Final = Path("reports") / "editions.toml"
PUBLISHED: Final = Path("reports") / "published"
"""What published editions told their readers, a folder each."""
_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]*")
"""Names of editions, which are names of folders."""


def available_reports(root: Path) -> tuple[str, ...]:
    """Return the names of all notebooks, in order."""
    return tuple(sorted(path.stem for path in (root / "notebooks").glob("[0-9][0-9]_*.ipynb")))


def read_edition(root: Path, name: str | None = None) -> Edition:
    """Return an edition, the default one when no name is given.

    Raises:
        EditionError: if the file is missing or wrong, or has no such edition.
    """
    path = root / EDITIONS_FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EditionError(f"{EDITIONS_FILE} is missing: restore it") from None
    except (OSError, ValueError, RecursionError) as error:
        raise EditionError(f"{EDITIONS_FILE} is not TOML ({error}): mend it") from None
    editions = content.get("editions", {})
    if not isinstance(editions, dict):
        raise EditionError(f"{EDITIONS_FILE}: 'editions' is not a table: write each as [editions.NAME]")
    wanted = name or str(content.get("default", ""))
    if wanted not in editions:
        raise EditionError(f"there is no edition '{wanted}': {EDITIONS_FILE} has {_listed(editions)}")
    return _edition(wanted, editions[wanted], root, str(content.get("contact", "")))


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
    _check_known(edition, _newest_access(root))
    found = list(_reports(root, edition, chosen, languages, geographies))
    if not found:
        raise EditionError(f"none of {_listed(chosen)} is made for the states: its parameter geography does not say so")
    return found


def _check_known(edition: Edition, newest: str) -> None:
    if newest and edition.as_of > newest:
        raise EditionError(
            f"{EDITIONS_FILE}, edition {edition.name}: as_of '{edition.as_of}' must be {newest}, when the newest data "
            "were read, or earlier"
        )


def _newest_access(root: Path) -> str:
    """Return the day on which the newest data were read; nothing where the descriptor is damaged, as others tell."""
    try:
        return newest_access(read_resources(root / "data").values()).isoformat()
    except DataError:
        return ""


def _reports(
    root: Path, edition: Edition, slugs: Sequence[str], languages: Sequence[str], geographies: Sequence[str]
) -> Iterator[Report]:
    for slug in slugs:
        declared = declared_parameters(read_notebook(root / "notebooks" / f"{slug}.ipynb"), f"{slug}.ipynb")
        for geography in _places(geographies, declared.get("geography")):
            for language in languages:
                given = {"language": language, "as_of": edition.as_of, "geography": geography}
                yield Report(edition.name, slug, check_parameters(declared, given, slug))


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


def _edition(name: str, content: Any, root: Path, contact: str) -> Edition:
    known = {"as_of", "kind", "follows", "languages", "geographies", "reports"}
    if not isinstance(content, dict) or set(content) - known:
        odd = ", ".join(sorted(set(content) - known)) if isinstance(content, dict) else repr(content)
        raise EditionError(
            f"{EDITIONS_FILE}, edition {name}: '{odd}' is unknown; an edition has {', '.join(sorted(known))}"
        )
    if not _NAME.fullmatch(name):
        raise EditionError(
            f"{EDITIONS_FILE}: '{name}' cannot be the name of a folder: use letters, digits, dots and hyphens"
        )
    for key in ("languages", "geographies", "reports"):
        given = content.get(key, [])
        if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
            raise EditionError(
                f'{EDITIONS_FILE}, edition {name}: write {key} as a list of texts, such as ["{_first(given)}"]'
            )
    notebooks = available_reports(root)
    reports = tuple(content.get("reports", notebooks))
    missing = [slug for slug in reports if slug not in notebooks]
    if missing:
        raise EditionError(f"{EDITIONS_FILE}, edition {name}: there is no notebook {missing[0]}.ipynb in notebooks/")
    as_of = str(content.get("as_of", ""))
    try:
        iso_date(as_of)
    except ValueError:
        raise EditionError(
            f"{EDITIONS_FILE}, edition {name}: as_of '{as_of}' is not a date such as 2026-06-30"
        ) from None
    languages = tuple(content.get("languages", LANGUAGES))
    odd_languages = [language for language in languages if language not in LANGUAGES]
    if odd_languages:
        raise EditionError(
            f"{EDITIONS_FILE}, edition {name}: there is no language '{odd_languages[0]}': choose among "
            f"{', '.join(LANGUAGES)}"
        )
    return Edition(
        kind=_kind(name, content),
        follows=_follows(name, content.get("follows"), root),
        name=name,
        as_of=as_of,
        languages=languages,
        geographies=tuple(content.get("geographies", [COUNTRY.code])),
        reports=reports,
        contact=contact,
    )


def _kind(name: str, content: Mapping[str, Any]) -> Kind:
    kind = content.get("kind", "draft")
    if kind not in get_args(Kind):
        raise EditionError(f"{EDITIONS_FILE}, edition {name}: kind is {kind!r}: write one of {_listed(get_args(Kind))}")
    if kind == "reconstruction" and "follows" in content:
        raise EditionError(f"{EDITIONS_FILE}, edition {name}: a reconstruction follows no edition: take follows out")
    return cast(Kind, kind)


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


def _follows(name: str, earlier: Any, root: Path) -> Path | None:
    """Return the folder of what the edition before said."""
    if earlier is None:
        return None
    kept = root / PUBLISHED / str(earlier)
    if not _NAME.fullmatch(str(earlier)) or not kept.is_dir():
        raise EditionError(
            f"{EDITIONS_FILE}, edition {name}: nothing is kept of edition '{earlier}', which it follows: build "
            f"that one, then run `briefings publish {earlier}`"
        )
    return kept


def _first(given: Any) -> str:
    items = given if isinstance(given, list) else [given]
    return str(items[0]) if items else ""


def _listed(names: Any) -> str:
    return ", ".join(names) or "none"
