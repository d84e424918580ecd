"""Reading notebook files and their cell of parameters.

A build with nothing to do reads every notebook; nbformat would cost it more than a second.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import re
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from analysis.foundation.errors import NotebookError

Notebook = dict[str, Any]
"""A notebook as JSON: what `_Shape` asks for, and whatever else Jupyter keeps in it."""
_TYPES: Final[dict[str, type]] = {"str": str, "int": int, "float": float, "bool": bool}
_ONE_OF: Final = "one of:"
_FROM: Final = re.compile(r"\bfrom (\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Parameter:
    """One parameter as the notebook declares it: ``language: str = "es"  # one of: es, en``.

    A date may say from when on the report has enough data: ``as_of: str = "2026-06-30"  # from 2020-06-30``.
    """

    name: str
    type: type
    default: Any
    allowed: tuple[str, ...] = ()
    earliest: str = ""


class _Shown(msgspec.Struct, tag_field="output_type", tag="display_data"):
    """What a cell showed, by MIME type."""

    data: dict[str, Any] = {}  # msgspec makes a new one for each


class _Result(_Shown, tag="execute_result"):
    """The value that a cell ended with."""


class _Stream(msgspec.Struct, tag_field="output_type", tag="stream"):
    """What a cell printed."""


class _Error(msgspec.Struct, tag_field="output_type", tag="error"):
    """What a cell raised."""

    ename: str
    evalue: str


class _Metadata(msgspec.Struct):
    tags: list[str] = []


class _Cell(msgspec.Struct):
    cell_type: Literal["code", "markdown", "raw"]
    source: str | list[str]
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)
    outputs: list[_Shown | _Result | _Stream | _Error] = []


class _Shape(msgspec.Struct):
    """What a notebook must have, so that what reads it need not ask."""

    nbformat: Literal[4]
    cells: list[_Cell]


def read_notebook(path: Path) -> Notebook:
    """Return a notebook file as JSON.

    Raises:
        NotebookError: if the file is missing, is not JSON, or is not a notebook of format 4.
    """
    try:
        notebook: Notebook = msgspec.json.decode(path.read_bytes())
        msgspec.convert(notebook, _Shape)
    except FileNotFoundError:
        raise NotebookError(f"{path.name} does not exist in {path.parent.name}/") from None
    except msgspec.ValidationError as error:
        raise NotebookError(
            f"{path.name} is not a notebook of format 4 ({error}): restore it, or save it again from JupyterLab"
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise NotebookError(f"{path.name} is not a notebook ({error}): restore it") from None
    return notebook


def source(cell: Mapping[str, Any]) -> str:
    """Return the text of a cell (files may hold it as a list of lines)."""
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def tags(cell: Mapping[str, Any]) -> list[str]:
    """Return the tags of a cell."""
    return list(cell.get("metadata", {}).get("tags", []))


def fingerprint(notebook: Notebook) -> str:
    """Return a digest of what the author wrote: sources, kinds and tags of the cells, never the outputs."""
    written = [(c["cell_type"], source(c), tags(c)) for c in notebook["cells"]]
    return hashlib.sha256(json.dumps(written, ensure_ascii=False).encode()).hexdigest()


def declared_parameters(notebook: Notebook, name: str) -> dict[str, Parameter]:
    """Return the parameters that the cell tagged `parameters` declares, by name.

    Raises:
        NotebookError: if there is no such cell, or a line of it is not a typed assignment of a literal.
    """
    cells = [c for c in notebook["cells"] if c["cell_type"] == "code" and "parameters" in tags(c)]
    if not cells:
        raise NotebookError(
            f"{name} has no cell tagged 'parameters': tag its first code cell so (Property Inspector > Cell Tags)"
        )
    text = source(cells[0])
    statements = _statements(text, name)
    comments = _comments(text)
    return {p.name: p for p in (_declaration(node, comments, name) for node in statements)}


def _statements(text: str, name: str) -> list[ast.stmt]:
    try:
        return ast.parse(text).body
    except SyntaxError as error:
        raise NotebookError(f"{name}, cell of parameters, line {error.lineno}: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise NotebookError(f"{name}, cell of parameters cannot be read ({error}): restore it") from None


def _declaration(node: ast.stmt, comments: dict[int, str], name: str) -> Parameter:
    shape = 'write it as language: str = "es"  # one of: es, en'
    if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None):
        raise NotebookError(f"{name}, cell of parameters, line {node.lineno} is not a typed assignment: {shape}")
    kind = _TYPES.get(ast.unparse(node.annotation))
    if kind is None:
        raise NotebookError(
            f"{name}, parameter '{node.target.id}' has type {ast.unparse(node.annotation)}: use {', '.join(_TYPES)}"
        )
    try:
        default = ast.literal_eval(node.value)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        raise NotebookError(f"{name}, parameter '{node.target.id}' is not a plain value: {shape}") from None
    comment = comments.get(node.lineno, "")
    _, found, listed = comment.partition(_ONE_OF)
    allowed = tuple(item.strip() for item in listed.split(",")) if found else ()
    since = _FROM.search(comment)
    return Parameter(node.target.id, kind, default, allowed, since[1] if since else "")


def _comments(text: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}
