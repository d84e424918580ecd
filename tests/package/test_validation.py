"""Validation of the data package: each kind of damage and the sentence that names it."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.package.validation import validate

DATA = Path(__file__).parents[2] / "data"
CLAIMS = "tables/asylum_claims_year.csv"
CRIMES = "compiled/crimes_against_migrants_period.csv"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A data package that a test may damage: two of the committed tables, one made and one typed in."""
    descriptor = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [item for item in descriptor["resources"] if item["path"] in {CLAIMS, CRIMES}]
    for item in descriptor["resources"]:
        (tmp_path / item["path"]).parent.mkdir()
        shutil.copy(DATA / item["path"], tmp_path / item["path"])
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return tmp_path


def _edit(package: Path, name: str, change: Callable[[list[str]], list[str]], *, seal: bool = True) -> None:
    """Change the lines of a table; sealed, the descriptor is made to agree with the new bytes."""
    file = package / name
    content = "\n".join(change(file.read_text(encoding="utf-8").split("\n"))).encode()
    file.write_bytes(content)
    if seal:
        _describe(
            package,
            name,
            hash=f"sha256:{hashlib.sha256(content).hexdigest()}",
            bytes=len(content),
            rows=content.count(b"\n") - 1,
        )


def _describe(package: Path, name: str, **values: Any) -> None:
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    next(item for item in descriptor["resources"] if item["path"] == name).update(values)
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")


def _line(number: int, text: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[: number - 1], text, *lines[number:]]


def test_the_committed_package_is_valid() -> None:
    """The data package in the repository has no problem."""
    assert validate(DATA) == []


def test_a_missing_descriptor_is_one_sentence(tmp_path: Path) -> None:
    """Without datapackage.json nothing else can be said."""
    (problem,) = validate(tmp_path)
    assert problem.startswith("datapackage.json is missing in ")
    assert "run `briefings refresh` or restore it" in problem


def test_a_broken_descriptor_is_one_sentence(tmp_path: Path) -> None:
    """A descriptor that is no JSON, or has no resources, is named."""
    (tmp_path / "datapackage.json").write_text("{", encoding="utf-8")
    assert "datapackage.json is not a data package" in validate(tmp_path)[0]
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    assert "datapackage.json is not a data package" in validate(tmp_path)[0]


def test_a_missing_table(package: Path) -> None:
    """A table whose file is gone is named once, with what to do."""
    (package / CLAIMS).unlink()
    assert validate(package) == [f"{CLAIMS} is missing: run `briefings refresh` or restore it."]


def test_an_edited_value(package: Path) -> None:
    """A value edited by hand shows by the hash, though it is a fine number."""
    _edit(package, CLAIMS, _line(2, "2000,AFG,7"), seal=False)
    assert validate(package) == [
        f"{CLAIMS} differs from datapackage.json (sha256): someone edited it; run `briefings refresh` or restore it."
    ]


def test_a_table_cut_short(package: Path) -> None:
    """A file that lost rows says how many it has and how many it should have."""
    _edit(package, CLAIMS, lambda lines: [*lines[:100], ""], seal=False)
    problems = validate(package)
    assert f"{CLAIMS} has 99 rows, datapackage.json says 954: it was cut or edited; " in problems[1]
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("year,claims", "column 'claims' stands where datapackage.json has 'nationality'"),
        ("year,claims", "column 'claims' is missing"),
        ("year,country,claims", "column 'country' stands where datapackage.json has 'nationality'"),
        ("nationality,year,claims", "column 'nationality' stands where datapackage.json has 'year'"),
        ("year,nationality,claims,more", "column 'more' is not in datapackage.json"),
    ],
)
def test_a_missing_or_renamed_column(package: Path, header: str, words: str) -> None:
    """A column that is not there, has another name or another place is named in line 1."""
    _edit(package, CLAIMS, _line(1, header))
    assert any(problem.startswith(f"{CLAIMS}, line 1: {words}") for problem in validate(package))


def test_text_where_a_number_belongs(package: Path) -> None:
    """A word in a column of numbers is quoted with its line and column."""
    _edit(package, CLAIMS, _line(5, "2000,CUB,many"))
    assert (
        f"{CLAIMS}, line 5, column 'claims': 'many' is not of type integer; correct it or restore the file."
        in validate(package)
    )


def test_a_key_that_is_there_twice(package: Path) -> None:
    """A second row with the key of another one is named by its line."""
    _edit(package, CLAIMS, lambda lines: [*lines[:3], lines[2], *lines[3:]])
    assert validate(package) == [f"{CLAIMS}, line 4: a second row with the same year, nationality; remove one of them."]


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("1999,CUB,", "claims", "the cell is empty and must not be"),
        ("1999,CUB,-1", "claims", "minimum"),
        ("2000,QQQ,1", "nationality", "'QQQ' is not an ISO 3166-1 alpha-3 code"),
    ],
)
def test_a_value_that_breaks_a_rule(package: Path, text: str, column: str, words: str) -> None:
    """A missing value, one out of range and a code of no country are named by line and column."""
    _edit(package, CLAIMS, _line(2, text))
    (problem,) = validate(package)
    assert problem.startswith(f"{CLAIMS}, line 2, column '{column}': ")
    assert words in problem


def test_a_compiled_row_without_address(package: Path) -> None:
    """A figure typed in without the address of its page is refused."""
    lines = (package / CRIMES).read_text(encoding="utf-8").split("\n")
    start = lines[1].index("https://")
    end = lines[1].index(",", start)
    _edit(package, CRIMES, _line(2, lines[1][:start] + lines[1][end:]))
    assert f"{CRIMES}, line 2, column 'url': the cell is empty and must not be" in validate(package)[0]


def test_a_compiled_table_that_needs_no_address(package: Path) -> None:
    """Where the descriptor does not ask each typed-in row for the address of its page, that is told."""
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    schema = next(item for item in descriptor["resources"] if item["path"] == CRIMES)["schema"]
    del next(field for field in schema["fields"] if field["name"] == "url")["constraints"]
    _describe(package, CRIMES, schema=schema)
    (problem,) = validate(package)
    assert "table crimes_against_migrants_period: a required column 'url' for the address of its page" in problem


def test_a_code_of_no_state(package: Path) -> None:
    """A state code that does not exist is quoted, once."""
    lines = (package / CRIMES).read_text(encoding="utf-8").split("\n")
    number = next(index for index, line in enumerate(lines, start=1) if ",MX-CHP," in line)
    _edit(package, CRIMES, _line(number, lines[number - 1].replace("MX-CHP", "MX-CHI")))
    assert validate(package) == [
        f"{CRIMES}, line {number}, column 'state_code': 'MX-CHI' is not the ISO 3166-2 code of a state, MEX "
        "or unknown; correct it."
    ]


def test_a_period_that_ends_before_it_starts(package: Path) -> None:
    """Two dates in the wrong order are found."""
    lines = (package / CRIMES).read_text(encoding="utf-8").split("\n")
    _edit(package, CRIMES, _line(2, lines[1].replace("2016-01-01", "2099-01-01", 1)))
    assert any("line 2, column 'period_end': the period ends before it starts" in words for words in validate(package))


@pytest.mark.parametrize("key", ["title_en", "licenses", "sources", "unit_key"])
def test_incomplete_metadata(package: Path, key: str) -> None:
    """A table without title, licence, source or unit is named with what is missing."""
    _describe(package, CLAIMS, **{key: ""})
    assert validate(package) == [
        f"datapackage.json, table asylum_claims_year: {key} is missing; add it to the metadata file beside the adapter."
    ]


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("version", "", "provenance.version"),
        ("publisher", {"es": "ACNUR"}, "provenance.publisher.en"),
        ("processing", None, "provenance.processing.es"),
        ("publication_lag_days", None, "provenance.publication_lag_days"),
    ],
)
def test_incomplete_provenance(package: Path, key: str, value: Any, named: str) -> None:
    """What the source line prints must be there, in both languages."""
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    provenance = next(item for item in descriptor["resources"] if item["path"] == CLAIMS)["provenance"]
    _describe(package, CLAIMS, provenance={**provenance, key: value})
    assert validate(package)[0].startswith(f"datapackage.json, table asylum_claims_year: {named} is missing")


def test_caveats_in_one_language(package: Path) -> None:
    """A caveat that stands in one language only is found."""
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    provenance = next(item for item in descriptor["resources"] if item["path"] == CLAIMS)["provenance"]
    provenance["caveats"]["en"].pop()
    _describe(package, CLAIMS, provenance=provenance)
    (problem,) = validate(package)
    assert "there are not as many caveats in Spanish as in English" in problem


def test_a_file_that_nobody_describes(package: Path) -> None:
    """A table that is not in the descriptor is named."""
    (package / "tables/extra.csv").write_text("a\n1\n", encoding="utf-8")
    assert validate(package) == ["tables/extra.csv is not in datapackage.json: describe it or remove it."]


def _describe_column(package: Path, column: str, **said: Any) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    schema = next(item for item in descriptor["resources"] if item["path"] == CLAIMS)["schema"]
    next(field for field in schema["fields"] if field["name"] == column).update(said)
    _describe(package, CLAIMS, schema=schema)


@pytest.mark.parametrize(
    ("column", "said", "words"),
    [
        ("claims", {"alone": "yes"}, "column 'claims': alone is 'yes'; write true or, of numbers of a date, 'period'"),
        ("nationality", {"alone": "period"}, "column 'nationality': alone is 'period'; write true"),
        ("claims", {"whole": "all"}, "column 'claims': whole is of columns of texts"),
        ("claims", {"unit": "person"}, "table asylum_claims_year: 'person' is no unit: did you mean persons"),
    ],
)
def test_a_column_that_is_not_well_described(package: Path, column: str, said: dict[str, Any], words: str) -> None:
    """What may be added up, and in which unit, is said in words that the library knows."""
    _describe_column(package, column, **said)
    (problem,) = validate(package)
    assert words in problem


def test_a_column_that_is_well_described(package: Path) -> None:
    """Rates and stocks, and the value that holds the others."""
    _describe_column(package, "claims", alone="period", unit="million_persons")
    _describe_column(package, "nationality", alone=True, whole="all")
    assert validate(package) == []


BREAK = {"date": "2021-01-01", "es": "Otra cuenta.", "en": "Another count."}


WRONG_BREAKS: list[tuple[dict[str, Any], str]] = [
    ({"date": "2021"}, "date '2021' is not a day as YYYY-MM-DD"),
    ({"date": None}, "date None is not a day as YYYY-MM-DD"),
    ({"en": " "}, "en is missing; say in a sentence what changed"),
    ({"es": ""}, "es is missing; say in a sentence what changed"),
    ({"es": "Desde {year}."}, "es holds a brace; write plain words"),
    ({"columns": ["claims", "nothing"]}, "column 'nothing' is not in the table"),
    ({"where": {"class": "TN"}}, "column 'class' is not in the table"),
    ({"because": "x"}, "'because' is not a part of a break"),
]


def test_breaks_that_are_not_well_described(package: Path) -> None:
    """A break needs a day, a sentence in both languages and columns that exist; each fault is named with its place."""
    _describe(package, CLAIMS, breaks=[{**BREAK, **change} for change, _ in WRONG_BREAKS])
    problems = validate(package)
    assert len(problems) == len(WRONG_BREAKS)
    for number, (problem, (_, words)) in enumerate(zip(problems, WRONG_BREAKS, strict=True), 1):
        assert problem.startswith(f"datapackage.json, table asylum_claims_year, break {number}: {words}")


def test_a_break_that_is_well_described(package: Path) -> None:
    """Columns and categories of the table may limit it."""
    _describe(package, CLAIMS, breaks=[{**BREAK, "columns": ["claims"], "where": {"nationality": ["CUB", "HTI"]}}])
    assert validate(package) == []
