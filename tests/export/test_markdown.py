"""Prose typed in Markdown, as typed blocks: what is read, and what is refused with its line."""

from __future__ import annotations

import contextlib
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.export.markdown import read_prose
from analysis.foundation.errors import DocumentError
from analysis.report.prose import (
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
    in_italics,
    plain,
)
from tests.promises import times

MARKS = "ab \n\n\t#*_`~-+[]()!<>/|:^&;\"'=\\$1.{}"


def read_line(source: str) -> tuple[Run, ...]:
    """The runs of a source that is one paragraph."""
    (paragraph,) = read_prose(source)
    assert isinstance(paragraph, Paragraph)
    return paragraph.runs


def words(line: int, text: str) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph(line, (Words(text),))


def refusal(source: str) -> str:
    """Why a source is refused."""
    with pytest.raises(DocumentError) as caught:
        read_prose(source)
    return str(caught.value)


# -- what is read -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("a *b* c", (Words("a "), Emphasis((Words("b"),)), Words(" c"))),
        ("**a _b_**", (Strong((Words("a "), Emphasis((Words("b"),)))),)),
        ("`a_b  *c*`", (Code("a_b  *c*"),)),
        ("a  \nb", (Words("a"), Break(), Words("b"))),
        ("a\\\nb", (Words("a"), Break(), Words("b"))),
        ("a\nb", (Words("a b"),)),
        ("a   b\t c", (Words("a b c"),)),
        ("Entre $5 y $10", (Words("Entre $5 y $10"),)),
        ("$$x_1$$", (Words("$$x_1$$"),)),
        (r"\*a\* &amp; &lt;b&gt; &#241;", (Words("*a* & <b> ñ"),)),
        ("maíz 'y' \"frijol\" -- ...", (Words("maíz 'y' \"frijol\" -- ..."),)),
        ("[a *b*](https://example.org)", (Link("https://example.org", (Words("a "), Emphasis((Words("b"),)))),)),
        ("<https://example.org/a>", (Link("https://example.org/a", (Words("https://example.org/a"),)),)),
        ("<a@example.org>", (Link("mailto:a@example.org", (Words("a@example.org"),)),)),
        ("[a](HTTP://example.org 'title')", (Link("HTTP://example.org", (Words("a"),)),)),
        ("[a]", (Words("[a]"),)),
        ("[ ] a", (Words("[ ] a"),)),
    ],
)
def test_a_line_is_read_as_runs(source: str, runs: tuple[Run, ...]) -> None:
    """Marks, links, entities and breaks are what CommonMark says; spaces are single and `$` is money."""
    assert read_line(source) == runs


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("", []),
        (" \n\n", []),
        ("a\n\nb", [words(1, "a"), words(3, "b")]),
        ("a\r\n\r\nb", [words(1, "a"), words(3, "b")]),
        ("> a\n>\n> > b", [Quote(1, (words(1, "a"), Quote(3, (words(3, "b"),))))]),
        ("```{=typst}\n## a\n\n    *b*\n```", [CodeBlock(1, "## a\n\n    *b*")]),
        ("    a < b", [CodeBlock(1, "a < b")]),
        ("```\nnever closed", [CodeBlock(1, "never closed")]),
        ("```\n\n```", []),
        ("a\n\n---\n\nb", [words(1, "a"), words(5, "b")]),
    ],
)
def test_blocks_are_read_in_order_with_their_lines(source: str, blocks: list[Block]) -> None:
    """Paragraphs, quotations and code stand as they were typed; a line across the page leaves nothing."""
    assert read_prose(source) == blocks


def test_lists_may_stand_in_one_another() -> None:
    """Items hold blocks, other lists among them; a numbered list begins where its author says."""
    inner = OrderedList(2, 1, ((words(2, "b"),),))
    assert read_prose("- a\n  1. b\n- c\n\n  d") == [
        BulletList(1, ((words(1, "a"), inner), (words(3, "c"), words(5, "d"))))
    ]
    assert read_prose("7) a\n8) b") == [OrderedList(1, 7, ((words(1, "a"),), (words(2, "b"),)))]


def test_an_empty_item_leaves_nothing_but_its_number() -> None:
    """A bullet without words is not printed; in a numbered list the items after it keep their numbers."""
    assert read_prose("- a\n-\n- b") == [BulletList(1, ((words(1, "a"),), (words(3, "b"),)))]
    assert read_prose("1. a\n2.\n3. b") == [OrderedList(1, 1, ((words(1, "a"),), (), (words(3, "b"),)))]
    assert read_prose("-\n- <!-- later -->") == []


def test_pipe_tables_keep_their_sides() -> None:
    """Cells hold runs; a column without a colon stands left; a cell that is missing is empty."""
    source = "| a | *b* | c |\n|---|--:|:-:|\n| 1 \\| 2 | `x` |\n"
    assert read_prose(source) == [
        Table(
            1,
            ("left", "right", "center"),
            ((Words("a"),), (Emphasis((Words("b"),)),), (Words("c"),)),
            (((Words("1 | 2"),), (Code("x"),), ()),),
        )
    ]


@pytest.mark.parametrize("row", ["| 1 | 2 |", "1 | 2", "| 1 | 2", "1 | 2 |", r"| 1 | 2 \| 3 |", "| 1 |", "|"])
@pytest.mark.parametrize("before", ["", "> ", "  "])
def test_a_row_may_have_as_many_cells_as_its_head(row: str, before: str) -> None:
    """However its ends are drawn, also in a quotation."""
    assert read_prose(f"{before}| a | b |\n{before}|---|---|\n{before}{row}")


# -- headings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["# A", "## A", "## A ##", "A\n===", "A\n---", "#  A  "])
def test_the_first_two_levels_open_sections(source: str) -> None:
    """Also underlined ones."""
    assert read_prose(source) == [Section(1, "A")]


@pytest.mark.parametrize("level", [3, 4, 5, 6])
def test_deeper_levels_are_one(level: int) -> None:
    """What is below a section is a heading, so that no level is left out."""
    assert read_prose(f"{'#' * level} A") == [Heading(1, "A")]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("**Uno** y *dos*", "Uno y dos"),
        ("Q&amp;A &lt;b&gt;", "Q&A <b>"),
        ("El `code` de [Inegi](https://www.inegi.org.mx)", "El code de Inegi"),
        ("Uno <!-- nota --> dos", "Uno dos"),
        (r"C\# y \*", "C# y *"),
        ("a_b_c", "a_b_c"),
    ],
)
@pytest.mark.parametrize("sign", ["##", "####"])
def test_marks_in_a_heading_leave_their_text(typed: str, text: str, sign: str) -> None:
    """No sign of Markdown and no entity is printed."""
    (heading,) = read_prose(f"{sign} {typed}")
    assert isinstance(heading, Section | Heading)
    assert heading.text == text


@pytest.mark.parametrize("source", ["#", "## ", "### <!-- a -->", "# &nbsp;"])
def test_a_heading_without_words_leaves_nothing(source: str) -> None:
    """It could not be announced."""
    assert read_prose(source) == []


@pytest.mark.parametrize(
    "fence", ["```\n## x\n```", "~~~\n# x\n~~~", "    ## x", "a\n\n    # x", "`## x`", "\\## x", "#x"]
)
def test_signs_of_headings_elsewhere_open_nothing(fence: str) -> None:
    """Inside code, escaped or without a space they are text."""
    assert not [block for block in read_prose(fence) if isinstance(block, Section | Heading)]
    assert "x" in plain(read_prose(fence))


@pytest.mark.parametrize("source", ["- ## A", "> # A", "1. A\n   ===", "a[^1]\n\n[^1]: ### A"])
def test_a_heading_inside_something_opens_nothing(source: str) -> None:
    """In a list, a quotation and a footnote it is a paragraph in bold."""
    blocks = read_prose(source)
    assert not [block for block in blocks if isinstance(block, Section | Heading)]
    assert b'{"kind":"strong","runs":[{"kind":"text","text":"A"}]}' in msgspec.json.encode(blocks)


def test_links_by_reference_work_across_headings() -> None:
    """A cell is read once: what is defined at its end holds at its beginning."""
    blocks = read_prose("[a][x]\n\n## B\n\nc\n\n[x]: https://example.org\n")
    assert blocks == [
        Paragraph(1, (Link("https://example.org", (Words("a"),)),)),
        Section(3, "B"),
        words(5, "c"),
    ]


# -- footnotes --------------------------------------------------------------------------------------------------------


def test_footnotes_are_numbered_as_they_are_met() -> None:
    """Not as they are named or written down; each mark of a note is told from the others; they stand last."""
    source = "a[^z] b[^1] c[^z]\n\n[^1]: uno\n[^z]: *dos*\n\n    más\n\n## Después"
    assert read_prose(source) == [
        Paragraph(1, (Words("a"), NoteMark(1, 1), Words(" b"), NoteMark(2, 1), Words(" c"), NoteMark(1, 2))),
        Section(8, "Después"),
        Notes(
            3,
            1,
            (
                Note(2, (Paragraph(4, (Emphasis((Words("dos"),)),)), words(6, "más"))),
                Note(1, (words(3, "uno"),)),
            ),
        ),
    ]


def test_a_footnote_may_refer_to_another() -> None:
    """Those met in footnotes follow, and one may refer to itself."""
    *_, notes = read_prose("a[^a]\n\n[^b]: y[^b]\n[^a]: x[^b]", first_note=5)
    assert isinstance(notes, Notes)
    assert notes.start == 5
    assert [(note.marks, plain(note.blocks)) for note in notes.items] == [(1, "x"), (2, "y")]
    assert notes.items[1].blocks == (Paragraph(3, (Words("y"), NoteMark(6, 2))),)


@pytest.mark.parametrize("source", ["> a[^1]\n>\n> [^1]: b", "- a[^1]\n\n[^1]: b", "| a[^1] |\n|---|\n\n[^1]: b"])
def test_a_footnote_may_be_marked_or_written_anywhere(source: str) -> None:
    """In quotations, lists and cells."""
    *_, notes = read_prose(source)
    assert plain([notes]) == "b"


# -- comments ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<!-- SECRET -->", ""),
        ("a\n\n<!--\nSECRET\n\n## SECRET\n-->\n\nb", "a\nb"),
        ("a <!-- SECRET --> b", "a b"),
        ("a<!-- SECRET\nSECRET -->b", "ab"),
        ("<!-- SECRET -->\n<!-- SECRET -->\n\na", "a"),
        ("- a\n  <!-- SECRET -->\n- <!-- SECRET -->", "a"),
        ("> <!-- SECRET -->", ""),
        ("| a <!-- SECRET --> |\n|---|\n| <!-- SECRET --> |", "a"),
        ("## A <!-- SECRET -->", "A"),
        ("[a <!-- SECRET -->](https://example.org)", "a "),
        ("**b <!-- SECRET --> c** a", "b c a"),
        ("a\n<!-- SECRET -->\nb", "a\nb"),
        ("<!-->a\n\nb", None),
        ("<!---->", ""),
    ],
)
def test_a_comment_is_never_printed(source: str, text: str | None) -> None:
    """Wherever it stands, it is the author's own note, and nothing around it is lost."""
    if text is None:
        assert refusal(source).startswith("line 1: a comment and text stand on one line")
    else:
        assert plain(read_prose(source)) == text


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a\n\n<!-- SECRET", 3),
        ("a <!-- SECRET", 1),
        ("a\nb <!-- SECRET\n\nSECRET --> b", 2),
        ("    <!-- SECRET -->", 1),
        ("a\n\n<!-- SECRET --> b", 3),
        ("| a |\n|---|\n| <!-- x | SECRET --> |", 3),
        ("\\<!-- SECRET -->", 1),
    ],
)
def test_a_comment_that_could_be_printed_is_refused(source: str, line: int) -> None:
    """Open, indented to code, or on one line with text, which would be lost with it."""
    said = refusal(source)
    assert said.startswith(f"line {line}: ")
    assert "comment" in said or "cells" in said
    assert "SECRET" not in said


def test_a_comment_is_printed_where_it_is_code() -> None:
    """Between backticks and in fences an author shows it on purpose."""
    assert plain(read_prose("`<!-- a -->`\n\n```\n<!-- b -->\n```")) == "<!-- a -->\n<!-- b -->"


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ("a\n<b>c</b>", 2, "'<b>' is raw HTML"),
        ("a\n\n<div>\n\nb\n\n</div>", 3, "'<div>' is raw HTML"),
        ("<script>alert(1)</script>", 1, "'<script>alert(1)</script>' is raw HTML"),
        ("a<br>b", 1, "'<br>' is raw HTML"),
        ("<?php x ?>", 1, "'<?php x ?>' is raw HTML"),
        ("<!DOCTYPE html>", 1, "is raw HTML"),
        ("- a\n- <img src=x>", 2, "is raw HTML"),
        ("<!-- a --><b>", 1, "is raw HTML"),
        ("a\n\n![map](https://example.org/m.png)", 3, "prose shows no pictures"),
        ("![](attachment:image.png)", 1, "prose shows no pictures"),
        ("a\n![a][x]\n\n[x]: https://example.org/m.png", 2, "prose shows no pictures"),
        ("# ![](map.png)", 1, "prose shows no pictures"),
        ("[![a](b.png)](https://example.org)", 1, "prose shows no pictures"),
        ("[a](javascript:alert(1))", 1, "'javascript:alert(1)' is no address"),
        ("a\nb\n[a](JavaScript:x)", 3, "is no address"),
        ("[a](data:text/html;x)", 1, "is no address"),
        ("[a](file:///etc/passwd)", 1, "is no address"),
        ("[a](other.html)", 1, "'other.html' is no address"),
        ("[a](#s1)", 1, "is no address"),
        ("[a](//example.org)", 1, "is no address"),
        ("[a](<>)", 1, "is no address"),
        ("[a][x]\n\n[x]: ftp://example.org", 1, "is no address"),
        ("<tel:123>", 1, "is no address"),
        ("[](https://example.org)", 1, "has no words"),
        ("[ <!-- a --> ](https://example.org)", 1, "has no words"),
        (f"[a](https://example.org/{'a' * 1000})", 1, "an address has more than 1,000 letters"),
        ("a[^1]", 1, "the footnote [^1] has no text"),
        ("a\n\n[^1]: b", 3, "the footnote [^1] is not referred to"),
        ("a[^1]\n\n[^1]: b\n[^1]: c", 4, "the footnote [^1] has"),
        ("a[^1]\n\n[^1]: <!-- later -->", 3, "the footnote [^1] says nothing"),
        ("## a[^1]\n\n[^1]: b", 1, "a heading holds the mark of a footnote"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", 3, "the row has more cells than the 2 of its head"),
        ("> | a |\n> |---|\n> 1 | 2", 3, "the row has more cells than the 1 of its head"),
        ("a\n\n" + "> " * 30 + "b", 3, "too deep in one another"),
        ("\n".join("  " * i + "- a" for i in range(30)), 1, "too deep in one another"),
        ("*" * 60 + "a" + "*" * 60, 1, "too deep in one another"),
        ("a\n\n" + "w" * 1001, 3, "a word of more than 1,000 letters"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_line(source: str, line: int, sentence: str) -> None:
    """Raw HTML, pictures, links that lead nowhere safe, and what would be lost: one sentence each."""
    said = refusal(source)
    assert said.startswith(f"line {line}: ") or "too deep" in said
    assert sentence in said
    assert "\n" not in said
    assert ": " in said.partition(": ")[2]  # what to do


def test_a_deep_text_is_never_dropped() -> None:
    """The reader would drop what stands too deep: at each depth it is read whole or refused."""
    for depth in range(1, 20):
        assert plain(read_prose("> " * depth + "hondo")) == "hondo"
    for depth in range(20, 200):
        assert "too deep" in refusal("> " * depth + "hondo")


@settings(max_examples=times(100, soak=2000))
@given(st.one_of(st.text(alphabet=MARKS, max_size=120), st.text(max_size=60)))
def test_any_text_is_read_or_refused_in_a_sentence(source: str) -> None:
    """Never a traceback; what is read can be stored and says the same when it is read back."""
    said, blocks = "", []
    with contextlib.suppress(DocumentError):
        blocks = read_prose(source)
        said = "line 1: read"
    said = said or refusal(source)
    number = re.fullmatch(r"line (\d+): \S.*", said)
    assert number
    assert 1 <= int(number[1]) <= len(re.split(r"\r\n?|\n", source))
    assert msgspec.json.decode(msgspec.json.encode(blocks), type=list[Block]) == blocks
    lines = [block.line for block in blocks if not isinstance(block, Notes)]
    assert lines == sorted(lines)


@settings(max_examples=times(50, soak=2000))
@given(st.text(alphabet="abcñ áé", min_size=1, max_size=80))
def test_words_are_kept(text: str) -> None:
    """Text without marks is a paragraph that says it."""
    assert plain(read_prose(text.strip())).split() == text.split()


# -- what prose says --------------------------------------------------------------------------------------------------


def test_what_prose_says_has_a_line_for_each_text() -> None:
    """Items, cells and footnotes too, so that words of two are never read as one sentence."""
    source = "### A\n\nb *c*[^1]  \nd\n\n- e\n  - f\n\n| g | h |\n|---|---|\n| 1 | 234 |\n\n> i\n\n`j`\n\n[^1]: k"
    assert plain(read_prose(source)).split("\n") == ["A", "b c d", "e", "f", "g", "h", "1", "234", "i", "j", "k"]


def test_what_is_in_italics_is_told() -> None:
    """Also inside lists and other marks."""
    (block,) = read_prose("- a **b *c***\n- _d `e`_")
    assert in_italics(block) == "cd e"
