"""Notebooks as typed records, with what of theirs the project keeps, and their cell of parameters.

A build with nothing to do reads every notebook; nbformat would cost it more than a second.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import msgspec

from analysis.foundation.errors import NotebookError

Value = str | int | float | bool
"""The value of a parameter."""
_TYPES: Final[dict[str, type[Value]]] = {"str": str, "int": int, "float": float, "bool": bool}
_ONE_OF: Final = "one of:"
_FROM: Final = re.compile(r"\bfrom (\d{4}-\d{2}-\d{2})")
_Lines = str | list[str]
"""A text as files hold it: whole, or as a list of lines."""


@dataclass(frozen=True)
class Parameter:
    """One parameter as the notebook declares it: ``language: str = "es"  # one of: es, en``.

    A date may say from when on the report has enough data: ``as_of: str = "2026-06-30"  # from 2020-06-30``.
    """

    name: str
    type: type[Value]
    default: Value
    allowed: tuple[str, ...] = ()
    earliest: str = ""


class _OutputMetadata(msgspec.Struct, omit_defaults=True):
    """What the project keeps of metadata of an output: below the list of sources, digests of the cells run by then."""

    cells_run: tuple[str, ...] = ()


class Shown(msgspec.Struct, tag_field="output_type", tag="display_data"):
    """What a cell showed, by MIME type: text as a string or a list of lines, JSON as it is."""

    data: dict[str, object] = {}  # msgspec makes a new one for each
    metadata: _OutputMetadata = msgspec.field(default_factory=_OutputMetadata)

    def text(self, mime: str) -> str:
        """Return what was shown as a type of text; nothing where it was not."""
        return joined(self.data.get(mime, ""))


class Result(Shown, tag="execute_result"):
    """The value that a cell ended with."""

    execution_count: int | None = None


class Stream(msgspec.Struct, tag_field="output_type", tag="stream"):
    """What a cell printed."""

    name: str = "stdout"
    text: _Lines = ""


class Error(msgspec.Struct, tag_field="output_type", tag="error"):
    """What a cell raised."""

    ename: str
    evalue: str
    traceback: list[str] = []


Output = Shown | Result | Stream | Error


class _CellMetadata(msgspec.Struct, omit_defaults=True):
    tags: list[str] = []


class _Cell(msgspec.Struct, tag_field="cell_type", kw_only=True):
    """A cell: what its author wrote, and under which tags."""

    id: str | msgspec.UnsetType = msgspec.UNSET
    metadata: _CellMetadata = msgspec.field(default_factory=_CellMetadata)
    source: _Lines

    @property
    def text(self) -> str:
        """What the author wrote."""
        return joined(self.source)

    @property
    def tags(self) -> list[str]:
        """Its tags."""
        return self.metadata.tags

    @property
    def kind(self) -> str:
        """Its type: code, markdown or raw."""
        return str(type(self).__struct_config__.tag)


class CodeCell(_Cell, tag="code", kw_only=True):
    """A cell of code, with what it left when it ran."""

    execution_count: int | None = None
    outputs: list[Output] = []


class MarkdownCell(_Cell, tag="markdown", kw_only=True):
    """A cell of prose; what it has attached is kept and never shown."""

    attachments: dict[str, dict[str, object]] | msgspec.UnsetType = msgspec.UNSET


class RawCell(_Cell, tag="raw", kw_only=True):
    """A cell of what nothing reads."""


Cell = CodeCell | MarkdownCell | RawCell


class _Kernel(msgspec.Struct, omit_defaults=True):
    display_name: str = ""
    language: str = ""
    name: str = ""


class _Metadata(msgspec.Struct):
    kernelspec: _Kernel = msgspec.field(default_factory=_Kernel)
    language_info: dict[str, object] = {}


class Notebook(msgspec.Struct):
    """A notebook of format 4, with what of it the project keeps: nothing that differs from run to run."""

    cells: list[Cell]
    nbformat: Literal[4]
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)
    nbformat_minor: int = 5

    @property
    def numbered(self) -> Iterator[tuple[int, Cell]]:
        """Cells with their numbers, as an author counts: from one, papermill's own cell of parameters left out."""
        number = 0
        for cell in self.cells:
            number += "injected-parameters" not in cell.tags
            yield number, cell

    @property
    def code(self) -> Iterator[tuple[int, CodeCell]]:
        """Cells of code with their numbers."""
        return ((number, cell) for number, cell in self.numbered if isinstance(cell, CodeCell))


def as_notebook(content: object) -> Notebook:
    """Return the notebook that JSON, or a node of nbformat, holds.

    Raises:
        msgspec.ValidationError: if it is none of format 4.
    """
    return msgspec.convert(content, Notebook)


def read_notebook(path: Path) -> Notebook:
    """Return a notebook file.

    Raises:
        NotebookError: if the file is missing, is not JSON, or is not a notebook of format 4.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Notebook)
    except FileNotFoundError:
        raise NotebookError(f"{path.name} does not exist in {path.parent.name}/") from None
    except msgspec.ValidationError as error:
        raise NotebookError(
            f"{path.name} is not a notebook of format 4 ({error}): restore it, or save it again from JupyterLab"
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise NotebookError(f"{path.name} is not a notebook ({error}): restore it") from None


def joined(text: object) -> str:
    """Return a text of a notebook file, which may be a list of lines."""
    return text if isinstance(text, str) else "".join(map(str, text)) if isinstance(text, list) else ""


def fingerprint(notebook: Notebook) -> str:
    """Return a digest of what the author wrote: sources, kinds and tags of the cells, never the outputs."""
    written = [(cell.kind, cell.text, cell.tags) for cell in notebook.cells]
    return hashlib.sha256(json.dumps(written, ensure_ascii=False).encode()).hexdigest()


def declared_parameters(notebook: Notebook, name: str) -> dict[str, Parameter]:
    """Return the parameters that the cell tagged `parameters` declares, by name.

    Raises:
        NotebookError: if there is no such cell, or a line of it is not a typed assignment of a literal.
    """
    cells = [cell for _, cell in notebook.code if "parameters" in cell.tags]
    if not cells:
        raise NotebookError(
            f"{name} has no cell tagged 'parameters': tag its first code cell so (Property Inspector > Cell Tags)"
        )
    text = cells[0].text
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
