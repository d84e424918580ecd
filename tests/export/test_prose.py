"""Prose from Markdown to HTML and Typst."""

from __future__ import annotations

import re
import subprocess
from typing import Literal

import pypandoc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.export import prose
from analysis.export.prose import convert
from analysis.foundation.errors import PublishError

Format = Literal["html", "typst"]
SAFE_TAG = re.compile(
    r"</?(p|em|strong|ul|ol|li|h3|blockquote|pre|code|br|a)( (type|href|title|start)=\"[^\"<>]*\")*( /)?>"
)


@pytest.mark.parametrize(("to", "expected"), [("html", "from $5 to $10"), ("typst", r"from \$5 to \$10")])
def test_dollar_signs_are_money(to: Format, expected: str) -> None:
    """Two dollar signs in a sentence do not become a formula."""
    assert expected in convert(["It went from $5 to $10."], to)[0]


@pytest.mark.parametrize("to", ["html", "typst"])
def test_each_fragment_is_read_by_itself(to: Format) -> None:
    """A code fence that is never closed does not swallow the next fragment; empty ones keep their place."""
    first, second, third = convert(["```\nopen", "", "*last*"], to)
    assert "open" in first
    assert "last" not in first
    assert second.strip() == ""
    assert third.strip() == {"html": "<p><em>last</em></p>", "typst": "#emph[last]"}[to]


def test_nothing_to_convert_needs_no_pandoc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without fragments pandoc is not called."""
    monkeypatch.setattr(subprocess, "run", None)
    assert convert([], "html") == []


def test_markup_of_html_is_printed_as_typed() -> None:
    """Tags that an author typed come out as text in HTML."""
    block, inline = convert(["<script>alert(1)</script>", "a <b onclick=x>b</b>"], "html")
    assert block.replace("\n", "") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert inline == "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"


def test_markup_of_typst_is_printed_as_typed() -> None:
    """Typst code that an author typed, raw or not, is escaped or stays inside a code block."""
    plain, raw = convert(['#read("x") @label', '```{=typst}\n#read("x")\n```'], "typst")
    assert r"\#read" in plain
    assert r"\@label" in plain
    assert raw.strip() == '```\n#read("x")\n```'


def test_headings_of_prose_are_of_the_third_level() -> None:
    """The title and the sections are not the author's to type, so any heading becomes a third-level one."""
    assert convert(["# One\n\n#### Two"], "html")[0].strip() == "<h3>One</h3>\n<h3>Two</h3>"


@pytest.mark.parametrize("fragment", ["#", "## ", "# ![](map.png)"])
def test_a_heading_without_words_leaves_nothing(fragment: str) -> None:
    """It would stop the PDF, where each heading must say something."""
    assert [markup.strip() for markup in convert([fragment], "typst")] == [""]


def test_pictures_and_dangerous_links_leave_their_text() -> None:
    """No picture is fetched and no script runs from a link; ordinary links stay."""
    markup = convert(["![map](https://example.org/m.png) [go](javascript:x) [on](https://example.org)"], "html")[0]
    assert markup == '<p>map go <a href="https://example.org">on</a></p>'


def test_failure_of_pandoc_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """When pandoc fails the message carries the first line of its reason."""
    failed = subprocess.CompletedProcess([], 1, stdout="", stderr="out of memory\nstack")
    monkeypatch.setattr(prose.subprocess, "run", lambda *args, **options: failed)
    with pytest.raises(PublishError, match=r"pandoc could not convert the prose \(out of memory\)"):
        convert(["a"], "html")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(alphabet="ab <>/&\"'=#*_`~-[]()!$\\\n{}:;script", max_size=60), min_size=1, max_size=8))
def test_no_text_becomes_active_html(fragments: list[str]) -> None:
    """Whatever is typed, the HTML holds only tags of plain prose."""
    converted = convert(fragments, "html")
    assert len(converted) == len(fragments)
    for markup in converted:
        assert "<" not in SAFE_TAG.sub("", markup)


def test_pandoc_reads_no_file() -> None:
    """The reader runs in a sandbox: a file that a format could include is not there for it."""
    script = 'io.write(tostring(pcall(pandoc.read, ".. include:: /etc/passwd", "rst", nil, {})))'
    reading = prose._SCRIPT.read_text(encoding="utf-8")
    assert 'pandoc.read(fragment, "commonmark", nil, {})' in reading
    included = 'io.write(pandoc.write(pandoc.read(".. include:: /etc/passwd\\n", "rst", nil, {}), "plain"))'
    for code in (script, included):
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), "lua", "-e", code], capture_output=True, text=True, check=False
        )
        assert "root:" not in done.stdout
