"""The names that a sentence may use: the variables of the cell that says it, found where Python would find them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import FrameType
from typing import Any, Final

from analysis.metrics.axes import MetricError

_STEP: Final = re.compile(r"\.(\w+)|\[([^\]]+)\]")
"""An attribute, or an index."""


class Names(Mapping[str, Any]):
    """The variables that a caller sees, locals before globals; what is given by name comes first.

    A string names variables that Python cannot see it use. A comprehension or a function inside another one therefore
    keeps only those that its own code names; the others are looked for in the functions around it while they run.
    Where these have ended, a name cannot be known, and is asked for.

    Args:
        frame: the frame of the caller.
        given: values given by name.
    """

    def __init__(self, frame: FrameType, given: Mapping[str, Any]) -> None:
        self._scopes: list[Mapping[str, Any]] = [given, frame.f_locals]
        self._whole = True
        code, outer = frame.f_code, frame.f_back
        while code.co_flags & inspect.CO_NESTED:
            while outer is not None and not any(const is code for const in outer.f_code.co_consts):
                outer = outer.f_back
            if outer is None:
                self._whole = False
                break
            self._scopes.append(outer.f_locals)
            code, outer = outer.f_code, outer.f_back
        if self._whole:
            self._scopes.append(frame.f_globals)

    def __getitem__(self, name: str) -> Any:
        for scope in self._scopes:
            if name in scope:
                return scope[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter({name: None for scope in self._scopes for name in scope})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def name_of(self, value: object) -> str:
        """Return the variable that holds a value; nothing where none does."""
        found = (name for name in self if not name.startswith("_") and self[name] is value)
        return next(found, "")


def caller_names(given: Mapping[str, Any]) -> Names:
    """Return the names of whoever called the function that calls this.

    Raises:
        MetricError: if there is no such caller.
    """
    frame = inspect.currentframe()
    caller = frame.f_back.f_back if frame and frame.f_back else None
    if caller is None:
        raise MetricError("say() is called from a notebook or a module: there is nobody here whose names it could use")
    return Names(caller, given)


def value_of(field: str, names: Names, sentence: str) -> tuple[Any, Any]:
    """Return what a field of a sentence names, ``{first}``, ``{received.before}`` or ``{leaders[0]}``, and its owner.

    Raises:
        MetricError: if there is no such variable or attribute; the message says what to do.
    """
    root, rest = _parsed(field)
    if root not in names:
        near = get_close_matches(root, [name for name in names if not name.startswith("_")])
        remedy = f"did you mean {' or '.join(near)}? If it is right, pass it" if near else "pass it"
        raise MetricError(f"'{_short(sentence)}' names '{root}', which is not seen from here: {remedy}, {root}={root}")
    owner, value = None, names[root]
    for attribute, index in rest:
        owner = value
        try:
            value = getattr(owner, attribute) if attribute else owner[int(index) if index.isdigit() else index]
        except (AttributeError, KeyError, IndexError, TypeError):
            raise MetricError(f"'{_short(sentence)}' names '{field}': {_lacks(owner, attribute or index)}") from None
    return value, owner


def _parsed(field: str) -> tuple[str, list[tuple[str, str]]]:
    """The variable that a field begins with, and the attributes and indexes that follow."""
    root = re.match(r"\w*", field)
    rest = _STEP.findall(field[root.end() :]) if root else []
    if (
        not root
        or not root[0]
        or "".join(f".{name}" if name else f"[{index}]" for name, index in rest) != field[root.end() :]
    ):
        raise MetricError(f"{{{field}}} names no variable: write {{received}}, {{received.before}} or {{leaders[0]}}")
    return root[0], rest


def _lacks(owner: object, key: str) -> str:
    has = [name for name in dir(owner) if not name.startswith("_") and not callable(getattr(type(owner), name, None))]
    near = get_close_matches(key, has)
    told = f"did you mean {' or '.join(near)}?" if near else f"it has {', '.join(has) or 'nothing to print'}"
    return f"a {type(owner).__name__} has no {key}: {told}"


def _short(sentence: str) -> str:
    return sentence if len(sentence) < 60 else f"{sentence[:57]}..."
