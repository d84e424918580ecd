"""The look of charts, pages and PDF: colours and sizes, written once, in `tokens.json`. Light: pages draw nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, Literal

Width = Literal["full", "half"]

TOKENS: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("tokens.json").read_text(encoding="utf-8"))
COLOR: Final[dict[str, str]] = TOKENS["color"]
SIZE: Final[dict[str, float]] = TOKENS["type_pt"]
LINE: Final[dict[str, float]] = TOKENS["line_pt"]
