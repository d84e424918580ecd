"""The typeface of pages and PDF."""

from __future__ import annotations

import base64
import io
import re

import typst
from fontTools.ttLib import TTFont

from analysis.export.fonts import font_faces, typst_fonts
from analysis.foundation.typeface import FAMILY, lacking


def decoded(css: str) -> list[TTFont]:
    """Return the fonts that a style sheet carries."""
    files = re.findall(r"url\(data:font/woff;base64,([^)]+)\)", css)
    return [TTFont(io.BytesIO(base64.b64decode(file))) for file in files]


def test_four_faces_are_carried() -> None:
    """Regular, italic, semibold and bold come as files inside the style sheet."""
    css = font_faces("a")
    assert re.findall(r"font-weight:(\d+);font-style:(\w+)", css) == [
        ("400", "normal"),
        ("400", "italic"),
        ("600", "normal"),
        ("700", "normal"),
    ]
    assert len(decoded(css)) == 4


def test_what_is_not_lacking_can_be_printed() -> None:
    """Typst, which refuses a character without a glyph, prints all that are not told, up to U+2C00."""
    shown = "".join(chr(code) for code in range(0xA0, 0x2C00) if not lacking(chr(code)))
    source = f'#set document(title: "a")\n#set text(font: "{FAMILY}", fallback: false)\n= a\n#sys.inputs.shown'
    made = typst.compile(
        source.encode(),
        font_paths=typst_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"shown": " a".join(shown)},
    )
    assert made.startswith(b"%PDF")


def test_faces_hold_the_letters_of_the_text() -> None:
    """Spanish letters and the minus sign are always there; a rarer letter only when the text has it."""
    plain, special = decoded(font_faces("abc"))[0].getBestCmap(), decoded(font_faces("abcŌ"))[0].getBestCmap()
    assert {ord(c) for c in "ñÁü¿«»–−0123"} <= set(plain)
    assert ord("Ō") not in plain
    assert ord("Ō") in special


def test_figures_have_one_width() -> None:
    """Numbers in columns align, in each face."""
    for font in decoded(font_faces("a")):
        glyphs = font.getBestCmap()
        assert len({font["hmtx"][glyphs[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_typst_gets_one_file_a_face() -> None:
    """The same five TTF files whatever the order of the file system."""
    faces = sorted((font.weight, font.style, font.path.endswith(".ttf")) for font in typst_fonts().fonts())
    assert faces == [
        (400, "italic", True),
        (400, "normal", True),
        (600, "normal", True),
        (700, "italic", True),
        (700, "normal", True),
    ]
