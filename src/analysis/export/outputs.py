"""What the outputs of a notebook tell of its cells: which no longer stand as they ran, and what no briefing shows.

An export is one run of a notebook, from its first cell to its list of sources. A cell that was edited and run by itself
is not enough, though its own output is new: cells below it, and the list of sources, may tell what was. How far that
reaches cannot be seen from outside the kernel, and to run all cells takes seconds.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import msgspec

from analysis.export.notebooks import CodeCell, Notebook, Shown, Stream, joined
from analysis.report.bundle import BESIDE, MIME
from analysis.report.cells import source_digest
from analysis.report.elements import Unshown

_RUN: Final = "run the whole notebook (Run > Run All Cells), then export"
_MERGE_MARK: Final = re.compile(r'^(?:<span style="color:red">\*\*)?(?:<{7}|>{7})(?: |$)', re.MULTILINE)
"""As git writes it, and nbdime above a whole cell; seven equals signs alone may underline a heading."""
_WHERE_WARNED: Final = re.compile(r"^\S+:\d+: ")
"""File and line before a warning: the file of a cell has a name of its own in every run."""
_LONGEST: Final = 60
_UNPARSABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)


class _Signature(msgspec.Struct):
    """What an element says of the run that showed it."""

    origin: str = ""
    unshown: tuple[Unshown, ...] = ()


@dataclass(frozen=True)
class _Ran:
    """A code cell that was run.

    Attributes:
        number: its number.
        digest: digest of its source now.
        turn: when it ran.
        signatures: what the elements that it shows say of that.
        history: digests of all cells run until then, where it shows the list of sources.
    """

    number: int
    digest: str
    turn: int
    signatures: tuple[_Signature, ...]
    history: tuple[str, ...]

    @property
    def origins(self) -> set[str]:
        """Digests of its source when it ran, where it shows an element; none where that cannot be known."""
        return {signature.origin for signature in self.signatures} - {""}


def broken_cells(notebook: Notebook) -> list[str]:
    """Return why cells cannot run at all: they hold the marks of a merge, or code that does not parse.

    Code that is known to have run as it stands is not parsed again. Magics are put to IPython, which is loaded for that
    alone: where it is not needed, it would take longer than all the rest.

    Returns:
        One sentence for all cells with marks, and one for each whose code does not parse.
    """
    marked = [number for number, cell in notebook.numbered if _MERGE_MARK.search(cell.text)]
    ran = {digest for cell in _ran(notebook) for digest in (*cell.origins, *cell.history)}
    told = _of(marked, "holds", "hold", f"marks of a merge: settle it, {_RUN}")
    for number, cell in notebook.code:
        if number not in marked and source_digest(cell.text) not in ran and (fault := _fault(cell.text)):
            told.append(f"the code of cell {number} cannot be read ({fault}): mend it, {_RUN}")
    return told


def stale_cells(notebook: Notebook) -> list[str]:
    """Return why what a notebook shows is not one run of its cells as they stand.

    Elements carry the digest of their cell when it ran; the list of sources those of all cells run until then, so that
    cells that show nothing are compared too. Runs before the last one of all cells do not count. Passed over is what
    cannot be known: cells below the list of sources that show nothing, and all cells where no history was kept.

    Returns:
        A sentence that names the cells changed and not run, one for those that were run without the others; or else one
        that names where cells did not run in their turn. None for a run from top to bottom.
    """
    ran = _ran(notebook)
    together, history = _until_the_sources(ran)
    unknown = {cell.number for cell in together if cell.digest not in history}
    changed = {c.number for c in ran if (c.digest not in c.origins if c.origins else c.number in unknown)}
    told = [
        *_of(changed, "was", "were", f"changed since the notebook ran: {_RUN}"),
        *_of(unknown - changed, "was", "were", f"changed and run without what follows: {_RUN}"),
    ]
    if told or not history:
        return told
    early = _before_its_turn(ran) or _not_after_the_one_above(together, history)
    return _of(early, "did", "did", f"not run right after what stands above: {_RUN}")


def unshown_outputs(notebook: Notebook) -> list[str]:
    """Return what cells make or print that no briefing shows, a sentence each, cell by cell.

    These are elements that were made and not shown (of cells that are still there), what is printed, warnings, and
    values that are no elements, such as data frames, figures and bare strings.
    """
    found = [(number, told) for number, cell in notebook.code for told in _not_elements(cell, number)]
    found += _made_and_not_shown(notebook)
    return [told for _, told in sorted(dict.fromkeys(found), key=lambda each: each[0])]


def _made_and_not_shown(notebook: Notebook) -> Iterator[tuple[int, str]]:
    numbers = {source_digest(cell.text): number for number, cell in reversed([*notebook.code])}
    for made in (made for ran in _ran(notebook) for signature in ran.signatures for made in signature.unshown):
        if number := numbers.get(made.origin):
            instead = "let it be the last line of the cell, without a semicolon, or give it to display()"
            yield number, f"cell {number} makes an element that is not shown ({_excerpt(made.text)}): {instead}"


def _ran(notebook: Notebook) -> list[_Ran]:
    """The code cells that were run; those without code leave no trace."""
    return [
        _Ran(number, source_digest(cell.text), cell.execution_count, tuple(_signatures(cell)), _history(cell))
        for number, cell in notebook.code
        if cell.text.strip() and cell.execution_count is not None
    ]


def _signatures(cell: CodeCell) -> Iterator[_Signature]:
    for output in cell.outputs:
        if isinstance(output, Shown) and MIME in output.data:
            with suppress(msgspec.ValidationError):  # what is wrong with an element is told where it is read
                yield msgspec.convert(output.data[MIME], _Signature)


def _history(cell: CodeCell) -> tuple[str, ...]:
    return next((o.metadata.cells_run for o in cell.outputs if isinstance(o, Shown) and o.metadata.cells_run), ())


def _until_the_sources(ran: Sequence[_Ran]) -> tuple[Sequence[_Ran], tuple[str, ...]]:
    """The cells down to the list of sources, and the digests of what had run by then."""
    listing = [i for i, cell in enumerate(ran) if cell.history]
    return (ran[: listing[-1] + 1], ran[listing[-1]].history) if listing else ((), ())


def _before_its_turn(ran: Sequence[_Ran]) -> list[int]:
    """The cells that ran after one that stands below them."""
    return [cell.number for i, cell in enumerate(ran) if any(below.turn < cell.turn for below in ran[i + 1 :])]


def _not_after_the_one_above(ran: Sequence[_Ran], history: Sequence[str]) -> list[int]:
    """The last cell before which something else ran: one that was removed, or that ran once more."""
    below = ran[-1]
    for cell, digest in zip(reversed(ran), reversed(history), strict=False):
        if cell.digest != digest:
            return [below.number]
        below = cell
    return [below.number] if len(ran) > len(history) else []


def _fault(code: str) -> str:
    """Why code does not parse; empty where it does."""
    if not _parse_error(code):
        return ""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        python = TransformerManager().transform_cell(code)  # type: ignore[no-untyped-call]
    except _UNPARSABLE:
        python = code
    return _parse_error(python)


def _parse_error(code: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is odd and runs, the cell says itself
        try:
            ast.parse(code)
        except SyntaxError as error:
            return f"line {error.lineno}: {error.msg}" if error.lineno else error.msg
        except _UNPARSABLE as error:
            return str(error) or type(error).__name__
    return ""


def _not_elements(cell: CodeCell, number: int) -> Iterator[str]:
    """Yield a sentence for each output that no exporter shows."""
    for output in cell.outputs:
        if isinstance(output, Stream):
            yield _of_stream(output, number)
        elif isinstance(output, Shown) and not {MIME, BESIDE} & output.data.keys():
            kind, instead = _kind(output)
            yield f"cell {number} shows {kind}, which no briefing shows: {instead}, or take it out"


def _of_stream(output: Stream, number: int) -> str:
    text = joined(output.text)
    if output.name == "stderr":
        return f"cell {number} warns ({_excerpt(_WHERE_WARNED.sub('', text))}): mend what it warns of"
    return f"cell {number} prints ({_excerpt(text)}), which no briefing shows: say it in an element, or take it out"


def _kind(output: Shown) -> tuple[str, str]:
    """What an output is, and what to use instead."""
    if 'class="dataframe"' in output.text("text/html"):
        return "a data frame", "show its values with b.grid(column(…), title=…)"
    if any(mime.startswith("image/") for mime in output.data):
        return "a figure", "draw it with b.plot(lambda ax: …)"
    return f"a value ({_excerpt(output.text('text/plain'))})", "say it in an element"


def _excerpt(text: str) -> str:
    """How a text begins, in one line that a terminal takes for no more than text."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split()).rstrip(":")
    return f"{plain[:_LONGEST]}…" if len(plain) > _LONGEST else plain


def _of(numbers: Collection[int], one: str, many: str, what: str) -> list[str]:
    """Say something of cells, with the verb that fits their number; nothing of none."""
    if not numbers:
        return []
    *others, last = map(str, sorted(set(numbers)))
    return [f"cells {', '.join(others)} and {last} {many} {what}" if others else f"cell {last} {one} {what}"]
