"""Reading notebook files and their cell of parameters, with the standard library alone.

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
from typing import Any, Final

from analysis.foundation.errors import NotebookError

Notebook = dict[str, Any]
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


def read_notebook(path: Path) -> Notebook:
    """Return a notebook file as JSON.

    Raises:
        NotebookError: if the file is missing, is not JSON, or is not a notebook of format 4.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotebookError(f"{path.name} does not exist in {path.parent.name}/") from None
    except (OSError, ValueError, RecursionError) as error:
        raise NotebookError(f"{path.name} is not a notebook ({error}): restore it") from None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or not isinstance(notebook.get("cells"), list):
        raise NotebookError(f"{path.name} is not a notebook of format 4: save it again from JupyterLab")
    for number, cell in enumerate(notebook["cells"], 1):
        wrong = _wrong_part(cell)
        if wrong:
            raise NotebookError(
                f"cell {number} of {path.name} has no {wrong} that can be read: restore it, or save it again from "
                "JupyterLab"
            )
    return notebook


def _wrong_part(cell: Any) -> str | None:
    """Name what is missing in a cell or not of its kind."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return "type"
    if not _is_text(cell.get("source")):
        return "source"
    metadata = cell.get("metadata", {})
    if not isinstance(metadata, dict) or not _is_lines(metadata.get("tags", [])):
        return "metadata"
    outputs = cell.get("outputs", [])
    if not isinstance(outputs, list) or not all(_is_output(output) for output in outputs):
        return "output"
    return None


def _is_output(output: Any) -> bool:
    if not isinstance(output, dict) or not isinstance(output.get("output_type"), str):
        return False
    if output["output_type"] == "error":
        return isinstance(output.get("ename"), str) and isinstance(output.get("evalue"), str)
    return isinstance(output.get("data", {}), dict)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or _is_lines(value)


def _is_lines(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


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
