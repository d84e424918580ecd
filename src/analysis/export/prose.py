"""Prose that an author typed in Markdown, through pandoc, to HTML or Typst."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Final, Literal, cast

import pypandoc

from analysis.export.pages import TEMPLATES
from analysis.foundation.errors import PublishError

_SCRIPT: Final = TEMPLATES / "prose.lua"


def convert(fragments: Sequence[str], to: Literal["html", "typst"]) -> list[str]:
    """Convert Markdown fragments, all in one call of pandoc.

    The reader is plain CommonMark: `$` is money, and markup of HTML or Typst is printed as it was typed.
    Headings become third-level headings; pictures are left out, their description stays.

    Args:
        fragments: texts in CommonMark, each read by itself.
        to: ``html`` or ``typst``.

    Returns:
        The markup of each fragment, in the same order.

    Raises:
        PublishError: if pandoc fails.
    """
    if not fragments:
        return []
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "lua", str(_SCRIPT), to],
        input=json.dumps(list(fragments)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        reason = done.stderr.strip().partition("\n")[0]
        raise PublishError(f"pandoc could not convert the prose ({reason}): look for what is odd in its Markdown")
    return cast(list[str], json.loads(done.stdout))
