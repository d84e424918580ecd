"""Reading what an author typed in a Markdown cell: once, for every format alike.

The reader is CommonMark with pipe tables and footnotes; `$` is money. What cannot be shown is refused with its line:
raw HTML, pictures, links to anything but addresses of the web and of mail. An HTML comment is the author's own note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Final, cast

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from analysis.foundation.errors import DocumentError
from analysis.report.prose import (
    Align,
    Block,
    Break,
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Link,
    Note,
    NoteMark,
    Notes,
    OrderedList,
    Paragraph,
    Quote,
    Run,
    Section,
    Strong,
    Table,
    Words,
    pieces_of,
    plain,
)

_SECTION_LEVELS: Final = ("h1", "h2")
_DEEPEST: Final = 20
"""Levels of the reader: an item of a list is two, a quotation or a mark is one."""
_DROPPING: Final = 2 * _DEEPEST
"""Beyond as many levels the reader drops text: never reached, because what is deeper than `_DEEPEST` is refused."""
_LONGEST: Final = 1000
_QUOTED: Final = 40
_COMMENT: Final = re.compile(r"<!---?>|<!--.*?-->", re.DOTALL)
_SAFE: Final = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_PIPE: Final = re.compile(r"(?<!\\)\|")


# -- reading ----------------------------------------------------------------------------------------------------------


def read_prose(source: str, *, first_note: int = 1) -> list[Block]:
    """Read one Markdown cell.

    Args:
        source: what the author typed.
        first_note: the number of the first footnote.

    Returns:
        The blocks in reading order, footnotes last. Headings of the first two levels are sections, deeper ones are
        headings below them; inside lists, quotations and footnotes a heading is a paragraph in bold. Comments, rules,
        headings without words and empty items of bullet lists leave nothing.

    Raises:
        DocumentError: if something cannot be shown; the message begins with its line.
    """
    return _Reader(source, first_note).read()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DROPPING}).enable("table")
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    # Every link is read as one, so that a forbidden one can be named.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


class _Reader:
    """Reads one cell; `line` is where it stands."""

    def __init__(self, source: str, first_note: int) -> None:
        self.source = re.sub(r"\r\n?", "\n", source)
        self.line = 1
        self.first_note = first_note
        self.inside = 0  # lists, quotations and footnotes around what is read
        self.texts: dict[str, SyntaxTreeNode] = {}
        self.marks: dict[str, int] = {}  # how often each footnote was referred to, in the order of their numbers

    def read(self) -> list[Block]:
        tree = self._tree()
        self._find_notes(tree)
        blocks = [*self._blocks(tree.children), *self._notes()]
        for block in blocks:
            if re.search(rf"\S{{{_LONGEST + 1}}}", plain([block])):
                self.line = block.line
                raise self._refusal("a word of more than 1,000 letters fits on no page: shorten or divide it")
        return blocks

    def _tree(self) -> SyntaxTreeNode:
        tokens = _parser().parse(self.source)
        for token in tokens:
            self.line = token.map[0] + 1 if token.map else self.line
            if max(each.level for each in (token, *(token.children or ()))) > _DEEPEST:
                raise self._refusal("lists, quotations or marks stand too deep in one another: write it flatter")
        self.line = 1
        return SyntaxTreeNode(tokens)

    def _refusal(self, sentence: str) -> DocumentError:
        return DocumentError(f"line {self.line}: {sentence}")

    # -- blocks

    def _blocks(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[Block, ...]:
        readers: dict[str, Callable[[SyntaxTreeNode], Block | None]] = {
            "heading": self._heading,
            "paragraph": self._paragraph,
            "bullet_list": self._bullets,
            "ordered_list": self._ordered,
            "blockquote": self._quote,
            "fence": self._code,
            "code_block": self._indented_code,
            "table": self._table,
            "html_block": lambda node: self._html(node.content),
            "hr": lambda node: None,  # a line across the page is the mark of a section
            "footnote_reference": lambda node: None,  # read where the footnotes stand
        }
        read = []
        for node in nodes:
            self._go_to(node)
            read.append(readers[node.type](node))
        return tuple(block for block in read if block)

    def _go_to(self, node: SyntaxTreeNode) -> None:
        if node.map:
            self.line = node.map[0] + 1

    def _within(self, node: SyntaxTreeNode) -> tuple[Block, ...]:
        self.inside += 1
        blocks = self._blocks(node.children)
        self.inside -= 1
        return blocks

    def _heading(self, node: SyntaxTreeNode) -> Block | None:
        line, runs = self.line, self._line_of(node)
        if any(isinstance(piece, NoteMark) for piece in pieces_of(runs)):
            raise self._refusal("a heading holds the mark of a footnote: put the mark into the text below")
        if not plain(runs).strip():
            return None  # a heading without words cannot be announced
        if self.inside:
            return Paragraph(line, (Strong(runs),))
        return (Section if node.tag in _SECTION_LEVELS else Heading)(line, plain(runs))

    def _paragraph(self, node: SyntaxTreeNode) -> Block | None:
        line, runs = self.line, self._line_of(node)
        return Paragraph(line, runs) if runs else None

    def _bullets(self, node: SyntaxTreeNode) -> Block | None:
        line, items = self.line, tuple(filter(None, self._items(node)))
        return BulletList(line, items) if items else None

    def _ordered(self, node: SyntaxTreeNode) -> Block | None:
        line, items = self.line, self._items(node)
        return OrderedList(line, int(node.attrs.get("start", 1)), items) if any(items) else None

    def _items(self, node: SyntaxTreeNode) -> tuple[tuple[Block, ...], ...]:
        return tuple(self._within(child) for child in node.children)

    def _quote(self, node: SyntaxTreeNode) -> Block | None:
        line, blocks = self.line, self._within(node)
        return Quote(line, blocks) if blocks else None

    def _code(self, node: SyntaxTreeNode) -> Block | None:
        text = node.content.rstrip()
        return CodeBlock(self.line, text) if text else None

    def _indented_code(self, node: SyntaxTreeNode) -> Block | None:
        self._refuse_open_comment(node.content)  # indented, a comment would be printed as code
        return self._code(node)

    def _table(self, node: SyntaxTreeNode) -> Block:
        line = self.line
        head, *rows = [row for part in node.children for row in part.children]
        return Table(
            line,
            tuple(_side(cell) for cell in head.children),
            tuple(self._line_of(cell) for cell in head.children),
            tuple(self._row(row, len(head.children)) for row in rows),
        )

    def _row(self, node: SyntaxTreeNode, columns: int) -> tuple[tuple[Run, ...], ...]:
        self._go_to(node)
        typed = self.source.split("\n")[self.line - 1].lstrip(" \t>").strip()
        if len(_PIPE.findall(typed.removeprefix("|"))) + (not re.search(r"(?<!\\)\|$", typed)) > columns:
            raise self._refusal(f"the row has more cells than the {columns} of its head: give each column a head")
        return tuple(self._line_of(cell) for cell in node.children)

    # -- footnotes

    def _find_notes(self, tree: SyntaxTreeNode) -> None:
        for node in tree.walk():
            if node.type == "footnote_reference":
                self._go_to(node)
                label = str(node.meta["label"])
                if label in self.texts:
                    raise self._refusal(
                        f"the footnote [^{_short(label)}] has a text already: give this one another name"
                    )
                self.texts[label] = node

    def _mark(self, node: SyntaxTreeNode) -> NoteMark:
        label = str(node.meta["label"])
        if label not in self.texts:
            raise self._refusal(
                f"the footnote [^{_short(label)}] has no text: write it below, as [^{_short(label)}]: …"
            )
        self.marks[label] = self.marks.get(label, 0) + 1
        return NoteMark(self.first_note + list(self.marks).index(label), self.marks[label])

    def _notes(self) -> Iterator[Block]:
        read: dict[str, tuple[Block, ...]] = {}
        while unread := [label for label in self.marks if label not in read]:  # a note may refer to another one
            read[unread[0]] = self._within(self.texts[unread[0]])
        for label, node in self.texts.items():
            if not read.get(label):
                self._go_to(node)
                what = "says nothing" if label in read else "is not referred to"
                raise self._refusal(f"the footnote [^{_short(label)}] {what}: complete it or leave it out")
        if read:
            line = min(blocks[0].line for blocks in read.values())
            yield Notes(line, self.first_note, tuple(Note(self.marks[label], read[label]) for label in read))

    # -- what stands in a line

    def _line_of(self, node: SyntaxTreeNode) -> tuple[Run, ...]:
        """Read the text of a heading, a paragraph or a cell."""
        runs: list[Run] = []
        for inline in node.children:
            self._go_to(inline)
            runs += self._runs(inline)
        return _trimmed(runs)

    def _runs(self, node: SyntaxTreeNode) -> tuple[Run, ...]:
        readers: dict[str, Callable[[SyntaxTreeNode], Run | None]] = {
            "text": self._words,
            "code_inline": lambda node: Code(node.content),
            "strong": lambda node: Strong(runs) if (runs := self._runs(node)) else None,
            "em": lambda node: Emphasis(runs) if (runs := self._runs(node)) else None,
            "link": self._link,
            "softbreak": lambda node: self._next_line(Words(" ")),
            "hardbreak": lambda node: self._next_line(Break()),
            "footnote_ref": self._mark,
            "html_inline": lambda node: self._html(node.content),
            "image": self._picture,
        }
        return _joined(run for child in node.children if (run := readers[child.type](child)))

    def _next_line(self, run: Run) -> Run:
        self.line += 1
        return run

    def _words(self, node: SyntaxTreeNode) -> Words | None:
        self._refuse_open_comment(node.content)
        return Words(node.content) if node.content else None

    def _refuse_open_comment(self, text: str) -> None:
        if "<!--" in text:
            raise self._refusal("a comment is indented, or does not end in its paragraph: put it on lines of its own")

    def _link(self, node: SyntaxTreeNode) -> Run:
        line, target, runs = self.line, str(node.attrs["href"]), self._runs(node)
        end, self.line = self.line, line
        if not _SAFE.fullmatch(target):
            raise self._refusal(f"'{_short(target)}' is no address: write it whole, with https://, or leave it out")
        if len(target) > _LONGEST:
            raise self._refusal("an address has more than 1,000 letters: link to a shorter one")
        if not plain(runs).strip():
            raise self._refusal(f"the link to '{_short(target)}' has no words: write them between the brackets")
        self.line = end
        return Link(target, runs)

    def _picture(self, node: SyntaxTreeNode) -> None:
        raise self._refusal("prose shows no pictures: leave it out, or show a chart from a code cell")

    def _html(self, content: str) -> None:
        """Pass over a comment and refuse any other HTML."""
        left = _COMMENT.sub("", content).strip()
        if left.startswith("<!--"):
            raise self._refusal("the comment that begins here has no end: close it with -->")
        if left.startswith("<"):
            raise self._refusal(f"'{_short(left)}' is raw HTML: write it in Markdown, or as `code` to show it as it is")
        if left:
            raise self._refusal("a comment and text stand on one line: put the comment on lines of its own")
        self.line += content.rstrip("\n").count("\n")


def _side(cell: SyntaxTreeNode) -> Align:
    return cast(Align, str(cell.attrs.get("style", "text-align:left")).removeprefix("text-align:"))


def _short(text: str) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbouring words, each space single."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if isinstance(run, Words) and isinstance(last, Words):
            joined[-1] = Words(last.text + run.text)
        else:
            joined.append(run)
    return tuple(Words(re.sub(r"[ \t\n]+", " ", run.text)) if isinstance(run, Words) else run for run in joined)


def _trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Take away the spaces and breaks around a line, which comments leave behind."""
    left = list(runs)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while left and isinstance(outermost := left[end], Break | Words):
            if isinstance(outermost, Words) and (kept := strip(outermost.text, " ")):
                left[end] = Words(kept)
                break
            del left[end]
    return tuple(left)
